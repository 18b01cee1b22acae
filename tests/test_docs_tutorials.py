"""The tutorials run as they stand, and both languages show the same code."""

import os
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from regionet.cli import app

FOLDER = Path(__file__).parents[1] / "docs" / "tutorials"
NAMES = ("planner", "scientist", "map_maker")
EVERYTHING = bool(os.environ.get("REGIONET_EVERY_TUTORIAL"))
"""Set in CI: the page of Europe takes 15 s, which a quick run of the tests does not wait for."""


def list_blocks(name: str) -> list[tuple[str, str]]:
    """List the kind of every block (with the file that it is saved as) and its text."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    return re.findall(r"^```(python|sh|csv [\w.]+)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_show_the_same_code(name: str) -> None:
    english, chinese = (list_blocks(f"{name}{ending}.md") for ending in ("", ".zh"))
    assert [(kind, text.replace("--lang zh", "--lang en")) for kind, text in chinese] == english


@pytest.mark.parametrize("name", NAMES)
def test_every_block_runs(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    space: dict[str, Any] = {}
    told = []
    for kind, text in list_blocks(f"{name}.md"):
        if kind == "python":
            exec(compile(text, name, "exec"), space)  # noqa: S102 - our own page
        elif kind == "sh" and (EVERYTHING or "map --study europe" not in text):
            done = CliRunner().invoke(app, shlex.split(text)[1:], catch_exceptions=False)
            assert done.exit_code == 0, done.output
            told.append(done.output)
        elif kind != "sh":
            (tmp_path / kind.split()[1]).write_text(text, encoding="utf-8")
    CHECKS[name](tmp_path, "\n".join(told), capsys.readouterr().out)


def check_planner(folder: Path, told: str, _printed: str) -> None:
    assert (folder / "result" / "map.html").stat().st_size > 100_000
    assert "Hefei" in told


def check_scientist(folder: Path, _told: str, printed: str) -> None:
    rows = (folder / "barriers.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "year,barrier,percent,percent_low,percent_high"
    assert len(rows) == 10  # 2013 .. 2021
    assert "ln_distance" in printed
    assert "the right one first in 83 of 100 cases" in printed
    assert "shortfalls persist, milder" in printed


def check_map_maker(folder: Path, told: str, _printed: str) -> None:
    assert "236 of 239 units have no polygon" in told
    assert not EVERYTHING or (folder / "map" / "map.html").stat().st_size > 100_000


CHECKS = {"planner": check_planner, "scientist": check_scientist, "map_maker": check_map_maker}
