"""What the columns of complexity, of entries and of tiers of industry mean, in English and in Chinese."""

from collections.abc import Mapping
from types import MappingProxyType

from maps.words.column_words import ColumnWords
from regions.words import Words


def _bounds(name: str, label: Words, meaning: Words) -> dict[str, ColumnWords]:
    """Return the words of the ends of an interval."""
    ends = (("low", "lower end", "下限"), ("high", "upper end", "上限"))
    return {
        f"{name}_{end}": ColumnWords(Words(f"{label.en}, {en}", f"{label.zh}{zh}"), meaning) for end, en, zh in ends
    }


_DRAWN = Words("Of the draws of records", "对记录有放回抽样所得")

COMPLEXITY: Mapping[str, ColumnWords] = MappingProxyType(
    {
        "records": ColumnWords(
            Words("Records by field", "分领域记录数"),
            Words("In which the region takes part", "该地区参与的记录"),
            "count",
        ),
        "diversity": ColumnWords(
            Words("Specialities", "专长领域数"),
            Words("Fields with an advantage of 1 or more", "优势指数不低于 1 的领域数"),
            "count",
        ),
        "eci": ColumnWords(
            Words("Economic complexity", "经济复杂度"),
            Words("Standardised; an order, not a distance", "标准化值，表示次序而非差距"),
        ),
        **_bounds("eci", Words("Economic complexity", "经济复杂度"), _DRAWN),
        "rank": ColumnWords(Words("Rank", "位次"), Words("1: most complex", "1 为最复杂"), "count"),
        **_bounds("rank", Words("Rank", "位次"), _DRAWN),
        "defined": ColumnWords(
            Words("Share of draws with an index", "可计算的抽样比例"), Words("1: always", "1 为全部可计算"), "share"
        ),
        "outlook": ColumnWords(
            Words("Complexity outlook", "复杂度前景"),
            Words("Complex fields near what the region does", "与现有专长相近的复杂领域"),
        ),
        "nearest": ColumnWords(
            Words("Nearest fields", "最相近的领域"),
            Words("Not yet specialities, nearest first", "尚非专长，最相近者在前"),
            "text",
        ),
        "nearest_density": ColumnWords(
            Words("Density of the nearest", "最相近领域的密度"),
            Words("Share of the related fields that the region has", "相关领域中该地区已有的比例"),
            "share",
        ),
    }
)
"""Columns of complexity.csv."""

_AUC = Words("0.5 is chance, 1 perfect", "0.5 为随机，1 为完全准确")

ENTRIES: Mapping[str, ColumnWords] = MappingProxyType(
    {
        "entry": ColumnWords(
            Words("Entry", "进入方式"),
            Words("A new speciality, or something where there was nothing", "新形成专长，或从无到有"),
            "text",
        ),
        "horizon": ColumnWords(
            Words("Years ahead", "预测年数"), Words("Between the ends of both windows", "两个时段末年之差"), "count"
        ),
        "base": ColumnWords(Words("Base years", "基期"), Words("What is known", "已知年份"), "text"),
        "later": ColumnWords(Words("Test years", "检验期"), Words("What came", "检验年份"), "text"),
        "cases": ColumnWords(
            Words("Cases", "情形数"), Words("Regions and fields that could be entered", "可能进入的地区与领域"), "count"
        ),
        "entered": ColumnWords(Words("Entered", "已进入"), Words("Of the cases", "其中发生进入的"), "count"),
        "left_regions": ColumnWords(
            Words("Regions left out", "未检验地区数"),
            Words("With too little in the base years", "基期数量过少的地区"),
            "count",
        ),
        "left_fields": ColumnWords(
            Words("Fields left out", "未检验领域数"),
            Words("With records in only one of the two windows", "仅在一个时段有记录的领域"),
            "count",
        ),
        "predictor": ColumnWords(Words("Predictor", "预测指标"), Words("What foretells", "用以预见的指标"), "text"),
        "auc": ColumnWords(Words("AUC", "AUC"), _AUC),
        "low": ColumnWords(Words("AUC, lower end", "AUC 下限"), Words("Regions drawn anew", "对地区有放回抽样所得")),
        "high": ColumnWords(Words("AUC, upper end", "AUC 上限"), Words("Regions drawn anew", "对地区有放回抽样所得")),
        "within": ColumnWords(
            Words("AUC inside regions", "AUC（地区内）"),
            Words("With the size of the region held", "排除地区规模后"),
        ),
        **_bounds(
            "within", Words("AUC inside regions", "AUC（地区内）"), Words("Regions drawn anew", "对地区有放回抽样所得")
        ),
        "beyond_size": ColumnWords(
            Words("AUC beyond size", "AUC 超出规模部分"),
            Words("Less that of region size times field size", "减去“地区规模 × 领域规模”的 AUC"),
        ),
        **_bounds(
            "beyond_size",
            Words("AUC beyond size", "AUC 超出规模部分"),
            Words("Regions drawn anew", "对地区有放回抽样所得"),
        ),
    }
)
"""Columns of entries.csv."""

