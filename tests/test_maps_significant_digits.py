"""Significant digits: by hand, at the ends of the range, and what is lost."""

import numpy as np
import pytest

from maps.exchange.significant_digits import DIGITS, round_digits


@pytest.mark.parametrize(
    ("value", "digits", "right"),
    [(1 / 3, 3, 0.333), (2 / 3, 3, 0.667), (12345.678, 3, 12300.0), (-9.996, 3, -10.0), (4.0, 10, 4.0)],
)
def test_by_hand(value: float, digits: int, right: float) -> None:
    assert repr(float(round_digits(np.array([value]), digits=digits)[0])) == repr(right)


def test_what_is_no_number_and_what_is_nothing_stay() -> None:
    values = np.array([0.0, -0.0, np.inf, -np.inf, np.nan, 5e-324, 1e-300, 1.5e300])
    assert np.array_equal(round_digits(values), values, equal_nan=True)


def test_read_back_a_number_differs_by_less_than_a_billionth() -> None:
    rng = np.random.default_rng(0)
    values = np.exp(rng.normal(0, 12, 20_000)) * rng.choice([-1, 1], 20_000)
    rounded = round_digits(values)
    assert (np.abs(rounded / values - 1)).max() <= 5.1e-10
    text = [repr(float(value)).replace("-", "").replace(".", "").partition("e")[0].strip("0") for value in rounded]
    assert np.mean([len(digits) <= DIGITS for digits in text]) > 0.98  # beyond 1e-13 a power of ten is not exact


def test_rounding_twice_changes_nothing() -> None:
    values = round_digits(np.exp(np.random.default_rng(1).normal(0, 5, 1000)))
    assert np.array_equal(round_digits(values), values)
