"""Region effects: columns, sums, redundancy."""

import numpy as np
import pytest

from analysis.loglinear.effects import Effect, EffectLayout, build_layout, find_present, find_redundant
from regions import MethodError

I = np.array([0, 0, 1, 2])  # noqa: E741 - the ends of pairs 0-1, 0-2, 1-2, 2-3
J = np.array([1, 2, 2, 3])
V = np.array([[1.0, 2.0, 4.0, 8.0]])


def dummies(layout: EffectLayout) -> np.ndarray:
    d = np.zeros((layout.columns.shape[1], layout.size))
    for column in layout.columns:
        d[np.arange(len(d)), column] += 1
    return d


def test_symmetric_effect_counts_a_pair_at_both_ends() -> None:
    layout = build_layout([Effect("region", I, J)], 4)
    assert layout.size == 4
    assert layout.sums(V).tolist() == [[3.0, 5.0, 14.0, 8.0]]
    assert layout.spread(np.array([[1.0, 10.0, 100.0, 1000.0]])).tolist() == [[11.0, 101.0, 110.0, 1100.0]]


def test_two_one_way_effects_have_columns_of_their_own() -> None:
    layout = build_layout([Effect("source", I), Effect("target", J)], 4)
    assert layout.blocks == (3, 4)
    assert layout.starts == (0, 3, 7)
    assert layout.sums(V).tolist() == [[3.0, 4.0, 8.0, 0.0, 1.0, 6.0, 8.0]]
    assert np.asarray(layout.cross(V[0])).tolist() == [[0, 1, 2, 0], [0, 0, 4, 0], [0, 0, 0, 8]]


@pytest.mark.parametrize(
    "effects",
    [
        [Effect("region", I, J)],
        [Effect("source", I), Effect("target", J)],
        [Effect("region", I, J), Effect("year", np.array([0, 1, 0, 1]))],
    ],
)
def test_gram_and_redundancy_agree_with_explicit_dummies(effects: list[Effect]) -> None:
    layout = build_layout(effects, 4)
    d = dummies(layout)
    assert np.array_equal(layout.gram(V[0]), d.T @ np.diag(V[0]) @ d)
    pinned = find_redundant(layout, np.ones(4))
    rank = np.linalg.matrix_rank(d)
    assert (~pinned).sum() == rank
    assert np.linalg.matrix_rank(d[:, ~pinned]) == rank


def test_sparse_cross_equals_dense() -> None:
    rng = np.random.default_rng(0)
    i, j = rng.integers(0, 40, 60), rng.integers(0, 50, 60)
    layout = build_layout([Effect("source", i, labels=("",) * 40), Effect("target", j, labels=("",) * 50)], 60)
    weights = rng.uniform(size=60)
    cross = layout.cross(weights)
    assert not isinstance(cross, np.ndarray)
    assert np.allclose(cross.toarray(), layout.gram(weights)[:40, 40:])


def test_star_needs_one_pin_triangle_none() -> None:
    star = build_layout([Effect("region", np.array([0, 0, 0]), np.array([1, 2, 3]))], 3)
    triangle = build_layout([Effect("region", np.array([0, 0, 1]), np.array([1, 2, 2]))], 3)
    assert find_redundant(star, np.ones(3)).sum() == 1
    assert find_redundant(triangle, np.ones(3)).sum() == 0


def test_levels_without_observations_are_pinned_and_absent() -> None:
    layout = build_layout([Effect("source", np.array([0, 2])), Effect("target", np.array([1, 1]))], 2)
    assert find_present(layout).tolist() == [True, False, True, False, True]
    pinned = find_redundant(layout, np.ones(2))
    assert pinned[[1, 3]].all()
    assert pinned.sum() == 3  # one more for the connected rest


def test_no_effects_at_all() -> None:
    layout = build_layout([], 3)
    assert layout.size == 0
    assert layout.spread(np.zeros((2, 0))).tolist() == [[0.0] * 3] * 2
    assert find_redundant(layout, np.ones(3)).shape == (0,)


@pytest.mark.parametrize("bad", [np.array([0, 1]), np.array([0, 1, 5]), np.array([0, -1, 1])])
def test_indices_that_do_not_fit_are_refused(bad: np.ndarray) -> None:
    with pytest.raises(MethodError, match=r"effect 'source' needs 3 indices from 0 to 1"):
        build_layout([Effect("source", bad, labels=("a", "b"))], 3)


def test_cross_needs_two_sides() -> None:
    with pytest.raises(MethodError, match="two one-way"):
        build_layout([Effect("region", I, J)], 4).cross(V[0])
