"""Records from a database that the user names: reading only, one SELECT."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pandas as pd

from regions.engine.duck import import_extra
from regions.errors import MethodError
from regions.files import refuse_special

_COLUMNS = ("record", "actor", "year", "kind", "field")
_READING = ("select", "with", "from", "values", "table")


def read_database(url: str, source: str) -> pd.DataFrame:
    """Read records from PostgreSQL, DuckDB or SQLite, without being able to change anything.

    Parameters
    ----------
    url
        ``postgresql://user@host/name``, ``duckdb:///path`` or ``sqlite:///path``; the files must exist. It comes
        from the user, never from data.
    source
        A table or view, ``schema.table``, or one SELECT statement.

    Returns
    -------
    DataFrame
        ``record``, ``actor`` (text) and, when there, ``year`` (Int64), ``kind``, ``field`` (text), without rows in
        which record or actor is missing; other columns are left out. Repeated rows are kept.

    Raises
    ------
    MethodError
        When the URL is of another kind, the file is absent, ``source`` is not one SELECT, or a column is missing.
    MissingExtraError
        When the driver is not installed (extras ``sql``, ``big``).

    Notes
    -----
    PostgreSQL runs it in a READ ONLY transaction that is rolled back, DuckDB and SQLite open the file read-only;
    DuckDB may open no other file.
    """
    query = _form_query(source)
    with _open(url) as execute:
        columns, rows = execute(query)
    missing = [name for name in _COLUMNS[:2] if name not in columns]
    if missing:
        raise MethodError(
            f"the query gives no column {', '.join(missing)}; it gives {', '.join(columns)}",
            zh=f"查询结果缺少列 {'、'.join(missing)}；现有列：{'、'.join(columns)}",
        )
    frame = pd.DataFrame.from_records(rows, columns=columns, coerce_float=False)
    frame = frame[[name for name in _COLUMNS if name in columns]].dropna(subset=["record", "actor"])
    kinds = {name: "Int64" if name == "year" else "str" for name in frame.columns}
    return frame.astype(kinds).reset_index(drop=True)


def _form_query(source: str) -> str:
    text = source.strip().rstrip(";").strip()
    if not text or ";" in text:
        raise MethodError(
            f"records are read by one table name or one SELECT statement; got {source[:60]!r}",
            zh=f"应给出一个表名或一条 SELECT 语句；得到的是 {source[:60]!r}",
        )
    if text.split()[0].lower() in _READING and len(text.split()) > 1:
        return text
    if len(text.split()) > 1 or text.count(".") > 1:
        raise MethodError(f"only SELECT is allowed; got {source[:60]!r}", zh=f"只允许 SELECT；得到的是 {source[:60]!r}")
    name = ".".join('"' + part.strip('"').replace('"', '""') + '"' for part in text.split("."))
    return f"SELECT * FROM {name}"  # noqa: S608 - quoted, and the connection can only read


@contextmanager
def _open(url: str) -> Iterator[Any]:
    kind = urlsplit(url).scheme.split("+")[0]
    if kind in {"postgresql", "postgres"}:
        psycopg = import_extra("psycopg", "sql")
        with closing(psycopg.connect(url.replace(urlsplit(url).scheme, "postgresql", 1))) as connection:
            connection.read_only = True
            yield lambda query: _fetch(connection.execute(query.encode()))
    elif kind == "duckdb":
        duckdb = import_extra("duckdb", "big")
        options = {"enable_external_access": "false", "autoinstall_known_extensions": "false"}
        with closing(duckdb.connect(str(_find_file(url)), read_only=True, config=options)) as connection:
            yield lambda query: _fetch(connection.execute(query))
    elif kind == "sqlite":
        address = _find_file(url).resolve().as_uri() + "?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute("PRAGMA query_only = on")
            yield lambda query: _fetch(connection.execute(query))
    else:
        raise MethodError(
            f"a database is given as postgresql://, duckdb:/// or sqlite:///; got {kind or url[:40]!r}",
            zh=f"数据库应写成 postgresql://、duckdb:/// 或 sqlite:///；得到的是 {kind or url[:40]!r}",
        )


def _fetch(cursor: Any) -> tuple[list[str], list[tuple[Any, ...]]]:  # noqa: ANN401 - any DB-API cursor
    return [str(column[0]) for column in cursor.description], cursor.fetchall()


def _find_file(url: str) -> Path:
    path = Path(unquote(urlsplit(url).path.removeprefix("/")))
    refuse_special([path])
    if not path.is_file():
        raise MethodError(f"there is no database file {path}", zh=f"没有数据库文件 {path}")
    return path
