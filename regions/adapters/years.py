"""Years in source tables: a year of its own, or the year of a date."""

import re

from regions.adapters.rows import Source

_YEAR = re.compile(r"^(1[5-9]\d\d|20\d\d)(?:$|[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?:[ T].*)?$|年)", re.ASCII)
_EMPTY_WORDS = frozenset(
    {"0", "9999", "9999-12-31", "na", "n/a", "#n/a", "nan", "nat", "null", "none", "-", "--", "—", "——", "无", "缺失"}
)


def is_empty_word(cell: str) -> bool:
    """Tell whether a cell holds a word that stands for nothing (``NA``, ``null``, ``—``)."""
    return cell.strip().casefold() in _EMPTY_WORDS - {"0"}


def read_year(cell: str, source: Source, line: int | None, column: str) -> int | None:
    """Return the year of ``2021``, ``2021.0``, ``2021-05-01``, ``2021年``; None for an empty cell.

    ``NA``, ``NaN``, ``null``, ``None``, as other programs write an empty cell, and ``0``, ``9999``, ``9999-12-31``, as
    registers write an unknown date, count as empty; how many there were is counted as ``year-word``. Anything else is
    noted as ``E-YEAR``.
    """
    plain = cell.removesuffix(".0").strip()
    if not plain:
        return None
    if plain.casefold() in _EMPTY_WORDS:
        source.count("year-word", line)
        return None
    match = _YEAR.match(plain)
    if match:
        return int(match.group(1))
    texts = (
        f"'{cell[:40]}' is not a year (four digits, 1500 to 2099) or a date that begins with one.",
        f"“{cell[:40]}”不是年份（四位数字，1500 至 2099）或以年份开头的日期。",
    )
    source.add_fault("E-YEAR", line, column, texts)
    return None
