"""Turn the coordinates of one GeoJSON geometry into a polygon, or say why not."""

import math
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

Coordinates = npt.NDArray[np.float64]

KINDS = ("Polygon", "MultiPolygon")
_SHORTEST_RING = 3  # points, without the closing one


@dataclass(frozen=True, slots=True)
class BadGeometryError(Exception):
    """Why coordinates make no polygon: the sentence in English and in Chinese."""

    message: str
    message_zh: str


def build_polygon(geometry: dict[str, Any]) -> BaseGeometry | None:
    """Build the polygon that a GeoJSON geometry describes; heights are dropped, open rings closed.

    Parameters
    ----------
    geometry
        A GeoJSON geometry object.

    Returns
    -------
    Polygon, MultiPolygon or None
        Coordinates as they stand in the file, of whatever range; may be invalid. None for an empty geometry.

    Raises
    ------
    BadGeometryError
        Another type of geometry, or coordinates that are not numbers, not finite, or nested wrongly.
    """
    kind, nested = geometry.get("type"), geometry.get("coordinates")
    if kind not in KINDS:
        shown = ascii(kind)[:40]
        raise BadGeometryError(
            f"the geometry is {shown}; only {' and '.join(KINDS)} make a region", f"几何类型为 {shown}，须为面"
        )
    if not isinstance(nested, list):
        raise BadGeometryError("the coordinates are missing", "缺少坐标")
    polygons = [nested] if kind == "Polygon" else nested
    built = [_build_one(rings) for rings in polygons if rings != []]
    if not built:
        return None
    return built[0] if len(built) == 1 else shapely.MultiPolygon(built)


def _build_one(rings: Any) -> shapely.Polygon:  # noqa: ANN401 - whatever stands in the file
    if not isinstance(rings, list):
        raise BadGeometryError("the coordinates are nested wrongly", "坐标嵌套有误")
    shell, *holes = [_read_ring(ring) for ring in rings]
    return shapely.Polygon(shell, holes)


def _read_ring(ring: Any) -> Coordinates:  # noqa: ANN401 - whatever stands in the file
    points = _read_sound_ring(ring)
    if points is None:
        points = np.array([_read_point(point) for point in ring] if isinstance(ring, list) else [], dtype=np.float64)
    if len(points) - (len(points) > 0 and (points[0] == points[-1]).all()) < _SHORTEST_RING:
        raise BadGeometryError("a ring has fewer than three points", "环的点数少于三个")
    return points


def _read_sound_ring(ring: Any) -> Coordinates | None:  # noqa: ANN401 - whatever stands in the file
    """Read a ring that is as it should be without looking at every point in Python; None for any other."""
    try:
        if not set(map(type, chain.from_iterable(ring))) <= {int, float}:
            return None
        points: Coordinates = np.array(ring, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        return None
    sound = points.ndim == 2 and points.shape[1] > 1 and np.isfinite(points).all()  # noqa: PLR2004 - a table
    return points[:, :2] if sound else None


def _read_point(point: Any) -> tuple[float, float]:  # noqa: ANN401 - whatever stands in the file
    match point:
        case [int() | float() as x, int() | float() as y, *_] if not (isinstance(x, bool) or isinstance(y, bool)):
            pass
        case _:
            raise BadGeometryError(f"a point is no pair of numbers: {ascii(point)[:60]}", "某点不是一对数字")
    try:
        lon, lat = float(x), float(y)
    except OverflowError:
        lon = lat = math.inf
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise BadGeometryError("a coordinate is NaN or infinite", "坐标为 NaN 或无穷大")
    return lon, lat
