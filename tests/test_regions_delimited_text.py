"""Delimited text in rows: delimiters, lines, quotes, cells without end."""

import io
from pathlib import Path

import pytest

from regions import StudyError
from regions.files.delimited_text import find_delimiter, split_line, split_rows
from regions.files.text_file import read_text_table
from regions.sources import convert_records


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("a,b", ","),
        ("a;b;c,d", ";"),
        ("a\tb", "\t"),
        ("a|b|c", "|"),
        ("甲，乙", "，"),
        ("甲；乙", "；"),
        ('"a;b;c;d",e', ","),
        ("alone", ","),
        ("", ","),
        ("a,b;c", ","),
        ("a,b\r1;2;3\r", ","),
    ],
)
def test_the_delimiter_is_the_one_that_makes_most_cells(line: str, mark: str) -> None:
    assert find_delimiter(line) == mark


def test_rows_know_the_line_on_which_they_begin() -> None:
    text = io.StringIO('a,b\n1,"two\nlines"\n\n3,4\n', newline="")
    assert list(split_rows(text, ",", "f")) == [(1, ["a", "b"]), (2, ["1", "two\nlines"]), (4, []), (5, ["3", "4"])]
    assert list(split_rows(["x\n"], ",", "f", first=7)) == [(7, ["x"])]


def test_quotes_mean_nothing_where_a_program_never_quotes() -> None:
    assert split_line('"a\tb', "\t", quoted=False) == ['"a', "b"]
    assert list(split_rows(['"a\tb\n', "c\td\n"], "\t", "f", quoted=False)) == [(1, ['"a', "b"]), (2, ["c", "d"])]


def test_a_row_that_cannot_be_read_is_named_by_its_line() -> None:
    rows = split_rows(["a,b\n", '1,"x\n', "2,3\n"], ",", "f.csv")
    assert next(rows) == (1, ["a", "b"])
    with pytest.raises(StudyError) as caught:
        next(rows)
    assert [(fault.code, fault.file, fault.row) for fault in caught.value.faults] == [("E-QUOTE", "f.csv", 2)]


def test_a_cell_may_be_as_long_as_is_asked() -> None:
    assert list(split_rows(["a" * 50], ",", "f", longest=50))
    with pytest.raises(StudyError, match="field larger"):
        list(split_rows(["a" * 51], ",", "f", longest=50))
    assert len(split_line("a" * 200_000, ",")[0]) == 200_000  # whatever was allowed before


def test_a_header_of_a_megabyte_is_a_fault_and_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"record,{'x' * 1_000_000}\nr1,a\n", encoding="utf-8")
    for source in ("table", "cordis"):
        with pytest.raises(StudyError) as caught:
            convert_records(source, [path], tmp_path / "out")
        assert caught.value.faults[0].code == "E-COLUMN"
    path.write_text(f"a,b\n1,{'x' * 1_000_001}\n", encoding="utf-8")
    with pytest.raises(StudyError, match="field larger") as caught:
        read_text_table(path)
    assert (caught.value.faults[0].code, caught.value.faults[0].row) == ("E-QUOTE", 2)
