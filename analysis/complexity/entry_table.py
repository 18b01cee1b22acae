"""Test on all years of a study whether regions enter what is related to what they do, one row per horizon."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd

from analysis.complexity.activity_counts import By, count_activities
from analysis.complexity.complexity_table import FLOOR, TableWithNotes
from analysis.complexity.economic_complexity import select_large
from analysis.complexity.entries import ENTRIES, EntryBacktest, backtest_entries
from analysis.networks.profiles import count_fields
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.study_parts.study_years import list_years, open_years
from regions.words import Words

_NAMED = 10
"""So many of those left out are named; all are counted."""


class _Window(NamedTuple):
    """What was known, what came, and the years between their ends."""

    base: tuple[int, int]
    later: tuple[int, int]

    @property
    def horizon(self) -> int:
        return self.later[1] - self.base[1]


def tabulate_entries(study: Study, *, window: int = 3, floor: float = FLOOR, draws: int = 1000) -> TableWithNotes:
    """Test on all years of a study whether regions enter fields that are related to what they do.

    The first ``window`` years are the base; every later window that ends in a year of the study and does not overlap
    the base is a horizon.

    Parameters
    ----------
    study
        With fields and years of records or links; else with a table of activities of several years, whose industries
        then stand for the fields.
    window
        Years counted together: one year of a small region is mostly chance.
    floor
        Regions with fewer records in the base are left out; of activities, whose unit is not known, those with nothing.
    draws
        Bootstrap draws of regions.

    Returns
    -------
    TableWithNotes
        One row per ``entry`` (``speciality``, ``presence``), ``horizon`` (years between the ends of both windows) and
        ``predictor``: ``base``, ``later`` (spans), ``cases``, ``entered``, ``left_regions`` and ``left_fields``
        (counts of what has a number in either window and could not be tested) and the columns of `backtest_entries`.
        Notes say for each kind of entry in how many horizons relatedness is above chance and above size, and name what
        was left out.

    Raises
    ------
    MethodError
        When the study has no fields and no industries, no years, one year, or too few for two windows.

    Examples
    --------
    >>> from regionet import regions
    >>> table, notes = tabulate_entries(regions.load_study("europe"), draws=5)
    >>> sorted(set(table["horizon"])), len(notes)
    ([3, 4], 4)
    """
    study = open_years(study)
    by: By = "industry" if count_fields(study) is None and study.activities is not None else "field"
    years = list_years(study) if by == "field" else _list_activity_years(study)
    base = (years[0], years[0] + window - 1)
    windows = [_Window(base, (end - window + 1, end)) for end in years if end >= base[1] + window]
    if not windows:
        raise MethodError(say("entries/few-years", window=window))
    least = floor if by == "field" else 0.0
    early = select_large(count_activities(study, by=by, years=base), region_floor=least)
    found = []
    for each in windows:
        late = count_activities(study, by=by, years=each.later)
        found += [(each, entry, backtest_entries(early, late, entry=entry, draws=draws)) for entry in ENTRIES]
    table = pd.concat([_describe(*one) for one in found], ignore_index=True)
    tests = [one for _, _, one in found]
    notes = [*(_judge(table, entry) for entry in ENTRIES), *_name_left_out(study, tests, floor=least, base=base)]
    return TableWithNotes(table, (*notes, say("entries/no-forecast").words))


def _list_activity_years(study: Study) -> list[int]:
    table = study.activities
    if table is None or "year" not in table or table["year"].isna().all():
        raise MethodError(say("complexity/no-years", study=study.name))
    return sorted(int(year) for year in table["year"].dropna().unique())


def _describe(window: _Window, entry: str, found: EntryBacktest) -> pd.DataFrame:
    """Put before the measures what they are of."""
    about: dict[str, int | str] = {
        "entry": entry,
        "horizon": window.horizon,
        "base": "{}-{}".format(*window.base),
        "later": "{}-{}".format(*window.later),
        "cases": len(found.cases),
        "entered": found.entered,
        "left_regions": len(found.left_regions),
        "left_fields": len(found.left_fields),
    }
    front = pd.DataFrame([about] * len(found.measures), index=found.measures.index)
    return front.join(found.measures)


def _judge(table: pd.DataFrame, entry: str) -> Words:
    """Say in how many horizons relatedness tells entries better than chance, and better than size."""
    rows = table[(table["entry"] == entry) & (table["predictor"] == "density") & table["auc"].notna()]
    chance, size = int((rows["low"] > 0.5).sum()), int((rows["beyond_size_low"] > 0).sum())  # noqa: PLR2004 - AUC of chance
    worse = int((rows["beyond_size_high"] < 0).sum())
    count = len(rows)
    told = {"count": count, "chance": chance, "size": size, "worse": worse}
    if entry == "speciality":
        return say("entries/judged-speciality", **told).words
    return say("entries/judged-presence", **told).words


def _name_left_out(
    study: Study, tests: Iterable[EntryBacktest], *, floor: float, base: tuple[int, int]
) -> Iterator[Words]:
    """Count and name the regions and fields that some horizon could not test."""
    codes, fields = set[str](), set[str]()
    for test in tests:
        codes.update(test.left_regions)
        fields.update(test.left_fields)
    if codes:
        names = [Words(*study.regions.loc[code, ["name", "name_zh"]]) for code in sorted(codes)]
        span = "{}-{}".format(*base)
        yield say("entries/left-regions", count=len(codes), floor=floor, base=span, regions=names[:_NAMED]).words
    if fields:
        yield say("entries/left-fields", count=len(fields), fields=sorted(fields)[:_NAMED]).words
