"""Repair the polygons of a file one by one: position on the Earth, the 180th meridian, validity."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from regions.errors import Fault
from regions.messages import Message, say

_EAST, _NORTH = 180.0, 90.0
_TURN = 360.0
_SAMPLE = 200
_MOST_CROSSINGS, _MOST_MET, _MOST_PAIRS = 100_000, 50, 20_000_000
_LIKE_METRES = 1e8  # beyond any easting or northing on Earth, zone number in front included


@dataclass(frozen=True, slots=True)
class Place:
    """Where a polygon stands: file, number of the feature (the first is 1), code of the region."""

    file: str
    feature: int
    code: str

    def fault(self, message: Message) -> Fault:
        """Return a fault of this feature."""
        placed = say("features/place", feature=self.feature, code=ascii(self.code)[1:-1], what=message)
        return Fault.of(self.file, message._replace(words=placed.words))


def check_range(shape: BaseGeometry, place: Place) -> Fault | None:
    """Return ``E-CRS`` for metres, ``E-LATRANGE`` for other coordinates outside +-180, +-90 degrees, else None."""
    west, south, east, north = shape.bounds
    lon, lat = max(abs(west), abs(east)), max(abs(south), abs(north))
    if lon <= _EAST and lat <= _NORTH:
        return None
    reach = {"lon": lon, "lat": lat}
    if lon <= _NORTH and lat <= _EAST:
        return place.fault(say("E-LATRANGE/swapped", **reach))
    if max(lon, lat) > _TURN and max(lon, lat) <= _LIKE_METRES:
        return place.fault(say("E-CRS/metres", **reach))
    return place.fault(say("E-LATRANGE/reach", **reach))


def check_crossings(shape: BaseGeometry, place: Place) -> Fault | None:
    """Return ``E-GEOM`` for an invalid polygon whose edges cross so often that repairing it would take forever.

    The crossings are guessed before they are looked for: a sample of the edges is compared with all of them by the
    boxes around them. Three thousand points at random make a million crossings, and repair takes a minute.
    """
    if shapely.is_valid(shape):
        return None
    ends, ring = shapely.get_coordinates(shapely.get_rings(shape), return_index=True)
    edges = shapely.linestrings(np.stack([ends[:-1], ends[1:]], axis=1)[ring[:-1] == ring[1:]])
    sample = edges[:: max(1, len(edges) // _SAMPLE)]
    met = len(shapely.STRtree(edges).query(sample)[0]) / max(len(sample), 1)
    total = met * len(edges)
    if total <= _MOST_CROSSINGS or (met <= _MOST_MET and total <= _MOST_PAIRS):
        return None
    return place.fault(say("E-GEOM/tangle", count=total / 2))


def split_at_antimeridian(shape: BaseGeometry, place: Place) -> tuple[BaseGeometry, list[Fault]]:
    """Cut a polygon that jumps from +180 to -180 degrees into parts on either side, with ``W-ANTIMERIDIAN``."""
    parts = shapely.get_parts(shape)
    jumping = [_jumps(part) for part in parts]
    if not any(jumping):
        return shape, []
    pieces: list[BaseGeometry] = []
    for part, jumps in zip(parts, jumping, strict=True):
        pieces += _cut(part) if jumps else [part]
    return shapely.MultiPolygon([p for piece in pieces for p in _polygons(piece)]), [place.fault(say("W-ANTIMERIDIAN"))]


def _jumps(polygon: shapely.Polygon) -> bool:
    """Tell whether an edge spans more than half the Earth; an edge from -180 to 180 is a border of a world map."""
    for ring in (polygon.exterior, *polygon.interiors):
        lon = shapely.get_coordinates(ring)[:, 0]
        steps = np.abs(np.diff(lon))
        if ((steps > _EAST) & (steps < _TURN)).any():
            return True
    return False


def _cut(polygon: shapely.Polygon) -> list[BaseGeometry]:
    eastward = shapely.transform(polygon, lambda xy: np.column_stack([xy[:, 0] % _TURN, xy[:, 1]]))
    whole = shapely.make_valid(eastward)
    near = shapely.intersection(whole, shapely.box(0, -_NORTH, _EAST, _NORTH))
    far = shapely.intersection(whole, shapely.box(_EAST, -_NORTH, _TURN, _NORTH))
    return [near, affinity.translate(far, xoff=-_TURN)]


def repair(shape: BaseGeometry, place: Place) -> tuple[BaseGeometry, list[Fault]]:
    """Make a polygon valid and report its area before and after.

    Returns
    -------
    shape, faults
        The polygon, ``W-INVALID`` when it was repaired. ``E-GEOM`` when no area is left.
    """
    if shapely.is_valid(shape):
        return shape, []
    reason = shapely.is_valid_reason(shape)
    made = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    polygons = [part for part in _polygons(made) if part.area > 0]
    if not polygons:
        return shape, [place.fault(say("E-GEOM/no-area"))]
    repaired = polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
    was, now = measure_area_km2(shape), measure_area_km2(repaired)
    return repaired, [place.fault(say("W-INVALID", reason=reason, was=was, now=now))]


def measure_area_km2(shape: BaseGeometry) -> float:
    """Return the area on the WGS84 ellipsoid in square kilometres, parts that wind the other way subtracted."""
    from pyproj import Geod  # noqa: PLC0415 - slow to import, only where used

    geod = Geod(ellps="WGS84")
    return float(sum(abs(geod.geometry_area_perimeter(part)[0]) for part in _polygons(shape)) / 1e6)


def _polygons(shape: BaseGeometry) -> list[Any]:
    return [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
