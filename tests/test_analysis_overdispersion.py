"""NB2 dispersion: recovered, bounded, and equal to R."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import nbinom, poisson

from analysis.loglinear.effects import Effect
from analysis.loglinear.overdispersion import estimate_dispersion, fit_nb2, measure_likelihood
from analysis.loglinear.ppml import fit_ppml


def draw(mu: np.ndarray, alpha: float, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.poisson(mu * rng.gamma(1 / alpha, alpha, len(mu))).astype(float)


def test_likelihood_is_that_of_scipy() -> None:
    y, mu = np.array([0.0, 1, 5, 20]), np.array([0.5, 3, 4, 9])
    r = 1 / 0.7
    assert measure_likelihood(y, mu, alpha=0.7) == pytest.approx(nbinom.logpmf(y, r, r / (r + mu)).sum())
    assert measure_likelihood(y, mu, alpha=0.0) == pytest.approx(poisson.logpmf(y, mu).sum())


def test_small_dispersion_runs_into_poisson() -> None:
    y, mu = np.array([0.0, 1, 5, 20]), np.array([0.5, 3, 4, 9])
    assert measure_likelihood(y, mu, alpha=1e-7) == pytest.approx(measure_likelihood(y, mu, alpha=0.0), abs=1e-4)


@pytest.mark.parametrize("alpha", [0.1, 0.5, 2.0])
def test_dispersion_is_recovered(alpha: float) -> None:
    mu = np.exp(np.random.default_rng(1).normal(1, 1, 20_000))
    # the standard error at 20,000 pairs is 1.5 to 3 % for these values; four of them
    assert estimate_dispersion(draw(mu, alpha, 2), mu) == pytest.approx(alpha, rel=0.12)


def test_counts_that_vary_no_more_than_chance_are_poisson() -> None:
    mu = np.full(50, 4.0)
    assert estimate_dispersion(np.tile([3.0, 5.0], 25), mu) == 0.0


def test_one_link_where_none_is_expected_does_not_blow_it_up() -> None:
    mu, y = np.r_[np.full(200, 5.0), 1e-4], np.r_[draw(np.full(200, 5.0), 0.3, 3), 1.0]
    moment = float(((y - mu) ** 2 / mu).mean())
    assert moment > 40
    assert estimate_dispersion(y, mu) < 0.6


def test_adjusting_for_region_effects_removes_the_bias() -> None:
    i, j = np.triu_indices(20, k=1)
    rng = np.random.default_rng(7)
    mass = rng.normal(0.7, 0.5, 20)
    plain, adjusted = [], []
    for seed in range(40):
        y = draw(np.exp(mass[i] + mass[j]), 0.5, seed)
        fit = fit_ppml(y, np.zeros((190, 0)), [Effect("region", i, j)])
        plain.append(estimate_dispersion(fit.design.y, np.exp(fit.mean.eta)))
        adjusted.append(estimate_dispersion(fit.design.y, np.exp(fit.mean.eta), design=fit.design))
    # the mean of 40 runs has a standard error of about .015
    assert np.mean(adjusted) == pytest.approx(0.5, abs=0.045)
    assert np.mean(plain) < np.mean(adjusted) - 0.04


@pytest.mark.parametrize("doubly", [False, True])
def test_austria_migration(golden: Callable[[str], Path], doubly: bool) -> None:
    """MASS::glm.nb, intra-regional pairs left out."""
    data = pd.read_csv(golden("gravity/austria_nuts2_migration.csv"))
    data = data[data["Origin"] != data["Destination"]]
    y = data["Data"].to_numpy()
    expected = json.loads(golden("gravity/austria_R_glm.json").read_text())
    if doubly:
        both = [Effect(end, pd.factorize(data[end])[0]) for end in ("Origin", "Destination")]
        fit, target = fit_nb2(y, np.log(data[["Dij"]].to_numpy()), both), expected["nb2_doubly"]
        coefficients = [target["ld"]]
    else:
        x = np.column_stack([np.ones(len(data)), np.log(data[["Oi", "Dj", "Dij"]])])
        fit, target = fit_nb2(y, x), expected["nb2_uncon"]
        coefficients = list(target["coef"].values())
    # R stops at 1e-8 of the deviance: six digits of theta
    assert fit.regression.coefficients == pytest.approx(coefficients, abs=2e-6)
    assert 1 / fit.alpha == pytest.approx(target["theta"], rel=1e-6)
    assert fit.log_likelihood == pytest.approx(target["ll"], abs=1e-6)


def test_nb2_errors_use_the_nb2_score() -> None:
    rng = np.random.default_rng(9)
    x = np.column_stack([np.ones(300), rng.normal(size=300)])
    y = draw(np.exp(x @ [1.0, 0.5]), 0.8, 10)
    fit = fit_nb2(y, x)
    mu = fit.regression.fitted
    score = x * ((y - mu) / (1 + fit.alpha * mu))[:, None]
    bread = np.linalg.inv(x.T @ ((mu / (1 + fit.alpha * mu))[:, None] * x))
    expected = bread @ score.T @ score @ bread * 300 / 298
    assert fit.regression.covariance == pytest.approx(expected, rel=1e-4)


def test_poisson_data_give_the_poisson_fit() -> None:
    x = np.column_stack([np.ones(40), np.arange(40.0) / 40])
    y = np.round(np.exp(x @ [2.0, 1.0]))
    fit = fit_nb2(y, x)
    assert fit.alpha == 0.0
    assert fit.regression.coefficients == pytest.approx(fit_ppml(y, x).coefficients)
