"""How well a gravity model fits, by hand and in simulation."""

import json
from dataclasses import replace

import numpy as np
import pytest
from gravity_samples import fit_embedded, make_study, simulate
from scipy.stats import norm

from analysis.expectation.goodness_of_fit import add_fit, measure_fit
from analysis.expectation.gravity import fit_gravity
from analysis.gaps.register import measure_gaps
from analysis.scores.auc import measure_auc
from regions import MethodError


def test_auc_by_hand() -> None:
    positive = np.array([True, False, True, False])
    assert measure_auc(np.array([4.0, 3.0, 2.0, 1.0]), positive)[0] == 0.75
    assert measure_auc(np.array([1.0, 1.0, 1.0, 1.0]), positive)[0] == 0.5
    assert np.isnan(measure_auc(np.ones(2), np.array([True, True]))[0])
    assert np.isnan(measure_auc(np.ones(2), np.array([False, False]))[0])


def test_auc_is_not_swayed_by_rounding() -> None:
    """The two differ in the last bit alone, so neither is expected to have more."""
    assert measure_auc(np.array([0.3, 0.1 + 0.2]), np.array([False, True]))[0] == 0.5


def test_every_figure_by_hand() -> None:
    """Six pairs in link events of weight 2, dispersion 1/10, two parameters; the interval is 1.96 standard errors."""
    fit = fit_embedded("china")
    table = (
        fit.table.head(6)
        .set_axis(range(10, 16))
        .assign(
            observed=[0.0, 2.0, 4.0, 8.0, 0.0, 10.0],
            expected=[1.0, 0.8, 8.0, 6.0, 1.2, 4.0],
            fitted=[2.0, 2.0, 6.0, 4.0, 2.0, 8.0],
        )
    )
    model = replace(fit.model, unit=2.0, dispersion=0.1, pairs=6, parameters=2)
    report = measure_fit(replace(fit, model=model, table=table), groups=2)
    # x - m of -1 0 -1 2 -1 1 over m + m²/10 of 1.1 1.1 3.9 2.4 1.1 5.6, with four degrees of freedom
    assert report.pearson == pytest.approx((1 / 1.1 + 1 / 3.9 + 4 / 2.4 + 1 / 1.1 + 1 / 5.6) / 4, rel=1e-12)
    # linked, one of them by a single event: .8 8 6 4; not: 1 and 1.2, more than the first and less than the others
    assert report.auc == 0.75
    assert (report.deviance, report.pseudo_r2) == (model.deviance, model.pseudo_r2)
    calibration = report.calibration
    assert list(calibration) == ["pairs", "expected", "observed", "low", "high"]
    assert calibration["pairs"].to_dict() == {0: 3, 1: 3}
    assert calibration.index.name == "group"
    assert calibration["expected"].to_numpy() == pytest.approx([1, 6], rel=1e-12)
    assert calibration["observed"].to_numpy() == pytest.approx([2 / 3, 22 / 3], rel=1e-12)
    few = 1.5 + (0.25 + 0.16 + 0.36) / 10  # of mu .5 .4 .6, and of mu 4 3 2
    many = 9 + (16 + 9 + 4) / 10
    width = norm.ppf(0.975) * 2 * np.sqrt([few, many]) / 3
    assert width[0] > 1
    assert calibration["low"].to_numpy() == pytest.approx([0, 6 - width[1]], rel=1e-12)
    assert calibration["high"].to_numpy() == pytest.approx([1 + width[0], 6 + width[1]], rel=1e-12)


def test_low_ends_of_calibration_may_lie_between_zero_and_one() -> None:
    fit = fit_embedded("china")
    table = fit.table.head(400).assign(expected=np.repeat([0.5, 2.0], 200))
    low = measure_fit(replace(fit, table=table), groups=2).calibration["low"]
    assert 0 < low.iloc[0] < 0.5


def test_pairs_expected_alike_but_for_rounding_are_one_group() -> None:
    fit = fit_embedded("china")
    alike = fit.table.assign(expected=np.resize([0.3, 0.1 + 0.2], len(fit.table)))
    assert measure_fit(replace(fit, table=alike)).calibration["pairs"].to_dict() == {0: 465}


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


@pytest.mark.parametrize("groups", [0, -1, 466])
def test_impossible_groups_are_refused(groups: int) -> None:
    with pytest.raises(MethodError, match=rf"^465 pairs cannot be split into {groups} groups$"):
        measure_fit(fit_embedded("china"), groups=groups)


@pytest.mark.parametrize("groups", [1, 2, 6])
def test_groups_from_all_in_one_to_each_alone(groups: int) -> None:
    fit = fit_embedded("china")
    few = replace(fit, table=fit.table.head(6).assign(expected=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]))
    assert measure_fit(few, groups=groups).calibration["pairs"].tolist() == [6 // groups] * groups


def test_the_summary_carries_the_calibration_as_plain_values() -> None:
    fit = fit_embedded("china")
    report = measure_fit(fit)
    plain = json.loads(json.dumps(measure_gaps(fit).model, allow_nan=False))
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
