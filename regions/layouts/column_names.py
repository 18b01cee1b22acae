"""Make one name for each column out of the rows of a header."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from regions.layouts.block import BlockColumn
from regions.layouts.cell_words import drop_english, drop_marks, drop_of_which, has_chinese, is_blank, normalise_cell
from regions.layouts.cut_blocks import Piece
from regions.layouts.row_looks import is_code_row, is_english, is_numbering, is_unit_row
from regions.layouts.unit_words import find_unit_line, is_unit, split_unit, strip_unit_label
from regions.layouts.year_words import find_period, find_year, split_relative_year, split_year

_BRACKETED = re.compile(r"[(\[（【].*[)\]）】]")


@dataclass(frozen=True, slots=True)
class _Label:
    """What one cell of a header says."""

    name: str = ""
    unit: str = ""
    year: int | None = None
    period: str = ""
    grouped: bool = False


def name_columns(piece: Piece) -> tuple[tuple[BlockColumn, ...], str]:
    """Return the columns of a table, and the unit of the whole table where a row of the header says it."""
    rows = [[piece.sheet.columns[place][row] for place in piece.columns] for row in piece.head.header]
    labels, units, codes, whole = _sort_header(rows)
    if not _merges_across(piece):
        _spread_groups(labels)
    described = [_describe(labels, position) for position in range(len(piece.columns))]
    columns = []
    for position, place in enumerate(piece.columns):
        parts, found = described[position]
        unit = strip_unit_label(units[position]).strip("()[]") if units else ""
        unit = next((label.unit for label in reversed(found) if label.unit), "") or unit
        year = next((label.year for label in found if label.year is not None), None)
        period = next((label.period for label in found if label.period), "")
        code = normalise_cell(codes[position]) if codes else ""
        name = _join(found) or ("" if year or period else code)
        columns.append(
            BlockColumn(piece.sheet.left + place, name, parts, " ".join(dict.fromkeys(parts)), unit, year, code, period)
        )
    return tuple(columns), whole


def date_columns(columns: Sequence[BlockColumn], year: int | None) -> tuple[BlockColumn, ...]:
    """Give columns 本年 and 上年 their years, by that of the table, and take those words out of their names.

    A column that only says 上年同期 belongs to the column before it. Where nothing names the year, columns of the year
    before are marked (``before``): whoever counts them beside those of this year would count two years as one.
    """
    said = [
        split_relative_year(column.name) if column.year is None and not column.period else None for column in columns
    ]
    found: list[BlockColumn] = []
    for column, relative in zip(columns, said, strict=True):
        if relative is None or (relative[0] and -1 not in {other[1] for other in said if other}):
            found.append(column)
            continue
        name, distance = relative
        if year is None:
            found.append(replace(column, before=distance < 0))
            continue
        if distance and not name and found and found[-1].name and not any(r and not r[0] and not r[1] for r in said):
            name = found[-1].name
            found[-1] = replace(found[-1], year=year)
        found.append(replace(column, name=name, year=year + distance))
    return tuple(found)


def _sort_header(rows: list[list[Any]]) -> tuple[list[list[Any]], list[str], list[Any], str]:
    """Part the rows of a header into labels, units of columns, codes, and the unit of the whole table."""
    chinese = any(has_chinese(cell) for row in rows for cell in row)
    labels: list[list[Any]] = []
    units: list[str] = []
    codes: list[Any] = []
    whole = ""
    for row in rows:
        lines = [find_unit_line(normalise_cell(cell)) for cell in row if not is_blank(cell)]
        if is_unit_row(row):
            whole = next(filter(None, lines), whole)
            units = units if any(lines) else [normalise_cell(cell) for cell in row]
        elif is_numbering(row):
            continue
        elif chinese and is_code_row(row) and sum(not is_blank(cell) for cell in row) > 1:
            codes = row
        elif not (chinese and is_english(row) and not any(find_year(cell) for cell in row)):
            labels.append(list(row))
    return labels or [[""] * len(rows[0])] if rows else [], units, codes, whole


def _merges_across(piece: Piece) -> bool:
    """Tell whether cells of the header are merged sideways: then a blank is no part of the label to its left."""
    lines = {piece.sheet.lines[row] for row in piece.head.header}
    return any(top in lines and right > left for (top, left), (_, right) in piece.sheet.merged)


def _spread_groups(labels: list[list[Any]]) -> None:
    """Write a label over the blanks to its right where it heads several columns, in place."""
    for above, below in itertools.pairwise(labels):
        for place in range(1, len(above)):
            heads = not is_blank(above[place - 1]) and not is_blank(below[place - 1])
            if is_blank(above[place]) and not is_blank(below[place]) and heads and place > 1:
                above[place] = above[place - 1]


def _describe(labels: list[list[Any]], position: int) -> tuple[tuple[str, ...], list[_Label]]:
    parts: list[str] = []
    found: list[_Label] = []
    for number, row in enumerate(labels):
        text = normalise_cell(row[position])
        if not text or (parts and text == parts[-1]):
            continue
        parts.append(text)
        last = number == len(labels) - 1
        grouped = not last and _spans(row, position)
        found.append(_read_label(row[position], grouped=grouped))
    return tuple(parts), found


def _spans(row: Sequence[Any], position: int) -> bool:
    text = normalise_cell(row[position])
    beside = [row[place] for place in (position - 1, position + 1) if 0 <= place < len(row)]
    return any(normalise_cell(cell) == text for cell in beside)


def _read_label(cell: Any, *, grouped: bool) -> _Label:  # noqa: ANN401 - whatever stands in a cell
    year = find_year(cell)
    text = normalise_cell(cell)
    if year is not None:
        return _Label(year=year, period="" if text.replace(".0", "").isdecimal() else _whole_period(text, year))
    if _BRACKETED.fullmatch(text) and is_unit(text):
        return _Label(unit=text.strip("()[]"))
    name, unit = split_unit(drop_marks(drop_of_which(drop_marks(text))))
    name, year = split_year(drop_english(name))
    if not unit:
        name, unit = split_unit(name)
    period = _whole_period(name, None) if year or not unit else ""
    return _Label("" if period else drop_marks(name), unit, year, period, grouped)


def _whole_period(text: str, year: int | None) -> str:
    """Return the part of a year that a header is; one within a longer name (1-12月投资) is part of the name."""
    bare = text.replace(str(year), "", 1).strip(" 年-_/.") if year else text.strip(" 年-_/.")
    period = find_period(bare)
    return period if period and period == bare else ""


def _join(labels: Iterable[_Label]) -> str:
    """Join the names above each other: a group and its part by ``_``, a word broken over two rows without."""
    name, grouped = "", False
    for label in labels:
        if label.name and name and grouped:
            name = f"{name}_{label.name}"
        elif label.name and name:
            name = (
                f"{name}{label.name}" if has_chinese(name[-1]) or has_chinese(label.name[0]) else f"{name} {label.name}"
            )
        elif label.name:
            name = label.name
        grouped = label.grouped if label.name else grouped
    return name
