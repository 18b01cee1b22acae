"""Make a sheet speak one language: columns that are there twice stand once, and codes of things become their names."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from maps.words.codebook import build_codebook, build_headers
from maps.words.columns.gap_columns import MOVES
from maps.words.page_text import UI
from regions.schema.kind_words import list_kinds
from regions.words import Words

PATHS: Mapping[str, Words] = MappingProxyType(
    {
        "science": Words("science", "科研"),
        "industry": Words("industry", "产业"),
        "science-industry": Words("science-industry", "产学研"),
        "other": Words("other", "其他"),
    }
)
"""Path of a link -> its name."""

GRADES: Mapping[str, Words] = MappingProxyType(
    {grade: UI[f"grade_{grade}"] for grade in ("strong", "moderate", "weak", "none")}
)
_NAMES: Mapping[str, Mapping[str, Words]] = MappingProxyType(
    {
        "grade": GRADES,
        "moved": MOVES,
        "path": PATHS,
        "source_kind": list_kinds(),
        "target_kind": list_kinds(),
    }
)
"""Column -> name of each of its values."""

_OF_UNITS: Mapping[str, Words] = MappingProxyType(
    {
        "source_name": Words("Actor A", "单位甲"),
        "target_name": Words("Actor B", "单位乙"),
        "reason": Words("Reason", "推荐理由"),
    }
)
"""Headers of a sheet whose pairs are institutions, not regions."""

_CODEBOOK = (Words("Column", "列名（数据文件）"), Words("Label", "名称"), Words("Meaning", "含义"))


def keep_language(table: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return the table without columns that say the same in the other language, values named in ``language``."""
    twins = [column for column in table if f"{column}_zh" in table]
    dropped = twins if language == "zh" else [f"{column}_zh" for column in twins]
    shown = table.drop(columns=dropped)
    named = {column: _name(shown[column], names, language) for column, names in _NAMES.items() if column in shown}
    return shown.assign(**named)


def _name(values: "pd.Series[str]", names: Mapping[str, Words], language: str) -> "pd.Series[str]":
    return values.map(lambda value: names[value].text(language) if value in names else value)


def list_headers(table: pd.DataFrame, language: str, *, of_units: bool = False) -> dict[str, str]:
    """Return column -> header; ``of_units`` where the pairs are institutions."""
    headers = build_headers(table.columns, language)
    if of_units:
        headers |= {
            column: words.text(language)
            for name, words in _OF_UNITS.items()
            for column in (name, f"{name}_zh")
            if column in table
        }
    return headers


def write_codebook(columns: list[str], language: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the codebook in one language, and its headers."""
    book = keep_language(build_codebook(columns), language)
    headers = dict(zip(book.columns, (words.text(language) for words in _CODEBOOK), strict=True))
    return book, headers
