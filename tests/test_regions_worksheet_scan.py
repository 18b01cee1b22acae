"""A worksheet looked through in bulk sees what is seen element by element."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from effort import count_steps, stop_runaways

from regions import StudyError
from regions.table_file import read_file
from regions.tables.validate import check_table
from regions.workbooks.cell_names import name_cell, name_column, parse_cell
from regions.workbooks.worksheet_scan import SheetScan, _parse, _scan_plainly, scan_sheet

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [["source", "target", "weight"], ["310100", "320100", 1.5], ["310100", "320200", 2], ["320100", "320200", 3]]


def sheet_of(edit: Callable[[Any], None]) -> bytes:
    """Write a sheet with openpyxl, changed by ``edit``."""
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    edit(book.active)
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return archive.read(SHEET)


def nothing(sheet: Any) -> None:
    del sheet


def formulas(sheet: Any) -> None:
    sheet["C2"], sheet["B4"], sheet["A3"] = "=1+2", '=IF(A1<>"a",1,2)', '="310"&"100"'


def errors(sheet: Any) -> None:
    for place, value in (("C2", "#N/A"), ("B3", "#DIV/0!")):
        sheet[place].value, sheet[place].data_type = value, "e"


def hidden(sheet: Any) -> None:
    sheet.row_dimensions[2].hidden = sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["B"].hidden = True


def merged(sheet: Any) -> None:
    sheet.merge_cells("A3:B4")
    sheet.merge_cells("C2:C3")


def everything(sheet: Any) -> None:
    for edit in (formulas, hidden, merged):
        edit(sheet)


def seen(scan: SheetScan | None) -> tuple[object, ...]:
    assert scan is not None
    return scan.cells, scan.farthest, scan.formulas, scan.errors, scan.merged, scan.hidden_rows, scan.hidden_columns


@pytest.mark.parametrize("edit", [nothing, formulas, errors, hidden, merged, everything])
def test_both_ways_of_looking_agree(edit: Callable[[Any], None]) -> None:
    xml = sheet_of(edit)
    assert seen(_scan_plainly(xml)) == seen(_parse(xml, "f"))


@pytest.mark.parametrize(
    "change",
    [
        (b"<f>1+2</f>", b"<f><!-- a --></f>"),
        (b"<f>1+2</f>", b"<f>1<g/></f>"),
        (b'<c r="C2"', b'<c  r="C2"'),
        (b"<sheetData>", b"<sheetData ><!-- -->"),
    ],
)
def test_what_is_not_plain_is_left_to_the_parser(change: tuple[bytes, bytes]) -> None:
    xml = sheet_of(formulas)
    assert change[0] in xml
    odd = xml.replace(*change)
    assert _scan_plainly(odd) is None
    assert scan_sheet(odd, "f").formulas == scan_sheet(xml, "f").formulas


def test_computed_and_empty_formulas_are_told_apart(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "links.xlsx")) as book:
        sheet = book.add_worksheet("links")
        for row, cells in enumerate(ROWS):
            sheet.write_row(row, 0, cells)
        sheet.write_formula("C2", "=A1*2", None, 7.25)
        sheet.write_formula("C3", "=A1*2", None, "")
        sheet.write_formula("B4", '="320"&"200"', None, "320200")
    table = read_file("links", tmp_path / "links.xlsx")
    assert [(cell.place, cell.kind) for cell in table.suspect] == [
        ("C2", "computed"),
        ("C3", "formula"),
        ("B4", "computed"),
    ]
    assert table.frame["weight"].tolist() == ["7.25", "", "3"]
    assert table.frame["target"].tolist() == ["320100", "320200", "320200"]
    assert [(fault.code, fault.row) for fault in check_table("links", table).faults] == [("E-FORMULA", 3)]


def test_a_formula_in_every_row_costs_little_more_than_none(tmp_path: Path) -> None:
    def write(name: str, *, formula: bool) -> int:
        with xlsxwriter.Workbook(str(tmp_path / name)) as book:
            sheet = book.add_worksheet("links")
            sheet.write_row(0, 0, ROWS[0])
            for row in range(1, 2_001):
                sheet.write_row(row, 0, ["310100", "320100", row])
                if formula:
                    sheet.write_formula(row, 2, f"=A{row}*2", None, row)
        table = read_file("links", tmp_path / name)
        assert table.frame["weight"].tolist() == [str(row) for row in range(1, 2_001)]
        return count_steps(lambda: read_file("links", tmp_path / name))

    # Thirty lines a formula; looking through the sheet for each would be two thousand.
    assert write("formulas.xlsx", formula=True) < write("plain.xlsx", formula=False) + 60 * 2_000


def test_formulas_without_a_value_by_the_thousand_are_counted(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "links.xlsx")) as book:
        sheet = book.add_worksheet("links")
        sheet.write_row(0, 0, ROWS[0])
        for row in range(1, 3_001):
            sheet.write_row(row, 0, ["310100", "320100"])
            sheet.write_formula(row, 2, "=1", None, "")
    faults = check_table("links", read_file("links", tmp_path / "links.xlsx")).faults
    assert len(faults) == 1_001
    assert {fault.code for fault in faults} == {"E-FORMULA"}
    assert "2,000 more" in faults[-1].message


def read_changed(folder: Path, before: bytes, after: bytes) -> Any:
    xml = sheet_of(nothing)
    assert before in xml
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(folder / "plain.xlsx")
    with zipfile.ZipFile(folder / "plain.xlsx") as old, zipfile.ZipFile(folder / "links.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, xml.replace(before, after) if name == SHEET else old.read(name))
    return read_file("links", folder / "links.xlsx")


@pytest.mark.parametrize("reference", [b"ZZZZ3", b"XFE3", b"C1048577", b"3C", b"C99999999999"])
def test_a_cell_that_no_sheet_has_is_refused_before_room_is_made(tmp_path: Path, reference: bytes) -> None:
    with stop_runaways(), pytest.raises(StudyError) as caught:
        read_changed(tmp_path, b'r="C3"', b'r="' + reference + b'"')
    assert caught.value.faults[0].code == "E-FORMAT"


def test_a_stray_cell_is_named_by_the_letters_of_its_column(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="column H has no name"):
        read_changed(tmp_path, b'r="C3"', b'r="H3"')


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    hidden(book.active)
    book.save(tmp_path / "links.xlsx")
    table = read_file("links", tmp_path / "links.xlsx")
    assert len(table.frame) == 3
    assert [fault.message for fault in table.warnings] == [
        "2 hidden row(s) are read too.",
        "1 hidden column(s) are read too.",
    ]


@pytest.mark.parametrize(
    ("row", "column", "name"), [(3, 2, "B3"), (1, 26, "Z1"), (10, 28, "AB10"), (1048576, 16384, "XFD1048576")]
)
def test_names_of_cells(row: int, column: int, name: str) -> None:
    assert name_cell(row, column) == name
    assert parse_cell(name) == (row, column)
    assert name.startswith(name_column(column))
