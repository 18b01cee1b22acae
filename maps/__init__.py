"""Show: the interactive page, its layers and the exported tables."""

__distribution__ = "regionet"
