"""What must hold whatever the data: units, order of regions, regular graphs, islands, sums of impacts and of flows."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spatial_samples import build_ring

from analysis.autocorrelation.autocorrelation import measure_autocorrelation
from analysis.autocorrelation.local_autocorrelation import measure_local_autocorrelation
from analysis.spatial.simulated_panel import simulate_spatial_panel
from analysis.spatial.spatial_fit import SpatialFit, fit_spatial
from analysis.spatial.specification_tests import measure_lagrange, measure_likelihood_ratio
from analysis.spillover.group_spillover import measure_group_flows
from analysis.spillover.pooled_flows import pool_flows, pool_group_flows, pool_pair_flows
from analysis.spillover.region_spillover import build_impact_matrix, measure_region_flows
from geodata import normalise_weights
from regions.errors import MethodError

MODELS = ("ols", "slx", "sar", "sem", "sdm", "sdem")
FEW = settings(max_examples=12, deadline=None)


def _build_uneven(n: int = 15) -> pd.DataFrame:
    """Build a ring with a hub: rows do not sum to 1, the graph is not regular."""
    weights = build_ring(n) * 2
    weights.iloc[0, 5:9] = weights.iloc[5:9, 0] = 1.0
    return weights


UNEVEN = _build_uneven()
ROW, SPECTRAL = (normalise_weights(UNEVEN, method=method) for method in ("row", "spectral"))
PANEL = simulate_spatial_panel(ROW, years=8, rho=0.4, theta=0.3, seed=11)


def _fit(panel: pd.DataFrame = PANEL, weights: pd.DataFrame = ROW, **options: Any) -> SpatialFit:
    return fit_spatial(panel, weights, y="y", x=["x"], **({"effects": "both", "model": "sdm"} | options))


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("effects", ["none", "region", "year", "both"])
def test_direct_and_indirect_are_the_total(model: str, effects: str) -> None:
    found = _fit(model=model, effects=effects).impacts(draws=40).set_index("effect")
    parts = found.loc["direct", "estimate"] + found.loc["indirect", "estimate"]
    assert parts == pytest.approx(found.loc["total", "estimate"], rel=1e-9)
    assert (found["low"] <= found["high"]).all()


@FEW
@given(st.floats(0.01, 1e4), st.floats(0.01, 1e4), st.floats(-100, 100))
def test_units_change_numbers_and_not_the_finding(stretch: float, of_x: float, shift: float) -> None:
    """Y and x in other units: rho and z stay, the impact changes by the ratio; a shift goes with the effects."""
    plain = _fit()
    other = _fit(PANEL.assign(y=PANEL["y"] * stretch + shift, x=PANEL["x"] * of_x))
    assert other.rho == pytest.approx(plain.rho, rel=1e-6)
    assert other.table["z"].tolist() == pytest.approx(plain.table["z"].tolist(), rel=1e-5)
    ratio = stretch / of_x
    one, two = (fit.impacts(draws=20)["estimate"] for fit in (plain, other))
    assert two.tolist() == pytest.approx((one * ratio).tolist(), rel=1e-5)


@pytest.mark.parametrize("model", ["sar", "sem", "sdm", "sdem"])
def test_effects_of_regions_and_years_leave_no_trace(model: str) -> None:
    """Any number per region and per year may be added to the outcome (rows of W sum to 1)."""
    rng = np.random.default_rng(1)
    region = PANEL["code"].map(dict(zip(ROW.index, rng.standard_normal(15) * 50, strict=True)))
    year = PANEL["year"].map({2010 + k: value for k, value in enumerate(rng.standard_normal(8) * 50)})
    moved = _fit(PANEL.assign(y=PANEL["y"] + region + year), model=model)
    plain = _fit(model=model)
    assert moved.rho == pytest.approx(plain.rho, rel=1e-6)
    assert moved.loglik == pytest.approx(plain.loglik, rel=1e-8)


@pytest.mark.parametrize("model", MODELS)
def test_the_order_of_regions_does_not_matter(model: str) -> None:
    order = np.random.default_rng(2).permutation(15)
    mixed = ROW.iloc[order, order]
    one, two = _fit(model=model), _fit(PANEL.sample(frac=1, random_state=3), mixed, model=model)
    assert two.loglik == pytest.approx(one.loglik, rel=1e-9)
    assert two.coefficients.to_dict() == pytest.approx(one.coefficients.to_dict(), rel=1e-7)
    flows = [measure_region_flows(fit, "x", draws=10)["given"].sort_index() for fit in (one, two)]
    assert flows[1].to_dict() == pytest.approx(flows[0].to_dict(), rel=1e-7, abs=1e-12)


def test_on_a_regular_graph_all_normalisations_are_one() -> None:
    """In a ring everybody has two neighbours: row, spectral and min-max are the same W, and so is every fit."""
    ring = build_ring(14) * 2
    panel = simulate_spatial_panel(normalise_weights(ring), years=7, rho=0.4, seed=4)
    fits = [_fit(panel, normalise_weights(ring, method=method)) for method in ("row", "spectral", "min-max")]  # type: ignore[arg-type]
    for fit in fits[1:]:
        assert fit.rho == pytest.approx(fits[0].rho, rel=1e-8)
        assert fit.exact == fits[0].exact
        impacts = [each.impacts(draws=30, seed=1).to_numpy()[:, 2:].astype(float) for each in (fits[0], fit)]
        assert impacts[1] == pytest.approx(impacts[0], rel=1e-6)


@pytest.mark.parametrize("factor", [0.25, 3.0])
def test_a_multiple_of_w_divides_rho_and_theta(factor: float) -> None:
    plain, other = _fit(weights=SPECTRAL), _fit(weights=SPECTRAL * factor)
    assert other.rho == pytest.approx(float(plain.rho or 0) / factor, rel=1e-7)
    assert other.coefficients["W_x"] == pytest.approx(plain.coefficients["W_x"] / factor, rel=1e-6)
    one, two = (build_impact_matrix(fit, "x").to_numpy() for fit in (plain, other))
    assert two == pytest.approx(one, rel=1e-6)


def test_an_island_changes_nothing_for_the_others() -> None:
    """Without year effects a region without neighbours is a regression of its own: rho comes from the others."""
    weights = ROW.copy()
    weights.loc["L00"] = 0.0
    weights["L00"] = 0.0
    lone = pd.DataFrame({"code": "L00", "year": range(2010, 2018), "x": 0.0, "y": 0.0})
    lone.loc[0, ["x", "y"]] = [1.0, 1.0]
    fit = _fit(pd.concat([PANEL, lone]), weights, effects="region", model="sar")
    assert fit.islands == ("L00",)
    matrix = build_impact_matrix(fit, "x")
    assert matrix.loc["L00"].drop("L00").abs().max() == 0
    assert matrix["L00"].drop("L00").abs().max() == 0
    assert matrix.loc["L00", "L00"] == pytest.approx(fit.coefficients["x"], rel=1e-9)
    assert fit.determinant is not None
    assert fit.determinant.high == pytest.approx(1.0)


@pytest.mark.parametrize("weights", [ROW, SPECTRAL], ids=["row", "spectral"])
def test_flows_between_groups_are_sums_of_flows_between_regions(weights: pd.DataFrame) -> None:
    fit = _fit(weights=weights)
    labels = pd.Series([f"g{k % 3}" for k in range(15)], index=weights.index)
    pairs = pool_pair_flows({"w": fit}, "x", draws=50)
    blocks = pairs.groupby([pairs["source"].map(labels), pairs["target"].map(labels)])["value"].sum()
    found = measure_group_flows(fit, "x", labels, draws=50, permutations=19).set_index(["giver", "receiver"])
    sizes = labels.value_counts()
    for (giver, receiver), value in blocks.items():  # type: ignore[misc]
        assert found.loc[(giver, receiver), "estimate"] == pytest.approx(value / sizes[giver], rel=1e-9)


def test_pairs_are_the_cells_of_the_matrix_and_add_up_to_regions() -> None:
    fits = {"row": _fit(), "spectral": _fit(weights=SPECTRAL)}
    pairs = pool_pair_flows(fits, "x", draws=60)
    assert len(pairs) == 15 * 14
    assert pairs["value"].abs().is_monotonic_decreasing
    mean = sum(build_impact_matrix(fit, "x") for fit in fits.values()) / 2  # type: ignore[operator]
    first = pairs.iloc[0]
    assert first["value"] == pytest.approx(mean.loc[first["target"], first["source"]], rel=1e-9)
    pooled = pool_flows(fits, "x", draws=60).table
    assert pairs.groupby("source")["value"].sum().to_dict() == pytest.approx(pooled["given"].to_dict(), rel=1e-9)
    assert pairs.groupby("target")["value"].sum().to_dict() == pytest.approx(pooled["received"].to_dict(), rel=1e-9)
    inside = (pairs["low"] <= pairs["value"]) & (pairs["value"] <= pairs["high"])
    assert inside.mean() > 0.9


def test_intervals_of_pairs_are_those_of_inverses() -> None:
    fit = _fit()
    pairs = pool_pair_flows({"w": fit}, "x", draws=80, seed=2, most=5)
    assert pairs["low"].notna().sum() == 5
    drawn = fit.draw(draws=80, seed=2)
    w = ROW.to_numpy()
    cells = [
        np.linalg.solve(np.eye(15) - drawn.rho[d] * w, drawn.beta[d, 0] * np.eye(15) + drawn.theta[d, 0] * w)
        for d in range(1, 81)
    ]
    top = pairs.iloc[0]
    place = ROW.index.get_loc(top["target"]), ROW.index.get_loc(top["source"])
    low, high = np.quantile([cell[place] for cell in cells], [0.025, 0.975])
    assert (top["low"], top["high"]) == pytest.approx((low, high), rel=1e-8)


def test_where_chance_is_empty_there_is_no_p() -> None:
    """A group of islands gives nothing: no share, no chance, no p; it was .001 once, and is not to be again."""
    weights = ROW.copy()
    weights.loc["R03"] = weights["R03"] = 0.0
    alone, whole = _fit(weights=weights, model="sar", effects="region"), _fit(model="sar", effects="region")
    labels = pd.Series("rest", index=weights.index)
    labels["R03"] = "lone"
    found = measure_group_flows(alone, "x", labels, draws=50, permutations=99).set_index(["giver", "receiver"])
    assert found.loc[("lone", "rest"), ["share", "chance", "chance_low", "chance_high", "p"]].isna().all()
    assert found.loc[("rest", "rest"), "p"] > 0
    pooled = pool_group_flows({"cut": alone, "whole": whole}, "x", labels, draws=50, permutations=99)
    row = pooled.set_index(["giver", "receiver"]).loc[("lone", "rest")]
    assert row["share"] == pytest.approx(1.0)  # of the W that gives it neighbours
    both = pool_group_flows({"cut": alone, "again": alone}, "x", labels, draws=50, permutations=99)
    assert both.set_index(["giver", "receiver"]).loc[("lone", "rest"), ["share", "chance", "p"]].isna().all()


def test_nested_models_never_fit_better() -> None:
    fits: dict[str, SpatialFit] = {model: _fit(model=model) for model in MODELS}
    for general, restricted in (("sdm", "sar"), ("sdm", "sem"), ("sdm", "slx"), ("sdem", "sem"), ("sar", "ols")):
        assert fits[general].loglik >= fits[restricted].loglik - 1e-9, (general, restricted)
        found = measure_likelihood_ratio(fits[general], fits[restricted])
        assert found["statistic"] == pytest.approx(2 * (fits[general].loglik - fits[restricted].loglik), abs=1e-9)
    with pytest.raises(MethodError, match="no special case"):
        measure_likelihood_ratio(fits["sar"], fits["sem"])


def test_criteria_are_their_formulas() -> None:
    fit = _fit()
    count = fit.estimate.periods * fit.estimate.regions
    parameters = len(fit.table) + 1
    assert fit.aic == pytest.approx(2 * parameters - 2 * fit.loglik)
    assert fit.bic == pytest.approx(np.log(count) * parameters - 2 * fit.loglik)
    assert (fit.n, fit.regions, fit.years) == (120, 15, 8)


@FEW
@given(st.floats(0.01, 1e3), st.floats(-1e3, 1e3))
def test_autocorrelation_does_not_know_units(stretch: float, shift: float) -> None:
    values = pd.Series(np.random.default_rng(3).standard_normal(15), index=ROW.index)
    one, two = (
        measure_autocorrelation(each, ROW, permutations=19).table["value"]
        for each in (values, values * stretch + shift)
    )
    for statistic in ("moran", "geary"):
        assert two[statistic] == pytest.approx(one[statistic], rel=1e-6, abs=1e-8)


def test_local_values_average_to_the_global_one() -> None:
    values = pd.Series(np.random.default_rng(4).standard_normal(15), index=ROW.index)
    local = measure_local_autocorrelation(values, ROW, permutations=19).table["local_moran"].mean()
    assert local == pytest.approx(measure_autocorrelation(values, ROW, permutations=19).table.loc["moran", "value"])


def test_lagrange_multipliers_do_not_know_units() -> None:
    one = measure_lagrange(PANEL, ROW, y="y", x=["x"], effects="both")["statistic"]
    other = PANEL.assign(y=PANEL["y"] * 30, x=PANEL["x"] * 7)
    assert measure_lagrange(other, ROW, y="y", x=["x"], effects="both")["statistic"].tolist() == pytest.approx(
        one.tolist(), rel=1e-8
    )
    assert one["both"] == pytest.approx(one["robust_lag"] + one["error"], rel=1e-9)
