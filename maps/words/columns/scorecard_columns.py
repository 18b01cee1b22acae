"""What the columns of the scorecard mean, in English and in Chinese."""

# ruff: noqa: E501 - a table, one line per column

from collections.abc import Iterable, Mapping

import pandas as pd

from maps.words.codebook import label_column
from maps.words.column_words import ColumnWords
from regions.words import Words

SHEETS: dict[str, Words] = {
    "about": Words("About", "说明"),
    "told": Words("Region by region", "分地区说明"),
    "index": Words("Index", "综合指数"),
    "weights": Words("Indicators and weights", "指标与权重"),
    "sensitivity": Words("What moves ranks", "位次敏感性"),
    "coupling": Words("Coupling", "耦合协调"),
    "obstacles": Words("Obstacles", "障碍度"),
    "pattern": Words("Spatial pattern", "空间格局"),
    "densities": Words("Densities", "核密度"),
    "productivity": Words("Productivity", "全要素生产率"),
    "productivity_means": Words("Productivity, means", "生产率均值"),
    "momentum": Words("Momentum", "动能"),
    "momentum_groups": Words("Momentum of groups", "分组动能"),
    "received": Words("Growth received", "自身与所获增长"),
    "inequality": Words("Inequality", "差距"),
    "lorenz": Words("Lorenz curves", "洛伦兹曲线"),
    "sigma": Words("Sigma", "σ 收敛"),
    "convergence": Words("Convergence", "β 收敛"),
    "clubs": Words("Clubs", "收敛俱乐部"),
    "club_tests": Words("Tests of clubs", "俱乐部检验"),
    "markov": Words("Transitions", "状态转移"),
    "peers": Words("Peers", "可比地区"),
    "conditions": Words("Conditions", "条件"),
    "associations": Words("Associations", "条件的相关"),
    "codebook": Words("Codebook", "指标说明"),
}
"""Names of the sheets."""

PROFILE_SHEETS: dict[str, Words] = {
    "about": Words("About", "说明"),
    "profile": Words("Side by side", "并列比较"),
    "indicators": Words("Pillars and indicators", "维度与指标"),
    "peers": Words("Peers by structure", "结构相近的地区"),
    "conditions": Words("Scarcest conditions", "最缺的条件"),
    "whatif": Words("What if", "条件变动推演"),
    "growth": Words("Momentum and growth received", "动能与所获增长"),
    "productivity": SHEETS["productivity"],
    "coupling": SHEETS["coupling"],
    "obstacles": SHEETS["obstacles"],
    "codebook": SHEETS["codebook"],
}
"""Names of the sheets of a profile."""

