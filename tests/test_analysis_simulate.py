"""Simulated networks are what they say they are."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.expectation.gravity import fit_gravity
from analysis.expectation.simulate import Truth, scatter_regions, simulate_network
from regions import MethodError


def test_regions_by_turns_of_two_countries() -> None:
    study, distances = scatter_regions(5, seed=3)
    assert list(study.regions["parent"]) == ["P", "Q", "P", "Q", "P"]
    assert list(study.regions.index) == ["R000", "R001", "R002", "R003", "R004"]
    assert distances.to_numpy() == pytest.approx(distances.to_numpy().T)
    assert (np.diag(distances) == 0).all()
    assert distances.to_numpy().max() < 1000 * np.sqrt(2)
    assert study.borders == ("parent",)


def test_expectations_by_hand() -> None:
    """Without region effects: exp(1) at 300 km, times (km / 300)^-.8, times exp(-.4) across."""
    study, distances = scatter_regions(4)
    truth = simulate_network(study, distances, Truth(spread=0.0), seed=1).graph["truth"]
    for (a, b), mean in truth["mean"].items():
        across = study.regions.loc[a, "parent"] != study.regions.loc[b, "parent"]
        assert mean == pytest.approx(np.exp(1 - 0.4 * across) * (distances.loc[a, b] / 300) ** -0.8)


def test_counts_follow_the_mean_and_the_dispersion() -> None:
    study, distances = scatter_regions(120)
    network = simulate_network(study, distances, Truth(mean=3.0, dispersion=0.2), seed=2)
    truth = network.graph["truth"]
    count = np.array([network.get_edge_data(*pair, {"weight": 0})["weight"] for pair in truth.index])
    mean = truth["mean"].to_numpy()
    assert len(truth) == 7140
    assert network.number_of_edges() == (count > 0).sum()
    # four standard errors: sqrt(sum mu + .2 mu^2) / sum mu is about 1.3 %; of the mean square .25, kurtosis and all
    assert count.sum() == pytest.approx(mean.sum(), rel=0.05)
    assert ((count - mean) ** 2 / (mean + 0.2 * mean**2)).mean() == pytest.approx(1.0, abs=0.15)
    assert truth["ratio"].var() == pytest.approx(0.2, rel=0.15)


def test_planted_gaps_are_large_pairs_that_keep_a_tenth() -> None:
    study, distances = scatter_regions(60)
    truth = Truth(mean=3.0, dispersion=0.02, planted=0.25)
    network = simulate_network(study, distances, truth, seed=4)
    known = network.graph["truth"]
    large = known["mean"] > 20
    assert known["planted"].sum() == round(0.25 * large.sum())
    assert large[known["planted"]].all()
    planted = known[known["planted"]]
    kept = sum(network.get_edge_data(*pair, {"weight": 0})["weight"] for pair in planted.index)
    assert kept / planted["mean"].sum() == pytest.approx(0.1, abs=0.02)


def test_planting_leaves_the_other_pairs_alone() -> None:
    study, distances = scatter_regions(30)
    plain = Truth(mean=3.0)
    one, other = (simulate_network(study, distances, each, seed=5) for each in (plain, replace(plain, planted=0.1)))
    moved = other.graph["truth"]["planted"]
    for pair in moved.index[~moved]:
        assert one.get_edge_data(*pair) == other.get_edge_data(*pair)


def test_the_seed_decides() -> None:
    study, distances = scatter_regions(10)
    first, again, other = (simulate_network(study, distances, Truth(), seed=seed) for seed in (1, 1, 2))
    assert sorted(first.edges(data="weight")) == sorted(again.edges(data="weight"))
    assert sorted(first.edges(data="weight")) != sorted(other.edges(data="weight"))


def test_a_region_without_links_stays() -> None:
    study, distances = scatter_regions(6)
    network = simulate_network(study, distances, Truth(mean=-20.0), seed=1)
    assert len(network) == 6
    assert network.number_of_edges() == 0


def test_without_dispersion_links_are_poisson() -> None:
    study, distances = scatter_regions(40)
    network = simulate_network(study, distances, Truth(mean=2.0, dispersion=0.0), seed=1)
    assert (network.graph["truth"]["ratio"] == 1).all()
    network.graph.pop("truth")
    assert fit_gravity(study, network, distances).model.dispersion < 0.01


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"dispersion": -0.1}, "dispersion and spread must be >= 0; got -0.1 and 0.6"),
        ({"spread": float("nan")}, "dispersion and spread"),
        ({"planted": 1.5}, "planted and kept must lie between 0 and 1; got 1.5 and 0.1"),
        ({"kept": -1.0}, "planted and kept"),
    ],
)
def test_what_cannot_be_drawn_is_refused(wrong: dict[str, float], message: str) -> None:
    with pytest.raises(MethodError, match=message):
        Truth(**wrong)
