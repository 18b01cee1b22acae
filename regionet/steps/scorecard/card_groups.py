"""The sets of regions that can be put side by side: only such as their members make up whole."""

from collections.abc import Iterator

from analysis.gaps.filters import find_members
from maps.words.spillover_names import name_group
from regions.errors import MethodError
from regions.frames.embedded import load_frame
from regions.study import Study
from regions.words import Words

_CITIES, _MEMBER = "china-cities", "member"
_OF_PROVINCE = 2  # digits of a Chinese code that name the province


def list_card_groups(study: Study) -> Iterator[tuple[Words, tuple[str, ...]]]:
    """List sets of more than one region, not all, each once: groups, their parts, then those of the borders.

    A group of cities in a study of provinces is told only where it holds every city of its provinces: the Yangtze
    Delta is four provinces, a metropolitan circle is not two.

    Examples
    --------
    >>> from regionet import regions
    >>> found = {name.en: codes for name, codes in list_card_groups(regions.load_study("china"))}
    >>> found["Yangtze Delta"], len(found["East"])
    (('310000', '320000', '330000', '340000'), 7)
    """
    found: dict[tuple[str, ...], Words] = {}
    for words, members in (*_list_groups(study), *_list_border_sets(study)):
        if 1 < len(members) < len(study.regions):
            found.setdefault(members, words)
    for members, words in found.items():
        yield words, members


def _list_groups(study: Study) -> Iterator[tuple[Words, tuple[str, ...]]]:
    if study.groups is None:
        return
    sized = sorted(study.groups.groupby("group"), key=lambda each: (-len(each[1]), str(each[0])))
    for name, rows in sized:
        codes = set(map(str, rows["code"]))
        try:
            members = tuple(sorted(map(str, find_members(study, str(name)))))
        except MethodError:  # none of its members is a unit here
            continue
        whole = name_group(str(name))
        named = set(members) <= codes
        if named or _covers(codes, members):
            yield whole, members
        roles = rows[rows["code"].isin(members) & (rows["role"] != _MEMBER)] if "role" in rows and named else rows[:0]
        for role, part in roles.groupby("role"):
            own = name_group(str(role))
            yield Words(f"{whole.en}: {own.en}", f"{whole.zh}：{own.zh}"), tuple(sorted(map(str, part["code"])))


def _covers(codes: set[str], provinces: tuple[str, ...]) -> bool:
    """Tell whether a set of Chinese cities holds all cities of its provinces."""
    prefixes = {code[:_OF_PROVINCE] for code in provinces}
    cities = {code for code in load_frame(_CITIES).inside if code[:_OF_PROVINCE] in prefixes}
    return bool(cities) and cities <= codes


def _list_border_sets(study: Study) -> Iterator[tuple[Words, tuple[str, ...]]]:
    for border in study.borders:
        if border in study.regions:
            for name, part in study.regions.groupby(border, sort=False):
                yield name_border_set(study, str(name)), tuple(sorted(map(str, part.index)))


def name_border_set(study: Study, name: str) -> Words:
    """Return what a set of a border is called, also one that is told by the code of the region above.

    Examples
    --------
    >>> from regionet import regions
    >>> name_border_set(regions.load_study("china-cities"), "320000").en
    'Jiangsu'
    """
    above = study.surroundings
    if name in above.index:
        return Words(str(above.loc[name, "name"]), str(above.loc[name, "name_zh"]))
    return name_group(name)
