"""Grades by hand, and which pairs count as proven."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from gravity_samples import fit_embedded, make_study
from scipy.stats import nbinom

from analysis.expectation import grades
from analysis.expectation.false_discovery_rate import Correction, measure_q_values
from analysis.expectation.grades import GRADES, find_proven, find_short, grade_pairs, measure_evidence
from analysis.expectation.gravity import GravityFit, fit_gravity
from analysis.expectation.shrinkage import measure_shrunken
from analysis.expectation.simulate import Truth, simulate_network
from analysis.loglinear.predictive import measure_predictive_probability


@pytest.mark.parametrize(
    ("gap", "p", "q", "below", "grade"),
    [
        (5.0, 0.001, 0.04, 0.99, "strong"),
        (5.0, 0.001, 0.05, 0.99, "moderate"),  # q must be below .05, not at it
        (5.0, 0.04, 0.9, 0.10, "moderate"),
        (5.0, 0.30, 0.9, 0.95, "moderate"),
        (5.0, 0.30, 0.9, 0.80, "weak"),
        (5.0, 0.30, 0.9, 0.79, "none"),
        (0.0, 0.001, 0.001, 0.99, "none"),  # no gap, however sure the rest
        (-2.0, 0.001, 0.001, 0.99, "none"),
        (0.5, 0.001, 0.04, 0.99, "strong"),  # however small the gap
        (5.0, 0.05, 0.9, 0.10, "none"),  # p must be below .05, too
    ],
)
def test_grades_by_hand(gap: float, p: float, q: float, below: float, grade: str) -> None:
    table = pd.DataFrame({"gap": [gap], "p": [p], "q": [q], "shortfall_probability": [below]})
    assert grade_pairs(table) == [grade]


def test_a_table_without_rows_has_no_grades() -> None:
    assert grade_pairs(pd.DataFrame({"gap": [], "p": [], "q": [], "shortfall_probability": []}, dtype=float)) == []


def test_p_without_uncertainty_is_that_of_scipy() -> None:
    fit = fit_embedded("china")
    table = fit.table.assign(linear_error=0.0)
    found = measure_evidence(replace(fit, table=table))
    r = 1 / fit.model.dispersion
    expected = nbinom.cdf(table["observed"], r, r / (r + table["expected"]))
    assert found["p"].to_numpy() == pytest.approx(expected, rel=1e-9)


def change(fit: GravityFit, **facts: object) -> GravityFit:
    """Give a fit other findings."""
    return replace(fit, model=replace(fit.model, **facts))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def fit() -> GravityFit:
    """Fit the provinces in weights that are counts times 3, true ratios more dispersed, the index an odd one."""
    fit = change(fit_embedded("china"), unit=3.0, ratio_dispersion=0.7)
    table = fit.table.assign(observed=fit.table["observed"] * 3, expected=fit.table["expected"] * 3)
    return replace(fit, table=table.set_axis(np.arange(len(table)) + 100))


@pytest.mark.parametrize("correction", ["bh", "by"])
@pytest.mark.parametrize("out_of_fold", [True, False])
def test_every_column_by_its_definition(fit: GravityFit, correction: Correction, *, out_of_fold: bool) -> None:
    """In link events; an expectation that holds its own count is taken as known in the shrinkage, not in p."""
    asked = replace(fit, options=replace(fit.options, out_of_fold=out_of_fold))
    found = measure_evidence(asked, correction=correction)
    x, mu = (fit.table[name].to_numpy() / 3 for name in ("observed", "expected"))
    variance = fit.table["linear_error"].to_numpy() ** 2
    p = measure_predictive_probability(x, np.log(mu), variance, alpha=fit.model.dispersion)
    shrunken = measure_shrunken(x, mu, alpha=0.7, variance=variance if out_of_fold else 0.0)
    assert found.index.tolist() == fit.table.index.tolist()
    assert list(found) == ["p", "q", "shrunken_ratio", "shortfall_probability", "grade"]
    assert found["p"].to_numpy() == pytest.approx(np.minimum(p, 1), rel=1e-12)
    assert found["q"].to_numpy() == pytest.approx(measure_q_values(np.minimum(p, 1), correction=correction), rel=1e-12)
    assert found["shrunken_ratio"].to_numpy() == pytest.approx(shrunken.ratio, rel=1e-12)
    assert found["shortfall_probability"].to_numpy() == pytest.approx(shrunken.below, rel=1e-12)
    assert found["grade"].tolist() == grade_pairs(found.assign(gap=mu - x))
    assert 0 < (found["grade"] != "none").sum() < (x < mu).sum()


def test_the_usual_correction_is_that_of_benjamini_and_hochberg(fit: GravityFit) -> None:
    pd.testing.assert_frame_equal(measure_evidence(fit), measure_evidence(fit, correction="bh"))


def test_p_is_at_most_one_whatever_the_rounding(fit: GravityFit, monkeypatch: pytest.MonkeyPatch) -> None:
    above = np.full(len(fit.table), 1 + 2e-16)
    monkeypatch.setattr(grades, "measure_predictive_probability", lambda *_, **__: above)
    found = measure_evidence(fit)
    assert (found["p"] == 1).all()
    assert not find_proven(fit).any()


def test_proven_is_below_expectation_and_significant_at_once(fit: GravityFit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of four pairs: short and sure, short and unsure, above and sure; as expected and sure."""
    table = fit.table.iloc[:4].assign(observed=[3.0, 3.0, 9.0, 6.0], expected=6.0)
    monkeypatch.setattr(grades, "_measure_p", lambda _: np.array([0.001, 0.9, 0.002, 0.003]))
    assert find_proven(replace(fit, table=table)).tolist() == [True, False, False, False]
    monkeypatch.setattr(grades, "_measure_p", lambda _: np.array([0.05]))
    assert not find_proven(replace(fit, table=table.iloc[:1])).any()  # q must be below .05, not at it


