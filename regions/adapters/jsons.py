"""Read JSON of any size object by object: one a line, or one long array."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from regions.adapters.stream import MOST_FAULTS, open_stream
from regions.errors import Fault, StudyError

Object = Mapping[str, Any]

_CHUNK = 1 << 20
_LONGEST = 64 << 20  # characters of one object
_BLANK = " \t\r\n"
_SEPARATORS = _BLANK + ","
_EMPTY: Object = {}


def read_objects(path: Path) -> Iterator[tuple[int, Object]]:
    """Read the objects of a file: JSON lines, or an array of objects, or pages of an API with ``results``.

    Yields
    ------
    number, object
        The line for JSON lines; the position in the array, from 1, for an array.

    Raises
    ------
    StudyError
        ``E-JSON`` for every line that is no JSON object (after the last line), or where an array breaks off.
    """
    with open_stream(path) as text:
        if _first_character(text) == "[":
            yield from _read_array(text, path.name)
        else:
            yield from _read_lines(text, path.name)


def _first_character(text: TextIO) -> str:
    first = text.read(1)
    while first and first in _BLANK:
        first = text.read(1)
    text.seek(0)
    return first


def _read_lines(text: TextIO, file: str) -> Iterator[tuple[int, Object]]:
    faults: list[Fault] = []
    for number, line in enumerate(text, start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            faults.append(_fault(file, number, str(error)))
        else:
            if isinstance(found, dict):
                yield from ((number, page) for page in _open_page(found))
            else:
                faults.append(_fault(file, number, "no JSON object"))
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise StudyError(faults)


def _open_page(found: Object) -> Iterator[Object]:
    pages = found.get("results", found.get("items")) if "id" not in found else None
    if isinstance(pages, list):
        yield from (item for item in pages if isinstance(item, dict))
    else:
        yield found


def _read_array(text: TextIO, file: str) -> Iterator[tuple[int, Object]]:
    decoder = json.JSONDecoder()
    held, at, number = _skip_to_array(text), 0, 0
    while True:
        at = _skip_separators(held, at)
        if held.startswith("]", at):
            return
        try:
            found, at = decoder.raw_decode(held, at)
        except (ValueError, RecursionError) as error:
            held, at = held[at:], 0
            more = text.read(max(_CHUNK, len(held))) if len(held) < _LONGEST else ""
            if not more:
                raise StudyError(_fault(file, number + 1, str(error), part="object")) from error
            held += more
            continue
        number += 1
        if not isinstance(found, dict):
            raise StudyError(_fault(file, number, "no JSON object", part="object"))
        yield number, found


def _skip_to_array(text: TextIO) -> str:
    """Read past the opening bracket."""
    while text.read(1) in _BLANK:
        pass
    return ""


def _skip_separators(held: str, at: int) -> int:
    while at < len(held) and held[at] in _SEPARATORS:
        at += 1
    return at


def _fault(file: str, number: int, reason: str, *, part: str = "line") -> Fault:
    message = f"{part} {number} is no JSON object: {reason[:120]}."
    message_zh = f"第 {number} {'行' if part == 'line' else '个对象'}不是 JSON 对象。"
    return Fault("E-JSON", file, message, message_zh, row=number if part == "line" else None)


def get_object(found: Object, key: str) -> Object:
    """Return the object under ``key``; an empty one when there is none."""
    value = found.get(key)
    return value if isinstance(value, dict) else _EMPTY


def get_objects(found: Object, key: str) -> Sequence[Object]:
    """Return the objects in the list under ``key``; none when there is no list."""
    value = found.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def get_texts(found: Object, key: str) -> Sequence[str]:
    """Return the texts in the list under ``key``; none when there is no list."""
    value = found.get(key)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def get_text(found: Object, key: str) -> str:
    """Return the text under ``key`` without blanks at its ends; "" when there is none."""
    value = found.get(key)
    return value.strip() if isinstance(value, str) else ""


def get_number(found: Object, key: str) -> float | None:
    """Return the number under ``key``; None when there is none."""
    value = found.get(key)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
