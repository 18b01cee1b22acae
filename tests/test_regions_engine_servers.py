"""The portable expression on a local Spark cluster and on a PostgreSQL server that the test starts."""

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
from test_regions_engine import make_records

from regions.engine.memory import count_in_memory
from regions.engine.plan import Counted, Plan
from regions.engine.servers import count_in_postgres, count_in_spark

pytest.importorskip("ibis", reason="extra 'big' is not installed")
PLANS = [Plan(), Plan("newman", by=("year", "kind")), Plan("pair", max_actors=6)]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    pyspark = pytest.importorskip("pyspark.sql", reason="extra 'spark' is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java (17 or newer), and there is no java on the path")
    builder = pyspark.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "4").config("spark.driver.bindAddress", "127.0.0.1")
    session = builder.config("spark.driver.host", "127.0.0.1").getOrCreate()
    yield session
    session.stop()


def find_postgres() -> Path | None:
    """Debian keeps the programs of the server off the path."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else found[-1].parent if found else None


def run(command: list[Any], user: dict[str, Any]) -> None:
    subprocess.run(command, check=True, capture_output=True, **user)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Any]:
    psycopg = pytest.importorskip("psycopg", reason="extra 'sql' is not installed")
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
            with psycopg.connect(f"host={folder} user=tester dbname=postgres") as connection:
                yield connection
        finally:
            subprocess.run(
                [programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=True, capture_output=True, **user
            )


def fill_postgres(connection: Any, records: pd.DataFrame, places: "pd.Series[str]") -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS records, places")
        # A collation that orders text otherwise than Python does.
        cursor.execute(
            'CREATE TABLE records (record text, actor text COLLATE "und-x-icu", year bigint, kind text, extra int)'
        )
        cursor.execute('CREATE TABLE places (actor text, place text COLLATE "und-x-icu")')
        rows = records.astype(object).where(records.notna(), None)
        values = [(*row, 0) for row in rows.itertuples(index=False, name=None)]
        cursor.executemany("INSERT INTO records VALUES (%s, %s, %s, %s, %s)", values)
        located = [(actor, None if pd.isna(place) else place) for actor, place in places.items()]
        cursor.executemany("INSERT INTO places VALUES (%s, %s)", located)
    connection.commit()


def assert_same(found: Counted, expected: Counted) -> None:
    pd.testing.assert_frame_equal(found.table, expected.table, check_exact=True)
    assert found.totals == expected.totals
    assert len(found.table) > 5


def test_postgres_gives_the_same_tables(postgres: Any) -> None:
    """By region and by actor, every plan; one test, so that a machine without a server skips one."""
    records, places = make_records(5)
    fill_postgres(postgres, records, places)
    for by_region, plan in product([True, False], PLANS):
        expected = count_in_memory(records, places if by_region else None, plan)
        assert_same(count_in_postgres(postgres, plan, places=by_region), expected)


# pyspark leaves the sockets of collected results to the garbage collector; the tables are what is tested here.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_spark_gives_the_same_tables(spark: Any) -> None:
    records, places = make_records(6)
    rows = records.astype(object).where(records.notna(), None).to_numpy().tolist()
    schema = "record string, actor string, year bigint, kind string"
    spark.createDataFrame(rows, schema).createOrReplaceTempView("records")
    located = [[actor, None if pd.isna(place) else place] for actor, place in places.items()]
    spark.createDataFrame(located, "actor string, place string").createOrReplaceTempView("places")
    for by_region, plan in product([True, False], PLANS):
        expected = count_in_memory(records, places if by_region else None, plan)
        assert_same(count_in_spark(spark, plan, places=by_region), expected)
