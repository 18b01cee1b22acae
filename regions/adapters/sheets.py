"""Read the sheets of a workbook for an adapter: .xlsx as study tables are read, .xls as databases still export it."""

import io
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from regions.errors import Fault, StudyError
from regions.sheet import Grid, build_sheet
from regions.sheetscan import SheetScan
from regions.sniff import sniff
from regions.texttable import TextTable
from regions.workbook import open_workbook, read_sheet

_LARGEST_XLS = 256 << 20
_KINDS = {"zip", "ole"}


def is_workbook(path: Path) -> bool:
    """Tell by its first bytes whether a file is an Excel workbook, old or new."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        found = sniff(file.read(512))
    return found is not None and found[0] in _KINDS


def read_sheets(path: Path) -> list[TextTable]:
    """Read every visible sheet that holds anything, as text.

    Raises
    ------
    StudyError
        ``E-FORMAT`` for a damaged or encrypted workbook, ``E-EMPTY`` when every sheet is empty, and what
        ``regions.workbook.read_sheet`` refuses.
    """
    with path.open("rb") as file:
        found = sniff(file.read(512))
    if found and found[0] == "ole":
        tables = _read_xls(path)
    else:
        workbook = open_workbook(path)
        tables = []
        for name in workbook.sheets:
            try:
                tables.append(read_sheet(workbook, name))
            except StudyError as error:
                if any(fault.code != "E-EMPTY" for fault in error.faults):
                    raise
    if not tables:
        raise StudyError(Fault("E-EMPTY", path.name, "every sheet is empty.", "所有工作表均为空。"))
    return tables


def _read_xls(path: Path) -> list[TextTable]:
    """Read an old workbook, whose 65,536 rows a sheet bound what is unpacked."""
    texts = (
        "cannot be read as an Excel workbook (.xls): it is damaged or encrypted.",
        "无法按 .xls 工作簿读取：已损坏或加密。",
    )
    hint = "Save it as .xlsx, or export tab-delimited or plain text."
    refused = Fault("E-FORMAT", path.name, *texts, hint=hint, hint_zh="请另存为 .xlsx，或导出制表符分隔的文本。")
    if path.stat().st_size > _LARGEST_XLS:
        raise StudyError(refused)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        filled = [(sheet.name, sheet.to_python(), sheet.start or (0, 0)) for sheet in sheets]
    except BaseException as error:
        panic = type(error).__name__ == "PanicException"  # of the reader's own language; it is no Exception
        if panic or isinstance(error, CalamineError | OSError | ValueError):
            raise StudyError(refused) from error
        raise
    tables = []
    for name, rows, (top, left) in filled:
        label = path.name if len(filled) == 1 else f"{path.name}[{name}]"
        columns = [list(column) for column in zip(*rows, strict=True)]
        if columns:
            tables.append(build_sheet(Grid(label, columns, top + 1, left + 1), SheetScan(0, (0, 0), {}, {}), None))
    return tables
