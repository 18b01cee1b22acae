"""Turn a table of text into a canonical table, listing every cell that is wrong."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from regions.clean import clean_codes, clean_text, has_lost_digits, parse_numbers, parse_years
from regions.errors import Fault
from regions.suggest import suggest
from regions.tables import TABLES, Column
from regions.textfile import TextTable

_RANGES = {"lon": (-180.0, 180.0), "lat": (-90.0, 90.0)}
_LARGEST = 1e15
_NAMED_TABLES = frozenset({"regions", "actors"})


@dataclass(frozen=True, slots=True, eq=False)
class CheckedTable:
    """A canonical table and what was found while making it.

    Attributes
    ----------
    file
        File name for messages.
    frame
        Typed columns under their canonical names; the index is the line number in the file.
    headers
        Canonical column -> header in the file, for messages about the columns later on.
    faults
        Errors and warnings, in the order of the columns.
    """

    file: str
    frame: pd.DataFrame
    headers: dict[str, str]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, code: str, line: int | None, column: str, texts: tuple[str, str], **more: str) -> Fault:
        """Make a fault of this table; ``texts`` is the message in English and in Chinese."""
        header = self.headers.get(column, column) or None
        return Fault(code, self.file, *texts, row=line, column=header, **more)


def check_table(name: str, table: TextTable) -> CheckedTable:
    """Return the canonical form of the table ``name`` (see ``regions.tables``).

    Never raises for bad data: all faults are in the result, so that the faults of all tables can be shown at once.
    A column that is wrong is left out of the frame.
    """
    headers = _match_headers(name, table)
    checked = CheckedTable(table.file, pd.DataFrame(index=table.lines), headers, list(table.warnings))
    checked.faults.extend(_missing_columns(name, table, headers))
    if not len(table.frame) and not checked.faults:
        texts = ("the table has a header and no rows.", "表中只有表头，没有数据行。")
        checked.faults.append(Fault("E-EMPTY", table.file, *texts, row=1))
    codes = set(table.frame[headers["code"]]) if "code" in headers else set()
    for header in table.frame.columns:
        canonical = next((key for key, value in headers.items() if value == header), header)
        column = TABLES[name].get(canonical) or _extra_column(name, table.frame[header], codes)
        cells = table.frame[header].set_axis(table.lines)
        checked.frame[canonical] = _CONVERTERS[column.kind](checked, canonical, cells, column)
    if name in _NAMED_TABLES:
        _fill_names(checked)
    return checked


def _extra_column(table: str, cells: "pd.Series[str]", codes: set[str]) -> Column:
    """Choose what a column of the user's own holds.

    In indicators always a number. Among the regions a number when every cell is one, unless they are codes: one
    has a leading zero, or all stand in the code column. Text everywhere else.
    """
    if table == "indicators":
        return Column("number")
    if table == "regions":
        plain = clean_text(cells)
        filled = plain[plain != ""]
        is_code = filled.str.match(r"^0\d").any() or filled.isin(codes).all()
        if len(filled) and not is_code and parse_numbers(filled).notna().all():
            return Column("number")
    return Column("text")


def _match_headers(name: str, table: TextTable) -> dict[str, str]:
    """Map canonical names to the headers of the file; the exact name wins over a synonym."""
    plain = {header: clean_text(pd.Series([header])).iloc[0].lower() for header in table.frame.columns}
    found: dict[str, str] = {}
    for canonical, column in TABLES[name].items():
        for wanted in (canonical, *column.synonyms):
            match = next((header for header, key in plain.items() if key == wanted), None)
            if match is not None and match not in found.values():
                found[canonical] = match
                break
    return found


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
                row=1,
                column=canonical,
                hint=close,
                hint_zh=close_zh,
            )
    if name in _NAMED_TABLES and not {"name", "name_zh"} & set(headers):
        texts = ("neither 'name' nor 'name_zh' is there.", "缺少名称列（name 或 name_zh）。")
        yield Fault("E-COLUMN", table.file, *texts, row=1, column="name")


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


def _convert_text(checked: CheckedTable, name: str, cells: "pd.Series[str]", column: Column) -> "pd.Series[str]":
    del column
    if name not in {"name", "name_zh"} and name in checked.headers:
        _refuse_line_breaks(checked, name, cells)
    return clean_text(cells)


def _refuse_line_breaks(checked: CheckedTable, name: str, cells: "pd.Series[str]") -> None:
    for line in cells.index[cells.str.contains("\n")]:
        texts = ("the cell holds line breaks; a quote may be open.", "单元格内有换行，引号可能未闭合。")
        checked.faults.append(checked.fault("E-QUOTE", line, name, texts))


def _convert_code(checked: CheckedTable, name: str, cells: "pd.Series[str]", column: Column) -> "pd.Series[str]":
    codes = clean_codes(cells)
    _refuse_line_breaks(checked, name, cells)
    for line in codes.index[codes.map(has_lost_digits)]:
        texts = (
            f"'{codes[line]}' is in scientific notation; the digits of the code are lost.",
            f"“{codes[line]}”是科学计数法，代码的位数已丢失。",
        )
        checked.faults.append(checked.fault("E-CODESCI", line, name, texts))
    mended = (codes != cells) & (codes != "")
    invisible = mended & (clean_text(cells) != cells.str.strip())
    floats = mended & cells.str.contains(".", regex=False) & ~codes.str.contains(".", regex=False)
    _warn_count(checked, "W-INVIS", name, int(invisible.sum()), "held invisible characters", "含有不可见字符")
    _warn_count(checked, "W-CODEFLOAT", name, int(floats.sum()), "lost a trailing '.0'", "去掉了末尾的“.0”")
    if column.required:
        for line in codes.index[codes == ""]:
            checked.faults.append(checked.fault("E-MISSING", line, name, ("the cell is empty.", "单元格为空。")))
    return codes


def _warn_count(checked: CheckedTable, code: str, name: str, count: int, what: str, what_zh: str) -> None:
    if count:
        texts = (f"{count} cell(s) {what}.", f"{count} 个单元格{what_zh}。")
        checked.faults.append(checked.fault(code, None, name, texts))


def _convert_number(checked: CheckedTable, name: str, cells: "pd.Series[str]", column: Column) -> "pd.Series[float]":
    numbers = parse_numbers(cells)
    wrong = numbers.isna() & (clean_text(cells) != "")
    for line in numbers.index[wrong]:
        texts = (f"'{cells[line][:40]}' is not a finite number.", f"“{cells[line][:40]}”不是有限的数字。")
        checked.faults.append(checked.fault("E-NUMBER", line, name, texts))
    low, high = _RANGES.get(column.kind, (-_LARGEST, _LARGEST))
    code = "E-RANGE" if column.kind == "number" else "E-LATRANGE"
    for line in numbers.index[(numbers < low) | (numbers > high)]:
        texts = (
            f"{numbers[line]:g} is outside {low:g} to {high:g}.",
            f"{numbers[line]:g} 超出 {low:g} 至 {high:g}。",
        )
        hint = {"hint": "Are lon and lat swapped?", "hint_zh": "经度与纬度是否颠倒？"} if column.kind == "lat" else {}
        checked.faults.append(checked.fault(code, line, name, texts, **hint))
    return numbers


def _convert_year(checked: CheckedTable, name: str, cells: "pd.Series[str]", column: Column) -> "pd.Series[int]":
    years = parse_years(cells)
    empty = clean_text(cells) == ""
    required = column.required or not empty.all()  # a column of years with holes cannot be put in order
    for line in years.index[years.isna() & (~empty | required)]:
        texts = (
            f"'{cells[line][:40]}' is not a year (four digits, 1500 to 2099).",
            f"“{cells[line][:40]}”不是年份（四位数字，1500 至 2099）。",
        )
        checked.faults.append(checked.fault("E-YEAR", line, name, texts))
    return years


_CONVERTERS: dict[str, Callable[[CheckedTable, str, "pd.Series[str]", Column], "pd.Series[Any]"]] = {
    "text": _convert_text,
    "code": _convert_code,
    "number": _convert_number,
    "lon": _convert_number,
    "lat": _convert_number,
    "year": _convert_year,
}
