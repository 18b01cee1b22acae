"""Write docs/measures.md from the list of measures, so that the page cannot say anything else.

Run: python docs/build_measures.py
"""

from pathlib import Path

from analysis import list_measures
from analysis.scores.registry import UNITS, Column

PAGE = Path(__file__).with_name("measures.md")

HEAD = """# Measures · 测度

Every measure that gives regions a number, as registered in the code (`analysis.list_measures()`); written by
`python docs/build_measures.py`. "Interval": `regionet score --intervals` draws it anew from the records.
本页由程序中的测度登记表生成；“区间”指 `regionet score --intervals` 可给出抽样区间。
"""

_BETTER = {"more": "more · 大", "less": "less · 小", None: ""}


def build_page() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for measure in list_measures():
        parts.append(f"\n## {measure.name}\n\n")
        if measure.formula:
            parts.append(f"`{measure.formula}`  \n{measure.source}\n\n")
        parts.append(
            "| column | label | 名称 | meaning | 含义 | unit · 单位 | signed | better · 优 | interval · 区间 |\n"
        )
        parts.append("|---|---|---|---|---|---|---|---|---|\n")
        parts += [_build_row(column) for column in measure.columns]
    return "".join(parts)


def _build_row(column: Column) -> str:
    unit = UNITS[column.unit]
    cells = (
        f"`{column.name}`",
        *column.label,
        *column.meaning,
        f"{unit.en} · {unit.zh}",
        "yes · 有正负" if column.signed else "",
        _BETTER[column.better],
        "yes · 有" if column.drawn else "",
    )
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    PAGE.write_text(build_page(), encoding="utf-8")
