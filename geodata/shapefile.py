"""Read the polygons of a Shapefile and its attribute table, with numpy and shapely only."""

import struct
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.geojson import CODE_NAMES
from geodata.vector import RawLayer
from regions.errors import Fault, StudyError

_MAGIC = 9994
_HEADER = 100
_POLYGONS = frozenset({5, 15, 25})
_NAMED_ENCODINGS = {"936": "gb18030", "GBK": "gb18030", "GB2312": "gb18030", "65001": "utf-8"}
_LONGEST_NAME = 10
_COMPANIONS = (".shx", ".dbf")


def read_shapefile(path: Path) -> RawLayer:
    """Read a Shapefile; .shx and .dbf must stand beside it, .prj and .cpg may.

    The attribute table is decoded as .cpg says, else as UTF-8 where it is valid, else as GB18030 (``W-ENC``).

    Raises
    ------
    StudyError
        ``E-FORMAT``: a companion is missing (named), the file is no Shapefile of polygons, or cut off; ``E-ENC``.
    """
    found = {item.suffix.lower(): item for item in path.parent.glob(f"{_escape(path.stem)}.*") if item.is_file()}
    missing = [f"{path.stem}{suffix}" for suffix in _COMPANIONS if suffix not in found]
    if missing:
        shown = ", ".join(missing)
        hint = "A Shapefile is a set of files: copy all of them."
        texts = (f"the companion {shown} is missing.", f"缺少配套文件 {shown}。")
        raise StudyError(
            Fault("E-FORMAT", path.name, *texts, hint=hint, hint_zh="Shapefile 由一组文件组成，请复制全部文件。")
        )
    shapes = _read_shapes(path)
    encoding = found[".cpg"].read_text("ascii", errors="replace").strip() if ".cpg" in found else ""
    rows, warnings = _read_attributes(found[".dbf"], encoding)
    if len(rows) != len(shapes):
        text = f"{len(shapes)} shapes, but {len(rows)} rows of attributes"
        raise _fail(path.name, text, f"有 {len(shapes)} 个图形，而属性表有 {len(rows)} 行")
    kept = [i for i, row in enumerate(rows) if row is not None]
    crs = found[".prj"].read_text("utf-8", errors="replace").strip() if ".prj" in found else ""
    return RawLayer([shapes[i] for i in kept], [rows[i] or {} for i in kept], crs, warnings)


def _escape(stem: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in stem)


def _fail(file: str, text: str, text_zh: str) -> StudyError:
    return StudyError(Fault("E-FORMAT", file, f"{text}.", f"{text_zh}。"))


def _read_shapes(path: Path) -> list[BaseGeometry | None]:
    data = path.read_bytes()
    if len(data) < _HEADER or struct.unpack_from(">i", data)[0] != _MAGIC:
        raise _fail(path.name, "the file is no Shapefile", "文件不是 Shapefile")
    stated = struct.unpack_from(">i", data, 24)[0] * 2
    kind = struct.unpack_from("<i", data, 32)[0]
    if stated > len(data):
        text = f"the file is cut off: {len(data):,} of {stated:,} bytes"
        raise _fail(path.name, text, f"文件不完整：{stated:,} 字节中只有 {len(data):,} 字节")
    if kind not in _POLYGONS:
        raise _fail(path.name, f"the shapes are of type {kind}, not polygons", f"图形类型为 {kind}，不是面")
    shapes: list[BaseGeometry | None] = []
    place = _HEADER
    while place + 8 <= stated:
        length = struct.unpack_from(">i", data, place + 4)[0] * 2
        if length < 4 or place + 8 + length > len(data):  # noqa: PLR2004 - bytes of a type
            raise _fail(path.name, f"record {len(shapes) + 1} is damaged", f"第 {len(shapes) + 1} 条记录已损坏")
        try:
            shapes.append(_read_polygon(data[place + 8 : place + 8 + length]))
        except (struct.error, ValueError) as error:
            raise _fail(
                path.name, f"record {len(shapes) + 1} is damaged", f"第 {len(shapes) + 1} 条记录已损坏"
            ) from error
        place += 8 + length
    return shapes


