"""Covariances against explicit matrices."""

import numpy as np
import pytest

from analysis.loglinear.covariance import (
    measure_clustered,
    measure_linear_variance,
    measure_model_errors,
    measure_outside_variance,
    measure_robust,
    number_dyads,
)
from analysis.loglinear.effects import Effect
from analysis.loglinear.nb2_dispersion import fit_nb2
from analysis.loglinear.ppml import fit_ppml

RNG = np.random.default_rng(6)
I, J = np.triu_indices(7, k=1)  # noqa: E741 - the ends of the pairs
X = RNG.normal(size=(21, 2))
Y = RNG.negative_binomial(2, 2 / 7, 21).astype(float)
FULL = np.hstack([X, np.eye(7)[I] + np.eye(7)[J]])


def test_robust_by_hand() -> None:
    scores = np.array([[1.0, -2.0, 3.0, 0.0]])
    assert measure_robust(np.array([[0.5]]), scores, 2)[0, 0] == pytest.approx(0.25 * 14 * 4 / 2)


def test_no_more_observations_than_parameters_have_no_robust_error() -> None:
    assert np.isnan(measure_robust(np.eye(1), np.ones((1, 3)), 3)).all()


def test_dyads_that_share_a_region_count_together_once() -> None:
    # pairs 0-1, 0-2, 1-2, 3-4: each of the first three shares a region with the other two, none with the last
    scores = np.array([[1.0, 10.0, 100.0, 1000.0]])
    pairs = np.array([0, 0, 1, 3]), np.array([1, 2, 2, 4])
    assert measure_clustered(np.eye(1), scores, pairs)[0, 0] == pytest.approx(111**2 + 1000**2)


def test_both_directions_of_a_dyad_are_one_cluster() -> None:
    scores = np.array([[1.0, 10.0]])
    pairs = np.array([0, 1]), np.array([1, 0])
    assert measure_clustered(np.eye(1), scores, pairs)[0, 0] == pytest.approx(121)


def test_clustering_agrees_with_the_sum_over_all_pairs_of_pairs() -> None:
    scores = RNG.normal(size=(2, 21))
    ends = np.eye(7)[I] + np.eye(7)[J]
    share = (ends @ ends.T > 0).astype(float)
    expected = scores @ share @ scores.T
    found = measure_clustered(np.eye(2), scores, (I, J))
    values, vectors = np.linalg.eigh(expected)  # the estimator may be indefinite: negative eigenvalues become zero
    assert found == pytest.approx((vectors * np.maximum(values, 0)) @ vectors.T)


def test_variance_of_the_linear_predictor_equals_the_full_sandwich() -> None:
    fit = fit_ppml(Y, X, [Effect("region", I, J)])
    mu, alpha = fit.fitted, 0.4
    inverse = np.linalg.inv(FULL.T @ (mu[:, None] * FULL))
    middle = FULL.T @ ((mu + alpha * mu**2)[:, None] * FULL)
    variance, leverage = measure_linear_variance(fit.design, fit.mean.eta, alpha=alpha)
    assert variance == pytest.approx(np.einsum("ij,jk,ik->i", FULL, inverse @ middle @ inverse, FULL))
    assert leverage == pytest.approx(mu * np.einsum("ij,jk,ik->i", FULL, inverse, FULL))
    assert leverage.sum() == pytest.approx(fit.parameters)


def test_an_nb2_fit_has_the_inverse_information_as_covariance() -> None:
    fit = fit_nb2(Y, X, [Effect("region", I, J)])
    mu = fit.regression.fitted
    weight = mu / (1 + 0.4 * mu)
    inverse = np.linalg.inv(FULL.T @ (weight[:, None] * FULL))
    design, eta = fit.regression.design, fit.regression.mean.eta
    variance, leverage = measure_linear_variance(design, eta, alpha=0.4, weighted=True)
    assert variance == pytest.approx(np.einsum("ij,jk,ik->i", FULL, inverse, FULL))
    assert leverage == pytest.approx(weight * variance)


def test_redundant_effects_do_not_change_the_variance() -> None:
    i, j = np.nonzero(~np.eye(5, dtype=bool))
    y, x = RNG.poisson(5, 20).astype(float), RNG.normal(size=(20, 1))
    fit = fit_ppml(y, x, [Effect("source", i), Effect("target", j)])
    full = np.hstack([x, np.eye(5)[i], np.eye(5)[j]])
    inverse = np.linalg.pinv(full.T @ (fit.fitted[:, None] * full))
    variance, leverage = measure_linear_variance(fit.design, fit.mean.eta, alpha=0.0)
    assert variance == pytest.approx(np.einsum("ij,jk,ik->i", full, inverse, full))
    assert leverage.sum() == pytest.approx(1 + 9)


