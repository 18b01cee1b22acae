"""Input-output tables: the embedded ones balance and add up to what is published; wrong ones are refused whole."""

import numpy as np
import pandas as pd
import pytest

from regions import MethodError
from regions.input_output.input_output_table import InputOutputTable, check_balance
from regions.input_output.national_tables import list_input_output, load_input_output

FLOWS = pd.DataFrame([[150.0, 500.0], [200.0, 100.0]], index=["A", "B"], columns=["A", "B"])
OUTPUT = {"A": 1000.0, "B": 2000.0}

# value added of the year in trillion CNY, added up from the published tables by hand
PUBLISHED = {2005: 18.63, 2010: 40.36, 2015: 68.03, 2017: 82.32, 2018: 92.21, 2020: 101.64}


@pytest.mark.parametrize("year", PUBLISHED)
def test_an_embedded_table_adds_up(year: int) -> None:
    table = load_input_output(year)
    assert len(table.sectors) == (41 if year == 2010 else 42)
    assert check_balance(table) == []
    assert table.value_added.to_numpy().sum() / 1e8 == pytest.approx(PUBLISHED[year], abs=0.005)
    assert table.separate == (year >= 2017)
    assert (table.sectors["name_zh"] != "").all()


def test_cells_are_those_of_the_source() -> None:
    old, new = load_input_output(2005), load_input_output(2020)
    assert old.flows.loc["01", "01"] == 61717615.2
    assert old.output["01"] == pytest.approx(393566962.5, abs=0.5)
    assert old.final.loc["01", "imports"] == -17224665.9
    assert new.flows.loc["02", "24"] == 84805045.46
    assert new.final.loc["01", "consumption"] == 337552514.67
    assert new.value_added.loc["compensation of employees"].sum() > 0


def test_an_unknown_year_lists_the_others() -> None:
    with pytest.raises(MethodError, match="2005, 2010, 2015, 2017, 2018, 2020") as caught:
        load_input_output(2012)
    assert "没有 2012 年" in caught.value.describe("zh")
    assert list_input_output()[-1] == 2020


def test_what_is_left_is_final_use_and_value_added() -> None:
    bought = FLOWS / 10
    table = InputOutputTable.from_flows(FLOWS, OUTPUT, imported=bought)
    assert table.final["final use"].tolist() == [350, 1700]
    assert table.value_added.loc["value added"].tolist() == pytest.approx([1000 - 385, 2000 - 660])
    assert check_balance(table) == []
    assert not InputOutputTable.from_flows(FLOWS, OUTPUT).separate


def test_a_table_that_does_not_add_up_is_told_by_sector_and_side() -> None:
    table = InputOutputTable.from_flows(FLOWS, OUTPUT)
    off = InputOutputTable(0, "", table.sectors, FLOWS + 5, None, table.final, table.value_added, table.output)
    told = check_balance(off)
    assert len(told) == 4
    assert told[0] == "A: row 1010.00, output 1000.00"


def test_all_faults_come_at_once() -> None:
    bad = FLOWS.copy()
    bad.loc["A", "B"] = -1
    with pytest.raises(MethodError) as caught:
        InputOutputTable.from_flows(bad, {"A": 0.0, "B": 5.0}, imported=FLOWS * np.nan)
    text = str(caught.value)
    assert "values of flows" in text
    assert "values of imported" in text
    assert "above 0; it is not in: A" in text


@pytest.mark.parametrize(
    "flows",
    [FLOWS.loc[["B", "A"]], FLOWS.rename(columns={"B": "C"}), FLOWS.iloc[[0, 0], [0, 0]]],
    ids=["other order", "other sectors", "twice"],
)
def test_rows_and_columns_must_be_the_same_sectors(flows: pd.DataFrame) -> None:
    with pytest.raises(MethodError, match="must be the same sectors"):
        InputOutputTable.from_flows(flows, OUTPUT)
