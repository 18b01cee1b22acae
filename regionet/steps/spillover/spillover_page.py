"""The page of estimated spillover: arrows from giver to receiver, groups, and whether it holds under other weights."""

from typing import TYPE_CHECKING

from analysis.spillover.robustness import SPILLING
from maps import PageOptions, SpilloverStory, build_page
from maps.page.layers import Layer
from maps.page.stories.spillover_story import MOST_GROUPS
from maps.words.spillover_names import name_weights
from regionet.steps.page_layers import take_network
from regionet.steps.spillover.spillover_groups import name_end, order_groups
from regionet.steps.spillover.spillover_layers import BETWEEN, CLUSTER, FLOWS, describe_unit
from regionet.steps.spillover.spillover_sentences import describe_estimates, describe_limits, describe_verdict
from regions.words import Words

if TYPE_CHECKING:
    import pandas as pd

    from maps import Page
    from regionet.steps.spillover.spillover_estimates import Estimates

FILE = "page.html"


def build_spillover_page(found: "Estimates", layers: tuple[Layer, ...], *, language: str) -> "Page":
    """Build the page; it opens with the arrows (with the clusters where there are none) and the tab on spillover.

    Links of the study are on the page too, where it has any; arrows are drawn in their place.
    """
    keys = [layer.key for layer in layers]
    shown = next(key for key in (BETWEEN, FLOWS, CLUSTER) if key in keys)
    options = PageOptions(layers=layers, layer=shown, spillover=_tell_story(found), title=_say_title(found))
    scores = None if found.flows is None else _list_scores(found)
    return build_page(found.study, take_network(found.study), scores=scores, language=language, options=options)


def _list_scores(found: "Estimates") -> "pd.DataFrame":
    assert found.flows is not None  # noqa: S101 - asked before
    table = found.flows.table[["given", "received", "net"]].reindex(found.study.regions.index)
    return table.rename(columns=lambda name: f"{name}_estimated")


def _say_title(found: "Estimates") -> Words:
    outcome = found.study.describe_indicator(found.panel.y)[0]
    cause = found.study.describe_indicator(found.panel.x[0])[0]
    years = found.panel.years
    span = f"{years[0]}-{years[-1]}" if len(years) > 1 else str(years[0])
    return Words(
        f"Spillover of {cause.en} on {outcome.en}, {span} (estimated)",
        f"“{cause.zh}”对其他地区“{outcome.zh}”的溢出，{span} 年（估计）",
    )


def _tell_story(found: "Estimates") -> SpilloverStory:
    impacts = found.grid.impacts
    rows = impacts[
        (impacts["variable"] == found.panel.x[0]) & (impacts["effect"] == "indirect") & impacts["model"].isin(SPILLING)
    ]
    groups, sizes = _pick_groups(found)
    names = {name: name_end(found.study, name) for name in sizes} | {
        name: name_weights(name) for name in rows["weights"]
    }
    asked = found.question.between if groups is not None else None
    told = (describe_limits(found), found.verdicts[0].describe(found.study.describe_indicator(found.panel.x[0])[0]))
    rest = (words for words in describe_estimates(found) if words not in told)
    return SpilloverStory(
        headline=_say_headline(found),
        verdict=describe_verdict(found),
        unit=describe_unit(found),
        models=rows,
        notes=(describe_limits(found), *rest),
        groups=groups,
        names=names,
        sizes=sizes,
        asked=asked,
    )


def _pick_groups(found: "Estimates") -> "tuple[pd.DataFrame | None, dict[str, int]]":
    """Return the first grouping whose cells fit beside a map, and the sizes of its groups."""
    for name, labels in found.labels.items():
        rows = found.groups[found.groups["grouping"] == name]
        if len(rows) and labels.nunique() <= MOST_GROUPS:
            order = order_groups(labels, found.question.between)
            rows = rows.sort_values("giver", key=lambda givers: givers.map(order.index), kind="stable")
            return rows, {str(group): int(count) for group, count in labels.value_counts().items()}
    return None, {}


def _say_headline(found: "Estimates") -> Words:
    cause = found.study.describe_indicator(found.panel.x[0])[0]
    if found.question.between is not None and len(found.groups):
        return _say_asked(found, *found.question.between)
    robust = found.verdicts[0].robust
    if robust == "positive":
        return Words(f"{cause.en} of a region lifts the others", f"一个地区的“{cause.zh}”带动其他地区")
    if robust == "negative":
        return Words(f"{cause.en} of a region goes with less elsewhere", f"一个地区的“{cause.zh}”伴随其他地区的下降")
    return Words(
        f"These data cannot tell whether {cause.en} spills over to other regions",
        f"“{cause.zh}”是否溢出到其他地区，这些数据说不准",
    )


def _say_asked(found: "Estimates", giver: str, receiver: str) -> Words:
    row = found.groups[(found.groups["giver"] == giver) & (found.groups["receiver"] == receiver)].iloc[0]
    one, other = (name_end(found.study, name) for name in (giver, receiver))
    if not (row["low"] > 0 or row["high"] < 0):
        return Words(
            f"Whether {one.en} gives to {other.en} cannot be told from these data",
            f"{one.zh}是否向{other.zh}溢出，这些数据说不准",
        )
    if row["share"] != row["share"] or row["chance"] != row["chance"]:
        return Words(
            f"{one.en} gives {row['estimate']:.3g} to {other.en}", f"{one.zh}向{other.zh}溢出 {row['estimate']:.3g}"
        )
    share, chance = f"{row['share']:.0%}", f"{row['chance']:.0%}"
    return Words(
        f"{share} of what {one.en} gives reaches {other.en}; chance would give {chance}",
        f"{one.zh}给出的溢出，{share} 到达{other.zh}（随机分组 {chance}）",
    )
