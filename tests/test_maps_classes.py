"""Classes of a choropleth."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps import Classes
from maps.look.classes import CLASSES, MOST, find_breaks, find_signed_breaks
from regions import MethodError

NAN = math.nan


def test_quantile_classes_by_hand() -> None:
    # Ten values, five classes of two.
    assert find_breaks(range(1, 11)) == (1.0, 3.0, 5.0, 7.0, 9.0)


def test_equal_classes_by_hand() -> None:
    assert find_breaks([0, 1, 2, 3, 4, 5, 6, 10], method="equal") == (0.0, 2.0, 4.0, 6.0, 8.0)


def test_one_class_when_all_values_are_equal() -> None:
    assert find_breaks([7, 7, 7]) == (7.0,)


def test_few_distinct_values_have_a_class_each() -> None:
    assert find_breaks([3, 1, 1, 2, 3]) == (1.0, 2.0, 3.0)
    assert find_breaks([3, 1, 1, 2, 3], method="equal") == (1.0, 2.0, 3.0)


def test_missing_values_are_left_out() -> None:
    assert find_breaks([NAN, 1, NAN, 2]) == (1.0, 2.0)
    assert find_breaks([NAN, NAN]) == ()
    assert find_breaks([]) == ()


def test_infinite_values_are_left_out() -> None:
    assert find_breaks([1, 2, math.inf, -math.inf]) == (1.0, 2.0)


def test_many_zeros_have_their_own_class() -> None:
    # Zero, then the quartiles of 1..8.
    assert find_breaks([0] * 10 + list(range(1, 9))) == (0.0, 1.0, 3.0, 5.0, 7.0)


def test_few_zeros_are_ordinary_values() -> None:
    assert find_breaks([0, *range(1, 10)]) == (0.0, 2.0, 4.0, 6.0, 8.0)


def test_negative_values_below_many_zeros() -> None:
    assert find_breaks([-5, -4, -3, 0, 0, 0, 0, 1, 2, 3])[0] == -5.0


def test_a_single_class_of_many_values() -> None:
    assert find_breaks([0, 0, 0, 1, 2, 3], classes=1) == (0.0,)


def test_wrong_options_are_refused() -> None:
    with pytest.raises(MethodError, match="classes=0"):
        find_breaks([1], classes=0)
    with pytest.raises(MethodError, match="jenks"):
        find_breaks(range(9), method="jenks")  # type: ignore[arg-type]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1), st.sampled_from(["quantile", "equal"]))
def test_every_value_is_in_a_class(values: list[float], method: str) -> None:
    breaks = find_breaks(values, method=method)  # type: ignore[arg-type]
    assert 1 <= len(breaks) <= CLASSES
    assert list(breaks) == sorted(set(breaks))
    assert breaks[0] == min(values)
    if method == "quantile":
        assert set(breaks) <= set(values)
        held = np.searchsorted(breaks, values, side="right")
        assert set(held) == set(range(1, len(breaks) + 1))  # no class of the legend is empty


def test_signed_classes_by_hand() -> None:
    # Three thirds below zero, three above; zero is in none.
    assert find_signed_breaks([-6, -5, -4, -3, -2, -1, 0, 0, 1, 2, 3, 4, 5, 6]) == (-6.0, -4.0, -2.0, 1.0, 3.0, 5.0)
    assert find_signed_breaks([-1, 0]) == (-1.0,)


def test_few_signed_values_have_a_class_each() -> None:
    assert find_signed_breaks([-2, 7, NAN, 7]) == (-2.0, 7.0)
    assert find_signed_breaks([-3, -1]) == (-3.0, -1.0)
    assert find_signed_breaks([]) == ()


def test_signed_classes_are_at_least_two() -> None:
    assert find_signed_breaks([-5, -1, 3, 9], classes=2) == (-5.0, 3.0)
    with pytest.raises(MethodError, match="classes=0"):
        find_signed_breaks([-5, 3], classes=1)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1))
def test_no_signed_class_reaches_across_zero(values: list[float]) -> None:
    breaks = find_signed_breaks(values)
    assert len(breaks) <= CLASSES + 1
    assert list(breaks) == sorted(set(breaks))
    for value in (value for value in values if value != 0):
        lower = breaks[int(np.searchsorted(breaks, value, side="right")) - 1]
        assert (lower < 0) == (value < 0)


def split(values: list[float], breaks: tuple[float, ...]) -> float:
    """Sum of squares within the classes."""
    held = np.searchsorted(breaks, values, side="right")
    return float(
        sum(((np.array(values)[held == k] - np.array(values)[held == k].mean()) ** 2).sum() for k in set(held))
    )


def test_natural_breaks_by_hand() -> None:
    # 1, 2, 3 | 50, 51 | 900 leaves 2 + 0.5; any other partition in three leaves far more.
    assert find_breaks([1, 2, 3, 50, 51, 900], classes=3, method="natural") == (1.0, 50.0, 900.0)
    # Many equal values weigh: the single 5 goes to the tens, since moving a hundred zeros would cost more.
    assert find_breaks([0] * 100 + [5, 10, 10, 10], classes=2, method="natural") == (0.0, 5.0)


def test_equal_partitions_are_told_apart_by_place_and_not_by_rounding() -> None:
    # 0, 1 | 2 and 0 | 1, 2 leave the same; scaled by a third they differ in the last bit.
    assert find_breaks([0, 1, 2], classes=2, method="natural") == (0.0, 1.0)
    thirds = find_breaks([10 / 3, 11 / 3, 12 / 3], classes=2, method="natural")
    assert thirds == (10 / 3, 11 / 3)


@given(st.lists(st.integers(-50, 50), min_size=6, max_size=12, unique=True))
def test_natural_breaks_are_the_best_of_all(values: list[int]) -> None:
    numbers = sorted(map(float, values))
    best = min(
        split(numbers, (numbers[0], numbers[i], numbers[j]))
        for i in range(1, len(values))
        for j in range(i + 1, len(values))
    )
    assert split(numbers, find_breaks(numbers, classes=3, method="natural")) == pytest.approx(best, rel=1e-9, abs=1e-9)


def test_natural_breaks_of_many_values_are_bounded_work() -> None:
    values = [float(i % 3000) for i in range(9000)]
    breaks = find_breaks(values, classes=4, method="natural")
    assert len(breaks) == 4
    # Evenly spread values: the classes are equally wide, but for the sampling of the values.
    assert np.allclose(np.diff(breaks), 750, atol=5)


def test_signed_values_take_every_method() -> None:
    values = [-9.0, -8.0, -1.0, 1.0, 2.0, 30.0]
    assert find_signed_breaks(values, classes=4, method="natural") == (-9.0, -1.0, 1.0, 30.0)
    assert find_signed_breaks(values, classes=4, method="equal") == (-9.0, -5.0, 1.0, 15.5)


def test_own_breaks() -> None:
    assert Classes(breaks=(0, 10)).find([0, 5, 20]) == (0.0, 10.0)
    assert Classes(breaks=(5, 10)).find([1, 7, 20]) == (1.0, 5.0, 10.0)  # what lies below has a class
    assert Classes(breaks=(-5, 5)).find([-9, 9]) == (-9.0, -5.0, 0.0, 5.0)  # no class holds both signs
    assert Classes(breaks=(5,)).find([]) == ()
    assert Classes(number=3).find([NAN, 1, 2, 3, 4, 5, 6]) == (1.0, 3.0, 5.0)
    assert Classes(number=3).find([-2, -1, 1, 2]) == (
        -2.0,
        -1.0,
        1.0,
        2.0,
    )  # odd: one class more


def test_all_faults_of_a_choice_are_told_in_both_languages() -> None:
    faults = Classes(number=12, method="jenks", breaks=(3, 1)).list_faults()
    assert [fault.key for fault in faults] == ["map/classes-number", "map/unknown-choice", "map/breaks-order"]
    assert "jenks" in faults[1].words.en
    assert "分级方法" in faults[1].words.zh
    assert str(MOST) in faults[0].words.zh
    assert not Classes(method="equal", number=9).list_faults()
