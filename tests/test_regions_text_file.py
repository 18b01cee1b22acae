"""Reading a CSV file as text: encodings, line ends, rows of the wrong length."""

from pathlib import Path

import pytest

from regions.errors import StudyError
from regions.files.encodings import decode
from regions.files.text_file import read_text_table

CHINESE = "code,name_zh\n320100,南京市\n"


def write(folder: Path, data: bytes) -> Path:
    path = folder / "t.csv"
    path.write_bytes(data)
    return path


def faults_of(folder: Path, data: bytes) -> list[tuple[str, int | None]]:
    with pytest.raises(StudyError) as caught:
        read_text_table(write(folder, data))
    return [(fault.code, fault.row) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("encoding", "warned"),
    [("utf-8", False), ("utf-8-sig", False), ("gb18030", True), ("gbk", True), ("utf-16", True)],
)
def test_an_encoding_is_recognised_and_named_when_it_is_not_utf8(tmp_path: Path, encoding: str, warned: bool) -> None:
    table = read_text_table(write(tmp_path, CHINESE.encode(encoding)))
    assert table.frame.to_dict("list") == {"code": ["320100"], "name_zh": ["南京市"]}
    assert [fault.code for fault in table.warnings] == (["W-ENC"] if warned else [])


def test_a_character_outside_gbk_is_read_by_gb18030() -> None:
    text, warnings = decode("𠮷".encode("gb18030"), "t.csv")
    assert text == "𠮷"
    assert "GB18030" in warnings[0].message


def test_a_file_that_mixes_encodings_is_refused_at_the_first_bad_line(tmp_path: Path) -> None:
    data = "code,name_zh\n1,南京市\n".encode() + "2,无锡市\n".encode("gbk")
    assert faults_of(tmp_path, data) == [("E-ENC", 3)]


def test_bytes_of_no_encoding_are_refused_with_their_line(tmp_path: Path) -> None:
    assert faults_of(tmp_path, b"code\nabc\n\xff\xff\xff\n") == [("E-ENC", 3)]


def test_a_nul_byte_is_refused_with_its_line(tmp_path: Path) -> None:
    assert faults_of(tmp_path, b"code,name\n1,a\n2,b\x00c\n") == [("E-NUL", 3)]


@pytest.mark.parametrize("data", [b"", b"  \n\n"])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    assert faults_of(tmp_path, data) == [("E-EMPTY", None)]


def test_every_row_of_the_wrong_length_is_named(tmp_path: Path) -> None:
    assert faults_of(tmp_path, b"a,b\n1,2\n1\n1,2,3\n") == [("E-RAGGED", 3), ("E-RAGGED", 4)]


def test_a_comment_above_the_header_is_shown_as_such(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="it reads: # source: test"):
        read_text_table(write(tmp_path, b"# source: test\n\na,b\n1,2\n"))


def test_a_doubled_column_is_named_whatever_its_case(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as caught:
        read_text_table(write(tmp_path, b"a,b,A\n1,2,3\n"))
    assert [(fault.code, fault.column) for fault in caught.value.faults] == [("E-HEADER", "A")]


def test_a_column_without_a_name_is_refused(tmp_path: Path) -> None:
    assert faults_of(tmp_path, b"a,,c\n1,2,3\n") == [("E-HEADER", 1)]


def test_an_open_quote_is_refused_at_the_row_where_it_opens(tmp_path: Path) -> None:
    assert faults_of(tmp_path, b'a,b\n1,2\n1,"2\n3,4\n') == [("E-QUOTE", 3)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(tmp_path: Path, end: str) -> None:
    table = read_text_table(write(tmp_path, f"a,b{end}1,2{end}3,4{end}".encode()))
    assert table.frame["b"].tolist() == ["2", "4"]
    assert table.lines.tolist() == [2, 3]


def test_a_carriage_return_inside_a_cell_stays_there(tmp_path: Path) -> None:
    table = read_text_table(write(tmp_path, b"a,b\n1,\r=2\n"))
    assert table.frame["b"].tolist() == ["\r=2"]


def test_lines_are_counted_as_an_editor_does_across_blank_lines_and_breaks_in_cells(tmp_path: Path) -> None:
    table = read_text_table(write(tmp_path, b'a,b\n\n1,"x\ny"\n2,z\n'))
    assert table.lines.tolist() == [3, 5]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_taken_from_the_header(tmp_path: Path, delimiter: str) -> None:
    table = read_text_table(write(tmp_path, f"a{delimiter}b\n1{delimiter}2\n".encode()))
    assert list(table.frame.columns) == ["a", "b"]


@pytest.mark.parametrize("mark", [",", "\t", ";", "|", "，", "；"])
def test_fields_may_be_parted_by_any_usual_mark(tmp_path: Path, mark: str) -> None:
    table = read_text_table(write(tmp_path, f"a{mark}b\n1{mark}2\n".encode()))
    assert table.frame.to_dict("list") == {"a": ["1"], "b": ["2"]}


def test_a_row_parted_by_another_mark_is_named(tmp_path: Path) -> None:
    assert faults_of(tmp_path, b"a;b\n1;2\n1,2\n") == [("E-RAGGED", 3)]


def test_a_title_above_the_header_is_shown_with_the_line_of_the_header(tmp_path: Path) -> None:
    path = write(tmp_path, "区域联系表,,\n,,\nsource,target,weight\nA,B,1\n".encode())
    with pytest.raises(StudyError) as caught:
        read_text_table(path, "links")
    fault = caught.value.faults[0]
    assert (fault.code, fault.row) == ("E-HEADER", 1)
    assert "row 3" in fault.hint
    assert "第 3 行" in fault.hint_zh


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04rest", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
        (b"<html><table>", "HTML"),
        (b"%PDF-1.4", "PDF"),
        (b'<?xml version="1.0"?><x/>', "XML"),
        (b"\x1f\x8b\x08", "gzip"),
        ("<!DOCTYPE HTML>".encode("utf-16"), "HTML"),
    ],
)
def test_another_format_under_the_name_of_csv_is_named(tmp_path: Path, data: bytes, what: str) -> None:
    with pytest.raises(StudyError, match=what) as caught:
        read_text_table(write(tmp_path, data))
    assert caught.value.faults[0].code == "E-FORMAT"


def test_headers_that_meet_once_cleaned_stand_twice(tmp_path: Path) -> None:
    assert faults_of(tmp_path, "weight,Ｗeight\u200b \n1,2\n".encode()) == [("E-HEADER", 1)]


def test_line_breaks_inside_quotes_keep_the_count_of_lines(tmp_path: Path) -> None:
    table = read_text_table(write(tmp_path, b'a,b\n"x\ny",1\nz,2\n'))
    assert table.lines.tolist() == [2, 4]
    assert table.frame["a"].tolist() == ["x\ny", "z"]


def test_a_byte_order_mark_in_the_middle_is_kept_for_the_cells_to_lose(tmp_path: Path) -> None:
    table = read_text_table(write(tmp_path, "a,b\n1,2\n\ufeffa,b\n".encode()))
    assert table.frame["a"].tolist() == ["1", "\ufeffa"]


def test_rows_of_blanks_only_are_left_out(tmp_path: Path) -> None:
    assert read_text_table(write(tmp_path, b"a,b\n1,2\n , \n\n3,4\n")).lines.tolist() == [2, 5]
