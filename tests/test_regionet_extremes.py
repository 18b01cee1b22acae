"""Sound but extreme studies at the command line: no link at all, weights next to nothing, names without end."""

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from regionet.cli import app
from regionet.terminal import format_table
from regions import StudyError, read_study
from regions.errors import Fault, cut

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
    assert "links.csv, line 2, column weight: 5e-324 is so close to 0" in done.stderr
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
