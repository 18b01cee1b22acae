"""What the columns of years, fields and paths, of movements and of the calibration of gaps mean, in two languages."""

from maps.words.column_words import ColumnWords
from maps.words.page_text import label_score
from regions.words import Words

GAPS: dict[str, ColumnWords] = {
    "interval": ColumnWords(
        Words("95 % interval", "95% 区间"),
        Words("Where 95 % of such pairs would fall: low and high", "95% 的同类地区对应落入的范围：下限与上限"),
        "text",
    ),
    "year": ColumnWords(
        Words("Year", "年份"),
        Words("Year of the links, the last of its window", "联系所属年份（窗口的最后一年）"),
        "text",
    ),
    "field": ColumnWords(Words("Field", "领域"), Words("Field of the links", "联系所属领域"), "text"),
    "moved": ColumnWords(
        Words("Movement", "变动"),
        Words(
            "Against the year before: opened (a gap of at least weak evidence now only), persistent (both years), "
            "closed (then only), none (neither), first (not judged then)",
            "与上年相比：新出现（仅本年为缺口，证据至少为弱）、持续（两年都是）、消失（仅上年是）、无（都不是）、首次（上年未评估）",
        ),
        "text",
    ),
    "ratio_change": ColumnWords(
        Words("Change of ratio", "比值变化"),
        Words("Shrunken ratio less that of the year before", "修正后实际/期望比减去上年之值"),
        "number",
    ),
    "judged": ColumnWords(Words("Pairs", "地区对"), Words("Pairs the model judged", "模型评估的地区对数"), "count"),
    "gaps": ColumnWords(
        Words("Gaps", "缺口"), Words("Gaps of at least weak evidence", "证据至少为弱的缺口数"), "count"
    ),
    "opened": ColumnWords(Words("Opened", "新出现"), Words("Gaps that were none before", "上年不是的缺口数"), "count"),
    "persistent": ColumnWords(Words("Persistent", "持续"), Words("Gaps in both years", "两年都是的缺口数"), "count"),
    "closed": ColumnWords(Words("Closed", "消失"), Words("Gaps of the year before only", "仅上年是的缺口数"), "count"),
    "group": ColumnWords(
        Words("Group", "组"),
        Words("Pairs of about the same expectation, the least first", "期望相近的地区对，从小到大"),
        "count",
    ),
    "group_pairs": ColumnWords(Words("Pairs", "地区对"), Words("Pairs in the group", "组内地区对数"), "count"),
    "mean_expected": ColumnWords(
        Words("Expected, mean", "期望均值"), Words("Mean expectation of the group", "组内期望均值"), "number"
    ),
    "mean_observed": ColumnWords(
        Words("Observed, mean", "实际均值"), Words("Mean of what was observed", "组内实际均值"), "number"
    ),
    "mean_low": ColumnWords(
        Words("Observed, low", "实际均值下限"),
        Words("The observed mean should lie above this with 95 % (both ends)", "实际均值应落入的 95% 区间下限"),
        "number",
    ),
    "mean_high": ColumnWords(
        Words("Observed, high", "实际均值上限"),
        Words("The observed mean should lie below this with 95 % (both ends)", "实际均值应落入的 95% 区间上限"),
        "number",
    ),
}

_CLOSED = Words("if the gap were closed to the expectation (rho = 0.5 assumed)", "若缺口补足至期望（假设 ρ = 0.5）")


def _gain(label: Words, meaning: Words) -> ColumnWords:
    told = Words(f"{meaning.en} {_CLOSED.en}", f"{_CLOSED.zh}，{meaning.zh}")
    return ColumnWords(label, told, "number")


GAPS |= {
    "gain_received_source": _gain(
        Words("Spillover gained, A", "甲地多接收溢出"), Words("What A receives more", "甲地多接收的溢出")
    ),
    "gain_received_target": _gain(
        Words("Spillover gained, B", "乙地多接收溢出"), Words("What B receives more", "乙地多接收的溢出")
    ),
    "gain_received_all": _gain(
        Words("Spillover gained, all", "全部地区多接收溢出"),
        Words("What all regions together receive more", "全部地区合计多接收的溢出"),
    ),
    "gain_closeness_source": _gain(
        Words("Closeness gained, A (%)", "甲地接近中心性增幅（%）"),
        Words("Percent by which A comes closer to all others", "甲地接近中心性提高的百分比"),
    ),
    "gain_closeness_target": _gain(
        Words("Closeness gained, B (%)", "乙地接近中心性增幅（%）"),
        Words("Percent by which B comes closer to all others", "乙地接近中心性提高的百分比"),
    ),
}


def _label_whatif(score: str) -> dict[str, ColumnWords]:
    words = label_score(score)
    with_links = Words(f"{words.label.en} with the links added", f"增加联系后的{words.label.zh}")
    change = Words(f"{words.label.en}: change by the links added", f"增加联系带来的{words.label.zh}变化")
    return {
        f"{score}_after": ColumnWords(
            Words(f"{words.label.en}, after", f"{words.label.zh}（之后）"), with_links, "number"
        ),
        f"{score}_gain": ColumnWords(Words(f"{words.label.en}, gain", f"{words.label.zh}（增量）"), change, "number"),
    }


for _score in ("strength", "closeness", "betweenness", "received"):
    GAPS |= _label_whatif(_score)

MOVES: dict[str, Words] = {
    "opened": Words("opened", "新出现"),
    "persistent": Words("persistent", "持续"),
    "closed": Words("closed", "消失"),
    "none": Words("none", "无"),
    "first": Words("first", "首次"),
}
