"""Whether regions converge: sigma, beta, beta with neighbours."""

from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import stats

from analysis.spatial.spatial_fit import fit_spatial
from geodata.weights.spatial_weights import AnyWeights, read_weights, select_weights
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

_FEWEST = 5
_ALIKE = 1e-9
COLUMNS = ["model", "first", "last", "beta", "low", "high", "p", "rho", "speed", "half_life", "regions"]


def measure_sigma(values: "pd.Series[float]", *, draws: int = 500, level: float = 0.95, seed: int = 0) -> pd.DataFrame:
    """Measure the spread of logarithms by year (sigma convergence).

    Parameters
    ----------
    values
        Index (``code``, ``year``), above 0; regions known in every year are kept.
    draws, level, seed
        Bootstrap of regions, the same ones in every year; 0 for no intervals.

    Returns
    -------
    DataFrame
        Index ``year``; ``sigma`` (standard deviation of ln, divisor N), ``low``, ``high``, ``change`` against the first
        year with ``change_low`` and ``change_high``: below 0 is convergence.

    Examples
    --------
    >>> import pandas as pd
    >>> index = pd.MultiIndex.from_product([list("ABCDE"), [2000, 2001]], names=["code", "year"])
    >>> found = measure_sigma(pd.Series([1, 2, 2, 3, 3, 4, 4, 5, 5, 6.0], index=index), draws=100)
    >>> bool(found["change"].iloc[-1] < 0)
    True
    """
    wide = spread_years(values)
    logs = take_logs(wide)
    generator = np.random.default_rng(seed)
    rows = generator.integers(0, len(logs), (draws, len(logs)))
    sigma = logs.std(axis=0)
    drawn = logs[rows].std(axis=1) if draws else np.full((1, len(sigma)), np.nan)
    moved = drawn - drawn[:, :1]
    tails = [(1 - level) / 2, (1 + level) / 2]
    below, above = np.quantile(drawn, tails, axis=0)
    down, up = np.quantile(moved, tails, axis=0)
    change = sigma - sigma[0]
    years = pd.Index([int(year) for year in wide.columns], name="year")
    columns = {"sigma": sigma, "low": np.maximum(2 * sigma - above, 0), "high": 2 * sigma - below, "change": change}
    return pd.DataFrame({**columns, "change_low": 2 * change - up, "change_high": 2 * change - down}, index=years)


def spread_years(values: "pd.Series[float]") -> pd.DataFrame:
    """Return one row per region known in every year, one column per year in which any region is."""
    wide = pd.DataFrame(values.unstack("year"))  # noqa: PD010 - one row per region
    return wide.dropna(axis=1, how="all").sort_index(axis=1).dropna()


def check_even_years(years: "pd.Index[Any]") -> None:
    """Refuse years with a gap: a step over it is not like the others.

    Raises
    ------
    MethodError
        When years do not follow each other at one distance.
    """
    if len(set(np.diff(years.to_numpy(dtype=int)).tolist())) > 1:
        raise MethodError(say("panel/uneven-years", years=[int(year) for year in years]))


def take_logs(wide: pd.DataFrame) -> Floats:
    """Return logarithms, (N, T)."""
    if len(wide) < _FEWEST or wide.shape[1] < 2 or (wide <= 0).any(axis=None):  # noqa: PLR2004 - two years
        raise MethodError(say("convergence/panel", regions=len(wide), years=wide.shape[1], fewest=_FEWEST))
    return np.asarray(np.log(wide.to_numpy(dtype=float)))


