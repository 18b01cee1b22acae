"""Look through the XML of a worksheet before it is read: its true size, its formulas, errors and merged cells.

The size that the sheet states of itself (``dimension``) is not to be trusted, and a reader that makes room for the
farthest cell can be made to take all memory by one cell in the last corner.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regions.arrays import Bytes, Integers, Positions, ShortIntegers
from regions.errors import Fault, StudyError
from regions.files.xml_events import walk_xml
from regions.messages import say
from regions.workbooks.cell_names import LAST_COLUMN, LAST_ROW, Position, name_cell, parse_cell

_FEW_CELLS = 2_000_000
_SPARSE = 20
_MOST_CELLS = 60_000_000
_OTHER, _CELL, _ROW = 1, 2, 3
_LONGEST = 10
_FORMULA_ONLY = re.compile(rb"<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)")
_FORMULA = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"([^<>]*)>' + _FORMULA_ONLY.pattern + rb"(?:<v>([^<]*)</v>)?")
_FORMULA_START = re.compile(rb"<f[\s/>]")
_ERROR = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^<>]*\bt="e"[^<>]*>(?:<v>([^<]*)</v>)?')
_MERGED = re.compile(rb'<mergeCell ref="([A-Z0-9$]+):([A-Z0-9$]+)"')
_HIDDEN_ROW = re.compile(rb'<row [^<>]*\bhidden="(?:1|true)"')
_HIDDEN_COLUMN = re.compile(rb'<col [^<>]*\bhidden="(?:1|true)"')


@dataclass(frozen=True, slots=True)
class SheetScan:
    """What was seen; rows and columns count from 1, as (row, column).

    Attributes
    ----------
    cells
        Number of cells in the XML.
    farthest
        Largest row and largest column.
    formulas
        Cell -> whether it has a value that was computed when the file was saved.
    errors
        Cell -> Excel error value, such as ``#N/A``.
    merged
        First and last cell of merged areas.
    hidden_rows, hidden_columns
        Number of hidden rows (filtered out, say) and of definitions that hide columns.
    """

    cells: int
    farthest: Position
    formulas: Mapping[Position, bool]
    errors: Mapping[Position, str]
    merged: tuple[tuple[Position, Position], ...] = ()
    hidden_rows: int = 0
    hidden_columns: int = 0


def scan_sheet(xml: bytes, file: str) -> SheetScan:
    """Look through the XML of a worksheet.

    A sheet as Excel, WPS, LibreOffice and most libraries write it is looked through in bulk (a tenth of a second for
    500,000 cells, twice that with a formula in every row); any other is parsed element by element.

    Raises
    ------
    StudyError
        ``E-SHEETSIZE`` when the farthest cells span an area far larger than the cells in it; ``E-XML``,
        ``E-XMLDTD`` as in ``walk_xml``.
    """
    scan = _scan_plainly(xml) or _parse(xml, file)
    rows, columns = scan.farthest
    area = rows * columns
    if area > _MOST_CELLS or (area > _FEW_CELLS and area > _SPARSE * scan.cells):
        raise StudyError(Fault.of(file, say("E-SHEETSIZE", cell=name_cell(rows, columns), filled=scan.cells), row=rows))
    return scan


def _scan_plainly(xml: bytes) -> SheetScan | None:
    """Look through a sheet in bulk; None when it is not written in the plain way.

    Formulas are taken out before the cells are found: they stand between a cell and its value.
    """
    if b"<!" in xml:
        return None
    formulas: dict[Position, bool] = {}
    bare = xml
    if b"<f" in xml:
        found = [match.groups() for match in _FORMULA.finditer(xml)]
        places = [(parse_cell(place.decode()), attributes, value) for place, attributes, value in found]
        formulas = {place: bool((value or b"").strip()) or b't="str"' in kind for place, kind, value in places if place}
        bare = _FORMULA_ONLY.sub(b"", xml)
        if len(formulas) != len(_FORMULA_START.findall(xml)) or _FORMULA_START.search(bare):
            return None
    size = _measure_plain(bare)
    if size is None:
        return None
    errors = {}
    if b't="e"' in bare:
        for place, value in _ERROR.findall(bare):
            errors[parse_cell(place.decode()) or (0, 0)] = value.decode() or "#VALUE!"
        if len(errors) != bare.count(b't="e"'):
            return None
    tail = bare[bare.rfind(b"</sheetData>") :]
    merged = [(parse_cell(first.decode()), parse_cell(last.decode())) for first, last in _MERGED.findall(tail)]
    if len(merged) != tail.count(b"<mergeCell "):
        return None
    return SheetScan(
        *size,
        formulas,
        errors,
        tuple((first, last) for first, last in merged if first and last),
        *((len(_HIDDEN_ROW.findall(bare)), len(_HIDDEN_COLUMN.findall(bare))) if b'hidden="' in bare else (0, 0)),
    )


def _build_classes() -> Bytes:
    """First two bytes of a tag -> what it is; 0 for whatever a plain sheet without formulas does not have."""
    table = np.zeros(65536, dtype=np.uint8)

    def put(pair: bytes, kind: int) -> None:
        table[pair[0] * 256 + pair[1]] = kind

    for first in b"vt":
        for second in b" >/":
            put(bytes([first, second]), _OTHER)
    put(b"is", _OTHER)
    put(b"c ", _CELL)
    put(b"ro", _ROW)
    for second in range(256):
        put(bytes([ord("/"), second]), _OTHER)
    return table


_CLASSES = _build_classes()


def _measure_plain(xml: bytes) -> tuple[int, Position] | None:
    """Return the number of cells and the farthest row and column; None when the sheet is not written in the plain way.

    Plain means: between ``<sheetData>`` and its end stand only rows, cells, values and texts, without prefixes, every
    row and cell begins with its reference, and cells stand in the row that they name. Then no cell can hide.
    """
    begin, end = xml.find(b"<sheetData>"), xml.rfind(b"</sheetData>")
    if begin < 0 or end < begin or b"<!" in xml[:begin]:
        return None
    data = np.frombuffer(xml, dtype=np.uint8)
    tags = np.flatnonzero(data[begin + 11 : end + 1] == ord("<")) + begin + 12
    kinds = _CLASSES[data[tags].astype(np.uint16) * 256 + data[tags + 1]]
    if not kinds.all():
        return None
    cells, rows = np.flatnonzero(kinds == _CELL), np.flatnonzero(kinds == _ROW)
    if not len(cells) or not (_all_start(data, tags[cells], b'c r="') and _all_start(data, tags[rows], b'row r="')):
        return None
    columns, letters = _read_letters(data, tags[cells] + len(b'c r="'))
    numbers = _read_numbers(data, tags[cells] + len(b'c r="') + letters) if columns is not None else None
    row_numbers = _read_numbers(data, tags[rows] + len(b'row r="'))
    if columns is None or numbers is None or row_numbers is None or cells[0] < rows[0]:
        return None
    own = row_numbers[np.searchsorted(rows, cells) - 1]
    if (own != numbers).any() or own.max() > LAST_ROW or columns.max() > LAST_COLUMN:
        return None
    return len(cells), (int(own.max()), int(columns.max()))


def _all_start(data: Bytes, places: Positions, text: bytes) -> bool:
    return all(bool((data[places + i] == byte).all()) for i, byte in enumerate(text))


def _read_letters(data: Bytes, places: Positions) -> tuple[ShortIntegers | None, npt.NDArray[np.int8]]:
    """Return the columns of references such as ``AB12`` at ``places``, and how many letters each has; None if bad."""
    letters = np.zeros(len(places), dtype=np.int8)
    column = np.zeros(len(places), dtype=np.int32)
    going = np.ones(len(places), dtype=bool)
    for i in range(4):
        byte = data[places + i]
        going &= (byte >= ord("A")) & (byte <= ord("Z"))
        if not going.any():
            break
        letters += going
        column = np.where(going, column * 26 + (byte.astype(np.int32) - ord("A") + 1), column)
    return (column if letters.min() >= 1 and letters.max() <= 3 else None), letters  # noqa: PLR2004 - XFD is the last


def _read_numbers(data: Bytes, places: Positions) -> Integers | None:
    """Return the numbers that begin at ``places`` and end with a quote; None if bad."""
    number = np.zeros(len(places), dtype=np.int64)
    digits = np.zeros(len(places), dtype=np.intp)
    going = np.ones(len(places), dtype=bool)
    for _ in range(_LONGEST):
        byte = data[np.minimum(places + digits, len(data) - 1)]
        going &= byte != ord('"')
        if not going.any():
            return number if digits.min() > 0 else None
        digit = byte - np.uint8(ord("0"))
        if (digit[going] > 9).any():  # noqa: PLR2004 - the last digit
            return None
        number = np.where(going, number * 10 + digit, number)
        digits += going
    return None


class _Walker:
    """Follows a sheet element by element; a row or cell without a reference follows the one before it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.row = self.column = self.last_row = self.last_column = self.cells = self.hidden = self.hidden_columns = 0
        self.formulas: dict[Position, bool] = {}
        self.errors: dict[Position, str] = {}
        self.merged: list[tuple[Position, Position]] = []
        self.kind = ""
        self.inside = ""
        self.value: list[str] = []
        self.formula = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            number = attributes.get("r", "").strip()
            self.row = int(number) if number.isascii() and number.isdigit() else self.row + 1
            self.column = 0
            self.hidden += attributes.get("hidden") in {"1", "true"}
        elif name == "col":
            self.hidden_columns += attributes.get("hidden") in {"1", "true"}
        elif name == "c":
            self._enter_cell(attributes)
        elif name == "f":
            self.formula = True
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            corners = parse_cell(first), parse_cell(last)
            if corners[0] and corners[1]:
                self.merged.append((corners[0], corners[1]))
        self.inside = name

    def _enter_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r", "").strip()
        place = parse_cell(reference)
        if (reference and place is None) or (place and (place[0] > LAST_ROW or place[1] > LAST_COLUMN)):
            raise StudyError(Fault.of(self.file, say("E-FORMAT/no-cell", cell=reference[:20])))
        row, self.column = place or (self.row, self.column + 1)
        self.row = row
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, self.column)
        self.cells += 1
        self.kind, self.value, self.formula = attributes.get("t", ""), [], False

    def text(self, text: str) -> None:
        if self.inside == "v":
            self.value.append(text)

    def end(self, name: str) -> None:
        self.inside = ""
        if name != "c":
            return
        place, value = (self.row, self.column), "".join(self.value).strip()
        if self.kind == "e":
            self.errors[place] = value or "#VALUE!"
        elif self.formula:
            self.formulas[place] = bool(value) or self.kind == "str"


def _parse(xml: bytes, file: str) -> SheetScan:
    walker = _Walker(file)
    walk_xml(xml, file, start=walker.start, end=walker.end, text=walker.text)
    farthest = (walker.last_row, walker.last_column)
    hidden = (walker.hidden, walker.hidden_columns)
    return SheetScan(walker.cells, farthest, walker.formulas, walker.errors, tuple(walker.merged), *hidden)
