"""Kinds and owners of actors under the terms used here; words that are not known stay, and are named and counted."""

import pandas as pd

from regions.errors import Fault
from regions.messages import say
from regions.schema.kind_words import list_kinds, map_kind, map_ownership
from regions.schema.suggest import show_word
from regions.tables.checked_table import CheckedTable

_OTHER = "other"
_MOST_WORDS = 10


def settle_kinds(actors: pd.DataFrame) -> pd.DataFrame:
    """Return the actors with ``kind`` under the terms used here and, where anything tells it, ``ownership``.

    A kind that is not known stays as it stands; an empty one is ``other``. The owner is that of the column
    ``ownership``, else what the word for the kind tells (国有企业), else "".
    """
    words = actors["kind"] if "kind" in actors else pd.Series("", index=actors.index, dtype="str")
    kinds = {word: map_kind(word) or word or _OTHER for word in words.unique()}
    told = {word: map_ownership(word) or "" for word in words.unique()}
    owners = words.map(told)
    if "ownership" in actors:
        given = {word: map_ownership(word) or word for word in actors["ownership"].unique()}
        own = actors["ownership"].map(given)
        owners = own.where(own != "", owners)
    settled = actors.assign(kind=words.map(kinds).astype("str"))
    return settled.assign(ownership=owners.astype("str")) if (owners != "").any() else settled


def warn_kinds(table: CheckedTable) -> list[Fault]:
    """Name and count the kinds and owners of actors that are not known: they stand on no side and are in no layer."""
    faults = []
    for column, known in (("kind", map_kind), ("ownership", map_ownership)):
        if column not in table.frame:
            continue
        cells = table.frame[column]
        counts = cells[cells != ""].value_counts()
        strange = [(str(word), int(count)) for word, count in counts.items() if known(str(word)) is None]
        if strange:
            shown = [f"{show_word(word)} ({count})" for word, count in strange[:_MOST_WORDS]]
            more = ["..."] if len(strange) > _MOST_WORDS else []
            total = sum(count for _, count in strange)
            kinds = list(list_kinds().values())
            key = "W-KIND/kind" if column == "kind" else "W-KIND/owner"
            message = say(key, count=total, words=[*shown, *more], known=kinds) if column == "kind" else None
            faults.append(table.fault(message or say(key, count=total, words=[*shown, *more]), None, column))
    return faults
