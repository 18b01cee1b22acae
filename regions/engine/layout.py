"""Texts of letters and digits at fixed places, read as numbers that keep their order."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regions.engine.texts import BLOCK, Bytes, Chunk, Integers, Texts, has_nul, list_blocks, read_bytes
from regions.engine.threads import map_blocks

_WIDEST = 64
_FEW = 16  # a range of so many bytes is not looked at closer
_TOGETHER = 64  # texts that are compared at a time


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """How texts are read as numbers: what stands at a place is multiplied by a weight, or looked up in a table.

    Attributes
    ----------
    width
        Number of places. Past the end of a text stands byte 0.
    size
        Number of codes that the layout can give.
    start
        First place where texts differ.
    weight, base
        What the byte at each place from there on is multiplied by (0 for places with a table), and what is taken off
        the sum.
    tables
        Place -> what each byte adds (int64; negative when it was not seen), where few bytes of a wide range occur.
    low, span
        Smallest byte at each place and distance to the largest, repeated for a block of texts.
    """

    width: int
    size: int
    start: int
    weight: Integers
    base: int
    tables: dict[int, Integers]
    low: Bytes
    span: Bytes


def find_layout(texts: Texts, limit: int, threads: int | None = None) -> Layout | None:
    """Find how texts can be read as at most ``limit`` numbers; None when they cannot, or hold a NUL."""
    width = texts.width
    if width > _WIDEST or not texts.size or has_nul(texts):
        return None
    blocks = list_blocks(texts)
    ranges = np.array(map_blocks(lambda block: _find_range(*block, width), blocks, threads))
    low, high = ranges[:, 0].min(axis=0), ranges[:, 1].max(axis=0)
    sizes = [int(top) - int(bottom) + 1 for bottom, top in zip(low, high, strict=True)]
    seen: dict[int, npt.NDArray[np.bool_]] = {}
    if _multiply(sizes) > limit:
        wide = [place for place, size in enumerate(sizes) if size > _FEW]
        occurs = np.logical_or.reduce(map_blocks(lambda block: _find_seen(*block, width, wide), blocks, threads))
        seen = {place: found for place, found in zip(wide, occurs, strict=True) if found.sum() < sizes[place]}
        sizes = [int(seen[place].sum()) if place in seen else size for place, size in enumerate(sizes)]
    if _multiply(sizes) > limit:
        return None
    weight = [_multiply(sizes[place + 1 :]) for place in range(width)]
    tables = {place: np.where(found, (np.cumsum(found) - 1) * weight[place], -1) for place, found in seen.items()}
    plain = np.array([0 if place in seen else weight[place] for place in range(width)], dtype=np.int64)
    start = next((place for place, size in enumerate(sizes) if size > 1), width)
    base = int(plain[start:] @ low[start:].astype(np.int64))
    span = np.where([place in seen for place in range(width)], 255, high - low).astype(np.uint8)
    low = np.where([place in seen for place in range(width)], 0, low).astype(np.uint8)
    return Layout(
        width, _multiply(sizes), start, plain[start:], base, tables, np.tile(low, BLOCK), np.tile(span, BLOCK)
    )


def encode(chunk: Chunk, rows: slice, layout: Layout) -> Integers:
    """Return the code of some texts; of no meaning for those in `list_strange`."""
    found = read_bytes(chunk, rows, layout.width)
    code: Integers = found[:, layout.start :].astype(np.int64) @ layout.weight
    code -= layout.base
    for place, table in layout.tables.items():
        code += table[found[:, place]]
    return code


def list_strange(chunk: Chunk, rows: slice, layout: Layout) -> Integers:
    """Return which of some texts have a byte, or a length, that the layout does not know."""
    found = np.ascontiguousarray(read_bytes(chunk, rows, layout.width))
    outside = (found.reshape(-1) - layout.low[: found.size]) > layout.span[: found.size]
    strange = np.diff(chunk.offsets[rows.start : rows.stop + 1]) > layout.width
    if outside.any():
        strange |= outside.reshape(found.shape).any(axis=1)
    for place, table in layout.tables.items():
        strange |= table[found[:, place]] < 0
    return np.flatnonzero(strange)


def _find_range(chunk: Chunk, rows: slice, width: int) -> tuple[Bytes, Bytes]:
    """Return the smallest and the largest byte at each place."""
    found = np.ascontiguousarray(read_bytes(chunk, rows, width))
    many = len(found) // _TOGETHER * _TOGETHER
    low, high = found[many:].min(axis=0, initial=255), found[many:].max(axis=0, initial=0)
    if many:
        # Numpy compares long rows fast, and short ones one by one.
        long = found[:many].reshape(many // _TOGETHER, _TOGETHER * width)
        low = np.minimum(low, long.min(axis=0).reshape(_TOGETHER, width).min(axis=0))
        high = np.maximum(high, long.max(axis=0).reshape(_TOGETHER, width).max(axis=0))
    return low, high


def _find_seen(chunk: Chunk, rows: slice, width: int, places: list[int]) -> npt.NDArray[np.bool_]:
    """Return which bytes stand at some places: one row per place."""
    found = read_bytes(chunk, rows, width)
    counts = [np.bincount(found[:, place], minlength=256) for place in places]
    return np.array(counts).reshape(len(places), 256) > 0


def _multiply(sizes: list[int]) -> int:
    product = 1
    for size in sizes:
        product *= size
    return product
