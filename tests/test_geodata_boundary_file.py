"""Boundaries from GeoPackage and Shapefile: what GDAL writes is the reference, what people send is looked at first."""

import shutil
import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pyogrio.raw
import pytest
import shapely

from geodata.boundary_files.boundary_file import read_polygons
from geodata.boundary_files.geojson import read_geojson
from regions.errors import StudyError

CASES = Path(__file__).parent / "data" / "badinputs" / "vector"
GOOD = CASES.parent / "good" / "regions.geojson"
HOLED = shapely.box(0, 0, 4, 4) - shapely.box(1, 1, 2, 2)
PARTS = shapely.MultiPolygon([shapely.box(10, 0, 11, 1), shapely.box(12, 0, 13, 1) - shapely.box(12.2, 0.2, 12.4, 0.4)])


def layer(**columns: list[object]) -> gpd.GeoDataFrame:
    attributes = columns or {"code": ["010000", "020000"], "name_zh": ["甲省", "乙省"]}
    return gpd.GeoDataFrame(attributes, geometry=[HOLED, PARTS], crs="EPSG:4326")


def write(folder: Path, suffix: str, frame: gpd.GeoDataFrame, **options: object) -> Path:
    path = folder / f"boundaries{suffix}"
    frame.to_file(path, **options)
    return path


def fail(path: Path) -> tuple[str, str]:
    with pytest.raises(StudyError) as caught:
        read_polygons(path)
    fault = caught.value.faults[0]
    assert fault.message_zh
    return fault.code, fault.message


def codes_of(path: Path) -> list[str]:
    return [fault.code for fault in read_polygons(path).warnings]


@pytest.mark.parametrize("suffix", [".gpkg", ".shp"])
def test_what_gdal_writes_is_read_the_same_holes_and_parts_included(tmp_path: Path, suffix: str) -> None:
    found = read_polygons(write(tmp_path, suffix, layer()))
    assert list(found.shapes.index) == ["010000", "020000"]
    assert found.shapes["010000"].equals(HOLED)
    assert found.shapes["020000"].equals(PARTS)
    assert found.warnings == ()


@pytest.mark.parametrize("suffix", [".gpkg", ".shp"])
@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:4490", "+proj=aea +lat_1=25 +lat_2=47 +lon_0=105 +ellps=krass"])
def test_another_coordinate_system_is_turned_into_degrees_and_said(tmp_path: Path, suffix: str, crs: str) -> None:
    path = write(tmp_path, suffix, layer().to_crs(crs))
    found = read_polygons(path)
    reference = gpd.read_file(path).to_crs(4326).geometry.iloc[0]
    assert found.shapes["010000"].hausdorff_distance(reference) < 1e-9  # the same PROJ computes both
    assert [fault.code for fault in found.warnings] == ["W-CRS"]


def test_a_geometry_that_is_missing_is_said(tmp_path: Path) -> None:
    frame = layer()
    frame.loc[1, "geometry"] = None
    for suffix in (".gpkg", ".shp"):
        found = read_polygons(write(tmp_path, suffix, frame))
        assert found.shapes["020000"] is None
        assert [fault.code for fault in found.warnings] == ["W-NOGEOM", "W-TRIVIAL"]


@pytest.mark.parametrize("suffix", [".gpkg", ".shp"])
def test_points_make_no_region(tmp_path: Path, suffix: str) -> None:
    frame = gpd.GeoDataFrame({"code": ["A"]}, geometry=[shapely.Point(1, 2)], crs=4326)
    assert fail(write(tmp_path, suffix, frame))[0] in {"E-GEOM", "E-FORMAT"}


def test_numbers_as_codes_are_matched_to_known_codes(tmp_path: Path) -> None:
    path = write(tmp_path, ".gpkg", layer(code=[10000, 20000]))
    found = read_polygons(path, codes=["010000", "020000"])
    assert list(found.shapes.index) == ["010000", "020000"]
    assert [fault.code for fault in found.warnings] == ["W-CODEFLOAT"]


def test_a_shapefile_without_encoding_and_system_is_read_as_gb18030_degrees() -> None:
    found, good = read_polygons(CASES / "regions_gbk.shp"), read_geojson(GOOD)
    assert [fault.code for fault in found.warnings] == ["W-ENC", "W-CRS"]
    assert list(found.shapes.index) == list(good.shapes.index)
    assert all(one.equals(other) for one, other in zip(found.shapes, good.shapes, strict=True))


