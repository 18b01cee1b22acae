"""Find the header of a table: the rows above its first row of data, below its titles."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from regions.layouts.cell_words import find_total, has_chinese, is_blank, normalise_cell
from regions.layouts.row_looks import (
    RowLook,
    is_code_row,
    is_english,
    is_numbering,
    is_remark_row,
    is_unit_row,
    look_at,
)
from regions.workbooks.raw_sheet import RawSheet

_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Head:
    """Where a table begins; all are positions of rows.

    Attributes
    ----------
    titles
        Rows above the header: titles, units, remarks.
    header
        Rows of the header; () when there is none.
    body
        First row of the body.
    """

    titles: tuple[int, ...]
    header: tuple[int, ...]
    body: int


@dataclass(frozen=True, slots=True)
class _Row:
    position: int
    kind: str
    cells: list[Any]
    look: RowLook


def find_head(sheet: RawSheet, start: int, end: int) -> Head | None:
    """Find titles, header and body from row ``start`` on; None where no row has two different cells."""
    zone, body = _collect(sheet, start, end)
    named = [row for row in zone if row.kind == "header"]
    if not named:
        return Head(tuple(row.position for row in zone), (), body) if body < end else None
    anchor = _choose_anchor(named, all_text=body == end)
    chosen, body = _extend(zone, anchor, body)
    titles = tuple(row.position for row in zone if row.position < chosen[0])
    return Head(titles, tuple(chosen), body)


def _collect(sheet: RawSheet, start: int, end: int) -> tuple[list[_Row], int]:
    """Return the leading rows that have no data, and the position of the first that has."""
    zone: list[_Row] = []
    for position in range(start, min(end, start + _DEEPEST)):
        cells = sheet.row(position)
        look = look_at(cells)
        if not look.filled:
            continue
        if is_unit_row(cells) or (is_remark_row(cells) and not look.numbers):
            kind = "unit" if is_unit_row(cells) else "remark"
        elif look.is_alone:
            kind = "alone"
        elif is_numbering(cells):
            kind = "numbering"
        elif look.could_be_header and (look.words > 1 or not _is_total_row(cells)):
            kind = "header"
        else:
            return zone, position
        zone.append(_Row(position, kind, cells, look))
    return zone, end


def _is_total_row(cells: Sequence[Any]) -> bool:
    return bool(find_total(next(cell for cell in cells if not is_blank(cell))))


def _choose_anchor(named: list[_Row], *, all_text: bool) -> _Row:
    """Return the row with most usual headers, a Chinese one if there is one.

    Without any, it is the last row above numbers, the first one above texts.
    """
    chinese = [row for row in named if row.look.words and any(map(has_chinese, row.cells))]
    most = max(row.look.words for row in (chinese or named))
    if most:
        return next(row for row in (chinese or named) if row.look.words == most)
    return named[0] if all_text else named[-1]


def _extend(zone: list[_Row], anchor: _Row, body: int) -> tuple[list[int], int]:
    """Add the rows that belong to the header of ``anchor`` above and below it."""
    first = _first_filled(anchor.cells)
    above = [row for row in zone if row.position < anchor.position]
    chosen = [anchor]
    while above and _stands_above(above[-1], chosen[0], first):
        chosen.insert(0, above.pop())
    for row in (row for row in zone if row.position > anchor.position):
        if not _continues(row, anchor, first):
            return [row.position for row in chosen], row.position
        chosen.append(row)
    return [row.position for row in chosen], body


def _first_filled(cells: Sequence[Any]) -> int:
    return next(position for position, cell in enumerate(cells) if not is_blank(cell))


def _stands_above(row: _Row, below: _Row, first: int) -> bool:
    if row.kind != "header":
        return False
    mine, under = row.cells[first], below.cells[first]
    if is_blank(mine) or is_blank(under) or normalise_cell(mine) == normalise_cell(under):
        return True
    same = sum(not is_blank(a) and not is_blank(b) for a, b in zip(row.cells, below.cells, strict=True))
    return same > 1 and (is_code_row(row.cells) or is_english(row.cells)) and any(map(has_chinese, below.cells))


def _continues(row: _Row, anchor: _Row, first: int) -> bool:
    """Tell whether a row goes on with the header above: units, numbers of columns, years below names, English."""
    mine, above = row.cells[first], anchor.cells[first]
    heading = row.kind == "alone" and not is_blank(mine)  # a year above the rows that it is about
    years = row.look.years == row.look.filled and (row.look.filled > 1 or not heading)
    if row.kind in {"unit", "numbering"} or years:
        return True
    if row.kind == "remark" or heading:
        return False
    if is_blank(mine) or normalise_cell(mine) == normalise_cell(above):
        return True
    return is_english(row.cells) and any(map(has_chinese, anchor.cells)) and not row.look.places
