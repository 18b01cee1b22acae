"""Add a study's own groups, indicators and explanations to those of the study that it extends."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd

from regions.errors import Fault
from regions.messages import say
from regions.tables.checked_table import CheckedTable

_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType({"indicators": ("code", "year"), "dictionary": ("column",)})


def add_inherited(own: Mapping[str, CheckedTable], base: Mapping[str, CheckedTable]) -> dict[str, CheckedTable]:
    """Return the own tables with what the extended study knows beside them.

    An own group stands beside the inherited ones and in place of one of its name. An own value of an indicator stands
    in place of the inherited one of its region and year; other years, regions and columns stay.

    Parameters
    ----------
    own, base
        Groups, indicators and dictionary, regions by code, checked.

    Returns
    -------
    dict
        The tables that both have; ``W-MERGED`` counts what was replaced.
    """
    merge: Mapping[str, Callable[[CheckedTable, CheckedTable], CheckedTable]] = {
        "groups": _add_groups,
        "indicators": _add_values,
        "dictionary": _add_values,
    }
    return {name: merge[name](own[name], base[name]) for name in merge if _both(own, base, name)}


def _both(own: Mapping[str, CheckedTable], base: Mapping[str, CheckedTable], name: str) -> bool:
    keys = set(_KEYS.get(name, ("group", "code")))
    return all(name in tables and keys <= set(tables[name].frame.columns) for tables in (own, base))


def _add_groups(own: CheckedTable, base: CheckedTable) -> CheckedTable:
    doubled = sorted(set(own.frame["group"]) & set(base.frame["group"]))
    faults = [Fault.of(own.file, say("W-MERGED/groups", groups=doubled))] if doubled else []
    rest = base.frame[~base.frame["group"].isin(doubled)]
    return CheckedTable(own.file, _join(own.frame, rest), own.headers, [*own.faults, *faults])


def _add_values(own: CheckedTable, base: CheckedTable) -> CheckedTable:
    name = "indicators" if "year" in own.frame and "code" in own.frame else "dictionary"
    keys = list(_KEYS[name])
    mine, theirs = (table.frame.set_index(keys) for table in (own, base))
    replaced = _count_replaced(mine, theirs) if name == "indicators" else 0
    faults = [Fault.of(own.file, say("W-MERGED/values", count=replaced))] if replaced else []
    if name == "dictionary":
        joined = _join(own.frame, theirs[~theirs.index.isin(mine.index)].reset_index())
    else:
        columns = [*mine.columns, *(column for column in theirs.columns if column not in mine.columns)]
        joined = mine.combine_first(theirs)[columns].reset_index()
    return CheckedTable(own.file, joined, own.headers, [*own.faults, *faults])


def _count_replaced(mine: pd.DataFrame, theirs: pd.DataFrame) -> int:
    """Count the inherited values that differ from an own one of the same region, year and indicator."""
    shared = [column for column in mine.columns if column in theirs.columns]
    both = mine.index.intersection(theirs.index)
    left, right = mine.loc[both, shared], theirs.loc[both, shared]
    return int((left.notna() & right.notna() & (left != right)).to_numpy().sum())


def _join(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Put two tables of text below each other; a column that one lacks is empty there."""
    joined = pd.concat([first, second], ignore_index=True)
    return joined.fillna(dict.fromkeys(joined.columns, ""))
