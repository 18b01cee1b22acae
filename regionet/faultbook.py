"""Write the faults of a study as a workbook that a planner can sort and tick off."""

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from regions.errors import Fault
from regions.files import atomic_path

_HEADERS = {
    "zh": ("代码", "类别", "文件", "行", "列", "问题", "建议"),
    "en": ("code", "severity", "file", "row", "column", "message", "hint"),
}
_WIDTHS = (14, 10, 28, 8, 16, 70, 60)
_MOST_ROWS = 1_000_000
_LONGEST_CELL = 32_000


def write_faults(faults: Sequence[Fault], path: str | Path, *, language: str = "zh") -> Path:
    """Write one row per fault, in ``zh`` or ``en``; every cell is text that no program runs.

    Returns
    -------
    Path
        The file written; replaced in one step.
    """
    target = Path(path)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with atomic_path(target) as temporary, xlsxwriter.Workbook(str(temporary), options) as book:
        sheet = book.add_worksheet("检查" if language == "zh" else "check")
        bold = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
        for column, (head, width) in enumerate(zip(_HEADERS[language], _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, bold)
        for row, fault in enumerate(faults[:_MOST_ROWS], 1):
            for column, text in enumerate(_cells(fault, language)):
                if isinstance(text, int):
                    sheet.write_number(row, column, text)
                elif text:
                    sheet.write_string(row, column, _plain(text))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(faults), 1), len(_WIDTHS) - 1)
    return target


def _cells(fault: Fault, language: str) -> tuple[str | int | None, ...]:
    zh = language == "zh"
    severity = ("错误" if zh else "error") if fault.is_error else ("提示" if zh else "warning")
    message = (fault.message_zh or fault.message) if zh else fault.message
    hint = (fault.hint_zh or fault.hint) if zh else fault.hint
    return fault.code, severity, fault.file, fault.row, fault.column, message, hint


def _plain(text: str) -> str:
    """Replace what a workbook cannot hold: control characters."""
    kept = "".join(character if character >= " " or character in "\t\n" else "\ufffd" for character in text)
    return kept[:_LONGEST_CELL]
