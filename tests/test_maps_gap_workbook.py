"""The workbook of a register that is longer than anybody reads: the rest is counted, in the sheet and the codebook."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import maps.report.gap_workbook
from maps.report.gap_workbook import write_report
from regions import load_study
from regions.study import Study


@pytest.fixture(scope="module")
def study() -> Study:
    return load_study("china")


def make_gaps(rows: int, graded: int) -> pd.DataFrame:
    grades = ["strong"] * graded + ["none"] * (rows - graded)
    return pd.DataFrame({"source": "110000", "target": "120000", "expected": range(rows, 0, -1), "grade": grades})


def write(study: Study, gaps: pd.DataFrame, path: Path, language: str = "en") -> openpyxl.Workbook:
    write_report(study, {"gaps": gaps}, path, language=language)
    return openpyxl.load_workbook(path)


def test_a_short_register_stands_there_whole(study: Study, tmp_path: Path) -> None:
    book = write(study, make_gaps(5, 2), tmp_path / "r.xlsx")
    rows = list(book["Gaps"].iter_rows(values_only=True))
    assert len(rows) == 6
    assert rows[0][0] != rows[1][0] == "110000"  # the header comes first: nothing to say


def test_of_a_long_register_the_top_stands_there_and_the_rest_is_counted(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps.report.gap_workbook, "READ", 3)
    book = write(study, make_gaps(1005, 4), tmp_path / "r.xlsx")
    rows = list(book["Gaps"].iter_rows(values_only=True))
    said = str(rows[0][0])
    assert said.startswith("The first 3 of 1,005 pairs")
    assert "of the other 1,002 pairs, 1 have evidence of a gap" in said
    assert [row[2] for row in rows[2:]] == [1005, 1004, 1003]
    assert next(book["Codebook"].iter_rows(values_only=True))[0] == said


def test_the_rest_is_counted_in_chinese(study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maps.report.gap_workbook, "READ", 3)
    book = write(study, make_gaps(10, 3), tmp_path / "r.xlsx", "zh")
    said = str(book["合作缺口"]["A1"].value)
    assert "共 10 对" in said
    assert "前 3 对" in said
    assert "其余 7 对中有 0 对有缺口证据" in said
    assert book["指标说明"]["A1"].value == said


def test_exactly_as_many_rows_as_are_read_leave_no_rest(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps.report.gap_workbook, "READ", 5)
    book = write(study, make_gaps(5, 1), tmp_path / "r.xlsx")
    assert book["Gaps"].max_row == 6
