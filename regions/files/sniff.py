"""Tell what a file is by its first bytes, whatever its name says."""

from regions.errors import Fault, StudyError
from regions.messages import say

_MAGIC: tuple[tuple[bytes, str, str, str], ...] = (
    (b"PK\x03\x04", "zip", "a zip archive, such as an Excel workbook (.xlsx)", "zip 压缩包（如 Excel 工作簿 .xlsx）"),
    (b"PK\x05\x06", "zip", "an empty zip archive", "空的 zip 压缩包"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "ole",
        "an old Office file, such as an .xls workbook, or one with a password",
        "旧版 Office 文件（如 .xls 工作簿）或加密的文件",
    ),
    (b"PAR1", "parquet", "a Parquet file", "Parquet 文件"),
    (b"SQLite format 3\x00", "sqlite", "an SQLite database, such as a GeoPackage", "SQLite 数据库（如 GeoPackage）"),
    (b"%PDF", "pdf", "a PDF document", "PDF 文档"),
    (b"\x1f\x8b", "gzip", "a gzip archive", "gzip 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z", "a 7z archive", "7z 压缩包"),
    (b"Rar!", "rar", "a RAR archive", "RAR 压缩包"),
    (b"\x89PNG", "png", "a picture", "图片"),
    (b"\xff\xd8\xff", "jpeg", "a picture", "图片"),
    (b"{\\rtf", "rtf", "an RTF document", "RTF 文档"),
    (b"\x00\x00\x27\x0a", "shp", "a Shapefile", "Shapefile 文件"),
)
_MARKUP: tuple[tuple[bytes, str, str, str], ...] = (
    (b"<!doctype html", "html", "an HTML page", "HTML 网页"),
    (b"<html", "html", "an HTML page", "HTML 网页"),
    (b"<table", "html", "an HTML page", "HTML 网页"),
    (b"<meta", "html", "an HTML page", "HTML 网页"),
    (b"<ogrvrtdataset", "vrt", "a GDAL VRT, which points to other data", "GDAL VRT（指向其他数据）"),
    (b"<", "xml", "an XML document", "XML 文档"),
)
_LONGEST_LOOK = 512


def sniff(data: bytes) -> tuple[str, str, str] | None:
    """Return kind, name in English and name in Chinese of a known binary or markup format; None for other data."""
    head = data[:_LONGEST_LOOK]
    for magic, kind, text, text_zh in _MAGIC:
        if head.startswith(magic):
            return kind, text, text_zh
    plain = _without_mark(head).lstrip().lower()
    if plain.startswith((b"<!--", b"<?xml")):
        plain = plain[plain.find(b">") + 1 :].lstrip()
        if not plain.startswith(b"<"):
            return "xml", "an XML document", "XML 文档"
    for magic, kind, text, text_zh in _MARKUP:
        if plain.startswith(magic):
            return kind, text, text_zh
    return None


def _without_mark(head: bytes) -> bytes:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def expect(data: bytes, file: str, kinds: frozenset[str], what: tuple[str, str]) -> None:
    """Refuse data that are not of one of the ``kinds``; ``what`` says in en and zh what was expected.

    Raises
    ------
    StudyError
        ``E-FORMAT`` saying what the file is; ``E-EMPTY`` for a file without a byte.
    """
    if not data.strip():
        raise StudyError(Fault.of(file, say("E-EMPTY/file")))
    found = sniff(data)
    if found is not None and found[0] in kinds:
        return
    is_what, is_what_zh = (found[1], found[2]) if found else ("something else", "其他内容")
    raise StudyError(
        Fault(
            "E-FORMAT",
            file,
            f"the file is {is_what}, not {what[0]}.",
            f"该文件实为{is_what_zh}，不是{what[1]}。",
            hint="Open it in the program it comes from and save it as .xlsx or .csv.",
            hint_zh="请用原软件打开后另存为 .xlsx 或 .csv。",
        )
    )
