"""HTML pages that exports call .xls: spans, nested tables, texts around, hostile sizes."""

from pathlib import Path

import pytest

from regions.errors import StudyError
from regions.layouts.merged_cells import fill_merged
from regions.workbooks.html_tables import read_html
from regions.workbooks.raw_sheet import RawSheet


def read_page(tmp_path: Path, body: str) -> list[RawSheet]:
    path = tmp_path / "page.xls"
    path.write_text(f"<html><head><title>Excel</title></head><body>{body}</body></html>", encoding="utf-8")
    return read_html(path)[0]


def rows_of(sheet: RawSheet) -> list[tuple[str, ...]]:
    return list(zip(*sheet.columns, strict=True))


def test_spans_are_merged_areas(tmp_path: Path) -> None:
    rows = "<tr><th>2020<th>2021</tr><tr><td>北京<td>1<td>2</tr>"
    body = f"<table><tr><th rowspan=2>地区<th colspan=2>GDP</tr>{rows}</table>"
    (sheet,) = read_page(tmp_path, body)
    assert rows_of(sheet) == [("地区", "GDP", ""), ("", "2020", "2021"), ("北京", "1", "2")]
    fill_merged(sheet)
    assert rows_of(sheet)[:2] == [("地区", "GDP", "GDP"), ("地区", "2020", "2021")]


def test_texts_and_tables_of_one_cell_stand_above(tmp_path: Path) -> None:
    body = (
        "<script>var x='<table>';</script><div>2022年<b>各地区</b>企业</div><table><tr><td>单位:个</td></tr></table>"
        "<table><tr><td>地区</td><td>a&amp;b</td></tr><tr><td>北京</td><td>1<br>2</td></tr></table><p>来源</p>"
    )
    (sheet,) = read_page(tmp_path, body)
    assert sheet.above == ("2022年各地区企业", "单位:个")
    assert rows_of(sheet) == [("地区", "a&b"), ("北京", "1 2")]


def test_a_table_within_a_cell_is_one_of_its_own(tmp_path: Path) -> None:
    inner = "<table><tr><td>地区</td><td>GDP</td></tr><tr><td>北京</td><td>1</td></tr></table>"
    (sheet,) = read_page(tmp_path, f"<table><tr><td>menu</td><td>{inner}</td></tr></table>")
    assert rows_of(sheet) == [("地区", "GDP"), ("北京", "1")]


def test_a_page_without_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="holds no table"):
        read_page(tmp_path, "<p>Please log in.</p>")


@pytest.mark.parametrize(
    "body",
    [
        "<table>" + "<tr><td rowspan=999 colspan=999>x</td></tr>" * 20 + "</table>",
        "<table><tr><td>" * 40,
    ],
)
def test_pages_that_grow_beyond_measure_are_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(StudyError) as caught:
        read_page(tmp_path, body)
    assert caught.value.faults[0].code in {"E-BOMB", "E-FORMAT"}
