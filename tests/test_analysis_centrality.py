from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_samples import networks

from analysis.networks.adjacency import build_adjacency
from analysis.networks.network import build_network
from analysis.scores import batch
from analysis.scores.centrality import measure_centrality
from regions import MethodError, load_study

COLUMNS = ["degree", "strength", "external_share", "betweenness", "closeness", "eigenvector", "pagerank"]
DIRECTED = ["in_degree", "out_degree", "in_strength", "out_strength"]


def find_closeness(network: nx.Graph) -> list[float]:
    """Harmonic closeness by networkx, in the order of the nodes (its own order is that of a set)."""
    sums = nx.harmonic_centrality(network, distance="distance")
    return [float(sums[node]) / max(len(network) - 1, 1) for node in network]


def test_star_with_weights_by_hand() -> None:
    """Centre c; leaves at weight 2, 2, 1, so at distance 1/2, 1/2, 1."""
    network = nx.Graph()
    network.add_nodes_from([("c", {"internal": 5, "external": 10}), ("x", {"internal": 0}), ("y", {"internal": 2})])
    network.add_weighted_edges_from([("c", "x", 2), ("c", "y", 2), ("c", "z", 1)])
    scores = measure_centrality(network)
    assert scores["degree"].tolist() == [3, 1, 1, 1]
    assert scores["strength"].tolist() == [5, 2, 2, 1]
    assert scores["external_share"].tolist()[:3] == [0.75, 1, 0.5]
    assert scores["external_share"].isna().tolist() == [False, False, False, True]
    assert scores["betweenness"].tolist() == [1, 0, 0, 0]
    # To x: 2 from c, 1 from y (distance 1), 2/3 from z (distance 3/2); over n - 1 = 3.
    assert scores["closeness"].to_numpy() == pytest.approx([5 / 3, (2 + 1 + 2 / 3) / 3, 11 / 9, (1 + 4 / 3) / 3])
    assert scores["eigenvector"].to_numpy() == pytest.approx([1, 2 / 3, 2 / 3, 1 / 3], rel=1e-12)


def test_shape_of_the_table() -> None:
    scores = measure_centrality(nx.Graph([("b", "a")]))
    assert list(scores) == COLUMNS
    assert scores.index.name == "code"
    assert scores.index.tolist() == ["b", "a"]
    assert [dtype.kind for dtype in scores.dtypes] == ["i", *"ffffff"]


def test_shape_of_the_directed_table() -> None:
    network = nx.DiGraph([("a", "b", {"weight": 3}), ("b", "a", {"weight": 1}), ("c", "b", {"weight": 2})])
    scores = measure_centrality(network)
    assert list(scores) == COLUMNS + DIRECTED
    assert scores["in_degree"].tolist() == [1, 2, 0]
    assert scores["out_degree"].tolist() == [1, 1, 1]
    assert scores["in_strength"].tolist() == [1, 5, 0]
    assert scores["out_strength"].tolist() == [3, 1, 2]
    assert scores["degree"].tolist() == [2, 3, 1]
    assert scores["strength"].tolist() == [4, 6, 2]
    # c reaches b at 1/2 and a at 1/2 + 1 on the way through b: the only pair of others that needs b.
    assert scores["betweenness"].tolist() == [0, 1 / 2, 0]
    assert scores["closeness"].to_numpy() == pytest.approx([(1 + 2 / 3) / 2, (3 + 2) / 2, 0], rel=1e-14)


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph])
def test_empty_network_gives_an_empty_table(kind: Any) -> None:
    scores = measure_centrality(kind())
    assert scores.shape == (0, 7 if kind is nx.Graph else 11)
    assert scores["degree"].dtype.kind == "i"


def test_one_node() -> None:
    scores = measure_centrality(nx.empty_graph(["a"]))
    assert scores.drop(columns="external_share").to_numpy().tolist() == [[0, 0, 0, 0, 0, 1]]
    assert scores["external_share"].isna().all()


def test_isolate_scores_zero() -> None:
    network = nx.path_graph(3)
    network.add_node("alone", internal=0.0)
    network.add_node("inward", internal=4.0)
    scores = measure_centrality(network)
    assert not scores.loc["alone", ["degree", "strength", "betweenness", "closeness", "eigenvector"]].any()
    assert scores["external_share"].isna().loc["alone"]  # no collaboration at all
    assert scores.loc["inward", "external_share"] == 0  # all of it at home
    assert scores["betweenness"].tolist() == [0, 1 / 6, 0, 0, 0]


