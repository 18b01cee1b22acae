"""Keep a spreadsheet from running text that came from data."""

from typing import Any

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guard_formula(value: Any) -> Any:  # noqa: ANN401 - a cell may hold anything; only text is changed
    """Return text with a leading apostrophe when a spreadsheet would run it; anything else as it is."""
    if isinstance(value, str) and value.lstrip(" \u00a0\u3000").startswith(_STARTS):
        return "'" + value
    return value
