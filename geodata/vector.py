"""Read the regions of a boundary file: GeoJSON, GeoPackage or Shapefile, each with a reader of its own.

GDAL, the usual reader, guesses a format from the content and follows what stands in it: a VRT or a database view may
name other files and addresses. Here the suffix says the format, the content must agree, and no other file is opened
but the companions of a Shapefile.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.geojson import Polygons, build_layer, read_geojson
from geodata.strict_json import JsonObject
from regions.errors import Fault, StudyError

LARGEST_FILE = 500_000_000
"""Bytes of a boundary file."""

_POLYGONS = frozenset({"Polygon", "MultiPolygon"})


@dataclass(frozen=True, slots=True, eq=False)
class RawLayer:
    """A layer as it stands in a file.

    Attributes
    ----------
    shapes
        One geometry per feature, None where there is none.
    properties
        One mapping of attributes per feature.
    crs
        Anything that ``pyproj.CRS`` understands (WKT or ``EPSG:n``); "" when the file does not say.
    warnings
        What was noticed while reading.
    """

    shapes: list[BaseGeometry | None]
    properties: list[Mapping[str, Any]]
    crs: str
    warnings: tuple[Fault, ...] = ()


def read_polygons(path: Path, *, codes: Iterable[str] = ()) -> Polygons:
    """Read the polygons of a boundary file, each with the code of its region.

    Parameters
    ----------
    path
        ``.geojson`` or ``.json``, ``.gpkg`` (its one layer of polygons), ``.shp`` (with .shx and .dbf beside it; .prj
        and .cpg are optional).
    codes
        Known codes, see ``read_geojson``.

    Returns
    -------
    Polygons
        EPSG:4326, valid, with a warning for everything that was assumed, turned or mended.

    Raises
    ------
    StudyError
        ``E-FORMAT``: of another format than the suffix says, cut off, or without its companions (which are named);
        ``E-CRS``; and whatever ``read_geojson`` raises.
    """
    suffix = path.suffix.lower()
    if suffix not in {".gpkg", ".shp"}:
        return read_geojson(path, codes=codes)
    if not path.is_file():
        raise StudyError(Fault("E-FORMAT", path.name, "there is no such file.", "文件不存在。"))
    if path.stat().st_size > LARGEST_FILE:
        texts = ("the file is larger than 500 MB.", "文件超过 500 MB。")
        raise StudyError(Fault("E-FORMAT", path.name, *texts))
    if suffix == ".gpkg":
        from geodata.geopackage import read_geopackage  # noqa: PLC0415 - it imports RawLayer from here

        layer = read_geopackage(path)
    else:
        from geodata.shapefile import read_shapefile  # noqa: PLC0415 - it imports RawLayer from here

        layer = read_shapefile(path)
    if not layer.shapes:
        raise StudyError(Fault("E-EMPTY", path.name, "the file has no feature.", "文件中没有要素。"))
    shapes, notes = _turn(layer, path.name)
    features = [_to_feature(shape, row) for shape, row in zip(shapes, layer.properties, strict=True)]
    return build_layer(features, path.name, codes=codes, warnings=(*layer.warnings, *notes))


def _to_feature(shape: BaseGeometry | None, properties: Mapping[str, Any]) -> JsonObject:
    geometry = None
    if shape is not None:
        geometry = JsonObject([("type", shape.geom_type), ("coordinates", _list_coordinates(shape))])
    return JsonObject(
        [("type", "Feature"), ("properties", JsonObject(list(properties.items()))), ("geometry", geometry)]
    )


def _list_coordinates(shape: BaseGeometry) -> list[Any] | None:
    if shape.geom_type not in _POLYGONS:
        return None
    nested = [
        [shapely.get_coordinates(ring).tolist() for ring in (part.exterior, *part.interiors)]
        for part in shapely.get_parts(shape)
        if not part.is_empty
    ]
    return nested if shape.geom_type == "MultiPolygon" else (nested[0] if nested else [])


def _turn(layer: RawLayer, file: str) -> tuple[list[BaseGeometry | None], list[Fault]]:
    """Turn the shapes into longitude and latitude on WGS84; a file that names no system is taken for that."""
    if not layer.crs:
        texts = (
            "the file names no coordinate system; taken for longitude and latitude (EPSG:4326).",
            "文件未注明坐标系，按经纬度（EPSG:4326）读取。",
        )
        return layer.shapes, [Fault("W-CRS", file, *texts)]
    from pyproj import CRS, Transformer  # noqa: PLC0415 - slow to import, only where used
    from pyproj.exceptions import CRSError, ProjError  # noqa: PLC0415 - as above
    from pyproj.network import set_network_enabled  # type: ignore[attr-defined] # noqa: PLC0415 - as above

    set_network_enabled(active=False)  # grids are never fetched, whatever the environment says
    try:
        crs = CRS.from_user_input(layer.crs)
        if crs.equals(CRS.from_epsg(4326), ignore_axis_order=True):
            return layer.shapes, []
        transformer = Transformer.from_crs(crs, 4326, always_xy=True)
    except (CRSError, ProjError) as error:
        texts = (f"the coordinate system is not understood: {layer.crs[:60]!a}.", "无法识别坐标系。")
        hint = "Save the layer as EPSG:4326 (longitude, latitude)."
        raise StudyError(Fault("E-CRS", file, *texts, hint=hint, hint_zh="请将图层存为 EPSG:4326。")) from error

    def turn(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))

    name = crs.name[:60]
    texts = (f"the coordinates are in {name}; turned into EPSG:4326.", f"坐标系为 {name}，已转换为 EPSG:4326。")
    turned = [None if shape is None else shapely.transform(shapely.force_2d(shape), turn) for shape in layer.shapes]
    return turned, [Fault("W-CRS", file, *texts)]
