"""``regionet links --records``: a file that is never loaded, its faults, its parts, an interruption."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from test_regionet_links import RECORDS, read, run, study  # noqa: F401 - the fixture

from regionet.console.progress import show_progress
from regions.counting.parts import drop_parts

pytest.importorskip("ibis", reason="extra 'big' is not installed")

ROOT = Path(__file__).parents[1]


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "big.csv"
    path.write_text(RECORDS, encoding="utf-8")
    return path


def test_a_file_counts_like_the_records_of_the_study(study: Path, records: Path, tmp_path: Path) -> None:  # noqa: F811
    parquet = tmp_path / "big.parquet"
    pd.read_csv(records, dtype=str).to_parquet(parquet)
    for options in ((), ("--by", "year"), ("--actors",), ("--counting", "newman", "--max-actors", "2")):
        assert run(study, tmp_path / "memory", *options).exit_code == 0
        for file in (records, parquet):
            done = run(study, tmp_path / "file", *options, "--records", str(file))
            assert done.exit_code == 0, done.output
            assert (tmp_path / "file/links.csv").read_bytes() == (tmp_path / "memory/links.csv").read_bytes()
            assert sorted(item.name for item in (tmp_path / "file").iterdir()) == ["links.csv", "run.json"]
    manifest = json.loads((tmp_path / "file/run.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["engine"] == "duckdb"
    assert manifest["parameters"]["records"] == "big.parquet"
    assert "big.parquet" in [item["file"] for item in manifest["inputs"]]


def test_regions_and_actors_are_enough_beside_a_file(study: Path, records: Path, tmp_path: Path) -> None:  # noqa: F811
    assert run(study, tmp_path / "whole").exit_code == 0
    (study / "records.csv").unlink()
    done = run(study, tmp_path / "bare", "--records", str(records))
    assert done.exit_code == 0, done.output
    assert (tmp_path / "bare/links.csv").read_bytes() == (tmp_path / "whole/links.csv").read_bytes()
    assert "neither a table of links" in run(study, tmp_path / "none").output
    (study / "actors.csv").unlink()
    assert "records need a table of actors" in run(study, tmp_path / "less", "--records", str(records)).output


def test_the_records_of_the_study_itself_are_not_read(study: Path, tmp_path: Path) -> None:  # noqa: F811
    """A study of regions, actors and records that would not fit: the file is named, and only scanned."""
    pd.read_csv(study / "records.csv", dtype=str).to_parquet(study / "records.parquet")
    (study / "records.csv").unlink()
    code = """
import sys, regions.study_reader, regionet.cli
real = regions.study_reader._read_table
regions.study_reader._read_table = lambda name, *a, **b: sys.exit(9) if name == "records" else real(name, *a, **b)
regionet.cli.app(sys.argv[1:])
"""
    command = [sys.executable, "-c", code, "links", "--study", str(study), "--out", str(tmp_path / "out")]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 9
    command += ["--records", str(study / "records.parquet")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert read(tmp_path / "out") == [("A", "B", 2), ("A", "C", 1), ("B", "C", 1)]
    manifest = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))
    assert [item["file"] for item in manifest["inputs"]].count("records.parquet") == 1


def test_headers_may_be_chinese(study: Path, tmp_path: Path) -> None:  # noqa: F811
    path = tmp_path / "专利.csv"
    path.write_text(RECORDS.replace("record,actor,year,kind", '专利号,申请人,申请年份,"a ""b"""'), encoding="utf-8")
    done = run(study, tmp_path / "out", "--records", str(path), "--by", "year")
    assert done.exit_code == 0, done.output
    assert read(tmp_path / "out")[0] == (2020, "A", "B", 1)


def test_faults_are_counted_and_the_first_rows_named(study: Path, records: Path, tmp_path: Path) -> None:  # noqa: F811
    lines = [*RECORDS.splitlines(), ",a1,2020,", "r5, ,2020,", "r6,zz,199x,"]
    lines += [f"r7,=cmd{i},2020," for i in range(40)]
    records.write_text("\n".join(lines), encoding="utf-8")
    done = run(study, tmp_path / "out", "--records", str(records), "--by", "year")
    assert done.exit_code == 1
    said = done.stderr
    assert "line 10" in said
    assert "the record is missing (1 such rows)" in said
    assert "line 11" in said
    assert "the actor is missing (1 such rows)" in said
    assert "'199x' is no year (1 such rows)" in said
    assert "line 12" in said
    assert "'zz' is not in the actors table (41 such rows)" in said
    assert said.count("is not in the actors table") == 5
    assert not (tmp_path / "out").exists()


