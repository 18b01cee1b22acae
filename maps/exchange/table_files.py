"""Write tables for people and programs: CSV, and one Excel workbook with a codebook."""

import math
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from maps.exchange.csv_lines import list_lines
from regions.errors import MethodError
from regions.files.writing import atomic_path
from regions.messages import say
from regions.workbooks.cell_names import LAST_COLUMN, LAST_ROW

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


def write_csv(table: pd.DataFrame, path: str | Path, *, digits: int | None = None) -> None:
    """Write a table as CSV (UTF-8, LF, no index), atomically.

    Text that a spreadsheet would take for a formula (it begins with ``= + - @``, a tab or a line end, also after
    blanks) gets a leading apostrophe; numbers are written in full precision, or rounded to so many significant
    ``digits``, a missing value as an empty cell.
    """
    with atomic_path(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(list_lines(table, digits=digits))


def find_moment() -> datetime:
    """Return when a file says that it was made: at SOURCE_DATE_EPOCH (seconds since 1970), else when 1970 began."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(told) if re.fullmatch("[0-9]{1,10}", told) else 0, UTC)


@contextmanager
def create_workbook(path: str | Path) -> Iterator[Any]:
    """Give an empty workbook of xlsxwriter that takes the place of ``path`` when the block ends well.

    Texts stay texts: no formula, no hyperlink, no number. The same cells give the same bytes: the workbook says that
    it was made when `find_moment` tells.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    import xlsxwriter  # noqa: PLC0415 - only needed by this writer
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415 - as above

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with atomic_path(path) as temporary:
        workbook = xlsxwriter.Workbook(str(temporary), options)
        workbook.use_zip64()
        workbook.set_properties({"created": find_moment()})
        yield workbook
        try:
            workbook.close()
        except FileCreateError as error:  # it hides what the system said
            raise error.args[0] from error


def write_workbook(sheets: Iterable[Sheet], path: str | Path, *, language: str = "en") -> tuple[str, ...]:
    """Write an Excel workbook, atomically.

    Every text is written as text: no formula, no hyperlink. Headers are frozen and filterable, widths fit the
    content (a Chinese character counts as two), control characters become U+FFFD. A table of more rows than a sheet
    holds goes on in further sheets, and a text longer than a cell holds is cut; a note above the table says so.

    Returns
    -------
    tuple of str
        What did not fit, in ``zh`` or ``en``, to be told to the user too.

    Raises
    ------
    MethodError
        A table has more columns than a sheet holds.
    """
    said: list[str] = []
    taken: set[str] = set()
    with create_workbook(path) as workbook:
        formats = _add_formats(workbook)
        for sheet in sheets:
            parts, sentences = _fit_sheet(sheet, language)
            said += [f"{sheet.title}: {sentence}" for sentence in sentences]
            for part in parts:
                worksheet = workbook.add_worksheet(_tab_name(sheet.title, taken))
                _write_sheet(worksheet, part, formats)
                if part.draw is not None:
                    part.draw(workbook, worksheet, len(part.notes) + 1)
    return tuple(said)


def _add_formats(workbook: Any) -> dict[str, Any]:  # noqa: ANN401 - untyped library
    looks: dict[str, dict[str, Any]] = {
        "header": {"bold": True, "bg_color": "#DCE6EC", "text_wrap": True},
        "note": {"italic": True, "font_color": "#555555"},
        "integer": {"num_format": "#,##0"},
        "year": {"num_format": "0"},
        "number": {"num_format": "#,##0.000"},
        "small": {"num_format": "0.0000"},
        "text": {},
        "long": {"text_wrap": True},
    }
    top = {"valign": "top"}
    return {name: workbook.add_format(look if name == "note" else {**look, **top}) for name, look in looks.items()}


def _fit_sheet(sheet: Sheet, language: str) -> tuple[list[Sheet], list[str]]:
    """Split a table that is too long for a sheet; return the parts, and what the user must know."""
    rows, columns = sheet.table.shape
    if columns > LAST_COLUMN:
        raise MethodError(say("tables/too-wide", columns=columns, most=LAST_COLUMN))
    long = _count_long(sheet.table)
    sentences = [say("sheet/cut", count=long).text(language)] if long else []
    room = LAST_ROW - len(sheet.notes) - 3  # a header and at most two notes more
    number = -(-rows // room)
    if number > 1:
        sentences.append(say("sheet/split", rows=rows, sheets=number).text(language))
    parts = [
        replace(
            sheet,
            table=sheet.table.iloc[i * room : (i + 1) * room],
            notes=(*sheet.notes, *sentences),
            draw=None if i else sheet.draw,
        )
        for i in range(max(number, 1))
    ]
    return parts, sentences


def _count_long(table: pd.DataFrame) -> int:
    texts = [table[name] for name in table.columns if not pd.api.types.is_numeric_dtype(table[name])]
    return sum(isinstance(cell, str) and len(cell) > _LONGEST_CELL for column in texts for cell in column.tolist())


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
        style = formats["year" if column in {"year", "previous"} else _column_style(values, wrap=sheet.wrap)]
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
        if value:  # an empty cell is empty without being written
            worksheet.write_string(*place, _cell_text(value), style)
    elif isinstance(value, float) and math.isfinite(value):
        worksheet.write_number(*place, value, style)
    elif isinstance(value, bool | np.bool_):
        worksheet.write_boolean(*place, bool(value))
    elif not pd.isna(value):
        if np.isfinite(value):
            worksheet.write_number(*place, value, style)
        else:
            worksheet.write_string(*place, str(value))


def _cell_text(text: str) -> str:
    plain = text if text.isprintable() else text.translate(_XML_CONTROL)
    return plain if len(plain) <= _LONGEST_CELL else plain[: _LONGEST_CELL - 1] + "…"


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
