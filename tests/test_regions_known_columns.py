"""Columns that schemes ask for, under the headers that people write."""

from dataclasses import replace

import pandas as pd
import pytest

from regions import Study, load_study
from regions.errors import MethodError
from regions.indicators.known_columns import recognise_columns, split_header
from regions.schemes.indicator_scheme import read_scheme
from regions.schemes.indicator_values import compute_indicators

REGIONS = pd.DataFrame({"code": ["A", "B", "C"], "name": ["甲", "乙", "丙"]})


def make_study(**columns: list[float]) -> Study:
    table = pd.DataFrame({"code": ["A", "B", "C"], "year": 2020, **columns})
    return Study.from_frames(regions=REGIONS, indicators=table)


@pytest.mark.parametrize(
    ("header", "key", "unit"),
    [
        ("地区生产总值（亿元）", "gdp", "亿元"),
        ("地区生产总值(亿元，当年价)", "gdp", "亿元,当年价"),
        ("地区生产总值（亿元，2015年不变价）", "gdp_real", "亿元,2015年不变价"),
        ("GDP（不变价）", "gdp_real", "不变价"),
        ("年末常住人口（万人）", "residents", "万人"),
        ("R&D经费内部支出（万元）", "rd_expenditure", "万元"),
        ("社会消费品零售总额", "retail_sales", ""),
    ],
)
def test_headers_are_recognised(header: str, key: str, unit: str) -> None:
    found, notes = recognise_columns(make_study(**{header: [1.0, 2.0, 3.0]}))
    assert found.indicators is not None
    assert found.indicators[key].tolist() == [1, 2, 3]
    assert found.describe_indicator(key)[1].zh == unit
    assert header in found.indicators  # its own name stays
    assert f"{header} → {key}" in notes[0].zh


def test_what_is_something_else_stays_alone() -> None:
    study = make_study(**{"年末总人口（户籍）（万人）": [1.0, 2, 3], "空气质量指数": [1.0, 2, 3]})
    found, notes = recognise_columns(study)
    assert found.indicators is not None
    assert set(found.indicators) == {"code", "year", "年末总人口（户籍）（万人）", "空气质量指数"}
    assert notes == ()
    assert found.describe_indicator("年末总人口（户籍）（万人）")[1].zh == "万人"
    assert split_header("固定资产投资（不含农户）") == ("固定资产投资(不含农户)", "")


def test_a_column_that_is_there_already_wins_and_twins_take_the_first() -> None:
    both = make_study(**{"gdp": [9.0, 9, 9], "地区生产总值（亿元）": [1.0, 2, 3]})
    assert recognise_columns(both)[0].indicators["gdp"].tolist() == [9, 9, 9]  # type: ignore[index]
    twins = make_study(**{"常住人口（万人）": [1.0, 2, 3], "年末常住人口（万人）": [4.0, 5, 6]})
    assert recognise_columns(twins)[0].indicators["residents"].tolist() == [1, 2, 3]  # type: ignore[index]


def test_a_study_of_ours_is_left_as_it_is() -> None:
    china = load_study("china")
    found, notes = recognise_columns(china)
    assert found is china
    assert notes == ()


def test_an_own_scheme_names_headers_with_and_without_units() -> None:
    study = make_study(**{"工业增加值（亿元）": [1.0, 2, 4], "地区生产总值（亿元）": [2.0, 4, 4], "出口": [1.0, 1, 1]})
    scheme = pd.DataFrame(
        {
            "维度": ["甲", "甲"],
            "指标": ["工业增加值", "地区生产总值（亿元）"],
            "分母": ["地区生产总值", ""],
            "方向": ["正向", "1"],
        }
    )
    found = compute_indicators(study, read_scheme(scheme))
    assert found.table["工业增加值"].tolist() == [0.5, 0.5, 1.0]
    assert found.made_of["工业增加值"] == "工业增加值（亿元） / 地区生产总值（亿元）"


def test_a_divisor_below_zero_is_no_divisor() -> None:
    study = make_study(x=[1.0, 2.0, 3.0], y=[-2.0, 0.0, 3.0])
    scheme = pd.DataFrame({"pillar": ["p"], "indicator": ["x"], "per": ["y"]})
    found = compute_indicators(study, read_scheme(scheme))
    assert found.table["x"].isna().tolist() == [True, True, False]
    assert any("2 values are missing because of a divisor of zero or less" in note.en for note in found.notes)


def test_indicators_of_another_level_are_told_apart() -> None:
    with pytest.raises(MethodError, match=r"for other levels only, or nowhere: .*R&D personnel") as caught:
        compute_indicators(load_study("france"), read_scheme("conditions"))
    assert "it has: Gross domestic product, Population" in str(caught.value)
    assert "--scheme 文件" in caught.value.describe("zh")


def test_the_title_of_a_sheet_is_no_name_of_a_column() -> None:
    study = make_study(研发经费=[1.0, 2, 3], 常住人口=[1.0, 2, 3], 研发人员=[4.0, 5, 6])
    names = pd.DataFrame(
        {
            "unit": "",
            "unit_zh": ["亿元", "万人", "人"],
            "description": "城市主要指标",
            "description_zh": "城市主要指标",
        },
        index=pd.Index(["研发经费", "常住人口", "研发人员"], name="column"),
    )
    found, _ = recognise_columns(replace(study, dictionary=names))
    assert found.describe_indicator("研发经费")[0].zh == "研发经费"
    assert found.describe_indicator("rd_expenditure")[1].zh == "亿元"
