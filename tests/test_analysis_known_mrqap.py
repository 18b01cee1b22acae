"""MRQAP with pairs that are not known, against a plain loop."""

import numpy as np
import pandas as pd
import pytest
from dyad_samples import make_noise

from analysis.inference.known_mrqap import measure_known_mrqap
from analysis.inference.mrqap import measure_mrqap
from analysis.inference.permutation import draw_permutations
from regions import MethodError


def fit_plainly(y: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Least squares in the words of a textbook: estimates and t."""
    inverse = np.linalg.inv(x.T @ x)
    b = inverse @ x.T @ y
    rest = y - x @ b
    return b, b / np.sqrt(rest @ rest / (len(y) - x.shape[1]) * inverse.diagonal())


@pytest.mark.parametrize("symmetric", [False, True])
def test_against_a_plain_loop_over_known_pairs(*, symmetric: bool) -> None:
    """Every rearrangement is a full regression on the pairs that are known before and after it."""
    n = 11
    holes = make_noise(n, seed=5, symmetric=symmetric).to_numpy() > 1.0
    tables = {name: make_noise(n, seed=k, symmetric=symmetric) for k, name in enumerate("ab")}
    tables["b"] = tables["b"].mask(holes)
    outcome = make_noise(n, seed=9, symmetric=symmetric) + 0.4 * tables["a"]
    known = ~holes & ~np.eye(n, dtype=bool)
    cells = np.nonzero(np.triu(known) if symmetric else known)
    fit = measure_known_mrqap(outcome, tables, permutations=49, seed=4)
    y, x = outcome.to_numpy()[cells], np.column_stack([table.to_numpy()[cells] for table in tables.values()])
    b, t = fit_plainly(y, np.column_stack([np.ones(len(y)), x]))
    np.testing.assert_allclose([fit.constant, *fit.table["estimate"]], b, rtol=1e-9)
    np.testing.assert_allclose(fit.table["t"], t[1:], rtol=1e-9)
    assert fit.pairs == len(y) < n * (n - 1) / (1 + symmetric)
    draws = np.empty((49, 2))
    for k in range(2):
        base = np.column_stack([np.ones(len(y)), x[:, 1 - k]])
        residual = np.full((n, n), np.nan)
        residual[cells] = x[:, k] - base @ np.linalg.lstsq(base, x[:, k], rcond=None)[0]
        if symmetric:
            residual = np.where(np.isnan(residual), residual.T, residual)
        for row, order in enumerate(draw_permutations(n, permutations=49, seed=4)):
            moved = residual[np.ix_(order, order)][cells]
            use = np.isfinite(moved)
            draws[row, k] = fit_plainly(y[use], np.column_stack([base, moved])[use])[1][-1]
    np.testing.assert_array_equal(fit.table["p"], (1 + (np.abs(draws) >= np.abs(t[1:])).sum(axis=0)) / 50)
    np.testing.assert_array_equal(fit.table["p_upper"], (1 + (draws >= t[1:]).sum(axis=0)) / 50)


def test_without_holes_it_is_the_plain_one() -> None:
    x, y = make_noise(9, seed=1), make_noise(9, seed=2)
    mine, plain = (f(y, {"x": x}, permutations=30, seed=3) for f in (measure_known_mrqap, measure_mrqap))
    pd.testing.assert_frame_equal(mine.table, plain.table)


def test_too_little_is_refused() -> None:
    x = make_noise(6, seed=1)
    few = pd.DataFrame(np.nan, index=x.index, columns=x.columns)
    few.iloc[0, 1:3] = [1.0, 2.0]
    with pytest.raises(MethodError, match="2 known pairs cannot support 2 coefficients"):
        measure_known_mrqap(make_noise(6, seed=2), {"x": few}, permutations=9)
    same = x.mask(make_noise(6, seed=3) > 0) * 0.0
    with pytest.raises(MethodError, match="x is the same for all known pairs"):
        measure_known_mrqap(make_noise(6, seed=2), {"x": same}, permutations=9)
    holed = x.mask(np.eye(6, k=1, dtype=bool))
    with pytest.raises(MethodError, match="combination"):
        measure_known_mrqap(make_noise(6, seed=2), {"a": holed, "b": 2 * holed}, permutations=9)
