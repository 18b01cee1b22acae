"""``--boundaries FILE``: polygons of the user's own for a study that has none."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from regionet.cli import app
from regionet.steps.open_study import open_study
from regions import StudyError

RUNNER = CliRunner()


def write_boxes(path: Path, codes: dict[str, float]) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"id": code},
            "geometry": {"type": "Polygon", "coordinates": [[[x, 46], [x + 1, 46], [x + 1, 47], [x, 47], [x, 46]]]},
        }
        for code, x in codes.items()
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def write_study(folder: Path) -> Path:
    folder.mkdir()
    (folder / "regions.csv").write_text(
        "code,name,lon,lat\nA,A,1.5,46.5\nB,B,2.5,46.5\nC,C,5.5,46.5\n", encoding="utf-8"
    )
    (folder / "links.csv").write_text("source,target,weight\nA,B,3\nB,C,1\n", encoding="utf-8")
    (folder / "neighbours.csv").write_text("source,target\nA,C\n", encoding="utf-8")
    return folder


def test_the_polygons_win_and_say_which_regions_touch(tmp_path: Path) -> None:
    from geodata import find_neighbours  # noqa: PLC0415 - geopandas

    file = write_boxes(tmp_path / "mine.geojson", {"A": 1, "B": 2, "C": 5})
    study = open_study(str(write_study(tmp_path / "s")), boundaries=file)
    assert study.maps.boundaries == str(file)
    assert file in study.files
    pairs = find_neighbours(study)
    assert pairs is not None
    assert list(zip(pairs["source"], pairs["target"], strict=True)) == [("A", "B")]


def test_a_page_of_europe_with_polygons_of_ones_own(tmp_path: Path) -> None:
    file = write_boxes(tmp_path / "mine.geojson", {"FR10": 2, "DE21": 11, "ZZ99": 30})
    done = RUNNER.invoke(app, ["check", "--study", "europe", "--boundaries", str(file), "--lang", "en"])
    assert done.exit_code == 0, done.output
    assert "239 regions" in done.output
    assert "237" in done.output  # regions that have no polygon in the file


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="there is no such file"):
        open_study("europe", boundaries=tmp_path / "none.geojson")
