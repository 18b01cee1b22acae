"""The spatial room against spreg and esda: the figures and the script that made them stand in tests/data."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from spatial_samples import build_neighbours, read_columbus, read_panel

from analysis.autocorrelation.autocorrelation import measure_autocorrelation
from analysis.autocorrelation.local_autocorrelation import measure_local_autocorrelation
from analysis.spatial.spatial_fit import fit_spatial
from analysis.spatial.specification_tests import measure_lagrange
from analysis.spillover.region_spillover import build_impact_matrix

Golden = Callable[[str], Path]
SEARCHED = 1e-6
"""Spreg searches rho to 1e-7 or so; its likelihood is flat there."""


@pytest.fixture
def peers(golden: Golden) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(golden("spatial/expected.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("model", ["sar", "sdm", "sem", "slx"])
def test_models_of_columbus_agree_with_spreg(golden: Golden, peers: dict[str, Any], model: Any) -> None:
    table, weights = read_columbus(golden)
    fit = fit_spatial(table, weights, y="CRIME", x=["INC", "HOVAL"], model=model)
    wanted = peers["columbus"][model]
    assert fit.coefficients.tolist() == pytest.approx(wanted["beta"], rel=SEARCHED)
    if model != "slx":
        assert fit.rho == pytest.approx(wanted["rho"], rel=SEARCHED)
        assert fit.loglik == pytest.approx(wanted["loglik"], rel=1e-10)


def test_lagrange_multipliers_of_columbus_agree_with_spreg(golden: Golden, peers: dict[str, Any]) -> None:
    table, weights = read_columbus(golden)
    found = measure_lagrange(table, weights, y="CRIME", x=["INC", "HOVAL"])
    for test, (statistic, p) in peers["columbus"]["lm"].items():
        assert found.loc[test, "statistic"] == pytest.approx(statistic, rel=1e-9), test
        assert found.loc[test, "p"] == pytest.approx(p, rel=1e-9), test


def _read(golden: Golden, name: str) -> tuple[pd.Series, pd.Series, pd.DataFrame]:
    if name == "columbus":
        table, weights = read_columbus(golden)
        return table["CRIME"].set_axis(weights.index), table["INC"].set_axis(weights.index), weights
    counties = pd.read_csv(golden("spatial_panel/nc_sids.csv"))
    lists = json.loads(golden("spatial_panel/nc_sids_nb.json").read_text(encoding="utf-8"))["contiguity_CR85"]
    weights = build_neighbours([[k for k in row if k > 0] for row in lists])
    rates = [(counties[key] / counties["BIR74"]).set_axis(weights.index) for key in ("SID74", "NWBIR74")]
    return rates[0], rates[1], weights


@pytest.mark.parametrize("name", ["columbus", "counties"])
def test_autocorrelation_agrees_with_esda(golden: Golden, peers: dict[str, Any], name: str) -> None:
    values, other, weights = _read(golden, name)
    found = measure_autocorrelation(values, weights, other=other, permutations=9).table["value"]
    for statistic in ("moran", "geary", "bivariate"):
        assert found[statistic] == pytest.approx(peers[name][statistic], rel=1e-9), statistic


@pytest.mark.parametrize("name", ["columbus", "counties"])
def test_local_statistics_agree_with_esda(golden: Golden, peers: dict[str, Any], name: str) -> None:
    """Esda divides local Moran by the variance with n - 1, spdep and we by n."""
    values, _, weights = _read(golden, name)
    found = measure_local_autocorrelation(values, weights, permutations=9).table
    n = len(values)
    assert (found["local_moran"] * (n - 1) / n).tolist() == pytest.approx(peers[name]["local_moran"], rel=1e-9)
    assert found["g_star"].tolist() == pytest.approx(peers[name]["g_star"], rel=1e-9)


def test_a_panel_with_dummies_of_years_agrees_with_spreg(golden: Golden, peers: dict[str, Any]) -> None:
    table, weights, y, x = read_panel(golden, "province31")
    fit = fit_spatial(table, weights, y=y, x=x, effects="both", correction=None)
    wanted = peers["provinces"]
    assert fit.rho == pytest.approx(wanted["rho"], rel=SEARCHED)
    assert fit.coefficients.tolist() == pytest.approx(wanted["beta"], rel=SEARCHED)


def test_impacts_of_columbus_are_those_of_lesage_and_pace(golden: Golden) -> None:
    """Spatialreg's impacts; the matrix of who gives to whom has the same averages."""
    table, weights = read_columbus(golden)
    fit = fit_spatial(table, weights, y="CRIME", x=["INC", "HOVAL"], model="sdm")
    wanted = [-1.0238910, -1.4767113, -2.5006022, -0.2792275, 0.1953850, -0.0838426]
    assert fit.impacts(draws=10)["estimate"].tolist() == pytest.approx(wanted, rel=1e-6)
    matrix = build_impact_matrix(fit, "INC").to_numpy()
    assert [matrix.trace() / 49, matrix.sum() / 49] == pytest.approx([wanted[0], wanted[2]], rel=1e-6)
