"""Sheets cut into blocks: titles, headers, units, totals, years."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from regions.layouts.block import Block
from regions.layouts.understand import read_layout


def read_rows(tmp_path: Path, *sheets: tuple[str, list[list[object]]], merged: tuple[str, ...] = ()) -> list[Block]:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in merged:
            sheet.merge_cells(area)
    path = tmp_path / "book.xlsx"
    book.save(path)
    return list(read_layout([path], path).blocks)


def names_of(block: Block) -> list[tuple[str, str, int | None]]:
    return [(column.name, column.unit, column.year) for column in block.columns]


def test_titles_units_totals_and_notes_are_no_rows(tmp_path: Path) -> None:
    rows = [
        ["2021年长三角城市间合作专利汇总表"],
        [None, None, None, "单位：件"],
        ["地区", "合作地区", "专利数（件）", "年份"],
        ["上海", "南京市", 71, 2021],
        ["上海市", "无锡", 7, "2021年"],
        [None, "上海市小计", 78, None],
        ["合计", None, 78, None],
        ["注：“—”表示无数据。"],
    ]
    (block,) = read_rows(tmp_path, ("2021年地区汇总", rows), merged=("A1:D1",))
    assert names_of(block) == [("地区", "", None), ("合作地区", "", None), ("专利数", "件", None), ("年份", "", None)]
    assert (block.unit, block.year, block.year_from) == ("件", 2021, "title")
    assert block.lines == [4, 5]
    assert [(row.kind, row.line) for row in block.left_out] == [("subtotal", 6), ("total", 7), ("note", 8)]
    assert (block.axes.regions, block.axes.years, block.axes.numbers) == ((0, 1), 3, (2,))


def test_header_rows_are_joined(tmp_path: Path) -> None:
    rows = [
        ["地区", "工业企业", None, "一般公共", None],
        [None, "企业数", "从业人员", "服务", "GDP"],
        [None, "(个)", "(人)", "(亿元)", "(亿元)"],
        ["Region", "Number", "Employees", "Services", "GDP"],
        ["江苏", 3, 40, 5.5, 1],
        ["浙江", 4, 50, 6.5, 2],
    ]
    (block,) = read_rows(tmp_path, ("2022", rows), merged=("A1:A3", "B1:C1"))
    assert [column.name for column in block.columns] == [
        "地区",
        "工业企业_企业数",
        "工业企业_从业人员",
        "一般公共服务",
        "GDP",
    ]
    assert [column.unit for column in block.columns] == ["", "个", "人", "亿元", "亿元"]
    assert (block.header_lines, block.year, block.year_from) == ((1, 2, 3, 4), 2022, "sheet")


@pytest.mark.parametrize("second", [["3-6 续表1"], [None]])
def test_sheet_is_cut_where_another_header_stands(tmp_path: Path, second: list[object]) -> None:
    rows = [
        ["地区", "GDP", "人口"],
        ["江苏", 1, 2],
        ["浙江", 3, 4],
        second,
        ["地区", "面积", "降水"],
        ["江苏", 5, 6],
        ["浙江", 7, 8],
    ]
    first, other = read_rows(tmp_path, ("Sheet1", rows))
    assert [[column.name for column in block.columns] for block in (first, other)] == [
        ["地区", "GDP", "人口"],
        ["地区", "面积", "降水"],
    ]
    assert (first.lines, other.lines) == ([2, 3], [6, 7])


def test_header_of_a_printed_page_is_left_out(tmp_path: Path) -> None:
    header: list[object] = ["地区", "GDP", "人口"]
    (block,) = read_rows(tmp_path, ("Sheet1", [header, ["江苏", 1, 2], header, ["浙江", 3, 4]]))
    assert block.lines == [2, 4]
    assert [(row.kind, row.line) for row in block.left_out] == [("header", 3)]


def test_tables_side_by_side_are_two(tmp_path: Path) -> None:
    rows = [
        ["地区", "GDP", None, "地区", "GDP", None, None],
        ["江苏", 1, None, "安徽", 3, None, None],
        ["浙江", 2, None, "福建", 4, None, "更多数据请关注"],
    ]
    left, right = read_rows(tmp_path, ("Sheet1", rows))
    assert (left.cells[0], right.cells[0]) == (["江苏", "浙江"], ["安徽", "福建"])
    assert [row.text for row in left.left_out] == ["更多数据请关注"]


def test_texts_of_a_merge_are_filled_and_numbers_are_not(tmp_path: Path) -> None:
    rows = [["来源地", "目标地", "件数"], ["常州", "合肥", 12], [None, "南京", None], ["苏州", "合肥", 3]]
    (block,) = read_rows(tmp_path, ("联系", rows), merged=("A2:A3", "C2:C3"))
    assert block.cells[0] == ["常州", "常州", "苏州"]
    assert block.cells[2] == [12, "", 3]


def test_text_file_with_titles_and_tabs(tmp_path: Path) -> None:
    path = tmp_path / "分省年度数据 (1).csv"
    path.write_text(
        "数据库：分省年度数据\n指标：R&D经费(亿元)\n地区\t,2023年\t,2022年\t,\n北京市\t,1.5\t,2\t,\n",
        encoding="utf-8-sig",
    )
    (block,) = read_layout([path], path).blocks
    assert (block.indicator, block.unit) == ("R&D经费", "亿元")
    assert [column.year for column in block.columns] == [None, 2023, 2022]
    assert block.axes.years_across == (1, 2)


def test_matrix_without_names_has_no_header(tmp_path: Path) -> None:
    (block,) = read_rows(tmp_path, ("Sheet1", [[0, 0.5, 0.5], [0.25, 0, 0.75], [1, 0, 0]]))
    assert block.header_lines == ()
    assert block.axes.numbers == (0, 1, 2)
