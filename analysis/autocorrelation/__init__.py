"""Autocorrelation: whether, and where, near regions have like values."""
