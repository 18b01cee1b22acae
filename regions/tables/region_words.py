"""Words that stand where a region should and need a word of their own: totals, former names, places inside a region."""

from collections.abc import Iterable, Mapping

import pandas as pd

from regions.errors import Fault
from regions.frames.name_index import NameIndex, Reading
from regions.frames.spellings import find_left_out
from regions.frames.vocabulary import FormerName, list_country_names, list_former_names, list_reasons
from regions.messages import Message, say
from regions.schema.suggest import show_word
from regions.tables.checked_table import CheckedTable
from regions.words import Words

_SHED = frozenset({"links", "indicators", "activities"})
"""Tables that lose the rows of totals and their kin; an actor of such a place stays, without a region."""

_MOST_WORDS = 10


def leave_out_words(
    name: str, table: CheckedTable, columns: Iterable[str], index: NameIndex
) -> tuple[CheckedTable, list[Fault]]:
    """Leave out the rows of words that name no region but a total, the whole country, others, a note or what is abroad.

    Names of countries are abroad only where no region of the study is a country itself.
    Faults of the cells of such a row go with it. An actor in such a place keeps its row and loses its region.

    Returns
    -------
    table, faults
        ``W-LEFTOUT`` with the number of rows of each word.
    """
    present = [column for column in columns if column in table.frame]
    if not present or name not in {*_SHED, "actors"}:
        return table, []
    reasons = _find_reasons(table.frame, present, index)
    if not reasons:
        return table, []
    cells = table.frame[present]
    wrong = cells.isin(list(reasons)).any(axis=1)
    if name in _SHED:
        kept = table.frame[~wrong]
        lines = set(table.frame.index[wrong])
        faults = [fault for fault in table.faults if fault.row not in lines]
    else:
        kept, faults = table.frame.assign(**{present[0]: cells[present[0]].mask(wrong, "")}), table.faults
    warning = _describe_left_out(cells[wrong], reasons, int(wrong.sum()), stays=name not in _SHED)
    done = CheckedTable(table.file, kept, table.headers, faults)
    return done, [Fault.of(table.file, warning)]


def _find_reasons(frame: pd.DataFrame, columns: list[str], index: NameIndex) -> dict[str, str]:
    words = {word for column in columns for word in frame[column].unique() if word}
    countries = list_country_names()
    if any(known.casefold() in countries for known in index.names.values()):
        countries = frozenset()  # a study of countries: a missing one is a fault
    kinds = {word: find_left_out(word) or ("abroad" if word.casefold() in countries else "") for word in words}
    return {word: kind for word, kind in kinds.items() if kind and not index.read(word).codes}


def _describe_left_out(cells: pd.DataFrame, reasons: Mapping[str, str], rows: int, *, stays: bool) -> Message:
    counts = pd.concat([cells[column] for column in cells]).value_counts()
    said: dict[str, list[str]] = {}
    for word, count in counts.items():
        if word in reasons:
            said.setdefault(reasons[str(word)], []).append(f"{show_word(str(word))} ({count})")
    parts = [
        Words(
            f"{list_reasons()[kind].en}: {', '.join(_cut(words))}",
            f"{list_reasons()[kind].zh}：{'、'.join(_cut(words))}",
        )
        for kind, words in said.items()
    ]
    shown = Words("; ".join(part.en for part in parts), "；".join(part.zh for part in parts))
    return say("W-LEFTOUT/actors" if stays else "W-LEFTOUT/rows", rows=rows, words=shown)


def _cut(words: list[str]) -> list[str]:
    return words if len(words) <= _MOST_WORDS else [*words[:_MOST_WORDS], "..."]


def tell_readings(
    name: str, table: CheckedTable, cells: "pd.Series[str]", readings: Mapping[str, Reading], index: NameIndex
) -> tuple["pd.Series[bool]", list[Fault]]:
    """Say which cells use former names or name a place inside a region.

    Parameters
    ----------
    cells
        The words of one column.
    readings
        Word -> what it means.

    Returns
    -------
    left_out, faults
        Which rows say nothing of the region: indicators of a place inside it. ``W-FORMER`` and ``W-INSIDE``.
    """
    faults = []
    left_out = pd.Series(data=False, index=cells.index)
    for how in ("former", "inside"):
        words = {word: found.codes[0] for word, found in readings.items() if found.how == how and len(found.codes) == 1}
        rows = cells.isin(list(words))
        if not rows.any():
            continue
        dropped = how == "inside" and name == "indicators"
        pairs = [_describe_reading(word, code, how, index) for word, code in words.items()]
        shown = Words(", ".join(_cut([pair.en for pair in pairs])), "、".join(_cut([pair.zh for pair in pairs])))
        key = {"former": "W-FORMER", "inside": "W-INSIDE/left-out" if dropped else "W-INSIDE/counted"}[how]
        faults.append(table.fault(say(key, rows=int(rows.sum()), words=shown), None, str(cells.name)))
        if dropped:
            left_out |= rows
    return left_out, faults


def keep_apart(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """Give regions that were merged into others their old code: their values are not those of the region of today."""
    found = dict(readings)
    for word, reading in readings.items():
        former = _find_former(word) if reading.how == "former" else None
        if former is not None and former.own:
            found[word] = Reading((former.own,), "former")
    return found


def _find_former(word: str) -> FormerName | None:
    return next((each for old, each in list_former_names().items() if old in word or word == each.own), None)


def _describe_reading(word: str, code: str, how: str, index: NameIndex) -> Words:
    shown, name = show_word(word), index.names.get(code, code)
    former = _find_former(word) if how == "former" else None
    if former is None:
        return Words(f"{shown} -> {name}", f"{shown} → {name}")
    if code == former.own:
        today = index.names[former.code]
        return Words(
            f"{shown} (until {former.year}, now in {today}) keeps its code {code}",
            f"{shown}（{former.year} 年前，现属{today}）保留代码 {code}",
        )
    return Words(f"{shown} (until {former.year}) -> {name}", f"{shown}（{former.year} 年前）→ {name}")


def drop_succeeded(
    table: CheckedTable, former: "pd.Series[bool]", key: tuple[str, ...]
) -> tuple[CheckedTable, list[Fault]]:
    """Leave out rows of a former name whose region of today has a row of its own for the same year.

    Parameters
    ----------
    former
        Which rows use a former name.
    key
        Columns that tell rows apart.
    """
    frame = table.frame
    if not former.any() or not set(key) <= set(frame.columns):
        return table, []
    doubled = frame.duplicated(list(key), keep=False) & former
    if not doubled.any():
        return table, []
    done = table.with_frame(frame[~doubled])
    return done, [Fault.of(table.file, say("W-FORMER/succeeded", rows=int(doubled.sum())))]
