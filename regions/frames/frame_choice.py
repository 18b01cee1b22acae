"""Choose the frame of data that name none: from all their names at once, never name by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from regions.frames.embedded import Frame, find_embedded, load_frame, load_frames
from regions.frames.name_index import Reading
from regions.frames.spellings import find_left_out
from regions.messages import say

ENOUGH = 0.9
"""Part of the weight that the units of a frame must hold."""

_CODE_LENGTH = 6
_COUNTRY_CODE = 2  # letters that mean too much else


@dataclass(frozen=True, slots=True, eq=False)
class FrameChoice:
    """The frame of some data, and what each of their names means in it.

    Attributes
    ----------
    name
        An embedded study; None when none fits.
    size
        Regions that it studies.
    share
        Part of the weight that they hold, 0 to 1; names to leave out count in neither.
    alternative, alternative_size
        The embedded study that comes next: larger and just as fitting; None when there is none.
    codes
        Word -> code, of every word that names one region.
    external, other_level, left_out, ambiguous, unknown
        Word -> weight: known regions outside the focus; regions above or inside the units; totals and their kin; names
        of several regions; the rest.
    """

    name: str | None
    size: int = 0
    share: float = 0.0
    alternative: str | None = None
    alternative_size: int = 0
    codes: Mapping[str, str] = field(default_factory=dict)
    external: Mapping[str, float] = field(default_factory=dict)
    other_level: Mapping[str, float] = field(default_factory=dict)
    left_out: Mapping[str, float] = field(default_factory=dict)
    ambiguous: Mapping[str, float] = field(default_factory=dict)
    unknown: Mapping[str, float] = field(default_factory=dict)

    def describe(self, language: str = "en") -> str:
        """Return the frame, its number of regions and the alternative in one line, in ``zh`` or ``en``."""
        if self.name is None:
            return say("frame/none").text(language)
        text = say("frame/found", name=self.name, size=self.size, share=f"{self.share:.1%}").text(language)
        return f"{text}{describe_alternative(self.alternative, self.alternative_size, language)}"


def describe_alternative(name: str | None, size: int, language: str) -> str:
    """Return the end of the line about a frame: what else could be meant, and how to say so."""
    if name is None:
        return "。" if language == "zh" else "."
    return say("frame/or-else", name=name, size=size).text(language)


def is_region_word(word: str) -> bool:
    """Tell whether a word names a region of China, at any level and in any of the spellings people use.

    Totals, parts of the country and other words of `find_left_out` are none. A number is one when it is a code of at
    least four digits.

    Examples
    --------
    >>> [is_region_word(word) for word in ("内 蒙 古", "江苏省南京市", "110100", "全国", "12")]
    [True, True, True, False, False]
    """
    return bool(recognise(word).codes)


def recognise(word: str) -> Reading:
    """Return the codes that a word may mean in any embedded study; see `NameIndex.read`."""
    return _recognise(word.strip())


@cache
def _recognise(word: str) -> Reading:
    is_code = word.isdecimal() and len(word) >= _CODE_LENGTH - 2
    if not is_code and not any(letter.isalpha() for letter in word):  # 0.01 and 37 are numbers, not codes of France
        return Reading(())
    for frame in _list_tables():
        found = frame.index.read(word)
        if found.codes and (len(word) > _COUNTRY_CODE or not word.isascii()):
            return found
    return Reading(())


@cache
def _list_tables() -> tuple[Frame, ...]:
    """Return the largest frame of each table of regions; that of China first."""
    largest = {frame.known: frame for frame in load_frames()}
    return tuple(sorted(largest.values(), key=lambda frame: (not frame.name.startswith("china"), frame.name)))


def share_of_places(cells: Iterable[str]) -> float:
    """Return the part of the distinct cells that name regions; empty cells, totals and notes do not count.

    Examples
    --------
    >>> share_of_places(["南京", "合肥市", "全国", "", "甲"])
    0.6666666666666666
    """
    words = {cell.strip() for cell in cells} - {""}
    judged = [word for word in words if is_region_word(word) or not find_left_out(word)]
    return sum(map(is_region_word, judged)) / len(judged) if judged else 0.0


def choose_frame(weights: Mapping[str, float], name: str | None = None) -> FrameChoice:
    """Choose the smallest embedded study that holds at least 90 % of the weight of some names.

    Of studies with equally many regions ``china`` is chosen, else the one that knows more names.

    Parameters
    ----------
    weights
        Word -> weight: the sum of the weights, or the number, of the rows that name it (absolute values count).
    name
        Take this embedded study instead of choosing.

    Examples
    --------
    >>> choose_frame({"常州": 3, "合肥市": 2, "北京": 0.1}).name
    'yangtze-delta'
    """
    weights = {word: abs(weight) for word, weight in weights.items() if word.strip()}
    fitting = [frame for frame in load_frames() if _measure_share(frame, weights) >= ENOUGH]
    if name is not None:
        found = find_embedded(name)
        chosen = load_frame(found) if found else None
    else:
        chosen = fitting[0] if fitting else None
    others = [frame for frame in fitting if chosen is None or frame.size != chosen.size]
    if chosen is None:
        return FrameChoice(None, unknown=weights)
    other = next((frame for frame in others if frame.size > chosen.size), next(iter(others), None))
    words = _sort_words(chosen, weights)
    codes = {word: codes[0] for word in weights if len(codes := chosen.index.read(word).codes) == 1}
    share = _measure_share(chosen, weights)
    return FrameChoice(
        chosen.name, chosen.size, share, other.name if other else None, other.size if other else 0, codes, **words
    )


def find_nearest(weights: Mapping[str, float]) -> FrameChoice:
    """Return the embedded study whose units hold most of the weight of some names, the smallest of equals.

    Examples
    --------
    >>> near = find_nearest({"常州": 3, "苏州": 4, "火星市": 5})
    >>> near.name, list(near.unknown)
    ('yangtze-delta', ['火星市'])
    """
    shares = {frame.name: _measure_share(frame, weights) for frame in load_frames()}
    return choose_frame(weights, max(shares, key=lambda name: shares[name]))


def _measure_share(frame: Frame, weights: Mapping[str, float]) -> float:
    """Return the part of the weight on units of a frame; a place inside a unit is not the unit.

    A name of several of its units is held too: the reader asks which one is meant.
    """
    held = total = 0.0
    for word, weight in weights.items():
        codes = frame.index.read(word).codes
        if codes or not find_left_out(word):
            total += weight
        if codes and all(frame.inside.get(code) == code for code in codes):
            held += weight
    return held / total if total else 0.0


def _sort_words(frame: Frame, weights: Mapping[str, float]) -> dict[str, dict[str, float]]:
    kinds: dict[str, dict[str, float]] = {
        kind: {} for kind in ("external", "other_level", "left_out", "ambiguous", "unknown")
    }
    uppers = set(frame.index.parents.values())
    for word, weight in weights.items():
        codes = frame.index.read(word).codes
        if not codes:
            kinds["left_out" if find_left_out(word) else "unknown"][word] = weight
        elif len(codes) > 1:
            kinds["ambiguous"][word] = weight
        elif frame.inside.get(codes[0]) != codes[0]:
            other = codes[0] in frame.inside or codes[0] in uppers
            kinds["other_level" if other else "external"][word] = weight
    return kinds
