"""Turn a table of text into a canonical table, listing every cell that is wrong."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from regions.arrays import Integers
from regions.errors import Fault
from regions.files.text_table import SuspectCell, TextTable
from regions.messages import NOTHING, Message, say
from regions.schema.cell_values import clean_text, fold_header, parse_numbers
from regions.schema.headers import match_headers
from regions.schema.tables import TABLES, TableColumn
from regions.tables.checked_table import MOST_LISTED, CheckedTable
from regions.tables.typed_columns import convert_column
from regions.tables.weights import drop_unavailable

__all__ = ["CheckedTable", "check_table"]

_NAMED_TABLES = frozenset({"regions", "actors"})
_POINTS = (("lon", "lat"), ("capital_lon", "capital_lat"))
_MOSTLY = 0.5
_NAME_COLUMNS = frozenset({"name", "name_zh"})
_REMARKS = frozenset(
    word
    for name in ("name", "name_zh", "level", "parent")
    for word in (name, *TABLES["regions"][name].synonyms, "备注", "remark", "note")
)


def check_table(name: str, table: TextTable, *, units: Mapping[str, str] | None = None) -> CheckedTable:
    """Return the canonical form of the table ``name`` (see ``regions.schema.tables``).

    ``units`` are those of columns whose headers name none, as a dictionary of indicators tells them.

    Never raises for bad data: all faults are in the result, so that the faults of all tables can be shown at once.
    A column that is wrong is left out of the frame.
    """
    headers = match_headers(name, map(str, table.frame.columns))
    missing = list(_missing_columns(name, table, headers))
    checked = CheckedTable(table.file, pd.DataFrame(), headers, [*table.warnings, *missing], units=units or {})
    if not len(table.frame) and not missing:
        checked.faults.append(_describe_bare(name, table))
    checked.faults.extend(_warn_twins(name, table, headers))
    canonical_of = {header: canonical for canonical, header in headers.items()}
    columns: dict[str, pd.Series[Any]] = {}
    suspected: list[Fault] = []
    places: set[tuple[int | None, str | None]] = set()
    for header in table.frame.columns:
        canonical = canonical_of.get(header, header)
        column = TABLES[name].get(canonical) or _extra_column(name, table, header, checked)
        if column.kind != "remark":
            judged = _judge_suspect(table, header, kind=column.kind, named=canonical in _NAME_COLUMNS)
            suspected += _shorten(judged)
            cells = table.frame[header].set_axis(table.lines)
            if judged:  # an empty cell raises no second fault elsewhere
                cells = cells.mask(cells.index.isin([fault.row for fault in judged]), "")
                places |= {(fault.row, fault.column) for fault in judged}
            columns[canonical] = convert_column(checked, canonical, cells, column)
    checked = replace(checked, frame=pd.DataFrame(columns, index=table.lines))
    _check_pairs(checked)
    if name in _NAMED_TABLES:
        _fill_names(checked)
    checked.faults[:] = [fault for fault in checked.faults if (fault.row, fault.column) not in places] + suspected
    if name == "links" and "weight" in headers:
        checked = drop_unavailable(checked, table.frame[headers["weight"]].set_axis(table.lines))
    return checked


def _describe_bare(name: str, table: TextTable) -> Fault:
    """Describe a table without rows; links may have none: nobody collaborates, as far as the data go."""
    return Fault.of(table.file, say("W-EMPTY" if name == "links" else "E-EMPTY/no-rows"), row=table.header_line)


def _extra_column(name: str, table: TextTable, header: str, checked: CheckedTable) -> TableColumn:
    """Choose what a column of the user's own holds.

    In indicators always a number, but for names and remarks, which are there for the human reader and left out. Among
    the regions a number when every cell is one, unless they are codes: one has a leading zero, or all stand in the
    code column. Text everywhere else.
    """
    if name == "indicators":
        return TableColumn("remark" if fold_header(header) in _REMARKS else "number")
    if name in {"regions", "dyads"}:
        plain = clean_text(table.frame[header])
        filled = plain[plain != ""]
        codes = set(table.frame[checked.headers["code"]]) if "code" in checked.headers else set()
        is_code = filled.str.match(r"^0\d").any() or filled.isin(codes).all()
        is_number = parse_numbers(filled).notna()
        if not is_code and is_number.all():
            return TableColumn("number")
        if not is_code and is_number.mean() > _MOSTLY:
            _warn_text(checked, header, filled[~is_number], table.lines)
    return TableColumn("text")


def _warn_text(checked: CheckedTable, header: str, texts: "pd.Series[str]", lines: Integers) -> None:
    """Warn of a column that would be numbers but for a few cells."""
    first, line = texts.iloc[0][:40], int(lines[texts.index[0]])
    checked.faults.append(Fault.of(checked.file, say("W-TEXT", count=len(texts), first=first), row=line, column=header))


def _warn_twins(name: str, table: TextTable, headers: dict[str, str]) -> Iterable[Fault]:
    """Warn of a column that means the same as one that was taken."""
    for header in map(str, table.frame.columns):
        if header in headers.values():
            continue
        canonical = next(iter(match_headers(name, [header])), None)
        if canonical in headers and TABLES[name][canonical].kind != "text" and fold_header(header) not in _REMARKS:
            yield Fault.of(
                table.file,
                say("W-COLS/taken", taken=headers[canonical], column=canonical),
                row=table.header_line,
                column=header,
            )


def _check_pairs(checked: CheckedTable) -> None:
    """Find points of which one half is missing, and warn of a column of longitudes without latitudes."""
    frame = checked.frame
    for one, other in _POINTS:
        if one in frame and other in frame:
            for full, empty in ((one, other), (other, one)):
                half = frame[full][frame[full].notna() & frame[empty].isna()]
                named = {fault.row for fault in checked.faults if fault.column == checked.headers.get(empty)}
                half = half[~half.index.isin(list(filter(None, named)))]
                checked.faults.extend(checked.fault_cells(empty, half, say("E-MISSING/half", full=full, empty=empty)))
        elif one in checked.headers or other in checked.headers:
            alone = one if one in checked.headers else other
            checked.faults.append(checked.fault(say("W-COLS/alone", column=alone), None, alone))


def _judge_suspect(table: TextTable, header: str, *, kind: str, named: bool) -> list[Fault]:
    """Say what suspect cells of a column, where that matters for what the column holds.

    Every cell gets its fault: they are few in a table that is nearly good, and ``_shorten`` counts the rest of many.
    """
    judged = (
        _describe_suspect(table.file, cell, kind=kind, named=named) for cell in table.suspect if cell.header == header
    )
    return [fault for fault in judged if fault is not None]


def _shorten(faults: list[Fault]) -> list[Fault]:
    """Keep the first thousand faults of a column and count the others."""
    rest = len(faults) - MOST_LISTED
    if rest <= 0:
        return faults
    last = faults[MOST_LISTED]
    counted = Fault.of(last.file, say("cells/rest", rest=rest), row=last.row, column=last.column)
    return [*faults[:MOST_LISTED], replace(counted, code=last.code)]


def _describe_suspect(file: str, cell: SuspectCell, *, kind: str, named: bool) -> Fault | None:
    message: Message | None = None
    if cell.kind == "formula":
        message = say("E-FORMULA/no-value", cell=cell.place)
    elif cell.kind == "computed" and named:
        message = say("E-FORMULA/name", cell=cell.place)
    elif cell.kind == "error":
        message = say("E-NUMBER/error-value", cell=cell.place, error=cell.shown)
    elif cell.kind == "precision" and kind in {"code", "text"}:
        message = say("E-PRECISION", cell=cell.place, number=cell.shown)
    elif cell.kind == "date" and kind in {"code", "number", "lon", "lat", "year"}:
        message = say("E-YEAR/date" if kind == "year" else "E-DATE", cell=cell.place, date=cell.shown)
    return Fault.of(file, message, row=cell.line, column=cell.header) if message else None


def _missing_columns(name: str, table: TextTable, headers: dict[str, str]) -> Iterable[Fault]:
    shown = ", ".join(map(str, table.frame.columns))
    for canonical, column in TABLES[name].items():
        if column.required and canonical not in headers:
            unused = [str(header) for header in table.frame.columns if header not in headers.values()]
            meant = difflib.get_close_matches(canonical, unused, n=1)
            close = say("hint/rename-column", header=meant[0], column=canonical).words if meant else NOTHING
            missing = say("E-COLUMN/missing", column=canonical, header=shown).with_hint(close)
            yield Fault.of(table.file, missing, row=table.header_line, column=canonical)
    if name in _NAMED_TABLES and not {"name", "name_zh"} & set(headers):
        yield Fault.of(table.file, say("E-COLUMN/no-name"), row=table.header_line, column="name")


def _fill_names(checked: CheckedTable) -> None:
    """Let one name stand in for the other; both empty is a fault."""
    frame = checked.frame
    known = [column for column in ("name", "name_zh") if column in frame]
    if not known:
        return
    for column in ("name", "name_zh"):
        other = "name_zh" if column == "name" else "name"
        if column not in frame:
            frame[column] = frame[other]
        elif other in frame:
            frame[column] = frame[column].where(frame[column] != "", frame[other])
    for line in frame.index[frame["name"] == ""]:
        checked.faults.append(checked.fault(say("E-MISSING/name"), line, known[0]))
