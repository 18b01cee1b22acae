"""Where: boundaries, distances and neighbourhood of regions."""

from geodata.boundaries import check_boundaries, read_boundaries, read_lines
from geodata.contiguity import find_islands, find_neighbours, measure_contiguity
from geodata.crs import choose_projection, project, project_points
from geodata.distances import measure_distances
from geodata.points import find_points
from geodata.weights.nearness import (
    build_contiguity_weights,
    build_decay_weights,
    build_distance_weights,
    build_nearest_weights,
    pair_islands,
)
from geodata.weights.normalisation import normalise_weights
from geodata.weights.relations import (
    build_block_weights,
    build_dyad_weights,
    build_economic_weights,
    build_network_weights,
    mix_weights,
)
from geodata.weights.spatial_weights import SpatialWeights, build_graph, read_weights, select_weights
from regions.arguments import guard_functions

__distribution__ = "regionet"
__all__ = [
    "SpatialWeights",
    "build_block_weights",
    "build_contiguity_weights",
    "build_decay_weights",
    "build_distance_weights",
    "build_dyad_weights",
    "build_economic_weights",
    "build_graph",
    "build_nearest_weights",
    "build_network_weights",
    "check_boundaries",
    "choose_projection",
    "find_islands",
    "find_neighbours",
    "find_points",
    "measure_contiguity",
    "measure_distances",
    "mix_weights",
    "normalise_weights",
    "pair_islands",
    "project",
    "project_points",
    "read_boundaries",
    "read_lines",
    "read_weights",
    "select_weights",
]

guard_functions(globals(), __all__)
