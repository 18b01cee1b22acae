"""A table that was checked: typed columns, and every fault found while making them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import pandas as pd

from regions.errors import Fault
from regions.layouts.unit_words import split_unit
from regions.messages import Message, say

MOST_LISTED = 1_000
"""Cells of one column that are named one by one for the same kind of fault; the rest are counted."""
_FEW = 200


@dataclass(frozen=True, slots=True, eq=False)
class CheckedTable:
    """A canonical table and what was found while making it.

    Attributes
    ----------
    file
        File name for messages.
    frame
        Typed columns under their canonical names; the index is the line number in the file.
    headers
        Canonical column -> header in the file, for messages about the columns later on.
    faults
        Errors and warnings, in the order of the columns.
    units
        Column -> unit, where another table says it: the dictionary of the indicators.
    placeless
        Of actors: whether those without a place are known and counted already, so that they are no fault.
    """

    file: str
    frame: pd.DataFrame
    headers: dict[str, str]
    faults: list[Fault] = field(default_factory=list)
    placeless: bool = False
    units: Mapping[str, str] = field(default_factory=dict)

    def with_frame(self, frame: pd.DataFrame) -> "CheckedTable":
        """Return the table with other rows or columns; faults go on being gathered in the same list."""
        return replace(self, frame=frame)

    def find_unit(self, column: str) -> str:
        """Return the unit of a column: that of its header, else that which another table says."""
        header = self.headers.get(column, column)
        return split_unit(header)[1] or self.units.get(header, "")

    def fault(self, message: Message, line: int | None, column: str) -> Fault:
        """Make a fault of this table."""
        return Fault.of(self.file, message, row=line, column=self.headers.get(column, column) or None)

    def fault_cells(
        self, column: str, cells: "pd.Series[Any]", describe: Message | Callable[[Any], Message]
    ) -> list[Fault]:
        """Make a fault of every cell, the first 1,000 by line and one that counts the others.

        Parameters
        ----------
        cells
            The wrong cells; index: line, which may repeat (a matrix has many links on a line).
        describe
            What is wrong with each, or cell -> what is wrong with it; all under one code.
        """
        faults = []
        for line, cell in islice(cells.items(), MOST_LISTED):
            message = describe if isinstance(describe, Message) else describe(cell)
            faults.append(self.fault(message, int(str(line)), column))
        return [*faults, *self._list_rest(faults, cells, column, describe)]

    def _list_rest(
        self, faults: list[Fault], cells: "pd.Series[Any]", column: str, describe: Message | Callable[[Any], Message]
    ) -> list[Fault]:
        """Name the first cell of values that the first 1,000 do not have, where these are few, and count the others."""
        rest = cells.iloc[MOST_LISTED:]
        if not len(rest) or isinstance(describe, Message):
            return self._count_rest(faults, rest.index, column)
        new = ~rest.isin(cells.iloc[:MOST_LISTED].unique()) & ~rest.duplicated()
        if new.sum() > _FEW:
            new[:] = False
        named = [self.fault(describe(cell), int(str(line)), column) for line, cell in rest[new].items()]
        return [*named, *self._count_rest(faults, rest.index[~new.to_numpy()], column)]

    def _count_rest(self, faults: list[Fault], lines: "pd.Index[Any]", column: str) -> list[Fault]:
        if not len(lines):
            return []
        rest = self.fault(say("cells/rest", rest=len(lines)), int(str(lines[0])), column)
        return [replace(rest, code=faults[0].code)]
