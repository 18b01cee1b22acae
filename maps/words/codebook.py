"""What every column of our tables means, in English and in Chinese."""

from collections.abc import Iterable

import pandas as pd

from analysis.expectation.reason_sentences import name_border
from analysis.scores.centrality import SURROUNDINGS
from analysis.scores.registry import find_column
from maps.words.columns.barrier_columns import BARRIERS
from maps.words.columns.change_columns import CHANGES
from maps.words.columns.gap_columns import GAPS
from maps.words.columns.role_columns import POSITIONS
from maps.words.page_text import ColumnWords, Words, label_score

_PARTNER = Words(
    "Two actors that have not worked together, and what speaks for it; scored, see the sheet of partners",
    "尚未合作的两个主体及理由；按评分排序，见潜在合作方表",
)

_TABLE_COLUMNS: dict[str, ColumnWords] = {
    "code": ColumnWords(Words("Code", "代码"), Words("Code of the region", "地区代码"), "text"),
    "name": ColumnWords(Words("Name", "英文名"), Words("English name", "地区英文名"), "text"),
    "name_zh": ColumnWords(Words("Chinese name", "名称"), Words("Chinese name", "地区中文名"), "text"),
    "source": ColumnWords(Words("Code A", "代码甲"), Words("First region of the pair", "地区对的第一个地区"), "text"),
    "target": ColumnWords(Words("Code B", "代码乙"), Words("Second region of the pair", "地区对的第二个地区"), "text"),
    "source_name": ColumnWords(Words("Region A", "地区甲（英文）"), Words("English name of A", "甲地英文名"), "text"),
    "target_name": ColumnWords(Words("Region B", "地区乙（英文）"), Words("English name of B", "乙地英文名"), "text"),
    "source_name_zh": ColumnWords(Words("Region A (zh)", "地区甲"), Words("Chinese name of A", "甲地名称"), "text"),
    "target_name_zh": ColumnWords(Words("Region B (zh)", "地区乙"), Words("Chinese name of B", "乙地名称"), "text"),
    "pair": ColumnWords(Words("Pair", "地区对（英文）"), Words("Both regions, English", "两地英文名"), "text"),
    "pair_zh": ColumnWords(Words("Pair (zh)", "地区对"), Words("Both regions, Chinese", "两地名称"), "text"),
    "rho": ColumnWords(
        Words("rho", "ρ"), Words("How far spillover carries in these scores", "本表溢出所用的强度参数"), "number"
    ),
    "rho_source": ColumnWords(
        Words("rho is", "ρ 的来源"),
        Words("assumed: set by hand; estimated: from a spatial model", "assumed 假设；estimated 由空间模型估计"),
        "text",
    ),
    "weight": ColumnWords(
        Words("Weight", "权重"),
        Words("Collaboration between the two, by the chosen counting", "按所选计数方法的合作量"),
        "number",
    ),
    "count": ColumnWords(
        Words("Actor pairs", "单位间合作次数"),
        Words("Joint participations of actor pairs (full counting)", "主体对共同参与次数（全计数）"),
        "count",
    ),
    "records": ColumnWords(
        Words("Joint records", "共同记录数"),
        Words("Records in which both regions take part", "两地共同参与的记录数"),
        "count",
    ),
    "alpha_disparity": ColumnWords(
        Words("Alpha (disparity)", "α（差异过滤）"),
        Words(
            "Chance of so strong a link among the links of an end; small stands out",
            "联系在一端各联系中偶然如此之强的概率，小者突出",
        ),
        "number",
    ),
    "score_nc": ColumnWords(
        Words("Score (noise-corrected)", "得分（噪声校正）"),
        Words(
            "-1 to 1; 0 is what the totals of both ends give, above 0 is more",
            "取值 -1 到 1；0 为两端总量所决定的水平，大于 0 为更多",
        ),
        "number",
    ),
    "error_nc": ColumnWords(
        Words("Error of the score", "得分的标准误"),
        Words("Standard error of the noise-corrected score", "噪声校正得分的标准误"),
        "number",
    ),
    "p_nc": ColumnWords(
        Words("p (noise-corrected)", "p 值（噪声校正）"),
        Words("Chance of so many events given the totals of both ends", "给定两端总量时偶然达到该联系次数的概率"),
        "number",
    ),
    **{column.name: ColumnWords(column.label, column.meaning, column.form) for column in SURROUNDINGS.columns},
    "observed": ColumnWords(Words("Observed", "实际"), Words("Observed collaboration", "实际合作量"), "number"),
    "expected": ColumnWords(
        Words("Expected", "期望"),
        Words("What the gravity model expects for two such regions", "引力模型对该地区对的期望合作量"),
        "number",
    ),
    "gap": ColumnWords(Words("Gap", "缺口"), Words("Expected minus observed", "期望减实际"), "number"),
    "ratio": ColumnWords(Words("Ratio", "比值"), Words("Observed divided by expected", "实际除以期望"), "number"),
    "low": ColumnWords(
        Words("Low", "区间下限"), Words("Lower end of the 95 % prediction interval", "95% 预测区间下限"), "number"
    ),
    "high": ColumnWords(
        Words("High", "区间上限"), Words("Upper end of the 95 % prediction interval", "95% 预测区间上限"), "number"
    ),
    "p": ColumnWords(
        Words("p", "p 值"),
        Words("Probability of so little collaboration by chance (one-sided)", "偶然出现如此少合作的概率（单侧）"),
        "number",
    ),
    "q": ColumnWords(
        Words("q", "q 值"),
        Words("p corrected for the number of pairs (Benjamini-Hochberg)", "按地区对数目校正的 p 值（BH）"),
        "number",
    ),
    "shrunken_ratio": ColumnWords(
        Words("Shrunken ratio", "修正后实际/期望比"),
        Words(
            "Observed to expected with chance taken out (gamma-Poisson)", "去除偶然波动后的实际与期望之比（伽马-泊松）"
        ),
        "number",
    ),
    "shortfall_probability": ColumnWords(
        Words("Probability of a shortfall", "确有不足的概率"),
        Words("Probability that true collaboration lies below expectation", "真实合作低于期望的概率"),
        "number",
    ),
    "grade": ColumnWords(
        Words("Evidence", "证据等级"),
        Words(
            "strong: q < 0.05; moderate: p < 0.05 or shortfall 95 % probable; weak: 80 % probable; none: less",
            "strong 强：q < 0.05；moderate 中：p < 0.05 或不足的概率 ≥ 95%；weak 弱：≥ 80%；none 无：低于此",
        ),
        "text",
    ),
    "stability": ColumnWords(
        Words("Stability", "稳健性"),
        Words(
            "Share of the specifications run in which the pair is a gap of at least weak evidence",
            "在所试各模型设定中，该对仍为缺口（证据至少为弱）的比例",
        ),
        "number",
    ),
    "priority": ColumnWords(
        Words("Priority", "优先度"),
        Words("Probability of a shortfall times the links truly missing", "不足的概率乘以估计缺少的合作量"),
        "number",
    ),
    "distance_km": ColumnWords(
        Words("Distance (km)", "距离（公里）"),
        Words("Between the representative points, on the ellipsoid", "代表点间的椭球面距离"),
        "number",
    ),
    "ln_distance": ColumnWords(
        Words("ln distance", "距离对数"),
        Words("Natural logarithm of the distance in km", "公里距离的自然对数"),
        "number",
    ),
    "technological_distance": ColumnWords(
        Words("Distance between fields", "技术领域距离"),
        Words("1 minus the cosine of the field shares of the two regions", "1 减去两地领域构成的余弦相似度"),
        "number",
    ),
    "actor_mix_distance": ColumnWords(
        Words("Distance between kinds of actors", "主体构成差异"),
        Words("1 minus the cosine of the shares of actor kinds", "1 减去两地主体类别构成的余弦相似度"),
        "number",
    ),
    "contiguous": ColumnWords(Words("Neighbours", "相邻"), Words("1 when they share a border", "接壤为 1"), "number"),
    "rank": ColumnWords(Words("#", "序号"), Words("Rank of the gap in this list", "缺口在本清单中的序号"), "count"),
    "field_overlap": ColumnWords(
        Words("Field overlap", "领域重合度"),
        Words("Cosine of the field shares of the two regions, 0 to 1", "两地领域份额的余弦，0 到 1"),
        "number",
    ),
    "reason": ColumnWords(
        Words("Reason", "期望值的构成（英文）"),
        Words(
            "What makes the model expect more (× against a typical pair), what it allows for, what the data show",
            "模型期望值的构成（× 为相对典型的两地的倍数）、已计入的因素与数据所示，英文",
        ),
        "text",
    ),
    "reason_zh": ColumnWords(
        Words("Reason (zh)", "期望值的构成"),
        Words("The reason in Chinese", "模型期望值的构成（× 为相对典型的两地的倍数）、已计入的因素与数据所示"),
        "text",
    ),
    "partner_1": ColumnWords(Words("First partners", "合作方一"), _PARTNER, "text"),
    "partner_2": ColumnWords(Words("Second partners", "合作方二"), _PARTNER, "text"),
    "partner_3": ColumnWords(Words("Third partners", "合作方三"), _PARTNER, "text"),
    "source_actor": ColumnWords(Words("Actor A", "主体甲编号"), Words("Id of the actor in A", "甲地主体编号"), "text"),
    "target_actor": ColumnWords(Words("Actor B", "主体乙编号"), Words("Id of the actor in B", "乙地主体编号"), "text"),
    "source_kind": ColumnWords(Words("Kind A", "类别甲"), Words("Kind of the actor in A", "甲地主体类别"), "text"),
    "target_kind": ColumnWords(Words("Kind B", "类别乙"), Words("Kind of the actor in B", "乙地主体类别"), "text"),
    "source_records": ColumnWords(
        Words("Records A", "记录数甲"), Words("Records the actor in A takes part in", "甲地主体参与的记录数"), "count"
    ),
    "target_records": ColumnWords(
        Words("Records B", "记录数乙"), Words("Records the actor in B takes part in", "乙地主体参与的记录数"), "count"
    ),
    "path": ColumnWords(
        Words("Path", "协同路径"),
        Words("science, industry or science-industry, by the kinds of both", "按双方类别：科学、产业或产学研"),
        "text",
    ),
    "shared_fields": ColumnWords(
        Words("Shared fields", "共同领域"),
        Words("Cosine of the field shares, 0 to 1", "领域份额的余弦，0 到 1"),
        "number",
    ),
    "complementary_fields": ColumnWords(
        Words("Complementary fields", "互补领域"),
        Words("Mean relatedness of different fields of the two, 0 to 1", "双方不同领域的平均关联度，0 到 1"),
        "number",
    ),
    "acquaintance": ColumnWords(
        Words("Acquaintance", "间接相识度"),
        Words("Adamic-Adar index over common partners", "共同合作方的 Adamic-Adar 指数"),
        "number",
    ),
    "capacity": ColumnWords(
        Words("Capacity", "能力"), Words("Geometric mean of the records of both", "双方记录数的几何平均"), "number"
    ),
    "common_partners": ColumnWords(
        Words("Common partners", "共同合作方数"),
        Words("Actors that both have worked with", "与双方都合作过的主体数"),
        "count",
    ),
    "score": ColumnWords(
        Words("Score", "评分"),
        Words(
            "Mean of fields, complementarity, acquaintance and capacity, each against the best of the pair of regions; "
            "equal weights are an assumption",
            "领域、互补、相识与能力四项的平均，各项相对该地区对的最大值；等权为设定",
        ),
        "number",
    ),
}