@pytest.mark.parametrize("encoding", ["GBK", "UTF-8"])
def test_a_chinese_field_name_cut_at_ten_bytes_still_means_the_code(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, ".shp", layer(), encoding=encoding)
    table = path.with_suffix(".dbf")
    data = table.read_bytes()
    name = "行政区划代码".encode(encoding)[:10]  # what GDAL and ArcGIS leave of it
    table.write_bytes(data[:32] + name + b"\0" + data[43:])
    assert list(read_polygons(path).shapes.index) == ["010000", "020000"]


def test_an_encoding_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, ".shp", layer())
    path.with_suffix(".cpg").write_text("KLINGON")
    assert fail(path)[0] == "E-ENC"


def test_rows_marked_as_deleted_are_left_out(tmp_path: Path) -> None:
    path = write(tmp_path, ".shp", layer())
    table = path.with_suffix(".dbf")
    data = bytearray(table.read_bytes())
    data[struct.unpack_from("<H", data, 8)[0]] = ord("*")
    table.write_bytes(bytes(data))
    assert list(read_polygons(path).shapes.index) == ["020000"]


def test_the_missing_companions_of_a_shapefile_are_named(tmp_path: Path) -> None:
    code, message = fail(CASES / "no_shx.shp")
    assert code == "E-FORMAT"
    assert "no_shx.shx, no_shx.dbf" in message
    path = write(tmp_path, ".shp", layer())
    path.with_suffix(".shx").unlink()
    assert "boundaries.shx" in fail(path)[1]


def test_companions_with_capital_suffixes_are_found(tmp_path: Path) -> None:
    path = write(tmp_path, ".shp", layer())
    for suffix in (".shx", ".dbf", ".prj"):
        path.with_suffix(suffix).rename(path.with_suffix(suffix.upper()))
    assert codes_of(path) == []


def test_a_system_that_is_none_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, ".shp", layer())
    path.with_suffix(".prj").write_text("http://127.0.0.1:9/crs")
    assert fail(path)[0] == "E-CRS"


def test_a_truncated_geopackage_is_named_with_its_sizes() -> None:
    assert fail(CASES / "truncated.gpkg") == (
        "E-FORMAT",
        "the file is cut off: 20,000 of 118,784 bytes (page 5 of 29).",
    )


@pytest.mark.parametrize("suffix", [".gpkg", ".shp"])
@pytest.mark.parametrize("size", [0, 10, 99, 120, 200])
def test_a_file_cut_anywhere_is_refused(tmp_path: Path, suffix: str, size: int) -> None:
    path = write(tmp_path, suffix, layer())
    path.write_bytes(path.read_bytes()[:size])
    assert fail(path)[0] == "E-FORMAT"


@pytest.mark.parametrize("suffix", [".gpkg", ".shp"])
def test_a_file_with_any_byte_changed_is_read_or_refused_but_never_crashes(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path, suffix, layer())
    whole = path.read_bytes()
    for place in range(0, min(len(whole), 40_000), 997 if suffix == ".gpkg" else 23):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            read_polygons(path)
        except StudyError as error:
            assert all(fault.code.startswith("E-") for fault in error.faults)  # noqa: PT017 - any outcome but a crash


