"""Check what the tables say of each other: known codes, parents, doubled rows, mirrored links."""

from collections.abc import Iterable, Mapping
from itertools import islice

import pandas as pd

from regions.errors import Fault
from regions.messages import Message, say
from regions.schema.suggest import explain_stray, show_word, suggest
from regions.tables.checked_table import MOST_LISTED, CheckedTable
from regions.words import Words

PARTICIPATION = ("record", "actor", "year", "kind", "field", "industry", "stage")
"""What tells participations apart: an actor that a record lists in two years takes part in each."""

THE_REGIONS = Words("the regions", "地区表")
THE_ACTORS = Words("the actors table", "主体表")
"""What messages call these tables."""

_MOST_HINTS = 50
_MOST_LINES = 10


def drop_repeated_rows(table: CheckedTable) -> CheckedTable:
    """Keep one of rows that are equal in every column, and warn."""
    repeated = table.frame.duplicated()
    if repeated.any():
        lines = name_lines(table.frame.index[repeated])
        table.faults.append(table.fault(say("W-DUPROW/left-out", count=int(repeated.sum()), lines=lines), None, ""))
    return table.with_frame(table.frame[~repeated])


def name_lines(lines: "pd.Index[int]", limit: int = 5) -> Message:
    """Name the first lines."""
    return say("lines/first" if len(lines) > limit else "lines/all", lines=[str(line) for line in lines[:limit]])


def check_unique(table: CheckedTable, key: tuple[str, ...]) -> list[Fault]:
    """Find rows that share a key and differ elsewhere; the fault names both lines and the differing columns."""
    frame = table.frame
    if not set(key) <= set(frame.columns):
        return []
    faults = []
    doubled = frame[frame.duplicated(list(key), keep=False)]
    groups = doubled.groupby(list(key), sort=False)
    for values, rows in islice(groups, MOST_LISTED):
        different = [column for column in frame.columns if len(rows[column].unique()) > 1]
        lines = ", ".join(map(str, rows.index[:_MOST_LINES])) + (", ..." if len(rows) > _MOST_LINES else "")
        value = " / ".join(map(str, values))
        columns = ", ".join(table.headers.get(column, column) for column in different)
        faults.append(
            table.fault(say("E-DUPCODE/differs", value=value, lines=lines, columns=columns), int(rows.index[1]), key[0])
        )
    if groups.ngroups > MOST_LISTED:
        rest = groups.ngroups - MOST_LISTED
        faults.append(table.fault(say("E-DUPCODE/rest", rest=rest), None, key[0]))
    return faults


def check_known(
    table: CheckedTable, column: str, known: Mapping[str, str], what: Words, key: str = "E-UNKNOWN/table"
) -> list[Fault]:
    """Find codes that are not in ``known`` (code -> name); ``what`` names the other table, ``key`` is the message."""
    if column not in table.frame:
        return []
    values = table.frame[column]
    hints: dict[str, Words] = {}

    def describe(value: str) -> Message:
        if value not in hints:
            stray = explain_stray(value)
            hints[value] = stray if any(stray) or len(hints) >= _MOST_HINTS else suggest(value, known)
        return say(key, value=show_word(value), table=what).with_hint(hints[value])

    strange = [value for value in values.unique().tolist() if value and value not in known]  # few, as a rule none
    return table.fault_cells(column, values[values.isin(strange)], describe) if strange else []


def check_parents(table: CheckedTable) -> list[Fault]:
    """Find parents that are not regions, and chains of parents that come back to where they began."""
    frame = table.frame
    if "parent" not in frame or "code" not in frame:
        return []
    faults = check_known(table, "parent", dict.fromkeys(frame["code"], ""), THE_REGIONS, "E-PARENT")
    parent_of = {code: parent for code, parent in zip(frame["code"], frame["parent"], strict=True) if parent}
    line_of = dict(zip(frame["code"], frame.index, strict=True))
    for cycle in _find_cycles(parent_of):
        chain = " -> ".join([*cycle, cycle[0]])
        faults.append(table.fault(say("E-CYCLE/parents", chain=chain), int(line_of[cycle[0]]), "parent"))
    return faults


