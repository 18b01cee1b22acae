"""The language that the user reads."""

import locale
import os
from enum import StrEnum


class Language(StrEnum):
    """Language of pages, tables and messages."""

    ZH = "zh"
    EN = "en"


def find_language() -> Language:
    """Return the language of the user's system: zh for a Chinese locale, else en."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    name = named or locale.getlocale()[0] or ""
    return Language.ZH if name.lower().startswith(("zh", "chinese")) else Language.EN
