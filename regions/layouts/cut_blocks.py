"""Cut a sheet into tables: at a repeated header, a title, a blank column; and leave out rows that are no data."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import merge

import numpy as np

from regions.errors import Fault, StudyError
from regions.layouts.block import Kind, LeftOut
from regions.layouts.cell_words import find_total, is_blank, is_note, normalise_cell
from regions.layouts.header_rows import Head, find_head
from regions.layouts.place_words import names_place
from regions.layouts.row_looks import is_remark_row, is_unit_row, look_at
from regions.layouts.word_lists import whole
from regions.layouts.year_words import find_year
from regions.messages import say
from regions.workbooks.raw_sheet import RawSheet, find_filled

_KEY_COLUMNS, _MOST_TABLES = 6, 300
_FIRST_ROWS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One table of a sheet, before its header is understood.

    Attributes
    ----------
    sheet, head
        The sheet, of which rows and columns are positions; titles, header, first row of the body.
    columns, rows
        Columns of the table and rows of its body.
    left_out, sections
        Rows of the area that are no data; heading above each row, None when there are none.
    """

    sheet: RawSheet
    head: Head
    columns: tuple[int, ...]
    rows: Sequence[int]
    left_out: tuple[LeftOut, ...] = ()
    sections: list[str] | None = None


def cut_sheet(sheet: RawSheet) -> Iterator[Piece]:
    """Yield the tables of a sheet from above, side by side from the left.

    Raises
    ------
    StudyError
        ``E-FORMAT``: more than 300 tables below each other.
    """
    filled = find_filled(sheet.columns)
    counts = np.sum(np.array(filled, dtype=np.int32), axis=0) if filled else np.zeros(0, dtype=np.int32)
    start, height, found = 0, len(sheet.lines), 0
    while start < height:
        found += 1
        if found > _MOST_TABLES:
            raise StudyError(Fault.of(sheet.label, say("E-FORMAT/tables", most=_MOST_TABLES)))
        head = find_head(sheet, start, height)
        if head is None:
            return
        end = _find_end(sheet, head, counts)
        yield from _cut_columns(_sort_rows(sheet, head, end, counts), filled)
        start = end


def _find_end(sheet: RawSheet, head: Head, counts: np.ndarray) -> int:
    """Return the row at which the next table begins: its titles, or its header."""
    height = len(sheet.lines)
    again = _repeat_header(sheet, head, height)
    short = np.flatnonzero(counts[head.body + 1 : height - 1] <= 1) + head.body + 2
    after = (int(row) for row in short if counts[row] > 1)
    for row in merge(again, after):  # one by one: the first that fits ends the table
        repeated = row in again and look_at(sheet.row(row)).could_be_header
        if not repeated and not _begins_table(sheet, head, row, height):
            continue
        first = row
        while first - 1 > head.body and _belongs_to_next(sheet, first - 1, counts):
            first -= 1
        if not repeated or not _says_the_same(sheet, head, row, first):
            return first
    return height


def _repeat_header(sheet: RawSheet, head: Head, end: int) -> dict[int, None]:
    """Return the rows up to ``end`` that begin as the first row of the header does, and go on."""
    if not head.header:
        return {}
    top = head.header[0]
    labels = [(place, column[top]) for place, column in enumerate(sheet.columns) if not is_blank(column[top])]
    place, wanted = labels[0][0], normalise_cell(labels[0][1])
    column = sheet.columns[place]
    alike = {cell for cell in set(column[head.body : end]) if isinstance(cell, str) and normalise_cell(cell) == wanted}
    found = [row for row in range(head.body, end) if column[row] in alike] if alike else []
    rest = [other for other, _ in labels[1:]]
    return {row: None for row in found if any(not is_blank(sheet.columns[other][row]) for other in rest)}


def _begins_table(sheet: RawSheet, head: Head, row: int, height: int) -> bool:
    """Tell whether a row after a blank or a lone text is a header: it has usual headers, or years over numbers."""
    cells = sheet.row(row)
    look = look_at(cells)
    if not look.could_be_header or is_remark_row(cells) or look.distinct <= 1 or find_total(_first(cells)):
        return False
    if is_unit_row(cells) or look.words:
        return True
    below = look_at(sheet.row(row + 1)) if row + 1 < height else look
    body = look_at(sheet.row(head.body))
    return bool(below.numbers and body.numbers and (look.years or look.texts == look.filled))


def _first(cells: Iterable[object]) -> object:
    return next((cell for cell in cells if not is_blank(cell)), "")


