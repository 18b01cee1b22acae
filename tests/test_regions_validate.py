"""From text to a canonical table: headers, types, and every wrong cell named."""

import numpy as np
import pandas as pd
import pytest

from regions.textfile import TextTable
from regions.validate import CheckedTable, check_table


def checked(table: str, /, **columns: list[str]) -> CheckedTable:
    frame = pd.DataFrame(columns, dtype="object").astype(str)
    return check_table(table, TextTable("t.csv", frame, np.arange(2, len(frame) + 2)))


def places(table: CheckedTable) -> list[tuple[str, int | None, str | None]]:
    return [(fault.code, fault.row, fault.column) for fault in table.faults]


def test_headers_are_understood_in_two_languages() -> None:
    table = checked("links", 来源地=["A"], 目标地=["B"], 权重=["3"], 年份=["2020"], remark=["x"])
    assert table.frame.iloc[0].to_dict() == {"source": "A", "target": "B", "weight": 3.0, "year": 2020, "remark": "x"}
    assert places(table) == []


def test_the_exact_header_wins_over_a_synonym() -> None:
    table = checked("links", **{"from": ["X"], "source": ["A"], "target": ["B"]})
    assert table.frame["source"].tolist() == ["A"]
    assert table.frame["from"].tolist() == ["X"]


def test_headers_may_have_blanks_and_capitals() -> None:
    assert checked("links", **{" Source ": ["A"], "TARGET": ["B"]}).frame.columns.tolist() == ["source", "target"]


def test_every_missing_column_is_named_with_the_header_that_is_there() -> None:
    table = checked("links", sourc=["A"], weight=["1"])
    assert places(table) == [("E-COLUMN", 1, "source"), ("E-COLUMN", 1, "target")]
    assert "sourc, weight" in table.faults[0].message
    assert table.faults[0].hint == "Is it 'sourc'? Rename it to 'source'."


def test_a_table_of_regions_needs_some_name() -> None:
    assert places(checked("regions", code=["A"])) == [("E-COLUMN", 1, "name")]


def test_one_name_stands_in_for_the_other_and_none_is_a_fault() -> None:
    table = checked("regions", code=["A", "B", "C"], name=["Alpha", "", ""], name_zh=["", "贝", ""])
    assert table.frame["name"].tolist()[:2] == ["Alpha", "贝"]
    assert table.frame["name_zh"].tolist()[:2] == ["Alpha", "贝"]
    assert places(table) == [("E-MISSING", 4, "name")]


@pytest.mark.parametrize("cell", ["NaN", "inf", "1e400", "many", "#N/A"])
def test_a_weight_that_is_no_finite_number_is_named(cell: str) -> None:
    table = checked("links", source=["A"], target=["B"], 权重=[cell])
    assert places(table) == [("E-NUMBER", 2, "权重")]


def test_a_weight_too_large_to_add_is_refused() -> None:
    assert places(checked("links", source=["A"], target=["B"], weight=["9223372036854775807"])) == [
        ("E-RANGE", 2, "weight")
    ]


def test_swapped_coordinates_are_suspected() -> None:
    table = checked("regions", code=["A"], name=["a"], lon=["31"], lat=["121"])
    assert places(table) == [("E-LATRANGE", 2, "lat")]
    assert "swapped" in table.faults[0].hint


def test_years_that_are_none_are_all_named() -> None:
    table = checked("links", source=["A"] * 3, target=["B"] * 3, year=["2020", "20", "Mai 2020"])
    assert places(table) == [("E-YEAR", 3, "year"), ("E-YEAR", 4, "year")]


def test_years_are_all_there_or_none_is_and_the_key_is_always_there() -> None:
    assert places(checked("links", source=["A"], target=["B"], year=[""])) == []
    assert places(checked("links", source=["A"] * 2, target=["B"] * 2, year=["2020", ""])) == [("E-YEAR", 3, "year")]
    assert places(checked("indicators", code=["A"], year=[""], gdp=["1"])) == [("E-YEAR", 2, "year")]


def test_a_code_in_scientific_notation_is_lost() -> None:
    assert places(checked("links", source=["3.1E+05"], target=["B"])) == [("E-CODESCI", 2, "source")]


def test_mended_codes_are_counted() -> None:
    table = checked("links", source=["1.0", "2\u200b"], target=["B", "B"])
    assert table.frame["source"].tolist() == ["1", "2"]
    assert sorted(fault.code for fault in table.faults) == ["W-CODEFLOAT", "W-INVIS"]


def test_an_empty_key_is_named() -> None:
    assert places(checked("records", record=["r", ""], actor=["a", "b"])) == [("E-MISSING", 3, "record")]