def _read_polygon(record: bytes) -> BaseGeometry | None:
    """Read one record: type, box, number of parts and points, where each part begins, the points."""
    if struct.unpack_from("<i", record)[0] not in _POLYGONS:
        return None
    parts, points = struct.unpack_from("<2i", record, 36)
    if parts < 1 or points < 1 or 44 + 4 * parts + 16 * points > len(record):
        raise ValueError
    starts = np.frombuffer(record, "<i4", parts, 44).astype(int)
    xy = np.frombuffer(record, "<f8", 2 * points, 44 + 4 * parts).reshape(-1, 2)
    bounds = [*starts.tolist(), points]
    if bounds != sorted(bounds) or bounds[0] != 0:
        raise ValueError
    rings = [xy[begin:end] for begin, end in pairwise(bounds) if end - begin > 3]  # noqa: PLR2004 - a ring
    return _assemble(rings)


def _assemble(rings: list[npt.NDArray[np.float64]]) -> BaseGeometry | None:
    """Join rings to polygons: clockwise ones are outlines, the others holes of the smallest outline around them."""
    if not all(np.isfinite(ring).all() for ring in rings):
        raise ValueError
    areas = [_signed_area(ring) for ring in rings]
    outlines = [i for i, area in enumerate(areas) if area <= 0] or list(range(len(rings)))
    shells = {i: shapely.Polygon(rings[i]) for i in outlines}
    holes: dict[int, list[npt.NDArray[np.float64]]] = {i: [] for i in outlines}
    for i in set(range(len(rings))) - set(outlines):
        point = shapely.Point(rings[i][0])
        around = [k for k in outlines if shells[k].intersects(point)]
        if around:
            holes[min(around, key=lambda k: abs(areas[k]))].append(rings[i])
        else:
            shells[i], holes[i] = shapely.Polygon(rings[i]), []
    polygons = [shapely.Polygon(rings[i], holes[i]) for i in shells]
    if not polygons:
        return None
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


def _signed_area(ring: npt.NDArray[np.float64]) -> float:
    x, y = ring[:, 0] - ring[0, 0], ring[:, 1] - ring[0, 1]
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)


def _read_attributes(path: Path, named: str) -> tuple[list[dict[str, str] | None], tuple[Fault, ...]]:
    """Read a dBASE table as text: one mapping per row, None for a row that is marked as deleted."""
    data = path.read_bytes()
    if len(data) < 33:  # noqa: PLR2004 - bytes of the shortest header
        raise _fail(path.name, "the attribute table is cut off", "属性表不完整")
    count, head, width = struct.unpack_from("<IHH", data, 4)
    if head + count * width > len(data) or width < 1:
        raise _fail(path.name, "the attribute table is cut off", "属性表不完整")
    fields: list[tuple[bytes, int]] = []
    for place in range(32, head - 31, 32):
        if data[place] == ord("\r"):
            break
        fields.append((data[place : place + 11].split(b"\0")[0], data[place + 16]))
    text = b"\n".join([*(name for name, _ in fields), data[head : head + count * width]])
    encoding, warnings = _choose_encoding(text, named, path.name)
    names = [_whole_name(name, encoding) for name, _ in fields]
    rows: list[dict[str, str] | None] = []
    for place in range(head, head + count * width, width):
        row, at = {}, place + 1
        for name, (_, size) in zip(names, fields, strict=True):
            row[name] = _decode(data[at : at + size], encoding)
            at += size
        rows.append(None if data[place] == ord("*") else row)
    return rows, warnings


def _whole_name(name: bytes, encoding: str) -> str:
    """Return the name of a field; one that the format cut at ten bytes is a known name where it begins like it."""
    if len(name) == _LONGEST_NAME:
        for known in CODE_NAMES:
            if known.encode(encoding, "ignore")[:_LONGEST_NAME] == name:
                return known
    return name.decode(encoding, "ignore").strip()


def _decode(cell: bytes, encoding: str) -> str:
    """Decode a cell; a character that the fixed width cut in two at its end is left out."""
    return cell.split(b"\0")[0].decode(encoding, "ignore").strip()


def _choose_encoding(text: bytes, named: str, file: str) -> tuple[str, tuple[Fault, ...]]:
    if named:
        try:
            encoding = _NAMED_ENCODINGS.get(named.upper(), named)
            b"a".decode(encoding)
        except LookupError as error:
            texts = (f"the encoding {named[:20]!a} of .cpg is unknown.", f"未知的编码 {named[:20]!a}（.cpg）。")
            raise StudyError(Fault("E-ENC", file, *texts)) from error
        return encoding, ()
    if text.isascii():
        return "utf-8", ()
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        texts = (
            "the attribute table is read as GB18030; there is no .cpg file.",
            "没有 .cpg 文件，属性表按 GB18030 读取。",
        )
        return "gb18030", (Fault("W-ENC", file, *texts),)
    return "utf-8", ()
