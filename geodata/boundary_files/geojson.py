"""Read the features of a GeoJSON file, with json and shapely only.

No GDAL driver ever sees the file: GDAL guesses the format from the content and follows what it finds there, to other
files and to the network.
"""

import re
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any, cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.boundary_files.layer import Feature, Known, Polygons, RawLayer, build_layer, refuse_kind
from geodata.boundary_files.strict_json import JsonObject, read_json
from regions.arrays import Floats
from regions.errors import Fault, StudyError
from regions.messages import Message, say
from regions.words import Words

_PLAIN = re.compile(r"CRS:?84$|EPSG:+4326$", re.IGNORECASE)
_EPSG = re.compile(r"EPSG:{1,2}(?:[\d.]*:)?(\d{4,6})$", re.IGNORECASE)
_SHORTEST_RING, _SHORTEST_LINE = 3, 2  # points, without the closing one
_PAIR = 2


def read_geojson(path: Path, *, codes: Iterable[str] = (), known: Known | None = None) -> Polygons:
    """Read a GeoJSON FeatureCollection of polygons with a code each.

    Parameters
    ----------
    path
        The file: RFC 7946, or older with a ``crs`` member that names an EPSG code.
    codes
        Known codes, in place of ``known``. A number in the file that lost its leading zeros is matched to them.
    known
        What the study knows of its regions.

    Returns
    -------
    Polygons
        Invalid polygons are repaired, those across the 180th meridian cut there; each with a warning.

    Raises
    ------
    StudyError
        With every fault found, by number and code of the feature.
    """
    document, warnings = read_json(path)
    features = [_read_feature(feature) for feature in _check_document(document, path.name)]
    layer = RawLayer(features, _find_system(document, path.name), tuple(warnings))
    return build_layer(layer, path.name, known or Known(frozenset(codes)))


def _check_document(document: Any, file: str) -> list[Any]:  # noqa: ANN401 - whatever stands in the file
    kind = document.get("type") if isinstance(document, dict) else None
    features = document.get("features") if isinstance(document, dict) else None
    if kind != "FeatureCollection" or not isinstance(features, list):
        shown = ascii(kind)[:40]
        raise StudyError(Fault.of(file, say("E-FORMAT/no-collection", type=shown)))
    repeated = document.repeated if isinstance(document, JsonObject) else ()
    if repeated:
        raise StudyError(Fault.of(file, say("E-JSON/key-twice", key=repeated[0])))
    return features


def _find_system(document: dict[str, Any], file: str) -> str:
    """Return the coordinate system that a document declares by a plain EPSG number: a link would have to be fetched.

    Raises
    ------
    StudyError
        ``E-CRS``: the member names something else.
    """
    member = document.get("crs")
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    plain = name.strip() if isinstance(name, str) else ""
    if member is None or _PLAIN.search(plain):
        return "EPSG:4326"
    match = _EPSG.search(plain)
    if match:
        return f"EPSG:{match.group(1)}"
    raise StudyError(Fault.of(file, say("E-CRS/member", crs=ascii(name if name is not None else member)[:60])))


def _read_feature(feature: Any) -> Feature:  # noqa: ANN401 - whatever stands in the file
    if not isinstance(feature, JsonObject) or feature.get("type") != "Feature":
        return Feature({}, faults=(say("E-FORMAT/no-feature"),))
    properties, geometry = feature.get("properties"), feature.get("geometry")
    faults = [_repeated_key(name) for name in _find_repeated(feature)]
    shape = None
    try:
        shape = build_geometry(geometry)
    except BadGeometryError as error:
        faults.append(error.fault)
    return Feature(properties if isinstance(properties, dict) else {}, feature.get("id"), shape, tuple(faults))


def _repeated_key(name: str) -> Message:
    return say("E-JSON/repeated", key=Words(ascii(name), f"“{name}”"))


def _find_repeated(feature: JsonObject) -> list[str]:
    """Return keys that stand twice in the feature, its properties or its geometry."""
    inside = [part for part in feature.values() if isinstance(part, JsonObject)]
    return [name for part in (feature, *inside) for name in part.repeated]


class BadGeometryError(Exception):
    """Why coordinates make no geometry."""

    def __init__(self, fault: Message) -> None:
        super().__init__(fault.words.en)
        self.fault = fault


def build_geometry(geometry: Any) -> BaseGeometry | None:  # noqa: ANN401 - whatever stands in the file
    """Build the polygon or line that a GeoJSON geometry describes; heights are dropped, open rings closed.

    Returns
    -------
    Geometry or None
        Floats as they stand in the file, of whatever range; may be invalid. None for an empty geometry.

    Raises
    ------
    BadGeometryError
        Another type of geometry, or coordinates that are not numbers, not finite, or nested wrongly.
    """
    if geometry is None:
        return None
    if not isinstance(geometry, dict):
        raise BadGeometryError(say("E-GEOM/no-object"))
    kind, nested = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon", "LineString", "MultiLineString"):
        raise BadGeometryError(refuse_kind(kind))
    if not isinstance(nested, list):
        raise BadGeometryError(say("E-GEOM/no-coordinates"))
    parts = nested if kind.startswith("Multi") else [nested]
    build = _build_polygon if kind.endswith("Polygon") else _build_line
    built = [build(part) for part in parts if part != []]
    if len(built) < _PAIR:
        return built[0] if built else None
    join: Any = shapely.MultiPolygon if kind.endswith("Polygon") else shapely.MultiLineString
    return cast("BaseGeometry", join(built))


def _build_polygon(rings: Any) -> BaseGeometry:  # noqa: ANN401 - whatever stands in the file
    if not isinstance(rings, list):
        raise BadGeometryError(say("E-GEOM/nested"))
    points = [_read_points(ring) for ring in rings]
    if any(len(ring) - (len(ring) > 0 and (ring[0] == ring[-1]).all()) < _SHORTEST_RING for ring in points):
        raise BadGeometryError(say("E-GEOM/short-ring"))
    return shapely.Polygon(points[0], points[1:])


def _build_line(points: Any) -> BaseGeometry:  # noqa: ANN401 - whatever stands in the file
    line = _read_points(points)
    if len(line) < _SHORTEST_LINE:
        raise BadGeometryError(say("E-GEOM/short-line"))
    return shapely.LineString(line)


def _read_points(points: Any) -> Floats:  # noqa: ANN401 - whatever stands in the file
    """Read a list of positions, shape (n, 2); a look at the types refuses words and truth values for numbers."""
    try:
        if set(map(type, chain.from_iterable(points))) <= {int, float} and all(len(point) >= _PAIR for point in points):
            array: Floats = np.array([point[:_PAIR] for point in points], dtype=np.float64).reshape(-1, _PAIR)
            if np.isfinite(array).all():
                return array
            raise BadGeometryError(say("E-GEOM/not-finite"))
    except TypeError as error:
        raise BadGeometryError(say("E-GEOM/nested")) from error
    except OverflowError as error:
        raise BadGeometryError(say("E-GEOM/not-finite")) from error
    wrong = next(point for point in points if not _is_position(point))
    raise BadGeometryError(say("E-GEOM/no-pair", point=ascii(wrong)[:60]))


def _is_position(point: Any) -> bool:  # noqa: ANN401 - whatever stands in the file
    return len(point) >= _PAIR and {type(value) for value in point} <= {int, float}
