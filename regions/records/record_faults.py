"""What is wrong with records that lie outside a study and are never loaded: counted there, the first rows named."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from regions.counting.portable import ANY, Server, clean_columns, compile_sql, find_wrong_year, name_table
from regions.errors import Fault
from regions.messages import say
from regions.schema.suggest import show_word

if TYPE_CHECKING:
    import ibis.expr.types as ir

_NAMED = 5
_FAULTS = {
    "no_record": ("E-MISSING/record", "record"),
    "no_actor": ("E-MISSING/actor", "actor"),
    "no_year": ("E-YEAR/rows", "year"),
    "unknown": ("E-UNKNOWN/rows", "actor"),
}
"""Condition -> message, column."""


def find_record_faults(server: Server, by: Sequence[str], *, drop: bool) -> list[Fault]:
    """Find what is wrong in records that were never loaded: in one pass, and a second one when something is.

    Parameters
    ----------
    server
        Where the records are; the actors of ``places`` are those that are known.
    by
        Columns that links are counted apart by; of these ``year`` must be a year (1500 to 2099) or empty.
    drop
        Whether unknown actors stay in their records, without a link: then one warning (``W-DROPPED``) tells of them.

    Returns
    -------
    list of Fault
        ``E-MISSING`` (no record, no actor), ``E-YEAR`` and ``E-UNKNOWN`` (an actor that is not known), each with the
        number of such rows, for the first rows of each kind. Rows of a file are counted from 2, as below a header; in
        a CSV file with line breaks inside cells they are rows, not lines.
    """
    wanted = [name for name in _FAULTS if name != "no_year" or ("year" in by and "year" in server.headers)]

    def count() -> "ir.Table":
        rows = _mark_rows(server.headers, "records_given")
        return rows.aggregate(**{name: rows[name].ifelse(1, 0).sum() for name in wanted})

    def list_first(name: str) -> "ir.Table":
        rows = _mark_rows(server.headers, "records_numbered").order_by("line")
        return rows.filter(rows[name]).limit(_NAMED).select(line=rows.line, value=rows[f"{_FAULTS[name][1]}_given"])

    counts = server.run(compile_sql(count, server.dialect)).iloc[0].fillna(0).astype("int64")
    faults = []
    for name in wanted:
        if counts[name]:
            rows = server.run(compile_sql(partial(list_first, name), server.dialect))
            faults += _describe_faults(name, server, rows, counts[name], drop=drop)
    return faults


def _mark_rows(headers: Mapping[str, str], relation: str) -> "ir.Table":
    """Return the cells of records as they are, and whether they have each of `_FAULTS`."""
    given = name_table(relation, dict.fromkeys(headers.values(), ANY) | {"line": "int64"})
    clean = clean_columns(given, headers)
    clean |= {"no_year": find_wrong_year(given[headers["year"]])} if "year" in headers else {}
    raw = {f"{name}_given": given[header].cast("string") for name, header in headers.items()}
    rows = given.select(**clean, **raw, **({"line": given.line} if relation != "records_given" else {}))
    known = name_table("places", {"actor": "string"}).select("actor").rename(known="actor")
    rows = rows.left_join(known, rows.actor == known.known)
    unknown = rows.known.isnull() & (rows.actor != "")  # noqa: PD003 - Ibis, not pandas
    return rows.mutate(no_record=rows.record == "", no_actor=rows.actor == "", unknown=unknown)


def _describe_faults(name: str, server: Server, rows: pd.DataFrame, number: int, *, drop: bool) -> list[Fault]:
    key, column = _FAULTS[name]
    header = server.headers[column]
    words = [show_word(str(value)) for value in rows["value"]]
    if drop and name == "unknown":
        shown = ", ".join(dict.fromkeys(words))
        return [Fault.of(server.name, say("W-DROPPED/unknown-actors", count=number, shown=shown), column=header)]
    faults = []
    for line, word in zip(rows["line"], words, strict=True):
        value = {} if key.startswith("E-MISSING") else {"value": word}
        row = None if pd.isna(line) else int(line)
        faults.append(Fault.of(server.name, say(key, count=number, **value), row=row, column=header))
    return faults
