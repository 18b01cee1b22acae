"""From who took part in what to collaboration links: records -> pairs of actors -> pairs of regions."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd

from regions.counting.memory import count_in_memory
from regions.counting.plan import COUNTINGS, By, Counted, Counting, Plan, check_option
from regions.errors import MethodError
from regions.messages import say
from regions.study_parts.study_years import open_years

if TYPE_CHECKING:
    from regions.study import Study

__all__ = [
    "COUNTINGS",
    "Counting",
    "RegionLinks",
    "count_actor_links",
    "count_records",
    "count_region_links",
]

Source = Literal["auto", "links", "records"]
Engine = Literal["memory", "duckdb"]

SOURCES: Sequence[str] = get_args(Source)
_NOTHING_TO_COUNT = {
    "auto": "records/nothing-to-count",
    "links": "records/no-links-to-count",
    "records": "records/no-records-to-count",
}
ENGINES: Sequence[str] = get_args(Engine)


@dataclass(frozen=True, slots=True, eq=False)
class RegionLinks:
    """Collaboration between and inside the units of a study.

    Attributes
    ----------
    table
        One row per pair of units that collaborate (and per group, when counted by year, kind or field: those
        columns stand first), sorted by group, ``source``, ``target`` (codes; either end may lie outside
        the focus of the study). ``source == target`` is collaboration inside a unit. If not
        ``directed``, ``source <= target``. ``weight`` (float, > 0): by the chosen counting. ``count``
        (int64): joint collaborations under full counting; absent when links were given with weights that are
        not whole numbers. ``records`` (int64): distinct records in which both ends (inside: two actors) took
        part; absent when links were given.
    counting
        ``full``, ``newman``, ``pair``, or ``given`` when the weights come from the links table.
    modelled
        Whether some of the links are the result of a model, not of observation.
    directed
        Whether the order of ``source`` and ``target`` means something.
    n_records, n_participations
        Distinct records, and distinct pairs of record and actor; None when links were given.
    n_single
        Records with one actor only: they give no link; None when links were given.
    n_capped, n_capped_participations
        Records left out because they have more than ``max_actors`` actors, and their participations.
    """

    table: pd.DataFrame
    counting: str
    modelled: bool = False
    directed: bool = False
    n_records: int | None = None
    n_participations: int | None = None
    n_single: int | None = None
    n_capped: int = 0
    n_capped_participations: int = 0


def count_actor_links(
    records: pd.DataFrame,
    *,
    counting: Counting = "full",
    by: Sequence[By] = (),
    max_actors: int | None = None,
    engine: Engine = "memory",
) -> pd.DataFrame:
    r"""Count the links between actors that took part in the same records.

    A record :math:`r` with :math:`n_r` distinct actors adds to each of its pairs: 1 (``full``),
    :math:`1/(n_r-1)` (``newman``: the strength of an actor is then its number of joint records [1]_), or
    :math:`2/(n_r(n_r-1))` (``pair``: every record counts 1 in all). Records with one actor give no link.

    Parameters
    ----------
    records
        ``record`` and ``actor``, one row per participation; a repeated row counts once.
    counting
        ``full``, ``newman`` or ``pair``.
    by
        Columns to count apart: any of ``year``, ``kind``, ``field``. A record whose rows differ in them is a
        record of its own in each group, with the actors it has there.
    max_actors
        Records with more actors are left out; `regions.counting.plan.Totals` of the engines says how many.
    engine
        ``memory``, or ``duckdb`` for what does not fit (extra ``big``). The weights are the same to 1e-12.

    Returns
    -------
    DataFrame
        One row per pair (and group) that shares a record, sorted: the columns of ``by``, ``source`` < ``target``
        (actor ids), ``weight`` (float), ``count`` and ``records`` (int64; equal, as two actors meet once in a
        record). It does not depend on the order of the rows.

    Raises
    ------
    MethodError
        When an option is unknown, or the records lack a column of ``by``.
    MissingExtraError
        When the engine is not installed.

    References
    ----------
    .. [1] Newman, M. E. J. (2001). Scientific collaboration networks II. Physical Review E 64, 016132.
       https://doi.org/10.1103/PhysRevE.64.016132
    """
    return count_records(records, Plan(counting, tuple(by), max_actors), engine=engine).table


def count_region_links(
    study: "Study",
    *,
    counting: Counting = "full",
    source: Source = "auto",
    by: Sequence[By] = (),
    max_actors: int | None = None,
    engine: Engine = "memory",
) -> RegionLinks:
    """Count the collaboration between, and inside, the units of a study.

    The links of the actors (see `count_actor_links`; :math:`n_r` counts actors, not regions) are added up over
    the units in which the actors sit. Records are summed by the number of actors each unit has in them, so a
    record with thousands of actors costs no more than its units.

    Parameters
    ----------
    study
        Units outside the focus are kept as ends of links.
    counting
        How a record is shared out over its pairs; without effect on links.
    source
        ``auto`` takes the links if the study has them (its records are then detail), else the records;
        ``links`` and ``records`` insist on one.
    by
        Columns to count apart: any of ``year``, ``kind``, ``field``; see `count_actor_links`. By year, every
        year that the study has counts (see `regions.open_years`).
    max_actors
        Records with more actors are left out, and counted in the result; without effect on links.
    engine
        ``memory``, or ``duckdb`` for what does not fit (extra ``big``); without effect on links.

    Returns
    -------
    RegionLinks
        The table of pairs and what it was counted from. Joint records have no direction, so links counted
        from records are undirected even in a directed study.

    Raises
    ------
    MethodError
        When an option is unknown, or the study has not the table, or the column of ``by``, asked for.
    MissingExtraError
        When the engine is not installed.
    """
    plan = Plan(counting, tuple(by), max_actors)
    check_option("source", source, SOURCES)
    check_option("engine", engine, ENGINES)
    study = open_years(study) if "year" in by else study
    if study.links is not None and source != "records":
        return _sum_links(study, study.links, plan.by)
    if study.records is not None and study.actors is not None and source != "links":
        places = study.actors["region"].map(study.unit_of)
        counted = count_records(study.records, plan, places=places, engine=engine)
        return RegionLinks(counted.table, counting, **dataclasses.asdict(counted.totals))
    raise MethodError(say(_NOTHING_TO_COUNT[source], study=study.name))


def count_records(
    records: pd.DataFrame, plan: Plan, *, places: "pd.Series[str] | None" = None, engine: Engine = "memory"
) -> Counted:
    """Count links and what they were counted from: the one door to the engines.

    Parameters
    ----------
    records
        ``record``, ``actor`` (text), and the columns that ``plan.by`` names.
    plan
        What to count.
    places
        Index: actors; value: where an actor's links are added up; see `regions.counting.memory.count_in_memory`.
        None counts links between actors.
    engine
        ``memory`` or ``duckdb``.

    Raises
    ------
    MethodError
        When the engine is unknown, or the records lack a column.
    MissingExtraError
        When the engine is not installed.
    """
    check_option("engine", engine, ENGINES)
    if engine == "memory":
        return count_in_memory(records, places, plan)
    from regions.counting.duck import count_in_duckdb  # noqa: PLC0415 - an extra; 1 s that others need not wait for

    return count_in_duckdb(records, places, plan)


def _sum_links(study: "Study", links: pd.DataFrame, by: tuple[str, ...]) -> RegionLinks:
    missing = [name for name in by if name not in links]
    if missing:
        raise MethodError(say("records/no-column", missing=missing))
    source, target = (study.unit_of.loc[links[end]].to_numpy(dtype=object) for end in ("source", "target"))
    if not study.directed:
        swap = source > target
        source, target = np.where(swap, target, source), np.where(swap, source, target)
    weight = links["weight"].to_numpy(dtype=float)
    rows = links[list(by)].assign(source=source, target=target, weight=weight)
    # Sorted by weight too: a float sum must not depend on the order of the file.
    rows = rows.sort_values([*by, "source", "target", "weight"])
    table: pd.DataFrame = rows.groupby([*by, "source", "target"], dropna=False)[["weight"]].sum().reset_index()
    if (table["weight"] % 1 == 0).all():
        table["count"] = table["weight"].astype("int64")
    modelled = "origin" in links and bool((links["origin"] == "modelled").any())
    return RegionLinks(table=table, counting="given", modelled=modelled, directed=study.directed)
