"""A table that was checked: typed columns, and every fault found while making them."""

from dataclasses import dataclass, field

import pandas as pd

from regions.errors import Fault


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
