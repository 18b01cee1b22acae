"""The ground of a map: polygons, points, lines and windows of a study on one projected grid."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

import geodata
from maps.shapes import Plane, build_plane, pack_rings, place_lines, place_rings
from regions.errors import Fault, MethodError
from regions.study import Inset, Study

Box = tuple[float, float, float, float]

_SPECK = 1 / 150  # of the extent of the map: an islet or reef smaller than that is left to the window that shows it
_STRETCH = 1.15  # a region around the units may widen the first view by so much, not more
_EDGE_POINTS = 24
_ROUND_EARTH = 180.0


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies under the links, in steps of the grid (see ``maps.shapes``).

    Attributes
    ----------
    plane
        The grid; ``plane.step`` is its step in metres.
    view
        West, south, east, north of the first view.
    shapes
        Code -> packed rings, for units and for the regions drawn around them.
    points
        Code -> x, y of the representative point, for units that have one.
    lines
        Packed context lines; empty text when there are none.
    windows
        For each inset of the study: its west, south, east, north.
    warnings
        What the reader of the boundaries noticed.
    """

    plane: Plane
    view: tuple[int, int, int, int]
    shapes: Mapping[str, str] = field(default_factory=dict)
    points: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    lines: str = ""
    windows: tuple[tuple[int, int, int, int], ...] = ()
    warnings: tuple[Fault, ...] = ()


def build_ground(study: Study) -> Ground:
    """Read and project everything that the map of a study stands on.

    Parameters
    ----------
    study
        Boundaries come from ``study.maps.boundaries`` through ``geodata.read_boundaries``; the projection is
        ``study.maps.projection`` or one that ``geodata`` chooses for the extent. A study without boundaries is drawn
        as points.

    Raises
    ------
    MethodError
        Neither a boundary nor a point of any unit is known, so that there is nothing to draw.
    """
    shapes, lines, warnings = _read_geometry(study)
    degrees = study.points().dropna()
    if not shapes and degrees.empty:
        raise MethodError(f'Study "{study.name}" has neither boundaries nor coordinates; a map needs one of them.')
    projection = study.maps.projection or geodata.choose_projection(_bound_degrees(shapes, degrees, study))
    shapes = dict(zip(shapes, geodata.project(np.array([*shapes.values()], dtype=object), projection), strict=True))
    metres = pd.DataFrame(geodata.project_points(degrees["lon"], degrees["lat"], projection), index=degrees.index)
    windows = [_project_window(inset, projection) for inset in study.maps.insets]
    view = _find_view(study, shapes, metres, windows)
    plane = build_plane(view)
    return Ground(
        plane,
        _place_box(plane, view),
        {code: pack_rings(place_rings(shape, plane)) for code, shape in shapes.items()},
        dict(zip(metres.index, map(tuple, plane.place(metres).tolist()), strict=True)),
        pack_rings(ring for line in geodata.project(lines, projection) for ring in place_lines(line, plane)),
        tuple(_place_box(plane, window) for window in windows),
        warnings,
    )


def _read_geometry(study: Study) -> tuple[dict[str, BaseGeometry], npt.NDArray[Any], tuple[Fault, ...]]:
    frame = geodata.read_boundaries(study)
    if frame is None:
        return {}, np.array([], dtype=object), ()
    lines = geodata.read_lines(study)
    known = frame[~(frame.geometry.is_empty | frame.geometry.isna())]
    return (
        dict(zip(known.index.astype(str), known.geometry, strict=True)),
        np.array([] if lines is None else list(lines.geometry), dtype=object),
        tuple(frame.attrs.get("warnings", ())),
    )


def _bound_degrees(shapes: Mapping[str, BaseGeometry], degrees: pd.DataFrame, study: Study) -> Box:
    units = [shapes[code] for code in study.regions.index if code in shapes]
    if units:
        return tuple(shapely.total_bounds(units).tolist())
    return (*degrees.min().tolist(), *degrees.max().tolist())


def _project_window(inset: Inset, projection: str) -> Box:
    edge = shapely.segmentize(shapely.box(*inset.bounds), _ROUND_EARTH / _EDGE_POINTS / 4)
    return tuple(shapely.total_bounds(geodata.project(np.array([edge], dtype=object), projection)).tolist())


def _find_view(study: Study, shapes: Mapping[str, BaseGeometry], metres: pd.DataFrame, windows: list[Box]) -> Box:
    """Bound the units without islets that a window shows, then the regions around that hardly widen the view."""
    units = [shapes[code] for code in study.regions.index if code in shapes]
    bare = metres[~metres.index.isin(list(shapes))]  # units known by their point only
    parts = np.concatenate([shapely.get_parts(units), shapely.points(bare.to_numpy().reshape(-1, 2))])
    core = _bound(_drop_specks(parts, windows))
    around = [_bound(np.array([shape])) for code, shape in shapes.items() if code not in study.regions.index]
    near = [box for box in around if _area(_join(core, box)) <= _STRETCH * _area(core)]
    return _join(core, *near)


def _drop_specks(parts: npt.NDArray[Any], windows: list[Box]) -> npt.NDArray[Any]:
    """Drop what a window shows: islets, and everything when the window lies apart from all that no window shows."""
    west, south, east, north = shapely.total_bounds(parts)
    small = np.sqrt(shapely.area(parts)) < _SPECK * max(east - west, north - south)
    frames = [shapely.box(*window) for window in windows]
    inside = [shapely.within(parts, frame) for frame in frames]
    rest = parts[~np.logical_or.reduce([np.zeros(len(parts), dtype=bool), *inside])]
    body = shapely.box(*shapely.total_bounds(rest)) if len(rest) else None
    kept = np.ones(len(parts), dtype=bool)
    for frame, within in zip(frames, inside, strict=True):
        apart = body is not None and frame.disjoint(body)
        kept &= ~(within & (small | apart))
    return parts[kept] if kept.any() else parts


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
