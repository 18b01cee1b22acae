"""Barriers: by hand from the coefficients, recovered in simulation, on real data."""

import numpy as np
import pandas as pd
import pytest
from gravity_samples import fit_embedded, make_study, simulate

from analysis.expectation.barriers import measure_barriers
from analysis.expectation.gravity import GravityFit, fit_gravity
from analysis.expectation.options import GravityOptions
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
    assert found["distance_km"] == pytest.approx(found["mean_km"] * (found["distance_factor"] - 1))
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
    assert np.isnan(found["distance_km"])


def test_provinces() -> None:
    found = measure_barriers(fit_embedded("china"))
    assert list(found.index) == ["different_macro_region"]
    assert found.drop(columns=["distance_factor", "distance_km"]).notna().all().all()
    assert found["pairs"].item() + (fit_embedded("china").table["different_macro_region"] == 0).sum() == 465


def test_cities_have_two_barriers() -> None:
    found = measure_barriers(fit_embedded("china-cities"))
    assert list(found.index) == ["different_province", "different_macro_region"]
    assert isinstance(found, pd.DataFrame)
