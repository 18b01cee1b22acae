"""More workbooks and Parquet files as people send them, in the families of ``badinputs``, and what the command says."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from badinput_samples import LINKS, REGIONS, copy_good, faults_of, links_with, places_of, put
from typer.testing import CliRunner

from regionet.cli import app

Edit = Callable[[Any], None]


def cells_of(text: str) -> list[list[object]]:
    rows = [row.split(",") for row in text.splitlines()]
    return [[float(cell) if cell.isdigit() and len(cell) != 6 else cell for cell in row] for row in rows]


def write_links(folder: Path, edit: Edit) -> Path:
    copy_good(folder)
    (folder / "links.csv").unlink()
    book = openpyxl.Workbook()
    book.active.title = "links"
    for row in cells_of(LINKS):
        book.active.append(row)
    edit(book.active)
    book.save(folder / "links.xlsx")
    return folder


def put_cells(**cells: object) -> Edit:
    def edit(sheet: Any) -> None:
        for place, value in cells.items():
            sheet[place] = value

    return edit


def error_cell(sheet: Any) -> None:
    sheet["C3"].value, sheet["C3"].data_type = "#DIV/0!", "e"


def hide_sheet(sheet: Any) -> None:
    sheet.parent.create_sheet("blank")
    sheet.sheet_state = "hidden"


def add_notes(sheet: Any) -> None:
    sheet.parent.create_sheet("说明", 0).append(["见第二页"])


def blank_margins(sheet: Any) -> None:
    sheet.insert_rows(1, 3)
    sheet.insert_cols(1)


def title_above(sheet: Any) -> None:
    sheet.insert_rows(1)
    sheet["A1"] = "合作联系表"
    sheet.merge_cells("A1:E1")


WORKBOOKS: dict[str, tuple[Edit, list[tuple[str, int | None, str | None]]]] = {
    "sound": (put_cells(), []),
    "blank margins": (blank_margins, []),
    "blank rows within": (lambda sheet: sheet.insert_rows(5, 2), []),
    "codes as numbers": (put_cells(A3=310100, A4=310100.0), []),
    "blanks and breaks around a code": (put_cells(A3=" 310100 ", A4="310100\n"), []),
    "a break within a code": (put_cells(A3="310\n100"), [("E-QUOTE", 3, "source")]),
    "formula without a value": (put_cells(C3="=1+2"), [("E-FORMULA", 3, "weight")]),
    "code that is a formula": (put_cells(A3='="310"&"100"'), [("E-FORMULA", 3, "source")]),
    "error": (error_cell, [("E-NUMBER", 3, "weight")]),
    "truth": (put_cells(C3=True), [("E-NUMBER", 3, "weight")]),
    "date for a weight": (put_cells(C3=dt.datetime(2020, 3, 4)), [("E-DATE", 3, "weight")]),  # noqa: DTZ001
    "date for a year": (put_cells(D4=dt.date(2020, 1, 1)), [("E-YEAR", 4, "year")]),
    "long code": (put_cells(A3=1e30), [("E-PRECISION", 3, "source")]),
    "large weight": (put_cells(C3=1e300), [("E-RANGE", 3, "weight")]),
    "merged cells": (lambda sheet: sheet.merge_cells("A3:A4"), [("W-MERGED", None, None)]),
    "title above": (title_above, [("W-PASSED", None, None)]),
    "stray cell": (put_cells(H30="x"), [("W-PASSED", None, None)]),
    "total below": (
        put_cells(A56="合计", C56=283),
        [("W-LEFTOUT", None, None)],
    ),
    "data on a hidden sheet": (hide_sheet, [("E-EMPTY", None, None)]),
    "notes before the data": (add_notes, [("W-SHEET", None, None)]),
}


@pytest.mark.parametrize("case", WORKBOOKS)
def test_a_workbook_is_read_or_every_wrong_cell_is_named_as_excel_counts(tmp_path: Path, case: str) -> None:
    edit, expected = WORKBOOKS[case]
    found = faults_of(write_links(tmp_path, edit))
    assert sorted((fault.code, fault.row, fault.column) for fault in found) == sorted(expected, key=str)


def test_what_is_on_a_hidden_sheet_is_said(tmp_path: Path) -> None:
    assert faults_of(write_links(tmp_path, hide_sheet))[0].hint == "Hidden sheets are not read: links."


FILES: dict[str, bytes] = {
    "a password or an old format": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "CSV": LINKS.encode(),
    "nothing but blanks": b"   ",
    "a page": b"<html><table></table></html>",
    "cut off": b"PK\x03\x04" + bytes(100),
}


@pytest.mark.parametrize("case", FILES)
@pytest.mark.parametrize("name", ["links.xlsx", "links.xls"])
def test_what_is_no_workbook_is_named(tmp_path: Path, name: str, case: str) -> None:
    copy_good(tmp_path)
    (tmp_path / "links.csv").unlink()
    put(tmp_path, name, FILES[case])
    ((code, file, *_),) = places_of(faults_of(tmp_path))
    assert (code, file) == ("E-EMPTY" if case == "nothing but blanks" else "E-FORMAT", name)


def test_a_part_that_leads_out_of_the_workbook_is_written_nowhere(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    write_links(folder, put_cells())
    with zipfile.ZipFile(folder / "links.xlsx", "a") as archive:
        archive.writestr("../../evil.txt", b"x")
        archive.writestr("xl/vbaProject.bin", bytes(100))
    assert faults_of(folder) == []
    assert not list(tmp_path.parent.glob("evil.txt"))


SOURCE, TARGET = pa.array(["310100", "310100"]), pa.array(["320100", "320200"])
PARQUETS: dict[str, tuple[dict[str, Any], list[tuple[str, int | None, str | None]]]] = {
    "not a number": ({"weight": [float("nan"), 2.0]}, [("E-MISSING", 2, "weight")]),
    "infinite": ({"weight": [float("inf"), 2.0]}, [("E-NUMBER", 2, "weight")]),
    "truth": ({"weight": [True, False]}, [("E-TYPE", None, "weight")]),
    "text": ({"weight": ["1", "2"]}, [("E-TYPE", None, "weight")]),
    "too large": ({"weight": pa.array([2**64 - 1, 1], pa.uint64())}, [("E-RANGE", 2, "weight")]),
    "a structure": ({"note": pa.array([{"a": 1}, {"a": 2}])}, [("E-TYPE", None, "note")]),
    "bytes": ({"note": pa.array([b"1", b"2"])}, [("E-TYPE", None, "note")]),
    "nothing": ({"weight": pa.nulls(2)}, [("E-MISSING", 2, "weight"), ("E-MISSING", 3, "weight")]),
}


@pytest.mark.parametrize("case", PARQUETS)
def test_a_parquet_column_that_cannot_hold_what_it_should_is_named(tmp_path: Path, case: str) -> None:
    columns, expected = PARQUETS[case]
    copy_good(tmp_path)
    (tmp_path / "links.csv").unlink()
    pq.write_table(pa.table({"source": SOURCE, "target": TARGET, **columns}), tmp_path / "links.parquet")
    assert [(fault.code, fault.row, fault.column) for fault in faults_of(tmp_path)] == expected


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_command_lists_every_fault_of_every_file_with_exit_code_one_and_a_workbook(
    tmp_path: Path, language: str
) -> None:
    folder, out = tmp_path / "study", tmp_path / "out"
    folder.mkdir()
    copy_good(folder)
    put(folder, "links.csv", links_with("南京是,320100,约5,2019H1,x"))
    put(folder, "regions.csv", REGIONS.replace("118.8,32.06", "32.06,118.8"))
    result = CliRunner().invoke(app, ["check", "--study", str(folder), "--out", str(out), "--lang", language])
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    lines = [line for line in result.stdout.splitlines() if line.startswith("E-")]
    assert [line.split()[0] for line in lines] == ["E-UNKNOWN", "E-NUMBER", "E-YEAR", "E-LATRANGE"]
    said = (
        ("是否为 南京市", "请只填数字", "请只填年份：2019", "是否颠倒")
        if language == "zh"
        else ("Did you mean 南京市", "Write the number alone", "Write the year alone: 2019", "swapped")
    )
    assert all(words in line for words, line in zip(said, lines, strict=True))
    sheet = openpyxl.load_workbook(out / "check.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[2], row[3], row[4]) for row in rows] == [
        ("E-UNKNOWN", "links.csv", 2, "source"),
        ("E-NUMBER", "links.csv", 2, "weight"),
        ("E-YEAR", "links.csv", 2, "year"),
        ("E-LATRANGE", "regions.csv", 7, "lat"),
    ]
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in copy_good(folder).iterdir())
