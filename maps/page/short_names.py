"""Names short enough to stand on a map: 内蒙古 for 内蒙古自治区, Schweiz for Schweiz/Suisse/Svizzera."""

import re
from collections import Counter
from collections.abc import Sequence

from regions.frames.name_index import shorten

_SECOND_NAME = re.compile(r"\s*[/(（;；|]")
_SHORTEST = 2


def shorten_names(names: Sequence[str]) -> list[str]:
    """Shorten names for labels.

    A second name (behind a slash or in brackets) goes, then the word for what kind of region it is
    (``regions.frames.name_index.shorten``). The first of several short forms that no other region has is taken; a
    name without one stays whole.

    Parameters
    ----------
    names
        Names of all regions of a map, in one language.

    Returns
    -------
    list of str
        One for each name, in order; each is a beginning of its name.
    """
    forms = [_list_forms(name) for name in names]
    claims = Counter(form for each in forms for form in set(each))
    return [next((form for form in each if claims[form] == 1), name) for name, each in zip(names, forms, strict=True)]


def _list_forms(name: str) -> list[str]:
    """Return the forms of a name, the shortest first, the name itself last."""
    first = _SECOND_NAME.split(name, maxsplit=1)[0]
    forms = [_cut_kind(first), first, _cut_kind(name), name]
    return list(dict.fromkeys(form for form in forms if len(form) >= _SHORTEST or form == name))


def _cut_kind(name: str) -> str:
    # The search for names folds case and width; a label keeps its letters, so the folding must not move them.
    short = shorten(name)
    return name[: len(short)].rstrip() if name.casefold().startswith(short) else name
