"""How well a gravity model fits, by hand and in simulation."""

import json
from dataclasses import replace

import numpy as np
import pytest
from gravity_samples import fit_embedded, make_study, simulate

from analysis.expectation.goodness_of_fit import add_fit, measure_auc, measure_fit
from analysis.expectation.gravity import fit_gravity
from analysis.gaps.register import measure_gaps
from regions import MethodError


def test_auc_by_hand() -> None:
    positive = np.array([True, False, True, False])
    assert measure_auc(np.array([4.0, 3.0, 2.0, 1.0]), positive) == 0.75
    assert measure_auc(np.array([1.0, 1.0, 1.0, 1.0]), positive) == 0.5
    assert np.isnan(measure_auc(np.ones(2), np.array([True, True])))


def test_calibration_adds_up_and_holds() -> None:
    study, distances = make_study(40)
    fit = fit_gravity(study, simulate(study, distances, alpha=0.3, seed=1), distances)
    report = measure_fit(fit)
    table = report.calibration
    assert table["pairs"].tolist() == [78] * 10
    for name in ("expected", "observed"):
        assert (table[name] * table["pairs"]).sum() == pytest.approx(fit.table[name].sum())
    assert table["expected"].is_monotonic_increasing
    assert table["observed"].between(table["low"], table["high"]).sum() >= 8
    assert report.pearson == pytest.approx(1.0, abs=0.2)
    assert 0.7 < report.auc < 1
    assert (report.deviance, report.pseudo_r2) == (fit.model.deviance, fit.model.pseudo_r2)


def test_a_model_without_distance_is_told_apart() -> None:
    """Provinces: distance and borders tell linked from unlinked pairs better than the regions alone."""
    assert measure_fit(fit_embedded("china")).auc > measure_fit(fit_embedded("china", covariates=())).auc > 0.5


def test_the_unit_does_not_matter() -> None:
    table = measure_fit(fit_embedded("china", "newman")).calibration
    assert (table["low"] <= table["expected"]).all()
    assert (table["expected"] * table["pairs"]).sum() == pytest.approx(414, rel=0.05)


@pytest.mark.parametrize("groups", [0, 466])
def test_impossible_groups_are_refused(groups: int) -> None:
    with pytest.raises(MethodError, match="465 pairs cannot be split"):
        measure_fit(fit_embedded("china"), groups=groups)


def test_the_summary_carries_the_calibration_as_plain_values() -> None:
    fit = fit_embedded("china")
    report = measure_fit(fit)
    plain = json.loads(json.dumps(measure_gaps(fit).attrs["model"], allow_nan=False))
    assert plain["auc"] == pytest.approx(report.auc)
    assert (plain["deviance"], plain["dispersion"]) == (fit.model.deviance, fit.model.dispersion)
    assert [list(group) for group in plain["calibration"]] == [["pairs", "expected", "observed", "low", "high"]] * 10
    for name, values in report.calibration.items():
        assert [group[name] for group in plain["calibration"]] == pytest.approx(values.tolist())


def test_few_pairs_make_few_groups() -> None:
    """Of 23 pairs four groups of five or more; of four pairs one; pairs expected alike are one group however many."""
    fit = fit_embedded("china")
    for pairs, groups in ((23, 4), (4, 1)):
        found = add_fit(replace(fit, table=fit.table.head(pairs))).calibration
        assert len(found) == groups
        assert sum(group.pairs for group in found) == pairs
    (alike,) = add_fit(replace(fit, table=fit.table.assign(expected=2.0))).calibration
    assert (alike.pairs, alike.expected) == (465, 2.0)
    assert alike.observed == pytest.approx(fit.table["observed"].mean())
