"""Tables under our names that stand in another form, and other sheets beside our own, in one study."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from regions.errors import Fault, StudyError
from regions.files.text_table import TextTable
from regions.foreign.read_foreign import Foreign, read_foreign
from regions.forms.wide_matrix import Missing
from regions.schema.cell_values import fold_header
from regions.schema.headers import has_required, recognise_table
from regions.study_workbook import GUIDE, SETTING_SHEETS, Book
from regions.table_file import TEXT, WORKBOOKS, read_file
from regions.tables.checked_table import CheckedTable

Loaded = dict[str, TextTable | CheckedTable | StudyError]

_COLLABORATION = ("links", "records", "actors")
_ANY_FORM = (*_COLLABORATION, "indicators")
"""Tables of ours that may stand in another form."""

_OF_FORM = frozenset({"E-HEADER", "E-MERGED"})
"""Faults that a table in another form has when it is taken for one in ours."""
_TOLD = frozenset({"E-ASYMMETRIC", "E-NAMELESS", "E-FACTS", "E-WEIGHT", "E-NUMBER", "E-NEG", "E-YEAR"})
"""Faults that show that the other form was understood."""


@dataclass(frozen=True, slots=True, eq=False)
class Mixed:
    """Tables that were read in another form than ours.

    Attributes
    ----------
    found
        What they hold.
    replaced
        Tables of ours whose place they take.
    """

    found: Foreign
    replaced: frozenset[str]


def is_own_form(name: str, table: TextTable | CheckedTable | StudyError) -> bool:
    """Tell whether a table is in our own form; one that cannot be read for other reasons is no matter of form."""
    if isinstance(table, StudyError):
        return not all(fault.code in _OF_FORM and fault.column is None for fault in table.faults)
    if isinstance(table, CheckedTable):
        return True
    headers = [str(header) for header in table.frame.columns]
    required = has_required(name, headers)
    return required or (name == "actors" and has_required(name, [*headers, "id"]))


def read_mixed_book(book: Book, path: Path, *, missing: Missing | None = None) -> Mixed | None:
    """Read the sheets of a workbook that are in another form than ours, be it under our names or under their own.

    Links of ours are read with them, so that sheets of one form are joined and the same facts compared.

    Returns
    -------
    Mixed or None
        None where nothing stands there but our own tables, notes and what nobody understands.

    Raises
    ------
    StudyError
        With the faults of a table under our name whose form was understood.
    """
    if book.workbook is None:
        return None
    names = {sheet: recognise_table(sheet) for sheet in book.workbook.sheets}
    broken = {name for name in _ANY_FORM if name in book.tables and not is_own_form(name, book.tables[name])}
    plain = {sheet for sheet, name in names.items() if name is None and not _explains(sheet)}
    wanted = plain | {sheet for sheet, name in names.items() if name in broken}
    if not wanted:
        return None
    links = {sheet for sheet, name in names.items() if name == "links"}
    alone = broken == {"indicators"} and not plain  # then links of ours are none of its matters
    for sheets in (wanted,) if alone else (wanted | links, wanted):
        found = _try(([path], path), book, sheets, missing, asked=broken)
        kept = set(book.tables) - broken - {"links"}
        used = broken or (found is not None and _uses(found, wanted))
        if found is not None and used and not kept & set(found.tables):
            replaced = broken | ({"links"} & set(found.tables))
            return Mixed(found, frozenset(replaced & set(book.tables)))
    return None


def _uses(found: Foreign, sheets: Collection[str]) -> bool:
    return any(taken.label.endswith(f"[{sheet}]") for taken in found.understood for sheet in sheets)


def _explains(sheet: str) -> bool:
    return fold_header(sheet) in {*SETTING_SHEETS, *GUIDE}


def _try(
    files: tuple[Sequence[Path], Path],
    book: Book | None,
    sheets: Collection[str] | None,
    missing: Missing | None,
    *,
    asked: Collection[str],
) -> Foreign | None:
    """Read in whatever form; None where nothing about collaboration, nor what was asked for, is found."""
    directed = book.card.directed if book is not None else False
    workbook = book.workbook if book is not None else None
    try:
        found = read_foreign(*files, directed=directed, workbook=workbook, sheets=sheets, missing=missing)
    except StudyError as error:
        if asked and any(fault.code in _TOLD for fault in error.faults):
            raise
        return None
    return found if set(found.tables) & {*_COLLABORATION, *asked} else None


def read_mixed_files(
    own: dict[str, Path], loaded: Loaded, *, directed: bool = False, missing: Missing | None = None
) -> Mixed | None:
    """Read the files of links, records, actors and indicators of a folder that are in another form than ours.

    Parameters
    ----------
    own
        Table -> file.
    loaded
        Gets the tables that are read on the way.

    Raises
    ------
    StudyError
        As of `read_mixed_book`.
    """
    broken: dict[str, Path] = {}
    for name in _ANY_FORM:
        if name not in own or own[name].suffix.lower() not in (*TEXT, *WORKBOOKS) or name in loaded:
            continue
        try:
            loaded[name] = read_file(name, own[name])
        except StudyError as error:
            loaded[name] = error
        if not is_own_form(name, loaded[name]):
            broken[name] = own[name]
    if not broken:
        return None
    files = list(dict.fromkeys(broken.values()))
    try:
        found = read_foreign(files, files[0].parent, directed=directed, missing=missing)
    except StudyError as error:
        if any(fault.code in _TOLD for fault in error.faults):
            raise
        return None
    kept = set(own) - set(broken)
    if not set(found.tables) & set(_ANY_FORM) or kept & set(found.tables):
        return None
    return Mixed(found, frozenset(broken))


def take_mixed(mixed: Mixed, own: dict[str, Path], loaded: Loaded, faults: list[Fault]) -> list[Fault]:
    """Put tables of another form in the place of ours; return the warnings, without those about sheets read now."""
    for name in mixed.replaced:
        own.pop(name, None)
        loaded.pop(name, None)
    own.update(mixed.found.files)
    loaded.update(mixed.found.tables)
    return [*(fault for fault in faults if fault.code != "W-SHEET"), *mixed.found.faults]
