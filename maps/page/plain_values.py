"""Numbers and sentences as the data block of the page holds them."""

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from regions.errors import MethodError, cut
from regions.words import Words

_CLAUSE, _CLAUSE_ZH = "; ", "；"
_TOKEN = re.compile("[\ue000-\uf8ff]|\\d+(?:\\.\\d+)?")
"""What a form has a blank for: a name, for which a sign of private use stands in the meantime, or a number."""

_NUMBER, _NAME = "#", "@"
_FIRST, _LAST = 0xE000, 0xF8FF
_SHORTEST = 3


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

    def pack(self, names: Iterable[tuple[str, str]] = ()) -> dict[str, list[Any]]:
        """Return ``forms``, each sentence once with ``#`` for its numbers and ``@`` for names, and ``phrases``.

        A phrase is the place of its form, then what fills the blanks: numbers, and places of names among the phrases.
        One that has no blank, or other ones in the other language, stands as its two texts, as names do. ``names`` are
        pairs that may stand in sentences besides the phrases themselves.
        """
        for english, chinese in names:
            self.add(english, chinese)
        plain = [place for place, texts in enumerate(self.listed) if not any(map(_TOKEN.search, texts))]
        known = [
            place
            for place in plain
            if min(map(len, self.listed[place])) >= 1 and len(self.listed[place][0]) >= _SHORTEST
        ]
        known.sort(key=lambda place: -len(self.listed[place][0]))
        forms: dict[tuple[str, str], int] = {}
        phrases = [self._pack_phrase(place, known, forms) for place in range(len(self.listed))]
        return {"phrases": phrases, "forms": [list(key) for key in forms]}

    def _pack_phrase(self, own: int, known: list[int], forms: dict[tuple[str, str], int]) -> list[Any]:
        texts = self.listed[own]
        if own in known or any(sign in text for text in texts for sign in (_NUMBER, _NAME)) or _has_private(texts):
            return texts
        (english, chinese), used = texts, list[int]()
        for place in known:
            name, name_zh = self.listed[place]
            if name in english and name_zh in chinese and _FIRST + len(used) < _LAST:
                sign = chr(_FIRST + len(used))
                english, chinese = english.replace(name, sign, 1), chinese.replace(name_zh, sign, 1)
                used.append(place)
        tokens = _TOKEN.findall(english)
        if not tokens or tokens != _TOKEN.findall(chinese):
            return texts
        form = (_TOKEN.sub(_mark, english), _TOKEN.sub(_mark, chinese))
        return [forms.setdefault(form, len(forms)), *(_fill_in(token, used) for token in tokens)]


def _has_private(texts: list[str]) -> bool:
    return any(_FIRST <= ord(letter) <= _LAST for text in texts for letter in text)


def _mark(token: "re.Match[str]") -> str:
    return _NAME if ord(token[0][0]) >= _FIRST else _NUMBER


def _fill_in(token: str, used: list[int]) -> int | str:
    if ord(token[0]) >= _FIRST:
        return used[ord(token) - _FIRST]
    return int(token) if str(int(float(token))) == token else token


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
