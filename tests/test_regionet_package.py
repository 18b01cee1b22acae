"""The front door: what the wheel holds, and the guard against packages of the same name from elsewhere."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import regionet
from regionet._rooms import ROOMS, check_room

ROOT = Path(__file__).resolve().parents[1]


def test_the_wheel_holds_the_five_packages_and_their_data(tmp_path: Path) -> None:
    wheel = pytest.importorskip("hatchling.builders.wheel", reason="hatchling is not installed")
    path = next(wheel.WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    names = zipfile.ZipFile(path).namelist()
    top = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert top == {"regions", "geodata", "analysis", "maps", "regionet"}
    assert {
        "regions/data/china/records.csv",
        "regions/data/yangtze-delta/study.yaml",
        "maps/static/leaflet.js",
        "maps/static/LEAFLET-LICENSE",
        "maps/static/scripts/start.js",
        "maps/static/scripts/model/rings.js",
        "regions/py.typed",
    } <= set(names)


@pytest.mark.parametrize("room", ROOMS)
def test_the_rooms_open_through_the_front_door(room: str) -> None:
    assert getattr(regionet, room).__distribution__ == "regionet"


def test_a_room_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="it has regions, geodata, analysis, maps"):
        regionet.kitchen  # noqa: B018 - the access is the test


@pytest.mark.parametrize("room", ROOMS)
def test_a_package_of_the_same_name_from_elsewhere_is_named_with_its_path(tmp_path: Path, room: str) -> None:
    (tmp_path / f"{room}.py").write_text("", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", f"from regionet import {room}"],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"ImportError: '{room}' was imported from {tmp_path / room}.py" in done.stderr


def test_a_namespace_package_from_elsewhere_is_refused_too(tmp_path: Path) -> None:
    module = type(sys)("maps")
    module.__path__ = [str(tmp_path)]
    with pytest.raises(ImportError, match=str(tmp_path)):
        check_room(module)


def test_the_version_is_that_of_the_distribution() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{regionet.__version__}"' in text
    assert f"\nversion: {regionet.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\n## {regionet.__version__} (" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_help_does_not_import_what_is_slow() -> None:
    code = (
        "import sys, regionet.cli; "
        "print([m for m in ('pandas', 'geopandas', 'folium', 'networkx', 'scipy', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def run_beside(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the command line with ``folder`` first on the path."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "regionet", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("room", ROOMS)
def test_the_command_line_names_a_foreign_package_before_anything_fails(tmp_path: Path, room: str) -> None:
    foreign = tmp_path / (f"{room}.py" if room == "regions" else f"{room}/__init__.py")
    foreign.parent.mkdir(exist_ok=True)
    foreign.write_text("x = 1\n", encoding="utf-8")
    done = run_beside(tmp_path, "demo", "--out", str(tmp_path / "o"), "--lang", "en")
    assert done.returncode == 1
    assert done.stderr == (
        f"'{room}' was imported from {foreign}, which is not part of regionet. "
        "Remove or rename that module, or start Python from another folder.\n"
    )
    assert f"“{room}”来自 {foreign}，不是 regionet 的一部分" in run_beside(tmp_path, "demo", "--lang=zh").stderr


def test_a_folder_of_the_name_that_is_no_package_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "notes.py").touch()
    assert run_beside(tmp_path, "--version").stdout.startswith("regionet ")


def test_a_room_imported_among_foreign_ones_is_refused_with_their_path(tmp_path: Path) -> None:
    """Our analysis would import the foreign regions and fail somewhere inside."""
    (tmp_path / "regions.py").write_text("", encoding="utf-8")
    environment = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-c", "from regionet import analysis"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert f"'regions' was imported from {tmp_path / 'regions.py'}" in done.stderr


@pytest.mark.parametrize("module", ["typer", "pandas", "regions", "regionet.cli"])
def test_an_interrupt_while_modules_are_imported_is_no_traceback(tmp_path: Path, module: str) -> None:
    """Python is made to meet Ctrl-C at the moment when it looks for a module."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}:\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupt())\n",
        encoding="utf-8",
    )
    done = run_beside(tmp_path, "score", "--out", str(tmp_path / "o"), "--lang", "en")
    assert done.returncode == 130
    assert done.stderr.splitlines()[-1] == "Interrupted."
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "o").exists()


def test_a_real_interrupt_ends_a_command_at_once(tmp_path: Path) -> None:
    """The signal comes while the study is read."""
    code = "import signal, regionet.steps.open_study as o\n"
    code += "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # in the background it may be deaf to it
    code += "o.open_study = lambda *_, **__: signal.raise_signal(signal.SIGINT)\n"
    code += "import sys; from regionet.__main__ import main; sys.argv = ['regionet', *sys.argv[1:]]; main()"
    command = [sys.executable, "-c", code, "score", "--out", str(tmp_path / "o"), "--lang", "zh"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 130
    assert done.stderr.splitlines()[-1] == "已中断。"
    assert list(tmp_path.iterdir()) == []
