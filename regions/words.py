"""One text in both languages."""

from typing import NamedTuple


class Words(NamedTuple):
    """A label or a sentence in English and in Chinese; braces such as ``{n}`` are filled in where it is shown."""

    en: str
    zh: str

    def text(self, language: str) -> str:
        """Return the text in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en
