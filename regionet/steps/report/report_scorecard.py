"""The scorecard in the report, where the indicators of a study bear one."""

from typing import NamedTuple

import pandas as pd

from maps import PageOptions
from maps.exchange.table_files import Sheet
from maps.report.plot_style import Figure, Voice
from regionet.steps.scorecard.scorecard_figures import draw_scorecard_figures
from regionet.steps.scorecard.scorecard_layers import find_card_layers
from regionet.steps.scorecard.scorecard_parts import measure_scorecard
from regionet.steps.scorecard.scorecard_query import ScorecardQuery
from regionet.steps.scorecard.scorecard_result import Scorecard
from regionet.steps.scorecard.scorecard_sentences import list_sections
from regionet.steps.scorecard.scorecard_shown import tell_scorecard
from regionet.steps.scorecard.scorecard_tables import list_card_sheets
from regions.errors import MethodError
from regions.study import Study
from regions.words import Words

_FEWEST_PILLARS = 2
TABLES = ("index", "coupling", "momentum", "inequality", "sigma", "lorenz", "markov")
"""Tables that stand beside the report."""

_SHEETS = ("index", "coupling", "momentum", "productivity", "received", "inequality", "conditions")
_CODEBOOK = Words("Codebook of the scorecard", "记分卡指标说明")
FIGURES = ("ranks", "ranks-2", "ranks-3", "densities", "lorenz", "transitions", "sigma")


class ReportCard(NamedTuple):
    """What the report says of the scorecard: sentences behind the name of their part, tables by the stem of a file.

    The name stands at the first sentence of a part only; the headline comes first and has none.
    """

    card: Scorecard
    told: tuple[tuple[Words, Words], ...]
    tables: dict[str, pd.DataFrame]


def measure_report_card(study: Study) -> ReportCard | None:
    """Measure the scorecard as ``regionet index`` does by default, so that both tell the same numbers.

    Returns
    -------
    ReportCard or None
        None where the study has no indicators for two pillars: an index of one pillar is that pillar, and
        ``regionet index`` says what is lacking.
    """
    try:
        card = measure_scorecard(study, ScorecardQuery())
    except MethodError:  # no indicators of the scheme
        return None
    index = card.tables["index"]
    if sum(index[pillar].notna().any() for pillar in card.scheme.pillars) < _FEWEST_PILLARS:
        return None
    tables = {name: card.tables[name] for name in TABLES if name in card.tables}
    tables["index"] = index.drop(columns=[pillar for pillar in card.scheme.pillars if index[pillar].isna().all()])
    none = Words("", "")
    told = [(none if place else name, words) for name, part in list_sections(card) for place, words in enumerate(part)]
    return ReportCard(card, ((none, tell_scorecard(card).headline), *told), tables)


def choose_page(found: ReportCard | None) -> PageOptions:
    """Return what the page of the report has beside gaps: the tab on the scorecard, and how sure ranks are."""
    if found is None:
        return PageOptions()
    return PageOptions(scorecard=tell_scorecard(found.card), layers=find_card_layers(found.card)[:1])


def list_report_sheets(found: ReportCard | None, language: str) -> list[Sheet]:
    """Return the main tables of the scorecard as sheets of the workbook, and what their columns mean."""
    return [] if found is None else list_card_sheets(found.card, _SHEETS, language, codebook=_CODEBOOK)


def draw_report_card(found: ReportCard, voice: Voice) -> dict[str, Figure]:
    """Draw its figures, by the name of each in the report."""
    return {figure.name.removeprefix("figure-"): figure for figure in draw_scorecard_figures(found.card, voice)}
