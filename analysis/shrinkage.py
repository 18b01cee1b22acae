"""Empirical-Bayes shrinkage of observed / expected ratios: small and large pairs can then be ranked together.

Each pair has a true ratio L ~ Gamma(a, a), mean 1, and a count X | L ~ Poisson(L mu). The marginal is NB2
with dispersion 1/a, so a is estimated with the dispersion; given the count, L ~ Gamma(a + x, a + mu) (Clayton
& Kaldor 1987, doi:10.2307/2532003). A pair with 0 where 0.3 is expected is pulled to 1, one with 0 where 30
are expected is not. The expectations are taken as known.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc

from analysis.effects import FloatArray
from regions.errors import MethodError

_LARGEST_SHAPE = 1e8


@dataclass(frozen=True, slots=True, eq=False)
class Shrunken:
    """What is believed about the true ratio of each pair.

    Attributes
    ----------
    ratio
        (n,) posterior mean, (a + x) / (a + mu).
    below
        (n,) posterior probability that the true ratio is below the threshold.
    shortfall
        (n,) posterior mean of max(0, 1 - L): the share of the expectation that is truly missing.
    """

    ratio: FloatArray
    below: FloatArray
    shortfall: FloatArray


def measure_shrunken(x: FloatArray, mu: FloatArray, *, alpha: float, threshold: float = 1.0) -> Shrunken:
    """Shrink observed / expected towards 1 by as much as chance explains.

    Parameters
    ----------
    x, mu
        (n,) observed and expected, in counts (or pseudo-counts); mu > 0.
    alpha
        NB2 dispersion, 1 / a. In the Poisson limit 0 all true ratios are 1: the shrunken ratio is 1 and
        nothing is known about its side (``below`` is near one half at threshold 1).
    threshold
        Ratio below which a pair counts as short.

    Returns
    -------
    Shrunken
        With E[max(0, 1 - L)] = F(1; s, b) - (s / b) F(1; s + 1, b), F the gamma distribution function, s = a
        + x, b = a + mu.

    Raises
    ------
    MethodError
        When an expectation is not positive or a count is negative.
    """
    if not ((mu > 0).all() and (x >= 0).all() and alpha >= 0):
        raise MethodError("shrinkage needs expectations > 0, counts >= 0 and a dispersion >= 0")
    a = min(1 / alpha, _LARGEST_SHAPE) if alpha > 0 else _LARGEST_SHAPE
    shape, rate = a + x, a + mu
    ratio = shape / rate
    missing = gammainc(shape, rate) - ratio * gammainc(shape + 1, rate)
    return Shrunken(ratio, gammainc(shape, rate * threshold), np.maximum(missing, 0.0))
