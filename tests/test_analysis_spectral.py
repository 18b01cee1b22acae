import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_samples import networks
from scipy.sparse.linalg import ArpackNoConvergence

import analysis.scores.spectral
from analysis.networks.adjacency import build_adjacency
from analysis.scores.batch import build_batch
from analysis.scores.spectral import (
    measure_eigenvector,
    measure_pagerank,
    measure_pageranks,
    measure_spectral_radius,
)
from regions import MethodError


def test_eigenvector_by_hand() -> None:
    """Path of three: x2 = sqrt(2) x1. Star of n leaves: centre = sqrt(n) leaf."""
    half = 1 / np.sqrt(2)
    assert measure_eigenvector(build_adjacency(nx.path_graph(3))) == pytest.approx([half, 1, half], rel=1e-14)
    assert measure_eigenvector(build_adjacency(nx.star_graph(4))) == pytest.approx([1, *[0.5] * 4], rel=1e-14)
    assert measure_eigenvector(build_adjacency(nx.complete_graph(5))) == pytest.approx([1] * 5, rel=1e-14)


def test_eigenvector_is_zero_outside_the_largest_component() -> None:
    network = nx.disjoint_union(nx.path_graph(2), nx.complete_graph(3))
    network.add_node("isolate")
    assert measure_eigenvector(build_adjacency(network)) == pytest.approx([0, 0, 1, 1, 1, 0], abs=1e-14)


def test_of_components_of_one_size_the_heavier_counts() -> None:
    network = nx.Graph([("a", "b", {"weight": 1}), ("c", "d", {"weight": 2})])
    assert measure_eigenvector(build_adjacency(network)) == pytest.approx([0, 0, 1, 1], abs=1e-14)


def test_components_equal_in_size_and_weight_are_all_scored() -> None:
    network = nx.disjoint_union(nx.path_graph(2), nx.path_graph(2))
    assert measure_eigenvector(build_adjacency(network)) == pytest.approx([1, 1, 1, 1], abs=1e-14)


def test_directed_eigenvector_follows_links_into_a_region() -> None:
    """By a -> b -> c -> a and a second link into b: x_b = (x_a + x_c)/l, x_c = x_b/l, x_a = x_c/l, so l^3 = 1 + l."""
    network = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "b"), ("c", "sink")])
    radius = np.roots([1, 0, -1, -1]).real.max()
    scores = measure_eigenvector(build_adjacency(network))
    assert scores == pytest.approx([1 / radius**2, 1, 1 / radius, 0], abs=1e-12)
    assert measure_spectral_radius(build_adjacency(network)) == pytest.approx(radius, rel=1e-12)


def test_a_network_without_cycle_has_no_eigenvector() -> None:
    adjacency = build_adjacency(nx.DiGraph([("a", "b"), ("b", "c"), ("a", "c")]))
    assert measure_eigenvector(adjacency).tolist() == [0, 0, 0]
    assert measure_spectral_radius(adjacency) == 0


@pytest.mark.parametrize(
    ("network", "radius"),
    [
        (nx.empty_graph(0), 0),
        (nx.empty_graph(3), 0),
        (nx.complete_graph(5), 4),
        (nx.star_graph(9), 3),
        (nx.cycle_graph(6), 2),
        (nx.disjoint_union(nx.complete_graph(3), nx.star_graph(9)), 3),
    ],
)
def test_spectral_radius_by_hand(network: nx.Graph, radius: float) -> None:
    assert measure_spectral_radius(build_adjacency(network)) == pytest.approx(radius, rel=1e-14, abs=1e-14)


@pytest.mark.parametrize("directed", [False, True])
def test_the_iterative_solver_equals_the_dense_one(directed: bool) -> None:
    """Above 200 nodes an iteration takes over; both solve to machine precision."""
    network = nx.gnp_random_graph(250, 0.1, seed=2, directed=directed)
    adjacency = build_adjacency(network)
    iterated = measure_eigenvector(adjacency), measure_spectral_radius(adjacency)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis.scores.spectral, "_DENSE", 1000)
        assert iterated[0] == pytest.approx(measure_eigenvector(adjacency), rel=1e-10)
        assert iterated[1] == pytest.approx(measure_spectral_radius(adjacency), rel=1e-12)
    assert (measure_eigenvector(adjacency) == iterated[0]).all()  # the start is fixed


