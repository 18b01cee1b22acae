"""What the tab of a scorecard tells: the ranking, what is known of each region, its headline."""

from collections.abc import Iterator, Sequence

import pandas as pd

from maps.page.stories.scorecard_story import CardRow, ScorecardStory
from maps.words.scorecard_names import CHOICES
from regionet.steps.scorecard.card_groups import list_card_groups
from regionet.steps.scorecard.region_sentences import describe_region
from regionet.steps.scorecard.scorecard_result import Scorecard
from regionet.steps.scorecard.scorecard_sentences import describe_scorecard
from regionet.steps.scorecard.side_by_side import list_card_figures
from regions.words import Words

_WIDE = 1 / 3
_PEERS = 3
TYPES = (
    Words("above the median, systems more alike than most", "发展度高于中位、两系统较均衡"),
    Words("above the median, systems less alike than most", "发展度高于中位、两系统差距较大"),
    Words("below the median, systems more alike than most", "发展度低于中位、两系统较均衡"),
    Words("below the median, systems less alike than most", "发展度低于中位、两系统差距较大"),
)
"""Types of coupling, against the medians of the regions of the year."""


Side = tuple[Words, tuple[str, ...]]
"""A region or a group: its name, the codes of its members."""


def tell_scorecard(card: Scorecard, beside: Sequence[Side] = ()) -> ScorecardStory:
    """Return what the tab tells; the first two of ``beside`` stand side by side at first."""
    year = card.index.panel.years[-1]
    table = card.tables["index"]
    rows = table[table["year"] == year].sort_values(["rank", "code"], na_position="last")
    query = card.query
    return ScorecardStory(
        _tell_headline(card, rows, year),
        Words(f"{card.index.title.en}, {year}", f"{card.index.title.zh}，{year} 年"),
        Words(
            f"Intervals: ranks that {query.level:.0%} of {query.draws:,} ways to make the index give (scale, weights, "
            "sum, missing values, one indicator left out). Errors of the data are not in them.",
            f"区间：{query.draws:,} 种做法（标准化、权重、合成、缺失规则、剔除一个指标）中 "
            f"{query.level:.0%} 给出的位次，不含数据误差。",
        ),
        tuple((name, _explain_empty(card, rows, key)) for key, name in card.scheme.pillars.items()),
        tuple(CHOICES.values()),
        tuple(_list_rows(card, rows)),
        figures=tuple(list_card_figures(card)),
        groups=_list_sides(card, beside),
        sentences=tuple(describe_scorecard(card)),
        beside=tuple(codes for _, codes in beside[:2]),
    )


def _list_sides(card: Scorecard, beside: Sequence[Side]) -> tuple[Side, ...]:
    """Return the groups of the study, before them those that were asked for and are others."""
    known = tuple(list_card_groups(card.study))
    sets = {frozenset(codes) for _, codes in known}
    asked = tuple(side for side in beside if len(side[1]) > 1 and frozenset(side[1]) not in sets)
    return (*asked, *known)


def _tell_headline(card: Scorecard, rows: pd.DataFrame, year: int) -> Words:
    known = rows.dropna(subset=["rank"])
    first, n = known.iloc[0], len(known)
    en, zh = f"{year}: {first['name']} is first of {n}", f"{year} 年{first['name_zh']}列 {n} 个地区第一"
    if len(card.index.panel.indicators) == 1:
        return Words(
            f"{en} by a single indicator; narrow intervals are no certainty", f"{zh}，但只据一个指标，区间窄不代表确定"
        )
    span = f"{first['rank_low']:.0f}–{first['rank_high']:.0f}"
    sure = bool((known.iloc[1:]["rank_low"] > first["rank_high"]).all())
    lead, lead_zh = ("", "") if sure else (", a lead that is not established", "，但领先并不确立")
    wide = int(((known["rank_high"] - known["rank_low"]) > _WIDE * n).sum())
    moving = Words(f"the ranks of {wide} are no finding", f"{wide} 个地区的位次不能作为结论")
    if not wide:
        moving = Words("no rank moves over a third of the list", "没有位次变动超过全表三分之一")
    return Words(f"{en} ({span}){lead}; {moving.en}", f"{zh}（{span}）{lead_zh}；{moving.zh}")


def _explain_empty(card: Scorecard, rows: pd.DataFrame, pillar: str) -> Words | None:
    """Return why a pillar has no value, None where it has some."""
    if rows[pillar].notna().any():
        return None
    wanted = [each.name for each in card.scheme.indicators if each.pillar == pillar]
    if not wanted:
        return Words("the scheme has no indicator of it", "指标方案中没有这一维度的指标")
    en, zh = ", ".join(name.en for name in wanted), "、".join(name.zh for name in wanted)
    return Words(f"the data lack: {en}", f"数据缺少：{zh}")


