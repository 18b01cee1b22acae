"""Networks: from counted links to a network of regions, its layers, and networks where none are observed."""
