"""Expectation and variance of statistics of a whole map, when values are dealt out to regions at random."""

import numpy as np

from geodata.weights.spatial_weights import SpatialWeights
from regions.arrays import Floats


def expect_at_random(name: str, weights: SpatialWeights, x: Floats) -> tuple[float, float]:
    """Return expectation and variance of ``moran``, ``geary`` or ``getis-ord`` (Cliff and Ord 1981), else 0 and NaN."""
    n, w = len(x), weights.matrix
    both = w + w.T
    s0, s1 = float(w.sum()), float((both.multiply(both)).sum()) / 2
    s2 = float(((weights.row_sums + np.asarray(w.sum(axis=0)).ravel()) ** 2).sum())
    z = x - x.mean()
    b2 = float((z**4).mean() / (z**2).mean() ** 2)
    if name == "moran":
        first = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
        second = b2 * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
        square = (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0**2)
        return -1 / (n - 1), square - 1 / (n - 1) ** 2
    if name == "geary":
        first = (n - 1) * s1 * (n**2 - 3 * n + 3 - (n - 1) * b2)
        second = (n - 1) * s2 * (n**2 + 3 * n - 6 - (n**2 - n + 2) * b2) / 4
        third = s0**2 * (n**2 - 3 - (n - 1) ** 2 * b2)
        return 1.0, (first - second + third) / (n * (n - 2) * (n - 3) * s0**2)
    if name == "getis-ord":
        return _expect_getis_ord(x, (s0, s1, s2))
    return 0.0, float("nan")


def _expect_getis_ord(x: Floats, sums: tuple[float, float, float]) -> tuple[float, float]:
    n, (s0, s1, s2) = len(x), sums
    m1, m2, m3, m4 = (float((x**power).sum()) for power in (1, 2, 3, 4))
    b0 = (n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2
    b1 = -((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    b2 = -(2 * n * s1 - (n + 3) * s2 + 6 * s0**2)
    b3 = 4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0**2
    b4 = s1 - s2 + s0**2
    expected = s0 / (n * (n - 1))
    top = b0 * m2**2 + b1 * m4 + b2 * m1**2 * m2 + b3 * m1 * m3 + b4 * m1**4
    bottom = (m1**2 - m2) ** 2 * n * (n - 1) * (n - 2) * (n - 3)
    return expected, top / bottom - expected**2
