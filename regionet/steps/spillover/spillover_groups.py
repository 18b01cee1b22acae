"""The groups between which spillover is told: all groupings of a study that its units allow, or two of the user's."""

import pandas as pd

from analysis.gaps.filters import find_members, find_unit
from analysis.roles.unit_groups import OUTSIDE, assign_groups
from maps.words.spillover_names import name_group
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

MOST = 6
"""Groupings that are told when none is named: the borders first, then sets by name."""

REST = "(rest)"
"""The regions that are in neither of two groups."""

RESTS = (REST, OUTSIDE)
"""What is no group of its own."""


def list_group_labels(
    study: Study, codes: "pd.Index[str]", *, by: str | None, between: tuple[str, str] | None
) -> tuple[dict[str, "pd.Series[str]"], list[Words]]:
    """Return groupings by name, a label for every region, and notes on those that the units do not allow.

    Parameters
    ----------
    study
        Border columns and named sets of regions.
    codes
        The regions that are told of.
    by
        One grouping; None: the borders, and every set whose members are units themselves.
    between
        Two groups or regions, whose flows are told beside those of the rest; a region in both counts in the first.

    Raises
    ------
    MethodError
        When a name is not known, or the second of two groups lies wholly in the first.
    """
    if between is not None:
        return {" - ".join(between): _label_two(study, codes, between)}, []
    if by is not None:
        return {by: assign_groups(study, by).reindex(codes)}, []
    found: dict[str, pd.Series[str]] = {}
    inner: list[str] = []
    for name in [*study.borders, *_list_sets(study)]:
        if name not in study.borders and not _holds_units(study, name):
            inner.append(name)
            continue
        labels = assign_groups(study, name).reindex(codes)
        if 1 < labels.nunique() < len(codes) and not _is_told(labels, name, found):
            found[name] = labels
    shown = dict(list(found.items())[:MOST])
    return shown, [*_tell_inner(inner), *_tell_rest([name for name in found if name not in shown])]


def name_end(study: Study, label: str) -> Words:
    """Return what a group or a region that was asked for is called: a region by its names, a set by its usual one."""
    if label not in _list_sets(study) and label not in RESTS:
        every = pd.concat([study.surroundings, study.regions])
        rows = every[(every.index == label) | (every["name"] == label) | (every["name_zh"] == label)]
        if len(rows):
            return Words(*rows[["name", "name_zh"]].iloc[-1].astype(str))
        try:
            code = find_unit(study, label)
        except MethodError:
            return name_group(label)
        return Words(study.names("en")[code], study.names("zh")[code])
    return name_group(label)


def order_groups(labels: "pd.Series[str]", between: tuple[str, str] | None) -> list[str]:
    """Return the groups of a grouping as they are shown: those asked for, then by name, what is in none last."""
    first = between or ()
    return sorted(set(labels), key=lambda name: (name in RESTS, name not in first, first[1:] == (name,), name))


def _is_told(labels: "pd.Series[str]", name: str, found: dict[str, "pd.Series[str]"]) -> bool:
    """Tell whether a set is one of the groups of a grouping that is told already, as a country among all countries."""
    members = labels == name
    return any((members == (other == label)).all() for other in found.values() for label in set(other[members]))


def _list_sets(study: Study) -> list[str]:
    return [] if study.groups is None else sorted(set(study.groups["group"]))


def _holds_units(study: Study, name: str) -> bool:
    assert study.groups is not None  # noqa: S101 - the name came from it
    members = study.groups.loc[study.groups["group"] == name, "code"]
    units = members.map(study.unit_of)
    return bool((units.isna() | (units == members)).all())


def _tell_rest(rest: list[str]) -> list[Words]:
    if not rest:
        return []
    return [
        Words(
            f"Groupings not shown: {', '.join(rest)}; name one by --by.",
            f"未列出的分组：{'、'.join(rest)}；可用 --by 指定。",
        )
    ]


def _tell_inner(inner: list[str]) -> list[Words]:
    if not inner:
        return []
    return [
        Words(
            f"Not told: spillover inside units, so between the members of {', '.join(inner)}; that needs indicators of "
            "smaller regions, which this study does not carry.",
            f"未说明：地区内部的溢出，即 {'、'.join(inner)} 各成员之间的溢出；这需要更小地区的指标，本数据集没有。",
        )
    ]


def _label_two(study: Study, codes: "pd.Index[str]", between: tuple[str, str]) -> "pd.Series[str]":
    labels = pd.Series(REST, index=codes)
    first, second = (_find(study, name) for name in between)
    labels[codes.isin(second)] = between[1]
    labels[codes.isin(first)] = between[0]
    for name in between:
        if between[0] == between[1] or not (labels == name).any():
            raise MethodError(say("spillover-groups/no-region-left", name=name))
    return labels


def _find(study: Study, name: str) -> set[str]:
    if name in _list_sets(study):
        return find_members(study, name)
    return {find_unit(study, name)}
