"""What cells of statistical tables say: numbers, years, units, totals, notes, titles; and hostile cells."""

from datetime import date

import pytest

from regions.errors import StudyError
from regions.indicators.row_names import read_indicator
from regions.layouts.cell_words import drop_english, drop_marks, find_total, is_note, normalise_cell
from regions.layouts.number_cells import read_number, read_number_in, tell_own_units
from regions.layouts.place_words import names_place
from regions.layouts.row_looks import is_numbering, is_unit_row, look_at
from regions.layouts.title_lines import clean_title, read_titles
from regions.layouts.understand import read_sheet_blocks
from regions.layouts.unit_words import conversion, find_unit_line, is_unit, split_unit
from regions.layouts.year_words import find_period, find_year, split_year, years_within
from regions.workbooks.raw_sheet import RawSheet


@pytest.mark.parametrize(
    ("cell", "value", "state", "unit"),
    [
        ("1,314,575    ", 1314575, "number", ""),
        (".0106", 0.0106, "number", ""),
        ("１２３", 123, "number", ""),
        ("3.71%", 3.71, "number", "%"),
        ("12 件", 12, "number", "件"),
        ("5万", 50_000, "number", ""),
        ("超20000*", 20000, "bound", ""),
        (">100", 100, "bound", ""),
        ("≥3.5", 3.5, "bound", ""),
        ("约5", 5, "bound", ""),
        ("300以上", 300, "bound", ""),
        (7.5, 7.5, "number", ""),
    ],
)
def test_numbers_are_read_as_people_write_them(cell: object, value: float, state: str, unit: str) -> None:
    number = read_number(cell)
    assert (number.value, number.state, number.unit) == (pytest.approx(value), state, unit)


@pytest.mark.parametrize(
    ("unit", "cell", "value"),
    [
        ("万元", "1.2亿", 12_000),
        ("万元", "1.2亿元", 12_000),
        ("亿元", "3500万元", 0.35),
        ("万元", "35", 35),
        ("万元", 35.0, 35),
        ("万件", "12件", 0.0012),
        ("万元", "12件", 12),  # another kind of unit is not brought to it
        ("%", "3.71%", 3.71),
        ("", "1.2亿", 1.2e8),
    ],
)
def test_a_number_is_told_in_the_unit_of_its_column(unit: str, cell: object, value: float) -> None:
    assert read_number_in(unit, cell).value == pytest.approx(value, rel=1e-12)


def test_numbers_brought_to_the_unit_of_their_column_are_counted() -> None:
    told = tell_own_units(["1.2亿", "35", 7.0, "1.2亿", "0.5亿"], "万元")
    assert told is not None
    assert told.words.text("en").startswith("3 number(s)")
    assert tell_own_units(["35", "5%", 3.0], "万元") is None


@pytest.mark.parametrize("cell", ["", "  ", "—", "-", "/", "无", "暂无", "N/A", "NA", None, float("nan")])
def test_words_for_a_missing_value(cell: object) -> None:
    assert read_number(cell).state == "missing"


@pytest.mark.parametrize("cell", ["abc", "1,23", "1.2.3", "12公婆", True, date(2020, 1, 1)])
def test_what_is_no_number_stays_a_text(cell: object) -> None:
    assert read_number(cell).state == "text"


def test_dots_mean_less_than_the_unit() -> None:
    assert {read_number(cell).state for cell in ("…", "……", "...")} == {"small"}


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("2023年", 2023),
        ("２０２３ 年度", 2023),
        (2005.0, 2005),
        ("2005.0", 2005),
        ("20220105", 2022),
        (20220883.0, 2022),
        ("2021-12-31", 2021),
        ("2023/12", 2023),
        (date(2020, 5, 1), 2020),
        ("二〇二二年", 2022),
        ("2020年末", 2020),
        ("1899", None),
        (2020.5, None),
        (True, None),
        ("2020-2022", None),
        ("GDP2020", None),
        (310100, None),
    ],
)
def test_years_are_read_as_people_write_them(cell: object, year: int | None) -> None:
    assert find_year(cell) == year


def test_years_within_texts() -> None:
    assert years_within("各地区情况(2022年)") == [2022]
    assert years_within("2009-2011年") == [2009, 2011]
    assert split_year("R&D/GDP（2021）") == ("R&D/GDP", 2021)
    assert split_year("2021年末人口") == ("人口", 2021)
    assert split_year("2018-2022年均增速") == ("2018-2022年均增速", None)
    assert (find_period("2023年第一季度"), find_period("2023Q1"), find_period("GDP")) == ("第一季度", "Q1", "")


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("行政区域土地面积(平方公里)", "行政区域土地面积", "平方公里"),
        ("常住人口（万人）", "常住人口", "万人"),
        ("存款余额/亿元", "存款余额", "亿元"),
        ("GDP_亿元", "GDP", "亿元"),
        ("GDP，亿元", "GDP", "亿元"),
        ("人口密度（人/平方公里）", "人口密度", "人/平方公里"),
        ("占比（单位：%）", "占比", "%"),
        ("R&D/GDP", "R&D/GDP", ""),
        ("固定资产投资(不含农户)", "固定资产投资(不含农户)", ""),
        ("x_gdp", "x_gdp", ""),
    ],
)
def test_units_behind_names(header: str, name: str, unit: str) -> None:
    assert split_unit(header) == (name, unit)


