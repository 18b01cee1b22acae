"""Regions of another level than the units: inside one, which they count for, or above, where nobody knows which."""

from collections.abc import Container, Iterator, Mapping

import pandas as pd

from regions.errors import Fault, StudyError
from regions.messages import Message, say
from regions.tables.checked_table import CheckedTable
from regions.words import Words

_ENDS = {"links": ("source", "target"), "actors": ("region",)}
_MOST_WORDS = 8


def settle_levels(
    tables: Mapping[str, CheckedTable], unit_of: "pd.Series[str]", regions: pd.DataFrame, *, drop: bool
) -> tuple[dict[str, CheckedTable], list[Fault]]:
    """Refuse links and actors that are tied to a region above the units, or leave them out.

    A region of another level that holds no unit (an overseas territory beside the departements) lies outside the units:
    its rows are left out in any case, and counted.

    Parameters
    ----------
    unit_of
        Code of a unit or of a region inside one -> code of the unit.
    regions
        Index ``code``; ``name``, ``name_zh``.
    drop
        Leave out rows of regions above the units, and say how many: where nobody chose the units on purpose.

    Returns
    -------
    tables, faults
        ``W-LEVEL`` for what was left out. An actor stays, without a region.

    Raises
    ------
    StudyError
        ``E-LEVEL`` by line, without ``drop``.
    """
    settled, warnings, errors = dict(tables), list[Fault](), list[Fault]()
    holders = _find_holders(unit_of, regions)
    for name, columns in _ENDS.items():
        present = [column for column in columns if name in tables and column in tables[name].frame]
        if not present:
            continue
        table = settled[name]
        cells = table.frame[present]
        above = (cells != "") & ~cells.isin(unit_of.index)
        beside = above & ~cells.isin(holders)
        if beside.any(axis=None):
            words = pd.concat([cells[column][beside[column]] for column in present])
            warnings.append(_warn(table, "W-LEVEL/beside", words, int(beside.any(axis=1).sum()), regions))
            table = settled[name] = _drop_above(name, table, beside)
            cells = table.frame[present]
            above = (cells != "") & ~cells.isin(unit_of.index)
        if not above.any(axis=None):
            continue
        if not drop:
            for column in present:
                wrong = cells[column][above[column]]
                errors += table.fault_cells(column, wrong, lambda code: _describe_upper(regions, code))
            continue
        settled[name] = _drop_above(name, table, above)
        words = pd.concat([cells[column][above[column]] for column in present])
        warnings.append(_warn(table, "W-LEVEL/above", words, int(above.any(axis=1).sum()), regions))
    if errors:
        raise StudyError(errors)
    return settled, warnings


def _find_holders(unit_of: "pd.Series[str]", regions: pd.DataFrame) -> set[str]:
    """Find the regions above the units, at any height."""
    holders: set[str] = set()
    level = set(unit_of)
    while level:
        level = (set(regions["parent"].reindex(sorted(level)).dropna()) - {""}) - holders
        holders |= level
    return holders


def _drop_above(name: str, table: CheckedTable, above: pd.DataFrame) -> CheckedTable:
    if name == "links":
        frame = table.frame[~above.any(axis=1)]
    else:
        frame = table.frame.assign(region=table.frame["region"].mask(above["region"], ""))
    return table.with_frame(frame)


def warn_levels(
    tables: Mapping[str, CheckedTable], unit_of: "pd.Series[str]", regions: pd.DataFrame, own: Container[str]
) -> Iterator[Fault]:
    """Say which own links count for a unit that they do not name, and which own indicators are of no unit."""
    units = set(unit_of)
    for name, key, columns in (
        ("links", "W-LEVEL/inside", ("source", "target")),
        ("indicators", "W-LEVEL/other", ("code",)),
    ):
        if name not in tables or name not in own:
            continue
        table = tables[name]
        cells = table.frame[[column for column in columns if column in table.frame]]
        other = cells.isin(list(regions.index)) & ~cells.isin(list(units))  # other codes are told of as former names
        if other.any(axis=None):
            words = pd.concat([cells[column][other[column]] for column in cells])
            yield _warn(table, key, words, int(other.any(axis=1).sum()), regions)


def _warn(table: CheckedTable, key: str, codes: "pd.Series[str]", rows: int, regions: pd.DataFrame) -> Fault:
    counts = codes.value_counts()
    shown = [(regions["name"].get(code, code), regions["name_zh"].get(code, code), n) for code, n in counts.items()]
    rest = [] if len(shown) <= _MOST_WORDS else [Words("...", "等")]
    names = [Words(f"{name} ({n})", f"{name_zh}（{n}）") for name, name_zh, n in shown[:_MOST_WORDS]]
    return Fault.of(table.file, say(key, rows=rows, words=[*names, *rest]))


def _describe_upper(regions: pd.DataFrame, code: str) -> Message:
    return say("E-LEVEL", name=Words(regions["name"][code], regions["name_zh"][code]), code=code)
