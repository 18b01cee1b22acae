"""Which W the data speak for: mixtures against other programs, the reach of a decay where it is known."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from spatial_samples import build_neighbours, build_ring, read_expected

from analysis.spatial.simulated_panel import simulate_spatial_panel
from analysis.spillover.decay_reach import fit_reach
from analysis.spillover.robustness import Specification
from analysis.spillover.weight_profiles import fit_spaces
from geodata import build_decay_weights
from regions.errors import MethodError

Golden = Callable[[str], Path]
ASKED = Specification("y", ("x",), "both")


def test_a_mixture_agrees_with_a_profile_of_another_program(golden: Golden) -> None:
    """Spatialreg at fixed shares agrees with these; printed to ten digits, our search stops at 1e-6 of a share."""
    raw = pd.read_csv(golden("spatial_panel/convex_panel.csv"), dtype={"unit": str})
    lists = json.loads(golden("spatial_panel/convex_nb.json").read_text(encoding="utf-8"))
    codes = [str(k) for k in range(100)]
    weights = {name: build_neighbours(near, first=0, codes=codes) for name, near in lists.items()}
    table = raw.rename(columns={"unit": "code", "time": "year"})
    found = fit_spaces(table, weights, Specification("y", ("x1", "x2"), "both"), model="sar")
    wanted = read_expected(golden, free=True)["convex"]["ml"]["twoways.leeyu"]
    assert found.table["share"].tolist() == pytest.approx(wanted["lam"], abs=1e-5)
    assert found.fit.rho == pytest.approx(wanted["rho"], abs=1e-6)
    assert found.fit.loglik == pytest.approx(wanted["ll"], rel=1e-9)
    # the profile interval is near the one of the curvature, which another program gives
    assert found.table["low"].iloc[0] == pytest.approx(wanted["lam"][0] - 1.96 * wanted["lam_se"][0], abs=0.03)
    assert found.identified
    assert found.table["p_without"].iloc[0] < 1e-6


def _spaces() -> dict[str, pd.DataFrame]:
    ring = build_ring(24)
    order = np.random.default_rng(1).permutation(24)
    other = pd.DataFrame(ring.to_numpy()[np.ix_(order, order)], index=ring.index, columns=ring.columns)
    third = ((ring @ ring @ ring @ ring) > 0).astype(float) * (1 - np.eye(24))
    return {"near": ring, "like": other, "far": third.div(third.sum(axis=1), axis=0)}


def test_one_of_three_spaces_carries_it() -> None:
    spaces = _spaces()
    table = simulate_spatial_panel(spaces["like"], years=12, rho=0.6, seed=3)
    found = fit_spaces(table, spaces, ASKED, model="sar")
    assert found.table["share"].sum() == pytest.approx(1.0)
    assert found.table.loc["like", "share"] > 0.8
    assert found.table.loc["like", "low"] > 0.5
    assert found.table.loc["near", "low"] == 0.0
    assert found.identified
    assert found.table.loc["like", "p_without"] < 0.001


def test_without_spillover_no_space_is_told_apart() -> None:
    spaces = _spaces()
    table = simulate_spatial_panel(spaces["near"], years=4, rho=0.0, seed=4)
    pair = {name: spaces[name] for name in ("near", "like")}
    assert not fit_spaces(table, pair, ASKED, model="sar").identified


def test_faults_of_mixtures() -> None:
    spaces = _spaces()
    table = simulate_spatial_panel(spaces["near"], years=4, rho=0.3, seed=5)
    with pytest.raises(MethodError, match="two or three Ws"):
        fit_spaces(table, {"near": spaces["near"]}, ASKED)
    with pytest.raises(MethodError, match="a model with a rho"):
        fit_spaces(table, spaces, ASKED, model="slx")


def test_the_reach_of_a_decay_is_found_again() -> None:
    """Forty regions on a line, 100 km apart; half-life 150 km."""
    codes = [f"R{k:02d}" for k in range(40)]
    apart = pd.DataFrame(np.abs(np.subtract.outer(np.arange(40), np.arange(40))) * 100.0, index=codes, columns=codes)
    table = simulate_spatial_panel(build_decay_weights(apart, half_life=150), years=15, rho=0.7, seed=6)
    found = fit_reach(table, apart, ASKED, steps=15)
    assert found.low < 150 < found.high
    assert found.low > 20
    assert 60 < found.half_life < 400
    assert 5 <= len(found.profile) <= 15  # under the widest no rho is stable: all regions are alike there


def test_without_spillover_the_reach_has_no_limit() -> None:
    codes = [f"R{k:02d}" for k in range(20)]
    apart = pd.DataFrame(np.abs(np.subtract.outer(np.arange(20), np.arange(20))) * 100.0, index=codes, columns=codes)
    table = simulate_spatial_panel(build_decay_weights(apart, half_life=150), years=4, rho=0.0, seed=7)
    found = fit_reach(table, apart, ASKED, steps=8)
    assert found.low == 0.0 or found.high == float("inf")
    with pytest.raises(MethodError, match="a model with a rho"):
        fit_reach(table, apart, ASKED, model="ols")
