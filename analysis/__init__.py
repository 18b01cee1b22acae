"""So what: networks, scores, spillover and collaboration gaps."""

from analysis.centrality import measure_centrality
from analysis.network import build_network
from analysis.normalise import measure_affinity
from analysis.spillover import measure_pairwise_spillover, measure_spillover

__distribution__ = "regionet"
__all__ = [
    "build_network",
    "measure_affinity",
    "measure_centrality",
    "measure_pairwise_spillover",
    "measure_spillover",
]
