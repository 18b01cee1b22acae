"""Find regions by the names people give them: code, Chinese or English name, with or without suffix, alias."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from regions.clean import clean_codes
from regions.errors import Fault
from regions.suggest import suggest
from regions.validate import CheckedTable

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|"
    "达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|裕固|独龙|鄂伦春|各"
)
_AUTONOMOUS = re.compile(f"(?:(?:{_PEOPLES})族?)+自治[区州县旗]$")
_SUFFIX = re.compile("(?:特别行政区|自治[区州县旗]|林区|地区|[省市盟县旗])$")
_ENGLISH_SUFFIX = re.compile(
    r"(?:\s+(?:province|city|municipality|prefecture|county|district|autonomous region|sar|shi|sheng))+$"
)
_SHORTEST = 2
_ALIAS = "alias"


def shorten(name: str) -> str:
    """Return a name without the word for what kind of region it is: 江苏省 -> 江苏, Jiangsu Province -> jiangsu.

    The names of peoples in autonomous regions go too (宁夏回族自治区 -> 宁夏) unless too little would be left
    (内蒙古自治区 -> 内蒙古).
    """
    plain = _fold(name)
    for pattern in (_AUTONOMOUS, _SUFFIX, _ENGLISH_SUFFIX):
        short = pattern.sub("", plain)
        if short != plain and len(short) >= _SHORTEST:
            return short
    return plain


def _fold(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


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
    preferred
        Codes that win when a word means several regions: the units of the study.
    """

    names: Mapping[str, str]
    exact: Mapping[str, tuple[str, ...]]
    short: Mapping[str, tuple[str, ...]]
    preferred: frozenset[str]

    def find(self, word: str) -> tuple[str, ...]:
        """Return the codes that ``word`` may mean: one when it is clear, none when it is unknown."""
        if word in self.names:
            return (word,)
        for table, key in ((self.exact, _fold(word)), (self.short, shorten(word))):
            codes = table.get(key, ())
            chosen = tuple(code for code in codes if code in self.preferred) if len(codes) > 1 else codes
            if codes:
                return chosen if len(chosen) == 1 else codes
        return ()


def build_name_index(regions: pd.DataFrame, preferred: Iterable[str] = ()) -> NameIndex:
    """Index the names of regions.

    Parameters
    ----------
    regions
        Columns ``code``, ``name``, ``name_zh`` and, if there, ``alias`` (several are parted by ``;`` or ``；``).
    preferred
        Codes of the units.
    """
    exact: dict[str, dict[str, None]] = {}
    short: dict[str, dict[str, None]] = {}
    for row in regions.to_dict("records"):
        words = [row.get("name", ""), row.get("name_zh", ""), *re.split("[;；]", row.get(_ALIAS, ""))]
        for word in filter(None, map(str.strip, words)):
            exact.setdefault(_fold(word), {})[row["code"]] = None
            short.setdefault(shorten(word), {})[row["code"]] = None
    names = dict(zip(regions["code"], regions.get("name_zh", regions["code"]), strict=True))
    return NameIndex(
        names,
        {word: tuple(codes) for word, codes in exact.items()},
        {word: tuple(codes) for word, codes in short.items()},
        frozenset(preferred),
    )


def resolve_names(table: CheckedTable, column: str, index: NameIndex) -> tuple[CheckedTable, list[Fault]]:
    """Replace the names in a column by codes.

    Returns
    -------
    table, faults
        The table with codes where a name is clear. ``E-UNKNOWN`` with a hint for a word that names no region,
        ``E-AMBIG`` with all candidates for one that names several.
    """
    if column not in table.frame:
        return table, []
    values = table.frame[column]
    found = {word: index.find(word) for word in values.unique() if word}
    clear = {word: codes[0] for word, codes in found.items() if len(codes) == 1 and codes[0] != word}
    if clear:
        frame = table.frame.assign(**{column: values.map(lambda word: clear.get(word, word))})
        table = CheckedTable(table.file, frame, table.headers, table.faults)
    faults = []
    for word, codes in found.items():
        if len(codes) != 1:
            texts, hints = _explain(word, codes, index)
            for line in values.index[values == word]:
                code = "E-AMBIG" if codes else "E-UNKNOWN"
                faults.append(table.fault(code, int(line), column, texts, hint=hints[0], hint_zh=hints[1]))
    return table, sorted(faults, key=lambda fault: fault.row or 0)


def _explain(word: str, codes: tuple[str, ...], index: NameIndex) -> tuple[tuple[str, str], tuple[str, str]]:
    shown = word if word.isascii() or word.isalpha() else ascii(word)[1:-1]
    if codes:
        both = " or ".join(f"{index.names[code]} ({code})" for code in codes)
        both_zh = "、".join(f"{index.names[code]} ({code})" for code in codes)
        texts = (f"'{shown}' names several regions: {both}.", f"“{shown}”对应多个地区：{both_zh}。")
        return texts, ("Write the code.", "请填写代码。")
    texts = (f"'{shown}' is not in the regions table.", f"“{shown}”不在地区表中。")
    return texts, suggest(clean_codes(pd.Series([word])).iloc[0], index.names)
