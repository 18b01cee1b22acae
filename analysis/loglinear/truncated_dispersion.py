"""NB2 dispersion from the pairs that are not far too low: what true gaps there are does not count as chance.

A few pairs with a tenth of the links they should have make all pairs look more scattered, intervals grow too wide and
the gaps hide each other. Hence counts below the 5 % quantile of their own distribution are left out, and the others
follow the distribution truncated there:

    l(alpha) = sum over x_i >= c_i of [ln NB2(x_i; mu_i, alpha) - ln P(X_i >= c_i)].

Truncation is part of the likelihood, so without any gap the dispersion is the same but for its standard error.
Pairs expected to have few links are never left out: of 2 links 0 is no surprise.
"""

from collections.abc import Callable

import numpy as np
from scipy.special import gammainc, gammaln, xlogy

from analysis.loglinear.adjustment import build_adjustment
from analysis.loglinear.irls import Design
from analysis.loglinear.nb2_dispersion import EXACT, estimate_adjusted, find_dispersion
from analysis.loglinear.nb2_likelihood import build_score, measure_bend
from analysis.loglinear.predictive import find_quantile, measure_probability
from analysis.loglinear.threads import use_one_thread
from regions.arrays import Booleans, Floats

TAIL = 0.05
_ROUNDS = 30
_SETTLED = 1e-3
_FEW = 32
"""Up to this count what is cut off is summed up count by count."""
_FAR = 1e6
"""Up to this expectation: its powers stay far below the largest number there is."""
_WIDTH = 0.003


def estimate_truncated_dispersion(y: Floats, mu: Floats, *, design: Design | None = None, tail: float = TAIL) -> float:
    """Return the NB2 dispersion by maximum likelihood, of the counts above the lower tail if that is smaller.

    Gaps can only widen the dispersion of all counts; where that is the smaller one, it stands. The bounds c_i depend on
    the dispersion: they start from that of all counts and are drawn anew until it stands still (to .1 %: bounds are
    whole, so there is no more to it). Expectations are fixed.

    Parameters
    ----------
    y, mu
        (n,) outcome and expectation, in counts; mu > 0.
    design
        The identified design behind ``mu``, for the adjustment of
        `analysis.loglinear.nb2_dispersion.estimate_dispersion`.
    tail
        Share of the distribution of a pair that is left out, at most; 0 leaves out nothing.

    Returns
    -------
    float
        alpha >= 0; 0 when the data vary no more than Poisson.

    References
    ----------
    Amiguet, Marazzi, Valdora & Yohai (2017), Robust estimators for generalized linear models with a dispersion
    parameter, arXiv:1703.09626: a likelihood conditional on not being an outlier keeps the estimate consistent.
    """
    return estimate_both_dispersions(y, mu, design=design, tail=tail)[0]


@use_one_thread
def estimate_both_dispersions(
    y: Floats, mu: Floats, *, design: Design | None = None, tail: float = TAIL, plain: float | None = None
) -> tuple[float, float]:
    """Return the dispersion as `estimate_truncated_dispersion` does, and that of all counts, which it starts from.

    Parameters
    ----------
    y, mu, design, tail
        As of `estimate_truncated_dispersion`.
    plain
        The dispersion of all counts where it is known; None estimates it.
    """
    adjust = build_adjustment(design, mu)
    plain = estimate_adjusted(y, mu, adjust) if plain is None else plain
    alpha = plain
    if alpha == 0 or tail == 0:
        return alpha, plain
    bounds: dict[float, Floats] = {}
    found: dict[bytes, float] = {}  # bounds are whole, so most searches end in a circle of two: no need to go round it
    for _ in range(_ROUNDS):
        if alpha not in bounds:
            last = next(reversed(bounds.values()), None)
            bounds[alpha] = find_quantile(mu, alpha=alpha, share=tail, guess=last)
        bound = bounds[alpha]
        before, key = alpha, bound.tobytes()
        if key not in found:
            found[key] = _improve(y, mu, bound, alpha, adjust, exact=_SETTLED / 10)
        alpha = found[key]
        if alpha == 0 or abs(alpha - before) <= _SETTLED * before:
            break
    return min(alpha and _improve(y, mu, bound, alpha, adjust), plain), plain


