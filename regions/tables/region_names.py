"""Replace the names of regions in tables by codes, and say which are unknown, ambiguous or none."""

from collections.abc import Mapping

import pandas as pd

from regions.errors import Fault
from regions.frames.name_index import NameIndex, Reading, build_name_index
from regions.messages import Message, say
from regions.schema.cell_values import clean_codes
from regions.schema.suggest import explain_stray, show_word, suggest
from regions.tables.checked_table import CheckedTable
from regions.tables.region_words import drop_succeeded, keep_apart, leave_out_words, tell_readings
from regions.words import Words

_MOST_HINTS = 50  # to look for what was meant takes a hundred times the time of looking a word up


def resolve_regions(
    name: str, table: CheckedTable, columns: tuple[str, ...], index: NameIndex
) -> tuple[CheckedTable, list[Fault]]:
    """Replace the names of regions in the table ``name`` by codes; leave out totals and their kin, say what was mended.

    Returns
    -------
    table, faults
        As `resolve_names`, with the warnings of `regions.tables.region_words`.
    """
    table, faults = leave_out_words(name, table, columns, index)
    for column in columns:
        if column not in table.frame:
            continue
        cells = table.frame[column]
        readings = {word: index.read(word) for word in cells.unique() if word}
        if any(found.how for found in readings.values()):
            readings = keep_apart(readings) if name == "indicators" else readings
            out, told = tell_readings(name, table, cells, readings, index)
            former = cells.isin([word for word, found in readings.items() if found.how == "former"])[~out]
            table = table.with_frame(table.frame[~out])
            table, unknown = resolve_names(table, column, index, readings)
            more: list[Fault] = []
            if name == "indicators":
                table, more = drop_succeeded(table, former, ("code", "year"))
            faults += [*told, *unknown, *more]
            continue
        table, unknown = resolve_names(table, column, index, readings)
        faults += unknown
    return table, faults


def resolve_names(
    table: CheckedTable, column: str, index: NameIndex, readings: Mapping[str, Reading] | None = None
) -> tuple[CheckedTable, list[Fault]]:
    """Replace the names in a column by codes.

    Parameters
    ----------
    readings
        Word -> what it means, where that is known already.

    Returns
    -------
    table, faults
        The table with codes where a name is clear. ``E-UNKNOWN`` with a hint for a word that names no region,
        ``E-AMBIG`` with all candidates for one that names several.
    """
    if column not in table.frame:
        return table, []
    values = table.frame[column]
    known = readings or {}
    found = {word: (known[word] if word in known else index.read(word)).codes for word in values.unique() if word}
    clear = {word: codes[0] for word, codes in found.items() if len(codes) == 1 and codes[0] != word}
    if clear:
        frame = table.frame.assign(**{column: values.map(lambda word: clear.get(word, word))})
        table = table.with_frame(frame)
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
    return table.with_frame(frame.assign(parent=parents)), faults


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
