"""NB2 dispersion: recovered, bounded, and equal to R."""

import gc
import json
import weakref
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import nbinom, poisson

from analysis.loglinear.adjustment import measure_adjustment
from analysis.loglinear.effects import Effect
from analysis.loglinear.nb2_dispersion import estimate_dispersion, find_dispersion, fit_nb2, measure_likelihood
from analysis.loglinear.nb2_likelihood import build_score
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
    assert fit.regression.covariance == pytest.approx(expected, rel=1e-8)


def test_poisson_data_give_the_poisson_fit() -> None:
    x = np.column_stack([np.ones(40), np.arange(40.0) / 40])
    y = np.round(np.exp(x @ [2.0, 1.0]))
    fit = fit_nb2(y, x)
    assert fit.alpha == 0.0
    assert fit.regression.coefficients == pytest.approx(fit_ppml(y, x).coefficients)


def draw_quiet(seed: int) -> tuple[np.ndarray, np.ndarray, list[Effect]]:
    """Draw counts that vary less than Poisson counts (binomial, or hardly at all) around region effects."""
    rng = np.random.default_rng(seed)
    i, j = np.triu_indices(10, k=1)
    mass = rng.normal(0, 0.5, 10)
    mu = np.exp(1.5 + mass[i] + mass[j])
    trials = np.maximum(np.ceil(1.5 * mu), 1).astype(int)
    y = np.round(mu) if seed % 3 == 0 else rng.binomial(trials, np.minimum(mu / trials, 1))
    return y.astype(float), rng.normal(size=(45, 1)), [Effect("region", i, j)]


@pytest.mark.parametrize("seed", range(12))
def test_counts_quieter_than_chance_have_no_dispersion_at_all(seed: int) -> None:
    """0 itself, not the 1e-6 to 4e-5 at which a minimiser of a cancelling likelihood stops."""
    y, x, effects = draw_quiet(seed)
    fit = fit_ppml(y, x, effects)
    mu = np.exp(fit.mean.eta)
    assert estimate_dispersion(fit.design.y, mu) == 0.0
    assert estimate_dispersion(fit.design.y, mu, design=fit.design) == 0.0
    assert fit_nb2(y, x, effects).alpha == 0.0


def test_the_sign_of_the_score_at_zero_decides() -> None:
    """A pair of counts around 4: (y - mu)^2 adds up to just more, or just less, than y."""
    mu = np.full(2, 4.0)
    assert estimate_dispersion(np.array([1.99, 6.0]), mu) > 0
    assert estimate_dispersion(np.array([2.02, 6.0]), mu) == 0.0
    # 4 + 4 = 2 + 6: no dispersion, and rounding makes none
    assert estimate_dispersion(np.array([2.0, 6.0]), mu) == 0.0
    assert estimate_dispersion(np.array([0.2, 0.6]) * 10, np.array([0.4, 0.4]) * 10) == 0.0


@pytest.mark.parametrize("alpha", [1e-4, 0.02, 0.5, 5.0])
def test_the_dispersion_is_a_root_of_the_score(alpha: float) -> None:
    """A relative 1e-11 to either side the score has either sign, adjusted or not, of whole counts and of fractions."""
    rng = np.random.default_rng(8)
    i, j = np.triu_indices(30, k=1)
    y = draw(np.exp(rng.normal(3, 1, 435)), alpha, 9)
    fit = fit_ppml(y, rng.normal(size=(435, 1)), [Effect("region", i, j)])
    mu = np.exp(fit.mean.eta)
    for counts in (y, 0.37 * y + 0.63 * mu):
        score = build_score(counts, mu)
        found = estimate_dispersion(counts, mu)
        assert found == 0 or score(found * (1 - 1e-11)) > 0 > score(found * (1 + 1e-11))
        found = estimate_dispersion(counts, mu, design=fit.design)
        below, above = (
            score(at) + measure_adjustment(fit.design, mu, alpha=at)
            for at in (found * (1 - 1e-11), found * (1 + 1e-11))
        )
        assert found == 0 or below > 0 > above


def test_without_end_the_dispersion_stops_at_ten_thousand() -> None:
    assert estimate_dispersion(np.array([0.0, 1e6]), np.full(2, 1e-3)) == 1e4


def test_the_likelihood_near_zero_is_exact() -> None:
    """One count of 5 where 4.3 are expected, by mpmath 1.3 with 40 digits."""
    y, mu = np.array([5.0]), np.array([4.3])
    for alpha, exact in {1e-2: -1.8165076376970053, 1e-4: -1.7946420820714994, 1e-6: -1.7944188842797397}.items():
        assert measure_likelihood(y, mu, alpha=alpha) == pytest.approx(exact, rel=1e-15 * 4)


def test_a_search_keeps_nothing_of_its_score() -> None:
    """Scores hold arrays of all pairs: they must go without waiting for the collector of circular references."""

    class Score:
        def __call__(self, alpha: float) -> float:
            return 0.25 - alpha

    score = Score()
    held = weakref.ref(score)
    gc.disable()
    try:
        assert find_dispersion(score, np.full(40, 3.0), np.ones(40)) == pytest.approx(0.25)
        del score
        assert held() is None
    finally:
        gc.enable()
