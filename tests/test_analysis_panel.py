"""Years side by side: a border that comes down."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from gravity_samples import make_study

from analysis.barriers.panel import build_yearly_networks, fit_panel, measure_barriers_by_year
from analysis.expectation.gravity import fit_gravity
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.robust_fit import fit_expectation
from regions import MethodError, Study

YEARS = range(2015, 2021)


def simulate_years(study: Study, distances: pd.DataFrame, *, directed: bool = False) -> dict[int, nx.Graph]:
    """Draw a border of -0.8 that falls by 0.1 a year while every region grows at its own pace."""
    rng = np.random.default_rng(3)
    codes = list(study.regions.index)
    mass, pace = rng.normal(0, 0.5, len(codes)), rng.normal(0.1, 0.05, len(codes))
    networks: dict[int, nx.Graph] = {}
    for year in YEARS:
        network: nx.Graph = nx.DiGraph() if directed else nx.Graph()
        network.add_nodes_from(codes)
        now = mass + pace * (year - 2015)
        for i, a in enumerate(codes):
            for j, b in enumerate(codes):
                if i == j or (not directed and i > j):
                    continue
                border = (i % 2 != j % 2) * (-0.8 + 0.1 * (year - 2015))
                mean = np.exp(1.5 + now[i] + now[j] + border) * (distances.loc[a, b] / 300) ** -0.8
                if count := rng.poisson(mean):
                    network.add_edge(a, b, weight=int(count), count=int(count))
        networks[year] = network
    return networks


@pytest.fixture(scope="module")
def world() -> tuple[Study, pd.DataFrame, dict[int, nx.Graph]]:
    study, distances = make_study(20)
    return study, distances, simulate_years(study, distances)


def test_every_year_by_itself(world: tuple[Study, pd.DataFrame, dict[int, nx.Graph]]) -> None:
    study, distances, networks = world
    found = measure_barriers_by_year(study, networks, distances).table
    assert found.index.names == ["year", "barrier"]
    assert found.index.get_level_values("year").tolist() == list(YEARS)
    truth = -0.8 + 0.1 * np.arange(6)
    # six intervals of 95 %: a miss in two of them has a probability of 3 %
    assert ((found["low"] < truth) & (truth < found["high"])).sum() >= 5
    alone = fit_expectation(study, networks[2017], distances).model.coefficients.loc["different_parent"]
    assert found.loc[(2017, "different_parent"), "estimate"] == pytest.approx(alone["estimate"], rel=1e-12)
    assert found.loc[(2017, "different_parent"), "error"] == pytest.approx(alone["error"], rel=1e-12)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("effects", ["region-year", "region"])
def test_the_trend_of_a_border_is_recovered(effects: str, *, directed: bool) -> None:
    study, distances = make_study(20)
    networks = simulate_years(study, distances, directed=directed)
    found = fit_panel(study, networks, distances, effects=effects)  # type: ignore[arg-type]
    assert found.years == tuple(YEARS)
    trend = found.coefficients.loc["different_parent_trend"]
    error = trend["error"]
    assert abs(trend["estimate"] - 0.1) < 3 * error
    assert trend["high"] - trend["estimate"] == pytest.approx(1.959964 * error, rel=1e-6)
    assert trend["estimate"] > 2 * error
    assert found.coefficients.loc["different_parent", "estimate"] == pytest.approx(-0.55, abs=0.1)
    regions = 20 * (2 if directed else 1)
    levels = regions * 6 - (6 if directed else 0) if effects == "region-year" else regions + 6 - (2 if directed else 1)
    assert found.regression.parameters == len(found.coefficients) + levels


def test_without_trends_region_years_equal_separate_years_with_common_coefficients(
    world: tuple[Study, pd.DataFrame, dict[int, nx.Graph]],
) -> None:
    study, distances, networks = world
    twice = {2015: networks[2015], 2016: networks[2015]}
    found = fit_panel(study, twice, distances, trends=())
    once = fit_gravity(study, networks[2015], distances).model.coefficients
    assert found.coefficients["estimate"].to_numpy() == pytest.approx(once["estimate"].to_numpy(), abs=1e-8)


def draw_lasting(study: Study, distances: pd.DataFrame, seed: int) -> dict[int, nx.Graph]:
    """Draw five years in which every pair keeps the ratio to its expectation that it was given once (alpha .3)."""
    rng = np.random.default_rng(seed)
    codes = list(study.regions.index)
    mass, ratio = rng.normal(0, 0.5, len(codes)), rng.gamma(1 / 0.3, 0.3, (len(codes),) * 2)
    networks: dict[int, nx.Graph] = {}
    for year in range(2015, 2020):
        network = nx.Graph()
        network.add_nodes_from(codes)
        for i, a in enumerate(codes):
            for j, b in enumerate(codes[:i]):
                mean = np.exp(1.2 + mass[i] + mass[j] - 0.6 * (i % 2 != j % 2)) * (distances.loc[a, b] / 300) ** -0.8
                if count := rng.poisson(mean * ratio[i, j]):
                    network.add_edge(a, b, weight=int(count), count=int(count))
        networks[year] = network
    return networks


def test_the_same_pairs_twice_say_hardly_more_than_once() -> None:
    """Chance within a year averages out, what makes a pair differ lasts, and it is nearly all of what there is."""
    study, distances = make_study(14)
    network = draw_lasting(study, distances, 1)[2015]
    twice = fit_panel(study, {2015: network, 2016: network}, distances, trends=()).coefficients
    once = fit_gravity(study, network, distances).model.coefficients
    share = twice["error"] / once["error"]
    assert (share > 0.8).all()
    assert (share < 1.02).all()


def test_intervals_hold_when_pairs_stay_as_they_are() -> None:
    """Twelve panels: 95 % intervals for the border and for distance miss 24 truths more than 4 times in 1 %.

    Errors that take every year for a new draw are .6 of these and miss a third.
    """
    study, distances = make_study(14)
    missed = 0
    for seed in range(12):
        found = fit_panel(study, draw_lasting(study, distances, seed), distances).coefficients
        for name, truth in {"different_parent": -0.6, "ln_distance": -0.8}.items():
            missed += not found.loc[name, "low"] < truth < found.loc[name, "high"]
    assert missed <= 4


def test_thin_years_are_named_not_hidden(world: tuple[Study, pd.DataFrame, dict[int, nx.Graph]]) -> None:
    study, distances, networks = world
    empty = nx.Graph()
    empty.add_nodes_from(study.regions.index)
    with_thin = {2014: empty, **networks}
    assert "only 0 regions have links" in measure_barriers_by_year(study, with_thin, distances).skipped[2014]
    assert list(fit_panel(study, with_thin, distances).skipped) == [2014]
    with pytest.raises(MethodError, match="no year can be fitted; 2014"):
        measure_barriers_by_year(study, {2014: empty}, distances)
    with pytest.raises(MethodError, match="needs two years"):
        fit_panel(study, {2014: empty, 2015: networks[2015]}, distances)


def test_impossible_options_are_refused(world: tuple[Study, pd.DataFrame, dict[int, nx.Graph]]) -> None:
    study, distances, networks = world
    with pytest.raises(MethodError, match="PPML with region effects"):
        fit_panel(study, networks, distances, options=GravityOptions(family="nb2"))
    with pytest.raises(MethodError, match="effects must be"):
        fit_panel(study, networks, distances, effects="year")  # type: ignore[arg-type]
    with pytest.raises(MethodError, match="no covariate wall"):
        fit_panel(study, networks, distances, trends=("wall",))


def test_yearly_networks_and_windows() -> None:
    study, _ = make_study(4)
    links = pd.DataFrame({"source": "R000", "target": "R001", "weight": [1.0, 2.0, 4.0], "year": [2018, 2019, 2020]})
    study = replace(study, links=links.astype({"year": "Int64"}))
    plain, wide = build_yearly_networks(study), build_yearly_networks(study, window=2)
    assert {year: network.edges["R000", "R001"]["weight"] for year, network in plain.items()} == {
        2018: 1,
        2019: 2,
        2020: 4,
    }
    assert {year: network.edges["R000", "R001"]["weight"] for year, network in wide.items()} == {2019: 3, 2020: 6}
    with pytest.raises(MethodError, match="at least one year"):
        build_yearly_networks(study, window=0)
    with pytest.raises(MethodError, match="years there are: 2018, 2019, 2020"):
        build_yearly_networks(study, window=4)
    assert list(build_yearly_networks(study, window=3)) == [2020]
    with pytest.raises(MethodError, match="have years"):
        build_yearly_networks(replace(study, links=links.drop(columns="year")))
