"""Cleaning cells: codes, numbers, years."""

import math

import pandas as pd
import pytest

from regions.schema.cell_values import (
    clean_codes,
    clean_text,
    explain_missing,
    fold_header,
    has_lost_digits,
    parse_numbers,
    parse_plain_numbers,
    parse_years,
)


def one(function: object, cell: str) -> object:
    return function(pd.Series([cell])).iloc[0]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("310100", "310100"),
        ("010001", "010001"),
        (" 310100\u200b", "310100"),
        ("\u00a0310100", "310100"),
        ("310100.0", "310100"),
        ("３１０１００", "310100"),
        ("", ""),
        ("A.0", "A.0"),
        ("٣١٠١٠٠", "٣١٠١٠٠"),
    ],
)
def test_codes_are_cleaned_and_digits_of_other_scripts_left_alone(cell: str, code: str) -> None:
    assert one(clean_codes, cell) == code


def test_text_keeps_its_full_width_forms() -> None:
    assert one(clean_text, "　（甲）\u200b ") == "（甲）"


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1", 1.0), ("-2.5", -2.5), (" 1,234.5 ", 1234.5), ("1e3", 1000.0), (".5", 0.5), ("１２", 12.0)],
)
def test_numbers_as_people_write_them(cell: str, number: float) -> None:
    assert one(parse_numbers, cell) == number


@pytest.mark.parametrize(
    "cell", ["", "nan", "inf", "-Infinity", "1e400", "abc", "1,2", "12 3", "0x10", "1_000", "٣", "e5", "."]
)
def test_what_is_no_finite_number_is_missing(cell: str) -> None:
    assert math.isnan(one(parse_numbers, cell))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        *[
            (cell, 2011)
            for cell in ("2011", "2011.0", "２０１１", "2011年", "2011 年", "2011年度", "2011/12", "2011-05")
        ],
        *[(cell, 2011) for cell in ("20110588", "2011-12-31", "2011年12月", "2011年12月31日", "2011-12-31 00:00:00")],
    ],
)
def test_years(cell: str, year: int) -> None:
    assert one(parse_years, cell) == year


@pytest.mark.parametrize(
    "cell", ["", "11", "0", "20110", "2011-13", "201105", "2011.12", "2011-2012", "40575", "二〇一一", "2100", "1499"]
)
def test_what_is_no_year_is_missing(cell: str) -> None:
    assert one(parse_years, cell) is pd.NA


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        *[(cell, "missing") for cell in ("—", "——", "-", "／", "无", "暂无", "N/A", " － ")],
        *[(cell, "below") for cell in ("…", "……", "...")],
        *[(cell, "") for cell in ("", "0", "无锡", "null", "12")],
    ],
)
def test_words_for_no_number_are_known(cell: str, said: str) -> None:
    assert explain_missing(cell) == said


@pytest.mark.parametrize(("cell", "lost"), [("3.101E+05", True), ("3e5", True), ("310100", False), ("E5", False)])
def test_lost_digits_are_seen(cell: str, lost: bool) -> None:
    assert has_lost_digits(cell) is lost


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("5万", 50_000.0),
        ("3.2亿", 3.2e8),
        ("1,234.5 万", 12_345_000.0),
        ("２千", 2000.0),
        ("1.5万亿", 1.5e12),
        ("45%", 0.45),
        ("7％", 0.07),
        ("−3", -3.0),
        ("1，234", 1234.0),
        ("100\u3000", 100.0),
        ("+2.50", 2.5),
    ],
)
def test_numbers_with_words_of_size_and_percent_signs(cell: str, number: float) -> None:
    assert one(parse_numbers, cell) == number


@pytest.mark.parametrize(
    "cell", ["三万", "约5万", "5万元", "万", "%", "1,23万", "5万5千", "1.234,5", "(123)", "1e5万", "五%", "5%%"]
)
def test_numbers_that_may_mean_anything_are_none(cell: str) -> None:
    assert math.isnan(one(parse_numbers, cell))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("header", "folded"),
    [(" Ｗeight\u200b", "weight"), ("Region\u00a0 Code", "region code"), ("权重（件）", "权重(件)"), ("\ufeff", "")],
)
def test_headers_meet_in_one_form(header: str, folded: str) -> None:
    assert fold_header(header) == folded


def test_a_column_of_digits_alone_is_read_at_once_and_alike() -> None:
    cells = pd.Series(["12", "", "0.5", "100"], index=[2, 3, 4, 5], name="gdp", dtype="str")
    plain = parse_plain_numbers(cells)
    assert plain is not None
    pd.testing.assert_series_equal(plain, parse_numbers(cells))


@pytest.mark.parametrize("cell", ["-1", "1,000", "5万", " 3", "—", "x", "１"])
def test_a_cell_with_more_than_digits_makes_the_column_be_looked_at(cell: str) -> None:
    assert parse_plain_numbers(pd.Series(["12", cell], dtype="str")) is None
