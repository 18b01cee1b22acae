"""One row per region on the embedded studies: left out by name, honest about what relatedness foretells."""

import numpy as np
import pandas as pd
import pytest

from analysis.complexity.complexity_intervals import measure_complexity_intervals
from analysis.complexity.complexity_table import tabulate_complexity, tabulate_tiers
from maps.words.columns.complexity_columns import COMPLEXITY, TIER_SHARES
from regions import MethodError, load_study

CHINA, FRANCE = load_study("china"), load_study("france")


def test_every_region_has_a_row_and_small_ones_are_named() -> None:
    table, notes = tabulate_complexity(CHINA, draws=10)
    assert table.index.tolist() == CHINA.regions.index.tolist()
    small = table["records"] < 10
    assert table.loc[small, "eci"].isna().all()
    assert (table.loc[small, "nearest"] == "").all()
    assert table.loc[~small, "eci"].notna().all()
    assert f"{small.sum()} region(s) with fewer than 10 records" in notes[0].en
    assert "西藏自治区" in notes[0].zh
    assert "climates" in notes[-2].en
    assert "not what will come" in notes[-1].en
    assert set(table.columns) == set(COMPLEXITY)


def test_the_nearest_fields_are_none_that_the_region_has() -> None:
    table, _ = tabulate_complexity(CHINA, draws=2)
    beijing = table.loc["110000"]
    assert len(beijing["nearest"].splitlines()) == 3
    assert 0 < beijing["nearest_density"] < 1


def test_one_seed_gives_one_table() -> None:
    first, second = (tabulate_complexity(CHINA, draws=5, seed=3).table for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


def test_tiers_that_are_not_known_are_not_none() -> None:
    table, notes = tabulate_tiers(CHINA)
    assert table.empty
    assert "their tiers are not known" in notes[0].en
    own = pd.DataFrame({"industry": [CHINA.activities["industry"].iloc[0]], "tier": ["traditional"]})  # type: ignore[index]
    table, notes = tabulate_tiers(CHINA, own)
    assert set(table["tier"]) == {"traditional", "other"}
    assert "not in the mapping" in notes[0].en
    assert set(TIER_SHARES) <= set(table.columns)


def test_without_activities_tiers_are_refused() -> None:
    with pytest.raises(MethodError, match="no table of activities"):
        tabulate_tiers(FRANCE)


def test_intervals_of_regions_without_an_index_are_not_known() -> None:
    from analysis.complexity.activity_counts import count_activities  # noqa: PLC0415 - one test needs it

    counts = count_activities(CHINA).copy()
    counts.loc["540000"] = 0.0
    found = measure_complexity_intervals(CHINA, counts, draws=3)
    assert np.isnan(found.regions.loc["540000", ["eci", "eci_low", "rank_high"]].to_numpy(dtype=float)).all()
