"""Clean the cells that people mean the same by: codes, numbers, years."""

import re
import unicodedata
from collections.abc import Callable

import pandas as pd

_LEAST = 5e-324
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u180e\u00a0\u3000]")
_FLOAT_CODE = re.compile(r"^(\d+)\.0+$")
_SCIENTIFIC = re.compile(r"^\d+(\.\d+)?[eE]\+?\d+$")
_NUMBER = re.compile(r"^[+-]?(?=\.?\d)(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?([eE][+-]?\d+)?$")
_SHORT_NUMBER = re.compile(r"^[0-9]{1,15}(\.[0-9]{1,20})?$")
_WORDED = re.compile(r"^([+-]?[\d.,]+)\s*(%|[十百千万亿]{1,2})$")
YEAR = (
    "^(1[5-9][0-9][0-9]|20[0-9][0-9])(?: *年度?|"
    "(?: *年 *|[-/])(?:0?[1-9]|1[0-2])(?: *月)?|"
    "(?: *年 *|[-/.])(?:0?[1-9]|1[0-2])(?: *月 *|[-/.])(?:0?[1-9]|[12][0-9]|3[01])日?(?:[ T][0-9:.]+)?|"
    "(?:0[1-9]|1[0-2])[0-9][0-9])?$"
)
"""A year alone, with 年 or 年度, or at the beginning of a date (2023/12, 2023-12-31, 20231231, 2023年12月)."""
_YEAR = re.compile(YEAR)
_MISSING = frozenset({"-", "--", "—", "——", "–", "/", "\\", "无", "暂无", "缺", "缺失", "n/a", "na", "n.a.", "..", "*"})
_BELOW_UNIT = frozenset({"...", "......"})
_POWERS = {"%": -2, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8}
_POWERS |= {"十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12}


def list_distinct(values: "pd.Series[str]") -> list[str]:
    """List every distinct cell once; as a list of plain texts, which is read many times faster than the column."""
    found: list[str] = pd.Series(values.unique()).to_numpy(dtype=object).tolist()
    return found


def _map_once(values: "pd.Series[str]", change: Callable[[str], str]) -> "pd.Series[str]":
    """Change every distinct cell once: columns of codes and years repeat themselves."""
    changed = {cell: change(cell) for cell in list_distinct(values)}
    if all(before == after for before, after in changed.items()):
        return values
    return values.map(changed).astype("str")


def clean_text(values: "pd.Series[str]") -> "pd.Series[str]":
    """Strip blanks at the ends and invisible characters; letters stay as they are."""
    return _map_once(values, _clean_cell)


def _clean_cell(cell: str) -> str:
    return _INVISIBLE.sub("", cell).strip()


def fold_header(cell: str) -> str:
    """Return a header without invisible characters, blanks at the ends and within, width and case."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub(" ", cell))
    return " ".join(plain.split()).casefold()


def clean_codes(values: "pd.Series[str]") -> "pd.Series[str]":
    """Return codes as keys: invisible characters out, full-width forms to plain ones, ``310100.0`` to ``310100``.

    A digit of another script stays as it is, so that it fails to match instead of matching by accident, and so does
    a raised or circled one: the mark of a footnote is no digit of the code.
    """
    return _map_once(values, clean_code)


def clean_code(cell: str) -> str:
    """Return one code as a key, see ``clean_codes``."""
    return _clean_code(_clean_cell(cell))


def _fold(cell: str) -> str:
    """Return the compatible form of a cell, unless it would turn ² or ④ into a digit."""
    if cell.isascii() or any(unicodedata.category(character) == "No" for character in cell):
        return cell
    return unicodedata.normalize("NFKC", cell)


def _clean_code(cell: str) -> str:
    plain = cell if cell.isascii() else _fold(cell)
    match = _FLOAT_CODE.match(plain) if plain.isascii() else None
    return match.group(1) if match else plain


def has_lost_digits(cell: str) -> bool:
    """Tell whether a code was turned into scientific notation, whose digits cannot be restored."""
    return bool(_SCIENTIFIC.match(cell))


def parse_numbers(values: "pd.Series[str]") -> "pd.Series[float]":
    """Return floats; an empty cell and a cell that is no finite number are NaN.

    Understands blanks at the ends, full-width digits, ``1,234.5``, and numbers with one Chinese word of size or a
    percent sign: ``5万`` is 50000, ``3.2亿`` is 320000000, ``45%`` is 0.45 (as Excel stores it). ``nan`` and ``inf``
    are not numbers, nor are ``1,23``, ``约5万`` and ``三万``.
    """
    parsed = {cell: clean_number(cell) for cell in list_distinct(values)}
    return values.map(parsed).astype(float)


def parse_plain_numbers(values: "pd.Series[str]") -> "pd.Series[float] | None":
    """Return floats of a column whose every cell is empty or plain digits, None where a cell must be looked at.

    Nearly every column of numbers is such a one, and is read many times faster.
    """
    cells = values.to_numpy(dtype=object).tolist()
    if not all(cell == "" or _SHORT_NUMBER.match(cell) for cell in cells):
        return None
    return pd.Series([float(cell or "nan") for cell in cells], index=values.index, dtype=float, name=values.name)


def clean_number(cell: str) -> float:
    """Return the number that one cell is, NaN for an empty cell and for anything else, see ``parse_numbers``."""
    if _SHORT_NUMBER.match(cell):  # nearly all
        return float(cell)
    plain = _fold(_clean_cell(cell)).replace("\u2212", "-").strip()
    worded = _WORDED.match(plain)
    power = 0
    if worded is not None and worded.group(2) in _POWERS:
        plain, power = worded.group(1), _POWERS[worded.group(2)]
    if not (plain.isascii() and _NUMBER.match(plain)):
        return float("nan")
    digits = plain.replace(",", "")
    number = float(f"{digits}e{power}" if power else digits)  # 7 * 0.01 would have a digit too many
    if number == 0 and digits.lower().partition("e")[0].strip("+-.0"):
        return _LEAST  # 1e-400 is not 0
    return number if abs(number) != float("inf") else float("nan")


def find_word(cell: str) -> str:
    """Return the percent sign or the Chinese word of size that ends a number (``%``, ``万``), "" when there is none."""
    if _SHORT_NUMBER.match(cell):
        return ""
    worded = _WORDED.match(unicodedata.normalize("NFKC", _clean_cell(cell)))
    return worded.group(2) if worded and worded.group(2) in _POWERS else ""


def parse_years(values: "pd.Series[str]") -> "pd.Series[int]":
    """Return the years 1500 to 2099 of cells as Int64: ``2023``, ``2023年``, ``2023/12``, ``20231231``, ``2023-12-31``.

    The day of eight digits is not looked at, as registers write days that no month has. Anything else is missing.
    """
    plain = clean_codes(values)
    matches = {cell: _YEAR.match(cell) for cell in list_distinct(plain)}
    years = {cell: int(match.group(1)) if match else None for cell, match in matches.items()}
    return plain.astype(object).map(years).astype("Int64")


def explain_missing(cell: str) -> str:
    """Tell what a cell says of a number that is not there: ``missing`` (—, -, /, 无, N/A), ``below`` (…), or "".

    In Chinese yearbooks … stands for a number too small for the unit.
    """
    plain = _fold(_clean_cell(cell)).casefold()
    if plain in _MISSING:
        return "missing"
    return "below" if plain in _BELOW_UNIT else ""
