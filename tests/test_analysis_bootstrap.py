import dataclasses

import numpy as np
import pandas as pd
import pytest
from many_samples import BY_HAND, make_study

from analysis.inference.bootstrap import describe_rank, measure_score_intervals, rank_scores, widen_intervals
from analysis.networks.network import build_network
from analysis.scores.centrality import measure_centrality
from regions import MethodError, load_study

COLUMNS = ["code", "measure", "value", "low", "high", "bias", "rank", "rank_low", "rank_high"]


def pick(table: pd.DataFrame, measure: str) -> pd.DataFrame:
    return table[table["measure"] == measure].set_index("code")


def test_ranks_by_hand() -> None:
    scores = np.array([[5.0, 7, 5, 0], [0.1 + 0.2, 0.3, np.nan, 0]])
    assert rank_scores(scores).tolist() == [[2, 1, 2, 4], [1, 1, 4, 3]]


def test_ranks_of_negative_scores() -> None:
    scores = np.array([[-1.0, 2, np.nan, -1 - 1e-12], [np.nan, np.nan, -5, -3]])
    assert rank_scores(scores).tolist() == [[2, 1, 4, 2], [3, 3, 2, 1]]


def test_strength_of_one_repeated_record_by_hand() -> None:
    """Twelve records, half of them A with B: the strength of A is binomial, 12 draws at 1/2."""
    records = [(f"r{i}", actor) for i in range(12) for actor in ("a1", "b1" if i % 2 else "a2")]
    table = measure_score_intervals(make_study(records), draws=4000, level=0.9)
    row = pick(table, "strength").loc["A"]
    # P(X <= 2) = .019, P(X <= 3) = .073: the 5 % and 95 % quantiles are 3 and 9.
    assert (row["value"], row["low"], row["high"]) == (6, 3, 9)
    assert row["bias"] == pytest.approx(0, abs=5 * np.sqrt(3 / 4000))
    assert pick(table, "strength").loc["D", ["value", "low", "high", "rank"]].tolist() == [0, 0, 0, 3]


def test_values_are_those_of_the_network() -> None:
    study = load_study("china")
    table = measure_score_intervals(study, counting="newman", draws=20)
    scores = measure_centrality(build_network(study, "newman"))
    for measure in scores:
        found = pick(table, measure)
        assert list(found.index) == list(study.regions.index)
        np.testing.assert_allclose(found["value"], scores[measure], rtol=1e-10, atol=1e-12)
        expected = scores[measure].round(9).rank(ascending=False, method="min")
        np.testing.assert_array_equal(found["rank"], expected)


def test_table_and_order() -> None:
    study = load_study("china")
    table = measure_score_intervals(study, draws=200, seed=3)
    assert list(table) == COLUMNS
    assert len(table) == 7 * 31
    assert (table["low"] <= table["high"]).all()
    assert (table["rank_low"] <= table["rank_high"]).all()
    assert table["rank_low"].min() == 1
    assert table["rank_high"].max() <= 31
    assert table["rank_low"].dtype == np.int64
    beijing = pick(table, "strength").loc["110000"]
    assert (beijing["rank"], beijing["rank_low"], beijing["rank_high"]) == (1, 1, 1)
    # Fewer distinct records, fewer partners.
    assert pick(table, "degree")["bias"].max() <= 0


def test_same_seed_same_table_and_wider_level_wider_interval() -> None:
    study = make_study(BY_HAND)
    first = measure_score_intervals(study, draws=300, seed=5)
    pd.testing.assert_frame_equal(first, measure_score_intervals(study, draws=300, seed=5))
    narrow = measure_score_intervals(study, draws=300, seed=5, level=0.5)
    known = first["low"].notna()
    assert (narrow["low"] >= first["low"])[known].all()
    assert (narrow["high"] <= first["high"])[known].all()
    assert not first.equals(measure_score_intervals(study, draws=300, seed=6))


def test_the_interval_covers_the_truth() -> None:
    """Records drawn from a known source: the 90 % interval of a strength holds the true mean 9 times in 10.

    200 studies; a fair count lies within 4.5 standard deviations (19) of 180; percentile intervals of 60 records are
    a little narrow.
    """
    rng = np.random.default_rng(0)
    hits = 0
    for seed in range(200):
        kinds = rng.choice(3, size=60, p=[0.2, 0.3, 0.5])
        partner = ["b1", "c1", "a2"]
        records = [(f"r{i}", actor) for i, kind in enumerate(kinds) for actor in ("a1", partner[kind])]
        table = measure_score_intervals(make_study(records), draws=200, level=0.9, seed=seed)
        row = pick(table, "strength").loc["A"]
        hits += row["low"] <= 60 * 0.5 <= row["high"]
    assert 161 <= hits <= 199


def test_no_collaboration_at_all() -> None:
    """Single actors only: all scores 0, all shares unknown, all regions first of a tie."""
    table = measure_score_intervals(make_study([("r1", "a1"), ("r2", "b1")]), draws=10)
    assert (pick(table, "strength")[["value", "low", "high", "bias"]] == 0).all(axis=None)
    assert (pick(table, "betweenness")["rank_high"] == 1).all()
    assert pick(table, "external_share")[["value", "low", "high", "bias"]].isna().all(axis=None)
    none = measure_score_intervals(make_study([]), draws=10)
    assert (pick(none, "pagerank")["value"] == 0.25).all()


def test_wide_form() -> None:
    table = measure_score_intervals(make_study(BY_HAND), draws=20)
    wide = widen_intervals(table)
    assert list(wide.index) == list("ABCD")
    assert wide.index.name == "code"
    assert wide.shape == (4, 35)
    for name in ("low", "high", "rank", "rank_low", "rank_high"):
        np.testing.assert_array_equal(wide[f"strength_{name}"], pick(table, "strength")[name])


@pytest.mark.parametrize(
    ("rank", "language", "text"),
    [
        ((3, 2, 5), "en", "3rd, 95 %: 2nd-5th"),
        ((1, 1, 1), "en", "1st, 95 %: 1st"),
        ((11, 2, 113), "en", "11th, 95 %: 2nd-113th"),
        ((21, 12, 22), "en", "21st, 95 %: 12th-22nd"),
        ((3, 2, 5), "zh", "第3（95%：第2-5）"),
        ((1, 1, 1), "zh", "第1（95%：第1）"),
    ],
)
def test_ranks_in_words(rank: tuple[int, int, int], language: str, text: str) -> None:
    assert describe_rank(*rank, language=language) == text


def test_what_is_refused() -> None:
    study = make_study(BY_HAND)
    with pytest.raises(MethodError, match="at least 2"):
        measure_score_intervals(study, draws=1)
    with pytest.raises(MethodError, match="level between"):
        measure_score_intervals(study, level=1.0)
    with pytest.raises(MethodError, match="no records"):
        measure_score_intervals(dataclasses.replace(study, actors=None))
