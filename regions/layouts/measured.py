"""Turn a block into measured columns: for one indicator, which region had which value in which year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from regions.layouts.block import Block
from regions.layouts.cell_words import drop_marks, is_blank, plain
from regions.layouts.number_cells import Number, read_number
from regions.layouts.place_words import is_place
from regions.layouts.title_lines import clean_title
from regions.layouts.unit_words import is_unit, split_unit
from regions.layouts.word_lists import whole
from regions.layouts.year_words import find_year

NO_YEAR = 0
_OF_WHICH = re.compile(
    r"^(?:[#＃]\s*|其中\s*[:：]?\s*|[一二三四五六七八九十]+\s*、\s*|\d+\s*、\s*|[(（][一二三四五六七八九十\d]+[)）]\s*)"
)


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Values of one indicator from one block.

    Attributes
    ----------
    name, unit
        As the block gives them, "" where it does not.
    regions, years, values, lines
        Shape (n,) each: word for the region, year (0: not known), value (NaN: missing), line in the sheet.
    states
        What the cells were: state -> how many.
    bounds, texts
        Cells such as 超20000, and cells that are no numbers: line and text.
    column
        Header of the column as it stands.
    """

    name: str
    unit: str
    regions: npt.NDArray[np.object_]
    years: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]
    lines: npt.NDArray[np.int64]
    states: dict[str, int]
    bounds: tuple[tuple[int, str], ...] = ()
    texts: tuple[tuple[int, str], ...] = ()
    column: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Values:
    values: npt.NDArray[np.float64]
    states: dict[str, int]
    bounds: tuple[tuple[int, str], ...]
    texts: tuple[tuple[int, str], ...]
    unit: str


def measure_block(block: Block) -> list[Measured]:
    """Return the indicators of a block; [] where it has no regions or no numbers."""
    axes = block.axes
    lines = np.asarray(block.lines, dtype=np.int64)
    if axes.across and not axes.regions:
        return _measure_across(block, lines)
    values = [*axes.years_across, *axes.numbers]
    if len(axes.regions) != 1:
        return [] if axes.regions or not block.places or not values else _measure_one_region(block, lines)
    regions = _fill_down(block.texts(axes.regions[0]), has_other=axes.years is not None)
    names, units = _row_names(block)
    return [
        part
        for place in values
        for part in _split_names(_measure(block, place, lines, regions), names, units)
    ]  # fmt: skip


def _measure(block: Block, place: int, lines: npt.NDArray[np.int64], regions: Sequence[str]) -> Measured:
    column = block.columns[place]
    found = _convert(block.cells[place], lines)
    years = _years_of(block, column.year)
    dated = block.axes.years is not None and column.year is not None and column.name != ""
    name = split_unit(column.shown)[0] if dated else column.name
    own = column.unit or found.unit
    return Measured(
        name=name if name and not whole("generic").fullmatch(name) else block.indicator,
        unit=own or ("" if re.search("[、,，;；]", block.unit) else block.unit),
        regions=np.asarray(regions, dtype=object),
        years=years,
        values=found.values,
        lines=lines,
        states=found.states,
        bounds=found.bounds,
        texts=found.texts,
        column=column.shown,
    )


def _convert(cells: list[Any], lines: npt.NDArray[np.int64]) -> _Values:
    """Return the numbers of a column; whole columns of numbers are the rule."""
    if set(map(type, cells)) == {float}:
        values = np.asarray(cells, dtype=float)
        return _Values(values, {"number": len(cells)}, (), (), "")
    known: dict[Any, Number] = {}
    for cell in set(cells):
        known[cell] = read_number(cell)
    read = [known[cell] for cell in cells]
    states: dict[str, int] = {}
    for number in read:
        states[number.state] = states.get(number.state, 0) + 1
    odd = {"bound", "text"} & set(states)
    marked = [
        (int(line), number, cell) for line, number, cell in zip(lines, read, cells, strict=True) if number.state in odd
    ]
    units = {number.unit for number in known.values() if number.unit}
    return _Values(
        np.asarray([number.value for number in read], dtype=float),
        states,
        tuple((line, plain(cell)) for line, number, cell in marked if number.state == "bound"),
        tuple((line, plain(cell)) for line, number, cell in marked if number.state == "text"),
        units.pop() if len(units) == 1 else "",
    )


def _years_of(block: Block, year: int | None) -> npt.NDArray[np.int64]:
    """Return the year of every row: of the column of years, the header, the heading above, the table."""
    rows = len(block.lines)
    if block.axes.years is not None:
        cells = block.cells[block.axes.years]
        known = {cell: find_year(cell) or NO_YEAR for cell in set(cells)}
        return _fill_years(np.asarray([known[cell] for cell in cells], dtype=np.int64))
    if year is None and block.sections:
        found = [find_year(text) for text in block.sections]
        if any(found):
            return np.asarray([each or NO_YEAR for each in found], dtype=np.int64)
    return np.full(rows, year or block.year or NO_YEAR, dtype=np.int64)


