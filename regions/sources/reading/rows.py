"""Read tables row by row, with line numbers: delimited text of any size, or the sheets of a workbook."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import TextIO

import pandas as pd

from regions.errors import Fault, StudyError
from regions.files.delimited_text import LONGEST_CELL, find_delimiter, split_line, split_rows
from regions.files.text_table import TextTable
from regions.messages import NOTHING, say
from regions.schema.cell_values import clean_text
from regions.schema.suggest import suggest
from regions.sources.reading.sheets import is_excel, read_sheets
from regions.sources.reading.source_file import Source
from regions.sources.reading.streams import open_stream

_TABLES = {".csv", ".txt", ".tsv", ".gz", ".xlsx", ".xls"}
_UNIT = re.compile(r"\s*[(（\[【][^()（）]*[)）\]】]$")


@dataclass(frozen=True, slots=True)
class RowLayout:
    """The columns that an adapter wants from a table.

    Attributes
    ----------
    columns
        Name -> headers that mean it, in lower case; the first that the file has is taken.
    required
        Names that must be there; of ``a|b`` one must be.
    quoted
        Whether quotes enclose cells parted by tabs; False for exports that never quote.
    watched
        Names of which every further column that means them is counted.
    """

    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    quoted: bool = True
    watched: tuple[str, ...] = ()


def read_header(path: Path) -> list[str]:
    """Return the first row of a table, of the first sheet in a workbook, in lower case."""
    if is_excel(path):
        return [str(cell).strip().lower() for cell in read_sheets(path)[0].frame.columns]
    with open_stream(path) as text:
        line = text.readline(LONGEST_CELL)
    return [cell.strip().lower() for cell in split_line(line, find_delimiter(line))]


def sort_inputs(
    inputs: Sequence[Path], marks: Sequence[tuple[frozenset[str], str]], what: str
) -> dict[str, list[Path]]:
    """Tell files apart by their headers.

    Parameters
    ----------
    inputs
        Files, or folders whose tables are looked at; those of a folder that are none of the kinds are left alone.
    marks
        Headers that a file must have -> its kind, the first that fits.
    what
        The kinds, for the fault of a file that is none of them.

    Raises
    ------
    StudyError
        ``E-COLUMN`` for every file given that is of no kind.
    """
    found: dict[str, list[Path]] = {kind: [] for _, kind in marks}
    faults = []
    for path in inputs:
        files = [file for file in sorted(path.iterdir()) if file.suffix.lower() in _TABLES] if path.is_dir() else [path]
        for file in files:
            header = set(read_header(file))
            kind = next((kind for needed, kind in marks if needed <= header), None)
            if kind is not None:
                found[kind].append(file)
            elif not path.is_dir():
                faults.append(Fault.of(file.name, say("E-COLUMN/no-known-header", tables=what), row=1))
    if faults:
        raise StudyError(faults)
    return found


def read_rows(source: Source, layout: RowLayout) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Read the wanted columns of a table.

    Empty rows are skipped; empty cells beyond the header (a delimiter at the end of the line) are no fault.

    Yields
    ------
    line, cells
        Line number as an editor counts it (header 1) and one cleaned cell per wanted column, "" for a column that
        is absent.

    Raises
    ------
    StudyError
        A required column is missing (``E-COLUMN``), rows are longer or shorter than the header (``E-RAGGED``) or a
        quote is never closed (``E-QUOTE``): all faults together, after the last row.
    """
    if is_excel(source.path):
        for table in _choose_sheets(source, layout):
            yield from _pick([str(cell) for cell in table.frame.columns], _list_rows(table), layout, source)
            _refuse_suspect(table, source)
    else:
        with source.open() as text:
            header, rows = _split(text, layout, source)
            yield from _pick(header, rows, layout, source)
    source.refuse()


