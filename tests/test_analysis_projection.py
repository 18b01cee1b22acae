"""Solving for region effects: every route gives least squares."""

import numpy as np
import pytest

from analysis.loglinear import effects as effects_module
from analysis.loglinear.effects import Effect, EffectLayout, build_layout, find_redundant
from analysis.loglinear.projection import solve_effects, solve_scaled
from regions import MethodError


def residual_by_lstsq(layout: EffectLayout, weights: np.ndarray, z: np.ndarray) -> np.ndarray:
    d = np.zeros((layout.columns.shape[1], layout.size))
    for column in layout.columns:
        d[np.arange(len(d)), column] += 1
    root = np.sqrt(weights)[:, None]
    return z - (d @ np.linalg.lstsq(root * d, root * z.T, rcond=None)[0]).T


def residual(layout: EffectLayout, weights: np.ndarray, z: np.ndarray) -> np.ndarray:
    a = solve_effects(layout, weights, layout.sums(z * weights), find_redundant(layout, weights))
    return z - layout.spread(a)


def make(kind: str, seed: int = 3) -> tuple[EffectLayout, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    i, j = np.triu_indices(9, k=1)
    if kind == "directed":
        i, j = np.nonzero(~np.eye(9, dtype=bool))
    if kind == "ragged":
        keep = rng.uniform(size=len(i)) < 0.4
        i, j = i[keep], j[keep]
    both = [Effect("source", i), Effect("target", j)]
    layout = build_layout([Effect("region", i, j)] if kind == "symmetric" else both, len(i))
    return layout, rng.gamma(0.3, size=len(i)) + 1e-6, rng.normal(size=(3, len(i)))


@pytest.mark.parametrize("kind", ["symmetric", "directed", "ragged"])
def test_factorisation_is_weighted_least_squares(kind: str) -> None:
    layout, weights, z = make(kind)
    assert np.allclose(residual(layout, weights, z), residual_by_lstsq(layout, weights, z), atol=1e-8)


@pytest.mark.parametrize("kind", ["directed", "ragged"])
def test_conjugate_gradients_are_weighted_least_squares(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effects_module, "DENSE_LIMIT", 0)
    layout, weights, z = make(kind)
    assert layout.is_large
    assert np.allclose(residual(layout, weights, z), residual_by_lstsq(layout, weights, z), atol=1e-7)


def test_a_variable_the_effects_explain_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effects_module, "DENSE_LIMIT", 0)
    layout, weights, _ = make("directed")
    z = np.vstack([np.ones(len(weights)), layout.columns[0].astype(float)])
    assert np.abs(residual(layout, weights, z)).max() < 1e-7


def test_scaling_survives_regions_of_very_different_size() -> None:
    matrix = np.diag([1e-12, 1.0, 1e12]) @ (np.eye(3) + 0.1) @ np.diag([1e-12, 1.0, 1e12])
    expected = np.array([[1e12], [2.0], [3e-12]])
    assert solve_scaled(matrix, matrix @ expected) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("matrix", [np.ones((2, 2)) * [[1, 1], [1, 1 - 1e-3]], np.diag([1.0, 0.0])])
def test_singular_systems_are_named_as_such(matrix: np.ndarray) -> None:
    with pytest.raises(MethodError, match="cannot be told apart"):
        solve_scaled(matrix, np.ones((2, 1)))


def test_many_right_hand_sides_in_blocks_are_solved_like_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(7)
    half = rng.normal(size=(9, 9))
    matrix, right = half @ half.T + np.eye(9), rng.normal(size=(9, 7))
    monkeypatch.setattr("analysis.loglinear.projection.BLOCK", 3)
    assert solve_scaled(matrix, right) == pytest.approx(np.linalg.solve(matrix, right), rel=1e-9)
    assert solve_scaled(matrix, right[:, :0]).shape == (9, 0)
