"""Actors without identifiers: their names stand in, and records may name actors by name where that is clear."""

from collections.abc import Mapping

import pandas as pd

from regions.errors import Fault
from regions.files.text_table import TextTable
from regions.frames.name_index import shorten
from regions.messages import Message, say
from regions.schema.cell_values import clean_codes, clean_text
from regions.schema.headers import match_headers
from regions.schema.suggest import show_word
from regions.tables.checked_table import CheckedTable

_NAMES = ("name_zh", "name")


def add_ids(table: TextTable) -> TextTable:
    """Give actors that have names and no identifiers one: the name, with the region where several have that name.

    Returns
    -------
    TextTable
        With a first column ``id`` and ``W-NOID``; the table itself when it has identifiers or no names.
    """
    headers = match_headers("actors", map(str, table.frame.columns))
    named = next((headers[name] for name in _NAMES if name in headers), None)
    if "id" in headers or named is None or table.frame.empty:
        return table
    names = clean_text(table.frame[named])
    ids = names
    if "region" in headers:
        places = table.frame[headers["region"]].map(shorten)
        several = places.groupby(names).transform("nunique") > 1
        ids = names.where(~several, names + " (" + clean_text(table.frame[headers["region"]]) + ")")
    frame = table.frame.copy()
    frame.insert(0, "id", pd.Series(ids, index=frame.index, dtype="str"))
    warning = Fault.of(table.file, say("W-NOID", column=named))
    return TextTable(table.file, frame, table.lines, (*table.warnings, warning), table.header_line, table.suspect)


def resolve_actors(records: CheckedTable, actors: CheckedTable) -> tuple[CheckedTable, list[Fault]]:
    """Replace names of actors in the records by their identifiers, where records name actors by name.

    Returns
    -------
    table, faults
        ``E-AMBIG`` for a name that several actors have; a word that is neither identifier nor name stays as it is.
    """
    if "actor" not in records.frame or "id" not in actors.frame:
        return records, []
    ids = set(actors.frame["id"].tolist())
    words = records.frame["actor"]
    strange = [word for word in words.unique().tolist() if word and word not in ids]
    if not strange:
        return records, []
    known = _index_names(actors)
    meant = {word: known[clean] for word, clean in zip(strange, _clean(strange), strict=True) if clean in known}
    clear = {word: codes[0] for word, codes in meant.items() if len(codes) == 1}
    unclear = words[words.isin([word for word, codes in meant.items() if len(codes) > 1])]
    faults = records.fault_cells("actor", unclear, lambda word: _describe(word, meant))
    if not clear:
        return records, faults
    frame = records.frame.assign(actor=words.map(lambda word: clear.get(word, word)).astype("str"))
    return records.with_frame(frame), faults


def _index_names(actors: CheckedTable) -> dict[str, list[str]]:
    """Return cleaned name -> identifiers of the actors that have it."""
    found: dict[str, dict[str, None]] = {}
    for column in _NAMES:
        if column in actors.frame:
            for word, key in zip(_clean(actors.frame[column]), actors.frame["id"], strict=True):
                if word:
                    found.setdefault(word, {})[key] = None
    return {word: list(ids) for word, ids in found.items()}


def _clean(words: "pd.Series[str] | list[str]") -> list[str]:
    return clean_codes(pd.Series(words, dtype="str")).tolist()


def _describe(word: str, meant: Mapping[str, list[str]]) -> Message:
    return say("E-AMBIG/actor", value=show_word(word), ids=[show_word(key) for key in meant[word][:5]])