def _find_cycles(parent_of: Mapping[str, str]) -> Iterable[list[str]]:
    done: set[str] = set()
    for start in parent_of:
        path: list[str] = []
        code = start
        while code in parent_of and code not in done and code not in path:
            path.append(code)
            code = parent_of[code]
        if code in path:
            yield path[path.index(code) :]
        done.update(path)


def check_links(table: CheckedTable, *, directed: bool, mirrored: str | None) -> CheckedTable:
    """Words links inside a region and repeated rows; settle links that are listed from both ends.

    Repeated rows are summed later on, never dropped: two equal rows may be two collaborations. In an undirected
    study whose every link stands twice, once from each end, the reader cannot know whether to count it once: it
    stops and asks, unless ``mirrored`` says ``once`` or ``sum``.
    """
    frame = table.frame
    if not {"source", "target"} <= set(frame.columns):
        return table
    inside = frame["source"] == frame["target"]
    if inside.any():
        table.faults.append(table.fault(say("W-SELF", count=int(inside.sum())), None, "source"))
    if frame.duplicated().any():
        count = int(frame.duplicated().sum())
        table.faults.append(table.fault(say("W-DUPROW/added", count=count), None, ""))
    if directed or mirrored == "sum" or not _is_mirrored(frame[~inside]):
        return table
    if mirrored == "once":
        keep = frame["source"] <= frame["target"]
        return table.with_frame(frame[keep])
    table.faults.append(table.fault(say("E-MIRROR"), None, ""))
    return table


def _is_mirrored(frame: pd.DataFrame) -> bool:
    """Tell whether every row has a twin with source and target exchanged and all else equal."""
    if frame.empty:
        return False
    ends = (frame[end].value_counts().sort_index() for end in ("source", "target"))
    if not next(ends).equals(next(ends)):  # soon told, and so of nearly all
        return False
    columns = list(frame.columns)
    swapped = frame.rename(columns={"source": "target", "target": "source"})[columns]
    both = [part.astype(str).value_counts(dropna=False).sort_index() for part in (frame, swapped)]
    return both[0].equals(both[1])


def check_participations(table: CheckedTable) -> CheckedTable:
    """Keep one of equal participations, warn where rows repeat one and where a record has several years.

    Rows of one record and actor that differ in year, kind, field, industry or stage stay: the actor counts in each of
    them, and once where nothing is counted apart.
    """
    frame = table.frame
    if not {"record", "actor"} <= set(frame.columns):
        return table
    if "year" in frame:
        table.faults.extend(_find_split_records(table))
    repeated = find_repeated(frame)
    if repeated.any():
        lines = name_lines(frame.index[repeated])
        counted = say("W-DUPROW/counted-once", count=int(repeated.sum()), lines=lines)
        table.faults.append(table.fault(counted, None, "actor"))
    return table.with_frame(frame[~repeated])


def find_repeated(records: pd.DataFrame) -> "pd.Series[bool]":
    """Return whether each row says again what an earlier one said: the same in all of `PARTICIPATION`."""
    return records.duplicated([name for name in PARTICIPATION if name in records])


def _find_split_records(table: CheckedTable) -> list[Fault]:
    """Warn of records whose rows have different years: by year they count as several records."""
    known = table.frame[["record", "year"]].dropna().drop_duplicates()
    split = known["record"][known["record"].duplicated()].drop_duplicates()
    if split.empty:
        return []
    several = table.frame["record"][table.frame["record"].isin(split)]
    return [table.fault(say("W-YEARS", count=len(split), record=show_word(several.iloc[0])), several.index[0], "year")]


def find_strangers(tables: Mapping[str, CheckedTable]) -> list[Fault]:
    """Find actors in the records that the other table, where it could be read, does not have."""
    ids = list_actor_ids(tables)
    return check_known(tables["records"], "actor", ids, THE_ACTORS) if "records" in tables and ids is not None else []


def list_actor_ids(tables: Mapping[str, CheckedTable]) -> dict[str, str] | None:
    """Return id -> name of the actors; None when there are none or they could not be read."""
    actors = tables.get("actors")
    if actors is None or "id" not in actors.frame:
        return None
    name = "name_zh" if "name_zh" in actors.frame else "id"
    return dict(zip(actors.frame["id"].tolist(), actors.frame[name].tolist(), strict=True))
