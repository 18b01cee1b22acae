"""Choose which attribute of the things in a file names their region: the one that fits the regions table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from regions.errors import Fault, StudyError
from regions.messages import NOTHING, say
from regions.schema.cell_values import fold_header
from regions.schema.tables import TABLES

Find = Callable[[str], tuple[str, ...]]
"""Word -> the codes that it may mean, see ``regions.frames.name_index.NameIndex.find``."""

ID = ""
"""The key under which the identifier of a thing stands among its attributes."""

_CODES = ("code", *TABLES["regions"]["code"].synonyms)
_NAMES = ("name_zh", "name", "label", *TABLES["regions"]["name_zh"].synonyms, *TABLES["regions"]["name"].synonyms)
_CODED, _NAMED, _IDENTIFIED, _OTHER = range(4)  # attributes that say that they are a code, or a name; ids; all others
_HALF, _RIVAL = 0.5, 0.8
_APART = 0.2  # of the things that two attributes fit: when they mean different regions for so many, one is wrong


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An attribute, and the codes that it means for the things that it fits."""

    key: str
    rank: int
    found: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def score(self) -> int:
        """How many things it fits, times how many regions it tells apart: a province fits all and tells few apart."""
        return len(self.found) * self.regions

    @property
    def regions(self) -> int:
        """How many regions it tells apart."""
        return len(set(self.found.values()))

    def contradicts(self, other: "_Candidate") -> bool:
        """Tell whether the two mean different regions, but for single things."""
        shared = self.found.keys() & other.found.keys()
        return bool(shared) and len(self.differ(other)) >= _APART * len(shared)

    def differ(self, other: "_Candidate") -> list[str]:
        """Return the things for which the two mean different regions."""
        return [thing for thing, codes in self.found.items() if not set(codes) & set(other.found.get(thing, codes))]


def choose_key(
    things: Mapping[str, Mapping[str, str]], find: Find | None, *, file: str, settle: str = ""
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
    settle
        The setting of the study that settles which, if there is one.

    Returns
    -------
    key, warnings
        The attribute that fits the most things and tells the most regions apart; between equals one that is called
        code, then name or label, before the identifier, and that before any other. An attribute that fits half of the
        things wins over identifiers that contradict it (``W-NODES``). None when there is none.

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
            return _settle(fitting, len(things), (file, settle))
    whole = (key for key in keys if _rank(key) <= _NAMED and all(each.get(key) for each in things.values()))
    return next(whole, ID if ID in keys else None), []


def _repeats_id(things: Mapping[str, Mapping[str, str]], key: str) -> bool:
    """Tell whether an attribute says nothing but the identifier again, as programs do that know no label."""
    return all(attributes.get(key) == attributes.get(ID) for attributes in things.values())


def _rank(key: str) -> int:
    plain = fold_header(key)
    return _IDENTIFIED if key == ID else (_CODED if plain in _CODES else (_NAMED if plain in _NAMES else _OTHER))


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


def _settle(fitting: list[_Candidate], count: int, place: tuple[str, str]) -> tuple[str, list[Fault]]:
    best = min(fitting, key=lambda each: (-each.score, each.rank))
    coded = [each for each in fitting if each.rank == _CODED and each.score >= _HALF * best.score]
    best = coded[0] if coded and best.rank == _NAMED else best
    named = [
        each
        for each in fitting
        if each.rank <= _NAMED and len(each.found) >= _HALF * count and each.regions >= _HALF * best.regions
    ]
    if best.rank == _IDENTIFIED and any(each.contradicts(best) for each in named):
        best = max((each for each in named if each.contradicts(best)), key=lambda each: each.score)
    for rival in fitting:
        alike = max(rival.rank, _NAMED) == max(best.rank, _NAMED)
        if alike and rival.score >= _RIVAL * best.score and rival.contradicts(best):
            raise StudyError(_describe_rivals(best, rival, place))
    ids = next((each for each in fitting if each.rank == _IDENTIFIED and each is not best), None)
    contradicted = ids is not None and best.rank <= _NAMED and best.contradicts(ids)
    return best.key, [_warn_ids(best.key, place[0])] if contradicted else []


def _describe_rivals(one: _Candidate, other: _Candidate, place: tuple[str, str]) -> Fault:
    thing = one.differ(other)[0]
    here, there = one.found[thing][0], other.found[thing][0]
    message = say(
        "E-AMBIG/attributes", one=one.key or "id", other=other.key or "id", here=here, there=there, thing=thing[:60]
    )
    return Fault.of(place[0], message.with_hint(say("hint/name-key", key=place[1]).words if place[1] else NOTHING))


def _warn_ids(key: str, file: str) -> Fault:
    return Fault.of(file, say("W-NODES", attribute=key))
