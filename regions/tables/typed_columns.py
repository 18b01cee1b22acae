"""Turn one column of text into codes, texts, numbers or years, naming every cell that is wrong."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from regions.layouts.number_cells import read_number_in, tell_own_units
from regions.messages import NOTHING, Message, say
from regions.schema.cell_values import (
    clean_codes,
    clean_number,
    clean_text,
    explain_missing,
    find_word,
    has_lost_digits,
    list_distinct,
    parse_numbers,
    parse_plain_numbers,
    parse_years,
)
from regions.schema.tables import TableColumn
from regions.tables.checked_table import CheckedTable
from regions.words import Words

_RANGES = {"lon": (-180.0, 180.0), "lat": (-90.0, 90.0)}
_LARGEST = 1e15
_SMALLEST, _SMALLEST_WEIGHT = 1e-100, 1e-15
"""A number between 0 and this is refused: what is divided by it, or by its square, is beyond any computer."""
_MISSING_WORDS = frozenset({"nan", "null", "none", "#n/a", "#"})
_LIKE_METRES = 1_000.0
_DECIMAL_COMMA = re.compile(r"^[+-]?\d+,\d+$|^[+-]?\d{1,3}(\.\d{3})+,\d+$")
_DEGREES = re.compile("[°′″º]|\\d[nsew]$|[东西南北]")
_WITH_WORDS = re.compile(r"^[^\d]{0,3}[+-]?[\d.,]+[^\d]{1,6}$|^[¥$€￥约]\s*[\d.,]+$")
_YEAR_WITHIN = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)(?!\d)")


def convert_column(checked: CheckedTable, name: str, cells: "pd.Series[str]", column: TableColumn) -> "pd.Series[Any]":
    """Return the cells as what ``column`` holds, and add what is wrong with them to the faults of ``checked``.

    Parameters
    ----------
    name
        Canonical name of the column.
    cells
        Index: line in the file.
    """
    return _CONVERTERS[column.kind](checked, name, cells, column)


def _convert_text(checked: CheckedTable, name: str, cells: "pd.Series[str]", column: TableColumn) -> "pd.Series[str]":
    del column
    if name not in {"name", "name_zh"} and name in checked.headers:
        _refuse_line_breaks(checked, name, cells)
    return clean_text(cells)


def _refuse_line_breaks(checked: CheckedTable, name: str, cells: "pd.Series[str]") -> None:
    broken = cells[cells.str.strip().str.contains("\n")]
    checked.faults.extend(checked.fault_cells(name, broken, say("E-QUOTE/line-breaks")))


def _convert_code(checked: CheckedTable, name: str, cells: "pd.Series[str]", column: TableColumn) -> "pd.Series[str]":
    codes = clean_codes(cells)
    _refuse_line_breaks(checked, name, cells)
    words = [code for code in list_distinct(codes) if has_lost_digits(code)]
    lost = codes[codes.isin(words)] if words else codes[:0]
    checked.faults.extend(checked.fault_cells(name, lost, lambda code: say("E-CODESCI", code=code)))
    mended = (codes != cells) & (codes != "")
    invisible = mended & (clean_text(cells) != cells.str.strip())
    floats = mended & cells.str.contains(".", regex=False) & ~codes.str.contains(".", regex=False)
    for key, changed in (("W-INVIS", invisible), ("W-CODEFLOAT/decimals", floats)):
        if changed.any():
            checked.faults.append(checked.fault(say(key, count=int(changed.sum())), None, name))
    if column.required:
        checked.faults.extend(checked.fault_cells(name, codes[codes == ""], say("E-MISSING/cell")))
    return codes


def _convert_number(
    checked: CheckedTable, name: str, cells: "pd.Series[str]", column: TableColumn
) -> "pd.Series[float]":
    plain = parse_plain_numbers(cells)
    numbers = _read_cells(checked, name, cells) if plain is None else plain
    _check_range(checked, name, numbers, column)
    return numbers


def _read_cells(checked: CheckedTable, name: str, cells: "pd.Series[str]") -> "pd.Series[float]":
    """Return the numbers of cells some of which hold more than digits, and what those say."""
    unit = checked.find_unit(name)
    numbers = parse_numbers(cells) if not unit else cells.map(_read_in(unit, list_distinct(cells))).astype(float)
    absent = find_absent(cells)
    if name != "weight":  # such a link is left out, and that is said elsewhere
        _warn_absent(checked, name, absent)
    wrong = numbers.isna() & (clean_text(cells) != "") & (absent == "")
    checked.faults.extend(checked.fault_cells(name, cells[wrong], _describe_number))
    _check_words(checked, name, cells, numbers)
    return numbers


def _read_in(unit: str, cells: list[str]) -> dict[str, float]:
    """Return the number of every cell in the unit of its column: 12000 for 1.2亿 under 万元, 45 for 45% under %."""
    words = {cell: find_word(cell) for cell in cells}
    return {
        cell: read_number_in(unit, cell).value if word and (word != "%" or unit == "%") else clean_number(cell)
        for cell, word in words.items()
    }


def _check_range(checked: CheckedTable, name: str, numbers: "pd.Series[float]", column: TableColumn) -> None:
    low, high = _RANGES.get(column.kind, (-_LARGEST, _LARGEST))
    key = "E-RANGE/outside" if column.kind == "number" else "E-LATRANGE/outside"

    def describe(number: float) -> Message:
        outside = say(key, number=number, low=low, high=high)
        return outside.with_hint(_hint_at_degrees(number, column.kind))

    checked.faults.extend(checked.fault_cells(name, numbers[(numbers < low) | (numbers > high)], describe))
    if column.kind == "number":
        smallest = _SMALLEST_WEIGHT if name == "weight" else _SMALLEST
        tiny = numbers[(numbers != 0) & (numbers.abs() < smallest)]
        describe = partial(_describe_tiny, smallest)
        checked.faults.extend(checked.fault_cells(name, tiny, describe))


def find_absent(cells: "pd.Series[str]") -> "pd.Series[str]":
    """Return for each cell whether it says that there is no number: ``missing``, ``below`` (the unit) or ""."""
    return cells.map({cell: explain_missing(cell) for cell in cells.unique()})


def _warn_absent(checked: CheckedTable, name: str, absent: "pd.Series[str]") -> None:
    """Count the cells that say that there is no number; they hold none."""
    for key, said in (("W-MISSING/cells", "missing"), ("W-BELOWUNIT", "below")):
        lines = absent.index[absent == said]
        if len(lines):
            checked.faults.append(checked.fault(say(key, count=len(lines)), int(lines[0]), name))


def _describe_tiny(smallest: float, number: float) -> Message:
    return say("E-RANGE/tiny", number=number, smallest=smallest)


def _hint_at_degrees(number: float, kind: str) -> Words:
    """Say what coordinates out of range may be: metres, or longitude and latitude exchanged."""
    if kind not in _RANGES:
        return NOTHING
    if abs(number) > _LIKE_METRES:
        return say("hint/metres").words
    return say("hint/swapped").words if kind == "lat" else NOTHING


def _describe_number(cell: str) -> Message:
    return say("E-NUMBER/cell", value=cell[:40]).with_hint(_hint_at_number(cell))


def _hint_at_number(cell: str) -> Words:
    """Say how the number should be written, where that can be seen."""
    plain = clean_text(pd.Series([cell])).iloc[0].casefold()
    if plain in _MISSING_WORDS:
        return say("hint/leave-empty").words
    if _DECIMAL_COMMA.match(plain):
        return say("hint/decimal-point").words
    if _DEGREES.search(plain):
        return say("hint/decimal-degrees").words
    if _WITH_WORDS.match(plain):
        return say("hint/number-alone").words
    return NOTHING


def _check_words(checked: CheckedTable, name: str, cells: "pd.Series[str]", numbers: "pd.Series[float]") -> None:
    """Say how percent signs and words of size were read; refuse percents beside plain numbers.

    ``45%`` is 0.45; a column that also holds a plain 45 leaves open which of the two was meant.
    """
    words = cells.map({cell: find_word(cell) for cell in list_distinct(cells)})
    worded = words[numbers.notna() & (words != "")]
    if worded.empty:
        return
    percent, unit = words == "%", checked.find_unit(name)
    plain = numbers.notna() & ~percent & (numbers != 0)
    if percent.any() and plain.any() and unit != "%":
        checked.faults.append(checked.fault(say("E-NUMBER/percent"), int(numbers.index[plain][0]), name))
        return
    told = tell_own_units(cells, unit)
    if told is not None:
        checked.faults.append(checked.fault(told, None, name))
        return
    shown = ", ".join(dict.fromkeys(worded))
    checked.faults.append(
        checked.fault(
            say("W-UNIT", count=len(worded), words=shown, cell=cells[worded.index[0]], number=numbers[worded.index[0]]),
            None,
            name,
        )
    )


def _convert_year(checked: CheckedTable, name: str, cells: "pd.Series[str]", column: TableColumn) -> "pd.Series[int]":
    years = parse_years(cells)
    empty = clean_text(cells) == ""
    required = column.required or not empty.all()  # a column of years with holes cannot be put in order
    wrong = cells[years.isna() & (~empty | required)]
    checked.faults.extend(checked.fault_cells(name, wrong, _describe_year))
    return years


def _describe_year(cell: str) -> Message:
    found = set(_YEAR_WITHIN.findall(cell))
    hint = say("hint/year-alone", year=next(iter(found))).words if len(found) == 1 else NOTHING
    return say("E-YEAR/cell", value=cell[:40]).with_hint(hint)


_CONVERTERS: dict[str, Callable[[CheckedTable, str, "pd.Series[str]", TableColumn], "pd.Series[Any]"]] = {
    "text": _convert_text,
    "code": _convert_code,
    "number": _convert_number,
    "lon": _convert_number,
    "lat": _convert_number,
    "year": _convert_year,
}
