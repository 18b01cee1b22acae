"""The user's GeoJSON: what is read, what is mended with a warning, what is refused."""

import json
import math
import socket
from pathlib import Path
from typing import Any

import pytest
import shapely
from geodata_samples import square, write_layer

from geodata.boundary_files.geojson import Polygons, read_geojson
from geodata.datum_shift import measure_shift
from regions import Fault, StudyError

CASES = Path(__file__).parent / "data" / "badinputs" / "geojson"
GOOD = CASES.parent / "good" / "regions.geojson"

REFUSED = {
    "spike_to_line": ("E-GEOM", "feature 2 (320100)"),
    "mixed_types": ("E-GEOM", "feature 2 (320100)"),
    "metres_no_crs": ("E-CRS", "feature 1 (310100)"),
    "vrt_disguised": ("E-FORMAT", "<OGRVRTDataSource>"),
    "vrt_local_file": ("E-FORMAT", "<OGRVRTDataSource>"),
    "truncated": ("E-JSON", "offset 1495"),
    "nan_coords": ("E-GEOM", "feature 1 (310100)"),
    "dup_keys": ("E-JSON", "'code' stands twice"),
    "coords_1e300": ("E-LATRANGE", "feature 2 (320100)"),
}
WARNED = {
    "bowtie": ["W-INVALID"],
    "null_geometry": ["W-NOGEOM"],
    "antimeridian": ["W-ANTIMERIDIAN"],
    "crs_3857_named": ["W-CRS", "W-TRIVIAL"],
    "code_number": ["W-CODEFLOAT"],
    "gap_1e-9": ["W-ISLAND"],
    "overlap": ["W-OVERLAP"],
    "one_region": ["W-TRIVIAL"],
    "gcj02_shift": [],  # seen only against a second layer, see below
}


def codes(faults: "tuple[Fault, ...] | list[Fault]") -> list[str]:
    return [fault.code for fault in faults]


def refuse(path: Path, **options: Any) -> list[Fault]:
    with pytest.raises(StudyError) as caught:
        read_geojson(path, **options)
    faults = list(caught.value.faults)
    assert all(fault.is_error and fault.message_zh for fault in faults)
    return faults


def write_text(folder: Path, text: str) -> Path:
    path = folder / "layer.geojson"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse_socket(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "__init__", refuse_socket)


def test_every_case_file_is_listed() -> None:
    assert {path.stem for path in CASES.glob("*.geojson")} == {*REFUSED, *WARNED}


def test_sound_file() -> None:
    found = read_geojson(GOOD)
    assert found.warnings == ()
    assert len(found.shapes) == 12
    assert found.shapes["310100"].equals(shapely.box(117.75, 29.75, 118.25, 30.25))
    assert found.shapes.index.name == "code"
    assert list(found.shapes.index) == sorted(found.shapes.index)


@pytest.mark.parametrize("name", REFUSED)
def test_case_is_refused(name: str) -> None:
    faults = refuse(CASES / f"{name}.geojson")
    code, text = REFUSED[name]
    assert faults[0].code == code
    assert text in faults[0].describe()
    assert faults[0].file == f"{name}.geojson"
    assert len(faults) == (12 if name == "metres_no_crs" else 1)


@pytest.mark.parametrize("name", WARNED)
def test_case_is_read_with_a_warning(name: str) -> None:
    found = read_geojson(CASES / f"{name}.geojson")
    assert codes(found.warnings) == WARNED[name]
    shapes = found.shapes.dropna().to_numpy()
    assert shapely.is_valid(shapes).all()
    assert all(fault.describe("zh") for fault in found.warnings)


def test_local_file_of_the_vrt_is_not_read() -> None:
    host = Path("/etc/hostname").read_text(encoding="utf-8").strip() if Path("/etc/hostname").exists() else "no host"
    assert host not in refuse(CASES / "vrt_local_file.geojson")[0].describe()


def test_bow_tie_keeps_both_halves() -> None:
    mended = read_geojson(CASES / "bowtie.geojson")
    assert mended.shapes["320100"].area == pytest.approx(0.125)  # two triangles of 0.5 x 0.25 / 2
    assert "0.0 km2 before, 1,337.0 km2 after" in mended.warnings[0].message


def test_null_geometry_stays_in_the_index() -> None:
    assert read_geojson(CASES / "null_geometry.geojson").shapes["320100"] is None