def _belongs_to_next(sheet: RawSheet, row: int, counts: np.ndarray) -> bool:
    """Tell whether a row above a header is a title of it: a blank, a lone text that is neither note nor region."""
    if counts[row] == 0:
        return True
    cells = sheet.row(row)
    first = _first(cells)
    if is_note(first) or names_place(first) or find_total(first):
        return False
    return bool(counts[row] == 1) or is_unit_row(cells) or is_remark_row(cells)


def _says_the_same(sheet: RawSheet, head: Head, row: int, first: int) -> bool:
    """Tell whether a header is the one of this table once more, as at the top of a printed page, without a title."""
    titled = any(not is_blank(cell) for title in range(first, row) for cell in sheet.row(title))
    height = len(sheet.lines)
    pairs = [(old, row + old - head.header[0]) for old in head.header]
    return not titled and all(
        new < height
        and [normalise_cell(cell) for cell in sheet.row(old)] == [normalise_cell(cell) for cell in sheet.row(new)]
        for old, new in pairs
    )


def _sort_rows(sheet: RawSheet, head: Head, end: int, counts: np.ndarray) -> Piece:
    """Part the rows from the body on into data and rows left out; the columns are not parted yet."""
    kinds: dict[int, Kind] = {}
    again = [row for row in _repeat_header(sheet, head, end) if look_at(sheet.row(row)).could_be_header]
    for row in again:
        kinds |= dict.fromkeys(range(row, min(row + len(head.header), end)), "header")
    kinds |= {row: kind for row, kind in _find_totals(sheet, head.body, end) if row not in kinds}
    short = np.flatnonzero(counts[head.body : end] <= 1) + head.body
    full = np.flatnonzero(counts[head.body : end] > 1) + head.body
    last = int(full[-1]) if len(full) else head.body
    wide = len(sheet.columns) > 1
    for row in map(int, short):
        if row not in kinds:
            kinds[row] = _judge_short(_first(sheet.row(row)), after=row > last, wide=wide)
    for row in _find_notes(sheet, head.body, end):
        kinds.setdefault(row, "note")
    kinds = {row: kind for row, kind in kinds.items() if kind != "data"}
    left_out = [_leave_out(sheet, row, kinds[row]) for row in sorted(kinds) if row < end]
    if not kinds:
        return Piece(sheet, head, (), range(head.body, end))
    rows = [row for row in range(head.body, end) if row not in kinds]
    sections = _spread_sections(rows, list(zip(sorted(kinds), left_out, strict=False)))
    return Piece(sheet, head, (), rows, tuple(left_out), sections)


def _judge_short(first: object, *, after: bool, wide: bool) -> Kind:
    """Say what a row with one cell is: a region without values is data, a text at the end is a note."""
    if first == "":
        return "blank"
    if names_place(first) or not wide:
        return "data"
    return "note" if after or is_note(first) else "section"


def _leave_out(sheet: RawSheet, row: int, kind: Kind) -> LeftOut:
    cells = sheet.row(row)
    kept = (
        {sheet.left + place: cell for place, cell in enumerate(cells) if not is_blank(cell)}
        if kind in {"total", "subtotal"}
        else {}
    )
    return LeftOut(kind, sheet.lines[row], normalise_cell(_first(cells))[:200], kept)


def _spread_sections(rows: list[int], left_out: list[tuple[int, LeftOut]]) -> list[str] | None:
    """Return for every row the heading above it; None when there are none."""
    headings = [(row, item.text) for row, item in left_out if item.kind == "section"]
    if not headings:
        return None
    places = np.searchsorted([row for row, _ in headings], rows) - 1
    return ["" if place < 0 else headings[place][1] for place in places]


def _find_totals(sheet: RawSheet, start: int, end: int) -> Iterator[tuple[int, Kind]]:
    """Yield rows that begin with 合计, 小计, 全国, 东部地区; a number or a year may stand before the word."""
    for place, column in enumerate(sheet.columns[:_KEY_COLUMNS]):
        cells = column if start == 0 and end == len(column) else column[start:end]
        texts = [cell for cell in set(cells) if cell.__class__ is str]
        words: dict[str, Kind] = {cell: kind for cell in texts if (kind := find_total(cell))}
        for row in [row for row, cell in enumerate(cells, start) if cell in words] if words else ():
            before = [sheet.columns[i][row] for i in range(place)]
            if all(
                is_blank(cell) or not isinstance(cell, str) or find_total(cell) or cell.strip().isdecimal()
                for cell in before
            ):
                yield row, words[column[row]]


