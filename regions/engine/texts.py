"""A text column as Arrow holds it: bytes and offsets, read a block of rows at a time without making Python texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Integers = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]

BLOCK = 2**14  # rows at a time: the working arrays stay in the cache of the processor


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Rows that lie together.

    Attributes
    ----------
    start
        First row.
    offsets
        Where each text starts in ``data``, and the end of the last.
    data
        UTF-8.
    width
        Bytes of each text when all are of the same length, else -1.
    """

    start: int
    offsets: npt.NDArray[np.signedinteger]
    data: Bytes
    width: int


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """A column without missing values.

    Attributes
    ----------
    chunks
        Its rows.
    size
        Number of rows.
    width
        Bytes of the longest text.
    """

    chunks: tuple[Chunk, ...]
    size: int
    width: int


def read_texts(values: "pd.Series[str]") -> Texts | None:
    """Return the bytes of a column, without copying; None when Arrow does not hold it or a value is missing."""
    array: Any = values.array
    if values.hasnans or not hasattr(array, "__arrow_array__") or getattr(array.dtype, "storage", "") != "pyarrow":
        return None
    arrow = array.__arrow_array__()
    chunks: list[Chunk] = []
    size = width = 0
    for piece in arrow.chunks if hasattr(arrow, "chunks") else [arrow]:
        if not len(piece):
            continue
        _, places, data = piece.buffers()
        kind = np.dtype(np.int64 if str(piece.type).startswith("large") else np.int32)
        offsets = np.frombuffer(places, dtype=kind, count=len(piece) + 1, offset=piece.offset * kind.itemsize)
        text = np.frombuffer(data, dtype=np.uint8) if data is not None else np.zeros(0, dtype=np.uint8)
        lengths = np.diff(offsets)
        longest = int(lengths.max())
        chunks.append(Chunk(size, offsets, text, longest if lengths.min() == longest else -1))
        size, width = size + len(piece), max(width, longest)
    return Texts(tuple(chunks), size, width)


def list_blocks(texts: Texts) -> list[tuple[Chunk, slice]]:
    """Cut the rows into blocks; each lies in one chunk, and the slice counts from the start of that."""
    return [
        (chunk, slice(row, min(row + BLOCK, len(chunk.offsets) - 1)))
        for chunk in texts.chunks
        for row in range(0, len(chunk.offsets) - 1, BLOCK)
    ]


def has_nul(texts: Texts) -> bool:
    """Tell whether a text holds a NUL character, which stands for the end of a text in what follows."""
    return any((chunk.data[chunk.offsets[0] : chunk.offsets[-1]] == 0).any() for chunk in texts.chunks)


def read_bytes(chunk: Chunk, rows: slice, width: int) -> Bytes:
    """Return the bytes of some texts, one row per text, 0 past its end; longer texts than ``width`` are cut."""
    offsets = chunk.offsets[rows.start : rows.stop + 1]
    text = chunk.data[offsets[0] : offsets[-1]]
    if chunk.width == width:
        return text.reshape(len(offsets) - 1, width)
    lengths = np.diff(offsets)
    widest = max(width, int(lengths.max(initial=0)))
    found = np.zeros((len(lengths), widest), dtype=np.uint8)
    found[np.arange(widest) < lengths[:, None]] = text
    return found[:, :width]


def read_words(chunk: Chunk, rows: slice, n_words: int) -> Words:
    """Return some texts as 64-bit words, and the length of each in the last column: equal only for equal texts."""
    offsets = chunk.offsets[rows.start : rows.stop + 1]
    found = np.zeros((len(offsets) - 1, n_words + 1), dtype=np.uint64)
    found[:, -1] = np.diff(offsets)
    width = chunk.width if chunk.width >= 0 else 8 * n_words
    found.view(np.uint8)[:, :width] = read_bytes(chunk, rows, width)
    return found


def take_words(texts: Texts, rows: Integers, n_words: int) -> Words:
    """Return the texts of any rows as `read_words` does."""
    found = np.zeros((len(rows), n_words + 1), dtype=np.uint64)
    found_bytes = found.view(np.uint8)
    for chunk, to, local in _split(texts, rows):
        if chunk.width >= 0:
            table = chunk.data[chunk.offsets[0] : chunk.offsets[-1]].reshape(len(chunk.offsets) - 1, chunk.width)
            found[to, -1] = chunk.width
            found_bytes[to, : chunk.width] = table.take(local, axis=0, mode="clip")
            continue
        first = chunk.offsets[local]
        lengths = chunk.offsets[local + 1] - first
        ends = np.cumsum(lengths)
        place = np.repeat(first - ends + lengths, lengths) + np.arange(lengths.sum())
        part = np.zeros((len(local), 8 * n_words), dtype=np.uint8)
        part[np.arange(8 * n_words) < lengths[:, None]] = chunk.data[place]
        found[to, -1] = lengths
        found_bytes[to, : 8 * n_words] = part
    return found


def _split(texts: Texts, rows: Integers) -> Iterator[tuple[Chunk, slice | Integers, Integers]]:
    """Yield each chunk with the positions in ``rows`` that lie in it and where in the chunk they are."""
    if len(texts.chunks) == 1:
        yield texts.chunks[0], slice(None), rows
        return
    starts = np.array([chunk.start for chunk in texts.chunks])
    number = np.searchsorted(starts, rows, side="right") - 1
    order = np.argsort(number, kind="stable")
    bounds = np.searchsorted(number[order], np.arange(len(starts) + 1))
    for chunk, begin, end in zip(texts.chunks, bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        if begin < end:
            to = order[begin:end]
            yield chunk, to, rows[to] - chunk.start
