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

import analysis.scores.paths
from analysis.networks.adjacency import build_adjacency
from analysis.scores.paths import build_lengths, measure_path_distances, measure_paths
from regions import MethodError


def lengths_of(network: nx.Graph) -> Any:
    """Lengths of a network whose ``distance`` attributes are lengths already."""
    weighted = network.copy()
    for _, _, facts in weighted.edges(data=True):
        facts["weight"] = facts.pop("distance", 1)
    return build_adjacency(weighted).weights


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
    assert (measure_paths(lengths_of(network)).betweenness / 2).tolist() == expected


def test_a_detour_of_strong_links_beats_a_weak_link() -> None:
    """Weight 4 + 4 is length 1/4 + 1/4, shorter than the direct 1/1."""
    network = nx.Graph([("a", "b", {"weight": 4}), ("b", "c", {"weight": 4}), ("a", "c", {"weight": 1})])
    sums = measure_paths(build_lengths(build_adjacency(network).weights))
    assert sums.betweenness.tolist() == [0, 2, 0]
    assert sums.harmonic_in == pytest.approx([4 + 2, 8, 6], rel=1e-15)


def test_ties_in_binary_fractions_are_ties() -> None:
    """0.1 + 0.2 is not 0.3 for a computer; the two paths from s to t are equal all the same."""
    network = nx.Graph([("s", "u", {"distance": 0.1}), ("u", "t", {"distance": 0.2}), ("s", "t", {"distance": 0.3})])
    assert (measure_paths(lengths_of(network)).betweenness / 2).tolist() == [0, 0.5, 0]
    assert nx.betweenness_centrality(network, weight="distance", normalized=False)["u"] == 0  # the trap


def test_a_difference_above_the_tolerance_is_no_tie() -> None:
    network = nx.Graph([(0, 1, {"distance": 1}), (1, 2, {"distance": 1}), (0, 2, {"distance": 2 - 1e-7})])
    assert measure_paths(lengths_of(network)).betweenness.tolist() == [0, 0, 0]


def test_directed_paths_go_one_way() -> None:
    network = nx.DiGraph([(0, 1), (1, 2), (2, 3)])
    sums = measure_paths(lengths_of(network))
    assert sums.betweenness.tolist() == [0, 2, 2, 0]
    assert sums.harmonic_out == pytest.approx([1 + 1 / 2 + 1 / 3, 1.5, 1, 0])
    assert sums.harmonic_in == pytest.approx([0, 1, 1.5, 1 + 1 / 2 + 1 / 3])


def test_nearly_equal_nodes_are_not_each_others_last_step() -> None:
    """The link 1 - 2 is below the tolerance. From 0 both are equally far, and neither leads to the other."""
    network = nx.Graph([(0, 1, {"distance": 1.0}), (0, 2, {"distance": 1.0}), (1, 2, {"distance": 1e-11})])
    from_0 = measure_paths(lengths_of(network), sources=np.array([0]))
    assert from_0.betweenness.tolist() == [0, 0, 0]
    # From 1 to 0, the way through 2 is as short as the direct one, and the other way round from 2.
    assert measure_paths(lengths_of(network)).betweenness.tolist() == [0, 0.5, 0.5]


@pytest.mark.parametrize("n", [0, 1])
def test_networks_without_links(n: int) -> None:
    lengths = lengths_of(nx.empty_graph(n))
    assert measure_path_distances(lengths).tolist() == [[0]] * n
    assert measure_paths(lengths).betweenness.tolist() == [0] * n


def test_unreachable_nodes_are_infinitely_far() -> None:
    distance = measure_path_distances(lengths_of(nx.Graph([(0, 1), (2, 3)])))
    far = np.inf
    assert distance.tolist() == [[0, 1, far, far], [1, 0, far, far], [far, far, 0, 1], [far, far, 1, 0]]


def test_weights_too_far_apart_are_refused() -> None:
    network = nx.Graph([(0, 1, {"weight": 1e-7}), (1, 2, {"weight": 1e6})])
    with pytest.raises(MethodError, match=r"weights run from 1e-07 to 1e\+06"):
        build_lengths(build_adjacency(network).weights)


@settings(deadline=None)
@given(networks(directed=False, heaviest=4, lengths=True))
def test_undirected_sums_equal_networkx(network: nx.Graph) -> None:
    sums = measure_paths(lengths_of(network))
    betweenness = nx.betweenness_centrality(network, weight="distance", normalized=False)
    assert sums.betweenness / 2 == pytest.approx(list(betweenness.values()), abs=1e-12)
    closeness = nx.harmonic_centrality(network, distance="distance")
    assert sums.harmonic_in == pytest.approx(list(closeness.values()), rel=1e-12)
    assert sums.harmonic_out == pytest.approx(sums.harmonic_in, rel=1e-12)


