"""Barriers: by hand from the coefficients, recovered in simulation, on real data."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from gravity_samples import fit_embedded, make_study, simulate
from scipy.special import ndtri
from scipy.stats import norm

from analysis.barriers import barriers
from analysis.barriers.barriers import measure_barriers, measure_institutional_barrier
from analysis.barriers.counterfactual import measure_counterfactual
from analysis.expectation.gravity import GravityFit, fit_gravity
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.robust_fit import fit_expectation
from analysis.expectation.simulate import Truth, simulate_network
from analysis.gaps.register import find_gaps
from regions import MethodError


@pytest.fixture(scope="module")
def fit() -> GravityFit:
    study, distances = make_study(40)
    return fit_gravity(study, simulate(study, distances, alpha=0.2, seed=5, mean=2.0), distances)


def test_the_price_follows_from_the_coefficients(fit: GravityFit) -> None:
    found = measure_barriers(fit).loc["different_parent"]
    b, delta = fit.model.coefficients["estimate"][["different_parent", "ln_distance"]]
    across = fit.table[fit.table["different_parent"] == 1]
    assert found["estimate"] == b
    assert found["percent"] == pytest.approx(100 * (np.exp(b) - 1))
    assert found["distance_factor"] == pytest.approx(np.exp(abs(b) / abs(delta)))
    assert found["mean_km"] == pytest.approx((across["distance_km"] * across["fitted"]).sum() / across["fitted"].sum())
    assert found["equivalent_km"] == pytest.approx(found["mean_km"] * (found["distance_factor"] - 1))
    assert found["equivalent_note"] == found["equivalent_note_zh"] == ""
    assert found["pairs"] == len(across) == 400
    assert found["observed"] == across["observed"].sum()
    assert found["lost"] == pytest.approx(across["fitted"].sum() * (np.exp(-b) - 1))
    assert found["lost_per_pair"] == pytest.approx(found["lost"] / 400)


def test_every_column_by_its_formula(fit: GravityFit) -> None:
    """At 90 % (1.645 errors), in links that weigh 2 each, which only what is solved anew has to know."""
    found = measure_barriers(replace(fit, model=replace(fit.model, unit=2.0)), level=0.9)
    b, delta = fit.model.coefficients["estimate"][["different_parent", "ln_distance"]].to_numpy()
    error = fit.model.coefficients["error"].to_dict()["different_parent"]
    low, high = b - norm.ppf(0.95) * error, b + norm.ppf(0.95) * error
    across = (fit.table["different_parent"] == 1).to_numpy()
    inside, pairs = fit.table["fitted"][across].sum(), across.sum()
    shift = measure_counterfactual(fit.regression, np.where(across, -b, 0.0))
    conditional = 2 * (shift.conditional[across].sum() - shift.baseline[across].sum())
    mean = (fit.table["distance_km"] * fit.table["fitted"])[across].sum() / inside
    expected = {
        "estimate": b,
        "error": error,
        "low": low,
        "high": high,
        "percent": 100 * (np.exp(b) - 1),
        "percent_low": 100 * (np.exp(low) - 1),
        "percent_high": 100 * (np.exp(high) - 1),
        "distance_factor": np.exp(b / delta),
        "mean_km": mean,
        "equivalent_km": mean * (np.exp(b / delta) - 1),
        "pairs": pairs,
        "observed": fit.table["observed"][across].sum(),
        "lost": inside * (np.exp(-b) - 1),
        "lost_low": inside * (np.exp(-high) - 1),
        "lost_high": inside * (np.exp(-low) - 1),
        "lost_per_pair": inside * (np.exp(-b) - 1) / pairs,
        "lost_conditional": conditional,
        "lost_conditional_per_pair": conditional / pairs,
    }
    assert found.index.tolist() == ["different_parent"]
    assert found.index.name == "barrier"
    assert set(found) == {*expected, "equivalent_note", "equivalent_note_zh"}
    assert found.loc["different_parent", list(expected)].to_dict() == pytest.approx(expected, rel=1e-9)


def test_a_border_is_recovered_within_its_interval(fit: GravityFit) -> None:
    """The simulation lowers links across by 1 - e^-0.4 = 33 %."""
    found = measure_barriers(fit).loc["different_parent"]
    assert found["low"] < -0.4 < found["high"]
    assert found["percent_low"] < 100 * np.expm1(-0.4) < found["percent_high"] < 0
    assert 0 < found["lost_low"] < found["lost"] < found["lost_high"]
    # what crosses the border instead comes out of links on either side, so that less can cross
    assert 0 < found["lost_conditional"] < found["lost"]


def test_intervals_cover_the_true_border() -> None:
    """40 simulated networks: 95 % intervals miss at most 6 of them (probability .3 % if they cover 95 %)."""
    study, distances = make_study(24)
    missed = 0
    for seed in range(40):
        network = simulate(study, distances, alpha=0.2, seed=seed, mean=1.5)
        found = measure_barriers(fit_gravity(study, network, distances)).loc["different_parent"]
        missed += not found["low"] <= -0.4 <= found["high"]
    assert missed <= 6


def test_a_wider_level_and_one_barrier_by_name(fit: GravityFit) -> None:
    wide = measure_barriers(fit, barriers=["different_parent"], level=0.99)
    usual = measure_barriers(fit)
    assert (wide["low"] < usual["low"]).all()
    assert list(wide.index) == ["different_parent"]


@pytest.mark.parametrize("level", [0.0, 1.0, 1.5, 95, -0.5])
def test_levels_outside_zero_and_one_are_refused(fit: GravityFit, level: float) -> None:
    with pytest.raises(MethodError, match=rf"^level must lie between 0 and 1; got {level}$"):
        measure_barriers(fit, level=level)


@pytest.mark.parametrize(
    ("names", "covariates", "message"),
    [
        (
            ["different_z", "different_parent", "different_a"],
            ("ln_distance", "different_parent"),
            "the model has no different_a, different_z; it has ln_distance, different_parent",
        ),
        (
            [],
            ("ln_distance", "different_parent"),
            "the model has no barrier, a covariate named different_...; it has ln_distance, different_parent",
        ),
        (
            None,
            ("ln_distance", "contiguous"),
            "the model has no barrier, a covariate named different_...; it has ln_distance, contiguous",
        ),
        (None, (), "the model has no barrier, a covariate named different_...; it has no covariates"),
    ],
)
def test_barriers_that_the_model_has_not_are_named(
    fit: GravityFit, names: list[str] | None, covariates: tuple[str, ...], message: str
) -> None:
    with pytest.raises(MethodError) as raised:
        measure_barriers(replace(fit, covariates=covariates), barriers=names)
    assert str(raised.value) == message


@pytest.mark.parametrize("value", [0.5, 2.0, -1.0])
def test_what_is_neither_zero_nor_one_is_no_barrier(fit: GravityFit, value: float) -> None:
    table = fit.table.assign(different_parent=[value, *fit.table["different_parent"][1:]])
    with pytest.raises(MethodError, match=r"^different_parent is no barrier: it takes other values than 0 and 1$"):
        measure_barriers(replace(fit, table=table))


def test_no_kilometres_where_distance_does_not_matter() -> None:
    study, distances = make_study(20)
    network = simulate(study, distances, alpha=0.2, seed=1, mean=2.0)
    options = GravityOptions(covariates=("different_parent",))
    found = measure_barriers(fit_gravity(study, network, distances, options=options)).loc["different_parent"]
    assert np.isnan(found["distance_factor"])
    assert np.isnan(found["equivalent_km"])
    assert found["equivalent_note"] == "the model has no distance to compare with"
    assert found["equivalent_note_zh"] == "模型中没有可比较的距离"


@pytest.mark.parametrize(("delta", "error", "told"), [(-0.39, 0.2, False), (-0.41, 0.2, True), (0.5, 0.1, False)])
def test_kilometres_only_where_the_interval_of_the_elasticity_is_below_zero(
    fit: GravityFit, delta: float, error: float, *, told: bool
) -> None:
    """Two errors below 0 is just below, at 1.96: a border of 1.3e8 km is what an elasticity of nearly 0 makes of it."""
    found = measure_barriers(change(fit, delta, error)).loc["different_parent"]
    assert np.isfinite(found["equivalent_km"]) == told
    assert np.isfinite(found["distance_factor"]) == told
    assert found["mean_km"] > 0
    reason = f"collaboration does not surely fall with distance (elasticity {delta:.2f} ± {error:.2f})"
    assert found["equivalent_note"] == ("" if told else reason)
    reason_zh = f"合作并不确定随距离下降（弹性 {delta:.2f} ± {error:.2f}）"
    assert found["equivalent_note_zh"] == ("" if told else reason_zh)


def test_an_interval_that_ends_at_zero_holds_it(fit: GravityFit) -> None:
    delta = -float(ndtri((1 + 0.95) / 2)) * 0.2
    found = measure_barriers(change(fit, delta, 0.2), level=0.95).loc["different_parent"]
    assert np.isnan(found["distance_factor"])
    assert found["equivalent_note"].startswith("collaboration does not surely fall with distance")


@pytest.mark.parametrize("scale", [1.0, 1e-6])
@pytest.mark.parametrize(("share", "told"), [(0.99, True), (1.01, False)])
def test_kilometres_as_far_as_there_are_any(fit: GravityFit, scale: float, share: float, *, told: bool) -> None:
    """The factor may be up to half a meridian over the mean distance, which counts as 1 km at least."""
    near = replace(fit, table=fit.table.assign(distance_km=fit.table["distance_km"] * scale))
    mean = measure_barriers(near)["mean_km"].item()
    assert (mean < 1e-3) == (scale < 1)
    power = share * np.log(20_004 / max(mean, 1))
    delta = fit.model.coefficients["estimate"].to_dict()["different_parent"] / power
    found = measure_barriers(change(near, delta, -delta / 100)).loc["different_parent"]
    assert np.isfinite(found["distance_factor"]) == told
    assert found["equivalent_note"] == ("" if told else "no two places on Earth lie so far apart")
    assert found["equivalent_note_zh"] == ("" if told else "地球上没有相距如此之远的两地")


def test_no_kilometres_beyond_the_earth(fit: GravityFit) -> None:
    """An elasticity of -0.01, however sure, makes any border longer than half a meridian, or than any number."""
    for delta in (-0.01, -1e-6):
        found = measure_barriers(change(fit, delta, abs(delta) / 100)).loc["different_parent"]
        assert np.isnan(found["equivalent_km"])
        assert found["equivalent_note"] == "no two places on Earth lie so far apart"


def change(fit: GravityFit, delta: float, error: float) -> GravityFit:
    """Give the elasticity of distance another estimate and error."""
    coefficients = fit.model.coefficients.copy()
    coefficients.loc["ln_distance", ["estimate", "error"]] = [delta, error]
    return replace(fit, model=replace(fit.model, coefficients=coefficients))


def test_proven_gaps_do_not_set_the_price() -> None:
    """Gaps planted in the pairs across make a border look higher than it is; the others tell its price.

    The links it costs are of all pairs across, those set aside included, as the others expect them.
    """
    study, distances = make_study(30)
    network = simulate_network(study, distances, Truth(mean=3.0, dispersion=0.02), seed=3)
    network.graph.pop("truth")
    far = [(a, b) for a, b in network.edges if (int(a[1:]) + int(b[1:])) % 2 and network.edges[a, b]["weight"] > 30]
    for a, b in far[::5]:
        network.edges[a, b]["weight"] //= 10
    plain = fit_gravity(study, network, distances)
    fit = fit_expectation(study, network, distances)
    assert (~fit.regression.used).sum() > 0.8 * len(far[::5])
    found = measure_barriers(fit).loc["different_parent"]
    assert found["low"] < -0.4 < found["high"]
    assert measure_barriers(plain).loc["different_parent", "estimate"] < found["estimate"] - 0.03
    # the paragraph of the register says the same
    percent = find_gaps(study, network, distances, options=GravityOptions(stability=False)).attrs["model"]
    assert f"({found['percent']:+.0f} %)" in percent.describe("en")
    across = fit.table["different_parent"] == 1
    b = found["estimate"]
    assert found["pairs"] == 15 * 15
    assert found["lost"] == pytest.approx(fit.table.loc[across, "fitted"].sum() * np.expm1(-b))
    assert 0 < found["lost_conditional"] < found["lost"]


def test_provinces() -> None:
    found = measure_barriers(fit_embedded("china"))
    assert list(found.index) == ["different_macro_region"]
    assert found.drop(columns=["distance_factor", "equivalent_km"]).notna().all().all()
    assert found["pairs"].item() + (fit_embedded("china").table["different_macro_region"] == 0).sum() == 465


def test_cities_have_two_barriers() -> None:
    found = measure_barriers(fit_embedded("china-cities"))
    assert list(found.index) == ["different_province", "different_macro_region"]
    assert isinstance(found, pd.DataFrame)


# the fence between science and industry, with the splitting and the fitting taken for granted


@pytest.fixture
def fenced(fit: GravityFit) -> GravityFit:
    """Take the border of the simulation for the fence."""
    names = {"different_parent": "different_sector"}
    model = replace(fit.model, coefficients=fit.model.coefficients.rename(index=names))
    covariates = tuple(names.get(name, name) for name in fit.covariates)
    return replace(fit, model=model, table=fit.table.rename(columns=names), covariates=covariates)


def pretend(monkeypatch: pytest.MonkeyPatch, fit: GravityFit) -> dict[str, Any]:
    """Let the split and the fit give what is known, and return what they were asked for."""
    asked: dict[str, Any] = {}
    split = SimpleNamespace(study="split", network="network", distances="far", dyadic=pd.DataFrame({"same_region": []}))

    def split_by_sector(study: object, distances: object, *, counting: str, by: str) -> object:
        asked.update(split=(study, distances, counting), dyadic=split.dyadic, by=by)
        return split

    def fit_expectation(*args: object, options: GravityOptions) -> GravityFit:
        asked.update(fit=args, options=options)
        return fit

    monkeypatch.setattr(barriers, "split_by_sector", split_by_sector)
    monkeypatch.setattr(barriers, "fit_expectation", fit_expectation)
    return asked


def test_the_fence_is_a_barrier_of_the_split_study(fenced: GravityFit, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = pretend(monkeypatch, fenced)
    study, distances = make_study(3)
    found = measure_institutional_barrier(study, distances)
    pd.testing.assert_frame_equal(found, measure_barriers(fenced))
    assert asked["split"] == (study, distances, "full")
    assert asked["fit"] == ("split", "network", "far")
    assert asked["options"].dyadic is asked["dyadic"]
    assert asked["options"].covariates is None


def test_options_and_counting_are_handed_on(fenced: GravityFit, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = pretend(monkeypatch, fenced)
    options = GravityOptions(family="nb2", covariates=("ln_distance",))
    measure_institutional_barrier(*make_study(3), counting="newman", options=options)
    assert asked["split"][2] == "newman"
    assert asked["options"].family == "nb2"
    assert asked["options"].covariates == ("ln_distance", "different_sector", "same_region")
    assert asked["options"].dyadic is asked["dyadic"]


def test_a_fence_that_cannot_be_told_is_refused(fit: GravityFit, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, fit)
    with pytest.raises(MethodError) as raised:
        measure_institutional_barrier(*make_study(3))
    assert raised.value.describe("en") == (
        "the links cannot tell the fence between science and industry from the sizes of the two: too few join them"
    )
    assert raised.value.describe("zh") == "联系数据无法将科研与产业之间的壁垒与两者规模区分开：两者之间的联系太少"


def test_a_table_of_pairs_of_regions_is_refused(fenced: GravityFit, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, fenced)
    message = r"^a table of pairs of regions says nothing about pairs of sectors; leave dyadic out$"
    with pytest.raises(MethodError, match=message):
        measure_institutional_barrier(*make_study(3), options=GravityOptions(dyadic=pd.DataFrame()))
