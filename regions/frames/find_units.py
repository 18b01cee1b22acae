"""Find the units of a study: which regions are analysed, and which unit every other region belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from regions.errors import Fault, StudyError
from regions.frames.vocabulary import list_group_names, list_levels
from regions.messages import Message, say
from regions.schema.suggest import suggest
from regions.study_card import StudyCard

LEAF = "leaf"


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The outcome of the search.

    Attributes
    ----------
    inside
        Codes of the units that are studied, sorted.
    unit_of
        Index: code of every unit and every region inside one; value: code of the unit.
    """

    inside: list[str]
    unit_of: "pd.Series[str]"


def find_units(
    regions: pd.DataFrame, card: StudyCard, groups: pd.DataFrame | None, *, linked: frozenset[str] = frozenset()
) -> Units:
    """Find the units.

    The units are the regions of the levels that the card names. When it names none, they are the regions that
    contain no other region ("leaf"), unless the links name regions that do: then the levels of the regions that the
    links name, if no such region contains another. A region inside a unit belongs to it. Units listed in ``without``
    and, when the card has a focus, units outside the focus group are not studied; links to them are external.

    Parameters
    ----------
    regions
        Index ``code``, columns ``level`` and ``parent``; parents are known and free of circles.
    linked
        Codes that the links name.

    Raises
    ------
    StudyError
        When a level, a code or the focus group is unknown, when a unit lies inside another, or no unit is left.
    """
    wanted = _wanted(regions, card, linked)
    if not card.levels and _find_nested(regions, wanted):  # links of several levels: the lowest, the others are faults
        wanted = _find_leaves(regions)
    parents = regions["parent"].to_dict()
    unit_of = {code: unit for code in regions.index if (unit := _climb(code, parents, wanted))}
    nested = _find_nested(regions, wanted)
    if nested:
        upper = _climb(parents[nested[0]], parents, wanted)
        raise _card_error(card, say("E-CONFIG/nested-units", unit=nested[0], upper=upper))
    inside = sorted(wanted - set(card.without))
    if card.focus:
        members = _focus_members(card, groups)
        inside = [code for code in inside if _climb(code, parents, members)]
    if not inside:
        raise _card_error(card, say("E-CONFIG/no-unit"))
    return Units(inside, pd.Series(unit_of, dtype="str", name="unit").rename_axis("code"))


def _wanted(regions: pd.DataFrame, card: StudyCard, linked: frozenset[str]) -> set[str]:
    for code in card.without:
        if code not in regions.index:
            raise _card_error(card, say("E-CONFIG/without", key=card.call("without"), code=code))
    parents = set(regions["parent"])
    levels = {_match_level(level, regions["level"]) for level in card.levels}
    if not levels and linked & parents:
        levels = set(regions["level"].loc[sorted(linked)]) - {""}
    if not levels or LEAF in levels:
        return _find_leaves(regions)
    known = sorted(set(regions["level"]))
    for level in sorted(levels):
        if level not in known:
            shown = list(filter(None, known))
            meant = suggest(level, dict.fromkeys([*known, LEAF], ""))
            raise _card_error(card, say("E-CONFIG/level", level=level, known=shown).with_hint(meant))
    return set(regions.index[regions["level"].isin(levels)])


def _match_level(level: str, known: "pd.Series[str]") -> str:
    """Return a level under its name in the table: 省 is ``province``; 市 means the regions that contain no other."""
    if level == LEAF or (known == level).any():
        return level
    meant = list_levels().get(level.casefold(), level)
    return LEAF if meant == "prefecture" and (known == meant).any() else meant


def _find_leaves(regions: pd.DataFrame) -> set[str]:
    return set(regions.index) - set(regions["parent"])


def _find_nested(regions: pd.DataFrame, wanted: set[str]) -> list[str]:
    """Return the units that lie inside another unit, sorted."""
    parents = regions["parent"].to_dict()
    return [code for code in sorted(wanted) if _climb(parents[code], parents, wanted)]


def _climb(code: str, parent: Mapping[Any, str], wanted: set[str]) -> str:
    """Return ``code`` or the nearest region above it that is wanted; "" if there is none."""
    while code and code not in wanted:
        code = parent.get(code, "")
    return code


def _focus_members(card: StudyCard, groups: pd.DataFrame | None) -> set[str]:
    focus = str(card.focus)
    known = [] if groups is None else sorted(set(groups["group"]))
    if focus not in known and list_group_names().get(focus, "") in known:
        focus = list_group_names()[focus]
    if groups is None or focus not in known:
        meant = suggest(focus, dict.fromkeys(known, ""))
        raise _card_error(card, say("E-CONFIG/focus", group=focus).with_hint(meant))
    return set(groups.loc[groups["group"] == focus, "code"])


def _card_error(card: StudyCard, message: Message) -> StudyError:
    return StudyError(Fault.of(card.file, message))
