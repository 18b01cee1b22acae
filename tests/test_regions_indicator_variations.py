"""Tables of statistics in layouts beyond the twenty: every one written here, and read back or asked about."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import Workbook

from regions.indicators.indicator_tables import Indicators, read_indicators
from regions.layouts.understand import read_layout

Row = Sequence[object]
CITIES = ("南京市", "苏州市", "合肥市", "杭州市")
FIRST, SECOND, THIRD, FOURTH = ((1.5, 2, 3, 4), (10, 20.25, 30, 40), (100, 200, 300, 400.5), (7, 8, 9, 6))


def rows_of(*columns: Sequence[object]) -> list[Row]:
    return list(zip(CITIES, *columns, strict=True))


class Case(NamedTuple):
    """Sheets by name, what must come out (region, year, indicator -> value; or a code of a fault), units."""

    sheets: dict[str, list[Row]]
    wanted: dict[tuple[str, int, str], float] | str
    units: dict[str, str] | None = None
    merged: tuple[str, ...] = ()
    file: str = "book.xlsx"


def expect(name: str, year: int, values: Sequence[float]) -> dict[tuple[str, int, str], float]:
    return {(city, year, name): value for city, value in zip(CITIES, values, strict=True)}


CASES = {
    "title with number, unit to the right": Case(
        {
            "Sheet1": [
                ["表2-3 2022年各市R&D经费投入情况"],
                [None, None, "单位：亿元"],
                ["城市", "R&D经费", "R&D强度(%)"],
                *rows_of(FIRST, SECOND),
            ]
        },
        {**expect("R&D经费", 2022, FIRST), **expect("R&D强度", 2022, SECOND)},
        {"R&D经费": "亿元", "R&D强度": "%"},
    ),
    "an indicator per sheet": Case(
        {
            "GDP（亿元）": [["地区", 2020, 2021], *rows_of(FIRST, SECOND)],
            "常住人口(万人)": [["地区", 2020, 2021], *rows_of(THIRD, FOURTH)],
            "目录": [["1 GDP"], ["2 常住人口"]],
        },
        {**expect("GDP", 2020, FIRST), **expect("GDP", 2021, SECOND), **expect("常住人口", 2021, FOURTH)},
        {"GDP": "亿元", "常住人口": "万人"},
    ),
    "a region per sheet": Case(
        {
            "南京": [["年份", "GDP(亿元)", "人口(万人)"], [2020, 1, 2], [2021, 3, 4]],
            "苏州": [["年份", "GDP(亿元)", "人口(万人)"], [2020, 5, 6], [2021, 7, 8]],
        },
        {("南京", 2021, "人口"): 4, ("苏州", 2020, "GDP"): 5},
    ),
    "one region down": Case(
        {
            "Sheet1": [
                ["数据库：城市年度数据"],
                ["地区：深圳市"],
                ["指标", "2022年", "2021年"],
                ["年末常住人口(万人)", 1766, 1768],
                ["地区生产总值(亿元)", 32387, 30820],
                ["数据来源：国家统计局"],
            ]
        },
        {("深圳市", 2022, "年末常住人口"): 1766, ("深圳市", 2021, "地区生产总值"): 30820},
    ),
    "three header rows": Case(
        {
            "Sheet1": [
                ["各地区R&D情况"],
                ["地区", "R&D人员（人）", None, None, None, "R&D经费（万元）", None],
                [None, "2021年", None, "2022年", None, "2021年", "2022年"],
                [None, "合计", "女性", "合计", "女性", None, None],
                *rows_of(FIRST, SECOND, THIRD, FOURTH, SECOND, FIRST),
            ]
        },
        {
            **expect("R&D人员_合计", 2021, FIRST),
            **expect("R&D人员_女性", 2022, FOURTH),
            **expect("R&D经费", 2021, SECOND),
        },
        {"R&D人员_女性": "人", "R&D经费": "万元"},
        ("A2:A4", "B2:E2", "F2:G2", "B3:C3", "D3:E3"),
    ),
    "quarters across": Case(
        {"Sheet1": [["地区", "2022年第一季度", "2022年第二季度"], *rows_of(FIRST, SECOND)]}, "E-PERIODS"
    ),
    "regions across, the indicator in the title": Case(
        {"Sheet1": [["各市发明专利授权量（件）"], ["年份", *CITIES], [2020, *FIRST], [2021, *SECOND]]},
        {**expect("发明专利授权量", 2020, FIRST), **expect("发明专利授权量", 2021, SECOND)},
        {"发明专利授权量": "件"},
    ),
    "headings of years": Case(
        {
            "Sheet1": [
                ["地区", "GDP(亿元)", "人口(万人)"],
                ["2021年"],
                *rows_of(FIRST, SECOND),
                ["2022年"],
                *rows_of(THIRD, FOURTH),
            ]
        },
        {**expect("GDP", 2021, FIRST), **expect("人口", 2022, FOURTH)},
    ),
    "two languages in a cell": Case(
        {
            "2022": [
                ["地区 Region", "地区生产总值\nGross Domestic Product (亿元)", "年末人口\nPopulation"],
                *rows_of(FIRST, SECOND),
            ]
        },
        {**expect("地区生产总值", 2022, FIRST), **expect("年末人口", 2022, SECOND)},
        {"地区生产总值": "亿元"},
    ),
    "units in a row of their own, columns numbered": Case(
        {"2022年": [["城市", "GDP", "人口"], [None, "(亿元)", "(万人)"], ["甲", 1, 2], *rows_of(FIRST, SECOND)]},
        {**expect("GDP", 2022, FIRST), **expect("人口", 2022, SECOND)},
        {"GDP": "亿元", "人口": "万人"},
    ),
    "codes for names": Case(
        {"Sheet1": [["adcode", "year", "gdp"], [320100, 2020, 1], [340100, 2020, 2]]},
        {("320100", 2020, "gdp"): 1, ("340100", 2020, "gdp"): 2},
    ),
    "two halves side by side": Case(
        {
            "2022": [
                ["地区", "GDP", None, "地区", "GDP"],
                ["南京市", 1, None, "合肥市", 3],
                ["苏州市", 2, None, "杭州市", 4],
            ]
        },
        expect("GDP", 2022, (1, 2, 3, 4)),
    ),
    "long, with a unit in each row": Case(
        {
            "Sheet1": [
                ["地区", "年份", "指标", "数值", "单位"],
                *[(city, 2020, "GDP", value, "亿元") for city, value in zip(CITIES, FIRST, strict=True)],
                *[(city, 2020, "人口", value, "万人") for city, value in zip(CITIES, SECOND, strict=True)],
            ]
        },
        {**expect("GDP", 2020, FIRST), **expect("人口", 2020, SECOND)},
        {"GDP": "亿元", "人口": "万人"},
    ),
    "indicators in rows, the region once": Case(
        {
            "Sheet1": [
                ["地区", "指标", "2020年", "2021年"],
                *[
                    row
                    for city, one, two in zip(CITIES, FIRST, SECOND, strict=True)
                    for row in ([city, "GDP(亿元)", one, two], [None, "人口(万人)", two, one])
                ],
            ]
        },
        {**expect("GDP", 2021, SECOND), **expect("人口", 2021, FIRST)},
    ),
    "footnotes, thousands, percents as text": Case(
        {"2022": [["地区", "出口额(万元)", "占比"], ["南京市①", "1,234.5", "3.71%"], ["苏州市*", "22", "4.5%"]]},
        {("南京市①", 2022, "出口额"): 1234.5, ("苏州市*", 2022, "占比"): 4.5},
        {"占比": "%"},
    ),
    "years in the names of columns": Case(
        {"Sheet1": [["city", "GDP_2020", "GDP_2021", "2021年末人口"], *rows_of(FIRST, SECOND, THIRD)]},
        {**expect("GDP", 2020, FIRST), **expect("GDP", 2021, SECOND), **expect("人口", 2021, THIRD)},
    ),
    "kinds of industry in rows": Case(
        {
            "Sheet1": [
                ["地区", "行业", "年份", "产值"],
                *[(city, "制造业", 2020, value) for city, value in zip(CITIES, FIRST, strict=True)],
                *[(city, "服务业", 2020, value) for city, value in zip(CITIES, SECOND, strict=True)],
            ]
        },
        {**expect("产值_制造业", 2020, FIRST), **expect("产值_服务业", 2020, SECOND)},
    ),
    "a year in Chinese figures": Case(
        {"Sheet1": [["二〇二二年各市研发投入（亿元）"], ["地区", "研发投入"], *rows_of(FIRST)]},
        expect("研发投入", 2022, FIRST),
    ),
    "a column without a year beside others": Case(
        {
            "Sheet1": [
                ["2-5 各市科技经费（2021-2022年）"],
                ["地区", "科技经费", None, "增长率（%）"],
                [None, "2021", "2022", None],
                *rows_of(FIRST, SECOND, THIRD),
            ]
        },
        {**expect("科技经费", 2021, FIRST), **expect("科技经费", 2022, SECOND)},
        None,
        ("A2:A3", "B2:C2", "D2:D3"),
    ),
    "indicators and units down, regions across": Case(
        {
            "Sheet1": [
                ["江苏省各市2022年主要指标"],
                ["指标", "单位", "南京", "苏州"],
                ["一、地区生产总值", "亿元", 1, 2],
                ["  #第一产业", "亿元", 0.1, 0.2],
                ["二、常住人口", "万人", 9, 8],
            ]
        },
        {("南京", 2022, "地区生产总值"): 1, ("苏州", 2022, "常住人口"): 8, ("苏州", 2022, "第一产业"): 0.2},
        {"常住人口": "万人"},
    ),
    "a sheet of all years beside one for each": Case(
        {
            "2020": [["地区", "GDP"], *rows_of(FIRST)],
            "2021": [["地区", "GDP"], *rows_of(SECOND)],
            "汇总": [["地区", 2020, 2021], *rows_of(FIRST, SECOND)],
        },
        {**expect("GDP", 2020, FIRST), **expect("GDP", 2021, SECOND)},
    ),
    "numbers that say their own size under a unit": Case(
        {"2022": [["地区", "成交额（万元）"], ["南京市", "1.2亿"], ["苏州市", 35], ["合肥市", "3500元"]]},
        {("南京市", 2022, "成交额"): 12_000, ("苏州市", 2022, "成交额"): 35, ("合肥市", 2022, "成交额"): 0.35},
        {"成交额": "万元"},
    ),
    "the same where a row or the table tells the unit": Case(
        {
            "2021": [
                ["单位：亿元"],
                ["地区", "GDP"],
                ["南京市", "1.7万亿"],
                ["苏州市", "2.4万亿元"],
                ["合肥市", 12_000],
            ],
            "2022": [
                ["指标", "单位", "南京市", "苏州市", "合肥市"],
                ["GDP", "亿元", "1.8万亿", 25_000, "9千亿"],
                ["人口", "万人", 900, "1千万", 940],
            ],
        },
        {
            ("南京市", 2021, "GDP"): 17_000,
            ("苏州市", 2021, "GDP"): 24_000,
            ("合肥市", 2021, "GDP"): 12_000,
            ("南京市", 2022, "GDP"): 18_000,
            ("合肥市", 2022, "GDP"): 9_000,
            ("苏州市", 2022, "人口"): 1_000,
        },
        {"GDP": "亿元", "人口": "万人"},
    ),
    "this year and the one before, by the title": Case(
        {
            "Sheet1": [
                ["2023年各市技术合同成交额（万元）"],
                ["地区", "本年值", "上年同期", "比上年增长%"],
                *rows_of(FIRST, SECOND, THIRD),
            ]
        },
        {
            **expect("技术合同成交额", 2023, FIRST),
            **expect("技术合同成交额", 2022, SECOND),
            **expect("比上年增长%", 2023, THIRD),
        },
    ),
    "this year and the one before below a group": Case(
        {
            "2023": [
                ["地区", "GDP", None, "R&D经费", None],
                [None, "本年", "上年", "本年", "上年"],
                *rows_of(FIRST, SECOND, THIRD, FOURTH),
            ]
        },
        {**expect("GDP", 2022, SECOND), **expect("R&D经费", 2023, THIRD), **expect("R&D经费", 2022, FOURTH)},
    ),
    "the year before beside a column with a name": Case(
        {"2023": [["地区", "R&D经费（万元）", "去年同期"], *rows_of(FIRST, SECOND)]},
        {**expect("R&D经费", 2023, FIRST), **expect("R&D经费", 2022, SECOND)},
    ),
    "a hundred thousand in a year is no code of the country": Case(
        {"Sheet1": [["各市人口"], ["地区", "2021年", "2022年"], ["南京市", 7, 100_000], ["苏州市", 8, None]]},
        {("南京市", 2022, "人口"): 100_000},
    ),
    "this year, which nothing tells": Case(
        {"Sheet1": [["地区", "成交额本年", "成交额上年"], *rows_of(FIRST, SECOND)]}, "E-NOYEAR"
    ),
    "no year anywhere": Case({"Sheet1": [["地区", "GDP"], *rows_of(FIRST)]}, "E-NOYEAR"),
    "a text for a number": Case(
        {"2022": [["地区", "GDP(亿元)"], ["南京市", 1], ["苏州市", "待查"], ["合肥市", 3]]}, "E-NUMBER"
    ),
    "one region twice": Case({"2022": [["地区", "GDP"], ["南京市", 1], ["南京", 2], ["合肥市", 3]]}, "E-TWICE"),
    "two units of one kind": Case(
        {"2021年": [["地区", "支出(万元)"], ["南京市", 5]], "2022年": [["地区", "支出(亿元)"], ["南京市", 2]]},
        {("南京市", 2021, "支出"): 5, ("南京市", 2022, "支出"): 20_000},
        {"支出": "万元"},
    ),
}


def read_case(tmp_path: Path, case: Case) -> Indicators:
    book = Workbook()
    book.remove(book.active)
    for name, rows in case.sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in case.merged:
            sheet.merge_cells(area)
    path = tmp_path / case.file
    book.save(path)
    layout = read_layout([path], path)
    return read_indicators(layout, range(len(layout.blocks)))


@pytest.mark.parametrize("name", CASES)
def test_a_table_is_read_back_or_one_question_is_asked(tmp_path: Path, name: str) -> None:
    case = CASES[name]
    found = read_case(tmp_path, case)
    errors = [fault.code for fault in found.faults if fault.is_error]
    if isinstance(case.wanted, str):
        assert errors == [case.wanted]
        return
    assert errors == []
    long = found.tables["indicators"].frame.set_index(["code", "year"])
    for (region, year, column), value in case.wanted.items():
        assert long.loc[(region, year), column] == pytest.approx(value, rel=1e-12), (region, year, column)
    units = found.tables["dictionary"].frame.set_index("column")["unit"]
    for column, unit in (case.units or {}).items():
        assert units[column] == unit


def test_facts_that_stand_twice_are_compared(tmp_path: Path) -> None:
    sheets: dict[str, list[Row]] = {
        "A": [["地区", "年份", "GDP"], ["南京", 2020, 1], ["苏州", 2020, 2]],
        "B": [["地区", "年份", "GDP"], ["南京", 2020, 1], ["苏州", 2020, 3]],
    }
    found = read_case(tmp_path, Case(sheets, {}))
    (fault,) = found.faults
    assert fault.describe("zh") == (
        "book.xlsx[B] 第 3 行 GDP 列：2 个数值中有 1 个与 book.xlsx[A] 不一致，以后者为准："
        "苏州 2020 年，后者 2，此处 3。"
    )
    assert found.tables["indicators"].frame["GDP"].tolist() == [1, 2]


def test_totals_are_compared_with_the_sum(tmp_path: Path) -> None:
    sheets: dict[str, list[Row]] = {
        "2020": [["地区", "GDP", "人口", "增速(%)"], ["全国", 3, 9, 5], ["南京", 1, 4, 3], ["苏州", 2, 4, 4]]
    }
    (fault,) = read_case(tmp_path, Case(sheets, {})).faults
    assert (fault.code, fault.row, fault.column) == ("W-TOTAL", 2, "人口")
    assert fault.message == "1 of 2 totals differ from the sum of what they total: 全国 9, sum 8."
