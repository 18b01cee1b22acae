"""So what: networks, scores, spillover and collaboration gaps."""

__distribution__ = "regionet"
