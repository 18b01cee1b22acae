"""The paragraph of a profile: the place by itself, then beside each of the others."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from regionet.steps.scorecard.profile.profile_places import ProfilePlace
from regionet.steps.scorecard.profile.profile_tables import list_condition_whatif
from regionet.steps.scorecard.region_sentences import describe_region
from regionet.steps.scorecard.scorecard_result import Scorecard
from regions.words import Words


def describe_place(card: Scorecard, places: Sequence[ProfilePlace], figures: pd.DataFrame) -> list[Words]:
    """Return the paragraphs of the first place: itself, and what tells it from each of the others.

    Parameters
    ----------
    card
        The scorecard of the study.
    places
        The place and those beside it.
    figures
        From `build_profile`.
    """
    first = places[0]
    own = _describe_group(card, figures, first) if first.is_group else describe_region(card, first.key)
    whatif = () if first.is_group else _tell_whatif(card, first.key)
    compared = (words for other in places[1:] for words in _compare(card, first, other, figures))
    return [own, *whatif, *compared]


def _tell_whatif(card: Scorecard, code: str) -> Iterable[Words]:
    """Tell what it would mean to have as much of the scarcest condition as the peers have, for each outcome."""
    table, conditions = list_condition_whatif(card, [code]), card.tables.get("conditions")
    if table.empty or conditions is None:
        return
    scarcest = conditions[(conditions["code"] == code) & (conditions["gap"] < 0)].sort_values("order")
    rows = table[(table["step"] == "peers") & table["indicator"].isin(scarcest["indicator"].head(1))]
    if rows.empty:
        return
    first = rows.iloc[0]
    told = [
        [
            f"{row[f'outcome_name{end}']} {row['effect']:+.1%} [{row['low']:+.1%}, {row['high']:+.1%}]"
            + (f"{beyond}" if row["outside"] else "")
            for row in rows.to_dict("records")
        ]
        for end, beyond in (("", " (outside what was observed)"), ("_zh", "（超出观测范围）"))
    ]
    yield Words(
        f"With as much of {first['indicator_name']} as its peers have, by the associations: {'; '.join(told[0])}. "
        "An interval that holds 0 establishes nothing, and none of it is a forecast.",
        f"若{first['indicator_name_zh']}达到可比地区均值，按相关推算：{'；'.join(told[1])}。"
        "区间含 0 即不能确认，且均非预测。",
    )


def _find(figures: pd.DataFrame, figure: str, key: str) -> float:
    """Return the last figure of a name, NaN where there is none."""
    rows = figures[figures["figure"].str.startswith(figure)]
    return float(rows[key].iloc[-1]) if len(rows) else np.nan


def _describe_group(card: Scorecard, figures: pd.DataFrame, place: ProfilePlace) -> Words:
    en, zh = ([card.study.names(language)[code] for code in place.members] for language in ("en", "zh"))
    more = len(en) - _NAMED
    parts = [
        Words(
            f"{place.name.en}: {len(en)} regions, each taken whole ({', '.join(en[:_NAMED])}"
            f"{f' and {more} more' if more > 0 else ''}).",
            f"{place.name.zh}：{len(zh)} 个地区，均整体计入（{'、'.join(zh[:_NAMED])}{'等' if more > 0 else ''}）。",
        )
    ]
    best, worst = (_find(figures, f"Rank of the {end} member", place.key) for end in ("best", "worst"))
    if not np.isnan(best):
        parts.append(
            Words(
                f"Its members are between rank {best:.0f} and {worst:.0f}; a group has no rank.",
                f"成员位次在第 {best:.0f} 至第 {worst:.0f} 位之间；分组本身不排位次。",
            )
        )
    growth, share = (_find(figures, name, place.key) for name in ("Real growth a year", "Share of what all added"))
    if not np.isnan(growth):
        parts.append(
            Words(
                f"Product grew by {growth:.1f}% a year; it has {share:.1f}% of what all regions added last.",
                f"实际产出年均增长 {growth:.1f}%；最近一年占全部增量的 {share:.1f}%。",
            )
        )
    return Words(" ".join(part.en for part in parts), "".join(part.zh for part in parts))


def _compare(card: Scorecard, first: ProfilePlace, other: ProfilePlace, figures: pd.DataFrame) -> Iterable[Words]:
    told = [*_compare_ranks(card, first, other), *_compare_figures(first, other, figures)]
    if not told:
        told = [Words("nothing is known of both that could be compared", "没有两者均有数据、可供比较的指标")]
    yield Words(
        f"{first.name.en} beside {other.name.en}: {'; '.join(part.en for part in told)}.",
        f"{first.name.zh}与{other.name.zh}相比：{'；'.join(part.zh for part in told)}。",
    )


def _compare_ranks(card: Scorecard, first: ProfilePlace, other: ProfilePlace) -> Iterable[Words]:
    table = card.tables["index"]
    last = table[table["year"] == table["year"].max()].set_index("code")
    if first.is_group or other.is_group or last.loc[[first.key, other.key], "rank"].isna().any():
        return
    one, two = last.loc[first.key], last.loc[other.key]
    shown = [f"{row['rank']:.0f} [{row['rank_low']:.0f}-{row['rank_high']:.0f}]" for row in (one, two)]
    overlap = one["rank_low"] <= two["rank_high"] and two["rank_low"] <= one["rank_high"]
    doubt = Words(" (the intervals overlap: which is ahead is not established)", "（区间重叠，孰先孰后并不确立）")
    yield Words(
        f"rank {shown[0]} against {shown[1]}{doubt.en if overlap else ''}",
        f"位次 {shown[0]} 对 {shown[1]}{doubt.zh if overlap else ''}",
    )


_NAMED = 12
_BRACKET, _ZH_BRACKET = re.compile(r"\((.*?)\)"), re.compile("（(.*?)）")
_SHORT = 3  # a percent sign and 0-1 are told by the name

_COMPARED = (
    ("Coordination D", Words("coordination", "协调度"), "", 2),
    ("Real growth (%)", Words("real growth", "实际增速"), "%", 1),
    ("Real growth a year", Words("growth a year", "年均增速"), "%", 1),
    ("Share of what all added", Words("share of what all added", "占总增量"), "%", 1),
    ("Real product per head", Words("real product per head", "人均实际产出"), "", 0),
)


def _compare_figures(first: ProfilePlace, other: ProfilePlace, figures: pd.DataFrame) -> Iterable[Words]:
    for figure, name, sign, digits in _COMPARED:
        one, two = (_find(figures, figure, place.key) for place in (first, other))
        if not np.isnan(one) and not np.isnan(two):
            unit = _find_unit(figures, figure)
            yield Words(
                f"{name.en} {one:,.{digits}f}{sign} against {two:,.{digits}f}{sign}{unit.en}",
                f"{name.zh} {one:,.{digits}f}{sign} 对 {two:,.{digits}f}{sign}{unit.zh}",
            )


def _find_unit(figures: pd.DataFrame, figure: str) -> Words:
    """Return the unit of money that stands in brackets in the name of a figure, for behind the numbers."""
    row = figures[figures["figure"].str.startswith(figure)].iloc[-1]
    en, zh = _BRACKET.findall(row["figure"]), _ZH_BRACKET.findall(row["figure_zh"])
    return Words(f" {en[-1]}", f" {zh[-1]}") if en and zh and len(en[-1]) > _SHORT else Words("", "")
