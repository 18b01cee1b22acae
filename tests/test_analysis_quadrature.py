"""Averages over a normal distribution: rules by hand, then both users of them against dense integration."""

import numpy as np
import pytest
from scipy.special import gammainc
from scipy.stats import gamma, nbinom, norm, poisson

from analysis.expectation.grades import grade_pairs
from analysis.expectation.gravity import GravityFit
from analysis.expectation.robust_fit import fit_expectation
from analysis.expectation.shrinkage import measure_shrunken
from analysis.expectation.simulate import Truth, scatter_regions, simulate_network
from analysis.gaps.register import measure_gaps
from analysis.loglinear.predictive import find_prediction_interval, measure_predictive_probability, measure_probability
from analysis.loglinear.quadrature import split_pairs

TOLERANCE = 1e-6
SHARP = np.array([0.0, 1e-9, 0.05, 0.1, 0.15, 0.29, 0.3, 0.31, 1.0, 2.7, 40.0])


def integrate(values: np.ndarray, log_weights: np.ndarray) -> float:
    weights = np.exp(log_weights - log_weights.max())
    return float(weights @ values / weights.sum())


def spread_nodes(mu: float, error: float, *, fine: int = 4001) -> tuple[np.ndarray, np.ndarray]:
    """Return dense deviates and the expectation at each."""
    z = np.linspace(-9, 9, fine)
    return z, mu * np.exp(error * z)


def test_every_pair_is_served_once() -> None:
    served = np.concatenate([at for _, at in split_pairs(SHARP)])
    assert sorted(served.tolist()) == list(range(len(SHARP)))


def test_no_pairs_no_rules() -> None:
    assert list(split_pairs(np.zeros(0))) == []


def test_nothing_to_average_takes_one_node_and_sharper_pairs_take_more() -> None:
    count = np.zeros(len(SHARP))
    for rule, at in split_pairs(SHARP):
        count[at] = len(rule.weights)
    assert count[0] == 1
    assert (np.diff(count) >= 0).all()
    assert count[-1] > 40 * 7  # at sharpness 40 a step needs nodes less than 1/40 apart


def test_weights_add_up_and_take_the_moments_of_a_normal_distribution() -> None:
    for rule, _ in split_pairs(SHARP[1:]):
        z = rule.nodes[:, 0]
        moments = [rule.weights @ z**power for power in range(5)]
        assert moments == pytest.approx([1, 0, 1, 0, 3], abs=1e-8)  # what lies beyond seven deviations


def test_the_plain_measure_gives_the_density_back() -> None:
    """The log measure integrates exp(-z^2 / 2 - z) over the line: e^(1/2) times as much as without the -z."""
    for rule, _ in split_pairs(SHARP[2:]):
        z = rule.nodes
        shares = [np.exp(rule.log_measure - z**2 / 2 - shift * z).sum() for shift in (0, 1)]
        assert shares[1] / shares[0] == pytest.approx(np.exp(0.5), rel=1e-7)  # seven nodes: 7! / 14! = 6e-8


def test_many_pairs_come_in_pieces_that_fit_into_the_cache() -> None:
    pieces = [len(rule.weights) * len(at) for rule, at in split_pairs(np.full(100_000, 0.25))]
    assert max(pieces) <= 2**16
    assert len(pieces) > 1


def test_a_step_is_seen_where_it_is() -> None:
    """6 of an uncertain 20, dispersion .05: nine nodes were .02 out."""
    z, means = spread_nodes(20.0, np.sqrt(0.5))
    right = integrate(nbinom.cdf(6, 20, 1 / (1 + 0.05 * means)), norm.logpdf(z))
    found = measure_predictive_probability(np.array([6.0]), np.log([20.0]), np.array([0.5]), alpha=0.05)
    assert right == pytest.approx(0.09466139, abs=1e-8)
    assert found[0] == pytest.approx(right, abs=1e-9)
    below = measure_shrunken(np.array([6.0]), np.array([20.0]), alpha=0.05, variance=np.array([0.5])).below
    assert below[0] == pytest.approx(0.68933963, abs=1e-8)


def draw_pairs(seed: int, size: int) -> tuple[np.ndarray, ...]:
    """Draw counts, expectations near and far from them, errors of all sizes and their dispersion."""
    rng = np.random.default_rng(seed)
    x = rng.choice([0, 0, 0.3, 1, 2, 3.7, 5, 20, 31, 100, 1000], size)
    error = np.exp(rng.uniform(-4, 1.2, size))
    mu = (x + 0.7) * np.exp(rng.uniform(-3, 5, size) * np.sqrt(error**2 + 1 / (x + 1)))
    return x, mu, error


@pytest.mark.parametrize("alpha", [0.0, 1e-3, 0.05, 0.3, 1.0, 3.0])
def test_probabilities_are_those_of_dense_integration(alpha: float) -> None:
    x, mu, error = draw_pairs(1, 80)
    found = measure_predictive_probability(x, np.log(mu), error**2, alpha=alpha)
    for i in range(len(x)):
        z, means = spread_nodes(mu[i], error[i])
        right = integrate(measure_probability(np.full(1, x[i]), means[:, None], alpha=alpha)[:, 0], norm.logpdf(z))
        assert found[i] == pytest.approx(right, abs=TOLERANCE)
        assert right < 1e-8 or found[i] == pytest.approx(right, rel=1e-3)  # small ones decide q among many pairs


