"""The sentences of the tab on the scorecard; only a page that has one carries them."""

from maps.words.column_words import ColumnWords
from regions.words import Words

SCORECARD_TEXT: dict[str, Words] = {
    "tab_scorecard": Words("Scorecard", "记分卡"),
    "tab_card_scores": Words("Figures", "各项指标"),
    "card_rank": Words("Ranks and how far they move", "位次及其变动范围"),
    "card_region": Words("Region", "地区"),
    "card_interval": Words("Rank and interval", "位次与区间"),
    "card_pillars": Words("Pillars", "维度"),
    "card_of": Words("rank {n}", "第 {n} 位"),
    "card_from_to": Words("rank {rank}, between {low} and {high}", "第 {rank} 位，区间 {low} 至 {high}"),
    "card_none": Words("no rank: too few values, or none", "没有位次：数据过少或没有"),
    "card_key_sure": Words("rank, with its interval", "位次与区间"),
    "card_key_wide": Words("hollow: over a third of the list, no finding", "空心：区间超过全表三分之一，不能作为结论"),
    "card_key_bars": Words("Bars, left to right: {names}", "竖条从左至右：{names}"),
    "card_key_empty": Words("dashed: no data", "虚框：无数据"),
    "card_head": Words(
        "{name}: rank {rank} of {n} ({low}–{high}), score {score}",
        "{name}：第 {rank} 位（{low}–{high}），共 {n} 个地区，得分 {score}",
    ),
    "card_close": Words("Back to all regions", "返回全部地区"),
    "card_strength": Words("Pillars (0-1; in brackets the rank)", "各维度（0—1，括号内为位次）"),
    "card_moves": Words("Which choice moves this rank", "哪项选择影响该位次"),
    "card_moves_note": Words(
        "Share of the variance of the rank that a choice explains alone; the rest is their joint effect.",
        "各选择单独解释的位次方差份额，其余为共同作用。",
    ),
    "card_still": Words("No choice moves this rank.", "各种做法下位次不变。"),
    "card_beside": Words("Side by side", "并列比较"),
    "card_one": Words("Left", "左"),
    "card_other": Words("Right", "右"),
    "card_peers": Words("Most alike in structure", "结构最相近"),
    "card_groups": Words("Groups", "分组"),
    "card_regions": Words("All regions", "全部地区"),
    "card_members": Words("{n} regions", "{n} 个地区"),
    "card_figure": Words("Figure", "指标"),
    "card_group_note": Words(
        "Of a group: means of its members, each counting once; growth weighted by product, product per head by people; "
        "sums of what was added; ranks from best to worst.",
        "分组数值：成员简单平均；增速按产出、人均产出按人口加权；增量为合计；位次为最好至最差。",
    ),
    "card_whole": Words("The whole", "总体"),
    "card_ask": Words(
        "Click a region for its pillars and what moves its rank.", "点选地区，查看各维度与影响其位次的选择。"
    ),
}

CARD_SCORES: dict[str, ColumnWords] = {
    "index_score": ColumnWords(
        Words("Index", "综合指数"), Words("Score by the way chosen, 0 to 1", "所选做法的得分，0—1")
    ),
    "coordination": ColumnWords(
        Words("Coordination D", "协调度 D"),
        Words("How far the coupled systems are developed, and how evenly", "所耦合系统的发展水平与同步程度"),
    ),
    "real_growth": ColumnWords(Words("Real growth", "实际增速"), Words("At constant prices", "按不变价")),
    "momentum": ColumnWords(
        Words("Momentum (an analogy)", "动能（类比）"),
        Words("Product times growth: what was added; nothing is conserved", "规模×增速，即增量；并无守恒"),
    ),
    "per_head": ColumnWords(Words("Product per head", "人均产出"), Words("", "")),
}
"""Columns that the map of a scorecard can be coloured by."""
