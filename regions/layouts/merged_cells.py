"""Fill merged cells: what stands in the first of them is meant for all."""

from regions.errors import Fault, StudyError
from regions.layouts.cell_words import is_blank
from regions.layouts.year_words import find_year
from regions.messages import say
from regions.workbooks.raw_sheet import RawSheet


def fill_merged(sheet: RawSheet) -> None:
    """Write what a merged area says into all its cells, in place.

    Texts and years only: a number repeated over the rows of a merge would be counted again and again. A text that
    stands alone in its rows, from the first column on, is a title or a note and stays where it is.

    Raises
    ------
    StudyError
        ``E-FORMAT``: merged areas lie over each other, which no spreadsheet writes.
    """
    height, width = len(sheet.lines), len(sheet.columns)
    if not height or not sheet.merged:
        return
    top = sheet.lines[0]
    room = height * width
    for (first, left), (last, right) in sheet.merged:
        rows = range(max(first - top, 0), min(last - top, height - 1) + 1)
        columns = range(max(left - sheet.left, 0), min(right - sheet.left, width - 1) + 1)
        room -= len(rows) * len(columns)
        if room < 0:
            raise StudyError(Fault.of(sheet.label, say("E-FORMAT/overlap")))
        if rows and columns and not _is_alone(sheet, rows, columns):
            _fill(sheet, rows, columns)


def _fill(sheet: RawSheet, rows: range, columns: range) -> None:
    value = sheet.columns[columns[0]][rows[0]]
    if is_blank(value) or not (isinstance(value, str) or find_year(value) is not None):
        return
    for column in columns:
        cells = sheet.columns[column]
        for row in rows:
            if is_blank(cells[row]):
                cells[row] = value


def _is_alone(sheet: RawSheet, rows: range, columns: range) -> bool:
    """Tell whether a wide area begins in the first column and nothing stands beside it: a title, a note."""
    if columns[0] > 0 or len(columns) == 1:
        return False
    beside = sheet.columns[columns[-1] + 1 :]
    return all(is_blank(cells[row]) for cells in beside for row in rows)
