"""The paragraph on estimated spillover: what was found, and what cannot be said."""

from collections.abc import Sequence

import pandas as pd

from analysis.loglinear.tolerance import sort_down
from regionet.steps.spillover.spillover_estimates import Estimates, pick_clear
from regionet.steps.spillover.spillover_groups import name_end
from regions.words import Words

_SHOWN = 3
_EFFECTS = {
    "none": Words("no effects", "无固定效应"),
    "region": Words("region effects", "地区固定效应"),
    "year": Words("year effects", "年份固定效应"),
    "both": Words("region and year effects", "地区与年份双向固定效应"),
}
_ENOUGH = 0.5


def describe_estimates(found: Estimates) -> list[Words]:
    """Return the sentences in their order: data, verdicts, rho, givers, groups, spaces, limits, notes."""
    sentences = [_tell_data(found)]
    sentences += [verdict.describe(found.study.describe_indicator(verdict.variable)[0]) for verdict in found.verdicts]
    sentences += [*_tell_rho(found), *_tell_givers(found), *_tell_groups(found), *_tell_spaces(found)]
    return [*sentences, describe_limits(found), *found.notes]


def describe_verdict(found: Estimates) -> Words:
    """Say in how many estimates the spillover of the first variable is clear, and that it is no cause."""
    verdict = found.verdicts[0].describe(found.study.describe_indicator(found.panel.x[0])[0])
    n = len(found.panel.codes)
    return Words(
        f"{verdict.en} This is correlation, not causality; there are only {n} regions.",
        f"{verdict.zh}这是相关，不是因果；只有 {n} 个地区。",
    )


def _tell_data(found: Estimates) -> Words:
    panel, study = found.panel, found.study
    outcome = study.describe_indicator(panel.y)[0]
    inputs = [study.describe_indicator(name)[0] for name in panel.x]
    years = f"{panel.years[0]}-{panel.years[-1]}" if len(panel.years) > 1 else str(panel.years[0])
    form = Words(", in logarithms", "（取对数）") if panel.log else Words("", "")
    lag = Words(f", {panel.lag} year(s) earlier", f"（滞后 {panel.lag} 年）") if panel.lag else Words("", "")
    effects = _EFFECTS[found.asked.effects]
    fixed = found.asked.correction is not None and found.asked.effects != "none"
    way = Words(", corrected as by Lee and Yu", "，按 Lee-Yu 方法校正") if fixed else Words("", "")
    return Words(
        f"{outcome.en} of {len(panel.codes)} regions in {years} ({len(panel.years)} year(s)){form.en} is explained by "
        f"{' and '.join(each.en for each in inputs)}{lag.en}; {effects.en}{way.en}; {len(found.weights)} weights by "
        f"{found.grid.models['model'].nunique()} models.",
        f"以 {len(panel.codes)} 个地区 {years} 年（{len(panel.years)} 年）的“{outcome.zh}”{form.zh}为结果，由"
        f"{'、'.join(f'“{each.zh}”' for each in inputs)}{lag.zh}解释；{effects.zh}{way.zh}；"
        f"{len(found.weights)} 种权重、{found.grid.models['model'].nunique()} 种模型。",
    )


def _tell_rho(found: Estimates) -> list[Words]:
    rows = found.grid.models[found.grid.models["model"] == found.question.model].dropna(subset=["rho"])
    if rows.empty:
        return []
    clear = int(((rows["low"] > 0) | (rows["high"] < 0)).sum())
    low, high = rows["rho"].min(), rows["rho"].max()
    name = found.question.model.upper()
    return [
        Words(
            f"In the {name} rho runs from {low:.2f} to {high:.2f} over the weights; its interval leaves 0 out "
            f"in {clear} of {len(rows)}.",
            f"{name} 中 ρ 随权重在 {low:.2f} 至 {high:.2f} 之间；{len(rows)} 种权重中有 {clear} 种区间不含 0。",
        )
    ]


