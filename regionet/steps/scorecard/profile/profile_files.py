"""Write a profile: CSV files, one workbook with worded sheets, and a map with the place, its peers and the others."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from maps import RegionClasses
from maps.exchange.table_files import Sheet, write_csv, write_workbook
from maps.words.columns.scorecard_columns import PROFILE_SHEETS, build_scorecard_codebook, word_codebook
from maps.words.spillover_names import name_group
from regionet.steps.scorecard.card_words import label_card, put_card_into_words
from regionet.steps.scorecard.figure_units import put_unit
from regionet.steps.scorecard.profile.profile_places import ProfilePlace
from regionet.steps.scorecard.profile.profile_report import Profile
from regionet.steps.scorecard.profile.profile_tables import list_structure_words
from regionet.steps.scorecard.scorecard_page import build_scorecard_page
from regionet.steps.scorecard.scorecard_result import Scorecard
from regions.words import Words

if TYPE_CHECKING:
    from regionet.console.run_folder import Run

WORKBOOK, PAGE = "profile.xlsx", "profile.html"
PARTS = ("indicators", "peers", "conditions", "whatif", "growth", "productivity", "coupling", "obstacles")
"""Tables beside the figures side by side, each in ``profile_NAME.csv``."""

FILES = ("profile.csv", *(f"profile_{name}.csv" for name in PARTS), WORKBOOK, PAGE)


def write_profile(run: "Run", found: Profile, *, language: str) -> None:
    """Write the files of a profile in ``zh`` or ``en``."""
    card, places, tables = found.card, found.places, found.tables
    run.write("profile.csv", partial(write_csv, found.figures))
    for name in PARTS:
        if name in tables:
            run.write(f"profile_{name}.csv", partial(write_csv, tables[name]))
    title = Words(f"Profile of {places[0].name.en}", f"{places[0].name.zh}画像")
    layers = (_layer_places(card, places),)
    sides = [(each.name, each.members) for each in places]
    page = build_scorecard_page(card, language=language, layers=layers, title=title, notes=found.told, beside=sides)
    run.write(PAGE, page.save)
    sheets = [_sheet_about(title, found, language), _sheet_figures(found.figures, places, language)]
    sheets += [_sheet(card, name, tables[name], language) for name in PARTS if name in tables]
    book, headers = word_codebook(_build_book(found), language)
    sheets.append(Sheet(PROFILE_SHEETS["codebook"].text(language), book, headers))
    run.write(WORKBOOK, partial(write_workbook, sheets, language=language))


def _build_book(found: Profile) -> pd.DataFrame:
    """Return the words of each column of the tables."""
    columns = [str(column) for table in found.tables.values() for column in table]
    structure = list_structure_words(found.card)
    book = build_scorecard_codebook([each for each in columns if each not in structure], found.card.scheme.pillars)
    rows = [
        (column, name.en, name.zh, "What makes regions alike", "判断地区相近的结构指标")
        for column, (name, _) in structure.items()
        if column in columns
    ]
    return pd.concat([book, pd.DataFrame(rows, columns=list(book))], ignore_index=True)


def _sheet_about(title: Words, found: Profile, language: str) -> Sheet:
    lines = [words.text(language) for words in (*found.told, *found.notes)]
    about = pd.DataFrame({"text": lines}, dtype="object")
    return Sheet(PROFILE_SHEETS["about"].text(language), about, {"text": title.text(language)}, wrap=True)


def _sheet_figures(figures: pd.DataFrame, places: Sequence[ProfilePlace], language: str) -> Sheet:
    figure = "figure_zh" if language == "zh" else "figure"
    shown = figures[[figure, *(each.key for each in places)]].copy()
    for place in places:  # people, percent and ranks in one column: each as it is, without a format for all
        shown[place.key] = [None if pd.isna(cell) else float(f"{cell:.6g}") for cell in shown[place.key]]
        shown[place.key] = shown[place.key].astype(object)
    headers = {figure: Words("Figure", "指标").text(language)} | {each.key: each.name.text(language) for each in places}
    return Sheet(PROFILE_SHEETS["profile"].text(language), shown, headers)


def _sheet(card: Scorecard, name: str, table: pd.DataFrame, language: str) -> Sheet:
    shown = put_card_into_words(card, table, language)
    headers = label_card(card, "momentum" if name == "growth" else name, shown, language)
    for column, words in list_structure_words(card).items() if name == "peers" else ():
        headers[column] = put_unit(*words).text(language)
    return Sheet(PROFILE_SHEETS[name].text(language), shown, headers)


def _layer_places(card: Scorecard, places: Sequence[ProfilePlace]) -> RegionClasses:
    """Return the layer of the map: the place, those beside it, then its other peers."""
    groups = [(each.name, each.members) for each in places]
    if card.peers is not None and not places[0].is_group:
        groups.append((Words("other peers", "其他可比地区"), tuple(card.peers.list_peers(places[0].key))))
    members: dict[str, int] = {}
    for place, (_, codes) in enumerate(groups):
        for code in codes:
            members.setdefault(code, place)
    groups.append((name_group("(rest)"), ()))
    members |= {code: len(groups) - 1 for code in map(str, card.study.regions.index) if code not in members}
    kept = sorted(set(members.values()))
    return RegionClasses(
        "profile_places",
        Words(f"{places[0].name.en} and whom it stands beside", f"{places[0].name.zh}及对照地区"),
        tuple(groups[place][0] for place in kept),
        {code: kept.index(place) for code, place in members.items()},
        note=Words(
            "Peers are regions of like structure (size, wealth, towns, industry), not of like rank.",
            "可比地区按结构（规模、富裕、城镇化、工业）相近选取，不按位次。",
        ),
        meaning="focus",
    )
