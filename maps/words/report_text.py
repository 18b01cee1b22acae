"""What the report for planners says besides the sentences of the page, in English and in Chinese."""

from regions.words import Words

REPORT: dict[str, Words] = {
    "subtitle": Words("Where regions could collaborate more: a brief", "区域协作缺口简报"),
    "modelled": Words("Modelled network: no gap is looked for in it.", "模型推算网络：不在其中寻找缺口。"),
    "at_a_glance": Words("At a glance", "要点"),
    "gap_heading": Words("{n}  {a} and {b}", "{n}  {a}与{b}"),
    "sure": Words(" (certainty: {grade})", "（把握：{grade}）"),
    "figures": Words("Figures", "数字"),
    "why": Words("Why", "为什么"),
    "do": Words("What to do", "做什么"),
    "call": Words("Whom to call", "找谁"),
    "call_note": Words(
        "Named by common partners and fields, not vetted; ask before you rely on it.",
        "按共同伙伴与领域相近排序，未经核实；使用前请先核对。",
    ),
    "brief_from": Words(
        "Numbers of this page from gaps.csv, names from partners.csv, run {run}.",
        "本页数字据 gaps.csv，单位据 partners.csv，运行编号 {run}。",
    ),
    "map": Words("Map", "地图"),
    "gaps": Words("The largest gaps", "最大的缺口"),
    "gaps_caption": Words("The first {n} of {all} pairs", "{all} 对中的前 {n} 对"),
    "partners": Words("Who could start", "可由谁牵头"),
    "partners_caption": Words(
        "Pairs of institutions for the first gaps (scored, not vetted)",
        "首要缺口的潜在合作单位（按数据评分，未经核实）",
    ),
    "regions": Words("Who is linked most", "谁的联系最多"),
    "regions_caption": Words(
        "The {n} regions with the most links, of {all}", "对外联系最多的 {n} 个地区（共 {all} 个）"
    ),
    "spillover": Words("Spillover", "溢出"),
    "spillover_caption": Words(
        "The {n} regions with the largest net spillover, and what they receive and give",
        "净溢出最大的 {n} 个地区及其接受与给出",
    ),
    "spillover_note": Words(
        "Computed with an assumed or estimated strength, see the method; it describes, it proves no cause.",
        "按假设或估计的强度计算（见方法），只作描述，不证明因果。",
    ),
    "changes": Words("From year to year", "逐年变化"),
    "changes_caption": Words(
        "Links of each year against the year before (the last {n} of {all} comparisons)",
        "各年联系与前一年份的比较（最近 {n} 次，共 {all} 次）",
    ),
    "changes_note": Words(
        "A link that is gone may be one that the source did not see that year; see the limits of the data.",
        "消失的联系也可能只是当年数据未收录，见数据局限。",
    ),
    "barriers": Words("What distance and borders do", "距离与边界的影响"),
    "barriers_caption": Words(
        "Change of expected collaboration, all else equal, with 95 % interval",
        "期望合作的变化（其他条件相同）与 95% 区间",
    ),
    "barriers_note": Words(
        "Hollow points: the interval holds 0, so the direction cannot be told. A change is no proof of a cause.",
        "空心点：区间含 0，方向说不准。变化是数据中的关联，不是因果。",
    ),
    "scorecard": Words("The scorecard", "记分卡"),
    "scorecard_note": Words(
        "An index is a choice of indicators: none of this says that its pillars make a region innovative. Intervals "
        "are of 2,000 ways to make it; errors of the data are not in them. `regionet index` has all tables.",
        "综合指数取决于所选指标，并不说明这些维度使地区具有创新力。区间来自 2,000 种做法，不含数据误差。"
        "全部表格见 regionet index。",
    ),
    "scorecard_caption": Words(
        "The first {n} of {all} regions, with the ranks that 90 % of the ways give and what moves them most",
        "前 {n} 个地区（共 {all} 个）：90% 的做法给出的位次范围及影响最大的选择",
    ),
    "scorecard_told": Words("What was found, and what was not", "结果与未给出的部分"),
    "method": Words("Method in a page", "方法（一页）"),
    "data": Words("Data and limits", "数据与局限"),
    "limits": Words("What the data cannot say", "数据不能说明什么"),
    "warnings": Words("What was noticed while reading the data", "读取数据时的提示"),
    "sources": Words("Sources", "数据来源"),
    "cite": Words("How to cite", "如何引用"),
    "trace": Words("Where every number comes from", "每个数字的出处"),
    "trace_text": Words(
        "Run {run}. Every table and figure here was made from the tables of the same folder, named in its caption; "
        "numbers are rounded for reading, the tables have them in full. run.json in this folder has the checksums of "
        "what was read and written, the options, the versions and the sentences of the brief and the "
        "method: the same input gives the same numbers.",
        "运行编号 {run}。本报告的图表均由同一文件夹中的数据表生成，表名见各图表题注；为便于阅读，数字已取整，"
        "原值见数据表。"
        "同一文件夹的 run.json 记有输入与输出的校验和、选项、版本以及要点与方法的原句：同样的输入得到同样的数字。",
    ),
    "table": Words("Table", "表"),
    "figure": Words("Figure", "图"),
    "from": Words("{caption}. From {file}, run {run}", "{caption}。据 {file}，运行编号 {run}"),
    "no_gaps": Words("No gaps were computed: see the method.", "未计算合作缺口，原因见方法部分。"),
    "effect_doubling": Words("Twice the distance", "距离加倍"),
    "chart_gaps": Words("Largest gaps: actual and expected", "最大的缺口：实际与应有"),
    "chart_regions": Words("Regions with the most links", "对外联系最多的地区"),
    "chart_effects": Words("Change of expected collaboration (%)", "期望合作的变化（%）"),
    "pair": Words("Pair", "地区对"),
}
