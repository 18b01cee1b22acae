"""Where: boundaries, distances and neighbourhood of regions."""

from geodata.boundaries import read_boundaries, read_lines
from geodata.contiguity import find_islands, find_neighbours, measure_contiguity
from geodata.crs import choose_projection, project, project_points
from geodata.distances import measure_distances
from geodata.points import find_points

__distribution__ = "regionet"
__all__ = [
    "choose_projection",
    "find_islands",
    "find_neighbours",
    "find_points",
    "measure_contiguity",
    "measure_distances",
    "project",
    "project_points",
    "read_boundaries",
    "read_lines",
]
