"""What the command line puts on the page beyond the map: partners, gains, marks of significance."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from maps_sample import unpack_phrases
from typer.testing import CliRunner

from regionet.cli import app


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out = tmp_path_factory.mktemp("map")
    result = CliRunner().invoke(app, ["map", "--study", "china", "--out", str(out), "--lang", "en"])
    assert result.exit_code == 0, result.output
    return read_block(out / "map.html")


def read_block(path: Path) -> dict[str, Any]:
    found = re.search(r'id="regionet-data">(.*?)</script>', path.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    block: dict[str, Any] = json.loads(found.group(1))
    return block


def test_the_first_gaps_name_who_could_start(data: dict[str, Any]) -> None:
    partners, phrases = data["gaps"]["partners"], unpack_phrases(data["gaps"])
    assert {"0", "1", "2"} <= set(partners)
    assert all(1 <= len(rows) <= (3 if int(place) < 30 else 2) for place, rows in partners.items())
    assert len(partners["0"]) == 3
    told = [phrases[each] for first, second, reason, *_ in partners["0"] for each in (first, second, *reason)]
    assert all(en and zh for en, zh in told)
    rows = data["gaps"]["rows"]
    named = {end for place in partners for end in (rows["source"][int(place)], rows["target"][int(place)])}
    assert named == set(range(31))  # every province has somebody to call


def test_gains_come_with_their_unit(data: dict[str, Any]) -> None:
    rows = data["gaps"]["rows"]
    gained = list(zip(rows["gap"], rows["gain_received_source"], rows["gain_received_target"], strict=True))
    assert {gap > 0 for gap, *_ in gained} == {True, False}
    assert all((a > 0 and b > 0) == (gap > 0) for gap, a, b in gained)
    assert data["indicator"]["unit"] == ["100 million CNY", "亿元"]


def test_links_carry_the_disparity_filter(data: dict[str, Any]) -> None:
    links = data["links"]
    assert links["method"] == "disparity"
    assert len(links["significant"]) == len(links["weight"])
    assert 0 < sum(links["significant"]) < len(links["weight"]) / 2


def test_the_fit_is_carried(data: dict[str, Any]) -> None:
    fit = data["gaps"]["fit"]
    assert len(fit["calibration"]) == 10
    assert sum(group[0] for group in fit["calibration"]) == data["gaps"]["all"]


def test_a_study_without_gaps_has_a_page_without_partners(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["map", "--study", "northeast", "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    block = read_block(tmp_path / "map.html")
    assert block["gaps"] is None
    assert len(block["outside"]["weight"]) > 40
