"""Text keys as whole numbers, exactly, at the speed of reading them.

Most identifiers are letters and digits at fixed places ("CN102345678", "W2741809807"). Read as numbers whose digits
have, at every place, just the characters that occur there, they keep their order and need no hash table. Keys that
are too long or too varied for that (UUIDs, DOIs) are matched by their bytes (`regions.engine.matching`); where Arrow
is absent or a value is missing, `pandas.factorize` is left.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from regions.engine.layout import encode, find_layout, list_strange
from regions.engine.matching import match_text
from regions.engine.texts import Chunk, Integers, Texts, has_nul, list_blocks, read_texts
from regions.engine.threads import map_blocks

LARGEST = 2**62
_DIRECT = 2**24


def pack_text(texts: Texts, limit: int = LARGEST, threads: int | None = None) -> tuple[Integers, int] | None:
    """Return an order-preserving code for every text, and the number of possible codes; None above the limit."""
    layout = find_layout(texts, limit, threads)
    if layout is None:
        return None
    codes = np.empty(texts.size, dtype=np.int64)

    def write(block: tuple[Chunk, slice]) -> None:
        chunk, rows = block
        codes[chunk.start + rows.start : chunk.start + rows.stop] = encode(chunk, rows, layout)

    map_blocks(write, list_blocks(texts), threads)
    return codes, layout.size


def group_text(values: "pd.Series[str]", limit: int = LARGEST, threads: int | None = None) -> tuple[Integers, int]:
    """Return a code for every value, equal for equal values only, and an upper limit of the codes.

    The limit is above ``limit`` only when the number of values is.
    """
    texts = read_texts(values)
    if texts is not None:
        packed = pack_text(texts, limit, threads)
        if packed is not None:
            return packed
        matched = match_text(texts, texts, threads)
        if matched is not None:
            return matched, max(texts.size, 1)
    codes, labels = pd.factorize(values, use_na_sentinel=False)
    return codes.astype(np.int64, copy=False), max(len(labels), 1)


def rank_text(values: "pd.Series[str]", threads: int | None = None) -> tuple[npt.NDArray[np.signedinteger], pd.Index]:
    """Return the place of every value among the sorted distinct values, and those values."""
    texts = read_texts(values)
    packed = None if texts is None else pack_text(texts, _DIRECT, threads)
    if packed is not None:
        codes, size = packed
        row = np.full(size, -1, dtype=np.int64)
        row[codes] = np.arange(len(codes))
        present = row >= 0
        return (np.cumsum(present, dtype=np.int32) - 1)[codes], pd.Index(values.iloc[row[present]])
    matched = None if texts is None else match_text(texts, texts, threads)
    if matched is None:
        codes, labels = pd.factorize(values, sort=True)
        return codes.astype(np.int64, copy=False), pd.Index(labels)
    rank = np.zeros(len(matched), dtype=np.int32)
    rank[matched] = 1
    rows = np.flatnonzero(rank)
    labels = pd.Index(values.iloc[rows])
    order = labels.argsort()
    rank[rows[order]] = np.arange(len(rows))
    return rank[matched], labels.take(order)


def find_text(values: "pd.Series[str]", labels: pd.Index, threads: int | None = None) -> npt.NDArray[np.int32]:
    """Return the position of every value in the unique ``labels``; -1 where it is not among them."""
    texts, known = read_texts(values), read_texts(labels.to_series())
    if texts is None or known is None:
        return labels.get_indexer(pd.Index(values)).astype(np.int32)
    layout = None if has_nul(texts) else find_layout(known, _DIRECT, threads)
    if layout is None:
        matched = match_text(texts, known, threads)
        return (labels.get_indexer(pd.Index(values)) if matched is None else matched).astype(np.int32)
    position = np.full(layout.size, -1, dtype=np.int32)
    for chunk, rows in list_blocks(known):
        position[encode(chunk, rows, layout)] = np.arange(rows.start, rows.stop) + chunk.start
    found = np.empty(texts.size, dtype=np.int32)

    def write(block: tuple[Chunk, slice]) -> None:
        chunk, rows = block
        code = encode(chunk, rows, layout)
        strange = list_strange(chunk, rows, layout)
        code[strange] = 0
        place = position[code]
        place[strange] = -1
        found[chunk.start + rows.start : chunk.start + rows.stop] = place

    map_blocks(write, list_blocks(texts), threads)
    return found
