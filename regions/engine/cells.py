"""Participations in memory -> cells: how many actors each place has in each record."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regions.engine.plan import Plan, Totals
from regions.errors import MethodError

Integers = npt.NDArray[np.int64]

_LARGEST = 2**62
_BLOCK = 2**19  # rows at a time: enough for speed, little beside the table itself


@dataclass(frozen=True, slots=True, eq=False)
class Participations:
    """Who took part in what, as codes.

    Attributes
    ----------
    record, actor
        One code per row, from 0.
    n_record
        Upper limit of the codes of records.
    place_of
        Code of an actor -> code of its place (the actor itself, or its region); -1 when it has none.
    n_place
        Number of places.
    group
        One code per row, or None when nothing is counted apart.
    n_group
        Number of groups.
    """

    record: Integers
    n_record: int
    actor: npt.NDArray[np.signedinteger]
    place_of: Integers
    n_place: int
    group: Integers | None = None
    n_group: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Places in records, record after record; only records that give a tie.

    Attributes
    ----------
    place
        Code of the place; ascending within a record.
    actors
        Actors at this place in this record.
    size
        Actors of the whole record.
    after
        Cells of the same record that follow this one.
    """

    place: Integers
    actors: Integers
    size: Integers
    after: Integers


@dataclass(frozen=True, slots=True, eq=False)
class SortedKeys:
    """The distinct participations, sorted by group, record and place, each in one number.

    Attributes
    ----------
    key
        (group * n_record + record) * 2^bits + rank of the actor in the order of places.
    bits
        Bits that hold the rank of the actor.
    place
        Rank of an actor -> code of its place.
    bounds
        Where each group starts in ``key``, and the end.
    """

    key: Integers
    bits: int
    place: Integers
    bounds: Integers


def sort_keys(given: Participations) -> SortedKeys:
    """Sort the participations and drop repeats; uses up ``given.record`` to save memory."""
    given = _renumber(given)
    bits = _bits_of_actor(given)
    key = given.record
    if given.group is not None:
        key += given.group * given.n_record
    order = np.argsort(given.place_of, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    for start in range(0, len(key), _BLOCK):
        rows = slice(start, start + _BLOCK)
        key[rows] <<= bits
        key[rows] |= rank[given.actor[rows]]
    key.sort()
    changed = _changes(key)
    key = key if changed.all() else key[changed]
    limits = (np.arange(given.n_group + 1) * max(given.n_record, 1)) << bits
    return SortedKeys(key, bits, given.place_of[order], np.searchsorted(key, limits))


def iterate_cells(keys: SortedKeys, group: int, plan: Plan) -> Iterator[tuple[Cells, Totals]]:
    """Yield the cells of a group some whole records at a time, with what was found and left out there."""
    start, end = keys.bounds[group : group + 2].tolist()
    while start < end:
        stop = min(start + _BLOCK, end)
        if stop < end:
            last = (keys.key[stop - 1] >> keys.bits) + 1
            stop = int(np.searchsorted(keys.key, last << keys.bits))
        yield _build_cells(keys.key[start:stop], keys, plan)
        start = stop


def _build_cells(key: Integers, keys: SortedKeys, plan: Plan) -> tuple[Cells, Totals]:
    record, place = key >> keys.bits, keys.place[key & ((1 << keys.bits) - 1)]
    first = np.flatnonzero(_changes(record) | _changes(place))
    record, place = record[first], place[first]
    actors = np.diff(np.append(first, len(key)))
    starts = np.flatnonzero(_changes(record))
    cells_each = np.diff(np.append(starts, len(record)))
    sizes = np.add.reduceat(actors, starts)
    keep = sizes > 1
    if plan.max_actors is not None:
        keep &= sizes <= plan.max_actors
    after = np.repeat(starts + cells_each, cells_each) - np.arange(len(record)) - 1
    kept = np.repeat(keep, cells_each) & (place >= 0)  # -1 stands first in a record: what follows a cell is whole
    cells = Cells(place[kept], actors[kept], np.repeat(sizes, cells_each)[kept], after[kept])
    return cells, _total(sizes, plan)


def _bits_of_actor(given: Participations) -> int:
    return max(len(given.place_of) - 1, 1).bit_length()


def _renumber(given: Participations) -> Participations:
    """Make the codes of the records dense when group, record and actor would not fit into one number."""
    if given.n_record * given.n_group << _bits_of_actor(given) <= _LARGEST:
        return given
    labels, record = np.unique(given.record, return_inverse=True)
    dense = dataclasses.replace(given, record=record, n_record=len(labels))
    if dense.n_record * dense.n_group << _bits_of_actor(dense) > _LARGEST:
        raise MethodError("too many groups, records and actors for one run in memory; use the duckdb engine")
    return dense


def _changes(values: Integers) -> npt.NDArray[np.bool_]:
    changed = np.ones(len(values), dtype=bool)
    changed[1:] = values[1:] != values[:-1]
    return changed


def _total(sizes: Integers, plan: Plan) -> Totals:
    over = sizes > plan.max_actors if plan.max_actors is not None else np.zeros(len(sizes), dtype=bool)
    return Totals(
        n_records=len(sizes),
        n_participations=int(sizes.sum()),
        n_single=int((sizes == 1).sum()),
        n_capped=int(over.sum()),
        n_capped_participations=int(sizes[over].sum()),
    )
