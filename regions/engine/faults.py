"""What is wrong with a file of records that is never loaded: counted in the database, the first rows named."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from regions.engine.duck import Limits, explain_refusal, list_columns, match_columns, open_duckdb, quote_name
from regions.errors import Fault
from regions.suggest import show_word

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Check:
    """A condition that no row should meet, and what is said of those that do."""

    code: str
    column: str
    condition: str
    text: str
    text_zh: str


def find_record_faults(
    file: Path, actors: pd.Index, *, by: Sequence[str] = (), drop: bool = False, limits: Limits | None = None
) -> list[Fault]:
    """Find what is wrong in a file of records, in one pass over it and a second one only when something is.

    Parameters
    ----------
    file
        Parquet or CSV; see `regions.engine.duck.open_duckdb` for its headers.
    actors
        The actors that are known.
    by
        Columns that links are counted apart by; of these ``year`` must be a whole number or empty.
    drop
        Whether unknown actors may stay in their records, without a link: then one warning (``W-DROPPED``) tells of
        them.
    limits
        Memory, threads and room for spilled data.

    Returns
    -------
    list of Fault
        ``E-MISSING`` (no record, no actor), ``E-YEAR`` and ``E-UNKNOWN`` (an actor that is not known), each with the
        number of such rows, for the first rows of each kind. Rows are counted from 2, as below a header; in a CSV
        file with line breaks inside cells they are rows, not lines.

    Raises
    ------
    MethodError
        When the file cannot be read or lacks a column.
    MissingExtraError
        When DuckDB is not installed.
    """
    known = pd.DataFrame({"actor": actors.astype("str")})
    with open_duckdb({"records": file, "known": known}, limits, ordered=True) as raw, explain_refusal(file):
        headers = match_columns(file, list_columns(raw, "records_given"))
        checks = _list_checks(headers, by)
        sums = ", ".join(f"count(*) FILTER (WHERE {check.condition})" for check in checks)
        counts = raw.execute(f"SELECT {sums} FROM records_given").fetchall()[0]  # noqa: S608 - names are quoted
        return [
            fault
            for check, number in zip(checks, counts, strict=True)
            if number
            for fault in _name_rows(raw, check, headers[check.column], (file.name, number), drop=drop)
        ]


def _list_checks(headers: dict[str, str], by: Sequence[str]) -> list[_Check]:
    cell = {column: f"{quote_name(header)}::VARCHAR" for column, header in headers.items()}
    empty = {column: f"coalesce(trim({text}), '') = ''" for column, text in cell.items()}
    checks = [
        _Check("E-MISSING", "record", empty["record"], "the record is missing", "缺少记录编号"),
        _Check("E-MISSING", "actor", empty["actor"], "the actor is missing", "缺少主体"),
    ]
    if "year" in by and "year" in cell:
        wrong = f"TRY_CAST({cell['year']} AS BIGINT) IS NULL AND NOT ({empty['year']})"
        checks.append(_Check("E-YEAR", "year", wrong, "is no year", "不是年份"))
    unknown = f"NOT ({empty['actor']}) AND {cell['actor']} NOT IN (SELECT actor FROM known)"  # noqa: S608 - names are quoted
    checks.append(_Check("E-UNKNOWN", "actor", unknown, "is not in the actors table", "不在主体表中"))
    return checks


def _name_rows(
    raw: "DuckDBPyConnection", check: _Check, header: str, where: tuple[str, int], *, drop: bool
) -> list[Fault]:
    file, number = where
    name = quote_name(header)
    rows = 'SELECT row_number() OVER () + 1 AS "row of the file", * FROM records_given'
    query = f'SELECT "row of the file", {name}::VARCHAR FROM ({rows}) WHERE {check.condition} ORDER BY 1'  # noqa: S608
    found = raw.execute(f"{query} LIMIT {_NAMED}").fetchall()
    if drop and check.code == "E-UNKNOWN":
        words = ", ".join(dict.fromkeys(show_word(value) for _, value in found))
        texts = (
            (
                f"{number:,} rows are of actors that the actors table lacks: they count in the size of a record and"
                f" give no link; unknown: {words}, ..."
            ),
            f"{number:,} 行的主体不在主体表中：计入记录规模，但不产生联系；未知：{words}等。",
        )
        return [Fault("W-DROPPED", file, *texts, column=header)]
    faults = []
    for line, value in found:
        word, word_zh = ("", "") if check.code == "E-MISSING" else (f"'{show_word(value)}' ", f"“{show_word(value)}”")
        text = f"{word}{check.text} ({number:,} such rows)."
        faults.append(
            Fault(check.code, file, text, f"{word_zh}{check.text_zh}（共 {number:,} 行）。", row=line, column=header)
        )
    return faults
