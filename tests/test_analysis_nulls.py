from collections import Counter

import networkx as nx
import numpy as np
import pytest
from gravity_samples import fit_embedded

from analysis.inference.nulls import build_gravity_draws, build_rewired, compare_with_null, select_fitted
from analysis.networks.network import build_network
from regions import MethodError, load_study


def make_network(*, directed: bool = False) -> nx.Graph:
    network = nx.gnp_random_graph(14, 0.3, seed=1, directed=directed)
    for number, (a, b) in enumerate(network.edges):
        network.edges[a, b]["weight"] = float(number + 1)
    network.add_node("alone", name="Alone")
    return network


@pytest.mark.parametrize("directed", [False, True])
def test_degrees_and_weights_stay(*, directed: bool) -> None:
    network = make_network(directed=directed)
    before = nx.to_dict_of_dicts(network)
    for rewired in build_rewired(network, draws=20, seed=2):
        assert type(rewired) is type(network)
        assert list(rewired) == list(network)
        assert dict(rewired.degree()) == dict(network.degree())
        if directed:
            assert dict(rewired.in_degree()) == dict(network.in_degree())
        assert nx.number_of_selfloops(rewired) == 0
        assert sorted(w for *_, w in rewired.edges(data="weight")) == sorted(
            w for *_, w in network.edges(data="weight")
        )
        assert rewired.nodes["alone"] == {"name": "Alone"}
        assert set(rewired.edges) != set(network.edges)
    assert nx.to_dict_of_dicts(network) == before


def test_every_network_of_the_same_degrees_is_equally_likely() -> None:
    """Two links on four regions: three matchings. 1,500 draws: a fair count lies within 5 sd (18) of 500."""
    network = nx.Graph([(0, 1), (2, 3)])
    draws = build_rewired(network, draws=1500, seed=0)
    counts = Counter(frozenset(frozenset(edge) for edge in draw.edges) for draw in draws)
    assert len(counts) == 3
    assert all(abs(count - 500) < 92 for count in counts.values())


def test_same_seed_same_networks() -> None:
    network = make_network()
    first, second, other = (
        [sorted(map(sorted, draw.edges)) for draw in build_rewired(network.subgraph(range(14)), draws=3, seed=seed)]
        for seed in (4, 4, 5)
    )
    assert first == second != other


@pytest.mark.parametrize("network", [nx.Graph(), nx.empty_graph(3), nx.path_graph(2), nx.complete_graph(5)])
def test_what_cannot_be_rewired_stays(network: nx.Graph) -> None:
    """Also the complete network: every swap would double a link."""
    assert [set(rewired.edges) for rewired in build_rewired(network, draws=2)] == [set(network.edges)] * 2


def test_loops_are_left_out() -> None:
    network = make_network()
    network.add_edge(3, 3, weight=9)
    assert [nx.number_of_selfloops(draw) for draw in build_rewired(network, draws=3)] == [0, 0, 0]


def test_cliques_are_more_than_chance() -> None:
    network = nx.relaxed_caveman_graph(6, 5, 0.05, seed=1)
    table = compare_with_null(network, build_rewired(network, draws=99), nx.transitivity)
    row = table.loc["value"]
    assert row["observed"] == pytest.approx(nx.transitivity(network))
    assert row["z"] > 5
    assert (row["p_upper"], row["p_lower"], row["p"]) == (0.01, 1, 0.02)
    assert row["low"] <= row["mean"] <= row["high"] < row["observed"]
    assert row["draws"] == 99


def test_z_and_p_by_hand() -> None:
    draws = [nx.empty_graph(k) for k in (1, 2, 3, 6)]
    table = compare_with_null(nx.empty_graph(3), draws, lambda network: {"n": len(network), "one": 1.0})
    n = table.loc["n"]
    assert (n["mean"], n["p_upper"], n["p_lower"], n["p"]) == (3, 3 / 5, 4 / 5, 1)
    assert n["sd"] == pytest.approx(np.std([1, 2, 3, 6], ddof=1))
    assert n["z"] == 0
    assert np.isnan(table.loc["one", "z"])
    assert table.loc["one", ["p", "sd"]].tolist() == [1, 0]


def test_gravity_draws_have_the_expected_weights() -> None:
    """1,500 draws: the mean of each pair lies within 5 standard errors of the model's expectation."""
    fit = fit_embedded("china")
    totals = {}
    for draw in build_gravity_draws(fit, draws=1500, seed=1):
        assert draw.graph["origin"] == "modelled"
        for a, b, weight in draw.edges(data="weight"):
            totals[a, b] = totals.get((a, b), 0.0) + weight
    model = fit.model
    mu = fit.table["expected"].to_numpy() / model.unit
    error = np.sqrt((mu + model.dispersion * mu**2) / 1500) * model.unit
    pairs = zip(fit.table["source"], fit.table["target"], strict=True)
    found = np.array([totals.get((a, b), totals.get((b, a), 0.0)) for a, b in pairs]) / 1500
    assert (np.abs(found - fit.table["expected"].to_numpy()) < 5 * error + 0.02).all()
    assert np.std((found - fit.table["expected"].to_numpy()) / error) == pytest.approx(1, abs=0.2)


def test_china_against_gravity() -> None:
    fit = fit_embedded("china")
    network = select_fitted(build_network(load_study("china")), fit)
    assert len(network) == fit.model.regions
    table = compare_with_null(
        network,
        build_gravity_draws(fit, draws=30),
        lambda g: {"links": g.number_of_edges(), "weight": g.size("weight")},
    )
    # The model reproduces the total weight; single draws scatter around it.
    assert abs(table.loc["weight", "z"]) < 4


def test_what_is_refused() -> None:
    network = make_network()
    with pytest.raises(MethodError, match="at least one draw"):
        next(build_rewired(network, draws=0))
    with pytest.raises(MethodError, match="needs a Graph or DiGraph"):
        next(build_rewired(nx.MultiGraph()))
    with pytest.raises(MethodError, match="at least one draw"):
        next(build_gravity_draws(fit_embedded("china"), draws=0))
    with pytest.raises(MethodError, match="no draw"):
        compare_with_null(network, [], len)
    with pytest.raises(MethodError, match="'value' is not finite"):
        compare_with_null(network, [network], lambda _: np.nan)
    with pytest.raises(MethodError, match="names other numbers"):
        compare_with_null(network, [nx.Graph()], lambda g: {str(node): 1.0 for node in g})
