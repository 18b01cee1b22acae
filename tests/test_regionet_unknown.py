"""Rows that name an unknown region: every command that opens a study can stop, or leave them out and say so."""

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from regionet.cli import app

CODES = "ABCDEF"
COMMANDS = ("demo", "score", "roles", "gaps", "map", "links")


@pytest.fixture
def strayed(tmp_path: Path) -> Path:
    folder = tmp_path / "strayed"
    folder.mkdir()
    places = [
        f"{code},{code}-town,{code}市,{118 + i},{30 + i % 3},{'东' if i % 2 else '西'}" for i, code in enumerate(CODES)
    ]
    (folder / "regions.csv").write_text("\n".join(["code,name,name_zh,lon,lat,side", *places]), encoding="utf-8")
    pairs = [f"{a},{b},{3 + (i * j) % 5}" for i, a in enumerate(CODES) for j, b in enumerate(CODES) if i < j]
    (folder / "links.csv").write_text("\n".join(["source,target,weight", *pairs, "A,Atlantis,9"]), encoding="utf-8")
    return folder


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*map(str, arguments), "--lang", "en"], catch_exceptions=False)
    return result.exit_code, result.output


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_region_stops_every_command(strayed: Path, tmp_path: Path, command: str) -> None:
    more = ("--by", "side") if command == "roles" else ()
    code, output = run(command, "--study", strayed, "--out", tmp_path / "out", *more)
    assert code == 1
    assert "links.csv, line 17, column target: 'Atlantis'" in output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_it_can_be_left_out_and_is_counted(strayed: Path, tmp_path: Path, command: str) -> None:
    more = ("--by", "side", "--permutations", "9") if command == "roles" else ()
    code, output = run(command, "--study", strayed, "--out", tmp_path / "out", "--on-unknown", "drop", *more)
    assert code == 0, output
    assert "W-DROP" in output
    assert json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["parameters"]["on_unknown"] == "drop"


def test_what_is_left_is_the_whole_of_the_rest(strayed: Path, tmp_path: Path) -> None:
    run("links", "--study", strayed, "--out", tmp_path / "out", "--on-unknown", "drop")
    found = pd.read_csv(tmp_path / "out" / "links.csv")
    given = pd.read_csv(strayed / "links.csv")
    assert len(found) == len(given) - 1
    assert found["weight"].sum() == given["weight"].sum() - 9
