"""In how many specifications a gap survives."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from gravity_samples import make_study, simulate

from analysis.expectation.grades import measure_evidence
from analysis.expectation.gravity import fit_gravity
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.robust_fit import fit_expectation
from analysis.gaps.register import find_gaps
from analysis.gaps.stability import measure_stability
from analysis.networks.network import build_network
from geodata import measure_distances
from regions import load_study


def test_the_share_is_counted_over_the_specifications() -> None:
    study, distances = make_study(20)
    network = simulate(study, distances, alpha=0.3, seed=1, mean=2.0)
    fit = fit_expectation(study, network, distances)
    found = measure_stability(study, network, distances, fit=fit)
    assert found.names == ("as asked", "family nb2", "no contiguity", "no borders")
    others = [
        GravityOptions(family="nb2"),
        GravityOptions(covariates=("ln_distance", "different_parent")),
        GravityOptions(covariates=("ln_distance", "contiguous")),
    ]
    fits = [fit, *(fit_expectation(study, network, distances, options=options) for options in others)]
    share = np.mean([measure_evidence(each)["grade"].to_numpy() != "none" for each in fits], axis=0)
    assert found.share.to_numpy() == pytest.approx(share)
    assert 0 < share.max() <= 1
    assert len(set(share)) > 2


def test_grades_already_known_are_not_measured_again() -> None:
    """A made-up grade shows through: everything is a gap as asked, and the others are as they are."""
    study, distances = make_study(20)
    network = simulate(study, distances, alpha=0.3, seed=1, mean=2.0)
    fit = fit_expectation(study, network, distances)
    own = measure_stability(study, network, distances, fit=fit)
    same = measure_stability(study, network, distances, fit=fit, grade=measure_evidence(fit)["grade"])
    pd.testing.assert_series_equal(same.share, own.share)
    told = pd.Series(["weak"] * len(fit.table))
    share = measure_stability(study, network, distances, fit=fit, grade=told).share.to_numpy()
    no_gap = measure_evidence(fit)["grade"].to_numpy() == "none"
    assert share - own.share.to_numpy() == pytest.approx(no_gap / 4)


def test_the_share_stands_in_the_order_of_the_fit() -> None:
    study, distances = make_study(12)
    fit = fit_expectation(study, simulate(study, distances, alpha=0.3, seed=1, mean=2.0), distances)
    share = measure_stability(study, simulate(study, distances, alpha=0.3, seed=1, mean=2.0), distances, fit=fit).share
    assert list(share.index) == list(zip(fit.table["source"], fit.table["target"], strict=True))


def test_a_planted_gap_survives_every_specification() -> None:
    study, distances = make_study(30)
    network = simulate(study, distances, alpha=0.05, seed=2, mean=3.0)
    pair = network.graph["truth"]["mean"].idxmax()
    network.remove_edge(*pair)
    gaps = find_gaps(study, network, distances)
    assert gaps.iloc[0]["stability"] == 1.0
    assert gaps.attrs["model"].specifications[0] == "as asked"
    assert gaps["stability"].between(0, 1).all()


def test_a_gap_that_only_the_missing_border_makes_is_unstable() -> None:
    """Links across a strong border look short when the border is not in the model, and only then."""
    study, distances = make_study(30)
    network = simulate(study, distances, alpha=0.02, seed=3, mean=3.0)
    for a, b, data in network.edges(data=True):
        if study.regions.loc[a, "parent"] != study.regions.loc[b, "parent"]:
            for key in ("weight", "count"):
                data[key] = max(1, data[key] // 4)
    fit = fit_gravity(study, network, distances, options=GravityOptions(covariates=("ln_distance",)))
    asked = fit_gravity(study, network, distances)
    naive, honest = (measure_evidence(each)["grade"] != "none" for each in (fit, asked))
    spurious = naive.to_numpy() & ~honest.to_numpy()
    share = measure_stability(study, network, distances, fit=asked).share.to_numpy()
    assert spurious.sum() > 20
    assert (share[spurious] < 1).all()


def test_specifications_the_data_do_not_allow_are_skipped() -> None:
    study, distances = make_study(6)
    groups = pd.DataFrame({"group": ["a", "a"], "code": ["R000", "R001"]})
    kinds = pd.DataFrame({"kind": ["university"], "region": ["R000"]}, index=pd.Index(["u"], name="id"))
    network = simulate(study, distances, alpha=0.1, seed=1, mean=3.0)
    rich = replace(study, groups=groups, actors=kinds)
    fit = fit_gravity(rich, network, distances, options=GravityOptions(covariates=("ln_distance",)))
    found = measure_stability(rich, network, distances, fit=fit)
    assert "with actor_mix_distance" in found.skipped  # known for one region only
    assert set(found.names) & set(found.skipped) == set()


def test_a_network_of_records_is_counted_in_other_ways() -> None:
    study = load_study("china")
    gaps = find_gaps(study, build_network(study), measure_distances(study))
    assert gaps.attrs["model"].specifications == (
        "as asked",
        "family nb2",
        "no contiguity",
        "no borders",
        "with different_group",
        "with technological_distance",
        "with actor_mix_distance",
        "counting newman",
        "counting pair",
    )
    graded = gaps[gaps["grade"] != "none"]
    assert (graded["stability"] >= 1 / 9).all()
    assert graded["stability"].mean() > gaps.loc[gaps["grade"] == "none", "stability"].mean() + 0.5


def test_a_part_of_the_network_is_not_counted_again_from_all_records() -> None:
    study = load_study("china")
    network: nx.Graph = build_network(study)
    network.remove_edges_from(list(network.edges("540000")))
    fit = fit_gravity(study, network, measure_distances(study))
    names = measure_stability(study, network, measure_distances(study), fit=fit).names
    assert not any(name.startswith("counting") for name in names)


def test_stability_can_be_left_out() -> None:
    study, distances = make_study(20)
    network = simulate(study, distances, alpha=0.3, seed=1)
    gaps = find_gaps(study, network, distances, options=GravityOptions(stability=False))
    assert "stability" not in gaps
    assert gaps.attrs["model"].specifications == ()


def test_progress_is_told_after_every_fit() -> None:
    study, distances = make_study(20)
    network = simulate(study, distances, alpha=0.3, seed=1, mean=2.0)
    fit = fit_expectation(study, network, distances)
    told: list[tuple[int, int]] = []
    measure_stability(study, network, distances, fit=fit, progress=lambda done, all_: told.append((done, all_)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
