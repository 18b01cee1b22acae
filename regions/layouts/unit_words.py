"""Units as tables write them: （亿元）, GDP_亿元, 单位：件, a row of units, 百万吨."""

import re
from functools import lru_cache

from regions.layouts.cell_words import has_chinese, normalise_cell
from regions.layouts.word_lists import any_of

_SIZE = "(?:[十百千]?万|[十百千]?亿|[十百千])?"
_ATOM = f"{_SIZE}{any_of('sized_units')}|{any_of('plain_units')}"
_UNIT = re.compile(f"(?:{_ATOM})(?:\\s*[/·*每]\\s*(?:{_ATOM}))*", re.IGNORECASE)
_LABEL = re.compile("^(?:计量|数据)?单位\\s*[:：为]?\\s*|^(?:unit|units)\\s*[:：]\\s*", re.IGNORECASE)
_BRACKET = re.compile(r"\s*[(\[【<]([^()\[\]【】<>]*)[)\]】>]$")
_BEHIND = re.compile(r"^(.+?)\s*[/_,，:：]\s*([^/_,，:：]+(?:/[^/_,，:：]+)?)$")
_ROW = re.compile("(?:计量)?单位\\s*[:：]\\s*(.+)", re.IGNORECASE)
_TEN, _POWERS = (
    10.0,
    {"十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11},
)


@lru_cache(maxsize=20_000)
def is_unit(text: str) -> bool:
    """Tell whether a text is a unit: 亿元, 人/平方公里, %, km2."""
    return bool(_UNIT.fullmatch(strip_unit_label(normalise_cell(text)).strip("()[] ")))


def strip_unit_label(text: str) -> str:
    """Return a text without the word 单位 before it."""
    return _LABEL.sub("", text).strip()


@lru_cache(maxsize=20_000)
def split_unit(header: str) -> tuple[str, str]:
    """Return a header without its unit, and the unit, "" where none is written.

    Examples
    --------
    >>> split_unit("行政区域土地面积(平方公里)"), split_unit("GDP_亿元")
    (('行政区域土地面积', '平方公里'), ('GDP', '亿元'))
    >>> split_unit("R&D/GDP"), split_unit("固定资产投资(不含农户)")
    (('R&D/GDP', ''), ('固定资产投资(不含农户)', ''))
    """
    text = normalise_cell(header)
    bracket = _BRACKET.search(text)
    if bracket:
        inside = strip_unit_label(bracket.group(1))
        if inside != bracket.group(1) or is_unit(inside):
            return text[: bracket.start()].strip(), inside
        return text, ""
    behind = _BEHIND.match(text)
    if behind and is_unit(behind.group(2)) and not _is_ratio(behind.group(2)):
        return behind.group(1).strip(), strip_unit_label(behind.group(2))
    return text, ""


def _is_ratio(text: str) -> bool:
    """Latin words behind a slash (R&D/GDP) are parts of a name, as are single letters."""
    return not has_chinese(text) and text not in {"%", "‰"}


def find_unit_line(text: str) -> str:
    """Return the unit that a line above a table names (单位：件, （人年）), "" when it is no such line.

    Examples
    --------
    >>> find_unit_line("填报单位：市科学技术局"), find_unit_line("单位：亿元、%"), find_unit_line("计量单位: 万人")
    ('', '亿元、%', '万人')
    """
    line = normalise_cell(text).strip("()[] ")
    match = _ROW.fullmatch(line)
    if match:
        inside = match.group(1).strip(" ()")
        parts = re.split("[、,，;；\\s]+", inside)
        return inside if any(map(is_unit, (inside, *parts))) or len(inside) <= 6 else ""  # noqa: PLR2004 - 单位：万标台
    return ""


def conversion(unit: str, wanted: str) -> float | None:
    """Return the factor from one unit to another of the same kind (亿元 -> 万元: 10000), None when they differ in kind.

    Examples
    --------
    >>> conversion("亿元", "万元"), conversion("元", "人")
    (10000.0, None)
    """
    mine, other = (re.fullmatch("((?:[十百千]?[万亿]|[十百千])?)(.+)", text) for text in (unit, wanted))
    if not mine or not other or mine.group(2) != other.group(2):
        return None
    return float(_TEN ** (_POWERS.get(mine.group(1), 0) - _POWERS.get(other.group(1), 0)))


def find_size(unit: str) -> float:
    """Return the size of a unit: 10000 for 万元, 1 for 元 and for none.

    Examples
    --------
    >>> find_size("万元"), find_size("件")
    (10000.0, 1.0)
    """
    match = re.match("[十百千]?[万亿]|[十百千](?=[元万亿])", normalise_cell(unit).strip("()[] "))
    return float(_TEN ** _POWERS.get(match.group(), 0)) if match else 1.0
