"""What was found of a chain, in a paragraph: who has what, where it breaks and clogs, who could help."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.chains.breakpoints import NO_ACTOR, NO_LINK
from regionet.steps.chains.chain_findings import ChainFinding
from regionet.steps.chains.chain_scope import COUNTRY, GROUP, ChainScope
from regionet.steps.chains.chain_tables import list_beside
from regionet.steps.chains.chain_words import mark_national, name_in_sentence, write_amount
from regions.schema.field_words import name_field
from regions.study import Study
from regions.words import Words

_MOST = 5
_WHOLE = 0.995


def describe_chain(study: Study, scope: ChainScope, each: ChainFinding, fill: pd.DataFrame) -> list[Words]:
    """Return the sentences about one chain in the scope, the most telling first.

    Parameters
    ----------
    fill
        The rows of the table ``fill`` of this chain, with names.
    """
    place = GROUP if GROUP in scope.places else COUNTRY
    if each.members.table.empty and each.members.regional.empty:
        return [_say_empty(each)]
    presence = _describe_regions(study, scope, each) if len(scope.codes) <= _MOST else _describe_country(scope, each)
    parts = [
        *presence,
        *_describe_breakpoints(each, place),
        *_describe_flow(study, each, place),
        *_describe_fill(fill, scope),
        *_describe_links(fill, place),
        *(map(mark_national, each.members.notes) if len(scope.codes) < len(study.regions) else each.members.notes),
    ]
    return list(parts)


def join_paragraph(sentences: Iterable[Words]) -> Words:
    """Put sentences behind each other."""
    told = list(sentences)
    return Words(" ".join(one.en for one in told), "".join(one.zh for one in told))


def _say_empty(each: ChainFinding) -> Words:
    name = name_in_sentence(each.chain.words)
    return Words(
        f"{name.en}: no actor and no activity of the study belongs to any stage of this chain.",
        f"{name.zh}：数据中没有任何主体或产业活动属于该链的环节。",
    )


def _describe_regions(study: Study, scope: ChainScope, each: ChainFinding) -> Iterator[Words]:
    """Say of each region which stages it has, and what stands beside where it has none."""
    name, total = name_in_sentence(each.chain.words), len(each.chain.stages)
    beside = list_beside(each)
    en, zh = [], []
    for code in scope.codes:
        states = each.presence.table.xs(code)["state"]
        has = [name_field(stage) for stage in states.index[states == "present"]]
        region = Words(study.regions["name"][code], study.regions["name_zh"][code])
        if has:
            en.append(f"{region.en} {len(has)} ({', '.join(stage.en for stage in has)})")
            zh.append(f"{region.zh} {len(has)} 个（{'、'.join(stage.zh for stage in has)}）")
            continue
        told = each.presence.table.xs(code)
        absent = told.loc[told["state"] == "absent"]
        said = (absent["absent"].iloc[0], absent["absent_zh"].iloc[0]) if len(absent) else ("not covered", "资料未覆盖")
        shown = [cells for (at, _), cells in beside.items() if at == code]
        more = (", ".join(cells["beside"] for cells in shown), "，".join(cells["beside_zh"] for cells in shown))
        en.append(f"{region.en} none: {said[0]}" + (f", but beside it {more[0]}" if shown else ""))
        zh.append(f"{region.zh}：{said[1]}" + (f"，但有{more[1]}" if shown else ""))
    yield Words(f"{name.en}: of {total} stages, {'; '.join(en)}.", f"{name.zh}：{total} 个环节中，{'；'.join(zh)}。")


def _describe_country(scope: ChainScope, each: ChainFinding) -> Iterator[Words]:
    """Say in how many regions each stage is, and which hangs on few actors."""
    states = each.presence.table.loc[list(scope.codes), "state"]
    here = [
        (name_field(stage), int((states.xs(stage, level="stage") == "present").sum())) for stage in each.chain.stages
    ]
    name, size = name_in_sentence(each.chain.words), len(scope.codes)
    yield Words(
        f"{name.en}: of {size} regions, {', '.join(f'{count} have {stage.en}' for stage, count in here)}.",
        f"{name.zh}：{size} 个地区中，{'、'.join(f'{stage.zh} {count} 个' for stage, count in here)}有主体。",
    )
    single = each.concentration[each.concentration["actors"] == 1]
    if len(single):
        stages = [name_field(stage) for stage in single.index]
        yield Words(
            f"One actor alone holds {_list(stage.en for stage in stages)}.",
            f"{'、'.join(stage.zh for stage in stages)}只有一家主体。",
        )


def _describe_breakpoints(each: ChainFinding, place: str) -> Iterator[Words]:
    rows = each.breakpoints[each.breakpoints["place"] == place]
    absent = rows.loc[rows["code"] == NO_ACTOR, "stage"]
    if len(absent):
        told = each.presence.table.xs(absent.iloc[0], level="stage")
        said = told.loc[told["state"] == "absent", ["absent", "absent_zh"]].iloc[0]
        stages = [name_field(stage) for stage in absent]
        yield Words(
            f"Breakpoints, in no region of them: {', '.join(stage.en for stage in stages)} ({said['absent']}).",
            f"断点（各地均无）：{'、'.join(stage.zh for stage in stages)}（{said['absent_zh']}）。",
        )
    apart = rows[rows["code"] == NO_LINK]
    if len(apart):
        pairs = [(name_field(a), name_field(b), n) for a, b, n in apart[["stage", "next", "actors"]].to_numpy()]
        yield Words(
            f"No link to the next stage: {', '.join(f'{a.en} to {b.en} ({_count(n).en})' for a, b, n in pairs)}.",
            f"缺衔接：{'、'.join(f'{a.zh}→{b.zh}（{_count(n).zh}）' for a, b, n in pairs)}。",
        )


def _count(actors: int) -> Words:
    if actors == 1:
        return Words("its only actor has none", "唯一的 1 家无联系")
    return Words(f"none of its {actors} actors has one", f"{actors} 家均无联系")


def _describe_flow(study: Study, each: ChainFinding, place: str) -> Iterator[Words]:
    """Say how much flows, where it clogs, what the largest loss is, and who could stand in."""
    found, observed = each.blockages.get(place), each.observed.get(place, np.nan)
    if found is None or found.table.empty or not found.flow > 0:
        return
    ends = name_field(found.stages[0]), name_field(found.stages[-1])
    if found.observed:
        lead = Words(
            f"Through observed links {write_amount(found.flow)} gets to {ends[1].en}",
            f"按实际联系，到{ends[1].zh}的流量为 {write_amount(found.flow)}",
        )
    elif observed == 0:
        lead = Words(
            f"No chain of observed links reaches {ends[1].en}; were every actor linked to the next stage (modelled), "
            f"{write_amount(found.flow)} would",
            f"实际联系未贯通到{ends[1].zh}（流量为 0）；若各环节都能衔接（推算），流量为 {write_amount(found.flow)}",
        )
    else:
        lead = Words(
            f"Links are not known; modelled, {write_amount(found.flow)} gets to {ends[1].en}",
            f"没有联系数据；推算到{ends[1].zh}的流量为 {write_amount(found.flow)}",
        )
    worst = found.table[(found.table["what"] == "actor") & (found.table["lost_share"] > 0)].head(1)
    clogged = found.table[(found.table["what"] == "stage") & found.table["in_cut"]]["stage"]
    narrow = [name_field(stage) for stage in clogged]
    en = f"{lead.en}" + (f"; it clogs at {_list(stage.en for stage in narrow)}" if narrow else "")
    zh = f"{lead.zh}" + (f"，堵在{'、'.join(stage.zh for stage in narrow)}" if narrow else "")
    for row in worst.to_dict("records"):
        who, stage = _name_actor(study, row["actor"]), name_field(row["stage"])
        share = f"{row['lost_share']:.0%}"
        whole = row["lost_share"] > _WHOLE
        en += f". Without {who.en} ({stage.en}) {'all' if whole else share} of it is lost"
        zh += f"。去掉{who.zh}（{stage.zh}），{'全部中断' if whole else f'减少 {share}'}"
        others = _list_substitutes(study, each, row["stage"], row["code"])
        en += f"; {others.en} could stand in" if others.en else "; nobody else holds this stage"
        zh += f"；可替代的有{others.zh}" if others.zh else "；别处没有这一环节"
    yield Words(f"{en}.", f"{zh}。")


def _list_substitutes(study: Study, each: ChainFinding, stage: str, code: str) -> Words:
    strength = each.presence.table["strength"].xs(stage, level="stage").drop(code, errors="ignore")
    first = strength[strength > 0].sort_values(ascending=False, kind="stable").head(3).index
    return Words(_list(study.regions["name"][first]), "、".join(study.regions["name_zh"][first]))


def _describe_fill(fill: pd.DataFrame, scope: ChainScope) -> Iterator[Words]:
    """Name the best candidate for stages that all lack, and who in the scope could help whom."""
    rows = fill[fill["measure"] == "fill"] if len(fill) else fill
    if rows.empty or len(scope.codes) > _MOST:
        return
    lacking = rows.groupby("stage")["code"].nunique()
    everywhere = lacking.index[lacking == len(scope.codes)]
    best = rows.sort_values("score", ascending=False).drop_duplicates("stage")
    for row in best[best["stage"].isin(everywhere)].sort_index().to_dict("records"):
        yield _say_candidate(row, rows)
    inside = best[~best["stage"].isin(everywhere) & best["candidate"].isin(scope.codes)]
    for row in inside.sort_values("score", ascending=False).head(2).to_dict("records"):
        yield _say_candidate(row, rows)


def _say_candidate(row: Mapping[Hashable, Any], rows: pd.DataFrame) -> Words:
    """Say who could fill a stage, how likely, whom to bring together, and whether the order can be told."""
    stage = name_field(str(row["stage"]))
    chance, low, high = (_write_percent(row[name]) for name in ("probability", "low", "high"))
    span, span_zh = f"{chance} ({low} to {high})", f"{chance}（{low}—{high}）"
    en = f"{stage.en} in {row['name']}: {row['candidate_name']} could fill it, a link has a probability of {span} "
    en += "by the gravity model of expected links"
    zh = f"{row['name_zh']}的{stage.zh}可由{row['candidate_name_zh']}补链"
    zh += f"，按期望联系的引力模型，建立联系的概率 {span_zh}"
    others = rows[(rows["code"] == row["code"]) & (rows["stage"] == row["stage"]) & rows["tied"].astype(bool)]
    others = others[others["candidate"] != row["candidate"]]
    if len(others):
        en += f", no surer than {_list(others['candidate_name'].head(2))}"
        zh += f"，与{'、'.join(others['candidate_name_zh'].head(2))}先后说不准"
    if row.get("partner_name"):
        en += f"; bring together {row['actor_name']} and {row['partner_name']}"
        zh += f"；建议{row['actor_name_zh']}与{row['partner_name_zh']}对接"
    return Words(f"{en}.", f"{zh}。")


def _write_percent(share: float) -> str:
    """Write a probability; nothing is called impossible or certain."""
    return "<1%" if share < 1 - _WHOLE else ">99%" if share > _WHOLE else f"{share:.0%}"


def _describe_links(fill: pd.DataFrame, place: str) -> Iterator[Words]:
    rows = fill[(fill["measure"] == "strengthen") & (fill["place"] == place)] if len(fill) else fill
    for row in rows.head(1).to_dict("records"):
        stages = name_field(str(row["stage"])), name_field(str(row["next"]))
        yield Words(
            f"Of single new links, {row['actor_name']} ({stages[0].en}) with {row['partner_name']} ({stages[1].en}) "
            f"adds most: {write_amount(row['gain'])} with its first joint record.",
            f"强链：{row['actor_name_zh']}（{stages[0].zh}）与{row['partner_name_zh']}（{stages[1].zh}）新建联系，"
            f"首项合作可增加流量 {write_amount(row['gain'])}，为各新增联系之最。",
        )


def _name_actor(study: Study, actor: str) -> Words:
    if study.actors is None or actor not in study.actors.index:
        return Words(actor, actor)
    return Words(study.actors["name"][actor], study.actors["name_zh"][actor])


def _list(names: Iterable[str]) -> str:
    """Put names behind each other: A, B and C."""
    listed = list(names)
    return " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)
