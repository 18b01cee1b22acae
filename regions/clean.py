"""Clean the cells that people mean the same by: codes, numbers, years."""

import re
import unicodedata

import pandas as pd

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u180e\u00a0\u3000]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_FLOAT_CODE = re.compile(r"^(\d+)\.0+$")
_SCIENTIFIC = re.compile(r"^\d+(\.\d+)?[eE]\+?\d+$")
_NUMBER = re.compile(r"^[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?([eE][+-]?\d+)?$")
_YEAR = re.compile(r"^(1[5-9]\d\d|20\d\d)$")


def clean_text(values: "pd.Series[str]") -> "pd.Series[str]":
    """Strip blanks at the ends and invisible characters; letters stay as they are."""
    return values.map(lambda cell: _INVISIBLE.sub("", cell).strip())


def clean_codes(values: "pd.Series[str]") -> "pd.Series[str]":
    """Return codes as keys: invisible characters out, full-width forms to plain ones, ``310100.0`` to ``310100``.

    A digit of another script stays as it is, so that it fails to match instead of matching by accident.
    """
    return clean_text(values).map(_clean_code)


def _clean_code(cell: str) -> str:
    plain = unicodedata.normalize("NFKC", cell)
    match = _FLOAT_CODE.match(plain) if plain.isascii() else None
    return match.group(1) if match else plain


def has_lost_digits(cell: str) -> bool:
    """Tell whether a code was turned into scientific notation, whose digits cannot be restored."""
    return bool(_SCIENTIFIC.match(cell))


def parse_numbers(values: "pd.Series[str]") -> "pd.Series[float]":
    """Return floats; an empty cell and a cell that is no finite number are NaN.

    Understands blanks, full-width digits and ``1,234.5``. ``nan`` and ``inf`` are not numbers.
    """
    plain = values.map(lambda cell: unicodedata.normalize("NFKC", _INVISIBLE.sub("", cell)).strip())
    good = plain.map(lambda cell: cell.isascii() and bool(_NUMBER.match(cell)) and any(map(str.isdigit, cell)))
    numbers = pd.to_numeric(plain.where(good, "").str.replace(",", "", regex=False), errors="coerce")
    return numbers.astype(float).where(numbers.abs() != float("inf"))


def parse_years(values: "pd.Series[str]") -> "pd.Series[int]":
    """Return four-digit years 1500 to 2099 as Int64; anything else is missing."""
    plain = clean_codes(values)
    return pd.to_numeric(plain.where(plain.map(lambda cell: bool(_YEAR.match(cell))), ""), errors="coerce").astype(
        "Int64"
    )


def has_control(cell: str) -> bool:
    """Tell whether a cell holds control characters, such as terminal escapes."""
    return bool(_CONTROL.search(cell))
