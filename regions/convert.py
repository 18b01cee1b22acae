"""Turn one column of text into codes, texts, numbers or years, naming every cell that is wrong."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from regions.checked import CheckedTable
from regions.clean import clean_codes, clean_text, find_word, has_lost_digits, parse_numbers, parse_years
from regions.tables import Column

_RANGES = {"lon": (-180.0, 180.0), "lat": (-90.0, 90.0)}
_LARGEST = 1e15
_MISSING_WORDS = frozenset(
    {"na", "n/a", "nan", "null", "none", "-", "--", "—", "——", "…", "……", "...", "无", "缺失", "#"}
)
_MISSING_HINTS = {"hint": "Leave the cell empty where there is no value.", "hint_zh": "没有数值时请留空。"}


def convert_column(checked: CheckedTable, name: str, cells: "pd.Series[str]", column: Column) -> "pd.Series[Any]":
    """Return the cells as what ``column`` holds, and add what is wrong with them to the faults of ``checked``.

    Parameters
    ----------
    name
        Canonical name of the column.
    cells
        Index: line in the file.
    """
    return _CONVERTERS[column.kind](checked, name, cells, column)


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
        hints = _MISSING_HINTS if clean_text(cells[[line]]).iloc[0].casefold() in _MISSING_WORDS else {}
        checked.faults.append(checked.fault("E-NUMBER", int(line), name, texts, **hints))
    _check_words(checked, name, cells, numbers)
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


def _check_words(checked: CheckedTable, name: str, cells: "pd.Series[str]", numbers: "pd.Series[float]") -> None:
    """Say how percent signs and words of size were read; refuse percents beside plain numbers.

    ``45%`` is 0.45; a column that also holds a plain 45 leaves open which of the two was meant.
    """
    words = cells.map({cell: find_word(cell) for cell in cells.unique()})
    worded = words[numbers.notna() & (words != "")]
    if worded.empty:
        return
    percent = words == "%"
    plain = numbers.notna() & ~percent & (numbers != 0)
    if percent.any() and plain.any():
        texts = (
            "some cells have a percent sign and this one has none: is it a percentage?",
            "部分单元格带百分号而此单元格没有，无法判断是否为百分数。",
        )
        checked.faults.append(checked.fault("E-NUMBER", int(numbers.index[plain][0]), name, texts))
        return
    shown = ", ".join(dict.fromkeys(worded))
    texts = (
        f"{len(worded)} number(s) with {shown} ({cells[worded.index[0]]} is read as {numbers[worded.index[0]]:g}).",
        f"{len(worded)} 个数字带有 {shown}（{cells[worded.index[0]]} 读作 {numbers[worded.index[0]]:g}）。",
    )
    checked.faults.append(checked.fault("W-UNIT", None, name, texts))


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
