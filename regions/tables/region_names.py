"""Find regions by the names people give them: code, Chinese or English name, with or without suffix, alias."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from regions.errors import Fault
from regions.messages import Message, say
from regions.schema.cell_values import clean_codes
from regions.schema.suggest import explain_stray, show_word, suggest
from regions.tables.checked_table import CheckedTable
from regions.words import Words

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
_MOST_HINTS = 50  # to look for what was meant takes a hundred times the time of looking a word up
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
        Codes of the units of the study: such a one wins over regions above it, and inside units, that share its name.
    parents
        Code -> code of the region above, "" for none.
    """

    names: Mapping[str, str]
    exact: Mapping[str, tuple[str, ...]]
    short: Mapping[str, tuple[str, ...]]
    preferred: frozenset[str]
    parents: Mapping[str, str]

    def find(self, word: str) -> tuple[str, ...]:
        """Return the codes that ``word`` may mean: one when it is clear, none when it is unknown.

        Where a unit and the region around it share a name, the unit is meant (吉林 the city, which lies in 吉林 the
        province), and where provinces are the units, none of the prefectures. Among prefectures, 海南 is the one in
        Qinghai or the province, which does not lie around it, and so is not clear.
        """
        if word in self.names:
            return (word,)
        tables = [(self.exact, _fold)] if word.isdecimal() else [(self.exact, _fold), (self.short, shorten)]
        for table, change in tables:
            codes = table.get(change(word), ())
            if codes:
                chosen = [code for code in codes if code in self.preferred]
                return tuple(chosen) if len(chosen) == 1 and self._is_clear(codes, chosen[0]) else codes
        return ()

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


def build_name_index(regions: pd.DataFrame, preferred: Iterable[str] = ()) -> NameIndex:
    """Index the names of regions.

    Parameters
    ----------
    regions
        Columns ``code``, ``name``, ``name_zh`` and, if there, ``parent`` (a code) and ``alias`` (several are parted by
        ``;`` or ``；``).
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
        dict(zip(regions["code"], regions["parent"], strict=True)) if "parent" in regions else {},
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
    explained: dict[str, Message] = {}

    def explain(word: str) -> Message:
        if word not in explained:
            explained[word] = _explain(word, found[word], index, hint=len(explained) < _MOST_HINTS)
        return explained[word]

    faults = []
    for ambiguous in (True, False):
        words = {word for word, codes in found.items() if len(codes) != 1 and bool(codes) is ambiguous}
        wrong = values[[value in words for value in values]] if words else values[:0]
        faults += table.fault_cells(column, wrong, explain)
    return table, sorted(faults, key=lambda fault: fault.row or 0)


def resolve_parents(table: CheckedTable) -> tuple[CheckedTable, list[Fault]]:
    """Replace the names of parents in a table of regions by their codes; a region is never its own parent's name.

    Returns
    -------
    table, faults
        ``E-AMBIG`` for a name of several regions; unknown names stay as they are.
    """
    frame = table.frame
    if not {"code", "parent"} <= set(frame.columns) or frame["parent"].isin(["", *frame["code"]]).all():
        return table, []
    index = build_name_index(frame)
    found = {
        (code, word): tuple(other for other in index.find(word) if other != code)
        for code, word in zip(frame["code"], frame["parent"], strict=True)
        if word and word not in index.names
    }
    pairs = list(zip(frame["code"], frame["parent"], strict=True))
    codes = [found[pair][0] if len(found.get(pair, ())) == 1 else pair[1] for pair in pairs]
    unclear = frame["parent"][[len(found.get(pair, ())) > 1 for pair in pairs]]
    faults = table.fault_cells("parent", unclear, lambda word: _explain(word, index.find(word), index, hint=False))
    parents = pd.Series(codes, index=frame.index, dtype="str")
    return CheckedTable(table.file, frame.assign(parent=parents), table.headers, table.faults), faults


def _explain(word: str, codes: tuple[str, ...], index: NameIndex, *, hint: bool) -> Message:
    """Say what is wrong with a word that names several regions, or none."""
    shown = show_word(word)
    if codes:
        both = [f"{index.names[code]} ({code})" for code in codes]
        return say("E-AMBIG/name", value=shown, regions=Words(" or ".join(both), "、".join(both)))
    unknown, stray = say("E-UNKNOWN/region", value=shown), explain_stray(word)
    if any(stray) or not hint:
        return unknown.with_hint(stray)
    return unknown.with_hint(suggest(clean_codes(pd.Series([word])).iloc[0], index.names))
