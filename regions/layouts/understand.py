"""Read a file, or the files of a folder, into understood blocks."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from regions.errors import Fault
from regions.layouts.axes import find_axes
from regions.layouts.block import Block, BlockColumn, Layout, PassedOver
from regions.layouts.cell_words import is_blank, normalise_cell
from regions.layouts.column_names import date_columns, name_columns
from regions.layouts.containers import open_file
from regions.layouts.cut_blocks import Piece, cut_sheet
from regions.layouts.title_lines import read_titles
from regions.layouts.word_lists import whole
from regions.layouts.year_words import split_relative_year
from regions.messages import say
from regions.workbooks.raw_sheet import RawSheet

if TYPE_CHECKING:
    from regions.workbooks.workbook import Workbook

_FIRST_ROWS = 40


def read_layout(paths: Iterable[Path], path: Path, *, workbook: "Workbook | None" = None) -> Layout:
    """Read files into blocks.

    Parameters
    ----------
    paths
        The files.
    path
        The file or the folder that they stand for.
    workbook
        The only file, where it is open already.

    Raises
    ------
    StudyError
        When a file cannot be read.
    """
    blocks: list[Block] = []
    passed: list[PassedOver] = []
    faults: list[Fault] = []
    files = tuple(paths)
    for file in files:
        opened = open_file(file, workbook)
        passed += opened.passed_over
        faults += opened.faults
        for sheet in opened.sheets:
            found = list(read_sheet_blocks(sheet, file.stem))
            blocks += found
            faults += [fault for block in found for fault in (*_warn_merged(sheet, block), *_ask_year(block))]
            if not found:
                passed.append(_pass_over(sheet))
    return Layout(path, files, tuple(blocks), tuple(passed), tuple(faults))


def read_sheet_blocks(sheet: RawSheet, stem: str) -> Iterator[Block]:
    """Yield the understood tables of one sheet."""
    before: tuple[str, ...] = ()
    for piece in cut_sheet(sheet):
        block = _understand(piece, stem, before)
        before = block.titles
        if block.lines:
            yield block


def _warn_merged(sheet: RawSheet, block: Block) -> Iterator[Fault]:
    """Say how many merged areas lie in the body of a table; their texts are filled in."""
    body = set(block.lines) if sheet.merged else set()
    areas = sum(top in body and (bottom, right) != (top, left) for (top, left), (bottom, right) in sheet.merged)
    if areas:
        yield Fault.of(sheet.label, say("W-MERGED", count=areas))


def _ask_year(block: Block) -> Iterator[Fault]:
    """Ask which year the table is of, where columns of the year before it cannot be dated."""
    before = [column.shown for column in block.columns if column.before]
    if before:
        yield Fault.of(block.label, say("W-YEARBEFORE", columns=before))


def _understand(piece: Piece, stem: str, before: tuple[str, ...]) -> Block:
    sheet = piece.sheet
    titles = (*sheet.above, *_title_texts(piece))
    columns, unit = name_columns(piece)
    every = isinstance(piece.rows, range) and len(piece.rows) == len(sheet.lines)
    cells = tuple(sheet.columns[place] if every else _pick(sheet.columns[place], piece.rows) for place in piece.columns)
    facts = read_titles(titles or before, sheet.sheet, stem)
    dated = any(whole("years").fullmatch(column.name) and not split_relative_year(column.name) for column in columns)
    columns = date_columns(columns, None if dated else facts.year)
    if not columns:
        columns = tuple(BlockColumn(sheet.left + place, "") for place in piece.columns)
    block = Block(
        file=sheet.file,
        sheet=sheet.sheet,
        label=sheet.label,
        titles=titles,
        columns=columns,
        cells=cells,
        lines=[sheet.lines[row] for row in piece.rows],
        header_lines=tuple(sheet.lines[row] for row in piece.head.header),
        left_out=piece.left_out,
        sections=piece.sections,
        indicator=facts.indicator,
        unit=unit or facts.unit,
        year=facts.year,
        year_from=facts.year_from,
        places=facts.places,
    )
    return replace(block, axes=find_axes(columns, cells))


def _pick(column: list[object], rows: Iterable[int]) -> list[object]:
    if isinstance(rows, range):
        return column[rows.start : rows.stop]
    return [column[row] for row in rows]


def _title_texts(piece: Piece) -> Iterator[str]:
    """Yield what stands above the header, one text a cell."""
    for row in piece.head.titles:
        yield from dict.fromkeys(normalise_cell(cell) for cell in piece.sheet.row(row) if not is_blank(cell))


def _pass_over(sheet: RawSheet) -> PassedOver:
    """Describe a sheet without a table; its first rows may say units."""
    rows = range(min(len(sheet.lines), _FIRST_ROWS))
    texts = tuple(tuple(normalise_cell(cell) for cell in sheet.row(row) if not is_blank(cell)) for row in rows)
    return PassedOver(sheet.label, len(sheet.lines), say("sheet/no-table").words, texts)
