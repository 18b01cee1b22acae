"""Turn a table of text into a canonical table, listing every cell that is wrong."""

from collections.abc import Iterable

import pandas as pd

from regions.checked import CheckedTable
from regions.clean import clean_text, fold_header, parse_numbers
from regions.convert import convert_column
from regions.errors import Fault
from regions.headers import match_headers
from regions.suggest import suggest
from regions.tables import TABLES, Column
from regions.texttable import Spoiled, TextTable

__all__ = ["CheckedTable", "check_table"]

_NAMED_TABLES = frozenset({"regions", "actors"})
_NAME_COLUMNS = frozenset({"name", "name_zh"})
_REMARKS = frozenset(
    word
    for name in ("name", "name_zh", "level", "parent")
    for word in (name, *TABLES["regions"][name].synonyms, "备注", "remark", "note")
)


def check_table(name: str, table: TextTable) -> CheckedTable:
    """Return the canonical form of the table ``name`` (see ``regions.tables``).

    Never raises for bad data: all faults are in the result, so that the faults of all tables can be shown at once.
    A column that is wrong is left out of the frame.
    """
    headers = match_headers(name, map(str, table.frame.columns))
    checked = CheckedTable(table.file, pd.DataFrame(index=table.lines), headers, list(table.warnings))
    checked.faults.extend(_missing_columns(name, table, headers))
    if not len(table.frame) and not checked.faults:
        texts = ("the table has a header and no rows.", "表中只有表头，没有数据行。")
        checked.faults.append(Fault("E-EMPTY", table.file, *texts, row=table.header_line))
    canonical_of = {header: canonical for canonical, header in headers.items()}
    spoiled: list[Fault] = []
    for header in table.frame.columns:
        canonical = canonical_of.get(header, header)
        column = TABLES[name].get(canonical) or _extra_column(name, table, header, headers)
        if column.kind != "remark":
            judged = _judge_spoiled(table, header, kind=column.kind, named=canonical in _NAME_COLUMNS)
            spoiled += judged
            cells = table.frame[header].set_axis(table.lines)
            if judged:  # an empty cell raises no second fault elsewhere
                cells = cells.mask(cells.index.isin([fault.row for fault in judged]), "")
            checked.frame[canonical] = convert_column(checked, canonical, cells, column)
    if name in _NAMED_TABLES:
        _fill_names(checked)
    places = {(fault.row, fault.column) for fault in spoiled}
    checked.faults[:] = [fault for fault in checked.faults if (fault.row, fault.column) not in places] + spoiled
    return checked


def _extra_column(name: str, table: TextTable, header: str, headers: dict[str, str]) -> Column:
    """Choose what a column of the user's own holds.

    In indicators always a number, but for names and remarks, which are there for the human reader and left out. Among
    the regions a number when every cell is one, unless they are codes: one has a leading zero, or all stand in the
    code column. Text everywhere else.
    """
    if name == "indicators":
        return Column("remark" if fold_header(header) in _REMARKS else "number")
    if name == "regions":
        plain = clean_text(table.frame[header])
        filled = plain[plain != ""]
        codes = set(table.frame[headers["code"]]) if "code" in headers else set()
        is_code = filled.str.match(r"^0\d").any() or filled.isin(codes).all()
        if len(filled) and not is_code and parse_numbers(filled).notna().all():
            return Column("number")
    return Column("text")


def _judge_spoiled(table: TextTable, header: str, *, kind: str, named: bool) -> list[Fault]:
    """Say what spoiled cells of a column, where that matters for what the column holds."""
    judged = (
        _describe_spoiled(table.file, cell, kind=kind, named=named) for cell in table.spoiled if cell.header == header
    )
    return [fault for fault in judged if fault is not None]


def _describe_spoiled(file: str, cell: Spoiled, *, kind: str, named: bool) -> Fault | None:
    code, texts, hints = "", ("", ""), ("", "")
    if cell.kind == "formula" or (cell.kind == "computed" and named):
        code = "E-FORMULA"
        texts = (f"cell {cell.place} is a formula without a value.", f"单元格 {cell.place} 是公式，没有数值。")
        if cell.kind == "computed":
            texts = (f"cell {cell.place}: a name is a formula.", f"单元格 {cell.place}：名称是公式。")
        hints = ("Paste the values over the formulas.", "请将公式粘贴为数值。")
    elif cell.kind == "error":
        code = "E-NUMBER"
        texts = (f"cell {cell.place} holds the error {cell.shown}.", f"单元格 {cell.place} 是错误值 {cell.shown}。")
    elif cell.kind == "precision" and kind in {"code", "text"}:
        code = "E-PRECISION"
        texts = (
            f"cell {cell.place} is a number of more than 15 digits ({cell.shown}); Excel keeps 15.",
            f"单元格 {cell.place} 为超过 15 位的数字（{cell.shown}），Excel 只保留 15 位。",
        )
        hints = ("Format the column as text and enter the ids again.", "请将该列设为文本格式后重新录入。")
    elif cell.kind == "date" and kind in {"code", "number", "lon", "lat", "year"}:
        code = "E-YEAR" if kind == "year" else "E-DATE"
        texts = (f"cell {cell.place} is a date ({cell.shown}).", f"单元格 {cell.place} 是日期（{cell.shown}）。")
        hints = (
            "Excel may have turned what was typed into a date: set the format of the column and enter it again.",
            "Excel 可能把录入内容变成了日期：请更改该列格式后重新录入。",
        )
    return Fault(code, file, *texts, cell.line, cell.header, *hints) if code else None


def _missing_columns(name: str, table: TextTable, headers: dict[str, str]) -> Iterable[Fault]:
    shown = ", ".join(map(str, table.frame.columns))
    for canonical, column in TABLES[name].items():
        if column.required and canonical not in headers:
            close, close_zh = suggest(canonical, {str(header): "" for header in table.frame.columns})
            yield Fault(
                "E-COLUMN",
                table.file,
                f"the column '{canonical}' is missing; the header reads: {shown}.",
                f"缺少必需的列“{canonical}”；表头为：{shown}。",
                row=table.header_line,
                column=canonical,
                hint=close,
                hint_zh=close_zh,
            )
    if name in _NAMED_TABLES and not {"name", "name_zh"} & set(headers):
        texts = ("neither 'name' nor 'name_zh' is there.", "缺少名称列（name 或 name_zh）。")
        yield Fault("E-COLUMN", table.file, *texts, row=table.header_line, column="name")


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
        checked.faults.append(checked.fault("E-MISSING", line, known[0], ("the name is empty.", "名称为空。")))
