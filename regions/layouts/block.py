"""What a sheet is cut into: blocks, each one table with its header understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from regions.errors import Fault
from regions.words import Words
from regions.workbooks.worksheet import column_text

Kind = Literal["title", "unit", "header", "total", "subtotal", "note", "blank", "section", "rank", "data"]
YearFrom = Literal["", "title", "sheet", "file"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row of the sheet that is no row of the table.

    Attributes
    ----------
    kind
        Why: ``total`` (全国, 合计), ``subtotal`` (小计, 东部地区), ``note``, ``section`` (a heading) ...
    line
        Its line in the sheet.
    text
        What stands first in it.
    cells
        Number of a column in the sheet -> cell, for totals, which serve as a check.
    """

    kind: Kind
    line: int
    text: str
    cells: Mapping[int, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BlockColumn:
    """One column of a block.

    Attributes
    ----------
    place
        Number of the column in the sheet, from 1.
    name
        Its name, joined from the header rows, without unit, year and marks of footnotes; "" where it has none.
    parts
        What each header row says, from above.
    shown
        The header as it stands.
    unit, year, code
        Unit (``件``), year, and code (``x1``) that the header gives; "" and None where it gives none.
    period
        A part of a year (``2023年第一季度``) that the header names; "" for whole years.
    before
        Whether it is of the year before (上年同期) one that nothing names.
    """

    place: int
    name: str
    parts: tuple[str, ...] = ()
    shown: str = ""
    unit: str = ""
    year: int | None = None
    code: str = ""
    period: str = ""
    before: bool = False


@dataclass(frozen=True, slots=True)
class Axes:
    """Where regions, years and numbers stand in a block; all are positions of columns.

    Attributes
    ----------
    regions
        Columns whose cells are regions, of the finest level.
    coarser
        Columns of regions around those (省份 beside 城市).
    across
        Columns whose header is a region.
    years
        The column of years, None when there is none.
    years_across
        Columns with a year in the header.
    numbers, texts
        Other columns, of numbers and of text.
    ignored
        Running numbers, codes, ranks, interpolated twins -> why.
    """

    regions: tuple[int, ...] = ()
    coarser: tuple[int, ...] = ()
    across: tuple[int, ...] = ()
    years: int | None = None
    years_across: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()
    texts: tuple[int, ...] = ()
    ignored: Mapping[int, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One table of one sheet; see `regions.layouts` for how it is found.

    Attributes
    ----------
    file, sheet
        Names; the sheet is "" for text files.
    titles
        Lines above the header as they stand.
    indicator, unit, year, year_from
        What titles, name of sheet and name of file (in this order) say about the whole table; "" and None if nothing.
    places
        Regions that title, sheet or file name (地区：深圳), the nearest first.
    columns, cells, lines
        Columns, the cells of the body, one list a column, and the line of each row.
    header_lines
        Lines of the header; () where no header was found.
    left_out
        Rows that are no rows of the table.
    sections
        Text of the heading above each row of the body; None when there are no such headings.
    axes
        Where regions, years and numbers stand.
    """

    file: str
    sheet: str
    label: str
    titles: tuple[str, ...]
    columns: tuple[BlockColumn, ...]
    cells: tuple[list[Any], ...]
    lines: Sequence[int]
    header_lines: tuple[int, ...]
    left_out: tuple[LeftOut, ...] = ()
    sections: list[str] | None = None
    indicator: str = ""
    unit: str = ""
    year: int | None = None
    year_from: YearFrom = ""
    places: tuple[str, ...] = ()
    axes: Axes = field(default_factory=Axes)

    def texts(self, position: int) -> list[str]:
        """Return a column as text: whole numbers as Excel shows them, dates as ``2020-01-31``."""
        return column_text(self.cells[position])


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A sheet, or a block of one, that holds no table.

    Attributes
    ----------
    label
        File and sheet for messages.
    rows
        Filled rows in it.
    why
        The reason.
    texts
        The cells of the first rows, for what they may say about units.
    """

    label: str
    rows: int
    why: Words
    texts: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """All blocks of a file or of the files of a folder.

    Attributes
    ----------
    path
        The file or folder.
    files
        The files that were read.
    blocks
        Their tables.
    passed_over
        Sheets and blocks that are no tables.
    faults
        Warnings: hidden sheets and rows, encodings, filled merges.
    """

    path: Path
    files: tuple[Path, ...]
    blocks: tuple[Block, ...]
    passed_over: tuple[PassedOver, ...] = ()
    faults: tuple[Fault, ...] = ()
