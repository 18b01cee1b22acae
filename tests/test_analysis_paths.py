from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_samples import networks
from scipy import sparse

import analysis.scores.paths
from analysis.networks.adjacency import build_adjacency
from analysis.scores.large_paths import PathSample, build_lengths, sample_paths
from analysis.scores.paths import check_spread, measure_betweenness, measure_path_lengths
from regions import MethodError
from regions.arrays import Floats


def weights_of(network: nx.Graph) -> Any:
    """One over the ``distance`` attributes of a network, as a batch of one."""
    weighted = network.copy()
    for _, _, facts in weighted.edges(data=True):
        facts["weight"] = 1 / facts.pop("distance", 1)
    return build_adjacency(weighted).weights.toarray()[None]


def betweenness_of(network: nx.Graph) -> Floats:
    weights = weights_of(network)
    return measure_betweenness(weights, measure_path_lengths(weights))[0]


def walk(network: nx.Graph, sources: list[int] | None = None) -> PathSample:
    """Walk the same network source by source."""
    lengths = build_lengths(sparse.csr_array(weights_of(network)[0]))
    return sample_paths(lengths, np.arange(len(network)) if sources is None else np.array(sources))


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        (nx.path_graph(5), [0, 3, 4, 3, 0]),
        (nx.star_graph(4), [6, 0, 0, 0, 0]),
        (nx.cycle_graph(4), [0.5] * 4),  # the two ways round share
        (nx.complete_graph(5), [0] * 5),
        (nx.empty_graph(3), [0] * 3),
        (nx.path_graph(1), [0]),
        (nx.disjoint_union(nx.path_graph(3), nx.path_graph(3)), [0, 1, 0, 0, 1, 0]),
    ],
)
def test_betweenness_by_hand(network: nx.Graph, expected: list[float]) -> None:
    assert (betweenness_of(network) / 2).tolist() == expected
    assert (walk(network).dependency / 2).tolist() == expected


def test_a_detour_of_strong_links_beats_a_weak_link() -> None:
    """Weight 4 + 4 is length 1/4 + 1/4, shorter than the direct 1/1."""
    network = nx.Graph([("a", "b", {"weight": 4}), ("b", "c", {"weight": 4}), ("a", "c", {"weight": 1})])
    weights = build_adjacency(network).weights.toarray()[None]
    distance = measure_path_lengths(weights)
    assert measure_betweenness(weights, distance)[0].tolist() == [0, 2, 0]
    assert distance[0, 0].tolist() == [0, 1 / 4, 1 / 2]


def test_ties_in_binary_fractions_are_ties() -> None:
    """0.1 + 0.2 is not 0.3 for a computer; the two paths from s to t are equal all the same."""
    network = nx.Graph([("s", "u", {"distance": 0.1}), ("u", "t", {"distance": 0.2}), ("s", "t", {"distance": 0.3})])
    assert (betweenness_of(network) / 2).tolist() == [0, 0.5, 0]
    assert (walk(network).dependency / 2).tolist() == [0, 0.5, 0]
    assert nx.betweenness_centrality(network, weight="distance", normalized=False)["u"] == 0  # the trap


def test_a_difference_above_the_tolerance_is_no_tie() -> None:
    network = nx.Graph([(0, 1, {"distance": 1}), (1, 2, {"distance": 1}), (0, 2, {"distance": 2 - 1e-7})])
    assert betweenness_of(network).tolist() == [0, 0, 0]
    assert walk(network).dependency.tolist() == [0, 0, 0]


def test_directed_paths_go_one_way() -> None:
    network = nx.DiGraph([(0, 1), (1, 2), (2, 3)])
    assert betweenness_of(network).tolist() == [0, 2, 2, 0]
    assert walk(network).nearness == pytest.approx([0, 1, 1.5, 1 + 1 / 2 + 1 / 3])
    assert walk(network).distance == pytest.approx([0, 1, 3, 6])
    assert walk(network).reached.tolist() == [1, 2, 3, 4]


def test_nearly_equal_nodes_are_not_each_others_last_step() -> None:
    """The link 1 - 2 is below the tolerance. From 0 both are equally far, and neither leads to the other."""
    network = nx.Graph([(0, 1, {"distance": 1.0}), (0, 2, {"distance": 1.0}), (1, 2, {"distance": 1e-11})])
    assert walk(network, [0]).dependency.tolist() == [0, 0, 0]
    # From 1 to 0, the way through 2 is as short as the direct one, and the other way round from 2.
    assert betweenness_of(network).tolist() == [0, 0.5, 0.5]


@pytest.mark.parametrize("n", [0, 1])
def test_networks_without_links(n: int) -> None:
    weights = weights_of(nx.empty_graph(n))
    assert measure_path_lengths(weights).tolist() == [[[0]] * n]
    assert measure_betweenness(weights, measure_path_lengths(weights)).tolist() == [[0] * n]


def test_unreachable_nodes_are_infinitely_far() -> None:
    distance = measure_path_lengths(weights_of(nx.Graph([(0, 1), (2, 3)])))[0]
    far = np.inf
    assert distance.tolist() == [[0, 1, far, far], [1, 0, far, far], [far, far, 0, 1], [far, far, 1, 0]]


