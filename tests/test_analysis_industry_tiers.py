"""Shares of tiers between bounds: by hand, and what a change of them can and cannot say."""

import numpy as np
import pandas as pd
import pytest

from analysis.complexity.industry_tiers import compare_tiers, measure_tiers
from regions import MethodError
from regions.industry_tiers.tier_mapping import BASIS, TIERS, check_tiers, load_tiers

ROWS = pd.DataFrame(
    [("A", "36", 60.0), ("A", "01", 30.0), ("A", "27", 10.0), ("B", "01", 5.0), ("C", "36", 0.0)],
    columns=["code", "industry", "value"],
)
MAPPING = pd.DataFrame(
    [("36", "emerging", 0.1, 0.5), ("36", "pillar", 0.5, 0.9), ("27", "emerging", 1.0, 1.0)],
    columns=["industry", "tier", "low", "high"],
)


def read(table: pd.DataFrame, code: str, tier: str) -> "pd.Series[float]":
    return table.set_index(["code", "tier"]).loc[(code, tier)]


def test_shares_by_hand() -> None:
    found = measure_tiers(ROWS, MAPPING)
    emerging, pillar, other = (read(found, "A", tier) for tier in ("emerging", "pillar", "other"))
    assert emerging[["low", "share", "high"]].tolist() == pytest.approx([0.16, 0.28, 0.4])
    assert pillar[["low", "share", "high"]].tolist() == pytest.approx([0.3, 0.42, 0.54])
    # what is left of 36 lies between nothing and .4 of it, and all of 01
    assert other[["low", "high"]].tolist() == pytest.approx([0.3, 0.54])
    assert emerging["value"] == pytest.approx(28)
    assert read(found, "B", "other")["share"] == 1
    assert np.isnan(read(found, "C", "emerging")["share"])


def test_evenness_is_one_when_all_tiers_are_alike_and_zero_when_one_has_all() -> None:
    rows = pd.DataFrame([("A", "x", 1.0), ("A", "y", 1.0), ("B", "x", 1.0)], columns=["code", "industry", "value"])
    mapping = pd.DataFrame({"industry": ["x"], "tier": ["emerging"]})
    found = measure_tiers(rows, mapping).groupby("code")["evenness"].first()
    assert found.tolist() == pytest.approx([1, 0])


def test_a_share_of_its_own_has_no_bounds() -> None:
    found = measure_tiers(ROWS, pd.DataFrame({"industry": ["36"], "tier": ["emerging"], "share": [0.25]}))
    row = read(found, "A", "emerging")
    assert row["low"] == row["high"] == pytest.approx(0.15)


def test_shares_lie_in_the_bounds_that_any_admissible_mapping_gives() -> None:
    rng = np.random.default_rng(1)
    rows = pd.DataFrame(
        [(code, f"i{place}", float(rng.lognormal())) for code in "AB" for place in range(8)],
        columns=["code", "industry", "value"],
    )
    low = rng.random(8) * 0.4
    mapping = pd.DataFrame({"industry": [f"i{p}" for p in range(8)], "tier": "emerging", "low": low, "high": low + 0.5})
    bounds = measure_tiers(rows, mapping)
    for _ in range(50):
        drawn = mapping.assign(share=rng.uniform(mapping["low"], mapping["high"])).drop(columns=["low", "high"])
        share = measure_tiers(rows, drawn)["share"]
        assert (share >= bounds["low"] - 1e-12).all()
        assert (share <= bounds["high"] + 1e-12).all()


def make_years(*values: tuple[int, str, float]) -> pd.DataFrame:
    return pd.DataFrame(values, columns=["year", "industry", "value"]).assign(code="A")


def test_a_change_has_narrower_bounds_than_its_ends() -> None:
    rows = make_years((2015, "36", 40.0), (2015, "01", 60.0), (2020, "36", 60.0), (2020, "01", 40.0))
    mapping = pd.DataFrame({"industry": ["36"], "tier": ["emerging"], "low": [0.2], "high": [0.9]})
    found = read(compare_tiers(rows, mapping, 2015, 2020), "A", "emerging")
    assert found[["low", "high"]].tolist() == pytest.approx([0.2 * 0.2, 0.2 * 0.9])
    assert found["direction"] == "up"  # though the shares themselves overlap: .08-.36 and .12-.54
    assert found["change"] == pytest.approx(0.2 * 0.55)
    assert read(compare_tiers(rows, mapping, 2015, 2020), "A", "other")["direction"] == "down"


def test_a_change_that_hangs_on_the_mapping_is_open() -> None:
    rows = make_years((2015, "36", 50.0), (2015, "39", 50.0), (2020, "36", 70.0), (2020, "39", 30.0))
    mapping = pd.DataFrame({"industry": ["36", "39"], "tier": "emerging", "low": 0.0, "high": 1.0})
    found = read(compare_tiers(rows, mapping, 2015, 2020), "A", "emerging")
    assert found[["low", "high"]].tolist() == pytest.approx([-0.2, 0.2])
    assert found["direction"] == "open"
    nothing = make_years((2015, "36", 50.0), (2020, "36", 70.0))
    assert read(compare_tiers(nothing, mapping, 2015, 2020), "A", "emerging")["direction"] == "open"


def test_a_region_of_one_year_has_no_change() -> None:
    rows = pd.concat([make_years((2015, "36", 1.0), (2020, "36", 1.0)), make_years((2020, "36", 1.0)).assign(code="B")])
    found = read(compare_tiers(rows, MAPPING, 2015, 2020), "B", "emerging")
    assert np.isnan(found["change"])
    assert found["direction"] == "open"
    with pytest.raises(MethodError, match="both years 2015 and 2021"):
        compare_tiers(rows, MAPPING, 2015, 2021)


def test_the_embedded_mapping_is_sound_and_dated() -> None:
    mapping = load_tiers()
    checked = check_tiers(mapping)
    assert len(checked) == len(mapping) == 27
    assert set(mapping["tier"]) <= set(TIERS)
    assert mapping["industry"].str.fullmatch(r"\d\d").all()
    assert "2018" in BASIS.en
    assert "2018" in BASIS.zh
    # nothing official says which share of a division is emerging
    assert (mapping["low"] == 0).all()


def test_all_faults_of_a_mapping_come_at_once() -> None:
    bad = pd.DataFrame(
        [("1", "a", 0.8, 0.9), ("1", "b", 0.3, 0.4), ("2", "a", 0.6, 0.5), ("3", "a", 0.1, 0.2), ("3", "a", 0.1, 0.2)],
        columns=["industry", "tier", "low", "high"],
    )
    with pytest.raises(MethodError) as caught:
        check_tiers(bad)
    text = caught.value.describe("en")
    assert "more than 1: 1" in text
    assert "above its high end, for: 2" in text
    assert "stand twice: 3" in text
    with pytest.raises(MethodError, match="needs the columns: tier"):
        check_tiers(pd.DataFrame({"industry": ["1"]}))
    with pytest.raises(MethodError, match="finite and >= 0"):
        measure_tiers(ROWS.assign(value=-1.0), MAPPING)