_INTERVALS = {
    "_rank_low": Words("best rank", "最好排名"),
    "_rank_high": Words("worst rank", "最差排名"),
    "_rank_change": Words("places climbed since the year before", "比上一年上升的位次"),
    "_rank": Words("rank", "排名"),
    "_low": Words("low", "下限"),
    "_high": Words("high", "上限"),
}
"""Ending of a column -> what it says of the score in front of it; the longest first."""

_ENDS = tuple(column.name for column in SURROUNDINGS.columns)
"""Columns of the table of scores that have intervals and are no scores."""


def label_column(column: str) -> ColumnWords:
    """Return the words of a table column; a column that is not ours is labelled by its own name."""
    known = _TABLE_COLUMNS.get(column) or BARRIERS.get(column) or GAPS.get(column)
    if known is not None:
        return known
    if column in CHANGES and find_column(column) is None:
        return CHANGES[column]
    base, interval = _split_interval(column)
    if interval is not None:
        return _label_interval(label_column(base), interval)
    if find_column(column) is not None or not column.startswith("different_"):
        return label_score(column)
    what, what_zh = (name_border(column, language) for language in ("en", "zh"))
    return ColumnWords(
        Words(f"Different {what}", f"不同{what_zh}"),
        Words(f"1 when the two differ in their {what}", f"两地的{what_zh}不同为 1"),
        "number",
    )


