"""What a word given to ``regionet profile`` means: a region, or a group of regions."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.roles.unit_groups import OUTSIDE, UNKNOWN, assign_groups, list_groupings
from maps.words.spillover_names import name_group
from regions.errors import MethodError
from regions.frames.vocabulary import list_province_characters
from regions.messages import Message, say
from regions.schema.suggest import suggest
from regions.study import Study
from regions.words import Words

_NAMED = 40
_MOST_GROUPS = 20


@dataclass(frozen=True, slots=True)
class ProfilePlace:
    """A region, or a group of them.

    Attributes
    ----------
    key
        Code of the region, or name of the group.
    name
        For readers.
    members
        Codes of the regions in it.
    """

    key: str
    name: Words
    members: tuple[str, ...]

    @property
    def is_group(self) -> bool:
        """Whether it is more than one region."""
        return self.members != (self.key,)


def find_place(study: Study, word: str) -> ProfilePlace:
    """Return the region or the group of regions that a word means.

    Parameters
    ----------
    study
        Whose regions they are.
    word
        A code, a name in either language or its beginning (江苏), the one character of a province (沪); else a group: a
        named set (yangtze-delta, 长三角), a role in a set (east), or a value of a column of the regions.

    Raises
    ------
    MethodError
        For a word that is neither, with names that look like it, and the groups.

    Examples
    --------
    >>> from regionet import regions
    >>> china = regions.load_study("china")
    >>> find_place(china, "沪").key, find_place(china, "长三角").members
    ('310000', ('310000', '320000', '330000', '340000'))
    """
    code = _find_code(study, word)
    if code is not None:
        return ProfilePlace(code, Words(study.names("en")[code], study.names("zh")[code]), (code,))
    groups = list_group_places(study)
    plain = word.strip().casefold()
    found = [each for each in groups if plain in {each.key.casefold(), each.name.en.casefold(), each.name.zh}]
    if not found:
        raise MethodError(_refuse(study, word, groups))
    return found[0]


def find_named_places(study: Study, words: Sequence[str]) -> list[ProfilePlace]:
    """Return what each word means, see `find_place`.

    Raises
    ------
    MethodError
        For an unknown word, or two words for one place.
    """
    found = [find_place(study, word) for word in words]
    keys = [each.key for each in found]
    twice = [each.name for place, each in enumerate(found) if each.key in keys[:place]]
    if twice:
        raise MethodError(say("profile/twice", places=twice))
    return found


def _refuse(study: Study, word: str, groups: list[ProfilePlace]) -> Message:
    names = [Words(*map(str, pair)) for pair in study.regions[["name", "name_zh"]].itertuples(index=False)]
    more = len(names) - _NAMED
    tail = [Words(f"and {more} more", f"等 {len(names)} 个")] if more > 0 else []
    told = [
        Words(each.key, each.key if each.key == each.name.zh else f"{each.key}（{each.name.zh}）") for each in groups
    ]
    known = {str(code): str(name) for code, name in study.regions["name"].items()}
    known |= {str(name): "" for name in study.regions["name_zh"]} | {each.key: "" for each in groups}
    said = say("profile/region", word=word, known=[*names[:_NAMED], *tail], groups=told[:_MOST_GROUPS])
    return said.with_hint(suggest(word, known))


def _find_code(study: Study, word: str) -> str | None:
    if word in study.regions.index:
        return word
    plain = word.strip().casefold()
    names = {str(code): (str(row["name"]).casefold(), str(row["name_zh"])) for code, row in study.regions.iterrows()}
    exact = [code for code, both in names.items() if plain in both]
    starts = [code for code, both in names.items() if both[1].startswith(plain)]  # 江苏 for 江苏省
    character = list_province_characters().get(word.strip())
    found = exact or ([character] if character in names else starts)
    return found[0] if len(found) == 1 else None


def list_group_places(study: Study) -> list[ProfilePlace]:
    """Return the groups of two regions or more that a study knows: named sets, their roles, values of its columns."""
    found: dict[str, ProfilePlace] = {}
    for grouping in sorted(list_groupings(study), key=lambda name: name in study.regions):
        assigned = assign_groups(study, grouping)
        inside = assigned[~assigned.isin([OUTSIDE, UNKNOWN])]
        whole = _take(grouping, list(inside.index)) if grouping not in study.regions else None
        parts = [_take(str(name), list(members.index)) for name, members in inside.groupby(inside)]
        for each in [whole, *parts]:
            if each is not None and 1 < len(each.members) < len(study.regions):
                found.setdefault(each.key, each)
    return list(found.values())


def _take(name: str, codes: list[str]) -> ProfilePlace:
    return ProfilePlace(name, name_group(name), tuple(map(str, codes)))
