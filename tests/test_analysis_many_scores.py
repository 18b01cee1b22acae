import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from many_samples import build_graph, draw_weights

from analysis.scores.centrality import measure_centrality
from analysis.scores.many_paths import measure_many_betweenness, measure_many_distances
from analysis.scores.many_scores import MEASURES, measure_many
from analysis.scores.paths import build_lengths, measure_path_distances, measure_paths
from regions import MethodError


def compare_one_by_one(weights: np.ndarray, *, tolerance: float = 1e-11) -> None:
    rng = np.random.default_rng(1)
    internal, external = rng.random((2, *weights.shape[:2]))
    many = measure_many(weights, internal, external)
    for row, each in enumerate(weights):
        table = measure_centrality(build_graph(each, internal[row], external[row]))
        for name in MEASURES:
            np.testing.assert_allclose(many[name][row], table[name], rtol=tolerance, atol=tolerance, err_msg=name)


def test_the_columns_are_those_of_the_table() -> None:
    table = measure_centrality(build_graph(draw_weights(1, 4, share=1)[0], np.ones(4), np.ones(4)))
    assert list(table) == list(MEASURES)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 1.0])
def test_as_one_by_one(share: float) -> None:
    """Small whole weights give many equal paths; at .1 most networks fall into several components."""
    compare_one_by_one(draw_weights(40, 11, share=share, seed=int(share * 10)))


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 7), st.floats(0.1, 1))
def test_as_one_by_one_at_random(seed: int, n: int, share: float) -> None:
    compare_one_by_one(draw_weights(3, n, share=share, seed=seed))


def test_star_by_hand() -> None:
    weights = np.zeros((1, 5, 5))
    weights[0, 0, 1:] = weights[0, 1:, 0] = 2.0
    scores = measure_many(weights, np.zeros((1, 5)), np.zeros((1, 5)))
    assert scores["betweenness"][0].tolist() == [1, 0, 0, 0, 0]
    assert scores["closeness"][0].tolist() == pytest.approx([2, *[(2 + 3 * 1) / 4] * 4])
    assert scores["eigenvector"][0].tolist() == pytest.approx([1, *[0.5] * 4], abs=1e-12)
    assert scores["degree"][0].tolist() == [4, 1, 1, 1, 1]
    assert scores["external_share"][0].tolist() == [1] * 5


def test_two_equal_components_are_both_scored() -> None:
    weights = np.zeros((1, 5, 5))
    for a, b in ((0, 1), (2, 3)):
        weights[0, a, b] = weights[0, b, a] = 3.0
    scores = measure_many(weights, np.zeros((1, 5)), np.zeros((1, 5)))
    assert scores["eigenvector"][0].tolist() == [1, 1, 1, 1, 0]
    assert np.isnan(scores["external_share"][0, 4])
    assert np.isfinite(scores["external_share"][0, :4]).all()


def test_a_second_eigenvalue_close_to_the_first() -> None:
    """Two cliques and one thin bridge: squaring does not settle, the exact solver must take over."""
    weights = np.zeros((12, 12))
    weights[:6, :6] = weights[6:, 6:] = 1.0
    weights[0, 6] = weights[6, 0] = 1e-4
    weights[0, 1] = weights[1, 0] = 1.01
    np.fill_diagonal(weights, 0)
    compare_one_by_one(weights[None], tolerance=1e-9)


def test_sums_of_fractions_are_equal_paths() -> None:
    """0.1 + 0.2 and 0.3: the direct link and the way round are equally short."""
    weights = np.zeros((1, 3, 3))
    for a, b, length in ((0, 1, 0.1), (1, 2, 0.2), (0, 2, 0.3)):
        weights[0, a, b] = weights[0, b, a] = 1 / length
    found = measure_many_betweenness(weights, measure_many_distances(weights))
    assert found[0].tolist() == [0, 1, 0]


def test_directed_paths() -> None:
    """The engine of paths does not ask for symmetry."""
    rng = np.random.default_rng(5)
    weights = rng.integers(1, 4, (6, 9, 9)) * (rng.random((6, 9, 9)) < 0.3).astype(float)
    weights[:, range(9), range(9)] = 0
    distance = measure_many_distances(weights)
    found = measure_many_betweenness(weights, distance)
    for row, each in enumerate(weights):
        from scipy import sparse  # noqa: PLC0415 - used by one test

        lengths = build_lengths(sparse.csr_array(each))
        np.testing.assert_allclose(distance[row], measure_path_distances(lengths), rtol=1e-14)
        np.testing.assert_allclose(found[row], measure_paths(lengths).betweenness, rtol=1e-12, atol=1e-12)


def test_many_parts_and_none() -> None:
    """More networks than are in work at once; and no network, no region."""
    weights = draw_weights(700, 10, share=0.4)
    every = measure_many(weights, np.ones((700, 10)), np.ones((700, 10)))
    alone = measure_many(weights[650:651], np.ones((1, 10)), np.ones((1, 10)))
    for name in MEASURES:
        np.testing.assert_array_equal(every[name][650], alone[name][0])
    empty = measure_many(np.zeros((2, 0, 0)), np.zeros((2, 0)), np.zeros((2, 0)))
    assert {name: scores.shape for name, scores in empty.items()} == dict.fromkeys(MEASURES, (2, 0))


def test_weights_too_far_apart() -> None:
    weights = draw_weights(1, 4, share=1)
    weights[0, 0, 1] = weights[0, 1, 0] = 1e13
    with pytest.raises(MethodError, match="too far apart"):
        measure_many(weights, np.zeros((1, 4)), np.zeros((1, 4)))
