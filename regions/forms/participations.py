"""Rows that name units -> who took part in what: actors and records."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from regions.arrays import Integers
from regions.errors import Fault
from regions.forms.cell_numbers import find_row_years, locate, read_counts
from regions.forms.column_roles import Party, Roles, find_column_unit, find_year_counts
from regions.forms.name_lists import clean_place, list_names, share_cells
from regions.layouts.block import Block
from regions.messages import say
from regions.tables.checked_table import CheckedTable

_MONEY = re.compile("额|经费|资金|价款|[万亿]元|元$|amount|value|investment|yuan|cny|usd|eur", re.IGNORECASE)
_MOST = 10_000
"""A number of collaborations above this is an amount of money or the like: the row is one record then."""


@dataclass(frozen=True, slots=True, eq=False)
class Participations:
    """Who took part in what, of one block.

    Attributes
    ----------
    parts
        One row per participation: ``row`` (position in ``rows``), ``name``, ``place``, ``kind`` (texts as they stand).
    rows
        One row per row of the block, index: line. ``record`` ("" where the block names none), ``year`` (Int64),
        ``kind``, ``field``, ``count`` (float; NaN where it is missing, 1 where nothing counts), ``size`` (how many
        different parties).
    counted
        Header of the column that counts; "" where every row is one.
    missing
        Rows whose number is missing.
    several
        Cells that named several units.
    money
        Whether header or unit of the column that counts say that it is an amount of money.
    faults
        Cells that could not be read.
    places
        Headers of the columns that say where units are.
    """

    label: str
    parts: pd.DataFrame
    rows: pd.DataFrame
    counted: str
    missing: int
    several: int
    money: bool = False
    faults: list[Fault] = field(default_factory=list)
    places: tuple[str, ...] = ()


def read_participations(block: Block, roles: Roles) -> list[Participations]:
    """Read the rows of a block that names units, once for each of its columns of a year where these count.

    Every name in a cell is a participant of its own. Without a column of records a row is a record.
    """
    years = find_year_counts(block, roles) if len(roles.parties) > 1 and roles.record is None else ()
    return [_read_rows(block, roles, place) for place in years or roles.counts[:1] or (None,)]


def _read_rows(block: Block, roles: Roles, place: int | None) -> Participations:
    """Read the rows, counted by the column at ``place``; where it is of a year, an empty cell is nothing in it."""
    where = locate(block)
    faults: list[Fault] = []
    named = [_list_party(block, party) for party in roles.parties]
    parts = pd.concat([frame for frame, _ in named], ignore_index=True).sort_values(
        "row", kind="stable", ignore_index=True
    )
    rows = pd.DataFrame(index=where.frame.index)
    rows["record"] = _texts(block, roles.record)
    rows["year"], found = find_row_years(block, roles.year, where)
    faults += found
    rows["kind"] = _texts(block, roles.kind)
    rows["field"] = _texts(block, roles.field)
    counted = "" if place is None else block.columns[place].shown
    missing = np.zeros(len(rows), dtype=bool)
    rows["count"] = 1.0
    if place is not None:
        counts = read_counts(block.cells[place], where, counted, unit=find_column_unit(block, place))
        year = block.columns[place].year
        rows["count"] = counts.numbers if year is None else np.where(counts.blank, 0.0, counts.numbers)
        rows["year"] = rows["year"] if year is None else pd.array([year] * len(rows), dtype="Int64")
        missing = np.isnan(rows["count"].to_numpy(dtype=float))
        faults += counts.faults
    size = parts.drop_duplicates(["row", "name", "place"]).groupby("row").size()
    rows["size"] = size.reindex(range(len(rows)), fill_value=0).to_numpy()
    money = place is not None and is_money(block, place)
    several = sum(names for _, names in named)
    places = tuple(block.columns[party.place].shown for party in roles.parties if party.place is not None)
    return Participations(block.label, parts, rows, counted, int(missing.sum()), several, money, faults, places)


def is_money(block: Block, place: int) -> bool:
    """Tell whether a column is an amount of money, which no number of records is."""
    column = block.columns[place]
    return bool(_MONEY.search(f"{column.shown} {column.unit} {block.unit}"))


def _list_party(block: Block, party: Party) -> tuple[pd.DataFrame, int]:
    names = list_names(block.texts(party.unit))
    columns: dict[str, object] = {"row": names.row, "name": names.names}
    for key, position in (("place", party.place), ("kind", party.kind)):
        cells = _texts(block, position)
        if key == "place":
            cleaned = {cell: clean_place(cell) for cell in set(cells)}
            cells = [cleaned[cell] for cell in cells]
        columns[key] = share_cells(cells, names)
    return pd.DataFrame(columns), int((names.several > 1).sum())


def _texts(block: Block, position: int | None) -> list[str]:
    return [""] * len(block.lines) if position is None else [cell.strip() for cell in block.texts(position)]


def form_actors(parts: pd.DataFrame, shorten: Mapping[str, str]) -> tuple[pd.DataFrame, "Integers", int]:
    """Tell actors apart by name and place, and give each participation its actor.

    A unit without a place is the only unit of its name that has one, if there is just one.

    Parameters
    ----------
    parts
        ``name``, ``place``, ``kind``.
    shorten
        Place as it stands -> what it is compared by (上海市 and 上海 are one).

    Returns
    -------
    actors
        ``id``, ``name_zh``, ``kind`` (the commonest that is given), ``region`` (as it stands first, "" for none).
    number
        (n,) row of ``actors`` of each participation.
    filled
        How many participations without a place got that of the only unit of their name.
    """
    name, _ = pd.factorize(parts["name"], use_na_sentinel=False)
    short = parts["place"].map(shorten)
    place, places = pd.factorize(short, use_na_sentinel=False)
    none = np.flatnonzero(np.asarray(places) == "")
    bare = place == (none[0] if len(none) else -1)
    pairs = pd.DataFrame({"name": name, "place": place})[~bare].drop_duplicates()
    single = pairs[~pairs["name"].duplicated(keep=False)].set_index("name")["place"]
    known = single.reindex(name).to_numpy()
    fill = bare & ~np.isnan(known)
    place = np.where(fill, known, place).astype(np.int64)
    key = name.astype(np.int64) * len(places) + place
    number, keys = pd.factorize(key)
    first = pd.Series(np.arange(len(key))).groupby(number).first().to_numpy()
    placed_first = pd.Series(np.arange(len(key))[~fill]).groupby(number[~fill]).first()
    region = parts["place"].to_numpy()[placed_first.reindex(range(len(keys))).fillna(pd.Series(first)).astype(int)]
    shown = parts["name"].to_numpy()[first]
    twin = pd.Series(shown).duplicated(keep=False).to_numpy()
    at = np.asarray(places)[keys % len(places)]
    ids = [f"{a} ({b})" if several and b else a for a, b, several in zip(shown, at, twin, strict=True)]
    actors = pd.DataFrame(
        {"id": ids, "name_zh": shown, "kind": _commonest(parts["kind"], number, len(keys)), "region": region}
    )
    return actors, number, int(fill.sum())


def _commonest(kinds: "pd.Series[str]", number: "Integers", size: int) -> list[str]:
    """Return for each actor the kind that is given most often, the first of equals; "" where none is."""
    table = pd.DataFrame({"actor": number, "kind": kinds.to_numpy()})
    table = table[table["kind"] != ""]
    counts = table.groupby(["actor", "kind"], sort=False).size().reset_index(name="n")
    best = counts.sort_values("n", ascending=False, kind="stable").drop_duplicates("actor").set_index("actor")["kind"]
    kinds_found: list[str] = best.reindex(range(size)).fillna("").tolist()
    return kinds_found


def form_records(
    blocks: Sequence[Participations], ids: "npt.NDArray[np.object_]", *, keep_missing: bool
) -> pd.DataFrame:
    """Return the records: one row per record and actor, as often as the row counts; index: line.

    Parameters
    ----------
    ids
        Actor of each participation of all blocks, in their order.
    keep_missing
        Whether a row whose number is missing is one record (of a detail whose weights come from elsewhere), or none.
    """
    tables, start = [], 0
    for number, block in enumerate(blocks):
        end = start + len(block.parts)
        tables.append(_expand(block, ids[start:end], number if len(blocks) > 1 else None, keep_missing=keep_missing))
        start = end
    records = pd.concat(tables)
    if records["year"].isna().all():
        records = records.drop(columns="year")
    return records.drop(columns=[name for name in ("kind", "field") if (records[name] == "").all()])


def _expand(
    block: Participations, ids: "npt.NDArray[np.object_]", number: int | None, *, keep_missing: bool
) -> pd.DataFrame:
    times = count_times(block, keep_missing=keep_missing)
    lines = block.rows.index.to_numpy()
    record = block.rows["record"].to_numpy(dtype=object)
    front = "" if number is None else f"{number + 1}-"
    record = np.array([own or f"{front}{line}" for own, line in zip(record, lines, strict=True)], dtype=object)
    row = block.parts["row"].to_numpy()
    repeats = times[row]
    taken = np.repeat(np.arange(len(row)), repeats)
    turn = np.arange(len(taken)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    names = record[row[taken]]
    more = times[row[taken]] > 1
    names[more] = [f"{name}/{turn + 1}" for name, turn in zip(names[more], turn[more], strict=True)]
    at = block.rows.iloc[row[taken]]
    columns = {name: at[name].array for name in ("year", "kind", "field")}
    frame = pd.DataFrame(
        {"record": pd.array(names, dtype="str"), "actor": pd.array(ids[taken], dtype="str"), **columns}
    )
    return frame.set_axis(lines[row[taken]])


def count_times(block: Participations, *, keep_missing: bool) -> "Integers":
    """Return how many records each row is: its count where all are whole numbers, else one."""
    counts = block.rows["count"].to_numpy(dtype=float)
    known = ~np.isnan(counts)
    times = np.where(known, counts, 1.0 if keep_missing else 0.0)
    if is_amount(block):
        times = np.where(known & (counts == 0), 0.0, np.where(known | keep_missing, 1.0, 0.0))
    return np.maximum(times, 0).astype(np.int64)


def is_amount(block: Participations) -> bool:
    """Tell whether the numbers of a block are no numbers of records: fractions, or far too large."""
    counts = block.rows["count"].dropna()
    return block.money or bool((counts % 1 != 0).any() or (counts > _MOST).any())


def find_negative(block: Participations) -> list[Fault]:
    """Find rows that count less than nothing."""
    where = CheckedTable(block.label, block.rows, {})
    counts = block.rows["count"]
    return where.fault_cells(block.counted, counts[counts < 0], lambda weight: say("E-NEG", weight=weight))
