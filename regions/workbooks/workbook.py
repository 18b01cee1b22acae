"""Read the sheets of an Excel workbook as tables of text, after a look at what would be unpacked."""

import gc
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from regions.errors import Fault, StudyError
from regions.files.archive import Archive, open_archive
from regions.files.sniff import expect
from regions.files.text_table import TextTable
from regions.files.xml_events import walk_xml
from regions.messages import say
from regions.words import Words
from regions.workbooks.legacy_workbook import OldSheet, read_old_book
from regions.workbooks.ods_merges import find_ods_merges
from regions.workbooks.shared_strings import refuse_shared_texts
from regions.workbooks.worksheet import Grid, build_sheet
from regions.workbooks.worksheet_scan import SheetScan, scan_sheet

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHARED = "xl/sharedstrings.xml"
_XLSX = Words("a workbook (.xlsx, .xls, .ods)", "工作簿（.xlsx、.xls、.ods）")


@dataclass(frozen=True, slots=True, eq=False)
class Workbook:
    """An open workbook.

    Attributes
    ----------
    file
        File name for messages.
    archive
        Its parts.
    sheets
        Name of a visible worksheet -> part of the archive, in the order of the tabs.
    hidden
        Names of hidden worksheets.
    old
        The sheets of an .xls or .ods workbook, which are read at once.
    """

    file: str
    archive: Archive
    sheets: Mapping[str, str]
    hidden: tuple[str, ...] = ()
    old: Mapping[str, OldSheet] | None = None

    def book(self) -> CalamineWorkbook:
        """Open the general reader of cells.

        Raises
        ------
        StudyError
            ``E-FORMAT``: the workbook is damaged.
        """
        try:
            return CalamineWorkbook.from_filelike(io.BytesIO(self.archive.data))
        except (CalamineError, OSError, ValueError) as error:
            raise StudyError(_unreadable(self.file, "")) from error


def open_workbook(path: Path) -> Workbook:
    """Open a workbook: .xlsx, of which no sheet is read yet, or .xls and .ods, by what the file is.

    Raises
    ------
    StudyError
        ``E-FORMAT``: the file is something else (it is said what) or damaged; ``E-BOMB``, ``E-XML``, ``E-XMLDTD``.
    """
    with path.open("rb") as handle:
        head = handle.read(512)
    expect(head, path.name, frozenset({"zip", "ole"}), _XLSX)
    if head.startswith(_OLE):
        sheets, hidden = read_old_book(path)
        return Workbook(path.name, Archive(path.name, b"", {}), dict.fromkeys(sheets, ""), hidden, sheets)
    archive = open_archive(path)
    if archive.parts.get("content.xml") and "xl/workbook.xml" not in archive.parts:
        for part in archive.parts:
            archive.read(part)  # none holds more than the directory says
        old, hidden = read_old_book(path)
        merges = find_ods_merges(archive.read("content.xml"), path.name)
        sheets = {name: replace(sheet, merged=merges.get(name, ())) for name, sheet in old.items()}
        return Workbook(path.name, archive, dict.fromkeys(sheets, ""), hidden, sheets)
    parts, hidden = _list_sheets(archive)
    for part in archive.parts:
        if part.lower().endswith((".xml", ".rels")) and part not in parts.values():
            archive.read(part)  # a part that holds more than the directory says must not reach the reader of cells
    return Workbook(path.name, archive, parts, hidden)


def _unreadable(file: str, sheet: str) -> Fault:
    if sheet:
        return Fault.of(file, say("E-FORMAT/damaged-sheet", sheet=sheet))
    return Fault.of(file, say("E-FORMAT/damaged-workbook"))