def _find_notes(sheet: RawSheet, start: int, end: int) -> Iterator[int]:
    """Yield rows whose first cell is a note, whatever its commas made of it."""
    column = sheet.columns[0]
    words = {cell for cell in set(column[start:end]) if is_note(cell) and not names_place(cell)}
    for row in [row for row in range(start, end) if column[row] in words] if words else ():
        if not look_at(sheet.row(row)).numbers:
            yield row


def _cut_columns(piece: Piece, filled: list[list[bool]]) -> Iterator[Piece]:
    """Part a table at blank columns and where its first header stands again; drop stray cells beside it."""
    head, sheet = piece.head, piece.sheet
    used = [
        place
        for place, cells in enumerate(filled)
        if any(cells[row] for row in head.header) or _any_filled(cells, piece.rows)
    ]
    groups = _group(used, piece)
    kept: list[list[int]] = []
    strays: list[LeftOut] = []
    for group in groups:
        if kept and _is_stray(group, piece, filled):
            strays += _name_strays(group, piece)
        elif not kept or _has_key(group, sheet, head, piece.rows):
            kept.append(group)
        else:
            kept[-1].extend(group)
    for number, group in enumerate(kept):
        rows, sections = _rows_of(piece, group, filled) if len(kept) > 1 else (piece.rows, piece.sections)
        left_out = (*piece.left_out, *strays) if number == 0 else ()
        yield replace(piece, columns=tuple(group), rows=rows, left_out=left_out, sections=sections)


def _any_filled(cells: list[bool], rows: Sequence[int]) -> bool:
    if isinstance(rows, range):
        return any(cells[rows.start : rows.stop])
    return any(cells[row] for row in rows)


def _group(used: list[int], piece: Piece) -> list[list[int]]:
    """Part columns where one is blank, and where another table begins beside the first.

    It does where the first label of the header stands again, and at a column of years behind columns of years.
    """
    sheet, head = piece.sheet, piece.head
    titles = [normalise_cell(sheet.columns[place][head.header[0]]) if head.header else "" for place in used]
    dated = [find_year(title) is not None for title in titles]
    groups: list[list[int]] = []
    for position, place in enumerate(used):
        again = position > 0 and titles[position] != "" and titles[position] == titles[0] != titles[position - 1]
        years = any(dated[:position]) and whole("years").fullmatch(titles[position]) and _holds_years(piece, place)
        if position == 0 or place - used[position - 1] > 1 or again or years:
            groups.append([])
        groups[-1].append(place)
    return groups


def _holds_years(piece: Piece, place: int) -> bool:
    column = piece.sheet.columns[place]
    cells = [column[row] for row in piece.rows[:_FIRST_ROWS] if not is_blank(column[row])]
    return bool(cells) and all(find_year(cell) is not None for cell in cells)


def _is_stray(group: list[int], piece: Piece, filled: list[list[bool]]) -> bool:
    """Tell whether a group of columns is a few texts beside the table: no header, a cell in twenty rows."""
    named = any(filled[place][row] for place in group for row in piece.head.header)
    cells = sum(filled[place][row] for place in group for row in piece.rows)
    return not named and cells <= max(3, len(piece.rows) * len(group) // 20)


def _name_strays(group: list[int], piece: Piece) -> Iterator[LeftOut]:
    for cells in (piece.sheet.columns[place] for place in group):
        for row in [row for row in piece.rows if not is_blank(cells[row])]:
            yield LeftOut("note", piece.sheet.lines[row], normalise_cell(cells[row])[:200])


def _has_key(group: list[int], sheet: RawSheet, head: Head, rows: Sequence[int]) -> bool:
    """Tell whether a group of columns begins with regions or years of its own."""
    cells = [sheet.columns[group[0]][row] for row in rows[:_FIRST_ROWS]]
    texts = [cell for cell in cells if not is_blank(cell)]
    if not texts or len(group) < 2:  # noqa: PLR2004 - a key and a value
        return False
    look = look_at(list(dict.fromkeys(texts)))
    label = normalise_cell(sheet.columns[group[0]][head.header[-1]]) if head.header else ""
    return look.places * 2 > look.distinct or (look.years == look.distinct and label != "" and look.distinct > 1)


def _rows_of(piece: Piece, group: list[int], filled: list[list[bool]]) -> tuple[list[int], list[str] | None]:
    """Return the rows in which a group of columns holds anything."""
    kept = [n for n, row in enumerate(piece.rows) if any(filled[place][row] for place in group)]
    sections = [piece.sections[n] for n in kept] if piece.sections else None
    return [piece.rows[n] for n in kept], sections
