"""Whether a cell names a region."""

from functools import lru_cache
from typing import Any

from regions import frames

_LONGEST = 40
_SIX = 6


@lru_cache(maxsize=100_000)
def is_place(word: str) -> bool:
    """Tell whether a text names a region; of numbers only codes of six digits, as any number of four may be one.

    Examples
    --------
    >>> is_place("内 蒙 古"), is_place("110100"), is_place("1101"), is_place("合计")
    (True, True, False, False)
    """
    text = word.strip()
    code = text.isdecimal() and len(text) == _SIX
    if len(text) > _LONGEST or not (code or any(map(str.isalpha, text))):
        return False
    return frames.is_region_word(text)


def names_place(cell: Any) -> bool:  # noqa: ANN401 - whatever stands in a cell
    """Tell whether a cell names a region; whole numbers may be codes."""
    if isinstance(cell, str):
        return is_place(cell) if cell else False
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return cell == cell // 1 and 100_000 <= cell < 1_000_000 and is_place(str(int(cell)))  # noqa: PLR2004 - GB codes
    return False
