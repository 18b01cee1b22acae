"""Check what the tables say of each other: known codes, parents, doubled rows, mirrored links."""

from collections.abc import Iterable, Mapping
from itertools import islice

import pandas as pd

from regions.errors import Fault
from regions.schema.suggest import explain_stray, show_word, suggest
from regions.tables.checked_table import MOST_LISTED
from regions.tables.validate import CheckedTable

PARTICIPATION = ("record", "actor", "year", "kind", "field")
"""What tells participations apart: an actor that a record lists in two years takes part in each."""

_MOST_HINTS = 50
_MOST_LINES = 10


def drop_repeated_rows(table: CheckedTable) -> CheckedTable:
    """Keep one of rows that are equal in every column, and warn."""
    repeated = table.frame.duplicated()
    if repeated.any():
        lines, lines_zh = _lines(table.frame.index[repeated])
        texts = (f"{int(repeated.sum())} repeated row(s) left out ({lines}).", f"已略去重复行（{lines_zh}）。")
        table.faults.append(table.fault("W-DUPROW", None, "", texts))
    return CheckedTable(table.file, table.frame[~repeated], table.headers, table.faults)


def _lines(lines: "pd.Index[int]", limit: int = 5) -> tuple[str, str]:
    """Name the first lines, in English and in Chinese."""
    shown, more = [str(line) for line in lines[:limit]], len(lines) > limit
    return f"line {', '.join(shown)}{', ...' if more else ''}", f"第 {'、'.join(shown)} 行{'等' if more else ''}"


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
        texts = (
            f"'{value}' stands on lines {lines} with different {columns}.",
            f"“{value}”出现在第 {lines} 行，且 {columns} 不同。",
        )
        faults.append(table.fault("E-DUPCODE", int(rows.index[1]), key[0], texts))
    if groups.ngroups > MOST_LISTED:
        rest = groups.ngroups - MOST_LISTED
        texts = (f"{rest:,} more keys stand on several lines.", f"另有 {rest:,} 个键重复出现。")
        faults.append(table.fault("E-DUPCODE", None, key[0], texts))
    return faults


def check_known(table: CheckedTable, column: str, known: Mapping[str, str], what: tuple[str, str]) -> list[Fault]:
    """Find codes that are not in ``known`` (code -> name); ``what`` names the other table, en and zh."""
    if column not in table.frame:
        return []
    values = table.frame[column]
    hints: dict[str, tuple[str, str]] = {}

    def describe(value: str) -> tuple[str, ...]:
        if value not in hints:
            stray = explain_stray(value)
            hints[value] = stray if any(stray) or len(hints) >= _MOST_HINTS else suggest(value, known)
        shown = show_word(value)
        return f"'{shown}' is not in {what[0]}.", f"“{shown}”不在{what[1]}中。", *hints[value]

    return table.fault_cells("E-UNKNOWN", column, values[(values != "") & ~values.isin(list(known))], describe)


def check_parents(table: CheckedTable) -> list[Fault]:
    """Find parents that are not regions, and chains of parents that come back to where they began."""
    frame = table.frame
    if "parent" not in frame or "code" not in frame:
        return []
    faults = [
        Fault("E-PARENT", f.file, f.message, f.message_zh, f.row, f.column, f.hint, f.hint_zh)
        for f in check_known(table, "parent", dict.fromkeys(frame["code"], ""), ("the regions", "地区表"))
    ]
    parent_of = {code: parent for code, parent in zip(frame["code"], frame["parent"], strict=True) if parent}
    line_of = dict(zip(frame["code"], frame.index, strict=True))
    for cycle in _find_cycles(parent_of):
        chain = " -> ".join([*cycle, cycle[0]])
        texts = (f"the parents form a circle: {chain}.", f"上级关系成环：{chain}。")
        faults.append(table.fault("E-CYCLE", int(line_of[cycle[0]]), "parent", texts))
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


def check_weights(table: CheckedTable) -> CheckedTable:
    """Give links without a weight the weight 1, refuse negative ones, leave out zero ones and say so."""
    frame = table.frame
    if "weight" not in frame:
        return CheckedTable(table.file, frame.assign(weight=1.0), table.headers, table.faults)
    unwritten = {fault.row for fault in table.faults if fault.column == table.headers.get("weight")}
    empty = frame["weight"][frame["weight"].isna() & ~frame.index.isin(list(filter(None, unwritten)))]
    empty = empty if len(unwritten) < MOST_LISTED else empty[:0]  # bad numbers beyond those listed are NaN too
    table.faults.extend(
        table.fault_cells("E-MISSING", "weight", empty, lambda _: ("the weight is empty.", "权重为空。"))
    )
    negative = frame["weight"][frame["weight"] < 0]
    table.faults.extend(table.fault_cells("E-NEG", "weight", negative, _describe_negative))
    zero = frame["weight"] == 0
    if zero.any():
        lines, lines_zh = _lines(frame.index[zero])
        texts = (
            f"{int(zero.sum())} link(s) of weight zero left out ({lines}).",
            f"已略去权重为零的联系（{lines_zh}）。",
        )
        table.faults.append(table.fault("W-ZERO", None, "weight", texts))
    return CheckedTable(table.file, frame[~zero], table.headers, table.faults)


