"""Wide matrices: full, half, directed, with blanks and dashes, with totals, without names."""

from pathlib import Path
from typing import Any

import pytest
from form_samples import codes_of, list_links, message_of, read_book, read_rows

from regions.forms.read_forms import read_forms
from regions.layouts.understand import read_layout

HEAD = ["城市", "南京市", "苏州市", "合肥市"]
RIGHT = [("南京", "苏州", 5.0), ("南京", "合肥", 7.0), ("苏州", "合肥", 3.0)]


def test_a_full_symmetric_matrix_is_read_once(tmp_path: Path) -> None:
    forms = read_rows(tmp_path, HEAD, ["南京", 0, 5, 7], ["苏州", 5, 0, 3], ["合肥", 7, 3, 0])
    assert list_links(forms) == RIGHT
    assert message_of(forms, "W-MATRIX") == "a symmetric matrix of 3 regions, every pair read once: 3 links."


@pytest.mark.parametrize("corner", [None, "", "地区", "city", "单位：件"])
def test_the_corner_may_hold_anything(tmp_path: Path, corner: str | None) -> None:
    forms = read_rows(tmp_path, [corner, *HEAD[1:]], ["南京", 0, 5, 7], ["苏州", 5, 0, 3], ["合肥", 7, 3, 0])
    assert list_links(forms) == RIGHT