def test_weights_too_far_apart_are_refused() -> None:
    network = nx.Graph([(0, 1, {"weight": 1e-7}), (1, 2, {"weight": 1e6})])
    with pytest.raises(MethodError, match=r"weights run from 1e-07 to 1e\+06"):
        build_lengths(build_adjacency(network).weights)
    with pytest.raises(MethodError, match=r"weights run from 1e-07 to 1e\+06"):
        check_spread(build_adjacency(network).weights.toarray())


@settings(deadline=None)
@given(networks(directed=False, heaviest=4, lengths=True))
def test_undirected_sums_equal_networkx(network: nx.Graph) -> None:
    betweenness = nx.betweenness_centrality(network, weight="distance", normalized=False)
    assert betweenness_of(network) / 2 == pytest.approx(list(betweenness.values()), abs=1e-12)
    sums = walk(network)
    assert sums.dependency / 2 == pytest.approx(list(betweenness.values()), abs=1e-12)
    closeness = nx.harmonic_centrality(network, distance="distance")
    assert sums.nearness == pytest.approx(list(closeness.values()), rel=1e-12)


@settings(deadline=None)
@given(networks(directed=True, heaviest=4, lengths=True))
def test_directed_sums_equal_networkx(network: nx.Graph) -> None:
    betweenness = nx.betweenness_centrality(network, weight="distance", normalized=False)
    assert betweenness_of(network) == pytest.approx(list(betweenness.values()), abs=1e-12)
    sums = walk(network)
    assert sums.dependency == pytest.approx(list(betweenness.values()), abs=1e-12)
    closeness = nx.harmonic_centrality(network, distance="distance")
    assert sums.nearness == pytest.approx(list(closeness.values()), rel=1e-12)


@settings(deadline=None)
@given(networks(directed=True, heaviest=4, lengths=True))
def test_lengths_scaled_by_a_third_keep_their_ties(network: nx.Graph) -> None:
    """Thirds are not exact in binary: only the tolerance keeps the ties."""
    weights = weights_of(network)
    thirds = measure_betweenness(weights * 3, measure_path_lengths(weights * 3))[0]
    assert thirds == pytest.approx(betweenness_of(network), abs=1e-12)


@settings(deadline=None)
@given(networks(directed=False, heaviest=4, lengths=True), st.integers(1, 5))
def test_blocks_of_sources_change_nothing(network: nx.Graph, size: int) -> None:
    whole = betweenness_of(network)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis.scores.paths, "_COMPARED", size)
        assert betweenness_of(network) == pytest.approx(whole, abs=1e-12)


@settings(deadline=None)
@given(networks(directed=True, heaviest=4, lengths=True))
def test_single_sources_add_up_to_the_whole(network: nx.Graph) -> None:
    parts = [walk(network, [source]) for source in range(len(network))]
    whole = walk(network)
    for name in ("dependency", "nearness", "distance", "reached"):
        total = sum(getattr(part, name) for part in parts)
        assert total == pytest.approx(getattr(whole, name), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("density", [0.05, 0.9])
@pytest.mark.parametrize("small", [0, 100])
def test_every_way_to_distances_equals_networkx(density: float, small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """40 nodes with fractional lengths: Floyd's steps over all; Dijkstra's algorithm below a quarter of all links."""
    monkeypatch.setattr(analysis.scores.paths, "_SMALL", small)
    monkeypatch.setattr(analysis.scores.paths, "_SOURCES", 16)  # three blocks, the last one shorter
    rng = np.random.default_rng(3)
    network = nx.gnp_random_graph(40, density, seed=5, directed=True)
    for _, _, facts in network.edges(data=True):
        facts["distance"] = rng.random() + 0.01
    expected = nx.betweenness_centrality(network, weight="distance", normalized=False)
    assert betweenness_of(network) == pytest.approx(list(expected.values()), abs=1e-10)
    far = dict(nx.all_pairs_dijkstra_path_length(network, weight="distance"))
    theirs = [[far[a].get(b, np.inf) for b in network] for a in network]
    np.testing.assert_allclose(measure_path_lengths(weights_of(network))[0], theirs, rtol=1e-12)


def test_freeman_eies_as_computed_by_tnet(golden: Callable[[str], Path]) -> None:
    """Messages among 32 researchers, directed; R tnet's table at alpha = 1 (length 1/w, raw counts of pairs)."""
    edges = pd.read_csv(golden("network/freeman_eies3_n32_edges.csv"))
    table = pd.read_csv(golden("network/freeman_eies3_n32_tnet.csv")).query("alpha == 1").set_index("node")
    network = nx.DiGraph()
    network.add_nodes_from(table.index)
    network.add_weighted_edges_from(edges.itertuples(index=False))
    weights = build_adjacency(network).weights.toarray()[None]
    distance = measure_path_lengths(weights)
    betweenness = pd.Series(measure_betweenness(weights, distance)[0], index=table.index)
    assert betweenness[[1, 29, 8]].tolist() == pytest.approx([807, 365, 66], abs=0.5)
    assert betweenness.to_numpy() == pytest.approx(table["betweenness"].to_numpy(), abs=1e-9)
    # tnet divides weights by their mean, and sums the lengths of the paths out of a node.
    closeness = 1 / (distance[0].sum(axis=1) * edges["w"].mean())
    assert closeness == pytest.approx(table["closeness"].to_numpy(), rel=1e-12)