def _pick(
    header: list[str], rows: Iterator[tuple[int, list[str]]], layout: RowLayout, source: Source
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the cells of the wanted columns."""
    pick = itemgetter(*_find_columns(header, layout, source))
    width = len(header)
    for line, row in rows:
        if len(row) != width and not _fits(row, width):
            source.add_fault(say("E-RAGGED", count=len(row), width=width), line, "")
            continue
        row.append("")  # what an absent column, at position -1, shows
        yield line, tuple(cell.strip() for cell in pick(row))


def _choose_sheets(source: Source, layout: RowLayout) -> list[TextTable]:
    """Return the sheets that have the required columns, else the first, whose fault is said; the others are counted."""
    tables = read_sheets(source.path)
    fitting = [table for table in tables if not _list_missing(list(_place(list(table.frame.columns), layout)), layout)]
    chosen = fitting or tables[:1]
    for table in tables:
        if table not in chosen:
            source.tally.add("other-sheet", table.file)
    return chosen


def _list_rows(table: TextTable) -> Iterator[tuple[int, list[str]]]:
    for line, row in zip(table.lines.tolist(), table.frame.itertuples(index=False, name=None), strict=True):
        yield line, list(row)


def _refuse_suspect(table: TextTable, source: Source) -> None:
    """Name the cells of wanted columns that Excel shows no value for."""
    for cell in table.suspect:
        if cell.kind in {"formula", "error"} and cell.header in source.headers.values():
            shown = cell.shown or say("cells/no-value")
            source.add_fault(say("E-FORMULA/cell", cell=cell.place, shown=shown), cell.line, cell.header)


def _split(text: TextIO, layout: RowLayout, source: Source) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    first = text.readline(LONGEST_CELL)
    delimiter = find_delimiter(first)
    quoted = layout.quoted or delimiter != "\t"
    header = split_line(first, delimiter, quoted=quoted)
    while header and not header[-1].strip():
        header.pop()
    rows = split_rows(text, delimiter, source.path.name, first=2, quoted=quoted)
    return header, _take_filled(rows, source)


def _take_filled(rows: Iterable[tuple[int, list[str]]], source: Source) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from ((line, row) for line, row in rows if any(row))
    except StudyError as error:
        source.faults += error.faults


def _fits(row: list[str], width: int) -> bool:
    """Cut empty cells beyond the header; tell whether the row has its width then."""
    while len(row) > width and not row[-1].strip():
        row.pop()
    return len(row) == width


def _place(header: Sequence[str], layout: RowLayout) -> dict[str, int]:
    """Return wanted name -> position, of those that the header has."""
    plain = [cell.lower() for cell in clean_text(pd.Series(list(header), dtype="str"))]
    positions: dict[str, int] = {}
    for cells in (plain, [_UNIT.sub("", cell) for cell in plain]):
        for name, words in layout.columns.items():
            free = [word for word in words if word in cells and cells.index(word) not in positions.values()]
            if free and name not in positions:
                positions[name] = cells.index(free[0])
    return positions


def _list_missing(found: Sequence[str], layout: RowLayout) -> list[str]:
    """Return the required names of which no choice is there."""
    return [name for name in layout.required if not any(choice in found for choice in name.split("|"))]


def _find_columns(header: Sequence[str], layout: RowLayout, source: Source) -> list[int]:
    positions = _place(header, layout)
    source.headers |= {name: header[position].strip() for name, position in positions.items()}
    for name in layout.watched:
        for position, cell in enumerate(header):
            if cell.strip().lower() in layout.columns[name] and position not in positions.values():
                source.tally.add("other-column", f"{source.path.name}: {cell.strip()}")
    for name in _list_missing(list(positions), layout):
        source.faults.append(_missing(layout.columns[name.partition("|")[0]], header, source.path.name))
    source.refuse()
    return [positions.get(name, -1) for name in layout.columns]


def _missing(words: Sequence[str], header: Sequence[str], file: str) -> Fault:
    shown = ", ".join(header)[:300]
    close = (suggest(word, dict.fromkeys(header, "")) for word in words)
    message = say("E-COLUMN/missing", column=words[0], header=shown).with_hint(next(filter(any, close), NOTHING))
    return Fault.of(file, message, row=1, column=words[0])
