"""Numbers and sentences as the data block of the page holds them."""

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from regions.errors import MethodError, cut
from regions.words import Words

_CLAUSE, _CLAUSE_ZH = "; ", "；"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BLANK = "#"


class Phrases:
    """Texts that return often, each carried once; a state, because it grows while rows are written.

    Attributes
    ----------
    listed
        English and Chinese of each phrase, in the order in which they came.
    """

    def __init__(self) -> None:
        self.listed: list[list[str]] = []
        self._places: dict[tuple[str, str], int] = {}

    def add(self, english: str, chinese: str) -> int:
        """Return the place of a phrase, which is put down if it is new."""
        key = (english, chinese)
        if key not in self._places:
            self._places[key] = len(self.listed)
            self.listed.append([english, chinese])
        return self._places[key]

    def add_clauses(self, english: str, chinese: str) -> list[int]:
        """Return the places of the clauses of a sentence; of the whole where the languages are parted differently."""
        parts, parts_zh = english.split(_CLAUSE), chinese.split(_CLAUSE_ZH)
        if len(parts) != len(parts_zh):
            return [self.add(english, chinese)]
        return [self.add(*both) for both in zip(parts, parts_zh, strict=True)]

    def pack(self) -> dict[str, list[Any]]:
        """Return ``forms``, each sentence once with ``#`` for its numbers, and ``phrases``: place of the form, numbers.

        A phrase that has no numbers, or other ones in the other language, stands as its two texts.
        """
        forms: dict[tuple[str, str], int] = {}
        return {"phrases": [_pack_phrase(texts, forms) for texts in self.listed], "forms": [list(key) for key in forms]}


def _pack_phrase(texts: list[str], forms: dict[tuple[str, str], int]) -> list[Any]:
    numbers, others = (_NUMBER.findall(text) for text in texts)
    if not numbers or numbers != others or any(_BLANK in text for text in texts):
        return texts
    english, chinese = (_NUMBER.sub(_BLANK, text) for text in texts)
    place = forms.setdefault((english, chinese), len(forms))
    return [place, *(int(number) if str(int(float(number))) == number else number for number in numbers)]


LONGEST_NAME = 100
"""Characters of a name on the page; the tables hold all of them."""

_DIGITS = 6
_WHOLE_BELOW = 1e15


def tidy(values: Iterable[Any], *, digits: int = _DIGITS) -> list[float | int | None]:
    """Return numbers with six significant digits, or as many as asked, and at least to the unit, whole ones as int.

    A missing or infinite number is None.
    """
    return [_tidy_one(value, digits) for value in values]


def _tidy_one(value: Any, digits: int) -> float | int | None:  # noqa: ANN401 - any numeric scalar, pandas.NA among them
    if value is None or value is pd.NA or not np.isfinite(value):
        return None
    large = 10 ** (digits - 1)
    rounded = float(f"{float(value):.{digits}g}" if abs(value) < large else f"{float(value):.0f}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < _WHOLE_BELOW else rounded


def pair(note: Words) -> list[str]:
    """Return a note as English and Chinese text."""
    return [cut(note.en), cut(note.zh)]


def cut_name(name: Any) -> str:  # noqa: ANN401 - whatever stands in a column of names
    """Return a name as the page shows it: the first 100 characters, and a mark where there are more."""
    text = str(name)
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"


def check_codes(units: Iterable[str], codes: Iterable[Any], what: str) -> None:
    """Refuse codes that are no units.

    Raises
    ------
    MethodError
        ``what`` names regions that the study does not have; the first five are listed.
    """
    unknown = sorted({str(code) for code in codes} - set(units))
    if unknown:
        listed = ", ".join(unknown[:5])
        raise MethodError(f"The {what} has {len(unknown)} region(s) that are not units of the study: {listed}")
