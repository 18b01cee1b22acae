"""Separated zeros and covariates that cannot be told apart."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from analysis.loglinear.effects import Effect, build_layout, find_redundant
from analysis.loglinear.separation import find_identified, find_separated


def separate(y: list[float], x: list[list[float]], effects: list[Effect]) -> list[bool]:
    outcome, rows = np.array(y, dtype=float), np.array(x, dtype=float).reshape(-1, len(y))
    layout = build_layout(effects, len(y))
    weights = np.ones(len(y))
    pinned = find_redundant(layout, weights)
    rank = int((~pinned).sum() + find_identified(rows, layout, weights, pinned).sum())
    return find_separated(outcome, rows, layout, rank=rank).tolist()


def separate_by_full_programme(y: np.ndarray, design: np.ndarray) -> list[bool]:
    """Apply the definition with all coefficients free: move no positive outcome, raise no zero."""
    zeros = design[y == 0]
    m, p = zeros.shape
    answer = linprog(
        np.r_[np.zeros(p), -np.ones(m)],
        A_ub=np.hstack([zeros, np.eye(m)]),
        b_ub=np.zeros(m),
        A_eq=np.hstack([design[y > 0], np.zeros(((y > 0).sum(), m))]),
        b_eq=np.zeros((y > 0).sum()),
        bounds=[(None, None)] * p + [(0, 1)] * m,
    )
    found = np.zeros(len(y), dtype=bool)
    found[y == 0] = answer.x[p:] > 0.5
    return found.tolist()


def test_a_dummy_that_is_one_only_at_zeros_separates_them() -> None:
    assert separate([0, 0, 2, 3], [[1, 1, 1, 1], [1, 0, 0, 0]], []) == [True, False, False, False]


def test_a_dummy_with_one_positive_outcome_separates_nothing() -> None:
    assert separate([0, 1, 2, 3], [[1, 1, 1, 1], [1, 1, 0, 0]], []) == [False] * 4


def test_a_covariate_of_both_signs_at_the_zeros_separates_nothing() -> None:
    assert separate([0, 0, 2, 3], [[1, 1, 1, 1], [1, -1, 0, 0]], []) == [False] * 4


def test_a_lone_zero_between_two_blocs_is_separated() -> None:
    # 0-1 and 2-3 collaborate; the zero 0-3 joins blocs that nothing else compares, from one side only
    effects = [Effect("source", np.array([0, 0, 1, 1, 0])), Effect("target", np.array([0, 0, 1, 1, 1]))]
    assert separate([1, 2, 3, 4, 0], [], effects) == [False] * 4 + [True]


def test_zeros_on_both_sides_of_two_blocs_hold_each_other() -> None:
    effects = [Effect("source", np.array([0, 1, 0, 1])), Effect("target", np.array([0, 1, 1, 0]))]
    assert separate([1, 3, 0, 0], [], effects) == [False] * 4


@pytest.mark.parametrize("seed", range(40))
def test_random_sparse_networks_agree_with_the_definition(seed: int) -> None:
    rng = np.random.default_rng(seed)
    i, j = np.nonzero(~np.eye(5, dtype=bool))
    y = rng.poisson(0.35, 20).astype(float)
    x = rng.integers(-1, 3, (2, 20)).astype(float)
    linked = (np.bincount(i, y, 5) > 0)[i] & (np.bincount(j, y, 5) > 0)[j]
    i, j, y, x = i[linked], j[linked], y[linked], x[:, linked]
    labels = tuple("abcde")
    found = separate(y.tolist(), x.tolist(), [Effect("source", i, labels=labels), Effect("target", j, labels=labels)])
    assert found == separate_by_full_programme(y, np.hstack([x.T, np.eye(5)[i], np.eye(5)[j]]))


@pytest.mark.parametrize("number", [1, 2])
def test_examples_of_correia_agree_with_the_definition(golden: Callable[[str], Path], number: int) -> None:
    data = pd.read_csv(golden(f"gravity/correia2019_separation_example{number}.csv"))
    x = np.vstack([np.ones(len(data)), data[["x1", "x2", "x3", "x4"]].to_numpy().T])
    found = separate(data["y"].tolist(), x.tolist(), [])
    assert any(found)
    assert found == separate_by_full_programme(data["y"].to_numpy(), x.T)


def test_of_collinear_covariates_the_earlier_stays() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, 30))
    layout = build_layout([], 30)
    rows = np.array([a, 3 * a, b, a - b, np.zeros(30)])
    assert find_identified(rows, layout, np.ones(30), np.zeros(0, dtype=bool)).tolist() == [
        True,
        False,
        True,
        False,
        False,
    ]


def test_rows_of_weight_zero_do_not_tell_covariates_apart() -> None:
    rows = np.array([[1.0, 1, 1], [2, 2, 5]])
    layout = build_layout([], 3)
    none = np.zeros(0, dtype=bool)
    assert find_identified(rows, layout, np.array([1.0, 1, 0]), none).tolist() == [True, False]
    assert find_identified(rows, layout, np.ones(3), none).tolist() == [True, True]
