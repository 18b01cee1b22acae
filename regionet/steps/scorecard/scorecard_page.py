"""The page of the scorecard: what is sure of each region's place, what lags, which condition is scarcest."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import networkx as nx
import pandas as pd

import analysis
from maps import PageOptions, RegionClasses, build_page
from regionet.steps.scorecard.scorecard_result import Scorecard
from regionet.steps.scorecard.scorecard_sentences import describe_scorecard
from regions.errors import MethodError
from regions.schemes.indicator_scheme import read_scheme
from regions.study import Study
from regions.words import Words

if TYPE_CHECKING:
    from maps import Page

FILE = "scorecard.html"

_SURE = (
    Words("upper third", "稳居上游"),
    Words("upper or middle", "上游或中游"),
    Words("middle third", "稳居中游"),
    Words("middle or lower", "中游或下游"),
    Words("lower third", "稳居下游"),
    Words("anywhere", "上中下游均可能"),
)
_PLACES = {(0, 0): 0, (0, 1): 1, (1, 1): 2, (1, 2): 3, (2, 2): 4, (0, 2): 5}


def build_scorecard_page(
    card: Scorecard,
    *,
    language: str,
    layers: Sequence[RegionClasses] = (),
    title: Words | None = None,
    notes: Sequence[Words] = (),
) -> "Page":
    """Build the page; it opens with what is sure of the ranks. Links of the study are there too, where it has any.

    Parameters
    ----------
    card
        The scorecard.
    language
        ``zh`` or ``en``.
    layers, title, notes
        Further layers, which come first, another title, and sentences before those of the scorecard.
    """
    drawn = [*layers, _layer_ranks(card), *_layer_lagging(card), *_layer_scarcest(card)]
    options = PageOptions(
        layers=tuple(drawn),
        layer=drawn[0].key,
        title=title or card.index.title,
        notes=(*notes, *describe_scorecard(card)),
    )
    return build_page(card.study, _take_network(card.study), language=language, options=options)


def _take_network(study: Study) -> "nx.Graph[str]":
    try:
        return analysis.build_network(study)
    except MethodError:  # a scorecard needs no links
        return nx.empty_graph(list(map(str, study.regions.index)))


def judge_places(table: pd.DataFrame) -> "pd.Series[int]":
    """Return for each row of an index of one year in which thirds its interval lies, a place among `_SURE`.

    Parameters
    ----------
    table
        Index ``code``; ``rank``, ``rank_low``, ``rank_high``; rows without a rank are left out.
    """
    known = table.dropna(subset=["rank", "rank_low", "rank_high"])
    third = len(known) / 3
    ends = zip(*(((known[end] - 1) // third).astype(int) for end in ("rank_low", "rank_high")), strict=True)
    return pd.Series([_PLACES[pair] for pair in ends], index=known.index, dtype=int)


def _layer_ranks(card: Scorecard) -> RegionClasses:
    table = card.tables["index"]
    year = card.index.panel.years[-1]
    places = judge_places(table[table["year"] == year].set_index("code"))
    return RegionClasses(
        "index_rank",
        Words(f"Index {year}: in which third, whatever the way", f"{year} 年综合指数：各种做法下的位次"),
        _SURE,
        {str(code): int(place) for code, place in places.items()},
        note=Words(
            f"{card.index.title.en}; interval of {card.query.level:.0%} over {card.query.draws:,} ways to make it.",
            f"{card.index.title.zh}；{card.query.draws:,} 种做法中 {card.query.level:.0%} 的位次区间。",
        ),
    )


def _layer_lagging(card: Scorecard) -> list[RegionClasses]:
    table = card.tables.get("coupling")
    if table is None:
        return []
    last = table[(table["year"] == table["year"].max()) & (table["lagging"] != "")].dropna(subset=["coordination"])
    keys = [key for key in card.scheme.pillars if key in set(last["lagging"])]
    members = {str(code): keys.index(key) for code, key in zip(last["code"], last["lagging"], strict=True)}
    if not members:
        return []
    return [
        RegionClasses(
            "lagging_system",
            Words("Which system lags", "滞后的系统"),
            tuple(card.scheme.pillars[key] for key in keys),
            members,
            note=Words("The lower of the systems that are coupled.", "耦合系统中取值最低者。"),
        )
    ]


def _layer_scarcest(card: Scorecard) -> list[RegionClasses]:
    table = card.tables.get("conditions")
    if table is None:
        return []
    pillars = read_scheme("conditions").pillars
    first = table[(table["order"] == 1) & (table["gap"] < 0)]
    keys = [key for key in pillars if key in set(first["pillar"])]
    members = {str(code): keys.index(key) for code, key in zip(first["code"], first["pillar"], strict=True)}
    if not members:
        return []
    return [
        RegionClasses(
            "scarcest_condition",
            Words("Scarcest condition beside peers", "与可比地区相比最缺的条件"),
            tuple(pillars[key] for key in keys),
            members,
            note=Words(
                "Pillar of the indicator with the largest gap to regions of like structure.",
                "与结构相近地区差距最大的指标所属维度。",
            ),
        )
    ]
