"""Tell what a file is by its first bytes, whatever its name says."""

from typing import NamedTuple

from regions.errors import Fault, StudyError
from regions.messages import say
from regions.words import Words

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "zip", "formats/zip"),
    (b"PK\x05\x06", "zip", "formats/zip-empty"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole", "formats/ole"),
    (b"PAR1", "parquet", "formats/parquet"),
    (b"SQLite format 3\x00", "sqlite", "formats/sqlite"),
    (b"%PDF", "pdf", "formats/pdf"),
    (b"\x1f\x8b", "gzip", "formats/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z", "formats/7z"),
    (b"Rar!", "rar", "formats/rar"),
    (b"\x89PNG", "png", "formats/picture"),
    (b"\xff\xd8\xff", "jpeg", "formats/picture"),
    (b"{\\rtf", "rtf", "formats/rtf"),
    (b"\x00\x00\x27\x0a", "shp", "formats/shapefile"),
)
_MARKUP: tuple[tuple[bytes, str, str], ...] = (
    (b"<!doctype html", "html", "formats/html"),
    (b"<html", "html", "formats/html"),
    (b"<table", "html", "formats/html"),
    (b"<meta", "html", "formats/html"),
    (b"<ogrvrtdataset", "vrt", "formats/vrt"),
    (b"<", "xml", "formats/xml"),
)
_LONGEST_LOOK = 512


class Format(NamedTuple):
    """What a file is: a short word for it, and its name in both languages."""

    kind: str
    name: Words


def sniff(data: bytes) -> Format | None:
    """Return the binary or markup format of data by their first bytes; None for other data."""
    head = data[:_LONGEST_LOOK]
    for magic, kind, key in _MAGIC:
        if head.startswith(magic):
            return Format(kind, say(key).words)
    plain = _without_mark(head).lstrip().lower()
    if plain.startswith((b"<!--", b"<?xml")):
        plain = plain[plain.find(b">") + 1 :].lstrip()
        if not plain.startswith(b"<"):
            return Format("xml", say("formats/xml").words)
    for magic, kind, key in _MARKUP:
        if plain.startswith(magic):
            return Format(kind, say(key).words)
    return None


def _without_mark(head: bytes) -> bytes:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def expect(data: bytes, file: str, kinds: frozenset[str], what: Words) -> None:
    """Refuse data that are not of one of the ``kinds``; ``what`` says what was expected.

    Raises
    ------
    StudyError
        ``E-FORMAT`` saying what the file is; ``E-EMPTY`` for a file without a byte.
    """
    if not data.strip():
        raise StudyError(Fault.of(file, say("E-EMPTY/file")))
    found = sniff(data)
    if found is not None and found.kind in kinds:
        return
    is_what = found.name if found else say("formats/other")
    raise StudyError(Fault.of(file, say("E-FORMAT/other-file", what=is_what, wanted=what)))
