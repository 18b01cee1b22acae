"""Say what the user probably meant."""

import difflib
from collections.abc import Mapping


def suggest(word: str, known: Mapping[str, str], *, limit: int = 3) -> tuple[str, str]:
    """Return a hint in English and in Chinese naming the known keys nearest to ``word``; two empty texts if none.

    Parameters
    ----------
    word
        What the user wrote.
    known
        Key -> a word that explains it (a name), or "". Both are compared with ``word``.
    """
    names: dict[str, str] = {}
    for key, name in known.items():
        shown = f"{name} ({key})" if name else key
        names.setdefault(key, shown)
        if name:
            names.setdefault(name, shown)
    close = difflib.get_close_matches(word, names, n=limit, cutoff=0.6)
    meant = list(dict.fromkeys(names[match] for match in close))
    if not meant:
        return "", ""
    return f"Did you mean {' or '.join(meant)}?", f"是否为 {'、'.join(meant)}？"
