"""Numbers that are equal on paper are equal here, whatever the processor made of their last digits."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from analysis.gaps.gap_backtest import measure_lift
from analysis.gaps.register import sort_gaps
from analysis.gaps.whatif import measure_whatif
from analysis.loglinear.tolerance import exceed, merge_ties, sort_down, subtract
from analysis.scores.auc import measure_auc
from analysis.scores.link_prediction import measure_link_prediction


def test_what_differs_by_rounding_is_one_number() -> None:
    third = 0.1 + 0.2
    assert third != 0.3
    merged = merge_ties(np.array([third, 5.0, 0.3, np.nan, np.inf, 5.0 + 1e-8]))
    assert merged[0] == merged[2] == 0.3
    assert np.isnan(merged[3])
    assert merged[4] == np.inf
    # 1e-8 of 5 is two in a thousand million: apart
    assert merged[1] == 5.0
    assert merged[5] == 5.0 + 1e-8


def test_what_is_left_of_a_difference_is_zero() -> None:
    merged = merge_ties(np.array([1.0, 0.0, third_difference(), -1e-17]))
    assert merged[1] == merged[2] == merged[3] == -1e-17
    assert merge_ties(np.zeros(0)).size == 0
    assert np.isnan(merge_ties(np.full(2, np.nan))).all()


def third_difference() -> float:
    return 0.1 + 0.2 - 0.3


def test_ties_of_small_numbers_are_of_their_own_size() -> None:
    """1e-10 and 2e-10 are two numbers, beside 1 or alone: only what is 1e-12 of the largest is rounding."""
    assert len(set(merge_ties(np.array([1e-10, 2e-10, 1.0])).tolist())) == 3
    assert len(set(merge_ties(np.array([1e-14, 2e-14, 1.0])).tolist())) == 2


def test_above_is_above_by_more_than_rounding() -> None:
    assert exceed(np.array([0.3, 0.31, np.nan]), 0.3).tolist() == [False, True, False]
    assert exceed(np.array([0.1 + 0.2]), 0.3).tolist() == [False]
    assert subtract(np.array([0.1 + 0.2, 1.0]), np.array([0.3, 3.0])).tolist() == [0.0, -2.0]
    assert np.isnan(subtract(np.array([np.nan]), np.array([1.0])))[0]


@pytest.mark.parametrize("noise", [-1e-15, 1e-15])
def test_equal_gaps_stand_by_their_codes(noise: float) -> None:
    table = pd.DataFrame({"source": ["b", "a"], "target": ["c", "c"], "grade": "weak", "priority": 1.0, "gap": 2.0})
    table.loc[0, ["priority", "gap"]] += noise
    assert sort_gaps(table)["source"].tolist() == ["a", "b"]


@pytest.mark.parametrize("noise", [-1e-15, 1e-15])
def test_equal_scores_are_tied(noise: float) -> None:
    """Two pairs with the same score, one of which formed a link: half a chance, and half of the top."""
    score, formed = np.array([1.0 + noise, 1.0, 0.2, 0.1]), np.array([True, False, False, False])
    assert measure_auc(score, formed)[0] == pytest.approx(2.5 / 3)
    assert measure_lift(formed, score, top=0.25) == pytest.approx(2.0)


def test_pairs_with_the_same_partners_stand_in_the_order_of_the_network() -> None:
    """A ring of four: both pairs across have two common partners each, whatever the order of the sum."""
    found = measure_link_prediction(nx.cycle_graph(list("abcd")))
    assert found[["source", "target"]].to_numpy().tolist() == [["a", "c"], ["b", "d"]]


def test_regions_that_gain_the_same_stand_in_the_order_of_the_network() -> None:
    """A star of five whose first two leaves are joined: the other leaves gain alike, and so do the two."""
    star = nx.star_graph(["hub", "a", "b", "c", "d"])
    found = measure_whatif(star, "a", "b", links=1.0, own=pd.Series(1.0, index=list(star)))
    assert found.index.tolist() == ["a", "b", "hub", "c", "d"]


def test_rows_that_are_equal_but_for_rounding_stand_in_the_order_of_their_codes() -> None:
    table = pd.DataFrame(
        {"year": [2, 1, 1, 1, 1], "code": list("adcbe"), "weight": [9.0, 0.1 + 0.2, np.nan, 0.3, 0.30001]}
    )
    assert sort_down(table, "weight", "code")["code"].tolist() == ["a", "e", "b", "d", "c"]
    within = sort_down(table, "weight", "code", by=["year"])
    assert within["code"].tolist() == ["e", "b", "d", "c", "a"]
    assert within.index.tolist() == [0, 1, 2, 3, 4]
    assert within["weight"].tolist()[1] == 0.3  # the numbers stay as they are
