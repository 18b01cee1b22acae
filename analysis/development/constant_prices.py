"""Choose a column at constant prices, or refuse with what to bring."""

import pandas as pd

from regions.errors import MethodError
from regions.messages import say
from regions.study import Study

_CURRENT = ("current", "现价", "当年价")
_CONSTANT = ("constant", "chain", "不变价", "可比价", "volume")
PRODUCTS = ("gdp_real", "gdp_constant", "grp_real", "va_real")
"""Columns that are taken for real product when none is named, the first that a study has at constant prices."""

UNSAID = ("gdp", "grp")
"""Columns that statistics publish at current prices, unless their unit says otherwise."""


def tell_prices(study: Study, column: str) -> str:
    """Return ``constant``, ``current`` or "" (not said) for a column, by its unit and description."""
    name, unit = study.describe_indicator(column)
    told = f"{name.en} {unit.en} {unit.zh} {name.zh}".casefold()
    if any(word in told for word in _CURRENT):
        return "current"
    return "constant" if any(word in told for word in _CONSTANT) or column in PRODUCTS else ""


def choose_real_column(study: Study, column: str | None = None) -> str:
    """Return the column of real product of a study.

    Parameters
    ----------
    study
        With indicators.
    column
        The one to take; None: one of `PRODUCTS`.

    Raises
    ------
    MethodError
        Where the column is at current prices, or is product whose prices nobody told, or there is none: with what to
        bring (a column at constant prices, or a price index).

    Examples
    --------
    >>> from regionet import regions
    >>> choose_real_column(regions.load_study("china"))
    'gdp_real'
    """
    known = [] if study.indicators is None else [str(name) for name in study.indicators]
    chosen = column or next((name for name in PRODUCTS if name in known), None)
    if chosen is None:
        raise MethodError(say("prices/none", study=study.name))
    if chosen not in known:
        raise MethodError(say("prices/unknown", column=chosen, known=[name for name in known if name not in _KEYS]))
    prices = tell_prices(study, chosen)
    if not prices and chosen in UNSAID:
        name, unit = study.describe_indicator(chosen)
        raise MethodError(say("prices/unsaid", column=name, unit=unit))
    if prices == "current":
        name, unit = study.describe_indicator(chosen)
        raise MethodError(say("prices/current", column=name, unit=unit))
    return chosen


_KEYS = frozenset({"code", "year"})


def deflate(values: "pd.Series[float]", deflator: "pd.Series[float]", *, base: float = 100.0) -> "pd.Series[float]":
    """Return values at the prices of the base of a price index: value / deflator x base.

    Parameters
    ----------
    values, deflator
        Same index, such as (``code``, ``year``); a missing one gives a missing value.
    base
        What the index is in its base year.

    Raises
    ------
    MethodError
        For a price index of 0 or less.

    Examples
    --------
    >>> import pandas as pd
    >>> deflate(pd.Series([110.0]), pd.Series([110.0])).tolist()
    [100.0]
    """
    if (deflator <= 0).any():
        raise MethodError(say("prices/index", count=int((deflator <= 0).sum())))
    return values / deflator * base
