"""Turn a block into series: for one indicator, which region had which value in which year."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from regions.arrays import Integers
from regions.indicators.row_names import (
    fill_down,
    find_categories,
    find_row_names,
    read_indicator,
    split_by_categories,
    split_by_names,
)
from regions.indicators.series import NO_YEAR, Series, convert_cells
from regions.layouts.block import Block
from regions.layouts.place_words import is_place
from regions.layouts.unit_words import conversion, split_unit
from regions.layouts.word_lists import whole
from regions.layouts.year_words import find_year


def measure_block(block: Block) -> list[Series]:
    """Return the series of a block; [] where it has no regions or no numbers.

    Regions go down in a column, or across in the header, or one region is named by title, sheet or file; years stand in
    a column, in the header, in headings between the rows, or are one for the whole table.
    """
    axes = block.axes
    if axes.across and not axes.regions:
        return _measure_across(block)
    if len(axes.regions) == 1 and not axes.across:
        return _measure_down(block)
    return _measure_one_region(block) if not axes.regions and block.places else []


def _measure_down(block: Block) -> list[Series]:
    words = block.texts(block.axes.regions[0])
    names, units = find_row_names(block)
    regions = fill_down(words) if block.axes.years is not None or names is not None else words
    values = [place for place in (*block.axes.years_across, *block.axes.numbers) if not block.columns[place].period]
    rows = _Rows(block, regions)
    found = [_measure(rows, place) for place in values]
    categories = find_categories(block, regions, found[0].years.tolist()) if found and names is None else None
    if categories is not None:
        return [part for series in found for part in split_by_categories(series, categories)]
    return [part for series in found for part in split_by_names(series, names, units)]


def _measure_across(block: Block) -> list[Series]:
    """Measure a block with regions across: years or indicators, or both, go down."""
    names, units = find_row_names(block)
    found: list[Series] = []
    rows = _Rows(block, [""] * len(block.lines))
    for place in block.axes.across:
        column = block.columns[place]
        word = next((part for part in reversed(column.parts) if is_place(part)), column.name)
        other = next((part for part in column.parts if not is_place(part) and find_year(part) is None), "")
        name = read_indicator(other)[0]
        regions = np.full(len(block.lines), word, dtype=object)
        series = replace(_measure(rows, place), regions=regions, name=name or block.indicator, named=bool(name))
        found += split_by_names(series, names, units)
    return found


def _measure_one_region(block: Block) -> list[Series]:
    """Measure a table about one region, which its title, sheet or file names: indicators down or years down."""
    names, units = find_row_names(block)
    if names is None and block.axes.years is None:
        if not block.axes.texts:
            return []
        names = block.texts(block.axes.texts[0])
    rows = _Rows(block, [block.places[0]] * len(block.lines))
    values = [place for place in (*block.axes.years_across, *block.axes.numbers) if not block.columns[place].period]
    return [part for place in values for part in split_by_names(_measure(rows, place), names, units)]


class _Rows:
    """What all columns of a block share: regions, lines, and the years of rows by the year of the header."""

    def __init__(self, block: Block, regions: Sequence[str]) -> None:
        self.block = block
        self.regions = np.asarray(regions, dtype=object)
        self.lines = np.asarray(block.lines, dtype=np.int64)
        self._years: dict[int | None, Integers] = {}

    def years(self, year: int | None) -> Integers:
        """Return the year of every row."""
        key = None if self.block.axes.years is not None else year
        if key not in self._years:
            self._years[key] = _find_years(self.block, year)
        return self._years[key]


def _measure(rows: _Rows, place: int) -> Series:
    block = rows.block
    column = block.columns[place]
    found = convert_cells(block.cells[place], block.lines)
    dated = block.axes.years is not None and column.year is not None
    own = split_unit(column.shown)[0] if dated else column.name  # a year in the name of a column beside one of years
    named = bool(own) and not whole("generic").fullmatch(own)
    mixed = re.search("[、,，;；]", block.unit)
    return Series(
        name=own if named else block.indicator,
        unit=_choose_unit(column.unit, found.unit, "" if mixed else block.unit),
        named=named,
        regions=rows.regions,
        years=rows.years(column.year),
        amounts=found.amounts,
        lines=rows.lines,
        column=column.shown,
        small=found.small,
        bounds=found.bounds,
        texts=found.texts,
        sized=found.sized,
    )


def _choose_unit(header: str, cell: str, table: str) -> str:
    """Return the unit that a header, else the cells, else the table tell; 元 in a cell under 万元 is no new one."""
    of_table = bool(cell and table) and conversion(cell, table) is not None
    return header or (table if of_table else cell or table)


def _find_years(block: Block, year: int | None) -> Integers:
    """Return the year of every row: of the column of years, the header, the heading above, the table."""
    if block.axes.years is not None:
        cells = block.cells[block.axes.years]
        known = {cell: find_year(cell) or NO_YEAR for cell in set(cells)}
        return _fill_years(np.asarray([known[cell] for cell in cells], dtype=np.int64))
    if year is None and block.sections:
        found = [find_year(text) for text in block.sections]
        if any(found):
            return np.asarray([each or NO_YEAR for each in found], dtype=np.int64)
    return np.full(len(block.lines), year or block.year or NO_YEAR, dtype=np.int64)


def _fill_years(years: Integers) -> Integers:
    """Give rows without a year the one above: it is written once for many rows."""
    if years.all() or not years.any():
        return years
    last = np.maximum.accumulate(np.where(years > 0, np.arange(len(years)), 0))
    filled: Integers = years[last]
    return filled
