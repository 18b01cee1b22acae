"""Grades by hand, and which pairs count as proven."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from gravity_samples import fit_embedded, make_study
from scipy.stats import nbinom

from analysis.expectation.evidence import GRADES, find_proven, grade_pairs, measure_evidence
from analysis.expectation.gravity import fit_gravity
from analysis.expectation.multiple import measure_q_values
from analysis.expectation.simulate import Truth, simulate_network


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
    proven, evidence = find_proven(fit), measure_evidence(fit)
    assert proven.tolist() == (evidence["grade"] == GRADES[0]).tolist()
    assert proven.sum() >= 3
    ends = pd.MultiIndex.from_frame(fit.table[["source", "target"]])
    assert planted.reindex(ends)[proven].mean() > 0.8
    assert evidence["q"].to_numpy() == pytest.approx(measure_q_values(evidence["p"].to_numpy()))


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
