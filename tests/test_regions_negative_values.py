"""Negative values where the unit bears none."""

from pathlib import Path

import pytest

from regions import load_study, read_study
from regions.errors import Fault
from regions.indicators.negative_values import bears_no_negative

FEW = "code,name,name_zh,lon,lat\na,East,东市,100,30\nb,West,西市,101,31\n"


def find_negative(folder: Path, indicators: str, dictionary: str = "") -> list[Fault]:
    files = {"regions": FEW, "indicators": indicators, "dictionary": dictionary}
    for name, text in files.items():
        if text:
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return [fault for fault in read_study(folder).warnings if fault.code == "W-NEGATIVE"]


@pytest.mark.parametrize(
    ("name", "unit", "expected"),
    [
        ("研发经费", "亿元", True),
        ("研发人员", "人年", True),
        ("人均专利", "件/万人", True),
        ("产出", "亿元,2015年不变价", True),
        ("R&D personnel", "persons", True),
        ("research", "million euro", True),
        ("利润总额", "亿元", False),
        ("人口净流入", "万人", False),
        ("就业变化", "人", False),
        ("net migration", "persons", False),
        ("增长率", "%", False),
        ("产业份额", "%", False),
        ("平均纬度", "度", False),
        ("得分", "", False),
    ],
)
def test_unit_and_name_tell_whether_less_than_nothing_makes_sense(name: str, unit: str, expected: bool) -> None:
    assert bears_no_negative(name, unit) is expected


def test_column_count_and_first_rows_are_named(tmp_path: Path) -> None:
    rows = "".join(f"{code},{year},-{year - 2015}.5\n" for year in (2020, 2021) for code in "ab")
    (found,) = find_negative(tmp_path, f"code,year,研发经费（亿元）\n{rows}a,2022,3\nb,2022,\n")
    assert found.column == "研发经费（亿元）"
    assert found.message.startswith("4 value(s) below 0")
    assert "row 2, East 2020: -5.5" in found.message
    assert "第 4 行东市 2021 年为 -6.5" in found.message_zh
    assert "第 5 行" not in found.message_zh
    assert not found.is_error


def test_the_dictionary_may_say_the_unit(tmp_path: Path) -> None:
    (found,) = find_negative(
        tmp_path,
        "code,year,staff,profit,rate\na,2020,-3,-4,-5\nb,2020,1,1,1\n",
        "column,name,unit\nstaff,Staff,persons\nprofit,Profit,million euro\nrate,Rate,%\n",
    )
    assert found.column == "staff"


def test_columns_without_a_unit_and_embedded_studies_are_not_judged(tmp_path: Path) -> None:
    assert find_negative(tmp_path, "code,year,x\na,2020,1\nb,2020,-2\n") == []
    assert not any(fault.code == "W-NEGATIVE" for fault in load_study("china").warnings)


def test_a_table_as_people_keep_it_is_judged_too(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text(
        "指标表,,\n地区,年份,专利授权量（件）\n南京市,2020,-1\n苏州市,2020,5\n合肥市,2020,7\n", encoding="utf-8"
    )
    (found,) = [fault for fault in read_study(path).warnings if fault.code == "W-NEGATIVE"]
    assert "第 3 行南京市 2020 年为 -1" in found.message_zh
    assert "“件”" in found.message_zh
