"""So what: networks, scores, spillover and collaboration gaps."""

from analysis.centrality import measure_centrality
from analysis.gaps import find_gaps
from analysis.gravity import fit_gravity
from analysis.network import build_network
from analysis.normalise import measure_affinity
from analysis.spillover import measure_pairwise_spillover, measure_spillover

__distribution__ = "regionet"
__all__ = [
    "build_network",
    "find_gaps",
    "fit_gravity",
    "measure_affinity",
    "measure_centrality",
    "measure_pairwise_spillover",
    "measure_spillover",
]
