"""Relatedness by hand, on the toy of the authors and on world trade."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import DATA

from analysis.complexity.relatedness import (
    find_specialisations,
    measure_complementarity,
    measure_density,
    measure_proximity,
    measure_rca,
    measure_reflections,
)
from regions import MethodError

# three regions, three fields; each has two of them
M = pd.DataFrame([[1, 1, 0], [0, 1, 1], [0, 1, 0]], index=["A", "B", "C"], columns=["x", "y", "z"])


def test_rca_by_hand() -> None:
    counts = pd.DataFrame([[3, 1], [1, 3], [0, 0]], index=["A", "B", "C"], columns=["x", "y"])
    rca = measure_rca(counts)
    assert rca.loc["A"].tolist() == [1.5, 0.5]
    assert rca.loc["C"].isna().all()
    special = find_specialisations(counts)
    assert special.to_numpy().tolist() == [[True, False], [False, True], [False, False]]
    assert find_specialisations(counts, threshold=0.5).to_numpy()[:2].all()


@pytest.mark.parametrize("value", [-1.0, np.nan, np.inf])
def test_bad_counts_are_refused(value: float) -> None:
    with pytest.raises(MethodError, match="finite and >= 0"):
        measure_rca(pd.DataFrame([[1.0, value]]))


def test_proximity_by_hand() -> None:
    phi = measure_proximity(M)
    # x is A's, z is B's, y is everybody's
    assert phi.to_numpy() == pytest.approx(np.array([[1, 1 / 3, 0], [1 / 3, 1, 1 / 3], [0, 1 / 3, 1]]))
    nobody = measure_proximity(M.assign(w=0))
    assert nobody["w"].tolist() == [0, 0, 0, 0]


def test_density_leaves_the_field_itself_out() -> None:
    density = measure_density(M, measure_proximity(M))
    assert density.loc["C"].tolist() == [1.0, 0.0, 1.0]  # x and z are related to y alone, which C has
    assert density.loc["A"].tolist() == [1.0, 0.5, 1.0]  # of y's two neighbours A has x
    assert measure_density(M.assign(w=0), measure_proximity(M.assign(w=0)))["w"].isna().all()


def test_complementarity_by_hand() -> None:
    special = pd.DataFrame([[1, 0, 0], [0, 1, 0], [1, 1, 1]], index=["A", "B", "C"], columns=["x", "y", "z"])
    phi = pd.DataFrame(np.full((3, 3), 0.5), index=special.columns, columns=special.columns)
    found = measure_complementarity(special, phi)
    # A lacks y and z; B has y, which is half of the relatedness of z and none (itself) of y: (0 + 1/2) / 2
    assert found.loc["A", "B"] == pytest.approx(0.25)
    # C has y and z: z counts for y, y for z
    assert found.loc["A", "C"] == pytest.approx(0.5)
    assert np.diag(found)[:2].tolist() == [0, 0]
    assert found.loc["C"].isna().all()  # lacks nothing


def test_what_others_share_already_adds_nothing() -> None:
    special = M.copy()
    found = measure_complementarity(special, measure_proximity(special))
    assert found.loc["A", "C"] == 0  # C has only y, which A has too


def test_reflections_of_the_published_toy(golden: Callable[[str], Path]) -> None:
    toy = json.loads(golden("complexity/hidalgo_hausmann_toy.json").read_text(encoding="utf-8"))
    rows, _ = measure_reflections(pd.DataFrame(toy["M"]), 2)
    expected = np.array(toy["k_c"]).T
    assert rows.to_numpy() == pytest.approx(expected[:, :3], abs=1e-6)


def test_reflections_of_the_toy_in_figures() -> None:
    # Hidalgo & Hausmann 2009, supporting information, figure S4
    toy = pd.DataFrame([[1, 1, 1, 1], [0, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]])
    rows, columns = measure_reflections(toy, 2)
    assert rows[0].tolist() == [4, 1, 2, 1]
    assert rows[1].tolist() == [2, 2, 2.5, 3]
    assert rows[2].to_numpy() == pytest.approx([2.958333, 2.5, 2.666667, 2.333333], abs=5e-7)
    assert columns[0].tolist() == [1, 2, 2, 3]


def test_reflections_leave_empty_rows_out() -> None:
    rows, columns = measure_reflections(pd.DataFrame([[1, 0], [0, 0]]), 2)
    assert rows.loc[0].tolist() == [1, 1, 1]
    assert rows.loc[1].isna().tolist() == [False, True, True]
    assert columns.loc[1].isna().tolist() == [False, True, True]


def read_specialisations() -> pd.DataFrame:
    """Which of 785 products 226 countries specialised in, 1998 to 2000."""
    ones = pd.read_csv(DATA / "golden" / "complexity" / "balassa_binary_ones.csv.gz", dtype=str)
    return pd.crosstab(ones["country"], ones["product"]) > 0


def test_world_trade_specialisations(golden: Callable[[str], Path]) -> None:
    table = pd.read_csv(golden("complexity/world_trade_1998_2000.csv.gz"), dtype={"product": str})
    trade = table.pivot_table(index="country", columns="product", values="value", aggfunc="sum", fill_value=0.0)
    special = find_specialisations(trade)
    assert trade.shape == (226, 785)
    assert int(special.to_numpy().sum()) == 31951
    theirs = read_specialisations()
    assert special.loc[theirs.index, theirs.columns].to_numpy()[theirs.to_numpy()].all()
    assert int(theirs.to_numpy().sum()) == 31951


def test_world_trade_proximities(golden: Callable[[str], Path]) -> None:
    special = read_specialisations()
    assert int(special.to_numpy().sum()) == 31951
    products = measure_proximity(special)
    theirs = pd.read_csv(golden("complexity/proximity_product_rowsums.csv"), dtype={"product": str})
    sums = products.sum(axis=1).reindex(theirs["product"])
    assert sums.to_numpy() == pytest.approx(theirs["rowsum"].to_numpy(), rel=1e-12)
    first = pd.read_csv(golden("complexity/proximity_country_first20.csv"), index_col=0)
    countries = measure_proximity(special.T).loc[first.index, first.columns]
    assert countries.to_numpy() == pytest.approx(first.to_numpy(), abs=1e-12)
