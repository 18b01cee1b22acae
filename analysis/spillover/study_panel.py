"""From the indicators of a study to a balanced panel: what is explained, by what, of which regions and years."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.study_parts.some_names import name_some
from regions.words import Words

OUTPUTS = ("patents_granted_invention", "patents_granted", "patents_applied", "patents", "hitech_new_product_sales")
"""Indicators that are explained when none is named, the first that a study has."""

INPUTS = ("rd_expenditure", "rd_personnel")
"""Indicators that explain when none is named: all that a study has."""

_SHOWN = 8
_FEWEST = 5


@dataclass(frozen=True, slots=True, eq=False)
class StudyPanel:
    """A balanced panel of a study.

    Attributes
    ----------
    table
        ``code``, ``year`` (left out where there is one year only), the outcome and what explains it, under the names of
        the indicators; of each year, x being that of ``lag`` years before.
    y, x
        Columns.
    codes
        Regions, in the order of the study.
    years
        Years of the outcome.
    log, lag
        Whether values are natural logarithms; years between x and y.
    notes
        Regions and years that were left out, by name, and why.
    """

    table: pd.DataFrame
    y: str
    x: tuple[str, ...]
    codes: "pd.Index[str]"
    years: tuple[int, ...]
    log: bool
    lag: int
    notes: tuple[Words, ...]


def choose_columns(study: Study) -> tuple[str, tuple[str, ...]]:
    """Return the outcome and what explains it, where a user names neither.

    What explains is known of at least five regions in the same year as the outcome, or in the year before.

    Raises
    ------
    MethodError
        When the study has fewer than two indicators, or none that share years with the outcome.
    """
    known = _list_covering(study)
    patents = [name for name in known if "patent" in name]
    outcome = next((name for name in (*OUTPUTS, *patents) if name in known), None)
    if outcome is None:
        outcome = next((name for name in known if name not in INPUTS), None)
    shared = [] if outcome is None else [name for name in known if name != outcome and _meet(study, outcome, name)]
    inputs = tuple(name for name in INPUTS if name in shared)
    if not inputs:
        inputs = tuple(name for name in (study.indicator, *shared) if name in shared)[:1]
    if outcome is None or not inputs:
        raise MethodError(say("study-panel/spillover-needs-an", name=study.name, known=known))
    return outcome, inputs


def _meet(study: Study, y: str, x: str) -> bool:
    """Tell whether two indicators are known of enough regions in one year, or one a year before the other."""
    assert study.indicators is not None  # noqa: S101 - both names came from it
    rows = study.indicators[study.indicators["code"].isin(study.regions.index)].set_index(["code", "year"])
    outcome = rows[y].dropna().index
    for lag in (0, 1):
        later = [(code, year + lag) for code, year in rows[x].dropna().index]
        both = outcome[outcome.isin(later)].get_level_values("year")
        if len(both) and both.value_counts().max() >= _FEWEST:
            return True
    return False


def list_coarser(study: Study, columns: Sequence[str]) -> list[str]:
    """Return the indicators that are known of regions above or beside the units only, of none of the units."""
    if study.indicators is None:
        return []
    of_unit = study.indicators["code"].isin(study.regions.index)
    known = [name for name in columns if name in study.indicators]
    own, others = (study.indicators.loc[part, known].notna().any() for part in (of_unit, ~of_unit))
    return [name for name in known if others[name] and not own[name]]


def _list_covering(study: Study) -> list[str]:
    """Return the indicators that half of the regions have in some year."""
    known = list_indicators(study)
    if study.indicators is None:
        return []
    rows = study.indicators[study.indicators["code"].isin(study.regions.index)]
    if not known:
        return []
    most = rows.groupby("year")[known].count().max()
    return [name for name in known if most[name] >= max(len(study.regions) / 2, _FEWEST)]


def list_indicators(study: Study) -> list[str]:
    """Return the indicators of a study that are numbers."""
    if study.indicators is None:
        return []
    numbers = study.indicators.select_dtypes("number").columns
    return [str(name) for name in numbers if name not in {"code", "year"}]


def build_study_panel(study: Study, y: str, x: Sequence[str], *, lag: int = 0, log: bool = False) -> StudyPanel:
    """Build a balanced panel from the indicators of a study.

    Years that half of the regions lack are left out; of the others the run of years, and the regions complete in it,
    that give the most cells. What is left out is named.

    Parameters
    ----------
    study
        With indicators.
    y, x
        Indicators.
    lag
        Years from x to y.
    log
        Take natural logarithms; a value of 0 or less is then like a missing one, and counted in a note.

    Raises
    ------
    MethodError
        When an indicator does not exist or is named twice, or fewer than five regions are left.

    Examples
    --------
    >>> from regionet import regions
    >>> panel = build_study_panel(regions.load_study("china"), "papers_sci", ["rd_expenditure"], lag=1, log=True)
    >>> (panel.years[0], panel.years[-1], len(panel.codes))  # no papers of 2023
    (2011, 2022, 31)
    """
    known = list_indicators(study)
    lacking = [name for name in (y, *x) if name not in known]
    if lacking or not x or study.indicators is None:
        raise MethodError(say("study-panel/no-indicator-named", lacking=lacking, known=known))
    twice = sorted({name for name in (y, *x) if (y, *x).count(name) > 1})
    if twice:
        raise MethodError(say("study-panel/twice", names=twice))
    cells, low = _gather(study.indicators, study.regions.index, (y, *x), lag=lag, log=log)
    kept, notes = _balance(cells, study)
    if low:
        notes.append(
            Words(
                f"{low} values of 0 or less have no logarithm and count as missing.",
                f"有 {low} 个数值不大于 0，无法取对数，按缺失处理。",
            )
        )
    table = kept.reset_index()
    years = tuple(int(year) for year in sorted(set(table["year"])))
    notes += _tell_holes(years, set(cells.index.get_level_values("year")))
    codes = study.regions.index[study.regions.index.isin(set(table["code"]))]
    if len(years) == 1:
        table = table.drop(columns="year")
    return StudyPanel(table, y, tuple(x), codes, years, log, lag, tuple(notes))


def _gather(
    indicators: pd.DataFrame, codes: "pd.Index[str]", columns: Sequence[str], *, lag: int, log: bool
) -> tuple[pd.DataFrame, int]:
    """Return all cells by year and code, missing ones too, and how many have no logarithm."""
    rows = indicators[indicators["code"].isin(codes)].set_index(["year", "code"])[list(columns)].astype(float)
    low = 0
    if log:
        low = int((rows <= 0).sum().sum())
        rows = pd.DataFrame(np.log(rows.where(rows > 0)))
    x = rows[list(columns[1:])].reset_index()
    x["year"] += lag
    joined = rows[[columns[0]]].join(x.set_index(["year", "code"]), how="outer")
    years = sorted(set(joined.dropna().index.get_level_values("year")))
    if not years:
        spans = [_say_span(name, rows[name].dropna().index.get_level_values("year")) for name in columns]
        raise MethodError(say("study-panel/no-region-has", named=spans))
    full = pd.MultiIndex.from_product([years, codes], names=["year", "code"])
    return joined.reindex(full), low


def _say_span(name: str, years: "pd.Index[int]") -> str:
    return f"{name} ({years.min()}-{years.max()})" if len(years) else f"{name} (-)"


def _balance(cells: pd.DataFrame, study: Study) -> tuple[pd.DataFrame, list[Words]]:
    known = cells.notna().all(axis=1).unstack("year")  # noqa: PD010 - one row per region
    whole = known
    known = known.loc[:, known.sum() >= known.sum().max() / 2]
    known = _choose_window(known)
    dropped = [str(code) for code in whole.index.difference(known.index, sort=False)]
    skipped = [int(str(year)) for year in whole.columns.difference(known.columns)]
    if len(known) < _FEWEST:
        raise MethodError(say("study-panel/only-regions-have", count=len(known), shown=known.shape[1], value=_FEWEST))
    wanted = pd.MultiIndex.from_product([known.columns, known.index], names=["year", "code"])
    return cells.loc[wanted], [*_tell_regions(dropped, study), *_tell_years(skipped)]


def _choose_window(known: pd.DataFrame) -> pd.DataFrame:
    """Return the regions that are complete in the run of years with the most cells; of equal ones the latest."""
    values = known.to_numpy()
    best, most = (0, 1), -1
    for first in range(values.shape[1]):
        complete = np.ones(len(values), dtype=bool)
        for last in range(first, values.shape[1]):
            complete &= values[:, last]
            cells = int(complete.sum()) * (last + 1 - first)
            if cells >= most:
                best, most = (first, last + 1), cells
    part = known.iloc[:, slice(*best)]
    return part[part.all(axis=1)]


def _tell_regions(dropped: list[str], study: Study) -> list[Words]:
    if not dropped:
        return []
    named = name_some(study, dropped, most=_SHOWN)
    return [Words(f"Left out for want of values: {named.en}.", f"因数据缺失剔除的地区：{named.zh}。")]


def _tell_holes(years: tuple[int, ...], known: set[int]) -> list[Words]:
    """Name the years between the first and the last of a panel of which nobody has a value."""
    holes = [str(year) for year in range(years[0], years[-1]) if year not in known]
    if not holes:
        return []
    en, zh = ", ".join(holes), "、".join(holes)
    return [Words(f"Years of which no region has all values: {en}.", f"没有地区数据完整的年份：{zh}。")]


def _tell_years(skipped: list[int]) -> list[Words]:
    if not skipped:
        return []
    years = [str(year) for year in sorted(skipped)]
    en, zh = ", ".join(years), "、".join(years)
    return [Words(f"Years left out for want of values: {en}.", f"因数据缺失剔除的年份：{zh}。")]