@pytest.mark.parametrize("alpha", [0.0, 1e-3, 0.05, 0.3, 1.0, 3.0])
@pytest.mark.parametrize("threshold", [1.0, 0.8])
def test_shrunken_ratios_are_those_of_dense_integration(alpha: float, threshold: float) -> None:
    x, mu, error = draw_pairs(2, 40)
    found = measure_shrunken(x, mu, alpha=alpha, variance=error**2, threshold=threshold)
    a = 1 / alpha if alpha else 1e8
    for i in range(len(x)):
        z = np.linspace(-40, 40, 20_001)  # the count may move its expectation far
        means = mu[i] * np.exp(np.clip(error[i] * z, None, 600))
        log = norm.logpdf(z) + x[i] * error[i] * z - (x[i] + a) * np.log1p(means / a)
        assert found.ratio[i] == pytest.approx(integrate((a + x[i]) / (a + means), log), rel=TOLERANCE, abs=1e-12)
        below = integrate(gammainc(a + x[i], (a + means) * threshold), log)
        assert found.below[i] == pytest.approx(below, abs=TOLERANCE)


def test_a_hopelessly_uncertain_expectation_gives_numbers() -> None:
    x, mu, variance = np.array([0.0, 4.0]), np.array([3.0, 3.0]), np.array([4e4, 4e4])
    p = measure_predictive_probability(x, np.log(mu), variance, alpha=0.3)
    assert p == pytest.approx([0.5, 0.5], abs=0.02)  # the step lies near the middle of a very wide distribution
    shrunken = measure_shrunken(x, mu, alpha=0.3, variance=variance)
    assert np.isfinite(shrunken.ratio).all()
    assert np.isfinite(shrunken.below).all()


def test_adding_terms_equals_the_distribution_function_across_the_switch() -> None:
    x, mu = np.array([0.0, 1, 29, 30, 31, 60]), np.array([0.5, 0.2, 25.0, 40.0, 30.0, 40.0])
    assert measure_probability(x, mu, alpha=0.4) == pytest.approx(nbinom.cdf(x, 2.5, 2.5 / (2.5 + mu)), rel=1e-12)
    assert measure_probability(x, mu, alpha=0.0) == pytest.approx(poisson.cdf(x, mu), rel=1e-12)
    assert measure_probability(x, mu[None] * np.ones((3, 1)), alpha=0.0)[2] == pytest.approx(poisson.cdf(x, mu))


def test_a_pair_has_the_same_answer_alone_and_among_others() -> None:
    x, mu, error = draw_pairs(3, 60)
    together = measure_predictive_probability(x, np.log(mu), error**2, alpha=0.2)
    alone = [
        measure_predictive_probability(x[[i]], np.log(mu[[i]]), error[[i]] ** 2, alpha=0.2)[0] for i in range(len(x))
    ]
    assert together == pytest.approx(alone, rel=1e-12)


def test_the_interval_of_a_sharp_pair() -> None:
    """900 expected for sure but for 30 %: the bounds are those of dense integration."""
    low, high = find_prediction_interval(np.log([900.0]), np.array([0.09]), alpha=0.0)
    z, means = spread_nodes(900.0, 0.3)
    for bound, share in ((low[0], 0.025), (high[0], 0.975)):
        at, before = (integrate(poisson.cdf(bound - step, means), norm.logpdf(z)) for step in (0, 1))
        assert before < share <= at


def fit_simulated(alpha: float, mean: float) -> GravityFit:
    study, distances = scatter_regions(30, seed=3)
    network = simulate_network(study, distances, Truth(mean=mean, dispersion=alpha), seed=3)
    return fit_expectation(study, network, distances)


@pytest.mark.parametrize(("alpha", "mean"), [(0.0, -1.5), (0.05, 0.0), (0.3, -1.5)])
def test_grades_are_those_of_dense_integration(alpha: float, mean: float) -> None:
    fit = fit_simulated(alpha, mean)
    found = measure_gaps(fit).table.set_index(["source", "target"])
    table = fit.table.set_index(["source", "target"])
    found = found.reindex(table.index)
    x, mu, error = (table[name].to_numpy() for name in ("observed", "expected", "linear_error"))
    r = 1 / fit.model.dispersion if fit.model.dispersion else np.inf
    a = 1 / fit.model.ratio_dispersion if fit.model.ratio_dispersion else 1e8
    p, below = np.empty(len(x)), np.empty(len(x))
    for i in range(len(x)):
        z, means = spread_nodes(mu[i], error[i])
        p[i] = integrate(
            poisson.cdf(x[i], means) if np.isinf(r) else nbinom.cdf(x[i], r, r / (r + means)), norm.logpdf(z)
        )
        log = norm.logpdf(z) + x[i] * np.log(means) - (x[i] + a) * np.log1p(means / a)
        below[i] = integrate(gamma.cdf(1, a + x[i], scale=1 / (a + means)), log)
    assert found["p"].to_numpy() == pytest.approx(p, abs=1e-8)
    assert found["shortfall_probability"].to_numpy() == pytest.approx(below, abs=1e-8)
    dense = found.assign(p=p, shortfall_probability=below)
    assert grade_pairs(dense) == found["grade"].tolist()
