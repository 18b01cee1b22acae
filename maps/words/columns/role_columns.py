"""What the columns of positions, roles and blocks mean, in English and in Chinese."""

from maps.words.column_words import ColumnWords
from regions.words import Words

ROLE_SHEETS = {
    "about": Words("About", "说明"),
    "roles": Words("Roles", "地区角色"),
    "blocks": Words("Blocks", "板块"),
    "image": Words("Image matrix", "像矩阵"),
    "figures": Words("Whole network", "整体网络"),
    "rich_club": Words("Rich club", "富人俱乐部"),
    "codebook": Words("Codebook", "指标说明"),
}
"""Sheets of the workbook of roles."""

_BROKERS = {
    "coordinator": ("Coordinator", "协调者", "both ends in its own group (AAA)", "两端与自身同组（AAA）"),
    "consultant": ("Consultant", "顾问", "both ends in one other group (ABA)", "两端同属另一组（ABA）"),
    "gatekeeper": ("Gatekeeper", "守门人", "from another group into its own (ABB)", "由外组进入本组（ABB）"),
    "representative": ("Representative", "代表者", "from its own group to another (AAB)", "由本组通向外组（AAB）"),
    "liaison": ("Liaison", "联络者", "between two other groups (ABC)", "两端属两个不同外组（ABC）"),
}


def _tell_brokers() -> dict[str, ColumnWords]:
    words = {}
    for role, (en, zh, what, what_zh) in _BROKERS.items():
        words[role] = ColumnWords(
            Words(en, zh),
            Words(
                f"Pairs without a link of their own that it stands between, {what}",
                f"居间于无直接联系的两地之次数：{what_zh}",
            ),
            "count",
        )
        words[f"{role}_expected"] = ColumnWords(
            Words(f"{en}, expected", f"{zh}（期望）"),
            Words("The same when groups are shuffled", "分组随机打乱时的次数"),
            "number",
        )
        words[f"{role}_z"] = ColumnWords(
            Words(f"{en}, z", f"{zh} z 值"),
            Words("Above chance in standard deviations, groups shuffled", "相对随机分组的标准差倍数"),
        )
    return words