_TABLE = """
code|Code|代码|Of the region|地区代码|text
name|Region|地区（英文）|Name|英文名称|text
name_zh|Region (Chinese)|地区|Name in Chinese|中文名称|text
year|Year|年份|Of the values; of growth, the year that it ends in|数值所属年份；增速为期末年份|count
text|Text|说明|In words|文字说明|text
score|Score|得分|Of the index, by the way asked for|按所选做法计算的综合得分|number
rank|Rank|位次|1 is best, within the year; equal scores share the better rank|同年内位次，1 为最优；同分取较优位次|count
rank_mean|Mean rank|平均位次|Over all ways to make the index|各种做法的平均|number
rank_median|Median rank|位次中位数|Over all ways to make the index|各种做法的中位数|number
rank_low|Best rank|最好位次|The better end of the ranks that most ways to make the index give: a range over choices, no confidence interval|多数做法下位次的较优端：是做法之间的变动范围，不是置信区间|count
rank_high|Worst rank|最差位次|The worse end of the ranks that most ways to make the index give: a range over choices, no confidence interval|多数做法下位次的较差端：是做法之间的变动范围，不是置信区间|count
moved_by|Moved by|主要影响因素|The choice that moves the rank most, last year|最后一年对位次影响最大的选择|text
choice|Choice|选择|normalisation, weights, aggregation, missing, or the indicator that is left out|标准化、权重、合成、缺失规则或剔除的指标|text
share|Share|份额|Of the variance of the rank that this choice explains alone|该选择单独解释的位次方差份额|number
shift|Shift|位移|Ranks between the means under its worst and its best level|最差与最优取值下平均位次之差|number
best|Best level|最有利取值|Under which the mean rank is best|平均位次最优时的取值|text
worst|Worst level|最不利取值|Under which the mean rank is worst|平均位次最差时的取值|text
indicator|Indicator, key|指标代号|Key of the indicator|指标代号|text
indicator_name|Indicator|指标（英文）|Name|英文名称|text
indicator_name_zh|Indicator (Chinese)|指标|Name in Chinese|中文名称|text
pillar|Pillar, key|维度代号|Key of what the indicator stands for|所属维度代号|text
pillar_name|Pillar|维度（英文）|What the indicator stands for|所属维度的英文名称|text
pillar_name_zh|Pillar (Chinese)|维度|In Chinese|中文名称|text
made_of|Made of|计算方式|Columns of the study|由哪些列计算|text
direction|Direction|方向|1: more is better; -1: less is|1 为正向，-1 为负向|count
weight_equal|Weight, equal|等权|Pillars alike, indicators alike within them|维度等权，维度内指标等权|number
weight_entropy|Weight, entropy|熵权|By spread; all years together|按离散程度，各年合并计算|number
weight_critic|Weight, CRITIC|CRITIC 权重|By spread and conflict with the others|按离散与冲突程度|number
weight_given|Weight, given|给定权重|By the scheme|方案给定|number
coupling|Coupling C|耦合度 C|n (prod U)^(1/n) / sum U; high where systems are alike, also where all are poor|n(∏U)^(1/n)/ΣU；系统相近即高，普遍落后时亦然|number
coupling_modified|Coupling, modified|修正耦合度|Form of Wang et al. (2021), spread over 0 to 1|王淑佳等（2021）修正形式，取值更分散|number
development|Development T|发展度 T|Mean of the systems|各系统平均|number
coordination|Coordination D|协调度 D|Square root of C times T|C 与 T 乘积的平方根|number
lagging|Lagging|滞后系统|The system with the lowest value|取值最低的系统|text
obstacle|Obstacle|障碍度|Share of the weighted distance to the best value|占加权差距的份额|number
malmquist|Productivity change|生产率变化 M|Malmquist index from the year before; above 1: growth|相对上一年的 Malmquist 指数，大于 1 为增长|number
since_first|Since the first year|累计变化|Product of the index from the first year on|自首年起指数连乘|number
efficiency_change|Efficiency change|效率变化 EC|Towards the frontier|向前沿靠近|number
technical_change|Technical change|技术变化 TC|Of the frontier|前沿移动|number
pure_efficiency_change|Pure efficiency change|纯效率变化 PEC|Under variable returns|可变规模报酬下|number
scale_change|Scale change|规模效率变化 SEC|Efficiency change over pure efficiency change|EC 与 PEC 之比|number
efficiency|Efficiency|效率|Of the year, constant returns, own frontier|当年效率（不变规模报酬）|number
moves_frontier|Moves the frontier|推动前沿|Technical change, beyond the frontier of before, on that of now|技术进步、超出上期前沿且位于本期前沿|text
mass|Mass|规模|Real product of the year before|上年不变价产出|number
velocity|Velocity|增速|Real growth, 1/year|实际增速（1/年）|number
momentum|Momentum|动量|Mass times velocity: the product that was added|规模乘增速，即增量|number
energy|Energy|能量|Mass times velocity squared over two, with the sign of velocity (of groups: without)|规模乘增速平方的一半，带增速符号（分组不带）|number
group|Group|分组|Set of regions; all: the whole|地区分组；all 为总体|text
regions|Regions|地区数|With growth|有增速的地区数|count
falling|Falling|负增长数|Regions with negative growth|负增长地区数|count
motion|Motion|整体运动|Energy if all grew like the group|各地区同速增长时的能量|number
dispersion|Dispersion|内部离散|Energy of unequal growth inside the group|组内增速不一的能量|number
between|Between|组间|Part between groups|组间部分|number
within|Within|组内|Part within groups|组内部分|number
grouping|Grouping|分组方式|What tells the groups apart; empty: the whole|分组依据，空为总体|text
index|Index|指标|gini, theil, cv (weighted: Williamson); of the whole also its parts within, between and of overlapping groups|基尼、泰尔、变异系数（加权即威廉姆森）；总体另列组内、组间与重叠部分|text
low|Low|区间下限|Lower end of the interval|区间下限|number
high|High|区间上限|Upper end of the interval|区间上限|number
sigma|Sigma|σ|Standard deviation of logarithms of real product per head|实际人均产出对数的标准差|number
change|Change|变化|Against the first year; below 0: convergence|相对首年，负值为收敛|number
model|Model|模型|ols least squares; sar with the growth of neighbours; sem with their errors|ols 最小二乘；sar 含邻居增速；sem 含邻居误差|text
first|First year|起始年|Of growth, or of what was taken|增长或所用数据的起始年|count
last|Last year|末年|Of growth, or of what was taken|增长或所用数据的末年|count
beta|Beta|β|Growth a year for one unit of the first logarithm; below 0: the poorer grow faster|初始对数每高一单位的年增速差；负值为落后者较快|number
p|p|p 值|Of no effect; of a club: of no convergence|无效应；俱乐部为不收敛的检验|number
rho|rho|ρ|Of the lag or of the error|空间滞后或误差系数|number
speed|Speed|收敛速度|-ln(1 + beta T) / T|−ln(1+βT)/T|number
half_life|Half-life|半程年数|Years until half of the distance is gone|差距减半所需年数|number
club|Club|俱乐部|1 is the richest; 0: in none; -1: all regions together|1 为最富；0 为不属任何俱乐部；-1 为全体|count
b|Slope|斜率|Slope of the log t regression|log t 回归的斜率|number
t|t|t 值|Above -1.65 convergence is not rejected|大于 −1.65 时不拒绝收敛|number
years|Years|年数|In the regression|回归所用年数|count
chain|Chain|链|all: each year's own quantiles; relative: pooled; beside 1 to 4: by the class of the neighbours, poorest first|all 为各年分位；relative 为合并分位；beside 1-4 按邻居等级（由低到高）|text
from|From|原状态|Class in a year, 1 the poorest|当年等级，1 为最低|count
to|To|新状态|Class in the next year|次年等级|count
count|Moves|次数|Region-years|地区年份数|count
probability|Probability|概率|Of the row|该行概率|number
sparse|Sparse|样本不足|Fewer than five region-years in the row|该行不足五个样本|text
of|Of|对象|Which column is told of: score, coordination or per_head|所说明的列：得分、协调度或人均产出|text
per_head|Product per head|人均产出|In money for a person, at the prices that the unit names|按单位所示价格计的每人金额|number
people|People|人口|As the study counts them|按数据集的口径|number
people_share|People, cumulated|人口累计占比|Share of all people from the poorest region up to this one|自人均产出最低的地区累计至本地区|number
product_share|Product, cumulated|产出累计占比|Share of all product from the poorest region up to this one|自人均产出最低的地区累计至本地区|number
statistic|Statistic|统计量|moran, geary (below 1: alike)|moran 莫兰；geary 吉尔里（小于 1 为相似）|text
expected|Expected|期望值|Of values dealt out at random|随机分布时的期望|number
variance|Variance|方差|Of values dealt out at random|随机分布时的方差|number
z|z|z 值|Distance from the expected, in standard deviations|偏离期望的标准差倍数|number
p_normal|p (normal)|p 值（正态）|By z|由 z 值得出|number
n|Regions|地区数|With a value in the year|当年有数值的地区|count
density|Density|密度|Kernel density at the value: how many regions stand near it|该数值处的核密度|number
place|Place|次序|1: the nearest|1 为最近|count
peer|Peer|可比地区代码|Region of like structure|结构相近的地区|text
peer_name|Peer, name|可比地区（英文）|Name|英文名称|text
peer_name_zh|Peer, name (Chinese)|可比地区|Name in Chinese|中文名称|text
distance|Distance|结构距离|Root mean square difference of standardised logarithms of size, wealth, towns, industry|规模、富裕、城镇化、工业标准化对数的均方根差|number
value|Value|数值|Of the region|本地区|number
unit|Unit|单位（英文）|Of the values, in English; of mass where growth is told: momentum is in it a year, energy in it a year squared|数值的单位（英文）；动能表中为规模的单位，动量为其每年、能量为其每年平方|text
unit_zh|Unit (Chinese)|单位|The same in Chinese|同上，中文|text
peers|Peers|可比地区均值|Mean of the peers|可比地区的平均|number
gap|Gap|差距|To the peers, in standard deviations over all regions; below 0: scarcer|与可比地区之差（全体标准差倍数），负值为更缺|number
order|Order|紧缺次序|1: the scarcest|1 为最缺|count
own|Own growth|自身增速|Part of real growth that the spatial model gives to the region itself, 1/year|空间模型归于本地的实际增速部分（1/年）|number
received|Growth received|所获增速|Part of real growth that the spatial model gives to the others, 1/year; own and received add up to velocity|空间模型归于其他地区的实际增速部分（1/年）；两者之和为增速|number
momentum_own|Momentum, own|自身动量|Mass times own growth|规模乘自身增速|number
momentum_received|Momentum, received|所获动量|Mass times growth received|规模乘所获增速|number
what|What|项目（英文）|The index, a pillar or an indicator|综合指数、维度或指标的英文名称|text
what_zh|What (Chinese)|项目|The same in Chinese|综合指数、维度或指标|text
ranked|Of|参评地区数|Regions that have a rank|有位次的地区数|count
step|Change, key|变动代号|more: a tenth more; peers: as the mean of the peers has it|more 为增加 10%；peers 为达到可比地区均值|text
step_name|Change|变动（英文）|Of the condition|条件变动的英文名称|text
step_name_zh|Change (Chinese)|变动|The same in Chinese|条件的变动|text
changed|Value then|变动后数值|Of the condition after the change|变动后的条件数值|number
effect|Effect on the outcome|结果的相对变化|Relative change of the outcome that goes with it, by the association; no forecast|按相关推算的结果相对变化，并非预测|number
outside|Outside|超出观测范围|Beyond what any region had in any year: the line is drawn into the void|超出任何地区任何年份的取值，属外推|text
momentum_low|Momentum, low|动量下限|With growth 0.3 percentage points below what is published, as revisions go; no confidence interval|实际增速下调 0.3 个百分点（常见修订幅度）时的值，不是置信区间|number
momentum_high|Momentum, high|动量上限|With growth 0.3 percentage points above what is published, as revisions go; no confidence interval|实际增速上调 0.3 个百分点（常见修订幅度）时的值，不是置信区间|number
energy_low|Energy, low|能量下限|With growth 0.3 percentage points below what is published, as revisions go; no confidence interval|实际增速下调 0.3 个百分点（常见修订幅度）时的值，不是置信区间|number
energy_high|Energy, high|能量上限|With growth 0.3 percentage points above what is published, as revisions go; no confidence interval|实际增速上调 0.3 个百分点（常见修订幅度）时的值，不是置信区间|number
momentum_rank|Rank by momentum|动量位次|Within the year; 1 added most|同年内，1 为增量最大|count
momentum_share|Share of momentum|占总增量份额|Of what all regions added in the year|占当年全部增量的份额|number
outcome|Outcome, key|结果代号|Key of what conditions are associated with|与条件作相关的结果代号|text
outcome_name|Outcome|结果（英文）|What conditions are associated with|与条件作相关的结果的英文名称|text
outcome_name_zh|Outcome (Chinese)|结果|In Chinese|中文名称|text
estimate|Elasticity|弹性|Percent of the outcome that go with one percent more of the condition; no cause|条件每高 1% 对应结果相差的百分比；不是因果|number
variance_within|Variance within|地区内方差占比|Share of the variance of the condition that lies within regions, years apart; empty where regions are compared|条件的方差中属于地区内变动的比例（已剔除年份）；横向比较时为空|number
slow|Slow|变化缓慢|Under 5 % within regions: the effects of regions absorb the condition, no evidence is not evidence of nothing|地区内变动不足 5%：作用被地区效应吸收，没有证据不等于没有作用|text
design|Design|设计|within: within regions over the years; between: regions of one year, one condition at a time beside size and wealth|within 地区内逐年；between 同年地区之间，逐个条件、控制规模与富裕程度|text
"""


