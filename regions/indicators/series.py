"""Values of one indicator as one block gives them: which region had which value in which year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from regions.arrays import Floats, Integers, Positions
from regions.layouts.cell_words import normalise_cell
from regions.layouts.number_cells import Number, has_size, read_number, read_number_in

NO_YEAR = 0
"""The year of values that nothing dates."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Values of one indicator from one block.

    Attributes
    ----------
    name, unit
        As the block gives them, "" where it does not.
    named
        Whether a header of the column gave the name, not a title.
    regions, years, amounts, lines
        Shape (n,) each: word for the region, year (0: not known), value (NaN: missing), line in the sheet.
    column
        Header of the column as it stands.
    small
        Shape (n,): cells that say … (below the unit).
    bounds, texts
        Cells such as 超20000, and cells that are no numbers: line -> text.
    strange_units
        Units of rows that cannot be brought to ``unit``.
    sized
        Shape (n,): cells with a word of size or a unit of their own (1.2亿 under 万元) whose amounts are not yet in
        ``unit``, "" elsewhere; None for none.
    """

    name: str
    unit: str
    named: bool
    regions: npt.NDArray[np.object_]
    years: Integers
    amounts: Floats
    lines: Integers
    column: str = ""
    small: int = 0
    bounds: Mapping[int, str] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)
    strange_units: tuple[str, ...] = ()
    sized: npt.NDArray[np.object_] | None = None

    def take(self, rows: Positions) -> "Series":
        """Return some rows, in their order."""
        if len(rows) == len(self.lines):
            return self
        kept = set(map(int, self.lines[rows]))
        return replace(
            self,
            regions=self.regions[rows],
            years=self.years[rows],
            amounts=self.amounts[rows],
            sized=None if self.sized is None else self.sized[rows],
            lines=self.lines[rows],
            bounds={line: text for line, text in self.bounds.items() if line in kept},
            texts={line: text for line, text in self.texts.items() if line in kept},
        )

    def in_unit(self) -> "Series":
        """Return the series with every amount in its unit."""
        return self if self.sized is None else self.in_units([self.unit] * len(self.lines))

    def in_units(self, units: Sequence[str]) -> "Series":
        """Return the series with the amount of every row in the unit of the row."""
        if self.sized is None:
            return self
        cells = zip(self.sized, self.amounts, units, strict=True)
        amounts = [read_number_in(unit, cell).value if cell else amount for cell, amount, unit in cells]
        return replace(self, amounts=np.asarray(amounts, dtype=float), sized=None)


@dataclass(frozen=True, slots=True, eq=False)
class Converted:
    """The numbers of a column, see `Series`."""

    amounts: Floats
    sized: npt.NDArray[np.object_] | None = None
    unit: str = ""
    small: int = 0
    bounds: Mapping[int, str] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)


def convert_cells(cells: list[Any], lines: Sequence[int]) -> Converted:
    """Return the numbers of a column; every different cell is looked at once."""
    if set(map(type, cells)) == {float}:  # whole columns of numbers are the rule
        return Converted(np.asarray(cells, dtype=float))
    known: dict[Any, Number] = {cell: read_number(cell) for cell in set(cells)}
    amounts = np.asarray([known[cell].value for cell in cells], dtype=float)
    odd = {cell: number.state for cell, number in known.items() if number.state not in {"number", "missing"}}
    marked = [(int(line), cell) for line, cell in zip(lines, cells, strict=True) if cell in odd] if odd else []
    units = {number.unit for number in known.values() if number.unit}
    sized = {cell for cell, number in known.items() if isinstance(cell, str) and (number.unit or has_size(cell))}
    return Converted(
        amounts,
        np.asarray([cell if cell in sized else "" for cell in cells], dtype=object) if sized else None,
        units.pop() if len(units) == 1 else "",
        sum(odd[cell] == "small" for _, cell in marked),
        {line: normalise_cell(cell) for line, cell in marked if odd[cell] == "bound"},
        {line: normalise_cell(cell) for line, cell in marked if odd[cell] == "text"},
    )
