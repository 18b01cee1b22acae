"""Write tables for people and programs: CSV, and one Excel workbook with a codebook."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from regions.files import atomic_path
from regions.formulas import guard_formula

_XML_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], "\N{REPLACEMENT CHARACTER}")
_LONGEST_CELL = 32_767
_WIDEST = 60


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One sheet of a workbook.

    Attributes
    ----------
    title
        Name of the tab; characters that Excel forbids are replaced, and it is cut to 31.
    table
        The cells; the index is not written.
    headers
        Column -> header to show; a column that is not there keeps its name.
    notes
        Sentences above the table.
    wrap
        Whether long texts break into lines, so that a row can be read whole.
    draw
        Takes workbook, worksheet and the row of the first values, once the cells are there, and adds a chart.
    """

    title: str
    table: pd.DataFrame
    headers: Mapping[str, str]
    notes: tuple[str, ...] = ()
    wrap: bool = False
    draw: Callable[[Any, Any, int], None] | None = None


def write_csv(table: pd.DataFrame, path: str | Path) -> None:
    """Write a table as CSV (UTF-8, LF, no index), atomically.

    Text that a spreadsheet would take for a formula (it begins with ``= + - @``, a tab or a line end, also after
    blanks) gets a leading apostrophe; numbers are written in full precision, a missing value as an empty cell.
    """
    safe = table.copy()
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            safe[column] = safe[column].map(guard_formula)
    with atomic_path(path) as temporary:
        safe.to_csv(temporary, index=False, encoding="utf-8", lineterminator="\n")


def write_workbook(sheets: Iterable[Sheet], path: str | Path) -> None:
    """Write an Excel workbook, atomically.

    Every text is written as text: no formula, no hyperlink. Headers are frozen and filterable, widths fit the
    content (a Chinese character counts as two), control characters become U+FFFD, texts longer than a cell can
    hold are cut.
    """
    import xlsxwriter  # noqa: PLC0415 - only needed by this writer

    with atomic_path(path) as temporary:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with xlsxwriter.Workbook(str(temporary), {**options, "in_memory": True}) as workbook:
            formats = {
                "header": workbook.add_format(
                    {"bold": True, "bg_color": "#DCE6EC", "text_wrap": True, "valign": "top"}
                ),
                "note": workbook.add_format({"italic": True, "font_color": "#555555"}),
                "integer": workbook.add_format({"num_format": "#,##0", "valign": "top"}),
                "year": workbook.add_format({"num_format": "0", "valign": "top"}),
                "number": workbook.add_format({"num_format": "#,##0.000", "valign": "top"}),
                "small": workbook.add_format({"num_format": "0.0000", "valign": "top"}),
                "text": workbook.add_format({"valign": "top"}),
                "long": workbook.add_format({"text_wrap": True, "valign": "top"}),
            }
            taken: set[str] = set()
            for sheet in sheets:
                worksheet = workbook.add_worksheet(_tab_name(sheet.title, taken))
                _write_sheet(worksheet, sheet, formats)
                if sheet.draw is not None:
                    sheet.draw(workbook, worksheet, len(sheet.notes) + 1)


def _tab_name(title: str, taken: set[str]) -> str:
    name = "".join("_" if character in "[]:*?/\\" else character for character in title).strip("'")[:31] or "_"
    number = 2
    while name.lower() in taken:
        name = f"{name[:28]}_{number}"
        number += 1
    taken.add(name.lower())
    return name


def _write_sheet(worksheet: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:  # noqa: ANN401 - untyped library
    for row, note in enumerate(sheet.notes):
        worksheet.write_string(row, 0, _cell_text(note), formats["note"])
    top = len(sheet.notes)
    for position, column in enumerate(sheet.table.columns):
        header = _cell_text(sheet.headers.get(column, str(column)))
        values = sheet.table[column]
        worksheet.write_string(top, position, header, formats["header"])
        style = formats["year" if column == "year" else _column_style(values, wrap=sheet.wrap)]
        for row, value in enumerate(values.tolist(), start=top + 1):
            _write_cell(worksheet, (row, position), value, style)
        worksheet.set_column(position, position, _width(header, values))
    worksheet.freeze_panes(top + 1, 1)
    if sheet.wrap:  # such a sheet is read on paper too: A4 across, header on every page
        worksheet.set_landscape()
        worksheet.set_paper(9)
        worksheet.fit_to_pages(1, 0)
        worksheet.repeat_rows(0, top)
    if len(sheet.table):
        worksheet.autofilter(top, 0, top + len(sheet.table), len(sheet.table.columns) - 1)


def _write_cell(worksheet: Any, place: tuple[int, int], value: Any, style: Any) -> None:  # noqa: ANN401
    if isinstance(value, str):
        worksheet.write_string(*place, _cell_text(value), style)
    elif isinstance(value, bool | np.bool_):
        worksheet.write_boolean(*place, bool(value))
    elif not pd.isna(value):
        if np.isfinite(value):
            worksheet.write_number(*place, value, style)
        else:
            worksheet.write_string(*place, str(value))


def _cell_text(text: str) -> str:
    return text.translate(_XML_CONTROL)[:_LONGEST_CELL]


def _column_style(values: "pd.Series[Any]", *, wrap: bool) -> str:
    """Choose the format of a column: text, whole numbers, small fractions, or three decimals."""
    if not pd.api.types.is_numeric_dtype(values):
        return "long" if wrap else "text"
    if pd.api.types.is_bool_dtype(values):
        return "number"
    filled = values.dropna()
    if (filled == filled.round()).all():
        return "integer"
    return "small" if filled.abs().max() <= 1 else "number"


def _width(header: str, values: "pd.Series[Any]") -> int:
    """Return a column width in characters; a long header may wrap, so it counts half."""
    texts = [value for value in values.head(500).tolist() if isinstance(value, str)]
    widest = max((_display_width(text) for text in texts), default=10)
    return min(_WIDEST, max(8, widest + 2, _display_width(header) // 2 + 3))


def _display_width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text[:_WIDEST])  # noqa: PLR2004 - first CJK block
