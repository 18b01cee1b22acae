"""Counterfactuals: totals kept, and the published removal of borders."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from gravity_samples import make_study, simulate

from analysis.barriers.counterfactual import measure_counterfactual
from analysis.expectation.gravity import fit_gravity
from analysis.expectation.gravity_options import GravityOptions
from analysis.loglinear.effects import Effect
from analysis.loglinear.ppml import PoissonFit, fit_ppml
from regions import MethodError


def fit_directed(size: int = 6) -> tuple[PoissonFit, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    i, j = np.nonzero(np.ones((size, size)))
    x = rng.normal(size=(len(i), 1))
    y = rng.poisson(np.exp(2 + 0.5 * x[:, 0])).astype(float)
    return fit_ppml(y, x, [Effect("source", i), Effect("target", j)]), i, j


def test_every_region_keeps_its_total() -> None:
    fit, i, j = fit_directed()
    change = np.random.default_rng(2).normal(size=fit.n)
    found = measure_counterfactual(fit, change)
    for ends in (i, j):
        totals = [np.bincount(ends, values) for values in (found.baseline, found.conditional)]
        assert totals[1] == pytest.approx(totals[0])
    assert found.partial == pytest.approx(found.baseline * np.exp(change))


def test_a_full_matrix_is_balanced_as_sinkhorn_does() -> None:
    fit, _, _ = fit_directed()
    change = np.random.default_rng(3).normal(size=fit.n)
    matrix = (fit.fitted * np.exp(change)).reshape(6, 6)
    rows, columns = (fit.fitted.reshape(6, 6).sum(axis=axis) for axis in (1, 0))
    for _ in range(2000):
        matrix *= (rows / matrix.sum(axis=1))[:, None]
        matrix *= columns / matrix.sum(axis=0)
    assert measure_counterfactual(fit, change).conditional == pytest.approx(matrix.ravel())


def test_what_region_effects_absorb_changes_nothing() -> None:
    fit, i, _ = fit_directed()
    found = measure_counterfactual(fit, np.where(i == 2, 0.7, 0.0))
    assert found.conditional == pytest.approx(found.baseline)


@pytest.mark.parametrize("family", ["ppml", "nb2"])
def test_unordered_pairs_keep_the_totals_of_their_regions(family: str) -> None:
    study, distances = make_study(14)
    network = simulate(study, distances, alpha=0.3, seed=2, mean=2.0)
    fit = fit_gravity(study, network, distances, options=GravityOptions(family=family))  # type: ignore[arg-type]
    across = fit.table["different_parent"].to_numpy()
    found = measure_counterfactual(fit.regression, 0.5 * across)
    columns = fit.regression.design.layout.columns
    totals = [np.bincount(columns.ravel(), np.tile(values, 2)) for values in (found.baseline, found.conditional)]
    assert totals[1] == pytest.approx(totals[0])
    assert found.conditional[across == 1].sum() > found.baseline[across == 1].sum()


def test_unfit_questions_are_refused() -> None:
    fit, _, _ = fit_directed()
    with pytest.raises(MethodError, match=r"the change has shape \(2,\)"):
        measure_counterfactual(fit, np.zeros(2))
    plain = fit_ppml(np.array([1.0, 2.0, 4.0]), np.ones((3, 1)))
    with pytest.raises(MethodError, match="needs region effects"):
        measure_counterfactual(plain, np.zeros(3))


def test_exports_without_borders_as_published(golden: Callable[[str], Path]) -> None:
    """Yotov et al. (2016), chapter 2, application 1: 69 countries in 2006, conditional change of exports in percent.

    Their Stata output; ours solves the same equations further, 1e-6 of the percentages is their tolerance.
    """
    table = pd.read_csv(golden("gravity/agtpa_2006.csv.gz"))
    published = pd.read_csv(golden("gravity/agtpa_trade_without_border_published.csv")).set_index("country")
    codes = pd.Index(sorted(set(table["exporter"])))
    i, j = (codes.get_indexer(pd.Index(table[end])) for end in ("exporter", "importer"))
    abroad = (i != j).astype(float)
    x = np.column_stack([np.log(table["dist"]), table["cntg"], abroad])
    fit = fit_ppml(table["trade"].to_numpy(), x, [Effect("exporter", i), Effect("importer", j)])
    assert fit.coefficients == pytest.approx([-0.7912879097, 0.6736455713, -2.4744504558], abs=1e-8)
    found = measure_counterfactual(fit, -fit.coefficients[2] * abroad)
    before, after = (np.bincount(i, values * abroad) for values in (found.baseline, found.conditional))
    change = pd.Series(100 * (after / before - 1), index=codes)
    assert change[["ARG", "AUS", "AUT"]].tolist() == pytest.approx([65.524279, 229.559411, 59.211939], abs=1e-6)
    assert len(published) == 69
    assert change[published.index].to_numpy() == pytest.approx(published["change_Xi_CDL"].to_numpy(), rel=1e-7)


def test_other_rows_than_those_of_the_fit() -> None:
    """A pair set aside is expected as the others say, and its links move with theirs; totals are those of all rows."""
    i, j = np.triu_indices(6, k=1)
    rng = np.random.default_rng(2)
    y, x = rng.poisson(9, 15).astype(float), rng.normal(size=(15, 1))
    whole = fit_ppml(y, x, [Effect("region", i, j)])
    kept = np.arange(15) != 4
    fit = fit_ppml(y[kept], x[kept], [Effect("region", i[kept], j[kept])])
    change = np.where(i == 0, 0.5, 0.0)
    found = measure_counterfactual(fit, change, rows=whole.design)
    assert found.baseline[kept] == pytest.approx(fit.fitted)
    assert found.partial == pytest.approx(found.baseline * np.exp(change))
    totals = [np.bincount(i, v, 6) + np.bincount(j, v, 6) for v in (found.baseline, found.conditional)]
    assert totals[1] == pytest.approx(totals[0])
