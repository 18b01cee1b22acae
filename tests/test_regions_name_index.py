"""Regions by the names people give them."""

from pathlib import Path

import pandas as pd
import pytest

from regions import StudyError, load_study, read_study
from regions.frames.name_index import NameIndex, build_name_index, shorten


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("江苏省", "江苏"),
        ("上海市", "上海"),
        ("内蒙古自治区", "内蒙古"),
        ("广西壮族自治区", "广西"),
        ("西藏自治区", "西藏"),
        ("新疆维吾尔自治区", "新疆"),
        ("恩施土家族苗族自治州", "恩施"),
        ("巴音郭楞蒙古自治州", "巴音郭楞"),
        ("香港特别行政区", "香港"),
        ("神农架林区", "神农架"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("阿里地区", "阿里"),
        ("沙市", "沙市"),
        ("Jiangsu Province", "jiangsu"),
        ("Suzhou City", "suzhou"),
        ("City", "city"),
        (" ＪＩＡＮＧＳＵ ", "jiangsu"),
    ],
)
def test_the_word_for_the_kind_of_region_is_left_out(name: str, short: str) -> None:
    assert shorten(name) == short


@pytest.fixture(scope="module")
def index() -> NameIndex:
    study = load_study("china-cities")
    regions = pd.concat([study.regions, study.surroundings]).reset_index()
    return build_name_index(regions, study.regions.index)


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("320000", ("320000",)),
        ("江苏省", ("320000",)),
        ("江苏", ("320000",)),
        ("Jiangsu", ("320000",)),
        ("jiangsu province", ("320000",)),
        ("南京", ("320100",)),
        ("凉山", ("513400",)),
        ("Suzhou", ("320500", "341300")),
        ("Taizhou", ("321200", "331000")),
        ("苏州", ("320500",)),
        ("宿州", ("341300",)),
        ("吉林", ("220200",)),
        ("吉林省", ("220000",)),
        ("吉林市", ("220200",)),
        ("海南", ("632500", "460000")),
        ("Hainan", ("632500", "460000")),
        ("海南省", ("460000",)),
        ("海南藏族自治州", ("632500",)),
        ("蘇州", ()),
        ("", ()),
        ("Atlantis", ()),
    ],
)
def test_a_word_finds_its_region_and_the_units_win(index: NameIndex, word: str, codes: tuple[str, ...]) -> None:
    assert index.find(word) == codes


def test_among_provinces_the_province_wins() -> None:
    study = load_study("china")
    regions = pd.concat([study.regions, study.surroundings]).reset_index()
    index = build_name_index(regions, study.regions.index)
    assert index.find("吉林") == ("220000",)
    assert index.find("Hainan") == ("460000",)


@pytest.mark.parametrize(
    ("preferred", "codes"), [("c", "c"), ("d", "pcd"), ("cd", "pcd"), ("p", "pcd"), ("pq", "p"), ("", "pcd")]
)
def test_a_unit_wins_over_regions_above_it_and_inside_units_only(preferred: str, codes: str) -> None:
    """Province p holds city c; county d, which shares the short name of both, lies in province q."""
    names = ["甲乙省", "丙丁省", "甲乙市", "甲乙县"]
    table = pd.DataFrame({"code": list("pqcd"), "name": names, "name_zh": names, "parent": ["", "", "p", "q"]})
    lone = table.iloc[:3] if preferred == "c" else table
    assert build_name_index(lone, preferred).find("甲乙") == tuple(codes)


def test_parents_in_a_circle_do_not_hold_the_search_up() -> None:
    table = pd.DataFrame({"code": ["a", "b"], "name": ["X", "X"], "name_zh": ["甲省", "甲市"], "parent": ["b", "a"]})
    assert build_name_index(table, "a").find("X") == ("a",)
    assert build_name_index(table.assign(parent=["a", "b"]), "a").find("X") == ("a", "b")


def test_the_name_of_a_province_and_of_a_prefecture_elsewhere_is_refused_with_both(tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_text("extends: china-cities\n", encoding="utf-8")
    (tmp_path / "links.csv").write_text("来源地,目标地,权重\n海南,广州,8\n吉林,深圳,3\n", encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        read_study(tmp_path)
    assert [(fault.code, fault.row) for fault in caught.value.faults] == [("E-AMBIG", 2)]
    assert "海南藏族自治州 (632500)" in caught.value.faults[0].message_zh
    assert "海南省 (460000)" in caught.value.faults[0].message_zh


def test_aliases_are_names_too() -> None:
    index = build_name_index(pd.DataFrame({"code": ["1"], "name": ["Shanghai"], "alias": ["沪;申；SH"]}))
    assert [index.find(word) for word in ("沪", "申", "sh", "浦")] == [("1",), ("1",), ("1",), ()]


def test_a_study_may_be_written_with_names(folder: Path) -> None:
    (folder / "links.csv").write_text(
        "来源地,目标地,权重\n阿市,贝市,1\nAlpha,gamma city,2\nA,伽市,3\n", encoding="utf-8"
    )
    links = read_study(folder).links
    assert links is not None
    assert links[["source", "target"]].to_numpy().tolist() == [["A", "B"], ["A", "C"], ["A", "C"]]


def test_a_name_of_several_regions_lists_them(folder: Path) -> None:
    with (folder / "regions.csv").open("a", encoding="utf-8") as handle:
        handle.write("D,Alpha,丁市,city,P2,113,30.5,,\n")
    (folder / "links.csv").write_text("source,target\nAlpha,B\nB,Alpha\n", encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        read_study(folder)
    faults = [fault for fault in caught.value.faults if fault.code == "E-AMBIG"]
    assert [(fault.row, fault.column) for fault in faults] == [(2, "source"), (3, "target")]
    assert "阿市 (A) or 丁市 (D)" in faults[0].message


def test_an_unknown_name_gets_a_hint_in_both_languages(folder: Path) -> None:
    (folder / "links.csv").write_text("source,target\n阿特市,B\n", encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        read_study(folder)
    assert caught.value.faults[0].hint_zh == "是否为 阿市 (A)？"
