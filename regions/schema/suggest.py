"""Say what the user probably meant."""

import difflib
from collections.abc import Mapping

from regions.messages import NOTHING, say
from regions.words import Words

_LONGEST_WORD = 60
_CJK = (("\u3001", "\u303f"), ("\uff01", "\uff65"), ("\u2010", "\u2027"), ("\u2030", "\u205e"), ("\u00b7", "\u00b7"))
_TOTALS = frozenset({"合计", "总计", "小计", "总和", "全国", "全省", "total", "sum", "subtotal", "grand total", "all"})
_REMARKS = ("注", "备注", "说明", "资料来源", "数据来源", "来源：", "来源:", "note", "source:", "remark")


def show_word(word: str) -> str:
    """Return a word of the data as a message may show it: at most 60 characters, odd ones escaped.

    Letters of any script, plain ASCII and Chinese punctuation stay; digits of other scripts, blanks of all kinds,
    symbols and control characters are escaped, since they look like others or like nothing.
    """
    shown = "".join(letter if _is_plain(letter) else ascii(letter)[1:-1] for letter in word[:_LONGEST_WORD])
    return shown + ("..." if len(word) > _LONGEST_WORD else "")


def _is_plain(letter: str) -> bool:
    if letter.isascii():
        return letter.isprintable()
    return letter.isalpha() or any(first <= letter <= last for first, last in _CJK)


def explain_stray(word: str) -> Words:
    """Return a hint for a word that is no name but a total or a remark below a table; two empty texts for others."""
    plain = word.strip().casefold().replace(" ", "")
    if plain in {total.replace(" ", "") for total in _TOTALS} or plain.startswith(_REMARKS):
        return say("hint/stray").words
    return NOTHING


def suggest(word: str, known: Mapping[str, str], *, limit: int = 3) -> Words:
    """Return a hint naming the known keys nearest to ``word``; two empty texts if none is near.

    Parameters
    ----------
    word
        What the user wrote.
    known
        Key -> a word that explains it (a name), or "". Both are compared with ``word``.
    """
    if len(word) > _LONGEST_WORD:
        return NOTHING
    names: dict[str, str] = {}
    for key, name in known.items():
        shown = f"{name} ({key})" if name else key
        names.setdefault(key, shown)
        if name:
            names.setdefault(name, shown)
    padded = [key for key in known if word.isdigit() and key != word and key.lstrip("0") == word.lstrip("0")]
    close = padded or difflib.get_close_matches(
        word, names, n=limit, cutoff=0.6
    )  # 5 is 05, whatever else looks like it
    meant = list(dict.fromkeys(names[match] for match in close))
    return say("hint/meant", names=Words(" or ".join(meant), "、".join(meant))).words if meant else NOTHING
