"""Leontief, Ghosh, linkages and extraction: a textbook, brute force, and identities of any table."""

import numpy as np
import pandas as pd
import pytest

from analysis.input_output.multipliers import (
    measure_coefficients,
    measure_extraction,
    measure_ghosh,
    measure_leontief,
    measure_linkages,
    require_comparable,
)
from regions import MethodError
from regions.input_output.input_output_table import InputOutputTable
from regions.input_output.national_tables import load_input_output


def make_textbook() -> InputOutputTable:
    """Miller & Blair (2009), sections 2.2 and 2.3."""
    flows = pd.DataFrame([[150.0, 500.0], [200.0, 100.0]], index=["A", "B"], columns=["A", "B"])
    return InputOutputTable.from_flows(flows, {"A": 1000.0, "B": 2000.0})


def make_random(n: int, seed: int) -> InputOutputTable:
    rng = np.random.default_rng(seed)
    codes = [f"s{place}" for place in range(n)]
    output = rng.lognormal(5, 1, n)
    share = rng.random((n, n)) * (rng.random((n, n)) < 0.5)
    flows = share / (1.3 * max(share.sum(axis=0).max(), share.sum(axis=1).max())) * np.minimum.outer(output, output)
    return InputOutputTable.from_flows(pd.DataFrame(flows, codes, codes), dict(zip(codes, output, strict=True)))


def test_the_textbook() -> None:
    table = make_textbook()
    assert measure_coefficients(table).to_numpy() == pytest.approx(np.array([[0.15, 0.25], [0.2, 0.05]]))
    inverse = measure_leontief(table)
    assert inverse.to_numpy() == pytest.approx(np.array([[1.25412541, 0.330033], [0.2640264, 1.12211221]]), abs=5e-9)
    # more final use of 600 and 1,500, as in the book
    assert (inverse @ [600, 1500]).tolist() == pytest.approx([1247.52475, 1841.58416], abs=5e-6)
    assert measure_ghosh(table).to_numpy() == pytest.approx(
        np.array([[1.25412541, 0.66006601], [0.13201320, 1.12211221]]), abs=5e-9
    )
    links = measure_linkages(table)
    assert links["upstreamness"].tolist() == pytest.approx([1.91419142, 1.25412541], abs=5e-9)
    assert links["downstreamness"].tolist() == pytest.approx([1.51815182, 1.45214521], abs=5e-9)
    assert links["backward"].tolist() == pytest.approx([1.0222222, 0.9777778], abs=5e-8)
    assert links["forward"].tolist() == pytest.approx([1.2083333, 0.7916667], abs=5e-8)
    assert links["key"].tolist() == [True, False]


def test_output_follows_from_final_use_and_from_primary_inputs() -> None:
    table = make_random(12, seed=1)
    assert (measure_leontief(table) @ table.final["final use"]).to_numpy() == pytest.approx(table.output.to_numpy())
    primary = table.value_added.loc["value added"]
    assert (primary @ measure_ghosh(table)).to_numpy() == pytest.approx(table.output.to_numpy())
    # the two inverses are similar matrices: one diagonal
    first, second = (np.diag(f(table)) for f in (measure_leontief, measure_ghosh))
    assert first == pytest.approx(second)


def test_extraction_is_what_taking_the_sector_out_gives() -> None:
    table = make_random(9, seed=2)
    found = measure_extraction(table)
    a, use = measure_coefficients(table), table.final["final use"]
    for sector in table.sectors.index:
        rest = table.sectors.index.drop(sector)
        without = np.linalg.solve(np.eye(len(rest)) - a.loc[rest, rest].to_numpy(), use[rest].to_numpy())
        lost = table.output[rest].to_numpy() - without
        assert found.loc[sector, "loss"] == pytest.approx(lost.sum())
        assert found.loc[sector, "share"] == pytest.approx(lost.sum() / table.output[rest].sum())
        assert found.loc[sector, "most_hit"] == rest[(lost / table.output[rest].to_numpy()).argmax()]


def test_a_sector_that_stands_alone_pulls_nothing() -> None:
    flows = pd.DataFrame([[5.0, 0.0], [0.0, 0.0]], index=["A", "B"], columns=["A", "B"])
    table = InputOutputTable.from_flows(flows, {"A": 10.0, "B": 10.0})
    assert measure_extraction(table)["loss"].tolist() == [0, 0]
    assert measure_linkages(table).loc["B", ["upstreamness", "downstreamness"]].tolist() == [1, 1]
    only = InputOutputTable.from_flows(flows.iloc[:1, :1], {"A": 10.0})
    assert np.isnan(measure_extraction(only).loc["A", "share"])


def test_all_sectors_alike_are_no_key_sectors() -> None:
    codes = list("ABCD")
    flows = pd.DataFrame(10.0, index=codes, columns=codes)
    links = measure_linkages(InputOutputTable.from_flows(flows, dict.fromkeys(codes, 100.0)))
    assert links["backward"].tolist() == pytest.approx([1.0] * 4)
    assert not links["key"].any()


def test_a_table_without_final_use_is_refused() -> None:
    flows = pd.DataFrame([[0.0, 10.0], [10.0, 0.0]], index=["A", "B"], columns=["A", "B"])
    with pytest.raises(MethodError, match="leave nothing for final use"):
        measure_leontief(InputOutputTable.from_flows(flows, {"A": 10.0, "B": 10.0}))


def test_the_national_table_has_steel_upstream_and_construction_downstream() -> None:
    links = measure_linkages(load_input_output(2020))
    assert links.loc["27", "upstreamness"] < 1.2  # nearly all building is final use
    assert links.loc["04", "upstreamness"] > 3  # ores
    assert bool(links.loc["14", "key"])
    assert measure_extraction(load_input_output(2020))["share"].idxmax() == "27"


@pytest.mark.parametrize(("first", "second"), [(2015, 2017), (2010, 2015), (2005, 2020)])
def test_tables_of_two_kinds_are_not_compared(first: int, second: int) -> None:
    with pytest.raises(MethodError, match="not comparable"):
        require_comparable(load_input_output(first), load_input_output(second))


def test_tables_of_one_kind_are() -> None:
    require_comparable(load_input_output(2017), load_input_output(2020))