def test_an_iteration_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ArpackNoConvergence("no luck", [], [])

    monkeypatch.setattr(analysis.scores.spectral, "_DENSE", 0)
    monkeypatch.setattr("scipy.sparse.linalg.eigsh", fail)
    with pytest.raises(MethodError, match="component of 3 nodes"):
        measure_eigenvector(build_adjacency(nx.path_graph(3)))


@settings(deadline=None)
@given(networks(directed=False, heaviest=9))
def test_undirected_eigenvector_equals_networkx(network: nx.Graph) -> None:
    sizes = sorted((len(part) for part in nx.connected_components(network)), reverse=True)
    scores = measure_eigenvector(build_adjacency(network))
    if sizes[0] == 1:
        assert not scores.any()
    elif sizes[1:2] != sizes[:1]:
        largest = network.subgraph(max(nx.connected_components(network), key=len))
        expected = nx.eigenvector_centrality_numpy(largest, weight="weight") if len(largest) > 2 else {}
        top = max(expected.values(), default=1)
        for node, score in expected.items():
            assert scores[node] == pytest.approx(score / top, abs=1e-9)
        assert (scores > 0).sum() == len(largest)


@pytest.mark.parametrize("directed", [False, True])
def test_pagerank_by_hand(directed: bool) -> None:
    """Two nodes: equal when each links to the other. One way only: the sink gets more, and jumps anywhere."""
    pair = nx.DiGraph([(0, 1)]) if directed else nx.Graph([(0, 1)])
    # x0 = .15/2 + .85 x1/2 and x0 + x1 = 1 give x0 = .5/1.425
    expected = [0.5 / 1.425, 0.925 / 1.425] if directed else [0.5, 0.5]
    assert measure_pagerank(build_adjacency(pair)) == pytest.approx(expected, rel=1e-13)


@settings(deadline=None)
@given(st.booleans().flatmap(networks))
def test_pagerank_equals_networkx(network: nx.Graph) -> None:
    scores = measure_pagerank(build_adjacency(network))
    expected = nx.pagerank(network, alpha=0.85, tol=1e-13, max_iter=500)
    assert scores == pytest.approx(list(expected.values()), abs=1e-12)
    assert scores.sum() == pytest.approx(1, rel=1e-14)


def test_pagerank_without_links_is_uniform_and_of_nothing_is_empty() -> None:
    assert measure_pagerank(build_adjacency(nx.empty_graph(4))).tolist() == [0.25] * 4
    assert measure_pagerank(build_adjacency(nx.Graph())).tolist() == []


@pytest.mark.parametrize("alpha", [1, -0.1, 2])
def test_pagerank_refuses_an_impossible_alpha(alpha: float) -> None:
    with pytest.raises(MethodError, match="alpha must be at least 0 and below 1"):
        measure_pagerank(build_adjacency(nx.path_graph(2)), alpha=alpha)


@pytest.mark.parametrize("directed", [False, True])
def test_pagerank_is_the_same_solved_and_iterated(monkeypatch: pytest.MonkeyPatch, directed: bool) -> None:
    network = nx.gnp_random_graph(25, 0.08, seed=2, directed=directed)  # with isolates and dead ends
    adjacency = build_adjacency(network)
    solved = measure_pageranks(build_batch(adjacency))[0]
    assert measure_pagerank(adjacency) == pytest.approx(solved, abs=1e-13)
    monkeypatch.setattr(analysis.scores.spectral, "_DENSE", 0)
    assert measure_pageranks(build_batch(adjacency))[0] == pytest.approx(solved, abs=1e-13)
