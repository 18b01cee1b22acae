import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_samples import networks

from analysis.scores.cores import measure_cores


def peel_one_by_one(network: nx.Graph) -> list[float]:
    """Core strength in its plainest form: take the weakest away, again and again."""
    left, level, core = network.to_undirected() if not network.is_directed() else network.copy(), 0.0, {}
    while len(left):
        weakest = min(left, key=lambda v: left.degree(v, weight="weight"))
        level = max(level, left.degree(weakest, weight="weight"))
        core[weakest] = level
        left.remove_node(weakest)
    return [core[v] for v in network]


def test_triangle_with_a_tail_by_hand() -> None:
    """Triangle a b c of weight 2, tail c - d of weight 5, isolate e."""
    network = nx.Graph()
    network.add_weighted_edges_from([("a", "b", 2), ("b", "c", 2), ("a", "c", 2), ("c", "d", 5)])
    network.add_node("e")
    table = measure_cores(network)
    assert table["core_number"].tolist() == [2, 2, 2, 1, 0]
    # a, b (strength 4) go first; c and d keep their link of 5.
    assert table["core_strength"].tolist() == [4, 4, 5, 5, 0]
    assert table["core_number"].dtype.kind == "i"


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        (nx.star_graph(4), [1] * 5),
        (nx.complete_graph(5), [4] * 5),
        (nx.empty_graph(3), [0] * 3),
        (nx.empty_graph(0), []),
        (nx.disjoint_union(nx.complete_graph(3), nx.path_graph(3)), [2, 2, 2, 1, 1, 1]),
        (nx.DiGraph([(0, 1), (1, 0)]), [2, 2]),
    ],
)
def test_plain_shapes(network: nx.Graph, expected: list[int]) -> None:
    assert measure_cores(network)["core_number"].tolist() == expected
    assert measure_cores(network)["core_strength"].tolist() == expected  # every link weighs 1


def test_fractions_are_not_torn_apart_by_rounding() -> None:
    """All have strength 0.1 + 0.2 in some order of summing: one core."""
    network = nx.Graph()
    network.add_weighted_edges_from([(0, 1, 0.1), (1, 2, 0.2), (2, 3, 0.1), (3, 0, 0.2)])
    assert measure_cores(network)["core_strength"].to_numpy() == pytest.approx(np.full(4, 0.3), rel=1e-12)


@settings(deadline=None, max_examples=40)
@given(st.booleans().flatmap(networks))
def test_core_number_equals_networkx(network: nx.Graph) -> None:
    expected = nx.core_number(network)
    assert measure_cores(network)["core_number"].tolist() == [expected[v] for v in network]


@settings(deadline=None, max_examples=40)
@given(st.booleans().flatmap(networks))
def test_core_strength_equals_peeling_one_by_one(network: nx.Graph) -> None:
    assert measure_cores(network)["core_strength"].tolist() == peel_one_by_one(network)


def test_karate() -> None:
    cores = measure_cores(nx.karate_club_graph())["core_number"]
    assert cores.max() == 4
    assert (cores == 4).sum() == 10
