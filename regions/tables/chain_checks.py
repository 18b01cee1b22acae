"""Check the tables of industry chains: stages in order, words that other tables know, and what belongs nowhere."""

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from regions.errors import Fault
from regions.messages import say
from regions.schema.several_words import split_several, split_shares
from regions.schema.suggest import show_word, suggest
from regions.tables.checked_table import CheckedTable

_MOST_WORDS = 8


def check_chains(table: CheckedTable) -> list[Fault]:
    """Find stages that lead to a stage which the chain does not have, and chains that lead back to where they began.

    Returns
    -------
    list of Fault
        ``E-CHAIN/next`` by row, with the stage that is probably meant; ``E-CYCLE/stages`` with the stages of a circle
        by name; ``E-CHAIN/share`` for an industry whose share is not above 0 and at most 1.
    """
    frame = table.frame
    if not {"chain", "stage"} <= set(frame.columns):
        return []
    faults = list(_check_shares(table))
    for chain, rows in frame.groupby("chain", sort=False):
        follows: dict[str, list[str]] = {stage: [] for stage in rows["stage"]}
        for line, stage, cell in zip(rows.index, rows["stage"], _cells(rows, "next"), strict=True):
            for follower in split_several(cell):
                if follower in follows:
                    follows[stage].append(follower)
                else:
                    hint = suggest(follower, dict.fromkeys(follows, ""))
                    unknown = say("E-CHAIN/next", chain=str(chain), value=show_word(follower)).with_hint(hint)
                    faults.append(table.fault(unknown, int(line), "next"))
        circle = find_circle(follows)
        if circle:
            path = " -> ".join([*circle, circle[0]])
            line = int(rows.index[rows["stage"] == circle[0]][0])
            faults.append(table.fault(say("E-CYCLE/stages", chain=str(chain), path=path), line, "next"))
    return faults


def _check_shares(table: CheckedTable) -> Iterator[Fault]:
    for line, cell in zip(table.frame.index, _cells(table.frame, "industries"), strict=True):
        for word, share in split_shares(cell).items():
            if share == 0 or share > 1:
                yield table.fault(say("E-CHAIN/share", value=show_word(word), share=share), int(line), "industries")


def find_circle(follows: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the nodes of a circle in the order of its way; empty where every way ends.

    Examples
    --------
    >>> find_circle({"ore": ["steel"], "steel": ["car", "ore"], "car": []})
    ['ore', 'steel']
    """
    done: set[str] = set()
    for start in follows:
        path: list[str] = []
        ways = [iter([start])]
        while ways:
            node = next(ways[-1], None)
            if node is None:
                ways.pop()
                if path:
                    done.add(path.pop())
            elif node in path:
                return path[path.index(node) :]
            elif node not in done:
                path.append(node)
                ways.append(iter(follows.get(node, ())))
    return []


def check_declared(tables: Mapping[str, CheckedTable]) -> list[Fault]:
    """Find chains and stages that the declared coverage names and no chain has (``E-CHAIN/covered``)."""
    if not {"coverage", "chains"} <= set(tables):
        return []
    covered, chains = tables["coverage"], tables["chains"].frame
    faults = []
    for column in ("chain", "stage"):
        known = dict.fromkeys(chains.get(column, ()), "")
        for line, cell in zip(covered.frame.index, _cells(covered.frame, column), strict=True):
            for word in split_several(cell):
                if word not in known:
                    unknown = say("E-CHAIN/covered", value=show_word(word)).with_hint(suggest(word, known))
                    faults.append(covered.fault(unknown, int(line), column))
    return faults


def warn_belonging(tables: Mapping[str, CheckedTable]) -> list[Fault]:
    """Count rows of a stage or an industry that no chain has: they belong to no stage and count in none.

    Returns
    -------
    list of Fault
        ``W-CHAIN/stage`` and ``W-CHAIN/industry``, one per table, with the words and their rows. Actors and records
        without any industry or stage are no fault.
    """
    if "chains" not in tables:
        return []
    chains = tables["chains"].frame
    known = {
        "stage": {str(stage) for stage in chains.get("stage", ())},
        "industry": {
            word for name in ("industries", "beside") for cell in _cells(chains, name) for word in split_shares(cell)
        },
    }
    faults: list[Fault] = []
    for name, column in (("actors", "stage"), ("records", "stage"), ("actors", "industry"), ("records", "industry")):
        if name in tables and column in tables[name].frame:
            faults += _count_strangers(tables[name], column, known[column])
    if "activities" in tables and "industry" in tables["activities"].frame:
        faults += _count_strangers(tables["activities"], "industry", known["industry"])
    return faults


def _count_strangers(table: CheckedTable, column: str, known: set[str]) -> Iterator[Fault]:
    """Count the rows of each strange word; chains that name no industry at all have nothing to say of industries."""
    if not known:
        return
    counts = table.frame[column].value_counts()
    strange: dict[str, int] = {}
    for cell, count in counts.items():
        for word in split_several(str(cell)):
            if word not in known:
                strange[word] = strange.get(word, 0) + int(count)
    if not strange:
        return
    words = [f"{show_word(word)} ({count})" for word, count in strange.items()]
    shown = words if len(words) <= _MOST_WORDS else [*words[:_MOST_WORDS], "..."]
    key = "W-CHAIN/stage" if column == "stage" else "W-CHAIN/industry"
    yield table.fault(say(key, rows=sum(strange.values()), count=len(strange), words=shown), None, column)


def _cells(frame: pd.DataFrame, column: str) -> Iterable[str]:
    """Return the cells of a column of text, empty ones where there is no such column."""
    return frame[column] if column in frame else [""] * len(frame)
