"""Choose which attribute of the things in a file names their region: the one that fits the regions table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from regions.clean import fold_header
from regions.errors import Fault, StudyError
from regions.tables import TABLES

Find = Callable[[str], tuple[str, ...]]
"""Word -> the codes that it may mean, see ``regions.names.NameIndex.find``."""

ID = ""
"""The key under which the identifier of a thing stands among its attributes."""

_CODES = ("code", *TABLES["regions"]["code"].synonyms)
_NAMES = ("name_zh", "name", "label", *TABLES["regions"]["name_zh"].synonyms, *TABLES["regions"]["name"].synonyms)
_NAMED, _IDENTIFIED, _OTHER = range(3)  # attributes that say that they are a code or name; ids; all others
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An attribute, and the codes that it means for the things that it fits."""

    key: str
    rank: int
    found: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def contradicts(self, other: "_Candidate") -> bool:
        """Tell whether the two mean different regions for some thing."""
        return any(not set(codes) & set(other.found.get(thing, codes)) for thing, codes in self.found.items())


def choose_key(
    things: Mapping[str, Mapping[str, str]], find: Find | None, *, file: str
) -> tuple[str | None, list[Fault]]:
    """Choose the attribute that names the regions of nodes or features.

    Parameters
    ----------
    things
        Identifier -> attributes as text; ``ID`` (an empty key) is the identifier itself, where it may be a name.
    find
        Finds the regions that a word means. None when no regions are known: then an attribute called code, or name or
        label, is taken if every thing has it, else the identifier.
    file
        For messages.

    Returns
    -------
    key, warnings
        The attribute that fits the most things; between equals one that is called code, name or label before the
        identifier, and that before any other. An attribute that fits half of the things wins over identifiers that
        contradict it (``W-NODES``). None when there is none.

    Raises
    ------
    StudyError
        ``E-AMBIG``: two attributes fit, and name different regions.
    """
    keys = list(dict.fromkeys(key for attributes in things.values() for key in attributes))
    keys = sorted((key for key in keys if key == ID or not _repeats_id(things, key)), key=_order)
    if find is not None:
        fitting = [candidate for candidate in _measure(things, keys, find) if candidate.found]
        if fitting:
            return _settle(fitting, len(things), file)
    whole = (key for key in keys if _rank(key) == _NAMED and all(each.get(key) for each in things.values()))
    return next(whole, ID if ID in keys else None), []


def _repeats_id(things: Mapping[str, Mapping[str, str]], key: str) -> bool:
    """Tell whether an attribute says nothing but the identifier again, as programs do that know no label."""
    return all(attributes.get(key) == attributes.get(ID) for attributes in things.values())


def _rank(key: str) -> int:
    return _IDENTIFIED if key == ID else (_NAMED if fold_header(key) in {*_CODES, *_NAMES} else _OTHER)


def _order(key: str) -> tuple[int, int]:
    """Sort codes before names, before identifiers, before the rest in the order of the file."""
    plain = fold_header(key)
    place = next((i for i, word in enumerate((*_CODES, *_NAMES)) if word == plain), 0)
    return _rank(key), place


def _measure(things: Mapping[str, Mapping[str, str]], keys: list[str], find: Find) -> list[_Candidate]:
    meant: dict[str, tuple[str, ...]] = {}

    def look_up(word: str) -> tuple[str, ...]:
        if word not in meant:
            meant[word] = find(word)
        return meant[word]

    candidates = []
    for key in keys:
        words = {thing: attributes.get(key, "") for thing, attributes in things.items()}
        found = {thing: codes for thing, word in words.items() if word and (codes := look_up(word))}
        candidates.append(_Candidate(key, _rank(key), found))
    return candidates


def _settle(fitting: list[_Candidate], count: int, file: str) -> tuple[str, list[Fault]]:
    best = min(fitting, key=lambda each: (-len(each.found), each.rank))
    if best.rank == _IDENTIFIED:
        better = [
            each
            for each in fitting
            if each.rank == _NAMED and len(each.found) >= _HALF * count and each.contradicts(best)
        ]
        best = max(better, key=lambda each: len(each.found)) if better else best
    rivals = [
        each
        for each in fitting
        if each is not best and each.rank == best.rank and len(each.found) >= _HALF * len(best.found)
    ]
    for rival in rivals:
        if rival.contradicts(best):
            raise StudyError(_describe_rivals(best, rival, file))
    ids = next((each for each in fitting if each.rank == _IDENTIFIED and each is not best), None)
    contradicted = ids is not None and best.rank == _NAMED and best.contradicts(ids)
    return best.key, [_warn_ids(best.key, file)] if contradicted else []


def _describe_rivals(one: _Candidate, other: _Candidate, file: str) -> Fault:
    thing = next(
        name for name, codes in one.found.items() if name in other.found and not set(codes) & set(other.found[name])
    )
    here, there = one.found[thing][0], other.found[thing][0]
    keys = (one.key or "id", other.key or "id")
    return Fault(
        "E-AMBIG",
        file,
        f"both '{keys[0]}' and '{keys[1]}' name regions, but different ones: {here} and {there} for '{thing[:60]}'.",
        f"“{keys[0]}”与“{keys[1]}”都能对应地区，但结果不同：“{thing[:60]}”分别为 {here} 与 {there}。",
        hint="Leave out or rename the one that is not meant.",
        hint_zh="请删除或重命名其中不应使用的一项。",
    )


def _warn_ids(key: str, file: str) -> Fault:
    texts = (
        f"the regions are named by '{key}'; the ids would name others.",
        f"地区按“{key}”识别；若按 id 则会对应其他地区。",
    )
    return Fault("W-NODES", file, *texts)
