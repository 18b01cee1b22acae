"""Which regions share a border."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geodata.boundaries import read_boundaries
from geodata.overlaps import TOLERANCE, Pair
from regions.arrays import Floats
from regions.errors import MethodError
from regions.study import Study

if TYPE_CHECKING:
    import geopandas as gpd

Shapes = npt.NDArray[Any]  # of shapely geometries
Rule = Literal["queen", "rook"]

_CORNER = 10  # tolerances: a border this short is a corner that was widened
_KM_PER_DEGREE = 111.195


def find_neighbours(study: Study) -> pd.DataFrame | None:
    """Return the pairs of units that share a border.

    The study's own table is used when it has one, so that results do not depend on an optional package; else the
    unsimplified boundaries are measured (queen rule: a common corner is enough).

    Parameters
    ----------
    study
        Any study.

    Returns
    -------
    DataFrame or None
        Text columns ``source``, ``target`` (source < target), sorted; only pairs of two units. None when the study
        states no neighbours and has no boundaries: not knowing is not the same as having none.

    Raises
    ------
    StudyError
        The boundary file is wrong.
    MissingExtraError
        The boundaries come from a package that is not installed.

    Examples
    --------
    >>> from regionet import geodata, regions
    >>> pairs = geodata.find_neighbours(regions.load_study("china"))
    >>> ("110000", "120000") in set(zip(pairs["source"], pairs["target"], strict=True))  # Beijing and Tianjin
    True
    """
    if study.neighbours is not None:
        known = study.neighbours[["source", "target"]]
        inside = known["source"].isin(study.regions.index) & known["target"].isin(study.regions.index)
        return known[inside].sort_values(["source", "target"], ignore_index=True)
    boundaries = read_boundaries(study, tolerance=0)
    if boundaries is None:
        return None
    units = boundaries[boundaries["role"] == "unit"]
    return measure_contiguity(units)[["source", "target"]]


def measure_contiguity(
    boundaries: "gpd.GeoDataFrame", *, rule: Rule = "queen", tolerance: float = TOLERANCE
) -> pd.DataFrame:
    """Find the pairs of regions that touch, and how long their common border is.

    Parameters
    ----------
    boundaries
        Index ``code``, polygons, EPSG:4326, best unsimplified. Rows without geometry have no neighbours.
    rule
        ``queen``: one common point is enough. ``rook``: a common line longer than ten tolerances.
    tolerance
        Degrees; regions that lie no farther apart touch. Bridges the gaps that rounding leaves.

    Returns
    -------
    DataFrame
        ``source``, ``target`` (source < target as text), sorted; ``shared_km`` on the WGS84 ellipsoid, 0 for a
        common corner. Where two polygons overlap, the shared length is the mean of the lengths that the border of
        each runs inside the other. Islands stand in no row; ``find_islands`` names them.

    Raises
    ------
    MethodError
        The rule is unknown or the tolerance negative.

    Notes
    -----
    Regions on both sides of the 180th meridian are not seen as neighbours across it.

    Examples
    --------
    >>> import geopandas
    >>> from shapely import box
    >>> shapes = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(3, 0, 4, 1)]
    >>> squares = geopandas.GeoDataFrame(geometry=shapes, index=["a", "b", "c"], crs=4326)
    >>> measure_contiguity(squares)[["source", "target"]].to_numpy().tolist()
    [['a', 'b']]
    """
    if rule not in ("queen", "rook"):
        raise MethodError(f"there is no contiguity rule '{rule}'; there are: queen, rook")
    if not tolerance >= 0:
        raise MethodError(f"the tolerance is {tolerance}; it must be 0 or more degrees")
    known = boundaries[~(boundaries.geometry.isna() | boundaries.geometry.is_empty)].sort_index()
    shapes = known.geometry.to_numpy()
    first, second = _find_close(shapes, tolerance)
    if shapely.coverage_is_valid(shapes, gap_width=tolerance):
        shared = _share_matched(shapes, (first, second))
    else:
        shared = _share_within(shapes, (first, second), tolerance)
        shared[shared <= _CORNER * tolerance * _KM_PER_DEGREE] = 0.0
    kept = shared > 0 if rule == "rook" else np.ones(len(shared), dtype=bool)
    codes = known.index.astype(str).to_numpy()
    pairs = pd.DataFrame({"source": codes[first][kept], "target": codes[second][kept]}, dtype="str")
    pairs["shared_km"] = shared[kept]
    return pairs.sort_values(["source", "target"], ignore_index=True)


def find_islands(pairs: pd.DataFrame, codes: Iterable[str]) -> list[str]:
    """Return the codes, in their order, that stand in no pair.

    Examples
    --------
    >>> import pandas as pd
    >>> find_islands(pd.DataFrame({"source": ["a"], "target": ["b"]}), ["a", "b", "c"])
    ['c']
    """
    joined = set(pairs["source"]) | set(pairs["target"])
    return [code for code in codes if code not in joined]


def _find_close(shapes: Shapes, tolerance: float) -> Pair:
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="dwithin", distance=tolerance)
    once = first < second
    return first[once], second[once]


def _share_matched(shapes: Shapes, pair: Pair) -> Floats:
    """Return the common border of each pair in km, when borders match vertex by vertex."""
    parts, region = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)  # sees no rings in a multi-polygon
    points, ring = shapely.get_coordinates(rings, return_index=True)
    inside = ring[:-1] == ring[1:]
    begin, end, owner = points[:-1][inside], points[1:][inside], region[part[ring[:-1][inside]]]
    backward = (begin[:, 0] > end[:, 0]) | ((begin[:, 0] == end[:, 0]) & (begin[:, 1] > end[:, 1]))
    begin[backward], end[backward] = end[backward], begin[backward]
    edges = np.column_stack([begin, end])
    order = np.lexsort(edges.T)
    edges, owner = edges[order], owner[order]
    twice = np.flatnonzero((edges[:-1] == edges[1:]).all(axis=1) & (owner[:-1] != owner[1:]))
    shared = _measure_edges(edges[twice])
    one, other = owner[twice], owner[twice + 1]
    found, place = np.unique(np.minimum(one, other) * len(shapes) + np.maximum(one, other), return_inverse=True)
    lengths = pd.Series(np.bincount(place, weights=shared, minlength=len(found)), index=found, dtype=np.float64)
    return lengths.reindex(pair[0] * len(shapes) + pair[1], fill_value=0.0).to_numpy()


def _share_within(shapes: Shapes, pair: Pair, tolerance: float) -> Floats:
    """Return the common border of each pair in km, when borders match within the tolerance or overlap.

    The mean of the lengths that the border of each runs inside the other, widened by the tolerance.
    """
    first, second = pair
    border: Shapes = shapely.boundary(shapes)
    reach: Shapes = shapely.buffer(shapes, max(tolerance, TOLERANCE), quad_segs=1)
    one = _measure_lines(shapely.intersection(border[first], reach[second]))
    other = _measure_lines(shapely.intersection(border[second], reach[first]))
    mean: Floats = (one + other) / 2
    return mean


def _measure_lines(lines: Shapes) -> Floats:
    """Return the length of each geometry in km; 0 for points."""
    parts, owner = shapely.get_parts(lines, return_index=True)
    straight = shapely.get_dimensions(parts) == 1
    points, part = shapely.get_coordinates(parts[straight], return_index=True)
    inside = part[:-1] == part[1:]
    edges = np.column_stack([points[:-1][inside], points[1:][inside]])
    of_line = owner[straight][part[:-1][inside]]
    return np.bincount(of_line, weights=_measure_edges(edges), minlength=len(lines)).astype(np.float64)


def _measure_edges(edges: Floats) -> Floats:
    """Return the length in km of straight edges, shape (n, 4): lon, lat, lon, lat."""
    from pyproj import Geod  # noqa: PLC0415 - slow to import, only where used

    _, _, metres = Geod(ellps="WGS84").inv(*edges.T)
    return np.asarray(metres, dtype=np.float64) / 1000.0
