"""Read the one layer of polygons of a GeoPackage: GDAL reads, after sqlite has looked at what stands in the database.

Only plain tables are read: a view or a computed column may take forever, or call functions that reach out of the file.
Triggers never run, as nothing is written.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from geodata.boundary_files.gdal import build_features, read_ogr
from geodata.boundary_files.layer import RawLayer
from regions.errors import Fault, StudyError
from regions.messages import Message, say

_MAGIC = b"SQLite format 3\x00"
_STEPS, _MOST_LOOKS = 1_000_000, 1000  # steps of the database machine between two looks: a damaged tree can loop
_MOST_FEATURES = 40_000  # as many as China has townships
_SYSTEM = ("gpkg_", "sqlite_", "rtree_")


def read_geopackage(path: Path) -> RawLayer:
    """Read the layer of polygons.

    Raises
    ------
    StudyError
        ``E-FORMAT``: no GeoPackage, cut off or damaged, with views, without a layer, or with several; ``E-GEOM``.
    """
    data = path.read_bytes()
    _check_header(data, path.name)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            looks = iter(range(_MOST_LOOKS))
            database.set_progress_handler(lambda: next(looks, None) is None, _STEPS)
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA cell_size_check = ON")
            table, column, srs = _find_layer(database, path.name)
            names, filled = _look_at_rows(database, (table, column), path.name)
            listed = database.execute("SELECT 1 FROM gpkg_contents WHERE table_name = ?", (table,)).fetchone()
    except sqlite3.Error as error:
        raise _fail(path.name, say("E-FORMAT/damaged-database")) from error
    geometry = _quote(column) if listed else f"SetSRID({_quote(column)}, {srs})"  # GDAL sees a geometry by either
    columns = ", ".join([geometry, *map(_quote, names)])
    layer = read_ogr({".gpkg": data}, path.name, sql=f"SELECT {columns} FROM {_quote(table)}")  # noqa: S608 - quoted
    if len(layer.shapes) != len(filled):
        raise _fail(path.name, say("E-FORMAT/damaged-database"))
    rows = [{name: values[i] for name, values in layer.columns.items()} for i in range(len(filled))]
    features = build_features(layer.shapes, rows, filled, path.name)
    return RawLayer(features, (layer.crs or "of no known name") if srs > 0 else "")


def _fail(file: str, message: Message) -> StudyError:
    return StudyError(Fault.of(file, message))


def _check_header(data: bytes, file: str) -> None:
    """Compare the magic bytes, and the size that the file states of itself with the size it has."""
    if not data.startswith(_MAGIC) or len(data) < 100:  # noqa: PLR2004 - bytes of an SQLite header
        raise _fail(file, say("E-FORMAT/no-geopackage"))
    page, pages = int.from_bytes(data[16:18], "big"), int.from_bytes(data[28:32], "big")
    page = 65536 if page == 1 else page
    size = len(data)
    if pages and size < page * pages:
        raise _fail(
            file, say("E-FORMAT/database-cut", size=size, wanted=page * pages, page=size // page + 1, pages=pages)
        )


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _find_layer(database: sqlite3.Connection, file: str) -> tuple[str, str, int]:
    """Return table, geometry column and number of the coordinate system of the one layer of features."""
    parts = database.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    views = [str(name) for kind, name, _ in parts if kind == "view"]
    if views:
        shown = ", ".join(views)[:80]
        raise _fail(file, say("E-FORMAT/views", views=shown))
    tables = {
        name
        for kind, name, sql in parts
        if kind == "table" and sql and not str(sql).lstrip().upper().startswith("CREATE VIRTUAL")
    }
    if not {"gpkg_geometry_columns", "gpkg_contents"} <= tables:
        raise _fail(file, say("E-FORMAT/no-layers"))
    if any(_list_columns(database, name, computed=True) for name in tables if name.startswith(_SYSTEM)):
        raise _fail(file, say("E-FORMAT/computed-layers"))
    layers = database.execute("SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns").fetchmany(100)
    layers = [(str(table), str(column), srs) for table, column, srs in layers if str(table) in tables]
    if len(layers) != 1:
        shown = ", ".join(table for table, *_ in layers) or "none"
        raise _fail(file, say("E-FORMAT/several-layers", count=len(layers), layers=shown))
    table, column, srs = layers[0]
    return table, column, srs if isinstance(srs, int) else 0


def _list_columns(database: sqlite3.Connection, table: str, *, computed: bool = False) -> list[str]:
    """Name the columns that are stored, or those that compute whatever the file says."""
    query = f"SELECT name FROM pragma_table_xinfo(?) WHERE hidden {'>' if computed else '='} 0"  # noqa: S608 - a sign
    return [str(name) for (name,) in database.execute(query, (table,))]


def _look_at_rows(database: sqlite3.Connection, layer: tuple[str, str], file: str) -> tuple[list[str], list[bool]]:
    """Walk through the layer once, guarded; return its attributes, and which rows have a geometry."""
    table, column = layer
    names = _list_columns(database, table)
    if column not in names:
        raise _fail(file, say("E-FORMAT/no-geometry-column", column=column[:40]))
    query = f"SELECT {_quote(column)} IS NOT NULL FROM {_quote(table)}"  # noqa: S608 - quoted, of the file
    filled = [bool(full) for (full,) in database.execute(query).fetchmany(_MOST_FEATURES + 1)]
    if len(filled) > _MOST_FEATURES:
        raise _fail(file, say("E-FORMAT/too-many-features", most=_MOST_FEATURES))
    return [name for name in names if name not in {column, "fid"}], filled
