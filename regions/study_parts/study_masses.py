"""The indicator of a study that stands for the size of its regions."""

import pandas as pd

from regions.errors import MethodError
from regions.messages import say
from regions.study import Study

_MASSES = ("rd_expenditure", "rd_personnel", "patents_applied", "patents_granted", "gdp", "population")
"""Indicators that stand for the size of a region, the nearest to innovation first."""
_COVERED = 0.5


def find_mass(study: Study, codes: list[str]) -> "tuple[str, int, pd.Series[float]]":
    """Return the indicator that stands for the size of regions, its year, and its values > 0 by code.

    The study's own indicator, else the first of the usual ones (spending and staff of R&D, patents, GDP, population),
    else any, that at least half of the regions have; the latest year that most of them have.

    Raises
    ------
    MethodError
        When no indicator covers the regions.
    """
    table = study.indicators
    columns = [] if table is None else [str(name) for name in table.columns if name not in {"code", "year"}]
    for column in dict.fromkeys(filter(None, (study.indicator, *_MASSES, *columns))):
        if table is None or column not in columns:
            continue
        known = table[table["code"].isin(codes) & (table[column] > 0)]
        counts = known.groupby("year")[column].count()
        if counts.empty or counts.max() < _COVERED * len(codes):
            continue
        year = int(counts.index[counts == counts.max()].max())
        values: pd.Series[float] = known.loc[known["year"] == year].set_index("code")[column]
        return column, year, values
    raise MethodError(say("gaps/no-mass", columns=columns or [say("gaps/none").words]))
