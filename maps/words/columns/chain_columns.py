"""What the tables of industry chains say, in English and in Chinese: sheets, columns, values."""

from collections.abc import Mapping
from types import MappingProxyType

from maps.words.column_words import ColumnWords
from maps.words.columns.complexity_columns import FILL_PREDICTORS
from regions.words import Words


def _words(en: str, zh: str, meaning: str, meaning_zh: str, form: str = "number") -> ColumnWords:
    return ColumnWords(Words(en, zh), Words(meaning, meaning_zh), form)


CHAIN_SHEETS: Mapping[str, Words] = MappingProxyType(
    {
        "about": Words("About", "说明"),
        "stages": Words("Stages", "环节"),
        "breakpoints": Words("Breakpoints", "断点"),
        "blockages": Words("Blockages", "堵点"),
        "fill": Words("Fill and strengthen", "补链强链"),
        "fill_backtest": Words("Fill, back-test", "补链回测"),
        "tiers": Words("Tiers", "产业梯度"),
        "complexity": Words("Complexity", "复杂度"),
        "codebook": Words("Codebook", "指标说明"),
    }
)
"""Sheets of the workbook, in their order."""

CHAINS: Mapping[str, ColumnWords] = MappingProxyType(
    {
        "chain": _words("Chain", "产业链（英文）", "Name of the chain", "产业链名称", "text"),
        "chain_zh": _words("Chain (zh)", "产业链", "Its Chinese name", "产业链中文名", "text"),
        "place": _words(
            "Place",
            "范围代码",
            "Code of a region; (group): the regions asked for together; (all): everything",
            "地区代码；(group) 为所选地区合计，(all) 为全部",
            "text",
        ),
        "place_name": _words("Place", "范围（英文）", "Its name", "范围名称", "text"),
        "place_name_zh": _words("Place (zh)", "范围", "Its Chinese name", "范围中文名", "text"),
        "stage": _words("Stage", "环节（英文）", "Stage of the chain", "产业链环节", "text"),
        "stage_zh": _words("Stage (zh)", "环节", "Its Chinese name", "环节中文名", "text"),
        "next": _words("Next stage", "下一环节（英文）", "The stage that it leads to", "其后的环节", "text"),
        "next_zh": _words("Next stage (zh)", "下一环节", "Its Chinese name", "下一环节中文名", "text"),
        "state": _words(
            "State",
            "状态",
            "present; absent among what the sources could see; not covered by any source",
            "有；在资料可见范围内没有；资料未覆盖",
            "text",
        ),
        "absent": _words("How absent", "缺失说明（英文）", "What the source says of it", "资料的说法", "text"),
        "absent_zh": _words("How absent (zh)", "缺失说明", "The same in Chinese", "资料的说法", "text"),
        "actors": _words("Actors", "主体数", "Actors in the stage there", "该环节的主体数", "count"),
        "strength": _words(
            "Strength",
            "实力",
            "Their records, with shares where one belongs to several stages",
            "其记录数；一条属于多个环节时按份额计",
        ),
        "value": _words("Activity", "产业活动", "Value of its industries", "对应行业的数值"),
        "share": _words("Share", "占全国比重", "Of the stage in all regions", "占全部地区该环节的比重", "share"),
        "lq": _words(
            "Location quotient",
            "区位商",
            "Share over the region's share in everything; none with fewer than 3 actors",
            "该环节占比与该地区总体占比之比；不足 3 家不计算",
        ),
        "linked": _words(
            "Linked",
            "有链内联系的主体数",
            "Actors with a link to another actor of the chain",
            "与链内其他主体有联系的主体数",
            "count",
        ),
        "herfindahl": _words(
            "Herfindahl", "赫芬达尔指数", "Sum of squared shares; 1: one actor", "份额平方和；1 为独家"
        ),
        "top_share": _words("Largest share", "最大主体份额", "Of the stage there", "该环节最大主体的份额", "share"),
        "beside": _words(
            "Beside",
            "旁列（英文）",
            "What else is known; not used for the state",
            "其他资料；不据以判断有无",
            "text",
        ),
        "beside_zh": _words("Beside (zh)", "旁列", "The same in Chinese", "其他资料；不据以判断有无", "text"),
        "breakpoint": _words(
            "Breakpoint",
            "断点类型",
            "no-actor: no local actor; no-link: no actor is linked to the next stage",
            "无主体：该环节没有本地主体；缺衔接：主体与下一环节没有联系",
            "text",
        ),
        "linked_inside": _words(
            "Linked inside",
            "区内有衔接",
            "Actors linked to the next stage there",
            "与本范围下一环节有联系的主体",
            "count",
        ),
        "linked_elsewhere": _words(
            "Linked elsewhere",
            "仅与区外衔接",
            "Actors linked to it only elsewhere",
            "仅与范围外下一环节有联系的主体",
            "count",
        ),
        "unlinked": _words("Not linked", "无衔接", "Actors without such a link", "与下一环节没有联系的主体", "count"),
        "what": _words(
            "What",
            "对象",
            "stage, link of the minimum cut, actor, stage of a region, or region that is taken away",
            "去掉的对象：环节、最小割上的联系、主体、某地某环节、地区",
            "text",
        ),
        "code": _words("Code", "地区代码", "Code of the region", "地区代码", "text"),
        "actor": _words("Actor", "主体编号", "Id", "主体编号", "text"),
        "actor_name": _words("Actor", "主体（英文）", "Its name", "主体名称", "text"),
        "actor_name_zh": _words("Actor (zh)", "主体", "Its Chinese name", "主体中文名", "text"),
        "partner": _words("Partner", "对方编号", "Id", "对方编号", "text"),
        "partner_name": _words("Partner", "对方（英文）", "Its name", "对方名称", "text"),
        "partner_name_zh": _words("Partner (zh)", "对方", "Its Chinese name", "对方中文名", "text"),
        "capacity": _words(
            "Capacity",
            "容量",
            "Most that can pass it, in units of strength",
            "可通过的最大量（与实力同单位）",
        ),
        "through": _words("Flow", "通过量", "What passes it in one maximum flow", "在一个最大流中的通过量"),
        "in_cut": _words("In the cut", "是否堵点", "Whether it is in the minimum cut", "是否在最小割上", "text"),
        "widens": _words(
            "Widens", "扩容有效", "Whether one unit more there adds flow", "增加一个单位是否增大总流量", "text"
        ),
        "lost": _words("Lost", "损失", "Flow that no longer arrives without it", "去掉后减少的流量"),
        "lost_share": _words(
            "Share lost",
            "损失比重",
            "Of the flow of the place; a lower bound, as inputs stand in for each other",
            "占该范围流量的比重；各投入可相互替代，故为下限",
            "share",
        ),
        "flow": _words(
            "Flow of the place",
            "总流量",
            "From the first to the last stages that are there",
            "从最初到最终（有主体的）环节的最大流量",
        ),
        "origin": _words(
            "Origin",
            "流量来历",
            "observed: through links that were observed; modelled: every actor may supply every one of the next stage",
            "observed 按实际联系；modelled 推算：各主体可供给下一环节任一主体",
            "text",
        ),
        "substitutes": _words(
            "Substitutes",
            "可替代地区（英文）",
            "Regions with most strength in the stage beside it",
            "该环节实力最强的其他地区",
            "text",
        ),
        "substitutes_zh": _words(
            "Substitutes (zh)", "可替代地区", "The same in Chinese", "该环节实力最强的其他地区", "text"
        ),
        "measure": _words(
            "Measure",
            "措施",
            "fill: who could fill a lacking stage; strengthen: a link that adds flow",
            "补链：谁可以补上所缺环节；强链：能增大流量的联系",
            "text",
        ),
        "name": _words(
            "Region",
            "地区（英文）",
            "Region that lacks the stage, or of the first actor",
            "缺少该环节的地区，或甲方所在地区",
            "text",
        ),
        "name_zh": _words("Region (zh)", "地区", "Its Chinese name", "地区中文名", "text"),
        "rank": _words("Rank", "次序", "Among the candidates", "候选次序", "count"),
        "candidate": _words(
            "Candidate code", "候选代码", "Code of the region that has it", "具备该环节的地区代码", "text"
        ),
        "candidate_name": _words("Candidate", "候选地区（英文）", "Its name", "候选地区名称", "text"),
        "candidate_name_zh": _words("Candidate (zh)", "候选地区", "Its Chinese name", "候选地区中文名", "text"),
        "score": _words(
            "Score",
            "得分",
            "Relatedness x probability x capability; orders the candidates of one stage",
            "关联度×概率×能力；只用于同一环节候选排序",
        ),
        "probability": _words(
            "Probability",
            "建立联系的概率",
            "Of a link in the stage within a time like that of the records, had the region one more actor in the chain",
            "若该地区在链内增加一家主体，在与记录相当的时期内于该环节建立联系的概率",
            "share",
        ),
        "low": _words("Low", "下限", "Of its 95 % interval", "95% 区间下限", "share"),
        "high": _words("High", "上限", "Of its 95 % interval", "95% 区间上限", "share"),
        "expected": _words("Expected links", "期望联系", "Of that kind", "该类联系的期望数"),
        "capability": _words("Capability", "能力", "Strength of the candidate in the stage", "候选地区在该环节的实力"),
        "relatedness": _words(
            "Relatedness",
            "关联密度",
            "Of the stage to what else the candidate does, 0 to 1",
            "该环节与候选地区其他专长的关联密度，0 到 1",
        ),
        "own_relatedness": _words(
            "Own relatedness",
            "自身关联密度",
            "Of the stage to what the region itself does",
            "该环节与本地区专长的关联密度",
        ),
        "joint": _words(
            "Joint records",
            "已有联系",
            "Between the region's actors of the chain and the candidate's in the stage",
            "本地链内主体与候选地区该环节主体的共同记录",
        ),
        "tied": _words("Tied", "先后说不准", "Its interval overlaps that of the first", "区间与第一位重叠", "text"),
        "gain": _words("Gain", "新增流量", "Flow that the first joint record adds", "首条共同记录增加的流量"),
        "most": _words("At most", "最多新增", "Flow that all it can carry adds", "该联系最多可增加的流量"),
        "reason": _words("Reason", "理由（英文）", "What speaks for the two actors", "推荐两家主体的理由", "text"),
        "reason_zh": _words("Reason (zh)", "理由", "The same in Chinese", "推荐两家主体的理由", "text"),
    }
)
"""Column -> words."""

CHAIN_VALUES: Mapping[str, Mapping[object, Words]] = MappingProxyType(
    {
        "state": {
            "present": Words("present", "有"),
            "absent": Words("absent", "没有"),
            "not covered": Words("not covered", "未覆盖"),
        },
        "breakpoint": {
            "no-actor": Words("no local actor", "无主体"),
            "no-link": Words("no link to the next stage", "缺衔接"),
        },
        "predictor": dict(FILL_PREDICTORS.items()),
        "what": {
            "stage": Words("stage", "环节"),
            "link": Words("link", "联系"),
            "actor": Words("actor", "主体"),
            "region": Words("region", "地区"),
            "region-stage": Words("stage of a region", "某地某环节"),
        },
        "origin": {"observed": Words("observed", "实测"), "modelled": Words("modelled", "推算")},
        "measure": {"fill": Words("fill", "补链"), "strengthen": Words("strengthen", "强链")},
        "in_cut": {True: Words("yes", "是"), False: Words("no", "否")},
        "widens": {True: Words("yes", "是"), False: Words("no", "否")},
        "tied": {True: Words("cannot be told", "说不准"), False: Words("", "")},
    }
)
"""Column -> what its values are called in the workbook."""
