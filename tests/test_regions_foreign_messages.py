"""What tables as people keep them are told: totals that differ, counties, names of columns, the way of links."""

import itertools
from pathlib import Path
from typing import Any

import pytest
from form_samples import list_links, read_rows, write_book

from regions import StudyError, read_study
from regions.errors import Fault
from regions.foreign.read_foreign import read_foreign

CITIES = ["南京市", "苏州市", "无锡市", "常州市", "扬州市", "镇江市", "泰州市", "南通市"]
PAIRS: list[list[Any]] = [[a, b, 3] for a in CITIES for b in CITIES if a < b]


def warn(tmp_path: Path, *rows: list[Any]) -> list[Fault]:
    """Return the warnings about totals of a table."""
    path = write_book(tmp_path / "合作2022.xlsx", {"Sheet1": rows})
    return [fault for fault in read_foreign([path], path).faults if fault.code == "W-TOTAL"]


def refuse(tmp_path: Path, *rows: list[Any], name: str = "合作2022.xlsx") -> list[Fault]:
    """Return the errors of a table that is refused."""
    with pytest.raises(StudyError) as caught:
        read_study(write_book(tmp_path / name, {"Sheet1": rows}))
    return [fault for fault in caught.value.faults if fault.is_error]


@pytest.mark.parametrize("total", [8, 10])
def test_the_total_of_a_list_is_compared_with_its_rows(tmp_path: Path, total: int) -> None:
    rows = [["甲地", "乙地", "专利数"], ["南京市", "苏州市", 3], ["南京市", "无锡市", 5], ["合计", None, total]]
    found = warn(tmp_path, *rows)
    if total == 8:
        assert found == []
        return
    (fault,) = found
    assert (fault.row, fault.column) == (4, "专利数")
    assert fault.message_zh == "1 个合计数中有 1 个与分项之和不一致：合计 10，分项之和 8。"


def test_the_total_of_rows_of_units_is_compared_too(tmp_path: Path) -> None:
    header = ["甲单位", "甲地", "乙单位", "乙地", "合同数"]
    rows = [["东南大学", "南京市", "苏州大学", "苏州市", 3], ["南京大学", "南京市", "江南大学", "无锡市", 5]]
    assert warn(tmp_path, header, *rows, ["合计", None, None, None, 8]) == []
    (fault,) = warn(tmp_path, header, *rows, ["合计", None, None, None, 9])
    assert "合计 9, sum 8" in fault.message


def test_totals_of_a_matrix_are_compared_on_both_sides(tmp_path: Path) -> None:
    head = ["地区", "南京市", "苏州市", "无锡市", "合计"]
    body = [["南京市", 0, 3, 5, 8], ["苏州市", 3, 0, 2, 5], ["无锡市", 5, 2, 0, 7]]
    assert warn(tmp_path, head, *body, ["合计", 8, 5, 7, 20]) == []
    body[0][4] = 9
    (fault,) = warn(tmp_path, head, *body, ["合计", 8, 5, 7, 21])
    assert fault.message == "1 of 7 totals differ from the sum of what they total: 南京市 9, sum 8."


def test_the_totals_of_half_a_matrix_may_be_those_of_the_whole(tmp_path: Path) -> None:
    head = ["地区", "南京市", "苏州市", "无锡市", "合计"]
    body = [["南京市", None, 3, 5, 8], ["苏州市", None, None, 2, 5], ["无锡市", None, None, None, 7]]
    assert [fault.message for fault in warn(tmp_path, head, *body)] == []


def test_a_share_is_no_part_of_a_total(tmp_path: Path) -> None:
    rows = [["甲地", "乙地", "专利数", "占比(%)"], ["南京市", "苏州市", 3, 30], ["南京市", "无锡市", 7, 60]]
    assert warn(tmp_path, *rows, ["合计", None, 10, 100]) == []


@pytest.mark.parametrize(
    ("title", "header", "first", "directed"),
    [
        ("2022年甲地流向乙地成交额", ["甲地", "乙地", "成交额"], "南京", True),
        ("技术转移 乙方→甲方", ["甲地区", "乙地区", "数量"], "苏州", True),
        ("城市1->城市2", ["城市1", "城市2", "数量"], "南京", True),
        ("2022年两地成交额", ["甲地", "乙地", "成交额"], "南京", None),
    ],
)
def test_a_title_may_say_which_way_links_go(
    tmp_path: Path, title: str, header: list[str], first: str, directed: bool | None
) -> None:
    forms = read_rows(tmp_path, [title], header, ["南京", "苏州", 3], ["苏州", "南京", 9])
    assert forms.directed is directed
    assert list_links(forms)[0][:3] == (first, "苏州" if first == "南京" else "南京", 3.0)


def test_an_unknown_name_is_placed_in_the_column_as_the_file_calls_it(tmp_path: Path) -> None:
    strange = [["火星市", "南京市", 1], ["南京市", "火星市", 1]]
    found = refuse(tmp_path, ["来源城市", "目标城市", "专利数"], *PAIRS, *strange)
    assert [(fault.row, fault.column) for fault in found] == [(30, "来源城市"), (31, "目标城市")]


def test_the_place_of_a_unit_is_called_as_the_file_calls_it(tmp_path: Path) -> None:
    rows = [[f"{a}一厂", a, f"{b}二厂", b, count] for a, b, count in PAIRS]
    header = ["甲单位", "甲地", "乙单位", "乙地", "合同数"]
    (fault,) = refuse(tmp_path, header, *rows, ["火星一厂", "火星市", "苏州市二厂", "苏州市", 1])
    assert fault.column == "甲地/乙地"


@pytest.mark.parametrize("header", [["甲地", "乙地", "专利数"], ["县市", "GDP", "人口"]])
def test_counties_are_told_that_no_study_has_their_level(tmp_path: Path, header: list[str]) -> None:
    counties = ["昆山市", "张家港市", "常熟市", "太仓市", "江阴市"]
    ends = [[one, other, 3] for one, other in itertools.pairwise(counties)]
    rows = ends if header[0] == "甲地" else [[county, 5, 3] for county in counties]
    (fault,) = refuse(tmp_path, header, *rows)
    assert fault.code == "E-FOLDER"
    assert "昆山市" in fault.message
    assert "prefectures" in fault.message
    assert "县级地区表" in fault.hint_zh


def test_names_that_nearly_fit_a_study_are_told_which_and_what_it_lacks(tmp_path: Path) -> None:
    rows = [["甲地", "乙地", "专利数"], ["南京市", "苏州市", 3], ["火星市", "无锡市", 5]]
    (fault,) = refuse(tmp_path, *rows)
    assert "yangtze-delta holds 69% of the weight" in fault.message
    assert "it lacks 火星市 (1 names)" in fault.message
    assert "--on-unknown drop" in fault.hint
