"""The one intermediate form of every file format: a table of text that knows where each row stands in its file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from regions.arrays import Integers
from regions.errors import Fault
from regions.files.limits import refuse_expansion
from regions.messages import say
from regions.schema.cell_values import fold_header


@dataclass(frozen=True, slots=True)
class SuspectCell:
    """A cell whose text is not what the user meant, as only the reader of the format can know.

    Attributes
    ----------
    line, header, place
        Line in the file, header of the column, name of the cell for messages ("cell C3").
    kind
        ``formula``: never computed, so there is no value; ``computed``: the value of a formula; ``error``: an Excel
        error value; ``precision``: a whole number of more than 15 digits, of which Excel keeps 15; ``date``: a date.
    shown
        What the cell shows.
    """

    line: int
    header: str
    place: str
    kind: Literal["formula", "computed", "error", "precision", "date"]
    shown: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class TextTable:
    """A table as it stands in a file: every cell is text, an empty cell is "".

    Attributes
    ----------
    file
        File name for messages; ``book.xlsx[sheet]`` for one sheet of several.
    frame
        One str column per header, default integer index.
    lines
        Shape (rows,): line of each row in the file, as an editor or Excel counts it.
    warnings
        What was mended while reading.
    header_line
        Line of the header.
    suspect
        Cells whose text is not what was meant.
    """

    file: str
    frame: pd.DataFrame
    lines: Integers
    warnings: tuple[Fault, ...] = ()
    header_line: int = 1
    suspect: tuple[SuspectCell, ...] = field(default=())


def check_header(
    header: Sequence[str], file: str, line: int = 1, places: Sequence[str | int] | None = None
) -> list[Fault]:
    """Find columns without a name, and names that stand twice once case, width and blanks are set aside.

    ``places`` says what each column is called where it has no name: its number, if nothing else is given.
    """
    faults: list[Fault] = []
    seen: set[str] = set()
    for position, name in zip(places or range(1, len(header) + 1), header, strict=True):
        key = fold_header(name)
        if not key:
            faults.append(Fault.of(file, say("E-HEADER/no-name", position=position), row=line))
        elif key in seen:
            faults.append(Fault.of(file, say("E-HEADER/twice"), row=line, column=name))
        seen.add(key)
    return faults


def refuse_title(first: str, file: str, line: int, header_line: int) -> Fault:
    """Describe a first row that is a title, not the header, which stands in a row below."""
    return Fault.of(file, say("E-HEADER/title-row", shown=first[:80], row=header_line), row=line)


def build_table(
    file: str, header: Sequence[str], columns: Iterable[Sequence[str]], *, lines: Sequence[int]
) -> TextTable:
    """Build a table from columns of text; ``E-BOMB`` where they repeat long texts beyond measure."""
    columns = [list(cells) for cells in columns]
    refuse_expansion(sum(sum(map(len, cells)) for cells in columns), None, file)
    frame = pd.DataFrame(
        {name: pd.array(cells, dtype="str") for name, cells in zip(header, columns, strict=True)},
        index=range(len(lines)),
    )
    return TextTable(file, frame, np.asarray(lines, dtype=np.int64))
