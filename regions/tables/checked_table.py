"""A table that was checked: typed columns, and every fault found while making them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pandas as pd

from regions.errors import Fault

MOST_LISTED = 1_000
"""Cells of one column that are named one by one for the same kind of fault; the rest are counted."""


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
    """

    file: str
    frame: pd.DataFrame
    headers: dict[str, str]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, code: str, line: int | None, column: str, texts: tuple[str, str], **more: str) -> Fault:
        """Make a fault of this table; ``texts`` is the message in English and in Chinese."""
        header = self.headers.get(column, column) or None
        return Fault(code, self.file, *texts, row=line, column=header, **more)

    def fault_cells(
        self, code: str, column: str, cells: "pd.Series[Any]", describe: Callable[[Any], tuple[str, ...]]
    ) -> list[Fault]:
        """Make a fault of every cell, the first 1,000 by line and one that counts the others.

        Parameters
        ----------
        cells
            The wrong cells; index: line, which may repeat (a matrix has many links on a line).
        describe
            Cell -> message in English and Chinese and, if there is one, hint in English and Chinese.
        """
        faults = []
        for line, cell in islice(cells.items(), MOST_LISTED):
            message, message_zh, *hints = describe(cell)
            more = dict(zip(("hint", "hint_zh"), hints, strict=False))
            faults.append(self.fault(code, int(str(line)), column, (message, message_zh), **more))
        rest = len(cells) - MOST_LISTED
        if rest > 0:
            last = int(str(cells.index[MOST_LISTED]))
            texts = (f"{rest:,} more cell(s) like these, from here on.", f"此行起另有 {rest:,} 个单元格有同样问题。")
            faults.append(self.fault(code, last, column, texts))
        return faults
