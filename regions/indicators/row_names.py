"""Rows that name the indicator: a column 指标, a merged first column, headings between the rows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from regions.indicators.series import Series
from regions.layouts.block import Block
from regions.layouts.cell_words import drop_english, drop_marks, drop_of_which, normalise_cell
from regions.layouts.place_words import is_place
from regions.layouts.unit_words import conversion, is_unit, split_unit
from regions.layouts.word_lists import whole
from regions.layouts.year_words import find_year

_FEW, _MOST_CATEGORIES = 2, 50


def find_row_names(block: Block) -> tuple[list[str] | None, list[str] | None]:
    """Return the indicator and the unit that each row names; None where columns are the indicators."""
    named = [place for place in block.axes.texts if _names_indicators(block, place)]
    rows = _section_names(block)
    if named:
        columns = [block.texts(place) for place in named]
        rows = fill_down([next((text for text in row if text.strip()), "") for row in zip(*columns, strict=True)])
    return rows, _find_units(block)


def _find_units(block: Block) -> list[str] | None:
    """Return the column 单位 where its cells are units of measure, not names of organisations."""
    for place, column in enumerate(block.columns):
        if whole("unit_headers").fullmatch(column.name):
            units = [normalise_cell(text) for text in block.texts(place)]
            if any(units) and all(is_unit(unit) for unit in set(units) if unit):
                return units
    return None


def find_categories(block: Block, regions: Sequence[str], years: Sequence[int]) -> list[str] | None:
    """Return the words of the column of texts that tells apart rows of one region and year; None for none.

    Such a column, of kinds of industry say, splits every indicator into one for each of its words.
    """
    if len(set(zip(regions, years, strict=True))) == len(block.lines):
        return None
    for place in block.axes.texts:
        words = [normalise_cell(text) for text in block.texts(place)]
        apart = len(set(zip(regions, years, words, strict=True))) == len(block.lines)
        if apart and all(words) and len(set(words)) <= _MOST_CATEGORIES:
            return words
    return None


def split_by_categories(series: Series, words: Sequence[str]) -> Iterator[Series]:
    """Part a column by the category of each row."""
    rows = np.asarray(words, dtype=object)
    for word in dict.fromkeys(words):
        yield replace(series.take(np.flatnonzero(rows == word)), name=f"{series.name}_{word}" if series.name else word)


def fill_down(texts: list[str]) -> list[str]:
    """Give rows without a text the one above: it is written once for many rows."""
    if all(texts):
        return texts
    filled, last = [], ""
    for text in texts:
        last = text if text.strip() else last
        filled.append(last)
    return filled


def _names_indicators(block: Block, place: int) -> bool:
    """Tell whether a column of texts names indicators: its header says so, or it has none and repeats itself."""
    name = block.columns[place].name
    if name:
        return bool(whole("indicator_headers").fullmatch(name))
    texts = [text for text in block.texts(place) if text.strip()]
    repeats = len(set(texts)) * _FEW <= len(texts) or bool(block.axes.across)
    return len(texts) * _FEW >= len(block.lines) and repeats


def _section_names(block: Block) -> list[str] | None:
    """Return the headings above the rows where regions stand again below each of them."""
    if not block.sections or not block.axes.regions or not all(block.sections):
        return None
    if any(find_year(text) is not None or is_place(text) for text in set(block.sections)):
        return None
    regions = block.texts(block.axes.regions[0])
    return block.sections if len(set(regions)) < len(regions) else None


def read_indicator(word: Any) -> tuple[str, str]:  # noqa: ANN401 - whatever stands in a cell
    """Return name and unit of an indicator that a row names.

    Examples
    --------
    >>> read_indicator("一般公共预算支出（亿元）i"), read_indicator("  #研究人员")
    (('一般公共预算支出', '亿元'), ('研究人员', ''))
    """
    name, unit = split_unit(drop_marks(drop_english(drop_of_which(drop_marks(normalise_cell(word))))))
    return drop_marks(name), unit


def split_by_names(series: Series, names: list[str] | None, units: list[str] | None) -> Iterator[Series]:
    """Part a column by the indicator that each row names."""
    if names is None:
        yield series if units is None else _convert_rows(series, units)
        return
    rows = np.asarray([normalise_cell(name) for name in names], dtype=object)
    for word in dict.fromkeys(rows):
        chosen = np.flatnonzero(rows == word)
        name, unit = read_indicator(word)
        part = replace(
            series.take(chosen), name=f"{name}_{series.name}" if series.named and name else name or series.name
        )
        if units is None:
            yield replace(part, unit=unit or series.unit)
        else:
            yield _convert_rows(replace(part, unit=unit), [units[row].strip() for row in chosen])


def _convert_rows(series: Series, units: list[str]) -> Series:
    """Bring rows of one indicator to one unit; units of another kind are kept for a fault."""
    listed = list(dict.fromkeys(unit for unit in units if unit))
    wanted = listed[0] if listed else series.unit
    factors = {unit: conversion(unit, wanted) for unit in listed}
    strange = tuple(unit for unit, factor in factors.items() if factor is None)
    scale = np.asarray([factors.get(unit) or 1.0 for unit in units])
    settled = series.in_units([unit or wanted for unit in units])
    return replace(settled, unit=wanted, amounts=settled.amounts * scale, strange_units=strange)