def _read(table: str) -> dict[str, ColumnWords]:
    rows = [line.split("|") for line in table.strip().splitlines()]
    return {row[0]: ColumnWords(Words(row[1], row[2]), Words(row[3], row[4]), row[5]) for row in rows}


SCORECARD: dict[str, ColumnWords] = _read(_TABLE)
"""Column -> words; ends of intervals are made from these."""

_ENDS = {"_low": Words("low", "下限"), "_high": Words("high", "上限")}


def label_scorecard(column: str, pillars: Mapping[str, Words]) -> ColumnWords:
    """Return the words of a column of the scorecard.

    ``pillars`` are columns of the index and of coupling, whatever a column of that name is elsewhere; for other tables
    there are none.
    """
    if column in pillars:
        meaning = Words("Mean of the indicators of the pillar, on the scale of the index", "该维度指标的加权平均")
        return ColumnWords(pillars[column], meaning, "number")
    if column in SCORECARD:
        return SCORECARD[column]
    for ending, end in _ENDS.items():
        base = SCORECARD.get(column.removesuffix(ending))
        if column.endswith(ending) and base is not None:
            label = Words(f"{base.label.en}, {end.en}", f"{base.label.zh}{end.zh}")
            meaning = Words(f"{base.label.en}: {end.en} end of the interval", f"{base.label.zh}：区间{end.zh}")
            return ColumnWords(label, meaning, "number")
    return label_column(column)


def build_scorecard_codebook(columns: Iterable[str], pillars: Mapping[str, Words]) -> pd.DataFrame:
    """Return one row per column: ``column``, ``label``, ``label_zh``, ``meaning``, ``meaning_zh``.

    A pillar that has the name of a column of another table, such as people, has two.
    """
    names = list(dict.fromkeys(columns))
    rows = [(column, label_scorecard(column, pillars)) for column in names]
    rows += [(column, SCORECARD[column]) for column in names if column in pillars and column in SCORECARD]
    return pd.DataFrame(
        [(column, words.label.en, words.label.zh, words.meaning.en, words.meaning.zh) for column, words in rows],
        columns=["column", "label", "label_zh", "meaning", "meaning_zh"],
    )


def word_codebook(book: pd.DataFrame, language: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return a codebook in one language, and its headers in it."""
    ending = "_zh" if language == "zh" else ""
    headers = {
        "column": Words("Column", "列名（数据文件）"),
        "label": Words("Label", "名称"),
        "meaning": Words("Meaning", "含义"),
    }
    shown = book[["column", f"label{ending}", f"meaning{ending}"]]
    shown = shown.set_axis(list(headers), axis=1)
    return shown, {column: words.text(language) for column, words in headers.items()}
