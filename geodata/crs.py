"""Coordinate systems: from those of files to degrees, from degrees to the metres of a map."""

import math
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from regions.arrays import Floats
from regions.errors import Fault, MethodError, StudyError
from regions.messages import say

_WIDE = 180.0  # degrees of longitude; a cone opened farther than that looks like no map
_FLAT = 1.0  # degrees; parallels so evenly on both sides of the equator make the cone a cylinder
_READS_FILES = re.compile(r"grids\s*=\s*(?!@null)|init\s*=|PARAMETERFILE", re.IGNORECASE)
_LIMITS = ((-180.0, 180.0), (-90.0, 90.0))


def choose_projection(bounds: tuple[float, float, float, float]) -> str:
    """Choose an equal-area projection for an extent.

    Parameters
    ----------
    bounds
        West, south, east, north in degrees (EPSG:4326). West greater than east means an extent across the 180th
        meridian; the bounds of polygons that were cut there (-180 to 180) describe the whole Earth instead.

    Returns
    -------
    str
        PROJ string, metres, WGS84. Albers with standard parallels 1/6 of the height inside the south and north edge
        (Deetz and Adams 1934; Snyder 1987, p. 99), central meridian and origin in the middle. Lambert's cylindrical
        equal-area where the parallels lie symmetric about the equator, as Albers has no cone there. Equal Earth for
        extents wider than 180 degrees.

    Raises
    ------
    MethodError
        Bounds that are not finite, outside the Earth, or with south above north.

    References
    ----------
    Snyder (1987), Map Projections: A Working Manual, doi:10.3133/pp1395.

    Examples
    --------
    >>> choose_projection((73.0, 18.0, 135.0, 54.0)).split()[0]
    '+proj=aea'
    """
    west, south, east, north = (float(value) for value in bounds)
    _check(west, south, east, north)
    if west > east:
        east += 360.0
    middle = (west + east) / 2
    middle -= 360.0 if middle > _LIMITS[0][1] else 0.0
    tail = "+datum=WGS84 +units=m +no_defs"
    if east - west > _WIDE:
        return f"+proj=eqearth +lon_0={middle:.4f} {tail}"
    first, second = south + (north - south) / 6, north - (north - south) / 6
    if abs(first + second) < _FLAT:
        return f"+proj=cea +lat_ts={max(abs(first), abs(second)):.4f} +lon_0={middle:.4f} {tail}"
    origin = (south + north) / 2
    return f"+proj=aea +lat_1={first:.4f} +lat_2={second:.4f} +lat_0={origin:.4f} +lon_0={middle:.4f} {tail}"


def _check(west: float, south: float, east: float, north: float) -> None:
    (least, most), (lowest, highest) = _LIMITS
    finite = all(map(math.isfinite, (west, south, east, north)))
    if not (finite and least <= west <= most and least <= east <= most and lowest <= south <= north <= highest):
        raise MethodError(f"no extent in degrees: west {west}, south {south}, east {east}, north {north}")


def project(shapes: Any, projection: str) -> npt.NDArray[Any]:  # noqa: ANN401 - whatever holds shapely geometries
    """Project shapes to metres.

    Parameters
    ----------
    shapes
        Shapely geometries (array, list or GeoSeries) in EPSG:4326; None stays None.
    projection
        PROJ string, such as ``choose_projection`` returns.

    Returns
    -------
    ndarray
        Shape (n,), geometries in metres, same order.

    Raises
    ------
    MethodError
        The projection is not understood, or a point lies outside its reach.

    Examples
    --------
    >>> from shapely import Point, get_coordinates
    >>> get_coordinates(project([Point(0, 0)], "+proj=aeqd +lon_0=0 +lat_0=0")).tolist()
    [[0.0, 0.0]]
    """
    array = np.atleast_1d(np.asarray(shapes, dtype=object))

    def turn(xy: Floats) -> Floats:
        return project_points(xy[:, 0], xy[:, 1], projection)

    return np.asarray(shapely.transform(array, turn), dtype=object) if array.size else array


def project_points(lon: npt.ArrayLike, lat: npt.ArrayLike, projection: str) -> Floats:
    """Project points to metres.

    Parameters
    ----------
    lon, lat
        Shape (n,), degrees, EPSG:4326; NaN stays NaN.
    projection
        PROJ string, such as ``choose_projection`` returns.

    Returns
    -------
    ndarray
        Shape (n, 2): x east, y north, metres.

    Raises
    ------
    MethodError
        The projection is not understood, or a point lies outside its reach.

    Examples
    --------
    >>> project_points([0.0], [0.0], "+proj=aeqd +lon_0=0 +lat_0=0").tolist()
    [[0.0, 0.0]]
    """
    from pyproj.exceptions import ProjError  # noqa: PLC0415 - slow to import, only where used

    try:
        transform = _find_transform("EPSG:4326", projection)
    except ProjError as error:
        raise MethodError(say("map/projection", projection=projection, error=error)) from error
    degrees = np.column_stack([np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)])
    metres = transform(degrees)
    metres[np.isnan(degrees).any(axis=1)] = np.nan
    outside = np.isinf(metres).any(axis=1)
    if outside.any():
        where = ", ".join(map(str, degrees[outside][0].tolist()))
        raise MethodError(say("map/outside-projection", count=int(outside.sum()), projection=projection, where=where))
    return metres


def to_degrees(
    shapes: Sequence[BaseGeometry | None], crs: str, file: str
) -> tuple[list[BaseGeometry | None], list[Fault]]:
    """Turn the shapes of a file into longitude and latitude on WGS84.

    Parameters
    ----------
    crs
        Anything that ``pyproj.CRS`` understands; "" where the file does not say: taken for degrees.
    file
        For messages.

    Returns
    -------
    shapes, warnings
        EPSG:4326, heights left out; ``W-CRS`` when something was turned or taken for granted. Coordinates outside the
        reach of the projection become infinite.

    Raises
    ------
    StudyError
        ``E-CRS``: the system is not understood.
    """
    if not crs:
        return list(shapes), [Fault.of(file, say("W-CRS/none-named"))]
    from pyproj import CRS  # noqa: PLC0415 - slow to import, only where used
    from pyproj.exceptions import ProjError  # noqa: PLC0415 - as above

    try:
        system = CRS.from_user_input("" if _READS_FILES.search(crs) else crs)  # an empty text is no system
        if system.equals(CRS.from_epsg(4326), ignore_axis_order=True):
            return list(shapes), []
        transform = _find_transform(system, "EPSG:4326")
    except ProjError as error:
        raise StudyError(Fault.of(file, say("E-CRS/unknown", crs=crs[:60]))) from error
    name = system.name[:60]
    turned = [None if shape is None else shapely.transform(shapely.force_2d(shape), transform) for shape in shapes]
    return turned, [Fault.of(file, say("W-CRS/reprojected", name=name))]


def _find_transform(source: Any, target: str) -> Callable[[Floats], Floats]:  # noqa: ANN401 - a CRS, or words for one
    """Return the function that turns points, shape (n, 2), x before y; grids are never fetched."""
    from pyproj import Transformer  # noqa: PLC0415 - slow to import, only where used
    from pyproj.network import set_network_enabled  # type: ignore[attr-defined] # noqa: PLC0415 - as above

    set_network_enabled(active=False)  # whatever the environment says
    transformer = Transformer.from_crs(source, target, always_xy=True)

    def transform(points: Floats) -> Floats:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return transform
