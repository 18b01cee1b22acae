"""The fast way through a plain sheet gives what the general reader gives."""

import datetime as dt
import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from regions.cellnames import name_cell, parse_cell
from regions.plainsheet import find_plain_styles, read_shared_texts
from regions.sheet import Grid, build_sheet
from regions.sheetscan import scan_sheet
from regions.workbook import _read_generally, _read_plainly, open_workbook

ROWS: list[list[Any]] = [
    ["source", "target", "weight", "note"],
    ["310100", 320100, 0.1 + 0.2, "a & b < c"],
    ["甲\U00020bb7", 1e-7, 84.743, " blanks "],
    [None, None, None, None],
    [-5, 1234567890123, 2.5e10, None],
    ["", 0, 1e14, "line\nbreak"],
]


def write(path: Path, library: str, rows: list[list[Any]]) -> Path:
    if library == "openpyxl":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
        return path
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        style = book.add_format({"num_format": "0.00", "bold": True})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value, style if column else None)
    return path


def read_both(path: Path) -> tuple[Any, Any]:
    book = open_workbook(path)
    sheet = next(iter(book.sheets))
    scan = scan_sheet(book.archive.read(book.sheets[sheet]), path.name)
    plain = _read_plainly(book, scan)
    general = _read_generally(book, sheet)
    tables = [None if one is None else build_sheet(Grid("t", *one), scan, None) for one in (plain, general)]
    return tables[0], tables[1]


@pytest.mark.parametrize("library", ["openpyxl", "xlsxwriter"])
def test_both_ways_read_the_same(tmp_path: Path, library: str) -> None:
    plain, general = read_both(write(tmp_path / "t.xlsx", library, ROWS))
    assert plain is not None
    assert plain.frame.equals(general.frame)
    assert plain.lines.tolist() == general.lines.tolist() == [2, 3, 5, 6]
    assert plain.frame["weight"].tolist()[1:] == ["84.743", "25000000000", "100000000000000"]


def test_both_ways_read_the_same_of_random_sheets(tmp_path: Path) -> None:
    draw = random.Random(7)  # noqa: S311 - no secret
    cells: list[Any] = [None, "", "x", "310100", "&amp;", 5, -1.5, 1e-9, 123456789012345, 0, "中文", True]
    for number in range(25):
        header = [f"h{i}" for i in range(6)]
        rows = [header, *([draw.choice(cells) for _ in header] for _ in range(draw.randrange(1, 30)))]
        plain, general = read_both(write(tmp_path / f"{number}.xlsx", "openpyxl", rows))
        assert plain is None or plain.frame.equals(general.frame)


@pytest.mark.parametrize("value", [dt.date(2020, 1, 1), 1e15, True, 123456789012345678])
def test_what_is_not_plain_is_left_to_the_general_reader(tmp_path: Path, value: object) -> None:
    plain, general = read_both(write(tmp_path / "t.xlsx", "openpyxl", [["a", "b"], ["x", value]]))
    assert plain is None
    assert len(general.frame) == 1


def test_shared_texts_are_joined_without_their_guides() -> None:
    xml = "<sst><si><t>甲</t></si><si><r><t>a</t></r><r><t> b</t></r><rPh><t>guide</t></rPh></si><si/></sst>".encode()
    assert read_shared_texts(xml, "t") == ["甲", "a b", ""]


@pytest.mark.parametrize(
    ("code", "plain"),
    [("0.00", True), ("[Red]#,##0", True), ("0&quot;d&quot;", True), ("yyyy", False), ("[h]", False), ("m月", False)],
)
def test_forms_of_ones_own_are_plain_unless_they_show_dates(code: str, plain: bool) -> None:
    xml = (
        f'<s><numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></s>'
    )
    assert (find_plain_styles(xml.encode(), "t") == {0}) is plain


def test_styles_of_dates_are_not_plain() -> None:
    xml = b'<s><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf/></cellXfs></s>'
    assert find_plain_styles(xml, "t") == {0, 2}


@pytest.mark.parametrize(("place", "name"), [((1, 1), "A1"), ((3, 28), "AB3"), ((1_048_576, 16_384), "XFD1048576")])
def test_cells_have_names(place: tuple[int, int], name: str) -> None:
    assert name_cell(*place) == name
    assert parse_cell(name) == place
    assert parse_cell(f"${name.lower()}") == place


@pytest.mark.parametrize("text", ["", "1", "A", "AAAA1", "A0x", "A12345678"])
def test_what_is_no_cell(text: str) -> None:
    assert parse_cell(text) is None
