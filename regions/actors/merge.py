"""Merge actors that a person has confirmed to be one."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from regions.errors import Fault, StudyError
from regions.messages import say
from regions.tables.references import find_repeated

YES = frozenset({"yes", "y", "1", "true", "x", "是", "合并", "√"})
"""What people write into the column ``merge`` of a confirmed row."""

NO = frozenset({"", "no", "n", "0", "false", "否", "不", "不合并", "×"})
"""What they write into any other row; any other word is a fault."""

REPORT = ("drop", "keep", "name_drop", "name_keep", "region_drop", "region_keep", "participations")


@dataclass(frozen=True, slots=True, eq=False)
class Merged:
    """Tables after merging.

    Attributes
    ----------
    actors
        As before, without the dropped actors.
    records
        Participations under the kept ids; rows that are equal now in record, actor, year, kind and field stand once.
        None when there were none.
    report
        One row per dropped actor: ``drop``, ``keep``, their names and regions, and ``participations`` moved.
    repeated
        Participations that fell together.
    """

    actors: pd.DataFrame
    records: pd.DataFrame | None
    report: pd.DataFrame
    repeated: int


def merge_actors(
    actors: pd.DataFrame, records: pd.DataFrame | None, merges: pd.DataFrame, *, file: str = "merges"
) -> Merged:
    """Merge actors by a list that a person has confirmed.

    Parameters
    ----------
    actors
        Index ``id``; ``name``, ``region`` and other columns. The kept actor keeps its own cells.
    records
        ``record``, ``actor`` and other columns, or None.
    merges
        ``keep`` and ``drop``; or ``id_a`` (kept) and ``id_b``, as ``find_duplicate_actors`` lists them. With a column
        ``merge`` only rows that say yes there (``yes``, ``1``, 是, ...) count. Chains are followed: a into b, b into c.
    file
        Name of the list for messages.

    Returns
    -------
    Merged
        New tables, in the order of the old ones.

    Raises
    ------
    StudyError
        ``E-COLUMN``, ``E-UNKNOWN`` for an id that no actor has, ``E-CONFLICT`` for an actor dropped in favour of two
        others, ``E-CYCLE`` for one that would be merged into itself, ``E-YESNO`` for a word in ``merge`` that is
        neither; all of them, by row (the header is row 1).
    """
    pairs = _read_pairs(merges, file)
    target = _follow(pairs, set(actors.index.astype(str)), file)
    kept = actors[~actors.index.isin(target)]
    report = _report(actors, records, target)
    if records is None:
        return Merged(kept, None, report, 0)
    moved = records.assign(actor=records["actor"].map(lambda actor: target.get(actor, actor)))
    repeated = find_repeated(moved)
    return Merged(kept, moved[~repeated].reset_index(drop=True), report, int(repeated.sum()))


def _read_pairs(merges: pd.DataFrame, file: str) -> list[tuple[int, str, str]]:
    """Return row, kept id and dropped id of the confirmed rows."""
    names = next((both for both in (("keep", "drop"), ("id_a", "id_b")) if set(both) <= set(merges.columns)), None)
    if names is None:
        raise StudyError(Fault.of(file, say("E-COLUMN/merge"), row=1))
    said = merges["merge"].fillna("").astype(str).str.strip().str.lower() if "merge" in merges else None
    if said is not None and not said.isin(YES | NO).all():
        raise StudyError(_describe_word(file, int(row) + 2, word) for row, word in _find_unclear(said))
    confirmed = merges if said is None else merges[said.isin(YES)]
    rows = [int(position) + 2 for position in merges.index.get_indexer(confirmed.index)]
    keep, drop = (confirmed[name].astype(str).str.strip() for name in names)
    return list(zip(rows, keep, drop, strict=True))


def _find_unclear(said: "pd.Series[str]") -> Iterator[tuple[int, str]]:
    """Give position and text of every word that is neither yes nor no."""
    return ((row, word) for row, word in enumerate(said) if word not in YES | NO)


def _describe_word(file: str, row: int, word: str) -> Fault:
    return Fault.of(file, say("E-YESNO", word=word[:40]), row=row, column="merge")


def _follow(pairs: list[tuple[int, str, str]], known: set[str], file: str) -> dict[str, str]:
    """Return dropped id -> the id that is kept in the end."""
    faults: list[Fault] = []
    target: dict[str, str] = {}
    for row, keep, drop in pairs:
        strange = [actor for actor in (keep, drop) if actor not in known]
        faults += [Fault.of(file, say("E-UNKNOWN/actor", actor=actor), row=row) for actor in strange]
        if target.setdefault(drop, keep) != keep:
            faults.append(Fault.of(file, say("E-CONFLICT", drop=drop, keep=keep, before=target[drop]), row=row))
    for row, _, drop in pairs:
        end, seen = target[drop], {drop}
        while end in target and end not in seen:
            seen.add(end)
            end = target[end]
        if end in seen:
            faults.append(Fault.of(file, say("E-CYCLE/merge", drop=drop), row=row))
    if faults:
        raise StudyError(sorted(faults, key=lambda fault: fault.row or 0))
    return {drop: _end(drop, target) for drop in target}


def _end(actor: str, target: dict[str, str]) -> str:
    while actor in target:
        actor = target[actor]
    return actor


def _report(actors: pd.DataFrame, records: pd.DataFrame | None, target: dict[str, str]) -> pd.DataFrame:
    counts = {} if records is None else records["actor"].value_counts().to_dict()
    rows = [
        (
            drop,
            keep,
            *(actors[column].get(actor, "") for column in ("name", "region") for actor in (drop, keep)),
            counts.get(drop, 0),
        )
        for drop, keep in sorted(target.items())
    ]
    return pd.DataFrame(rows, columns=list(REPORT))
