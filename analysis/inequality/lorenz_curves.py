"""Lorenz curves: what share of the whole the poorest regions have, year by year."""

import pandas as pd

from regions.errors import MethodError
from regions.messages import say

_FEWEST = 3


def build_lorenz_curves(values: "pd.Series[float]", weights: "pd.Series[float]") -> pd.DataFrame:
    """Build the points of the Lorenz curve of each year, the poorest region first.

    The curve joins (0, 0) and these points; twice the area between it and the diagonal is the weighted Gini index of
    `analysis.inequality.inequality_indices.measure_gini`.

    Parameters
    ----------
    values
        Index (``code``, ``year``), not negative, such as product per head. A missing one leaves its region out of the
        year.
    weights
        Same index, positive, such as people.

    Returns
    -------
    DataFrame
        ``code``, ``year``, ``value``, ``weight``; ``weight_share`` and ``value_share``: cumulated shares of weights and
        of values times weights up to and with this region. Years with fewer than three regions are left out.

    Raises
    ------
    MethodError
        When no year is left.

    References
    ----------
    Lorenz, M. O. (1905). Methods of measuring the concentration of wealth. doi:10.2307/2276207

    Examples
    --------
    >>> import pandas as pd
    >>> index = pd.MultiIndex.from_product([["A", "B", "C"], [2020]], names=["code", "year"])
    >>> found = build_lorenz_curves(pd.Series([6.0, 1.0, 3.0], index=index), pd.Series(1.0, index=index))
    >>> found[["code", "value_share"]].to_numpy().tolist()
    [['B', 0.1], ['C', 0.4], ['A', 1.0]]
    """
    known = pd.DataFrame({"value": values, "weight": weights}).dropna().reset_index()
    known = known[known.groupby("year")["code"].transform("size") >= _FEWEST]
    if known.empty:
        raise MethodError(say("inequality/few", fewest=_FEWEST))
    known = known.sort_values(["year", "value", "code"], ignore_index=True)
    for name, part in (("weight", known["weight"]), ("value", known["value"] * known["weight"])):
        sums = part.groupby(known["year"])
        known[f"{name}_share"] = sums.cumsum() / sums.transform("sum")
    return known