def test_units_alone_and_converted() -> None:
    assert [is_unit(word) for word in ("万元", "人年", "(千公顷)", "百万吨", "地区", "GDP")] == [True] * 4 + [False] * 2
    assert find_unit_line("单位：亿元") == "亿元"
    assert find_unit_line("填报单位：市科学技术局") == ""
    assert (conversion("亿元", "万元"), conversion("元", "万元"), conversion("元", "人")) == (1e4, 1e-4, None)


def test_totals_notes_and_names() -> None:
    words = ("全  国", "合计", "滁州市小计", "东部地区", "位次", "江苏", "合计数量单位")
    assert [find_total(word) for word in words] == ["total", "total", "subtotal", "subtotal", "rank", "", ""]
    assert all(map(is_note, ("注：x", "资料来源：年鉴", "*见附表", "https://x")))
    assert not is_note("注册资本")
    assert normalise_cell(" 内 蒙　古_x000D_\n ") == "内蒙古"
    assert drop_english("企业数 Number of Enterprises") == "企业数"
    assert drop_english("R&D经费 GDP") == "R&D经费 GDP"
    assert drop_marks("北京①") == "北京"
    assert read_indicator("一、#研究人员（人年）") == ("研究人员", "人年")


def test_regions_are_told_from_numbers() -> None:
    assert [names_place(cell) for cell in ("北京①", "110100", 110100.0)] == [True] * 3
    assert not any(names_place(cell) for cell in ("0.01", "2.37", "1101", 1101.0, "全国", "", None, "北" * 50))


@pytest.mark.parametrize(
    ("line", "name", "unit"),
    [
        ("8-34 各地区R&D经费内部支出(2022年)", "R&D经费内部支出", ""),
        ("附表3：2020年各省R&D经费情况", "R&D经费", ""),
        ("2022年各市GDP（亿元）", "GDP", "亿元"),
        ("3-6 续表2", "", ""),
        ("分省年度数据 (1)", "", ""),
        ("Sheet1", "", ""),
        ("emission matrix", "emission", ""),
        ("298个地级市人口密度1998-2024年无缺失", "人口密度", ""),
    ],
)
def test_titles_name_indicators(line: str, name: str, unit: str) -> None:
    assert clean_title(line) == (name, unit)


def test_titles_are_asked_in_turn() -> None:
    facts = read_titles(["数据库：分省年度数据", "指标：专利(件)", "时间：2021年"], "2020年", "raw-2019")
    assert (facts.indicator, facts.unit, facts.year, facts.year_from) == ("专利", "件", 2021, "title")
    facts = read_titles([], "南京", "工业-2019")
    assert (facts.indicator, facts.year, facts.year_from, facts.places) == ("工业", 2019, "file", ("南京",))


def test_rows_are_told_by_their_cells() -> None:
    assert look_at(["地区", "GDP"]).could_be_header
    assert look_at(["", "北京", "天津", "河北"]).has_regions_across
    assert not look_at(["北京", 1.5, "—"]).could_be_header
    assert is_unit_row(["", "(亿元)", "(人)"])
    assert is_unit_row(["单位：人年", "(man-year)"])
    assert is_numbering(["甲", "1", "2"])
    assert not is_numbering(["北京", 1.0, 2.0])


@pytest.mark.parametrize("cell", [" " * 30_000 + "甲", "*" * 30_000 + "甲", "中 " + "Aa " * 10_000, "元/" * 15_000])
def test_long_cells_do_not_hold_the_reader_up(cell: str) -> None:
    """A pattern that goes back over blanks again and again took minutes for these."""
    assert drop_marks(cell) == cell.strip()
    assert read_number(cell).state == "text"
    assert read_titles([cell], "", "").year is None


def test_a_sheet_of_endless_tables_is_refused() -> None:
    rows = [["表", ""], ["地区", "GDP"], ["北京", 1.0]] * 400
    sheet = RawSheet("f", "s", "f[s]", [list(column) for column in zip(*rows, strict=True)], range(1, 1201))
    with pytest.raises(StudyError, match="more than 300 tables"):
        list(read_sheet_blocks(sheet, "f"))
