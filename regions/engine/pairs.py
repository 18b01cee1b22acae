"""Cells -> sums over pairs of places, in whole numbers."""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from regions.engine.cells import Cells
from regions.engine.plan import Counting
from regions.engine.shares import DIGITS, divide_share

Integers = npt.NDArray[np.int64]

_DENSE = 2_000
_BUFFER = 2_000_000


def sum_pairs(blocks: Iterable[Cells], n_place: int, counting: Counting) -> pd.DataFrame:
    """Add up the ties of all records for every pair of places.

    Parameters
    ----------
    blocks
        Cells of whole records.
    n_place
        Number of places.
    counting
        ``full`` needs no shares.

    Returns
    -------
    DataFrame
        ``source`` <= ``target`` (codes of places), ``count``, ``records`` and, for fractional counting, the sums
        of the digits of the shares (all int64), sorted.
    """
    names = ["count", "records", *([] if counting == "full" else DIGITS)]
    parts = (part for cells in blocks for part in _iterate_pairs(cells, n_place, counting))
    sums = _add_dense(parts, n_place, len(names)) if n_place <= _DENSE else _add_sparse(parts, len(names))
    key, values = sums
    del sums
    columns = {"source": key // n_place, "target": key % n_place, **dict(zip(names, values, strict=True))}
    return pd.DataFrame(columns, copy=False)


def _iterate_pairs(cells: Cells, n_place: int, counting: Counting) -> Iterator[tuple[Integers, list[Integers]]]:
    """Yield pairs of places of the same record: a key for each pair, and what is to be added to each column.

    Every cell meets the cell that follows it, then the second that follows, ...: no record is treated alone, and
    a record of thousands of actors takes no more memory than its cells.
    """
    place, actors = cells.place, cells.actors
    inside = np.flatnonzero(actors > 1)
    n = actors[inside]
    digits = divide_share(cells.size, counting)
    yield place[inside] * (n_place + 1), _spread(n * (n - 1) // 2, digits, inside)
    index, offset = np.flatnonzero(cells.after >= 1), 1
    while len(index):
        other = index + offset
        yield place[index] * n_place + place[other], _spread(actors[index] * actors[other], digits, index)
        offset += 1
        index = index[cells.after[index] >= offset]


def _spread(product: Integers, digits: list[Integers], index: Integers) -> list[Integers]:
    return [product, np.ones_like(product), *(product * digit[index] for digit in digits)]


def _add_dense(
    parts: Iterator[tuple[Integers, list[Integers]]], n_place: int, n_column: int
) -> tuple[Integers, list[Integers]]:
    sums = np.zeros((n_column, n_place * n_place), dtype=np.int64)
    for key, values in parts:
        for column, value in zip(sums, values, strict=True):
            np.add.at(column, key, value)
    key = np.flatnonzero(sums[1])
    return key, [column[key] for column in sums]


def _add_sparse(parts: Iterator[tuple[Integers, list[Integers]]], n_column: int) -> tuple[Integers, list[Integers]]:
    empty = np.zeros(0, dtype=np.int64)
    runs: list[list[Integers]] = [[empty] * (n_column + 1)]
    waiting: list[list[Integers]] = []
    for key, values in parts:
        waiting.append([key, *values])
        if sum(len(each[0]) for each in waiting) > _BUFFER:
            runs.append(_merge(waiting))
            waiting = []
    runs += waiting
    del waiting
    key, *sums = _merge(runs)
    return key, sums


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
