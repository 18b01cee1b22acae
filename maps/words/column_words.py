"""How a column is told: its label, its meaning, the form of its values."""

from typing import NamedTuple

from regions.words import Words


class ColumnWords(NamedTuple):
    """A known column: its label, what it means, and how its numbers are written.

    ``form`` is ``count`` (whole or nearly whole numbers), ``share`` (0 to 1, written as percent), ``number`` or
    ``text``.
    """

    label: Words
    meaning: Words
    form: str = "number"
