"""Cells -> sums over pairs of places, in whole numbers."""

from collections.abc import Callable, Iterator
from threading import Lock

import numpy as np
import numpy.typing as npt
import pandas as pd

from regions.engine.cells import Cells
from regions.engine.plan import Counting
from regions.engine.shares import DIGITS, divide_share
from regions.engine.threads import map_blocks

Integers = npt.NDArray[np.int64]
Pairs = Iterator[tuple[Integers, list[Integers]]]  # a key for each pair, and what is to be added to each column
Read = Callable[[slice], Pairs]

_DENSE = 2_000
_BUFFER = 2_000_000


def sum_pairs(
    blocks: list[slice],
    read: Callable[[slice], Cells],
    *,
    n_place: int,
    counting: Counting,
    threads: int | None = None,
) -> pd.DataFrame:
    """Add up the ties of all records for every pair of places.

    Parameters
    ----------
    blocks, read
        What ``read`` turns into the cells of whole records.
    n_place
        Number of places.
    counting
        ``full`` needs no shares.
    threads
        See `regions.engine.threads.map_blocks`. Whole numbers are added up: the sums do not depend on it.

    Returns
    -------
    DataFrame
        ``source`` <= ``target`` (codes of places), ``count``, ``records`` and, for fractional counting, the sums
        of the digits of the shares (all int64), sorted.
    """
    names = ["count", "records", *([] if counting == "full" else DIGITS)]
    add = _add_dense if n_place <= _DENSE else _add_sparse
    found = add(blocks, lambda rows: _iterate_pairs(read(rows), n_place, counting), (len(names), n_place), threads)
    key = found.pop(0)
    columns = {"source": key // n_place, "target": key % n_place, **dict(zip(names, found, strict=True))}
    return pd.DataFrame(columns, copy=False)


def iterate_offsets(after: Integers) -> Iterator[tuple[Integers, Integers]]:
    """Yield pairs of cells of the same record, as positions.

    Every cell meets the cell that follows it, then the second that follows, ...: no record is treated alone, and
    a record of thousands of actors takes no more memory than its cells.
    """
    index, offset = np.flatnonzero(after >= 1), 1
    while len(index):
        yield index, index + offset
        offset += 1
        index = index[after[index] >= offset]


def _iterate_pairs(cells: Cells, n_place: int, counting: Counting) -> Pairs:
    place, actors, stride = cells.place, cells.actors, np.int64(n_place)
    digits = divide_share(np.maximum(cells.size, 2), counting)
    inside = np.flatnonzero(actors > 1)
    n = actors[inside]
    yield place[inside] * (stride + 1), _spread(n * (n - 1) // 2, digits, inside)
    for one, other in iterate_offsets(cells.after):
        yield place[one] * stride + place[other], _spread(actors[one] * actors[other], digits, one)


def _spread(product: Integers, digits: list[Integers], index: Integers) -> list[Integers]:
    return [product, np.ones_like(product), *(product * digit[index] for digit in digits)]


def _add_dense(blocks: list[slice], read: Read, shape: tuple[int, int], threads: int | None) -> list[Integers]:
    n_column, n_place = shape
    sums = np.zeros((n_column, n_place * n_place), dtype=np.int64)
    writing = Lock()

    def add(rows: slice) -> None:
        for key, values in read(rows):
            with writing:
                for column, value in zip(sums, values, strict=True):
                    np.add.at(column, key, value)

    map_blocks(add, blocks, threads)
    key = np.flatnonzero(sums[1])
    return [key, *(column[key] for column in sums)]


def _add_sparse(blocks: list[slice], read: Read, shape: tuple[int, int], threads: int | None) -> list[Integers]:
    def add(rows: slice) -> list[list[Integers]]:
        runs: list[list[Integers]] = []
        waiting: list[list[Integers]] = []
        for key, values in read(rows):
            waiting.append([key, *values])
            if sum(len(each[0]) for each in waiting) > _BUFFER:
                runs.append(_merge(waiting))
                waiting = []
        return [*runs, _merge(waiting)]

    empty = [np.zeros(0, dtype=np.int64)] * (shape[0] + 1)
    return _merge([list(empty), *(run for runs in map_blocks(add, blocks, threads) for run in runs)])


def _merge(parts: list[list[Integers]]) -> list[Integers]:
    """Add up the rows with the same key; sorted by key. Uses up the parts, column after column, to save memory."""
    key = _take_column(parts, 0)
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = np.ones(len(key), dtype=bool)
    first[1:] = key[1:] != key[:-1]
    starts = np.flatnonzero(first)
    n_column = len(parts[0])
    if not len(starts):
        return [key] * n_column
    return [key[starts], *(np.add.reduceat(_take_column(parts, i)[order], starts) for i in range(1, n_column))]


def _take_column(parts: list[list[Integers]], number: int) -> Integers:
    taken = np.concatenate([part[number] for part in parts])
    for part in parts:
        part[number] = np.zeros(0, dtype=np.int64)
    return taken
