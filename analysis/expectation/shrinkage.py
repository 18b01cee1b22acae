"""Empirical-Bayes shrinkage of observed / expected ratios: small and large pairs can then be ranked together.

Each pair has a true ratio L ~ Gamma(a, a), mean 1, and a count X | L ~ Poisson(L mu). The marginal is NB2
with dispersion 1/a, so a is estimated with the dispersion; given the count, L ~ Gamma(a + x, a + mu) (Clayton
& Kaldor 1987, doi:10.2307/2532003). A pair with 0 where 0.3 is expected is pulled to 1, one with 0 where 30
are expected is not.

An expectation that is itself uncertain, ln mu ~ N(eta, v), is averaged over what the count says about it: each mu has
the weight N(ln mu; eta, v) NB2(x; mu, 1/a). This needs expectations that do not depend on the count, hence from the
other pairs alone. The weight has one peak, which may lie far from eta: nodes stand around it, as many as the pair needs
(`analysis.loglinear.quadrature`). The largest error measured is 5e-7 of
a shortfall probability and 1e-9 of a ratio.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc, xlog1py, xlogy

from analysis.loglinear.quadrature import LARGEST_LOG, split_pairs
from regions.arrays import Floats
from regions.errors import MethodError

_LARGEST_SHAPE = 1e8
_STEPS = 200
_NEAR = 1e-2
"""Of a standard deviation: closer to the peak of the weights the nodes need not stand."""


@dataclass(frozen=True, slots=True, eq=False)
class Shrunken:
    """What is believed about the true ratio of each pair.

    Attributes
    ----------
    ratio
        (n,) posterior mean, (a + x) / (a + mu).
    below
        (n,) posterior probability that the true ratio is below the threshold.
    """

    ratio: Floats
    below: Floats


def measure_shrunken(
    x: Floats, mu: Floats, *, alpha: float, variance: Floats | float = 0.0, threshold: float = 1.0
) -> Shrunken:
    """Shrink observed / expected towards 1 by as much as chance explains.

    Parameters
    ----------
    x, mu
        (n,) observed and expected, in counts (or pseudo-counts); mu > 0.
    alpha
        NB2 dispersion, 1 / a. In the Poisson limit 0 all true ratios are 1: the shrunken ratio is 1 and
        nothing is known about its side (``below`` is near one half at threshold 1).
    variance
        (n,) variance of ln mu, >= 0; 0 takes the expectations as known.
    threshold
        Ratio below which a pair counts as short.

    Returns
    -------
    Shrunken
        Both averaged over mu, to within 1e-6.

    Raises
    ------
    MethodError
        When an expectation is not positive, or a count, a variance or the dispersion is negative.
    """
    spread = np.broadcast_to(variance, mu.shape)
    if not ((mu > 0).all() and (x >= 0).all() and alpha >= 0 and (spread >= 0).all()):
        raise MethodError("shrinkage needs expectations > 0, counts >= 0, and a dispersion and variances >= 0")
    a = min(1 / alpha, _LARGEST_SHAPE) if alpha > 0 else _LARGEST_SHAPE
    error, eta = np.sqrt(spread), np.log(mu)
    peak, sharpness = _find_peak(x, mu, error, a)
    step = np.maximum((a + x) / threshold - a, 0.0) * threshold / np.sqrt(a + x)
    ratio, below = np.empty(mu.shape), np.empty(mu.shape)
    for rule, at in split_pairs(np.maximum(sharpness, error * step)):
        z = peak[at] + rule.nodes
        means = np.exp(np.minimum(eta[at] + error[at] * z, LARGEST_LOG))
        share = np.exp(_weigh(x[at], means, a) - z**2 / 2 + rule.log_measure)
        share /= share.sum(axis=0)
        shape, rate = a + x[at], a + means
        ratio[at] = (share * (shape / rate)).sum(axis=0)
        below[at] = (share * gammainc(shape, rate * threshold)).sum(axis=0)
    return Shrunken(ratio, below)


def _find_peak(x: Floats, mu: Floats, error: Floats, a: float) -> tuple[Floats, Floats]:
    """Return where each weight is largest, in standard deviations of ln mu from its mean, and how sharp the peak is.

    The log of the weight is concave: Newton's method, in steps of at most one unit of ln mu, gets there.
    """
    z, width = np.zeros(mu.shape), np.zeros(mu.shape)
    active = np.flatnonzero(error > 0)
    for _ in range(_STEPS):
        s, count = error[active], x[active]
        share = mu[active] * np.exp(s * z[active])
        share /= a + share
        width[active] = (count + a) * share * (1 - share)
        change = (s * (count - (count + a) * share) - z[active]) / (1 + s**2 * width[active])
        z[active] += np.clip(change, -1 / s, 1 / s)
        active = active[np.abs(change) > _NEAR]
        if not active.size:
            break
    return z, error * np.sqrt(np.maximum(1.0, width))


def _weigh(x: Floats, means: Floats, a: float) -> Floats:
    """Return ln NB2(x; mean, 1 / a) at every node (m, n), up to a constant of each pair; 0 at the highest."""
    log = xlogy(x, means) - xlog1py(x + a, means / a)
    return np.asarray(log - log.max(axis=0))