def test_uncertain_expectations_give_milder_p() -> None:
    """Of pairs far below expectation: what is not known well is proven less."""
    fit = fit_embedded("china")
    sure = replace(fit, table=fit.table.assign(linear_error=0.0))
    low = (fit.table["observed"] < fit.table["expected"] / 3) & (fit.table["expected"] > 5)
    assert low.sum() >= 3
    assert (measure_evidence(fit)["p"] > measure_evidence(sure)["p"])[low].all()


def test_proven_pairs_are_those_of_the_register() -> None:
    study, distances = make_study(26)
    network = simulate_network(study, distances, Truth(mean=3.5, dispersion=0.02, planted=0.05), seed=3)
    planted = network.graph.pop("truth")["planted"]
    fit = fit_gravity(study, network, distances)
    proven, found = find_proven(fit), measure_evidence(fit)
    assert proven.tolist() == (found["grade"] == GRADES[0]).tolist()
    assert proven.sum() >= 3
    ends = pd.MultiIndex.from_frame(fit.table[["source", "target"]])
    assert planted.reindex(ends)[proven].mean() > 0.8
    assert found["q"].to_numpy() == pytest.approx(measure_q_values(found["p"].to_numpy()))


def test_hardly_anything_is_proven_where_everything_is_as_expected() -> None:
    """At the level of 5 % one network in twenty has a false proof: of ten two or more have a probability of 9 %."""
    study, distances = make_study(20)
    found = []
    for seed in range(10):
        network = simulate_network(study, distances, Truth(mean=3.0, dispersion=0.0), seed=seed)
        network.graph.pop("truth")
        fit = fit_gravity(study, network, distances)
        found.append(find_proven(fit).sum())
        assert set(measure_evidence(fit)["grade"]) <= set(GRADES)
    assert np.count_nonzero(found) <= 1
    assert max(found) <= 1


def test_a_million_grades_are_four_texts() -> None:
    table = pd.DataFrame({"gap": [1.0] * 9, "p": [0.04] * 9, "q": [0.5] * 9, "shortfall_probability": [0.9] * 9})
    grades = grade_pairs(table)
    assert grades == ["moderate"] * 9
    assert len({id(grade) for grade in grades}) == 1
    assert type(grades[0]) is str


@pytest.mark.parametrize("out_of_fold", [True, False])
def test_short_are_those_with_a_grade(fit: GravityFit, *, out_of_fold: bool) -> None:
    asked = replace(fit, options=replace(fit.options, out_of_fold=out_of_fold))
    found = measure_evidence(asked)
    unlikely = found["p"] < grades.SIGNIFICANT
    graded = found["grade"] != "none"
    assert (graded & unlikely).any()
    assert (graded & ~unlikely).any()  # both ways to a grade are taken
    assert find_short(asked).tolist() == graded.tolist()
