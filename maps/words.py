"""Words in two languages, and how a score is told."""

from typing import NamedTuple


class Words(NamedTuple):
    """One sentence in both languages; braces such as ``{n}`` are filled in by the page."""

    en: str
    zh: str


class ScoreWords(NamedTuple):
    """A known score: its label, what it means, and how its numbers are written.

    ``form`` is ``count`` (whole or nearly whole numbers), ``share`` (0 to 1, written as percent), ``number`` or
    ``text``.
    """

    label: Words
    meaning: Words
    form: str
