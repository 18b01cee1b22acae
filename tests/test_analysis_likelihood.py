"""Profiles of the spatial likelihoods: against the full likelihood, numeric derivatives, dummies and simulation."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import multivariate_normal
from spatial_samples import build_ring

from analysis.spatial.demeaning import PanelDesign
from analysis.spatial.information import build_parts
from analysis.spatial.likelihood import ErrorProfile, build_lag_profile, fit_least_squares, maximise, regress
from analysis.spatial.log_determinant import build_log_determinant
from analysis.spatial.panel_data import PanelArrays, read_panel
from analysis.spatial.recentring import build_recentring
from analysis.spatial.simulated_panel import simulate_spatial_panel
from analysis.spatial.spatial_fit import fit_spatial
from geodata.weights.spatial_weights import read_weights


def _uneven(n: int = 10) -> pd.DataFrame:
    weights = build_ring(n)
    weights.iloc[0, 3] = weights.iloc[3, 0] = 0.4
    return weights / 1.4


def _read(effects: Any, *, corrected: bool, n: int = 10) -> tuple[PanelArrays, PanelDesign]:
    design = PanelDesign(effects, corrected=corrected)
    table = simulate_spatial_panel(_uneven(n), years=5, rho=0.3, seed=1)
    return read_panel(table, _uneven(n), y="y", x=["x"], durbin=False, design=design), design


def _build_error(arrays: PanelArrays, design: PanelDesign, determinant: Any, recentring: Any) -> ErrorProfile:
    y, x = design.demean_regions(arrays.y), design.demean_regions(arrays.x)
    lag_x = np.stack([arrays.weights.lag(x[:, :, k]) for k in range(x.shape[2])], axis=-1)
    periods, regions = design.count(*y.shape)
    sums = arrays.weights.row_sums if design.of_years else None
    return ErrorProfile(y, x, arrays.weights.lag(y), lag_x, sums, periods, periods * regions, determinant, recentring)


@pytest.mark.parametrize("effects", ["none", "region", "year", "both"])
@pytest.mark.parametrize("corrected", [False, True])
@pytest.mark.parametrize("kind", ["lag", "error"])
def test_slopes_are_the_derivatives_of_values(effects: str, corrected: bool, kind: str) -> None:
    arrays, design = _read(effects, corrected=corrected)
    determinant = build_log_determinant(arrays.weights)
    error = kind == "error"
    recentring = build_recentring(arrays.weights, determinant.radius, error=error) if design.recentred else None
    profile: Any = (
        _build_error(arrays, design, determinant, recentring)
        if error
        else build_lag_profile(arrays, design, determinant, recentring)
    )
    for rho in (-0.4, 0.1, 0.6):
        step = 1e-5
        values = profile.value(np.array([rho - step, rho + step]))
        assert profile.slope(rho) == pytest.approx((values[1] - values[0]) / (2 * step), rel=1e-5, abs=1e-5)


def test_the_log_likelihood_is_that_of_a_normal_distribution() -> None:
    """One year, no effects: y is normal with mean S X beta and covariance sigma2 S S'."""
    weights = _uneven(12)
    table = simulate_spatial_panel(weights, years=1, rho=0.4, seed=2).drop(columns="year")
    x = np.column_stack([np.ones(12), table["x"]])
    for model in ("sar", "sem"):
        chosen: Any = {"model": model}
        fit = fit_spatial(table, weights, y="y", x=["x"], **chosen)
        s = np.linalg.inv(np.eye(12) - float(fit.rho or 0) * weights.to_numpy())
        linear = x @ fit.coefficients.to_numpy()
        mean = s @ linear if model == "sar" else linear
        wanted = multivariate_normal(mean, fit.sigma2 * s @ s.T).logpdf(table["y"])
        assert fit.loglik == pytest.approx(float(wanted), rel=1e-9)


