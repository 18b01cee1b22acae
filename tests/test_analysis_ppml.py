"""PPML: by hand, at the edges, against published numbers."""

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import DATA

from analysis.loglinear import effects as effects_module
from analysis.loglinear.effects import Effect
from analysis.loglinear.ppml import fit_ppml
from regions import MethodError

ONE = np.ones((4, 1))


def code(column: "pd.Series[str]") -> np.ndarray:
    return pd.factorize(column)[0]


def read_austria(golden: Callable[[str], Path]) -> pd.DataFrame:
    table = pd.read_csv(golden("gravity/austria_nuts2_migration.csv"))
    return table[table["Origin"] != table["Destination"]]


# by hand


def test_a_constant_alone_is_the_mean() -> None:
    fit = fit_ppml(np.array([1.0, 2.0, 3.0, 6.0]), ONE, names=["const"])
    assert fit.coefficients[0] == pytest.approx(np.log(3), abs=1e-12)
    assert fit.fitted == pytest.approx([3] * 4)
    # HC1: bread 1/12, meat 4 + 1 + 0 + 9, correction 4/3
    assert fit.covariance[0, 0] == pytest.approx(14 / 144 * 4 / 3, rel=1e-12)
    assert fit.pseudo_r2 == pytest.approx(0, abs=1e-12)


def test_a_dummy_is_the_ratio_of_two_means() -> None:
    x = np.array([[1.0, 0], [1, 0], [1, 1], [1, 1]])
    fit = fit_ppml(np.array([1.0, 3.0, 4.0, 6.0]), x)
    assert fit.coefficients == pytest.approx([np.log(2), np.log(2.5)])


def test_two_way_effects_alone_are_independence() -> None:
    y = np.array([[1.0, 2, 3], [4, 5, 6]])
    i, j = np.indices(y.shape).reshape(2, -1)
    fit = fit_ppml(y.ravel(), np.zeros((6, 0)), [Effect("source", i), Effect("target", j)])
    assert fit.fitted == pytest.approx((y.sum(1)[i] * y.sum(0)[j]) / y.sum())
    assert fit.parameters == 4


def test_symmetric_effects_keep_the_total_of_every_region() -> None:
    i, j = np.triu_indices(6, k=1)
    rng = np.random.default_rng(0)
    y, x = rng.poisson(4, 15).astype(float), rng.normal(size=(15, 1))
    fit = fit_ppml(y, x, [Effect("region", i, j)])
    totals = [np.bincount(i, v, 6) + np.bincount(j, v, 6) for v in (y, fit.fitted)]
    assert totals[1] == pytest.approx(totals[0])
    assert x[:, 0] @ fit.fitted == pytest.approx(x[:, 0] @ y)


def test_offset_moves_the_constant() -> None:
    y = np.array([1.0, 2.0, 3.0, 6.0])
    fit = fit_ppml(y, ONE, offset=np.full(4, np.log(3)))
    assert fit.coefficients[0] == pytest.approx(0, abs=1e-12)


def test_scale_of_the_outcome_moves_nothing_but_the_level() -> None:
    i, j = np.triu_indices(7, k=1)
    rng = np.random.default_rng(5)
    y, x = rng.poisson(3, 21).astype(float), rng.normal(size=(21, 2))
    fits = [fit_ppml(scale * y, x, [Effect("region", i, j)]) for scale in (1, 1e-6, 1e9)]
    for one, two in pairwise(fits):
        assert two.coefficients == pytest.approx(one.coefficients, abs=1e-9)
        assert two.errors == pytest.approx(one.errors, rel=1e-8)


@pytest.mark.parametrize("seed", range(8))
def test_robust_errors_equal_the_sandwich_over_all_parameters(seed: int) -> None:
    """Bread and scores are of the final expectations, to the last digits; a bread one step old is off by up to 2e-5."""
    rng = np.random.default_rng(seed)
    i, j = np.triu_indices(8, k=1)
    y, x = rng.poisson(np.exp(rng.normal(1, 0.7, 28))).astype(float), rng.normal(size=(28, 2))
    fit = fit_ppml(y, x, [Effect("region", i, j)])
    full = np.hstack([x, np.eye(8)[i] + np.eye(8)[j]])
    bread = np.linalg.inv(full.T @ (fit.fitted[:, None] * full))
    meat = full.T @ ((y - fit.fitted)[:, None] ** 2 * full)
    assert fit.covariance == pytest.approx((bread @ meat @ bread)[:2, :2] * 28 / 18, rel=1e-10)


# at the edges