def _split_interval(column: str) -> tuple[str, Words | None]:
    """Split ``strength_rank_low`` into the score and what is said of it; None when it is no such column."""
    for ending, words in _INTERVALS.items():
        base = column.removesuffix(ending)
        if base != column and (find_column(base) is not None or base in POSITIONS or base in _ENDS):
            return base, words
    return column, None


def _label_interval(score: ColumnWords, what: Words) -> ColumnWords:
    label = Words(f"{score.label.en}, {what.en}", f"{score.label.zh}{what.zh}")
    if what is _INTERVALS["_rank_change"]:
        return ColumnWords(label, label, "count")
    meaning = Words(
        f"{score.label.en}: {what.en}; 95 % of the draws of records with replacement (rank 1 is the highest)",
        f"{score.label.zh}：{what.zh}；记录有放回抽样的 95% 区间（第 1 为最高）",
    )
    return ColumnWords(label, meaning, "number")


def build_headers(columns: Iterable[str], language: str) -> dict[str, str]:
    """Return column -> header in ``zh`` or ``en``."""
    return {column: getattr(label_column(column).label, language) for column in columns}


def build_codebook(columns: Iterable[str]) -> pd.DataFrame:
    """Return one row per column: ``column``, ``label``, ``label_zh``, ``meaning``, ``meaning_zh``."""
    rows = [(column, label_column(column)) for column in dict.fromkeys(columns)]
    return pd.DataFrame(
        [(column, words.label.en, words.label.zh, words.meaning.en, words.meaning.zh) for column, words in rows],
        columns=["column", "label", "label_zh", "meaning", "meaning_zh"],
    )
