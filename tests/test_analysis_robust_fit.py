"""Proven gaps are set aside: what remains is the fit of the others, and they sway it no more."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from gravity_samples import fit_embedded, make_study

from analysis.expectation.grades import find_proven
from analysis.expectation.gravity import GravityFit, fit_gravity
from analysis.expectation.gravity_options import Effects, Family, GravityOptions
from analysis.expectation.robust_fit import fit_expectation, refit_robustly
from analysis.expectation.simulate import Truth, simulate_network
from analysis.gaps.register import find_gaps, measure_gaps
from analysis.loglinear.covariance import measure_model_errors
from analysis.loglinear.leave_one_out import LARGEST_LEVERAGE
from analysis.loglinear.ppml import fit_ppml
from analysis.loglinear.truncated_dispersion import estimate_truncated_dispersion

STUDY, DISTANCES = make_study(30)
TRUTH = Truth(mean=3.0, dispersion=0.02, planted=0.15)


def plant(seed: int = 1) -> tuple[nx.Graph, pd.DataFrame]:
    network = simulate_network(STUDY, DISTANCES, TRUTH, seed=seed)
    return network, network.graph.pop("truth")


def list_aside(fit: GravityFit) -> "pd.Series[bool]":
    return pd.Series(~fit.regression.used, index=pd.MultiIndex.from_frame(fit.table[["source", "target"]]))


def test_planted_gaps_are_set_aside_and_seen_by_the_others() -> None:
    network, truth = plant()
    plain = fit_gravity(STUDY, network, DISTANCES)
    fit = refit_robustly(plain)
    aside = list_aside(fit)
    planted = truth["planted"].reindex(aside.index)
    assert aside[planted].mean() > 0.9
    assert aside[~planted].mean() < 0.01
    # 15 % planted gaps make the dispersion of all pairs several times too large
    assert plain.model.dispersion > 0.1
    assert fit.model.dispersion == pytest.approx(0.02, abs=0.01)
    # and their regions look smaller than they are
    errors = [np.log(each.table["expected"].to_numpy() / truth["mean"].to_numpy()) for each in (plain, fit)]
    assert abs(errors[0].mean()) > 0.05
    assert abs(errors[1].mean()) < 0.6 * abs(errors[0].mean())
    assert errors[1].std() < 0.7 * errors[0].std()


def test_the_fit_is_that_of_the_pairs_kept() -> None:
    """By hand: PPML of the kept rows gives coefficients, errors and the expectations of those set aside."""
    network, _ = plant()
    fit = refit_robustly(fit_gravity(STUDY, network, DISTANCES))
    design, used = fit.regression.design, fit.regression.used
    assert 10 < (~used).sum() < 25
    table = fit.table[used]
    ends = (table["source"].str[1:].astype(int).to_numpy(), table["target"].str[1:].astype(int).to_numpy())
    dummies = np.eye(30)[ends[0]] + np.eye(30)[ends[1]]
    names = list(fit.covariates)
    y = table["observed"].to_numpy(dtype=float)
    other = fit_ppml(y, np.hstack([table[names].to_numpy(dtype=float), dummies]), pairs=ends)
    found = fit.model.coefficients
    assert found["estimate"].to_numpy() == pytest.approx(other.coefficients[: len(names)], rel=1e-6)
    assert fit.regression.errors == pytest.approx(other.errors[: len(names)], rel=1e-6)
    errors = measure_model_errors(design, fit.regression.mean.eta, alpha=fit.model.dispersion)
    assert found["error"].to_numpy() == pytest.approx(errors, rel=1e-12)
    away = fit.table[~used]
    first, second = (np.eye(30)[away[end].str[1:].astype(int)] for end in ("source", "target"))
    eta = np.hstack([away[names].to_numpy(dtype=float), first + second]) @ other.coefficients
    assert away["expected"].to_numpy() == pytest.approx(np.exp(eta), rel=1e-6)
    assert away["fitted"].to_numpy() == pytest.approx(np.exp(eta), rel=1e-6)
    assert (away["leverage"] == 0).all()
    assert fit.model.dispersion == estimate_truncated_dispersion(
        design.y, np.exp(fit.regression.mean.eta), design=design
    )


def test_shrunken_ratios_know_that_there_are_gaps() -> None:
    """Counts vary little by chance, true ratios much: a pair with a tenth of its links is not pulled to 1."""
    network, truth = plant()
    fit = refit_robustly(fit_gravity(STUDY, network, DISTANCES))
    assert fit.model.ratio_dispersion > 4 * fit.model.dispersion
    gaps = measure_gaps(fit).table.set_index(["source", "target"])
    planted = gaps[truth["planted"].reindex(gaps.index)]
    assert planted["shrunken_ratio"].median() < 0.3
    assert (planted["shortfall_probability"] > 0.99).all()
    others = gaps.drop(index=planted.index)
    assert others["shrunken_ratio"].median() == pytest.approx(1.0, abs=0.05)
    assert np.abs(others["shrunken_ratio"] - 1).mean() < np.abs(others["ratio"] - 1).mean()


def test_no_further_pair_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    """One round is not enough here: with the gaps of the first set aside, two more come to light."""
    network, _ = plant(seed=2)
    plain = fit_gravity(STUDY, network, DISTANCES)
    fit = refit_robustly(plain)
    assert find_proven(fit)[~fit.regression.used].all()
    assert not (find_proven(fit) & fit.regression.used).any()
    monkeypatch.setattr("analysis.expectation.robust_fit._ROUNDS", 1)
    first = refit_robustly(plain)
    assert (
        (find_proven(first) & first.regression.used).sum() == (~fit.regression.used & first.regression.used).sum() > 0
    )


def test_the_note_says_how_many() -> None:
    network, _ = plant()
    fit = refit_robustly(fit_gravity(STUDY, network, DISTANCES))
    (note,) = [note for note in fit.model.notes if "set aside" in note.en]
    assert note.en.startswith(f"{int((~fit.regression.used).sum())} pairs are proven")
    assert note.zh.startswith(f"{int((~fit.regression.used).sum())} 对地区")


def test_without_proven_gaps_nothing_changes_but_the_dispersion() -> None:
    plain = fit_embedded("china")
    fit = refit_robustly(plain)
    assert fit.regression.used.all()
    assert fit.model.notes == plain.model.notes
    assert fit.model.dispersion <= plain.model.dispersion
    pd.testing.assert_frame_equal(fit.model.coefficients, plain.model.coefficients, rtol=1e-8)
    pd.testing.assert_frame_equal(fit.table, plain.table, rtol=1e-6)


def test_the_option_turns_it_off() -> None:
    network, _ = plant()
    options = GravityOptions(resistant=False, stability=False)
    plain = fit_gravity(STUDY, network, DISTANCES, options=options)
    assert fit_expectation(STUDY, network, DISTANCES, options=options).model.dispersion == plain.model.dispersion
    gaps = find_gaps(STUDY, network, DISTANCES, options=options)
    pd.testing.assert_frame_equal(gaps, measure_gaps(plain).table)
    found = find_gaps(STUDY, network, DISTANCES, options=replace(options, resistant=True))
    assert (found["grade"] == "strong").sum() > 1.2 * (gaps["grade"] == "strong").sum()


@pytest.mark.parametrize(("family", "effects"), [("nb2", "region"), ("ppml", "mass"), ("nb2", "mass")])
def test_families_and_masses(family: Family, effects: Effects) -> None:
    """A mass model knows less, but the pairs with a tenth of their links still stand out where masses are alike."""
    truth = Truth(mean=4.0, dispersion=0.02, planted=0.1, spread=0.6 if effects == "region" else 0.0)
    network = simulate_network(STUDY, DISTANCES, truth, seed=5)
    mass = pd.Series(np.linspace(1, 2, 30), index=STUDY.regions.index) if effects == "mass" else None
    options = GravityOptions(family=family, effects=effects, mass=mass)
    fit = fit_expectation(STUDY, network, DISTANCES, options=options)
    planted = network.graph["truth"]["planted"].reindex(list_aside(fit).index)
    assert list_aside(fit)[planted].mean() > 0.9
    assert list_aside(fit)[~planted].mean() < 0.02
    assert fit.model.dispersion == pytest.approx(0.02, abs=0.01)


def test_directed_networks() -> None:
    network, truth = plant()
    arcs = nx.DiGraph(network)
    fit = fit_expectation(STUDY, arcs, DISTANCES)
    aside = list_aside(fit)
    assert len(aside) == 30 * 29
    planted = {frozenset(pair) for pair in truth.index[truth["planted"]]}
    assert np.mean([frozenset(pair) in planted for pair in aside.index[aside]]) > 0.9
    assert aside.sum() > 1.6 * len(planted)


def test_a_pair_that_carries_its_own_expectation_stays() -> None:
    network, _ = plant()
    plain = fit_gravity(STUDY, network, DISTANCES)
    heavy = replace(plain, table=plain.table.assign(leverage=LARGEST_LEVERAGE + 0.01))
    assert refit_robustly(heavy).regression.used.all()
    light = replace(plain, table=plain.table.assign(leverage=LARGEST_LEVERAGE))
    assert not refit_robustly(light).regression.used.all()


def test_no_region_is_left_without_links() -> None:
    """R000 has but few links with anybody: all its pairs are low, yet its effect must remain identified."""
    network = simulate_network(STUDY, DISTANCES, Truth(mean=4.0, dispersion=0.01), seed=6)
    network.graph.pop("truth")
    for other in list(network["R000"]):
        network.edges["R000", other]["weight"] = 1
    fit = fit_expectation(STUDY, network, DISTANCES)
    assert set(fit.table[fit.regression.used][["source", "target"]].to_numpy().ravel()) == set(STUDY.regions.index)
    assert np.isfinite(fit.table[["expected", "linear_error"]].to_numpy()).all()


def test_fractional_weights_are_judged_in_link_events() -> None:
    """A tenth of every weight is a tenth of every expectation, and the same pairs are set aside."""
    network, _ = plant()
    tenth = network.copy()
    for _, _, data in tenth.edges(data=True):
        data["weight"] /= 10
    one, other = (fit_expectation(STUDY, each, DISTANCES) for each in (network, tenth))
    assert other.model.unit == pytest.approx(one.model.unit / 10)
    assert list_aside(one).equals(list_aside(other))
    assert other.table["expected"].to_numpy() == pytest.approx(one.table["expected"].to_numpy() / 10, rel=1e-6)


def test_what_goes_in_is_not_changed() -> None:
    network, _ = plant()
    plain = fit_gravity(STUDY, network, DISTANCES)
    frames = [plain.table, STUDY.regions, DISTANCES, plain.model.coefficients]
    before = [frame.copy() for frame in frames]
    links = sorted(network.edges(data="weight"))
    fit = refit_robustly(plain)
    assert not fit.table["expected"].equals(plain.table["expected"])
    assert plain.regression.used.all()
    for frame, copy in zip(frames, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
    assert sorted(network.edges(data="weight")) == links
