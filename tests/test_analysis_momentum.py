"""Momentum, energy and Koenig's split; prices that are refused; growth received."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geodata
from analysis.development.constant_prices import choose_real_column, deflate, tell_prices
from analysis.development.momentum import WHOLE, Momentum, measure_momentum, split_energy
from analysis.development.received_growth import measure_received_growth
from regions import Study, load_study
from regions.errors import MethodError


def make_study(product: dict[str, list[float]], *, unit: str = "constant prices", column: str = "gdp_real") -> Study:
    years = len(next(iter(product.values())))
    rows = [(code, 2020 + t, value) for code, values in product.items() for t, value in enumerate(values)]
    assert years
    dictionary = pd.DataFrame({"column": [column], "unit": [unit], "description": ["product"]})
    regions = pd.DataFrame({"code": list(product), "name": list(product), "part": ["p"] * (len(product) - 1) + ["q"]})
    table = pd.DataFrame(rows, columns=["code", "year", column])
    return Study.from_frames(regions=regions, indicators=table, dictionary=dictionary)


@pytest.fixture(scope="module")
def china() -> Momentum:
    return measure_momentum(load_study("china"), by="four-regions", revision=0.003)


def test_koenig_by_hand() -> None:
    # 10 (.05)^2/2 + 20 (.08)^2/2 + 30 (.03)^2/2 = .0125 + .064 + .0135 = .09; V = 3/60 = .05, M V^2/2 = .075
    motion, inside = split_energy(np.array([10.0, 20, 30]), np.array([0.05, 0.08, 0.03]))
    assert motion == pytest.approx(0.075, rel=1e-9)
    assert motion + inside == pytest.approx(0.09, rel=1e-9)


def test_the_same_by_regions_and_groups() -> None:
    found = measure_momentum(make_study({"A": [10, 10.5], "B": [20, 21.6], "C": [30, 30.9]}), by="part")
    row = found.regions.loc[("B", 2021)]
    assert row.tolist() == pytest.approx([20, 0.08, 1.6, 0.064])
    whole = found.groups.loc[(WHOLE, 2021)]
    assert whole["energy"] == pytest.approx(0.09)
    assert whole["motion"] + whole["dispersion"] == pytest.approx(0.09, rel=1e-9)
    assert whole["between"] + whole["within"] == pytest.approx(whole["dispersion"], rel=1e-9)
    p = found.groups.loc[("p", 2021)]
    assert p["velocity"] == pytest.approx((0.5 + 1.6) / 30)
    assert p["dispersion"] == pytest.approx(0.5 * (10 * (0.05 - 0.07) ** 2 + 20 * (0.08 - 0.07) ** 2))


def test_negative_growth_has_a_minus_in_regions_and_none_in_groups() -> None:
    found = measure_momentum(make_study({"A": [10, 9], "B": [20, 22]}))
    assert found.regions.loc[("A", 2021), ["momentum", "energy"]].tolist() == pytest.approx([-1, -0.05])
    whole = found.groups.loc[(WHOLE, 2021)]
    assert whole[["falling", "energy"]].tolist() == pytest.approx([1, 0.15])
    assert "1 of 2 growth rates are negative" in found.notes[-1].en


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0.1, 100), st.floats(-0.2, 0.3)), min_size=2, max_size=8))
def test_the_split_adds_up(rows: list[tuple[float, float]]) -> None:
    mass, velocity = np.array(rows).T
    motion, inside = split_energy(mass, velocity)
    assert motion + inside == pytest.approx(0.5 * mass @ velocity**2, rel=1e-9, abs=1e-15)


def test_current_prices_are_refused_with_what_to_bring() -> None:
    current = make_study({"A": [1, 2], "B": [1, 2]}, unit="million, current prices", column="gdp")
    for column in (None, "gdp"):
        with pytest.raises(MethodError, match=r"bring (real product|a deflator)"):
            measure_momentum(current, column=column)
    with pytest.raises(MethodError, match="no column at constant prices") as caught:
        measure_momentum(load_study("europe"))
    assert "物量指数" in str(caught.value.words.zh)
    assert "gdp_" not in str(caught.value.words.zh)
    with pytest.raises(MethodError, match="'Gross regional product, current prices' is at current"):
        measure_momentum(load_study("china"), column="gdp")
    with pytest.raises(MethodError, match="no indicator is named 'gnp'"):
        choose_real_column(load_study("china"), "gnp")


def test_prices_are_told_by_unit_and_words() -> None:
    china = load_study("china")
    assert [tell_prices(china, name) for name in ("gdp", "gdp_real", "residents")] == ["current", "constant", ""]


def test_deflating_by_hand() -> None:
    values, index = pd.Series([110.0, 50.0, np.nan]), pd.Series([110.0, 200.0, 100.0])
    assert deflate(values, index).tolist()[:2] == [100, 25]
    with pytest.raises(MethodError, match="1 values of the price index"):
        deflate(values, pd.Series([110.0, 0.0, 1.0]))


def test_a_gap_gives_no_growth_and_is_counted() -> None:
    found = measure_momentum(make_study({"A": [10, np.nan, 12], "B": [20, 21, 22]}))
    assert found.regions["velocity"].isna().sum() == 2
    assert "2 of 4 regions and years have no growth" in found.notes[1].en
    assert found.groups.loc[WHOLE, "regions"].tolist() == [1, 1]


@pytest.mark.parametrize("product", [{"A": [1.0], "B": [2.0]}, {"A": [1, 0], "B": [1, 2]}])
def test_one_year_or_no_product_is_refused(product: dict[str, list[float]]) -> None:
    with pytest.raises(MethodError, match="needs two years in a row and values above 0"):
        measure_momentum(make_study(product))
    with pytest.raises(MethodError, match="a revision is 0 or more"):
        measure_momentum(make_study(product), revision=-1)


def test_china_grows_by_its_official_rates(china: Momentum) -> None:
    velocity = china.groups.loc[WHOLE, "velocity"]
    assert velocity.index.tolist() == list(range(2006, 2025))
    # sum of provinces; national 2019 6.0, 2020 2.2, 2021 8.1, 2023 5.2, 2024 5.0 % (provinces grew a little faster)
    assert velocity[[2019, 2020, 2021, 2023, 2024]].tolist() == pytest.approx(
        [0.065, 0.026, 0.082, 0.054, 0.050], abs=5e-4
    )
    assert china.groups.loc[WHOLE, "falling"].sum() == 2  # Hubei 2020, Jilin 2022
    falling = china.regions[china.regions["velocity"] < 0].index.tolist()
    assert falling == [("420000", 2020), ("220000", 2022)]


def test_a_revision_moves_both_ends(china: Momentum) -> None:
    rows = china.regions
    assert (rows["energy_low"] < rows["energy"]).all()
    assert rows["momentum_high"].to_numpy() == pytest.approx((rows["mass"] * (rows["velocity"] + 0.003)).to_numpy())


def test_growth_is_own_and_received(china: Momentum) -> None:
    weights = geodata.normalise_weights(geodata.build_contiguity_weights(load_study("china"), join_islands=True))
    found = measure_received_growth(china, weights)
    table = found.table
    assert (table["own"] + table["received"]).to_numpy() == pytest.approx(table["velocity"].to_numpy(), rel=1e-9)
    # by hand for the first year: S e with e = v - rho W v gives v again, its diagonal part is own
    v = table["velocity"].xs(2006, level="year").reindex(weights.index)
    s = np.linalg.inv(np.eye(31) - found.fit.rho * weights.to_numpy())
    own = np.diag(s) * (v.to_numpy() - found.fit.rho * weights.to_numpy() @ v.to_numpy())
    assert table["own"].xs(2006, level="year").reindex(weights.index).to_numpy() == pytest.approx(own, rel=1e-9)


def test_received_growth_needs_every_year() -> None:
    found = measure_momentum(make_study({"A": [10, np.nan, 12], "B": [20, 21, 22]}))
    square = pd.DataFrame([[0, 1], [1, 0]], index=["A", "B"], columns=["A", "B"], dtype=float)
    with pytest.raises(MethodError, match="2 growth rates are missing"):
        measure_received_growth(found, square)
