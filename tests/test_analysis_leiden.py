from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.networks.adjacency import build_adjacency
from analysis.roles.leiden import (
    build_modularity,
    find_partition,
    measure_quality,
    move_nodes,
    number_by_first,
    refine_communities,
    split_disconnected,
)


def draw_symmetric(n: int, seed: int) -> Any:
    half = np.random.default_rng(seed).normal(size=(n, n))
    return (half + half.T) / n


def score_alone(matrix: Any, labels: Any, node: int, label: int) -> float:
    """Modularity between a node and the others of a community."""
    others = (labels == label) & (np.arange(len(labels)) != node)
    return float(matrix[node][others].sum())


def test_modularity_of_a_path_by_hand() -> None:
    """Path of three: degrees 1, 2, 1, m = 4; B_01 = (1 - 2/4)/4, B_02 = (0 - 1/4)/4; all together 0."""
    matrix = build_modularity(build_adjacency(nx.path_graph(3)).weights, 1.0)
    assert matrix[0].tolist() == [-1 / 16, 1 / 8, -1 / 16]
    quality = [measure_quality(matrix, np.array(labels)) for labels in ([0, 0, 0], [0, 0, 1], [0, 1, 2])]
    assert quality == pytest.approx([0, -1 / 16 + 1 / 4 - 1 / 4 - 1 / 16, -1 / 16 - 1 / 4 - 1 / 16])


def test_labels_are_numbered_by_first_node() -> None:
    assert number_by_first(np.array([7, 7, 2, 9, 2])).tolist() == [0, 0, 1, 2, 1]
    assert number_by_first(np.array([0, 1, 2])).tolist() == [0, 1, 2]
    assert number_by_first(np.array([3, 3, 3])).tolist() == [0, 0, 0]
    assert number_by_first(np.zeros(0, dtype=np.int64)).shape == (0,)


@pytest.mark.parametrize(
    ("labels", "split"),
    [([0, 1, 1, 1, 0], [0, 1, 1, 1, 2]), ([0, 0, 0, 0, 0], [0, 0, 0, 0, 0]), ([0, 0, 1, 0, 0], [0, 0, 1, 2, 2])],
)
def test_disconnected_communities_are_split(labels: list[int], split: list[int]) -> None:
    """A path of five: its ends together hang on nothing."""
    joined = nx.to_numpy_array(nx.path_graph(5)) > 0
    assert split_disconnected(np.array(labels), joined).tolist() == split


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 9), st.integers(0, 2**32 - 1), st.booleans())
def test_after_moving_no_node_gains_by_moving(n: int, seed: int, together: bool) -> None:
    matrix, rng = draw_symmetric(n, seed), np.random.default_rng(seed)
    start = np.zeros(n, dtype=np.int64) if together else np.arange(n)
    labels = move_nodes(matrix, start, rng)
    assert measure_quality(matrix, labels) >= measure_quality(matrix, start) - 1e-12
    for node in range(n):
        here = score_alone(matrix, labels, node, labels[node])
        assert here >= -1e-9  # else alone is better
        assert all(here >= score_alone(matrix, labels, node, other) - 1e-9 for other in set(labels.tolist()))


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_refining_keeps_to_communities_and_only_gains(n: int, seed: int) -> None:
    matrix, rng = draw_symmetric(n, seed), np.random.default_rng(seed)
    labels = rng.integers(0, min(n, 3), size=n)
    parts = refine_communities(matrix, labels, rng)
    assert measure_quality(matrix, parts) >= measure_quality(matrix, np.arange(n)) - 1e-12
    assert (labels == labels[parts]).all()  # a part is named after a node of its community
    assert (parts == parts[parts]).all()


def test_refining_prefers_the_better_merge() -> None:
    """Nodes 1 and 2 offer node 0 gains of 1 and .9: at a randomness of .01, odds of e to the tenth."""
    matrix = np.array([[0, 1, 0.9], [1, 0, -5], [0.9, -5, 0]])
    rng = np.random.default_rng(0)
    parts = np.array([refine_communities(matrix, np.zeros(3, dtype=np.int64), rng) for _ in range(400)])
    first = (parts[:, 0] == parts[:, 1]).mean()
    assert 0.6 < first < 0.75  # a third of the runs begins with node 2, which can only join node 0
    assert ((parts[:, 0] == parts[:, 1]) | (parts[:, 0] == parts[:, 2])).all()


def test_the_best_of_some_runs_is_the_optimum_of_the_karate_club() -> None:
    club = build_adjacency(nx.karate_club_graph())
    club.weights.data[:] = 1.0
    matrix, rng = build_modularity(club.weights, 1.0), np.random.default_rng(0)
    quality = [measure_quality(matrix, find_partition(matrix, club.weights, rng)) for _ in range(9)]
    assert max(quality) == pytest.approx(0.4197896120973046, abs=1e-13)
    assert min(quality) > 0.39


def test_a_tie_but_for_rounding_is_settled_by_order() -> None:
    """Node 2 gains .1 + .2 with one community and .3 with the other: the first of them, on every machine."""
    matrix = np.zeros((5, 5))
    for a, b, gain in ((0, 1, 9.0), (3, 4, 9.0), (2, 0, 0.1), (2, 1, 0.2), (2, 3, 0.3)):
        matrix[a, b] = matrix[b, a] = gain
    assert move_nodes(matrix, np.array([0, 0, 2, 3, 3]), np.random.default_rng(0)).tolist() == [0, 0, 0, 3, 3]
    matrix[2, :2], matrix[:2, 2] = (0.3, 0), (0.3, 0)
    matrix[2, 3:], matrix[3:, 2] = (0.1, 0.2), (0.1, 0.2)
    assert move_nodes(matrix, np.array([0, 0, 2, 3, 3]), np.random.default_rng(0)).tolist() == [0, 0, 0, 3, 3]
