"""Sound but extreme studies at the command line: no link at all, weights next to nothing, names without end."""

import json
import os
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from regionet.cli import app
from regionet.console.terminal import format_table
from regions import StudyError, read_study
from regions.counting.duck import open_duckdb
from regions.errors import Fault, RegionetError, cut

LONG = "长" * 1_000_000


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments), "--lang", "en"], catch_exceptions=False)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("check", 0),
        ("score", 0),
        ("links", 0),
        ("links --backbone disparity", 0),
        ("map", 0),
        ("roles", 0),
        ("gaps", 1),
    ],
)
def test_links_without_a_row_are_an_empty_network_and_a_warning(folder: Path, command: str, code: int) -> None:
    (folder / "links.csv").write_text("source,target,weight\n", encoding="utf-8")
    out = [] if command == "check" else ["--out", folder / "o"]
    done = run(*command.split(), "--study", folder, *out)
    assert done.exit_code == code, done.output
    assert "W-EMPTY  links.csv, line 1: the table has a header and no rows: no region has a link." in done.output
    if command == "gaps":
        assert "only 0 regions have links to each other" in done.stderr


def test_links_without_a_row_beside_records_leave_open_what_is_meant(folder: Path) -> None:
    (folder / "links.csv").write_text("source,target,weight\n", encoding="utf-8")
    (folder / "actors.csv").write_text("id,name,region\na,A,A\n", encoding="utf-8")
    (folder / "records.csv").write_text("record,actor\nr,a\n", encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        read_study(folder)
    assert [(fault.code, fault.file) for fault in caught.value.faults] == [("E-EMPTY", "links.csv")]


def test_a_weight_next_to_nothing_is_a_message_and_no_warning_of_numpy(folder: Path) -> None:
    (folder / "links.csv").write_text("source,target,weight\nA,B,5e-324\nA,C,5e-324\n", encoding="utf-8")
    done = run("score", "--study", folder, "--out", folder / "o")
    assert done.exit_code == 1
    assert "links.csv, lines 2, 3, column weight: 5e-324 is so close to 0" in done.stderr
    assert "Warning" not in done.stderr


def test_a_name_of_a_megabyte_is_cut_where_shown_and_whole_in_tables(folder: Path) -> None:
    regions = (folder / "regions.csv").read_text(encoding="utf-8")
    (folder / "regions.csv").write_text(regions.replace("Alpha", LONG).replace("阿市", LONG), encoding="utf-8")
    done = run("score", "--study", folder, "--out", folder / "o", "--format", "csv", "--format", "xlsx")
    assert done.exit_code == 0, done.output
    assert "W-LONG" in done.stderr
    assert "a name of 1000000 characters; it is cut where shown" in done.stderr
    assert "scores.xlsx: " in done.stderr  # a cell holds 32,767
    assert len(done.output) < 10_000
    assert "长…" in done.stdout
    assert LONG in (folder / "o" / "scores.csv").read_text(encoding="utf-8")
    done = run("map", "--study", folder, "--out", folder / "o")
    assert done.exit_code == 0, done.output
    page = (folder / "o" / "map.html").read_text(encoding="utf-8")
    block = re.search(r'id="regionet-data">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    names = json.loads(block.group(1))["regions"]
    assert max(map(len, names["en"])) == max(map(len, names["zh"])) == 100
    assert "长" * 200 not in page


def test_a_fault_about_something_endless_is_short(folder: Path) -> None:
    header = "x" * 100_000
    (folder / "links.csv").write_text(f"source,target,weight,{header}\n{LONG},B,1,\nA,{LONG},b,\n", encoding="utf-8")
    shutil.rmtree(folder / "o", ignore_errors=True)
    done = run("score", "--study", folder, "--out", folder / "o")
    assert done.exit_code == 1
    assert len(done.output) < 10_000


def test_what_is_cut_shows_how_much() -> None:
    assert cut("a" * 1000) == "a" * 1000
    assert cut("a" * 600 + "b" * 600, 600) == "a" * 400 + " …[700]… " + "b" * 100
    fault = Fault("E-X", "f" * 5000, "m" * 5000, "米" * 5000, 3, "c" * 5000, "h" * 5000)
    assert len(fault.describe("en")) < 3_000
    assert len(fault.describe("zh")) < 3_000
    assert format_table(["n"], [["é" * 61]]).splitlines()[1] == "é" * 59 + "…"


def convert(folder: Path, lang: str = "en") -> Result:
    rows = [f"r{i // 3},actor {i},{'AB'[i % 2]},2020\n" for i in range(3_000)]
    (folder / "long.csv").write_text("record,actor,region,year\n" + "".join(rows), encoding="utf-8")
    arguments = ["convert", str(folder / "long.csv"), "--from", "table", "--out", str(folder / "o"), "--lang", lang]
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


@pytest.mark.parametrize("pages", [1, 12])
def test_a_temporary_folder_without_room_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("regions.sources.reading.store._FAST", f"PRAGMA max_page_count={pages};")
    for lang, said in (
        ("en", f"Error: the temporary folder {tmp_path} is full; name another one by the environment variable TMPDIR"),
        ("zh", f"错误：临时文件夹 {tmp_path} 已满；请用环境变量 TMPDIR 另行指定"),
    ):
        done = convert(tmp_path, lang)
        assert done.exit_code == 1
        assert done.stderr.splitlines()[-1] == said
        assert [item.name for item in tmp_path.iterdir()] == ["long.csv"]


def test_no_temporary_folder_at_all_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr("tempfile.TemporaryDirectory", refuse)
    assert convert(tmp_path).stderr.splitlines()[-1].endswith("['/tmp']; name one by the environment variable TMPDIR.")
    assert "没有可用的临时文件夹" in convert(tmp_path, "zh").stderr


def test_a_spill_of_the_database_without_room_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    records = pd.DataFrame({"record": ["r"], "actor": ["a"]})
    with (
        pytest.raises(RegionetError, match=f"the temporary folder {tmp_path} is full"),
        open_duckdb(records, None),
    ):
        raise duckdb.IOException("Could not write file: No space left on device")


def test_what_a_killed_conversion_left_is_swept(tmp_path: Path) -> None:
    out = tmp_path / "o"
    out.mkdir()
    stale = out / ".records-deadbeef.regionet-tmp.csv"
    stale.write_text("x", encoding="utf-8")
    os.utime(stale, (1, 1))
    assert convert(tmp_path).exit_code == 0
    assert [item.name for item in out.iterdir() if item.name.startswith(".")] == []
