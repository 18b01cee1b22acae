"""The AUC of cases in groups: by hand, and equal to the AUC of the cases drawn one by one."""

import numpy as np
import pytest

from analysis.scores.auc import measure_auc
from analysis.scores.grouped_auc import compare_groups, draw_auc, draw_groups_anew, tabulate_auc

SCORE = np.array([3.0, 1.0, 2.0, 2.0, 0.0])
TRUTH = np.array([True, False, True, False, False])
GROUP = np.array([0, 0, 1, 1, 1])


def test_pairs_are_counted_by_the_groups_of_both_cases() -> None:
    won, pairs = compare_groups(SCORE, TRUTH, group=GROUP, count=2)
    assert won.tolist() == [[1.0, 2.0], [1.0, 1.5]]  # 2 beats 1 and 0 and ties with 2
    assert pairs.tolist() == [[1.0, 2.0], [1.0, 2.0]]


def test_once_each_is_the_auc_of_all_cases_and_inside_is_that_of_the_groups() -> None:
    won, pairs = compare_groups(SCORE, TRUTH, group=GROUP, count=2)
    once = np.ones((1, 2))
    assert draw_auc(won, pairs, once)[0] == pytest.approx(measure_auc(SCORE, TRUTH)[0], rel=1e-12)
    assert draw_auc(np.diag(won), np.diag(pairs), once)[0] == pytest.approx(2.5 / 3, rel=1e-12)


def test_a_draw_is_the_auc_of_the_cases_as_often_as_they_were_drawn() -> None:
    rng = np.random.default_rng(4)
    group, score = rng.integers(0, 6, 80), rng.integers(0, 9, 80).astype(float)
    truth = rng.random(80) < 0.3
    won, pairs = compare_groups(score, truth, group=group, count=6)
    times = draw_groups_anew(6, draws=20, seed=1)
    assert times.shape == (21, 6)
    assert times[0].tolist() == [1.0] * 6
    assert (times.sum(axis=1) == 6).all()
    for drawn, auc in zip(times, draw_auc(won, pairs, times), strict=True):
        rows = np.repeat(np.arange(80), drawn[group].astype(int))
        assert auc == pytest.approx(measure_auc(score[rows], truth[rows])[0], rel=1e-9)


def test_nothing_to_compare_is_not_known() -> None:
    won, pairs = compare_groups(SCORE, np.zeros(5, dtype=bool), group=GROUP, count=2)
    assert np.isnan(draw_auc(won, pairs, np.ones((1, 2)))).all()
    nothing = {"a": np.array([np.nan, np.nan])}
    table = tabulate_auc(nothing, nothing, base="a", level=0.95)
    assert table.iloc[0, 1:].isna().all()


def test_the_table_takes_percentiles_of_the_draws_and_the_difference_from_the_base() -> None:
    whole = {"a": np.array([0.7, *np.linspace(0.6, 0.8, 101)]), "b": np.array([0.6, *np.full(101, 0.6)])}
    row = tabulate_auc(whole, whole, base="b", level=0.9).set_index("predictor").loc["a"]
    assert row[["auc", "low", "high"]].tolist() == pytest.approx([0.7, 0.61, 0.79], rel=1e-9)
    assert row[["beyond_size", "beyond_size_low", "beyond_size_high"]].tolist() == pytest.approx(
        [0.1, 0.01, 0.19], rel=1e-9
    )
