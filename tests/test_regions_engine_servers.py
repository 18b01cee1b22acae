"""The portable expression on a local Spark cluster and on a PostgreSQL server that the test starts, to the command."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from test_regionet_links import ACTORS, RECORDS, read, run, study  # noqa: F401 - a fixture
from test_regions_counting import make_records

from regions.counting.memory import count_in_memory
from regions.counting.plan import Counted, Plan
from regions.counting.portable import code_places, count_links
from regions.counting.servers import open_postgres, open_spark
from regions.errors import MethodError
from regions.records.record_faults import find_record_faults

pytest.importorskip("ibis", reason="extra 'big' is not installed")
PLANS = [Plan(), Plan("newman", by=("year", "kind")), Plan("pair", max_actors=6)]


@pytest.fixture
def java() -> None:
    pytest.importorskip("pyspark.sql", reason="extra 'spark' is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java (17 or newer), and there is no java on the path")


def find_postgres() -> Path | None:
    """Debian keeps the programs of the server off the path."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else found[-1].parent if found else None


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    pytest.importorskip("psycopg", reason="extra 'sql' is not installed")
    programs = find_postgres()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    with tempfile.TemporaryDirectory(prefix="regionet-pg-") as folder:
        user: dict[str, Any] = {}
        if os.geteuid() == 0:  # the server refuses to run as root
            shutil.chown(folder, "postgres")
            user = {"user": "postgres", "cwd": folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}}
        data = Path(folder) / "data"
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8"],
            check=True,
            capture_output=True,
            **user,
        )
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        log = ["-l", Path(folder) / "log"]
        subprocess.run(
            [programs / "pg_ctl", "-D", data, "-w", *log, "-o", options, "start"],
            check=True,
            capture_output=True,
            **user,
        )
        try:
            yield f"postgresql://tester@/postgres?host={folder}"
        finally:
            subprocess.run(
                [programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=True, capture_output=True, **user
            )


def make(seed: int) -> tuple[pd.DataFrame, "pd.Series[str]"]:
    records, places = make_records(seed)
    return records[~records["actor"].isin([" b", "e\u0301"])], places  # what is read from elsewhere is cleaned


def place_actors(records: pd.DataFrame, places: "pd.Series[str]", level: str) -> "pd.Series[str]":
    return places if level == "region" else pd.Series(records["actor"].unique(), index=records["actor"].unique())


def assert_same(found: Counted, expected: Counted) -> None:
    pd.testing.assert_frame_equal(found.table, expected.table, rtol=1e-12)
    assert found.totals == expected.totals
    assert len(found.table) > 5


def fill_postgres(url: str, records: pd.DataFrame) -> None:
    import psycopg  # noqa: PLC0415 - an extra

    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS joint")
        # A collation that orders text otherwise than Python does.
        cursor.execute(
            'CREATE TABLE joint (record text, actor text COLLATE "und-x-icu", year bigint, kind text, "a %s" int)'
        )
        rows = records.reindex(columns=["record", "actor", "year", "kind"]).astype(object)
        values = [(*row, 0) for row in rows.where(rows.notna(), None).itertuples(index=False, name=None)]
        cursor.executemany("INSERT INTO joint VALUES (%s, %s, %s, %s, %s)", values)


def test_postgres_gives_the_same_tables_and_is_never_written(postgres: str) -> None:
    """By region and by actor, every plan; one test, so that a machine without a server skips one."""
    records, places = make(5)
    fill_postgres(postgres, records)
    for level, plan in product(["region", "actor"], PLANS):
        check_postgres(postgres, records, place_actors(records, places, level), plan)
    check_reading(postgres, records, places)


def check_postgres(postgres: str, records: pd.DataFrame, places: "pd.Series[str]", plan: Plan) -> None:
    coded, labels = code_places(places)
    with open_postgres(postgres, "SELECT * FROM joint WHERE actor LIKE '%'", coded) as server:
        found = count_links(server, plan, labels)
        faults = find_record_faults(server, plan.by, drop=True)
    assert_same(found, count_in_memory(records, places, plan))
    strangers = int((~records["actor"].isin(places.index)).sum())
    assert [fault.message.split(" rows")[0] for fault in faults] == ([str(strangers)] if strangers else [])


def check_reading(postgres: str, records: pd.DataFrame, places: "pd.Series[str]") -> None:
    coded, _ = code_places(places)
    with (
        pytest.raises(MethodError, match=r"the database refused: .*must be at the top level"),
        open_postgres(postgres, "WITH x AS (DELETE FROM joint RETURNING *) SELECT * FROM x", coded),
    ):
        pass
    with (
        pytest.raises(MethodError, match="the database refused"),
        open_postgres(postgres, "SELECT * FROM absent", coded),
    ):
        pass
    with open_postgres(postgres, "SELECT * FROM joint", coded) as server:
        assert server.run("SELECT count(*) AS n FROM records_given")["n"].tolist() == [len(records)]


def test_the_command_counts_inside_postgres(postgres: str, study: Path, tmp_path: Path) -> None:  # noqa: F811
    rows = [line.split(",") for line in RECORDS.splitlines()[1:]]
    records = pd.DataFrame([*rows, ["r1", "nobody", "2020", "patent"]], columns=["record", "actor", "year", "kind"])
    fill_postgres(postgres, records)
    (study / "records.csv").unlink()
    options = ("--database", postgres, "--query", "joint", "--counting", "newman")
    done = run(study, tmp_path / "out", *options, "--by", "year")
    assert done.exit_code == 0, done.output
    assert read(tmp_path / "out") == [
        (2020, "A", "B", 0.5),
        (2021, "A", "B", 0.5),
        (2021, "A", "C", 0.5),
        (2021, "B", "C", 0.5),
    ]
    assert "1 rows are of actors that the actors table lacks" in done.stderr
    assert '"engine": "postgresql"' in (tmp_path / "out/run.json").read_text(encoding="utf-8")
    assert run(study, tmp_path / "actors", *options, "--actors").exit_code == 0
    assert [row[:2] for row in read(tmp_path / "actors")] == [("a1", "a2"), ("a1", "b1"), ("a1", "c1"), ("b1", "c1")]
    fill_postgres(postgres, records.assign(record=records["record"].mask(records["record"] == "r4", "")))
    done = run(study, tmp_path / "out", *options, "--on-unknown", "error")
    assert done.exit_code == 1
    assert "the record is missing (1 such rows)" in done.stderr
    assert "'nobody' is not in the actors table (1 such rows)" in done.stderr


# pyspark leaves the sockets of collected results to the garbage collector; the tables are what is tested here.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.usefixtures("java")
def test_spark_gives_the_same_tables_by_the_command_too(
    study: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SPARK_MASTER", "local[2]")
    check_command(study, tmp_path)
    records, places = make(6)
    folder = tmp_path / "joint"
    folder.mkdir()
    records.iloc[:150].to_parquet(folder / "a.parquet", index=False)
    records.iloc[150:].to_parquet(folder / "b.parquet", index=False)
    for level in ("region", "actor"):
        located = place_actors(records, places, level)
        coded, labels = code_places(located)
        with open_spark(folder, coded, "local[2]") as server:
            for plan in PLANS:
                assert_same(count_links(server, plan, labels), count_in_memory(records, located, plan))


def check_command(study: Path, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "big").mkdir()
    rows = RECORDS.splitlines()
    for name, part in (("a", rows[1:4]), ("b", [*rows[4:], " ｒ1,nobody,2020,patent"])):
        records = pd.DataFrame([row.split(",") for row in part], columns=rows[0].split(","))
        records.to_parquet(tmp_path / f"big/{name}.parquet", index=False)
    options = ("--engine", "spark", "--records", str(tmp_path / "big"), "--counting", "newman")
    done = run(study, tmp_path / "out", *options, "--on-unknown", "drop")
    assert done.exit_code == 0, done.output
    assert read(tmp_path / "out") == [("A", "B", 1.0), ("A", "C", 0.5), ("B", "C", 0.5)]
    assert "1 rows are of actors that the actors table lacks" in done.stderr
    done = run(study, tmp_path / "out", *options)
    assert done.exit_code == 1
    assert "'nobody' is not in the actors table (1 such rows)" in done.stderr
