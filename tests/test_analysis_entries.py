"""Relatedness tested on later entries: by hand, where it holds and where size alone decides."""

import numpy as np
import pandas as pd
import pytest

from analysis.complexity.entries import backtest_entries
from regions import MethodError


def make_counts(rng: np.random.Generator, *, regions: int = 60, fields: int = 24) -> pd.DataFrame:
    """Two families of fields; each region works in one of them."""
    family = np.repeat([0, 1], fields // 2)
    home = rng.integers(0, 2, regions)
    mean = np.where(home[:, None] == family, 6.0, 0.4)
    open_ = rng.random((regions, fields)) < 0.5
    return pd.DataFrame(rng.poisson(mean) * open_)


def read(found: pd.DataFrame, predictor: str, column: str) -> float:
    return float(found.set_index("predictor").loc[predictor, column])


def test_entries_by_hand() -> None:
    early = pd.DataFrame([[8, 0, 0], [8, 8, 0], [0, 8, 8], [0, 0, 8]], index=list("ABCD"), columns=list("xyz"))
    late = early.copy()
    late.loc["A", "y"] = 4
    found = backtest_entries(early, late, entry="presence", draws=20)
    assert found.entered == 1
    assert len(found.cases) == 6
    row = found.cases.set_index(["code", "field"]).loc[("A", "y")]
    assert bool(row["entered"])
    assert row["expected"] == pytest.approx(8 * 16 / 48)
    assert row["average"] == 0.5
    assert row["density"] == pytest.approx(0.5)  # x and z are equally near y, and A has x
    assert found.measures["auc"].isna().all()  # one entry shows nothing
    assert found.measures["predictor"].tolist() == ["density", "region_size", "field_size", "expected", "average"]


def test_relatedness_is_found_where_it_rules() -> None:
    rng = np.random.default_rng(3)
    early = make_counts(rng)
    family = np.repeat([0, 1], 12)
    home = (early.to_numpy()[:, 12:].sum(axis=1) > early.to_numpy()[:, :12].sum(axis=1)).astype(int)
    joins = (rng.random(early.shape) < np.where(home[:, None] == family, 0.5, 0.02)) & (early.to_numpy() == 0)
    found = backtest_entries(early, early + 6 * joins, entry="presence", draws=200)
    assert read(found.measures, "density", "auc") > 0.75
    assert read(found.measures, "density", "low") > 0.7
    assert read(found.measures, "density", "within_low") > 0.7
    assert read(found.measures, "density", "beyond_size_low") > 0.1


def test_where_size_alone_rules_relatedness_adds_nothing() -> None:
    rng = np.random.default_rng(4)
    mass, size = rng.lognormal(0, 1, 80), rng.lognormal(0, 1, 20)
    mean = np.outer(mass, size)
    early, late = (pd.DataFrame(rng.poisson(mean)) for _ in range(2))
    found = backtest_entries(early, late, entry="presence", draws=200)
    assert read(found.measures, "expected", "auc") > 0.7
    assert read(found.measures, "density", "beyond_size_high") < 0


def test_the_size_of_a_region_tells_nothing_inside_it() -> None:
    rng = np.random.default_rng(5)
    early, late = make_counts(rng), make_counts(rng)
    found = backtest_entries(early, late, draws=50)
    assert read(found.measures, "region_size", "within") == pytest.approx(0.5)
    assert read(found.measures, "expected", "within") == pytest.approx(read(found.measures, "field_size", "within"))
    assert read(found.measures, "expected", "beyond_size") == 0


def test_pure_chance_is_inside_the_interval() -> None:
    inside = 0
    for seed in range(12):
        rng = np.random.default_rng(seed)
        early = pd.DataFrame(rng.poisson(2.0, (40, 12)))
        late = pd.DataFrame(rng.poisson(2.0, (40, 12)))
        row = backtest_entries(early, late, draws=60, seed=seed).measures.set_index("predictor").loc["density"]
        inside += bool(row["within_low"] <= 0.5 <= row["within_high"])
    assert inside >= 9  # 11.4 are expected; fewer than 9 in one of 450 such tests


def test_one_seed_gives_one_answer_and_another_seed_another_interval() -> None:
    rng = np.random.default_rng(8)
    early, late = make_counts(rng), make_counts(rng)
    first, again, other = (backtest_entries(early, late, draws=50, seed=seed).measures for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert first["auc"].to_numpy() == pytest.approx(other["auc"].to_numpy())
    assert not np.allclose(first["low"], other["low"], rtol=1e-6)


def test_only_what_both_tables_have_is_compared() -> None:
    rng = np.random.default_rng(9)
    early, late = make_counts(rng), make_counts(rng)
    late = late.drop(index=[0, 1]).drop(columns=[3]).assign(new=5)
    cases = backtest_entries(early, late, draws=5).cases
    assert not set(cases["code"]) & {0, 1}
    assert not set(cases["field"]) & {3, "new"}


def test_too_small_a_table_is_refused() -> None:
    early = pd.DataFrame([[1, 0], [0, 1]])
    with pytest.raises(MethodError, match="fewer than three"):
        backtest_entries(early, early)