def _describe_negative(weight: float) -> tuple[str, str]:
    return f"the weight {weight:g} is negative.", f"权重 {weight:g} 为负。"


def check_links(table: CheckedTable, *, directed: bool, mirrored: str | None) -> CheckedTable:
    """Note links inside a region and repeated rows; settle links that are listed from both ends.

    Repeated rows are summed later on, never dropped: two equal rows may be two collaborations. In an undirected
    study whose every link stands twice, once from each end, the reader cannot know whether to count it once: it
    stops and asks, unless ``mirrored`` says ``once`` or ``sum``.
    """
    frame = table.frame
    if not {"source", "target"} <= set(frame.columns):
        return table
    inside = frame["source"] == frame["target"]
    if inside.any():
        texts = (
            f"{int(inside.sum())} link(s) of a region with itself, kept as internal collaboration.",
            f"{int(inside.sum())} 条联系的两端为同一地区，计为内部合作。",
        )
        table.faults.append(table.fault("W-SELF", None, "source", texts))
    if frame.duplicated().any():
        count = int(frame.duplicated().sum())
        texts = (
            f"{count} row(s) repeat an earlier one; their weights are added.",
            f"{count} 行与前行相同，权重相加。",
        )
        table.faults.append(table.fault("W-DUPROW", None, "", texts))
    if directed or mirrored == "sum" or not _is_mirrored(frame[~inside]):
        return table
    if mirrored == "once":
        keep = frame["source"] <= frame["target"]
        return CheckedTable(table.file, frame[keep], table.headers, table.faults)
    texts = (
        "every link is listed from both ends, and the study is undirected: is it one link or two?",
        "每条联系都从两端各列一次，而研究为无向网络：应计一次还是相加？",
    )
    hint = "Write 'mirrored: once', 'mirrored: sum' or 'directed: true' in study.yaml."
    hint_zh = "请在 study.yaml 中写 mirrored: once、mirrored: sum 或 directed: true。"
    table.faults.append(table.fault("E-MIRROR", None, "", texts, hint=hint, hint_zh=hint_zh))
    return table


def _is_mirrored(frame: pd.DataFrame) -> bool:
    """Tell whether every row has a twin with source and target exchanged and all else equal."""
    if frame.empty:
        return False
    columns = list(frame.columns)
    swapped = frame.rename(columns={"source": "target", "target": "source"})[columns]
    both = [part.astype(str).value_counts(dropna=False).sort_index() for part in (frame, swapped)]
    return both[0].equals(both[1])


def check_participations(table: CheckedTable) -> CheckedTable:
    """Keep one of equal participations, warn where rows repeat one and where a record has several years.

    Rows of one record and actor that differ in year, kind or field stay: the actor counts in each of them, and once
    where nothing is counted apart.
    """
    frame = table.frame
    if not {"record", "actor"} <= set(frame.columns):
        return table
    if "year" in frame:
        table.faults.extend(_find_split_records(table))
    repeated = find_repeated(frame)
    if repeated.any():
        lines, lines_zh = _lines(frame.index[repeated])
        texts = (
            f"{int(repeated.sum())} row(s) name an actor again in the same record ({lines}); counted once.",
            f"同一记录中重复的主体只计一次（{lines_zh}）。",
        )
        table.faults.append(table.fault("W-DUPROW", None, "actor", texts))
    return CheckedTable(table.file, frame[~repeated], table.headers, table.faults)


def find_repeated(records: pd.DataFrame) -> "pd.Series[bool]":
    """Return whether each row says again what an earlier one said: the same record, actor, year, kind and field."""
    return records.duplicated([name for name in PARTICIPATION if name in records])


def _find_split_records(table: CheckedTable) -> list[Fault]:
    """Warn of records whose rows have different years: by year they count as several records."""
    years = table.frame.groupby("record", sort=False)["year"].nunique()
    split = years.index[years > 1]
    if not len(split):
        return []
    line = int(table.frame.index[table.frame["record"] == split[0]][0])
    texts = (
        f"{len(split)} record(s) have rows of several years ('{show_word(split[0])}' first); each counts in each year.",
        f"{len(split)} 条记录的各行年份不同（如“{show_word(split[0])}”），按年统计时各年分别计为一条记录。",
    )
    return [table.fault("W-YEARS", line, "year", texts)]
