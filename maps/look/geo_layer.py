"""A map maker's own points, lines and areas, drawn over the map."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maps.look.palette import is_colour
from maps.look.widths import WIDEST
from regions.messages import Message, say
from regions.words import Words

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_KINDS = {
    "Point": "points",
    "MultiPoint": "points",
    "LineString": "lines",
    "MultiLineString": "lines",
    "Polygon": "areas",
    "MultiPolygon": "areas",
}


@dataclass(frozen=True, slots=True, eq=False)
class GeoLayer:
    """Features of a GeoJSON document in longitude and latitude (WGS84), in one colour, with a switch and a legend row.

    Attributes
    ----------
    key
        Name in the page: small letters, digits and underscores.
    title
        Name in the legend.
    data
        A GeoJSON document: FeatureCollection, Feature or geometry, as a mapping, or the path of a file. A
        GeoDataFrame gives one by ``frame.to_geo_dict()``.
    label
        Property whose text is shown when the pointer is on a feature; empty for none. Every text is drawn as text.
    colour
        ``#rrggbb``.
    width
        Pixels of a line, of the edge of an area, or of the radius of a point.
    shown
        Whether it is drawn at first.

    Examples
    --------
    >>> line = {"type": "LineString", "coordinates": [[116.4, 39.9], [121.5, 31.2]]}
    >>> rail = GeoLayer("rail", Words("Rail", "铁路"), line, colour="#444444")
    >>> [(kind, len(geometry)) for kind, geometry, _ in rail.list_features()]
    [('lines', 1)]
    """

    key: str
    title: Words
    data: Mapping[str, Any] | str | Path
    label: str = ""
    colour: str = "#7a5c2e"
    width: float = 1.5
    shown: bool = True

    def list_features(self) -> Iterator[tuple[str, list[Any], str]]:
        """Yield ``points``, ``lines`` or ``areas``, the coordinates of its parts, and the text of each feature.

        Raises
        ------
        ValueError
            A geometry is of no known type or has no coordinates; `list_faults` says it before.
        """
        for geometry, properties in _walk(self._read()):
            kind = str(geometry["type"])
            parts = geometry["coordinates"] if kind.startswith("Multi") else [geometry["coordinates"]]
            text = properties.get(self.label, "") if self.label else ""
            yield _KINDS[kind], list(parts), "" if text is None else str(text)

    def list_faults(self) -> list[Message]:
        """Say all that is wrong with the layer; an empty list when nothing is."""
        faults = []
        if not _KEY.fullmatch(self.key):
            faults.append(say("map/key", key=self.key))
        if not is_colour(self.colour):
            faults.append(say("map/colour", name=self.key, wrong=[str(self.colour)]))
        if not 0 < self.width <= WIDEST:
            faults.append(say("map/width", key=self.key, width=self.width, most=WIDEST))
        try:
            wrong = _find_wrong(_walk(self._read()))
        except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
            return [*faults, say("map/geojson", key=self.key, reason=str(error))]
        return [*faults, *(say("map/geojson", key=self.key, reason=reason) for reason in wrong)]

    def _read(self) -> Mapping[str, Any]:
        if isinstance(self.data, Mapping):
            return self.data
        read: Mapping[str, Any] = json.loads(Path(self.data).read_text(encoding="utf-8-sig"))
        return read


def _walk(document: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Yield the geometries of a document with the properties of their features."""
    if document["type"] == "FeatureCollection":
        for feature in document["features"]:
            yield from _walk(feature)
    elif document["type"] == "Feature":
        if document["geometry"] is not None:
            yield from ((geometry, document.get("properties") or {}) for geometry, _ in _walk(document["geometry"]))
    elif document["type"] == "GeometryCollection":
        for geometry in document["geometries"]:
            yield from _walk(geometry)
    else:
        yield document, {}


def _find_wrong(features: Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> list[str]:
    """Return what is wrong with the geometries, each kind once."""
    wrong: dict[str, int] = {}
    count = 0
    for geometry, _ in features:
        count += 1
        kind = str(geometry["type"])
        if kind not in _KINDS:
            wrong[f"type {kind}"] = wrong.get(f"type {kind}", 0) + 1
        elif not _is_on_earth(geometry.get("coordinates")):
            wrong["coordinates"] = wrong.get("coordinates", 0) + 1
    if not count:
        return ["0 features"]
    return [f"{what} ({number} of {count})" for what, number in wrong.items()]


def _is_on_earth(coordinates: Any) -> bool:  # noqa: ANN401 - whatever stands in the document
    """Tell whether nested coordinates are longitudes and latitudes, and there is at least one."""
    if not isinstance(coordinates, (list, tuple)) or not coordinates:
        return False
    if isinstance(coordinates[0], (list, tuple)):
        return all(_is_on_earth(part) for part in coordinates)
    numbers = all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in coordinates[:2])
    return numbers and len(coordinates) > 1 and abs(coordinates[0]) <= 180 and abs(coordinates[1]) <= 90  # noqa: PLR2004
