"""So what: networks, scores, spillover and collaboration gaps."""

from analysis.centrality import measure_centrality
from analysis.network import build_network

__distribution__ = "regionet"
__all__ = ["build_network", "measure_centrality"]
