"""Find the units of a study: which regions are analysed, and which unit every other region belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from regions.errors import Fault, StudyError
from regions.schema.suggest import suggest
from regions.study_card import CARD, StudyCard
from regions.tables.checked_table import CheckedTable

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
    unit_of = {code: unit for code in regions.index if (unit := _climb(code, regions["parent"], wanted))}
    nested = _find_nested(regions, wanted)
    if nested:
        upper = _climb(regions["parent"][nested[0]], regions["parent"], wanted)
        raise _card_error(
            f"the unit {nested[0]} lies inside the unit {upper}; a study needs units that do not overlap.",
            f"单元 {nested[0]} 位于单元 {upper} 之内；各单元不能重叠。",
        )
    inside = sorted(wanted - set(card.without))
    if card.focus:
        members = _focus_members(card.focus, groups)
        inside = [code for code in inside if _climb(code, regions["parent"], members)]
    if not inside:
        raise _card_error("no region is left to study.", "没有可供分析的地区。")
    return Units(inside, pd.Series(unit_of, dtype="str", name="unit").rename_axis("code"))


def _wanted(regions: pd.DataFrame, card: StudyCard, linked: frozenset[str]) -> set[str]:
    for code in card.without:
        if code not in regions.index:
            raise _card_error(f"'without' names {code}, which is no region.", f"without 中的 {code} 不是已知地区。")
    parents = set(regions["parent"])
    levels = set(card.levels)
    if not levels and linked & parents:
        levels = set(regions["level"].loc[sorted(linked)]) - {""}
    if not levels or LEAF in levels:
        return _find_leaves(regions)
    known = sorted(set(regions["level"]))
    for level in sorted(levels):
        if level not in known:
            hint, hint_zh = suggest(level, dict.fromkeys([*known, LEAF], ""))
            shown = ", ".join(filter(None, known)) or "none"
            raise _card_error(
                f"no region has the level '{level}'; there are: {shown}.",
                f"没有级别为“{level}”的地区；现有：{shown}。",
                hint,
                hint_zh,
            )
    return set(regions.index[regions["level"].isin(levels)])


def _find_leaves(regions: pd.DataFrame) -> set[str]:
    return set(regions.index) - set(regions["parent"])


def _find_nested(regions: pd.DataFrame, wanted: set[str]) -> list[str]:
    """Return the units that lie inside another unit, sorted."""
    return [code for code in sorted(wanted) if _climb(regions["parent"][code], regions["parent"], wanted)]


def _climb(code: str, parent: "pd.Series[str]", wanted: set[str]) -> str:
    """Return ``code`` or the nearest region above it that is wanted; "" if there is none."""
    while code and code not in wanted:
        code = parent.get(code, "")
    return code


def _focus_members(focus: str, groups: pd.DataFrame | None) -> set[str]:
    known = [] if groups is None else sorted(set(groups["group"]))
    if groups is None or focus not in known:
        hint, hint_zh = suggest(focus, dict.fromkeys(known, ""))
        raise _card_error(f"there is no group '{focus}'.", f"没有名为“{focus}”的区域组。", hint, hint_zh)
    return set(groups.loc[groups["group"] == focus, "code"])


def _card_error(message: str, message_zh: str, hint: str = "", hint_zh: str = "") -> StudyError:
    return StudyError(Fault("E-CONFIG", CARD, message, message_zh, hint=hint, hint_zh=hint_zh))


def check_belonging(tables: Mapping[str, CheckedTable], unit_of: "pd.Series[str]", regions: pd.DataFrame) -> None:
    """Refuse links and actors that are tied to a region above the units: it is unknown which unit they belong to."""
    faults = []
    for name, column in (("links", "source"), ("links", "target"), ("actors", "region")):
        if name not in tables or column not in tables[name].frame:
            continue
        values = tables[name].frame[column]
        wrong = values[(values != "") & ~values.isin(unit_of.index)]
        faults += tables[name].fault_cells("E-LEVEL", column, wrong, lambda code: _describe_upper(regions, code))
    if faults:
        raise StudyError(faults)


def _describe_upper(regions: pd.DataFrame, code: str) -> tuple[str, ...]:
    return (
        f"{regions['name'][code]} ({code}) contains other regions, so the unit is unknown.",
        f"{regions['name_zh'][code]}（{code}）包含其他地区，无法确定所属单元。",
        "Name a region inside it, or set 'level' in study.yaml.",
        "请填写其下级地区，或在 study.yaml 中设定 level。",
    )
