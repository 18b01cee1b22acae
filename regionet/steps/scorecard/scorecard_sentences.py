"""The paragraphs of a scorecard: one for the whole, one for each region."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from maps.words.scorecard_names import CHOICES
from regionet.steps.scorecard.scorecard_result import Scorecard
from regions.words import Words

_SHOWN = 3
_WIDE = 1 / 3
_NAMED = 40


def describe_scorecard(card: Scorecard) -> list[Words]:
    """Return the paragraph of the whole: what the index is, who leads, how sure; coupling, momentum, limits."""
    return [*_tell_index(card), *_tell_choices(card), *_tell_coupling(card), *_tell_momentum(card), *card.notes]


def _tell_index(card: Scorecard) -> Iterable[Words]:
    panel, last = card.index.panel, card.index.panel.years[-1]
    rows = card.tables["index"]
    rows = rows[(rows["year"] == last) & rows["rank"].notna()]
    n, every = len(rows), len(panel.codes)
    span = f"{panel.years[0]}-{last}" if len(panel.years) > 1 else str(last)
    some = (
        Words(f" ({n} of them with a score in {last})", f"（{last} 年有得分的 {n} 个）") if n < every else Words("", "")
    )
    yield Words(
        f"{card.index.title.en}: {len(panel.indicators)} indicators, {every} regions{some.en}, {span}.",
        f"{card.index.title.zh}：{len(panel.indicators)} 个指标，{every} 个地区{some.zh}，{span} 年。",
    )
    head = [_tell_rank(row, language) for language in ("en", "zh") for row in rows.head(_SHOWN).to_dict("records")]
    yield Words(
        f"First in {last}: {'; '.join(head[: len(head) // 2])} (in brackets the ranks that {card.query.level:.0%} of "
        f"{card.query.draws:,} ways to make the index give).",
        f"{last} 年居前：{'；'.join(head[len(head) // 2 :])}（括号内为 {card.query.draws:,} 种做法中 "
        f"{card.query.level:.0%} 给出的位次范围）。",
    )
    if len(panel.indicators) == 1:
        yield Words(
            "It is one indicator: no weights and no sum move it, so that narrow intervals are no certainty.",
            "指数只含一个指标：权重与合成方法都不起作用，区间窄不代表确定。",
        )
    yield _tell_moving(rows, n)
    yield from _tell_lead(rows)


def _tell_moving(rows: pd.DataFrame, n: int) -> Words:
    moving = rows[(rows["rank_high"] - rows["rank_low"]) > _WIDE * n]
    if moving.empty:
        return Words(
            f"None of the {n} regions moves over more than a third of the list.",
            f"{n} 个地区的位次变动均未超过全表三分之一。",
        )
    return Words(
        f"{len(moving)} of {n} regions move over more than a third of the list{_name_all(moving, 'en')}: their rank is "
        "no finding.",
        f"{n} 个地区中有 {len(moving)} 个的位次变动超过全表三分之一{_name_all(moving, 'zh')}：其位次不能作为结论。",
    )


def _name_all(rows: pd.DataFrame, language: str) -> str:
    names = rows["name_zh" if language == "zh" else "name"].astype(str).tolist()
    if not names:
        return ""
    shown = names[:_NAMED]
    if language == "zh":
        return f"（{'、'.join(shown)}{'等' if len(names) > _NAMED else ''}）"
    return f" ({', '.join(shown)}{' and others' if len(names) > _NAMED else ''})"


def _tell_lead(rows: pd.DataFrame) -> Iterable[Words]:
    """Tell that the first is not surely first where the interval of any other region reaches into its own."""
    first, others = rows.iloc[0], rows.iloc[1:]
    beside = others[others["rank_low"] <= first["rank_high"]]
    if beside.empty:
        return
    yield Words(
        f"The lead of {first['name']} is not established: its interval of ranks overlaps with that of "
        f"{len(beside)} {'other' if len(beside) == 1 else 'others'}{_name_all(beside, 'en')}.",
        f"{first['name_zh']}的领先并不确立：其位次区间与 {len(beside)} 个地区的区间重叠{_name_all(beside, 'zh')}。",
    )


def _tell_rank(row: Mapping[Hashable, Any], language: str) -> str:
    name = row["name_zh" if language == "zh" else "name"]
    return f"{name} {row['rank']:.0f} [{row['rank_low']:.0f}-{row['rank_high']:.0f}]"


def _tell_choices(card: Scorecard) -> Iterable[Words]:
    mean = card.tables["sensitivity"].groupby("choice")["share"].mean().sort_values(ascending=False)
    if not mean.notna().any() or len(card.index.panel.indicators) == 1:
        return  # no rank ever moves, or by the scale alone
    first = CHOICES[str(mean.index[0])]
    yield Words(
        f"What moves ranks most is {first.en} ({mean.iloc[0]:.0%} of the variance of ranks, on average).",
        f"对位次影响最大的是{first.zh}（平均占位次方差的 {mean.iloc[0]:.0%}）。",
    )


def _tell_coupling(card: Scorecard) -> Iterable[Words]:
    table = card.tables.get("coupling")
    if table is None:
        return
    last = table[table["year"] == table["year"].max()].dropna(subset=["coordination"])
    systems = [name for name in card.scheme.pillars if name in table]
    named = [card.scheme.pillars[name] for name in systems]
    best = last.sort_values("coordination", ascending=False).head(_SHOWN)
    worst = last.sort_values("coordination").head(1)
    yield Words(
        f"Coordination of {' and '.join(each.en for each in named)}: highest in "
        f"{_list(best, 'coordination', 'en')}, lowest in {_list(worst, 'coordination', 'en')}; "
        "read it with the level, for C alone is high where all are poor.",
        f"{'与'.join(each.zh for each in named)}的协调度：最高 {_list(best, 'coordination', 'zh')}，最低 "
        f"{_list(worst, 'coordination', 'zh')}；应结合发展水平阅读，C 在普遍落后时也会偏高。",
    )


def _list(rows: pd.DataFrame, column: str, language: str) -> str:
    name = "name_zh" if language == "zh" else "name"
    texts = [f"{row[name]} {row[column]:.2f}" for row in rows.to_dict("records")]
    return ("、" if language == "zh" else ", ").join(texts)


def _tell_momentum(card: Scorecard) -> Iterable[Words]:
    if card.momentum is None:
        return
    whole = card.momentum.groups.loc["all"].iloc[-1]
    year = int(card.momentum.groups.loc["all"].index[-1])
    table = card.tables["momentum"]
    rows = table[table["year"] == year].sort_values("momentum", ascending=False).head(_SHOWN)
    inside = whole["dispersion"] / whole["energy"]
    yield Words(
        f"Growth of {year}: {whole['velocity']:.1%} in all; {_share(rows, whole, 'en')} of what was "
        f"added. {inside:.1%} of the energy of growth is dispersion between regions (Koenig).",
        f"{year} 年总体增长 {whole['velocity']:.1%}；增量占比：{_share(rows, whole, 'zh')}。增长“能量”中 {inside:.1%} "
        "为地区之间的离散（柯尼希分解）。",
    )


def _share(rows: pd.DataFrame, whole: "pd.Series[float]", language: str) -> str:
    name = "name_zh" if language == "zh" else "name"
    texts = [f"{row[name]} {row['momentum'] / whole['momentum']:.0%}" for row in rows.to_dict("records")]
    return ("、" if language == "zh" else ", ").join(texts)


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
        yield Words(
            f"Scarcest beside them: {name.en} ({row['gap']:.1f} standard deviations).",
            f"与之相比最缺：{name.zh}（{row['gap']:.1f} 个标准差）。",
        )


_REGION = (_rank_of, _obstacle_of, _growth_of, _received_of, _productivity_of, _peers_of)
