"""Layers of the page that come from an earlier run, or from tables of the user."""
