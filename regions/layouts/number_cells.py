"""Numbers as tables write them: text, thousands signs, percent, bounds, words for a missing value."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from regions.layouts.cell_words import drop_marks, normalise_cell
from regions.layouts.unit_words import conversion, find_size, is_unit
from regions.layouts.word_lists import list_words
from regions.messages import Message, say
from regions.schema.cell_values import clean_number

State = Literal["number", "missing", "small", "bound", "text"]

_MISSING = list_words("missing")
_SMALL = frozenset({"…", "……", "...", "......", "…0", "0…"})
_BOUND = re.compile(
    r"(?P<above>超过|超|大于|不低于|至少|高于|逾|>=?|≥|以上)|(?P<below>低于|小于|不足|不超过|至多|<=?|≤)|(?P<about>约|近|大约|≈|~)"
)
_SIZED = re.compile(r"\d\s*[十百千]?[万亿]")
_AROUND = re.compile("[*＊]|(?:以上|以下|多|余|左右|以内)(?=[^\\d]*$)")


@dataclass(frozen=True, slots=True)
class Number:
    """What a cell is where a number is expected.

    Attributes
    ----------
    value
        The number, NaN where there is none.
    state
        ``number``; ``missing``: a blank or a word for it; ``small``: … (below the unit); ``bound``: 超20000, taken as
        the number it names; ``text``: something else.
    unit
        What stands behind the number: %, 件.
    """

    value: float
    state: State
    unit: str = ""


_NAN = float("nan")
BLANK, _TEXT = Number(_NAN, "missing"), Number(_NAN, "text")


def read_number(cell: Any) -> Number:  # noqa: ANN401 - whatever stands in a cell
    """Return what a cell is where a number is expected.

    Examples
    --------
    >>> read_number("1,314,575    ").value, read_number(".0106").value, read_number("3.71%")
    (1314575.0, 0.0106, Number(value=3.71, state='number', unit='%'))
    >>> read_number("超20000*").state, read_number("12件").unit, read_number("—").state, read_number("…").state
    ('bound', '件', 'missing', 'small')
    """
    if isinstance(cell, str):
        return _read_text(cell) if cell else BLANK
    if isinstance(cell, (bool, date)):
        return _TEXT
    if isinstance(cell, float | int):
        return Number(float(cell), "number") if abs(cell) != float("inf") and cell == cell else BLANK  # noqa: PLR0124
    return BLANK if cell is None else _TEXT


def read_number_in(unit: str, cell: Any) -> Number:  # noqa: ANN401 - whatever stands in a cell
    """Return what a cell is in a column of a unit, which a word of size or a unit in the cell itself does not change.

    Examples
    --------
    >>> [read_number_in("万元", cell).value for cell in ("1.2亿", "3500元", "35")]
    [12000.0, 0.35, 35.0]
    """
    number = read_number(cell)
    if not unit or not isinstance(cell, str) or number.value != number.value:
        return number
    return replace(number, value=number.value / _find_divisor(cell, number.unit, unit))


def _find_divisor(cell: str, own: str, unit: str) -> float:
    if own:
        return conversion(unit, own) or 1.0
    return find_size(unit) if has_size(cell) else 1.0


def tell_own_units(cells: Iterable[Any], unit: str) -> Message | None:
    """Say how many cells have words of their own and are read in the unit of their column; None where none has."""
    read = {cell: read_number_in(unit, cell).value for cell in set(cells) if isinstance(cell, str) and unit}
    moved = {cell for cell, value in read.items() if value == value != read_number(cell).value}  # noqa: PLR0124 - NaN
    told = [cell for cell in cells if isinstance(cell, str) and cell in moved] if moved else []
    return say("W-UNIT/in-unit", count=len(told), cell=told[0], number=read[told[0]], unit=unit) if told else None


def has_size(cell: str) -> bool:
    """Tell whether a word of size follows a number: 1.2亿, 3500万元."""
    return bool(_SIZED.search(cell))


@lru_cache(maxsize=100_000)
def _read_text(cell: str) -> Number:
    value = clean_number(cell) if not cell.rstrip().endswith(("%", "％")) else _NAN
    if value == value:  # noqa: PLR0124 - not NaN
        return Number(value, "number")
    text = normalise_cell(cell).lower()
    if not text or text in _MISSING:
        return BLANK
    if text in _SMALL or normalise_cell(cell) in _SMALL:
        return Number(_NAN, "small")
    return _read_worded(text)


def _read_worded(text: str) -> Number:
    bare = drop_marks(text)
    bound = _BOUND.search(bare) or (bare != text and _AROUND.search(bare)) or _AROUND.search(bare)
    if bound:
        bare = _AROUND.sub("", _BOUND.sub("", bare)).strip()
    match = re.fullmatch(r"([+-]?[\d.,]+(?:e[+-]?\d+)?(?:[十百千]?[万亿])?)\s*(\D{0,12})", bare)
    if not match:
        return _TEXT
    value, unit = clean_number(match.group(1)), match.group(2).strip()
    if value != value or (unit and not is_unit(unit)):  # noqa: PLR0124 - NaN
        return _TEXT
    return Number(value, "bound" if bound else "number", unit)
