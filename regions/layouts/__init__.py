"""Layouts in which people keep statistical tables: containers, blocks, headers, axes; indicator tables as they are."""
