"""The sentences with which the page answers: on one region, on the three first gaps, on how sure they are."""

from regions.words import Words

ANSWERS: dict[str, Words] = {
    "view": Words("Reading", "阅读方式"),
    "view_brief": Words("Brief", "简报"),
    "view_evidence": Words("Evidence", "证据"),
    "settings": Words("Layers", "图层"),
    "grip": Words("Raise or lower the sheet", "展开或收起面板"),
    "copy_link": Words("Copy link", "复制链接"),
    "copied": Words("Copied", "已复制"),
    "find_mine": Words("Find my region", "查我的地区"),
    "my_region": Words("My region", "我的地区"),
    "tab_brief": Words("Brief", "简报"),
    "region_not_covered": Words(
        "{me} is not covered by this data set, so no gap can be judged.", "{me}不在本研究范围，无法判断缺口。"
    ),
    "verdict_supported": Words(
        "{me} has {n} with evidence, the first with {other}", "{me}有 {n}有证据的缺口，首先是与{other}"
    ),
    "verdict_gaps_one": Words("1 gap", "1 个"),
    "verdict_gaps_many": Words("{n} gaps", "{n} 个"),
    "verdict_unsupported": Words("{me} has no well-supported gap", "{me}没有证据充分的缺口"),
    "verdict_surplus": Words(
        "{me} has no gap: no pair is below expectation", "{me}没有缺口：与各地的合作都不低于应有水平"
    ),
    "verdict_unfitted": Words("{me}: too few links to judge a gap", "{me}的合作太少，无法判断缺口"),
    "verdict_unlinked": Words("{me}: no links recorded, so no gap can be judged", "{me}没有合作记录，无法判断缺口"),
    "verdict_unknown": Words(
        "{me}: not known whether it has links, rows were dropped", "{me}有无合作不能确定：有数据行被舍弃"
    ),
    "told_unknown": Words(
        "No link of it is among the rows that could be read; rows that name what is not known were dropped, and may "
        "have been its own. The warnings under About the data count them.",
        "可读取的数据行中没有它的合作；名称无法识别的行已被舍弃，其中可能有它的合作，数量见“数据说明”中的提示。",
    ),
    "verdict_none": Words("{me}: no gaps were computed for this page", "{me}：本页未计算合作缺口"),
    "told_supported": Words(
        "Its collaboration with {other} is {verb} what size and distance suggest: about {expected} expected, "
        "{observed} observed.",
        "与{other}的合作{verb}应有水平：应有约 {expected}，实际 {observed}。",
    ),
    "told_unsupported": Words(
        "The largest is with {other}: about {expected} expected, {observed} observed, which is within chance. ",
        "最大的一项是与{other}：应有约 {expected}，实际 {observed}，差距在偶然波动以内。",
    ),
    "told_few": Words(
        "{me} has only {n} links with other regions here: too little for a conclusion.",
        "{me}在本数据中只有 {n} 次跨地区合作，数据太少，难下结论。",
    ),
    "told_links": Words("{me} has {n} links with other regions here.", "{me}在本数据中共有 {n} 次跨地区合作。"),
    "told_surplus": Words(
        "Collaboration with every region that the model judges is at or above what is expected.",
        "模型评估的各地区对，实际合作都达到或超过应有水平。",
    ),
    "told_unfitted": Words(
        "It has {n} links with other regions; the model cannot estimate what would be expected of it.",
        "共有 {n} 次跨地区合作，模型无法估计应有水平。",
    ),
    "told_unlinked": Words(
        "It is on the list and its value is 0: that says nothing about links that this source does not see.",
        "在名单内，数值为 0：不等于没有其他来源可见的合作。",
    ),
    "told_internal": Words("Inside the region {n} are recorded.", "区内合作 {n} 次。"),
    "told_external": Words("To regions outside this data set {n} are recorded.", "与研究范围外地区合作 {n} 次。"),
    "below_strong": Words("clearly below", "明显少于"),
    "below_moderate": Words("probably below", "很可能少于"),
    "below_weak": Words("possibly below", "可能少于"),
    "own_title": Words("Largest shortfalls", "最大的几项缺口"),
    "own_order": Words("those with evidence first, then by size", "有证据的在前，再按差距大小"),
    "own_actual": Words("actual", "实际"),
    "own_due": Words("expected", "应有"),
    "own_more": Words("{n} more with evidence: see all gaps", "另有 {n} 项有证据的缺口，见全部缺口"),
    "sure": Words("Certainty", "把握"),
    "sure_strong": Words("high", "高"),
    "sure_moderate": Words("moderate", "中等"),
    "sure_weak": Words("low", "较低"),
    "sure_none": Words("cannot tell", "不足以判断"),
    "call": Words(
        "Who could be called first (by common partners and fields, not vetted)",
        "可先联系（按共同伙伴与领域相近排序，未经核实）",
    ),
    "call_nobody": Words(
        "Nobody can be named: the data have no two units here that could start.",
        "没有可推荐的单位：数据中没有可牵头的主体对。",
    ),
    "existing": Words("What exists", "已有合作"),
    "existing_share": Words("{n} in all", "共 {n} 次"),
    "beyond": Words("outside", "研究范围外"),
    "why_chance": Words(
        "About {expected} expected (likely {low}–{high}), {observed} observed: within chance.",
        "应有约 {expected}（区间 {low}–{high}），实际 {observed}，在偶然波动以内。",
    ),
    "why_chance_bare": Words(
        "About {expected} expected, {observed} observed: within chance.",
        "应有约 {expected}，实际 {observed}，在偶然波动以内。",
    ),
    "why_made_of": Words("The expectation comes mainly from: {parts}.", "应有次数主要来自：{parts}。"),
    "why_allowed": Words("Already allowed for: {parts}.", "估计时已考虑：{parts}。"),
    "why_both_many": Words("both collaborate much", "两地对外合作都较多"),
    "why_one_many": Words("{name} collaborates much", "{name}对外合作较多"),
    "why_one_few": Words("{name} collaborates little", "{name}对外合作较少"),
    "why_near": Words("only {n} km apart", "相距仅 {n} 公里"),
    "why_far": Words("{n} km apart", "相距 {n} 公里"),
    "why_touch": Words("they share a border", "两地相邻"),
    "why_apart": Words("they do not share a border", "两地不相邻"),
    "why_same": Words("same {border}", "同一{border}"),
    "why_different": Words("different {border}", "不同{border}"),
    "why_other": Words("their {name}", "{name}"),
    "why_plain": Words("nothing sets the pair apart from others", "两地没有突出之处"),
    "why_no_record": Words("yet they have no joint record", "彼此却没有合作记录"),
    "why_little": Words("yet they rarely work together", "彼此合作却很少"),
    "why_less": Words("yet they work together less than expected", "彼此合作却少于应有水平"),
    "brief_due": Words(
        "Expected: estimated from how much both collaborate in all, their distance and borders",
        "应有水平：按两地合作总量、距离、是否相邻与边界估计",
    ),
    "brief_head": Words(
        "Collaboration is {verb} what size and distance suggest for {n} of {regions}, above all {a} and {b}",
        "{n}{regions}的合作{verb}应有水平，首先是{a}与{b}",
    ),
    "brief_none": Words(
        "No gap is well supported; the largest is {a} – {b}", "没有证据充分的缺口；最大的一项是{a}与{b}"
    ),
    "brief_no_pair": Words("No gap: no pair is below expectation", "没有缺口：各地区对的合作都不低于应有水平"),
    "count_1": Words("one pair", "一对"),
    "count_2": Words("two pairs", "两对"),
    "count_3": Words("three pairs", "三对"),
    "of_province": Words("provinces", "省份"),
    "of_city": Words("cities", "城市"),
    "of_region": Words("regions", "地区"),
    "brief_why": Words("Why", "为什么"),
    "brief_do": Words("Do", "做什么"),
    "brief_who": Words("Call", "找谁"),
    "brief_known": Words("Between", "两地之间"),
    "do_fields": Words("Start with {fields}", "先从{fields}入手"),
    "do_closest": Words("Their fields differ much: start with the closest", "两地领域差异大，先从最接近的领域入手"),
    "do_unknown": Words("Fields are not recorded: ask both sides first", "数据没有领域信息，先向两地核实"),
    "times": Words("actual {observed}, about {expected} expected", "实际 {observed}，应有约 {expected}"),
    "times_full": Words("actual {observed}, about {expected} expected", "实际 {observed} 次，应有约 {expected} 次"),
    "pill": Words("actual {observed} / expected {expected}", "实际 {observed} / 应有 {expected}"),
    "certain_title": Words("How sure?", "有多大把握？"),
    "certain_some": Words(
        "{n} of {all} pairs stand when all are tested together.", "{all} 对一起检验后，仍有 {n} 对成立。"
    ),
    "certain_none": Words(
        "Taken alone, each pair {alone} falls short; yet when all {all} are tested together, none reaches the usual "
        "standard.",
        "单看每一对，{alone}确实偏少；但 {all} 对一起检验后，没有一对达到通常的检验标准。",
    ),
    "certain_chance": Words(
        "All {all} pairs differ from what is expected by no more than chance allows.",
        "{all} 对的差距都在偶然波动以内。",
    ),
    "alone_strong": Words("almost surely", "几乎可以肯定"),
    "alone_moderate": Words("very probably", "很可能"),
    "alone_weak": Words("possibly", "可能"),
    "certain_use": Words("Take it as a lead worth checking, not a conclusion.", "请当作值得核实的线索，不作定论。"),
    "brief_rest": Words("Further gaps", "其余缺口"),
    "map_region": Words("{me}: largest shortfalls and what exists", "{me}：最大的缺口与已有合作"),
    "map_brief": Words("The first gaps", "合作缺口前三位"),
    "map_brief_none": Words("The largest shortfalls, none beyond chance", "差距最大的三对，均在偶然波动以内"),
    "legend_gap_quiet": Words("Gap, cannot tell from chance", "缺口，不足以判断"),
    "sheet_how": Words("How it was computed", "怎么算的"),
    "sheet_how_text": Words(
        "A gravity model of all pairs; fields and institutions play no part in it.",
        "由引力模型对全部地区对估计；领域与机构不计入。",
    ),
    "sheet_next": Words("What next", "下一步"),
    "sheet_next_text": Words(
        "Ask both sides for collaboration that this source does not see, then decide whether to start a project.",
        "请两地主管部门核对本数据以外的合作，再定是否立项。",
    ),
    "take_map": Words("Map", "导出地图"),
    "extra": Words("Layer", "专题图层"),
    "extra_none": Words("none", "无"),
    "legend_unjudged": Words("not judged", "未判断"),
    "legend_flow": Words("thin at the giver, head at the receiver", "细端给出，箭头一端接受"),
    "legend_flow_share": Words(
        "The {n} largest of {all}: {share} of the total", "显示最强 {n} 条（共 {all} 条），占总量的 {share}"
    ),
    "legend_flow_negative": Words("below 0: the receiver loses", "为负：接受方受损"),
    "legend_flow_unsure": Words(
        "hollow: 0 lies in the interval ({n} of the {all} shown)", "空心：区间含 0（所示 {all} 条中的 {n} 条）"
    ),
    "legend_flow_all_unsure": Words(
        "hollow: all {all} have 0 in the interval; no direction can be told",
        "空心：所示 {all} 条区间都含 0，方向说不准",
    ),
    "chain_title": Words("{chain}: who has which stage", "{chain}产业链：各地有哪些环节"),
    "chain_pick": Words("Chain", "产业链"),
    "chain_corner": Words("Region", "地区"),
    "chain_actors": Words("{n} actor(s)", "{n} 家主体"),
    "chain_key_has": Words("has it, area by actors", "有，面积为主体数"),
    "chain_break": Words("breakpoint: none among what the source could see", "断点：资料可见范围内没有"),
    "chain_clog": Words("blockage: the flow is full here", "堵点：流量在此已满"),
    "chain_uncovered": Words("not covered", "未覆盖"),
    "chain_ask": Words("Click a cell to see who could fill it.", "点击格子，查看谁可以补链。"),
    "chain_who": Words("{stage} in {region}: who could fill it", "{region}的{stage}：谁可以补链"),
    "chain_nobody": Words(
        "No candidate: the stage is there, or no region has it.", "没有候选：该环节已有，或各地都没有。"
    ),
    "chain_chance": Words("probability of a link {p} ({low} to {high})", "建立联系的概率 {p}（{low}—{high}）"),
    "chain_tied": Words("order cannot be told", "先后说不准"),
    "spill_groups": Words("Between groups", "组与组之间"),
    "spill_corner": Words("gives ↓ receives →", "溢出 ↓ 受益 →"),
    "spill_size": Words("regions: {n}", "{n} 个地区"),
    "spill_share": Words("{share}, chance {chance}", "{share} 随机 {chance}"),
    "spill_chance_key": Words(
        "share of all that the group gives; bar: 95 % of permuted labels, tick: their mean; filled: outside it",
        "占该组对外溢出的份额；灰条：随机分组的 95% 范围，竖线：均值；实心：在范围外",
    ),
    "spill_models": Words("Other weights, other models: does it hold?", "换权重、换模型，结论还在吗？"),
    "spill_models_of": Words("effect on other regions ({unit})", "对其他地区的影响（{unit}）"),
    "spill_marks": Words(
        "filled: the interval leaves 0 out; hollow: it holds 0; a line to the edge goes on",
        "实心：区间不含 0；空心：含 0；伸到边缘的线还要更长",
    ),
    "flow_gives": Words("gives", "溢出"),
    "flow_unsure": Words("0 lies in the interval: the direction cannot be told", "区间含 0：方向说不准"),
    "filters": Words("Filter", "筛选"),
    "filter_words": Words("Find in the table: region, unit, field", "在表中查找：地区、单位、领域"),
    "filter_all": Words("all", "全部"),
    "filter_clear": Words("Clear filters", "清除筛选"),
    "filter_region": Words("Region", "地区"),
    "filter_group": Words("Group", "分组"),
    "filter_grade": Words("Evidence", "证据"),
    "filter_field": Words("Field", "领域"),
    "grade_any": Words("any evidence", "有证据的"),
    "rows_of": Words("{n} of {all} pairs", "{n} / {all} 对"),
    "plot": Words("95 % interval", "区间图"),
    "shrunken_gap": Words("Gap without chance", "修正后缺口"),
    "shortfall_probability": Words("Probability", "确有不足概率"),
    "priority": Words("Priority", "优先度"),
    "p": Words("p", "p"),
    "q": Words("q", "q"),
    "grade": Words("Evidence", "证据"),
    "priority_meaning": Words(
        "Gap without chance times probability of a true shortfall", "修正后缺口 × 确有不足的概率"
    ),
    "reconcile_title": Words("Why is the largest gap not first?", "为什么缺口最大的不排第一？"),
    "reconcile": Words(
        "Ranked by grade, then by priority (gap without chance × probability). {pair} has the largest gap ({gap}), but "
        "its evidence is {grade}: place {n}. ",
        "先按证据等级，同级再按优先度（修正后缺口 × 确有不足的概率）。"
        "{pair}缺口最大（{gap}），但证据等级为{grade}，故列第 {n}。",
    ),
    "reconcile_q": Words(
        "A probability of {p} is about one pair alone; q is about all {all} tested together, so it can be {q}. ",
        "概率 {p} 是就一对单独而言；q 把 {all} 对一起检验，所以可以是 {q}。",
    ),
    "reconcile_sort": Words("Sort by size of the gap", "改按缺口大小排"),
    "legend_zero": Words("exactly zero", "恰为零"),
    "legend_read": Words("How to read the map", "怎样看图"),
    "legend_gap_brief": Words("Less than expected; wider: larger gap", "合作少于应有，越粗差得越多"),
    "legend_pill": Words("Number as in the list; click to find it", "序号与右侧一致，点按可互相定位"),
    "legend_ends": Words("Regions concerned", "涉及的地区"),
    "legend_uncovered": Words("Not covered by this data set", "本数据集未覆盖"),
}