def test_a_line_break_outside_a_name_is_an_open_quote() -> None:
    assert ("E-QUOTE", 2, "source") in places(checked("links", source=["A\nB"], target=["C"]))
    assert ("E-QUOTE", 2, "kind") in places(checked("links", source=["A"], target=["B"], kind=["x\ny"]))
    assert places(checked("regions", code=["A"], name=["two\nlines"])) == []


def test_a_table_without_rows_is_refused() -> None:
    assert places(checked("actors", id=[], name=[], region=[])) == [("E-EMPTY", 1, None)]
    assert places(checked("links", source=[], target=[])) == [("W-EMPTY", 1, None)]


def test_columns_of_the_users_own_are_kept_and_typed() -> None:
    own = {"gdp": ["1,000", ""], "zone": ["01", "02"], "province": ["11", "11"], "note": ["x", "1"]}
    regions = checked("regions", code=["11", "12"], name=["a", "b"], **own)
    assert regions.frame["gdp"].tolist()[0] == 1000.0
    assert {column: regions.frame[column].tolist() for column in ("zone", "province", "note")} == {
        column: own[column] for column in ("zone", "province", "note")
    }


def test_an_indicator_is_always_a_number_and_an_empty_cell_is_not_zero() -> None:
    table = checked("indicators", code=["A", "B"], year=["2020", "2020"], gdp=["", "n/a"])
    assert np.isnan(table.frame["gdp"].iloc[0])
    assert places(table) == [("E-NUMBER", 3, "gdp")]


def test_faults_are_described_in_two_languages() -> None:
    fault = checked("links", source=["A"], target=["B"], weight=["x"]).faults[0]
    assert fault.describe() == "t.csv, line 2, column weight: 'x' is not a finite number."
    assert fault.describe("zh") == "t.csv 第 2 行 weight 列：“x”不是有限的数字。"


def test_words_of_size_are_read_and_said() -> None:
    table = checked("links", source=["A", "A"], target=["B", "C"], weight=["1.2万", "300"])
    assert table.frame["weight"].tolist() == [12_000.0, 300.0]
    assert places(table) == [("W-UNIT", None, "weight")]
    assert "1.2万 is read as 12000" in table.faults[0].message


def test_percents_beside_plain_numbers_leave_open_what_is_meant() -> None:
    share = ["45%", "0", ""]
    assert places(checked("indicators", code=["A", "B", "C"], year=["2020"] * 3, share=share)) == [
        ("W-UNIT", None, "share")
    ]
    share = ["45%", "0.3", ""]
    assert places(checked("indicators", code=["A", "B", "C"], year=["2020"] * 3, share=share)) == [
        ("E-NUMBER", 3, "share")
    ]


def test_a_mark_for_no_value_is_explained() -> None:
    table = checked("indicators", code=["A"], year=["2020"], gdp=["——"])
    assert table.faults[0].hint == "Leave the cell empty where there is no value."


def test_names_and_remarks_among_the_indicators_are_left_out() -> None:
    table = checked("indicators", code=["A"], year=["2020"], 地区名称=["甲"], 备注=["x"], gdp=["1"])
    assert list(table.frame.columns) == ["code", "year", "gdp"]
    assert places(table) == []


@pytest.mark.parametrize("header", ["权重（件）", "权重(件)*", "Weight*", "合作次数", "ＷＥＩＧＨＴ"])
def test_a_header_counts_without_its_unit_and_its_star(header: str) -> None:
    assert checked("links", source=["A"], target=["B"], **{header: ["2"]}).frame["weight"].tolist() == [2.0]


@pytest.mark.parametrize("cell", ["5e-324", "1e-400", "1e-16", "-1e-300", "0.00000000000000000001"])
def test_a_weight_too_small_to_compute_with_is_named(cell: str) -> None:
    table = checked("links", source=["A", "A"], target=["B", "C"], weight=[cell, "1e-15"])
    assert ("E-RANGE", 2, "weight") in places(table)
    assert [row for code, row, _ in places(table) if code == "E-RANGE"] == [2]
    fault = next(fault for fault in table.faults if fault.code == "E-RANGE")
    assert "so close to 0" in fault.message
    assert "过于接近 0" in fault.message_zh


def test_an_indicator_may_be_small_but_not_beyond_squares() -> None:
    table = checked("indicators", code=["A", "B", "C"], year=["2020"] * 3, x=["1e-99", "0", "1e-101"])
    assert places(table) == [("E-RANGE", 4, "x")]


def test_a_longitude_of_almost_nothing_is_zero_enough() -> None:
    regions = {"code": ["A", "B"], "name": ["a", "b"], "lon": ["-1e-17", "1"], "lat": ["51.5", "2"]}
    assert not [place for place in places(checked("regions", **regions)) if place[0].startswith("E-")]
