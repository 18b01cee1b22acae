"""Estimated spillover beside the map: the finding, who gives to whom by groups, whether it holds elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from maps.page.plain_values import pair, tidy
from regions.errors import MethodError
from regions.words import Words

_GROUPS = ("giver", "receiver", "estimate", "low", "high", "share", "chance", "chance_low", "chance_high")
_MODELS = ("weights", "model", "estimate", "low", "high")
_DIGITS = 4
MOST_GROUPS = 6
"""Groups of a table of cells that still fits beside a map."""


@dataclass(frozen=True, slots=True, eq=False)
class SpilloverStory:
    """What the tab on spillover says.

    Attributes
    ----------
    headline, verdict
        What was found, in one sentence; in how many estimates it holds, and that it is no cause.
    notes
        Further sentences: what cannot be said.
    unit
        Of estimates.
    groups
        ``giver``, ``receiver``, ``estimate``, ``low``, ``high``, ``share``, ``chance``, ``chance_low``,
        ``chance_high``, as of `analysis.measure_group_flows`; None: no groups are told.
    models
        ``weights``, ``model``, ``estimate``, ``low``, ``high``: what spills over under every W and every model.
    names
        Group or W -> its name in both languages; one that is absent is shown as it is.
    sizes
        Group -> its regions.
    asked
        Giver and receiver whose cell is framed; None: none.

    Raises
    ------
    MethodError
        A column is missing, ``asked`` is not among the groups, or the groups do not make a full square; all at once.

    Examples
    --------
    >>> models = pd.DataFrame({"weights": ["w"], "model": ["sar"], "estimate": [0.1], "low": [-0.1], "high": [0.3]})
    >>> SpilloverStory(Words("Head", "题"), Words("Verdict", "结论"), Words("yuan", "元"), models).groups is None
    True
    """

    headline: Words
    verdict: Words
    unit: Words
    models: pd.DataFrame
    notes: tuple[Words, ...] = ()
    groups: pd.DataFrame | None = None
    names: Mapping[str, Words] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    asked: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        faults = [f"the models have no column {name}" for name in _MODELS if name not in self.models]
        if self.groups is not None:
            lacking = [name for name in _GROUPS if name not in self.groups]
            faults += [f"the groups have no column {name}" for name in lacking]
            faults += [] if lacking else _check_square(self.groups, self.asked)
        if faults:
            raise MethodError(f"Spillover story: {'; '.join(faults)}.")


def _check_square(groups: pd.DataFrame, asked: tuple[str, str] | None) -> list[str]:
    names = set(groups["giver"]) | set(groups["receiver"])
    cells = set(zip(groups["giver"], groups["receiver"], strict=True))
    faults = []
    if len(cells) != len(names) ** 2 or len(groups) != len(cells):
        faults.append(f"the groups have {len(groups)} cells, not one for each of {len(names)} x {len(names)}")
    if asked is not None and asked not in cells:
        faults.append(f"the cell asked for, {asked[0]} to {asked[1]}, is not among them")
    return faults


def list_story(story: SpilloverStory | None) -> dict[str, Any] | None:
    """Write a story as the data block holds it; None where there is none.

    Returns
    -------
    dict
        ``headline``, ``verdict``, ``notes``, ``unit``; ``groups``: None or ``names``, ``sizes``, ``cells`` (a row per
        giver, a cell per receiver: estimate, low, high, share, chance, its range; None where it cannot be told) and
        ``asked`` (places); ``models``: ``weights`` (names), ``models``, ``rows`` (places of W and model, estimate, low,
        high).
    """
    if story is None:
        return None
    return {
        "headline": pair(story.headline),
        "verdict": pair(story.verdict),
        "notes": [pair(note) for note in story.notes],
        "unit": pair(story.unit),
        "groups": None if story.groups is None else _list_cells(story, story.groups),
        "models": _list_estimates(story),
    }


def _list_cells(story: SpilloverStory, groups: pd.DataFrame) -> dict[str, Any]:
    names = list(dict.fromkeys(groups["giver"]))
    table = groups.set_index(["giver", "receiver"])[list(_GROUPS[2:])]
    cells = [[tidy(table.loc[(one, other)], digits=_DIGITS) for other in names] for one in names]
    return {
        "names": [_name(story, name) for name in names],
        "sizes": [story.sizes.get(name) for name in names],
        "cells": cells,
        "asked": None if story.asked is None else [names.index(name) for name in story.asked],
    }


def _list_estimates(story: SpilloverStory) -> dict[str, Any]:
    weights, models = (list(dict.fromkeys(story.models[column])) for column in ("weights", "model"))
    rows = [
        [weights.index(row[0]), models.index(row[1]), *tidy(row[2:], digits=_DIGITS)]
        for row in story.models[list(_MODELS)].itertuples(index=False)
    ]
    return {"weights": [_name(story, name) for name in weights], "models": models, "rows": rows}


def _name(story: SpilloverStory, name: str) -> list[str]:
    return pair(story.names.get(name, Words(name, name)))
