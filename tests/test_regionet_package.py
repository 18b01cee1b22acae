"""The front door: what the wheel holds, and the guard against packages of the same name from elsewhere."""

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


def test_help_does_not_import_what_is_slow() -> None:
    code = (
        "import sys, regionet.cli; "
        "print([m for m in ('pandas', 'geopandas', 'folium', 'networkx', 'scipy', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
