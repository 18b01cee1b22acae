"""Open a file by what it is, whatever its name says: sheets as they stand."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from regions.errors import Fault, StudyError
from regions.files.delimited_text import find_delimiter, split_line, split_rows
from regions.files.encodings import decode
from regions.files.formulas import free_formula
from regions.files.limits import refuse_cells
from regions.files.sniff import sniff
from regions.files.text_file import LONGEST_CELL, MOST_COLUMNS, normalise_line_ends
from regions.files.writing import refuse_special
from regions.layouts.block import PassedOver
from regions.layouts.merged_cells import fill_merged
from regions.messages import say
from regions.schema.cell_values import fold_header
from regions.study_workbook import SETTING_SHEETS
from regions.workbooks.html_tables import read_html
from regions.workbooks.raw_sheet import RawSheet
from regions.workbooks.worksheet import warn_hidden

if TYPE_CHECKING:
    from regions.workbooks.workbook import Workbook

_LINES_LOOKED_AT = 60
_LARGEST_TEXT = 1 << 30


@dataclass(slots=True)
class Opened:
    """What a file holds.

    Attributes
    ----------
    sheets
        Its visible sheets that are not empty.
    passed_over
        Hidden and empty sheets.
    faults
        Warnings.
    """

    sheets: list[RawSheet] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def open_file(path: Path, workbook: "Workbook | None" = None) -> Opened:
    """Read all sheets of a workbook (.xlsx, .xls, .ods, WPS), an HTML page of tables, or a text file.

    ``workbook`` is the open file, where it is open already.

    Raises
    ------
    StudyError
        ``E-FORMAT`` and kin: what the file is and why it is not read.
    """
    if workbook is not None:
        return _read_workbook(path, workbook)
    refuse_special([path])
    with path.open("rb") as handle:
        head = handle.read(512)
    found = sniff(head)
    if found is None:
        return _open_text(path)
    if found.kind in {"zip", "ole"}:
        from regions.workbooks.workbook import open_workbook  # noqa: PLC0415 - calamine, only where used

        return _read_workbook(path, open_workbook(path))
    if found.kind == "html":
        sheets, warnings = read_html(path)
        for sheet in sheets:
            fill_merged(sheet)
        return Opened(sheets, faults=warnings)
    raise StudyError(Fault.of(path.name, say("E-FORMAT/no-table", found=found.name)))


def _read_workbook(path: Path, workbook: "Workbook") -> Opened:
    from regions.workbooks.workbook import read_grid, without_collector  # noqa: PLC0415 - as above

    opened = Opened()
    opened.passed_over += [
        PassedOver(f"{path.name}[{sheet}]", 0, say("sheet/hidden").words) for sheet in workbook.hidden
    ]
    for sheet in [sheet for sheet in workbook.sheets if fold_header(sheet) not in SETTING_SHEETS]:
        with without_collector():
            grid, scan = read_grid(workbook, sheet)
        if not grid.columns:
            opened.passed_over.append(PassedOver(f"{path.name}[{sheet}]", 0, say("sheet/empty").words))
            continue
        raw = RawSheet(
            path.name,
            sheet,
            grid.label,
            grid.columns,
            range(grid.top, grid.top + len(grid.columns[0])),
            grid.left,
            scan.merged,
            errors=scan.errors,
            formulas=frozenset(place for place, computed in scan.formulas.items() if not computed),
        )
        fill_merged(raw)
        opened.faults += [*warn_hidden(grid.label, scan), *_describe_sheet(raw)]
        opened.sheets.append(raw)
    return opened


def _describe_sheet(raw: RawSheet) -> Iterator[Fault]:
    """Warn of formulas without a value and error values."""
    if raw.formulas:
        yield Fault.of(raw.label, say("W-FORMULA", count=len(raw.formulas)))
    if raw.errors:
        yield Fault.of(raw.label, say("W-ERRORVALUE", count=len(raw.errors)))


def _open_text(path: Path) -> Opened:
    data = path.read_bytes()
    text, warnings = decode(data, path.name)
    text = normalise_line_ends(text)
    leading = [line for line in text.split("\n", _LINES_LOOKED_AT)[:_LINES_LOOKED_AT] if line.strip()]
    if not leading:
        raise StudyError(Fault.of(path.name, say("E-EMPTY/file")))
    widest = max(leading, key=lambda line: len(split_line(line, find_delimiter(line))))
    found = split_rows(io.StringIO(text), _find_delimiter(leading, widest), path.name, longest=LONGEST_CELL)
    filled = [(line, row) for line, row in found if any(cell.strip() for cell in row)]
    lines, rows = [line for line, _ in filled], [row for _, row in filled]
    width = max(map(len, rows))
    if width > MOST_COLUMNS:
        raise StudyError(Fault.of(path.name, say("E-HEADER/too-wide", count=width, most=MOST_COLUMNS)))
    refuse_cells(width * len(rows), len(data), path.name)
    guarded = "'" in text
    rows = [[*(map(free_formula, row) if guarded else row), *([""] * (width - len(row)))] for row in rows]
    columns = [list(column) for column in zip(*rows, strict=True)]
    return Opened([RawSheet(path.name, "", path.name, columns, lines)], faults=list(warnings))


def _find_delimiter(leading: list[str], widest: str) -> str:
    """Return the delimiter that parts most of the leading lines; a title has none, a note commas of its own."""
    marks = dict.fromkeys([find_delimiter(line) for line in (widest, *leading)])
    return max(marks, key=lambda mark: sorted(len(split_line(line, mark)) for line in leading)[len(leading) // 2])
