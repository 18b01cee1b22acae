"""What the columns of estimated spillover mean, in English and in Chinese."""

from collections.abc import Iterable

import pandas as pd

from maps.words.codebook import label_column
from maps.words.column_words import ColumnWords
from regions.words import Words

SHEETS: dict[str, Words] = {
    "about": Words("About", "说明"),
    "groups": Words("Between groups", "组间溢出"),
    "regions": Words("Given and received", "地区溢出与受益"),
    "flows": Words("Who gives to whom", "谁向谁溢出"),
    "models": Words("Every W by every model", "各权重各模型"),
    "impacts": Words("Impacts", "效应分解"),
    "clusters": Words("Clusters", "集聚格局"),
    "spaces": Words("Three spaces", "三种空间"),
    "reach": Words("How far", "溢出距离"),
    "autocorrelation": Words("Autocorrelation", "空间自相关"),
    "tests": Words("Tests", "模型检验"),
    "by_weights": Words("By weights", "分权重结果"),
    "orders": Words("By order of links", "按阶数分解"),
    "codebook": Words("Codebook", "指标说明"),
}
"""Names of the sheets, in their order: what a planner asks for comes first."""


def _number(en: str, zh: str, meaning: str, meaning_zh: str) -> ColumnWords:
    return ColumnWords(Words(en, zh), Words(meaning, meaning_zh), "number")


def _text(en: str, zh: str, meaning: str, meaning_zh: str) -> ColumnWords:
    return ColumnWords(Words(en, zh), Words(meaning, meaning_zh), "text")


def _count(en: str, zh: str, meaning: str, meaning_zh: str) -> ColumnWords:
    return ColumnWords(Words(en, zh), Words(meaning, meaning_zh), "count")


_EFFECT = (
    "More of the outcome for one unit more of the variable (in logarithms: percent for one percent)",
    "变量增加一个单位时结果的变化（取对数时为百分比对百分比）",
)
_FLOWS: dict[str, ColumnWords] = {
    "own": _number(
        "On itself", "对自身", "Effect of the region's variable on its own outcome", "本地区变量对本地区结果的影响"
    ),
    "given": _number(
        "Given",
        "溢出",
        "Effect of the region on all others together; mean over the weights",
        "本地区对其他所有地区的影响之和；各权重平均",
    ),
    "received": _number(
        "Received",
        "受益",
        "Effect of all others on the region; mean over the weights",
        "其他所有地区对本地区的影响之和；各权重平均",
    ),
    "net": _number("Net", "净溢出", "Given less received", "溢出减受益"),
}

