"""Find regions by the names people give them: code, Chinese or English name, with or without suffix, alias."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from regions.frames.spellings import fold_letters, list_spellings, strip_separators
from regions.frames.vocabulary import list_former_names, list_merged_codes, list_old_codes, list_short_names

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|"
    "达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|裕固|独龙|鄂伦春|各"
)
_AUTONOMOUS = re.compile(f"(?:(?:{_PEOPLES})族?)+自治[区州县旗]$")
_SUFFIX = re.compile("(?:特别行政区|自治[区州县旗]|林区|地区|[省市盟县旗])$")
_ENGLISH_SUFFIX = re.compile(
    r"(?:\s+(?:province|city|municipality|prefecture|county|district|autonomous region|sar|shi|sheng))+$"
)
_ENDINGS = frozenset("省市县区州盟旗")
_SHORTEST = 2
_PEOPLES_AFTER = re.compile(f"(?:(?:{_PEOPLES})族?)+$")
_OWN_RULE = "自治"
_INSIDE = ("区", "县", "镇", "乡", "街道", "园", "旗")
_COUNTRY = "中国"
_LONGEST = 40
_ALIAS = "alias"


def shorten(name: str) -> str:
    """Return a name without the word for what kind of region it is: 江苏省 -> 江苏, Jiangsu Province -> jiangsu.

    The names of peoples in autonomous regions go too (宁夏回族自治区 -> 宁夏) unless too little would be left
    (内蒙古自治区 -> 内蒙古).
    """
    plain = _fold(name)
    if " " not in plain and plain[-1:] not in _ENDINGS:  # nearly every word that names nothing
        return plain
    for pattern in (_AUTONOMOUS, _SUFFIX, _ENGLISH_SUFFIX):
        short = pattern.sub("", plain)
        if short != plain and len(short) >= _SHORTEST:
            return short
    return plain


def _fold(name: str) -> str:
    plain = name if name.isascii() else unicodedata.normalize("NFKC", name)
    return plain.casefold().strip()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a word means.

    Attributes
    ----------
    codes
        The codes that it may mean: one when it is clear, none when it is unknown.
    how
        "" for a name of today; ``former``: a name that the region had; ``inside``: a place inside the region.
    """

    codes: tuple[str, ...]
    how: str = ""


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Every word that means a region.

    Attributes
    ----------
    names
        Code -> name, for hints.
    exact
        Folded name or alias -> codes that have it.
    short
        Name without suffix -> codes that have it.
    letters
        Letters of a name without accents -> codes that have it.
    preferred
        Codes of the units of the study: such a one wins over regions above it, and inside units, that share its name.
    parents
        Code -> code of the region above, "" for none.
    simplified
        Whether traditional characters mean simplified ones; in a user's own table both may be names.
    """

    names: Mapping[str, str]
    exact: Mapping[str, tuple[str, ...]]
    short: Mapping[str, tuple[str, ...]]
    letters: Mapping[str, tuple[str, ...]]
    preferred: frozenset[str]
    parents: Mapping[str, str]
    simplified: bool = False

    def find(self, word: str) -> tuple[str, ...]:
        """Return the codes that the name ``word`` may mean: one when it is clear, none when it is unknown.

        Where a unit and the region around it share a name, the unit is meant (吉林 the city, which lies in 吉林 the
        province), and where provinces are the units, none of the prefectures. Among prefectures, 海南 is the one in
        Qinghai or the province, which does not lie around it, and so is not clear. Former names and places inside a
        region, which `read` understands too, are none of its names.
        """
        found = self.read(word)
        return () if found.how else found.codes

    def read(self, word: str) -> Reading:
        """Return what ``word`` means.

        Looked for, in this order, are: the code; the name as it stands, then without the word for its kind; what
        `list_spellings` makes of it; former names and short forms of China; a place after the regions around it
        (江苏省南京市); the name without accents; a place inside a region (合肥高新区).
        """
        codes = self._look_up(word)
        if codes or not word or len(word) > _LONGEST:
            merged = bool(codes) and word not in self.names and word in list_merged_codes()
            return Reading(codes, "former" if merged else "")
        spellings = [word, *list_spellings(word, simplified=self.simplified)]
        found = next((codes for spelling in spellings[1:] if (codes := self._look_up(spelling))), ())
        return Reading(found) if found else self._read_further(spellings[-1])

    def _read_further(self, plain: str) -> Reading:
        """Read what is no name of today in any spelling."""
        if codes := self._find_renamed(plain):
            return Reading(codes, "former")
        letters = "" if plain.isdecimal() else fold_letters(plain)
        if codes := self._find_clipped(plain) or self._choose(self.letters.get(letters, ())):
            return Reading(codes)
        place = strip_separators(plain)
        return self.read(place[len(_COUNTRY) :]) if place.startswith(_COUNTRY) else self._read_address(place)

    def _look_up(self, word: str) -> tuple[str, ...]:
        if word in self.names:
            return (word,)
        if word.isdecimal():
            today = list_old_codes().get(word, "")
            return (today,) if today in self.names else self._choose(self.exact.get(_fold(word), ()))
        return self._choose(self._list_codes(word))

    def _list_codes(self, word: str) -> tuple[str, ...]:
        """Return every region of a name, whichever the units are."""
        return self.exact.get(_fold(word), ()) or self.short.get(shorten(word), ())

    def _choose(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        chosen = [code for code in codes if code in self.preferred]
        return tuple(chosen) if len(chosen) == 1 and self._is_clear(codes, chosen[0]) else codes

    def _find_renamed(self, word: str) -> tuple[str, ...]:
        former = list_former_names()
        found = former.get(word) or former.get(shorten(word))
        code = found.code if found else ""
        return (code,) if code in self.names else ()

    def _find_clipped(self, word: str) -> tuple[str, ...]:
        """Find an autonomous region by a part of its name: 恩施州, 新疆维吾尔, 巴州."""
        code = list_short_names().get(word, "")
        if code in self.names:
            return (code,)
        stem = word.removesuffix("州") if word.endswith("州") else _PEOPLES_AFTER.sub("", word)
        codes = self._list_codes(stem) if stem != word and len(stem) >= _SHORTEST else ()
        return self._choose(tuple(code for code in codes if _OWN_RULE in self.names[code]))

    def _read_address(self, place: str) -> Reading:
        """Read 江苏省南京市, 安徽安庆, 吉林吉林: a region after one around it; else a place inside a region."""
        inside: tuple[str, ...] = ()
        for cut in range(len(place) - _SHORTEST, _SHORTEST - 1, -1):
            around, rest = self._list_codes(place[:cut]), place[cut:]
            if not around:
                continue
            tail = self.read(rest)
            named = tuple(dict.fromkeys((*self._list_codes(rest), *tail.codes)))
            below = [code for code in named if self._climb(code) & {*around}]
            found = tuple(below or [code for code in named if code in around])
            if found:
                return Reading(self._choose(found), tail.how)
            inside = inside or (self._choose(around) if rest.endswith(_INSIDE) else ())
        return Reading(inside, "inside") if inside else Reading(())

    def _is_clear(self, codes: Iterable[str], unit: str) -> bool:
        """Tell whether each of the other regions lies above the unit, or inside a unit."""
        above = self._climb(unit)
        return all(code == unit or code in above or self._climb(code) & self.preferred for code in codes)

    def _climb(self, code: str) -> set[str]:
        above: set[str] = set()
        upper = self.parents.get(code, "")
        while upper and upper not in above:
            above.add(upper)
            upper = self.parents.get(upper, "")
        return above


def build_name_index(regions: pd.DataFrame, preferred: Iterable[str] = (), *, simplified: bool = False) -> NameIndex:
    """Index the names of regions.

    Parameters
    ----------
    regions
        Columns ``code``, ``name``, ``name_zh`` and, if there, ``parent`` (a code) and ``alias`` (several are parted by
        ``;`` or ``；``).
    preferred
        Codes of the units.
    simplified
        See `NameIndex`.
    """
    exact: dict[str, dict[str, None]] = {}
    short: dict[str, dict[str, None]] = {}
    letters: dict[str, dict[str, None]] = {}
    for row in regions.to_dict("records"):
        words = [row.get("name", ""), row.get("name_zh", ""), *re.split("[;；]", row.get(_ALIAS, ""))]
        for word in filter(None, map(str.strip, words)):
            exact.setdefault(_fold(word), {})[row["code"]] = None
            short.setdefault(shorten(word), {})[row["code"]] = None
            letters.setdefault(fold_letters(word), {})[row["code"]] = None
    names = dict(zip(regions["code"], regions.get("name_zh", regions["code"]), strict=True))
    return NameIndex(
        names,
        {word: tuple(codes) for word, codes in exact.items()},
        {word: tuple(codes) for word, codes in short.items()},
        {word: tuple(codes) for word, codes in letters.items() if word},
        frozenset(preferred),
        dict(zip(regions["code"], regions["parent"], strict=True)) if "parent" in regions else {},
        simplified,
    )
