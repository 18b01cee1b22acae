"""Read the polygons of a Shapefile and its attribute table: GDAL reads, this looks at the bytes before and decodes."""

import struct
from pathlib import Path
from typing import Any

import numpy as np

from geodata.boundary_files.gdal import OgrLayer, build_features, read_ogr
from geodata.boundary_files.layer import CODE_NAMES, RawLayer
from regions.errors import Fault, StudyError
from regions.files.encodings import choose_chinese
from regions.files.writing import refuse_special
from regions.messages import Message, say

_MAGIC = 9994
_HEADER, _TABLE_HEADER = 100, 33
_POLYGONS = frozenset({5, 15, 25})
_NULL = 0
_NAMED_ENCODINGS = {"936": "gb18030", "GBK": "gb18030", "GB2312": "gb18030", "65001": "utf-8", "1252": "cp1252"}
_RAW = "ISO-8859-1"  # every byte is a character of it: so GDAL hands the bytes of the attribute table on
_LONGEST_NAME = 10
_COMPANIONS = (".shx", ".dbf")


def read_shapefile(path: Path) -> RawLayer:
    """Read a Shapefile; .shx and .dbf must stand beside it, .prj and .cpg may.

    The attribute table is decoded as .cpg says, else as UTF-8 where it is valid, else as GB18030 or Big5, else as
    Windows-1252 (``W-ENC``).

    Raises
    ------
    StudyError
        ``E-FORMAT``: a companion is missing (named), the file is no Shapefile of polygons, or cut off; ``E-ENC``.
    """
    found = {item.suffix.lower(): item for item in path.parent.glob(f"{_escape(path.stem)}.*")}
    refuse_special(item for suffix, item in found.items() if suffix in {*_COMPANIONS, ".cpg", ".prj"})
    missing = [f"{path.stem}{suffix}" for suffix in _COMPANIONS if suffix not in found]
    if missing:
        shown = ", ".join(missing)
        raise StudyError(Fault.of(path.name, say("E-FORMAT/companion", part=shown)))
    parts = {".shp": path.read_bytes()} | {suffix: found[suffix].read_bytes() for suffix in _COMPANIONS}
    filled = _check_shapes(parts[".shp"], parts[".shx"], path.name)
    _check_table(parts[".dbf"], found[".dbf"].name, len(filled))
    layer = read_ogr(parts, path.name, layer="layer", encoding=_RAW)
    named = found[".cpg"].read_text("ascii", errors="replace").strip() if ".cpg" in found else ""
    rows, warnings = _decode_rows(layer, named, found[".dbf"].name)
    crs = found[".prj"].read_text("utf-8", errors="replace").strip() if ".prj" in found else ""
    kept = [filled[number] for number in layer.numbers]  # without rows that are marked as deleted
    return RawLayer(build_features(layer.shapes, rows, kept, path.name), crs, warnings)


def _escape(stem: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in stem)


def _fail(file: str, message: Message) -> StudyError:
    return StudyError(Fault.of(file, message))


def _check_shapes(shapes: bytes, index: bytes, file: str) -> list[bool]:
    """Look at the headers, and tell which records hold a shape; GDAL takes a damaged one for none."""
    if len(shapes) < _HEADER or struct.unpack_from(">i", shapes)[0] != _MAGIC:
        raise _fail(file, say("E-FORMAT/no-shapefile"))
    stated, kind = struct.unpack_from(">i", shapes, 24)[0] * 2, struct.unpack_from("<i", shapes, 32)[0]
    if stated > len(shapes):
        raise _fail(file, say("E-FORMAT/cut-off", size=len(shapes), wanted=stated))
    if kind not in _POLYGONS:
        raise _fail(file, say("E-FORMAT/no-polygons", type=kind))
    if len(index) < _HEADER or struct.unpack_from(">i", index)[0] != _MAGIC or len(index) % 8 != _HEADER % 8:
        raise _fail(file, say("E-FORMAT/shx"))
    places = np.frombuffer(index, ">i4", offset=_HEADER).reshape(-1, 2)[:, 0].astype(np.int64) * 2
    if (places < _HEADER).any() or (places + 12 > len(shapes)).any():
        raise _fail(file, say("E-FORMAT/shx-outside"))
    return [struct.unpack_from("<i", shapes, place + 8)[0] != _NULL for place in places.tolist()]


def _check_table(table: bytes, file: str, shapes: int) -> None:
    if len(table) < _TABLE_HEADER:
        raise _fail(file, say("E-FORMAT/dbf-cut"))
    count, head, width = struct.unpack_from("<IHH", table, 4)
    if head + count * width > len(table) or width < 1:
        raise _fail(file, say("E-FORMAT/dbf-cut"))
    if count != shapes:
        raise _fail(file, say("E-FORMAT/dbf-rows", shapes=shapes, rows=count))


def _decode_rows(layer: OgrLayer, named: str, file: str) -> tuple[list[dict[str, Any]], tuple[Fault, ...]]:
    cells = [cell for column in layer.columns.values() for cell in column if isinstance(cell, str)]
    encoding, warnings = _choose_encoding("\n".join((*layer.columns, *cells)).encode(_RAW), named, file)
    columns = {
        _whole_name(name.encode(_RAW), encoding): [
            cell.encode(_RAW).decode(encoding, "ignore").strip() if isinstance(cell, str) else cell for cell in column
        ]
        for name, column in layer.columns.items()
    }
    rows = [{name: column[i] for name, column in columns.items()} for i in range(len(layer.numbers))]
    return rows, warnings


def _whole_name(name: bytes, encoding: str) -> str:
    """Return the name of a field; one that the format cut at ten bytes is a known name where it begins like it."""
    if len(name) == _LONGEST_NAME:
        for known in CODE_NAMES:
            if known.encode(encoding, "ignore")[:_LONGEST_NAME] == name:
                return known
    return name.decode(encoding, "ignore").strip()


def _choose_encoding(text: bytes, named: str, file: str) -> tuple[str, tuple[Fault, ...]]:
    if named:
        try:
            encoding = _NAMED_ENCODINGS.get(named.upper(), named)
            b"a".decode(encoding)
        except LookupError as error:
            raise StudyError(Fault.of(file, say("E-ENC/cpg", encoding=named[:20]))) from error
        return encoding, ()
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        encoding = choose_chinese(text) or "cp1252"
        shown = {"gb18030": "GB18030", "cp950": "Big5", "cp1252": "Windows-1252"}[encoding]
        return encoding, (Fault.of(file, say("W-ENC/no-cpg", encoding=shown)),)
    return "utf-8", ()