def test_two_nodes_are_divided_by_the_one_other() -> None:
    scores = measure_centrality(nx.Graph([("a", "b", {"weight": 3})]))
    assert scores["closeness"].tolist() == [3, 3]
    assert scores["betweenness"].tolist() == [0, 0]


def test_shares_of_little_collaboration_are_known_too() -> None:
    """All there is weighs a half: 1/4 inside and 1/4 on the only link."""
    network = nx.Graph([("a", "b", {"weight": 0.25})])
    network.nodes["a"]["internal"] = 0.25
    assert measure_centrality(network).loc["a", "external_share"] == 0.5


def test_weights_that_were_read_already_are_taken() -> None:
    network = nx.path_graph(["a", "b", "c"])
    thrice = nx.Graph([(a, b, {"weight": 3}) for a, b in network.edges])
    scores = measure_centrality(network, adjacency=build_adjacency(thrice))
    assert scores["strength"].tolist() == [3, 6, 3]


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph])
def test_a_large_network_is_scored_like_a_small_one(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above a size weights are sparse and paths are walked source by source."""
    links = [("a", "b", 2), ("b", "c", 1), ("c", "d", 4), ("d", "a", 0.5), ("b", "a", 1), ("d", "e", 3)]
    network = kind()
    network.add_weighted_edges_from(links)
    small = measure_centrality(network)
    monkeypatch.setattr(batch, "DENSE", 2)
    pd.testing.assert_frame_equal(measure_centrality(network), small, rtol=1e-9, atol=1e-9)
    assert small["betweenness"].max() > 0


def test_two_components() -> None:
    scores = measure_centrality(nx.disjoint_union(nx.path_graph(3), nx.complete_graph(2)))
    assert scores["betweenness"].tolist() == [0, 1 / 6, 0, 0, 0]
    assert scores["closeness"].tolist() == [1.5 / 4, 2 / 4, 1.5 / 4, 1 / 4, 1 / 4]


def test_complete_network_has_equal_scores() -> None:
    scores = measure_centrality(nx.complete_graph(6))
    assert (scores["betweenness"] == 0).all()
    assert (scores["closeness"] == 1).all()
    assert scores["eigenvector"].to_numpy() == pytest.approx(np.ones(6), rel=1e-12)
    assert scores["pagerank"].to_numpy() == pytest.approx(np.full(6, 1 / 6), rel=1e-12)


def test_loops_are_left_out_and_counted() -> None:
    network = nx.Graph([(0, 1), (1, 2), (1, 1)])
    scores = measure_centrality(network)
    assert scores["degree"].tolist() == [1, 2, 1]
    assert build_adjacency(network).n_loops == 1


def test_wrong_networks_are_refused() -> None:
    with pytest.raises(MethodError, match="multigraph"):
        measure_centrality(nx.MultiGraph([(0, 1)]))
    with pytest.raises(MethodError, match="the link 'a' - 'b' has weight -2"):
        measure_centrality(nx.Graph([("a", "b", {"weight": -2})]))


def test_the_network_is_left_alone() -> None:
    network = nx.Graph([(0, 1, {"weight": 2}), (1, 2)])
    before = network.copy()
    measure_centrality(network)
    assert nx.utils.graphs_equal(network, before)


@settings(deadline=None, max_examples=25)
@given(networks(directed=False, lengths=True))
def test_undirected_scores_equal_networkx(network: nx.Graph) -> None:
    scores = measure_centrality(network)
    expected = {
        "degree": dict(network.degree()),
        "strength": dict(network.degree(weight="weight")),
        "betweenness": nx.betweenness_centrality(network, weight="distance"),
        "pagerank": nx.pagerank(network, weight="weight", tol=1e-13, max_iter=500),
    }
    for name, values in expected.items():
        assert scores[name].to_numpy() == pytest.approx(list(values.values()), abs=1e-12), name
    assert scores["closeness"].to_numpy() == pytest.approx(find_closeness(network), abs=1e-12)


@settings(deadline=None, max_examples=25)
@given(networks(directed=True, lengths=True))
def test_directed_scores_equal_networkx(network: nx.DiGraph) -> None:
    scores = measure_centrality(network)
    expected = {
        "degree": dict(network.degree()),
        "in_degree": dict(network.in_degree()),
        "out_strength": dict(network.out_degree(weight="weight")),
        "strength": dict(network.degree(weight="weight")),
        "betweenness": nx.betweenness_centrality(network, weight="distance"),
        "pagerank": nx.pagerank(network, weight="weight", tol=1e-13, max_iter=500),
    }
    for name, values in expected.items():
        assert scores[name].to_numpy() == pytest.approx(list(values.values()), abs=1e-12), name
    assert scores["closeness"].to_numpy() == pytest.approx(find_closeness(network), abs=1e-12)


@settings(deadline=None, max_examples=25)
@given(st.booleans().flatmap(networks), st.randoms(use_true_random=False))
def test_the_order_of_nodes_changes_nothing(network: nx.Graph, random: Any) -> None:
    nodes, links = list(network), list(network.edges(data=True))
    random.shuffle(nodes)
    random.shuffle(links)
    shuffled = network.__class__()
    shuffled.add_nodes_from(nodes)
    shuffled.add_edges_from(links)
    scores = measure_centrality(network)
    # Sums run in another order, and eigenvectors are found to about 1e-15 times the condition of the problem.
    pd.testing.assert_frame_equal(measure_centrality(shuffled).loc[scores.index], scores, rtol=1e-9, atol=1e-9)


@settings(deadline=None, max_examples=25)
@given(st.booleans().flatmap(networks), st.sampled_from([1e-6, 1 / 3, 7, 1e6]))
def test_the_unit_of_weight_changes_only_strength_and_closeness(network: nx.Graph, factor: float) -> None:
    scaled = network.copy()
    for _, _, facts in scaled.edges(data=True):
        facts["weight"] *= factor
    expected = measure_centrality(network)
    for name in [
        name for name in COLUMNS + DIRECTED if name in expected and ("strength" in name or name == "closeness")
    ]:
        expected[name] *= factor
    pd.testing.assert_frame_equal(measure_centrality(scaled), expected, rtol=1e-9, atol=1e-9)


def test_freeman_eies(golden: Callable[[str], Path]) -> None:
    """R tnet at alpha = 1: Lin Freeman, Barry Wellman, Russ Bernard; strength is of the messages sent."""
    edges = pd.read_csv(golden("network/freeman_eies3_n32_edges.csv"))
    network = nx.DiGraph()
    network.add_weighted_edges_from(edges.itertuples(index=False))
    scores = measure_centrality(network).loc[[1, 29, 8]]
    assert (scores["betweenness"] * 31 * 30).tolist() == pytest.approx([807, 365, 66], abs=1e-9)
    assert scores["out_strength"].tolist() == [3171, 2208, 1596]
    assert scores["out_degree"].tolist() == [31, 28, 25]


@pytest.mark.parametrize("counting", ["full", "newman", "pair"])
@pytest.mark.parametrize("name", ["china", "china-cities", "yangtze-delta", "northeast"])
def test_embedded_studies_equal_networkx_in_exact_fractions(name: str, counting: Any) -> None:
    """Real weights tie often; as fractions (records have few actors, so small denominators) the ties are exact."""
    network = build_network(load_study(name), counting)
    for _, _, facts in network.edges(data=True):
        facts["distance"] = 1 / Fraction(facts["weight"]).limit_denominator(1_000_000)
        assert float(1 / facts["distance"]) == pytest.approx(facts["weight"], rel=1e-13)
    scores = measure_centrality(network)
    betweenness = nx.betweenness_centrality(network, weight="distance")
    assert scores["betweenness"].to_numpy() == pytest.approx(list(betweenness.values()), abs=1e-12)
    assert scores["closeness"].to_numpy() == pytest.approx(find_closeness(network), rel=1e-12)


def test_beijing_leads_china() -> None:
    """The ministry's institutes sit in Beijing: first by every measure, and by far in betweenness."""
    network = build_network(load_study("china"))
    scores = measure_centrality(network)
    for name in ["strength", "betweenness", "closeness", "eigenvector", "pagerank"]:
        assert scores[name].idxmax() == "110000", name
    assert scores["strength"].sum() == 2 * 1844
    assert scores["degree"].sum() == 2 * 319
    beijing = network.nodes["110000"]["internal"]
    assert scores.loc["110000", "external_share"] == 1 - beijing / (beijing + scores.loc["110000", "strength"])


def test_ties_outside_the_focus_count_as_external() -> None:
    network = build_network(load_study("northeast"))
    scores = measure_centrality(network)
    facts = pd.DataFrame.from_dict(dict(network.nodes(data=True)), orient="index")
    total = facts["internal"] + facts["external"] + scores["strength"]
    assert (scores["external_share"].isna() == (total == 0)).all()
    expected = (facts["external"] + scores["strength"]) / total
    assert scores["external_share"].dropna().to_numpy() == pytest.approx(expected.dropna().to_numpy(), rel=1e-14)