def test_regions_without_links_are_dropped_and_named() -> None:
    i, j = np.triu_indices(5, k=1)
    y = np.where((i == 3) | (j == 3), 0.0, i + j + 1.0)
    x = np.random.default_rng(1).normal(size=(10, 1))
    fit = fit_ppml(y, x, [Effect("region", i, j, tuple("ABCDE"))])
    assert [(item.kind, item.name, item.reason) for item in fit.dropped] == [("level", "region:D", "all zero")]
    assert fit.n == 6
    assert np.isnan(fit.effects[0][3])
    assert fit.fitted[~fit.used].tolist() == [0.0] * 4


def test_collinear_covariates_are_dropped_and_named_the_earlier_stays() -> None:
    i, j = np.triu_indices(6, k=1)
    rng = np.random.default_rng(2)
    x = rng.normal(size=15)
    mass = rng.normal(size=6)
    columns = np.column_stack([x, 2 * x, np.ones(15), mass[i] + mass[j]])
    y = rng.poisson(5, 15).astype(float)
    fit = fit_ppml(y, columns, [Effect("region", i, j)], names=["a", "twice", "same", "sum of masses"])
    assert fit.names == ("a",)
    assert [(item.name, item.reason) for item in fit.dropped] == [
        ("twice", "collinear"),
        ("same", "constant"),
        ("sum of masses", "collinear"),
    ]


def test_a_covariate_far_smaller_than_the_rest_is_not_taken_for_collinear() -> None:
    rng = np.random.default_rng(3)
    x = np.column_stack([np.ones(50), rng.normal(size=50), 1e-9 * rng.normal(size=50)])
    assert len(fit_ppml(rng.poisson(5, 50).astype(float), x).names) == 3


@pytest.mark.parametrize(
    ("y", "x", "match"),
    [
        ([0.0, 0, 0, 0], ONE, "every outcome is zero"),
        ([1.0, -1, 0, 0], ONE, "finite and >= 0"),
        ([1.0, np.nan, 0, 0], ONE, "finite and >= 0"),
        ([1.0, 2, 0, 0], ONE * np.nan, "infinite values in x0"),
        ([1.0, 2], ONE, "do not fit together"),
    ],
)
def test_unfit_data_are_refused(y: list[float], x: np.ndarray, match: str) -> None:
    with pytest.raises(MethodError, match=match):
        fit_ppml(np.array(y), x)


def test_an_outlying_covariate_still_converges() -> None:
    x = np.column_stack([np.ones(40), np.r_[np.zeros(39), 1e4], np.linspace(-30, 30, 40)])
    y = np.exp(0.3 * x[:, 2])
    fit = fit_ppml(y, x)
    assert fit.coefficients[2] == pytest.approx(0.3, abs=1e-8)


def test_all_routes_give_the_same_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    i, j = np.nonzero(~np.eye(12, dtype=bool))
    y, x = rng.poisson(2, 132).astype(float), rng.normal(size=(132, 2))
    two = [Effect("source", i), Effect("target", j)]
    usual = fit_ppml(y, x, two)
    dense = fit_ppml(y, x, [*two, Effect("all", np.zeros(132, dtype=int))])  # a third effect: no grid, no blocks
    monkeypatch.setattr(effects_module, "DENSE_LIMIT", 0)
    large = fit_ppml(y, x, two)
    for other in (dense, large):
        assert other.coefficients == pytest.approx(usual.coefficients, abs=1e-9)
        assert other.errors == pytest.approx(usual.errors, rel=1e-7)
        assert other.fitted == pytest.approx(usual.fitted, rel=1e-8)
        assert other.parameters == usual.parameters


# published numbers


def read_log_of_gravity() -> pd.DataFrame:
    """Put together the 18,360 flows of Santos Silva and Tenreyro from what holds per country and per pair."""
    folder = DATA / "golden" / "gravity"
    countries = pd.read_csv(folder / "log_of_gravity_countries.csv", index_col="country", dtype=np.float32)
    pairs = pd.read_csv(folder / "log_of_gravity_pairs.csv.gz", dtype={"ldist": np.float32})
    there = pairs.rename(columns={"first": "exporter", "second": "importer", "sent": "trade"})
    back = pairs.rename(columns={"first": "importer", "second": "exporter", "received": "trade"})
    flows = pd.concat([there.drop(columns="received"), back.drop(columns="sent")], ignore_index=True)
    for end, side in (("exporter", "ex"), ("importer", "im")):
        facts = countries.loc[flows[end]].reset_index(drop=True)
        facts.columns = [f"{name}{side}" if name in {"lyp", "ly"} else f"{name}_{side}" for name in countries]
        flows = flows.join(facts)
    return flows.astype(float)


