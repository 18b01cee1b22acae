"""What choices, groups, tests and other values of the scorecard are called, in English and in Chinese."""

from collections.abc import Mapping

from maps.words.spillover_names import VALUES as SPILLOVER_VALUES
from maps.words.spillover_names import name_group
from regions.words import Words

YES, NO = Words("yes", "是"), Words("no", "否")

CHOICES: dict[str, Words] = {
    "normalisation": Words("the scale", "标准化方法"),
    "weights": Words("the weights", "权重"),
    "aggregation": Words("the way to add up", "合成方法"),
    "missing": Words("the rule for missing values", "缺失规则"),
    "leave_out": Words("a single indicator", "单个指标"),
}
"""Choice of the index -> what it is called."""

LEVELS: dict[str, Words] = {
    "minmax": Words("min-max", "极差标准化"),
    "z": Words("z scores", "Z 标准化"),
    "rank": Words("ranks", "位次标准化"),
    "goalposts": Words("goalposts", "上下限标准化"),
    "vector": Words("vector", "向量标准化"),
    "equal": Words("equal weights", "等权"),
    "entropy": Words("entropy weights", "熵权"),
    "critic": Words("CRITIC weights", "CRITIC 权重"),
    "given": Words("given weights", "给定权重"),
    "bod": Words("benefit of the doubt", "疑点利益权重（BOD）"),
    "additive": Words("weighted mean", "加权平均"),
    "geometric": Words("geometric mean", "几何平均"),
    "topsis": Words("TOPSIS", "TOPSIS"),
    "available": Words("by what is there", "按现有指标"),
    "median": Words("median of the year", "当年中位数"),
    "complete": Words("complete regions only", "仅完整地区"),
    "": Words("none left out", "不剔除"),
}
"""Level of a choice -> what it is called; of ``leave_out`` the levels are indicators."""

_VALUES: dict[str, dict[str, Words]] = {
    "choice": CHOICES,
    "moved_by": CHOICES,
    "index": {
        "gini": Words("Gini", "基尼系数"),
        "theil": Words("Theil", "泰尔指数"),
        "cv": Words("coefficient of variation", "变异系数"),
        "gini_within": Words("Gini: within groups", "基尼系数：组内"),
        "gini_between": Words("Gini: between groups", "基尼系数：组间"),
        "gini_overlap": Words("Gini: overlap of groups", "基尼系数：组间重叠（超变密度）"),
        "theil_within": Words("Theil: within groups", "泰尔指数：组内"),
        "theil_between": Words("Theil: between groups", "泰尔指数：组间"),
    },
    "model": {
        "ols": Words("least squares", "最小二乘"),
        "sar": Words("with growth of neighbours (SAR)", "含邻居增速（SAR）"),
        "sem": Words("with errors of neighbours (SEM)", "含邻居误差（SEM）"),
    },
    "chain": {
        "all": Words("quantiles of each year", "各年分位"),
        "relative": Words("pooled quantiles", "合并分位"),
        **{f"beside {place}": Words(f"neighbours of class {place}", f"邻居为第 {place} 级") for place in range(1, 10)},
    },
    "design": {
        "within": Words("within regions over the years", "地区内逐年"),
        "between": Words("between regions of one year", "同年地区之间"),
    },
    "of": {
        "score": Words("score", "得分"),
        "per_head": Words("real product per head", "人均实际产出"),
        "coordination": Words("coordination D", "协调度 D"),
    },
    "statistic": SPILLOVER_VALUES["statistic"],
    "club": {"-1": Words("all regions together", "全体地区"), "0": Words("in no club", "不属任何俱乐部")},
}


def name_value(column: str, value: str, pillars: Mapping[str, Words]) -> Words:
    """Return what a value of a column of the scorecard is called; one that is not known keeps its own name.

    Parameters
    ----------
    column, value
        As in the CSV files.
    pillars
        Key of a pillar -> its name.

    Examples
    --------
    >>> name_value("group", "all", {}).zh, name_value("lagging", "people", {"people": Words("people", "人才")}).zh
    ('总体', '人才')
    """
    if column in {"group", "grouping"}:
        return name_group(value)
    if column in {"pillar", "lagging"}:
        return pillars.get(value, Words(value, value))
    if column in {"best", "worst"}:
        return LEVELS.get(value, Words(value, value))
    return _VALUES.get(column, {}).get(value, Words(value, value))


NAMED = frozenset({*_VALUES, "group", "grouping", "pillar", "lagging", "best", "worst"})
"""Columns whose values `name_value` knows."""
