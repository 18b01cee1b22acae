"""Records by URL: what is read, and that nothing can be written."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from regions.errors import MethodError
from regions.records.database import is_postgres, read_database

ROWS = [("r1", "a", 2020), ("r1", "中国", 2020), ("r2", "a", None), (None, "b", 2020), ("7", "o'k", 2021)]
EXPECTED = {
    "record": ["r1", "r1", "r2", "", "7"],
    "actor": ["a", "中国", "a", "b", "o'k"],
    "year": ["2020", "2020", "", "2020", "2021"],
}


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


@pytest.mark.parametrize("make", [make_sqlite, make_duckdb])
def test_files_are_read_and_never_written(make: Any, tmp_path: Path) -> None:
    url = make(tmp_path / "given.db")
    before = (tmp_path / "given.db").read_bytes()
    assert read_database(url, "joint").frame.to_dict("list") == EXPECTED
    found = read_database(url, "SELECT year, actor, record, 1 AS more FROM joint;")
    assert found.frame[["record", "actor", "year"]].to_dict("list") == EXPECTED
    assert found.frame["more"].tolist() == ["1"] * 5
    assert found.lines.tolist() == [1, 2, 3, 4, 5]
    writing = "WITH x AS (SELECT 1) INSERT INTO joint SELECT 'r9', 'z', 1"
    with pytest.raises(MethodError, match=r"the database refused: .*(?i:read-?only|readonly|query_only|read only)"):
        read_database(url, writing)
    assert (tmp_path / "given.db").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["given.db"]


def test_a_duckdb_file_opens_no_other_file(tmp_path: Path) -> None:
    url = make_duckdb(tmp_path / "given.db")
    (tmp_path / "secret.csv").write_text("record,actor\nr,a\n", encoding="utf-8")
    with pytest.raises(MethodError, match=r"(?i)disabled|permission"):
        read_database(url, f"FROM read_csv('{tmp_path / 'secret.csv'}')")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("DROP TABLE joint", "only SELECT is allowed"),
        ("SELECT 1; DROP TABLE joint", "one table name or one SELECT"),
        ("", "one table name or one SELECT"),
        ("SELECT record FROM absent", "the database refused: no such table: absent"),
    ],
)
def test_only_one_select(source: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(MethodError, match=message):
        read_database(make_sqlite(tmp_path / "given.db"), source)


def test_unknown_addresses_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MethodError, match="postgresql://, duckdb:/// or sqlite:///; got 'mysql'"):
        read_database("mysql://host/x", "joint")
    with pytest.raises(MethodError, match="there is no database file"):
        read_database(f"sqlite:///{tmp_path / 'absent.db'}", "joint")
    assert list(tmp_path.iterdir()) == []


def test_postgres_is_told_by_its_address() -> None:
    assert [is_postgres(url) for url in ("postgresql://x/y", "postgres://x", "sqlite:///x")] == [True, True, False]
