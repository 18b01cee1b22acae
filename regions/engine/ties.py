"""Cells of single actors -> sums over pairs of actors, each tie held as one number until they are added up."""

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from regions.engine.cells import Cells, list_changes
from regions.engine.pairs import iterate_offsets
from regions.engine.plan import Counting
from regions.engine.shares import divide_share, join_digits
from regions.engine.threads import map_blocks
from regions.errors import MethodError

Integers = npt.NDArray[np.int64]

_COLUMNS = {"source": np.int32, "target": np.int32, "weight": np.float64, "count": np.int64}
_BITS = 63
_PIECE = 2**18  # ties that are added up at a time


def sum_ties(
    blocks: list[slice],
    read: Callable[[slice], Cells],
    *,
    n_place: int,
    counting: Counting,
    threads: int | None = None,
) -> pd.DataFrame:
    """Add up the ties of all records for every pair of actors.

    A tie is held as source, target and (for fractional counting) the size of its record, in one number. Equal
    numbers stand together once all are sorted, so a share is formed for each size of record that a pair has met in,
    not for each tie.

    Parameters
    ----------
    blocks, read, counting, threads
        As for `regions.engine.pairs.sum_pairs`, but every cell is one actor; blocks are read twice.
    n_place
        Number of actors.

    Returns
    -------
    DataFrame
        ``source`` < ``target`` (int32, codes of actors), ``weight`` (float), ``count``, ``records`` (int64), sorted.

    Raises
    ------
    MethodError
        When two actors and a size are more than one number holds (some tens of millions of actors).
    """
    measured = map_blocks(lambda rows: _measure(read(rows)), blocks, threads)
    actor_bits = max(n_place - 1, 1).bit_length()
    size_bits = 0 if counting == "full" else max((size for _, size in measured), default=0).bit_length()
    if 2 * actor_bits + size_bits > _BITS:
        raise MethodError(
            f"{n_place:,} actors are too many for ties in memory; use the duckdb engine",
            zh=f"{n_place:,} 个主体过多，无法在内存中计算主体之间的联系；请改用 duckdb 引擎",
        )
    bits, ends = (actor_bits, size_bits), np.cumsum([0, *(number for number, _ in measured)])
    ties = np.empty(ends[-1], dtype=np.int64)
    targets = map(slice, ends[:-1], ends[1:])
    map_blocks(
        lambda block: _write_ties(read(block[0]), ties[block[1]], bits), zip(blocks, targets, strict=True), threads
    )
    ties.sort()
    pieces = _cut(ties, size_bits)
    each = map_blocks(lambda rows: int(list_changes(ties[rows] >> size_bits).sum()), pieces, threads)
    ends = np.cumsum([0, *each])
    found = {name: np.empty(ends[-1], dtype=kind) for name, kind in _COLUMNS.items()}
    work = zip(pieces, map(slice, ends[:-1], ends[1:]), strict=True)
    map_blocks(lambda piece: _add_up(ties[piece[0]], found, piece[1], (bits, counting)), work, threads)
    table = pd.DataFrame(found, copy=False)
    table["records"] = table["count"]  # pandas keeps one array for both until one of them is changed
    return table


def _measure(cells: Cells) -> tuple[int, int]:
    """Return the number of ties, and the size of the largest record."""
    return int(cells.after.sum()), int(cells.size.max(initial=0))


def _write_ties(cells: Cells, ties: Integers, bits: tuple[int, int]) -> None:
    actor_bits, size_bits = bits
    start = 0
    for one, other in iterate_offsets(cells.after):
        tie = ties[start : start + len(one)]
        tie[:] = cells.place[one]
        tie <<= actor_bits
        tie |= cells.place[other]
        if size_bits:
            tie <<= size_bits
            tie |= cells.size[one]
        start += len(one)


def _cut(ties: Integers, size_bits: int) -> list[slice]:
    """Cut sorted ties into pieces of whole pairs."""
    bounds = [0]
    while bounds[-1] < len(ties):
        last = min(bounds[-1] + _PIECE, len(ties)) - 1
        bounds.append(int(np.searchsorted(ties, ((ties[last] >> size_bits) + 1) << size_bits)))
    return [slice(*bound) for bound in itertools.pairwise(bounds)]


def _add_up(
    ties: Integers, found: dict[str, npt.NDArray[Any]], to: slice, how: tuple[tuple[int, int], Counting]
) -> None:
    """Write the pairs of some sorted ties, with their weights and counts, to their rows of ``found``."""
    (actor_bits, size_bits), counting = how
    runs = np.flatnonzero(list_changes(ties))
    number, run = np.diff(runs, append=len(ties)), ties[runs]
    pair = run >> size_bits
    first = np.flatnonzero(list_changes(pair))
    count = np.add.reduceat(number, first)
    digits = [digit * number for digit in divide_share(run & ((1 << size_bits) - 1), counting)]
    pair = pair[first]
    found["source"][to] = pair >> actor_bits
    found["target"][to] = pair & ((1 << actor_bits) - 1)
    found["weight"][to] = join_digits([np.add.reduceat(digit, first) for digit in digits]) if digits else count
    found["count"][to] = count
