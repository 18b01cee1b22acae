"""Weights of links: a column of numbers that nothing uses, rows without a number."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from regions import StudyError, read_study
from regions.files.text_table import TextTable
from regions.tables.validate import CheckedTable, check_table
from regions.tables.weights import check_weights


def links(**columns: list[str]) -> CheckedTable:
    frame = pd.DataFrame({name: pd.array(cells, dtype="str") for name, cells in columns.items()})
    table = TextTable("links.csv", frame, np.arange(2, 2 + len(frame)))
    return check_weights(check_table("links", table))


ENDS: dict[str, list[str]] = {"source": ["A", "A", "B"], "target": ["B", "C", "C"]}
CHINESE = (
    "专利数 合作专利数 专利数（件） 论文数 项目数（项） 合同数 合同额（万元） 成交额 投资额（亿元） 频次 数量 联系强度"
)
ENGLISH = "copatents Co-Patents patents papers frequency number"
COUNTS = f"{CHINESE} 合作次数 技术合同成交额（万元） {ENGLISH}".split(" ")


@pytest.mark.parametrize("header", COUNTS)
def test_the_usual_headers_of_counts_are_weights(header: str) -> None:
    table = links(**ENDS, **{header: ["3", "1", "7"]})
    assert table.frame["weight"].tolist() == [3, 1, 7]
    assert table.faults == []


def test_a_column_of_numbers_that_nothing_uses_is_an_error_and_named() -> None:
    table = links(**ENDS, 成果=["3", "1", "7"])
    assert [(fault.code, fault.column) for fault in table.faults] == [("E-WEIGHT", "成果")]
    assert "成果" in table.faults[0].describe("zh")


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("序号", ["5", "9", "2"]),
        ("行", ["1", "2", "3"]),
        ("占比（%）", ["3.2", "1", "7"]),
        ("排名", ["3", "1", "2"]),
        ("record_id", ["77", "12", "9"]),
        ("备注", ["a", "b", ""]),
        ("计", ["1", "1", "1"]),
        ("空", ["", "", ""]),
    ],
)
def test_running_numbers_shares_codes_and_words_are_no_counts(header: str, cells: list[str]) -> None:
    assert [fault.code for fault in links(**ENDS, **{header: cells}).faults] == []


def test_a_count_beside_a_weight_of_ones_is_an_error_and_beside_real_weights_is_not() -> None:
    assert "E-WEIGHT" in [f.code for f in links(**ENDS, weight=["1", "1", "1"], 专利数=["3", "1", "7"]).faults]
    assert "E-WEIGHT" not in [f.code for f in links(**ENDS, weight=["1", "2", "1"], 专利数=["3", "1", "7"]).faults]
    assert "E-WEIGHT" not in [f.code for f in links(**ENDS, weight=["1", "1", "1"], 距离=["3", "1", "7"]).faults]


def test_a_link_without_a_number_is_left_out_named_and_an_empty_one_is_a_fault() -> None:
    table = links(**ENDS, weight=["3", "—", "…"])
    assert table.frame["weight"].tolist() == [3]
    assert [(f.code, "line 3, 4" in f.message) for f in table.faults] == [("W-MISSING", True)]
    assert [(f.code, f.row) for f in links(**ENDS, weight=["3", "", "2"]).faults] == [("E-MISSING", 3)]


def test_a_count_of_records_that_would_be_lost_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_text("extends: china\n")
    (tmp_path / "actors.csv").write_text("id,name,region\na,a,Beijing\nb,b,Tianjin\n")
    (tmp_path / "records.csv").write_text("record,actor,year,专利数\nr,a,2020,3\nr,b,2020,3\n", encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        read_study(tmp_path)
    assert [(f.code, f.column) for f in caught.value.faults] == [("E-WEIGHT", "专利数")]
    (tmp_path / "records.csv").write_text("record,actor,year,经费\nr,a,2020,3\nr,b,2020,3\n", encoding="utf-8")
    assert read_study(tmp_path).records is not None