def _list_sheets(archive: Archive) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return name -> part of the visible worksheets, and the names of hidden ones."""
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str, str]] = []
    twins: list[str] = []

    def relation(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes.get("Target", "").lstrip("/")
            twins.append(attributes.get("Id", "") if attributes.get("Id", "") in targets else "")
            targets[attributes.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"

    def sheet(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            identity = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            twins.append(
                attributes.get("name", "") if attributes.get("name", "") in {name for name, *_ in sheets} else ""
            )
            sheets.append((attributes.get("name", ""), identity, attributes.get("state", "visible")))

    for part, start in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        if part not in archive.parts:
            raise StudyError(Fault.of(archive.file, say("E-FORMAT/no-workbook")))
        walk_xml(archive.read(part), archive.file, start=start, end=lambda _: None)
    if any(twins):  # what was looked at and what is read might differ
        raise StudyError(_unreadable(archive.file, ""))
    visible = {name: targets[key] for name, key, state in sheets if key in targets and state == "visible"}
    return visible, tuple(name for name, key, state in sheets if key in targets and state != "visible")


def read_sheet(workbook: Workbook, sheet: str, name: str | None = None) -> TextTable:
    """Read one sheet as text.

    Whole numbers read as they are shown (``310100``, never ``310100.0``), dates as ``2020-01-31``. Rows are numbered
    as Excel does; empty rows and columns are left out.

    Parameters
    ----------
    workbook, sheet
        The open workbook and the name of the sheet.
    name
        The canonical table that the sheet should hold, so that a title above the header can be told.

    Raises
    ------
    StudyError
        ``E-SHEETSIZE`` before room is made for far cells; ``E-EMPTY``, ``E-HEADER``, ``E-RAGGED``, ``E-MERGED``.
    """
    with without_collector():
        grid, scan = read_grid(workbook, sheet)
        if not grid.columns and workbook.hidden:
            shown = ", ".join(workbook.hidden)
            raise StudyError(Fault.of(grid.label, say("E-EMPTY/hidden-sheets", sheets=shown)))
        table = build_sheet(grid, scan, name)
        return replace(table, warnings=(*table.warnings, warn_old(grid.label))) if workbook.old else table


def read_grid(workbook: Workbook, sheet: str) -> tuple[Grid, SheetScan]:
    """Read the cells of one sheet as they are, and what was seen in it; raises as `read_sheet` does for its size."""
    label = workbook.file if len(workbook.sheets) == 1 else f"{workbook.file}[{sheet}]"
    scan = SheetScan(0, (0, 0), {}, {}, workbook.old[sheet].merged) if workbook.old else _scan(workbook, sheet, label)
    return Grid(label, *_read_cells(workbook, sheet)), scan


def warn_old(label: str) -> Fault:
    """Say what a workbook of an old format does not tell."""
    return Fault.of(label, say("W-OLD"))


def _scan(workbook: Workbook, sheet: str, label: str) -> SheetScan:
    """Look through a sheet before its cells are read."""
    xml = workbook.archive.read(workbook.sheets[sheet])
    scan = scan_sheet(xml, label)
    for part in workbook.archive.parts:
        if part.lower() == _SHARED:
            shared = workbook.archive.read(part)
            refuse_shared_texts(xml, shared, scan.cells, size=len(workbook.archive.data), file=label)
    return scan


def _read_cells(workbook: Workbook, sheet: str) -> tuple[list[list[Any]], int, int]:
    """Return the filled columns of a sheet, the numbers of the first row and column."""
    if workbook.old is not None:
        return workbook.old[sheet].columns, workbook.old[sheet].top, workbook.old[sheet].left
    try:
        cells = workbook.book().get_sheet_by_name(sheet)
        rows = cells.to_python()
        top, left = cells.start or (0, 0)
    except (CalamineError, OSError, ValueError) as error:
        raise StudyError(_unreadable(workbook.file, sheet)) from error
    return [list(column) for column in zip(*rows, strict=True)], top + 1, left + 1


@contextmanager
def without_collector() -> Iterator[None]:
    """Rest the garbage collector: it would walk through a million new cells again and again, a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
