"""Read JSON of any size object by object, however it is laid out: lines, arrays, pages of an API, one or several."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import ijson

from regions.errors import Fault, StudyError
from regions.messages import say
from regions.sources.reading.streams import MOST_FAULTS, open_stream

Object = Mapping[str, Any]

_LONGEST = 64 << 20  # characters of one object
_DEEPEST = 100
_PAGES = ("results", "items")
_EMPTY: Object = {}


class Spot(NamedTuple):
    """Where an object stands: its line (None when it has none of its own), and its number, or line, for people."""

    row: int | None
    number: int


def read_objects(path: Path) -> Iterator[tuple[Spot, Object]]:
    """Read the objects of a file: one a line, or an array, or pages of an API (``results``), pretty-printed or not.

    Lines are decoded one by one, so that every bad one is named; anything else is streamed by ijson.

    Yields
    ------
    spot, object
        The line for JSON lines, else the position among the objects, from 1.

    Raises
    ------
    StudyError
        ``E-JSON``: every line or element that is no JSON object (after the last), or where the text breaks off, is
        nested deeper than 100 levels or holds an object of more than 64 million characters.
    """
    faults: list[Fault] = []
    with open_stream(path) as text:
        lines = _has_lines(text)
        text.seek(0)
        for number, found in _read_lines(text) if lines else _read_values(text):
            if isinstance(found, dict):
                yield Spot(number if lines else None, number), found
            else:
                reason = str(found) if isinstance(found, Exception) else "no JSON object"
                faults.append(_fault(path.name, number, reason, part="line" if lines else "object"))
            if len(faults) >= MOST_FAULTS:
                break
    if faults:
        raise StudyError(faults)


def _has_lines(text: TextIO) -> bool:
    """Tell whether every line is an object of its own: the first is, or it is broken and the second begins one."""
    filled = (line.strip() for line in iter(lambda: text.readline(_LONGEST), ""))
    first = next(filter(None, filled), "")
    if not first.startswith(("{", "[")):
        return True
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return first.startswith("{") and next(filter(None, filled), "").startswith("{")


def _read_lines(text: TextIO) -> Iterator[tuple[int, object]]:
    """Give the objects of every line, or what is wrong with it."""
    for number, line in enumerate(iter(lambda: text.readline(_LONGEST), ""), start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, error
        else:
            page = _find_page(found) if isinstance(found, dict) else None
            yield from ((number, item) for item in ([found] if page is None else page))


def _find_page(found: Object) -> Sequence[object] | None:
    """Return the list of objects in a page; None for an object."""
    page = found.get("results", found.get("items")) if "id" not in found else None
    return page if isinstance(page, list) else None


def _read_values(text: TextIO) -> Iterator[tuple[int, object]]:
    """Give the objects of one or several arrays, pages or objects in a row, or what breaks them off."""
    number = 0
    try:
        for found in _Values(text).iterate():
            number += 1
            yield number, found
    except (ijson.JSONError, ValueError) as error:
        yield number + 1, ValueError(" ".join(str(error).split()))


class _Values:
    """Walks through the events of a text; the lists in arrays and pages are never held, only one object at a time."""

    def __init__(self, text: TextIO) -> None:
        self._events = ijson.basic_parse(_Encoded(text), multiple_values=True, use_float=True)
        self._size = 0

    def iterate(self) -> Iterator[object]:
        """Give every object; anything else that stands where an object should as it is."""
        inside: list[str] = []  # the lists and pages around
        for event, value in self._events:
            self._size = 0
            if event in {"end_array", "end_map"}:
                inside.pop()
            elif event == "start_array" and (not inside or inside[-1] == "page"):
                inside.append("list")
            elif event == "map_key":
                if value not in _PAGES:
                    self._build(*next(self._events))
            elif event == "start_map":
                found = self._build_object()
                inside += ["page", "list"] if found is None else []
                if found is not None:
                    yield found
            else:
                yield self._build(event, value)

    def _build_object(self) -> dict[str, Any] | None:
        """Build an object whose bracket was read; None when it is a page, whose list begins then."""
        found: dict[str, Any] = {}
        for event, key in self._events:
            if event == "end_map":
                break
            event, value = next(self._events)  # noqa: PLW2901 - the value of the key
            if event == "start_array" and key in _PAGES and "id" not in found:
                return None
            found[key] = self._build(event, value)
        return found

    def _build(self, event: str, value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Build one value from its first event on."""
        if event not in {"start_map", "start_array"}:
            return value
        builder, depth = ijson.ObjectBuilder(), 0
        while True:
            builder.event(event, value)
            depth += (event in {"start_map", "start_array"}) - (event in {"end_map", "end_array"})
            self._size += 1 + (len(value) if isinstance(value, str) else 0)
            if depth > _DEEPEST or self._size > _LONGEST:
                raise ijson.JSONError("the object is nested too deep or too long")
            if not depth:
                return builder.value
            event, value = next(self._events)


class _Encoded:
    """A text in any encoding as the UTF-8 that the parser reads."""

    def __init__(self, text: TextIO) -> None:
        self._text = text

    def read(self, size: int = -1) -> bytes:
        """Read at most so many characters."""
        return self._text.read(size).encode("utf-8", "surrogatepass")


def _fault(file: str, number: int, reason: str, *, part: str = "line") -> Fault:
    key = "E-JSON/line" if part == "line" else "E-JSON/object"
    return Fault.of(file, say(key, number=number, reason=reason[:120]), row=number if part == "line" else None)


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


def get_cell(found: Object, key: str) -> str:
    """Return the text or number under ``key`` as a cell of a table has it; "" for null and anything else."""
    value = found.get(key)
    known = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value).strip() if known else ""


def get_number(found: Object, key: str) -> float | None:
    """Return the number under ``key``; None when there is none."""
    value = found.get(key)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
