"""The map maker's own layers, on the grid of the page."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely

import geodata
from maps.look.geo_layer import GeoLayer
from maps.page.basemap import Basemap
from maps.page.plain_values import cut_name, pair
from maps.page.shapes import pack_rings, place_lines, place_rings

_DENSE = 0.25
"""Degrees: longer straight stretches would cross a curved parallel as a chord."""


def list_geo_layers(layers: Iterable[GeoLayer], basemap: Basemap) -> list[dict[str, Any]]:
    """Write layers as the data block holds them.

    Returns
    -------
    list of dict
        ``key``, ``title``, ``colour``, ``width``, ``shown``; ``areas`` and ``lines`` (packed rings of each feature) and
        ``points`` (x, y of each point), each with its text. Features without a text have an empty one.
    """
    return [_write_layer(layer, basemap) for layer in layers]


def _write_layer(layer: GeoLayer, basemap: Basemap) -> dict[str, Any]:
    found: dict[str, list[list[Any]]] = {"areas": [], "lines": [], "points": []}
    for kind, parts, text in layer.list_features():
        if kind == "points":
            places = _project(shapely.points([part[:2] for part in parts]), basemap)
            points = basemap.plane.place(shapely.get_coordinates(places)).tolist()
            found[kind] += [[x, y, cut_name(text)] for x, y in points]
            continue
        found[kind].append([_pack(kind, parts, basemap), cut_name(text)])
    head = {"key": layer.key, "title": pair(layer.title), "colour": layer.colour.lower(), "width": layer.width}
    return {**head, "shown": layer.shown, **found}


def _pack(kind: str, parts: list[Any], basemap: Basemap) -> str:
    place, make = (place_rings, _make_area) if kind == "areas" else (place_lines, _make_line)
    shapes = shapely.segmentize([make(part) for part in parts], _DENSE)
    return pack_rings(ring for shape in _project(shapes, basemap) for ring in place(shape, basemap.plane))


def _make_line(part: list[Any]) -> shapely.LineString:
    return shapely.LineString([point[:2] for point in part])


def _make_area(part: list[Any]) -> shapely.Polygon:
    outer, *holes = [[point[:2] for point in ring] for ring in part]
    return shapely.Polygon(outer, holes)


def _project(shapes: Any, basemap: Basemap) -> Any:  # noqa: ANN401 - arrays of geometries
    return geodata.project(np.atleast_1d(shapes), basemap.projection)