POSITIONS: dict[str, ColumnWords] = {
    "group": ColumnWords(Words("Group", "分组"), Words("Group by the chosen column", "按所选列的分组"), "text"),
    **_tell_brokers(),
    "brokerage": ColumnWords(
        Words("Brokerage", "中间人次数"), Words("Sum of the five kinds", "五类中间人次数之和"), "count"
    ),
    "ties_external": ColumnWords(
        Words("Links outside", "组外联系"), Words("Links to other groups", "与其他组的联系数"), "count"
    ),
    "ties_internal": ColumnWords(
        Words("Links inside", "组内联系"), Words("Links within the group", "组内联系数"), "count"
    ),
    "ei_index": ColumnWords(
        Words("E-I index", "E-I 指数"),
        Words("(outside - inside) / all links; -1 inward, +1 outward", "（组外－组内）/ 全部联系；-1 内向，+1 外向"),
    ),
    "block": ColumnWords(Words("Block", "板块"), Words("Block by CONCOR", "CONCOR 板块编号"), "count"),
    "block_role": ColumnWords(
        Words("Role of its block", "板块角色（英文）"), Words("See the sheet of blocks", "见板块表"), "text"
    ),
    "block_role_zh": ColumnWords(
        Words("Role of its block (zh)", "板块角色"), Words("See the sheet of blocks", "见板块表"), "text"
    ),
    "members": ColumnWords(Words("Members", "成员数"), Words("Number of regions", "地区个数"), "count"),
    "sent": ColumnWords(Words("Sent (S)", "发出 S"), Words("Links to other blocks", "发往其他板块的联系"), "count"),
    "received_links": ColumnWords(
        Words("Received (R)", "接收 R"), Words("Links from other blocks", "来自其他板块的联系"), "count"
    ),
    "internal_links": ColumnWords(
        Words("Inside (T)", "板块内 T"), Words("Links within the block", "板块内部联系"), "count"
    ),
    "internal_share": ColumnWords(
        Words("Share inside (a)", "内部比例 a"),
        Words("Share of its links that stay inside", "内部联系所占比例"),
        "share",
    ),
    "expected_internal": ColumnWords(
        Words("Expected share (e)", "期望内部比例 e"), Words("(n-1)/(N-1)", "（n-1）/（N-1）"), "share"
    ),
    "delta": ColumnWords(
        Words("Delta", "净接收率 δ"), Words("(received - sent) / (received + sent)", "（接收－发出）/（接收＋发出）")
    ),
    "role": ColumnWords(
        Words("Role", "角色"),
        Words("Net beneficiary, net spillover, bidirectional, broker", "净受益、净溢出、双向溢出、经纪人"),
        "text",
    ),
    "role_zh": ColumnWords(Words("Role (zh)", "板块角色"), Words("Chinese name of the role", "板块角色中文名"), "text"),
    "figure": ColumnWords(Words("Figure", "指标"), Words("Figure of the whole network", "整体网络指标"), "text"),
    "figure_name": ColumnWords(Words("Name", "名称"), Words("Its name", "指标名称"), "text"),
    "z": ColumnWords(
        Words("z", "z 值"), Words("Against shuffled groups, in standard deviations", "相对随机分组的标准差倍数")
    ),
    **{
        f"density_to_{k}": ColumnWords(
            Words(f"Density to block {k}", f"对板块 {k} 的密度"),
            Words("Links over the pairs there could be", "联系数与可能对数之比"),
        )
        for k in range(1, 18)
    },
    "graph_efficiency": ColumnWords(
        Words("Efficiency (Krackhardt)", "网络效率"), Words("1 - redundant links over most", "1－多余联系占比")
    ),
    "value": ColumnWords(Words("Value", "数值"), Words("Value of the figure", "指标数值")),
    "expected_by_shuffling": ColumnWords(
        Words("Expected by chance", "随机期望"), Words("Mean over shuffled groups", "随机打乱分组后的平均值")
    ),
    "p_by_shuffling": ColumnWords(
        Words("p by shuffling", "置换检验 p 值"),
        Words("Share of shuffles as far from the mean, two-sided", "偏离不小于实际值的随机分组比例（双侧）"),
    ),
    "density": ColumnWords(Words("Density", "密度"), Words("Links over pairs", "联系数与可能对数之比")),
    "connectedness": ColumnWords(
        Words("Connectedness", "关联度"), Words("Share of pairs joined by a path", "可达地区对的比例")
    ),
    "hierarchy": ColumnWords(
        Words("Hierarchy", "等级度"), Words("Of joined pairs, the share one way only", "单向可达对所占比例")
    ),
    "efficiency_symmetrised": ColumnWords(
        Words("Efficiency, symmetrised", "网络效率（对称化）"),
        Words("1 - redundant links over most", "1－多余联系占比"),
    ),
    "lubness": ColumnWords(
        Words("Least upper bounds", "最近上限"), Words("Share of pairs with one", "有最近共同上级的对所占比例")
    ),
    "communities": ColumnWords(Words("Communities", "社群数"), Words("How many", "社群个数"), "count"),
    "modularity": ColumnWords(Words("Modularity", "模块度"), Words("Of the communities", "社群划分的模块度")),
    "stability": ColumnWords(
        Words("Stability", "稳定性"),
        Words("Agreement of runs, not optimality (Rand)", "各次运行的一致程度（调整兰德指数），不代表最优"),
    ),
    "core_size": ColumnWords(
        Words("Size of the core", "核心规模"), Words("Regions in the core", "核心地区数"), "count"
    ),
    "core_correlation": ColumnWords(
        Words("Fit of the core", "核心拟合度"),
        Words("Correlation with the ideal pattern", "与理想核心—边缘结构的相关系数"),
    ),
    "partners_above": ColumnWords(
        Words("Partners above", "伙伴数大于"),
        Words("The club: all with more partners than this", "俱乐部成员：伙伴数大于此值者"),
        "count",
    ),
    "club_links": ColumnWords(
        Words("Links in the club", "俱乐部内联系"), Words("Links among its members", "成员之间的联系数"), "count"
    ),
    "club_density": ColumnWords(
        Words("Density of the club", "俱乐部密度"),
        Words("Links among its members over their pairs", "成员间联系数与可能对数之比"),
    ),
    "club_expected": ColumnWords(
        Words("Density by chance", "随机期望密度"),
        Words(
            "Mean over rewired networks in which everyone keeps the number of partners",
            "保持各自伙伴数的重连网络的平均密度",
        ),
    ),
    "club_sd": ColumnWords(
        Words("Its deviation", "期望的标准差"),
        Words("Standard deviation over rewired networks", "各重连网络密度的标准差"),
    ),
    "club_ratio": ColumnWords(
        Words("Rich-club ratio", "富人俱乐部系数"),
        Words("Density over that by chance; above 1: a rich club", "密度与随机期望之比；大于 1 为富人俱乐部"),
    ),
    "club_z": ColumnWords(
        Words("z of the club", "俱乐部 z 值"),
        Words("Against rewired networks, in standard deviations", "相对重连网络的标准差倍数"),
    ),
    "club_p": ColumnWords(
        Words("p of the club", "俱乐部 p 值"),
        Words("Share of rewired networks with a density as high (one-sided)", "密度不低于实际值的重连网络比例（单侧）"),
    ),
    "layer": ColumnWords(
        Words("Layer", "层"),
        Words("Kind, field, year, path or owner of the layer", "层：类型、领域、年份、路径或所有制"),
        "text",
    ),
}
"""Column -> words, beside those of the registered measures."""
