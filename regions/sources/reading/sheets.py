"""Read the sheets of a workbook for an adapter, .xlsx, .xls or .ods, as study tables are read."""

from pathlib import Path

from regions.errors import Fault, StudyError
from regions.files.sniff import sniff
from regions.files.text_table import TextTable
from regions.messages import say
from regions.workbooks.workbook import open_workbook, read_sheet

_KINDS = {"zip", "ole"}


def is_excel(path: Path) -> bool:
    """Tell by its first bytes whether a file is an Excel workbook, old or new."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        found = sniff(file.read(512))
    return found is not None and found.kind in _KINDS


def read_sheets(path: Path) -> list[TextTable]:
    """Read every visible sheet that holds anything, as text.

    Raises
    ------
    StudyError
        ``E-FORMAT`` for a damaged or encrypted workbook, ``E-EMPTY`` when every sheet is empty, and what
        ``regions.workbooks.workbook.read_sheet`` refuses.
    """
    workbook = open_workbook(path)
    tables = []
    for name in workbook.sheets:
        try:
            tables.append(read_sheet(workbook, name))
        except StudyError as error:
            if any(fault.code != "E-EMPTY" for fault in error.faults):
                raise
    if not tables:
        raise StudyError(Fault.of(path.name, say("E-EMPTY/all-sheets")))
    return tables
