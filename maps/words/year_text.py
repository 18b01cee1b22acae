"""The sentences of the page that moves through the years."""

from regions.words import Words

YEAR_TEXT: dict[str, Words] = {
    "time": Words("Years", "年份"),
    "time_year": Words("One year", "单年"),
    "time_range": Words("Sum of years", "时段合计"),
    "time_two": Words("Two years", "两年对比"),
    "time_hint": Words(
        "Drag the dots; space plays. Map, gaps and tables move together.",
        "拖动圆点选年份，空格键播放；地图、缺口与表格同时变化",
    ),
    "time_from": Words("First year", "起始年"),
    "time_to": Words("Year", "年份"),
    "time_play": Words("Play", "播放"),
    "time_stop": Words("Stop", "停止"),
    "time_total": Words("Links between regions", "跨地区合作"),
    "time_whole": Words("All years counted ({span})", "全部计入的年份（{span}）"),
    "time_back": Words("Back to all years counted", "回到全部计入的年份"),
    "twin": Words("Arrangement", "排列"),
    "twin_difference": Words("Difference + both", "差值＋两年"),
    "twin_side": Words("Side by side", "并排"),
    "period_year": Words("{from}", "{from} 年"),
    "period_range": Words("{from}–{to}, summed", "{from}—{to} 年合计"),
    "period_two": Words("{to} against {from}", "{to} 年与 {from} 年相比"),
    "change_of": Words("{label}, change", "{label}变化"),
    "period_is": Words("Shown: {span}", "所示：{span}"),
    "period_gaps_year": Words(
        "Gaps of {span}: {n} pairs with evidence of {all} judged, by a model of that year alone, graded over all tests "
        "of all years.",
        "{span}的缺口：{all} 对中 {n} 对有证据；该年单独建模，等级按所有年份的全部检验一并评定。",
    ),
    "period_gaps_range": Words(
        "Gaps of {span}: the expectation is the sum of the expectations of the years; the grade is what at least half "
        "of these years reach. The sum has no test of its own.",
        "{span}的缺口：期望值为各年期望之和；等级为其中至少一半年份达到的等级。合计本身未作检验。",
    ),
    "period_gaps_two": Words(
        "Gaps of {to}; what became of gaps since {from} is under Change.",
        "{to} 年的缺口；与 {from} 年相比的去留见“变化”。",
    ),
    "period_scores_range": Words(
        "Only what adds up over years can be shown for a sum of years.", "时段合计只能显示可以相加的指标。"
    ),
    "period_no_gap": Words("{span}: no pair has evidence of a gap.", "{span}：没有证据支持的缺口。"),
    "period_no_model": Words("{span}: no gaps were computed for it.", "{span}：未计算缺口。"),
    "why_of_year": Words(
        "By the model of this year most such pairs have {low}–{high}",
        "按该年的模型，同类地区对多在 {low}—{high} 次之间",
    ),
    "why_of_years": Words("Evidence of a gap in {n} of {all} of these years", "所示 {all} 年中有 {n} 年存在证据"),
    "evidence_years": Words("{n} of {all} years", "{all} 年中 {n} 年"),
    "verdict_quiet_year": Words("{me}: no gap with evidence in these years", "{me}：所示年份没有证据支持的缺口"),
    "verdict_unlinked_year": Words("{me}: no links recorded in these years", "{me}：所示年份没有合作记录"),
    "told_quiet_year": Words(
        "{me} has {n} links with other regions in these years. Pairs without evidence are listed for all years only.",
        "所示年份{me}有 {n} 次跨地区合作。没有证据的地区对只在全部年份下列出。",
    ),
    "told_unlinked_year": Words(
        "Among the records of these years there is none with another region.", "所示年份的记录中没有与其他地区的合作。"
    ),
    "layer_actors": Words("Candidates", "候选单位"),
    "actor_place": Words("Its place on the map is schematic", "图中位置为示意"),
    "search_actors": Words("Find a region or an institution …", "搜索地区或单位…"),
    "part": Words("Links of", "只看"),
    "part_all": Words("all kinds", "全部合作"),
    "part_path": Words("Path", "合作路径"),
    "part_field": Words("Field", "领域"),
    "part_kind": Words("Kind", "类型"),
    "part_gaps_kind": Words(
        "Links of this kind only; gaps, expectation and grade are of all links together.",
        "只看这一类型的合作；缺口、期望值与等级按全部合作计算。",
    ),
    "part_gaps_field": Words(
        "Pairs of regions that share this field; expectation and grade are of all links together.",
        "只列出共有这一领域的地区对；期望值与等级按全部合作计算。",
    ),
    "part_gaps_path": Words(
        "Pairs of regions with candidates on this path; expectation and grade are of all links together.",
        "只列出在这一路径上有候选单位的地区对；期望值与等级按全部合作计算。",
    ),
    "part_back": Words("Back to all links", "回到全部合作"),
    "filter_path": Words("Path", "路径"),
    "path_science": Words("science with science", "科研与科研"),
    "path_industry": Words("industry with industry", "企业与企业"),
    "path_science-industry": Words("industry with science", "产学研之间"),
    "tab_years": Words("Change", "变化"),
    "years_head": Words(
        "{from} to {to}: {closed} closed, {persists} persist, {opened} opened",
        "{from} 年到 {to} 年：显著弥合\u00a0{closed}\u00a0对，"
        "仍在\u00a0{persists}\u00a0对，显著新出现\u00a0{opened}\u00a0对",
    ),
    "years_links": Words(
        "Links between regions: {before} before, {after} after.", "跨地区合作由 {before} 次变为 {after} 次。"
    ),
    "years_rose": Words(
        "Of the gaps that opened, {n} of {all} did so because more is expected, not because less is done.",
        "新出现的 {all} 对中，{n} 对是因为期望上升，而不是合作减少。",
    ),
    "years_pair": Words("Pair", "地区对"),
    "years_both": Words("{year} actual / expected", "{year} 实际 / 应有"),
    "years_sure": Words("Sure", "把握"),
    "move_opened": Words("Opened", "显著新出现"),
    "move_persists": Words("Persists", "持续存在"),
    "move_closed": Words("Closed", "显著弥合"),
    "move_unclear": Words("Cannot tell", "说不清"),
    "move_n": Words("{move} {n}", "{move} {n} 对"),
    "move_opened_why": Words("no evidence in {from}, evidence in {to}", "{from} 年没有证据，{to} 年有"),
    "move_persists_why": Words("evidence in both", "两年都有证据"),
    "move_closed_why": Words("evidence in {from}, none in {to}", "{from} 年有证据，{to} 年没有"),
    "move_unclear_why": Words(
        "{n} more pairs changed grade, but a change of actual over expected as large as theirs comes about by chance "
        "(p ≥ .05, each pair by itself), or one of the years has no model of them.",
        "另有 {n} 对证据等级变了，但实际与应有之比的变化在偶然波动以内（逐对检验 p ≥ 0.05），或其中一年无法建模。",
    ),
    "moves_all": Words("All {n}", "全部 {n} 对"),
    "moves_none": Words("none", "没有"),
    "legend_opened": Words("gap opened", "新出现的缺口"),
    "legend_persists": Words("gap persists", "持续存在的缺口"),
    "legend_closed": Words("gap closed", "已弥合的缺口"),
    "years_compare": Words("Compare {from} and {to}", "比较 {from} 年与 {to} 年"),
    "years_table": Words("Year by year", "逐年"),
    "years_weight": Words("Links", "合作次数"),
    "years_pairs": Words("Pairs linked", "有合作的对数"),
    "years_gaps": Words("Gaps", "缺口"),
    "years_closed": Words("Clearly closed", "显著弥合"),
    "years_opened": Words("Clearly opened", "显著新出现"),
    "years_note": Words(
        "Opened and closed: against the row above, whose year need not be the one before, and beyond chance; moves.csv "
        "of gaps by year compares grades alone and counts more. Numbers of gaps do not compare between years: fewer "
        "links tell fewer gaps. A year without records is left out, not zero.",
        "显著新出现、显著弥合：与表中上一行的年份（不一定是前一年）相比，且超出偶然波动；"
        "逐年缺口表 moves.csv 只比较证据等级，数目更多。"
        "各年缺口数不宜相比：联系少的年份能识别的缺口也少。没有记录的年份不显示，不等于零。",
    ),
    "curves": Words("What lasts and what changes (figures of {year})", "延续与变化（所示数字为 {year} 年）"),
    "curve_survival": Words("Pairs that stay linked", "延续合作的地区对"),
    "curve_turnover": Words("Pairs new and ended", "新增与中断的地区对"),
    "curve_communities": Words("Communities of regions", "合作社群数"),
    "curves_survival": Words(
        "Of the pairs linked in one year, {mean} are linked in the next one of the list, on average; fewest from "
        "{from} to {to}: {least}.",
        "某年有合作的地区对，平均 {mean} 在名单中的下一年仍有合作；{from} 年到 {to} 年最少，为 {least}。",
    ),
    "curves_border": Words(
        "{border}, what crossing does to expected links: {before} in {from}, {after} in {to} (95 % "
        "intervals). {verdict}",
        "{border}，跨越使期望合作量的变化：{from} 年 {before}，{to} 年 {after}（95% 区间）。{verdict}",
    ),
    "curves_overlap": Words("They overlap: no change is shown.", "区间重叠，不能说明有变化。"),
    "curves_apart": Words(
        "They lie apart: more than chance, if the years count alike.", "区间不重叠：若各年口径相同，差别超出偶然。"
    ),
    "years_carried": Words(
        "The page carries the {n} pairs with the largest gaps of {all} that have evidence in some year.",
        "至少一年有证据的 {all} 对中，本页收录缺口最大的 {n} 对。",
    ),
    "region_years": Words("Year by year", "逐年合作次数"),
}
