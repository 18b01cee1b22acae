"""The scorecard beside the map: ranks with their intervals, pillars, what moves a region, two of them side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from maps.page.plain_values import pair, tidy
from regions.errors import MethodError
from regions.words import Words

_DIGITS = 4
_NOTHING = Words("", "")
WAYS = ("none", "mean", "sum", "span", "weighted")
"""How a figure of a group is made of those of its members, by their place in the data block."""


@dataclass(frozen=True, slots=True, eq=False)
class CardFigure:
    """A row of the table of two regions side by side.

    Attributes
    ----------
    section
        What it stands under.
    name
        With unit and year.
    values
        Code -> value; absent or None: not available.
    way
        How it is told of a group, one of `WAYS`: not, the mean of the members, their sum, from least to most, or the
        mean weighted by ``weights``.
    weights
        Code -> weight.
    """

    section: Words
    name: Words
    values: Mapping[str, float | None]
    way: str = "mean"
    weights: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class CardRow:
    """One region.

    Attributes
    ----------
    code
        Of the region.
    rank, rank_low, rank_high, score
        None where too much is missing.
    pillars
        0 to 1, None where there is nothing.
    shares
        Of the variance of its rank that each choice explains alone.
    told
        Its paragraph.
    facts
        What a fact is, and what it is here.
    peers
        Codes, the nearest first.
    """

    code: str
    rank: float | None
    rank_low: float | None
    rank_high: float | None
    score: float | None
    pillars: tuple[float | None, ...]
    shares: tuple[float | None, ...] = ()
    told: Words = _NOTHING
    facts: tuple[tuple[Words, Words], ...] = ()
    peers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ScorecardStory:
    """What the tab on the scorecard says.

    Attributes
    ----------
    headline
        One sentence.
    title
        Of the index, with its year.
    note
        How ranks and intervals were made.
    pillars
        Name, and why it is empty (None: it is not).
    choices
        Names of the choices in making the index.
    rows
        In the order of rank; those without one last.
    figures
        For two side by side.
    groups
        Name and codes of groups that can be put side by side.
    sentences
        What was found of the whole.
    beside
        Codes of a region, or of one of the groups, and of another: what stands side by side at first.

    Raises
    ------
    MethodError
        A row has not one value for each pillar and choice, a figure has an unknown way, or what is to stand side by
        side is neither a region nor a group; all at once.

    Examples
    --------
    >>> row = CardRow("P", 1, 1, 2, 0.8, (0.8,), (1.0,))
    >>> pillars = ((Words("research", "研究"), None),)
    >>> told = (Words("Head", "题"), Words("Index", "指数"), Words("Note", "注"))
    >>> ScorecardStory(*told, pillars, (Words("weights", "权重"),), (row,)).rows[0].rank
    1
    """

    headline: Words
    title: Words
    note: Words
    pillars: tuple[tuple[Words, Words | None], ...]
    choices: tuple[Words, ...]
    rows: tuple[CardRow, ...]
    figures: tuple[CardFigure, ...] = ()
    groups: tuple[tuple[Words, tuple[str, ...]], ...] = ()
    sentences: tuple[Words, ...] = ()
    beside: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        short = [row.code for row in self.rows if len(row.pillars) != len(self.pillars)]
        uneven = [row.code for row in self.rows if len(row.shares) not in {0, len(self.choices)}]
        odd = sorted({figure.way for figure in self.figures} - set(WAYS))
        faults = [f"{', '.join(short[:5])} has not one value for each of {len(self.pillars)} pillars"] if short else []
        if uneven:
            faults.append(f"{', '.join(uneven[:5])} has not one share for each of {len(self.choices)} choices")
        faults += [f"unknown way(s) {', '.join(odd)}; allowed are {', '.join(WAYS)}"] if odd else []
        groups = [frozenset(codes) for _, codes in self.groups]
        lost = [codes for codes in self.beside if len(codes) != 1 and frozenset(codes) not in groups]
        faults += [f"{', '.join(codes[:5])} is no group of the scorecard" for codes in lost]
        if faults:
            raise MethodError(f"Scorecard: {'; '.join(faults)}.")


def list_scorecard(story: ScorecardStory | None, units: Sequence[str]) -> dict[str, Any] | None:
    """Write a scorecard as the data block holds it; None where there is none.

    Returns
    -------
    dict
        ``headline``, ``title``, ``note``, ``choices``, ``sentences`` (both languages); ``pillars``: name, reason or
        None; ``rows``: place of the unit, rank, its interval, score, pillars, shares, paragraph, facts, peers (places);
        ``figures``: section, name, place of the way, a value per unit, a weight per unit or None; ``groups``: name,
        places of the units; ``beside``: places of units, or of groups behind the units.

    Raises
    ------
    MethodError
        A row, a peer or a group is no unit of the study.
    """
    if story is None:
        return None
    place = {code: number for number, code in enumerate(units)}
    named = {code for row in story.rows for code in (row.code, *row.peers)}
    named |= {code for codes in (*story.beside, *(members for _, members in story.groups)) for code in codes}
    if unknown := sorted(named - set(place)):
        raise MethodError(f"The scorecard names {len(unknown)} unknown region(s): {', '.join(unknown[:5])}.")
    return {
        "headline": pair(story.headline),
        "title": pair(story.title),
        "note": pair(story.note),
        "pillars": [[pair(name), None if why is None else pair(why)] for name, why in story.pillars],
        "choices": [pair(choice) for choice in story.choices],
        "rows": [_write_card_row(row, place) for row in story.rows],
        "figures": [_write_figure(figure, units) for figure in story.figures],
        "groups": [[pair(name), [place[code] for code in codes]] for name, codes in story.groups],
        "sentences": [pair(sentence) for sentence in story.sentences],
        "beside": [_find_side(codes, story, units) for codes in story.beside],
    }


def _find_side(codes: tuple[str, ...], story: ScorecardStory, units: Sequence[str]) -> int:
    groups = [frozenset(members) for _, members in story.groups]
    return list(units).index(codes[0]) if len(codes) == 1 else len(units) + groups.index(frozenset(codes))


def _write_card_row(row: CardRow, place: Mapping[str, int]) -> list[Any]:
    return [
        place[row.code],
        *tidy((row.rank, row.rank_low, row.rank_high)),
        *tidy((row.score,), digits=_DIGITS),
        tidy(row.pillars, digits=_DIGITS),
        tidy(row.shares, digits=_DIGITS),
        pair(row.told),
        [[pair(name), pair(text)] for name, text in row.facts],
        [place[code] for code in row.peers],
    ]


def _write_figure(figure: CardFigure, units: Sequence[str]) -> list[Any]:
    values = tidy((figure.values.get(code) for code in units), digits=_DIGITS)
    weights = tidy((figure.weights.get(code) for code in units), digits=_DIGITS) if figure.weights else None
    return [pair(figure.section), pair(figure.name), WAYS.index(figure.way), values, weights]
