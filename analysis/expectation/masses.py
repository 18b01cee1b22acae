"""Masses of regions, where a gravity model uses them instead of one effect per region."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.study_parts.latest_year import find_latest_year

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
        raise MethodError(say("masses/not-positive", count=len(bad), shown=bad[:_NAMED]))
    return chosen


def _read_indicator(study: Study, column: str | None, codes: "Sequence[str]") -> "pd.Series[float]":
    if column is None:
        raise MethodError(say("masses/no-indicator", study=study.name))
    latest = find_latest_year(study, column, codes)
    assert study.indicators is not None  # noqa: S101 - it has a year
    here = study.indicators[study.indicators["code"].isin(codes)].dropna(subset=[column])
    values: pd.Series[float] = here.loc[here["year"] == latest].set_index("code")[column]
    return values