def measure_beta(
    values: "pd.Series[float]", *, weights: "AnyWeights | None" = None, level: float = 0.95
) -> pd.DataFrame:
    r"""Measure whether poorer regions grow faster (beta convergence), alone and with neighbours.

    :math:`\frac1T\ln\frac{y_{iT}}{y_{i0}}=a+b\ln y_{i0}+u_i`; the speed is :math:`\lambda=-\ln(1+bT)/T` [1]_, the
    half-life :math:`\ln2/\lambda`. With ``weights`` also the spatial lag (:math:`+\rho Wg`) and the spatial error.

    Parameters
    ----------
    values
        Index (``code``, ``year``), above 0, such as real product per head; the first and the last year count, and
        regions known in both.
    weights
        Of the same regions, rows of sum 1.
    level
        Coverage; of least squares with errors robust to unequal variances (HC3, t).

    Returns
    -------
    DataFrame
        One row per ``model`` (``ols``, ``sar``, ``sem``): ``first``, ``last``, ``beta``, ``low``, ``high``, ``p``,
        ``rho`` (of the lag or the error), ``speed``, ``half_life`` (NaN without convergence or where :math:`1+bT\le0`),
        ``regions``.

    Raises
    ------
    MethodError
        For fewer than five complete regions, one year, values of 0 or less, or regions that all start alike.

    Notes
    -----
    Beta without falling sigma is possible: measurement error alone pulls b down (Galton's fallacy).

    References
    ----------
    .. [1] Barro, R. J., & Sala-i-Martin, X. (1992). Convergence. Journal of Political Economy 100(2), 223-251.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> y0 = np.array([1.0, 2, 4, 8, 16, 32])
    >>> index = pd.MultiIndex.from_product([list("ABCDEF"), [2000, 2010]], names=["code", "year"])
    >>> found = measure_beta(pd.Series(np.column_stack([y0, y0**0.8]).ravel(), index=index))
    >>> found[["beta", "speed"]].round(4).iloc[0].tolist()  # -.2 / 10; -ln(.8) / 10
    [-0.02, 0.0223]
    """
    known = values.dropna()
    years = known.index.get_level_values("year")
    wide = spread_years(known[(years == years.min()) | (years == years.max())])
    logs = take_logs(wide)
    first, last = int(wide.columns[0]), int(wide.columns[-1])
    span = last - first
    growth, start = (logs[:, -1] - logs[:, 0]) / span, logs[:, 0]
    if np.ptp(start) < _ALIKE:
        raise MethodError(say("convergence/alike", year=first))
    rows = [{"model": "ols", **_fit_robustly(start, growth, level)}]
    if weights is not None:
        models: tuple[Literal["sar", "sem"], ...] = ("sar", "sem")
        table = pd.DataFrame({"code": wide.index, "growth": growth, "start": start})
        rows += [_fit_beside(table, weights, model, level) for model in models]
    found = pd.DataFrame(rows)
    inside = 1 + found["beta"] * span
    found["speed"] = -np.log(inside.where(inside > 0)) / span
    found["half_life"] = np.log(2) / found["speed"].where(found["speed"] > 0)
    found["first"], found["last"], found["regions"] = first, last, len(wide)
    return found.reindex(columns=COLUMNS)


def _fit_robustly(x: Floats, y: Floats, level: float) -> dict[str, float]:
    """Return slope, interval and p of least squares with HC3 errors."""
    design = np.column_stack([np.ones(len(x)), x])
    inverse = np.linalg.inv(design.T @ design)
    coefficients = inverse @ design.T @ y
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    residual = (y - design @ coefficients) / np.maximum(1 - leverage, 1e-12)
    error = float(np.sqrt((inverse @ (design.T * residual**2) @ design @ inverse)[1, 1]))
    beta = float(coefficients[1])
    t = stats.t(len(x) - 2)
    reach = float(t.ppf((1 + level) / 2)) * error
    p = float(2 * t.sf(abs(beta / error))) if error > 0 else float(beta == 0)
    return {"beta": beta, "low": beta - reach, "high": beta + reach, "p": p}


def _fit_beside(
    table: pd.DataFrame, weights: AnyWeights, model: Literal["sar", "sem"], level: float
) -> dict[str, object]:
    w = select_weights(read_weights(weights), pd.Index(table["code"]))
    fit = fit_spatial(table, w, y="growth", x=["start"], model=model)
    row = fit.table.loc["start", ["estimate", "error"]].to_numpy(dtype=float)
    z = float(stats.norm.ppf((1 + level) / 2))
    beta, error = float(row[0]), float(row[1])
    p = float(2 * stats.norm.sf(abs(beta / error)))
    return {"model": model, "beta": beta, "low": beta - z * error, "high": beta + z * error, "p": p, "rho": fit.rho}
