"""Find where regions, years and numbers stand in a table."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from regions.layouts.block import Axes, BlockColumn
from regions.layouts.cell_words import find_total, has_chinese, is_blank
from regions.layouts.number_cells import read_number
from regions.layouts.place_words import names_place
from regions.layouts.word_lists import whole
from regions.layouts.year_words import find_year
from regions.messages import say
from regions.words import Words

_MOST_LOOKED_AT = 400
_MOST_YEARS = 200
_ENOUGH = 0.6


def find_axes(columns: Sequence[BlockColumn], cells: Sequence[list[Any]]) -> Axes:
    """Return where regions, years, numbers and texts stand.

    A column is regions where most of its different cells are; years where all are and its header says so or is missing.
    """
    kinds: dict[int, str] = {}
    ignored: dict[int, Words] = {}
    for position, column in enumerate(columns):
        words = _distinct(cells[position])
        kinds[position] = _kind_of(column, words)
        why = _why_ignored(column, cells[position], words, named=kinds[position] == "regions")
        if why and kinds[position] != "years":
            ignored[position] = why
    across = _find_across(columns)
    if not across and "regions" not in kinds.values():
        coded = _find_coded(cells, ignored)
        kinds |= dict.fromkeys(coded, "regions")
        ignored = {place: why for place, why in ignored.items() if place not in coded}
    years = next((place for place, kind in kinds.items() if kind == "years" and place not in across), None)
    regions = [
        place for place, kind in kinds.items() if kind == "regions" and place not in ignored and place not in across
    ]
    second = _find_second_names(cells, regions)
    ignored |= dict.fromkeys(second, say("column/second-name").words)
    regions = [place for place in regions if place not in second]
    coarser = _find_coarser(columns, regions)
    fixed = {*ignored, *across, years, *regions}
    rest = {place: kind for place, kind in kinds.items() if place not in fixed}
    blank = [place for place, kind in rest.items() if kind == "blank" and not columns[place].year]
    empty = dict.fromkeys(blank, say("column/empty").words)
    return Axes(
        regions=tuple(place for place in regions if place not in coarser),
        coarser=coarser,
        across=across,
        years=years,
        years_across=tuple(place for place in rest if rest[place] in {"numbers", "blank"} and columns[place].year),
        numbers=tuple(place for place in rest if rest[place] in {"numbers", "years"} and not columns[place].year),
        texts=tuple(place for place, kind in rest.items() if kind == "texts"),
        ignored={**ignored, **empty},
    )


def _distinct(cells: list[Any]) -> list[Any]:
    """Return different cells, some hundred of them, blanks left out."""
    found = dict.fromkeys(cells)
    found.pop("", None)
    step = max(len(found) // _MOST_LOOKED_AT, 1)
    return [cell for cell in list(found)[::step] if not is_blank(cell)]


def _kind_of(column: BlockColumn, words: list[Any]) -> str:
    if not words:
        return "blank"
    if _are_years(column, words):
        return "years"
    texts = [cell for cell in words if isinstance(cell, str) and not find_total(cell)]
    if texts and sum(map(names_place, texts)) >= _ENOUGH * len(texts) and len(texts) * 2 > len(words):
        return "regions"
    states = [read_number(cell).state for cell in words]
    if set(states) <= {"missing", "small"}:
        return "blank"
    few = states.count("text") * 2 < len(states) or (column.unit and "text" in states and set(states) != {"text"})
    return "numbers" if few else "texts"


def _are_years(column: BlockColumn, words: list[Any]) -> bool:
    named = column.year is None and (column.name == "" or bool(whole("years").fullmatch(column.name)))
    return (
        named and len(words) <= max(_MOST_YEARS, _MOST_LOOKED_AT) and all(find_year(cell) is not None for cell in words)
    )


def _why_ignored(column: BlockColumn, cells: list[Any], words: list[Any], *, named: bool) -> Words | None:
    """Say why a column is no indicator, None when it may be one; ``named``: its cells are regions (source, target)."""
    reasons = (
        ("running", "column/running"),
        ("codes", "column/codes"),
        ("rank_columns", "column/rank"),
        ("twins", "column/twin"),
        ("remarks", "column/remark"),
    )
    for listed, why in reasons:
        if whole(listed).fullmatch(column.name) and not (named and listed == "remarks"):
            return say(why).words
    if column.before:
        return say("column/year-before").words
    if column.name == "" and column.year is None and _counts_up(cells):
        return say("column/running").words
    dated = column.year is not None or column.unit  # 100000 persons, not the code of the country
    if words and not dated and all(names_place(cell) and not isinstance(cell, str) for cell in words):
        return say("column/codes").words
    return None


def _find_coded(cells: Sequence[list[Any]], ignored: Mapping[int, Words]) -> list[int]:
    """Return the finest column of codes of regions: it stands for their names where there are none."""
    coded = [place for place in ignored if (words := _distinct(cells[place])) and all(map(names_place, words))]
    return [max(coded, key=lambda place: len(set(cells[place])))] if coded else []


def _counts_up(cells: list[Any]) -> bool:
    numbers = [cell for cell in cells if not is_blank(cell)]
    values = [read_number(cell).value for cell in numbers[:1000]]
    return len(values) > 1 and values[0] in {0, 1} and all(b - a == 1 for a, b in itertools.pairwise(values))


def _find_across(columns: Sequence[BlockColumn]) -> tuple[int, ...]:
    """Return the columns whose header is a region, where several are."""
    found = [
        place for place, column in enumerate(columns) if any(map(names_place, column.parts)) or names_place(column.name)
    ]
    return tuple(found) if len(found) > 1 else ()


def _find_coarser(columns: Sequence[BlockColumn], regions: Sequence[int]) -> tuple[int, ...]:
    """Return the columns of provinces that stand beside one of cities."""
    coarse = [
        place
        for place in regions
        if whole("coarse").search(columns[place].name) and not whole("fine").search(columns[place].name)
    ]
    fine = [place for place in regions if whole("fine").search(columns[place].name)]
    return tuple(coarse) if coarse and fine else ()


def _find_second_names(cells: Sequence[list[Any]], regions: Sequence[int]) -> list[int]:
    """Return the columns of English names that stand beside Chinese ones, each with one of its own."""
    chinese = [place for place in regions if any(map(has_chinese, cells[place]))]
    return [
        place
        for place in regions
        if place not in chinese
        and any(len(set(zip(cells[place], cells[other], strict=True))) == len(set(cells[other])) for other in chinese)
    ]
