"""What regions do well, what goes together, and what they could do next: relatedness and complexity."""