def test_effects_taken_out_are_those_of_dummies() -> None:
    """Least squares with region and year effects equals the regression with a dummy for each."""
    arrays, design = _read("both", corrected=False)
    years, regions = arrays.y.shape
    x = arrays.x.reshape(-1, 1)
    dummies = np.column_stack(
        [
            np.kron(np.ones((years, 1)), np.eye(regions)),
            np.kron(np.eye(years), np.ones((regions, 1)))[:, 1:],
        ]
    )
    both = np.linalg.lstsq(np.column_stack([x, dummies]), arrays.y.ravel(), rcond=None)[0]
    assert fit_least_squares(arrays, design).beta[0] == pytest.approx(both[0], rel=1e-9)


def test_demeaning_leaves_no_mean_of_regions_or_years() -> None:
    rng = np.random.default_rng(3)
    values = rng.standard_normal((4, 6, 2))
    both = PanelDesign("both", corrected=False).demean(values)
    assert np.abs(both.mean(axis=0)).max() < 1e-14
    assert np.abs(both.mean(axis=1)).max() < 1e-14
    assert PanelDesign("none", corrected=True).demean(values) is values


@pytest.mark.parametrize(
    ("effects", "corrected", "counted"),
    [
        ("none", True, (5, 10)),
        ("region", False, (5, 10)),
        ("region", True, (4, 10)),
        ("year", True, (5, 9)),
        ("both", True, (4, 9)),
        ("both", False, (5, 10)),
    ],
)
def test_what_a_likelihood_counts(effects: Any, corrected: bool, counted: tuple[int, int]) -> None:
    assert PanelDesign(effects, corrected=corrected).count(5, 10) == counted


def test_the_curvature_is_that_of_the_profile_and_near_the_expected_information() -> None:
    arrays, design = _read("both", corrected=True, n=40)
    determinant = build_log_determinant(arrays.weights)
    recentring = build_recentring(arrays.weights, determinant.radius, error=False)
    profile = build_lag_profile(arrays, design, determinant, recentring)
    peak = maximise(profile, determinant)
    assert profile.slope(peak.rho) == pytest.approx(0, abs=1e-6)
    step = 1e-4
    numeric = -(profile.slope(peak.rho + step) - profile.slope(peak.rho - step)) / (2 * step)
    assert peak.curvature == pytest.approx(numeric, rel=1e-3)
    fit = fit_spatial(
        simulate_spatial_panel(_uneven(40), years=5, rho=0.3, seed=1), _uneven(40), y="y", x=["x"], effects="both"
    )
    assert 1 / float(fit.table["error"].iloc[-1]) ** 2 == pytest.approx(peak.curvature, rel=0.15)


def test_the_information_of_rho_is_the_variance_of_its_score() -> None:
    """Over 4,000 draws of normal errors the variance of the score at the truth has an error of 2 %."""
    weights = read_weights(_uneven(12))
    rng, rho, years = np.random.default_rng(4), 0.3, 3
    w = weights.matrix.toarray()
    s = np.linalg.inv(np.eye(12) - rho * w)
    x = rng.standard_normal((years, 12, 1))
    design = PanelDesign("both", corrected=True)
    arrays = PanelArrays((x[:, :, 0] + rng.standard_normal((years, 12))) @ s.T, x, ("x",), (1, 2, 3), weights)
    beta, rest = regress(design.demean(arrays.y - rho * weights.lag(arrays.y)), design.demean(x))
    estimate = fit_least_squares(arrays, design)._replace(rho=rho, beta=beta, residuals=rest, sigma2=1.0)
    g = w @ s
    j = np.eye(12) - 1 / 12
    scores = []
    for _ in range(4_000):
        e = design.demean(rng.standard_normal((years, 12)))
        lagged = design.demean((x[:, :, 0] + e) @ g.T)
        scores.append(float((lagged * e).sum()) - (years - 1) * float(np.trace(j @ g)))
    assert np.mean(scores) == pytest.approx(0, abs=4 * np.std(scores) / 4_000**0.5)
    exact = float((design.demean(x[:, :, 0] @ g.T) ** 2).sum())
    cleared = j @ g
    wanted = exact + (years - 1) * float((cleared * cleared).sum() + (cleared * g.T).sum())
    assert np.var(scores) == pytest.approx(wanted, rel=0.1)
    assert build_parts(arrays, design, estimate, lag=True).information[1, 1] > 0
