"""Compare totals with the sums of rows, in a matrix of columns too: a check that the table itself brings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from regions.arrays import Floats
from regions.layouts.block import Block, LeftOut
from regions.layouts.number_cells import read_number_in
from regions.layouts.word_lists import whole
from regions.layouts.year_words import find_year

_CLOSE = 1e-3
"""Relative difference up to which a total agrees: cells are rounded."""
_NO_SUM = re.compile(
    "率|比重|占比|人均|平均|增速|增长|指数|密度|强度|比$|程度|水平|系数|rate|ratio|share|index|per |growth",
    re.IGNORECASE,
)
_SHARES = frozenset({"%", "‰", "百分点", "倍"})


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """A total beside the sum that it should be.

    Attributes
    ----------
    line, word, column
        Where it stands.
    total, summed
        What it says, and the sum.
    """

    line: int
    word: str
    column: str
    total: float
    summed: float


def check_totals(block: Block) -> tuple[int, list[TotalCheck]]:
    """Return how many totals agree with the sum of the rows, and those that do not.

    Columns that do not add up (%, per head, growth) are not compared; of a table with a column of years each total is
    compared with the rows of its own year. Of a matrix the totals at its right side are compared too; where one half of
    it is blank, a total may be that of both halves.
    """
    rows = [row for row in block.left_out if row.kind == "total" and whole("sums").fullmatch(row.text)]
    axes = block.axes
    if not axes.regions:
        return 0, []
    pairs = list(_pair_across(block)) if axes.across else []
    for place in [place for place in (*axes.years_across, *axes.numbers, *axes.across) if _adds_up(block, place)]:
        unit = block.columns[place].unit or block.unit
        amounts = _read_column(block, place)
        for row in rows:
            total = read_number_in(unit, row.cells.get(block.columns[place].place, "")).value
            chosen = amounts[_same_year(block, row)]
            if np.isnan(total) or np.isnan(chosen).all():
                continue
            shown = block.columns[place].shown
            pairs.append(
                (TotalCheck(row.line, row.text, shown, total, float(np.nansum(chosen))), _sum_row(block, place))
            )
    wrong = [check for check, other in pairs if not any(map(partial(_agrees, check.total), _sums(check.summed, other)))]
    return len(pairs) - len(wrong), wrong


def _agrees(total: float, summed: float) -> bool:
    return abs(total - summed) <= _CLOSE * max(abs(total), abs(summed))


def _sums(summed: float, other: float) -> tuple[float, ...]:
    return (summed, summed + other) if other else (summed,)


def _read_column(block: Block, place: int) -> Floats:
    unit = block.columns[place].unit or block.unit
    return np.asarray([read_number_in(unit, cell).value for cell in block.cells[place]], dtype=float)


def _sum_row(block: Block, place: int) -> float:
    """Return the sum of the row of the region that heads a column of a matrix, 0 where there is none."""
    if place not in block.axes.across:
        return 0.0
    names = block.texts(block.axes.regions[0])
    row = next((row for row, name in enumerate(names) if name.strip() == block.columns[place].shown), None)
    cells = [] if row is None else [block.cells[other][row] for other in block.axes.across if other != place]
    return float(np.nansum([read_number_in(block.unit, cell).value for cell in cells]))


def _pair_across(block: Block) -> Iterator[tuple[TotalCheck, float]]:
    """Yield totals at the right side of a matrix with the sum of their row, and the sum of the column of its region."""
    body = np.array([_read_column(block, place) for place in block.axes.across])
    heads = [block.columns[place].shown for place in block.axes.across]
    names = block.texts(block.axes.regions[0])
    for place in block.axes.numbers:
        if not whole("sums").fullmatch(block.columns[place].name):
            continue
        for row, total in enumerate(_read_column(block, place)):
            if not np.isnan(total) and not np.isnan(body[:, row]).all():
                name = names[row].strip()
                column = heads.index(name) if name in heads else None
                other = 0.0 if column is None else float(np.nansum(np.delete(body[column], row)))
                summed = float(np.nansum(body[:, row]))
                yield TotalCheck(block.lines[row], name, block.columns[place].shown, float(total), summed), other


def _adds_up(block: Block, place: int) -> bool:
    column = block.columns[place]
    unit = column.unit or block.unit
    name = column.name or block.indicator
    return unit not in _SHARES and "/" not in unit and not _NO_SUM.search(name)


def _same_year(block: Block, row: LeftOut) -> Sequence[bool] | slice:
    """Return which rows of the body are of the year of a row of totals."""
    if block.axes.years is None:
        return slice(None)
    year = find_year(row.cells.get(block.columns[block.axes.years].place, ""))
    return [find_year(cell) == year for cell in block.cells[block.axes.years]]