def test_antimeridian_is_cut_into_two_halves() -> None:
    shape = read_geojson(CASES / "antimeridian.geojson").shapes["320100"]
    assert shape.area == pytest.approx(2.0)  # two degrees by one, not 358
    assert [part.bounds for part in shape.geoms] == [(179, -17, 180, -16), (-180, -17, -179, -16)]
    assert abs(shape.representative_point().x) > 179


def test_metres_get_a_hint() -> None:
    assert "EPSG:4326" in refuse(CASES / "metres_no_crs.geojson")[0].hint


def test_declared_web_mercator_is_turned() -> None:
    west, south, east, north = read_geojson(CASES / "crs_3857_named.geojson").shapes["310100"].bounds
    radius = 6378137.0  # of the sphere that Web Mercator projects on
    assert (west, east) == pytest.approx([math.degrees(x / radius) for x in (13_480_000, 13_520_000)])
    assert (south, north) == pytest.approx(
        [math.degrees(math.atan(math.sinh(y / radius))) for y in (3_580_000, 3_620_000)]
    )


def test_numbers_become_the_same_codes() -> None:
    assert list(read_geojson(CASES / "code_number.geojson").shapes.index) == list(read_geojson(GOOD).shapes.index)


def test_overlap_is_measured() -> None:
    assert "320100-320200 (10.00%)" in read_geojson(CASES / "overlap.geojson").warnings[0].message


def test_constant_shift_against_a_reference() -> None:
    shifted, reference = read_geojson(CASES / "gcj02_shift.geojson").shapes, read_geojson(GOOD).shapes
    # 0.0047 degree east at 30.3 north is 451 m, 0.0021 south is 233 m
    assert measure_shift(shifted, reference) == pytest.approx(508, abs=10)
    assert measure_shift(reference, reference) is None
    assert measure_shift(reference.iloc[:2], reference) is None
    mixed = shifted.copy()
    mixed.iloc[0] = reference.iloc[0]
    assert measure_shift(mixed, reference) is None  # not the same everywhere


@pytest.mark.parametrize("key", ["code", "adcode", "CODE", " Code ", "id", "行政区划代码", "代码"])
def test_names_of_the_code(tmp_path: Path, key: str) -> None:
    path = write_layer(tmp_path / "a.geojson", {"A": square(0, 0), "B": square(1, 0)}, key=key)
    assert list(read_geojson(path).shapes.index) == ["A", "B"]


def test_code_before_id_and_properties_before_feature(tmp_path: Path) -> None:
    ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    far = {"type": "Polygon", "coordinates": [[[x + 5, y] for x, y in ring]]}
    features = [
        {"type": "Feature", "id": "no", "properties": {"id": "neither", "code": "A"}, "geometry": shape},
        {"type": "Feature", "id": "B", "properties": None, "geometry": far},
    ]
    path = write_text(tmp_path, json.dumps({"type": "FeatureCollection", "features": features}))
    assert list(read_geojson(path).shapes.index) == ["A", "B"]


def test_lost_leading_zero_is_matched_to_known_codes(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "a.geojson", {10001: square(0, 0), 320100: square(1, 0)})
    assert list(read_geojson(path, codes=["010001", "320100"]).shapes.index) == ["010001", "320100"]
    assert list(read_geojson(path).shapes.index) == ["10001", "320100"]


@pytest.mark.parametrize("code", ['""', '"  "', "null", "true", "1.5", "NaN", "[1]", '{"a": 1}', "1e400"])
def test_code_that_is_none(tmp_path: Path, code: str) -> None:
    shape = json.dumps({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]})
    text = f'{{"type": "FeatureCollection", "features": [{{"type": "Feature", "properties": {{"code": {code}}}, '
    (fault,) = refuse(write_text(tmp_path, f'{text}"geometry": {shape}}}]}}'))
    assert fault.code == "E-MISSING"
    assert "feature 1" in fault.message


def test_code_twice_names_both_features(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "a.geojson", {"A": square(0, 0), " A": square(1, 0)})
    (fault,) = refuse(path)
    assert fault.code == "E-DUPCODE"
    assert "feature 2 (A): the code stands already in feature 1" in fault.message


def test_all_faults_at_once(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    far = {"type": "Polygon", "coordinates": [[[0, 0], [500, 0], [500, 500], [0, 0]]]}
    flat = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [2, 0], [0, 0]]]}
    path = write_layer(tmp_path / "a.geojson", {"A": line, "B": square(0, 0), "C": far, "D": flat, "": square(3, 3)})
    faults = refuse(path)
    assert sorted(codes(faults)) == ["E-CRS", "E-GEOM", "E-GEOM", "E-MISSING"]
    assert {fault.message[:9] for fault in faults} == {"feature 1", "feature 3", "feature 4", "feature 5"}


