"""Text -> codes: equal whole numbers for equal texts only.

Most identifiers are letters and digits at fixed places ("CN102345678", "W2741809807"). Read as numbers whose digits
run, at every place, from the smallest to the largest byte that occurs there, they keep their order and need no hash.
Other keys (UUIDs, texts with missing values, columns that Arrow does not hold) go through `pandas.factorize`.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from regions.arrays import Bytes, Integers, ShortIntegers

Block = tuple[npt.NDArray[np.signedinteger], Bytes]  # where each text starts, and the end of the last; UTF-8
Given = TypeVar("Given")
Result = TypeVar("Result")

LARGEST = 2**62
_BLOCK = 2**14  # texts at a time: the working arrays stay in the cache of the processor
_WIDEST = 64
_DIRECT = 2**24  # codes below this index a table
_FEW = 4
_THREADS = min(8, os.cpu_count() or 1)  # beyond this the memory is the limit, not the cores


def map_blocks(work: Callable[[Given], Result], blocks: Sequence[Given]) -> Iterator[Result]:
    """Yield the result of every block, in order, computed by several threads a few blocks ahead.

    A few blocks are done sooner than threads start.
    """
    if len(blocks) <= _FEW:
        yield from map(work, blocks)
        return
    with ThreadPoolExecutor(_THREADS) as pool:
        for start in range(0, len(blocks), 2 * _THREADS):
            yield from pool.map(work, blocks[start : start + 2 * _THREADS])


def group_text(values: "pd.Series[str]", limit: int = LARGEST) -> tuple[Integers, int]:
    """Return a code for every value, and how many codes there may be: over ``limit`` only if the values are as many."""
    found = _find_layout([values], limit)
    if found is not None:
        return _encode(*found), found[1].size
    codes, labels = pd.factorize(values, use_na_sentinel=False)
    return codes.astype(np.int64, copy=False), max(len(labels), 1)


def rank_text(values: "pd.Series[str]") -> tuple[Integers, pd.Index]:
    """Return the place of every value among the sorted distinct values, and those values."""
    found = _find_layout([values], _DIRECT)
    if found is None:
        codes, labels = pd.factorize(values, sort=True)
        return codes.astype(np.int64, copy=False), pd.Index(labels)
    codes = _encode(*found)
    row = np.full(found[1].size, -1, dtype=np.int64)
    row[codes] = np.arange(len(codes))
    present = row >= 0
    return (np.cumsum(present) - 1)[codes], pd.Index(values.iloc[row[present]])


def find_text(values: "pd.Series[str]", labels: pd.Index) -> ShortIntegers:
    """Return the position of every value in the unique ``labels``; -1 where it is not among them."""
    known = labels.to_series()
    found = _find_layout([values, known], _DIRECT)
    if found is not None:
        blocks, layout = found
        position = np.full(layout.size, -1, dtype=np.int32)
        position[_encode(_cut_blocks(known), layout)] = np.arange(len(labels))
        return np.concatenate([position[:0], *map_blocks(lambda block: position[_read(block, layout)], blocks)])
    if _is_arrow(values) and _is_arrow(known):
        import pyarrow as pa  # noqa: PLC0415 - an extra; columns held by Arrow show that it is there
        import pyarrow.compute as pc  # noqa: PLC0415 - as above

        arrays: list[Any] = [values.array, known.array]
        held = [pa.chunked_array(array.__arrow_array__()) for array in arrays]
        return np.asarray(pc.index_in(held[0], value_set=held[1].combine_chunks()).fill_null(-1), dtype=np.int32)
    return labels.get_indexer(pd.Index(values)).astype(np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """How texts are read as numbers below ``size``: ``(bytes[start:] @ weight) - base``; byte 0 stands past the end."""

    width: int
    start: int
    weight: Integers
    base: int
    size: int


def _is_arrow(values: "pd.Series[str]") -> bool:
    return getattr(values.array.dtype, "storage", "") == "pyarrow" and not values.hasnans


def _cut_blocks(values: "pd.Series[str]") -> list[Block]:
    """Return the bytes of a column block by block, without copying them."""
    array: Any = values.array
    arrow = array.__arrow_array__()
    blocks = []
    for piece in arrow.chunks if hasattr(arrow, "chunks") else [arrow]:
        if not len(piece):
            continue
        _, places, data = piece.buffers()
        kind = np.dtype(np.int64 if str(piece.type).startswith("large") else np.int32)
        starts = np.frombuffer(places, dtype=kind, count=len(piece) + 1, offset=piece.offset * kind.itemsize)
        text = np.frombuffer(data, dtype=np.uint8) if data is not None else np.zeros(0, dtype=np.uint8)
        blocks += [(starts[row : row + _BLOCK + 1], text) for row in range(0, len(piece), _BLOCK)]
    return blocks


def list_even(texts: Any) -> Bytes | None:  # noqa: ANN401 - an Arrow array of large strings
    """Return the bytes of texts that are all of one length, one row per text; None where they are not."""
    _, places, data = texts.buffers()
    starts = np.frombuffer(places, dtype=np.int64, count=len(texts) + 1, offset=texts.offset * 8)
    width = int(starts[1] - starts[0]) if len(texts) else 0
    if not width or (np.diff(starts) != width).any():
        return None
    return np.frombuffer(data, dtype=np.uint8)[starts[0] : starts[-1]].reshape(-1, width)


def _find_layout(columns: "Sequence[pd.Series[str]]", limit: int) -> tuple[list[Block], _Layout] | None:
    """Return the blocks of the first column, and how the texts of all are read as at most ``limit`` numbers.

    None when that is too few, for texts of over 64 bytes, with a NUL or a missing value, or that Arrow does not hold.
    """
    if not all(map(_is_arrow, columns)):
        return None
    cut = [_cut_blocks(column) for column in columns]
    blocks = [block for column in cut for block in column]
    width = max((int(np.diff(starts).max()) for starts, _ in blocks), default=0)
    # A NUL in a text would look like its end.
    if not 0 < width <= _WIDEST or any((text[starts[0] : starts[-1]] == 0).any() for starts, text in blocks):
        return None
    ranges = np.array(list(map_blocks(lambda block: _find_range(_spread(block, width)), blocks)))
    low, high = ranges[:, 0].min(axis=0), ranges[:, 1].max(axis=0)
    sizes = [int(top) - int(bottom) + 1 for bottom, top in zip(low, high, strict=True)]
    weight = [1] * (width + 1)
    for place in reversed(range(width)):
        weight[place] = weight[place + 1] * sizes[place]
    if weight[0] > limit:
        return None
    start = next((place for place, size in enumerate(sizes) if size > 1), width)
    weights = np.array(weight[start + 1 :], dtype=np.int64)
    return cut[0], _Layout(width, start, weights, int(weights @ low[start:].astype(np.int64)), weight[0])


def _encode(blocks: list[Block], layout: _Layout) -> Integers:
    """Return the code of every text; they keep the order of the texts."""
    return np.concatenate([np.zeros(0, dtype=np.int64), *map_blocks(lambda block: _read(block, layout), blocks)])


def _read(block: Block, layout: _Layout) -> Integers:
    code: Integers = _spread(block, layout.width)[:, layout.start :].astype(np.int64) @ layout.weight
    code -= layout.base
    return code


def _spread(block: Block, width: int) -> Bytes:
    """Return the bytes of some texts, one row per text, 0 past its end."""
    starts, text = block
    lengths, text = np.diff(starts), text[starts[0] : starts[-1]]
    if len(text) == width * len(lengths):  # none is longer than the width
        return text.reshape(len(lengths), width)
    found = np.zeros((len(lengths), width), dtype=np.uint8)
    found[np.arange(width) < lengths[:, None]] = text
    return found


def _find_range(found: Bytes) -> tuple[Bytes, Bytes]:
    """Return the smallest and the largest byte at each place; numpy compares along long rows many times faster."""
    places = np.ascontiguousarray(found.T)
    return places.min(axis=1), places.max(axis=1)


def take_labels(labels: pd.Index, pieces: list[Integers], divide: Callable[..., Integers]) -> Any:  # noqa: ANN401
    """Return the names of one end of pairs, in pieces, as an array of text."""
    kind: Any = labels.dtype
    n = max(len(labels), 1)
    if getattr(kind, "storage", "") != "pyarrow":
        return pd.concat([pd.Series(labels.take(divide(piece, n))) for piece in pieces], ignore_index=True).array
    import pyarrow as pa  # noqa: PLC0415 - an extra; labels held by Arrow show that it is there

    whole = pa.chunked_array(labels.array.__arrow_array__()).combine_chunks().cast(pa.large_string())
    texts = list_even(whole)
    if texts is None:
        taken = map_blocks(lambda piece: whole.take(pa.array(divide(piece, n))), pieces)
        return kind.__from_arrow__(pa.chunked_array([*taken], whole.type))
    # Rows of bytes are taken in a third of the time, without a place looked up for each.
    size, width = sum(map(len, pieces)), texts.shape[1]
    found = np.empty((size, width), dtype=np.uint8)
    row = 0
    for piece in pieces:
        np.take(texts, divide(piece, n), axis=0, out=found[row : row + len(piece)], mode="clip")
        row += len(piece)
    ends = np.arange(0, (size + 1) * width, width)
    return kind.__from_arrow__(pa.LargeStringArray.from_buffers(size, pa.py_buffer(ends), pa.py_buffer(found)))
