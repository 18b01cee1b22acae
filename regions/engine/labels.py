"""Codes -> the texts they stand for, as an Arrow column, without making Python texts."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from regions.engine.texts import Chunk, read_texts
from regions.engine.threads import map_blocks

_BLOCK = 2**18


def put_labels(table: pd.DataFrame, columns: Sequence[str], labels: pd.Index, threads: int | None = None) -> None:
    """Replace codes in columns of a table by the texts they stand for.

    Parameters
    ----------
    table
        Changed.
    columns
        Columns of positions in ``labels``.
    labels
        Text, without missing values.
    threads
        See `regions.engine.threads.map_blocks`.
    """
    texts = read_texts(labels.to_series())
    if texts is None or len(table) < _BLOCK:
        for name in columns:
            table[name] = labels.take(table[name].to_numpy()).array
        return
    import pyarrow as pa  # noqa: PLC0415 - an extra; labels held by Arrow show that it is there

    kind: Any = labels.dtype
    even = len(texts.chunks) == 1 and texts.width == texts.chunks[0].width > 0
    ends = pa.py_buffer(np.arange(0, (len(table) + 1) * texts.width, texts.width)) if even else None  # for all columns
    whole = labels.array.__arrow_array__().combine_chunks()
    for name in columns:
        codes = table[name].to_numpy()
        if even:
            found = pa.py_buffer(_take_even(texts.chunks[0], codes, threads))
            arrow = pa.LargeStringArray.from_buffers(len(codes), ends, found)
        else:
            pieces = [pa.array(codes[start : start + _BLOCK]) for start in range(0, len(codes), _BLOCK)]
            arrow = pa.chunked_array(map_blocks(whole.take, pieces, threads))
        table[name] = kind.__from_arrow__(arrow)


def _take_even(chunk: Chunk, codes: npt.NDArray[np.signedinteger], threads: int | None) -> npt.NDArray[np.uint8]:
    """Return the bytes of texts that are all of one length, one row per code."""
    table = chunk.data[chunk.offsets[0] : chunk.offsets[-1]].reshape(-1, chunk.width)
    found = np.empty((len(codes), chunk.width), dtype=np.uint8)

    def write(start: int) -> None:
        rows = slice(start, start + _BLOCK)
        np.take(table, codes[rows], axis=0, out=found[rows], mode="clip")

    map_blocks(write, range(0, len(codes), _BLOCK), threads)
    return found
