"""Read the one layer of polygons of a GeoPackage, with sqlite and shapely only.

Only plain tables are read: a view or a virtual table may compute without end or reach out of the file.
"""

import sqlite3
import struct
from contextlib import closing
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geodata.vector import RawLayer
from regions.errors import Fault, StudyError

_MAGIC = b"SQLite format 3\x00"
_STEPS, _MOST_LOOKS = 1_000_000, 1000  # steps of the database machine between two looks: a damaged tree can loop
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_MOST_FEATURES = 40_000  # as many as China has townships


def read_geopackage(path: Path) -> RawLayer:
    """Read the layer of polygons.

    Raises
    ------
    StudyError
        ``E-FORMAT``: no GeoPackage, cut off or damaged, without a layer, or with several; ``E-GEOM``.
    """
    _check_header(path)
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as database:
            looks = iter(range(_MOST_LOOKS))
            database.set_progress_handler(lambda: next(looks, None) is None, _STEPS)
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA cell_size_check = ON")
            table, column, srs = _find_layer(database, path.name)
            crs = _find_crs(database, srs)
            names = _list_columns(database, table)
            if column not in names:
                raise _fail(path.name, f"the layer has no column {column[:40]!a}", "图层缺少几何列")
            columns = ", ".join(map(_quote, names))
            cursor = database.execute(f"SELECT {columns} FROM {_quote(table)}")  # noqa: S608 - quoted, of the file
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchmany(_MOST_FEATURES + 1)]
    except sqlite3.Error as error:
        raise _fail(path.name, "the database is damaged", "数据库已损坏") from error
    if len(rows) > _MOST_FEATURES:
        raise _fail(
            path.name, f"the layer has more than {_MOST_FEATURES:,} features", f"图层要素超过 {_MOST_FEATURES:,} 个"
        )
    shapes = [_read_shape(row.pop(column), number, path.name) for number, row in enumerate(rows, 1)]
    properties = [{name: value for name, value in row.items() if not isinstance(value, bytes)} for row in rows]
    return RawLayer(shapes, [_without_row_number(row) for row in properties], crs)


def _fail(file: str, text: str, text_zh: str) -> StudyError:
    return StudyError(Fault("E-FORMAT", file, f"{text}.", f"{text_zh}。"))


def _check_header(path: Path) -> None:
    """Compare the magic bytes, and the size that the file states of itself with the size it has."""
    with path.open("rb") as handle:
        head = handle.read(100)
    if not head.startswith(_MAGIC) or len(head) < 100:  # noqa: PLR2004 - bytes of an SQLite header
        raise _fail(path.name, "the file is no GeoPackage (SQLite database)", "文件不是 GeoPackage（SQLite 数据库）")
    page, pages = int.from_bytes(head[16:18], "big"), int.from_bytes(head[28:32], "big")
    page = 65536 if page == 1 else page
    size = path.stat().st_size
    if pages and size < page * pages:
        text = f"the file is cut off: {size:,} of {page * pages:,} bytes (page {size // page + 1} of {pages})"
        raise _fail(path.name, text, f"文件不完整：{page * pages:,} 字节中只有 {size:,} 字节")


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _list_columns(database: sqlite3.Connection, table: str) -> list[str]:
    """Name the columns that are stored; generated ones compute whatever the file says."""
    query = "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0"
    return [str(name) for (name,) in database.execute(query, (table,))]


def _find_layer(database: sqlite3.Connection, file: str) -> tuple[str, str, int]:
    """Return table, geometry column and number of the coordinate system of the one layer of features."""
    tables = {
        name
        for name, sql in database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        if sql and not str(sql).lstrip().upper().startswith("CREATE VIRTUAL")
    }
    if not {"gpkg_geometry_columns", "gpkg_contents"} <= tables:
        raise _fail(file, "the database is no GeoPackage: it lists no layers", "该数据库不是 GeoPackage：没有图层目录")
    layers = database.execute("SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns").fetchmany(100)
    layers = [(str(table), str(column), srs) for table, column, srs in layers if str(table) in tables]
    if len(layers) != 1:
        shown = ", ".join(table for table, *_ in layers) or "none"
        text = f"the file must hold one layer of polygons; it holds {len(layers)} ({shown})"
        raise _fail(file, text, f"文件须含一个面图层，现有 {len(layers)} 个（{shown}）")
    table, column, srs = layers[0]
    return table, column, srs if isinstance(srs, int) else 0


def _find_crs(database: sqlite3.Connection, srs: int) -> str:
    if srs <= 0:
        return ""
    query = "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?"
    row = database.execute(query, (srs,)).fetchone()
    if row is None:
        return ""
    organization, number, definition = row
    if str(organization).upper() == "EPSG" and isinstance(number, int):
        return f"EPSG:{number}"
    return str(definition)


def _read_shape(blob: Any, number: int, file: str) -> BaseGeometry | None:  # noqa: ANN401 - whatever stands in the cell
    """Read a GeoPackage geometry: magic, version, flags, number of the system, envelope, then well-known binary."""
    if blob is None:
        return None
    try:
        if not isinstance(blob, bytes) or blob[:2] != b"GP":
            raise struct.error  # noqa: TRY301 - one answer to whatever is wrong with it
        flags = blob[3]
        if flags & 0b0001_0000:
            return None
        return shapely.from_wkb(blob[8 + _ENVELOPES[(flags >> 1) & 0b111] :])
    except (IndexError, KeyError, struct.error, ShapelyError) as error:
        texts = (f"feature {number}: the geometry is damaged.", f"第 {number} 个要素：几何已损坏。")
        raise StudyError(Fault("E-GEOM", file, *texts)) from error


def _without_row_number(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out the key that the format adds: ``fid``, or an ``id`` of numbers beside a code."""
    return {name: value for name, value in row.items() if name.lower() != "fid"}
