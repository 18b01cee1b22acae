"""One sheet as it stands in a file, of whatever kind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Area = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class RawSheet:
    """The filled part of a sheet, of whatever container.

    Attributes
    ----------
    file, sheet, label
        Names; the sheet is "" where the file has one nameless table.
    columns
        Cells, "" where empty; all columns of one length.
    lines
        Line of each row in the file.
    left
        Number of the first column.
    merged
        First and last cell of merged areas, as (line, column).
    above
        Lines of text that the container keeps outside the table (HTML).
    errors
        (line, column) -> Excel error value.
    formulas
        Cells with formulas that were never computed.
    """

    file: str
    sheet: str
    label: str
    columns: list[list[Any]]
    lines: Sequence[int]
    left: int = 1
    merged: tuple[Area, ...] = ()
    above: tuple[str, ...] = ()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formulas: frozenset[tuple[int, int]] = frozenset()

    def row(self, position: int) -> list[Any]:
        """Return the cells of one row."""
        return [column[position] for column in self.columns]


def find_filled(columns: Iterable[list[Any]]) -> list[list[bool]]:
    """Return for every cell whether anything stands in it."""
    return [[not (cell == "" or (cell.__class__ is str and cell.isspace())) for cell in cells] for cells in columns]
