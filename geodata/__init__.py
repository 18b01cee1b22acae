"""Where: boundaries, distances and neighbourhood of regions."""

__distribution__ = "regionet"
