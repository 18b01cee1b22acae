"""What a cell of a statistical table says beside numbers: blanks, notes, totals, marks of footnotes."""

import re
import unicodedata
from functools import lru_cache
from typing import Any, Literal

from regions.layouts.word_lists import any_of, whole
from regions.workbooks.worksheet import cell_text

TotalKind = Literal["", "total", "subtotal", "rank"]
_CJK = "\u3007\u3400-\u9fff"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u180e]")
_BETWEEN = re.compile(f"(?<=[{_CJK}])\\s+(?=[{_CJK}])")
_PLAIN = re.compile("[\u4e00-\u9fffA-Za-z0-9.,:;()/%-]*")
_CHINESE = re.compile(f"[{_CJK}]")
_CODE_ROW = re.compile(r"[A-Za-z_]\w*\.?")
_TRAILING_ENGLISH = re.compile(f"(?<=[{_CJK})%\\]])\\s*[A-Z&][A-Za-z&,.'’/()-]*(?:\\s+[A-Za-z0-9&,.'’/()-]+)*$")
_ENGLISH_WORD = re.compile("[a-z]{3}")
_NOTE = re.compile(
    rf"(?:[*＊※#①-⑳]|{any_of('notes')}\s*[:：1-9一二(（]|(?:注|说明|备注|资料来源|数据来源)$|https?://|www\.|网址http"
    r"|(?:notes?|sources?|data)\s*:|(?:a|b|[1-9])[)）])",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(
    r"^(?:(?:[#＃]\s*|其中\s*[:：]?\s*|of which:?\s*|[一二三四五六七八九十]+\s*[、.]\s*|\d+\s*、\s*"
    r"|[(（][一二三四五六七八九十\d]+[)）]\s*)){1,4}",
    re.IGNORECASE,
)
_MARKS = re.compile("(?:[*＊†‡§]{1,5}|[①-⑳⑴-⒇]{1,5}|[¹²³]{1,3}|\\[\\d{1,2}\\]|(?<=[)）])i)$")


def is_blank(cell: Any) -> bool:  # noqa: ANN401 - whatever stands in a cell
    """Tell whether nothing stands in a cell."""
    return cell == "" or cell is None or (isinstance(cell, str) and not cell.strip())


def normalise_cell(cell: Any) -> str:  # noqa: ANN401 - whatever stands in a cell
    """Return a cell as one line of text: plain width, no invisible characters, no blanks between Chinese characters.

    Examples
    --------
    >>> normalise_cell(" 内 蒙　古 "), normalise_cell("ＧＤＰ  (亿元)")
    ('内蒙古', 'GDP (亿元)')
    """
    return _normalise_text(cell if isinstance(cell, str) else cell_text(cell))


@lru_cache(maxsize=50_000)
def _normalise_text(text: str) -> str:
    if _PLAIN.fullmatch(text):  # nearly all
        return text
    bare = _INVISIBLE.sub("", text.replace("_x000D_", ""))
    circled = re.findall("[①-⑳]", bare)  # NFKC would make a digit of the mark of a footnote
    if circled:
        return _BETWEEN.sub("", " ".join("".join(map(_fold_letter, bare)).split()))
    return _BETWEEN.sub("", " ".join(unicodedata.normalize("NFKC", bare).split()))


def _fold_letter(letter: str) -> str:
    return letter if unicodedata.category(letter) == "No" else unicodedata.normalize("NFKC", letter)


def has_chinese(cell: Any) -> bool:  # noqa: ANN401 - whatever stands in a cell
    """Tell whether a cell is a text that holds a Chinese character."""
    return isinstance(cell, str) and _CHINESE.search(cell) is not None


def looks_like_code(text: str) -> bool:
    """Tell whether a header is the name of a variable (``x1``, ``gdp_pc``)."""
    return bool(_CODE_ROW.fullmatch(text))


def drop_english(text: str) -> str:
    """Return a Chinese name without the English one that follows it: 企业数 Number of Enterprises -> 企业数."""
    match = _TRAILING_ENGLISH.search(text)
    return text[: match.start()].strip() if match and _ENGLISH_WORD.search(match.group()) else text


def drop_marks(text: str) -> str:
    """Return a text without the marks of footnotes at its end: 北京①, 支出（亿元）i."""
    return _MARKS.sub("", text.rstrip()).strip()


def drop_of_which(text: str) -> str:
    """Return a name without what says that it is a part or numbers it: #研究人员, 其中：研究人员, 一、研究人员."""
    return _OF_WHICH.sub("", text)


def is_note(cell: Any) -> bool:  # noqa: ANN401 - whatever stands in a cell
    """Tell whether a text is a note, a source or an address."""
    return isinstance(cell, str) and bool(_NOTE.match(normalise_cell(cell)))


def find_total(cell: Any) -> TotalKind:  # noqa: ANN401 - whatever stands in a cell
    """Return ``total`` for 全国, 合计, ``subtotal`` for 小计, 东部地区, ``rank`` for 位次, else ""."""
    if not isinstance(cell, str):
        return ""
    text = drop_marks(normalise_cell(cell)).strip(" :：()（）*")
    if whole("totals").fullmatch(text):
        return "total"
    return "subtotal" if whole("subtotals").fullmatch(text) else "rank" if whole("ranks").fullmatch(text) else ""
