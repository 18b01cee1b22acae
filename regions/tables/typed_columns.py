"""Turn one column of text into codes, texts, numbers or years, naming every cell that is wrong."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from regions.schema.cell_values import clean_codes, clean_text, find_word, has_lost_digits, parse_numbers, parse_years
from regions.schema.tables import Column
from regions.tables.checked_table import CheckedTable

_RANGES = {"lon": (-180.0, 180.0), "lat": (-90.0, 90.0)}
_LARGEST = 1e15
_SMALLEST, _SMALLEST_WEIGHT = 1e-100, 1e-15
"""A number between 0 and this is refused: what is divided by it, or by its square, is beyond any computer."""
_MISSING_WORDS = frozenset(
    {"na", "n/a", "nan", "null", "none", "-", "--", "—", "——", "…", "……", "...", "无", "缺失", "#"}
)
_LIKE_METRES = 1_000.0
_DECIMAL_COMMA = re.compile(r"^[+-]?\d+,\d+$|^[+-]?\d{1,3}(\.\d{3})+,\d+$")
_DEGREES = re.compile("[°′″º]|\\d[nsew]$|[东西南北]")
_WITH_WORDS = re.compile(r"^[^\d]{0,3}[+-]?[\d.,]+[^\d]{1,6}$|^[¥$€￥约]\s*[\d.,]+$")
_YEAR_WITHIN = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)(?!\d)")


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
    broken = cells[cells.str.strip().str.contains("\n")]
    texts = ("the cell holds line breaks; a quote may be open.", "单元格内有换行，引号可能未闭合。")
    checked.faults.extend(checked.fault_cells("E-QUOTE", name, broken, lambda _: texts))


def _convert_code(checked: CheckedTable, name: str, cells: "pd.Series[str]", column: Column) -> "pd.Series[str]":
    codes = clean_codes(cells)
    _refuse_line_breaks(checked, name, cells)
    words = [code for code in codes.unique() if has_lost_digits(code)]
    lost = codes[codes.isin(words)] if words else codes[:0]
    checked.faults.extend(checked.fault_cells("E-CODESCI", name, lost, _describe_lost))
    mended = (codes != cells) & (codes != "")
    invisible = mended & (clean_text(cells) != cells.str.strip())
    floats = mended & cells.str.contains(".", regex=False) & ~codes.str.contains(".", regex=False)
    _warn_count(checked, "W-INVIS", name, int(invisible.sum()), "held invisible characters", "含有不可见字符")
    _warn_count(checked, "W-CODEFLOAT", name, int(floats.sum()), "lost a trailing '.0'", "去掉了末尾的“.0”")
    if column.required:
        empty = codes[codes == ""]
        checked.faults.extend(
            checked.fault_cells("E-MISSING", name, empty, lambda _: ("the cell is empty.", "单元格为空。"))
        )
    return codes


def _describe_lost(code: str) -> tuple[str, ...]:
    return (
        f"'{code}' is in scientific notation; the digits of the code are lost.",
        f"“{code}”是科学计数法，代码的位数已丢失。",
        "Format the column as text and enter the codes again.",
        "请将该列设为文本格式后重新录入。",
    )


def _warn_count(checked: CheckedTable, code: str, name: str, count: int, what: str, what_zh: str) -> None:
    if count:
        texts = (f"{count} cell(s) {what}.", f"{count} 个单元格{what_zh}。")
        checked.faults.append(checked.fault(code, None, name, texts))


def _convert_number(checked: CheckedTable, name: str, cells: "pd.Series[str]", column: Column) -> "pd.Series[float]":
    numbers = parse_numbers(cells)
    wrong = numbers.isna() & (clean_text(cells) != "")
    checked.faults.extend(checked.fault_cells("E-NUMBER", name, cells[wrong], _describe_number))
    _check_words(checked, name, cells, numbers)
    low, high = _RANGES.get(column.kind, (-_LARGEST, _LARGEST))
    code = "E-RANGE" if column.kind == "number" else "E-LATRANGE"

    def describe(number: float) -> tuple[str, ...]:
        return *_outside(number, low, high), *_hint_at_degrees(number, column.kind)

    checked.faults.extend(checked.fault_cells(code, name, numbers[(numbers < low) | (numbers > high)], describe))
    if column.kind == "number":
        smallest = _SMALLEST_WEIGHT if name == "weight" else _SMALLEST
        tiny = numbers[(numbers != 0) & (numbers.abs() < smallest)]
        checked.faults.extend(checked.fault_cells("E-RANGE", name, tiny, partial(_describe_tiny, smallest)))
    return numbers


def _describe_tiny(smallest: float, number: float) -> tuple[str, str, str, str]:
    return (
        f"{number!r} is so close to 0 that nothing can be computed from it (below {smallest:g}).",
        f"{number!r} 过于接近 0（小于 {smallest:g}），无法计算。",
        "Write 0, or give it in a smaller unit.",
        "请填 0，或改用更小的计量单位。",
    )


def _outside(number: float, low: float, high: float) -> tuple[str, str]:
    return f"{number:g} is outside {low:g} to {high:g}.", f"{number:g} 超出 {low:g} 至 {high:g}。"


def _hint_at_degrees(number: float, kind: str) -> tuple[str, ...]:
    """Say what coordinates out of range may be: metres, or longitude and latitude exchanged."""
    if kind not in _RANGES:
        return ()
    if abs(number) > _LIKE_METRES:
        return "These look like metres; degrees are needed.", "疑为投影坐标（米），请改为经纬度（度）。"
    return ("Are lon and lat swapped?", "经度与纬度是否颠倒？") if kind == "lat" else ()


def _describe_number(cell: str) -> tuple[str, ...]:
    shown = cell[:40]
    return f"'{shown}' is not a finite number.", f"“{shown}”不是有限的数字。", *_hint_at_number(cell)


def _hint_at_number(cell: str) -> tuple[str, ...]:
    """Say how the number should be written, where that can be seen."""
    plain = clean_text(pd.Series([cell])).iloc[0].casefold()
    if plain in _MISSING_WORDS:
        return "Leave the cell empty where there is no value.", "没有数值时请留空。"
    if _DECIMAL_COMMA.match(plain):
        return "Write decimals with a point.", "小数请用点号。"
    if _DEGREES.search(plain):
        return "Write decimal degrees, such as 118.75.", "请填写十进制度数，如 118.75。"
    if _WITH_WORDS.match(plain):
        return "Write the number alone; the unit may stand in the header.", "请只填数字，单位可写在表头。"
    return ()


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
    wrong = cells[years.isna() & (~empty | required)]
    checked.faults.extend(checked.fault_cells("E-YEAR", name, wrong, _describe_year))
    return years


def _describe_year(cell: str) -> tuple[str, ...]:
    found = set(_YEAR_WITHIN.findall(cell))
    year = next(iter(found)) if len(found) == 1 else ""
    hints = (f"Write the year alone: {year}.", f"请只填年份：{year}。") if year else ()
    return (
        f"'{cell[:40]}' is not a year (four digits, 1500 to 2099).",
        f"“{cell[:40]}”不是年份（四位数字，1500 至 2099）。",
        *hints,
    )


_CONVERTERS: dict[str, Callable[[CheckedTable, str, "pd.Series[str]", Column], "pd.Series[Any]"]] = {
    "text": _convert_text,
    "code": _convert_code,
    "number": _convert_number,
    "lon": _convert_number,
    "lat": _convert_number,
    "year": _convert_year,
}
