from dataclasses import asdict
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from dyad_samples import make_noise
from hypothesis import given
from hypothesis import strategies as st
from lazega_samples import read_tables

from analysis.inference.matrices import build_matrix
from analysis.inference.qap import measure_qap, standardise
from analysis.networks.network import build_network
from geodata import measure_distances
from regions import MethodError, load_study


def test_a_table_goes_together_with_itself() -> None:
    table = make_noise(8, seed=1)
    result = measure_qap(table, table, permutations=199)
    assert result.r == pytest.approx(1, abs=1e-12)
    assert (result.p, result.p_upper, result.p_lower) == (1 / 200, 1 / 200, 1)
    assert (result.pairs, result.permutations, result.seed, result.directed) == (56, 199, 0, True)


def test_against_every_permutation_of_four() -> None:
    """With 24 orders the exact p is known; 4,000 draws miss it by less than 5 standard errors (.04)."""
    first, second = make_noise(4, seed=2), make_noise(4, seed=3)
    off = ~np.eye(4, dtype=bool)
    x, y = first.to_numpy(), second.to_numpy()
    every = [np.corrcoef(x[off], y[np.ix_(order, order)][off])[0, 1] for order in permutations(range(4))]
    result = measure_qap(first, second, permutations=4000)
    assert result.r == pytest.approx(every[0], abs=1e-14)
    assert result.p == pytest.approx(np.mean(np.abs(every) >= abs(every[0]) - 1e-12), abs=0.04)
    assert result.p_upper == pytest.approx(np.mean(np.array(every) >= every[0] - 1e-12), abs=0.04)
    assert result.mean == pytest.approx(np.mean(every), abs=0.05)
    assert result.sd == pytest.approx(np.std(every), abs=0.05)


def test_symmetric_tables_count_pairs_once() -> None:
    first, second = make_noise(7, seed=1, symmetric=True), make_noise(7, seed=2, symmetric=True)
    result = measure_qap(first, second, permutations=9)
    upper = np.triu_indices(7, 1)
    assert (result.pairs, result.directed) == (21, False)
    assert result.r == pytest.approx(np.corrcoef(first.to_numpy()[upper], second.to_numpy()[upper])[0, 1], abs=1e-14)


@given(st.integers(0, 1000), st.floats(0.01, 100), st.floats(-50, 50))
def test_invariances(seed: int, scale: float, shift: float) -> None:
    """Unit, level and the order of the rows mean nothing; turning the sign turns r and swaps the tails."""
    first, second = make_noise(6, seed=seed), make_noise(6, seed=seed + 1)
    plain = measure_qap(first, second, permutations=39, seed=5)
    moved = measure_qap(first * scale + shift, second.sample(frac=1, random_state=seed), permutations=39, seed=5)
    turned = measure_qap(first, -second, permutations=39, seed=5)
    assert asdict(moved) == pytest.approx(asdict(plain), rel=1e-9, abs=1e-9)
    assert (turned.r, turned.p) == pytest.approx((-plain.r, plain.p))
    assert (turned.p_upper, turned.p_lower) == (plain.p_lower, plain.p_upper)


def test_noise_is_rejected_as_often_as_it_should_be() -> None:
    """Region effects in both tables, which fool a test on pairs; 200 tests at 10 %: within 4.5 sd of 20."""
    hits = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        tables = [make_noise(12, seed=1000 + 2 * seed + k) + 2 * rng.normal(size=12) for k in (0, 1)]
        hits += measure_qap(*tables, permutations=99, seed=seed).p <= 0.1
    assert 1 <= hits <= 40


def test_a_constant_table_is_refused() -> None:
    table = make_noise(5)
    with pytest.raises(MethodError, match="'second' is the same for all pairs"):
        measure_qap(table, table * 0 + 3.3)


def test_standardise() -> None:
    table = standardise(make_noise(5).to_numpy() + 7, "x")
    off = ~np.eye(5, dtype=bool)
    assert table[off].mean() == pytest.approx(0, abs=1e-15)
    assert (table**2).sum() == pytest.approx(1)
    assert (table.diagonal() == 0).all()


def test_china_collaborates_near_by() -> None:
    study = load_study("china")
    distances = measure_distances(study)
    weights = build_matrix(build_network(study))
    result = measure_qap(weights, np.log(distances.where(distances > 0, 1.0)), permutations=499)
    assert not result.directed
    assert result.pairs == 465
    assert -0.6 < result.r < 0
    assert result.p_lower < 0.05


def test_a_law_firm_as_in_sna() -> None:
    """R sna: gcor and qaptest; their p of seniority is .0012 by 5,000 draws, standard error .0005 (ours .0008)."""
    tables = read_tables()
    names = {"office": 0.322747231560536, "practice": 0.253933866387826, "seniority": -0.0933077601783695}
    found = {name: measure_qap(tables["relations"], tables[name], permutations=1999) for name in names}
    for name, r in names.items():
        assert found[name].r == pytest.approx(r, abs=1e-12)
    assert found["office"].p_upper == found["practice"].p_upper == 1 / 2000
    assert found["seniority"].p_lower == pytest.approx(0.0012, abs=0.003)
    assert pd.Series(asdict(found["seniority"])).notna().all()
