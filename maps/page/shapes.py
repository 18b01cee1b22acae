"""Geometry for the page: projected, put on an integer grid, and packed into short text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from regions.arrays import Integers

Ring = list[tuple[int, int]]

GRID = 16384
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_CORNERS = 3


@dataclass(frozen=True, slots=True)
class Plane:
    """The integer grid of one map: metres of the projection -> grid steps, x to the east, y to the north.

    Attributes
    ----------
    west, south
        Metres of the grid's origin.
    step
        Metres per grid step, the same both ways.
    """

    west: float
    south: float
    step: float

    def place(self, metres: npt.ArrayLike) -> Integers:
        """Return the nearest grid points of an N x 2 array of projected coordinates (metres)."""
        array = np.asarray(metres, dtype=float).reshape(-1, 2)
        return np.rint((array - (self.west, self.south)) / self.step).astype(np.int64)


def build_plane(bounds: tuple[float, float, float, float]) -> Plane:
    """Lay the grid over west, south, east, north (metres), its longer side ``GRID`` steps long.

    Places outside the bounds get negative or larger numbers; nothing is cut off. Bounds without any extent
    (a single point) get a step of one metre.
    """
    west, south, east, north = bounds
    return Plane(west, south, max(east - west, north - south) / GRID or 1.0)


def place_rings(geometry: BaseGeometry, plane: Plane) -> list[Ring]:
    """Put a projected polygon, multipolygon or collection of them on the grid.

    Returns
    -------
    list of rings
        Each ring is a list of grid points without the closing repeat; a point drawn with the even-odd rule,
        so outer rings and holes need no mark. Neighbours that shared vertices still share them. An islet smaller
        than a grid step becomes one step wide rather than vanish; such a hole is left out.
    """
    rings: list[Ring] = []
    for part in shapely.get_parts(geometry):
        if part.geom_type != "Polygon":
            continue
        outer = _thin(plane.place(shapely.get_coordinates(part.exterior)))
        rings.append(outer if _is_area(outer) else _speck(outer[0]))
        holes = (_thin(plane.place(shapely.get_coordinates(hole))) for hole in part.interiors)
        rings += [hole for hole in holes if _is_area(hole)]
    return rings


def place_lines(geometry: BaseGeometry, plane: Plane) -> list[Ring]:
    """Put projected lines on the grid: one list of grid points for each line of two points or more."""
    parts = (part for part in shapely.get_parts(geometry) if part.geom_type in {"LineString", "LinearRing"})
    lines = (_dedupe(plane.place(shapely.get_coordinates(part))) for part in parts)
    return [line for line in lines if len(line) > 1]


def pack_rings(rings: Iterable[Sequence[tuple[int, int]]]) -> str:
    """Pack rings or lines of grid points into text, about three characters a point.

    Each ring is its number of points, then the steps from point to point (the first from the last point of the ring
    before). A number is zigzag-coded and written five bits a character, lowest first, in the base64url alphabet;
    a character of 32 or more says that more follow.
    """
    numbers: list[int] = []
    x = y = 0
    for ring in rings:
        numbers.append(len(ring))
        for east, north in ring:
            numbers += (east - x, north - y)
            x, y = east, north
    return "".join(map(_pack_number, numbers))


def _pack_number(number: int) -> str:
    rest = number << 1 if number >= 0 else (-number << 1) - 1
    text = ""
    while rest > 31:  # noqa: PLR2004 - five bits a character
        text += _ALPHABET[32 | rest & 31]
        rest >>= 5
    return text + _ALPHABET[rest]


def _dedupe(points: Integers) -> Ring:
    keep = np.ones(len(points), dtype=bool)
    keep[1:] = (points[1:] != points[:-1]).any(axis=1)
    return [(x, y) for x, y in points[keep].tolist()]


def _thin(points: Integers) -> Ring:
    ring = _dedupe(points)
    return ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring


def _is_area(ring: Ring) -> bool:
    if len(ring) < _CORNERS:
        return False
    xy = np.asarray(ring)
    after = np.roll(xy, -1, axis=0)
    return bool((xy[:, 0] * after[:, 1] - after[:, 0] * xy[:, 1]).sum() != 0)


def _speck(point: tuple[int, int]) -> Ring:
    x, y = point
    return [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]


def unpack_rings(packed: str) -> list[Ring]:
    """Return the rings or lines that `pack_rings` packed.

    Examples
    --------
    >>> unpack_rings(pack_rings([[(0, 5), (-3, 7)], [(100, 2)]]))
    [[(0, 5), (-3, 7)], [(100, 2)]]
    """
    numbers = iter(_unpack_numbers(packed))
    rings: list[Ring] = []
    x = y = 0
    for length in numbers:
        ring = []
        for _ in range(length):
            x, y = x + next(numbers), y + next(numbers)
            ring.append((x, y))
        rings.append(ring)
    return rings


def _unpack_numbers(packed: str) -> Iterator[int]:
    number = shift = 0
    for letter in packed:
        value = _ALPHABET.index(letter)
        number |= (value & 31) << shift
        shift += 5
        if value < 32:  # noqa: PLR2004 - the last character of a number
            yield number >> 1 if not number & 1 else -(number + 1 >> 1)
            number = shift = 0
