"""Lorenz curves: by hand, against the Gini index, and what is left out."""

import numpy as np
import pandas as pd
import pytest

from analysis.inequality.inequality_indices import measure_gini
from analysis.inequality.lorenz_curves import build_lorenz_curves
from maps.report.scorecard_figures.lorenz_figure import measure_area
from regions.errors import MethodError


def panel(values: dict[tuple[str, int], float]) -> "pd.Series[float]":
    return pd.Series(values.values(), index=pd.MultiIndex.from_tuples(values, names=["code", "year"]), dtype=float)


def test_shares_by_hand() -> None:
    values = panel({("A", 2020): 4.0, ("B", 2020): 1.0, ("C", 2020): 2.0})
    people = panel({("A", 2020): 1.0, ("B", 2020): 4.0, ("C", 2020): 1.0})
    found = build_lorenz_curves(values, people)
    assert found["code"].tolist() == ["B", "C", "A"]
    assert found["weight_share"].tolist() == pytest.approx([4 / 6, 5 / 6, 1.0], rel=1e-12)
    assert found["value_share"].tolist() == pytest.approx([0.4, 0.6, 1.0], rel=1e-12)
    assert values.tolist() == [4.0, 1.0, 2.0]


def test_the_area_is_the_weighted_gini() -> None:
    generator = np.random.default_rng(4)
    index = pd.MultiIndex.from_product([[f"R{i}" for i in range(20)], [2001]], names=["code", "year"])
    values = pd.Series(generator.uniform(1, 9, 20), index=index)
    people = pd.Series(generator.uniform(1, 5, 20), index=index)
    found = build_lorenz_curves(values, people)
    shares = (np.concatenate([[0.0], 100 * found[name]]) for name in ("weight_share", "value_share"))
    assert measure_area(*shares) == pytest.approx(measure_gini(values.to_numpy(), people.to_numpy()), rel=1e-9)


def test_a_missing_value_leaves_its_region_out_and_a_short_year_goes() -> None:
    values = panel({("A", 1): 1.0, ("B", 1): 2.0, ("C", 1): 3.0, ("D", 1): np.nan, ("A", 2): 1.0, ("B", 2): 2.0})
    found = build_lorenz_curves(values, values * 0 + 1)
    assert found["code"].tolist() == ["A", "B", "C"]
    assert set(found["year"]) == {1}
    with pytest.raises(MethodError, match="3 regions"):
        build_lorenz_curves(values.iloc[4:], values.iloc[4:])
