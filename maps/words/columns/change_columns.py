"""What the columns of changes from year to year mean, in English and in Chinese."""

from collections.abc import Mapping
from types import MappingProxyType

from maps.words.column_words import ColumnWords
from regions.words import Words

CHANGES: Mapping[str, ColumnWords] = MappingProxyType(
    {
        "year": ColumnWords(
            Words("Year", "年份"), Words("The year, or the last of its window", "年份，或窗口的末年"), "text"
        ),
        "regions": ColumnWords(
            Words("Regions", "地区数"),
            Words("Regions with a link, or that go together", "有联系的地区数，或一同变动的地区数"),
            "count",
        ),
        "links": ColumnWords(
            Words("Links", "联系数"), Words("Pairs of regions that collaborate", "有合作的地区对数"), "count"
        ),
        "weight": ColumnWords(Words("Weight", "合作量"), Words("By the chosen counting", "按所选计数方法"), "number"),
        "density": ColumnWords(
            Words("Density", "密度"), Words("Links of all pairs of the study", "联系占全部地区对的比例"), "share"
        ),
        "communities": ColumnWords(
            Words("Communities", "社群数"),
            Words("Leiden, of regions with links", "Leiden 算法，仅含有联系的地区"),
            "count",
        ),
        "modularity": ColumnWords(Words("Modularity", "模块度"), Words("Of these communities", "上述社群划分的模块度")),
        "previous": ColumnWords(
            Words("Year before", "前一年份"), Words("The year it is compared with", "比较的年份"), "text"
        ),
        "stayed": ColumnWords(Words("Stayed", "保留"), Words("Links of both years", "两年均有的联系"), "count"),
        "entered": ColumnWords(
            Words("Entered", "新增"), Words("Links that the year before had not", "前一年没有的联系"), "count"
        ),
        "left": ColumnWords(
            Words("Left", "消失"), Words("Links of the year before that are gone", "前一年有而本年没有的联系"), "count"
        ),
        "persistence": ColumnWords(
            Words("Persistence", "持续度"),
            Words("Stayed of the links in either year (Jaccard)", "保留联系占两年联系并集的比例（Jaccard）"),
            "share",
        ),
        "survival": ColumnWords(
            Words("Survival", "存续率"),
            Words("Stayed of the links of the year before", "保留联系占前一年联系的比例"),
            "share",
        ),
        "weight_entered": ColumnWords(
            Words("Weight entered", "新增合作量"), Words("Of links that entered", "新增联系的合作量")
        ),
        "weight_left": ColumnWords(Words("Weight left", "消失合作量"), Words("Of links that left", "消失联系的合作量")),
        "regions_entered": ColumnWords(
            Words("Regions entered", "新进地区"),
            Words("Regions without a link the year before", "前一年无联系的地区"),
            "count",
        ),
        "regions_left": ColumnWords(
            Words("Regions left", "退出地区"), Words("Regions whose last link went", "失去全部联系的地区"), "count"
        ),
        "kind": ColumnWords(Words("What", "对象"), Words("link or region", "联系（link）或地区（region）"), "text"),
        "event": ColumnWords(Words("Event", "变动"), Words("entry or exit", "新进（entry）或退出（exit）"), "text"),
        "value": ColumnWords(Words("Strength", "合作强度"), Words("Sum of the weights of its links", "联系权重之和")),
        "rank": ColumnWords(
            Words("Rank", "排名"), Words("1 is the highest; ties share the best", "第 1 为最高，并列取最好"), "count"
        ),
        "change": ColumnWords(
            Words("Places climbed", "上升位次"),
            Words("Since the year listed before", "与所列的上一个年份相比"),
            "count",
        ),
        "community": ColumnWords(
            Words("Community", "社群"), Words("Number, kept from year to year", "编号，逐年沿用"), "text"
        ),
        "next_year": ColumnWords(Words("Next year", "后一年份"), Words("The year it flows to", "流向的年份"), "text"),
        "next_community": ColumnWords(
            Words("Next community", "后一年社群"), Words("Number in the next year", "后一年的社群编号"), "text"
        ),
        "share": ColumnWords(
            Words("Share", "占比"), Words("Of the earlier community", "占前一社群地区的比例"), "share"
        ),
        "codes": ColumnWords(Words("Regions (codes)", "地区代码"), Words("That go together", "一同变动的地区"), "text"),
        "other_year": ColumnWords(
            Words("Other year", "另一年份"), Words("The year it is compared with", "比较的年份"), "text"
        ),
        "correlation": ColumnWords(
            Words("Correlation", "相关系数"),
            Words("Of ln(1 + weight) over pairs of regions", "地区对 ln(1+合作量) 的相关"),
        ),
        "p": ColumnWords(
            Words("p", "p 值"), Words("Two-sided, by permutation of the regions (QAP)", "双侧，地区置换（QAP）")
        ),
        "rank_correlation": ColumnWords(
            Words("Rank correlation", "强度秩相关"),
            Words("Spearman, of the strengths of the regions", "地区合作强度的 Spearman 相关"),
        ),
    }
)
"""Columns of the tables of changes."""
