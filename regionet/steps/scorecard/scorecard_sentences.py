"""The paragraphs of a scorecard: one for the whole, one for each region."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from maps.words.scorecard_names import CHOICES
from regionet.steps.scorecard.card_groups import name_border_set
from regionet.steps.scorecard.scorecard_result import PART_NAMES, Scorecard
from regions.words import Words

_SHOWN = 3
_WIDE = 1 / 3
_NAMED = 40
_FEW = 12


def describe_scorecard(card: Scorecard) -> list[Words]:
    """Return the paragraph of the whole: what the index is, who leads, how sure; coupling, momentum, limits."""
    return [words for _, part in list_sections(card) for words in part]


def list_sections(card: Scorecard) -> list[tuple[Words, list[Words]]]:
    """Return heading and sentences of each part, the index first; a sentence stands once."""
    ends = [*card.begins.values(), len(card.notes)]
    first = [*_tell_index(card), *_tell_choices(card), *_tell_unranked(card), *card.notes[: ends[0]]]
    sections = [(Words("The index", "综合指数"), first)]
    leads = {"coupling": _tell_coupling, "momentum": _tell_momentum}
    for (key, begin), end in zip(card.begins.items(), ends[1:], strict=True):
        lead = list(leads[key](card)) if key in leads else []
        name = PART_NAMES[key]
        heading = Words(name.en[:1].upper() + name.en[1:], name.zh)
        sections.append((heading, [*lead, *card.notes[begin:end]]))
    seen: set[Words] = set()
    told = []
    for heading, part in sections:
        fresh = [words for words in dict.fromkeys(part) if words not in seen]
        seen.update(fresh)
        told.append((heading, fresh))
    return [(heading, part) for heading, part in told if part]


def _tell_unranked(card: Scorecard) -> Iterable[Words]:
    """Name the regions without a rank, by the first border of the study where they are many."""
    rows = card.tables["index"]
    last = rows[rows["year"] == card.index.panel.years[-1]]
    lacking = last[last["rank"].isna()]
    if lacking.empty:
        return
    year, border = card.index.panel.years[-1], next((b for b in card.study.borders if b in card.study.regions), None)
    if border is None or len(lacking) <= _FEW:
        names = [_name_all(lacking, language) for language in ("en", "zh")]
        yield Words(f"Without a rank in {year}{names[0]}.", f"{year} 年没有位次的地区{names[1]}。")
        return
    groups = card.study.regions[border].reindex(last["code"])
    counts = groups.value_counts()
    absent = groups[last["rank"].isna().to_numpy()].value_counts()
    told = [
        (name_border_set(card.study, str(name)), f"{count}/{counts.loc[str(name)]}") for name, count in absent.items()
    ]
    yield Words(
        f"Without a rank in {year}, of all: {', '.join(f'{words.en} {share}' for words, share in told)}.",
        f"{year} 年没有位次的地区数（无/全部）：{'、'.join(f'{words.zh} {share}' for words, share in told)}。",
    )


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
    yield from _tell_choice(card)
    yield _tell_moving(rows, n)
    yield from _tell_lead(rows)


def _tell_choice(card: Scorecard) -> Iterable[Words]:
    """Tell where the way that was asked for takes the meaning from ranks or their ranges."""
    if card.query.weights == "bod":
        yield Words(
            "Benefit of the doubt lets many regions share the first rank; it is not among the ways, so that a rank may "
            "lie outside its range.",
            "疑点利益权重（BOD）下多个地区可并列第一；该做法不在各种做法之内，位次可能落在范围之外。",
        )
    if len(card.index.panel.indicators) == 1:
        yield Words(
            "It is one indicator: no weights and no sum move it, so that narrow intervals are no certainty.",
            "指数只含一个指标：权重与合成方法都不起作用，区间窄不代表确定。",
        )


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
