"""Masses of regions, where a gravity model uses them instead of one effect per region."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from regions.errors import MethodError
from regions.study import Study

_NAMED = 5


def read_masses(study: Study, mass: "str | pd.Series[float] | None", *, codes: "Sequence[str]") -> "pd.Series[float]":
    """Return the mass of each region.

    Parameters
    ----------
    study
        With indicators, unless ``mass`` is a Series.
    mass
        Indicator column, a Series by code, or None for ``study.indicator``.
    codes
        Regions that need one.

    Returns
    -------
    Series
        Index ``codes``, > 0. Of an indicator the latest year for which most of these regions are known.

    Raises
    ------
    MethodError
        When there is no such indicator, or a region has no mass > 0 (a missing mass is not zero).
    """
    values = mass if isinstance(mass, pd.Series) else _read_indicator(study, mass or study.indicator, codes)
    chosen = values.reindex(list(codes)).astype(float)
    bad = [str(code) for code, value in chosen.items() if not (np.isfinite(value) and value > 0)]
    if bad:
        raise MethodError(
            f"{len(bad)} regions have no mass > 0 ({', '.join(bad[:_NAMED])}); a gravity model in masses needs one for "
            "every region with links: give them, or use region effects"
        )
    return chosen


def _read_indicator(study: Study, column: str | None, codes: "Sequence[str]") -> "pd.Series[float]":
    table = study.indicators
    if column is None:
        raise MethodError(f"study {study.name!r} names no indicator to use as mass; name one")
    if table is None or column not in table:
        known = [] if table is None else [str(name) for name in table.columns if name not in {"code", "year"}]
        raise MethodError(f"no indicator is named {column!r}; there are: {', '.join(known) or 'none'}")
    here = table[table["code"].isin(codes)].dropna(subset=[column])
    counts = here.groupby("year")[column].count()
    if counts.empty:
        raise MethodError(f"the indicator {column!r} has no value for any region with links")
    latest = counts.index[counts == counts.max()].max()
    values: pd.Series[float] = here.loc[here["year"] == latest].set_index("code")[column]
    return values