def _tell_givers(found: Estimates) -> list[Words]:
    if found.flows is None:
        return []
    table = found.flows.table
    sentences = []
    for column, verb, verb_zh in (("given", "Gives", "溢出"), ("received", "Receives", "受益")):
        clear = pick_clear(table, column)
        if clear.empty:
            sentences.append(
                Words(
                    f"{verb}: under most weights no region's interval leaves 0 out, so none is ranked.",
                    f"{verb_zh}：没有地区在绝大多数权重下区间不含 0，不作排名。",
                )
            )
            continue
        first = sort_down(clear.reset_index(), column, "code").set_index("code").head(_SHOWN)
        en, zh = (_list_values(found, first, column, language) for language in ("en", "zh"))
        sentences.append(
            Words(
                f"{verb} most: {en} ({len(clear)} of {len(table)} regions are clear).",
                f"{verb_zh}最多：{zh}（{len(table)} 个地区中 {len(clear)} 个明确）。",
            )
        )
    return sentences


def _list_values(found: Estimates, rows: pd.DataFrame, column: str, language: str) -> str:
    names = found.study.names(language)
    ends = rows[[column, f"{column}_low", f"{column}_high"]]
    texts = [f"{names[str(code)]} {at:.3f} [{low:.3f}, {high:.3f}]" for code, at, low, high in ends.itertuples()]
    return ("; " if language == "en" else "；").join(texts)


def _tell_groups(found: Estimates) -> list[Words]:
    if found.groups.empty or found.question.between is None:
        return []
    giver, receiver = found.question.between
    sentences = []
    for one, other in ((giver, receiver), (receiver, giver)):
        ends = [name_end(found.study, name) for name in (one, other)]
        row = found.groups[(found.groups["giver"] == one) & (found.groups["receiver"] == other)].iloc[0]
        size = f"{row['estimate']:.3f} [{row['low']:.3f}, {row['high']:.3f}]"
        sure = row["low"] > 0 or row["high"] < 0
        end, end_zh = ("", "") if sure else (": it cannot be told from 0", "，无法与 0 区分")
        told = not (pd.isna(row["share"]) or pd.isna(row["chance"]))
        share = f", {row['share']:.0%} of all it gives (chance: {row['chance']:.0%})" if told else ""
        share_zh = f"，占其对外溢出的 {row['share']:.0%}（随机为 {row['chance']:.0%}）" if told else ""
        sentences.append(
            Words(
                f"{ends[0].en} to {ends[1].en}: {size}{share}{end}.",
                f"{ends[0].zh}对{ends[1].zh}：{size}{share_zh}{end_zh}。",
            )
        )
    return sentences


def _tell_spaces(found: Estimates) -> list[Words]:
    if found.spaces is None:
        return []
    table = found.spaces.table
    zh = {"geography": "地理空间", "development": "发展空间", "cyber": "网络空间"}
    parts = [f"{name} {row.share:.2f} [{row.low:.2f}, {row.high:.2f}]" for name, row in table.iterrows()]
    parts_zh = [
        f"{zh.get(str(name), '网络空间（以协作代替）')} {row.share:.2f} [{row.low:.2f}, {row.high:.2f}]"
        for name, row in table.iterrows()
    ]
    end, end_zh = ("", "")
    if not found.spaces.identified:
        end, end_zh = ": the data do not tell the spaces apart", "：数据无法区分三种空间"
    return [
        Words(
            f"Shares of the three spaces: {', '.join(parts)}{end}.", f"三种空间的份额：{'、'.join(parts_zh)}{end_zh}。"
        )
    ]


def describe_limits(found: Estimates) -> Words:
    """Say what cannot be said."""
    n = len(found.panel.codes)
    years = (
        "; what moves all regions in a year alike is taken out and cannot be called spillover"
        if found.asked.effects in {"year", "both"}
        else ""
    )
    years_zh = "；各年份的共同变动已去除，不能算作溢出" if years else ""
    return Words(
        f"What cannot be said: this is no cause but a correlation, since neighbours share policies, markets and "
        f"shocks that are not in the data; {n} regions bear few parameters; what a region gives follows how many "
        f"neighbours the weights give it{years}. Of several weights the intervals hold all, so that they are wider "
        "than under any one.",
        f"不能说明的：这是相关，不是因果，相邻地区共享数据之外的政策、市场与冲击；{n} 个地区能支撑的参数很少；"
        f"溢出多少与权重赋予的邻居数目有关{years_zh}。多种权重合并后的区间宽于任何单一权重。",
    )


def list_texts(notes: Sequence[Words], language: str) -> list[str]:
    """Return the sentences in a language."""
    return [note.text(language) for note in notes]
