"""Commands about years: what changed, and whether it was foreseen."""