FILL_BACKTEST: Mapping[str, ColumnWords] = MappingProxyType(
    {
        **ENTRIES,
        "predictor": ColumnWords(Words("Predictor", "预测指标"), Words("What foretells", "用以预见的指标"), "text"),
        "cases": ColumnWords(
            Words("Candidates", "候选数"),
            Words("Regions that have a stage which another lacks", "拥有他地缺失环节的地区"),
            "count",
        ),
        "came": ColumnWords(
            Words("Came true", "成真数"),
            Words("With a later joint record in the stage", "后来在该环节有合作记录"),
            "count",
        ),
        "within": ColumnWords(
            Words("AUC, one stage", "AUC（同一环节内）"),
            Words("Candidates for one lacking stage of one region", "同一地区同一缺失环节的候选之间"),
        ),
        **_bounds(
            "within", Words("AUC, one stage", "AUC（同一环节内）"), Words("Regions drawn anew", "对地区有放回抽样所得")
        ),
    }
)
"""Columns of fill_backtest.csv."""

FILL_PREDICTORS: Mapping[str, Words] = MappingProxyType(
    {
        "score": Words("score", "补链得分"),
        "probability": Words("probability of a link", "建立联系的概率"),
        "capability": Words("strength in the stage", "环节实力"),
        "relatedness": Words("relatedness density", "关联密度"),
        "linked": Words("joint records so far", "已有合作"),
        "size": Words("size of both regions", "两地规模"),
    }
)
"""Names of the predictors of fill."""

TIER_SHARES: Mapping[str, ColumnWords] = MappingProxyType(
    {
        "tier": ColumnWords(Words("Tier", "产业层级"), Words("By the mapping of industries", "按行业对照表"), "text"),
        "value": ColumnWords(Words("Value", "数值"), Words("At the middle of the bounds", "取上下限中点")),
        "share": ColumnWords(Words("Share", "份额"), Words("At the middle of the bounds", "取上下限中点"), "share"),
        "low": ColumnWords(
            Words("Share, lower end", "份额下限"),
            Words("Only what surely belongs to the tier", "仅计确定归入的部分"),
            "share",
        ),
        "high": ColumnWords(
            Words("Share, upper end", "份额上限"),
            Words("All that may belong to the tier", "计入全部可能归入的部分"),
            "share",
        ),
        "evenness": ColumnWords(
            Words("Evenness of the tiers", "层级均衡度"),
            Words("1: balanced; 0: all in one", "1 为均衡，0 为集中于一层"),
            "share",
        ),
    }
)
"""Columns of tiers.csv."""

PREDICTOR_NAMES: Mapping[str, Words] = MappingProxyType(
    {
        "density": Words("relatedness density", "关联密度"),
        "region_size": Words("size of the region", "地区规模"),
        "field_size": Words("size of the field", "领域规模"),
        "expected": Words("region size x field size", "地区规模 × 领域规模"),
        "average": Words("share of regions specialised in it", "有此专长的地区比例"),
    }
)
"""Names of the predictors of entries."""

ENTRY_NAMES: Mapping[str, Words] = MappingProxyType(
    {"speciality": Words("new speciality", "新形成专长"), "presence": Words("from nothing", "从无到有")}
)
"""Names of the kinds of entry."""
