"""The words of statistical tables, which stand in ``words.yaml``."""

import re
from functools import cache
from typing import Any

from regions.schema.word_files import read_words


@cache
def _load() -> dict[str, Any]:
    loaded: dict[str, Any] = read_words("regions.layouts", "words.yaml")
    return loaded


def list_words(name: str) -> frozenset[str]:
    """Return the words of a list.

    Examples
    --------
    >>> "n/a" in list_words("missing")
    True
    """
    entry = _load()[name]
    return frozenset(entry.split() if isinstance(entry, str) else entry)


def list_keyed(kind: str) -> frozenset[str]:
    """Return the words before a colon that name an ``indicator``, a ``time``, a ``place``, or ``other``."""
    return frozenset(_load()["keyed"][kind].split())


def any_of(*names: str) -> str:
    """Return one pattern that any entry of the lists fits."""
    entries = [_load()[name] for name in names]
    parts = [part for entry in entries for part in (entry.split() if isinstance(entry, str) else entry)]
    return "(?:" + "|".join(sorted(parts, key=len, reverse=True)) + ")"


@cache
def whole(*names: str) -> re.Pattern[str]:
    """Return a pattern, to be used with ``fullmatch``, that ignores case."""
    return re.compile(any_of(*names), re.IGNORECASE)