@pytest.mark.parametrize("weighted", [False, True])
def test_pairs_outside_the_fit_have_the_variance_of_their_own_place(weighted: bool) -> None:
    """Without pairs 0 and 5: the sandwich of the other nineteen, and of these the same variance as from inside."""
    kept = ~np.isin(np.arange(21), [0, 5])
    fit = fit_ppml(Y, X, [Effect("region", I, J)])
    design = fit.design.subset(kept)
    eta, alpha = fit.mean.eta[kept], 0.4
    mu = np.exp(eta)
    weights = mu / (1 + alpha * mu) if weighted else mu
    inverse = np.linalg.inv(FULL[kept].T @ (weights[:, None] * FULL[kept]))
    middle = FULL[kept].T @ ((mu + alpha * mu**2)[:, None] * FULL[kept])
    full = inverse if weighted else inverse @ middle @ inverse
    found = measure_outside_variance(design, eta, fit.design.subset(~kept), alpha=alpha, weighted=weighted)
    assert found == pytest.approx(np.einsum("ij,jk,ik->i", FULL[~kept], full, FULL[~kept]))
    again = measure_outside_variance(design, eta, design, alpha=alpha, weighted=weighted)
    assert again == pytest.approx(measure_linear_variance(design, eta, alpha=alpha, weighted=weighted)[0])


@pytest.mark.parametrize("weighted", [False, True])
def test_the_errors_of_the_model_are_the_block_of_the_full_sandwich(weighted: bool) -> None:
    fit = fit_ppml(Y, X, [Effect("region", I, J)])
    mu, alpha = fit.fitted, 0.4
    weight = mu / (1 + alpha * mu) if weighted else mu
    inverse = np.linalg.inv(FULL.T @ (weight[:, None] * FULL))
    middle = FULL.T @ ((mu + alpha * mu**2)[:, None] * FULL)
    full = inverse if weighted else inverse @ middle @ inverse
    found = measure_model_errors(fit.design, fit.mean.eta, alpha=alpha, weighted=weighted)
    assert found == pytest.approx(np.sqrt(full.diagonal()[:2]), rel=1e-10)


def test_one_dummy_by_hand() -> None:
    """Two groups of three around 2 and 5: the variances of the log means are (1 + alpha mu) / (3 mu)."""
    x = np.array([[1.0, 0], [1, 0], [1, 0], [1, 1], [1, 1], [1, 1]])
    fit = fit_ppml(np.array([1.0, 2, 3, 4, 5, 6]), x)
    first, second = (1 + 0.3 * 2) / 6, (1 + 0.3 * 5) / 15
    found = measure_model_errors(fit.design, fit.mean.eta, alpha=0.3)
    assert found == pytest.approx(np.sqrt([first, first + second]))


def test_what_lasts_in_a_group_does_not_average_out() -> None:
    """The middle of groups of three pairs: mu, and alpha times the square of the sum over the group."""
    fit = fit_ppml(Y, X, [Effect("region", I, J)])
    mu, groups = fit.fitted, np.arange(21) // 3
    inverse = np.linalg.inv(FULL.T @ (mu[:, None] * FULL))
    together = np.add.reduceat(FULL * mu[:, None], np.arange(0, 21, 3))
    middle = FULL.T @ (mu[:, None] * FULL) + 0.4 * together.T @ together
    lasting = np.sqrt((inverse @ middle @ inverse).diagonal()[:2])
    alone = measure_model_errors(fit.design, fit.mean.eta, alpha=0.4)
    found = measure_model_errors(fit.design, fit.mean.eta, alpha=0.4, groups=groups)
    assert found == pytest.approx(np.maximum(lasting, alone))
    each = measure_model_errors(fit.design, fit.mean.eta, alpha=0.4, groups=np.arange(21))
    assert each == pytest.approx(alone)


def test_dyads_are_numbered_whatever_their_direction() -> None:
    found = number_dyads(np.array([0, 2, 1, 0]), np.array([1, 0, 0, 2]))
    assert found.tolist() == [0, 1, 0, 1]
