"""Read JSON text without letting its faults pass: repeated keys, cut files, depth bombs."""

import codecs
import json
from pathlib import Path
from typing import Any

from regions.errors import Fault, StudyError
from regions.files.encodings import decode
from regions.files.writing import refuse_special

LARGEST_FILE = 100_000_000
"""Bytes; parsed JSON takes ten times the room of its text."""

_NOT_JSON = "the file is not JSON text; it begins with: "


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
        message = f"the JSON text breaks off or is wrong at offset {error.pos}: {error.msg}."
        raise _fault(
            "E-JSON", path.name, message, f"JSON 在第 {error.pos} 个字符处中断或有误。", error.lineno
        ) from error
    except RecursionError as error:
        raise _fault("E-JSON", path.name, "the JSON text is nested too deeply.", "JSON 嵌套过深。") from error
    except ValueError as error:  # a whole number of thousands of digits
        raise _fault(
            "E-JSON", path.name, f"the JSON text holds a number out of range: {error}.", "数字过长。"
        ) from error


def _read_bytes(path: Path) -> bytes:
    refuse_special([path])
    if not path.is_file():
        raise _fault("E-FORMAT", path.name, f"there is no such file: {path}.", f"文件不存在：{path}。")
    size = path.stat().st_size
    if size > LARGEST_FILE:
        message = f"the file has {size / 1e6:.0f} MB; at most {LARGEST_FILE / 1e6:.0f} MB are read. Simplify it first."
        raise _fault("E-FORMAT", path.name, message, f"文件超过 {LARGEST_FILE / 1e6:.0f} MB，请先简化。")
    return path.read_bytes()


def _decode(data: bytes, file: str) -> tuple[str, list[Fault]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _fault("E-ENC", file, "the file is UTF-16; JSON must be UTF-8.", "文件为 UTF-16，JSON 须为 UTF-8。")
    start = data.removeprefix(codecs.BOM_UTF8).lstrip()
    if not start.startswith((b"{", b"[")):
        shown = ascii(start[:40].decode("utf-8", "replace"))[1:-1] or "nothing"
        raise _fault("E-FORMAT", file, f"{_NOT_JSON}{shown}", f"不是 JSON 文件，开头为：{shown}")
    return decode(data, file)


def _fault(code: str, file: str, message: str, message_zh: str, row: int | None = None) -> StudyError:
    return StudyError(Fault(code, file, message, message_zh, row=row))