def test_unknown_actors_may_be_left_out(study: Path, records: Path, tmp_path: Path) -> None:  # noqa: F811
    records.write_text(RECORDS + "r1,zz,2020,patent\nr9,zz,2020,patent\nr9,a1,2020,patent\n", encoding="utf-8")
    options = ("--records", str(records), "--counting", "newman", "--on-unknown", "drop")
    for more in ((), ("--actors",)):
        done = run(study, tmp_path / "out", *options, *more)
        assert done.exit_code == 0, done.output
        assert "W-DROPPED" in done.stderr
        assert "2 rows are of actors that the actors table lacks" in done.stderr
        assert "5 records, 11 participations; 1 with one actor only." in done.stdout
        assert "zz" not in (tmp_path / "out/links.csv").read_text(encoding="utf-8")
    done = run(study, tmp_path / "out", *options)
    assert read(tmp_path / "out") == [("A", "B", 1.0), ("A", "C", 0.5), ("B", "C", 0.5)]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("none.csv", None, "there is no such file"),
        ("x.xlsx", b"PK", "neither a Parquet nor a CSV file"),
        ("x.parquet", b"PAR1 no", "x.parquet cannot be read"),
        ("x.csv", b"record,who\n1,a\n", "x.csv has no column actor; it has record, who"),
        ("gbk.csv", "record,actor\nr,北京\n".encode("gb18030") * 50, "gbk.csv cannot be read"),
    ],
)
def test_a_file_that_is_none_is_refused(
    study: Path,  # noqa: F811
    tmp_path: Path,
    name: str,
    data: bytes | None,
    message: str,
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = run(study, tmp_path / "out", "--records", str(tmp_path / name))
    assert done.exit_code == 1, done.output
    assert message in done.stderr
    assert "Traceback" not in done.output


INTERRUPT = """
import signal
import regions.counting.parts as parts
from regionet.__main__ import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background may be deaf to it
told = parts.Parts.__init__
def stop(self, folder, size, progress):
    told(self, folder, size, lambda number, of: signal.raise_signal(signal.SIGINT) if number == 2 else None)
parts.Parts.__init__ = stop
main()
"""
"""Ctrl-C after the second part."""


def test_an_interrupted_run_goes_on(study: Path, tmp_path: Path) -> None:  # noqa: F811
    """A real interrupt (Ctrl-C) in the middle: whole parts stay, and the next run takes them up."""
    path, out = tmp_path / "years.csv", tmp_path / "out"
    rows = [f"r{i},{actor},{1990 + i % 4}\n" for i in range(60) for actor in ("a1", "b1", "c1")]
    path.write_text("record,actor,year\n" + "".join(rows), encoding="utf-8")
    words = ["links", "--study", str(study), "--out", str(out), "--lang", "en", "--records", str(path), "--by", "year"]
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPT, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 130
    assert "Interrupted; the same command goes on from here." in done.stderr
    finished = {item: item.stat().st_mtime_ns for item in out.glob("links.parts/year-*.parquet")}
    assert len(finished) == 2
    assert sum(len(pd.read_parquet(item)) for item in finished) > 0
    assert [item.name for item in out.iterdir()] == ["links.parts"]
    kept = tmp_path / "kept"
    (out / "links.parts").rename(kept)
    assert run(study, tmp_path / "whole", "--records", str(path), "--by", "year").exit_code == 0
    kept.rename(out / "links.parts")
    assert run(study, out, "--records", str(path), "--by", "year").exit_code == 0
    assert (out / "links.csv").read_bytes() == (tmp_path / "whole/links.csv").read_bytes()
    assert not (out / "links.parts").exists()


def test_parts_of_other_options_are_replaced(study: Path, records: Path, tmp_path: Path) -> None:  # noqa: F811
    folder = tmp_path / "out" / "links.parts"
    folder.mkdir(parents=True)
    (folder / "work.json").write_text('{"work": "other"}', encoding="utf-8")
    (folder / "part-0000.parquet").write_bytes(b"torn")
    done = run(study, tmp_path / "out", "--records", str(records))
    assert done.exit_code == 0, done.output
    assert read(tmp_path / "out") == [("A", "B", 2), ("A", "C", 1), ("B", "C", 1)]
    drop_parts(tmp_path / "out")  # no folder of parts: left alone
    assert (tmp_path / "out/links.csv").exists()


class Terminal:
    """A stream that says whether it is a terminal, and keeps what is written."""

    def __init__(self, *, real: bool) -> None:
        self.real, self.text = real, ""

    def isatty(self) -> bool:
        """Tell."""
        return self.real

    def write(self, text: str) -> int:
        """Keep."""
        self.text += text
        return len(text)

    def flush(self) -> None:
        """Do nothing: what is kept is there."""


@pytest.mark.parametrize(("real", "quiet"), [(True, False), (True, True), (False, False)])
def test_the_bar_is_drawn_on_a_terminal_only(real: bool, quiet: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    stream: Any = Terminal(real=real)
    monkeypatch.setattr(sys, "stderr", stream)
    with show_progress("Counting", quiet=quiet) as tell:
        tell(0, 4)
        tell(1, 4)
        tell(4, 4)
    assert ("100%" in stream.text) == (real and not quiet)
    assert ("Counting" in stream.text) == (real and not quiet)
