"""The tables of a scorecard as they leave the program: CSV and one workbook."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from maps.exchange.table_files import Sheet, write_csv, write_workbook
from maps.words.columns.scorecard_columns import SHEETS, build_scorecard_codebook, label_scorecard
from regionet.steps.scorecard.card_words import label_card, put_card_into_words
from regionet.steps.scorecard.scorecard_page import FILE as PAGE
from regionet.steps.scorecard.scorecard_page import build_scorecard_page
from regionet.steps.scorecard.scorecard_result import Scorecard
from regionet.steps.scorecard.scorecard_sentences import describe_region

if TYPE_CHECKING:
    from regionet.console.run_folder import Run

FILES = {name: f"{name}.csv" for name in SHEETS if name not in {"about", "told", "codebook", "peers", "conditions"}}
FILES |= {"peers": "peers.csv", "conditions": "conditions.csv"}
"""Table -> file."""

WORKBOOK = "index.xlsx"


def write_scorecard(run: "Run", card: Scorecard, notes: list[str], *, language: str) -> None:
    """Write every table as CSV, all of them as one workbook, and the page."""
    for name, table in card.tables.items():
        run.write(FILES[name], partial(write_csv, table))
    run.write(PAGE, build_scorecard_page(card, language=language).save)
    run.write(WORKBOOK, partial(write_workbook, _list_sheets(card, notes, language), language=language))


def _list_sheets(card: Scorecard, notes: list[str], language: str) -> list[Sheet]:
    pillars = card.scheme.pillars
    about = pd.DataFrame({"text": notes}, dtype="object")
    told = tell_regions(card, language)
    sheets = [
        Sheet(SHEETS["about"].text(language), about, {"text": card.study.title.text(language)}, wrap=True),
        Sheet(SHEETS["told"].text(language), told, _label(told, card, language), wrap=True),
    ]
    tables = {name: card.tables[name] for name in SHEETS if name in card.tables and not card.tables[name].empty}
    for name, table in tables.items():
        shown = put_card_into_words(card, table, language)
        sheets.append(Sheet(SHEETS[name].text(language), shown, label_card(card, name, shown, language)))
    columns = [str(column) for table in tables.values() for column in table]
    sheets.append(Sheet(SHEETS["codebook"].text(language), build_scorecard_codebook(columns, pillars), {}))
    return sheets


def _label(table: pd.DataFrame, card: Scorecard, language: str) -> dict[str, str]:
    pillars = card.scheme.pillars
    return {str(column): label_scorecard(str(column), pillars).label.text(language) for column in table}


def tell_regions(card: Scorecard, language: str) -> pd.DataFrame:
    """Return one paragraph per region: ``code``, ``name``, ``text``."""
    names = card.study.names(language)
    rows = [(code, names[code], describe_region(card, code).text(language)) for code in card.index.panel.codes]
    return pd.DataFrame(rows, columns=["code", "name_zh" if language == "zh" else "name", "text"])
