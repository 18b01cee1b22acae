"""Links in memory: one sort of the participations, then one pass over the pairs of places."""

import dataclasses

import numpy as np
import numpy.typing as npt
import pandas as pd

from regions.engine.cells import Cells, Participations, iterate_cells, sort_keys
from regions.engine.keys import find_text, group_text, rank_text
from regions.engine.pairs import sum_pairs
from regions.engine.plan import Counted, Plan, Totals
from regions.engine.shares import form_table
from regions.errors import MethodError

Integers = npt.NDArray[np.int64]


def count_in_memory(records: pd.DataFrame, places: "pd.Series[str] | None", plan: Plan) -> Counted:
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

    Returns
    -------
    Counted
        The canonical table (see `regions.engine.plan.Counted`).

    Raises
    ------
    MethodError
        When the records lack a column of ``plan.by``.
    """
    check_columns(list(records.columns), plan)
    group, groups = _group_rows(records, plan.by)
    given, labels = _code(records, places)
    if plan.by:
        given = dataclasses.replace(given, group=group, n_group=max(len(groups), 1))
    keys = sort_keys(given)
    del given
    totals: list[Totals] = []
    tables = []
    for number in range(len(keys.bounds) - 1):
        blocks = (_note(totals, found) for found in iterate_cells(keys, number, plan))
        tables.append(sum_pairs(blocks, len(labels), plan.counting).assign(_group=number))
    table = pd.concat(tables, ignore_index=True) if len(tables) > 1 else tables.pop()
    for name in plan.by:
        table[name] = groups[name].take(table["_group"].to_numpy()).array
    table = table.assign(source=labels.take(table["source"].to_numpy()), target=labels.take(table["target"].to_numpy()))
    return Counted(form_table(table, plan.by), sum(totals, Totals()))


def _note(totals: list[Totals], found: tuple[Cells, Totals]) -> Cells:
    totals.append(found[1])
    return found[0]


def check_columns(columns: list[str], plan: Plan) -> None:
    """Raise MethodError when the records cannot be counted apart as the plan asks."""
    missing = [name for name in plan.by if name not in columns]
    if missing:
        raise MethodError(f"the records have no column {', '.join(missing)} to count by")


def _code(records: pd.DataFrame, places: "pd.Series[str] | None") -> tuple[Participations, pd.Index]:
    record, n_record = group_text(records["record"])
    actor: npt.NDArray[np.signedinteger]
    if places is None:
        actor, labels = rank_text(records["actor"])
        place_of = np.arange(len(labels))
    else:
        actor = find_text(records["actor"], places.index)
        codes, labels = pd.factorize(places, sort=True)
        actor, place_of = _add_unknown(records["actor"], actor, codes.astype(np.int64, copy=False))
    return Participations(record, n_record, actor, place_of, len(labels)), pd.Index(labels)


def _add_unknown(
    values: "pd.Series[str]", actor: npt.NDArray[np.signedinteger], place_of: Integers
) -> tuple[npt.NDArray[np.signedinteger], Integers]:
    """Give actors that are not in the table of places a code of their own, and no place (-1)."""
    unknown = np.flatnonzero(actor < 0)
    if not len(unknown):
        return actor, place_of
    codes, names = pd.factorize(values.iloc[unknown])
    actor = actor.copy()
    actor[unknown] = len(place_of) + codes
    return actor, np.append(place_of, np.full(len(names), -1))


def _group_rows(records: pd.DataFrame, by: tuple[str, ...]) -> tuple[Integers, pd.DataFrame]:
    """Return a number for each row, one per combination of the columns, sorted, and the values of each."""
    number = np.zeros(len(records), dtype=np.int64)
    for name in by:
        codes, labels = pd.factorize(records[name], use_na_sentinel=False)
        number = number * max(len(labels), 1) + codes
    group, found = pd.factorize(number)
    row = np.zeros(len(found), dtype=np.int64)
    row[group[::-1]] = np.arange(len(records))[::-1]
    values = records[list(by)].iloc[row].reset_index(drop=True)
    if not by:
        return group, values
    values = values.sort_values(list(by))
    rank = np.empty(len(values), dtype=np.int64)
    rank[values.index] = np.arange(len(values))
    return rank[group], values.reset_index(drop=True)
