"""From text to a canonical table: headers, types, and every wrong cell named."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from regions import read_study
from regions.errors import Fault
from regions.files.text_file import TextTable
from regions.files.text_table import SuspectCell
from regions.tables import validate
from regions.tables.validate import CheckedTable, check_table


def checked(table: str, /, **columns: list[str]) -> CheckedTable:
    frame = pd.DataFrame(columns, dtype="object").astype(str)
    return check_table(table, TextTable("t.csv", frame, np.arange(2, len(frame) + 2)))


def checked_deep(name: str, columns: dict[str, list[str]], **more: Any) -> CheckedTable:
    """Check a table whose header stands in line 4 and whose rows begin in line 7."""
    frame = pd.DataFrame(columns, dtype="object").astype(str)
    return check_table(name, TextTable("t.csv", frame, np.arange(7, len(frame) + 7), header_line=4, **more))


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
    table = checked("indicators", code=["A", "B"], year=["2020", "2020"], gdp=["", "many"])
    assert np.isnan(table.frame["gdp"].iloc[0])
    assert places(table) == [("E-NUMBER", 3, "gdp")]


def test_faults_are_described_in_two_languages() -> None:
    fault = checked("links", source=["A"], target=["B"], weight=["x"]).faults[0]
    assert fault.describe() == "t.csv, line 2, column weight: 'x' is not a finite number."
    assert fault.describe("zh") == "t.csv 第 2 行 weight 列：“x”不是数字。"


def test_words_of_size_are_read_and_said() -> None:
    table = checked("links", source=["A", "A"], target=["B", "C"], weight=["1.2万", "300"])
    assert table.frame["weight"].tolist() == [12_000.0, 300.0]
    assert places(table) == [("W-UNIT", None, "weight")]
    assert "1.2万 is read as 12000" in table.faults[0].message


@pytest.mark.parametrize("table", ["links", "activities", "dyads", "regions", "indicators"])
def test_a_number_with_a_word_of_size_is_in_the_unit_of_its_header(table: str) -> None:
    ends = {"source": ["A", "A", "A"], "target": ["B", "C", "D"]}
    names = {"code": ["A", "B", "C"], "name": ["a", "b", "c"], "year": ["2020"] * 3}
    names |= {"industry": ["x", "y", "z"]} if table == "activities" else {}
    header = {"links": "成交额（万元）", "activities": "产值（万元）"}.get(table, "技术交易（万元）")
    found = checked(table, **(ends if table in {"links", "dyads"} else names), **{header: ["1.2亿", "35", "3万"]})
    amount = {"links": "weight", "activities": "value"}.get(table, header)
    assert found.frame[amount].tolist() == [12_000.0, 35.0, 3.0]
    assert places(found) == [("W-UNIT", None, header)]
    assert "1.2亿 is 12,000 万元" in found.faults[0].message


def test_percents_under_a_header_of_percents_are_percents() -> None:
    table = checked("indicators", code=["A", "B"], year=["2020"] * 2, **{"增速（％）": ["7%", "3.5"]})
    assert table.frame["增速（％）"].tolist() == [7.0, 3.5]
    assert places(table) == [("W-UNIT", None, "增速（％）")]
    assert "7% is read as 7)" in table.faults[0].message


def test_the_dictionary_tells_the_unit_where_no_header_does(folder: Path) -> None:
    (folder / "indicators.csv").write_text("code,year,gdp\nA,2020,1.2亿\nB,2020,35\n", encoding="utf-8")
    (folder / "dictionary.csv").write_text("column,unit\ngdp,万元\n", encoding="utf-8")
    study = read_study(folder)
    assert study.indicators is not None
    assert study.indicators["gdp"].tolist() == [12_000.0, 35.0]


def test_percents_beside_plain_numbers_leave_open_what_is_meant() -> None:
    share = ["45%", "0", ""]
    assert places(checked("indicators", code=["A", "B", "C"], year=["2020"] * 3, share=share)) == [
        ("W-UNIT", None, "share")
    ]
    share = ["45%", "0.3", ""]
    assert places(checked("indicators", code=["A", "B", "C"], year=["2020"] * 3, share=share)) == [
        ("E-NUMBER", 3, "share")
    ]


@pytest.mark.parametrize("cell", ["——", "-", "/", "无", "暂无", "N/A", " — "])
def test_a_mark_for_no_value_is_a_missing_number_and_counted(cell: str) -> None:
    table = checked("indicators", code=["A", "B"], year=["2020"] * 2, gdp=[cell, "5"])
    assert [(fault.code, fault.row) for fault in table.faults] == [("W-MISSING", 2)]
    assert "1 cell(s)" in table.faults[0].message
    assert table.frame["gdp"].isna().tolist() == [True, False]


def test_an_ellipsis_is_below_the_unit_and_not_zero() -> None:
    table = checked("indicators", code=["A", "B"], year=["2020"] * 2, gdp=["…", "……"])
    assert [fault.code for fault in table.faults] == ["W-BELOWUNIT"]
    assert table.frame["gdp"].isna().all()


def test_a_word_that_other_programs_write_for_no_value_is_explained() -> None:
    table = checked("indicators", code=["A"], year=["2020"], gdp=["null"])
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


# every fault whole: code, place, message and hint in both languages


def test_warnings_of_the_reader_come_first_and_do_not_hide_that_a_table_is_bare() -> None:
    warning = Fault("W-ENCODING", "t.csv", "read as GB18030.", "按 GB18030 读取。")
    bare = checked_deep("actors", {"id": [], "name": [], "region": []}, warnings=(warning,))
    texts = ("the table has a header and no rows.", "表中只有表头，没有数据行。")
    assert bare.faults == [warning, Fault("E-EMPTY", "t.csv", *texts, row=4)]
    full = checked_deep("links", {"source": ["A"], "target": ["B"]}, warnings=(warning,))
    assert full.faults == [warning]
    assert full.file == "t.csv"
    assert full.headers == {"source": "source", "target": "target"}


def test_bare_links_are_an_empty_network() -> None:
    texts = (
        "the table has a header and no rows: no region has a link.",
        "表中只有表头，没有数据行：各地区之间没有联系。",
    )
    assert checked_deep("links", {"source": [], "target": []}).faults == [Fault("W-EMPTY", "t.csv", *texts, row=4)]


def test_a_bare_table_that_lacks_a_column_is_told_of_the_column_alone() -> None:
    assert places(checked_deep("links", {"source": []})) == [("E-COLUMN", 4, "target")]


def test_rows_keep_the_lines_of_their_file() -> None:
    frame = checked_deep("links", {"source": ["A", "B"], "target": ["C", "D"], "own": ["x", "y"]}).frame
    assert frame.index.tolist() == [7, 8]
    assert frame["own"].to_dict() == {7: "x", 8: "y"}
    assert checked_deep("indicators", {"备注": ["x", "y"]}).frame.index.tolist() == [7, 8]


def test_missing_columns_are_described_with_what_may_be_meant() -> None:
    found = checked_deep("links", {"weight": ["1"], "targte": ["B"], "kind": ["x"]}).faults
    shown = "weight, targte, kind"
    assert found == [
        Fault(
            "E-COLUMN",
            "t.csv",
            f"the column 'source' is missing; the header reads: {shown}.",
            f"缺少必需的列“source”；表头为：{shown}。",
            4,
            "source",
        ),
        Fault(
            "E-COLUMN",
            "t.csv",
            f"the column 'target' is missing; the header reads: {shown}.",
            f"缺少必需的列“target”；表头为：{shown}。",
            4,
            "target",
            "Is it 'targte'? Rename it to 'target'.",
            "是否为“targte”列？请改名为“target”。",
        ),
    ]


def test_a_missing_name_is_described() -> None:
    texts = ("neither 'name' nor 'name_zh' is there.", "缺少名称列（name 或 name_zh）。")
    assert checked_deep("regions", {"code": ["A"]}).faults == [Fault("E-COLUMN", "t.csv", *texts, row=4, column="name")]
    assert places(checked_deep("links", {"source": ["A"], "target": ["B"]})) == []


@pytest.mark.parametrize(("header", "other"), [("name", "name_zh"), ("name_zh", "name")])
def test_the_only_column_of_names_serves_both_languages(header: str, other: str) -> None:
    table = checked_deep("regions", {"code": ["A", "B"], header: ["x", ""]})
    assert table.frame[other].tolist() == ["x", ""]
    assert table.faults == [Fault("E-MISSING", "t.csv", "the name is empty.", "名称为空。", 8, header)]


def test_names_of_both_languages_stay_apart() -> None:
    table = checked_deep("actors", {"id": ["1"], "region": ["A"], "机构名称": ["甲"], "name": ["Alpha"]})
    assert table.frame[["name", "name_zh"]].to_numpy().tolist() == [["Alpha", "甲"]]
    assert table.faults == []


def test_a_twin_of_a_column_is_named_wherever_it_stands() -> None:
    columns = {"source": ["A"], "own": ["1"], "from": ["X"], "target": ["B"], "to": ["Y"]}
    assert checked_deep("links", columns).faults == [
        Fault(
            "W-COLS",
            "t.csv",
            f"the column '{taken}' is taken as {taken}; this one is not.",
            f"已采用“{taken}”列作为 {taken}，本列不作此用。",
            4,
            twin,
        )
        for taken, twin in (("source", "from"), ("target", "to"))
    ]


def test_twins_of_texts_and_remarks_are_no_matter() -> None:
    columns = {"code": ["A"], "name": ["a"], "英文名称": ["b"], "parent": ["P"], "上级": ["Q"]}
    assert checked_deep("regions", columns).faults == []
    columns = {"id": ["1"], "name": ["a"], "region": ["A"], "kind": ["university"], "type": ["x"]}
    assert checked_deep("actors", columns).faults == []


def own_regions(codes: list[str], header: str = "code", **own: list[str]) -> CheckedTable:
    return checked_deep("regions", {header: codes, "name": codes, **own})


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["0.5", "1", "0"], "f"),
        (["1", "", "3"], "f"),
        (["01", "2", "3"], "O"),  # one leading zero makes them codes
        (["11", "13", ""], "O"),  # all are codes of regions
        (["11", "14", ""], "f"),
        (["", "", ""], "O"),
    ],
)
@pytest.mark.parametrize("header", ["code", "地区代码"])
def test_columns_of_regions_that_are_numbers_and_that_are_codes(cells: list[str], kind: str, header: str) -> None:
    table = own_regions(["11", "12", "13"], header, own=cells)
    assert table.faults == []
    assert (table.frame["own"].dtype.kind == "f") == (kind == "f")


def test_numbers_stay_numbers_where_no_code_is_known() -> None:
    table = checked_deep("regions", {"name": ["a"], "own": ["5"]})
    assert places(table) == [("E-COLUMN", 4, "code")]
    assert table.frame["own"].tolist() == [5.0]


def test_a_column_with_a_few_texts_among_numbers_is_warned_of() -> None:
    long = "not known until the end of the coming year"
    table = own_regions(list("ABCDE"), gdp=["1", "2", long, "x", "3"])
    assert table.frame["gdp"].tolist() == ["1", "2", long, "x", "3"]
    assert table.faults == [
        Fault(
            "W-TEXT",
            "t.csv",
            f"2 cell(s) are no number ('{long[:40]}'), so the column is read as text.",
            f"有 2 个单元格不是数字（“{long[:40]}”），该列按文本读取。",
            9,
            "gdp",
            "Leave the cell empty where there is no value.",
            "没有数值时请留空。",
        )
    ]


@pytest.mark.parametrize("cells", [["1", "2", "x", "y"], ["01", "2", "3", "x"]])
def test_a_column_of_half_texts_or_of_codes_is_text_without_a_word(cells: list[str]) -> None:
    assert own_regions(list("ABCD"), own=cells).faults == []


def test_a_column_of_ones_own_is_text_in_other_tables() -> None:
    table = checked_deep("links", {"source": ["A"], "target": ["B"], "own": ["5"]})
    assert table.frame["own"].tolist() == ["5"]


@pytest.mark.parametrize(("full", "empty"), [("lon", "lat"), ("lat", "lon")])
@pytest.mark.parametrize("prefix", ["", "capital_"])
def test_half_a_point_is_named(prefix: str, full: str, empty: str) -> None:
    full, empty = prefix + full, prefix + empty
    cells = {full: ["10", "", "10", "10"], empty: ["20", "", "", "x"]}
    table = own_regions(list("ABCD"), **cells)
    said = (f"{full} is given and {empty} is not.", f"有 {full} 而没有 {empty}。")
    assert [fault for fault in table.faults if fault.code == "E-MISSING"] == [
        Fault("E-MISSING", "t.csv", *said, 9, empty)
    ]
    assert places(table)[0] == ("E-NUMBER", 10, empty)
    assert len(table.faults) == 2


def test_half_a_point_is_named_by_the_header_of_the_file() -> None:
    table = own_regions(["A", "B"], 经度=["1", "1"], 纬度=["", "x"])
    assert places(table) == [("E-NUMBER", 8, "纬度"), ("E-MISSING", 7, "纬度")]


@pytest.mark.parametrize("alone", ["lon", "lat", "capital_lon", "capital_lat"])
def test_longitudes_without_latitudes_are_warned_of(alone: str) -> None:
    texts = (f"{alone} stands without its other half; no point is known.", f"经纬度只有一列（{alone}），无法确定坐标。")
    assert own_regions(["A"], **{alone: ["10"]}).faults == [Fault("W-COLS", "t.csv", *texts, None, alone)]


FORMULA = ("Paste the values over the formulas.", "请将公式粘贴为数值。")
DIGITS = ("Format the column as text and enter the ids again.", "请将该列设为文本格式后重新录入。")
DATE = (
    "Excel may have turned what was typed into a date: set the format of the column and enter it again.",
    "Excel 可能把录入内容变成了日期：请更改该列格式后重新录入。",
)


@pytest.mark.parametrize(
    ("spoilt", "kinds", "code", "texts", "hints"),
    [
        (
            "formula",
            {"code", "text", "number", "lon", "lat", "year"},
            "E-FORMULA",
            ("cell C9 is a formula without a value.", "单元格 C9 是公式，没有数值。"),
            FORMULA,
        ),
        (
            "error",
            {"code", "text", "number", "lon", "lat", "year"},
            "E-NUMBER",
            ("cell C9 holds the error 1-2.", "单元格 C9 是错误值 1-2。"),
            ("", ""),
        ),
        (
            "precision",
            {"code", "text"},
            "E-PRECISION",
            (
                "cell C9 is a number of more than 15 digits (1-2); Excel keeps 15.",
                "单元格 C9 为超过 15 位的数字（1-2），Excel 只保留 15 位。",
            ),
            DIGITS,
        ),
        (
            "date",
            {"code", "number", "lon", "lat"},
            "E-DATE",
            ("cell C9 is a date (1-2).", "单元格 C9 是日期（1-2）。"),
            DATE,
        ),
        ("date", {"year"}, "E-YEAR", ("cell C9 is a date (1-2).", "单元格 C9 是日期（1-2）。"), DATE),
        ("computed", set(), "", ("", ""), ("", "")),
    ],
)
def test_spoiled_cells_are_described_where_it_matters(
    spoilt: Any, kinds: set[str], code: str, texts: tuple[str, str], hints: tuple[str, str]
) -> None:
    cell = SuspectCell(9, "own", "C9", spoilt, "1-2")
    for kind in ("code", "text", "number", "lon", "lat", "year"):
        found = validate._describe_suspect("t.csv", cell, kind=kind, named=False)
        if kind in kinds:
            assert found == Fault(code, "t.csv", *texts, 9, "own", *hints)
        elif spoilt != "date":
            assert found is None
    assert validate._describe_suspect("t.csv", SuspectCell(9, "own", "C9", "date"), kind="text", named=True) is None


def test_a_name_that_is_a_formula_is_described() -> None:
    found = validate._describe_suspect("t.csv", SuspectCell(9, "own", "C9", "computed", "x"), kind="text", named=True)
    texts = ("cell C9: a name is a formula.", "单元格 C9：名称是公式。")
    assert found == Fault("E-FORMULA", "t.csv", *texts, 9, "own", *FORMULA)


@pytest.mark.parametrize(("header", "told"), [("name", True), ("中文名称", True), ("level", False)])
def test_only_names_may_not_be_computed(header: str, *, told: bool) -> None:
    columns = {"code": ["A"], "name": ["x"], "中文名称": ["y"], "level": ["z"]}
    table = checked_deep("regions", columns, suspect=(SuspectCell(7, header, "B7", "computed"),))
    assert places(table) == ([("E-FORMULA", 7, header)] if told else [])


def test_spoiled_cells_are_told_once_and_hide_no_other() -> None:
    """An empty key is one fault, not two; what is wrong in other cells of the row and of the column is told first."""
    columns = {"source": ["A", "", "", "B"], "target": ["", "C", "", "D"], "weight": ["x", "1", "1", "1/2"]}
    suspect = (
        SuspectCell(8, "source", "A8", "formula"),
        SuspectCell(7, "target", "B7", "formula"),
        SuspectCell(10, "weight", "C10", "date", "1-2"),
    )
    table = checked_deep("links", columns, suspect=suspect)
    assert places(table) == [
        ("E-MISSING", 9, "source"),
        ("E-MISSING", 9, "target"),
        ("E-NUMBER", 7, "weight"),
        ("E-FORMULA", 8, "source"),
        ("E-FORMULA", 7, "target"),
        ("E-DATE", 10, "weight"),
    ]
    date = ("cell C10 is a date (1-2).", "单元格 C10 是日期（1-2）。")
    assert table.faults[-1] == Fault("E-DATE", "t.csv", *date, 10, "weight", *DATE)
    assert table.frame["source"].tolist() == ["A", "", "", "B"]
    assert table.frame["weight"].isna().tolist() == [True, False, False, True]


def test_spoiled_cells_beyond_the_limit_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validate, "MOST_LISTED", 2)
    faults = [Fault("E-FORMULA", "t.csv", "said", "说", row, f"column {row}", "hint") for row in range(5, 10)]
    assert validate._shorten(faults[:1]) == faults[:1]
    assert validate._shorten(faults[:2]) == faults[:2]
    texts = ("3 more cell(s) like these, from here on.", "此行起另有 3 个单元格有同样问题。")
    assert validate._shorten(faults) == [*faults[:2], Fault("E-FORMULA", "t.csv", *texts, 7, "column 7")]
    assert validate._shorten(faults[:3])[2].message == "1 more cell(s) like these, from here on."
