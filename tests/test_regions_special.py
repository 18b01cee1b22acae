"""What has the name of a file and is none: named as what it is, and never opened."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geodata.boundary_files.boundary_file import read_polygons
from regionet.cli import app
from regions import StudyError, read_study
from regions.files.text_file import read_text_table
from regions.files.writing import refuse_special
from regions.sources import convert_records
from regions.table_file import read_file


def put_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may have a hundred characters
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def put_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def put_dead_link(path: Path) -> None:
    path.symlink_to("nowhere.csv")


KINDS: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "pipe": (os.mkfifo, "is a named pipe (FIFO), not a file.", "是命名管道（FIFO），不是文件。"),
    "device": (put_device, "is a device, not a file.", "是设备文件，不是文件。"),
    "socket": (put_socket, "is a socket, not a file.", "是套接字，不是文件。"),
    "folder": (Path.mkdir, "is a folder, not a file.", "是文件夹，不是文件。"),
    "dead link": (put_dead_link, "is a link to a file that is not there.", "是指向不存在文件的链接。"),
}
NAMES = (
    "study.yaml",
    "links.csv",
    "联系.xlsx",
    "links.graphml",
    "records.parquet",
    "indicators.xlsb",
    "boundaries.geojson",
    "regions.gpkg",
    "边界.shp",
)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_that_would_be_read_is_named_as_what_it_is(folder: Path, kind: str) -> None:
    put, text, text_zh = KINDS[kind]
    (folder / "links.csv").unlink()
    for name in NAMES:
        put(folder / name)
    with pytest.raises(StudyError) as caught:
        read_study(folder)
    found = {fault.file: fault for fault in caught.value.faults}
    assert set(found) == set(NAMES)
    assert {(fault.code, fault.message, fault.message_zh) for fault in found.values()} == {("E-FILE", text, text_zh)}


def test_what_a_card_names_is_looked_at_too(folder: Path) -> None:
    os.mkfifo(folder / "areas.geojson")
    os.mkfifo(folder / "ties.csv")
    for line, file in (("boundaries: areas.geojson", "areas.geojson"), ("links: ties.csv", "ties.csv")):
        (folder / "study.yaml").write_text(f"{line}\n", encoding="utf-8")
        with pytest.raises(StudyError, match=f"{file}: is a named pipe"):
            read_study(folder)


def test_companions_of_a_shapefile_are_looked_at(tmp_path: Path) -> None:
    for suffix in (".shp", ".shx", ".dbf"):
        (tmp_path / f"a{suffix}").write_bytes(b"x")
    os.mkfifo(tmp_path / "a.prj")
    os.mkfifo(tmp_path / "a.sbn")  # which is not read
    with pytest.raises(StudyError) as caught:
        read_polygons(tmp_path / "a.shp")
    assert [(fault.code, fault.file) for fault in caught.value.faults] == [("E-FILE", "a.prj")]


@pytest.mark.parametrize("kind", KINDS)
def test_every_reader_of_one_file_refuses_it(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "links.csv"
    KINDS[kind][0](path)
    shapes = tmp_path / "b.geojson"
    KINDS[kind][0](shapes)
    readers: tuple[Callable[[], object], ...] = (
        lambda: read_file("links", path),
        lambda: read_text_table(path),
        lambda: convert_records("table", [path], tmp_path / "out"),
        lambda: read_polygons(shapes),
    )
    for read in readers:
        with pytest.raises(StudyError) as caught:
            read()
        assert caught.value.faults[0].code == "E-FILE"


def test_files_and_nothing_pass(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("", encoding="utf-8")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    refuse_special([tmp_path / "a", tmp_path / "b", tmp_path / "c"])


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("check", "--study", "{}"), "x"),
        (("links", "--study", "{}"), "x"),
        (("links", "--study", "s", "--records", "{}"), "x"),
        (("actors", "--study", "{}"), "x"),
        (("convert", "{}", "--from", "wos"), "x"),
        (("links", "--study", "china", "--database", "sqlite:///{}"), "x"),
    ],
)
def test_commands_name_a_pipe_and_wait_for_nobody(
    folder: Path, arguments: tuple[str, ...], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(folder / "x")
    study = folder / "s"
    study.mkdir()
    for name in ("regions.csv", "links.csv"):
        (folder / name).rename(study / name)
    (study / "actors.csv").write_text("id,name,region\na,A,A\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    out = () if arguments[0] == "check" else ("--out", "o")
    done = CliRunner().invoke(app, [*(word.format("x") for word in arguments), *out, "--lang", "en"])
    assert done.exit_code == 1, done.output
    assert f"{named}: is a named pipe (FIFO), not a file." in done.output
    assert not (folder / "o").exists()