def _improve(
    y: Floats,
    mu: Floats,
    bound: Floats,
    alpha: float,
    adjust: Callable[[float], float],
    *,
    exact: float = EXACT,
) -> float:
    """Return the dispersion under which the counts at or above their bounds are likeliest, near ``alpha``."""
    kept: Booleans = y >= bound
    x, m = y[kept], mu[kept]
    bounded = bound[kept] > 0  # of the others nothing is cut off
    below, above = bound[kept][bounded] - 1, m[bounded]
    plain, cut = build_score(x, m), build_tail_slope(below, above)

    def score(at: float) -> float:
        return plain(at) + cut(at) + adjust(at)

    return find_dispersion(score, x, m, start=alpha, exact=exact)


def build_tail_slope(last: Floats, mu: Floats) -> Callable[[float], float]:
    """Return the function alpha -> sum of -d ln P(X > last) / d alpha for X ~ NB2(mu, alpha), alpha >= 0.

    At 0 the slope of P(X <= k) is mu^2 / 2 (P(k) - P(k - 1)) of the Poisson distribution.

    Parameters
    ----------
    last
        (n,) whole numbers >= 0: the largest count that is cut off.
    mu
        (n,) expectation, > 0.
    """
    few = (last <= _FEW) & (mu <= _FAR)
    order = np.flatnonzero(few)[np.argsort(-last[few], kind="stable")]
    summed = last[order], mu[order]
    rest = last[~few], mu[~few]

    def measure(alpha: float) -> float:
        if alpha == 0:
            return _measure_poisson_slope(last, mu)
        return _sum_slopes(*summed, alpha) + _difference_slopes(*rest, alpha)

    return measure


def _measure_poisson_slope(last: Floats, mu: Floats) -> float:
    term = np.exp(xlogy(last, mu) - mu - gammaln(last + 1))
    left = gammainc(last + 1, mu)  # P(X > last)
    return float((mu * (mu - last) / 2 * term / left).sum())


def _sum_slopes(last: Floats, mu: Floats, alpha: float) -> float:
    """Sum what is cut off count by count, of pairs sorted down by ``last``.

    P(k) = P(0) c_k odds^k with c_k = prod over j < k of (1 + alpha j) / (j + 1), and d ln P(k) / d alpha = s_0 + r_k -
    k odds with r_k = sum over j < k of j / (1 + alpha j): three polynomials in the odds, whose coefficients all pairs
    share, by Horner's scheme.
    """
    if not len(last):
        return 0.0
    counts = np.arange(int(last[0]) + 1.0)
    growth = 1 + alpha * counts[:-1]
    scale = np.concatenate([[1.0], np.cumprod(growth / counts[1:])])
    rise = np.concatenate([[0.0], np.cumsum(counts[:-1] / growth)])
    factors = np.column_stack([scale, scale * rise, scale * counts])[..., None]
    going = len(last) - np.searchsorted(last[::-1], counts)
    odds, sums = mu / (1 + alpha * mu), np.zeros((3, len(last)))
    for factor, size in zip(factors[::-1], going[::-1], strict=True):
        part = sums[:, :size]
        part *= odds[:size]
        part += factor
    sums *= np.exp(np.log1p(alpha * mu) / -alpha)
    slope = mu**2 * measure_bend(alpha * mu) * sums[0] + sums[1] - odds * sums[2]
    return float((slope / (1 - sums[0])).sum())


def _difference_slopes(last: Floats, mu: Floats, alpha: float) -> float:
    """Take central differences of fourth order in ln alpha: as good as the sum, for any number of counts cut off."""
    total = 0.0
    if not len(last):
        return total
    for step, weight in ((1, 8.0), (2, -1.0)):
        up, down = (measure_probability(last, mu, alpha=alpha * np.exp(sign * step * _WIDTH)) for sign in (1, -1))
        total += weight * float((np.log1p(-down) - np.log1p(-up)).sum())
    return total / (12 * _WIDTH * alpha)
