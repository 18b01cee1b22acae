"""The first few of many regions, by name."""

from collections.abc import Sequence

from regions.messages import say
from regions.study import Study
from regions.words import Words


def name_some(study: Study, codes: Sequence[str], *, most: int) -> Words:
    """Name the first regions of a list and count the others.

    Examples
    --------
    >>> from regionet import regions
    >>> name_some(regions.load_study("china"), ["110000", "310000", "120000"], most=2).en
    'Beijing, Shanghai and 1 more'
    """
    english, chinese = study.names("en"), study.names("zh")
    shown = [Words(english[code], chinese[code]) for code in codes[:most]]
    more = len(codes) - len(shown)
    if not more:
        return say("list/all", names=shown).words
    return say("list/some", names=shown, more=more).words
