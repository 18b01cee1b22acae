"""What count would be no surprise: the NB2 distribution around an expectation that is itself uncertain.

X | eta ~ NB2(exp(eta), alpha) and eta ~ N(eta^, v): the linear predictor of one pair is normal when the
coefficients are, so averaging over draws of all coefficients equals, pair by pair, a one-dimensional
integral, done here by Gauss-Hermite quadrature: exact, no draws, no seed.

The NB2 distribution function is the regularised incomplete beta function P(X <= x) = I_t(r, x + 1), r =
1/alpha, t = r / (r + mu) (DLMF 8.17); Poisson is its limit Q(x + 1, mu). Both take fractional x, which
fractional counting needs, and are the discrete distribution at whole x.
"""

from collections.abc import Callable

import numpy as np
from scipy.special import betainc, gammaincc, roots_hermitenorm

from analysis.loglinear.effects import BoolArray, FloatArray, IntArray

_NODES = 9


def measure_probability(x: FloatArray, mu: FloatArray, *, alpha: float) -> FloatArray:
    """Return P(X <= x) for X ~ NB2(mu, alpha).

    Parameters
    ----------
    x
        Count or pseudo-count, >= 0; below 0 the probability is 0. Broadcasts with ``mu``.
    mu
        Expectation, > 0.
    alpha
        Dispersion, >= 0; 0 is Poisson.
    """
    inside = np.maximum(x, 0.0) + 1
    if alpha == 0:
        return np.where(np.asarray(x) < 0, 0.0, gammaincc(inside, mu))
    r = 1 / alpha
    return np.where(np.asarray(x) < 0, 0.0, betainc(r, inside, r / (r + mu)))


def measure_predictive_probability(x: FloatArray, eta: FloatArray, variance: FloatArray, *, alpha: float) -> FloatArray:
    """Return P(X <= x) with the uncertainty of the expectation averaged out.

    Parameters
    ----------
    x
        (n,) count or pseudo-count.
    eta, variance
        (n,) linear predictor and its variance.
    alpha
        Dispersion.
    """
    nodes, weights = roots_hermitenorm(_NODES)
    spread = np.exp(eta + np.sqrt(variance) * nodes[:, None])
    return np.asarray(weights @ measure_probability(x, spread, alpha=alpha) / weights.sum())


def find_prediction_interval(
    eta: FloatArray, variance: FloatArray, *, alpha: float, level: float = 0.95
) -> tuple[FloatArray, FloatArray]:
    """Return the equal-tailed prediction interval of each count, in whole counts.

    ``low`` is the largest count with P(X < low) <= (1 - level) / 2, ``high`` the smallest with P(X > high) <=
    (1 - level) / 2: counts are discrete, so the interval holds at least ``level``.

    Parameters
    ----------
    eta, variance
        (n,) linear predictor and its variance.
    alpha
        Dispersion.
    level
        Share of counts the interval should hold.
    """
    tail = (1 - level) / 2
    low = _find_quantile(eta, variance, alpha, tail)
    return low, _find_quantile(eta, variance, alpha, 1 - tail)


def find_quantile(mu: FloatArray, *, alpha: float, share: float) -> FloatArray:
    """Return the smallest whole x with P(X <= x) >= share for X ~ NB2(mu, alpha), as (n,) floats.

    Parameters
    ----------
    mu
        (n,) expectation, > 0.
    alpha
        Dispersion, >= 0.
    share
        Between 0 and 1.
    """

    def reaches(x: FloatArray, at: IntArray) -> BoolArray:
        return np.asarray(measure_probability(x, mu[at], alpha=alpha) >= share)

    return _search(reaches, len(mu))


def _find_quantile(eta: FloatArray, variance: FloatArray, alpha: float, share: float) -> FloatArray:
    def reaches(x: FloatArray, at: IntArray) -> BoolArray:
        return np.asarray(measure_predictive_probability(x, eta[at], variance[at], alpha=alpha) >= share)

    return _search(reaches, len(eta))


def _search(reaches: Callable[[FloatArray, IntArray], BoolArray], size: int) -> FloatArray:
    """Return the smallest whole x that reaches, for each pair: double a bracket, then bisect, each pair until done."""
    below, above = np.full(size, -1.0), np.zeros(size)
    active = np.arange(size)
    while active.size:
        active = active[~reaches(above[active], active)]
        below[active] = above[active]
        above[active] = 2 * above[active] + 1
    active = np.flatnonzero(above - below > 1)
    while active.size:
        middle = np.floor((below[active] + above[active]) / 2)
        enough = reaches(middle, active)
        above[active[enough]] = middle[enough]
        below[active[~enough]] = middle[~enough]
        active = active[above[active] - below[active] > 1]
    return above
