"""Compare the rows of totals with the sums of the regions: a check that the table itself brings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

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
    """A total that differs from the sum of the regions.

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
    """Return how many totals agree with the sum of the regions, and those that do not.

    Columns that do not add up (%, per head, growth) are not compared; of a table with a column of years each total is
    compared with the rows of its own year.
    """
    rows = [row for row in block.left_out if row.kind == "total" and whole("sums").fullmatch(row.text)]
    axes = block.axes
    if not rows or len(axes.regions) != 1 or axes.across:
        return 0, []
    agreed, differing = 0, []
    for place in [place for place in (*axes.years_across, *axes.numbers) if _adds_up(block, place)]:
        unit = block.columns[place].unit or block.unit
        amounts = np.asarray([read_number_in(unit, cell).value for cell in block.cells[place]], dtype=float)
        for row in rows:
            total = read_number_in(unit, row.cells.get(block.columns[place].place, "")).value
            chosen = amounts[_same_year(block, row)]
            if np.isnan(total) or np.isnan(chosen).all():
                continue
            summed = float(np.nansum(chosen))
            if abs(total - summed) <= _CLOSE * max(abs(total), abs(summed)):
                agreed += 1
            else:
                differing.append(TotalCheck(row.line, row.text, block.columns[place].shown, total, summed))
    return agreed, differing


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