def _list_rows(card: Scorecard, rows: pd.DataFrame) -> Iterator[CardRow]:
    moved = card.tables["sensitivity"].pivot_table("share", "code", "choice", dropna=False)
    shares = moved.reindex(index=rows["code"], columns=list(CHOICES))
    facts = _list_facts(card)
    for row, code in zip(rows.to_dict("records"), rows["code"], strict=True):
        ends = (row[name] if pd.notna(row[name]) else None for name in ("rank", "rank_low", "rank_high", "score"))
        rank, low, high, score = ends
        own = shares.loc[code]
        yield CardRow(
            str(code),
            rank,
            low,
            high,
            score,
            tuple(row[key] for key in card.scheme.pillars),
            tuple(own.fillna(0.0)) if own.notna().any() else (),
            told=describe_region(card, str(code)),
            facts=tuple(facts.get(str(code), ())),
            peers=tuple([] if card.peers is None else card.peers.list_peers(str(code))[:_PEERS]),
        )


def _list_facts(card: Scorecard) -> dict[str, list[tuple[Words, Words]]]:
    """Return code -> type of coupling, momentum, productivity."""
    found: dict[str, list[tuple[Words, Words]]] = {}
    for tell in (_tell_coupling_type, _tell_momentum_of, _tell_productivity_of):
        for code, name, text in tell(card):
            found.setdefault(code, []).append((name, text))
    return found


def find_coupling_types(card: Scorecard) -> "pd.Series[int]":
    """Return code -> place among `TYPES` in the last year; empty where nothing is coupled."""
    table = card.tables.get("coupling")
    if table is None:
        return pd.Series(dtype=int)
    last = take_last(table).dropna(subset=["coupling", "development"])
    poor = last["development"] < last["development"].median()
    uneven = last["coupling"] < last["coupling"].median()
    return 2 * poor.astype(int) + uneven.astype(int)


def take_last(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the last year, by code."""
    rows: pd.DataFrame = table[table["year"] == table["year"].max()]
    return rows.set_index("code")


def _tell_coupling_type(card: Scorecard) -> Iterator[tuple[str, Words, Words]]:
    types = find_coupling_types(card)
    if types.empty:
        return
    last = take_last(card.tables["coupling"])
    systems = [words for key, words in card.scheme.pillars.items() if key in last]
    en, zh = " and ".join(each.en for each in systems), "与".join(each.zh for each in systems)
    name = Words(f"Coupling of {en}", f"{zh}的耦合类型")
    rows = last.reindex(types.index).to_dict("records")
    for code, kind, row in zip(types.index, types, rows, strict=True):
        lags = card.scheme.pillars.get(str(row["lagging"]))
        lag, lag_zh = ("", "") if lags is None else (f"; lagging: {lags.en}", f"；滞后：{lags.zh}")
        told = f"C {row['coupling']:.2f}, D {row['coordination']:.2f}"
        yield str(code), name, Words(f"{TYPES[kind].en}{lag} ({told})", f"{TYPES[kind].zh}{lag_zh}（{told}）")


def _tell_momentum_of(card: Scorecard) -> Iterator[tuple[str, Words, Words]]:
    table = card.tables.get("momentum")
    if table is None:
        return
    last = take_last(table).dropna(subset=["momentum"])
    places = last["momentum"].rank(ascending=False, method="min")
    name = Words("Momentum, an analogy: product times growth", "动能（类比：规模×增速）")
    n = len(last)
    for code, rank, row in zip(last.index, places, last.to_dict("records"), strict=True):
        year, place = f"{row['year']:.0f}", f"{rank:.0f}"
        amount, growth = f"{row['momentum']:+,.0f}", f"{row['velocity']:.1%}"
        yield (
            str(code),
            name,
            Words(
                f"{amount} added in {year} ({row['unit']}), {place} of {n}; growth {growth}",
                f"{year} 年增量 {amount} {row['unit_zh']}，第 {place} 位（共 {n} 个）；增速 {growth}",
            ),
        )


def _tell_productivity_of(card: Scorecard) -> Iterator[tuple[str, Words, Words]]:
    table = card.tables.get("productivity")
    if table is None:
        return
    last = take_last(table).dropna(subset=["since_first"])
    first, year = table["year"].min() - 1, table["year"].max()
    name = Words("Productivity of the research system (Malmquist)", "研究系统生产率（Malmquist）")
    for code, value in last["since_first"].items():
        yield str(code), name, Words(f"times {value:.2f}, {first}-{year}", f"{first}—{year} 年累计 {value:.2f} 倍")
