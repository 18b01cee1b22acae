"""Excel workbooks: one table, a whole study, and what may be wrong with them."""

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from form_samples import write_book

from regions import Study, StudyError, read_study
from regions.files.text_table import TextTable
from regions.table_file import read_file
from regions.workbooks.workbook import open_workbook, read_sheet

HEADER = ["source", "target", "weight", "year"]


def write_links(folder: Path, *rows: list[Any], header: list[Any] | None = None) -> Path:
    return write_book(folder / "links.xlsx", {"links": [header or HEADER, *rows]})


def faults_of(path: Path, name: str = "links") -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(StudyError) as caught:
        read_study_of(path, name)
    assert all(fault.message_zh for fault in caught.value.faults)
    return [(fault.code, fault.row, fault.column) for fault in caught.value.faults]


def read_study_of(path: Path, name: str = "links") -> Study:
    (path.parent / "regions.csv").write_text("code,name\n310100,A\n320100,B\n320200,C\n", encoding="utf-8")
    if name != "links":
        (path.parent / "links.csv").write_text("source,target\n310100,320100\n", encoding="utf-8")
    return read_study(path.parent)


def test_numbers_are_read_as_they_are_shown(tmp_path: Path) -> None:
    path = write_links(tmp_path, [310100, "320100", 1.5, 2020], ["310100", 320200, 3, 2021])
    table = read_file("links", path)
    assert table.frame.to_numpy().tolist() == [["310100", "320100", "1.5", "2020"], ["310100", "320200", "3", "2021"]]
    assert table.lines.tolist() == [2, 3]


def test_rows_are_counted_as_excel_does_and_empty_ones_left_out(tmp_path: Path) -> None:
    path = write_book(
        tmp_path / "links.xlsx",
        {
            "links": [
                [],
                [],
                HEADER,
                ["310100", "320100", 1, 2020],
                [None] * 4,
                ["  ", None, None, None],
                ["x", "y", 2, 2020],
            ]
        },
    )
    table = read_file("links", path)
    assert (table.header_line, table.lines.tolist()) == (3, [4, 7])


def test_a_table_may_stand_anywhere_in_the_sheet(tmp_path: Path) -> None:
    rows = [[None] * 3, [None, None, *HEADER], [None, None, "310100", "nowhere", 1, 2020]]
    assert faults_of(write_book(tmp_path / "links.xlsx", {"links": rows})) == [("E-UNKNOWN", 3, "target")]


def test_columns_without_any_content_are_left_out_and_without_a_name_counted(tmp_path: Path) -> None:
    good = write_links(tmp_path, ["310100", "320100", 1, 2020, None], header=[*HEADER, None])
    assert list(read_file("links", good).frame.columns) == HEADER
    odd = write_links(tmp_path, ["310100", "320100", 1, 2020, "x"], header=[*HEADER, None])
    assert [fault.message for fault in read_study_of(odd).warnings] == ["1 column(s) are not used: #5."]


def test_headers_that_are_the_same_once_cleaned_are_refused(tmp_path: Path) -> None:
    path = write_links(tmp_path, ["310100", "320100", 1, 2], header=["source", "target", "weight", "Ｗeight\u200b "])
    assert [fault[0] for fault in faults_of(path)] == ["E-HEADER"]


def test_a_date_is_no_year_and_no_code(tmp_path: Path) -> None:
    path = write_links(tmp_path, [dt.date(2020, 3, 1), "320100", 1, dt.datetime(2020, 1, 1)])  # noqa: DTZ001 - Excel has no zones
    assert faults_of(path) == [("E-DATE", 2, "source"), ("E-YEAR", 2, "year")]


def test_a_year_shown_as_a_date_is_named_with_the_date(tmp_path: Path) -> None:
    path = tmp_path / "links.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("links")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["310100", "320100", 1])
        sheet.write_number(1, 3, 2020, book.add_format({"num_format": "yyyy-mm-dd"}))
    with pytest.raises(StudyError, match=r"cell D2 is a date \(1905-07-12\)"):
        read_study_of(path)


def test_error_values_are_named_by_cell_in_every_column(tmp_path: Path) -> None:
    path = tmp_path / "links.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("links")
        sheet.write_row(0, 0, [*HEADER, "kind"])
        sheet.write_row(1, 0, ["310100", "320100", 1, 2020])
        sheet.write_formula(1, 4, "=NA()", None, "#N/A")
    assert faults_of(path) == [("E-NUMBER", 2, "kind")]


def test_a_computed_formula_is_a_value_but_never_a_name(tmp_path: Path) -> None:
    links = tmp_path / "links.xlsx"
    with xlsxwriter.Workbook(str(links)) as book:
        sheet = book.add_worksheet("links")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["310100", "320100", 1, 2020])
        sheet.write_formula(1, 2, "=1+2", None, 3)
    study = read_study_of(links)
    assert study.links is not None
    assert study.links["weight"].tolist() == [3.0]
    (tmp_path / "two").mkdir()
    actors = tmp_path / "two" / "actors.xlsx"
    with xlsxwriter.Workbook(str(actors)) as book:
        sheet = book.add_worksheet("actors")
        sheet.write_row(0, 0, ["id", "name", "region"])
        sheet.write_row(1, 0, ["a", "", "310100"])
        sheet.write_formula(1, 1, '="A"&"B"', None, "AB")
    assert faults_of(actors, "actors") == [("E-FORMULA", 2, "name")]


