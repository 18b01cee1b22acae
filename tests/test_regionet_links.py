"""The command ``links``: groups, actors, engines, the cap, a database."""

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from regionet.cli import app

runner = CliRunner()
ACTORS = "id,name,kind,region\na1,One,university,A\na2,Two,university,A\nb1,Three,enterprise,B\nc1,Four,institute,C\n"
RECORDS = """record,actor,year,kind
r1,a1,2020,patent
r1,b1,2020,patent
r2,a1,2021,paper
r2,b1,2021,paper
r2,c1,2021,paper
r3,a1,2021,patent
r3,a2,2021,patent
r4,c1,2021,patent
"""


@pytest.fixture
def study(folder: Path) -> Path:
    (folder / "links.csv").unlink()
    (folder / "actors.csv").write_text(ACTORS, encoding="utf-8")
    (folder / "records.csv").write_text(RECORDS, encoding="utf-8")
    return folder


def run(study: Path, out: Path, *options: str) -> Any:
    return runner.invoke(app, ["links", "--study", str(study), "--out", str(out), "--lang", "en", *options])


def read(out: Path) -> list[tuple[Any, ...]]:
    table = pd.read_csv(out / "links.csv")
    by = [name for name in ("year", "kind") if name in table]
    return list(table[[*by, "source", "target", "weight"]].itertuples(index=False, name=None))


def test_links_between_regions(study: Path, tmp_path: Path) -> None:
    done = run(study, tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert read(tmp_path / "out") == [("A", "B", 2), ("A", "C", 1), ("B", "C", 1)]
    assert "4 records, 8 participations; 1 with one actor only." in done.stdout


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_links_by_year_and_kind(study: Path, tmp_path: Path, engine: str) -> None:
    if engine == "duckdb":
        pytest.importorskip("ibis", reason="extra 'big' is not installed")
    options = ("--by", "year", "--by", "kind", "--counting", "newman", "--engine", engine)
    done = run(study, tmp_path / "out", *options)
    assert done.exit_code == 0, done.output
    assert read(tmp_path / "out") == [
        (2020, "patent", "A", "B", 1),
        (2021, "paper", "A", "B", 0.5),
        (2021, "paper", "A", "C", 0.5),
        (2021, "paper", "B", "C", 0.5),
    ]
    manifest = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["by"] == ["year", "kind"]
    assert manifest["parameters"]["engine"] == engine


def test_links_between_actors_with_a_cap(study: Path, tmp_path: Path) -> None:
    done = run(study, tmp_path / "out", "--actors", "--max-actors", "2")
    assert done.exit_code == 0, done.output
    assert read(tmp_path / "out") == [("a1", "a2", 1), ("a1", "b1", 1)]
    assert "1 records (3 participations) above the cap were left out." in done.stdout
    assert "Three" in done.stdout
    zh = runner.invoke(
        app, ["links", "--study", str(study), "--out", str(tmp_path), "--lang", "zh", "--max-actors", "2"]
    )
    assert "1 条记录（3 次参与）的主体数超过上限，未计入。" in zh.stdout


def test_json_has_the_links(study: Path, tmp_path: Path) -> None:
    done = run(study, tmp_path / "out", "--json", "--by", "year")
    found = json.loads(done.stdout)
    assert [row["year"] for row in found["links"]] == [2020, 2021, 2021, 2021]
    assert found["files"] == ["links.csv"]


def test_records_from_a_database(study: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "given.db")) as connection:
        connection.execute("CREATE TABLE patents (record TEXT, actor TEXT)")
        connection.executemany("INSERT INTO patents VALUES (?, ?)", [("p", "b1"), ("p", "c1"), ("p", "nobody")])
        connection.commit()
    options = ("--database", f"sqlite:///{tmp_path / 'given.db'}", "--query", "patents", "--counting", "newman")
    done = run(study, tmp_path / "out", *options)
    assert done.exit_code == 0, done.output
    assert read(tmp_path / "out") == [("B", "C", 0.5)]
    assert "1 of 3 rows are of actors that the actors table lacks: they count in the size of a record" in done.stderr
    assert run(study, tmp_path / "none", *options, "--on-unknown", "error").exit_code == 1
    manifest = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["query"] == "patents"


def test_a_password_is_not_kept() -> None:
    from regionet.steps.count_records import hide_password  # noqa: PLC0415 - of this one test

    assert hide_password("postgresql://me:s3cret@host/db?x=1") == "postgresql://me:***@host/db"


def test_what_the_study_lacks_is_said(study: Path, tmp_path: Path) -> None:
    done = run(study, tmp_path / "out", "--by", "field")
    assert done.exit_code == 1
    assert "the records have no column field to count by" in done.stderr
    assert run(study, tmp_path / "out", "--by", "month").exit_code == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--records", "x.csv", "--database", "sqlite:///x.db"), "give --records or --database, not both"),
        (("--engine", "spark"), "Spark counts a file or a folder: give it with --records"),
        (("--engine", "memory", "--database", "postgresql://x/y"), "PostgreSQL counts by itself: leave --engine out"),
        (("--engine", "memory", "--records", "none.csv"), "there is no such file"),
        (("--engine", "spark", "--records", "none.csv"), "there is no such file"),
    ],
)
def test_doors_that_do_not_go_together(study: Path, tmp_path: Path, options: tuple[str, ...], message: str) -> None:
    done = run(study, tmp_path / "out", *options)
    assert done.exit_code == 1
    assert message in done.stderr


@pytest.mark.parametrize(
    ("options", "package", "extra"),
    [
        (("--engine", "duckdb"), "duckdb", "big"),
        (("--engine", "spark"), "pyspark", "spark"),
        (("--database", "postgresql://nobody@localhost/none"), "psycopg", "sql"),
    ],
)
def test_a_missing_extra_is_named(
    study: Path, tmp_path: Path, options: tuple[str, ...], package: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (package, f"{package}.sql", f"{package}.errors"):
        monkeypatch.setitem(sys.modules, name, None)
    records = () if "--database" in options else ("--records", str(study / "records.csv"))
    done = run(study, tmp_path / "out", *options, *records)
    assert done.exit_code == 1
    assert f"regionet[{extra}]" in done.stderr


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_links_of_one_weight_stand_in_the_order_of_their_codes_however_they_were_summed(
    study: Path, tmp_path: Path, engine: str
) -> None:
    """By hand: 1 + 1/3 + 1 and 1 + 1 + 1/3 are 7/3 both; in floating point the second is larger by its last bit."""
    if engine == "duckdb":
        pytest.importorskip("ibis", reason="extra 'big' is not installed")
    assert (1 + 1 / 3) + 1 < (1 + 1) + 1 / 3
    joint = ["b1", "b1 x", "b1", "c1", "c1", "c1 x"]  # who was with a1; nobody knows x
    rows = [f"r{number},{actor}\n" for number, others in enumerate(joint) for actor in ["a1", *others.split()]]
    (study / "records.csv").write_text("record,actor\n" + "".join(rows), encoding="utf-8")
    options = ("--counting", "pair", "--engine", engine, "--on-unknown", "drop")
    done = run(study, tmp_path / "out", *options)
    assert done.exit_code == 0, done.output
    assert read(tmp_path / "out") == [("A", "B", pytest.approx(7 / 3)), ("A", "C", pytest.approx(7 / 3))]
