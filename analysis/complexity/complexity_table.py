"""One row per region: how complex it is, how sure that is, and which fields lie nearest to what it does."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from analysis.complexity.activity_counts import count_activities
from analysis.complexity.complexity_intervals import measure_complexity_intervals
from analysis.complexity.economic_complexity import select_large
from analysis.complexity.entries import EntryBacktest, backtest_entries
from analysis.complexity.industry_tiers import OTHER, measure_tiers
from analysis.complexity.outlook import measure_outlook
from analysis.complexity.relatedness import find_specialisations, measure_density, measure_proximity
from regions.errors import MethodError
from regions.industry_tiers.tier_mapping import BASIS, load_tiers
from regions.messages import say
from regions.study import Study
from regions.study_parts.study_years import list_years, open_years
from regions.words import Words

FLOOR = 10
"""A region of fewer records has shares that one record decides."""

NEAREST = 3
"""Fields named per region."""

_ENTRIES: tuple[Literal["speciality", "presence"], ...] = ("speciality", "presence")


class TableWithNotes(NamedTuple):
    """A table, and what a reader must know of it."""

    table: pd.DataFrame
    notes: tuple[Words, ...]


def tabulate_complexity(
    study: Study, *, floor: float = FLOOR, draws: int = 200, level: float = 0.95, seed: int = 0
) -> TableWithNotes:
    """Measure complexity of every region of a study by the fields of its records, with intervals and what lies next.

    Parameters
    ----------
    study
        With records, actors and fields.
    floor
        Regions with fewer records by field are left out, and named in a note.
    draws, level, seed
        Of the bootstrap over records.

    Returns
    -------
    TableWithNotes
        Index ``code`` (all units): ``records``, the columns of `measure_complexity_intervals`, ``outlook``, ``nearest``
        (up to three fields that it is not specialised in, those with the highest density first, one to a line) and
        ``nearest_density`` (of the first). NaN and empty for regions left out.

    Raises
    ------
    MethodError
        When the study has no records with fields.

    Examples
    --------
    >>> from regionet import regions
    >>> table, notes = tabulate_complexity(regions.load_study("china"), draws=5)
    >>> table.loc["440000", "nearest"].splitlines()[0]
    'Cassava'
    """
    counts = count_activities(study)
    kept = select_large(counts, region_floor=floor)
    found = measure_complexity_intervals(study, kept, draws=draws, level=level, seed=seed)
    special = find_specialisations(kept)
    proximity = measure_proximity(special)
    near = measure_density(special, proximity).where(~special)
    table = found.regions.assign(
        outlook=measure_outlook(special, proximity, found.fields["pci"]),
        nearest=[_name_nearest(row) for _, row in near.iterrows()],
        nearest_density=near.max(axis=1),
    )
    table = table.reindex(counts.index)
    table.insert(0, "records", counts.sum(axis=1))
    table["nearest"] = table["nearest"].fillna("")
    left = counts.index.difference(kept.index)
    names = [Words(*study.regions.loc[code, ["name", "name_zh"]]) for code in left]
    small = (say("complexity/left-out", count=len(left), floor=floor, regions=names).words,) if len(left) else ()
    return TableWithNotes(table.rename_axis("code"), (*small, *found.notes, say("complexity/reading").words))


def tabulate_tiers(study: Study, mapping: pd.DataFrame | None = None) -> TableWithNotes:
    """Measure the shares of the tiers of industry in the activities of a study.

    Parameters
    ----------
    study
        With a table of activities.
    mapping
        See `measure_tiers`; None takes the embedded one, by divisions of GB/T 4754-2017.

    Returns
    -------
    TableWithNotes
        Of `measure_tiers`; without rows, and with a note, when no industry of the study is in the mapping: nothing is
        then known of its tiers, which is not the same as no emerging industry.

    Raises
    ------
    MethodError
        As `measure_tiers`, and without activities.

    Examples
    --------
    >>> from regionet import regions
    >>> table, notes = tabulate_tiers(regions.load_study("china"))
    >>> len(table), "no industry" in notes[0].en
    (0, True)
    """
    if study.activities is None or study.activities.empty:
        raise MethodError(say("complexity/no-activities", study=study.name))
    chosen = load_tiers() if mapping is None else mapping
    basis = (BASIS,) if mapping is None else ()
    rows = study.activities.dropna(subset=["value"])
    rows = rows.assign(code=rows["code"].map(study.unit_of))
    known = set(chosen["industry"].astype(str))
    table = measure_tiers(rows[rows["code"].isin(study.regions.index)], chosen)
    unknown = sorted(set(rows["industry"]) - known)
    if len(unknown) == rows["industry"].nunique():
        return TableWithNotes(table.iloc[:0], (say("tiers/none", count=len(unknown)).words, *basis))
    note = (say("tiers/left-over", count=len(unknown), tier=OTHER).words,) if unknown else ()
    return TableWithNotes(table, (*note, *basis))


def tabulate_entries(study: Study, *, window: int = 3, floor: float = FLOOR, draws: int = 1000) -> TableWithNotes:
    """Test on all years of a study whether regions enter fields that are related to what they do.

    The first ``window`` years are the base; every later window that does not overlap it is a horizon.

    Parameters
    ----------
    study
        With records, fields and years.
    window
        Years counted together: one year of a small region is mostly chance.
    floor
        Regions with fewer records in the base are left out.
    draws
        Bootstrap draws of regions.

    Returns
    -------
    TableWithNotes
        One row per ``entry`` (``speciality``, ``presence``), ``horizon`` (years between the ends of both windows) and
        ``predictor``: ``base``, ``later`` (spans), ``cases``, ``entered`` and the columns of `backtest_entries`; a note
        says for each kind of entry in how many horizons relatedness is above chance and above size.

    Raises
    ------
    MethodError
        When the study has no years, one year, or too few for two windows.

    Examples
    --------
    >>> from regionet import regions
    >>> table, notes = tabulate_entries(regions.load_study("europe"), draws=5)
    >>> sorted(set(table["horizon"])), len(notes)
    ([3, 4], 2)
    """
    study = open_years(study)
    years = list_years(study)
    first, last = years[0], years[-1]
    ends = range(first + 2 * window - 1, last + 1)
    if not ends:
        raise MethodError(say("complexity/few-years", window=window))
    base = select_large(count_activities(study, years=(first, first + window - 1)), region_floor=floor)
    found = []
    for end in ends:
        late = count_activities(study, years=(end - window + 1, end))
        for entry in _ENTRIES:
            one = backtest_entries(base, late, entry=entry, draws=draws)
            about: dict[str, int | str] = {
                "entry": entry,
                "horizon": end - first - window + 1,
                "base": f"{first}-{first + window - 1}",
            }
            about |= {"later": f"{end - window + 1}-{end}", "cases": len(one.cases), "entered": one.entered}
            found.append(_put_before(about, one))
    table = pd.concat(found, ignore_index=True)
    return TableWithNotes(table, tuple(_judge(table, entry) for entry in _ENTRIES))


def _put_before(about: Mapping[str, int | str], found: EntryBacktest) -> pd.DataFrame:
    table = found.measures.copy()
    for place, (name, value) in enumerate(about.items()):
        table.insert(place, name, value)
    return table


def _judge(table: pd.DataFrame, entry: str) -> Words:
    """Say in how many horizons relatedness tells entries better than chance, and better than size."""
    rows = table[(table["entry"] == entry) & (table["predictor"] == "density") & table["auc"].notna()]
    chance, size = int((rows["low"] > 0.5).sum()), int((rows["beyond_size_low"] > 0).sum())  # noqa: PLR2004 - AUC of chance
    worse = int((rows["beyond_size_high"] < 0).sum())
    count = len(rows)
    told = {"count": count, "chance": chance, "size": size, "worse": worse}
    if entry == "speciality":
        return say("complexity/judged-speciality", **told).words
    return say("complexity/judged-presence", **told).words


def _name_nearest(row: "pd.Series[float]") -> str:
    """Name the fields of the highest density, one to a line; ties in the order of the columns."""
    known = row.dropna()
    order = np.argsort(-known.to_numpy().round(9), kind="stable")[:NEAREST]
    return "\n".join(str(known.index[place]) for place in order)
