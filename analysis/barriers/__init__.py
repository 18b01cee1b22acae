"""Barriers: what borders cost, by border, by year, between science and industry."""
