"""Columns of counts as numbers: what is missing, below the unit or no number is told apart and counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from regions.arrays import Booleans, Floats
from regions.errors import Fault
from regions.layouts.block import Block
from regions.layouts.cell_words import is_blank
from regions.layouts.number_cells import read_number_in, tell_own_units
from regions.layouts.year_words import find_year
from regions.messages import say
from regions.tables.checked_table import CheckedTable


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Numbers of a column.

    Attributes
    ----------
    numbers
        (rows,) NaN where there is none.
    blank, missing, small
        (rows,) whether the cell is empty, a word for no value (—), or … (below the unit).
    faults
        ``E-NUMBER`` for cells that are no number, ``W-BOUND`` for bounds taken as their number.
    """

    numbers: Floats
    blank: Booleans
    missing: Booleans
    small: Booleans
    faults: tuple[Fault, ...]


def read_counts(cells: Sequence[Any], where: CheckedTable, column: str, *, unit: str = "") -> Counts:
    """Return a column of counts.

    Parameters
    ----------
    cells
        As the file has them.
    where
        For messages: its file, and the line of each row as index of its frame.
    column
        Header for messages.
    unit
        Of the column: under 万元 the cell 1.2亿 is 12000, and 35 is 35.
    """
    lines = where.frame.index
    read = {cell: read_number_in(unit, cell) for cell in set(cells)}
    numbers = [read[cell] for cell in cells]
    values = np.array([number.value for number in numbers], dtype=float)
    states = np.array([number.state for number in numbers], dtype=object)
    blank = np.array([is_blank(cell) for cell in cells], dtype=bool)
    wrong = pd.Series([str(cell) for cell in cells], index=lines)[states == "text"]
    faults = where.fault_cells(column, wrong, lambda cell: say("E-NUMBER/cell", value=cell[:40]))
    told = tell_own_units(cells, unit)
    faults += [where.fault(told, None, column)] if told else []
    if (states == "bound").any():
        first = int(lines[int(np.argmax(states == "bound"))])
        shown = str(cells[int(np.argmax(states == "bound"))])
        faults.append(
            where.fault(say("W-BOUND/count", count=int((states == "bound").sum()), shown=shown), first, column)
        )
    return Counts(values, blank, (states == "missing") & ~blank, states == "small", tuple(faults))


def read_years(cells: Sequence[Any], where: CheckedTable, column: str) -> tuple["pd.Series[int]", list[Fault]]:
    """Return a column of years or dates as Int64 (blank: missing), and ``E-YEAR`` for what is neither."""
    read = {cell: find_year(cell) for cell in set(cells)}
    years = pd.Series([read[cell] for cell in cells], index=where.frame.index, dtype="Int64")
    wrong = pd.Series([str(cell) for cell in cells], index=where.frame.index)[
        [read[cell] is None and not is_blank(cell) for cell in cells]
    ]
    return years, where.fault_cells(column, wrong, lambda cell: say("E-YEAR/cell", value=cell[:40]))


def find_row_years(block: Block, position: int | None, where: CheckedTable) -> tuple["pd.Series[int]", list[Fault]]:
    """Return the year of each row: of its own column, else of the heading above it, else of the whole table."""
    index = where.frame.index
    whole = pd.Series([block.year] * len(block.lines), index=index, dtype="Int64")
    if block.sections is not None:
        headings = {text: find_year(text) for text in set(block.sections)}
        above = pd.Series([headings[text] for text in block.sections], index=index, dtype="Int64")
        whole = above.fillna(whole)
    if position is None:
        return whole, []
    years, faults = read_years(block.cells[position], where, block.columns[position].shown)
    return years.fillna(whole), faults


def locate(block: Block) -> CheckedTable:
    """Return a table without columns that knows label and lines of a block, to place faults."""
    index = pd.Index(np.asarray(block.lines, dtype=np.int64))
    return CheckedTable(block.label, pd.DataFrame(index=index), {})