@pytest.mark.parametrize(
    "nested",
    [
        None,
        "text",
        [[]],
        [[[0, 0]]],
        [[[0, 0], [1, 0], [0, 0]]],
        [[0, 0], [1, 0], [1, 1]],
        [[["0", "0"], [1, 0], [1, 1], [0, 0]]],
        [[[True, False], [1, 0], [1, 1], [0, 0]]],
        [[[0], [1, 0], [1, 1], [0, 0]]],
        [[[0, 0], None, [1, 1], [0, 0]]],
        [[[0, 0], [1, 0], [1, 1], [0, 0]], 7],
        [[[10**400, 0], [1, 0], [1, 1], [0, 0]]],
    ],
)
def test_coordinates_that_are_none(tmp_path: Path, nested: object) -> None:
    (fault,) = refuse(write_layer(tmp_path / "a.geojson", {"A": {"type": "Polygon", "coordinates": nested}}))
    assert fault.code == "E-GEOM"
    assert "feature 1 (A)" in fault.message


@pytest.mark.parametrize("token", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_tokens_that_are_no_numbers(tmp_path: Path, token: str) -> None:
    text = GOOD.read_text(encoding="utf-8").replace("117.75", token, 1)
    (fault,) = refuse(write_text(tmp_path, text))
    assert fault.code == "E-GEOM"
    assert "feature 1 (310100): a coordinate is NaN or infinite" in fault.message


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [0, 0]},
        {"type": "GeometryCollection", "geometries": []},
        {"type": "polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]},
        {"coordinates": []},
        {"type": ["Polygon"], "coordinates": []},
        [1, 2],
        "POLYGON ((0 0, 1 0, 1 1, 0 0))",
    ],
)
def test_other_geometries(tmp_path: Path, geometry: object) -> None:
    (fault,) = refuse(write_layer(tmp_path / "a.geojson", {"A": geometry}))
    assert fault.code == "E-GEOM"


@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
def test_empty_geometry_is_none(tmp_path: Path, kind: str) -> None:
    empty = {"type": kind, "coordinates": []}
    found = read_geojson(write_layer(tmp_path / "a.geojson", {"A": empty, "B": square(0, 0), "C": square(1, 0)}))
    assert codes(found.warnings) == ["W-NOGEOM"]
    assert found.shapes["A"] is None


def test_multi_polygon_holes_heights_and_open_rings(tmp_path: Path) -> None:
    shell = [[0, 0, 12.5], [3, 0, 1], [3, 3, 0], [0, 3, 0]]
    hole = [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]]
    island = [[5, 5], [6, 5], [6, 6], [5, 5]]
    shape = {"type": "MultiPolygon", "coordinates": [[shell, hole], [island]]}
    found = read_geojson(write_layer(tmp_path / "a.geojson", {"A": shape, "B": square(1, 1)}))
    assert found.warnings == ()
    assert found.shapes["A"].area == pytest.approx(9 - 1 + 0.5)
    assert not found.shapes["A"].has_z


def test_swapped_coordinates_get_a_hint(tmp_path: Path) -> None:
    (fault,) = refuse(write_layer(tmp_path / "a.geojson", {"A": square(30, 118)}))
    assert fault.code == "E-LATRANGE"
    assert "swapped" in fault.hint
    assert "颠倒" in fault.hint_zh


def test_longitudes_beyond_180_are_refused(tmp_path: Path) -> None:
    (fault,) = refuse(write_layer(tmp_path / "a.geojson", {"A": square(190, 10)}))
    assert fault.code == "E-LATRANGE"


def test_the_whole_world_is_no_crossing(tmp_path: Path) -> None:
    world = {"A": shapely.box(-180, -90, 180, 0), "B": shapely.box(-180, 0, 180, 90)}
    found = read_geojson(write_layer(tmp_path / "a.geojson", world))
    assert found.warnings == ()
    assert found.shapes["A"].area == 360 * 90


def named(name: object) -> dict[str, object]:
    return {"type": "name", "properties": {"name": name}}


