"""Text keys as whole numbers, exactly, at the speed of reading them.

Most identifiers are letters and digits at fixed places ("CN102345678", "W2741809807"). Read as numbers whose digits
have, at every place, just the characters that occur there, they fit into 62 bits, keep their order, and need no hash
table. Other keys (long, missing values, no Arrow at hand) go through `pandas.factorize`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Integers = npt.NDArray[np.int64]

_WIDEST = 24
_LARGEST = 2**62
_DIRECT = 2**24
_BLOCK = 2**18  # rows at a time: the working arrays stay in the cache of the processor


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Which characters stand at each place of a key.

    Attributes
    ----------
    ranks
        One row per place: byte -> its rank among the bytes seen there; -1 when it was not seen. Place past the end
        of a key counts as byte 0.
    sizes
        Number of different bytes at each place.
    """

    ranks: npt.NDArray[np.int16]
    sizes: tuple[int, ...]

    @property
    def size(self) -> int:
        """Number of codes that the layout can give."""
        return int(np.prod(np.array(self.sizes, dtype=object))) if self.sizes else 1


def pack_text(values: "pd.Series[str]") -> tuple[Integers, int] | None:
    """Return an order-preserving code for every text, and the number of possible codes.

    None when the texts do not fit: too long or too varied, a missing value, a NUL character, or not held by Arrow.
    """
    layout = _find_layout(values)
    if layout is None:
        return None
    codes = np.empty(len(values), dtype=np.int64)
    for rows, code in _iterate_codes(values, layout):
        codes[rows] = code
    return codes, layout.size


def group_text(values: "pd.Series[str]") -> tuple[Integers, int]:
    """Return a code for every value, equal for equal values, and an upper limit of the codes."""
    packed = pack_text(values)
    if packed is not None:
        return packed
    codes, labels = pd.factorize(values, use_na_sentinel=False)
    return codes.astype(np.int64, copy=False), max(len(labels), 1)


def rank_text(values: "pd.Series[str]") -> tuple[Integers, pd.Index]:
    """Return the place of every value among the sorted distinct values, and those values."""
    packed = pack_text(values)
    if packed is None:
        codes, labels = pd.factorize(values, sort=True)
        return codes.astype(np.int64, copy=False), pd.Index(labels)
    codes, size = packed
    if size <= _DIRECT:
        row = np.full(size, -1, dtype=np.int64)
        row[codes] = np.arange(len(codes))
        present = row >= 0
        return (np.cumsum(present) - 1)[codes], pd.Index(values.iloc[row[present]])
    _, rows, inverse = np.unique(codes, return_index=True, return_inverse=True)
    return inverse, pd.Index(values.iloc[rows])


def find_text(values: "pd.Series[str]", labels: pd.Index) -> npt.NDArray[np.int32]:
    """Return the position of every value in the unique ``labels``; -1 where it is not among them."""
    known = labels.to_series()
    layout = _find_layout(known)
    if layout is None or layout.size > _DIRECT or _list_chunks(values) is None:
        return labels.get_indexer(pd.Index(values)).astype(np.int32)
    position = np.full(layout.size, -1, dtype=np.int32)
    for rows, code in _iterate_codes(known, layout):
        position[code] = np.arange(rows.start, rows.stop)
    found = np.empty(len(values), dtype=np.int32)
    for rows, code in _iterate_codes(values, layout):
        found[rows] = np.where(code < 0, -1, position[code])
    return found


def _find_layout(values: "pd.Series[str]") -> Layout | None:
    chunks = _list_chunks(values)
    if chunks is None:
        return None
    width = max((int(np.diff(offsets).max()) for offsets, _ in chunks if len(offsets) > 1), default=0)
    if width > _WIDEST or any(data[offsets[0] : offsets[-1]].min(initial=255) == 0 for offsets, data in chunks):
        return None
    seen = np.zeros((width, 256), dtype=bool)
    for chunk in chunks:
        for place, column in enumerate(_iterate_columns(chunk, width)):
            seen[place] |= np.bincount(column, minlength=256) > 0
    ranks = np.where(seen, np.cumsum(seen, axis=1) - 1, -1).astype(np.int16)
    layout = Layout(ranks, tuple(seen.sum(axis=1).tolist()))
    return layout if layout.size <= _LARGEST else None


def _iterate_codes(values: "pd.Series[str]", layout: Layout) -> Iterator[tuple[slice, Integers]]:
    """Yield rows and the code of each of their texts, -1 for one that the layout does not know."""
    start, width = 0, len(layout.sizes)
    for chunk in _list_chunks(values) or []:
        code = np.zeros(len(chunk[0]) - 1, dtype=np.int64)
        strange = np.diff(chunk[0]) > width
        for ranks, size, column in zip(layout.ranks, layout.sizes, _iterate_columns(chunk, width), strict=True):
            rank = ranks[column]
            strange |= rank < 0
            code *= size
            code += rank
        code[strange] = -1
        yield slice(start, start + len(code)), code
        start += len(code)


Chunk = tuple[npt.NDArray[np.signedinteger], npt.NDArray[np.uint8]]


def _iterate_columns(chunk: Chunk, width: int) -> Iterator[npt.NDArray[np.uint8]]:
    """Yield the bytes at each place of the texts, 0 past the end of a text."""
    offsets, data = chunk
    lengths = np.diff(offsets)
    if len(lengths) and (lengths == width).all():
        yield from data[offsets[0] : offsets[-1]].reshape(len(lengths), width).T
        return
    for place in range(width):
        inside = lengths > place
        column = np.zeros(len(lengths), dtype=np.uint8)
        column[inside] = data[offsets[:-1][inside] + place]
        yield column


def _list_chunks(values: "pd.Series[str]") -> list[Chunk] | None:
    """Return offsets and bytes of a text column as Arrow holds them, without copying; None when it does not."""
    array: Any = values.array
    if values.hasnans or not hasattr(array, "__arrow_array__") or getattr(array.dtype, "storage", "") != "pyarrow":
        return None
    arrow = array.__arrow_array__()
    chunks: list[Chunk] = []
    for piece in arrow.chunks if hasattr(arrow, "chunks") else [arrow]:
        _, places, data = piece.buffers()
        kind = np.dtype(np.int64 if str(piece.type).startswith("large") else np.int32)
        offsets = np.frombuffer(places, dtype=kind, count=len(piece) + 1, offset=piece.offset * kind.itemsize)
        text = np.frombuffer(data, dtype=np.uint8) if data is not None else np.zeros(0, dtype=np.uint8)
        chunks += [(offsets[row : row + _BLOCK + 1], text) for row in range(0, len(piece), _BLOCK)]
    return chunks