def test_a_last_column_of_formulas_that_were_never_computed_is_named_cell_by_cell(tmp_path: Path) -> None:
    path = write_links(tmp_path, ["310100", "320100", "=1+1", 2020], ["310100", "320200", "=1+1", 2020])
    assert faults_of(path) == [("E-FORMULA", 2, "weight"), ("E-FORMULA", 3, "weight")]


def test_merged_cells_among_the_rows_are_filled_and_a_merged_title_is_a_title(tmp_path: Path) -> None:
    path = write_links(tmp_path, ["310100", "320100", 1, 2020], [None, "320200", 2, 2020])
    book = openpyxl.load_workbook(path)
    book["links"].merge_cells("A2:A3")
    book.save(path)
    study = read_study_of(path)
    assert study.links is not None
    assert study.links["source"].tolist() == ["310100", "310100"]
    assert [fault.code for fault in study.warnings] == ["W-MERGED"]
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["2020 年联系表", None, None, None], HEADER, ["310100", "320100", 1, 2020]):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    book.save(path)
    assert [fault.message for fault in read_study_of(path).warnings] == ["1 row(s) are left out: titles 1."]


def test_hidden_rows_are_read_and_said_and_hidden_sheets_are_not_read(tmp_path: Path) -> None:
    path = write_links(tmp_path, ["310100", "320100", 1, 2020], ["310100", "320200", 2, 2020])
    book = openpyxl.load_workbook(path)
    book["links"].row_dimensions[3].hidden = True
    old = book.create_sheet("records")
    old.append(["record", "actor"])
    old.sheet_state = "hidden"
    book.save(path)
    table = read_file("links", path)
    assert len(table.frame) == 2
    assert [fault.code for fault in table.warnings] == ["W-HIDDEN"]
    assert open_workbook(path).hidden == ("records",)


def test_a_sheet_is_chosen_by_name_then_by_columns_and_the_choice_is_said(tmp_path: Path) -> None:
    data = [HEADER, ["310100", "320100", 1, 2020]]
    for name in ("联系", "Tabelle2"):
        path = write_book(tmp_path / "links.xlsx", {"说明": [["见第二页"]], name: data})
        table = read_file("links", path)
        assert len(table.frame) == 1
        assert [fault.code for fault in table.warnings] == ["W-SHEET"]
        assert name in table.warnings[0].message
        assert "说明" in table.warnings[0].message_zh


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "password"),
        (b"<!DOCTYPE html><table>", "HTML"),
        (b"source,target\n", "something else"),
        (b"PK\x03\x04 cut off", "unpacked"),
    ],
)
def test_what_is_no_workbook_is_named_for_what_it_is(tmp_path: Path, data: bytes, what: str) -> None:
    path = tmp_path / "links.xlsx"
    path.write_bytes(data)
    with pytest.raises(StudyError, match=what) as caught:
        open_workbook(path)
    assert caught.value.faults[0].code == "E-FORMAT"


def test_another_zip_archive_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "links.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(StudyError, match="no Excel workbook"):
        open_workbook(path)


def edit_part(path: Path, part: str, change: tuple[bytes, bytes]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert change[0] in parts[part]
    parts[part] = parts[part].replace(*change)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    path.write_bytes(buffer.getvalue())


def test_the_stated_size_of_a_sheet_is_not_believed(tmp_path: Path) -> None:
    path = write_links(tmp_path, *(["310100", "320100", i, 2020] for i in range(1, 30)))
    edit_part(path, "xl/worksheets/sheet1.xml", (b'ref="A1:D30"', b'ref="A1"'))
    assert len(read_file("links", path).frame) == 29
    edit_part(path, "xl/worksheets/sheet1.xml", (b'ref="A1"', b'ref="A1:XFD1048576"'))
    assert len(read_file("links", path).frame) == 29


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_document_type_inside_a_workbook_is_refused(tmp_path: Path, part: str) -> None:
    path = write_links(tmp_path, ["310100", "320100", 1, 2020])
    start = b"<worksheet" if "sheet1" in part else b"<workbook"
    edit_part(path, part, (start, b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + start))
    assert faults_of(path) == [("E-XMLDTD", 1, None)]


def test_many_sheets_are_read_by_name(tmp_path: Path) -> None:
    path = write_book(tmp_path / "b.xlsx", {"a": [["x"], ["1"]], "b": [["y"], ["2"]]})
    book = open_workbook(path)
    table: TextTable = read_sheet(book, "b")
    assert table.frame.to_dict("list") == {"y": ["2"]}
    assert table.file == "b.xlsx[b]"
