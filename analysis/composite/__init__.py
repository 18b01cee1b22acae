"""Composite indices: indicators put on one scale, weighed, added up; ranks with intervals; coupling of systems."""
