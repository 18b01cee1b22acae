"""Participations in memory -> cells: how many actors each place has in each record."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regions.engine.plan import Plan, Totals
from regions.engine.threads import map_blocks
from regions.errors import MethodError

Integers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]

_LARGEST = 2**62
_BLOCK = 2**17  # rows at a time: the working arrays stay in the cache of the processor


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
        Code of an actor -> code of its place (the actor itself, or its region), ascending; -1 when it has none.
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
    place_of: Codes
    n_place: int
    group: Integers | None = None
    n_group: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Places in records, record after record.

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

    place: Codes
    actors: Integers
    size: Integers
    after: Integers


@dataclass(frozen=True, slots=True, eq=False)
class SortedKeys:
    """The participations, sorted by group, record and place, each in one number.

    Attributes
    ----------
    key
        (group * n_record + record) * 2^bits + actor.
    bits
        Bits that hold the actor.
    place_of, n_place
        As for `Participations`.
    bounds
        Where each group starts in ``key``, and the end.
    """

    key: Integers
    bits: int
    place_of: Codes
    n_place: int
    bounds: Integers


def limit_records(n_actor: int, n_group: int) -> int:
    """Return how many codes of records fit beside the actors and groups."""
    return (_LARGEST >> _count_bits(n_actor)) // n_group


def sort_keys(given: Participations, threads: int | None = None) -> SortedKeys:
    """Sort the participations; uses up ``given.record`` to save memory.

    Raises
    ------
    MethodError
        When groups, records and actors are more than one number can tell apart.
    """
    if given.n_record > limit_records(len(given.place_of), given.n_group):
        raise MethodError(
            "too many groups, records and actors for one run in memory; use the duckdb engine",
            zh="分组、记录和主体过多，无法在内存中一次算完；请改用 duckdb 引擎",
        )
    bits, key = _count_bits(len(given.place_of)), given.record

    def form(rows: slice) -> None:
        if given.group is not None:
            key[rows] += given.group[rows] * given.n_record
        key[rows] <<= bits
        key[rows] |= given.actor[rows]

    map_blocks(form, [slice(start, start + _BLOCK) for start in range(0, len(key), _BLOCK)], threads)
    key.sort()
    limits = (np.arange(given.n_group + 1) * max(given.n_record, 1)) << bits
    return SortedKeys(key, bits, given.place_of, given.n_place, np.searchsorted(key, limits))


def list_blocks(keys: SortedKeys, group: int) -> list[slice]:
    """Cut the rows of a group into blocks of whole records."""
    start, end = keys.bounds[group : group + 2].tolist()
    blocks = []
    while start < end:
        stop = min(start + _BLOCK, end)
        if stop < end:
            last = (keys.key[stop - 1] >> keys.bits) + 1
            stop = int(np.searchsorted(keys.key, last << keys.bits))
        blocks.append(slice(start, stop))
        start = stop
    return blocks


def build_cells(keys: SortedKeys, rows: slice, plan: Plan) -> tuple[Cells, Totals]:
    """Return the cells of a block that can give a tie, and what was found and left out there."""
    key = keys.key[rows]
    new = list_changes(key)
    if not new.all():
        key = key[new]
    new_record = list_changes(key >> keys.bits)
    place = keys.place_of[key & ((1 << keys.bits) - 1)]
    first = np.flatnonzero(new_record | list_changes(place))
    starts = np.flatnonzero(new_record[first])
    place, sizes = place[first], np.diff(first[starts], append=len(key))
    cells_each = np.diff(starts, append=len(first))
    after = np.repeat(starts + cells_each - 1, cells_each)
    after -= np.arange(len(first))
    cells = Cells(place, np.diff(first, append=len(key)), np.repeat(sizes, cells_each), after)
    over = sizes > plan.max_actors if plan.max_actors is not None else np.zeros(len(sizes), dtype=bool)
    if over.any() or place.min(initial=0) < 0:
        kept = np.repeat(~over, cells_each) & (place >= 0)  # -1 stands first in a record: what follows it is whole
        cells = Cells(place[kept], cells.actors[kept], cells.size[kept], after[kept])
    return cells, _total(sizes, over)


def _count_bits(n_actor: int) -> int:
    return max(n_actor - 1, 1).bit_length()


def list_changes(values: npt.NDArray[np.signedinteger]) -> npt.NDArray[np.bool_]:
    """Return whether each value differs from the one before it; the first does."""
    changed = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def _total(sizes: Integers, over: npt.NDArray[np.bool_]) -> Totals:
    return Totals(
        n_records=len(sizes),
        n_participations=int(sizes.sum()),
        n_single=int((sizes == 1).sum()),
        n_capped=int(over.sum()),
        n_capped_participations=int(sizes[over].sum()),
    )
