"""Keep a spreadsheet from running text that came from data."""

import re
from typing import Any

_RUNS = re.compile("'*[ \u00a0\u3000]*[=+\\-@\t\r\n＝＋－＠]")
_MARK = "'"


def guard_formula(value: Any) -> Any:  # noqa: ANN401 - a cell may hold anything; only text is changed
    """Return text with a leading apostrophe when a spreadsheet would run it; anything else as it is.

    Text that has apostrophes before what would run gets one more, so that ``free_formula`` gives back any text.
    """
    return _MARK + value if isinstance(value, str) and _RUNS.match(value) else value


def free_formula(text: str) -> str:
    """Take off the apostrophe that ``guard_formula`` put before a text; any other text as it is."""
    return text[1:] if text.startswith(_MARK) and _RUNS.match(text, 1) else text
