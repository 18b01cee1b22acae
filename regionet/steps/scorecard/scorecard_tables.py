"""The scorecard as it leaves the program: CSV, one workbook, the page, figures."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from maps.exchange.table_files import Sheet, write_csv, write_workbook
from maps.report.plot_style import NO_FONT, find_voice
from maps.words.columns.scorecard_columns import SHEETS, build_scorecard_codebook, label_scorecard, word_codebook
from regionet.console.terminal import tell
from regionet.steps.results import write_figures
from regionet.steps.scorecard.card_words import label_card, put_card_into_words
from regionet.steps.scorecard.region_sentences import describe_region
from regionet.steps.scorecard.scorecard_figures import draw_scorecard_figures, tabulate_figures
from regionet.steps.scorecard.scorecard_page import FILE as PAGE
from regionet.steps.scorecard.scorecard_page import build_scorecard_page
from regionet.steps.scorecard.scorecard_result import Scorecard
from regions.errors import MissingExtraError
from regions.messages import say
from regions.words import Words

if TYPE_CHECKING:
    from regionet.console.run_folder import Run

FILES = {name: f"{name}.csv" for name in SHEETS if name not in {"about", "told", "codebook", "peers", "conditions"}}
FILES |= {"peers": "peers.csv", "conditions": "conditions.csv"}
"""Table -> file."""

_PART = Words("Part", "部分")
WORKBOOK = "index.xlsx"
CODEBOOK = "codebook.csv"
FIGURES, FIGURE_LIST = "figures", "figures/figures.csv"


def write_scorecard(run: "Run", card: Scorecard, notes: list[tuple[str, str]], *, language: str) -> None:
    """Write every table as CSV with a codebook of all columns, all of them as one workbook, the page and figures."""
    for name, table in card.tables.items():
        run.write(FILES[name], partial(write_csv, table))
    run.write(PAGE, build_scorecard_page(card, language=language).save)
    run.write(WORKBOOK, partial(write_workbook, _list_sheets(card, notes, language), language=language))
    columns = [str(column) for table in card.tables.values() for column in table]
    run.write(CODEBOOK, partial(write_csv, _build_codebook(card, columns)))
    _write_figures(run, card, language)


def _build_codebook(card: Scorecard, columns: list[str]) -> pd.DataFrame:
    """Return the words of each column, and the files that have it."""
    book = build_scorecard_codebook(columns, card.scheme.pillars)
    files = [
        ", ".join(FILES[name] for name, table in card.tables.items() if column in table) for column in book["column"]
    ]
    return book.assign(files=files)


def _write_figures(run: "Run", card: Scorecard, language: str) -> None:
    try:
        voice = find_voice(language)
    except MissingExtraError as error:  # a scorecard is whole without pictures
        tell(say("scorecard/no-figures", why=error.words).text(language))
        return
    if voice.language != language:
        tell(NO_FONT.text(language))
    figures = draw_scorecard_figures(card, voice)
    write_figures(run, figures, folder=f"{FIGURES}/")
    run.write(FIGURE_LIST, partial(write_csv, tabulate_figures(figures)))


def _list_sheets(card: Scorecard, notes: list[tuple[str, str]], language: str) -> list[Sheet]:
    about = pd.DataFrame(notes, columns=["part", "text"], dtype="object")
    heads = {"part": _PART.text(language), "text": card.study.title.text(language)}
    told = tell_regions(card, language)
    sheets = [
        Sheet(SHEETS["about"].text(language), about, heads, wrap=True),
        Sheet(SHEETS["told"].text(language), told, _label(told, card, language), wrap=True),
    ]
    return [*sheets, *list_card_sheets(card, SHEETS, language)]


def list_card_sheets(
    card: Scorecard, names: Iterable[str], language: str, *, codebook: Words = SHEETS["codebook"]
) -> list[Sheet]:
    """Return a sheet for each table of these names that has rows, in words, and the codebook of their columns."""
    tables = {name: card.tables[name] for name in names if name in card.tables and not card.tables[name].empty}
    sheets = []
    for name, table in tables.items():
        shown = put_card_into_words(card, table, language)
        sheets.append(Sheet(SHEETS[name].text(language), shown, label_card(card, name, shown, language)))
    columns = [str(column) for table in tables.values() for column in table]
    book, headers = word_codebook(build_scorecard_codebook(columns, card.scheme.pillars), language)
    return [*sheets, Sheet(codebook.text(language), book, headers)]


def _label(table: pd.DataFrame, card: Scorecard, language: str) -> dict[str, str]:
    pillars = card.scheme.pillars
    return {str(column): label_scorecard(str(column), pillars).label.text(language) for column in table}


def tell_regions(card: Scorecard, language: str) -> pd.DataFrame:
    """Return one paragraph per region: ``code``, ``name``, ``text``."""
    names = card.study.names(language)
    rows = [(code, names[code], describe_region(card, code).text(language)) for code in card.index.panel.codes]
    return pd.DataFrame(rows, columns=["code", "name_zh" if language == "zh" else "name", "text"])
