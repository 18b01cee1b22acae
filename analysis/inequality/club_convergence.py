"""Convergence clubs by the log t test."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.inequality.convergence import check_even_years, spread_years, take_logs
from regions.arrays import Floats, Integers
from regions.errors import MethodError
from regions.messages import say

CRITICAL = -1.65
"""t of the one-sided test at 5 %: below it, no convergence."""

_FEWEST_YEARS, _FEWEST_POINTS = 8, 3
_ROOT = 1e-6
_ROUNDING = 1e-30
"""Squares of relative distances of 1e-15."""


@dataclass(frozen=True, slots=True)
class LogT:
    """A log t regression.

    Attributes
    ----------
    b, t, p
        Slope (twice the speed of convergence); its t, robust to autocorrelation; one-sided p of no convergence.
    years
        Years that took part.
    """

    b: float
    t: float
    p: float
    years: int

    @property
    def converges(self) -> bool:
        """Whether convergence is not rejected at 5 %."""
        return self.t > CRITICAL


def measure_log_t(logs: Floats, *, discard: float = 0.3) -> LogT:
    r"""Test whether regions converge (log t [1]_).

    :math:`h_{it}=x_{it}/\bar x_t`, :math:`H_t=\frac1N\sum(h_{it}-1)^2`; :math:`\ln(H_1/H_t)-2\ln\ln t=a+b\ln t` over
    :math:`t=\lfloor rT\rfloor\ldots T`; t by the quadratic spectral kernel with Andrews' bandwidth, as in
    their program.

    Parameters
    ----------
    logs
        (N, T) logarithms, above 0 on average, two regions or more.
    discard
        r, the share of the first years that is left out; .3 is usual.

    Returns
    -------
    LogT
        With few years the test has little power: not rejecting is no proof of a club. Regions that are alike in all
        years that count have b and t of infinity.

    Raises
    ------
    MethodError
        When fewer than three years are left.

    References
    ----------
    .. [1] Phillips, P. C. B., & Sul, D. (2007). Transition modeling and econometric convergence tests. Econometrica 75,
       1771-1855. https://doi.org/10.1111/j.1468-0262.2007.00811.x
    """
    years = logs.shape[1]
    relative = logs / logs.mean(axis=0)
    spread = ((relative - 1) ** 2).mean(axis=0)
    first = max(int(np.floor(discard * years)), 2)
    t = np.arange(first, years + 1)
    if len(t) < _FEWEST_POINTS:
        raise MethodError(say("clubs/discard", years=years, left=len(t), fewest=_FEWEST_POINTS))
    if not (spread[t - 1] > _ROUNDING).any():
        return LogT(np.inf, np.inf, 1.0, len(t))
    spread = np.maximum(spread, _ROUNDING)
    y = np.log(spread[0] / spread[t - 1]) - 2 * np.log(np.log(t))
    design = np.column_stack([np.ones(len(t)), np.log(t)])
    coefficients, *_ = np.linalg.lstsq(design, y, rcond=None)
    residual = y - design @ coefficients
    centred = design[:, 1] - design[:, 1].mean()
    error = np.sqrt(_long_run(residual) / (centred @ centred))
    b = float(coefficients[1])
    value = b / float(error) if error > 0 else float(np.sign(b) * np.inf)
    return LogT(b, value, float(stats.norm.cdf(value)), len(t))


def _long_run(residual: Floats) -> float:
    """Return the long-run variance as Phillips and Sul compute it.

    Quadratic spectral kernel, bandwidth by Andrews (1991) for an AR(1); products without the last year and
    one degree of freedom less, as in their program: with all products the residuals, which sum to 0, have next to no
    long-run variance where the bandwidth is wide, and t grows without bounds.
    """
    n = len(residual)
    before, after = residual[:-1], residual[1:]
    power = float(before @ before)
    rho = float(before @ after) / power if power > 0 else 0.0
    width = 1.3221 * (4 * rho**2 / max(abs(1 - rho), _ROOT) ** 4 * n) ** 0.2
    plain = float(residual @ residual) / (n - 1)
    total = plain
    for lag in range(1, n - 1):
        z = 6 * np.pi * lag / (5 * width) if width > 0 else np.inf
        kernel = 3 / z**2 * (np.sin(z) / z - np.cos(z)) if np.isfinite(z) else 0.0
        total += 2 * kernel * float(before[lag:] @ before[: n - 1 - lag]) / (n - 1)
    return total if total > 0 else plain


def find_clubs(values: "pd.Series[float]", *, discard: float = 0.3) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find convergence clubs by the clustering of Phillips and Sul.

    Regions are ordered by the last year; a core is grown from the top while the log t of its members is largest; others
    join when the core with them has t above 0; the rest is tested as a club, or the search begins anew with it.

    Parameters
    ----------
    values
        Index (``code``, ``year``), above 1 (logarithms above 0), such as real product per head; trends only: cycles
        should be filtered out first.
    discard
        As of `measure_log_t`.

    Returns
    -------
    tuple of DataFrame
        Index ``code``: ``club`` (1 the richest; 0: in none); index ``club``: ``regions``, ``b``, ``t``, ``p``,
        ``years``, the whole as club -1 in the first row.

    Raises
    ------
    MethodError
        For fewer than five regions, eight years, years that do not follow each other evenly, or values of 1 or less.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> t = np.arange(1, 31)
    >>> rich = 9 + np.outer([0.5, -0.3, 0.1], 1 / t)
    >>> poor = 7 + np.outer([0.4, -0.2, 0.2], 1 / t)
    >>> index = pd.MultiIndex.from_product([list("ABCDEF"), 1990 + t], names=["code", "year"])
    >>> clubs, table = find_clubs(pd.Series(np.exp(np.vstack([rich, poor])).ravel(), index=index))
    >>> clubs["club"].tolist()
    [1, 1, 1, 2, 2, 2]
    """
    wide = spread_years(values)
    logs = take_logs(wide)
    check_even_years(wide.columns)
    if logs.shape[1] < _FEWEST_YEARS:
        raise MethodError(say("clubs/panel", years=logs.shape[1], fewest=_FEWEST_YEARS))
    if (logs <= 0).any():
        raise MethodError(say("clubs/low", low=int((logs <= 0).sum())))
    order = np.argsort(-logs[:, -1], kind="stable")
    member = np.zeros(len(logs), dtype=int)
    whole = measure_log_t(logs, discard=discard)
    rows = [(-1, len(logs), whole.b, whole.t, whole.p, whole.years)]
    left, club = order, 0
    while len(left) > 1:
        found = left if measure_log_t(logs[left], discard=discard).converges else _grow_club(logs, left, discard)
        if not len(found):
            break
        club += 1
        member[found] = club
        test = measure_log_t(logs[found], discard=discard)
        rows.append((club, len(found), test.b, test.t, test.p, test.years))
        left = left[~np.isin(left, found)]
    table = pd.DataFrame(rows, columns=["club", "regions", "b", "t", "p", "years"]).set_index("club")
    return pd.DataFrame({"club": member}, index=wide.index), table


def _grow_club(logs: Floats, left: Integers, discard: float) -> Integers:
    """Return the core with the largest t and those that may join it; empty where no pair converges."""
    for first in range(len(left) - 1):
        if not measure_log_t(logs[left[first : first + 2]], discard=discard).converges:
            continue
        best, size = -np.inf, 2
        for last in range(first + 2, len(left) + 1):
            value = measure_log_t(logs[left[first:last]], discard=discard).t
            if value <= CRITICAL:
                break
            if value > best:
                best, size = value, last - first
        core = left[first : first + size]
        others = left[~np.isin(left, core)]
        joins = [each for each in others if measure_log_t(logs[np.append(core, each)], discard=discard).t > 0]
        club = np.append(core, np.array(joins, dtype=int)).astype(int)
        return club if measure_log_t(logs[club], discard=discard).converges else core
    return left[:0]
