"""Industry chains beside the map: stages left to right, regions by stage, where it breaks and clogs, who could fill."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maps.page.plain_values import pair, tidy
from regions.errors import MethodError
from regions.words import Words

STATES = ("not covered", "absent", "present")
"""States of a cell, by their place in the data block."""

_DIGITS = 3
_NOTHING = Words("", "")


@dataclass(frozen=True, slots=True)
class ChainCell:
    """One stage of one region.

    Attributes
    ----------
    state
        One of `STATES`.
    actors
        How many.
    clogs
        Whether the minimum cut of the region (of the group, in its row) passes it.
    said
        What there is to say of it: how it is absent, what stands beside it; "" for nothing.
    """

    state: str
    actors: int = 0
    clogs: bool = False
    said: Words = _NOTHING


@dataclass(frozen=True, slots=True)
class ChainFill:
    """Who could fill a stage: codes of the region and the candidate, the place of the stage, the probability."""

    code: str
    stage: int
    candidate: str
    probability: float
    low: float
    high: float
    tied: bool = False
    pair: Words = _NOTHING
    """Whom to bring together."""


@dataclass(frozen=True, slots=True)
class ChainSheet:
    """One chain.

    Attributes
    ----------
    name
        Of the chain.
    stages
        Names, left to right.
    rows
        Code of a region, or "" for all of them together -> name, and a cell for each stage.
    sentences
        What was found.
    fill
        Candidates, the best of each stage first.
    layer
        Key of the layer that is shown with it; "": whichever is.
    """

    name: Words
    stages: tuple[Words, ...]
    rows: Sequence[tuple[str, Words, tuple[ChainCell, ...]]]
    sentences: tuple[Words, ...] = ()
    fill: tuple[ChainFill, ...] = ()
    layer: str = ""

    def __post_init__(self) -> None:
        wrong = [code or "-" for code, _, cells in self.rows if len(cells) != len(self.stages)]
        faults = [f"{', '.join(wrong)} has not one cell for each of {len(self.stages)} stages"] if wrong else []
        states = {cell.state for _, _, cells in self.rows for cell in cells} - set(STATES)
        faults += [f"unknown state(s) {', '.join(sorted(states))}"] if states else []
        if faults:
            raise MethodError(f"Chain {self.name.en}: {'; '.join(faults)}.")


def list_chain_sheets(sheets: Sequence[ChainSheet], units: Sequence[str]) -> list[dict[str, Any]] | None:
    """Write chains as the data block holds them; None where there are none.

    Returns
    -------
    list of dict
        ``name``, ``layer``, ``stages``; ``rows``: place of the unit (None: all together), name, cells (place of the
        state, actors, whether it clogs as 0 or 1, what is said or None); ``sentences``; ``fill``: places of region,
        stage, candidate, probability, its interval, whether tied, whom to bring together or None.

    Raises
    ------
    MethodError
        A row or a candidate is no unit of the study.
    """
    if not sheets:
        return None
    place = {code: number for number, code in enumerate(units)}
    named = {code for sheet in sheets for code, _, _ in sheet.rows if code}
    named |= {code for sheet in sheets for each in sheet.fill for code in (each.code, each.candidate)}
    unknown = sorted(named - set(place))
    if unknown:
        raise MethodError(f"The chains name {len(unknown)} unknown region(s): {', '.join(unknown[:5])}.")
    return [_write_sheet(sheet, place) for sheet in sheets]


def _write_sheet(sheet: ChainSheet, place: Mapping[str, int]) -> dict[str, Any]:
    return {
        "name": pair(sheet.name),
        "layer": sheet.layer,
        "stages": [pair(stage) for stage in sheet.stages],
        "rows": [
            [place.get(code), pair(name), [_write_cell(cell) for cell in cells]] for code, name, cells in sheet.rows
        ],
        "sentences": [pair(sentence) for sentence in sheet.sentences],
        "fill": [
            [
                place[each.code],
                each.stage,
                place[each.candidate],
                *tidy((each.probability, each.low, each.high), digits=_DIGITS),
                int(each.tied),
                pair(each.pair) if any(each.pair) else None,
            ]
            for each in sheet.fill
        ],
    }


def _write_cell(cell: ChainCell) -> list[Any]:
    return [STATES.index(cell.state), cell.actors, int(cell.clogs), pair(cell.said) if any(cell.said) else None]
