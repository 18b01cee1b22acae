"""The series in rho: against functions known in closed form."""

import numpy as np
import pytest

from analysis.spatial.rho_series import interpolate


def test_a_function_with_poles_outside_is_followed_to_rounding() -> None:
    lags = np.array([0.999, 0.5, 0.0, -0.3, -0.9])
    rho = np.array([-0.6, -0.2, 0.0, 0.4, 0.9, 0.99, 0.9999])
    found = interpolate(rho, 1.0, lambda at: 1 / (1 - at * lags))
    assert found == pytest.approx(1 / (1 - rho[:, None] * lags), rel=1e-8)


def test_one_value_is_enough() -> None:
    assert interpolate(np.array([0.3]), 1.0, lambda at: np.array([[at**2]])).tolist() == [[[pytest.approx(0.09)]]]


def test_a_radius_other_than_one_moves_the_limit() -> None:
    rho = np.linspace(0, 0.049, 40)
    found = interpolate(rho, 20.0, lambda at: np.array(1 / (1 - 20 * at)))
    assert found == pytest.approx(1 / (1 - 20 * rho), rel=1e-10)


def test_the_function_is_worked_out_at_few_places() -> None:
    seen: list[float] = []

    def count(at: float) -> np.ndarray:
        seen.append(at)
        return np.array(at)

    interpolate(np.linspace(0.2, 0.6, 5_000), 1.0, count)
    assert len(seen) < 40
