"""The basemap: polygons, points, lines and windows of a study on one projected grid."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

import geodata
from geodata.boundaries import assemble_boundaries
from maps.page.shapes import Plane, build_plane, pack_rings, place_lines, place_rings
from maps.words.page_text import UI
from regions.errors import Fault, MethodError
from regions.messages import say
from regions.study import Inset, Study
from regions.words import Words

Box = tuple[float, float, float, float]

_SPECK = 1 / 150  # of the extent of the map: an islet or reef smaller than that is left to the window that shows it
_STRETCH = 1.15  # a region around the units may widen the first view by so much, not more
_EDGE_POINTS = 24
_ROUND_EARTH = 180.0


@dataclass(frozen=True, slots=True)
class Basemap:
    """What lies under the links, in steps of the grid (see ``maps.page.shapes``).

    Attributes
    ----------
    plane
        The grid; ``plane.step`` is its step in metres.
    view
        West, south, east, north of the first view.
    shapes
        Code -> packed rings, for units and for the regions drawn around them; without what only a window shows.
    far
        Code -> packed rings that only a window shows, because it lies apart from all that no window shows.
    points
        Code -> x, y of the representative point, for units that have one.
    around
        The same for the regions around the units.
    lines
        Packed context lines; empty text when there are none.
    windows
        For each inset of the study: its west, south, east, north.
    apart
        For each inset of the study: whether it lies apart, so that the map leaves to it what it shows.
    projection
        Of the grid, as PROJ names it.
    warnings
        What the reader of the boundaries noticed.
    """

    plane: Plane
    view: tuple[int, int, int, int]
    shapes: Mapping[str, str] = field(default_factory=dict)
    far: Mapping[str, str] = field(default_factory=dict)
    points: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    around: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    lines: str = ""
    windows: tuple[tuple[int, int, int, int], ...] = ()
    apart: tuple[bool, ...] = ()
    projection: str = ""
    warnings: tuple[Fault, ...] = ()


def build_basemap(study: Study, *, projection: str | None = None) -> Basemap:
    """Read and project everything that the map of a study stands on.

    Parameters
    ----------
    study
        Boundaries come from ``study.maps.boundaries`` through ``geodata.read_boundaries``; the projection is
        ``study.maps.projection`` or one that ``geodata`` chooses for the extent. A study without boundaries is drawn
        as points.
    projection
        In place of that of the study, where something else lies below the regions.

    Raises
    ------
    MethodError
        Neither a boundary nor a point of any unit is known, so that there is nothing to draw.
    """
    shapes, lines, warnings = _read_geometry(study)
    points = geodata.find_points(study, surroundings=True)[["lon", "lat"]].dropna()
    degrees = points[points.index.isin(study.regions.index)]
    if not shapes and degrees.empty:
        raise MethodError(say("map/no-geometry", study=study.name))
    projection = (
        projection or study.maps.projection or geodata.choose_projection(_bound_degrees(shapes, degrees, study))
    )
    shapes = dict(zip(shapes, geodata.project(np.array([*shapes.values()], dtype=object), projection), strict=True))
    metres = _project(degrees, projection)
    windows = [_project_window(inset, projection) for inset in study.maps.insets]
    parts = _list_parts(study, shapes, metres)
    apart = _find_apart(parts, windows)
    view = _find_view(study, shapes, _drop_specks(parts, windows, apart))
    plane = build_plane(view)
    kept, far = _split(study, shapes, [window for window, alone in zip(windows, apart, strict=True) if alone])
    return Basemap(
        plane,
        _place_box(plane, view),
        shapes=_pack(kept, plane),
        far=_pack(far, plane),
        points=_place(metres, plane),
        around=_place(_project(points.drop(degrees.index), projection), plane),
        lines=pack_rings(ring for line in geodata.project(lines, projection) for ring in place_lines(line, plane)),
        windows=tuple(_place_box(plane, window) for window in windows),
        apart=tuple(apart),
        projection=projection,
        warnings=warnings,
    )


def describe_boundaries(study: Study) -> Words:
    """Say how far the boundaries of the map may be trusted, or that there are none and how to add them."""
    return UI["schematic" if study.maps.boundaries is not None else "schematic_bare"]


def _project(degrees: pd.DataFrame, projection: str) -> pd.DataFrame:
    return pd.DataFrame(geodata.project_points(degrees["lon"], degrees["lat"], projection), index=degrees.index)


def _place(metres: pd.DataFrame, plane: Plane) -> dict[str, tuple[int, int]]:
    return {str(code): (x, y) for code, (x, y) in zip(metres.index, plane.place(metres).tolist(), strict=True)}


def _read_geometry(study: Study) -> tuple[dict[str, BaseGeometry], npt.NDArray[Any], tuple[Fault, ...]]:
    if study.maps.boundaries is None:
        return {}, np.array([], dtype=object), ()
    found = assemble_boundaries(study)
    frame = found.frame
    lines = geodata.read_lines(study)
    known = frame[~(frame.geometry.is_empty | frame.geometry.isna())]
    return (
        dict(zip(known.index.astype(str), known.geometry, strict=True)),
        np.array([] if lines is None else list(lines.geometry), dtype=object),
        found.warnings,
    )


def _bound_degrees(shapes: Mapping[str, BaseGeometry], degrees: pd.DataFrame, study: Study) -> Box:
    units = [shapes[code] for code in study.regions.index if code in shapes]
    if units:
        return tuple(shapely.total_bounds(units).tolist())
    return (*degrees.min().tolist(), *degrees.max().tolist())


def _project_window(inset: Inset, projection: str) -> Box:
    edge = shapely.segmentize(shapely.box(*inset.bounds), _ROUND_EARTH / _EDGE_POINTS / 4)
    return tuple(shapely.total_bounds(geodata.project(np.array([edge], dtype=object), projection)).tolist())


def _list_parts(study: Study, shapes: Mapping[str, BaseGeometry], metres: pd.DataFrame) -> npt.NDArray[Any]:
    """List the polygons of the units, and the points of those known by their point only."""
    units = [shapes[code] for code in study.regions.index if code in shapes]
    bare = metres[~metres.index.isin(list(shapes))]
    return np.concatenate([shapely.get_parts(units), shapely.points(bare.to_numpy().reshape(-1, 2))])


def _find_apart(parts: npt.NDArray[Any], windows: list[Box]) -> list[bool]:
    """Tell which windows lie apart from the extent of all that no window shows."""
    frames = [shapely.box(*window) for window in windows]
    shown = np.logical_or.reduce([np.zeros(len(parts), dtype=bool), *(shapely.within(parts, each) for each in frames)])
    if shown.all():
        return [False] * len(frames)
    body = shapely.box(*shapely.total_bounds(parts[~shown]))
    return [bool(frame.disjoint(body)) for frame in frames]


def _drop_specks(parts: npt.NDArray[Any], windows: list[Box], apart: list[bool]) -> npt.NDArray[Any]:
    """Drop islets that a window shows, and everything in a window that lies apart."""
    west, south, east, north = shapely.total_bounds(parts)
    small = np.sqrt(shapely.area(parts)) < _SPECK * max(east - west, north - south)
    kept = np.ones(len(parts), dtype=bool)
    for window, alone in zip(windows, apart, strict=True):
        kept &= ~(shapely.within(parts, shapely.box(*window)) & (small | alone))
    return parts[kept] if kept.any() else parts


def _find_view(study: Study, shapes: Mapping[str, BaseGeometry], parts: npt.NDArray[Any]) -> Box:
    """Bound the parts, then the regions around that hardly widen the view."""
    core = _bound(parts)
    around = [_bound(np.array([shape])) for code, shape in shapes.items() if code not in study.regions.index]
    near = [box for box in around if _area(_join(core, box)) <= _STRETCH * _area(core)]
    return _join(core, *near)


def _split(
    study: Study, shapes: Mapping[str, BaseGeometry], windows: list[Box]
) -> tuple[dict[str, BaseGeometry], dict[str, BaseGeometry]]:
    """Part each unit into what the map shows and what only these windows show; an empty side is left out.

    The regions around stay whole on the map: nothing of a country may be missing from it.
    """
    units = [code for code in study.regions.index if code in shapes] if windows else []
    frames = shapely.union_all([shapely.box(*window) for window in windows])
    kept = {code: shape for code, shape in shapes.items() if code not in units}
    far: dict[str, BaseGeometry] = {}
    for code in units:
        parts = shapely.get_parts(shapes[code])
        inside = shapely.within(parts, frames)
        for side, chosen in ((kept, parts[~inside]), (far, parts[inside])):
            if len(chosen):
                side[code] = shapely.GeometryCollection(list(chosen))
    return kept, far


def _pack(shapes: Mapping[str, BaseGeometry], plane: Plane) -> dict[str, str]:
    return {code: pack_rings(place_rings(shape, plane)) for code, shape in shapes.items()}


def _bound(parts: npt.NDArray[Any]) -> Box:
    west, south, east, north = shapely.total_bounds(parts).tolist()
    return (west, south, east, north)


def _join(*boxes: Box) -> Box:
    west, south, east, north = zip(*boxes, strict=True)
    return (min(west), min(south), max(east), max(north))


def _area(box: Box) -> float:
    west, south, east, north = box
    return (east - west) * (north - south)


def _place_box(plane: Plane, box: Box) -> tuple[int, int, int, int]:
    (west, south), (east, north) = plane.place([box[:2], box[2:]]).tolist()
    return (west, south, east, north)
