"""Gamma-Poisson shrinkage: by hand, at the limits, calibrated."""

import numpy as np
import pytest
from scipy.stats import gamma, nbinom, norm

from analysis.expectation import shrinkage
from analysis.expectation.shrinkage import measure_shrunken
from analysis.loglinear.quadrature import split_pairs
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


def test_a_dispersion_of_almost_nothing_is_the_poisson_limit() -> None:
    tiny, none = (measure_shrunken(np.array([7.0]), np.array([3.0]), alpha=alpha) for alpha in (1e-300, 0.0))
    assert tiny.ratio == none.ratio
    assert tiny.below == none.below


@pytest.mark.parametrize(
    ("x", "mu", "alpha", "variance"),
    [
        ([-0.5], [1.0], 0.3, 0.1),
        ([1.0], [0.0], 0.3, 0.1),
        ([1.0], [-0.5], 0.3, 0.1),
        ([1.0], [1.0], -0.1, 0.1),
        ([1.0], [1.0], 0.3, -0.1),
        ([1.0, -1.0], [1.0, 1.0], 0.3, 0.1),
    ],
)
def test_impossible_values_are_refused(x: list[float], mu: list[float], alpha: float, variance: float) -> None:
    message = "^shrinkage needs expectations > 0, counts >= 0, and a dispersion and variances >= 0$"
    with pytest.raises(MethodError, match=message):
        measure_shrunken(np.array(x), np.array(mu), alpha=alpha, variance=variance)


# counts and expectations near and far, uncertain by little and by much; a = 2
X, MU, ERROR = (
    np.array([0.0, 0.0, 3.0, 40.0, 1.0]),
    np.array([0.5, 6.0, 6.0, 5.0, 200.0]),
    np.array([0.0, 0.5, 0.2, 1.5, 2.5]),
)


def weigh(at: int, z: np.ndarray) -> np.ndarray:
    """Log of the weight of pair ``at``, z standard deviations of ln mu from its mean, by the definition."""
    mean = MU[at] * np.exp(ERROR[at] * z)
    return np.asarray(nbinom.logpmf(X[at], 2, 2 / (2 + mean)) + norm.logpdf(z))


def test_the_peak_of_the_weights_is_found_with_its_sharpness() -> None:
    peak, sharpness = shrinkage._find_peak(X, MU, ERROR, 2.0)
    grid = np.linspace(-6, 6, 120_001)
    for at in range(1, len(X)):
        assert peak[at] == pytest.approx(grid[weigh(at, grid).argmax()], abs=2e-4)
        share = (mean := MU[at] * np.exp(ERROR[at] * peak[at])) / (2 + mean)
        width = (X[at] + 2) * share * (1 - share)  # minus the second derivative of the log of NB2 in ln mu
        assert sharpness[at] == pytest.approx(ERROR[at] * np.sqrt(max(1.0, width)), rel=0.02)
    assert (peak[0], sharpness[0]) == (0, 0)


def test_a_peak_far_away_is_found_too() -> None:
    """40,000 links where one was expected, give or take a factor of e²: ln mu has moved by nearly as much as can be."""
    peak, _ = shrinkage._find_peak(np.array([40_000.0]), np.ones(1), np.array([2.0]), 1e4)
    z = peak[0]
    mean = np.exp(2 * z)
    assert 2 * (40_000 - (40_000 + 1e4) * mean / (1e4 + mean)) == pytest.approx(z, abs=1)
    assert mean == pytest.approx(40_000, rel=0.01)


def test_nodes_stand_around_a_peak_far_away() -> None:
    """400 links where .05 were expected: the weight has its peak 4 standard deviations up."""
    peak, _ = shrinkage._find_peak(np.array([400.0]), np.array([0.05]), np.array([2.0]), 2.0)
    assert 2 < peak[0] < 5
    found = measure_shrunken(np.array([400.0]), np.array([0.05]), alpha=0.5, variance=4.0)
    z = np.linspace(-9, 14, 40_001)
    means = 0.05 * np.exp(2 * z)
    log = nbinom.logpmf(400, 2, 2 / (2 + means)) + norm.logpdf(z)
    weight = np.exp(log - log.max())
    assert found.ratio[0] == pytest.approx(weight @ (402 / (2 + means)) / weight.sum(), rel=1e-7)


def test_weights_are_those_of_the_negative_binomial_and_one_at_the_highest() -> None:
    means = np.array([[0.5, 3.0], [1.0, 30.0], [2.0, 90.0]])
    found = shrinkage._weigh(np.array([1.0, 20.0]), means, 2.0)
    expected = nbinom.logpmf([1, 20], 2, 2 / (2 + means))
    assert found == pytest.approx(expected - expected.max(axis=0), abs=1e-12)
    assert found.max(axis=0).tolist() == [0, 0]


@pytest.mark.parametrize("threshold", [0.25, 1.0, 1.5])
def test_many_pairs_at_once_equal_dense_integrals(threshold: float) -> None:
    found = measure_shrunken(X, MU, alpha=0.5, variance=ERROR**2, threshold=threshold)
    z = np.linspace(-9, 9, 20_001)
    for at in range(len(X)):
        weight = np.exp(weigh(at, z))
        posterior = gamma(2 + X[at], scale=1 / (2 + MU[at] * np.exp(ERROR[at] * z)))
        assert found.ratio[at] == pytest.approx(weight @ posterior.mean() / weight.sum(), rel=1e-7)
        assert found.below[at] == pytest.approx(weight @ posterior.cdf(threshold) / weight.sum(), abs=1e-6)


def test_the_sharper_of_weight_and_step_chooses_the_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shortfall changes where (a + x) / (a + mu) passes the threshold t: within t sqrt(a + x) / (a + x - a t)."""
    asked: list[np.ndarray] = []

    def record(sharpness: np.ndarray) -> object:
        asked.append(sharpness)
        return split_pairs(sharpness)

    monkeypatch.setattr(shrinkage, "split_pairs", record)
    measure_shrunken(X, MU, alpha=0.5, variance=ERROR**2, threshold=0.25)
    _, sharpness = shrinkage._find_peak(X, MU, ERROR, 2.0)
    step = ((2 + X) / 0.25 - 2) * 0.25 / np.sqrt(2 + X)
    assert asked[0] == pytest.approx(np.maximum(sharpness, ERROR * step), rel=1e-12)
    assert (ERROR * step > sharpness).sum() == 4
    measure_shrunken(X[:1], MU[:1], alpha=0.5, variance=1.0, threshold=2.0)  # (0 + 2) / 2 - 2 < 0: no step at all
    assert asked[1] == pytest.approx([1.0])


def test_an_expectation_beyond_all_numbers_is_taken_as_the_largest() -> None:
    found = measure_shrunken(np.array([0.0, 1.0]), np.array([1.0, 1e300]), alpha=0.5, variance=np.array([0.0, 900.0]))
    assert np.isfinite(found.ratio).all()
    assert np.isfinite(found.below).all()


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
