"""A study made of DataFrames and GeoDataFrames."""

from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely

from regions import MethodError, Study, StudyError, read_study

TABLES = ("regions", "links", "indicators", "actors", "records", "groups")


def test_dataframes_give_the_study_that_files_give(folder: Path) -> None:
    indicators = pd.DataFrame({"code": ["A", "B"], "year": [2020, 2020], "gdp": [1.1, np.nan]})
    indicators.to_csv(folder / "indicators.csv", index=False)
    files = read_study(folder)
    tables = {name: pd.read_csv(folder / f"{name}.csv") for name in ("regions", "links")}
    frames = Study.from_frames(**tables, indicators=indicators)
    for name in TABLES:
        left, right = getattr(files, name), getattr(frames, name)
        assert (left is None) == (right is None)
        if left is not None:
            pd.testing.assert_frame_equal(left, right)


def test_a_named_index_is_a_column_and_names_are_understood() -> None:
    names = pd.Index(["常州", "南 京"], name="source")
    links = pd.DataFrame({"target": ["合肥", "苏州"], "weight": [12, 8.5]}, index=names)
    study = Study.from_frames(links=links, frame="长三角")
    assert study.links is not None
    assert study.links["source"].tolist() == ["320400", "320100"]
    assert study.links["weight"].tolist() == [12, 8.5]
    assert study.frame is not None
    assert "41 regions" in study.frame.en


def test_points_come_from_geometries_in_any_system() -> None:
    squares = [shapely.box(110 + i, 30, 111 + i, 31) for i in range(3)]
    table = geopandas.GeoDataFrame({"code": list("abc"), "name": list("ABC")}, geometry=squares, crs=4326)
    links = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]})
    for system in (4326, 3857):
        study = Study.from_frames(regions=table.to_crs(system), links=links)
        assert study.regions["lon"].tolist() == pytest.approx([110.5, 111.5, 112.5], abs=1e-6)
        assert study.regions["lat"].tolist() == pytest.approx([30.5] * 3, abs=0.01)


def test_the_same_faults_are_found_by_rows_from_one() -> None:
    regions = pd.DataFrame({"code": ["a", "b"], "name": ["A", "B"]})
    links = pd.DataFrame({"source": ["a", "a"], "target": ["b", "x"], "weight": [1, "many"]})
    with pytest.raises(StudyError) as caught:
        Study.from_frames(regions=regions, links=links)
    assert [(fault.code, fault.file, fault.row) for fault in caught.value.faults] == [
        ("E-UNKNOWN", "links", 2),
        ("E-NUMBER", "links", 2),
    ]


def test_settings_are_those_of_a_card() -> None:
    regions = pd.DataFrame({"code": ["a", "b", "c"], "name": ["A", "B", "C"], "land": ["1", "1", "2"]})
    links = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]})
    settings = {"name": "mine", "borders": ["land"], "directed": True}
    study = Study.from_frames(regions=regions, links=links, settings=settings)
    assert (study.name, study.borders, study.directed) == ("mine", ("land",), True)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"link": pd.DataFrame()}, "no table 'link'"),
        ({"links": [("a", "b")]}, "must be a pandas DataFrame; got list"),
        ({"links": pd.DataFrame(), "settings": {"focuss": "x"}}, "no key 'focuss'"),
    ],
)
def test_what_is_mistyped_is_named(given: dict[str, object], said: str) -> None:
    with pytest.raises(MethodError, match=said):
        Study.from_frames(**given)


def test_missing_cells_are_missing_and_whole_floats_are_years() -> None:
    table = pd.DataFrame({"code": ["常州", "合肥"], "year": [2021.0, 2022.0], "gdp": [None, 3.25], "rd": [pd.NA, 4]})
    indicators = Study.from_frames(indicators=table, frame="长三角").indicators
    assert indicators is not None
    assert indicators["year"].tolist() == [2021, 2022]
    assert indicators["gdp"].isna().tolist() == [True, False]
    assert indicators["rd"].tolist()[1] == 4