@pytest.mark.parametrize("name", ["vrt_disguised.geojson", "vrt_local_file.geojson"])
@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".geojson"])
def test_a_vrt_is_refused_under_every_name(tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / f"boundaries{suffix}"
    shutil.copy(CASES.parent / "geojson" / name, path)
    for companion in (".shx", ".dbf"):
        path.with_suffix(companion).touch()
    assert fail(path)[0] == "E-FORMAT"


def change(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as database:
        database.create_function("ST_IsEmpty", 1, lambda _: 0)
        for statement in statements:
            database.execute(statement)
    database.close()


VIEW = (
    "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT i AS fid, NULL AS geom FROM n"
)


@pytest.mark.parametrize(
    "statements",
    [
        ("DELETE FROM gpkg_geometry_columns",),
        ("DROP TABLE gpkg_contents",),
        (VIEW, "UPDATE gpkg_geometry_columns SET table_name = 'endless'"),
    ],
)
def test_a_geopackage_without_a_plain_layer_is_refused(tmp_path: Path, statements: tuple[str, ...]) -> None:
    path = write(tmp_path, ".gpkg", layer())
    change(path, "PRAGMA foreign_keys = OFF", *statements)
    assert fail(path)[0] == "E-FORMAT"


def test_a_view_beside_the_layer_is_refused_by_name(tmp_path: Path) -> None:
    """It might call what GDAL adds to sqlite, such as functions that ask servers."""
    path = write(tmp_path, ".gpkg", layer())
    change(path, "CREATE VIEW asks AS SELECT ogr_geocode('x')")
    assert fail(path) == ("E-FORMAT", "the database holds views (asks), which are not run.")


def test_a_list_of_layers_that_is_computed_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, ".gpkg", layer())
    change(
        path,
        "PRAGMA foreign_keys = OFF",
        "CREATE TABLE t AS SELECT * FROM gpkg_contents",
        "DROP TABLE gpkg_contents",
        "CREATE TABLE gpkg_contents(table_name TEXT, data_type TEXT, identifier TEXT GENERATED ALWAYS AS (hex(1)))",
    )
    assert "computed" in fail(path)[1]


def test_triggers_never_run(tmp_path: Path) -> None:
    path = write(tmp_path, ".gpkg", layer())
    change(path, "CREATE TRIGGER gone BEFORE UPDATE ON boundaries BEGIN DELETE FROM boundaries; END")
    before = path.read_bytes()
    assert list(read_polygons(path).shapes.index) == ["010000", "020000"]
    assert path.read_bytes() == before


def test_gdal_never_sees_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that no companion, link or address can be followed."""
    seen: list[object] = []
    whole = pyogrio.raw.read

    def watch(source: object, **options: object) -> object:
        seen.append(source)
        return whole(source, **options)

    monkeypatch.setattr("pyogrio.raw.read", watch)
    for suffix in (".gpkg", ".shp"):
        read_polygons(write(tmp_path, suffix, layer()))
    assert [type(source) for source in seen] == [bytes, bytes]
    assert all(source.startswith(b"PK") for source in seen if isinstance(source, bytes))


def test_a_damaged_record_of_a_shapefile_is_named_and_not_taken_for_none(tmp_path: Path) -> None:
    path = write(tmp_path, ".shp", layer())
    data = bytearray(path.read_bytes())
    struct.pack_into("<i", data, 100 + 8 + 36, 1_000_000)  # the number of parts of the first record
    path.write_bytes(bytes(data))
    assert fail(path) == ("E-GEOM", "the geometry of feature 1 is damaged.")


@pytest.mark.parametrize(
    ("encoding", "named", "word"),
    [("big5", "Big5", "臺北"), ("cp1252", "Windows-1252", "Köln"), ("gbk", "GB18030", "苏州")],
)
def test_an_attribute_table_without_a_stated_encoding_is_told_by_its_text(
    tmp_path: Path, encoding: str, named: str, word: str
) -> None:
    path = write(tmp_path, ".shp", layer(code=[word, "x"]), encoding="UTF-8")
    path.with_suffix(".cpg").unlink()
    table = path.with_suffix(".dbf")
    raw = word.encode(encoding)
    table.write_bytes(table.read_bytes().replace(word.encode().ljust(8), raw.ljust(8)))
    found = read_polygons(path)
    assert word in found.shapes.index
    assert [fault.message for fault in found.warnings] == [
        f"the attribute table is read as {named}; there is no .cpg file."
    ]


def test_a_geopackage_of_two_layers_names_them(tmp_path: Path) -> None:
    path = write(tmp_path, ".gpkg", layer(), layer="one")
    layer().to_file(path, layer="two")
    assert "one, two" in fail(path)[1]


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    assert fail(tmp_path / "no.gpkg") == ("E-FORMAT", "there is no such file.")


@pytest.fixture
def study_with(folder: Path) -> Callable[[str], Path]:
    def build(suffix: str) -> Path:
        shapes = [shapely.box(i, 30, i + 1, 31) for i in (110, 111, 112)]
        gpd.GeoDataFrame({"code": ["A", "B", "C"]}, geometry=shapes, crs=4326).to_file(folder / f"boundaries{suffix}")
        return folder

    return build


@pytest.mark.parametrize("suffix", [".gpkg", ".shp"])
def test_a_study_finds_its_boundaries_in_either_format(study_with: Callable[[str], Path], suffix: str) -> None:
    from geodata import find_neighbours, read_boundaries  # noqa: PLC0415 - shown where it is the point
    from regions import read_study  # noqa: PLC0415 - as above

    study = read_study(study_with(suffix))
    boundaries = read_boundaries(study)
    assert boundaries is not None
    assert list(boundaries.index) == ["A", "B", "C"]
    neighbours = find_neighbours(study)
    assert neighbours is not None
    assert neighbours.to_numpy().tolist() == [["A", "B"], ["B", "C"]]
