"""Expectations without the pair itself: against the refit without it."""

from dataclasses import replace

import numpy as np
import pytest
from gravity_samples import make_study, simulate

from analysis.expectation.gravity import GravityFit, fit_gravity
from analysis.expectation.gravity_options import Family, GravityOptions
from analysis.loglinear.irls import Design, fit_mean
from analysis.loglinear.leave_one_out import LARGEST_LEVERAGE, measure_expectation


def fit_simulated(size: int, *, mean: float = 1.0, family: Family = "ppml", seed: int = 1) -> GravityFit:
    study, distances = make_study(size)
    network = simulate(study, distances, alpha=0.3, seed=seed, mean=mean)
    return fit_gravity(study, network, distances, options=GravityOptions(family=family))


def refit_without(design: Design, row: int, *, alpha: float = 0.0) -> float:
    keep = np.arange(len(design.y)) != row
    mean = fit_mean(design.subset(keep), alpha=alpha)
    return float(design.predict(mean.coefficients, mean.effects)[row])


@pytest.mark.parametrize("family", ["ppml", "nb2"])
def test_one_step_comes_close_to_a_refit(family: Family) -> None:
    fit = fit_simulated(16, family=family)
    design = fit.regression.design
    # the NB2 refit keeps the dispersion the fit was made with, which mean and deviance determine only in the fit
    alpha = 0.0 if family == "ppml" else fit.model.dispersion
    if family == "nb2":
        mean = fit_mean(design, alpha=alpha)
        fit = replace(fit, regression=replace(fit.regression, mean=mean))
    eta = fit.regression.mean.eta
    found = measure_expectation(design, eta, alpha=fit.model.dispersion, weighted=family == "nb2")
    rows = np.argsort(np.where(found.held, 0, found.leverage))[[-1, -2, -5, -20, 60]]
    exact = np.array([refit_without(design, row, alpha=alpha) for row in rows])
    moved = np.abs(eta[rows] - exact)
    assert moved.max() > 0.1
    assert np.abs(found.eta[rows] - exact).max() < 0.15 * moved.max() + 0.01


def test_variance_without_the_pair_equals_the_sandwich_of_the_others() -> None:
    fit = fit_simulated(12, mean=2.0)
    design, eta, alpha = fit.regression.design, fit.regression.mean.eta, 0.3
    found = measure_expectation(design, eta, alpha=alpha)
    columns = design.layout.columns
    full = np.hstack([design.x.T, np.eye(12)[columns[0]] + np.eye(12)[columns[1]]])
    mu, row = np.exp(eta), int(np.argmax(np.where(found.held, 0, found.leverage)))
    keep = np.arange(len(mu)) != row
    inverse = np.linalg.inv(full[keep].T @ (mu[keep, None] * full[keep]))
    middle = full[keep].T @ ((mu + alpha * mu**2)[keep, None] * full[keep])
    assert found.variance[row] == pytest.approx(full[row] @ inverse @ middle @ inverse @ full[row])


def test_a_pair_with_fewer_links_than_expected_is_expected_to_have_more_without_it() -> None:
    table = fit_simulated(20).table
    table = table[table["leverage"] <= LARGEST_LEVERAGE]
    short = table["observed"] < table["fitted"]
    assert (table.loc[short, "expected"] > table.loc[short, "fitted"]).all()
    assert (table.loc[~short, "expected"] <= table.loc[~short, "fitted"]).all()


def test_pairs_that_are_most_of_their_own_expectation_keep_it() -> None:
    fit = fit_simulated(8, mean=0.0, seed=1)
    held = fit.table["leverage"] > LARGEST_LEVERAGE
    assert held.any()
    assert fit.table.loc[held, "expected"].to_numpy() == pytest.approx(fit.table.loc[held, "fitted"].to_numpy())
    assert any(f"{int(held.sum())} pairs make up more than half" in note.en for note in fit.model.notes)


def test_pairs_can_take_part_in_their_own_expectation() -> None:
    study, distances = make_study(16)
    network = simulate(study, distances, alpha=0.3, seed=1)
    fit = fit_gravity(study, network, distances, options=GravityOptions(out_of_fold=False))
    assert fit.table["expected"].equals(fit.table["fitted"].rename("expected"))
    assert not fit.model.out_of_fold


def test_a_part_of_a_design_and_what_it_predicts() -> None:
    """The rows chosen keep outcome, covariates and effects; predictions of the fit are its linear predictor."""
    fit = fit_simulated(12)
    design, mean = fit.regression.design, fit.regression.mean
    assert design.predict(mean.coefficients, mean.effects) == pytest.approx(mean.eta)
    rows = np.arange(len(design.y)) % 3 == 0
    part = design.subset(rows)
    assert part.y.tolist() == design.y[rows].tolist()
    assert part.predict(mean.coefficients, mean.effects) == pytest.approx(mean.eta[rows])
    assert part.parameters == design.parameters
