import numpy as np
import pandas as pd
import pytest
from dyad_samples import make_noise
from hypothesis import given, settings
from hypothesis import strategies as st
from lazega_samples import read_tables

from analysis.inference.mrqap import MrqapFit, measure_mrqap
from analysis.inference.permutation import draw_permutations
from analysis.inference.qap import measure_qap
from regions import MethodError


def fit_plainly(y: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Least squares in the words of a textbook: estimates and t."""
    inverse = np.linalg.inv(x.T @ x)
    b = inverse @ x.T @ y
    rest = y - x @ b
    return b, b / np.sqrt(rest @ rest / (len(y) - x.shape[1]) * inverse.diagonal())


def permute_plainly(
    outcome: pd.DataFrame, predictors: dict[str, pd.DataFrame], cells: tuple[np.ndarray, ...], orders: np.ndarray
) -> np.ndarray:
    """Double semi-partialling step by step, with a full regression for every permutation: (P, m) t."""
    n, draws = len(outcome), np.empty((len(orders), len(predictors)))
    for k, name in enumerate(predictors):
        others = [table.to_numpy()[cells] for other, table in predictors.items() if other != name]
        base = np.column_stack([np.ones(len(cells[0])), *others])
        x = predictors[name].to_numpy()[cells]
        residual = np.zeros((n, n))
        residual[cells] = x - base @ np.linalg.lstsq(base, x, rcond=None)[0]
        if len(cells[0]) < n * (n - 1):
            residual += residual.T
        for row, order in enumerate(orders):
            moved = residual[np.ix_(order, order)][cells]
            draws[row, k] = fit_plainly(outcome.to_numpy()[cells], np.column_stack([base, moved]))[1][-1]
    return draws


@pytest.mark.parametrize("symmetric", [False, True])
@pytest.mark.parametrize("n", [9, 130])
def test_against_a_plain_loop(n: int, *, symmetric: bool) -> None:
    """Estimates, t and all three p; from 128 regions on the permutations run in single precision."""
    tables = {name: make_noise(n, seed=k, symmetric=symmetric) for k, name in enumerate("abc")}
    tables["c"] += tables["a"] * 0.7
    outcome = make_noise(n, seed=9, symmetric=symmetric) + 0.2 * tables["a"]
    cells = np.triu_indices(n, 1) if symmetric else np.nonzero(~np.eye(n, dtype=bool))
    fit = measure_mrqap(outcome, tables, permutations=59, seed=4)
    x = np.column_stack([np.ones(len(cells[0])), *(table.to_numpy()[cells] for table in tables.values())])
    b, t = fit_plainly(outcome.to_numpy()[cells], x)
    np.testing.assert_allclose([fit.constant, *fit.table["estimate"]], b, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose([fit.constant_t, *fit.table["t"]], t, rtol=1e-10, atol=1e-12)
    draws = permute_plainly(outcome, tables, cells, draw_permutations(n, permutations=59, seed=4))
    np.testing.assert_array_equal(fit.table["p"], (1 + (np.abs(draws) >= np.abs(t[1:])).sum(axis=0)) / 60)
    np.testing.assert_array_equal(fit.table["p_upper"], (1 + (draws >= t[1:]).sum(axis=0)) / 60)
    np.testing.assert_array_equal(fit.table["p_lower"], (1 + (draws <= t[1:]).sum(axis=0)) / 60)
    assert (fit.pairs, fit.directed) == (len(cells[0]), not symmetric)


def test_one_predictor_is_the_correlation() -> None:
    """The t of one predictor and r order the permutations alike, when the same table is rearranged."""
    x, y = make_noise(8, seed=1), make_noise(8, seed=2) + make_noise(8, seed=1)
    fit, qap = measure_mrqap(y, {"x": x}, permutations=99, seed=7), measure_qap(y, x, permutations=99, seed=7)
    assert fit.r_squared == pytest.approx(qap.r**2, rel=1e-12)
    assert fit.table.loc["x", ["p", "p_upper", "p_lower"]].tolist() == [qap.p, qap.p_upper, qap.p_lower]


def test_an_exact_relation_is_found() -> None:
    x, z = make_noise(7, seed=1), make_noise(7, seed=2)
    fit = measure_mrqap(3 + 2 * x - z, {"x": x, "z": z}, permutations=99)
    assert fit.table["estimate"].tolist() == pytest.approx([2, -1], rel=1e-12)
    assert fit.constant == pytest.approx(3, rel=1e-12)
    assert fit.r_squared == pytest.approx(1, abs=1e-12)
    assert fit.table["p"].tolist() == [0.01, 0.01]


def test_same_seed_same_p() -> None:
    tables = {name: make_noise(10, seed=k) for k, name in enumerate("ab")}

    def run(seed: int) -> MrqapFit:
        return measure_mrqap(make_noise(10, seed=8), tables, permutations=199, seed=seed)

    pd.testing.assert_frame_equal(run(1).table, run(1).table)
    assert (run(1).table["p"] != run(2).table["p"]).any()
    assert (run(1).seed, run(1).permutations) == (1, 199)


@settings(max_examples=25)
@given(st.integers(0, 500), st.floats(0.01, 100), st.floats(-20, 20))
def test_units_do_not_matter(seed: int, scale: float, shift: float) -> None:
    a, b, y = (make_noise(6, seed=seed + k) for k in range(3))
    plain = measure_mrqap(y, {"a": a, "b": b}, permutations=29)
    moved = measure_mrqap(y.iloc[::-1], {"a": a * scale + shift, "b": b.iloc[:, ::-1]}, permutations=29)
    assert moved.table.loc["a", "estimate"] * scale == pytest.approx(plain.table.loc["a", "estimate"], rel=1e-8)
    np.testing.assert_allclose(moved.table["t"], plain.table["t"], rtol=1e-8)
    assert plain.r_squared == pytest.approx(moved.r_squared, rel=1e-8)


def test_faulty_designs_are_named() -> None:
    a, b = make_noise(5, seed=1), make_noise(5, seed=2)
    y = make_noise(5)
    with pytest.raises(MethodError, match="'a' is a combination of the others"):
        measure_mrqap(y, {"a": a, "b": b, "c": a - 2 * b + 1})
    with pytest.raises(MethodError, match="'b' is the same for all pairs"):
        measure_mrqap(y, {"a": a, "b": b * 0})
    with pytest.raises(MethodError, match="'the outcome' is the same"):
        measure_mrqap(y * 0 + 1, {"a": a})
    with pytest.raises(MethodError, match="at least one predictor"):
        measure_mrqap(y, {})
    six = {name: make_noise(4, seed=k, symmetric=True) for k, name in enumerate("abcdef")}
    with pytest.raises(MethodError, match="6 pairs cannot support 7"):
        measure_mrqap(make_noise(4, seed=9, symmetric=True), six)


def test_a_law_firm_as_in_sna() -> None:
    """R sna: netlm, qapspp, 5,000 permutations; 13 digits. R squared by R lm."""
    tables = read_tables()
    predictors = {name: tables[name] for name in ("office", "practice", "seniority")}
    fit = measure_mrqap(tables["relations"], predictors, permutations=5000, seed=1)
    coefficients = [0.1096111099853789, 0.5637849719147959, 0.4343468780377404, -0.0102830054002093]
    np.testing.assert_allclose([fit.constant, *fit.table["estimate"]], coefficients, rtol=0, atol=1e-13)
    t = [4.62935307464056, 25.24658959434186, 19.48651320636273, -7.97696611738051]
    np.testing.assert_allclose([fit.constant_t, *fit.table["t"]], t, rtol=1e-12)
    assert fit.r_squared == pytest.approx(0.178146023079, abs=1e-12)
    # Theirs are 0, 0 and .0006; with 5,000 draws each the standard error of the last is .0004.
    assert fit.table["p"].tolist() == pytest.approx([1 / 5001, 1 / 5001, 0.0006], abs=0.0015)
    assert fit.table["p_upper"].tolist() == pytest.approx([1 / 5001, 1 / 5001, 0.9996], abs=0.0015)
    assert fit.table["p_lower"].tolist() == pytest.approx([1, 1, 0.0004], abs=0.0015)
