"""Records from a database that the user names: reading only, one SELECT."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import numpy as np
import pandas as pd

from regions.counting.duck import import_extra
from regions.errors import MethodError
from regions.files.text_table import TextTable
from regions.files.writing import refuse_special
from regions.messages import say

_READING = ("select", "with", "from", "values", "table")


def is_postgres(url: str) -> bool:
    """Return whether a URL names a PostgreSQL server, in which links can be counted."""
    return urlsplit(url).scheme.split("+")[0] in {"postgresql", "postgres"}


def read_database(url: str, source: str) -> TextTable:
    """Read records from a file of DuckDB or SQLite, without being able to change anything.

    Parameters
    ----------
    url
        ``duckdb:///path`` or ``sqlite:///path``; the file must exist. It comes from the user, never from data.
    source
        See `form_query`.

    Returns
    -------
    TextTable
        The rows as text, missing cells as "", to be checked as those of a file are.

    Raises
    ------
    MethodError
        When the URL is of another kind, the file is absent, ``source`` is not one SELECT, or the database refuses it.
    MissingExtraError
        When DuckDB is not installed (extra ``big``).
    """
    query = form_query(source)
    with _open(url) as execute:
        columns, rows = execute(query)
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    frame = frame.map(lambda cell: "" if cell is None else str(cell)).astype("str")
    return TextTable(query[:60], frame, np.arange(1, len(frame) + 1))


def form_query(source: str) -> str:
    """Return the SELECT that a table or view (``schema.table``) or one SELECT statement stands for.

    Raises
    ------
    MethodError
        When it is neither.
    """
    text = source.strip().rstrip(";").strip()
    if not text or ";" in text:
        raise MethodError(say("database/no-table", source=source[:60]))
    if text.split()[0].lower() in _READING and len(text.split()) > 1:
        return text
    if len(text.split()) > 1 or text.count(".") > 1:
        raise MethodError(say("database/only-select", source=source[:60]))
    name = ".".join('"' + part.strip('"').replace('"', '""') + '"' for part in text.split("."))
    return f"SELECT * FROM {name}"  # noqa: S608 - quoted, and the connection can only read


@contextmanager
def _open(url: str) -> Iterator[Any]:
    kind = urlsplit(url).scheme.split("+")[0]
    refused: type[Exception]
    if kind == "duckdb":
        duckdb = import_extra("duckdb", "big")
        options = {"enable_external_access": "false", "autoinstall_known_extensions": "false"}
        refused, opened = duckdb.Error, duckdb.connect(str(_find_file(url)), read_only=True, config=options)
    elif kind == "sqlite":
        refused, opened = sqlite3.Error, sqlite3.connect(_find_file(url).resolve().as_uri() + "?mode=ro", uri=True)
        opened.execute("PRAGMA query_only = on")
    else:
        raise MethodError(say("database/address", address=kind or url[:40]))
    with closing(opened):
        try:
            yield lambda query: _fetch(opened.execute(query))
        except refused as error:
            said = str(error).strip().splitlines()[0]
            raise MethodError(say("database/refused", said=said)) from error


def _fetch(cursor: Any) -> tuple[list[str], list[tuple[Any, ...]]]:  # noqa: ANN401 - any DB-API cursor
    return [str(column[0]) for column in cursor.description or ()], cursor.fetchall()


def _find_file(url: str) -> Path:
    path = Path(unquote(urlsplit(url).path.removeprefix("/")))
    refuse_special([path])
    if not path.is_file():
        raise MethodError(say("database/no-file", path=path))
    return path
