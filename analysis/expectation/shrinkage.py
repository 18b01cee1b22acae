"""Empirical-Bayes shrinkage of observed / expected ratios: small and large pairs can then be ranked together.

Each pair has a true ratio L ~ Gamma(a, a), mean 1, and a count X | L ~ Poisson(L mu). The marginal is NB2
with dispersion 1/a, so a is estimated with the dispersion; given the count, L ~ Gamma(a + x, a + mu) (Clayton
& Kaldor 1987, doi:10.2307/2532003). A pair with 0 where 0.3 is expected is pulled to 1, one with 0 where 30
are expected is not.

An expectation that is itself uncertain, ln mu ~ N(eta, v), is averaged over what the count says about it: each mu has
the weight N(ln mu; eta, v) NB2(x; mu, 1/a). This needs expectations that do not depend on the count, hence from the
other pairs alone.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc, gammaln, roots_hermitenorm, xlog1py, xlogy

from analysis.loglinear.effects import FloatArray
from regions.errors import MethodError

_LARGEST_SHAPE = 1e8
_NODES = 15


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


def measure_shrunken(
    x: FloatArray, mu: FloatArray, *, alpha: float, variance: FloatArray | float = 0.0, threshold: float = 1.0
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
        With E[max(0, 1 - L)] = F(1; s, b) - (s / b) F(1; s + 1, b), F the gamma distribution function, s = a
        + x, b = a + mu, averaged over mu by Gauss-Hermite quadrature.

    Raises
    ------
    MethodError
        When an expectation is not positive, or a count, a variance or the dispersion is negative.
    """
    spread = np.broadcast_to(np.asarray(variance, dtype=float), mu.shape)
    if not ((mu > 0).all() and (x >= 0).all() and alpha >= 0 and (spread >= 0).all()):
        raise MethodError("shrinkage needs expectations > 0, counts >= 0, and a dispersion and variances >= 0")
    a = min(1 / alpha, _LARGEST_SHAPE) if alpha > 0 else _LARGEST_SHAPE
    nodes, weights = roots_hermitenorm(_NODES)
    means = mu * np.exp(np.sqrt(spread) * nodes[:, None])
    share = _weigh(x, means, 1 / a, np.log(weights)[:, None])
    shape, rate = a + x, a + means
    ratio = shape / rate
    missing = gammainc(shape, rate) - ratio * gammainc(shape + 1, rate)
    below = gammainc(np.broadcast_to(shape, rate.shape), rate * threshold)
    mean = [(share * part).sum(axis=0) for part in (ratio, below, np.maximum(missing, 0.0))]
    return Shrunken(*mean)


def _weigh(x: FloatArray, means: FloatArray, alpha: float, prior: FloatArray) -> FloatArray:
    """Return the share of each node (m, n): its prior weight times the NB2 likelihood of the count."""
    r = 1 / alpha
    known = gammaln(x + r) - gammaln(r)
    log = prior + known - xlog1py(x + r, alpha * means) + xlogy(x, alpha * means)
    share = np.exp(log - log.max(axis=0))
    return np.asarray(share / share.sum(axis=0))
