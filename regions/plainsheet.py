"""Read the cells of a worksheet that is written in the plain way, in bulk, as text.

Most programs write a sheet as rows of cells with a reference, a number or the place of a text in a list. Then the
places of all values can be found at once, and the texts cut out, in less time than a general reader takes. Whatever is
not plain (dates, rich text, errors, very long numbers) is left to that reader.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

import numpy as np
import numpy.typing as npt

from regions.strictxml import walk_xml

Positions = npt.NDArray[np.intp]
Texts = npt.NDArray[np.object_]

_PLAIN_FORMATS = frozenset({0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 37, 38, 39, 40, 49})
_ATTRIBUTES = re.compile(rb'^( s="(?P<s>\d+)"| t="(?P<t>s|n|str|inlineStr)")*\s*$')
_QUOTED = re.compile(r'"[^"]*"|\\.|\[(?![hmsHMS]+\])[^\]]*\]')
_DATED = re.compile("[ymdhs年月日时分秒]", re.IGNORECASE)
_EXACT_DIGITS = 15
_MOST_HEADS = 200
_EXACT = 1e15


@dataclass(frozen=True, slots=True, eq=False)
class PlainCells:
    """Where the cells of a plain sheet are.

    Attributes
    ----------
    xml
        The sheet.
    tags
        Place of the first letter of every tag among the rows.
    cells
        Index in ``tags`` of every cell.
    ends
        Place of the quote that ends the reference of every cell.
    rows, columns
        Number of the row and the column of every cell, from 1.
    """

    xml: bytes
    tags: Positions
    cells: Positions
    ends: Positions
    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int32]


def read_shared_texts(xml: bytes, file: str) -> list[str]:
    """Return the list of texts that cells refer to; rich text is joined, phonetic guides are left out."""
    texts: list[str] = []
    parts: list[str] = []
    state = {"text": 0, "guide": 0}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        del attributes
        if name == "si":
            parts.clear()
        state["guide"] += name == "rPh"
        state["text"] += name == "t"

    def end(name: str) -> None:
        state["guide"] -= name == "rPh"
        state["text"] -= name == "t"
        if name == "si":
            texts.append("".join(parts))

    def text(data: str) -> None:
        if state["text"] and not state["guide"]:
            parts.append(data)

    walk_xml(xml, file, start=start, end=end, text=text)
    return texts


def find_plain_styles(xml: bytes, file: str) -> frozenset[int]:
    """Return the numbers of the cell styles that show a number as it is, not as a date or in a form of their own."""
    found: set[int] = set()
    state = {"inside": 0, "next": 0}
    formats = set(_PLAIN_FORMATS)

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt" and not _DATED.search(_QUOTED.sub("", attributes.get("formatCode", "d"))):
            formats.add(int(attributes["numFmtId"]) if attributes.get("numFmtId", "").isdigit() else 0)
        elif name == "cellXfs":
            state["inside"] = 1
        elif name == "xf" and state["inside"]:
            number = attributes.get("numFmtId", "0")
            if number.isdigit() and int(number) in formats:
                found.add(state["next"])
            state["next"] += 1

    def end(name: str) -> None:
        if name == "cellXfs":
            state["inside"] = 0

    walk_xml(xml, file, start=start, end=end)
    return frozenset(found)


def read_plain(plain: PlainCells, shared: list[str], styles: frozenset[int]) -> tuple[list[list[Any]], int, int] | None:
    """Return the filled columns as text, the numbers of the first row and column; None if not plain enough."""
    values = _find_values(plain)
    if values is None:
        return None
    starts, stops, kinds = values
    texts = np.empty(len(starts), dtype=object)
    classes = _classify(plain)
    if classes is None:
        return None
    heads, codes = classes
    for code, head in enumerate(heads):
        match = _ATTRIBUTES.match(head)
        if match is None or (match.group("s") and int(match.group("s")) not in styles):
            return None
        kind = match.group("t") or b"n"
        mine = np.flatnonzero(codes == code)
        wrong = kinds[mine] == (_VALUE if kind == b"inlineStr" else _INLINE)
        cut = None if wrong.any() else _cut(plain.xml, (starts[mine], stops[mine]), kind, shared)
        if cut is None:
            return None
        texts[mine] = cut
    return _lay_out(plain, texts)


_VALUE, _INLINE, _EMPTY = 1, 2, 3


def _find_values(plain: PlainCells) -> tuple[Positions, Positions, npt.NDArray[np.int8]] | None:
    """Return where the value of each cell begins and ends, and whether it is a value, an inline text or nothing."""
    data = np.frombuffer(plain.xml, dtype=np.uint8)
    tags, cells = plain.tags, plain.cells
    if cells[-1] + 3 >= len(tags):
        tags = np.concatenate([tags, np.full(4, tags[-1])])
    following = data[tags[cells + 1]]
    kinds = np.full(len(cells), _EMPTY, dtype=np.int8)
    kinds[following == ord("v")] = _VALUE
    kinds[following == ord("i")] = _INLINE
    opening = tags[cells + np.where(kinds == _INLINE, 2, 1)]
    starts, stops = opening + 2, tags[cells + np.where(kinds == _INLINE, 3, 2)] - 1
    empty = kinds == _EMPTY
    starts[empty] = stops[empty] = 0
    full = ~empty
    wide = full & (data[starts - 1] != ord(">"))  # <t xml:space="preserve">
    for i in np.flatnonzero(wide):
        starts[i] = plain.xml.find(b">", opening[i]) + 1
    if (starts[full] > stops[full]).any() or (data[stops[full] + 1] != ord("/")).any():
        return None
    return starts, stops, kinds


def _classify(plain: PlainCells) -> tuple[list[bytes], npt.NDArray[np.int32]] | None:
    """Return the different attributes that follow a reference, and which of them each cell has; None if too many."""
    data = np.frombuffer(plain.xml, dtype=np.uint8)
    following = plain.tags[np.minimum(plain.cells + 1, len(plain.tags) - 1)]
    begin = plain.ends + 1
    closed = data[following - 2] == ord(">")
    length = np.where(closed, following - 2 - begin, -1)
    codes = np.full(len(begin), -1, dtype=np.int32)
    heads: list[bytes] = []
    left = np.arange(len(begin))
    while len(left):
        first = left[0]
        if length[first] < 0 or len(heads) >= _MOST_HEADS:
            return None
        head = plain.xml[begin[first] : begin[first] + length[first]]
        same = left[length[left] == length[first]]
        for i, byte in enumerate(head):
            same = same[data[begin[same] + i] == byte]
        codes[same] = len(heads)
        heads.append(head.rstrip(b"/"))
        left = left[codes[left] < 0]
    return heads, codes


def _cut(xml: bytes, spans: tuple[Positions, Positions], kind: bytes, shared: list[str]) -> Texts | None:
    """Cut the values out, numbers as shortly as they can be written; None when a value is not plain enough."""
    starts, stops = spans
    if kind in {b"inlineStr", b"str"}:
        cut = _slice(xml, starts, stops)
        odd = any("_x" in text for text in cut)  # Excel's own escapes
        return None if odd else _to_array([unescape(text) if "&" in text else text for text in cut])
    numbers, whole = _read_whole_numbers(xml, starts, stops)
    if kind == b"s":
        good = whole.all() and (numbers < len(shared)).all()
        return _to_array(shared)[numbers] if good else None
    texts = np.empty(len(starts), dtype=object)
    distinct, which = np.unique(numbers[whole], return_inverse=True)
    texts[whole] = _to_array(list(map(str, distinct.tolist())))[which]
    try:
        texts[~whole] = _to_array(list(map(_shorten, _slice(xml, starts[~whole], stops[~whole]))))
    except ValueError:
        return None
    return texts


def _slice(xml: bytes, starts: Positions, stops: Positions) -> list[str]:
    return [xml[begin:end].decode() for begin, end in zip(starts.tolist(), stops.tolist(), strict=True)]


def _to_array(texts: list[str]) -> Texts:
    array = np.empty(len(texts), dtype=object)
    array[:] = texts
    return array


def _read_whole_numbers(
    xml: bytes, starts: Positions, stops: Positions
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return the whole numbers of at most 15 digits in these spans (0 elsewhere), and which spans hold one."""
    data = np.frombuffer(xml, dtype=np.uint8)
    width = stops - starts
    whole = (width > 0) & (width <= _EXACT_DIGITS)
    number = np.zeros(len(starts), dtype=np.int64)
    for i in range(int(width[whole].max(initial=0))):
        going = whole & (width > i)
        digit = data[np.where(going, starts + i, 0)] - np.uint8(ord("0"))
        whole &= ~going | (digit <= 9)  # noqa: PLR2004 - the last digit
        number = np.where(going, number * 10 + digit, number)
    number[~whole] = 0
    return number, whole


def _shorten(text: str) -> str:
    """Write a number as shortly as can be; one of few digits without zeros at the ends is that short already."""
    if (
        len(text) <= _EXACT_DIGITS
        and text[-1:] not in "0."
        and text[:1] not in "0-+."
        and text.replace(".", "", 1).isdigit()
    ):
        return text
    if not text:
        return ""
    number = float(text)
    if not abs(number) < _EXACT:
        raise ValueError
    return str(int(number)) if number.is_integer() else repr(number)


def _lay_out(plain: PlainCells, texts: npt.NDArray[np.object_]) -> tuple[list[list[Any]], int, int]:
    filled = np.flatnonzero(texts != "")
    if len(filled) == 0:
        return [], 1, 1
    rows, columns = plain.rows[filled], plain.columns[filled]
    top, left = int(rows.min()), int(columns.min())
    grid = np.full((int(columns.max()) - left + 1, int(rows.max()) - top + 1), "", dtype=object)
    grid[columns - left, rows - top] = texts[filled]
    return grid.tolist(), top, left
