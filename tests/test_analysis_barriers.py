"""Barriers: by hand from the coefficients, recovered in simulation, on real data."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from gravity_samples import fit_embedded, make_study, simulate

from analysis.expectation.barriers import measure_barriers
from analysis.expectation.gravity import GravityFit, fit_gravity
from analysis.expectation.options import GravityOptions
from analysis.expectation.resistance import fit_expectation
from analysis.expectation.simulate import Truth, simulate_network
from analysis.register.gaps import find_gaps
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
    with pytest.raises(MethodError, match="level must lie"):
        measure_barriers(fit, level=95)


def test_what_is_no_barrier_is_refused(fit: GravityFit) -> None:
    with pytest.raises(MethodError, match="the model has no different_country; it has ln_distance, contiguous"):
        measure_barriers(fit, barriers=["different_country"])
    with pytest.raises(MethodError, match="takes other values than 0 and 1"):
        measure_barriers(fit, barriers=["ln_distance"])
    study, distances = make_study(20)
    options = GravityOptions(covariates=("ln_distance",))
    plain = fit_gravity(study, simulate(study, distances, alpha=0.2, seed=1), distances, options=options)
    with pytest.raises(MethodError, match="the model has no barrier, a covariate named different_"):
        measure_barriers(plain)


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
    assert bool(found["equivalent_note_zh"]) != told


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