def _fill_years(years: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Give rows without a year the one above: it is written once for many rows."""
    if years.all() or not years.any():
        return years
    last = np.maximum.accumulate(np.where(years > 0, np.arange(len(years)), 0))
    return years[last]


def _fill_down(texts: list[str], *, has_other: bool) -> list[str]:
    """Give rows without a region the one above, where years tell the rows apart: it is written once for many rows."""
    if not has_other or all(texts):
        return texts
    filled, last = [], ""
    for text in texts:
        last = text if text.strip() else last
        filled.append(last)
    return filled


def _row_names(block: Block) -> tuple[list[str] | None, list[str] | None]:
    """Return the indicator and the unit that each row names; None where columns are the indicators."""
    named = [place for place in block.axes.texts if _names_indicators(block, place)]
    units = [place for place, column in enumerate(block.columns) if column.name in {"单位", "计量单位", "unit", "Unit"}]
    if not named:
        return _section_names(block), None
    columns = [block.texts(place) for place in named]
    rows = [next((text for text in row if text.strip()), "") for row in zip(*columns, strict=True)]
    rows = _fill_down(rows, has_other=True)
    return rows, block.texts(units[0]) if units and all(
        is_unit(text) for text in set(block.texts(units[0])) if text
    ) else None


def _names_indicators(block: Block, place: int) -> bool:
    """Tell whether a column of texts names indicators: its header says so, or it has none and says the same again."""
    name = block.columns[place].name
    if name:
        return bool(whole("indicator_headers").fullmatch(name))
    texts = [text for text in block.texts(place) if text.strip()]
    return len(texts) * 2 >= len(block.lines) and (len(set(texts)) * 2 <= len(texts) or bool(block.axes.across))


def _section_names(block: Block) -> list[str] | None:
    """Return the headings above the rows where regions stand again below each of them."""
    if not block.sections or not block.axes.regions:
        return None
    headings = [text for text in block.sections if find_year(text) is None and not is_place(text)]
    if len(headings) < len(block.sections):
        return None
    regions = block.texts(block.axes.regions[0])
    return block.sections if len(set(regions)) < len(regions) else None


def _split_names(measured: Measured, names: list[str] | None, units: list[str] | None) -> Iterator[Measured]:
    """Part a column by the indicator that each row names."""
    if names is None:
        yield measured
        return
    rows = np.asarray([plain(name) for name in names], dtype=object)
    for word in dict.fromkeys(rows):
        chosen = np.flatnonzero(rows == word)
        name, unit = read_indicator(word)
        listed = sorted({units[row].strip() for row in chosen} - {""}) if units else []
        own = {int(line) for line in measured.lines[chosen]}
        yield replace(
            measured,
            name=f"{name}_{measured.name}"
            if measured.name and not _says_nothing(measured) and name != measured.name
            else name,
            unit=unit or (listed[0] if len(listed) == 1 else "/".join(listed)) or measured.unit,
            regions=measured.regions[chosen],
            years=measured.years[chosen],
            values=measured.values[chosen],
            lines=measured.lines[chosen],
            bounds=tuple(item for item in measured.bounds if item[0] in own),
            texts=tuple(item for item in measured.texts if item[0] in own),
        )


def _says_nothing(measured: Measured) -> bool:
    return (
        find_year(measured.column) is not None
        or not clean_title(measured.column)[0]
        or measured.name not in measured.column
    )


def read_indicator(word: str) -> tuple[str, str]:
    """Return name and unit of an indicator that a row names: 一般公共预算支出（亿元）i."""
    name, unit = split_unit(drop_marks(_OF_WHICH.sub("", drop_marks(plain(word)))))
    return drop_marks(name), unit


def _measure_across(block: Block, lines: npt.NDArray[np.int64]) -> list[Measured]:
    """Return the indicators of a block with regions across: years or indicators, or both, go down."""
    names, units = _row_names(block)
    found = []
    for place in block.axes.across:
        column = block.columns[place]
        word = next((part for part in reversed(column.parts) if is_place(part)), column.name)
        measured = _measure(block, place, lines, [word] * len(lines))
        other = next((part for part in column.parts if not is_place(part) and find_year(part) is None), "")
        named = replace(measured, name=read_indicator(other)[0] if other else block.indicator)
        found += _split_names(named, names, units)
    return found


def _measure_one_region(block: Block, lines: npt.NDArray[np.int64]) -> list[Measured]:
    """Return the indicators of a table about one region, which its title, sheet or file names."""
    names, units = _row_names(block)
    if names is None and block.axes.years is None and block.axes.texts:
        names = block.texts(block.axes.texts[0])
    if names is None and block.axes.years is None:
        return []
    regions = [block.places[0]] * len(lines)
    values = (*block.axes.years_across, *block.axes.numbers)
    return [part for place in values for part in _split_names(_measure(block, place, lines, regions), names, units)]


def is_nowhere(word: str) -> bool:
    """Tell whether a row names no region at all."""
    return is_blank(word)
