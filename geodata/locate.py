"""Find the region that an actor's coordinates lie in."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from regions.arrays import Floats, Integers
from regions.errors import MethodError
from regions.messages import say

if TYPE_CHECKING:
    import geopandas as gpd


HOW = ("given", "inside", "border", "nearest", "outside", "no coordinates")
"""What ``locate_actors`` says about every actor."""

_KM_PER_DEGREE = 110.574  # of latitude at the equator, where it is shortest on WGS84
_SAME_KM = 1e-6
_NARROWEST = 0.01  # cosine of 89.4 degrees; beyond, a degree of longitude is hardly anything


def locate_actors(actors: pd.DataFrame, boundaries: "gpd.GeoDataFrame", *, tolerance_km: float = 5.0) -> pd.DataFrame:
    """Place actors in the region that their coordinates lie in.

    Parameters
    ----------
    actors
        Index ``id``; ``lon``, ``lat`` in degrees (EPSG:4326), NaN where unknown. Where a column ``region`` is there and
        filled, that region stays.
    boundaries
        Index ``code``, ``geometry`` polygons, EPSG:4326 (None for a region without), as ``read_boundaries`` gives
        them. Polygons may overlap.
    tolerance_km
        A point outside all polygons belongs to the nearest one within this distance: coasts are simplified, and
        islets are left out. 0 for none.

    Returns
    -------
    DataFrame
        Same index; ``region`` (code, or "" for an actor that cannot be placed), ``distance`` (kilometres on the
        WGS84 ellipsoid to the region: 0 inside, NaN unless placed by its point) and ``how``, one of ``HOW``:
        ``border`` when several regions have the point on their border or claim it, the first code counts then;
        ``outside`` when none is near enough. Of two regions equally near, the first code counts. Nearness is not
        looked for across the antimeridian.

    Raises
    ------
    MethodError
        The tolerance is negative, coordinates are no degrees, or a column is missing.
    """
    _check(actors, tolerance_km)
    codes, shapes = _take_shapes(boundaries)
    lon, lat = actors["lon"].to_numpy(float), actors["lat"].to_numpy(float)
    given = actors["region"].fillna("").astype(str).to_numpy() if "region" in actors else np.full(len(actors), "")
    open_points = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat) & (given == ""))
    place = np.full(len(actors), -1)
    how = np.where(given != "", "given", "no coordinates").astype(object)
    distance = np.full(len(actors), np.nan)
    chosen, claims = _find_inside(shapes, lon[open_points], lat[open_points])
    place[open_points], how[open_points] = chosen, np.where(claims > 1, "border", "inside")
    distance[open_points] = 0.0
    rest = open_points[chosen < 0]
    place[rest], distance[rest] = _find_nearest(shapes, (lon[rest], lat[rest]), tolerance_km)
    how[rest] = np.where(place[rest] < 0, "outside", "nearest")
    region = np.where(place >= 0, codes[place] if len(codes) else "", given)
    columns = {"region": pd.array(region, dtype="str"), "distance": distance, "how": pd.array(how, dtype="str")}
    return pd.DataFrame(columns, index=actors.index)


def _check(actors: pd.DataFrame, tolerance_km: float) -> None:
    missing = [column for column in ("lon", "lat") if column not in actors]
    if missing:
        raise MethodError(say("actors/no-column", missing=missing))
    if not tolerance_km >= 0:
        raise MethodError(f"the tolerance must not be negative, it is {tolerance_km}")
    wrong = actors.index[(actors["lon"].abs() > 180) | (actors["lat"].abs() > 90)]  # noqa: PLR2004 - degrees
    if len(wrong):
        shown = ", ".join(map(str, wrong[:5]))
        raise MethodError(say("actors/no-degrees", count=len(wrong), shown=shown))


def _take_shapes(boundaries: "gpd.GeoDataFrame") -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    """Return codes and polygons in the order of the codes, without regions that have none."""
    shapes = np.asarray(boundaries.geometry, dtype=object)
    filled = np.array([shape is not None and not shape.is_empty for shape in shapes], dtype=bool)
    codes = np.asarray(boundaries.index, dtype=object)[filled]
    order = np.argsort(codes.astype(str), kind="stable")
    return codes[order], shapes[filled][order]


def _find_inside(shapes: npt.NDArray[np.object_], lon: Floats, lat: Floats) -> tuple[Integers, Integers]:
    """Return the first polygon that each point touches (-1 for none), and how many touch it.

    The tree holds the points and is asked by polygon: GEOS then prepares each polygon once.
    """
    tree = shapely.STRtree(np.asarray(shapely.points(lon, lat), dtype=object))
    polygon, point = tree.query(shapes, predicate="intersects")
    first = np.full(len(lon), len(shapes))
    np.minimum.at(first, point, polygon)
    first[first == len(shapes)] = -1
    return first, np.bincount(point, minlength=len(lon))


def _find_nearest(
    shapes: npt.NDArray[np.object_], points: tuple[Floats, Floats], tolerance_km: float
) -> tuple[Integers, Floats]:
    """Return the nearest polygon of each point within the tolerance (-1 for none), and its distance in km."""
    lon, lat = points
    best, distance = np.full(len(lon), -1), np.full(len(lon), np.nan)
    if not len(lon) or not len(shapes) or tolerance_km == 0:
        return best, distance
    high = tolerance_km / _KM_PER_DEGREE
    wide = high / np.maximum(np.cos(np.radians(np.minimum(np.abs(lat) + high, 90.0))), _NARROWEST)
    windows = shapely.box(lon - wide, lat - high, lon + wide, lat + high)
    point, polygon = shapely.STRtree(shapes).query(windows)
    pieces = _clip(shapes[polygon], windows[point])
    filled = ~shapely.is_empty(pieces)
    point, polygon, pieces = point[filled], polygon[filled], pieces[filled]
    apart = _measure_apart(pieces, lon[point], lat[point])
    near = apart <= tolerance_km
    point, polygon, apart = point[near], polygon[near], apart[near]
    order = np.lexsort((polygon, np.round(apart / _SAME_KM), point))
    winners, at = np.unique(point[order], return_index=True)
    best[winners], distance[winners] = polygon[order][at], apart[order][at]
    return best, distance


def _clip(shapes: npt.NDArray[np.object_], windows: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Cut each polygon to its window, so that distances cost what is near and not the whole coast."""
    bounds = shapely.bounds(windows)
    pieces = [shapely.clip_by_rect(shape, *box) for shape, box in zip(shapes, bounds, strict=True)]
    return np.array(pieces, dtype=object)


def _measure_apart(shapes: npt.NDArray[np.object_], lon: Floats, lat: Floats) -> Floats:
    """Return the kilometres from each point to its polygon.

    The nearest spot is found in the plane that touches the Earth at the point, true enough over some kilometres; its
    distance is then measured on the ellipsoid.
    """
    from pyproj import Geod  # noqa: PLC0415 - slow to import, only where used

    shrink = np.maximum(np.cos(np.radians(lat)), _NARROWEST)
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    local = (coordinates - np.column_stack([lon, lat])[owner]) * np.column_stack([shrink, np.ones_like(shrink)])[owner]
    plane = shapely.set_coordinates(shapes.copy(), local)
    lines = shapely.shortest_line(shapely.points(np.zeros_like(lon), np.zeros_like(lat)), plane)
    ends = shapely.get_coordinates(lines)[1::2]
    _, _, metres = Geod(ellps="WGS84").inv(lon, lat, lon + ends[:, 0] / shrink, lat + ends[:, 1])
    return np.asarray(metres, dtype=np.float64) / 1000.0
