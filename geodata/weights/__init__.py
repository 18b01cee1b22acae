"""Spatial weights: who is near whom, by borders, distance, economy, groups, collaboration or any table of pairs."""
