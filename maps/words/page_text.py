"""Every sentence of the page, in English and in Chinese."""

from collections.abc import Collection

from analysis.scores.registry import find_column
from maps.words.answer_text import ANSWERS
from maps.words.column_words import ColumnWords
from maps.words.columns.role_columns import POSITIONS
from maps.words.scorecard_text import CARD_SCORES, SCORECARD_TEXT
from maps.words.year_text import YEAR_TEXT
from regions.words import Words

__all__ = ["LANGUAGES", "UI", "ColumnWords", "Words", "label_score", "select_texts"]

LANGUAGES = ("zh", "en")

UI: dict[str, Words] = {
    "other_language": Words("中文", "English"),
    "theme": Words("Light or dark", "明暗主题"),
    "search": Words("Find a region …", "搜索地区…"),
    "no_match": Words("No region has this name", "没有匹配的地区"),
    "score_shown": Words("Colour regions by", "底色指标"),
    "links_shown": Words("Strongest links", "最强联系"),
    "links_of": Words("{n} of {all}", "{n} / {all}"),
    "gaps_drawn": Words("Gaps drawn", "显示缺口"),
    "strict": Words("Significant only", "仅显著"),
    "strict_disparity": Words(
        "Only links that stand out from chance at both ends' other links (disparity filter, α < 0.05)",
        "仅显示相对两端其他联系明显突出的联系（差异过滤，α < 0.05）",
    ),
    "strict_noise_corrected": Words(
        "Only links above what the strengths of both ends give (noise-corrected, p < 0.05)",
        "仅显示高于两端总量所能解释的联系（噪声校正，p < 0.05）",
    ),
    "layers": Words("Layers", "图层"),
    "layer_score": Words("Colour", "底色"),
    "layer_links": Words("Links", "联系"),
    "layer_outside": Words("Outside", "范围外"),
    "layer_gaps": Words("Gaps", "缺口"),
    "layer_nodes": Words("Points", "节点"),
    "layer_labels": Words("Names", "地名"),
    "tab_gaps": Words("Gaps", "合作缺口"),
    "tab_scores": Words("Scores", "网络地位指标"),
    "tab_spillover": Words("Spillover", "溢出"),
    "tab_chains": Words("Chains", "产业链"),
    "tab_region": Words("My region", "我的地区"),
    "tab_about": Words("About the data", "数据说明"),
    "panel": Words("Tables and settings", "表格与设置"),
    "map": Words(
        "Map of regions and collaboration links. Arrow keys move it, plus and minus zoom.",
        "地区与协作联系地图。方向键平移，加减键缩放。",
    ),
    "zoom_in": Words("Zoom in", "放大"),
    "zoom_out": Words("Zoom out", "缩小"),
    "zoom_home": Words("Whole map", "全图"),
    "legend": Words("Legend", "图例"),
    "legend_links": Words("Links (weight)", "协作联系（权重）"),
    "legend_links_modelled": Words("Modelled links (weight)", "模型推算联系（权重）"),
    "legend_outside": Words(
        "To outside ({n} strongest, own scale)",
        "研究范围外联系（最强 {n} 条，线宽另计）",
    ),
    "legend_gap": Words("Gap: below expectation", "合作缺口：低于期望"),
    "legend_node": Words("Point size: links of the region", "圆点大小：地区联系总量"),
    "legend_none": Words("no value", "无数据"),
    "legend_scale": Words("about {n} km", "约 {n} 公里"),
    "schematic": Words("Schematic map; boundaries are not authoritative", "示意图，边界不作为划界依据"),
    "schematic_bare": Words(
        "Schematic map without boundaries: the study has no polygons; --boundaries FILE adds them",
        "示意图，未绘地区边界：数据中没有边界多边形，可用 --boundaries 文件 加入",
    ),
    "tiles_fetched": Words(
        "background tiles are fetched from {host}, which sees where on the map you look; pictures leave them out",
        "底图瓦片从 {host} 联网获取，该服务器可知所看的范围；保存的图片不含底图",
    ),
    "layer_actors": Words("Actors", "创新主体"),
    "layer_groups": Words("Groups of regions", "地区分组"),
    "actor_near": Words("own place not known: drawn near its region's point", "自身位置未知，绘于所在地区代表点附近"),
    "actors_out": Words(
        "{n} outside the study or without a known place are not drawn", "另有 {n} 个在研究范围外或位置未知，未绘出"
    ),
    "actor_kind_university": Words("universities", "高校"),
    "actor_kind_institute": Words("research institutes", "科研院所"),
    "actor_kind_enterprise": Words("enterprises", "企业"),
    "actor_kind_government": Words("government bodies", "政府机构"),
    "actor_kind_platform": Words("platforms", "平台"),
    "actor_kind_other": Words("others", "其他"),
    "review": Words("Map review number: {n}", "审图号：{n}"),
    "data_limits": Words("Limits of the data ({n})", "数据局限（{n} 条）"),
    "modelled": Words("Modelled network", "模型推算网络"),
    "modelled_long": Words(
        "The links are modelled, not observed: nobody counted them. They are no evidence of a gap.",
        "联系由模型推算，并非实际观测，不能作为缺口的证据。",
    ),
    "observed_long": Words("The links are observed.", "联系来自实际观测的数据。"),
    "export": Words("Export table (CSV)", "导出表格 (CSV)"),
    "export_xlsx": Words("Export table as an Excel workbook", "导出表格为 Excel 工作簿"),
    "print": Words("Print", "打印"),
    "print_rows": Words(
        "Printed: the first {n} of {all} rows; all of them are in the exported table.",
        "打印前 {n} 行，共 {all} 行；完整清单见导出的表格。",
    ),
    "rank": Words("#", "#"),
    "pair": Words("Pair of regions", "地区对"),
    "observed": Words("Observed", "实际"),
    "expected": Words("Expected", "期望"),
    "interval": Words("95 % interval", "95% 区间"),
    "gap": Words("Gap", "缺口"),
    "evidence": Words("Evidence", "证据"),
    "grade_strong": Words("strong", "强"),
    "grade_moderate": Words("moderate", "中"),
    "grade_weak": Words("weak", "弱"),
    "grade_none": Words("none", "无"),
    "gaps_none": Words("No gaps were computed for this page.", "本页未计算合作缺口。"),
    "gaps_unsupported": Words(
        "No pair is significant after correction for many tests (q < 0.05). Pairs are ranked by grade of evidence, "
        "then by the probability and the shrunken size of a true shortfall: places to look, not proof.",
        "经多重检验校正后，没有一对显著（q < 0.05）。下表先按证据等级，再按“确有不足”的概率与修正后的缺口排序："
        "是值得查看的线索，不是定论。",
    ),
    "gaps_supported": Words(
        "{n} of {all} pairs are significant after correction for many tests (q < 0.05).",
        "共 {all} 对，其中 {n} 对经多重检验校正后仍显著（q < 0.05）。",
    ),
    "gaps_listed": Words("The first {n} of {all} fitted pairs.", "列出拟合的 {all} 对中的前 {n} 对。"),
    "detail_ratio": Words("Observed / expected", "实际 / 期望"),
    "detail_shrunken": Words("Shrunken ratio", "修正后实际/期望比"),
    "detail_shortfall": Words("Probability of a true shortfall", "确有不足的概率"),
    "detail_stability": Words("Still a gap in other models", "换用其他模型设定仍为缺口"),
    "detail_overlap": Words("Overlap of fields (cosine)", "领域重合度（余弦）"),
    "gains": Words("If the gap were closed", "若缺口补足"),
    "gain_received": Words("Spillover received", "多接收溢出"),
    "gain_closeness": Words("Closeness", "接近中心性"),
    "gain_all": Words("All regions", "全部地区"),
    "gains_unit": Words(
        "Up to the expectation, all else equal. Spillover of: {what} ({unit}); its strength rho is an assumption.",
        "补足至期望、其他不变。溢出指标：{what}（{unit}）；溢出强度 ρ 为假设值。",
    ),
    "starters": Words("Who could start (scored, not vetted)", "可由谁牵头（按数据评分，未经核实）"),
    "detail_p": Words("p (one-sided)", "p 值（单侧）"),
    "detail_q": Words("q (Benjamini-Hochberg)", "q 值（BH 校正）"),
    "detail_distance": Words("Distance", "距离"),
    "km": Words("{n} km", "{n} 公里"),
    "region": Words("Region", "地区"),
    "value": Words("Value", "数值"),
    "region_none": Words("Click a region on the map, or search for one.", "点击地图上的地区，或搜索地区名称。"),
    "region_rank": Words("{n} of {all}", "第 {n} / {all}"),
    "region_off": Words("Not on the map: neither boundary nor point is known.", "未上图：没有边界，也没有坐标。"),
    "region_no_links": Words("No link to another region is recorded.", "没有与其他地区的联系记录。"),
    "partners": Words("Main partners", "主要合作地区"),
    "partners_n": Words("Partners", "合作地区数"),
    "strength_between": Words("Links to other regions", "对外联系"),
    "strength_internal": Words("Inside the region", "区内联系"),
    "strength_outside": Words("To regions outside the study", "研究范围外联系"),
    "outside_region": Words("Outside the study", "研究范围外"),
    "outside_partners": Words("Partners outside the study", "研究范围外的合作地区"),
    "sent": Words("sent", "发出"),
    "received": Words("received", "接收"),
    "weight": Words("Weight", "权重"),
    "own_gaps": Words("Gaps of this region", "该地区的合作缺口"),
    "scores": Words("Scores and ranks", "指标与排名"),
    "clear": Words("Clear", "取消选中"),
    "code": Words("Code", "代码"),
    "partner_code": Words("Partner code", "合作地区代码"),
    "about_limits": Words("What the data cannot say", "数据不能说明什么"),
    "about_notes": Words("How it was computed", "计算说明"),
    "about_sources": Words("Sources", "数据来源"),
    "about_cite": Words("How to cite", "如何引用"),
    "cite_program": Words(
        "The regionet developers. regionet: a regional innovation network analyzer. Version {version}.",
        "regionet 开发者：regionet 区域创新网络分析工具，{version} 版。",
    ),
    "cite_sources": Words(
        "Data: {title}; cite the sources named above, each in the edition and under the terms given there.",
        "数据：{title}；请按上列来源逐一引用，并注明其版本与使用条款。",
    ),
    "cite_owner": Words("Data: {title}, as its owner asks.", "数据：{title}；请按数据所有者的要求引用。"),
    "about_warnings": Words("Noticed while reading the data", "读取数据时的提示"),
    "about_network": Words("The network", "网络"),
    "about_size": Words(
        "{regions} regions, {links} links between them, total weight {weight}.",
        "{regions} 个地区，{links} 条地区间联系，总权重 {weight}。",
    ),
    "about_records": Words(
        "{records} records with {parts} participations; {single} with one participant give no link.",
        "{records} 条记录，{parts} 次参与；其中 {single} 条仅一个参与者，不产生联系。",
    ),
    "about_counting": Words("Counting", "计数方法"),
    "counting_full": Words("full: every pair of participants of a record counts 1", "全计数：一条记录的每对参与者计 1"),
    "counting_newman": Words(
        "Newman: each pair counts 1 / (n − 1), n participants in the record",
        "Newman 分数计数：每对计 1 /（n − 1），n 为该记录参与者数",
    ),
    "counting_pair": Words(
        "pair-fractional: the pairs of one record count 1 together", "成对分数计数：一条记录的各对合计 1"
    ),
    "about_missing": Words("Not on the map ({n})", "未上图的地区（{n} 个）"),
    "about_map": Words("The map", "地图"),
    "about_fit": Words("How well the model fits", "模型拟合如何"),
    "about_fit_text": Words(
        "Each dot is a group of {n} or so pairs of like expectation: on the diagonal, what was expected is what was "
        "observed. The grey strokes show where 95 % of such groups should lie.",
        "每个点是期望相近的一组地区对（约 {n} 对）：落在对角线上，即实际与期望一致；灰色竖线为 95% 的组应落入的范围。",
    ),
    "fit_expected": Words("Expected per pair (mean of the group)", "每对期望（组均值）"),
    "fit_observed": Words("Observed per pair", "每对实际"),
    "fit_zero": Words("none observed", "实际为零"),
    "fit_auc": Words(
        "AUC: a linked pair is expected to have more than an unlinked one", "AUC：有联系的对期望高于无联系的对的概率"
    ),
    "fit_dispersion": Words("Dispersion (NB2; 0 is Poisson)", "离散度（NB2，0 为泊松）"),
    "fit_deviance": Words("Deviance", "偏差（deviance）"),
    "fit_pseudo_r2": Words("Pseudo R²", "伪 R²"),
    "about_reading": Words("How to read the gaps", "怎样看缺口"),
    "about_reading_text": Words(
        "Expected is what a gravity model gives for the pair from the size of both regions, their distance and "
        "borders; the interval is where 95 % of such pairs would fall. The gap is expected minus observed. The grade "
        "says how well the data support a true shortfall. A gap is a question to ask, not a target.",
        "“期望”由引力模型按两地规模、距离与边界估计；95% 区间是同类地区对应落入的范围。缺口＝期望－实际。"
        "证据等级表示数据在多大程度上支持“确有不足”。缺口是值得追问的问题，不是考核目标。",
    ),
    "about_software": Words(
        "Made with regionet (MIT) and Leaflet 1.9.4 (BSD 2-Clause). The file needs no network.",
        "由 regionet（MIT）与 Leaflet 1.9.4（BSD 2-Clause）生成，无需联网。",
    ),
    "sort": Words("Sort by {name}", "按{name}排序"),
}

