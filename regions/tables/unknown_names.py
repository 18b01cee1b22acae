"""Leave out what names an unknown region or actor, when the user asks for it, and count what is lost.

Links and indicators of an unknown region go. An unknown actor, or an actor of an unknown region, stays in its records:
it took part, so it counts in their size, and gives no link.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from regions.arrays import Booleans
from regions.errors import Fault
from regions.messages import Message, say
from regions.schema.suggest import show_word
from regions.tables.checked_table import CheckedTable

REFERENCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "links": ("source", "target"),
        "actors": ("region",),
        "records": ("actor",),
        "indicators": ("code",),
        "activities": ("code",),
    }
)
"""Tables that may lose something -> the columns that name regions or, in the records, actors."""

_MOST_WORDS = 20
_STAY: Mapping[str, str] = MappingProxyType(
    {"actors": "W-DROPPED/actors-of-unknown", "records": "W-DROPPED/records-of-unknown"}
)
"""Tables whose rows stay -> what is said of them."""


def drop_unknown(
    tables: Mapping[str, CheckedTable], unknown: Iterable[Fault], is_known: Mapping[str, Callable[[str], bool]]
) -> tuple[dict[str, CheckedTable], list[Fault]]:
    """Leave out the rows of links and indicators, and the regions of actors, that are unknown; records stay whole.

    Parameters
    ----------
    unknown
        What was found before, ``E-UNKNOWN`` among other faults.
    is_known
        Table -> whether a word of its columns names anything; a word that names several regions is known.

    Returns
    -------
    tables, faults
        The tables without what is unknown; ``W-DROPPED`` per table with the number of rows and, for links, the weight
        that are lost, in place of the faults about them. Other faults, ambiguous names among them, stay.
    """
    faults = list(unknown)
    kept = dict(tables)
    for name, columns in REFERENCES.items():
        table = kept.get(name)
        if table is None or name not in is_known:
            continue
        words: dict[str, None] = {}
        wrong = np.zeros(len(table.frame), dtype=bool)
        for column in table.frame.columns.intersection(list(columns)):
            values = table.frame[column]
            strange = [word for word in values.unique() if word and not is_known[name](word)]
            words |= dict.fromkeys(strange)
            wrong |= values.isin(strange).to_numpy()
        if words:
            kept[name] = table.with_frame(_leave_out(name, table.frame, wrong))
            faults = [fault for fault in faults if fault.code != "E-UNKNOWN" or fault.file != table.file]
            faults.append(_describe(name, table, wrong, list(words)))
    return kept, faults


def _leave_out(name: str, frame: pd.DataFrame, lines: Booleans) -> pd.DataFrame:
    if name not in _STAY:
        return frame[~lines]
    return frame.assign(region=frame["region"].mask(lines, "")) if name == "actors" else frame


def _describe(name: str, table: CheckedTable, lines: Booleans, strange: list[str]) -> Fault:
    dropped = table.frame[lines]
    words = ", ".join(map(show_word, strange[:_MOST_WORDS])) + (", ..." if len(strange) > _MOST_WORDS else "")
    counted = {"count": len(dropped), "rows": len(table.frame), "words": words}
    if name in _STAY:
        return Fault.of(table.file, say(_STAY[name], **counted))
    lost: Message | str = ""
    if "weight" in table.frame:
        weight, total = dropped["weight"].sum(), table.frame["weight"].sum()
        lost = say("W-DROPPED/weight", weight=weight, share=weight / total if total else 0.0)
    return Fault.of(table.file, say("W-DROPPED/rows", weight=lost, **counted))
