"""The dispersion without the lower tail: the same where nothing is wrong, unmoved where a few pairs are."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import nbinom

from analysis.loglinear.adjustment import MANY
from analysis.loglinear.effects import Effect
from analysis.loglinear.nb2_dispersion import estimate_dispersion
from analysis.loglinear.nb2_likelihood import build_score
from analysis.loglinear.ppml import fit_ppml
from analysis.loglinear.truncated_dispersion import (
    TAIL,
    build_tail_slope,
    estimate_both_dispersions,
    estimate_truncated_dispersion,
)

ALPHA = 0.1


def draw(size: int, *, seed: int, alpha: float = ALPHA) -> tuple[np.ndarray, np.ndarray]:
    """Draw counts around expectations from 5 to 200, and return both."""
    rng = np.random.default_rng(seed)
    mu = np.exp(rng.uniform(np.log(5), np.log(200), size))
    return rng.poisson(mu * rng.gamma(1 / alpha, alpha, size)).astype(float), mu


def test_it_maximises_the_truncated_likelihood() -> None:
    """By scipy: with the bounds at the 5 % quantiles of the answer, no other dispersion is likelier."""
    y, mu = draw(300, seed=1)
    y[:20] = np.floor(y[:20] / 10)
    found = estimate_truncated_dispersion(y, mu)
    bound = nbinom.ppf(TAIL, 1 / found, 1 / (1 + found * mu))
    kept = y >= bound
    assert 250 < kept.sum() < 290

    def loss(alpha: float) -> float:
        r, p = 1 / alpha, 1 / (1 + alpha * mu[kept])
        return float((nbinom.logsf(bound[kept] - 1, r, p) - nbinom.logpmf(y[kept], r, p)).sum())

    best = minimize_scalar(loss, bounds=(0.01, 1.0), method="bounded", options={"xatol": 1e-8}).x
    assert found == pytest.approx(best, rel=0.02)  # whole bounds: the dispersion settles to about this


def test_gaps_do_not_move_it() -> None:
    """One pair in ten keeps a tenth of its links: the dispersion of all counts trebles, this one stays."""
    y, mu = draw(4000, seed=2)
    y[::10] = np.floor(y[::10] / 10)
    assert estimate_dispersion(y, mu) > 2.5 * ALPHA
    # two standard errors are 6 %; one half of a planted pair in the lower 5 % of its distribution is chance
    assert estimate_truncated_dispersion(y, mu) == pytest.approx(ALPHA, rel=0.12)


def test_without_gaps_it_is_hardly_smaller_than_that_of_all_counts() -> None:
    pairs = []
    for seed in range(40):
        y, mu = draw(400, seed=seed)
        pairs.append((estimate_truncated_dispersion(y, mu), estimate_dispersion(y, mu)))
    truncated, plain = np.array(pairs).T
    assert (truncated <= plain).all()
    assert truncated.mean() == pytest.approx(ALPHA, rel=0.06)
    assert plain.mean() == pytest.approx(ALPHA, rel=0.04)
    assert truncated.std() < 1.5 * plain.std()


def test_with_nothing_left_out_it_is_that_of_all_counts() -> None:
    y, mu = draw(200, seed=3)
    assert estimate_truncated_dispersion(y, mu, tail=0.0) == estimate_dispersion(y, mu)


def test_small_expectations_are_never_left_out() -> None:
    """Of pairs expected to have 0.5 links none can be far too low."""
    rng = np.random.default_rng(4)
    mu = np.full(2000, 0.5)
    y = rng.poisson(mu * rng.gamma(2, 0.5, 2000)).astype(float)
    assert estimate_truncated_dispersion(y, mu) == pytest.approx(estimate_dispersion(y, mu), rel=1e-3)


def test_counts_that_vary_no_more_than_chance_are_poisson() -> None:
    assert estimate_truncated_dispersion(np.tile([3.0, 5.0], 25), np.full(50, 4.0)) == 0.0


def test_only_the_gaps_vary_more_than_chance() -> None:
    """Poisson counts, one in ten of them a gap: what is left is Poisson but for little."""
    y, mu = draw(2000, seed=5, alpha=1e-6)
    y[::10] = np.floor(y[::10] / 10)
    assert estimate_dispersion(y, mu) > 0.05
    assert estimate_truncated_dispersion(y, mu) < 0.01


def test_the_slope_of_the_tail_by_hand() -> None:
    """Nothing but 0 is cut off: P(X > 0) = 1 - (1 + alpha mu)^(-1/alpha), at 0 1 - e^-mu with slope mu^2/2 e^-mu."""
    mu, none = np.array([3.0]), np.zeros(1)
    zero = np.exp(-3.0)
    assert build_tail_slope(none, mu)(0.0) == pytest.approx(4.5 * zero / (1 - zero))
    zero = 2.5**-2.0
    slope = zero * (4 * np.log(2.5) - 2 * 3 / 2.5)
    assert build_tail_slope(none, mu)(0.5) == pytest.approx(slope / (1 - zero))


@pytest.mark.parametrize("alpha", [0.001, 0.1, 2.0])
def test_the_slope_of_the_tail_by_differences(alpha: float) -> None:
    mu = np.array([2.0, 8.0, 60.0, 2000.0])
    last = nbinom.ppf(0.2, 1 / alpha, 1 / (1 + alpha * mu)) + 1

    def loss(at: float) -> float:
        return -float(nbinom.logsf(last, 1 / at, 1 / (1 + at * mu)).sum())

    slope = (loss(alpha * 1.0001) - loss(alpha * 0.9999)) / (0.0002 * alpha)
    assert build_tail_slope(last, mu)(alpha) == pytest.approx(slope, rel=1e-6)


def test_the_slope_of_the_tail_runs_into_poisson() -> None:
    mu, last = np.array([5.0, 40.0]), np.array([1.0, 31.0])
    # the plain form has no digit left at 1e-13
    assert build_tail_slope(last, mu)(1e-13) == pytest.approx(build_tail_slope(last, mu)(0.0), rel=1e-6)


@pytest.mark.parametrize("alpha", [1e-3, 0.1, 0.5, 20.0])
def test_sums_and_differences_of_the_tail_agree(alpha: float) -> None:
    """A pair whose tail is one count too long for the sum, beside one that is just short enough."""
    mu = np.full(2, 40.0)
    short, long = (build_tail_slope(np.full(2, last), mu)(alpha) for last in (32.0, 33.0))
    ratio = nbinom.sf(32, 1 / alpha, 1 / (1 + alpha * mu[0])) / nbinom.sf(33, 1 / alpha, 1 / (1 + alpha * mu[0]))
    score = 2 * build_tail_slope(np.full(1, 32.0), mu[:1])(alpha)
    assert short == pytest.approx(score, rel=1e-12)
    # by hand: P(X > 33) = P(X > 32) - P(33), and the slope of P(33) is P(33) times its score
    own = build_score(np.full(1, 33.0), mu[:1])(alpha)
    assert long == pytest.approx(ratio * short + (ratio - 1) * 2 * own, rel=1e-9)


def test_nothing_cut_off_has_no_slope() -> None:
    assert build_tail_slope(np.zeros(0), np.zeros(0))(0.3) == 0.0


def test_more_than_two_hundred_regions_have_the_dispersion_of_the_exact_adjustment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """210 regions, so that the adjustment is interpolated; worked out each time it gives the same."""
    rng = np.random.default_rng(4)
    i, j = np.triu_indices(210, 1)
    size = rng.normal(0, 0.7, 210)
    mean = np.exp(size[i] + size[j]) * rng.gamma(1 / 0.3, 0.3, len(i))
    fit = fit_ppml(rng.poisson(mean).astype(float), rng.normal(size=(len(i), 1)), [Effect("region", i, j)])
    assert fit.parameters > MANY
    mu = np.exp(fit.mean.eta)
    near = estimate_truncated_dispersion(fit.design.y, mu, design=fit.design)
    monkeypatch.setattr("analysis.loglinear.adjustment.MANY", 1000)
    exact = estimate_truncated_dispersion(fit.design.y, mu, design=fit.design)
    assert near == pytest.approx(exact, rel=1e-10)
    assert 0.25 < exact < 0.35


def test_a_dispersion_that_is_known_is_not_estimated_again(monkeypatch: pytest.MonkeyPatch) -> None:
    y, mu = draw(300, seed=1)
    y[:20] = np.floor(y[:20] / 10)
    both = estimate_both_dispersions(y, mu)
    monkeypatch.delattr("analysis.loglinear.truncated_dispersion.estimate_adjusted")
    assert estimate_both_dispersions(y, mu, plain=both[1]) == pytest.approx(both, rel=1e-9)
    assert estimate_both_dispersions(y, mu, plain=0.0) == (0.0, 0.0)
