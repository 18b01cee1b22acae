"""Write the faults of a study as a workbook that a planner can sort and tick off."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from maps.exchange.table_files import Sheet, write_workbook
from regions.errors import Fault, FaultGroup, group_faults
from regions.messages import say


def write_faults(faults: Sequence[Fault], path: str | Path, *, language: str = "zh") -> tuple[str, ...]:
    """Write one row per kind and value of a fault, in ``zh`` or ``en``; every cell is text that no program runs.

    Returns
    -------
    tuple of str
        What did not fit, see `maps.exchange.table_files.write_workbook`.
    """
    headers = say("fault-workbook/headers").text(language).split("|")
    table = pd.DataFrame([_list_cells(group, language) for group in group_faults(faults)], columns=headers)
    return write_workbook([Sheet(say("fault-workbook/sheet").text(language), table, {})], path, language=language)


def _list_cells(group: FaultGroup, language: str) -> tuple[str | int | None, ...]:
    zh, fault = language == "zh", group.faults[0]
    row = group.rows[0] if len(group.rows) == 1 else group.show_rows(language)
    column = ("、" if zh else ", ").join(group.columns)
    severity = say("fault-workbook/error" if fault.is_error else "fault-workbook/warning").text(language)
    message = (fault.message_zh or fault.message) if zh else fault.message
    hint = (fault.hint_zh or fault.hint) if zh else fault.hint
    return fault.code, severity, fault.file, row, column, message, hint
