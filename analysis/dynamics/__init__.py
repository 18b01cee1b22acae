"""Dynamics: networks and communities from year to year."""
