"""Years as tables write them: 2023, 2023年, ２０２３年度, 2005.0, 20220105, 2023/12, 二〇二三年."""

import re
from datetime import date
from functools import lru_cache
from typing import Any

from regions.layouts.cell_words import normalise_cell

_FIRST, _LAST = 1900, 2099
_WHOLE = re.compile(
    r"(?:FY\s*|公元)?((?:19|20)\d\d)(?:\.0+)?\s*(?:年度?|年末|年底|年鉴|[AE])?"
    r"|((?:19|20)\d\d)[-/.年](?:0?[1-9]|1[0-2])(?:[-/.月](?:[0-2]?\d|3[01])日?)?月?(?:\s+[\d:]+)?"
    r"|((?:19|20)\d\d)(?:0[1-9]|1[0-2])\d\d"
)
_WITHIN = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?!\d|\.\d)")
_RANGE = re.compile(r"(?:19|20)\d\d\s*年?\s*(?:-|—|–|~|～|至|到)+\s*(?:(?:19|20)\d\d|[0-2]\d)(?!\d)")
_PERIOD = re.compile(
    r"第?[一二三四1-4]季度?|(?<![a-z])q[1-4]|(?<!\d)[1-4]q(?![a-z\d])|[上下]半年|(?<!\d)(?:0?[1-9]|1[0-2])月|前[一二三1-3]季度?|(?<![a-z])h[12]",
    re.IGNORECASE,
)
_LAST_YEAR = r"上年度?|上一年度?|去年|上期|基期|(?:last|previous|prior) (?:year|period)"
_THIS_YEAR = r"本年度?|当年|今年|本期|报告期|(?:this|current) (?:year|period)"
_SO_FAR = "(?:同期|同比口径|累计|实际|完成|末|底){0,2}(?:值|数|额|量|数值|数据|数量|金额)?"
_RELATIVE = re.compile(
    rf"(?P<before>.*?)[\s_\-:：(（]*(?:(?P<last>{_LAST_YEAR})|{_THIS_YEAR}){_SO_FAR}[\s_\-:：)）]*(?P<after>.*)",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"[比较以为占对按与相]$|^[比较=＝为占增减的同环±%]|[%‰]")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_SPELLED = re.compile("[一二][〇零○九][〇零○一二三四五六七八九]{2}(?=年)")


def find_year(cell: Any) -> int | None:  # noqa: ANN401 - whatever stands in a cell
    """Return the year that a cell is, None when it is anything else.

    Examples
    --------
    >>> [find_year(cell) for cell in (2005.0, "２０２３ 年", "20220105", "2023/12", "二〇二三年", 310100, "GDP2020")]
    [2005, 2023, 2022, 2023, 2023, None, None]
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, float | int):
        if not float(cell).is_integer():
            return None
        return int(cell) if _FIRST <= cell <= _LAST else _year_of_text(str(int(cell)))
    if isinstance(cell, date):
        return cell.year if _FIRST <= cell.year <= _LAST else None
    return _year_of_text(cell) if isinstance(cell, str) and cell else None


@lru_cache(maxsize=20_000)
def _year_of_text(text: str) -> int | None:
    short = unspell_years(normalise_cell(text))
    match = _WHOLE.fullmatch(short.strip("()（） "))
    return int(next(filter(None, match.groups()))) if match else None


def unspell_years(text: str) -> str:
    """Return a text with years in figures: 二〇二三年 -> 2023年."""
    return _SPELLED.sub(lambda found: found.group().translate(_DIGITS), text)


def find_period(text: str) -> str:
    """Return the part of a year that a header names (第一季度, Q1, 3月), "" for none."""
    match = _PERIOD.search(text)
    return match.group() if match else ""


def years_within(text: str) -> list[int]:
    """Return the years in a text; of a span (2009-2011年) its ends."""
    spelled = unspell_years(text)
    found = [int(year) for year in _WITHIN.findall(spelled)]
    return (
        sorted(set(found)) if not _RANGE.search(spelled) else sorted({*found, *((0,) if len(set(found)) == 1 else ())})
    )


def split_relative_year(text: str) -> tuple[str, int] | None:
    """Return a header without 本年 or 上年 and its distance from the year of the table; None where it says neither.

    Comparisons (比上年增长, 上年=100, 本年比上年) are of no year of their own.

    Examples
    --------
    >>> split_relative_year("成交额（上年同期）"), split_relative_year("本年"), split_relative_year("上年末人口")
    (('成交额', -1), ('', 0), ('人口', -1))
    >>> split_relative_year("比上年增长"), split_relative_year("价格指数(上年=100)"), split_relative_year("GDP")
    (None, None, None)
    """
    match = _RELATIVE.fullmatch(text)
    if match is None or (match["before"] and match["after"]):
        return None
    rest = match["before"] or match["after"]
    return None if _COMPARED.search(rest) else (rest.strip(), -1 if match["last"] else 0)


def split_year(text: str) -> tuple[str, int | None]:
    """Return a header without its year, and the year: ``R&D/GDP（2021）``, ``2020年GDP``, ``GDP_2020``.

    Examples
    --------
    >>> split_year("2020年末常住人口"), split_year("GDP_2020"), split_year("2018-2022年均增速")
    (('常住人口', 2020), ('GDP', 2020), ('2018-2022年均增速', None))
    """
    years = years_within(text)
    if len(years) != 1:
        return text, None
    year = years[0]
    bare = re.sub(rf"[(（\[]\s*{year}\s*(?:年度?|年末|年底)?\s*[)）\]]", "", unspell_years(text), count=1)
    bare = re.sub(rf"[_\s-]*{year}\s*(?:年度|年末|年底|年)?[_\s-]*", "", bare, count=1)
    return bare.strip(" _-·,，:：") or "", year
