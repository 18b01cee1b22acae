"""Turn the cells of a worksheet into a table of text: the header found, every cell as it is shown, odd cells named."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from regions.errors import Fault, StudyError
from regions.files.text_table import SuspectCell, TextTable, build_table, check_header, refuse_title
from regions.messages import say
from regions.schema.headers import find_header
from regions.workbooks.cell_names import name_cell, name_column
from regions.workbooks.worksheet_scan import SheetScan

_EXACT = 1e15  # Excel keeps 15 digits
_TITLE_ROWS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The filled part of a sheet.

    Attributes
    ----------
    label
        File and sheet for messages.
    columns
        Cells as text or Python values, "" where empty; all columns of one length.
    top, left
        Number of the first row and the first column, as Excel counts.
    """

    label: str
    columns: list[list[Any]]
    top: int
    left: int


def build_sheet(grid: Grid, scan: SheetScan, name: str | None) -> TextTable:
    """Return the table of a sheet; the first filled row is the header, empty rows and columns are left out.

    Raises
    ------
    StudyError
        ``E-EMPTY``, ``E-HEADER``, ``E-MERGED``.
    """
    if not grid.columns:
        raise StudyError(Fault.of(grid.label, say("E-EMPTY/sheet")))
    header = [cell_text(column[0]).strip() for column in grid.columns]
    _refuse_title(grid, header, name)
    columns = [column[1:] for column in grid.columns]
    used = [i for i, title in enumerate(header) if title or any(cell_text(cell).strip() for cell in columns[i])]
    faults = check_header([header[i] for i in used], grid.label, grid.top, [name_column(grid.left + i) for i in used])
    faults += _find_merged(grid, scan, used)
    if faults:
        raise StudyError(faults)
    titles = {grid.left + i: header[i] for i in used}
    suspect = (*_find_suspect(scan, grid.top, titles), *_find_odd_values(grid, columns, titles))
    texts = [column_text(columns[i]) for i in used]
    kept = _filled_rows(texts, {cell.line - grid.top - 1 for cell in suspect})
    if len(kept) < len(grid.columns[0]) - 1:
        texts = [[cells[row] for row in kept] for cells in texts]
    first = grid.top + 1
    table = build_table(grid.label, list(titles.values()), texts, lines=[first + row for row in kept])
    return TextTable(grid.label, table.frame, table.lines, warn_hidden(grid.label, scan), grid.top, suspect)


def _refuse_title(grid: Grid, header: list[str], name: str | None) -> None:
    leading = [[cell_text(value) for value in column[:_TITLE_ROWS]] for column in grid.columns]
    rows = list(zip(*leading, strict=True))
    below = find_header(name, rows) if name else None
    if below:
        title = " ".join(filter(None, header))
        raise StudyError(refuse_title(title, grid.label, grid.top, grid.top + below))


def _find_merged(grid: Grid, scan: SheetScan, used: list[int]) -> list[Fault]:
    """Find merged areas within the table: only their first cell holds the value that is meant for all of them."""
    columns = {grid.left + i for i in used}
    last = grid.top + len(grid.columns[0]) - 1
    faults = []
    for (top, left), (bottom, right) in scan.merged:
        if bottom > grid.top and top <= last and columns & set(range(left, min(right, max(columns)) + 1)):
            area = f"{name_cell(top, left)}:{name_cell(bottom, right)}"
            faults.append(Fault.of(grid.label, say("E-MERGED", area=area), row=top))
    return faults


def _find_suspect(scan: SheetScan, header_row: int, titles: dict[int, str]) -> Iterator[SuspectCell]:
    """Name formulas and error values below the header."""
    for (row, column), shown in scan.errors.items():
        if row > header_row and column in titles:
            yield SuspectCell(row, titles[column], name_cell(row, column), "error", shown)
    for (row, column), computed in scan.formulas.items():
        if row > header_row and column in titles:
            place = name_cell(row, column)
            yield SuspectCell(row, titles[column], place, "computed" if computed else "formula")


def _find_odd_values(grid: Grid, columns: list[list[Any]], titles: dict[int, str]) -> Iterator[SuspectCell]:
    """Name dates, and whole numbers with more digits than Excel keeps."""
    for column, title in titles.items():
        cells = columns[column - grid.left]
        kinds = set(map(type, cells))
        dated = any(issubclass(kind, date) for kind in kinds)
        if kinds <= {str}:
            continue
        long = max(map(abs, cells if kinds == {float} else _numbers(cells)), default=0) >= _EXACT
        for row, value in enumerate(cells, grid.top + 1) if dated or long else ():
            if isinstance(value, date):
                yield SuspectCell(row, title, name_cell(row, column), "date", cell_text(value))
            elif isinstance(value, float | int) and abs(value) >= _EXACT and value == value // 1:
                yield SuspectCell(row, title, name_cell(row, column), "precision", cell_text(value))


def _numbers(cells: list[Any]) -> list[float]:
    return [cell for cell in cells if isinstance(cell, float | int)]


def column_text(cells: list[Any]) -> list[str]:
    """Return the cells of a column as text, see `cell_text`."""
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return cells
    if kinds == {float} and max(map(abs, cells)) < _EXACT:  # fast paths: whole columns of one kind are the rule
        if all(map(float.is_integer, cells)):
            return list(map(str, map(int, cells)))
        return [text.removesuffix(".0") for text in map(repr, cells)]
    return list(map(cell_text, cells))


def _number_to_text(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)


def cell_text(value: Any) -> str:  # noqa: ANN401 - whatever stands in a cell
    """Return a cell as text: whole numbers as they are shown (310100), dates as 2020-01-31, "" for nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float | int):
        return _number_to_text(float(value)) if math.isfinite(value) else str(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    return "" if value is None else str(value)


def _filled_rows(texts: list[list[str]], marked: set[int]) -> list[int]:
    """Return the positions of rows with anything but blanks in them, or with a suspect cell."""
    if not texts:
        return []
    first, *others = texts
    bare = [row for row, cell in enumerate(first) if not cell or cell.isspace()]
    empty = {row for row in bare if row not in marked and not any(cells[row].strip() for cells in others)}
    return [row for row in range(len(first)) if row not in empty] if empty else list(range(len(first)))


def warn_hidden(label: str, scan: SheetScan) -> tuple[Fault, ...]:
    """Say how many hidden rows and columns are read."""
    counts = (("W-HIDDEN/rows", scan.hidden_rows), ("W-HIDDEN/columns", scan.hidden_columns))
    return tuple(Fault.of(label, say(key, count=count)) for key, count in counts if count)
