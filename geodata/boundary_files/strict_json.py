"""Read JSON text without letting its faults pass: repeated keys, cut files, depth bombs."""

import codecs
import json
from pathlib import Path
from typing import Any

from regions.errors import Fault, StudyError
from regions.files.encodings import decode
from regions.files.writing import refuse_special
from regions.messages import Message, say

LARGEST_FILE = 100_000_000
"""Bytes; parsed JSON takes ten times the room of its text."""


class JsonObject(dict[str, Any]):
    """An object of the file that remembers the keys that stand in it twice."""

    __slots__ = ("repeated",)

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        names = [name for name, _ in pairs]
        self.repeated = (
            tuple(sorted({name for name in names if names.count(name) > 1})) if len(self) < len(names) else ()
        )


def read_json(path: Path) -> tuple[Any, list[Fault]]:
    """Read a JSON file.

    Parameters
    ----------
    path
        The file; UTF-8 with or without a byte-order mark, or GB18030 or Big5 (with a warning).

    Returns
    -------
    document, warnings
        Objects are ``JsonObject``, arrays are lists. The tokens NaN and Infinity become floats, for the caller to
        judge where they stand.

    Raises
    ------
    StudyError
        ``E-FORMAT``: absent, too large, empty, or not JSON at all (seen from the first character, before any parser
        touches it). ``E-ENC``, ``E-NUL``: see ``regions.files.encodings``. ``E-JSON``: with line and offset.
    """
    text, warnings = _decode(_read_bytes(path), path.name)
    try:
        return json.loads(text, object_pairs_hook=JsonObject), warnings
    except json.JSONDecodeError as error:
        raise _fault(path.name, say("E-JSON/breaks-off", offset=error.pos, reason=error.msg), error.lineno) from error
    except RecursionError as error:
        raise _fault(path.name, say("E-JSON/deep")) from error
    except ValueError as error:  # a whole number of thousands of digits
        raise _fault(path.name, say("E-JSON/number", reason=error)) from error


def _read_bytes(path: Path) -> bytes:
    refuse_special([path])
    if not path.is_file():
        raise _fault(path.name, say("E-FORMAT/no-file-at", path=path))
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise _fault(path.name, say("E-FORMAT/json-size", size=size / 1e6, most=LARGEST_FILE / 1e6))
    return path.read_bytes()


def _decode(data: bytes, file: str) -> tuple[str, list[Fault]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _fault(file, say("E-ENC/json"))
    start = data.removeprefix(codecs.BOM_UTF8).lstrip()
    if not start.startswith((b"{", b"[")):
        shown = ascii(start[:40].decode("utf-8", "replace"))[1:-1]
        raise _fault(file, say("E-FORMAT/no-json", shown=shown or say("list/nothing")))
    return decode(data, file)


def _fault(file: str, message: Message, row: int | None = None) -> StudyError:
    return StudyError(Fault.of(file, message, row=row))
