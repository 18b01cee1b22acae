"""The log-determinant and its traces, and what makes up for year effects: against dense matrices."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from spatial_samples import build_ring

from analysis.spatial.log_determinant import LogDeterminant, build_log_determinant, measure_eigenvalues
from analysis.spatial.recentring import build_recentring
from geodata.weights.spatial_weights import SpatialWeights, read_weights

RHO = np.array([-0.7, 0.0, 0.3, 0.85])


def _lopsided() -> SpatialWeights:
    rng = np.random.default_rng(1)
    cells = rng.random((12, 12)) * (rng.random((12, 12)) < 0.4)
    np.fill_diagonal(cells, 0.0)
    codes = pd.Index([f"R{k:02d}" for k in range(12)])
    return read_weights(pd.DataFrame(cells / np.abs(np.linalg.eigvals(cells)).max(), index=codes, columns=codes))


def _dense(weights: SpatialWeights, rho: float) -> tuple[Any, Any]:
    w = weights.matrix.toarray()
    inverse = np.linalg.inv(np.eye(len(w)) - rho * w)
    return w, w @ inverse


@pytest.mark.parametrize("weights", [read_weights(build_ring(12)), _lopsided()], ids=["symmetric", "lopsided"])
@pytest.mark.parametrize("factors", [False, True])
def test_values_and_traces_agree_with_dense_matrices(
    weights: SpatialWeights, factors: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The series over factors is an interpolation: its derivative loses a few digits."""
    if factors:
        monkeypatch.setattr("analysis.spatial.log_determinant.DENSE", 5)
    found = build_log_determinant(weights)
    assert (found.eigenvalues is None) == factors
    for k, rho in enumerate(RHO):
        w, g = _dense(weights, rho)
        wanted = np.linalg.slogdet(np.eye(12) - rho * w)[1]
        assert found.measure(RHO)[k] == pytest.approx(wanted, rel=1e-10, abs=1e-12)
        one = np.array([rho])
        assert found.trace(one)[0] == pytest.approx(np.trace(g), rel=1e-7, abs=1e-7)


def test_the_interval_ends_where_the_matrix_is_singular() -> None:
    """A ring of four: eigenvalues 1, 0, 0, -1. A complete graph of four: 1 and three times -1/3."""
    ring = build_log_determinant(read_weights(build_ring(4)))
    assert (ring.low, ring.high) == (pytest.approx(-1), pytest.approx(1))
    full = (np.ones((4, 4)) - np.eye(4)) / 3
    codes = list("ABCD")
    found = build_log_determinant(read_weights(pd.DataFrame(full, index=codes, columns=codes)))
    assert (found.low, found.high, found.radius) == (pytest.approx(-3), pytest.approx(1), pytest.approx(1))


def test_many_regions_take_the_symmetric_method(monkeypatch: pytest.MonkeyPatch) -> None:
    """Row-normalised symmetric links are like a symmetric matrix: both ways give the same eigenvalues."""
    links = build_ring(30) * 2
    links.iloc[0, 10] = links.iloc[10, 0] = 1.0
    weights = read_weights(links.div(links.sum(axis=1), axis=0))
    plain = np.sort(measure_eigenvalues(weights.matrix).real)
    monkeypatch.setattr("analysis.spatial.log_determinant._SMALL", 5)
    even = measure_eigenvalues(weights.matrix)
    assert not np.iscomplexobj(even)
    assert np.sort(even) == pytest.approx(plain, abs=1e-9)


def test_a_series_is_followed_without_new_factors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.spatial.log_determinant.DENSE", 5)
    found = build_log_determinant(_lopsided()).follow(0.1, 0.5)
    exact = build_log_determinant(_lopsided()).measure(np.array([0.2, 0.4]))
    monkeypatch.setattr("analysis.spatial.log_determinant._factorise", _refuse)
    assert found.measure(np.array([0.2, 0.4])) == pytest.approx(exact, rel=1e-10)


def _refuse(*_: Any) -> float:
    raise AssertionError("factors were asked for")


def test_recentring_is_the_integral_of_what_year_effects_take() -> None:
    """Lag model: slope 1'G1/N; error model: v'Gv / v'v with v = (I - rho W) 1; both 0 at rho 0."""
    weights = _lopsided()
    determinant = build_log_determinant(weights)
    assert isinstance(determinant, LogDeterminant)
    lag = build_recentring(weights, determinant.radius, error=False)
    error = build_recentring(weights, determinant.radius, error=True)
    for rho in RHO:
        w, g = _dense(weights, rho)
        ones = np.ones(12)
        gone = ones - rho * (w @ ones)
        at = np.array([rho])
        assert lag.slope(at)[0] == pytest.approx(ones @ g @ ones / 12, rel=1e-8)
        assert error.slope(at)[0] == pytest.approx(gone @ g @ gone / (gone @ gone), rel=1e-8)
        step = 1e-5
        for term in (lag, error):
            rise = (term.measure(at + step)[0] - term.measure(at - step)[0]) / (2 * step)
            assert rise == pytest.approx(term.slope(at)[0], rel=1e-6)
    assert lag.measure(np.zeros(1))[0] == pytest.approx(0, abs=1e-12)


def test_where_rows_sum_to_one_it_is_the_transformation_of_lee_and_yu() -> None:
    weights = read_weights(build_ring(12))
    for error in (False, True):
        term = build_recentring(weights, 1.0, error=error)
        assert term.measure(RHO) == pytest.approx(-np.log(1 - RHO), rel=1e-12, abs=1e-12)
        assert term.slope(RHO) == pytest.approx(1 / (1 - RHO), rel=1e-12)
