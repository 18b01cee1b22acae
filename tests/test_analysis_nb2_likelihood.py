"""The parts of the NB2 likelihood: by hand, against 40 digits, and where the plain form has only rounding left."""

import numpy as np
import pytest
from scipy.stats import nbinom

from analysis.loglinear.nb2_likelihood import build_score, measure_bend, measure_rise, measure_rise_slope

ALPHAS = [1e-12, 1e-6, 1e-3, 0.0999, 0.1001, 0.5, 20.0]
WHOLE = np.array([0.0, 1, 2, 3, 7, 40])


@pytest.mark.parametrize("alpha", ALPHAS)
def test_of_whole_counts_it_is_a_sum(alpha: float) -> None:
    rise = [np.log1p(alpha * np.arange(int(y))).sum() for y in WHOLE]
    slope = [(np.arange(int(y)) / (1 + alpha * np.arange(int(y)))).sum() for y in WHOLE]
    # a count of 1 has none of either: what is left of terms of size 1 is rounding
    assert measure_rise(WHOLE, alpha=alpha) == pytest.approx(rise, rel=1e-12, abs=2e-14)
    assert measure_rise_slope(WHOLE, alpha=alpha) == pytest.approx(slope, rel=1e-12, abs=2e-13)


def test_at_zero() -> None:
    y = np.array([0.0, 0.3, 1, 5])
    assert (measure_rise(y, alpha=0.0) == 0).all()
    assert measure_rise_slope(y, alpha=0.0) == pytest.approx([0, -0.105, 0, 10], abs=1e-15)


@pytest.mark.parametrize(
    ("alpha", "y", "rise", "slope"),
    [
        (1e-6, 0.7, -1.0499999299999632913e-7, -0.10499998599998898389),
        (1e-6, 33.3, 5.3778912020440580644e-4, 537.78324050521578214),
        (0.05, 33.3, 18.45217138135841186, 267.59914264313206912),
    ],
)
def test_fractions_agree_with_forty_digits(alpha: float, y: float, rise: float, slope: float) -> None:
    """By mpmath 1.3 with 40 digits, from the gamma and digamma functions."""
    # at 1e-6 the sum is 5e-4 of terms of size 33
    assert measure_rise(np.array([y]), alpha=alpha)[0] == pytest.approx(rise, rel=1e-12, abs=2e-14)
    assert measure_rise_slope(np.array([y]), alpha=alpha)[0] == pytest.approx(slope, rel=1e-13)


def test_fractions_agree_with_the_recurrence() -> None:
    """G(z + 1) = z G(z): a count of one more adds ln(1 + alpha y)."""
    y = np.array([0.25, 1.5, 12.75])
    for alpha in (1e-9, 0.01, 0.3):
        more = measure_rise(y + 1, alpha=alpha) - measure_rise(y, alpha=alpha)
        assert more == pytest.approx(np.log1p(alpha * y), rel=1e-12, abs=1e-14)
        steeper = measure_rise_slope(y + 1, alpha=alpha) - measure_rise_slope(y, alpha=alpha)
        assert steeper == pytest.approx(y / (1 + alpha * y), rel=1e-12)


def test_the_bend_near_zero_and_far() -> None:
    assert measure_bend(np.array([0.0]))[0] == 0.5
    # 1/2 - 2x/3 + 3x^2/4
    assert measure_bend(np.array([1e-5]))[0] == pytest.approx(0.5 - 2e-5 / 3 + 7.5e-11, rel=1e-14)
    x = np.array([0.4999, 0.5001, 3.0])
    assert measure_bend(x) == pytest.approx((np.log1p(x) - x / (1 + x)) / x**2, rel=1e-13)


def test_the_score_is_the_slope_of_the_likelihood() -> None:
    y, mu = np.array([0.0, 1, 1, 5, 20]), np.array([0.5, 3, 1, 4, 9])
    score = build_score(y, mu)
    assert score(0.0) == pytest.approx((((y - mu) ** 2 - y) / 2).sum())

    def likelihood(alpha: float) -> float:
        return float(nbinom.logpmf(y, 1 / alpha, 1 / (1 + alpha * mu)).sum())

    for alpha in (0.05, 0.2, 3.0):
        slope = (likelihood(alpha * 1.0001) - likelihood(alpha * 0.9999)) / (0.0002 * alpha)
        assert score(alpha) == pytest.approx(slope, rel=1e-6)


def test_the_score_runs_into_its_value_at_zero() -> None:
    rng = np.random.default_rng(1)
    mu = rng.uniform(0.1, 50, 300)
    score = build_score(rng.poisson(mu) * 1.1, mu)
    # the slope of the score is of the order of mu^3
    assert score(1e-13) == pytest.approx(score(0.0), rel=1e-9)


@pytest.mark.parametrize("alpha", [1e-9, 1e-3, 0.03, 0.3, 5.0, 1e4])
def test_many_pairs_are_summed_by_their_moments_to_a_trillionth(alpha: float) -> None:
    """Expectations from 1e-12 to 1e4, some that are a power of two, against the sum pair by pair."""
    rng = np.random.default_rng(2)
    mu = np.concatenate([np.exp(rng.uniform(-27, 9, 400)), 2.0 ** np.arange(-40, 12)])
    y = rng.poisson(np.minimum(mu, 30)).astype(float)
    pairs = measure_rise_slope(y, alpha=alpha) + mu**2 * measure_bend(alpha * mu) - y * mu / (1 + alpha * mu)
    assert build_score(y, mu)(alpha) == pytest.approx(pairs.sum(), rel=1e-12, abs=1e-15 * float((mu**2).sum()))


def test_expectations_of_next_to_nothing_are_one_class() -> None:
    """At mu -> 0 the score is that of the counts alone, here 0 and 1, which have no slope of their own."""
    score = build_score(np.array([0.0, 1.0]), np.array([1e-300, 1e-12]))
    assert score(0.5) == pytest.approx(-1e-12, rel=1e-9)
    assert build_score(np.zeros(2), np.zeros(2))(0.5) == 0.0


def test_where_all_pairs_are_large_there_is_no_series() -> None:
    y, mu = np.array([3.0, 9.0]), np.array([8.0, 1000.0])
    expected = measure_rise_slope(y, alpha=2.0) + mu**2 * measure_bend(2 * mu) - y * mu / (1 + 2 * mu)
    assert build_score(y, mu)(2.0) == pytest.approx(float(expected.sum()), rel=1e-13)
