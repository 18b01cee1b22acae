"""The growth of a scorecard: momentum of regions and groups, and what of growth came from others."""

import numpy as np

from analysis.development.momentum import measure_momentum
from analysis.development.received_growth import ReceivedGrowth, measure_received_growth
from analysis.roles.unit_groups import assign_groups, list_groupings
from maps.words.scorecard_names import name_value
from regionet.steps.scorecard.parts.card_weights import build_card_weights
from regionet.steps.scorecard.scorecard_result import Scorecard, put_region_names
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

REVISION = 0.003
"""Real growth may be off by so much, in 1/year: the usual difference of two vintages."""

_SHOWN = 3


def check_grouping(study: Study, by: str | None) -> None:
    """Refuse a grouping that the study does not have.

    Raises
    ------
    MethodError
        With the groupings that there are.
    """
    if by is None:
        return
    try:
        assign_groups(study, by)
    except MethodError:
        named = {name: name_value("grouping", name, {}) for name in list_groupings(study)}
        known = [Words(name, name if name == words.zh else f"{name}（{words.zh}）") for name, words in named.items()]
        raise MethodError(say("scorecard/by", by=by, known=known)) from None


def find_momentum(card: Scorecard) -> None:
    """Measure momentum, with the split by the grouping that was asked for or the first border of the study."""
    by = card.query.by or next((border for border in card.study.borders if border in card.study.regions), None)
    card.momentum = measure_momentum(card.study, by=by, revision=REVISION)
    unit = card.study.describe_indicator(card.momentum.column)[1]
    regions = put_region_names(card, card.momentum.regions.reset_index())
    card.tables["momentum"] = regions.assign(unit=unit.en, unit_zh=unit.zh)
    card.tables["momentum_groups"] = card.momentum.groups.reset_index().assign(unit=unit.en, unit_zh=unit.zh)
    card.notes += card.momentum.notes


def find_received(card: Scorecard) -> None:
    """Take own growth and growth received from neighbours apart, where momentum was measured."""
    if card.momentum is None:
        raise MethodError(say("scorecard/no-momentum"))
    weights, neighbours = build_card_weights(card.study)
    found = measure_received_growth(card.momentum, weights)
    unit = card.study.describe_indicator(card.momentum.column)[1]
    card.tables["received"] = put_region_names(card, found.table.reset_index()).assign(unit=unit.en, unit_zh=unit.zh)
    card.notes.append(_tell_received(card, found, neighbours))


def _tell_received(card: Scorecard, found: ReceivedGrowth, neighbours: Words) -> Words:
    rows = found.table.reset_index()
    last = int(rows["year"].max())
    rows = rows[rows["year"] == last].sort_values("received", ascending=False)
    rho = found.fit.table.loc["rho"]
    mean, own = float(rows["received"].mean()), float(rows["velocity"].mean())
    names = {language: card.study.names(language) for language in ("en", "zh")}
    first = [(names["en"][code], names["zh"][code]) for code in rows["code"].head(_SHOWN)]
    weak = bool(np.sign(rho["low"]) != np.sign(rho["high"]))
    doubt = Words(" The interval holds 0: no growth received is established.", "区间包含 0：不能确认存在所获增长。")
    interval = f"{rho['estimate']:.2f} [{rho['low']:.2f}, {rho['high']:.2f}]"
    points = f"{100 * mean:.1f}"
    return Words(
        f"Own growth and growth received: under a spatial model (SAR over {neighbours.en}, rho {interval}) {points} of "
        f"the {100 * own:.1f} points of growth of {last}, on the mean of regions, came from neighbours, the most in "
        f"{', '.join(pair[0] for pair in first)}. It is a model, not an observation: what all share in a year passes "
        f"for received, and other neighbours give another split.{doubt.en if weak else ''}",
        f"自身增长与所获增长：按空间模型（SAR，邻居为{neighbours.zh}，ρ 为 {interval}），"
        f"{last} 年各地平均增速 {own:.1%} 中有 {points} 个百分点来自邻居，最多的是"
        f"{'、'.join(pair[1] for pair in first)}。这是模型推算而非观测：当年共同的涨落也会计入所获部分，"
        f"换一种邻接关系结果不同。{doubt.zh if weak else ''}",
    )