@settings(deadline=None)
@given(networks(directed=True, heaviest=4, lengths=True))
def test_directed_sums_equal_networkx(network: nx.Graph) -> None:
    sums = measure_paths(lengths_of(network))
    betweenness = nx.betweenness_centrality(network, weight="distance", normalized=False)
    assert sums.betweenness == pytest.approx(list(betweenness.values()), abs=1e-12)
    closeness = nx.harmonic_centrality(network, distance="distance")
    assert sums.harmonic_in == pytest.approx(list(closeness.values()), rel=1e-12)


@settings(deadline=None)
@given(networks(directed=True, heaviest=4, lengths=True))
def test_lengths_scaled_by_a_third_keep_their_ties(network: nx.Graph) -> None:
    """Thirds are not exact in binary: only the tolerance keeps the ties."""
    lengths = lengths_of(network)
    expected = measure_paths(lengths).betweenness
    assert measure_paths(lengths / 3).betweenness == pytest.approx(expected, abs=1e-12)


@settings(deadline=None)
@given(networks(directed=False, heaviest=4, lengths=True), st.integers(1, 5))
def test_batches_change_nothing(network: nx.Graph, size: int) -> None:
    lengths = lengths_of(network)
    whole = measure_paths(lengths).betweenness
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis.scores.paths, "_BATCH", size)
        assert measure_paths(lengths).betweenness == pytest.approx(whole, abs=1e-12)


@settings(deadline=None)
@given(networks(directed=True, heaviest=4, lengths=True))
def test_single_sources_add_up_to_the_whole(network: nx.Graph) -> None:
    lengths = lengths_of(network)
    parts = [measure_paths(lengths, sources=np.array([source])) for source in range(len(network))]
    whole = measure_paths(lengths)
    assert sum(part.betweenness for part in parts) == pytest.approx(whole.betweenness, abs=1e-12)
    assert sum(part.harmonic_in for part in parts) == pytest.approx(whole.harmonic_in, rel=1e-12)
    assert [part.harmonic_out[0] for part in parts] == pytest.approx(whole.harmonic_out, rel=1e-12)


@pytest.mark.parametrize("density", [0.05, 0.9])
def test_sparse_and_dense_ways_to_distances_equal_networkx(density: float) -> None:
    """40 nodes with fractional lengths: Dijkstra's algorithm below a quarter of all links, Floyd's above."""
    rng = np.random.default_rng(3)
    network = nx.gnp_random_graph(40, density, seed=5, directed=True)
    for _, _, facts in network.edges(data=True):
        facts["distance"] = rng.random() + 0.01
    sums = measure_paths(lengths_of(network))
    expected = nx.betweenness_centrality(network, weight="distance", normalized=False)
    assert sums.betweenness == pytest.approx(list(expected.values()), abs=1e-10)


def test_freeman_eies_as_computed_by_tnet(golden: Callable[[str], Path]) -> None:
    """Messages among 32 researchers, directed; R tnet's table at alpha = 1 (length 1/w, raw counts of pairs)."""
    edges = pd.read_csv(golden("network/freeman_eies3_n32_edges.csv"))
    table = pd.read_csv(golden("network/freeman_eies3_n32_tnet.csv")).query("alpha == 1").set_index("node")
    network = nx.DiGraph()
    network.add_nodes_from(table.index)
    network.add_weighted_edges_from(edges.itertuples(index=False))
    lengths = build_lengths(build_adjacency(network).weights)
    betweenness = pd.Series(measure_paths(lengths).betweenness, index=table.index)
    assert betweenness[[1, 29, 8]].tolist() == pytest.approx([807, 365, 66], abs=0.5)
    assert betweenness.to_numpy() == pytest.approx(table["betweenness"].to_numpy(), abs=1e-9)
    # tnet divides weights by their mean, and sums the lengths of the paths out of a node.
    closeness = 1 / (measure_path_distances(lengths).sum(axis=1) * edges["w"].mean())
    assert closeness == pytest.approx(table["closeness"].to_numpy(), rel=1e-12)


def test_distances_that_are_known_are_taken_as_they_are() -> None:
    lengths = build_lengths(build_adjacency(nx.karate_club_graph()).weights)
    once = measure_paths(lengths)
    again = measure_paths(lengths, distance=measure_path_distances(lengths))
    assert again.betweenness.tolist() == once.betweenness.tolist()
    assert again.harmonic_in.tolist() == once.harmonic_in.tolist()
