"""Where production hangs on imports: by hand, by the identity with value added, and along a chain."""

import numpy as np
import pandas as pd
import pytest

from analysis.input_output.imports import measure_chain_imports, measure_imports, trace_imports
from analysis.input_output.multipliers import measure_leontief
from regions import MethodError
from regions.input_output.input_output_table import InputOutputTable
from regions.input_output.national_tables import load_input_output


def make_table() -> InputOutputTable:
    """Ore goes into steel, steel into cars; half of the ore is bought abroad, and all chips."""
    codes = ["ore", "steel", "cars", "chips"]
    flows, bought = (pd.DataFrame(0.0, index=codes, columns=codes) for _ in range(2))
    flows.loc["ore", "steel"], bought.loc["ore", "steel"] = 20.0, 20.0
    flows.loc["steel", "cars"] = 50.0
    bought.loc["chips", "cars"] = 30.0
    output = {"ore": 25.0, "steel": 100.0, "cars": 200.0, "chips": 1.0}
    return InputOutputTable.from_flows(flows, output, imported=bought)


def test_imports_by_hand() -> None:
    found = measure_imports(make_table())
    assert found["direct"].tolist()[1:3] == pytest.approx([0.5, 30 / 80])
    assert np.isnan(found.loc["ore", "direct"])  # it uses nothing at all
    assert found.loc["steel", "content"] == pytest.approx(0.2)
    # a car: .15 chips, and .25 of steel with .2 of imported ore in it
    assert found.loc["cars", "content"] == pytest.approx(0.15 + 0.25 * 0.2)
    assert found.loc["cars", "largest"] == "chips"
    assert found.loc["cars", "largest_content"] == pytest.approx(0.15)
    assert found.loc["cars", "largest_dependence"] == 1
    assert trace_imports(make_table()).loc["ore", "cars"] == pytest.approx(0.05)


def test_a_product_that_comes_in_through_suppliers_has_no_dependence_of_its_own() -> None:
    table = make_table()
    table.imported.loc["chips", "cars"] = 0.0  # type: ignore[union-attr] - it has imports
    found = measure_imports(table)
    assert found.loc["cars", "largest"] == "ore"
    assert np.isnan(found.loc["cars", "largest_dependence"])


@pytest.mark.parametrize("year", [2017, 2018, 2020])
def test_imports_and_value_added_make_one(year: int) -> None:
    table = load_input_output(year)
    added = table.value_added.sum() / table.output @ measure_leontief(table)
    assert (measure_imports(table)["content"] + added).to_numpy() == pytest.approx(np.ones(42), abs=1e-6)
    columns = trace_imports(table).sum()
    assert columns.to_numpy() == pytest.approx(measure_imports(table)["content"].to_numpy())


def test_electronics_hang_most_on_imports() -> None:
    found = measure_imports(load_input_output(2020))
    assert found["content"].idxmax() == "20"
    assert found.loc["20", "largest"] == "20"  # chips and parts are products of the sector itself
    assert found.loc["20", "content"] == pytest.approx(0.43, abs=0.005)
    assert found.loc["11", "largest"] == "03"  # crude oil


def test_a_chain_stage_by_stage() -> None:
    found = measure_chain_imports(make_table(), {"metal": ["ore", "steel"], "assembly": ["cars"]}, top=2)
    assert found["stage"].tolist() == ["metal", "metal", "assembly", "assembly"]
    metal, assembly = found[found["stage"] == "metal"], found[found["stage"] == "assembly"]
    # of 125 of output, 100 are steel with .2 of imported ore
    assert metal["content"].iloc[0] == pytest.approx(0.2 * 100 / 125)
    assert metal["direct"].iloc[0] == pytest.approx(0.5)
    assert assembly["product"].tolist() == ["chips", "ore"]
    assert assembly["product_content"].tolist() == pytest.approx([0.15, 0.05])
    assert assembly["dependence"].iloc[0] == 1
    assert np.isnan(assembly["dependence"].iloc[1])


def test_a_stage_of_one_sector_is_the_sector() -> None:
    table = load_input_output(2018)
    chain = measure_chain_imports(table, {"electronics": ["20"]}, top=1).iloc[0]
    sector = measure_imports(table).loc["20"]
    assert chain["content"] == pytest.approx(sector["content"])
    assert chain["direct"] == pytest.approx(sector["direct"])
    assert chain["product"] == sector["largest"]
    assert chain["dependence"] == pytest.approx(sector["largest_dependence"])


def test_what_cannot_be_answered_is_refused() -> None:
    with pytest.raises(MethodError, match="2015 does not tell imports"):
        measure_imports(load_input_output(2015))
    with pytest.raises(MethodError, match="no sectors 99 in the table of 2020; the codes begin with: 01 ") as caught:
        measure_chain_imports(load_input_output(2020), {"a": ["01", "99"], "empty": []})
    assert "02 煤炭" in caught.value.describe("zh")
    assert "sectors.csv" in caught.value.describe("zh")
    with pytest.raises(MethodError, match="stages without a sector: empty"):
        measure_chain_imports(load_input_output(2020), {"a": ["01"], "empty": []})
