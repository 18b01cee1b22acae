"""What the columns of sectors and of imports in a chain of sectors mean, in English and in Chinese."""

from collections.abc import Mapping
from types import MappingProxyType

from maps.words.column_words import ColumnWords
from regions.words import Words

SECTORS: Mapping[str, ColumnWords] = MappingProxyType(
    {
        "code": ColumnWords(
            Words("Sector code", "部门代码"), Words("Of the table of the year", "该年表中的代码"), "text"
        ),
        "name": ColumnWords(Words("Sector", "部门"), Words("English name", "英文名称"), "text"),
        "name_zh": ColumnWords(Words("Sector (zh)", "部门"), Words("Chinese name", "中文名称"), "text"),
        "output": ColumnWords(Words("Output", "总产出"), Words("10,000 CNY", "万元")),
        "backward": ColumnWords(
            Words("Backward linkage", "影响力系数"),
            Words("1: pulls as the average sector does", "1 为平均"),
        ),
        "forward": ColumnWords(
            Words("Forward linkage", "感应度系数（Ghosh）"),
            Words("1: is used by others as the average sector is", "1 为平均"),
        ),
        "upstreamness": ColumnWords(
            Words("Upstreamness", "上游度"),
            Words("Steps to final use, 1 at least", "距最终使用的步数，最少为 1"),
        ),
        "downstreamness": ColumnWords(
            Words("Downstreamness", "下游度"), Words("Steps from labour and capital", "距初始投入的步数")
        ),
        "key": ColumnWords(Words("Key sector", "关键部门"), Words("Both linkages above 1", "两个系数均大于 1"), "text"),
        "loss": ColumnWords(
            Words("Loss of the others without it", "抽去后其他部门的损失"),
            Words("Hypothetical extraction, nothing takes its place: an upper bound", "假设抽取法，不考虑替代，为上限"),
        ),
        "share": ColumnWords(
            Words("Loss, share", "损失比例"), Words("Of the output of the others", "占其他部门总产出"), "share"
        ),
        "most_hit": ColumnWords(
            Words("Most hit", "受影响最大的部门"), Words("By share of its output", "按占其产出的比例"), "text"
        ),
        "most_hit_share": ColumnWords(
            Words("Its loss, share", "其损失比例"), Words("Of its own output", "占其自身产出"), "share"
        ),
        "direct": ColumnWords(
            Words("Imports among inputs", "中间投入进口率"),
            Words("Share of the inputs that it buys", "占其全部中间投入"),
            "share",
        ),
        "own": ColumnWords(
            Words("Imported inputs of its own", "自身进口投入"), Words("Per unit of output", "单位产出所用"), "share"
        ),
        "content": ColumnWords(
            Words("Import content", "完全进口含量"),
            Words("Imports in one unit of final use, suppliers included", "单位最终使用所含进口，含各级供应商"),
            "share",
        ),
        "largest": ColumnWords(
            Words("Largest imported product", "最大进口产品"), Words("Sector that it belongs to", "所属部门"), "text"
        ),
        "largest_content": ColumnWords(
            Words("Content of it", "其进口含量"), Words("In one unit of final use", "单位最终使用所含"), "share"
        ),
        "largest_dependence": ColumnWords(
            Words("Dependence on imports of it", "对该产品的进口依存度"),
            Words("Share of imports in what the sector itself uses of it", "占该部门自身所用该产品"),
            "share",
        ),
    }
)
"""Columns of sectors.csv."""

CHAIN_IMPORTS: Mapping[str, ColumnWords] = MappingProxyType(
    {
        "stage": ColumnWords(Words("Stage", "环节"), Words("One sector or several", "一个或多个部门"), "text"),
        "direct": SECTORS["direct"],
        "content": SECTORS["content"],
        "rank": ColumnWords(Words("Rank", "序"), Words("1: largest imported product", "1 为进口含量最大"), "count"),
        "product": ColumnWords(Words("Imported product", "进口产品"), Words("Code of its sector", "部门代码"), "text"),
        "name": ColumnWords(Words("Product", "产品"), Words("English name", "英文名称"), "text"),
        "name_zh": ColumnWords(Words("Product (zh)", "产品"), Words("Chinese name", "中文名称"), "text"),
        "product_content": SECTORS["largest_content"],
        "dependence": SECTORS["largest_dependence"],
    }
)
"""Columns of chain_imports.csv."""