def test_a_text_file_with_a_blank_corner_is_a_matrix(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text(",南京市,苏州市,合肥市\n南京,0,5,7\n苏州,5,0,3\n合肥,7,3,0\n", encoding="gb18030")
    assert list_links(read_forms(read_layout([path], path))) == RIGHT


@pytest.mark.parametrize(
    "rows",
    [
        [["南京", None, 5, 7], ["苏州", None, None, 3], ["合肥", None, None, None]],
        [["南京", None, None, None], ["苏州", 5, None, None], ["合肥", 7, 3, None]],
        [["南京", "—", "—", "—"], ["苏州", 5, "—", "—"], ["合肥", 7, 3, "—"]],
        [["南京", 0, 0, 0], ["苏州", 5, 0, 0], ["合肥", 7, 3, 0]],
    ],
)
def test_half_a_matrix_is_read_whichever_half_it_is(tmp_path: Path, rows: list[list[Any]]) -> None:
    forms = read_rows(tmp_path, HEAD, *rows)
    assert sorted(list_links(forms)) == sorted(RIGHT)
    assert "half" in message_of(forms, "W-MATRIX")


def test_an_asymmetric_matrix_is_a_fault_that_names_the_largest_differences(tmp_path: Path) -> None:
    rows = ["南京", 0, 5, 7], ["苏州", 4, 0, 3], ["合肥", 17, 3, 0]
    forms = read_rows(tmp_path, HEAD, *rows)
    assert "E-ASYMMETRIC" in codes_of(forms)
    assert "2 pair(s) differ; the largest differences: 南京–合肥 7 and 17, 南京–苏州 5 and 4." in message_of(
        forms, "E-ASYMMETRIC"
    )


def test_a_directed_matrix_keeps_both_directions(tmp_path: Path) -> None:
    rows = ["南京", 0, 5, 7], ["苏州", 4, 0, 3], ["合肥", 17, 3, 0]
    forms = read_rows(tmp_path, HEAD, *rows, directed=True)
    assert len(list_links(forms)) == 6
    assert ("合肥", "南京", 17.0) in list_links(forms)
    assert "E-ASYMMETRIC" not in codes_of(forms)


@pytest.mark.parametrize(
    ("missing", "said"), [(None, "4 empty cell(s), read as zero, and 2"), ("zero", "6 empty"), ("na", "0 empty")]
)
def test_blanks_are_zero_and_dashes_missing_and_both_are_counted(tmp_path: Path, missing: Any, said: str) -> None:
    rows = ["南京", 0, None, 7, "—"], ["苏州", None, 0, None, 2], ["合肥", 7, None, 0, 1], ["上海", "—", 2, 1, 0]
    forms = read_rows(tmp_path, [*HEAD, "上海市"], *rows, missing=missing)
    assert list_links(forms) == [("南京", "合肥", 7.0), ("苏州", "上海", 2.0), ("合肥", "上海", 1.0)]
    assert message_of(forms, "W-MISSING").startswith(said)


def test_one_half_may_know_what_the_other_does_not(tmp_path: Path) -> None:
    rows = ["南京", 0, "—", 7], ["苏州", 5, 0, 3], ["合肥", 7, None, 0]
    assert list_links(read_rows(tmp_path, HEAD, *rows)) == RIGHT


def test_totals_titles_units_codes_and_numbers_of_rows_are_no_part_of_it(tmp_path: Path) -> None:
    rows = [
        ["2021年城市间合作专利数", None, None, None, None, None, None],
        ["单位：件", None, None, None, None, None, None],
        ["序号", "代码", "城市", "南京市", "苏州市", "合肥市", "合计"],
        [1, "320100", "南京", "—", 5, 7, 12],
        [2, "320500", "苏州", 5, "—", 3, 8],
        [3, "340100", "合肥", 7, 3, "—", 10],
        [None, None, "合计", 12, 8, 10, 30],
        ["注：数据为模拟", None, None, None, None, None, None],
    ]
    forms = read_rows(tmp_path, *rows)
    assert list_links(forms) == [(*link, 2021) for link in RIGHT]
    assert "W-MISSING" not in codes_of(forms)  # nothing is missing on the diagonal
    assert message_of(forms, "W-COLS") == "columns that are no part of the matrix: 合计."


def test_a_sheet_per_year_is_one_table(tmp_path: Path) -> None:
    first = [HEAD, ["南京", 0, 5, 7], ["苏州", 5, 0, 3], ["合肥", 7, 3, 0]]
    second = [HEAD, ["南京", 0, 6, 7], ["苏州", 6, 0, 3], ["合肥", 7, 3, 0]]
    forms = read_book(tmp_path / "m.xlsx", {"2020年": first, "2021年度": second})
    assert [link[3] for link in list_links(forms)] == [2020] * 3 + [2021] * 3
    assert [(total.year, total.rows, total.weight) for total in forms.totals] == [(2020, 3, 15), (2021, 3, 16)]


def test_numbers_on_the_diagonal_are_links_within(tmp_path: Path) -> None:
    forms = read_rows(tmp_path, HEAD, ["南京", 9, 5, 7], ["苏州", 5, 0, 3], ["合肥", 7, 3, 0])
    assert ("南京", "南京", 9.0) in list_links(forms)


def test_a_few_rows_across_many_columns_are_a_part(tmp_path: Path) -> None:
    head = [*HEAD, "上海市", "杭州市"]
    forms = read_rows(tmp_path, head, ["常州", 1, 2, 3, 4, 5], ["无锡", 6, 7, 8, None, 9])
    assert len(list_links(forms)) == 9
    assert ("常州", "上海市", 4.0) in list_links(forms)


def test_names_that_nobody_knows_make_a_matrix_where_they_stand_both_ways(tmp_path: Path) -> None:
    forms = read_rows(
        tmp_path, ["", "Alpha", "Beta", "Gamma"], ["Alpha", 0, 1, 2], ["Beta", 1, 0, 3], ["Gamma", 2, 3, 0]
    )
    assert list_links(forms) == [("Alpha", "Beta", 1.0), ("Alpha", "Gamma", 2.0), ("Beta", "Gamma", 3.0)]


def test_a_cell_that_is_no_number_is_named_by_line_and_column(tmp_path: Path) -> None:
    forms = read_rows(tmp_path, HEAD, ["南京", 0, "很多", 7], ["苏州", 5, 0, 3], ["合肥", 7, 3, -1])
    found = [(fault.code, fault.row, fault.column) for fault in forms.faults if fault.is_error]
    assert ("E-NUMBER", 2, "苏州市") in found
    assert ("E-NEG", 4, "合肥市") in found


def square(size: int, value: float) -> list[list[Any]]:
    return [[0 if row == column else value for column in range(size)] for row in range(size)]


@pytest.mark.parametrize(
    "rows",
    [
        square(31, 0.25),
        [["id", *(f"v{n}" for n in range(1, 32))], *([n, *row] for n, row in enumerate(square(31, 0.25), start=1))],
        [[f"v{n}" for n in range(1, 32)], *square(31, 0.25)],
    ],
)
def test_a_matrix_without_names_is_refused_with_one_question(tmp_path: Path, rows: list[list[Any]]) -> None:
    forms = read_rows(tmp_path, *rows)
    assert codes_of(forms) == ["E-NAMELESS"]
    assert "31 rows" in message_of(forms, "E-NAMELESS")
    assert "shares" in message_of(forms, "E-NAMELESS")
    assert "31 is the number of provinces" in forms.faults[0].hint


@pytest.mark.parametrize(
    "rows",
    [
        [["城市", "GDP", "人口", "面积"], ["南京", 1, 2, 3], ["苏州", 4, 5, 6], ["合肥", 7, 8, 9]],
        [["年份", "南京", "苏州", "合肥"], [2020, 1, 2, 3], [2021, 4, 5, 6], [2022, 7, 8, 9]],
        [["指标", "南京", "苏州", "合肥"], ["GDP", 1, 2, 3], ["人口", 4, 5, 6], ["面积", 7, 8, 9]],
        [["城市", "2020年", "2021年", "2022年"], ["南京", 1, 2, 3], ["苏州", 4, 5, 6], ["合肥", 7, 8, 9]],
    ],
)
def test_tables_of_indicators_are_no_matrices_and_are_left_to_others(tmp_path: Path, rows: list[list[Any]]) -> None:
    forms = read_rows(tmp_path, *rows)
    assert forms.tables == {}
    assert forms.used == frozenset()


def test_the_year_of_a_matrix_may_stand_in_its_corner(tmp_path: Path) -> None:
    forms = read_rows(tmp_path, ["2020", *HEAD[1:]], ["南京", 0, 5, 7], ["苏州", 5, 0, 3], ["合肥", 7, 3, 0])
    assert list_links(forms) == [(*link, 2020) for link in RIGHT]