UI |= ANSWERS | YEAR_TEXT


_ESTIMATED = {
    "given_estimated": ColumnWords(
        Words("Given (estimated)", "溢出（估计）"),
        Words("Estimated effect of the region on all others together", "本地区对其他所有地区影响之和的估计值"),
    ),
    "received_estimated": ColumnWords(
        Words("Received (estimated)", "受益（估计）"),
        Words("Estimated effect of all others on the region", "其他所有地区对本地区影响之和的估计值"),
    ),
    "net_estimated": ColumnWords(
        Words("Net (estimated)", "净溢出（估计）"), Words("Given less received, estimated", "溢出减受益，估计值")
    ),
}


def label_score(column: str) -> ColumnWords:
    """Return the words of a score column; an unknown column is labelled by its own name."""
    known = find_column(column)
    if known is not None:
        return ColumnWords(known.label, known.meaning, known.form)
    named = POSITIONS.get(column) or _ESTIMATED.get(column) or CARD_SCORES.get(column)
    return named or ColumnWords(Words(column, column), Words("", ""), "number")


_OPTIONAL = {"chain_": "chains", "spill_": "spillover", "curve": "years"}
"""First letters of words of a tab that stands only where an analysis is -> the analysis."""


def select_texts(present: Collection[str]) -> dict[str, Words]:
    """Return the words of a page; of the tabs on chains, spillover, scorecard and years only those of ``present``.

    Examples
    --------
    >>> "spill_corner" in select_texts(()), "spill_corner" in select_texts({"spillover"})
    (False, True)
    """
    texts = UI | SCORECARD_TEXT if "scorecard" in present else UI
    absent = tuple(start for start, analysis in _OPTIONAL.items() if analysis not in present)
    return {key: words for key, words in texts.items() if not absent or not key.startswith(absent)}