@pytest.mark.parametrize(
    "crs",
    [None, *map(named, ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326", "CRS84"])],
)
def test_longitude_and_latitude_declared(tmp_path: Path, crs: object) -> None:
    path = write_layer(tmp_path / "a.geojson", {"A": square(0, 0), "B": square(1, 0)}, crs=crs)
    assert read_geojson(path).warnings == ()


def test_gauss_kruger_and_cgcs2000_are_turned(tmp_path: Path) -> None:
    # CGCS2000 zone 39 with its number in front of the easting: meridian 117, false easting 39 500 000 m
    metric = shapely.box(39_500_000, 3_540_000, 39_520_000, 3_560_000)
    for crs in (named("EPSG:4527"), named("urn:ogc:def:crs:EPSG:9.6:4527")):
        found = read_geojson(write_layer(tmp_path / "a.geojson", {"A": metric}, crs=crs))
        assert codes(found.warnings) == ["W-CRS", "W-TRIVIAL"]
        assert found.shapes["A"].bounds[0] == pytest.approx(117.0, abs=1e-3)
        assert 31.9 < found.shapes["A"].bounds[1] < 32.1
    geographic = read_geojson(write_layer(tmp_path / "b.geojson", {"A": square(117, 32)}, crs=named("EPSG:4490")))
    assert geographic.shapes["A"].bounds == pytest.approx((117, 32, 118, 33))


@pytest.mark.parametrize(
    "crs",
    [
        named("EPSG:999999"),
        named("+proj=pipeline +step +proj=hgridshift +grids=/etc/hostname"),
        named("Beijing 1954"),
        named(7),
        {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs"}},
        "EPSG:4326",
        [],
    ],
)
def test_other_coordinate_systems_are_refused(tmp_path: Path, crs: object) -> None:
    (fault,) = refuse(write_layer(tmp_path / "a.geojson", {"A": square(0, 0)}, crs=crs))
    assert fault.code == "E-CRS"


def test_coordinates_out_of_reach_of_the_declared_system(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "a.geojson", {"A": shapely.box(0, 0, 1e30, 1e30)}, crs=named("EPSG:4527"))
    assert codes(refuse(path)) == ["E-LATRANGE"]


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{}",
        '{"type": "Topology", "objects": {}}',
        '{"type": "Feature", "geometry": null}',
        '{"type": "FeatureCollection"}',
        '{"type": "FeatureCollection", "features": {}}',
        '{"type": ["FeatureCollection"], "features": []}',
    ],
)
def test_other_documents(tmp_path: Path, text: str) -> None:
    (fault,) = refuse(write_text(tmp_path, text))
    assert fault.code == "E-FORMAT"


@pytest.mark.parametrize("feature", ["7", "null", "[]", '{"type": "Polygon", "coordinates": []}'])
def test_what_is_no_feature(tmp_path: Path, feature: str) -> None:
    faults = refuse(write_text(tmp_path, f'{{"type": "FeatureCollection", "features": [{feature}]}}'))
    assert "E-FORMAT" in codes(faults)
    assert "feature 1" in faults[0].message


def test_no_features(tmp_path: Path) -> None:
    assert codes(refuse(write_text(tmp_path, '{"type": "FeatureCollection", "features": []}'))) == ["E-EMPTY"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"type": "FeatureCollection"', '"features": [], "type": "FeatureCollection"'),
        ('"type": "Polygon"', '"type": "LineString", "type": "Polygon"'),
        ('"geometry": ', '"geometry": null, "geometry": '),
    ],
)
def test_repeated_keys_anywhere(tmp_path: Path, old: str, new: str) -> None:
    text = GOOD.read_text(encoding="utf-8").replace(old, new, 1)
    (fault,) = refuse(write_text(tmp_path, text))
    assert fault.code == "E-JSON"
    assert "stands twice" in fault.message


def test_one_good_and_one_null_are_still_one_region(tmp_path: Path) -> None:
    found = read_geojson(write_layer(tmp_path / "a.geojson", {"A": square(0, 0), "B": None}))
    assert codes(found.warnings) == ["W-NOGEOM", "W-TRIVIAL"]


def test_nothing_but_null(tmp_path: Path) -> None:
    found = read_geojson(write_layer(tmp_path / "a.geojson", {"A": None, "B": None}))
    assert codes(found.warnings) == ["W-NOGEOM", "W-NOGEOM"]
    assert isinstance(found, Polygons)
    assert found.shapes.isna().all()


def test_hostile_code_is_shown_with_escapes(tmp_path: Path) -> None:
    (fault,) = refuse(write_layer(tmp_path / "a.geojson", {"\x1b[2J\u202e": {"type": "Point", "coordinates": [0, 0]}}))
    assert "\x1b" not in fault.describe()
    assert "\u202e" not in fault.describe()
