"""The embedded studies hold what their sources say."""

from dataclasses import fields

import pytest

from regions import Study, UnknownStudyError, list_studies, load_study, read_study
from regions.frames.embedded import EMBEDDED


def test_the_catalog_lists_the_studies() -> None:
    assert list_studies() == [
        "china",
        "china-cities",
        "china-systems",
        "europe",
        "france",
        "northeast",
        "yangtze-delta",
    ]


@pytest.mark.parametrize(
    ("name", "units", "known", "records"),
    [
        ("china", 31, 400, 233),
        ("china-systems", 31, 400, 50),
        ("china-cities", 369, 400, 233),
        ("yangtze-delta", 41, 400, 233),
        ("northeast", 36, 400, 233),
    ],
)
def test_a_study_has_its_units_and_records(name: str, units: int, known: int, records: int) -> None:
    study = load_study(name)
    assert len(study.regions) == units
    assert len(study.regions) + len(study.surroundings) == known
    assert study.records is not None
    assert study.records["record"].nunique() == records
    assert study.warnings == ()


def test_a_study_is_read_once_and_a_change_of_its_tables_stays_with_who_made_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mine, fresh = load_study("china"), read_study(EMBEDDED / "china")
    assert mine.records is not None
    mine.regions.loc["110000", "name"] = "Elsewhere"
    mine.regions.index.name = "place"
    del mine.records["actor"]
    mine.unit_of.iloc[0] = "999999"
    mine.other_years["records"].iloc[0, 0] = "none"
    monkeypatch.setattr("regions.catalog.read_study", None)
    theirs = load_study("中国")
    for each in fields(Study):
        held, read = getattr(theirs, each.name), getattr(fresh, each.name)
        if hasattr(read, "equals"):  # a table
            assert held.equals(read), each.name
    assert theirs.regions.index.name == "code"
    assert theirs.other_years["records"].equals(fresh.other_years["records"])
    assert theirs.warnings == fresh.warnings


@pytest.mark.parametrize("name", ["china", "china-cities", "china-systems", "yangtze-delta", "northeast"])
def test_every_study_states_its_limits_and_sources_in_two_languages(name: str) -> None:
    study = load_study(name)
    for note in (*study.limits, *study.sources, study.title):
        assert note.en.isascii()
        assert not note.zh.isascii()
    assert {"records", "actors", "boundaries"} <= {note.about for note in study.limits}


def test_china_has_institutions_and_indicators() -> None:
    study = load_study("china")
    assert study.actors is not None
    assert study.indicators is not None
    assert study.records is not None
    assert len(study.records) == 933
    assert study.actors.loc[study.records["actor"].unique(), "kind"].value_counts().to_dict() == {
        "institute": 135,
        "university": 59,
        "enterprise": 3,
        "government": 2,
    }
    later = study.actors.drop(study.records["actor"].unique())
    assert later["kind"].value_counts().to_dict() == {
        "institute": 29,
        "university": 23,
        "enterprise": 3,
        "government": 1,
    }
    assert sorted(study.indicators["year"].unique()) == list(range(2005, 2025))  # accounts; science 2010-2023
    assert study.indicators.groupby("year")["rd_expenditure"].count().loc[[2009, 2010, 2023, 2024]].tolist() == [
        0,
        31,
        31,
        0,
    ]
    beijing = study.indicators.query("code == '110000' and year == 2012").iloc[0]
    assert beijing["rd_enterprise"] == 368.6332


def test_real_and_current_product_are_of_one_vintage() -> None:
    table = load_study("china").indicators
    assert table is not None
    base = table[table["year"] == 2010]
    assert base["gdp"].tolist() == base["gdp_real"].tolist()
    known = table.dropna(subset=["gdp_index"]).set_index(["code", "year"])
    real = table.set_index(["code", "year"])["gdp_real"].unstack()
    chained = known["gdp_real"] / real.shift(axis=1).stack().reindex(known.index) * 100
    assert len(known) == 31 * 14
    assert (chained - known["gdp_index"]).abs().max() < 0.01  # gdp_real is printed to two decimals
    assert table["gdp"].to_numpy() == pytest.approx(table["gdp_real"] * table["gdp_deflator"] / 100, rel=1e-4)


def test_what_was_not_measured_is_missing_not_zero() -> None:
    table = load_study("china").indicators
    assert table is not None
    hole = table.groupby("year")["employment"].count()
    assert [year for year in hole.index if hole[year] == 0] == [2006, *range(2011, 2020)]
    assert table.groupby("year")["fixed_investment"].count().loc[[2017, 2018]].tolist() == [31, 0]


def test_every_indicator_is_explained() -> None:
    study = load_study("china")
    assert study.dictionary is not None
    assert study.indicators is not None
    assert set(study.indicators.columns) - {"code", "year"} == set(study.dictionary.index)


def test_the_provinces_without_data_are_drawn_but_not_analysed() -> None:
    study = load_study("china")
    assert {"710000", "810000", "820000"} <= set(study.surroundings.index)
    assert study.points().notna().all(axis=None)


def test_the_cities_are_the_prefectures_the_counties_and_the_municipalities() -> None:
    levels = load_study("china-cities").regions["level"].value_counts().to_dict()
    assert levels == {"prefecture": 333, "county": 32, "province": 4}


def test_the_regional_studies_know_the_rest_of_the_country() -> None:
    delta = load_study("yangtze-delta")
    assert set(delta.regions["province"]) == {"310000", "320000", "330000", "340000"}
    assert delta.unit_of["110000"] == "110000"
    assert delta.maps.projection is None


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UnknownStudyError, match=r"there are: china, china-cities.* Did you mean china"):
        load_study("chinas")


def test_indicators_are_described_in_both_languages() -> None:
    name, unit = load_study("china").describe_indicator("gdp")
    assert (name.zh, unit.en, unit.zh) == (
        "地区生产总值（现价，五经普修订后同一口径）",
        "100 million CNY, current prices",
        "亿元（现价）",
    )
    name, unit = load_study("china").describe_indicator("steel")
    assert (name.en, name.zh, unit.en) == ("steel", "steel", "")
