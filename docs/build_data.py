"""Write docs/data.md from the tables that the reader itself uses, so that the page cannot say anything else.

Run: python docs/build_data.py
"""

from pathlib import Path

from regions.schema.tables import SETTINGS, SHEETS, TABLE_NAMES, TABLES
from regions.table_file import ANY_TABLE, NETWORKS

PAGE = Path(__file__).with_name("data.md")

HEAD = """# The data of a study · 研究数据的格式

A study is a folder with a file per table, or one Excel workbook with a sheet per table. Two tables are enough: `links`,
or `records` with `actors`; `regions` too, unless the study extends an embedded one. Further columns are kept. This page
is written from the code by `python docs/build_data.py`.

一个研究是一个文件夹（每张表一个文件），或一个 Excel 工作簿（每张表一页）。最少需要 `links`（联系），
或 `records`（记录）与 `actors`（主体）；不借用内置数据集时还需要 `regions`（地区）。可以自行增加列。

* Formats · 格式: {formats}; links also · 联系还可以是 {networks};
  boundaries · 边界 `.geojson`, `.gpkg`, `.shp`.
* Text encoding · 编码: UTF-8 (with or without BOM), GB18030 or Big5, found from the whole file and said.
* Network files · 网络文件: nodes are named by the attribute that fits the regions table (code, name, label, id), an
  error when two fit differently; a link without direction counts both ways in a directed study; relations are `kind`;
  of Pajek and UCINET, links without a value among valued ones weigh 1 (`W-WEIGHT`).
  节点按与地区表相符的属性（代码、名称、标签、id）识别，两个属性结果不同时报错；有向研究中，无方向的联系按双向各计一次；
  多种关系成为 `kind`；Pajek 与 UCINET 文件中未写数值的联系按 1 计并提示。
* Boundaries · 边界: `boundaries.geojson` (`.gpkg`, `.shp`) in the folder wins over inherited ones; features that match
  no region are drawn as lines or named. Without lon and lat a point inside the polygon stands in.
  文件夹中的边界文件优先于内置数据集的边界；不对应任何地区的要素绘成线或列出；没有经纬度的地区以其边界内的一点代替。
* Numbers · 数字: `1234`, `1,234`, `１２３４`, `5万`, `3.2亿`, `45%`. An empty cell is "not available", never 0.
  Where the header or the dictionary says a unit (万元, %), `1.2亿` is 12000 and `45%` is 45, and it is said how many.
  空格表示没有数据，不等于 0。表头或指标说明写明单位（万元、%）时，`1.2亿` 读作 12000、`45%` 读作 45，并说明个数。
* This year and the one before · 本年与上年: in tables as you keep them, 本年 and 上年 (本期, 上年同期, this year, last
  year) are the year of the title or file name and the one before; where nothing says it, you are asked.
  自有表格中的“本年”“上年”（本期、上年同期等）按标题或文件名中的年份及其上一年读取；未写明年份时提问，只计本年。
* Regions · 地区: by code or by name with or without suffix (`320100`, `南京`, `南京市`, `Nanjing`); a name of several
  regions is an error that lists them. 可写代码或名称；同名地区会报错并列出。
* A table without rows · 没有数据行的表: `links` with a header alone: no region has a link (`W-EMPTY`); any other
  table, `links` beside `records`, and a network file without links is refused (`E-EMPTY`); in a workbook such a sheet
  counts as not filled in.
  `links` 只有表头时视为各地区之间没有联系并提示；其他表以及没有联系的网络文件报错；工作簿中视为未填写。
* Weights · 权重: 1e-15 to 1e15; 0 is left out and counted. 权重应在 1e-15 与 1e15 之间，为 0 的行略去并计数。
* Headers · 表头: the name of the column, or any of the other headers, in either language; a unit in brackets and a star
  are overlooked (`权重（件）`, `年份*`). 用列名或下列任一写法，括号中的单位与星号会被忽略。
"""

CARD = """
## study.yaml, or the sheet `settings` · 设置

| key | 设置 | meaning | 含义 |
|---|---|---|---|
"""


def build_page() -> str:
    """Return the whole page."""
    formats = ", ".join(f"`{suffix}`" for suffix in ANY_TABLE)
    parts = [HEAD.format(formats=formats, networks=", ".join(f"`{suffix}`" for suffix in NETWORKS))]
    parts += [_build_table(name) for name in TABLES]
    parts.append(CARD)
    for key, setting in SETTINGS.items():
        parts.append(f"| `{key}` | {setting.label.zh} | {setting.meaning.en} | {setting.meaning.zh} |\n")
    tables = ", ".join(f"`{name}`" for name in TABLES)
    parts.append(f"| {tables} | | File of the table, if it has another name. | 表的文件名。 |\n")
    return "".join(parts)


def _build_table(name: str) -> str:
    names = ", ".join(TABLE_NAMES.get(name, ()))
    lines = [f"\n## {name} · {SHEETS[name].zh}\n", f"\nOther names · 其他写法: {names}\n"]
    lines.append("\n| column | 列 | needed | meaning | 含义 | other headers · 其他写法 |\n|---|---|---|---|---|---|\n")
    for name_of, column in TABLES[name].items():
        needed, others = "yes · 是" if column.required else "", ", ".join(column.synonyms)
        cells = (f"`{name_of}`", column.label.zh, needed, *column.meaning, others)
        lines.append(f"| {' | '.join(cells)} |\n")
    return "".join(lines)


if __name__ == "__main__":
    PAGE.write_text(build_page(), encoding="utf-8")
