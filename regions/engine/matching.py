"""Equal texts of any length, found exactly: a hash proposes, the bytes decide.

Each round writes the row of every text that is still open into a table, at the place that its hash names; where
several meet, one stays. Then every open text looks at its place. If the text there has the same bytes, it is found;
else it takes part in the next round, with another hash. Nothing is held per row but the answer.
"""

import numpy as np
import numpy.typing as npt

from regions.engine.texts import BLOCK, Chunk, Integers, Texts, Words, list_blocks, read_words, take_words
from regions.engine.threads import map_blocks

Block = tuple[Chunk, slice] | Integers
Table = npt.NDArray[np.int32]

_WIDEST = 1024
_ROUNDS = 32
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2^64 divided by the golden ratio, made odd
_SHIFT = np.uint64(29)


def match_text(values: Texts, labels: Texts, threads: int | None = None) -> Integers | None:
    """Return for every value the row of a label with the same text, the same row for equal values; -1 without one.

    Parameters
    ----------
    values, labels
        The texts; the same object twice finds a row that stands for all rows with the same text.
    threads
        See `regions.engine.threads.map_blocks`; which of several equal labels is found may depend on it.

    Returns
    -------
    ndarray or None
        None when this way does not suit: texts of over 1 kB, or so many that meet in every table.
    """
    width = max(values.width, labels.width)
    if width > _WIDEST or labels.size >= 2**31:
        return None
    n_words = -(-width // 8)
    found = np.full(values.size, -1, dtype=np.int64)
    wanted: list[Block] = [*list_blocks(values)]
    known: list[Block] = [*list_blocks(labels)]
    for seed in range(_ROUNDS):
        options = (seed, n_words, threads)
        table = _fill_table(labels, known, options)
        wanted = _look_up(values, wanted, (labels, table, found), options)
        known = wanted if values is labels else _look_up(labels, known, (labels, table, None), options)
        if not known or not wanted:
            return found
    return None


Options = tuple[int, int, int | None]  # seed, n_words, threads


def _fill_table(texts: Texts, blocks: list[Block], options: Options) -> Table:
    seed, n_words, threads = options
    size = sum(_count(block) for block in blocks)
    table = np.full(1 << max(size.bit_length(), 4), -1, dtype=np.int32)

    def write(block: Block) -> None:
        rows, words = _read(texts, block, n_words)
        table[_hash(words, seed, len(table))] = rows

    map_blocks(write, blocks, threads)
    return table


def _look_up(
    texts: Texts, blocks: list[Block], target: tuple[Texts, Table, Integers | None], options: Options
) -> list[Block]:
    """Note what is found, and return the blocks of what is still open."""
    seed, n_words, threads = options
    labels, table, found = target

    def look(block: Block) -> Integers:
        rows, words = _read(texts, block, n_words)
        there = table[_hash(words, seed, len(table))].astype(np.int64)
        some = np.flatnonzero(there >= 0)
        if len(some) < len(there):
            rows, there, words = rows[some], there[some], words[some]
        same = there == rows if texts is labels else np.zeros(len(rows), dtype=bool)
        other = np.flatnonzero(~same)
        same[other] = _equal(words[other], take_words(labels, there[other], n_words))
        if found is not None:
            found[rows[same]] = there[same]
        left: Integers = rows[~same]
        return left

    rows = np.concatenate([np.zeros(0, dtype=np.int64), *map_blocks(look, blocks, threads)])
    return [rows[start : start + BLOCK] for start in range(0, len(rows), BLOCK)]


def _read(texts: Texts, block: Block, n_words: int) -> tuple[Integers, Words]:
    if isinstance(block, tuple):
        chunk, rows = block
        return np.arange(rows.start, rows.stop) + chunk.start, read_words(chunk, rows, n_words)
    return block, take_words(texts, block, n_words)


def _count(block: Block) -> int:
    return block[1].stop - block[1].start if isinstance(block, tuple) else len(block)


def _hash(words: Words, seed: int, size: int) -> Integers:
    """Return a number below ``size`` (a power of 2) for every row."""
    mixed = (words[:, -1] + np.uint64(seed + 1)) * _FACTOR
    for column in words.T[:-1]:
        mixed ^= column
        mixed *= _FACTOR
        mixed ^= mixed >> _SHIFT
    mixed *= _FACTOR
    return (mixed >> np.uint64(64 - size.bit_length() + 1)).astype(np.int64)


def _equal(one: Words, other: Words) -> npt.NDArray[np.bool_]:
    same: npt.NDArray[np.bool_] = one[:, -1] == other[:, -1]
    for place in range(one.shape[1] - 1):
        same &= one[:, place] == other[:, place]
    return same
