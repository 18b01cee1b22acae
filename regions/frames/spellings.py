"""Undo how tables write the names of regions: blanks inside them, footnotes, a second name, other characters."""

import re
import unicodedata
from collections.abc import Iterator

from regions.frames.vocabulary import find_simplified, list_left_out, list_note_beginnings

_HAN = "\u3400-\u9fff"
_BLANKS_WITHIN = re.compile(f"(?<=[{_HAN}])[\\s\u00a0\u3000]+(?=[{_HAN}])")
_MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳*＊※#＃†‡§^¹²³⁴⁵⁶⁷⁸⁹⁰△▲★☆●○◆·"
_NUMBERED = re.compile(r"^(?:[(（]?\d{1,2}[.、)）．]|[一二三四五六七八九十]{1,3}、)\s*(?=\D)")
_MARK_AFTER = re.compile(
    f"(?<=[{_HAN}])(?:\\s*(?:[\\[(（【〔]?\\s*注?\\s*\\d{{1,2}}\\s*[\\])）】〕]|\\d{{1,2}}|[ivx]{{1,3}}|[a-z]))$"
)
_BRACKET = re.compile(r"\s*[(（\[【][^()（）\[\]【】]*[)）\]】]$")
_TWO_NAMES = re.compile(f"^([{_HAN}][{_HAN}\\s]*)[\\s/（(,，-]*[A-Za-z][A-Za-z .,'’()（）-]*$")
_ENGLISH_FIRST = re.compile(f"^[A-Za-z][A-Za-z .,'’-]*[\\s/（(,，-]+([{_HAN}]+)[)）]?$")
_LETTERS = re.compile(r"[^\w]|_")
_SEPARATORS = re.compile(r"[\s/\\|>＞_·、，,—–-]+")
_CODE = re.compile(r"^\d{4}(?:\d{2}|\d{5}|\d{8})?$", re.ASCII)
_SIX = 6


def list_spellings(word: str, *, simplified: bool = True) -> Iterator[str]:
    """Iterate over what a cell may mean, from the least changed to the most: ``内 蒙 古①`` gives ``内蒙古``.

    Undone are: full-width forms, blanks inside Chinese names, marks of footnotes and numbers around a name, a second
    name in English, a remark in brackets, traditional characters unless told otherwise, the zeros of a longer code.
    """
    seen = {word}
    characters = (_simplify,) if simplified else ()
    for change in (_fold_width, _join, _strip_marks, _strip_second_name, _strip_bracket, *characters, _cut_code):
        word = change(word)
        if word and word not in seen:
            seen.add(word)
            yield word


def _fold_width(word: str) -> str:
    if word.isascii() or any(letter in _MARKS for letter in word):
        return word.strip()
    return unicodedata.normalize("NFKC", word).strip()


def _join(word: str) -> str:
    return _BLANKS_WITHIN.sub("", word)


def _strip_marks(word: str) -> str:
    bare = _NUMBERED.sub("", word.strip().strip(_MARKS).strip())
    bare = _MARK_AFTER.sub("", bare).strip().strip(_MARKS).rstrip("：:").strip()
    return _fold_width(_join(bare))


def _strip_second_name(word: str) -> str:
    for pattern in (_TWO_NAMES, _ENGLISH_FIRST):
        found = pattern.match(word)
        if found:
            return _join(found.group(1).strip())
    return word


def _strip_bracket(word: str) -> str:
    return _BRACKET.sub("", word)


def _simplify(word: str) -> str:
    return word if word.isascii() else word.translate(find_simplified())


def _cut_code(word: str) -> str:
    """Give a code of China six digits: 3201 and 320100000000 are 320100."""
    return word[:_SIX].ljust(_SIX, "0") if _CODE.match(word) else word


def fold_letters(word: str) -> str:
    """Return the letters and digits of a name alone, without accents and case: Île-de-France -> iledefrance."""
    plain = unicodedata.normalize("NFKD", word)
    return _LETTERS.sub("", "".join(letter for letter in plain if not unicodedata.combining(letter))).casefold()


def strip_separators(word: str) -> str:
    """Return a place without what parts its levels: 江苏省-南京市 -> 江苏省南京市."""
    return _SEPARATORS.sub("", word)


def find_left_out(word: str) -> str:
    """Return the kind of a word that is no region: ``total``, ``country``, ``part``, ``others``, ``note``, or "".

    Ask only of words that name no region of the frame: a study may have a region 东部.
    """
    plain = _fold_width(word.strip()).casefold()
    if plain.startswith(list_note_beginnings()):
        return "note"
    known = list_left_out()
    for spelling in (plain, plain.strip(_MARKS + "#()（）[]【】：: "), plain.replace(" ", "")):
        if spelling in known:
            return known[spelling]
    if plain.endswith(("小计", "合计", "总计", "汇总")) and len(plain) > 2:  # noqa: PLR2004 - 池州市小计, 华东合计
        return "total"
    return next((known[spelling] for spelling in list_spellings(plain) if spelling in known), "")
