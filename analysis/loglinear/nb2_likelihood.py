"""The parts of the NB2 log-likelihood that hold the dispersion alpha, in forms that do not cancel near alpha = 0.

ln L = ln G(y + r) - ln G(r) - ln G(y + 1) + r ln(r / (r + mu)) + y ln(mu / (r + mu)), r = 1/alpha. As it stands the
first two terms are 1e7 each at alpha = 1e-6, and what is left of their difference is rounding. They make

    rise = ln G(y + r) - ln G(r) + y ln alpha = sum over k < y of ln(1 + alpha k)    (whole y),

and its slope in alpha is sum over k < y of k / (1 + alpha k): both finite at alpha = 0, as is all else. For any y >= 0
they come from Stirling's series (DLMF 5.11), the differences taken before the sums.
"""

from collections.abc import Callable

import numpy as np
from scipy.special import digamma, gammaln

from regions.arrays import Floats

_STIRLING = 0.1
"""Up to this alpha Stirling's series in alpha is exact to 1e-16 with eight terms; beyond, nothing cancels."""
_BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510)
_SMALL = 0.5
_DIRECT = 2**13
"""So many pairs are summed up one by one at every place."""
_PART = 2**13
"""Pairs that are worked on at once: what fits into the cache of a core."""

_TERMS = 18
_SERIES = np.array([(-1) ** k * (k + 1) / (k + 2) for k in range(_TERMS)])
_CONVERGES = 1 / 8
"""Up to this argument so many terms of the series of ``measure_bend`` are exact to 1e-16."""
_SMALLEST = -30
"""Expectations below 2^-30 are summed up as one class."""

_ODD = 1 / np.arange(29.0, 1.0, -2)
"""1/29, 1/27 .. 1/3: of the series of artanh, enough for arguments up to .2."""


def measure_rise(y: Floats, *, alpha: float) -> Floats:
    """Return ln G(y + 1/alpha) - ln G(1/alpha) + y ln alpha, (n,); 0 at ``alpha`` = 0.

    Parameters
    ----------
    y
        (n,) >= 0; need not be whole.
    alpha
        Dispersion, >= 0.
    """
    if alpha == 0:
        return np.zeros_like(y)
    r = 1 / alpha
    if alpha > _STIRLING:
        return np.asarray(gammaln(y + r) - gammaln(r) + y * np.log(alpha))
    growth = np.log1p(alpha * y)
    total = (r + y - 0.5) * growth - y
    for n, number in enumerate(_BERNOULLI, start=1):
        total += number / (2 * n * (2 * n - 1)) * alpha ** (2 * n - 1) * np.expm1((1 - 2 * n) * growth)
    return np.asarray(total)


def measure_rise_slope(y: Floats, *, alpha: float) -> Floats:
    """Return the derivative of ``measure_rise`` in alpha, (n,); y (y - 1) / 2 at ``alpha`` = 0."""
    if alpha > _STIRLING:
        r = 1 / alpha
        return np.asarray(r * (y - r * (digamma(y + r) - digamma(r))))
    ratio = 1 / (1 + alpha * y)
    total = y**2 * (ratio - measure_bend(alpha * y)) - 0.5 * y * ratio
    growth = np.log1p(alpha * y)
    for n, number in enumerate(_BERNOULLI, start=1):
        total += number / (2 * n) * alpha ** (2 * n - 2) * np.expm1(-2 * n * growth)
    return np.asarray(total)


def measure_bend(x: Floats) -> Floats:
    """Return (ln(1 + x) - x / (1 + x)) / x^2, (n,), for x >= 0; 1/2 at 0.

    With u = x / (2 + x): (1 - u)^2 / 2 (1 / (1 + u) + u (1/3 + u^2/5 + u^4/7 + ...)), all terms positive.
    """
    large = x > _SMALL
    if not large.any():
        return _sum_artanh(x)
    bend, far = np.empty_like(x), x[large]
    bend[large] = (np.log1p(far) - far / (1 + far)) / far**2
    bend[~large] = _sum_artanh(x[~large])
    return bend


def _sum_artanh(x: Floats) -> Floats:
    u = x / (2 + x)
    square, series = u * u, np.full_like(u, _ODD[0])
    for term in _ODD[1:]:  # in place: a search of the dispersion comes here a hundred times
        series *= square
        series += term
    return np.asarray((1 - u) ** 2 / 2 * (1 / (1 + u) + u * series))


def build_score(y: Floats, mu: Floats) -> Callable[[float], float]:
    """Return the function alpha -> d ln L / d alpha, the sum over all counts; sum((y - mu)^2 - y) / 2 at 0.

    Parameters
    ----------
    y, mu
        (n,) outcome and expectation, in counts.
    """
    values, times = np.unique(y, return_counts=True)
    linked = y > 0
    counts, means = y[linked], mu[linked]
    bend = _build_bend_sum(mu)

    def score(alpha: float) -> float:
        if alpha == 0:
            return float(((y - mu) ** 2 - y).sum() / 2)
        pull = float((counts * means / (1 + alpha * means)).sum())
        return float(times @ measure_rise_slope(values, alpha=alpha)) + bend(alpha) - pull

    return score


def _build_bend_sum(mu: Floats) -> Callable[[float], float]:
    """Return the function alpha -> sum of mu^2 ``measure_bend``(alpha mu).

    Of a sparse network alpha mu is small for nearly all pairs. Those between two powers of two share the series 1/2 -
    2/3 x + 3/4 x^2 - ..., which needs their moments only, as long as alpha times the larger power is at most 1/8. Of a
    few thousand pairs the moments cost more than they save.
    """
    if len(mu) <= _DIRECT:
        squares = mu**2
        return lambda alpha: float((squares * measure_bend(alpha * mu)).sum())
    exponents = np.maximum(np.frexp(mu)[1], _SMALLEST).astype(np.int16)
    order = np.argsort(exponents, kind="stable")
    sizes, starts = np.unique(exponents[order], return_index=True)
    ordered, powers = mu[order], 2.0**sizes
    parts = [slice(*ends) for ends in zip(starts, [*starts[1:], len(mu)], strict=True)]
    moments = np.array([_measure_moments(ordered[part], power) for part, power in zip(parts, powers, strict=True)])

    def add(alpha: float) -> float:
        near = int(np.searchsorted(powers, _CONVERGES / alpha, side="right"))
        series = (alpha * powers[:near, None]) ** np.arange(_TERMS) * _SERIES * moments[:near]
        rest = ordered[starts[near] :] if near < len(starts) else ordered[:0]
        blocks = (rest[start : start + _PART] for start in range(0, len(rest), _PART))
        return float(series.sum()) + sum(float((each**2 * measure_bend(alpha * each)).sum()) for each in blocks)

    return add


def _measure_moments(mu: Floats, power: float) -> Floats:
    """Return the sums of mu^2 (mu / power)^k, k = 0 .. 17."""
    term, ratio, sums = mu**2, mu / power, np.empty(_TERMS)
    for k in range(_TERMS):
        sums[k] = term.sum()
        term *= ratio
    return sums
