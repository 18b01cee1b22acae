"""The layers of the page of the scorecard: ranks, coupling, clusters, clubs, conditions; numbers as scores."""

import pandas as pd

from analysis.autocorrelation.local_autocorrelation import CLUSTERS, measure_local_autocorrelation
from maps import RegionClasses
from regionet.steps.scorecard.figure_units import PERCENT
from regionet.steps.scorecard.parts.card_weights import build_card_weights
from regionet.steps.scorecard.scorecard_result import Scorecard
from regionet.steps.scorecard.scorecard_shown import TYPES, find_coupling_types, take_last
from regions.errors import MethodError
from regions.schemes.indicator_scheme import read_scheme
from regions.words import Words

_SURE = (
    Words("upper third", "稳居上游"),
    Words("upper or middle", "上游或中游"),
    Words("middle third", "稳居中游"),
    Words("middle or lower", "中游或下游"),
    Words("lower third", "稳居下游"),
    Words("anywhere", "上中下游均可能"),
)
_PLACES = {(0, 0): 0, (0, 1): 1, (1, 1): 2, (1, 2): 3, (2, 2): 4, (0, 2): 5}
_LISA = ("high-high", "low-low", "high-low", "low-high", "none")


def find_card_layers(card: Scorecard) -> tuple[RegionClasses, ...]:
    """Return the layers that the tables bear; the first, how sure ranks are, is always there."""
    found = [_layer_ranks(card), _layer_types(card), _layer_lagging(card), _layer_clusters(card)]
    found += [_layer_clubs(card), _layer_scarcest(card)]
    return tuple(layer for layer in found if layer is not None)


def find_card_scores(card: Scorecard) -> tuple[pd.DataFrame, dict[str, Words]]:
    """Return what the map can be coloured by, a row per region, and the units of its columns."""
    tables = card.tables
    scores = pd.DataFrame({"index_score": take_last(tables["index"])["score"]}, index=card.study.regions.index)
    units = {"index_score": Words("0-1", "0—1")}
    if "coupling" in tables:
        scores["coordination"] = take_last(tables["coupling"])["coordination"]
        units["coordination"] = Words("0-1", "0—1")
    if "momentum" in tables:
        last = take_last(tables["momentum"])
        scores["real_growth"] = last["velocity"] * PERCENT.factor
        scores["momentum"] = last["momentum"]
        units |= {"real_growth": PERCENT.unit, "momentum": Words(last["unit"].iloc[0], last["unit_zh"].iloc[0])}
    if "lorenz" in tables:
        last = take_last(tables["lorenz"])
        scores["per_head"] = last["per_head"]
        units["per_head"] = Words(last["unit"].iloc[0], last["unit_zh"].iloc[0])
    return scores, units


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
    year = card.index.panel.years[-1]
    table = card.tables["index"]
    return RegionClasses(
        "index_rank",
        Words(f"Index {year}: in which third, whatever the way", f"{year} 年综合指数：各种做法下的位次"),
        _SURE,
        _place(judge_places(table[table["year"] == year].set_index("code"))),
        note=Words(
            f"{card.index.title.en}; interval of {card.query.level:.0%} over {card.query.draws:,} ways to make it.",
            f"{card.index.title.zh}；{card.query.draws:,} 种做法中 {card.query.level:.0%} 的位次区间。",
        ),
        meaning="ranked",
    )


def _place(of: "pd.Series[int]") -> dict[str, int]:
    return {str(code): int(place) for code, place in of.items()}


def _layer_types(card: Scorecard) -> RegionClasses | None:
    types = find_coupling_types(card)
    if types.empty:
        return None
    note = Words(
        "Above the median: T of the year; more alike than most: C at the median or above. Medians of the year, no "
        "thresholds from papers, which have no common source.",
        "发展度 T、耦合度 C 均与当年各地区中位数比较；文献中的等级界限没有统一依据，不采用。",
    )
    return RegionClasses("coupling_type", Words("Type of coupling", "耦合类型"), TYPES, _place(types), note=note)


def _layer_lagging(card: Scorecard) -> RegionClasses | None:
    table = card.tables.get("coupling")
    if table is None:
        return None
    last = take_last(table).dropna(subset=["coordination"])["lagging"]
    note = Words("The lower of the systems that are coupled.", "耦合系统中取值最低者。")
    title = Words("Which system lags", "滞后的系统")
    return _class_pillars("lagging_system", title, last[last != ""], (card.scheme.pillars, note))


def _layer_scarcest(card: Scorecard) -> RegionClasses | None:
    table = card.tables.get("conditions")
    if table is None:
        return None
    first = table[(table["order"] == 1) & (table["gap"] < 0)].set_index("code")["pillar"]
    note = Words(
        "Pillar of the indicator with the largest gap to regions of like structure.",
        "与结构相近地区差距最大的指标所属维度。",
    )
    title = Words("Scarcest condition beside peers", "与可比地区相比最缺的条件")
    return _class_pillars("scarcest_condition", title, first, (read_scheme("conditions").pillars, note))


def _class_pillars(
    key: str, title: Words, of: "pd.Series[str]", way: tuple[dict[str, Words], Words]
) -> RegionClasses | None:
    pillars, note = way
    keys = [pillar for pillar in pillars if pillar in set(of)]
    members = {str(code): keys.index(pillar) for code, pillar in of.items()}
    return RegionClasses(key, title, tuple(pillars[each] for each in keys), members, note=note) if members else None


def _layer_clusters(card: Scorecard) -> RegionClasses | None:
    """Return where near regions have like scores; None where nobody knows who is near."""
    score = take_last(card.tables["index"])["score"].dropna()
    try:
        weights, near = build_card_weights(card.study)
        found = measure_local_autocorrelation(score, weights, missing="drop", seed=card.query.seed).table
    except MethodError:  # no neighbours, or too few values: the layer is left out, as the notes say of the pattern
        return None
    places = {str(code): _LISA.index(cluster) for code, cluster in found["cluster"].items() if cluster in _LISA}
    note = Words(
        f"Local Moran of the score, neighbours by {near.en}; false discovery rate of 5 % over all regions.",
        f"得分的局部莫兰指数，邻居按{near.zh}确定，全体地区错误发现率 5%。",
    )
    names = tuple(CLUSTERS[key] for key in _LISA)
    return RegionClasses(
        "score_clusters", Words("Clusters of the index", "指数的空间集聚"), names, places, note=note, meaning="lisa"
    )


def _layer_clubs(card: Scorecard) -> RegionClasses | None:
    table = card.tables.get("clubs")
    if table is None:
        return None
    clubs = sorted(set(table["club"]) - {0})
    names = [Words(f"club {club}", f"俱乐部 {club}") for club in clubs] + [Words("in none", "不属任何俱乐部")]
    each = table.set_index("code")["club"]
    places = {str(code): clubs.index(club) if club else len(clubs) for code, club in each.items()}
    note = Words(
        "Clubs of real product per head by the log t test; 1 is the richest. How many there are hangs on the unit of "
        "money: no finding by itself.",
        "按 log t 检验的实际人均产出收敛俱乐部，1 为最富。俱乐部数目随计量单位变化，不单独作为结论。",
    )
    return RegionClasses("clubs", Words("Convergence clubs", "收敛俱乐部"), tuple(names), places, note=note)
