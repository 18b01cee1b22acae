"""Write docs/data.md from the tables that the reader itself uses, so that the page cannot say anything else.

Run: python docs/build_data.py
"""

from pathlib import Path

from regionet.columns import COLUMNS, SETTINGS, SHEETS
from regions.config import CARD_KEYS
from regions.formats import NETWORKS, PARQUET, TEXT, WORKBOOKS
from regions.tables import TABLE_NAMES, TABLES

PAGE = Path(__file__).with_name("data.md")

HEAD = """# The data of a study · 研究数据的格式

A study is a folder with a file per table, or one Excel workbook with a sheet per table. Two tables are enough: `links`,
or `records` with `actors`; `regions` too, unless the study extends an embedded one. Further columns are kept. This page
is written from the code by `python docs/build_data.py`.

一个研究是一个文件夹（每张表一个文件），或一个 Excel 工作簿（每张表一页）。最少需要 `links`（联系），
或 `records`（记录）与 `actors`（主体）；不借用内置研究时还需要 `regions`（地区）。可以自行增加列。

* Formats · 格式: {formats}; links also · 联系还可以是 {networks};
  boundaries · 边界 `.geojson`, `.gpkg`, `.shp`.
* Text encoding · 编码: UTF-8 (with or without BOM), GB18030 or Big5, found from the whole file and said.
* Numbers · 数字: `1234`, `1,234`, `１２３４`, `5万`, `3.2亿`, `45%`. An empty cell is "not available", never 0.
  空格表示没有数据，不等于 0。
* Regions · 地区: by code or by name with or without suffix (`320100`, `南京`, `南京市`, `Nanjing`); a name of several
  regions is an error that lists them. 可写代码或名称；同名地区会报错并列出。
* A table without rows · 没有数据行的表: `links` with a header alone: no region has a link (`W-EMPTY`); any other
  table, and `links` beside `records`, is refused (`E-EMPTY`); in a workbook such a sheet counts as not filled in.
  `links` 只有表头时视为各地区之间没有联系并提示；其他表报错；工作簿中视为未填写。
* Weights · 权重: 1e-15 to 1e15; 0 is left out and counted. 权重应在 1e-15 与 1e15 之间，为 0 的行略去并计数。
* Headers · 表头: the name of the column, or any of the other headers, in either language; a unit in brackets and a star
  are overlooked (`权重（件）`, `年份*`). 用列名或下列任一写法，括号中的单位与星号会被忽略。
"""

MORE_COLUMNS = {
    "unit_zh": ("中文单位", "Unit in Chinese; the other if absent.", "中文单位，缺省时用 unit。"),
    "capital_lon": (
        "首府经度",
        "Seat of the region, for distances; its point inside if absent.",
        "驻地经度，用于计算距离；缺省时取内部点。",
    ),
    "capital_lat": ("首府纬度", "As above.", "同上。"),
    "origin": (
        "来历",
        "`observed` or `modelled`; no gap is looked for in modelled links.",
        "observed（实测）或 modelled（模拟）；模拟的联系不用于寻找缺口。",
    ),
}
"""Columns that the workbook to fill in does not offer."""

MORE_KEYS = {
    "name": ("Short name of the study.", "研究的简称。"),
    "without": ("Codes of regions that are drawn but not analysed.", "只画不分析的地区代码。"),
    "borders": (
        "Columns of `regions`; crossing from one value to another may cost collaboration.",
        "`regions` 中的列；跨越不同取值可能降低合作。",
    ),
    "boundaries": (
        "File of the boundaries; `boundaries.geojson` and its kin are found by name, and win over inherited ones.",
        "边界文件；boundaries.geojson 等按文件名识别，并优先于内置研究的边界。",
    ),
    "boundaries_code": (
        "Property of that file that holds the codes; found by what fits the regions if absent.",
        "边界文件中保存地区代码的属性；缺省时按与地区表相符者识别。",
    ),
    "projection": (
        "Projection of the map, such as EPSG:3035; fitted to the regions if absent.",
        "地图投影，如 EPSG:3035；缺省时按地区范围选择。",
    ),
    "insets": (
        "Small windows: `title`, `bounds: [west, south, east, north]`.",
        "小图：title 与 bounds（西、南、东、北）。",
    ),
    "limits": (
        "What the data cannot say; shown on the page and in the workbook.",
        "数据的局限，显示在页面与工作簿中。",
    ),
    "sources": ("Where the data come from.", "数据来源。"),
}
"""Keys of study.yaml that the sheet of settings does not offer."""

CARD = """
## study.yaml, or the sheet `settings` · 设置

| key | 设置 | meaning | 含义 |
|---|---|---|---|
"""


def build_page() -> str:
    """Return the whole page."""
    formats = ", ".join(f"`{suffix}`" for suffix in (*TEXT, *WORKBOOKS, *PARQUET))
    parts = [HEAD.format(formats=formats, networks=", ".join(f"`{suffix}`" for suffix in NETWORKS))]
    parts += [_build_table(name) for name in TABLES]
    parts.append(CARD)
    for key in CARD_KEYS:
        if key in SETTINGS:
            explained = SETTINGS[key]
            row = (explained.zh, explained.text("en"), explained.text("zh"))
        else:
            row = ("", *MORE_KEYS[key])
        parts.append(f"| `{key}` | {' | '.join(row)} |\n")
    tables = ", ".join(f"`{name}`" for name in TABLES)
    parts.append(f"| {tables} | | File of the table, if it has another name. | 表的文件名。 |\n")
    return "".join(parts)


def _build_table(name: str) -> str:
    names = ", ".join(TABLE_NAMES.get(name, ()))
    lines = [f"\n## {name} · {SHEETS[name].zh}\n", f"\nOther names · 其他写法: {names}\n"]
    lines.append("\n| column | 列 | needed | meaning | 含义 | other headers · 其他写法 |\n|---|---|---|---|---|---|\n")
    for column, form in TABLES[name].items():
        explained = COLUMNS[name].get(column)
        if explained is not None:
            zh, meaning, meaning_zh = explained.zh, explained.text("en"), explained.text("zh")
        else:
            zh, meaning, meaning_zh = MORE_COLUMNS[column]
        needed = "yes · 是" if form.required else ""
        synonyms = ", ".join(form.synonyms)
        lines.append(f"| `{column}` | {zh} | {needed} | {meaning} | {meaning_zh} | {synonyms} |\n")
    return "".join(lines)


if __name__ == "__main__":
    PAGE.write_text(build_page(), encoding="utf-8")
