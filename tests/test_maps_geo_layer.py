"""A map maker's own GeoJSON: what is read, what is refused, where it lands on the grid."""

import json
from pathlib import Path
from typing import Any

import pytest
from maps_sample import build_study

from maps import GeoLayer
from maps.page.basemap import build_basemap
from maps.page.geo_data import list_geo_layers
from regions.words import Words

NAME = Words("Rail", "铁路")
SQUARE = [[[101, 31], [103, 31], [103, 33], [101, 33], [101, 31]]]


def feature(geometry: dict[str, Any] | None, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def test_every_kind_of_geometry() -> None:
    document = collection(
        feature({"type": "Point", "coordinates": [101, 31]}, name="P"),
        feature({"type": "MultiPoint", "coordinates": [[101, 31, 5], [102, 32, 6]]}, name=7),
        feature({"type": "MultiLineString", "coordinates": [[[101, 31], [102, 31]], [[103, 31], [104, 31]]]}),
        feature({"type": "Polygon", "coordinates": SQUARE}, name=None),
        feature({"type": "GeometryCollection", "geometries": [{"type": "MultiPolygon", "coordinates": [SQUARE]}]}),
        feature(None, name="nowhere"),
    )
    layer = GeoLayer("all", NAME, document, label="name")
    assert layer.list_faults() == []
    told = [(kind, len(parts), text) for kind, parts, text in layer.list_features()]
    assert told == [("points", 1, "P"), ("points", 2, "7"), ("lines", 2, ""), ("areas", 1, ""), ("areas", 1, "")]


def test_a_file_is_read_with_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "rail.geojson"
    path.write_text("\ufeff" + json.dumps({"type": "Point", "coordinates": [101, 31]}), encoding="utf-8")
    assert [kind for kind, _, _ in GeoLayer("rail", NAME, path).list_features()] == ["points"]


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"type": "Point", "coordinates": [1e6, 3e6]}, "coordinates"),  # metres, not degrees
        ({"type": "Point", "coordinates": [101]}, "coordinates"),
        ({"type": "Point", "coordinates": ["101", "31"]}, "coordinates"),
        ({"type": "LineString", "coordinates": []}, "coordinates"),
        ({"type": "Circle", "coordinates": [101, 31]}, "Circle"),
        ({"type": "FeatureCollection", "features": []}, "0 features"),
        ({"type": "FeatureCollection"}, "features"),
        ({}, "type"),
    ],
)
def test_what_is_no_geojson(document: dict[str, Any], reason: str) -> None:
    faults = GeoLayer("rail", NAME, document).list_faults()
    assert [fault.key for fault in faults] == ["map/geojson"]
    assert reason in faults[0].words.en
    assert "rail" in faults[0].words.zh


def test_a_file_that_is_not_there_and_one_that_is_no_json(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    for name in ("absent.json", "bad.json"):
        assert [fault.key for fault in GeoLayer("rail", NAME, tmp_path / name).list_faults()] == ["map/geojson"]


def test_look_and_key_are_looked_at_too() -> None:
    layer = GeoLayer("No!", NAME, {"type": "Point", "coordinates": [101, 31]}, colour="red", width=0)
    assert [fault.key for fault in layer.list_faults()] == ["map/key", "map/colour", "map/width"]


def test_features_land_on_the_grid_of_the_regions(tmp_path: Path) -> None:
    study = build_study(tmp_path)
    basemap = build_basemap(study)
    corner = collection(
        feature({"type": "Point", "coordinates": [101, 31]}, name="R00"),  # the middle of the first square
        feature({"type": "LineString", "coordinates": [[101, 31], [105, 33]]}, name="{{ x }}"),
        feature({"type": "Polygon", "coordinates": SQUARE}),
    )
    (layer,) = list_geo_layers([GeoLayer("rail", NAME, corner, label="name")], basemap)
    assert layer["points"] == [[*basemap.points["R00"], "R00"]]
    ((line, text),) = layer["lines"]
    assert text == "{{ x }}"
    assert len(line) > 20  # long stretches get points on the way: parallels are curved here
    assert [text for _, text in layer["areas"]] == [""]
    assert layer["title"] == ["Rail", "铁路"]


def test_tiles_lay_the_regions_on_their_own_grid(tmp_path: Path) -> None:
    basemap = build_basemap(build_study(tmp_path), projection="EPSG:3857")
    assert basemap.projection == "EPSG:3857"
    west, north = basemap.points["R00"]
    east, _ = basemap.points["R01"]
    # Two degrees of longitude, anywhere: 2 * 111,319.49 metres of the projection.
    assert (east - west) * basemap.plane.step == pytest.approx(2 * 111_319.49, abs=basemap.plane.step)
    assert north * basemap.plane.step + basemap.plane.south == pytest.approx(3_632_749.14, abs=basemap.plane.step)
