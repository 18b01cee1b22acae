"""What count would be no surprise: the NB2 distribution around an expectation that is itself uncertain.

X | eta ~ NB2(exp(eta), alpha) and eta ~ N(eta^, v): the linear predictor of one pair is normal when the
coefficients are, so averaging over draws of all coefficients equals, pair by pair, a one-dimensional
integral. `analysis.loglinear.quadrature` gives each pair the nodes that it needs: no draws, no seed, and an error below
1e-6 (the largest measured is 2e-9, and 7e-6 of probabilities down to 1e-8).

The NB2 distribution function is the regularised incomplete beta function P(X <= x) = I_t(r, x + 1), r =
1/alpha, t = r / (r + mu) (DLMF 8.17); Poisson is its limit Q(x + 1, mu). Both take fractional x, which
fractional counting needs, and are the discrete distribution at whole x. At small whole x their terms are
added up, which is many times faster.
"""

from collections.abc import Callable

import numpy as np
from scipy.special import betainc, betaincc, gammaincc

from analysis.loglinear.quadrature import LARGEST_LOG, split_pairs
from regions.arrays import Floats, Positions

_SMALL = 1e-3
_FEW = 30
"""Up to this whole count the terms of the distribution are added up."""

Measure = Callable[[Floats, Positions], Floats]
"""P(X <= x) of the pairs at some positions."""


def measure_probability(x: Floats, mu: Floats, *, alpha: float) -> Floats:
    """Return P(X <= x) for X ~ NB2(mu, alpha).

    Parameters
    ----------
    x
        (n,) count or pseudo-count, >= 0; below 0 the probability is 0.
    mu
        (..., n) expectation, > 0.
    alpha
        Dispersion, >= 0; 0 is Poisson.

    Returns
    -------
    ndarray
        (..., n). Where the probability is below 1e-200 it may be 0.
    """
    count = np.asarray(x, dtype=float)
    few = (count <= _FEW) & (count == np.floor(count))
    if few.all():
        return _add_terms(count, mu, alpha)
    probability = np.empty(np.broadcast_shapes(count.shape, np.shape(mu)))
    spread = np.broadcast_to(mu, probability.shape)
    probability[..., few] = _add_terms(count[few], spread[..., few], alpha)
    probability[..., ~few] = _integrate(count[~few], spread[..., ~few], alpha)
    return probability


def _integrate(x: Floats, mu: Floats, alpha: float) -> Floats:
    inside = np.maximum(x, 0.0) + 1
    odds = alpha * mu
    if alpha == 0:
        found = gammaincc(inside, mu)
    elif alpha > _SMALL:
        found = betainc(1 / alpha, inside, 1 / (1 + odds))
    else:  # 1 / (1 + odds) is so near 1 that its rounding shows: by the other end, which takes longer
        found = betaincc(inside, 1 / alpha, odds / (1 + odds))
    return np.where(x < 0, 0.0, found)


def _add_terms(x: Floats, mu: Floats, alpha: float) -> Floats:
    """Add up P(0) = (1 + alpha mu)^(-1 / alpha), P(k) = P(k - 1) (1 + alpha (k - 1)) / k mu / (1 + alpha mu)."""
    counts = np.maximum(x, -1).astype(np.int8)  # of bytes the sort takes no time
    order = np.argsort(-counts, kind="stable")  # the largest first: those that go on are the head of the array
    going = len(x) - np.searchsorted(counts[order[::-1]], np.arange(1, int(x.max(initial=0.0)) + 1))
    means = mu[..., order]
    term = np.exp(-means if alpha == 0 else np.log1p(alpha * means) / -alpha)
    total = np.where(x[order] < 0, 0.0, term)
    odds = means / (1 + alpha * means)
    for k, count in enumerate(going, start=1):
        head = term[..., :count]
        head *= odds[..., :count] * ((1 + alpha * (k - 1)) / k)
        total[..., :count] += head
    probability = np.empty_like(total)
    probability[..., order] = total
    return probability


def measure_predictive_probability(x: Floats, eta: Floats, variance: Floats, *, alpha: float) -> Floats:
    """Return P(X <= x) with the uncertainty of the expectation averaged out, to within 1e-6.

    Parameters
    ----------
    x
        (n,) count or pseudo-count.
    eta, variance
        (n,) linear predictor and its variance, >= 0; at 0 the expectation is taken as known.
    alpha
        Dispersion.
    """
    error = np.sqrt(variance)
    # As a function of eta it falls from 1 to 0 within the spread of ln X, and never faster than exp(-exp(eta)).
    sharpness = error * np.sqrt(np.maximum(1.0, 1 / (1 / (np.maximum(x, 0.0) + 1) + alpha)))
    probability = np.empty(len(error))
    for rule, at in split_pairs(sharpness):
        means = np.exp(np.minimum(eta[at] + error[at] * rule.nodes, LARGEST_LOG))
        probability[at] = rule.weights @ measure_probability(x[at], means, alpha=alpha)
    return probability


def find_prediction_interval(
    eta: Floats, variance: Floats, *, alpha: float, level: float = 0.95
) -> tuple[Floats, Floats]:
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

    def measure(x: Floats, at: Positions) -> Floats:
        return measure_predictive_probability(x, eta[at], variance[at], alpha=alpha)

    tail = (1 - level) / 2
    none = measure(np.zeros(len(eta)), np.arange(len(eta)))
    return _search(measure, none, tail), _search(measure, none, 1 - tail)


def find_quantile(mu: Floats, *, alpha: float, share: float, guess: Floats | None = None) -> Floats:
    """Return the smallest whole x with P(X <= x) >= share for X ~ NB2(mu, alpha), as (n,) floats.

    Parameters
    ----------
    mu
        (n,) expectation, > 0.
    alpha
        Dispersion, >= 0.
    share
        Between 0 and 1.
    guess
        (n,) whole numbers >= 0 near it, such as the quantiles of a dispersion close by: most need no search then.
    """

    def measure(x: Floats, at: Positions) -> Floats:
        return measure_probability(x, mu[at], alpha=alpha)

    found = np.zeros(len(mu)) if guess is None else guess.copy()
    wrong = np.arange(len(mu))
    if guess is not None:
        right = (measure(guess, wrong) >= share) & (measure(guess - 1, wrong) < share)
        wrong = np.flatnonzero(~right)
    found[wrong] = _search(lambda x, at: measure(x, wrong[at]), measure(np.zeros(len(wrong)), wrong), share)
    return found


def _search(measure: Measure, none: Floats, share: float) -> Floats:
    """Return the smallest whole x with P(X <= x) >= share, for each pair: double a bracket, then bisect.

    ``none`` is P(X <= 0), which settles most pairs of a sparse network.
    """
    below = np.where(none >= share, -1.0, 0.0)
    above = below + 1
    active = np.flatnonzero(none < share)
    while active.size:
        active = active[measure(above[active], active) < share]
        below[active] = above[active]
        above[active] = 2 * above[active] + 1
    active = np.flatnonzero(above - below > 1)
    while active.size:
        middle = np.floor((below[active] + above[active]) / 2)
        enough = measure(middle, active) >= share
        above[active[enough]] = middle[enough]
        below[active[~enough]] = middle[~enough]
        active = active[above[active] - below[active] > 1]
    return above
