from itertools import permutations

import numpy as np
import pytest

from analysis.inference.permutation import choose_rounding, count_extreme, draw_permutations, measure_products
from regions import MethodError


def test_orders_are_permutations_and_repeat_with_the_seed() -> None:
    orders = draw_permutations(6, permutations=50, seed=3)
    assert orders.shape == (50, 6)
    np.testing.assert_array_equal(np.sort(orders, axis=1), np.tile(np.arange(6), (50, 1)))
    np.testing.assert_array_equal(orders, draw_permutations(6, permutations=50, seed=3))
    assert (orders != draw_permutations(6, permutations=50, seed=4)).any()


def test_every_order_is_equally_likely() -> None:
    """24 orders, 24,000 draws: a fair count lies within 5 standard deviations (31) of 1,000."""
    orders = draw_permutations(4, permutations=24_000, seed=0)
    counts = [int((orders == order).all(axis=1).sum()) for order in permutations(range(4))]
    assert min(counts) > 845
    assert max(counts) < 1155


def test_products_by_hand() -> None:
    fixed = np.array([[0.0, 1, 2], [3, 0, 4], [5, 6, 0]])[:, :, None]
    moved = np.array([[0.0, 1, 0], [0, 0, 10], [0, 0, 0]])[:, :, None]
    orders = np.array([[0, 1, 2], [1, 2, 0]])
    # Order 1 puts region 1 first: the cell (0, 1) of the result is (1, 2) of the table, 10; (2, 0) is (0, 1), 1.
    assert measure_products(fixed, moved, orders)[:, 0, 0].tolist() == [1 * 1 + 4 * 10, 1 * 10 + 5 * 1]


@pytest.mark.parametrize(("n", "tolerance"), [(12, 1e-13), (130, 2e-6)])
def test_products_of_many_tables(n: int, tolerance: float) -> None:
    """More tables than one chunk; the tolerance is relative to the norms, as the docstring says."""
    rng = np.random.default_rng(n)
    fixed, moved = rng.normal(size=(n, n, 3)) / n, rng.normal(size=(n, n, 11)) / n
    orders = draw_permutations(n, permutations=4, seed=0)
    expected = [np.einsum("ijl,ijm->lm", fixed, moved[order][:, order]) for order in orders]
    np.testing.assert_allclose(measure_products(fixed, moved, orders), expected, rtol=0, atol=tolerance)


def test_extremes_by_hand() -> None:
    draws = np.array([[-3.0], [1.0], [2.0 - 1e-13], [4.0]])
    upper, lower, both = count_extreme(draws, np.array([2.0]), rounding=1e-12)
    assert (upper[0], lower[0], both[0]) == (3 / 5, 4 / 5, 4 / 5)


def test_p_is_never_zero() -> None:
    upper, lower, both = count_extreme(np.zeros((99, 1)), np.array([1.0]), rounding=0)
    assert (upper[0], lower[0], both[0]) == (0.01, 1, 0.01)


def test_rounding_covers_single_precision() -> None:
    assert choose_rounding(127) < 1e-10 < choose_rounding(128)


def test_no_permutation_is_no_test() -> None:
    with pytest.raises(MethodError, match="at least one permutation"):
        draw_permutations(5, permutations=0, seed=0)
