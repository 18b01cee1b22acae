"""Years that count only when they are asked for: what a study sets aside, and how it is opened again."""

from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from regions.errors import Fault, MethodError, StudyError
from regions.messages import say
from regions.study import Study
from regions.words import Words


def separate_other_years(study: Study, first: int, last: int) -> Study:
    """Keep the records and links of some years in the study's tables, and set those of other years aside.

    Parameters
    ----------
    study
        With every year in its tables.
    first, last
        Years that count when none are named, both included.

    Returns
    -------
    Study
        ``records`` and ``links`` of these years; the other rows in ``other_years``.

    Raises
    ------
    StudyError
        ``E-CONFIG`` when no table has years, or none of its rows is of these.

    Examples
    --------
    >>> from regions import load_study
    >>> study = load_study("china")
    >>> sorted(study.records["year"].unique()), sorted(study.other_years["records"]["year"].unique())
    ([np.int64(2011)], [np.int64(2017), np.int64(2019)])
    """
    kept: dict[str, pd.DataFrame | None] = {"records": study.records, "links": study.links}
    aside: dict[str, pd.DataFrame] = {}
    for name, table in kept.items():
        if table is not None and "year" in table:
            inside = table["year"].between(first, last).astype(bool)
            kept[name], rest = table[inside].reset_index(drop=True), table[~inside].reset_index(drop=True)
            if len(rest):
                aside[name] = rest
    if not any(table is not None and len(table) and "year" in table for table in kept.values()):
        raise StudyError(Fault.of("study.yaml", say("E-CONFIG/years", first=first, last=last), column="years"))
    return replace(study, records=kept["records"], links=kept["links"], other_years=MappingProxyType(aside))


def open_years(study: Study) -> Study:
    """Return the study with every year in its tables; as it is where nothing was set aside.

    Examples
    --------
    >>> from regions import load_study, open_years
    >>> sorted(open_years(load_study("china")).records["year"].unique().tolist())
    [2011, 2017, 2019]
    """
    if not study.other_years:
        return study
    records, links = (_join(getattr(study, name), study.other_years.get(name)) for name in ("records", "links"))
    return replace(study, records=records, links=links, other_years=MappingProxyType({}))


def _join(table: pd.DataFrame | None, rest: pd.DataFrame | None) -> pd.DataFrame | None:
    return table if table is None or rest is None else pd.concat([table, rest], ignore_index=True)


def describe_other_years(study: Study) -> Words | None:
    """Say which years wait to be asked for, and how many rows they have; None where there are none."""
    if not study.other_years:
        return None
    years = sorted({int(year) for table in study.other_years.values() for year in table["year"].dropna()})
    rows = sum(map(len, study.other_years.values()))
    listed = ", ".join(map(str, years))
    return Words(
        f"{rows:,} rows of {listed} count only when years are named.",
        f"{'、'.join(map(str, years))} 年的 {rows:,} 行仅在指定年份时计入。",
    )


def describe_waiting_years(study: Study) -> tuple[Words, ...]:
    """Say beside years that are compared why they may not compare: the study itself sets some of them aside.

    Returns
    -------
    tuple
        What "left" and "closed" mean there, then the study's limits about its records; empty where nothing is set
        aside.

    Examples
    --------
    >>> from regions import load_study
    >>> told = describe_waiting_years(load_study("china"))
    >>> told[0].en
    "The study counts 2011 by itself; 2017, 2019 are set aside and stand here because years are compared. What \
'left' or 'closed' has no record or evidence in the later year; nothing says that it ended."
    >>> told[-1].en.endswith("A difference between the years is no trend.")
    True
    """
    if not study.other_years:
        return ()
    waiting = sorted({int(year) for table in study.other_years.values() for year in table["year"].dropna()})
    counted = [year for year in list_years(study) if year not in waiting]
    own, others = (", ".join(map(str, years)) for years in (counted, waiting))
    first = Words(
        f"The study counts {own} by itself; {others} are set aside and stand here because years are compared. "
        "What 'left' or 'closed' has no record or evidence in the later year; nothing says that it ended.",
        f"数据集本身只计 {own.replace(', ', '、')} 年，{others.replace(', ', '、')} 年仅在逐年比较时列出。"
        "“消失”只表示后一年没有记录或证据，不表示合作已经终止。",
    )
    return (first, *(limit.words for limit in study.limits if limit.about == "records"))


def list_years(study: Study) -> list[int]:
    """Return the years in which the records, or else the links, have rows, in order.

    Raises
    ------
    MethodError
        When no table of the study has years.

    Examples
    --------
    >>> from regions import load_study
    >>> list_years(load_study("china"))
    [2011, 2017, 2019]
    """
    study = open_years(study)
    table = study.links if study.links is not None else study.records
    if table is None or "year" not in table or table["year"].isna().all():
        raise MethodError(say("backtest/no-years", study=study.name))
    return sorted(int(year) for year in table["year"].dropna().unique())
