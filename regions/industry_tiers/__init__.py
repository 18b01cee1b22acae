"""Tiers of industries (emerging, future, pillar, traditional): dated mappings, replaceable by the user."""
