"""Inequality of a panel by year and grouping, with intervals, in one call."""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import pandas as pd

from analysis.inequality.drawn_inequality import count_drawn, measure_drawn, split_drawn
from analysis.inequality.inequality_indices import (
    check_groups,
    measure_gini,
    measure_theil,
    measure_variation,
    split_gini,
    split_theil,
)
from regions.arrays import Floats, Integers
from regions.errors import MethodError
from regions.messages import say

Names: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.str_]]"
WHOLE = "all"
_FEWEST = 3
_FEWEST_RESAMPLED = 7  # fewer regions have fewer than 500 different resamplings, and all of them too alike


def measure_inequality(
    values: "pd.Series[float]",
    *,
    weights: "pd.Series[float] | None" = None,
    groupings: "Mapping[str, pd.Series[str]] | None" = None,
    draws: int = 1_000,
    level: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure inequality between regions by year: indices, their parts by groups, and each group alone.

    Parameters
    ----------
    values
        Index (``code``, ``year``), not negative, such as real product per head. A missing one leaves its region out of
        that year (``regions`` counts those left).
    weights
        Same index, such as population; None: regions count alike.
    groupings
        Name -> group of each code.
    draws
        Bootstrap of regions, within groups where there are any; 0 for no intervals.
    level, seed
        Coverage; of the random numbers.

    Returns
    -------
    DataFrame
        ``year``, ``grouping`` ("" without), ``group`` (`WHOLE` or its name), ``index`` (``gini``, ``theil``, ``cv``;
        parts of the whole ``gini_within``, ``gini_between``, ``gini_overlap``, ``theil_between``, ``theil_within``),
        ``value``, ``low``, ``high``, ``regions``. Groups of fewer than three regions, or of zeros only, have no index
        of their own, those of fewer than seven no interval (NaN); years of zeros are left out. The interval is basic:
        what resampling puts below the estimate, the estimate is put below the truth; never below 0.

    Raises
    ------
    MethodError
        When no year has three regions and a value above 0, for a region without a group, or as `measure_gini`.

    Examples
    --------
    >>> import pandas as pd
    >>> index = pd.MultiIndex.from_product([["A", "B", "C"], [2020]], names=["code", "year"])
    >>> found = measure_inequality(pd.Series([1.0, 2.0, 3.0], index=index), draws=0)
    >>> found[["index", "value"]].round(4).to_numpy().tolist()
    [['gini', 0.2222], ['theil', 0.0872], ['cv', 0.4082]]
    """
    known = pd.DataFrame({"x": values, "w": 1.0 if weights is None else weights}).dropna()
    generator = np.random.default_rng(seed)
    rows: list[dict[str, object]] = []
    for year, part in known.groupby(level="year"):
        codes = part.index.get_level_values("code")
        if len(codes) < _FEWEST or not (part["x"] != 0).any():
            continue
        x, w = part["x"].to_numpy(dtype=float), part["w"].to_numpy(dtype=float)
        rows += _tell_year(x, w, {}, (draws, level, generator), year=year)
        for name, groups in (groupings or {}).items():
            check_groups(groups.reindex(codes).to_numpy(dtype=object), len(codes))
            labels = np.array([str(group) for group in groups.reindex(codes)])
            rows += _tell_year(x, w, {name: labels}, (draws, level, generator), year=year)
    if not rows:
        raise MethodError(say("inequality/few", fewest=_FEWEST))
    return pd.DataFrame(rows)


def _tell_year(
    x: Floats,
    w: Floats,
    grouping: dict[str, Names],
    way: tuple[int, float, np.random.Generator],
    *,
    year: object,
) -> list[dict[str, object]]:
    """Return the rows of one year: the whole without groups, or the parts by one grouping and each group alone."""
    draws, level, generator = way
    name, labels = next(iter(grouping.items()), ("", None))
    drawn = {} if draws < 1 else _resample(x, w, labels, _draw(x, labels, draws, generator))
    found = []
    for (group, index), value in _measure(x, w, labels).items():
        low = high = np.nan
        size = len(x) if labels is None or group == WHOLE else int((labels == group).sum())
        cells = drawn.get((group, index), np.array([np.nan]))
        if size >= _FEWEST_RESAMPLED and not np.isnan(cells).all():
            below, above = np.nanquantile(cells, [(1 - level) / 2, (1 + level) / 2])
            low, high = max(2 * value - above, 0.0), 2 * value - below
        told = {"year": year, "grouping": name, "group": group, "index": index, "value": value}
        found.append({**told, "low": low, "high": high, "regions": size})
    return found


def _draw(x: Floats, labels: "Names | None", draws: int, generator: np.random.Generator) -> Integers:
    """Return the rows of each draw, (D, N): regions with replacement, within their group."""
    if labels is None:
        return generator.integers(0, len(x), (draws, len(x)))
    strata = [np.flatnonzero(labels == name) for name in np.unique(labels)]
    return np.concatenate([rows[generator.integers(0, len(rows), (draws, len(rows)))] for rows in strata], axis=1)


def _resample(x: Floats, w: Floats, labels: "Names | None", rows: Integers) -> dict[tuple[str, str], Floats]:
    """Return the indices of each draw, as `_measure` names them."""
    weights = w * count_drawn(rows, len(x))
    if labels is None:
        return {(WHOLE, name): cells for name, cells in measure_drawn(x, weights).items()}
    found = {(WHOLE, name): cells for name, cells in split_drawn(x, labels, weights).items()}
    for name in np.unique(labels):
        own = measure_drawn(x[labels == name], weights[:, labels == name])
        found |= {(str(name), index): cells for index, cells in own.items()}
    return found


def _measure(x: Floats, w: Floats, labels: "Names | None") -> dict[tuple[str, str], float]:
    if labels is None:
        whole = {"gini": measure_gini(x, w), "theil": measure_theil(x, w), "cv": measure_variation(x, w)}
        return {(WHOLE, name): value for name, value in whole.items()}
    dagum = split_gini(x, labels, w)
    between, within = split_theil(x, labels, w)
    parts = {"gini_within": dagum.within, "gini_between": dagum.between, "gini_overlap": dagum.overlap}
    parts |= {"theil_between": between, "theil_within": within}
    found = {(WHOLE, name): value for name, value in parts.items()}
    for name in np.unique(labels):
        inside = labels == name
        if int(inside.sum()) >= _FEWEST and x[inside].any():
            own = _measure(x[inside], w[inside], None)
            found |= {(str(name), index): value for (_, index), value in own.items()}
    return found
