"""The measure of work that other tests trust: it grows with what is done, by hand."""

import sys

import numpy as np
from effort import count_steps


def loop(turns: int) -> list[int]:
    found: list[int] = []
    for turn in range(turns):
        found += [turn]
    return found


def test_every_turn_of_a_loop_counts() -> None:
    """The head of the loop runs once more than its body, plus two lines around it."""
    assert count_steps(lambda: loop(10)) == 2 * 10 + 1 + 2 + 1  # the last is the line of the lambda
    assert count_steps(lambda: loop(1000)) - count_steps(lambda: loop(10)) == 2 * 990


def test_a_loop_on_one_line_counts_too() -> None:
    assert count_steps(lambda: [turn for turn in range(500)]) > 500  # noqa: C416 - the loop is what is counted


def test_arrays_at_once_cost_next_to_nothing() -> None:
    values = np.arange(100_000)
    assert count_steps(lambda: values * 2 + 1) < 10


def test_a_tracer_of_before_is_set_again() -> None:
    before = sys.gettrace()
    count_steps(lambda: loop(3))
    assert sys.gettrace() is before
