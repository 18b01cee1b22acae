"""Measure a profile: the scorecard of the study, and from it what is told of one place and of those beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from regionet.steps.scorecard.profile.profile_figures import build_profile, choose_beside
from regionet.steps.scorecard.profile.profile_places import ProfilePlace
from regionet.steps.scorecard.profile.profile_sentences import describe_place
from regionet.steps.scorecard.profile.profile_tables import list_region_tables
from regionet.steps.scorecard.scorecard_parts import OF_REGIONS, measure_scorecard
from regionet.steps.scorecard.scorecard_query import ScorecardQuery
from regionet.steps.scorecard.scorecard_result import Scorecard
from regions.study import Study
from regions.words import Words


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What is told of a place.

    Attributes
    ----------
    card
        The scorecard of the study.
    places
        The place, then those beside it.
    figures
        Side by side, see `build_profile`.
    tables
        Of the place, see `list_region_tables`.
    told
        Its paragraphs.
    notes
        What the study could not tell, and what its data cannot say.
    """

    card: Scorecard
    places: tuple[ProfilePlace, ...]
    figures: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    told: tuple[Words, ...]
    notes: tuple[Words, ...]

    @property
    def refusals(self) -> tuple[Words, ...]:
        """Those of the notes that tell what could not be measured."""
        return tuple(words for words in self.notes if words.en.startswith("Not told"))


def measure_profile(study: Study, query: ScorecardQuery, places: Sequence[ProfilePlace]) -> Profile:
    """Measure the profile of the first of some places, beside the others or its nearest peers.

    Raises
    ------
    MethodError
        When the study has no index at all.
    """
    card = measure_scorecard(study, query, parts=OF_REGIONS)
    chosen = choose_beside(card, places[0], places[1:])
    figures = build_profile(card, chosen)
    limits = [limit.words for limit in study.limits if limit.about in {"", "indicators"}]
    return Profile(
        card,
        tuple(chosen),
        figures,
        list_region_tables(card, chosen[0]),
        tuple(describe_place(card, chosen, figures)),
        (*card.notes, *limits),
    )
