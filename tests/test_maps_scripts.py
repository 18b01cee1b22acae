"""The scripts of the page as a small codebase: their order, what the page gets of them, and their own tests."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from page_scripts import IMPORT, STATIC, order_scripts, read_script, sum_sources

from maps.document.offline import find_external, read_asset

ROOT = Path(__file__).resolve().parents[1]
BUILT = ("start.js", "overlay.js")


def test_what_the_page_carries_is_made_of_the_scripts_as_they_are() -> None:
    made_of = read_asset("built/sources.sha256").strip()
    assert made_of == sum_sources(), "scripts or styles have changed: run `npm run build`"


def test_another_source_has_another_sum(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = sum_sources()
    shutil.copytree(STATIC, tmp_path / "static")
    monkeypatch.setattr("page_scripts.STATIC", tmp_path / "static")
    assert sum_sources() == before
    with (tmp_path / "static" / "scripts" / "start.js").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert sum_sources() != before


@pytest.mark.parametrize("name", BUILT)
def test_a_bundle_is_one_closed_script(name: str) -> None:
    script = read_asset(f"built/{name}")
    assert not re.search(r"(?:^|[;}])(?:import|export)[\s({\"']", script)
    assert "</script" not in script.lower()  # it would end the block that it stands in
    assert find_external(f"<script>{script}</script>") == []
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc"):
        assert way not in script, way


def test_scripts_import_each_other_in_one_form_only() -> None:
    for name in order_scripts():
        text = read_script(name)
        assert len(re.findall(r"^import\b|\bimport\(", text, re.MULTILINE)) == len(IMPORT.findall(text)), name
        assert " as " not in "".join(names for names, _ in IMPORT.findall(text)), name  # one thing, one name
        assert not re.search(r"^export (?!const |let |function |class )", text, re.MULTILINE), name


def test_draw_knows_no_panel_and_model_knows_neither() -> None:
    allowed = {"model": {"model"}, "draw": {"model", "draw"}, "panel": {"model", "draw", "panel"}}
    for name in order_scripts()[:-1]:
        folder = name.split("/")[0]
        for _, target in IMPORT.findall(read_script(name)):
            parts = target.split("/")
            assert (folder if parts[0] == "." else parts[1]) in allowed[folder], (name, target)


def find_node() -> str:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed; the pure parts of the scripts are tested with it")
    return node


def test_pure_parts_pass_their_own_tests() -> None:
    node = find_node()
    files = sorted(map(str, (ROOT / "tests" / "scripts").glob("*.test.js")))
    assert len(files) >= 8
    done = subprocess.run([node, "--test", *files], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout[-3000:]
    assert re.search(r"# tests (?:[4-9]\d|\d{3})", done.stdout)


def test_bundles_are_small() -> None:
    assert len(read_asset("built/start.js").encode()) < 150_000  # a fifth of what a page of all cities may take
    assert len(read_asset("built/overlay.js").encode()) < 20_000


@pytest.mark.parametrize("name", BUILT)
def test_a_bundle_is_a_script(name: str) -> None:
    done = subprocess.run(
        [find_node(), "--check", str(STATIC / "built" / name)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
