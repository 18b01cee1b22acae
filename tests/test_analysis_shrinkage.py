"""Gamma-Poisson shrinkage: by hand, at the limits, calibrated."""

import numpy as np
import pytest
from scipy.stats import gamma, nbinom, norm

from analysis.expectation.shrinkage import measure_shrunken
from regions import MethodError


def test_by_hand() -> None:
    # a = 2: prior 2 links where 2 were expected, then 0 of 3 and 8 of 3
    found = measure_shrunken(np.array([0.0, 8.0]), np.array([3.0, 3.0]), alpha=0.5)
    assert found.ratio == pytest.approx([2 / 5, 10 / 5])
    # Gamma(2, 5) below 1: 1 - 6 e^-5
    assert found.below[0] == pytest.approx(1 - 6 * np.exp(-5))


def test_nothing_known_leaves_the_ratio_at_one_and_much_known_at_the_data() -> None:
    found = measure_shrunken(np.array([0.0, 500.0]), np.array([1e-9, 1000.0]), alpha=0.5)
    assert found.ratio == pytest.approx([1.0, 0.5], abs=2e-3)
    assert found.below[1] == pytest.approx(1.0)


def test_the_same_share_missing_is_surer_in_a_large_pair() -> None:
    found = measure_shrunken(np.array([0.0, 5.0, 50.0]), np.array([1.0, 10.0, 100.0]), alpha=0.3)
    assert (np.diff(found.below[1:]) > 0).all()
    assert found.ratio[0] > 0.7


def test_threshold() -> None:
    strict = measure_shrunken(np.array([3.0]), np.array([6.0]), alpha=0.3, threshold=0.8)
    assert strict.below[0] == pytest.approx(gamma.cdf(0.8, 1 / 0.3 + 3, scale=1 / (1 / 0.3 + 6)))


def test_poisson_limit_knows_nothing_of_ratios() -> None:
    found = measure_shrunken(np.array([0.0, 9.0]), np.array([3.0, 3.0]), alpha=0.0)
    assert found.ratio == pytest.approx([1, 1], abs=1e-6)
    assert found.below == pytest.approx([0.5, 0.5], abs=1e-3)


@pytest.mark.parametrize(("x", "mu", "alpha"), [([-1.0], [1.0], 0.3), ([1.0], [0.0], 0.3), ([1.0], [1.0], -0.1)])
def test_impossible_values_are_refused(x: list[float], mu: list[float], alpha: float) -> None:
    with pytest.raises(MethodError, match="shrinkage needs"):
        measure_shrunken(np.array(x), np.array(mu), alpha=alpha)


def test_an_uncertain_expectation_is_weighed_by_the_count() -> None:
    """Against the two-dimensional posterior integrated by brute force."""
    x, mu, alpha, variance = 2.0, 6.0, 0.4, 0.25
    z = np.linspace(-6, 6, 4001)
    means = mu * np.exp(np.sqrt(variance) * z)
    weight = norm.pdf(z) * nbinom.pmf(x, 1 / alpha, 1 / (1 + alpha * means))
    weight /= weight.sum()
    posterior = gamma(1 / alpha + x, scale=1 / (1 / alpha + means))
    found = measure_shrunken(np.array([x]), np.array([mu]), alpha=alpha, variance=np.array([variance]))
    assert found.ratio[0] == pytest.approx(weight @ posterior.mean(), rel=1e-6)
    assert found.below[0] == pytest.approx(weight @ posterior.cdf(1.0), rel=1e-6)
    certain = measure_shrunken(np.array([x]), np.array([mu]), alpha=alpha)
    assert found.below[0] < certain.below[0]


def test_probabilities_come_true() -> None:
    rng = np.random.default_rng(1)
    mu = np.exp(rng.normal(0.5, 1.2, 60_000))
    ratio = rng.gamma(2, 0.5, mu.size)
    found = measure_shrunken(rng.poisson(ratio * mu).astype(float), mu, alpha=0.5)
    for low, high in [(0.1, 0.3), (0.5, 0.7), (0.8, 0.9), (0.95, 1.0)]:
        inside = (found.below >= low) & (found.below < high)
        error = 4 * 0.5 / np.sqrt(inside.sum())
        assert (ratio[inside] < 1).mean() == pytest.approx(found.below[inside].mean(), abs=error)
        assert ratio[inside].mean() == pytest.approx(
            found.ratio[inside].mean(), abs=4 * ratio[inside].std() / np.sqrt(inside.sum())
        )
