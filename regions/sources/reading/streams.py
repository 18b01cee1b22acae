"""Open large text files as streams: the encoding is found first, then lines come one at a time."""

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from regions.errors import Fault, StudyError
from regions.files.encodings import choose_chinese
from regions.files.writing import refuse_special
from regions.messages import say

MOST_FAULTS = 1000
"""Reading stops at this many faults: a file of the wrong kind would give one a line."""

_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ARCHIVES = (b"PK\x03\x04", b"7z\xbc\xaf", b"Rar!")


@contextmanager
def open_stream(path: Path) -> Iterator[TextIO]:
    """Open a text file, compressed by gzip or not, in the encoding that fits all of it.

    A byte-order mark decides, else strict UTF-8, else GB18030 or Big5, whichever fits the first megabyte with any.

    Raises
    ------
    StudyError
        ``E-FOLDER`` when it is not there, ``E-EMPTY``, ``E-NUL``, ``E-ENC`` with the line, ``E-FORMAT`` for an
        archive or a damaged gzip file.
    """
    refuse_special([path])
    if not path.is_file():
        raise StudyError(Fault.of(str(path), say("E-FOLDER/no-file")))
    try:
        encoding = _find_encoding(path)
        with _open_bytes(path) as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
            yield text
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise StudyError(Fault.of(path.name, say("E-FORMAT/compressed"))) from error


def _open_bytes(path: Path) -> BinaryIO:
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    return cast("BinaryIO", gzip.open(path, "rb")) if packed else path.open("rb")


def _find_encoding(path: Path) -> str:
    with _open_bytes(path) as raw:
        head = raw.read(4)
    if not head:
        raise StudyError(Fault.of(path.name, say("E-EMPTY/file")))
    if head.startswith(_ARCHIVES):
        raise StudyError(Fault.of(path.name, say("E-FORMAT/archive")))
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            _refuse_undecodable(path, encoding)
            return encoding
    line = _first_undecodable_line(path, "utf-8")
    if line is None:
        return "utf-8"
    chinese = _choose_chinese(path)
    if chinese and _first_undecodable_line(path, chinese) is None:
        return chinese
    raise StudyError(_encoding_fault(path, line))


def _choose_chinese(path: Path) -> str | None:
    with _open_bytes(path) as raw:
        while (chunk := raw.read(_CHUNK)) and chunk.isascii():
            continue
        return choose_chinese(chunk + raw.read(1) if chunk else b"")


def _refuse_undecodable(path: Path, encoding: str) -> None:
    line = _first_undecodable_line(path, encoding)
    if line is not None:
        raise StudyError(_encoding_fault(path, line))


def _encoding_fault(path: Path, line: int) -> Fault:
    return Fault.of(path.name, say("E-ENC/source"), row=line)


def _first_undecodable_line(path: Path, encoding: str) -> int | None:
    """Return the line where decoding fails, None when all of the file can be read; a NUL is a fault at once."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with _open_bytes(path) as raw:
        while True:
            chunk = raw.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return line + chunk[: error.start].count(b"\n")
            if "\0" in text:
                row = line + text[: text.index("\0")].count("\n")
                raise StudyError(Fault.of(path.name, say("E-NUL/source"), row=row))
            if not chunk:
                return None
            line += text.count("\n")
