"""The paragraph of one region in a scorecard."""

from collections.abc import Iterable
from functools import cache

import pandas as pd

from maps.words.scorecard_names import CHOICES
from regionet.steps.scorecard.scorecard_result import Scorecard
from regions.schemes.indicator_scheme import read_scheme
from regions.words import Words

_SHOWN = 3


def describe_region(card: Scorecard, code: str) -> Words:
    """Return the paragraph of one region: rank and interval, pillars, obstacle, growth, peers, scarcest condition."""
    if code not in card.paragraphs:  # told in the workbook, on the page and in the report
        parts = [part for tell in _REGION for part in tell(card, code)]
        card.paragraphs[code] = Words(" ".join(part.en for part in parts), "".join(part.zh for part in parts))
    return card.paragraphs[code]


def _rank_of(card: Scorecard, code: str) -> Iterable[Words]:
    rows = card.tables["index"]
    last = rows[rows["year"] == card.index.panel.years[-1]]
    row = last[last["code"] == code].iloc[0]
    if pd.isna(row["rank"]):
        cells = card.index.computed.table
        if cells[cells.index.get_level_values("code") == code].isna().all(axis=None):
            yield Words(f"The data hold no value of {row['name']}.", f"数据中没有{row['name_zh']}的任何指标。")
            return
        yield Words(f"{row['name']} has no score: too much is missing.", f"{row['name_zh']}缺数过多，没有得分。")
        return
    n = int(last["rank"].notna().sum())
    moved = CHOICES.get(str(row["moved_by"]))
    en = f", moved most by {moved.en}" if moved else ""
    zh = f"，受{moved.zh}影响最大" if moved else ""
    yield Words(
        f"{row['name']} is {row['rank']:.0f} of {n} in {row['year']}, between {row['rank_low']:.0f} and "
        f"{row['rank_high']:.0f} over the ways to make the index{en}.",
        f"{row['name_zh']} {row['year']} 年列 {n} 个地区中第 {row['rank']:.0f} 位，"
        f"各种做法下在第 {row['rank_low']:.0f} 至第 {row['rank_high']:.0f} 位之间{zh}。",
    )
    pillars = card.scheme.pillars
    held = last[[key for key in pillars if last[key].notna().any()]]
    places = held.rank(ascending=False, method="min")
    order = places[last["code"] == code].iloc[0].sort_values()
    first, worst = str(order.index[0]), str(order.index[-1])
    if len(order) > 1:
        yield Words(
            f"Strongest: {pillars[first].en} (rank {order.iloc[0]:.0f}); weakest: {pillars[worst].en} (rank "
            f"{order.iloc[-1]:.0f}).",
            f"最强：{pillars[first].zh}（第 {order.iloc[0]:.0f} 位）；"
            f"最弱：{pillars[worst].zh}（第 {order.iloc[-1]:.0f} 位）。",
        )


def _obstacle_of(card: Scorecard, code: str) -> Iterable[Words]:
    table = card.tables.get("obstacles")
    rows = None if table is None else table[(table["code"] == code) & table["obstacle"].notna()]
    if rows is None or rows.empty:
        return
    row = rows.iloc[0]
    name = next(each.name for each in card.index.computed.indicators if each.key == row["indicator"])
    yield Words(
        f"What holds it back most: {name.en} ({row['obstacle']:.0%} of the distance to the best).",
        f"最大障碍：{name.zh}（占与最优差距的 {row['obstacle']:.0%}）。",
    )


def _growth_of(card: Scorecard, code: str) -> Iterable[Words]:
    table = card.tables.get("momentum")
    if table is None:
        return
    rows = table[table["year"] == table["year"].max()].dropna(subset=["momentum"])
    place = rows["momentum"].rank(ascending=False, method="min")
    own = rows["code"] == code
    if own.any():
        row = rows[own].iloc[0]
        yield Words(
            f"It grew by {row['velocity']:.1%} in {row['year']} and is {place[own].iloc[0]:.0f} of {len(rows)} by "
            "what it added.",
            f"{row['year']} 年实际增长 {row['velocity']:.1%}，"
            f"增量列第 {place[own].iloc[0]:.0f} 位（共 {len(rows)} 个）。",
        )


def _received_of(card: Scorecard, code: str) -> Iterable[Words]:
    table = card.tables.get("received")
    rows = None if table is None else table[(table["year"] == table["year"].max()) & (table["code"] == code)]
    if rows is not None and len(rows):
        row = rows.iloc[0]
        yield Words(
            f"Of it {100 * row['received']:.1f} points came from neighbours by the spatial model, "
            f"{100 * row['own']:.1f} are its own.",
            f"其中按空间模型 {100 * row['received']:.1f} 个百分点来自邻居，{100 * row['own']:.1f} 个为自身。",
        )


def _productivity_of(card: Scorecard, code: str) -> Iterable[Words]:
    table = card.tables.get("productivity")
    rows = None if table is None else table[table["code"] == code].dropna(subset=["since_first"])
    if rows is not None and len(rows):
        row, first = rows.sort_values("year").iloc[-1], int(rows["year"].min()) - 1
        yield Words(
            f"Productivity of its research system: {row['since_first']:.2f} in {row['year']} ({first} = 1).",
            f"研究系统生产率 {row['year']} 年为 {row['since_first']:.2f}（{first} 年为 1）。",
        )


def _peers_of(card: Scorecard, code: str) -> Iterable[Words]:
    near = [] if card.peers is None else card.peers.list_peers(code)[:_SHOWN]
    if not near:
        return
    names, names_zh = card.study.names("en"), card.study.names("zh")
    yield Words(
        f"Most alike in structure: {', '.join(names[each] for each in near)}.",
        f"结构最相近的地区：{'、'.join(names_zh[each] for each in near)}。",
    )
    table = card.tables.get("conditions")
    if table is None:
        return
    rows = table[(table["code"] == code) & (table["gap"] < 0)]
    if len(rows):
        row = rows.iloc[0]
        name = Words(str(row["indicator_name"]), str(row["indicator_name_zh"]))
        share = row["indicator"] in _list_shares()
        yield Words(
            f"Scarcest beside them: {name.en} ({row['gap']:.1f} standard deviations"
            f"{'; a share of product, low where product is large' if share else ''}).",
            f"与之相比最缺：{name.zh}（{row['gap']:.1f} 个标准差{'；以产出为分母，产出大则偏低' if share else ''}）。",
        )


@cache
def _list_shares() -> frozenset[str]:
    """Return the conditions that are divided by product."""
    return frozenset(each.key for each in read_scheme("conditions").indicators if {"gdp", "grp"} & set(each.per))


_REGION = (_rank_of, _obstacle_of, _growth_of, _received_of, _productivity_of, _peers_of)
