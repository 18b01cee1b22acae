"""Scores: how central a region is, and what it gives and receives."""
