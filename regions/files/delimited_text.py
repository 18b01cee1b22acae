"""Part delimited text into rows of cells, with the line on which each row begins."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Literal

from regions.errors import Fault, StudyError
from regions.messages import say

LONGEST_CELL = 16_000_000
"""Characters of a cell at most: the affiliations of a work with thousands of authors stand in one."""

_LINE_END = re.compile("[\\r\\n]")
_DELIMITERS = ",\t;|，；"


def find_delimiter(line: str) -> str:
    """Return the character that parts a header into most cells: comma, tab, semicolon, bar, or the full-width ones."""
    return max(_DELIMITERS, key=lambda mark: len(split_line(line, mark)))


def split_line(line: str, delimiter: str, *, quoted: bool = True) -> list[str]:
    """Return the cells of the first line of a text; what is not closed in it ends with it."""
    csv.field_size_limit(LONGEST_CELL)
    return next(csv.reader([_LINE_END.split(line, maxsplit=1)[0]], delimiter=delimiter, quoting=_quote(quoted)), [])


def split_rows(
    lines: Iterable[str],
    delimiter: str,
    file: str,
    *,
    first: int = 1,
    quoted: bool = True,
    longest: int = LONGEST_CELL,
) -> Iterator[tuple[int, list[str]]]:
    """Part lines into rows; a cell in quotes may go on over several lines.

    Parameters
    ----------
    lines
        The text, line by line.
    file
        Names the file in the fault.
    first
        Number of the first line.
    quoted
        Whether quotes enclose cells.
    longest
        Characters of a cell at most.

    Yields
    ------
    line, cells
        The line on which the row begins, as an editor counts it.

    Raises
    ------
    StudyError
        ``E-QUOTE`` with the line where a row begins that cannot be read.
    """
    csv.field_size_limit(longest)
    reader = csv.reader(lines, delimiter=delimiter, quoting=_quote(quoted), strict=True)
    line = first
    try:
        for row in reader:
            yield line, row
            line = first + reader.line_num
    except csv.Error as error:
        raise StudyError(Fault.of(file, say("E-QUOTE/row", reason=error), row=line)) from error


def _quote(quoted: bool) -> Literal[0, 3]:
    return csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
