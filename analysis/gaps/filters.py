"""Parts of the register of gaps: some regions, two groups of regions, some grades."""

from collections.abc import Collection
from typing import TYPE_CHECKING

import pandas as pd

from regions import MethodError
from regions.frames.name_index import build_name_index
from regions.schema.suggest import suggest

if TYPE_CHECKING:
    from regions import Study


def filter_gaps(
    study: "Study",
    gaps: pd.DataFrame,
    *,
    regions: Collection[str] = (),
    between: tuple[str, str] | None = None,
    grades: Collection[str] = (),
) -> pd.DataFrame:
    """Keep the rows of a register that are asked for; expectations stay those of the whole.

    Parameters
    ----------
    study
        Gives names and groups.
    gaps
        As `analysis.find_gaps` returns it.
    regions
        Codes or names (any language, any case) of units: pairs with at least one of them. None of them: all pairs.
    between
        Two groups of the study: pairs with one end in the first and the other in the second. Twice the same group:
        pairs inside it.
    grades
        Any of ``strong``, ``moderate``, ``weak``, ``none``; empty: all.

    Returns
    -------
    DataFrame
        A part of the rows, in their order and with their index; ``attrs`` are kept.

    Raises
    ------
    MethodError
        When a region or a group is not known, or a group has no unit of the study.
    """
    keep = pd.Series(data=True, index=gaps.index)
    if regions:
        codes = {find_unit(study, name) for name in regions}
        keep &= gaps["source"].isin(codes) | gaps["target"].isin(codes)
    if between is not None:
        first, second = (find_members(study, name) for name in between)
        there = gaps["source"].isin(first) & gaps["target"].isin(second)
        keep &= there | (gaps["source"].isin(second) & gaps["target"].isin(first))
    if grades:
        keep &= gaps["grade"].isin(grades)
    return gaps[keep]


def find_unit(study: "Study", name: str) -> str:
    """Return the code of the unit that a word means: code, name with or without suffix, or alias, as in tables.

    Raises
    ------
    MethodError
        When there is none, or several have the name.
    """
    found = build_name_index(study.regions.reset_index()).find(name)
    if len(found) == 1:
        return found[0]
    if found:
        raise MethodError(
            f"{len(found)} regions are named {name!r}: {', '.join(found)}; give the code",
            zh=f"有 {len(found)} 个地区名为“{name}”：{'、'.join(found)}；请用代码",
        )
    known = dict(zip(study.regions.index.astype(str), study.regions["name"], strict=True))
    known |= dict.fromkeys(study.regions["name_zh"], "")
    hint, hint_zh = suggest(name, known)
    raise MethodError(
        f"study {study.name!r} has no region {name!r}. {hint}".rstrip(),
        zh=f"研究“{study.name}”没有地区“{name}”。{hint_zh}",
    )


def find_members(study: "Study", group: str) -> set[str]:
    """Return the units of a group: its members, the units they lie in, and the units inside them.

    Raises
    ------
    MethodError
        When the study has no such group, or none of its units is in it.
    """
    known = [] if study.groups is None else sorted(set(study.groups["group"]))
    if study.groups is None or group not in known:
        hint, hint_zh = suggest(group, dict.fromkeys(known, ""))
        raise MethodError(
            f"study {study.name!r} has no group {group!r}; there are: {', '.join(known) or 'none'}. {hint}".rstrip(),
            zh=f"研究“{study.name}”没有分组“{group}”；现有：{'、'.join(known) or '无'}。{hint_zh}",
        )
    codes = set(study.groups.loc[study.groups["group"] == group, "code"])
    units = set(study.unit_of.reindex(sorted(codes)).dropna()) & set(study.regions.index)
    units |= set(study.regions.index[study.regions["parent"].isin(codes)])
    if not units:
        raise MethodError(
            f"no unit of study {study.name!r} belongs to group {group!r}",
            zh=f"研究“{study.name}”没有地区属于分组“{group}”",
        )
    return units
