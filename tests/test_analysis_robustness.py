"""Every W by every model, and flows over all Ws together."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from spatial_samples import build_ring

from analysis.spatial.simulated_panel import simulate_spatial_panel
from analysis.spillover.group_spillover import measure_group_flows
from analysis.spillover.pooled_flows import pool_flows, pool_group_flows
from analysis.spillover.region_spillover import measure_region_flows
from analysis.spillover.robustness import MODELS, SPILLING, ModelGrid, Specification, Verdict, fit_grid, judge_grid
from regions.errors import MethodError
from regions.words import Words

ASKED = Specification("y", ("x",), "both")


def _fit(rho: float, *, models: Any = MODELS) -> tuple[ModelGrid, dict[str, pd.DataFrame]]:
    ring = build_ring(16)
    wide = ((ring + ring @ ring) > 0).astype(float) * (1 - np.eye(16)) / 4
    table = simulate_spatial_panel(ring, years=12, rho=rho, seed=1, theta=rho / 2)
    weights = {"ring": ring, "wide": wide}
    return fit_grid(table, weights, ASKED, models=models, draws=200), weights


def test_every_combination_has_its_rows() -> None:
    seen: list[tuple[int, int]] = []
    ring = build_ring(16)
    table = simulate_spatial_panel(ring, years=6, rho=0.4, seed=1)
    grid = fit_grid(table, {"a": ring, "b": ring}, ASKED, draws=20, progress=lambda *at: seen.append(at))
    assert grid.models[["weights", "model"]].drop_duplicates().shape == (12, 2)
    assert len(grid.impacts) == 12 * 3
    assert seen == [(k, 12) for k in range(1, 13)]
    assert grid.models.loc[grid.models["model"].isin(["ols", "slx"]), ["rho", "low", "high"]].isna().all(axis=None)
    assert list(grid.models.columns[:9]) == ["weights", "model", "effects", "rho", "low", "high", "n", "loglik", "aic"]


def test_a_strong_spillover_is_called_robust_and_none_is_not() -> None:
    grid, _ = _fit(0.5)
    found = judge_grid(grid, "x")
    assert (found.robust, found.positive, found.total) == ("positive", 8, 8)
    text = found.describe(Words("R&D", "研发"))
    assert text.en.startswith("Spillover of R&D to other regions: 8 estimates (weights by models), 8 of them positive;")
    assert "8 intervals (95 %) leave 0 out, 8 above and 0 below it" in text.en
    assert "稳健为正" in text.zh
    weak, _ = _fit(0.0)
    assert judge_grid(weak, "x").robust == ""
    names = Words("a", "b")
    assert "cannot tell" in Verdict("x", 1, 0, 8, "", 5).describe(names).en
    assert "hangs on the weights" in Verdict("x", 5, 0, 8, "", 5).describe(names).en


def test_what_cannot_be_fitted_counts_as_unclear() -> None:
    ring = build_ring(16)
    chain = pd.DataFrame(np.eye(16, k=1), index=ring.index, columns=ring.columns)
    table = simulate_spatial_panel(ring, years=10, rho=0.6, seed=2, theta=0.4)
    grid = fit_grid(table, {"ring": ring, "chain": chain}, ASKED, draws=50)
    assert ("chain", "sar") in grid.failed
    assert "without a cycle" in str(grid.failed["chain", "sar"])
    verdict = judge_grid(grid, "x")
    assert verdict.total == 2 * len(SPILLING)
    assert verdict.positive < verdict.total


def test_nothing_to_fit_is_an_error() -> None:
    ring = build_ring(16)
    table = simulate_spatial_panel(ring, years=4, rho=0.3, seed=1)
    with pytest.raises(MethodError, match="no weights"):
        fit_grid(table, {}, ASKED)
    with pytest.raises(MethodError, match="does not vary"):
        fit_grid(table.assign(y=1.0), {"ring": ring}, ASKED)


def test_flows_of_one_w_are_those_of_the_fit() -> None:
    grid, _ = _fit(0.4, models=["sdm"])
    fits = grid.list_stable("sdm")
    one = {"ring": fits["ring"]}
    pooled = pool_flows(one, "x", draws=100, seed=3).table
    alone = measure_region_flows(fits["ring"], "x", draws=100, seed=3)
    pd.testing.assert_frame_equal(pooled[alone.columns.tolist()], alone, rtol=1e-9)
    groups = pd.Series(["a"] * 5 + ["b"] * 11, index=alone.index)
    options: dict[str, Any] = {"draws": 50, "permutations": 29}
    both = pool_group_flows(one, "x", groups, **options)
    pd.testing.assert_frame_equal(both, measure_group_flows(fits["ring"], "x", groups, **options), rtol=1e-9)


def test_pooled_flows_are_means_and_their_intervals_hold_both() -> None:
    grid, _ = _fit(0.4, models=["sar"])
    fits = grid.list_stable("sar")
    pooled = pool_flows(fits, "x", draws=400)
    by = pooled.by_weights.set_index(["weights", "code"])
    mean = (by.loc["ring", "given"] + by.loc["wide", "given"]) / 2
    assert pooled.table["given"].tolist() == pytest.approx(mean.tolist(), rel=1e-9)
    widest = np.maximum(by.loc["ring", "given_high"], by.loc["wide", "given_high"])
    assert (pooled.table["given_high"] <= widest + 1e-9).all()
    assert pooled.table["given_clear"].isin([0, 0.5, 1]).all()
    assert pooled.by_weights.columns[:2].tolist() == ["weights", "code"]


def test_groups_over_several_ws_add_up() -> None:
    grid, _ = _fit(0.4, models=["sdm"])
    fits = grid.list_stable("sdm")
    groups = pd.Series(["a"] * 5 + ["b"] * 6 + ["c"] * 5, index=build_ring(16).index)
    found = pool_group_flows(fits, "x", groups, draws=50, permutations=49)
    given = pool_flows(fits, "x", draws=10).table.groupby(groups)["given"].mean()
    assert found.groupby("giver")["estimate"].sum().to_dict() == pytest.approx(given.to_dict(), rel=1e-9)
    assert found.groupby("giver")["share"].sum().tolist() == pytest.approx([1.0] * 3)


def test_flows_need_a_fit() -> None:
    with pytest.raises(MethodError, match="no fit"):
        pool_flows({}, "x")
