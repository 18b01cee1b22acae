"""Links in memory: one sort of the participations, then one pass over the pairs of places."""

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from regions.engine.cells import (
    Cells,
    Codes,
    Participations,
    SortedKeys,
    build_cells,
    limit_records,
    list_blocks,
    sort_keys,
)
from regions.engine.keys import find_text, group_text, rank_text
from regions.engine.labels import put_labels
from regions.engine.pairs import sum_pairs
from regions.engine.plan import Counted, Plan, Totals
from regions.engine.shares import form_table
from regions.engine.ties import sum_ties
from regions.errors import MethodError

Integers = npt.NDArray[np.int64]


def count_in_memory(
    records: pd.DataFrame, places: "pd.Series[str] | None", plan: Plan, *, threads: int | None = None
) -> Counted:
    """Count the ties between places, or between actors, of records that fit into memory.

    Parameters
    ----------
    records
        ``record``, ``actor`` (text), and the columns that ``plan.by`` names; a repeated row counts once.
    places
        Index: actors (unique); value: the place in which an actor's ties are added up, such as its region. An actor
        whose place is missing, or who is not in the index, counts among the actors of a record but gives no tie.
        None adds nothing up: the ties are between actors.
    plan
        What to count.
    threads
        See `regions.engine.threads.map_blocks`; the table does not depend on it.

    Returns
    -------
    Counted
        The canonical table (see `regions.engine.plan.Counted`).

    Raises
    ------
    MethodError
        When the records lack a column of ``plan.by``, or there are too many actors and groups for this engine.
    """
    check_columns(list(records.columns), plan)
    keys, groups, labels = _code(records, places, plan, threads)
    tables, totals = _add_up(keys, plan, "actors" if places is None else "places", threads)
    del keys
    each = [len(table) for table in tables]
    table = pd.concat(tables, ignore_index=True) if len(tables) > 1 else tables.pop()
    del tables
    put_labels(table, ["source", "target"], labels, threads)
    for name in plan.by:
        table[name] = groups[name].repeat(each).array
    return Counted(form_table(table, plan.by), totals)


def check_columns(columns: list[str], plan: Plan) -> None:
    """Raise MethodError when the records cannot be counted apart as the plan asks."""
    missing = [name for name in plan.by if name not in columns]
    if missing:
        shown = ", ".join(missing)
        raise MethodError(f"the records have no column {shown} to count by", zh=f"记录中没有列 {shown}，无法按其计算")


def _code(
    records: pd.DataFrame, places: "pd.Series[str] | None", plan: Plan, threads: int | None
) -> tuple[SortedKeys, pd.DataFrame, pd.Index]:
    """Return the participations as sorted numbers, the values of each group, and the names of the places."""
    group, groups = _group_rows(records, plan.by)
    n_group = max(len(groups), 1)
    actor: npt.NDArray[np.signedinteger]
    if places is None:
        actor, labels = rank_text(records["actor"], threads)
        place_of = np.arange(len(labels), dtype=np.int32)
    else:
        codes, names = pd.factorize(places, sort=True)
        labels, order = pd.Index(names), np.argsort(codes, kind="stable")
        actor = find_text(records["actor"], places.index.take(order), threads)
        actor, place_of = _add_unknown(records["actor"], actor, codes[order].astype(np.int32))
    record, n_record = group_text(records["record"], limit_records(len(place_of), n_group), threads)
    given = Participations(record, n_record, actor, place_of, len(labels), group, n_group)
    return sort_keys(given, threads), groups, labels


def _add_up(
    keys: SortedKeys, plan: Plan, between: Literal["actors", "places"], threads: int | None
) -> tuple[list[pd.DataFrame], Totals]:
    """Return the ties of each group, and what they were counted from."""
    totals: dict[int, Totals] = {}  # by block: one that is read twice counts once

    def read(rows: slice) -> Cells:
        cells, totals[rows.start] = build_cells(keys, rows, plan)
        return cells

    add = sum_ties if between == "actors" else sum_pairs
    tables = [
        add(list_blocks(keys, number), read, n_place=keys.n_place, counting=plan.counting, threads=threads)
        for number in range(len(keys.bounds) - 1)
    ]
    return tables, sum(totals.values(), Totals())


def _add_unknown(
    values: "pd.Series[str]", actor: npt.NDArray[np.signedinteger], place_of: Codes
) -> tuple[npt.NDArray[np.signedinteger], Codes]:
    """Give actors that are not in the table of places a code of their own, and no place (-1), which comes first."""
    unknown = np.flatnonzero(actor < 0)
    if not len(unknown):
        return actor, place_of
    codes, names = rank_text(values.iloc[unknown])
    actor += len(names)
    actor[unknown] = codes
    return actor, np.append(np.full(len(names), -1, dtype=np.int32), place_of)


def _group_rows(records: pd.DataFrame, by: tuple[str, ...]) -> tuple[Integers | None, pd.DataFrame]:
    """Return a number for each row, one per combination of the columns, sorted, and the values of each."""
    if not by:
        return None, pd.DataFrame()
    number = np.zeros(len(records), dtype=np.int64)
    for name in by:
        codes, labels = pd.factorize(records[name], use_na_sentinel=False)
        number = number * max(len(labels), 1) + codes
    group, found = pd.factorize(number)
    row = np.zeros(len(found), dtype=np.int64)
    row[group[::-1]] = np.arange(len(records))[::-1]
    values = records[list(by)].iloc[row].reset_index(drop=True).sort_values(list(by))
    rank = np.empty(len(values), dtype=np.int64)
    rank[values.index] = np.arange(len(values))
    return rank[group], values.reset_index(drop=True)
