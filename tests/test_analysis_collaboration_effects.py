"""How conditions go with collaboration: within regions over dated networks, between regions of one."""

import numpy as np
import pandas as pd
import pytest

from analysis.development.collaboration_effects import associate_collaboration, measure_yearly_strength
from analysis.development.condition_effects import choose_conditions, measure_condition_whatif
from regions import Study, load_study
from regions.errors import MethodError

SCHEME = pd.DataFrame({"pillar": ["p", "q"], "indicator": ["x", "late"]})
CODES = [f"R{i:02d}" for i in range(12)]


def make_study(years: int, *, slope: float, noise: float = 0.0, silent: int = 0) -> Study:
    """Every region has one link, to a hub without indicators, so that its strength is what the model says."""
    rng = np.random.default_rng(1)
    code, year = np.repeat(np.arange(12), years), np.tile(np.arange(years), 12)
    x = rng.normal(size=12)[code] + 0.3 * rng.normal(size=len(code))
    size = np.exp(rng.normal(size=12))[code]
    effect = np.log(size) if years == 1 else rng.normal(size=12)[code] + rng.normal(size=years)[year]
    weight = np.exp(slope * x + effect + noise * rng.normal(size=len(code)))
    names = [CODES[i] for i in code]
    links = pd.DataFrame({"source": names, "target": "HUB", "weight": weight, "year": 2010 + year}).iloc[silent:]
    late = np.where(year == 0, np.exp(x), np.nan)
    table = pd.DataFrame({"code": names, "year": 2010 + year, "x": np.exp(x), "late": late, "residents": size})
    regions = pd.DataFrame({"code": [*CODES, "HUB"], "name": [*CODES, "HUB"]})
    return Study.from_frames(regions=regions, links=links, indicators=table)


def test_strength_is_by_year_and_a_region_without_links_has_none() -> None:
    study = make_study(4, slope=0.5, silent=1)
    found = measure_yearly_strength(study)
    assert found.loc[("R00", 2010)] == 0
    assert found.loc[("HUB", 2011)] == pytest.approx(found.xs(2011, level="year").drop("HUB").sum(), rel=1e-12)
    assert len(found) == 13 * 4


def test_years_that_a_study_sets_aside_count() -> None:
    years = measure_yearly_strength(load_study("china")).groupby(level="year").sum()
    assert years.to_dict() == {2011: 3688.0, 2017: 1568.0, 2019: 340.0}


def test_the_slope_within_regions_comes_back_and_a_silent_year_is_no_loss() -> None:
    exact = associate_collaboration(make_study(5, slope=0.7), scheme=SCHEME)
    assert exact.design == "within"
    assert exact.years == (2010, 2011, 2012, 2013, 2014)
    assert exact.table.loc["x", "estimate"] == pytest.approx(0.7, rel=1e-6)
    assert list(exact.table.index) == ["x"]
    assert any("Left out, known in too few regions and years: late" in note.en for note in exact.notes)
    silent = associate_collaboration(make_study(5, slope=0.7, silent=1), scheme=SCHEME)
    assert len(silent.codes) == 12
    assert "60 regions and years" in silent.notes[0].en


def test_intervals_hold_the_slope_where_there_is_noise() -> None:
    found = associate_collaboration(make_study(8, slope=0.7, noise=0.3), scheme=SCHEME).table.loc["x"]
    assert found["low"] < 0.7 < found["high"]
    assert found["low"] < found["estimate"] < found["high"]


def test_one_network_compares_regions_beside_their_size() -> None:
    found = associate_collaboration(make_study(1, slope=0.4), scheme=SCHEME)
    assert found.design == "between"
    assert found.table.loc["x", "estimate"] == pytest.approx(0.4, rel=1e-6)  # size has its own slope of 1
    assert "compared with each other (2010)" in found.notes[0].en
    assert "Residents" in found.notes[0].en
    told = measure_condition_whatif(found, "R03", {"x": 1.1}).loc["x"]
    assert told["effect"] == pytest.approx(1.1**0.4 - 1, rel=1e-6)


def test_a_study_without_links_or_conditions_is_refused() -> None:
    table = pd.DataFrame({"code": CODES, "year": 2020, "x": range(1, 13)})
    bare = Study.from_frames(regions=pd.DataFrame({"code": CODES, "name": CODES}), indicators=table)
    with pytest.raises(MethodError):
        associate_collaboration(bare, scheme=SCHEME)
    with pytest.raises(MethodError, match="has none of the indicators"):
        associate_collaboration(load_study("france"))


def test_conditions_known_in_few_years_go_first() -> None:
    index = pd.MultiIndex.from_product([["A", "B"], range(2000, 2005)], names=["code", "year"])
    table = pd.DataFrame({"a": 1.0, "b": 1.0, "c": 1.0}, index=index)
    table.loc[table.index.get_level_values("year") > 2001, "b"] = np.nan
    table.loc[table.index.get_level_values("year") > 2003, "c"] = 0.0
    assert choose_conditions(table) == (["a", "c"], ["b"])


def test_dated_networks_of_the_embedded_studies_are_used() -> None:
    assert associate_collaboration(load_study("china")).years == (2011, 2017, 2019)
    europe = associate_collaboration(load_study("europe"))
    assert europe.design == "within"
    assert len(europe.years) >= 5
    assert europe.table["slow"].any()
