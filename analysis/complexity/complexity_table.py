"""One row per region: how complex it is, how sure that is, and which fields lie nearest to what it does."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.complexity.activity_counts import count_activities
from analysis.complexity.complexity_intervals import measure_complexity_intervals
from analysis.complexity.economic_complexity import select_large
from analysis.complexity.industry_tiers import OTHER, measure_tiers
from analysis.complexity.outlook import measure_outlook
from analysis.complexity.relatedness import find_specialisations, measure_density, measure_proximity
from regions.errors import MethodError
from regions.industry_tiers.tier_mapping import BASIS, load_tiers
from regions.messages import say
from regions.study import Study
from regions.words import Words

FLOOR = 10
"""A region of fewer records has shares that one record decides."""

NEAREST = 3
"""Fields named per region."""

_READING = (say("complexity/reading").words, say("entries/no-forecast").words)


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
    return TableWithNotes(table.rename_axis("code"), (*small, *found.notes, *_READING))


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


def _name_nearest(row: "pd.Series[float]") -> str:
    """Name the fields of the highest density, one to a line; ties in the order of the columns."""
    known = row.dropna()
    order = np.argsort(-known.to_numpy().round(9), kind="stable")[:NEAREST]
    return "\n".join(str(known.index[place]) for place in order)
