"""The page of the scorecard: its tab beside the map, what is sure of each region's place as the first layer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maps import PageOptions, build_page
from maps.page.layers import Layer
from regionet.steps.page_layers import take_network
from regionet.steps.scorecard.scorecard_layers import find_card_layers, find_card_scores
from regionet.steps.scorecard.scorecard_result import Scorecard
from regionet.steps.scorecard.scorecard_sentences import describe_scorecard
from regionet.steps.scorecard.scorecard_shown import Side, tell_scorecard
from regions.words import Words

if TYPE_CHECKING:
    from maps import Page

FILE = "scorecard.html"


def build_scorecard_page(
    card: Scorecard,
    *,
    language: str,
    layers: Sequence[Layer] = (),
    title: Words | None = None,
    notes: Sequence[Words] = (),
    beside: Sequence[Side] = (),
) -> "Page":
    """Build the page; it opens with what is sure of the ranks, and without links, which a slider brings.

    Parameters
    ----------
    card
        The scorecard.
    language
        ``zh`` or ``en``.
    layers, title, notes
        Further layers, which come first, another title, and sentences before those of the scorecard.
    beside
        Names and codes of what stands side by side at first.
    """
    drawn = (*layers, *find_card_layers(card))
    scores, units = find_card_scores(card)
    options = PageOptions(
        layers=drawn,
        layer=drawn[0].key,
        title=title or card.index.title,
        units=units,
        scorecard=tell_scorecard(card, beside),
        links_shown=0,
        notes=(*notes, *describe_scorecard(card)),
    )
    return build_page(card.study, take_network(card.study), scores=scores, language=language, options=options)
