"""Read a CSV file into text, whatever its encoding, with the line number of every row."""

import io
from pathlib import Path

import numpy as np
import pandas as pd

from regions.errors import Fault, StudyError
from regions.files.delimited_text import find_delimiter, split_rows
from regions.files.encodings import decode
from regions.files.formulas import free_formula
from regions.files.sniff import sniff
from regions.files.text_table import TextTable, check_header, refuse_title
from regions.files.writing import refuse_special
from regions.messages import say
from regions.schema.headers import find_header

LONGEST_CELL = 1_000_000
MOST_COLUMNS = 16_384  # as many as Excel has
_LONE_CR = "\ue00d"


def read_text_table(path: Path, name: str | None = None) -> TextTable:
    """Read a CSV file as text.

    Parameters
    ----------
    path
        The file. Its fields are parted by commas, tabs, semicolons or bars, whichever the header has.
    name
        The canonical table that the file should hold, so that a title above the header can be told.

    Raises
    ------
    StudyError
        With every fault of form: empty file, no text at all, header with empty or repeated names or more than 16,384
        columns, rows that are longer or shorter than the header, an unclosed quote, an absurdly long cell.

    Notes
    -----
    Columns without a name and without any text (commas at the end of every line) are left out. The apostrophe that
    ``guard_formula`` put before a text is taken off.
    """
    refuse_special([path])
    data = path.read_bytes()
    _refuse_other_formats(data, path.name)
    text, warnings = decode(data, path.name)
    if not text.strip():
        raise StudyError(Fault.of(path.name, say("E-EMPTY/file")))
    header, rows, lines, header_line = _split(text, path.name)
    header, rows = _without_blank_columns(header, rows)
    faults = _check_title(name, [header, *rows[:20]], [header_line, *lines[:20]], path.name)
    if not faults:
        faults = [*check_header(header, path.name, header_line), *_check_widths(header, rows, lines, path.name)]
    if faults:
        raise StudyError(faults)
    if "'" in text:
        rows = [[free_formula(cell) for cell in row] for row in rows]
    columns = dict(zip(header, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(header, ())
    frame = pd.DataFrame({name: pd.array(cells, dtype="str") for name, cells in columns.items()})
    return TextTable(path.name, frame, np.asarray(lines, dtype=np.int64), tuple(warnings), header_line)


def _refuse_other_formats(data: bytes, file: str) -> None:
    found = sniff(data)
    if found is not None and (found.kind != "xml" or data.lstrip().startswith(b"<?xml")):
        raise StudyError(Fault.of(file, say("E-FORMAT/no-text-table", what=found.name)))


def _check_title(name: str | None, rows: list[list[str]], lines: list[int], file: str) -> list[Fault]:
    """Find a title or a remark above the header: the first row is no header, and a later one is, or all are wider."""
    header = rows[0]
    below = find_header(name, rows) if name else None
    if below:
        return [refuse_title(" ".join(filter(None, header)), file, lines[0], lines[below])]
    if len(header) == 1 and len(rows) > 1 and all(len(row) > 1 for row in rows[1:]):
        return [Fault.of(file, say("E-HEADER/no-header", shown=header[0][:80]), row=lines[0])]
    return []


def _split(text: str, file: str) -> tuple[list[str], list[list[str]], list[int], int]:
    """Return header, rows, line of each row, line of the header."""
    delimiter = find_delimiter(text.lstrip().split("\n", 1)[0])
    found = split_rows(io.StringIO(normalise_line_ends(text)), delimiter, file, longest=LONGEST_CELL)
    filled = [(line, row) for line, row in found if "".join(row).strip()]
    lines, rows = [line for line, _ in filled], [row for _, row in filled]
    if not rows:
        raise StudyError(Fault.of(file, say("E-EMPTY/blanks")))
    if len(rows[0]) > MOST_COLUMNS:
        raise StudyError(Fault.of(file, say("E-HEADER/too-wide", count=len(rows[0]), most=MOST_COLUMNS), row=lines[0]))
    if "\r" in text and any(_LONE_CR in cell for row in rows for cell in row):
        rows = [[cell.replace(_LONE_CR, "\r") for cell in row] for row in rows]
    return [name.strip() for name in rows[0]], rows[1:], lines[1:], lines[0]


def _without_blank_columns(header: list[str], rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Leave out columns at the end that have no name and no text in any row, when all rows are as wide as the header.

    Spreadsheets write them for columns that were cleared.
    """
    width = len(header)
    kept = width
    while kept and not header[kept - 1] and all(len(row) == width and not row[kept - 1].strip() for row in rows):
        kept -= 1
    return (header[:kept], [row[:kept] for row in rows]) if 0 < kept < width else (header, rows)


def normalise_line_ends(text: str) -> str:
    """Make every line end a line feed; a carriage return inside a line stays apart, as the csv module stops at it."""
    text = text.replace("\r\n", "\n")
    return text.replace("\r", _LONE_CR) if "\n" in text else text.replace("\r", "\n")


def _check_widths(header: list[str], rows: list[list[str]], lines: list[int], file: str) -> list[Fault]:
    width = len(header)
    return [
        Fault.of(file, say("E-RAGGED", count=len(row), width=width), row=line)
        for row, line in zip(rows, lines, strict=True)
        if len(row) != width
    ]
