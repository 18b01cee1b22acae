"""Measures of pairs of regions that a study brings: travel times, trains, trade, whatever one knows of two regions."""

import numpy as np
import pandas as pd

from regions.errors import MethodError
from regions.messages import say
from regions.study import Study

KEYS = ("source", "target", "year")


def list_dyads(study: Study) -> list[str]:
    """Return the columns of numbers in the dyads of a study, none where it has no such table.

    Examples
    --------
    >>> from regions import load_study
    >>> list_dyads(load_study("china-cities"))
    ['rail_minutes', 'trains', 'station_km']
    """
    if study.dyads is None:
        return []
    return [str(name) for name in study.dyads.select_dtypes("number") if name not in KEYS]


def select_dyads(study: Study, column: str, *, year: int | None = None) -> pd.DataFrame:
    """Return one measure of pairs as a long table.

    Parameters
    ----------
    column
        One of `list_dyads`.
    year
        Where the dyads have years: which; None takes the last one that the measure has.

    Returns
    -------
    DataFrame
        ``source``, ``target`` (codes), ``column``; the known pairs of units alone, in the order of the table.

    Raises
    ------
    MethodError
        When the study has no such column, or nothing of that year.

    Examples
    --------
    >>> from regionet import regions
    >>> study = regions.load_study("yangtze-delta")
    >>> column = regions.list_dyads(study)[0]
    >>> regions.select_dyads(study, column).columns.tolist() == ["source", "target", column]
    True
    """
    known = list_dyads(study)
    if study.dyads is None or column not in known:
        raise MethodError(say("dyads/no-column", column=column, known=known or ["-"]))
    table = study.dyads.dropna(subset=[column])
    table = table[table[["source", "target"]].isin(study.regions.index).all(axis=1)]
    if "year" in table:
        years = sorted({int(value) for value in table["year"].dropna()})
        chosen = years[-1] if year is None and years else year
        if chosen not in years:
            raise MethodError(say("dyads/no-year", column=column, year=str(year), years=[str(each) for each in years]))
        table = table[table["year"] == chosen]
    return table[["source", "target", column]].reset_index(drop=True)


def fill_dyads(study: Study, column: str, *, year: int | None = None, directed: bool = False) -> pd.DataFrame:
    """Return one measure of pairs as a square table.

    Parameters
    ----------
    study
        With ``dyads``.
    column, year
        As of `select_dyads`.
    directed
        False: a pair takes the mean of its two directions, or the one that is known. True: each direction is as the
        table has it; a measure that names every pair once holds for both.

    Returns
    -------
    DataFrame
        N x N, index and columns the units of the study; NaN for a pair that is not known, and on the diagonal unless
        the table has a value there. Never 0 for "not known".

    Raises
    ------
    MethodError
        As of `select_dyads`.

    Examples
    --------
    >>> from regions import load_study
    >>> minutes = fill_dyads(load_study("china-cities"), "rail_minutes")
    >>> float(minutes.loc["310000", "330100"])
    45.0
    >>> int(minutes.notna().to_numpy().sum()), minutes.shape
    (7290, (369, 369))
    """
    table = select_dyads(study, column, year=year)
    codes = study.regions.index
    square = np.full((len(codes), len(codes)), np.nan)
    square[codes.get_indexer(pd.Index(table["source"])), codes.get_indexer(pd.Index(table["target"]))] = table[
        column
    ].to_numpy(dtype=float)
    known = np.isfinite(square)
    one_way = not (known & known.T & ~np.eye(len(codes), dtype=bool)).any()
    if one_way:
        square = np.where(known, square, square.T)
    elif not directed:
        total = np.where(known, square, 0.0) + np.where(known.T, square.T, 0.0)
        ways = known.astype(int) + known.T
        square = np.divide(total, ways, out=np.full_like(total, np.nan), where=ways > 0)
    return pd.DataFrame(square, index=codes, columns=codes)
