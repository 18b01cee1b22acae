"""GeoPackage with a style for QGIS, and GeoJSON: regions as polygons or points, links as lines."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from maps.exchange.network_tables import NetworkTables, clean_cell_text, make_plain
from maps.exchange.qgis_style import style_links, style_regions
from maps.exchange.table_files import find_moment
from maps.look.classes import find_breaks
from regions.files.writing import atomic_path, write_text
from regions.words import Words

if TYPE_CHECKING:
    import geopandas as gpd

CRS = "EPSG:4326"
_DIGITS = 6  # decimals of a degree: a tenth of a metre
_STYLES = """CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)"""


def lay_on_ground(
    tables: NetworkTables, polygons: "gpd.GeoDataFrame | None"
) -> tuple["gpd.GeoDataFrame", "gpd.GeoDataFrame", tuple[Words, ...]]:
    """Return regions and links with their geometry (EPSG:4326), and what has none.

    Parameters
    ----------
    polygons
        Index ``code``. None, or no polygon for any region: all regions are points. A region without a polygon among
        others that have one, or without a point, stays in the table without a geometry.
    """
    import geopandas as gpd  # noqa: PLC0415 - takes 1.2 s, only where used

    nodes = tables.nodes.copy()
    shapes = {} if polygons is None else polygons.geometry.dropna().to_dict()
    known = nodes.dropna(subset=["lon", "lat"])
    points = {
        code: shapely.Point(lon, lat) for code, lon, lat in zip(known["code"], known["lon"], known["lat"], strict=True)
    }
    ground = shapes if any(code in shapes for code in nodes["code"]) else points
    regions = gpd.GeoDataFrame(nodes, geometry=[ground.get(code) for code in nodes["code"]], crs=CRS)
    lines = [
        shapely.LineString([points[a], points[b]]) if a in points and b in points else None
        for a, b in zip(tables.links["source"], tables.links["target"], strict=True)
    ]
    links = gpd.GeoDataFrame(tables.links.reset_index(drop=True), geometry=lines, crs=CRS)
    bare, loose = int(regions.geometry.isna().sum()), int(links.geometry.isna().sum())
    notes = []
    if bare:
        notes.append(Words(f"{bare} regions have no geometry.", f"{bare} 个地区没有几何图形。"))
    if loose:
        notes.append(
            Words(f"{loose} links have no line: an end has no point.", f"{loose} 条联系没有线：一端没有坐标。")
        )
    return regions, links, tuple(notes)


def write_geopackage(tables: NetworkTables, polygons: "gpd.GeoDataFrame | None", path: str | Path) -> tuple[Words, ...]:
    """Write the layers ``regions`` and ``links``, and ``layer_styles``, which QGIS applies when it opens them."""
    import pyogrio  # noqa: PLC0415 - as above

    regions, links, notes = lay_on_ground(tables, polygons)
    moment = find_moment().strftime("%Y-%m-%dT%H:%M:%S.000Z")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": moment})
    try:
        with atomic_path(path) as temporary:
            for name, layer in (("regions", regions), ("links", links)):
                _clean(layer).to_file(temporary, layer=name, driver="GPKG", engine="pyogrio")
            _add_styles(temporary, regions, links, (tables.label, moment))
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    return notes


def _clean(layer: "gpd.GeoDataFrame") -> "gpd.GeoDataFrame":
    texts = [name for name in layer.columns if name != "geometry" and not pd.api.types.is_numeric_dtype(layer[name])]
    return layer.assign(
        **{name: [clean_cell_text(cell) if isinstance(cell, str) else cell for cell in layer[name]] for name in texts}
    )


def _add_styles(path: Path, regions: "gpd.GeoDataFrame", links: "gpd.GeoDataFrame", told: tuple[str, str]) -> None:
    label, moment = told
    strength = regions["strength"].dropna() if "strength" in regions else pd.Series(dtype=float)
    points = not regions.geometry.geom_type.isin(["Polygon", "MultiPolygon"]).any()
    styles = {"links": style_links(float(links["weight"].max()) if len(links) else 1.0)}
    if len(strength):
        breaks = find_breaks(strength.tolist())
        styles["regions"] = style_regions(breaks, float(strength.max()), label=label, points=points)
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(_STYLES)
        base.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?)",
            (moment,),
        )
        for name, style in sorted(styles.items()):
            base.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
                "styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, update_time) "
                "VALUES ('', '', ?, 'geom', 'regionet', ?, '', 1, 'regionet', '', NULL, ?)",
                (name, style, moment),
            )


def write_geojson(
    tables: NetworkTables, polygons: "gpd.GeoDataFrame | None", regions_path: str | Path, links_path: str | Path
) -> tuple[Words, ...]:
    """Write GeoJSON (RFC 7946), a file of regions and a file of links; a missing value is null."""
    regions, links, notes = lay_on_ground(tables, polygons)
    for layer, path in ((regions, regions_path), (links, links_path)):
        write_text(path, json.dumps(_list_features(layer), ensure_ascii=False, allow_nan=False) + "\n")
    return notes


def _list_features(layer: "gpd.GeoDataFrame") -> dict[str, Any]:
    turned = [None if shape is None else shapely.orient_polygons(shape) for shape in layer.geometry]
    rows = layer.drop(columns="geometry").to_dict("records")
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {str(name): make_plain(value) for name, value in row.items()},
                "geometry": None if shape is None else _round(shape),
            }
            for row, shape in zip(rows, turned, strict=True)
        ],
    }


def _round(shape: Any) -> Any:  # noqa: ANN401 - a geometry; its mapping of plain values
    rounded = shapely.transform(shape, lambda places: places.round(_DIGITS))
    return json.loads(shapely.to_geojson(rounded))
