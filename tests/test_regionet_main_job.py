"""``map`` as a map maker asks for it: title, review number, tiles."""

import json
from pathlib import Path

import pytest
from maps_sample import write_squares
from typer.testing import CliRunner

from regionet.cli import app

URL = "https://{s}.tiles.example.org/{z}/{x}/{y}.png?key=SECRET"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    folder.mkdir()
    rows = [f"R{place:02d},Region {place},地区{place}" for place in range(6)]
    (folder / "regions.csv").write_text("\n".join(["code,name,name_zh", *rows]) + "\n", encoding="utf-8")
    (folder / "links.csv").write_text("source,target,weight\nR00,R01,3\nR02,R03,2\n", encoding="utf-8")
    write_squares(folder / "boundaries.geojson", 6)
    return folder


def run(study: Path, *options: str) -> tuple[int, str, str]:
    out = study.parent / "out"
    done = CliRunner().invoke(app, ["map", "--study", str(study), "--out", str(out), "--lang", "en", *options])
    page = out / "map.html"
    return done.exit_code, done.output, page.read_text(encoding="utf-8") if page.exists() else ""


def test_title_and_review_number_as_given(study: Path) -> None:
    code, _, page = run(study, "--title", "Ours & theirs", "--review-number", "GS(2026)0001")
    assert code == 0
    assert "<title>Ours &#38; theirs</title>" in page
    assert '"review":"GS(2026)0001"' in page
    asked = json.loads((study.parent / "out" / "run.json").read_text(encoding="utf-8"))
    assert "GS(2026)0001" in json.dumps(asked)


def test_without_them_nothing_is_made_up(study: Path) -> None:
    _, told, page = run(study)
    assert '"review":""' in page
    assert '"tiles":null' in page
    assert "fetches" not in told


def test_tiles_are_announced_and_the_key_stands_in_the_page_only(study: Path) -> None:
    code, told, page = run(study, "--tiles-url", URL, "--tiles-attribution", "Somebody")
    assert code == 0
    assert "fetches its background from *.tiles.example.org" in told
    assert "SECRET" in page
    assert "SECRET" not in told
    record = (study.parent / "out" / "run.json").read_text(encoding="utf-8")
    assert "SECRET" not in record
    assert "*.tiles.example.org" in record


@pytest.mark.parametrize(("url", "word"), [("https://mt0.google.cn/{x}/{y}/{z}", "GCJ-02"), ("http://a.org", "https")])
def test_tiles_that_cannot_be_are_wrong_usage(study: Path, url: str, word: str) -> None:
    code, told, page = run(study, "--tiles-url", url)
    assert code == 2
    assert word in told
    assert not page
