"""Put indicators on one scale: min-max, z, rank, goalposts, vector."""

from typing import Literal, TypeAlias, get_args

import numpy as np

from regions.arrays import Booleans, Floats
from regions.errors import MethodError
from regions.messages import say

Normalisation: TypeAlias = Literal["minmax", "z", "rank", "goalposts", "vector"]

UNIT_SCALES = ("minmax", "rank", "goalposts")
"""Normalisations that give values between 0 and 1."""

FLOOR = 0.01
"""What stands for the worst value where a geometric mean is taken of values between 0 and 1, as 1 of 100 in COINr."""
_TAILS = (0.05, 0.95)
_SPREAD = 1e-12


def find_constant(values: Floats) -> Booleans:
    """Return for each column whether its known values are all alike, or none is known: (K,)."""
    with np.errstate(invalid="ignore"):
        low, high = np.fmin.reduce(values, axis=0), np.fmax.reduce(values, axis=0)
    scale = np.fmax(np.abs(low), np.abs(high))
    return np.asarray(~(high - low > _SPREAD * scale), dtype=bool)


def normalise_columns(
    values: Floats, directions: Floats, *, method: Normalisation = "minmax", goalposts: Floats | None = None
) -> Floats:
    r"""Put columns on one scale on which more is better.

    ``minmax``: :math:`(x-\min)/(\max-\min)`, or :math:`(\max-x)/(\max-\min)` where less is better; ``z``:
    :math:`\pm(x-\bar x)/s` with the divisor n; ``rank``: share of the others that are worse, ties halved;
    ``goalposts``: :math:`(x-low)/(high-low)`, cut at 0 and 1; ``vector``: :math:`\pm x/\sqrt{\sum x^2}`. All rows
    together are one sample, so that a panel stays comparable over the years.

    Parameters
    ----------
    values
        (R, K), NaN where not available.
    directions
        (K,) 1 or -1.
    method
        See above.
    goalposts
        (2, K) worst and best value; NaN, or None: the 5th and the 95th percentile of the column (exchanged where less
        is better).

    Returns
    -------
    Floats
        (R, K); NaN stays NaN; a constant column is NaN (there is nothing to compare).

    Raises
    ------
    MethodError
        For an unknown method.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[1.0, 10.0], [3.0, 30.0], [2.0, np.nan]])
    >>> normalise_columns(x, np.array([1.0, -1.0])).tolist()
    [[0.0, 1.0], [1.0, 0.0], [0.5, nan]]
    """
    if method not in get_args(Normalisation):
        raise MethodError(say("composite/choice", name="normalisation", value=method, known=get_args(Normalisation)))
    sound = np.where(find_constant(values), np.nan, values)
    if method == "rank":
        return _rank(sound * directions)
    if method == "vector":
        return np.asarray(directions * sound / np.sqrt(np.nansum(sound**2, axis=0)), dtype=float)
    worst, best = _find_posts(sound, directions, method, goalposts)
    scaled = (sound - worst) / (best - worst) + 0.0  # no -0
    return np.asarray(np.clip(scaled, 0, 1) if method == "goalposts" else scaled, dtype=float)


def _find_posts(
    values: Floats, directions: Floats, method: Normalisation, goalposts: Floats | None
) -> tuple[Floats, Floats]:
    """Return what stands for 0 and for 1 in each column."""
    known = np.where(np.isnan(values).all(axis=0), 0.0, values)
    if method == "z":
        mean = np.nanmean(known, axis=0)
        return mean, mean + directions * np.nanstd(known, axis=0)
    quantiles = _TAILS if method == "goalposts" else (0.0, 1.0)
    low, high = np.nanquantile(known, quantiles, axis=0)
    if method == "goalposts":  # two thirds of a column may be zero
        flat = high - low <= _SPREAD * np.fmax(np.abs(low), np.abs(high))
        low, high = np.where(flat, np.nanmin(known, axis=0), low), np.where(flat, np.nanmax(known, axis=0), high)
    worst, best = np.where(directions > 0, low, high), np.where(directions > 0, high, low)
    if goalposts is not None and method == "goalposts":
        given = ~np.isnan(goalposts).any(axis=0)
        worst, best = np.where(given, goalposts[0], worst), np.where(given, goalposts[1], best)
    flat = best == worst
    return worst, np.where(flat, np.nan, best)


def _rank(values: Floats) -> Floats:
    from scipy import stats  # noqa: PLC0415 - half a second, only where used

    ranks = stats.rankdata(values, method="average", axis=0, nan_policy="omit")
    count = (~np.isnan(values)).sum(axis=0)
    return np.asarray((ranks - 1) / np.where(count > 1, count - 1, np.nan))


def lift_for_products(normalised: Floats, method: Normalisation) -> Floats:
    """Return normalised values as a geometric mean can take them.

    Values between 0 and 1 go to .01 ... 1, z-scores to 100 + 10 z. Vector-normalised values stay, if positive.
    """
    if method == "z":
        return 100 + 10 * normalised
    return normalised if method == "vector" else FLOOR + (1 - FLOOR) * normalised
