"""Records by URL: what is read, and that nothing can be written."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from test_regions_engine_servers import postgres  # noqa: F401 - a fixture

from regions.engine.database import read_database
from regions.engine.memory import count_in_memory
from regions.engine.plan import Plan
from regions.errors import MethodError

ROWS = [("r1", "a", 2020), ("r1", "中国", 2020), ("r2", "a", None), (None, "b", 2020), ("7", "o'k", 2021)]
EXPECTED = {"record": ["r1", "r1", "r2", "7"], "actor": ["a", "中国", "a", "o'k"]}


def make_sqlite(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE joint (record TEXT, actor TEXT, year INTEGER)")
        connection.executemany("INSERT INTO joint VALUES (?, ?, ?)", ROWS)
        connection.commit()
    return f"sqlite:///{path}"


def make_duckdb(path: Path) -> str:
    duckdb = pytest.importorskip("duckdb", reason="extra 'big' is not installed")
    with closing(duckdb.connect(str(path))) as connection:
        connection.execute("CREATE TABLE joint (record VARCHAR, actor VARCHAR, year BIGINT)")
        connection.executemany("INSERT INTO joint VALUES (?, ?, ?)", ROWS)
    return f"duckdb:///{path}"


def check_records(records: pd.DataFrame) -> None:
    assert records[["record", "actor"]].to_dict("list") == EXPECTED
    assert records["year"].astype(object).where(records["year"].notna(), None).tolist() == [2020, 2020, None, 2021]
    assert count_in_memory(records, None, Plan(by=("year",))).table["target"].tolist() == ["中国"]


@pytest.mark.parametrize("make", [make_sqlite, make_duckdb])
def test_files_are_read_and_never_written(make: Any, tmp_path: Path) -> None:
    url = make(tmp_path / "given.db")
    before = (tmp_path / "given.db").read_bytes()
    check_records(read_database(url, "joint"))
    check_records(read_database(url, "SELECT year, actor, record, 1 AS more FROM joint;"))
    writing = "WITH x AS (SELECT 1) INSERT INTO joint SELECT 'r9', 'z', 1"
    with pytest.raises(Exception, match=r"(?i)read-?only|readonly|query_only|read only"):
        read_database(url, writing)
    assert (tmp_path / "given.db").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["given.db"]


def test_a_duckdb_file_opens_no_other_file(tmp_path: Path) -> None:
    url = make_duckdb(tmp_path / "given.db")
    (tmp_path / "secret.csv").write_text("record,actor\nr,a\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"(?i)disabled|permission"):
        read_database(url, f"FROM read_csv('{tmp_path / 'secret.csv'}')")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("DROP TABLE joint", "only SELECT is allowed"),
        ("SELECT 1; DROP TABLE joint", "one table name or one SELECT"),
        ("", "one table name or one SELECT"),
        ("SELECT record FROM joint", "the query gives no column actor; it gives record"),
    ],
)
def test_only_one_select_with_both_columns(source: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(MethodError, match=message):
        read_database(make_sqlite(tmp_path / "given.db"), source)


def test_unknown_addresses_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MethodError, match="postgresql://, duckdb:/// or sqlite:///; got 'mysql'"):
        read_database("mysql://host/x", "joint")
    with pytest.raises(MethodError, match="there is no database file"):
        read_database(f"sqlite:///{tmp_path / 'absent.db'}", "joint")
    assert list(tmp_path.iterdir()) == []


def test_postgres_is_read_and_never_written(postgres: Any) -> None:  # noqa: F811 - the fixture
    with postgres.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS joint")
        cursor.execute("CREATE TABLE joint (record text, actor text, year int)")
        cursor.executemany("INSERT INTO joint VALUES (%s, %s, %s)", ROWS)
    postgres.commit()
    info = postgres.info
    url = f"postgresql://{info.user}@/{info.dbname}?host={info.host}"
    check_records(read_database(url, "joint"))
    check_records(read_database(url, "SELECT * FROM public.joint WHERE actor LIKE '%'"))
    with pytest.raises(Exception, match="read-only transaction"):
        read_database(url, "WITH x AS (DELETE FROM joint RETURNING *) SELECT * FROM x")
    check_records(read_database(url, "public.joint"))
