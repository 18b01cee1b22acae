"""Find the tables and the settings of a study in one Excel workbook."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from regions.errors import Fault, StudyError
from regions.files.text_table import TextTable
from regions.messages import say
from regions.schema.cell_values import clean_text, fold_header
from regions.schema.headers import recognise_table
from regions.schema.suggest import suggest
from regions.schema.tables import SETTINGS, TABLES
from regions.study_card import StudyCard, parse_card

if TYPE_CHECKING:
    from regions.workbooks.workbook import Workbook

SETTING_SHEETS = ("settings", "study", "设置", "研究设置")
GUIDE = ("readme", "notes", "guide", "explanation", "说明", "填写说明", "使用说明")
_SETTING_WORDS = {
    word: key for key, setting in SETTINGS.items() for word in (setting.label.zh, *setting.synonyms) if word
}
_LISTS = frozenset({"level", "without", "borders", "years"})


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """What a workbook holds.

    Attributes
    ----------
    card
        Its settings; an empty card when it has no sheet for them.
    tables
        Table name -> its text, or the faults found while reading it. Sheets without rows are left out, so that a
        template may be filled in part.
    faults
        Warnings about sheets that were not read.
    workbook
        The open file.
    named
        Whether any sheet has the name of a table of ours, be it empty as in a template.
    """

    card: StudyCard
    tables: dict[str, TextTable | StudyError]
    faults: list[Fault]
    workbook: "Workbook | None" = None
    named: bool = False


def open_book(path: Path) -> Book:
    """Read every sheet that holds a table or the settings, by its name in English or Chinese (``links`` or 联系).

    Raises
    ------
    StudyError
        ``E-SHEET``: two sheets hold the same table; ``E-CONFIG``: a setting is wrong; faults of the file itself.
    """
    from regions.workbooks.workbook import open_workbook, read_sheet  # noqa: PLC0415 - calamine, only where used

    workbook = open_workbook(path)
    names = {sheet: recognise_table(sheet) for sheet in workbook.sheets}
    settings = [sheet for sheet in workbook.sheets if fold_header(sheet) in SETTING_SHEETS]
    _refuse_twins(path.name, names)
    tables: dict[str, TextTable | StudyError] = {}
    for sheet, name in names.items():
        if name:
            try:
                tables[name] = read_sheet(workbook, sheet, name)
            except StudyError as error:
                tables[name] = error
    card = parse_settings(read_sheet(workbook, settings[0])) if settings else StudyCard()
    unread = [
        sheet for sheet, name in names.items() if not name and fold_header(sheet) not in {*SETTING_SHEETS, *GUIDE}
    ]
    faults = [_warn_unread(path.name, sheet) for sheet in unread]
    faults += [_warn_unread(path.name, sheet) for sheet in workbook.hidden if recognise_table(sheet)]
    filled = {name: table for name, table in tables.items() if not _is_blank(table)}
    return Book(card, filled, faults, workbook, bool(tables))


def _is_blank(table: TextTable | StudyError) -> bool:
    if isinstance(table, StudyError):
        return all(fault.code == "E-EMPTY" for fault in table.faults)
    return table.frame.empty and not table.suspect


def _refuse_twins(file: str, names: Mapping[str, str | None]) -> None:
    for name in dict.fromkeys(filter(None, names.values())):
        sheets = [sheet for sheet, found in names.items() if found == name]
        if len(sheets) > 1:
            shown = ", ".join(sheets)
            raise StudyError(Fault.of(file, say("E-SHEET/twins", table=name, sheets=shown)))


def _warn_unread(file: str, sheet: str) -> Fault:
    meant = suggest(sheet, dict.fromkeys(TABLES, ""))
    return Fault.of(file, say("W-SHEET/unread", sheet=sheet).with_hint(meant))


def parse_settings(table: TextTable) -> StudyCard:
    """Return the card that a sheet of settings makes: name of the setting in the first column, value in the second.

    Raises
    ------
    StudyError
        ``E-CONFIG`` with the row of every setting that is unknown or has a wrong value.
    """
    rows = zip(table.lines, *(table.frame[column] for column in table.frame.columns[:2]), strict=True)
    lines: dict[int, str] = {}
    for line, word, cell in rows:
        key, value = fold_header(word).strip("* "), clean_text(pd.Series([cell])).iloc[0]
        if key and value:
            lines[int(line)] = _write_setting(_SETTING_WORDS.get(key, key), value)
    text = "\n".join(lines.get(line, "") for line in range(1, max(lines, default=0) + 1))
    return parse_card(text, table.file, sheet=True) if lines else StudyCard()


def _write_setting(key: str, value: str) -> str:
    """Write one setting as a line of a card; texts are quoted, so that nothing is taken for another type."""
    plain = SETTINGS[key].meant.get(value.casefold(), value) if key in SETTINGS else value
    if key == "directed":
        shown = plain.lower() if plain.lower() in {"true", "false"} else json.dumps(plain)
    elif key in _LISTS:
        shown = json.dumps([part.strip() for part in re.split("[;；、,，]", plain) if part.strip()])
    else:
        shown = json.dumps(plain)
    return f"{json.dumps(key)}: {shown}"
