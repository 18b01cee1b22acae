"""A whole study in one Excel workbook."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from form_samples import write_book

from regions import StudyError, read_study


def study_sheets() -> dict[str, list[list[Any]]]:
    return {
        "填写说明": [["每张表一页"]],
        "地区": [
            ["地区代码", "地区名称", "经度", "纬度"],
            ["310100", "上海市", 121.5, 31.2],
            ["320100", "南京市", 118.8, 32.1],
        ],
        "联系": [["来源地", "目标地", "权重（件）", "年份"], ["上海", "南京", "1.2万", 2020]],
        "指标": [["地区", "年份", "GDP"], ["上海", 2020, 38700.6], ["南京", 2020, None]],
        "记录": [["记录编号", "机构编号", "年份"]],
        "设置": [["设置", "值"], ["标题", "两市"], ["有向", "是"]],
    }


def test_a_whole_study_is_read_from_one_workbook_with_chinese_sheets(tmp_path: Path) -> None:
    study = read_study(write_book(tmp_path / "两市.xlsx", study_sheets()))
    assert study.links is not None
    assert study.links[["source", "target", "weight"]].to_numpy().tolist() == [["310100", "320100", 12000.0]]
    assert (study.title.zh, study.directed, study.records) == ("两市", True, None)
    assert study.indicators is not None
    assert study.indicators["GDP"].isna().tolist() == [False, True]
    assert [fault.code for fault in study.warnings] == ["W-UNIT"]
    assert [path.name for path in study.files] == ["两市.xlsx"]


def test_a_workbook_equals_the_folder_of_the_same_tables(folder: Path) -> None:
    sheets = {
        name: [list(frame.columns), *frame.to_numpy().tolist()]
        for name in ("regions", "links")
        for frame in [pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)]
    }
    one, other = read_study(folder), read_study(write_book(folder.parent / "one.xlsx", sheets))
    pd.testing.assert_frame_equal(one.regions, other.regions)
    assert one.links is not None
    pd.testing.assert_frame_equal(one.links, other.links)


def test_faults_in_a_workbook_are_named_by_sheet_and_row(tmp_path: Path) -> None:
    sheets = study_sheets() | {"联系": [["来源地", "目标地"], ["上海", "南京"], ["上海", "东京"]]}
    with pytest.raises(StudyError) as caught:
        read_study(write_book(tmp_path / "s.xlsx", sheets))
    fault = caught.value.faults[0]
    assert (fault.code, fault.file, fault.row, fault.column) == ("E-UNKNOWN", "s.xlsx[联系]", 3, "目标地")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"links": [["source", "target"]]}, "E-SHEET"),
        ({"设置": [["设置", "值"], ["有向", "也许"]]}, "E-CONFIG"),
        ({"设置": [["设置", "值"], ["标提", "x"]]}, "E-CONFIG"),
        ({"设置": [["设置", "值"], ["内置研究", "chna"]]}, "E-CONFIG"),
    ],
)
def test_a_workbook_that_is_no_study_says_why(tmp_path: Path, change: dict[str, Any], code: str) -> None:
    with pytest.raises(StudyError) as caught:
        read_study(write_book(tmp_path / "s.xlsx", study_sheets() | change))
    assert [fault.code for fault in caught.value.faults] == [code]
    assert caught.value.faults[0].message_zh


def test_a_workbook_may_extend_an_embedded_study(tmp_path: Path) -> None:
    sheets = {
        "联系": [["来源地", "目标地", "权重"], ["江苏", "上海市", 3]],
        "设置": [["设置", "值"], ["内置研究", "china"]],
    }
    study = read_study(write_book(tmp_path / "mine.xlsx", sheets))
    assert study.links is not None
    assert study.links["source"].tolist() == ["320000"]
    assert len(study.regions) == 31


def test_two_files_of_one_table_are_one_too_many(folder: Path) -> None:
    write_book(folder / "Links.xlsx", {"links": [["source", "target"]]})
    with pytest.raises(StudyError, match=r"Links\.xlsx, links\.csv"):
        read_study(folder)


CHINESE = [
    ["设置", "值"],
    ["内置研究", "长三角"],
    ["级别", "市"],
    ["分析范围", "苏南"],
    ["有向", "否"],
    ["双向重复", "合计"],
    ["未知名称", "忽略"],
]
DELTA = [["来源地*", "目标地*", "权重"], ["常州", "无锡", 3], ["无锡", "常州", 3], ["常州", "火星", 1]]


def test_settings_are_understood_in_the_words_of_a_planner(tmp_path: Path) -> None:
    study = read_study(write_book(tmp_path / "s.xlsx", {"设置": CHINESE, "联系": DELTA}))
    assert len(study.regions) == 5
    assert study.links is not None
    assert study.links["weight"].sum() == 6
    assert "W-DROPPED" in [fault.code for fault in study.warnings]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["双向重复", "随便"], "“双向重复”应为以下之一：计一次、相加。"),
        (["未知名称", "随便"], "“未知名称”应为以下之一：报错、略去。"),
        (["有向", "也许"], "“有向”应为 是、否。"),
        (["标提", "x"], "未知的键“标提”。"),
        (["不分析", "火星"], "“不分析”中的 火星 不是已知地区。"),
    ],
)
def test_what_is_wrong_in_chinese_settings_is_said_in_their_words(tmp_path: Path, row: list[str], said: str) -> None:
    sheets = {"设置": [CHINESE[0], CHINESE[1], row], "联系": DELTA[:2]}
    with pytest.raises(StudyError) as caught:
        read_study(write_book(tmp_path / "s.xlsx", sheets))
    assert [fault.message_zh for fault in caught.value.faults] == [said]
    assert not set("abcdefghijklmnopqrstuvwxyz") & set(caught.value.faults[0].hint_zh)
