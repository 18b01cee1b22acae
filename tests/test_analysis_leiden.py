from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis.roles.leiden
from analysis.networks.adjacency import build_adjacency
from analysis.roles.leiden import (
    GAIN,
    build_modularity,
    find_partitions,
    measure_quality,
    number_by_first,
    split_disconnected,
)
from analysis.roles.lockstep import add_rows, move_nodes, refine_communities


def draw_symmetric(runs: int, n: int, seed: int) -> Any:
    half = np.random.default_rng(seed).normal(size=(runs, n, n))
    return (half + half.transpose(0, 2, 1)) / n


def score_alone(matrix: Any, labels: Any, node: int, label: int) -> float:
    """Modularity between a node and the others of a community."""
    others = (labels == label) & (np.arange(len(labels)) != node)
    return float(matrix[node][others].sum())


def test_modularity_of_a_path_by_hand() -> None:
    """Path of three: degrees 1, 2, 1, m = 4; B_01 = (1 - 2/4)/4, B_02 = (0 - 1/4)/4; all together 0."""
    matrix = build_modularity(build_adjacency(nx.path_graph(3)).weights, 1.0)
    assert matrix[0].tolist() == [-1 / 16, 1 / 8, -1 / 16]
    assert measure_quality(matrix, np.array([[0, 0, 0], [0, 0, 1], [0, 1, 2]])).tolist() == pytest.approx(
        [0, -1 / 16 + 1 / 4 - 1 / 4 - 1 / 16, -1 / 16 - 1 / 4 - 1 / 16]
    )


def test_rows_are_added_up_by_group() -> None:
    matrix = draw_symmetric(3, 5, 1)
    group = np.array([[0, 1, 0, 3, 1], [2, 2, 2, 2, 2], [4, 3, 2, 1, 0]])
    total = add_rows(matrix, group, 5)
    for run in range(3):
        for label in range(5):
            assert total[run, label] == pytest.approx(matrix[run][group[run] == label].sum(axis=0), abs=1e-15)
    real = np.arange(5) < np.array([[2], [4]])
    part = add_rows(matrix, group[[2, 0]], 5, of=np.array([2, 0]), real=real)
    assert part[0, 4].tolist() == matrix[2, 0].tolist()
    assert not part[0, :3].any()  # rows 2 to 4 are padding
    assert part[1, 3].tolist() == matrix[0, 3].tolist()


def test_labels_are_numbered_by_first_node() -> None:
    labels = np.array([[7, 7, 2, 9, 2], [0, 1, 2, 3, 4], [3, 3, 3, 3, 3]])
    assert number_by_first(labels).tolist() == [[0, 0, 1, 2, 1], [0, 1, 2, 3, 4], [0, 0, 0, 0, 0]]
    assert number_by_first(np.zeros((2, 0), dtype=np.int64)).shape == (2, 0)


def test_disconnected_communities_are_split() -> None:
    """A path of five: ends together hang on nothing; a path has no hub, and stays whole."""
    joined = nx.to_numpy_array(nx.path_graph(5)) > 0
    labels = np.array([[0, 1, 1, 1, 0], [0, 0, 0, 0, 0], [0, 0, 1, 0, 0]])
    assert split_disconnected(labels, joined).tolist() == [[0, 1, 1, 1, 2], [0, 0, 0, 0, 0], [0, 0, 1, 2, 2]]


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 4), st.integers(1, 9), st.integers(0, 2**32 - 1), st.booleans())
def test_after_moving_no_node_gains_by_moving(runs: int, n: int, seed: int, together: bool) -> None:
    matrix, rng = draw_symmetric(runs, n, seed), np.random.default_rng(seed)
    start = np.zeros((runs, n), dtype=np.int64) if together else np.tile(np.arange(n), (runs, 1))
    labels = move_nodes(matrix, start, rng, least=GAIN)
    assert (measure_quality(matrix, labels) >= measure_quality(matrix, start) - 1e-12).all()
    for each, label in zip(matrix, labels, strict=True):
        for node in range(n):
            here = score_alone(each, label, node, label[node])
            assert here >= -1e-9  # else alone is better
            assert all(here >= score_alone(each, label, node, other) - 1e-9 for other in set(label.tolist()))


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 4), st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_refining_keeps_to_communities_and_only_gains(runs: int, n: int, seed: int) -> None:
    matrix, rng = draw_symmetric(runs, n, seed), np.random.default_rng(seed)
    labels = rng.integers(0, min(n, 3), size=(runs, n))
    parts = refine_communities(matrix, labels, rng, least=GAIN)
    alone = np.tile(np.arange(n), (runs, 1))
    assert (measure_quality(matrix, parts) >= measure_quality(matrix, alone) - 1e-12).all()
    for label, part in zip(labels, parts, strict=True):
        assert (label == label[part]).all()  # a part is named after a node of its community
        assert (part == part[part]).all()


def test_refining_prefers_the_better_merge() -> None:
    """Nodes 1 and 2 offer node 0 gains of 1 and .9: at a randomness of .01, odds of e to the tenth."""
    matrix = np.array([[0, 1, 0.9], [1, 0, -5], [0.9, -5, 0]])
    runs = 400
    parts = refine_communities(
        np.broadcast_to(matrix, (runs, 3, 3)),
        np.zeros((runs, 3), dtype=np.int64),
        np.random.default_rng(0),
        least=GAIN,
    )
    first = (parts[:, 0] == parts[:, 1]).mean()
    assert 0.6 < first < 0.75  # a third of the runs begins with node 2, which can only join node 0
    assert ((parts[:, 0] == parts[:, 1]) | (parts[:, 0] == parts[:, 2])).all()


def test_runs_in_small_batches_are_runs_too(monkeypatch: pytest.MonkeyPatch) -> None:
    club = build_adjacency(nx.karate_club_graph())
    club.weights.data[:] = 1.0
    matrix = build_modularity(club.weights, 1.0)
    monkeypatch.setattr(analysis.roles.leiden, "_CELLS", 2 * 34**2)
    labels = find_partitions(matrix, club.weights, np.random.default_rng(0), runs=9)
    assert labels.shape == (9, 34)
    quality = measure_quality(matrix, labels)
    assert quality.max() == pytest.approx(0.4197896120973046, abs=1e-13)
    assert quality.min() > 0.39
