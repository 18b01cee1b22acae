"""Who gives to whom: matrices by hand, sums that must hold, intervals, groups and permuted labels."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from spatial_samples import build_ring

from analysis.spatial.average_impacts import measure_average, sum_inverse
from analysis.spatial.simulated_panel import simulate_spatial_panel
from analysis.spatial.spatial_fit import SpatialFit, fit_spatial
from analysis.spillover.group_spillover import measure_group_flows
from analysis.spillover.impact_orders import measure_impacts_by_order
from analysis.spillover.region_spillover import build_impact_matrix, measure_region_flows
from geodata import read_weights
from regions.errors import MethodError


def _fit(model: Any = "sdm", *, uneven: bool = True, rho: float = 0.4) -> SpatialFit:
    weights = build_ring(14)
    if uneven:  # a hub, so that rows do not sum to 1
        weights.iloc[0, 4:8] = weights.iloc[4:8, 0] = 0.3
        weights /= 1.4
    table = simulate_spatial_panel(weights, years=8, rho=rho, seed=3, theta=0.3)
    return fit_spatial(table, weights, y="y", x=["x"], model=model, effects="both")


def _invert(fit: SpatialFit, rho: float, beta: float, theta: float) -> Any:
    w = fit.arrays.weights.matrix.toarray()
    return np.linalg.inv(np.eye(len(w)) - rho * w) @ (beta * np.eye(len(w)) + theta * w)


def test_the_matrix_is_the_formula() -> None:
    fit = _fit()
    found = build_impact_matrix(fit, "x")
    wanted = _invert(fit, float(fit.rho or 0), fit.coefficients["x"], fit.coefficients["W_x"])
    assert found.to_numpy() == pytest.approx(wanted, rel=1e-9)
    assert (found.index.name, found.columns.name) == ("receiver", "giver")


@pytest.mark.parametrize("model", ["ols", "slx", "sar", "sem", "sdm", "sdem"])
def test_averages_are_those_of_the_matrix(model: str) -> None:
    fit = _fit(model)
    matrix = build_impact_matrix(fit, "x").to_numpy()
    found = fit.impacts(draws=20)["estimate"].tolist()
    direct, total = np.diag(matrix).mean(), matrix.sum() / len(matrix)
    assert found == pytest.approx([direct, total - direct, total], rel=1e-9, abs=1e-12)


def test_every_draw_of_the_averages_agrees_with_an_inverse() -> None:
    fit = _fit()
    drawn = fit.draw(draws=50, seed=1)
    found = measure_average(fit, drawn)
    for d in range(51):
        matrix = _invert(fit, drawn.rho[d], drawn.beta[d, 0], drawn.theta[d, 0])
        direct, total = np.diag(matrix).mean(), matrix.sum() / len(matrix)
        assert found[d, 0].tolist() == pytest.approx([direct, total - direct, total], rel=1e-9)


def test_flows_are_the_sums_of_the_matrix_and_their_intervals_those_of_inverses() -> None:
    fit = _fit()
    found = measure_region_flows(fit, "x", draws=200, seed=2)
    matrix = build_impact_matrix(fit, "x").to_numpy()
    assert found["given"].tolist() == pytest.approx((matrix.sum(axis=0) - np.diag(matrix)).tolist(), rel=1e-9)
    assert found["received"].tolist() == pytest.approx((matrix.sum(axis=1) - np.diag(matrix)).tolist(), rel=1e-9)
    assert found["net"].sum() == pytest.approx(0, abs=1e-9)
    drawn = fit.draw(draws=200, seed=2)
    stack = np.stack([_invert(fit, drawn.rho[d], drawn.beta[d, 0], drawn.theta[d, 0]) for d in range(1, 201)])
    given = stack.sum(axis=1) - np.diagonal(stack, axis1=1, axis2=2)
    low, high = np.quantile(given, [0.025, 0.975], axis=0)
    assert found["given_low"].tolist() == pytest.approx(low.tolist(), rel=1e-8)
    assert found["given_high"].tolist() == pytest.approx(high.tolist(), rel=1e-8)


def test_direct_and_indirect_are_the_means_of_flows() -> None:
    fit = _fit()
    flows, impacts = measure_region_flows(fit, "x", draws=10), fit.impacts(draws=10)["estimate"]
    assert flows["own"].mean() == pytest.approx(impacts[0], rel=1e-9)
    assert flows["given"].mean() == pytest.approx(impacts[1], rel=1e-9)
    assert flows["received"].mean() == pytest.approx(impacts[1], rel=1e-9)


def test_an_island_gives_and_receives_nothing() -> None:
    weights = build_ring(12)
    weights.iloc[5] = weights.iloc[:, 5] = 0.0
    table = simulate_spatial_panel(weights, years=8, rho=0.4, seed=4)
    flows = measure_region_flows(fit_spatial(table, weights, y="y", x=["x"], effects="region"), "x", draws=50)
    assert flows.loc["R05", ["given", "received", "given_low", "given_high"]].abs().max() < 1e-12


def test_groups_add_up() -> None:
    fit = _fit()
    groups = pd.Series(["core"] * 4 + ["ring"] * 7 + ["edge"] * 3, index=fit.arrays.weights.codes)
    found = measure_group_flows(fit, "x", groups, draws=100, permutations=99)
    flows = measure_region_flows(fit, "x", draws=10)
    given = flows.groupby(groups)["given"].mean()
    assert found.groupby("giver")["estimate"].sum().to_dict() == pytest.approx(given.to_dict(), rel=1e-9)
    assert found.groupby("giver")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    assert found.groupby("giver")["chance"].sum().tolist() == pytest.approx([1, 1, 1])
    total = fit.impacts(draws=10)["estimate"][2]
    sizes = groups.value_counts()
    everything = (found.groupby("giver")["estimate"].sum() * sizes).sum() + flows["own"].sum()
    assert everything / 14 == pytest.approx(total, rel=1e-9)


def test_group_cells_by_hand() -> None:
    """Two regions in A, one in B; the cell A to B is the mean over A of what B gains."""
    fit = _fit()
    codes = fit.arrays.weights.codes
    groups = pd.Series("rest", index=codes)
    groups.iloc[:2], groups.iloc[2] = "A", "B"
    found = measure_group_flows(fit, "x", groups, draws=20, permutations=19).set_index(["giver", "receiver"])
    matrix = build_impact_matrix(fit, "x").to_numpy()
    assert found.loc[("A", "B"), "estimate"] == pytest.approx(matrix[2, :2].mean(), rel=1e-9)
    assert found.loc[("A", "A"), "estimate"] == pytest.approx((matrix[0, 1] + matrix[1, 0]) / 2, rel=1e-9)
    assert found.loc[("B", "B"), "estimate"] == pytest.approx(0, abs=1e-12)
    assert found.loc[("A", "rest"), "per_region"] == pytest.approx(found.loc[("A", "rest"), "estimate"] / 11, rel=1e-9)


def test_neighbouring_groups_stand_out_from_chance() -> None:
    """Halves of a ring give inside themselves; every second region gives to the others only."""
    weights = build_ring(20)
    fit = fit_spatial(
        simulate_spatial_panel(weights, years=10, rho=0.4, seed=5), weights, y="y", x=["x"], effects="region"
    )
    halves = pd.Series(["a"] * 10 + ["b"] * 10, index=weights.index)
    table = measure_group_flows(fit, "x", halves, draws=50, permutations=199).set_index(["giver", "receiver"])
    assert table.loc[("a", "a"), "share"] > 0.8
    assert table.loc[("a", "a"), "p"] <= 0.01
    assert table.loc[("a", "a"), "chance"] == pytest.approx(9 / 19, abs=0.03)


def test_a_model_without_spillover_has_no_shares() -> None:
    fit = _fit("sem")
    groups = pd.Series(["a", "b"] * 7, index=fit.arrays.weights.codes)
    found = measure_group_flows(fit, "x", groups, draws=20, permutations=19)
    assert found["estimate"].abs().max() == 0
    assert found[["share", "p"]].isna().all(axis=None)


def test_faults_of_groups_and_variables() -> None:
    fit = _fit()
    codes = fit.arrays.weights.codes
    with pytest.raises(MethodError, match="no group for R13"):
        measure_group_flows(fit, "x", pd.Series("a", index=codes[:13]))
    with pytest.raises(MethodError, match="all regions are in the group 'a'"):
        measure_group_flows(fit, "x", pd.Series("a", index=codes))
    with pytest.raises(MethodError, match="it has: x"):
        measure_region_flows(fit, "z")


def test_orders_add_up_to_the_whole() -> None:
    fit = _fit()
    found = measure_impacts_by_order(fit, orders=60)
    assert found.loc[0, ["direct", "indirect"]].tolist() == pytest.approx([fit.coefficients["x"], 0.0])
    impacts = fit.impacts(draws=1)["estimate"].tolist()
    assert found[["direct", "indirect", "total"]].sum().tolist() == pytest.approx(impacts, rel=1e-9)
    assert found["share"].iloc[-1] == pytest.approx(1.0)
    with pytest.raises(MethodError, match="counted from 0"):
        measure_impacts_by_order(fit, orders=-1)


def test_first_order_of_a_ring_by_hand() -> None:
    """Rows sum to 1 and nobody is a neighbour of itself: order 1 is rho beta + theta, all of it indirect."""
    fit = _fit(uneven=False)
    one = measure_impacts_by_order(fit).iloc[1]
    wanted = float(fit.rho or 0) * fit.coefficients["x"] + fit.coefficients["W_x"]
    assert one["indirect"] == pytest.approx(wanted, rel=1e-9)
    assert one["direct"] == pytest.approx(0, abs=1e-12)


def test_unstable_draws_are_replaced_and_counted() -> None:
    weights = build_ring(10)
    table = simulate_spatial_panel(weights, years=2, rho=0.9, seed=6, noise=4.0)
    fit = fit_spatial(table, weights, y="y", x=["x"])
    assert fit.rho is not None
    assert fit.rho + 3 * fit.table.loc["rho", "error"] > 1
    impacts = fit.impacts(draws=2_000)
    assert 0 < fit.draw(draws=2_000).unstable < 0.5
    assert np.isfinite(impacts[["low", "high"]].to_numpy()).all()


def test_sums_near_the_limit_agree_with_inverses() -> None:
    weights = read_weights(_fit().arrays.weights)
    w = weights.matrix.toarray()
    radius = float(np.abs(np.linalg.eigvals(w)).max())
    for rho in (np.array([-0.5, 0.3]), np.array([-0.4, 0.5, 0.999])):
        own, lagged = sum_inverse(weights, rho / radius, radius)
        for k, each in enumerate(rho / radius):
            inverse = np.linalg.inv(np.eye(len(w)) - each * w)
            assert own[k] == pytest.approx(inverse.sum() / len(w), rel=1e-9)
            assert lagged[k] == pytest.approx((inverse @ w).sum() / len(w), rel=1e-9)


def test_draws_are_the_same_for_the_same_seed_and_need_a_number() -> None:
    fit = _fit()
    assert fit.impacts(draws=30, seed=1).equals(fit.impacts(draws=30, seed=1))
    assert not fit.impacts(draws=30, seed=1).equals(fit.impacts(draws=30, seed=2))
    with pytest.raises(MethodError, match="at least one draw"):
        fit.impacts(draws=0)
