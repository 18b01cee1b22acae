"""What a planner should know about sound data before believing results: gaps in time, isolated parts, huge records."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from regions.errors import Fault
from regions.messages import say
from regions.tables.checked_table import CheckedTable
from regions.words import Words

HYPER_RECORD = 100
"""A record with more actors than this is named: its pairs may outweigh all others under full counting."""

_LONG_NAME = 100
_NEAR_DEGREES = 10.0
_RESERVED = frozenset({"geometry", "index", "level_0", "fid"})
_PLAIN_COLUMN = r"^[^\W\d][\w .()（）·/%-]*$"


def warn_cells(name: str, table: CheckedTable) -> list[Fault]:
    """Warn of names that are very long or hold control characters, and column names that other programs reserve."""
    faults: list[Fault] = []
    for column in ("name", "name_zh"):
        if column not in table.frame or column not in table.headers:
            continue
        cells = table.frame[column]
        faults += _warn_long(table, column)
        control = cells.str.contains("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]", regex=True)
        if control.any():
            faults.append(table.fault(say("W-CTRL", count=int(control.sum())), int(cells.index[control][0]), column))
    own = pd.Series([column for column in table.frame.columns if column not in table.headers], dtype="str")
    odd = own[own.str.lower().isin(_RESERVED) | own.str.startswith("_") | ~own.str.match(_PLAIN_COLUMN)]
    if len(odd) and name == "regions":
        shown = ", ".join(repr(column) for column in odd)
        faults.append(Fault.of(table.file, say("W-COLS/reserved", shown=shown), row=1))
    return faults


def _warn_long(table: CheckedTable, column: str) -> Iterable[Fault]:
    sizes = table.frame[column].str.len()
    long = sizes[sizes > _LONG_NAME]
    if len(long) == 1:
        yield table.fault(say("W-LONG/one", length=int(long.iloc[0])), int(long.index[0]), column)
    elif len(long):
        message = say("W-LONG/many", count=len(long), most=_LONG_NAME, length=int(long.max()))
        yield table.fault(message, int(str(long.idxmax())), column)


def warn_tables(tables: Mapping[str, CheckedTable], *, sparse: bool = False) -> list[Fault]:
    """Warn of calendar years without any link or record, unless they are known to be sparse, and very large records."""
    faults: list[Fault] = []
    for name in ("links", "records"):
        if not sparse and name in tables and "year" in tables[name].frame:
            faults += _warn_years(tables[name])
    if "records" in tables and {"record", "actor"} <= set(tables["records"].frame.columns):
        faults += _warn_sizes(tables["records"])
    return faults


def _warn_years(table: CheckedTable) -> Iterable[Fault]:
    years = sorted({int(year) for year in table.frame["year"].dropna()})
    missing = [year for year in range(years[0], years[-1]) if year not in years] if years else []
    if missing:
        spans = f"{missing[0]}" if len(missing) == 1 else f"{missing[0]} ... {missing[-1]}"
        yield table.fault(say("W-GAP", count=len(missing), first=years[0], last=years[-1], years=spans), None, "year")


def _warn_sizes(table: CheckedTable) -> Iterable[Fault]:
    record = table.frame["record"]
    rows = record.value_counts(sort=False)
    many = table.frame[record.isin(rows.index[rows > HYPER_RECORD])]  # few, as a rule none
    sizes = many.groupby("record", sort=False)["actor"].nunique()
    large = sizes[sizes > HYPER_RECORD]
    if large.empty:
        return
    size = int(large.max())
    facts = {"record": large.idxmax(), "size": size, "pairs": size * (size - 1) // 2}
    message = say("W-HYPER/one", **facts)
    if len(large) > 1:
        message = say("W-HYPER/many", count=len(large), most=HYPER_RECORD, **facts)
    yield table.fault(message, None, "record")


def warn_points(regions: pd.DataFrame, points: pd.DataFrame) -> list[Fault]:
    """Warn of units at the same place (distance zero; methods that take its logarithm use a floor) or at 0, 0."""
    known = points.dropna()
    return [*_warn_null_island(regions, known), *_warn_doubled(regions, known)]


def _warn_null_island(regions: pd.DataFrame, known: pd.DataFrame) -> list[Fault]:
    """Warn of a unit at 0, 0, where programs put what they know no place of, when no other unit is near there."""
    zero = (known == 0).all(axis=1)
    near = known[~zero].abs().max(axis=1) < _NEAR_DEGREES
    if not zero.any() or near.any():
        return []
    shown = ", ".join(f"{regions['name'][code]} ({code})" for code in known.index[zero][:6])
    return [Fault.of("regions", say("W-ZEROPOINT", shown=shown))]


def _warn_doubled(regions: pd.DataFrame, known: pd.DataFrame) -> list[Fault]:
    doubled = known[known.duplicated(keep=False)]
    if doubled.empty:
        return []
    names = regions.loc[doubled.index[:6], ["name", "name_zh"]].itertuples()
    shown = [Words(f"{name} ({code})", f"{name_zh}（{code}）") for code, name, name_zh in names]
    return [Fault.of("regions", say("W-ZERODIST", shown=shown))]


def warn_network(pairs: pd.DataFrame, units: list[str]) -> list[Fault]:
    """Warn of a network of one region or none, and one that falls into several parts.

    Parameters
    ----------
    pairs
        ``source``, ``target``: links between units.
    units
        Codes of the units that are studied.
    """
    between = pairs[pairs["source"] != pairs["target"]]
    if between.empty:
        return [Fault.of("links", say("W-TRIVIAL/no-links"))]
    parts = _count_parts(between)
    if parts > 1:
        isolated = len(set(units) - set(between["source"]) - set(between["target"]))
        return [Fault.of("links", say("W-COMPONENTS", parts=parts, isolated=isolated))]
    return []


def _count_parts(pairs: pd.DataFrame) -> int:
    """Count the connected parts: every region takes the lowest number among its neighbours until none changes."""
    ends, codes = pd.factorize(np.concatenate([pairs["source"].to_numpy(object), pairs["target"].to_numpy(object)]))
    first, second = ends.reshape(2, -1)
    lowest = np.arange(len(codes))
    while True:
        found = lowest.copy()
        np.minimum.at(found, first, lowest[second])
        np.minimum.at(found, second, lowest[first])
        found = found[found]
        if (found == lowest).all():
            return len(np.unique(lowest))
        lowest = found