def test_log_of_gravity_with_exporter_and_importer_effects() -> None:
    """Santos Silva & Tenreyro 2006, table 5; digits by pyfixest and statsmodels."""
    data = read_log_of_gravity()
    names = ["ldist", "border", "comlang", "colony", "comfrt_wto"]
    both = [Effect("exporter", code(data["exporter"])), Effect("importer", code(data["importer"]))]
    fit = fit_ppml(data["trade"].to_numpy(), data[names].to_numpy(), both, names=names)
    assert fit.n == 18_360
    assert fit.coefficients == pytest.approx([-0.75003887, 0.36977777, 0.38287664, 0.07880837, 0.376233], abs=1e-6)
    assert fit.errors == pytest.approx([0.04092, 0.09136, 0.09374, 0.13471, 0.07741], abs=1e-5)
    assert fit.dropped == ()


TABLE_3 = {
    "const": -32.3261,
    "lypex": 0.7325,
    "lypim": 0.7411,
    "lyex": 0.1567,
    "lyim": 0.135,
    "ldist": -0.7838,
    "border": 0.1929,
    "comlang": 0.746,
    "colony": 0.025,
    "landl_ex": -0.8635,
    "landl_im": -0.6964,
    "lremot_ex": 0.6598,
    "lremot_im": 0.5615,
    "comfrt_wto": 0.1811,
    "open_wto": -0.1068,
}
ERRORS_3 = {"ldist": 0.0546, "border": 0.1043, "comlang": 0.1347, "lypex": 0.0268}


def test_log_of_gravity_without_effects() -> None:
    """Santos Silva & Tenreyro 2006, table 3, all observations; four printed digits."""
    data = read_log_of_gravity()
    names = [name for name in TABLE_3 if name != "const"]
    x = np.column_stack([np.ones(len(data)), data[names]])
    fit = fit_ppml(data["trade"].to_numpy(), x, names=["const", *names])
    found, errors = (dict(zip(fit.names, values, strict=True)) for values in (fit.coefficients, fit.errors))
    assert found == pytest.approx(TABLE_3, abs=5.1e-5)
    # the reference has HC0, ours the factor sqrt(18360/18345) more: 4e-4 of an error
    assert {name: errors[name] for name in ERRORS_3} == pytest.approx(ERRORS_3, rel=2e-3)


def test_border_of_the_trade_guide(golden: Callable[[str], Path]) -> None:
    """Yotov et al. 2016, application 1, 2006; coefficients to ten digits, errors clustered by pair."""
    data = pd.read_csv(golden("gravity/agtpa_2006.csv.gz"))
    x = np.column_stack([np.log(data["dist"]), data["cntg"], data["exporter"] != data["importer"]])
    both = [Effect("exporter", code(data["exporter"])), Effect("importer", code(data["importer"]))]
    fit = fit_ppml(data["trade"].to_numpy(), x, both)
    assert fit.coefficients == pytest.approx([-0.7912879097, 0.6736455713, -2.4744504558], abs=1e-9)


def test_austria_migration_without_effects(golden: Callable[[str], Path]) -> None:
    """R glm."""
    data = read_austria(golden)
    x = np.column_stack([np.ones(len(data)), np.log(data[["Oi", "Dj", "Dij"]])])
    fit = fit_ppml(data["Data"].to_numpy(), x)
    expected = json.loads(golden("gravity/austria_R_glm.json").read_text())["poisson_uncon"]
    assert fit.coefficients == pytest.approx(list(expected["coef"].values()), abs=1e-9)
    assert fit.deviance == pytest.approx(expected["dev"], rel=1e-10)


def test_austria_migration_doubly_constrained(golden: Callable[[str], Path]) -> None:
    """R glm, intra-regional pairs left out."""
    data = read_austria(golden)
    both = [Effect("origin", code(data["Origin"])), Effect("destination", code(data["Destination"]))]
    fit = fit_ppml(data["Data"].to_numpy(), np.log(data[["Dij"]].to_numpy()), both)
    expected = json.loads(golden("gravity/austria_R_glm.json").read_text())["poisson_doubly_pow"]
    assert fit.coefficients == pytest.approx([expected["ld"]], abs=1e-9)
    assert fit.deviance == pytest.approx(expected["dev"], rel=1e-9)
    assert fit.fitted == pytest.approx(expected["fitted"], rel=1e-9)


def test_separation_with_effects(golden: Callable[[str], Path]) -> None:
    """Correia, Guimaraes & Zylkin 2019, example fe1; ppmlhdfe's printed digits."""
    data = pd.read_csv(golden("gravity/correia2019_separation_fe1.csv"))
    both = [Effect("i", data["i"].to_numpy()), Effect("j", data["j"].to_numpy())]
    fit = fit_ppml(data["y"].to_numpy(float), data[["x1", "x2"]].to_numpy(), both, names=["x1", "x2"])
    assert fit.names == ("x1",)
    assert fit.coefficients == pytest.approx([-0.4845469], abs=1e-7)
    assert fit.deviance == pytest.approx(13.36443052, abs=1e-8)
    assert ("observations", "4", "separated") in [(item.kind, item.name, item.reason) for item in fit.dropped]
