from typing import Any

import networkx as nx
import numpy as np
import pytest

from analysis.networks.adjacency import build_adjacency
from regions import MethodError


def test_undirected_weights_are_symmetric_and_in_node_order() -> None:
    network = nx.Graph()
    network.add_nodes_from(["c", "a", "b"])
    network.add_edge("a", "b", weight=2)
    network.add_edge("c", "a", weight=0.5)
    adjacency = build_adjacency(network)
    assert list(adjacency.nodes) == ["c", "a", "b"]
    assert adjacency.nodes.name == "code"
    assert adjacency.weights.toarray().tolist() == [[0, 0.5, 0], [0.5, 0, 2], [0, 2, 0]]
    assert (adjacency.directed, adjacency.n_loops) == (False, 0)


def test_directed_weights_go_from_row_to_column() -> None:
    adjacency = build_adjacency(nx.DiGraph([("a", "b", {"weight": 3}), ("b", "a", {"weight": 1}), ("c", "b")]))
    assert adjacency.weights.toarray().tolist() == [[0, 3, 0], [1, 0, 0], [0, 1, 0]]
    assert adjacency.directed


def test_missing_weight_is_one_zero_is_no_link_and_loops_are_counted() -> None:
    network = nx.Graph([("a", "b"), ("b", "c", {"weight": 0}), ("a", "a", {"weight": 9}), ("c", "c")])
    adjacency = build_adjacency(network)
    assert adjacency.weights.toarray().tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert adjacency.weights.nnz == 2
    assert adjacency.n_loops == 2


@pytest.mark.parametrize("weight", [np.nan, -1, np.inf, "3", None, 1j])
def test_a_wrong_weight_is_refused_with_its_link(weight: Any) -> None:
    network = nx.Graph([("a", "b", {"weight": 1}), ("b", "c", {"weight": weight})])
    with pytest.raises(MethodError, match=r"the link 'b' - 'c' has weight .*; weights must be finite"):
        build_adjacency(network)


@pytest.mark.parametrize("weight", [True, np.float32(1), np.int64(1)])
def test_any_real_number_is_a_weight(weight: Any) -> None:
    assert build_adjacency(nx.Graph([("a", "b", {"weight": weight})])).weights.toarray().tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize("kind", [nx.MultiGraph, nx.MultiDiGraph])
def test_multigraphs_are_refused(kind: Any) -> None:
    with pytest.raises(MethodError, match="multigraph"):
        build_adjacency(kind([("a", "b")]))


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph])
def test_empty(kind: Any) -> None:
    adjacency = build_adjacency(kind())
    assert adjacency.weights.shape == (0, 0)
    assert len(adjacency.nodes) == 0


def test_nodes_may_be_tuples() -> None:
    adjacency = build_adjacency(nx.grid_2d_graph(2, 2))
    assert list(adjacency.nodes) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert adjacency.nodes.nlevels == 1


def test_the_network_is_left_alone() -> None:
    network = nx.Graph([("a", "b", {"weight": 2}), ("a", "a")])
    build_adjacency(network)
    assert list(network.edges(data="weight")) == [("a", "b", 2), ("a", "a", None)]


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph])
def test_the_matrix_is_that_of_networkx(kind: Any) -> None:
    network = nx.gnp_random_graph(12, 0.4, seed=3, directed=kind is nx.DiGraph)
    for at, (_, _, facts) in enumerate(network.edges(data=True)):
        facts["weight"] = at + 0.5
    adjacency = build_adjacency(network)
    assert adjacency.weights.toarray().tolist() == nx.to_numpy_array(network).tolist()
    assert adjacency.weights.has_sorted_indices


def test_weights_that_were_read_are_not_read_again() -> None:
    adjacency = build_adjacency(nx.path_graph(3))
    assert build_adjacency(adjacency) is adjacency


def test_a_view_of_a_network_is_a_network() -> None:
    part = nx.complete_graph(4).subgraph([1, 3])
    assert build_adjacency(part).weights.toarray().tolist() == [[0, 1], [1, 0]]
