"""Prediction intervals and tail probabilities."""

import numpy as np
import pytest
from scipy.stats import nbinom, poisson

from analysis.loglinear.predictive import (
    find_prediction_interval,
    find_quantile,
    measure_predictive_probability,
    measure_probability,
)

MU = np.array([0.05, 0.9, 4.0, 30.0, 900.0])


def test_whole_counts_give_the_discrete_distribution() -> None:
    x, r = np.array([0.0, 1, 3, 40, 1000]), 1 / 0.3
    assert measure_probability(x, MU, alpha=0.3) == pytest.approx(nbinom.cdf(x, r, r / (r + MU)), rel=1e-12)
    assert measure_probability(x, MU, alpha=0.0) == pytest.approx(poisson.cdf(x, MU), rel=1e-12)


def test_fractions_lie_between_their_neighbours() -> None:
    low, middle, high = (measure_probability(np.full(5, x), MU, alpha=0.3) for x in (2.0, 2.4, 3.0))
    assert (low < middle).all()
    assert (middle < high).all()


def test_below_zero_there_is_nothing() -> None:
    assert measure_probability(np.array([-1.0, -0.5]), np.array([1.0, 1.0]), alpha=0.3).tolist() == [0.0, 0.0]


def test_dispersion_runs_into_poisson() -> None:
    x = np.full(5, 3.0)
    near, limit = (measure_probability(x, MU, alpha=alpha) for alpha in (1e-7, 0.0))
    assert near == pytest.approx(limit, abs=1e-4)  # alpha mu^2 shifts the largest by this much


def test_without_uncertainty_the_interval_is_that_of_the_distribution() -> None:
    low, high = find_prediction_interval(np.log(MU), np.zeros(5), alpha=0.3)
    r = 1 / 0.3
    assert low.tolist() == nbinom.ppf(0.025, r, r / (r + MU)).tolist()
    assert high.tolist() == nbinom.ppf(0.975, r, r / (r + MU)).tolist()


@pytest.mark.parametrize("share", [0.001, 0.05, 0.5, 0.999])
def test_quantiles_are_those_of_scipy(share: float) -> None:
    r = 1 / 0.3
    assert find_quantile(MU, alpha=0.3, share=share).tolist() == nbinom.ppf(share, r, r / (r + MU)).tolist()
    assert find_quantile(MU, alpha=0.0, share=share).tolist() == poisson.ppf(share, MU).tolist()


def test_the_interval_is_as_narrow_as_it_may_be() -> None:
    eta, variance = np.log(MU), np.full(5, 0.2)
    low, high = find_prediction_interval(eta, variance, alpha=0.3, level=0.9)

    def p(x: np.ndarray) -> np.ndarray:
        return measure_predictive_probability(x, eta, variance, alpha=0.3)

    assert (p(low - 1) < 0.05).all()
    assert (p(low) >= 0.05).all()
    assert (p(high - 1) < 0.95).all()
    assert (p(high) >= 0.95).all()


@pytest.mark.parametrize("variance", [0.01, 0.3, 1.0])
def test_quadrature_equals_drawing_the_expectation(variance: float) -> None:
    rng = np.random.default_rng(0)
    eta = np.log(MU)
    draws = np.exp(eta + np.sqrt(variance) * rng.normal(size=(200_000, 1)))
    x = np.array([0.0, 0, 2, 15, 500])
    expected = measure_probability(x, draws, alpha=0.2).mean(axis=0)
    found = measure_predictive_probability(x, eta, np.full(5, variance), alpha=0.2)
    assert found == pytest.approx(expected, abs=3e-3)  # draws: .001; quadrature: 2e-9


def test_uncertainty_widens_the_interval() -> None:
    sure = find_prediction_interval(np.log(MU), np.zeros(5), alpha=0.3)
    unsure = find_prediction_interval(np.log(MU), np.full(5, 0.5), alpha=0.3)
    assert (unsure[0] <= sure[0]).all()
    assert (unsure[1] >= sure[1]).all()
    assert unsure[1][3] > sure[1][3]


def test_no_pairs_no_intervals() -> None:
    low, high = find_prediction_interval(np.zeros(0), np.zeros(0), alpha=0.3)
    assert low.shape == high.shape == (0,)


@pytest.mark.parametrize(
    ("alpha", "mu", "x", "exact"), [(1e-6, 5.0, 0.0, 0.00673803122366860972), (1e-8, 50.0, 38.0, 0.0473707042109802024)]
)
def test_hardly_any_dispersion_loses_no_digits(alpha: float, mu: float, x: float, exact: float) -> None:
    """By mpmath 1.3 with 40 digits; through r / (r + mu), rounded, the ninth digit is wrong."""
    found = measure_probability(np.array([x]), np.array([mu]), alpha=alpha)[0]
    assert found == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize("alpha", [0.0, 0.05, 2.0])
def test_a_guess_changes_nothing_but_the_way(alpha: float) -> None:
    rng = np.random.default_rng(3)
    mu = np.exp(rng.uniform(-3, 8, 200))
    plain = find_quantile(mu, alpha=alpha, share=0.05)
    near = np.maximum(plain + rng.integers(-2, 3, 200), 0)
    assert find_quantile(mu, alpha=alpha, share=0.05, guess=plain).tolist() == plain.tolist()
    assert find_quantile(mu, alpha=alpha, share=0.05, guess=near).tolist() == plain.tolist()


def test_a_few_terms_are_added_up_for_every_pair_in_its_place() -> None:
    """Pairs of unlike counts, the smallest first and last, beside counts that no term has: below 0 there is nothing."""
    x, mu = np.array([0.0, 30.0, -1.0, 3.0, 0.0]), np.array([2.0, 20.0, 5.0, 3.0, 0.5])
    found = measure_probability(x, np.stack([mu, 2 * mu]), alpha=0.2)
    for row, means in zip(found, (mu, 2 * mu), strict=True):
        assert row == pytest.approx(nbinom.cdf(x, 5.0, 1 / (1 + 0.2 * means)), rel=1e-12)