SPILLOVER: dict[str, ColumnWords] = {
    "weights": _text("Weights", "权重", "Who is whose neighbour, and how near (W)", "谁与谁相邻、相邻程度（W）"),
    "model": _text(
        "Model",
        "模型",
        "ols none; slx lags of x; sar lag of y; sem lag of the error; sdm lags of y and x; sdem lags of error and x",
        "ols 无空间项；slx 解释变量滞后；sar 结果滞后；sem 误差滞后；sdm 结果与解释变量滞后；sdem 误差与解释变量滞后",
    ),
    "effects": _text(
        "Effects", "固定效应", "Taken out: of regions, years or both", "已去除的固定效应：地区、年份或两者"
    ),
    "rho": _number(
        "rho",
        "ρ",
        "Estimated strength of the lag of the outcome (sar, sdm) or of the error",
        "结果滞后（sar、sdm）或误差滞后的估计强度",
    ),
    "low": _number("Low", "区间下限", "Lower end of the 95 % interval", "95% 区间下限"),
    "high": _number("High", "区间上限", "Upper end of the 95 % interval", "95% 区间上限"),
    "n": _count("Observations", "观测数", "Regions times years", "地区数乘以年数"),
    "loglik": _number(
        "Log-likelihood", "对数似然", "Of the data with effects taken out", "去除固定效应后数据的对数似然"
    ),
    "aic": _number("AIC", "AIC", "Smaller fits better; same weights or not", "越小越好"),
    "bic": _number("BIC", "BIC", "Smaller fits better, parameters count more", "越小越好，对参数惩罚更重"),
    "sigma2": _number("Variance", "误差方差", "Of the errors", "误差的方差"),
    "variable": _text("Variable", "变量", "Indicator whose effect is told", "所说明其影响的指标"),
    "effect": _text(
        "Effect",
        "效应",
        "direct: on the region itself; indirect: on the others; total: both",
        "direct 直接；indirect 间接（溢出）；total 总效应",
    ),
    "estimate": _number("Estimate", "估计值", *_EFFECT),
    **_FLOWS,
    "given_clear": _number(
        "Given, clear in",
        "溢出明确的比例",
        "Share of the weights whose interval leaves 0 out",
        "区间不含 0 的权重所占比例",
    ),
    "received_clear": _number(
        "Received, clear in",
        "受益明确的比例",
        "Share of the weights whose interval leaves 0 out",
        "区间不含 0 的权重所占比例",
    ),
    "source": _text("Giver, code", "溢出方代码", "Region that gives", "产生溢出的地区"),
    "source_name": _text("Giver", "溢出方", "Region that gives", "产生溢出的地区"),
    "target": _text("Receiver, code", "受益方代码", "Region that receives", "接受溢出的地区"),
    "target_name": _text("Receiver", "受益方", "Region that receives", "接受溢出的地区"),
    "weight": _number("Flow", "溢出量", *_EFFECT),
    "kind": _text("Kind", "类型", "Of the flow", "流量的类型"),
    "origin": _text("Origin", "来源", "modelled: not observed", "modelled：模型估计，不是观测值"),
    "grouping": _text("Grouping", "分组方式", "What tells the groups apart", "分组依据"),
    "giver": _text("Giver", "溢出方", "Group whose regions give", "产生溢出的组"),
    "receiver": _text("Receiver", "受益方", "Group that receives", "接受溢出的组"),
    "per_region": _number("Per region", "平均每地区", "Estimate per region of the receivers", "受益组平均每个地区所得"),
    "share": _number("Share", "份额", "Of all that the giver gives to other regions", "占该组对外溢出总量的比例"),
    "share_low": _number("Share, low", "份额下限", "Lower end of the 95 % interval", "95% 区间下限"),
    "share_high": _number("Share, high", "份额上限", "Upper end of the 95 % interval", "95% 区间上限"),
    "chance": _number(
        "By chance", "随机份额", "Mean share if labels were dealt out at random", "随机打乱分组标签时的平均份额"
    ),
    "p": _number(
        "p", "p 值", "How often chance is as far from its mean (two-sided)", "随机情形同样偏离其均值的频率（双侧）"
    ),
    "q": _number(
        "q", "q 值", "p corrected for the number of regions (Benjamini-Hochberg)", "按地区数校正的 p 值（BH）"
    ),
    "value": _number("Value", "数值", "Of the outcome, or of the statistic", "结果变量或统计量的数值"),
    "lag": _number("Of neighbours", "邻居值", "Mean of the outcome in the neighbours", "相邻地区结果的加权平均"),
    "local_moran": _number("Local Moran", "局部莫兰指数", "Above 0: like its neighbours", "大于 0 表示与邻居相似"),
    "g_star": _number("G*", "G*", "z: high in hot spots, low in cold spots", "z 值：热点为高，冷点为低"),
    "cluster": _text(
        "Cluster",
        "集聚类型",
        "high-high, low-low, high-low, low-high; none: not distinct (q above 0.05)",
        "high-high 高高；low-low 低低；high-low 高低；low-high 低高；none 不显著（q 大于 0.05）",
    ),
    "statistic": _text(
        "Statistic",
        "统计量",
        "moran, geary (below 1: alike), getis-ord",
        "moran 莫兰；geary 吉尔里（小于 1 相似）；getis-ord",
    ),
    "expected": _number("Expected", "期望值", "Of values dealt out at random", "随机分布时的期望"),
    "variance": _number("Variance", "方差", "Of values dealt out at random", "随机分布时的方差"),
    "z": _number("z", "z 值", "Distance from the expected, in standard deviations", "偏离期望的标准差倍数"),
    "p_normal": _number("p (normal)", "p 值（正态）", "By z", "由 z 值得出"),
    "test": _text(
        "Test",
        "检验",
        "Lagrange multiplier test of least squares against a lag or an error",
        "最小二乘对滞后或误差的拉格朗日乘数检验",
    ),
    "df": _count("df", "自由度", "Degrees of freedom", "自由度"),
    "space": _text("Space", "空间", "geography, development or cyber", "地理、发展或网络空间"),
    "loglik_alone": _number("Alone", "单独似然", "Log-likelihood with this space alone", "只用该空间时的对数似然"),
    "p_without": _number(
        "p without", "剔除的 p 值", "Likelihood-ratio test against leaving it out", "剔除该空间的似然比检验"
    ),
    "order": _count("Links", "阶数", "Number of links that the effect runs along", "影响经过的联系步数"),
    "direct": _number("Direct", "直接", "On the region itself", "对本地区"),
    "half_life": _number(
        "Half-life, km",
        "半衰距离（公里）",
        "Distance over which an exponential weight halves",
        "指数衰减权重减半距离",
    ),
    "indirect": _number("Indirect", "间接", "On the others", "对其他地区"),
    "total": _number("Total", "合计", "Both together", "两者之和"),
}
"""Column -> words; ends of intervals are made from these."""

_ENDS = {"_low": Words("low", "下限"), "_high": Words("high", "上限")}


def label_spillover(column: str) -> ColumnWords:
    """Return the words of a column of estimated spillover."""
    if column in SPILLOVER:
        return SPILLOVER[column]
    for ending, end in _ENDS.items():
        base = SPILLOVER.get(column.removesuffix(ending))
        if column.endswith(ending) and base is not None:
            label = Words(f"{base.label.en}, {end.en}", f"{base.label.zh}{end.zh}")
            meaning = Words(f"{base.label.en}: {end.en} of the 95 % interval", f"{base.label.zh}：95% 区间{end.zh}")
            return ColumnWords(label, meaning, "number")
    return label_column(column)


def build_spillover_codebook(columns: Iterable[str]) -> pd.DataFrame:
    """Return one row per column: ``column``, ``label``, ``label_zh``, ``meaning``, ``meaning_zh``."""
    rows = [(column, label_spillover(column)) for column in dict.fromkeys(columns)]
    return pd.DataFrame(
        [(column, words.label.en, words.label.zh, words.meaning.en, words.meaning.zh) for column, words in rows],
        columns=["column", "label", "label_zh", "meaning", "meaning_zh"],
    )
