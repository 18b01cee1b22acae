"""Records in memory -> links: codes -> cells (how many actors a place has in a record) -> sums over pairs of places."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from regions.arrays import Booleans, Floats, Integers, ShortIntegers
from regions.counting.coding import LARGEST, find_text, group_text, map_blocks, rank_text, take_labels
from regions.counting.plan import Counted, Counting, Plan, Totals, check_columns, form_table
from regions.errors import MethodError
from regions.messages import say

Sums = list[Any]  # pair of places (source * n_place + target), weight, count, records

_BLOCK = 2**17  # participations at a time
_PIECE = 2**18  # pairs that are added up at a time
_SQUARE = 2**22  # pairs of places that are added up in a table of all


@dataclass(frozen=True, slots=True, eq=False)
class _Keys:
    """The participations sorted by group, record and place, each in one number.

    ``key`` is (group * n_record + record) << ``bits`` | actor. ``place_of`` maps actors to places (codes, ascending; -1
    when an actor has none), of which there are ``n_place``. Group g begins at ``bounds[g]``.
    """

    key: Integers
    bits: int
    place_of: ShortIntegers
    n_place: int
    bounds: Integers


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """Places in records, record after record, the places ascending.

    ``actors`` counts those at the place, ``size`` those of the whole record; ``after`` cells of the record follow.
    """

    place: ShortIntegers
    actors: Integers
    size: Integers
    after: Integers


def count_in_memory(records: pd.DataFrame, places: "pd.Series[str] | None", plan: Plan) -> Counted:
    """Count the links between places, or between actors, of records that fit into memory.

    Parameters
    ----------
    records
        ``record``, ``actor`` (text), and the columns that ``plan.by`` names; a repeated row counts once.
    places
        Index: actors (unique); value: the place in which an actor's links are added up, such as its region. An actor
        whose place is missing, or who is not in the index, counts among the actors of a record but gives no link.
        None adds nothing up: the links are between actors.
    plan
        What to count.

    Returns
    -------
    Counted
        The canonical table (see `regions.counting.plan.Counted`).

    Raises
    ------
    MethodError
        When the records lack a column of ``plan.by``, or are too many for one number (see `regions.counting.duck`).
    """
    check_columns(list(records.columns), plan)
    group, groups = _group_rows(records, plan.by)
    keys, labels = _sort_keys(records, places, group, max(len(groups), 1))
    totals: dict[int, Totals] = {}  # by block

    def read(rows: slice) -> _Cells:
        cells, totals[rows.start] = _build_cells(keys, rows, plan)
        return cells

    sums = [_sum_links(keys, number, read, plan.counting) for number in range(len(keys.bounds) - 1)]
    each = [len(found[0]) for found in sums]
    pair, weight, count, joint = sums.pop() if len(sums) == 1 else map(np.concatenate, zip(*sums, strict=True))
    table: dict[str, Any] = {name: groups[name].repeat(each).array for name in plan.by}
    pieces = [pair[start : start + _PIECE] for start in range(0, max(len(pair), 1), _PIECE)]
    for end, divide in {"source": np.floor_divide, "target": np.remainder}.items():
        table[end] = take_labels(labels, pieces, divide)
    table |= {"weight": weight, "count": count, "records": joint}
    return Counted(form_table(pd.DataFrame(table, copy=False), plan), sum(totals.values(), Totals()))


def _group_rows(records: pd.DataFrame, by: tuple[str, ...]) -> tuple[Integers | None, pd.DataFrame]:
    """Return a number for each row, one per combination of the columns, sorted, and the values of each."""
    if not by:
        return None, pd.DataFrame()
    values = records[list(by)]
    values = values.fillna(dict.fromkeys([name for name in by if name != "year"], ""))
    grouped = values.groupby(list(by), dropna=False, sort=True)
    return np.asarray(grouped.ngroup(), dtype=np.int64), grouped.size().reset_index()[list(by)]


def _sort_keys(
    records: pd.DataFrame, places: "pd.Series[str] | None", group: Integers | None, n_group: int
) -> tuple[_Keys, pd.Index]:
    actor: npt.NDArray[np.signedinteger]
    if places is None:
        actor, labels = rank_text(records["actor"])
        place_of = np.arange(len(labels), dtype=np.int32)
    else:
        actor, place_of, labels = _code_places(records["actor"], places)
    bits = max(len(place_of) - 1, 1).bit_length()
    limit = (LARGEST >> bits) // n_group
    key, n_record = group_text(records["record"], limit)
    if n_record > limit:
        raise MethodError(say("counting/memory"))
    if group is not None:
        key += group * n_record
    key <<= bits
    key |= actor
    key.sort()
    bounds = np.searchsorted(key, (np.arange(n_group + 1) * n_record) << bits)
    return _Keys(key, bits, place_of, len(labels), bounds), labels


def _code_places(
    values: "pd.Series[str]", places: "pd.Series[str]"
) -> tuple[npt.NDArray[np.signedinteger], ShortIntegers, pd.Index]:
    """Return the actor of each row as a code, ascending by place; the place of each code, -1 for none; the places."""
    codes, labels = pd.factorize(places, sort=True)
    order = np.argsort(codes, kind="stable")
    actor: npt.NDArray[np.signedinteger] = find_text(values, places.index.take(order))
    place_of = codes[order].astype(np.int32)
    unknown = np.flatnonzero(actor < 0)
    if len(unknown):  # one code for each, before those of the others
        strangers, names = rank_text(values.iloc[unknown])
        actor = actor + len(names)
        actor[unknown] = strangers
        place_of = np.append(np.full(len(names), -1, dtype=np.int32), place_of)
    return actor, place_of, pd.Index(labels)


def _list_blocks(keys: _Keys, group: int) -> list[slice]:
    """Cut the rows of a group into blocks of whole records."""
    start, end = keys.bounds[group : group + 2].tolist()
    blocks = []
    while start < end:
        last = keys.key[min(start + _BLOCK, end) - 1] >> keys.bits
        stop = min(int(np.searchsorted(keys.key, (last + 1) << keys.bits)), end)
        blocks.append(slice(start, stop))
        start = stop
    return blocks


def _build_cells(keys: _Keys, rows: slice, plan: Plan) -> tuple[_Cells, Totals]:
    """Return the cells of a block that can give a link, and what was found and left out there."""
    key = keys.key[rows]
    new = _find_changes(key)
    key = key if new.all() else key[new]
    new_record = _find_changes(key >> keys.bits)
    place = keys.place_of[key & ((1 << keys.bits) - 1)]
    first = np.flatnonzero(new_record | _find_changes(place))
    starts = np.flatnonzero(new_record[first])
    place, sizes = place[first], np.diff(first[starts], append=len(key))
    each = np.diff(starts, append=len(first))
    after = np.repeat(starts + each - 1, each) - np.arange(len(first))
    cells = _Cells(place, np.diff(first, append=len(key)), np.repeat(sizes, each), after)
    over = sizes > (plan.max_actors or len(key))
    if over.any() or place.min(initial=0) < 0:
        kept = np.repeat(~over, each) & (place >= 0)  # -1 stands first in a record: what follows it is whole
        cells = _Cells(place[kept], cells.actors[kept], cells.size[kept], after[kept])
    single, capped = int((sizes == 1).sum()), sizes[over]
    return cells, Totals(len(sizes), len(key), single, len(capped), int(capped.sum()))


def _find_changes(values: Integers) -> Booleans:
    """Return whether each value differs from the one before it; the first does."""
    changed = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def _sum_links(keys: _Keys, group: int, read: Callable[[slice], _Cells], counting: Counting) -> Sums:
    """Add up the links of a group for every pair of places."""
    blocks = _list_blocks(keys, group)
    rows = int(keys.bounds[group + 1] - keys.bounds[group])
    largest = max((_find_largest(keys.key[block] >> keys.bits) for block in blocks), default=1)
    alone = len(keys.place_of) == keys.n_place  # each place is one actor
    bits = (0 if alone else (largest**2 // 4).bit_length(), 0 if counting == "full" else largest.bit_length())
    fits = keys.n_place**2 < 2 ** (63 - sum(bits))
    if keys.n_place**2 <= _SQUARE and (keys.n_place**2 <= 4 * rows or not fits):
        parts = map_blocks(lambda block: list(_iterate_pairs(read(block), keys.n_place)), blocks)
        return _sum_in_table(itertools.chain.from_iterable(parts), keys.n_place, counting)
    if not fits:
        raise MethodError(say("counting/memory-links", places=keys.n_place))
    packed = map_blocks(lambda block: _pack_pairs(read(block), keys.n_place, bits), blocks)
    return _sum_sorted(np.concatenate([np.zeros(0, dtype=np.int64), *packed]), bits, counting)


def _find_largest(record: Integers) -> int:
    return int(np.diff(np.flatnonzero(_find_changes(record)), append=len(record)).max(initial=1))


def _iterate_pairs(cells: _Cells, n_place: int) -> Iterator[tuple[Integers, Integers, Integers]]:
    """Yield pairs of places in the same record, the pairs of actors behind each, and the size of the record.

    Every cell meets the cell that follows it, then the second that follows, ...: a record of thousands of actors takes
    no more memory than its cells.
    """
    inside = np.flatnonzero(cells.actors > 1)
    n = cells.actors[inside]
    yield cells.place[inside] * np.int64(n_place + 1), n * (n - 1) // 2, cells.size[inside]
    one, offset = np.flatnonzero(cells.after >= 1), 1
    while len(one):
        other = one + offset
        pair = cells.place[one] * np.int64(n_place) + cells.place[other]
        yield pair, cells.actors[one] * cells.actors[other], cells.size[one]
        offset += 1
        one = one[cells.after[one] >= offset]


def _divide(size: Integers, counting: Counting) -> Floats:
    """Return what each pair of actors of a record of each size adds."""
    n = np.maximum(size, 2).astype(float)
    return 1 / (n - 1) if counting == "newman" else 2 / (n * (n - 1)) if counting == "pair" else np.ones_like(n)


def _sum_in_table(parts: Iterable[tuple[Integers, Integers, Integers]], n_place: int, counting: Counting) -> Sums:
    """Add up pairs in a table of all pairs of places; the order of the parts is fixed, and so are the last digits."""
    count, joint = np.zeros((2, n_place**2), dtype=np.int64)
    weight = np.zeros(n_place**2)
    for pair, product, size in parts:
        np.add.at(count, pair, product)
        np.add.at(joint, pair, 1)
        if counting != "full":
            np.add.at(weight, pair, product * _divide(size, counting))
    pair = np.flatnonzero(joint)
    return [pair, (count if counting == "full" else weight)[pair].astype(float), count[pair], joint[pair]]


def _pack_pairs(cells: _Cells, n_place: int, bits: tuple[int, int]) -> Integers:
    """Return pairs in one number each: pair, product, size."""
    packed = []
    for pair, product, size in _iterate_pairs(cells, n_place):
        whole = (pair << bits[0]) | product if bits[0] else pair
        packed.append((whole << bits[1]) | size if bits[1] else whole)
    return np.concatenate(packed)


def _sum_sorted(packed: Integers, bits: tuple[int, int], counting: Counting) -> Sums:
    """Add up packed pairs: equal ones stand together once all are sorted. Uses up ``packed``."""
    packed.sort()
    bounds = [0]
    while bounds[-1] < len(packed):  # pieces of whole pairs
        last = packed[min(bounds[-1] + _PIECE, len(packed)) - 1] >> sum(bits)
        bounds.append(int(np.searchsorted(packed, (last + 1) << sum(bits))))
    pieces = [packed[start:end] for start, end in itertools.pairwise(bounds)]
    number = sum(int(_find_changes(piece >> sum(bits)).sum()) for piece in pieces)
    sums: Sums = [np.empty(number, dtype=kind) for kind in (np.int64, np.float64, np.int64)]
    sums.append(np.empty(number, dtype=np.int64) if bits[0] else sums[-1])  # two actors meet once in a record
    row = 0
    for found in map_blocks(lambda piece: _sum_piece(piece, bits, counting), pieces):
        for column, values in zip(sums, found, strict=True):
            column[row : row + len(values)] = values
        row += len(found[0])
    return sums


def _sum_piece(packed: Integers, bits: tuple[int, int], counting: Counting) -> Sums:
    product_bits, size_bits = bits
    runs = np.flatnonzero(_find_changes(packed))
    joint, run = np.diff(runs, append=len(packed)), packed[runs]
    count = joint * ((run >> size_bits) & ((1 << product_bits) - 1)) if product_bits else joint
    pair = run >> (product_bits + size_bits)
    first = np.flatnonzero(_find_changes(pair))
    weight = count * _divide(run & ((1 << size_bits) - 1), counting) if size_bits else count.astype(float)
    return [pair[first], *(np.add.reduceat(values, first) for values in (weight, count, joint))]
