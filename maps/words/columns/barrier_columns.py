"""What the columns of the price of borders mean, in English and in Chinese."""

from maps.words.column_words import ColumnWords
from regions.words import Words

BARRIERS: dict[str, ColumnWords] = {
    "barrier": ColumnWords(Words("Border", "边界（变量）"), Words("Covariate of the model", "模型变量"), "text"),
    "barrier_name": ColumnWords(
        Words("Border (en)", "边界（英文）"), Words("What is crossed", "所跨越的边界，英文"), "text"
    ),
    "barrier_name_zh": ColumnWords(
        Words("Border (zh)", "边界"), Words("What is crossed, Chinese", "所跨越的边界"), "text"
    ),
    "estimate": ColumnWords(Words("Coefficient", "系数"), Words("Coefficient b of the model", "模型系数 b"), "number"),
    "error": ColumnWords(
        Words("Standard error", "标准误"),
        Words("Of the coefficient, by the variance of the model", "系数的标准误，按模型方差计算"),
        "number",
    ),
    "percent": ColumnWords(
        Words("Change (%)", "变化（%）"),
        Words("What crossing does to expected collaboration, 100 (e^b - 1)", "跨越后期望合作的变化，100(e^b − 1)"),
        "number",
    ),
    "percent_low": ColumnWords(
        Words("Change, low", "变化下限"), Words("Lower end of its 95 % interval", "95% 区间下限"), "number"
    ),
    "percent_high": ColumnWords(
        Words("Change, high", "变化上限"), Words("Upper end of its 95 % interval", "95% 区间上限"), "number"
    ),
    "equivalent_km": ColumnWords(
        Words("Worth in km", "折合公里"),
        Words("Kilometres of distance that cost as much as crossing", "与跨越代价相当的距离（公里）"),
        "number",
    ),
    "equivalent_note": ColumnWords(
        Words("Why no km", "无折合公里的原因（英文）"),
        Words("Why crossing cannot be told in km; empty where it can", "无法折合公里的原因，英文；能折合时为空"),
        "text",
    ),
    "equivalent_note_zh": ColumnWords(
        Words("Why no km (zh)", "无折合公里的原因"),
        Words("The same, Chinese", "无法折合公里的原因；能折合时为空"),
        "text",
    ),
    "pairs": ColumnWords(
        Words("Pairs across", "跨界地区对"), Words("Pairs of regions on two sides", "分处两侧的地区对数"), "count"
    ),
    "lost": ColumnWords(
        Words("Links lost", "少形成的合作"),
        Words(
            "Links across that the border costs, all else as it is; negative is a gain",
            "其他不变时边界造成的联系损失，负值为增加",
        ),
        "number",
    ),
    "lost_low": ColumnWords(
        Words("Lost, low", "损失下限"), Words("Lower end of its 95 % interval", "95% 区间下限"), "number"
    ),
    "lost_high": ColumnWords(
        Words("Lost, high", "损失上限"), Words("Upper end of its 95 % interval", "95% 区间上限"), "number"
    ),
    "lost_per_pair": ColumnWords(
        Words("Lost per pair", "每对少形成的合作"),
        Words("Links lost per pair across", "平均每个跨界地区对少形成的合作"),
        "number",
    ),
    "lost_conditional": ColumnWords(
        Words("Lost, totals kept", "损失（总量不变）"),
        Words("Links lost when every region keeps its total", "各地区总量不变时少形成的合作"),
        "number",
    ),
}
