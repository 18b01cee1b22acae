"""Understood blocks -> links, actors and records, whatever form they are kept in."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from regions.errors import Fault
from regions.forms.column_roles import Roles, find_roles, find_year_counts
from regions.forms.long_links import find_ends, find_other_end, read_links
from regions.forms.participations import Participations, read_participations
from regions.forms.same_facts import LinkTable, settle
from regions.forms.unit_tables import form_unit_tables, name_labels
from regions.forms.wide_matrix import Missing, find_matrix, find_nameless, read_matrix
from regions.layouts.block import Block, Layout
from regions.layouts.year_words import find_year
from regions.messages import say
from regions.tables.checked_table import CheckedTable
from regions.understood import Total, Understood
from regions.words import Words

_SHAPES = {
    "symmetric": "W-MATRIX/symmetric",
    "half": "W-MATRIX/half",
    "part": "W-MATRIX/part",
    "directed": "W-MATRIX/directed",
}
_PARTIES = {"unit": "taken/unit", "place": "taken/place", "kind": "taken/kind"}
_OF_ROWS = {"record": "taken/record", "year": "taken/year", "kind": "taken/kind-of-record", "field": "taken/field"}


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """What the blocks of a file give.

    Attributes
    ----------
    tables
        ``links``, ``actors``, ``records``: typed canonical columns, regions by the words that stand there.
    used
        Positions of the blocks that were read, or refused by name.
    taken
        How each was understood.
    totals
        What each table sums to, by year.
    faults
        Errors and warnings.
    directed
        True when the words say which way links go; None when they do not.
    """

    tables: dict[str, CheckedTable]
    used: frozenset[int]
    taken: tuple[Understood, ...]
    totals: tuple[Total, ...]
    faults: tuple[Fault, ...]
    directed: bool | None = None


@dataclass(slots=True)
class _Reading:
    """What is found while the blocks are gone through."""

    directed: bool
    missing: Missing | None
    links: list[LinkTable] = field(default_factory=list)
    units: list[Participations] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    taken: list[Understood] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_forms(layout: Layout, *, directed: bool = False, missing: Missing | None = None) -> Forms:
    """Read every block that tells who collaborates with whom.

    Parameters
    ----------
    layout
        The blocks of a file or folder.
    directed
        Whether the study says that a link from A to B differs from one from B to A.
    missing
        What cells of a matrix without a number are, see `regions.forms.wide_matrix.read_matrix`.
    """
    reading = _Reading(directed, missing)
    for position, block in enumerate(layout.blocks):
        if _read_block(block, reading):
            reading.used.add(position)
    settled = settle(reading.links)
    units = form_unit_tables(reading.units, settled)
    links = [*settled.kept, *units.links]
    tables = dict(units.tables)
    if links:
        tables["links"] = _join_links(links)
    known = bool(links) and all(table.directed for table in links)
    faults = (*reading.faults, *settled.faults, *units.faults)
    totals = (*settled.totals, *units.totals)
    return Forms(tables, frozenset(reading.used), tuple(reading.taken), totals, faults, known or None)


def _read_block(block: Block, reading: _Reading) -> bool:
    """Read one block; False when it is no form of collaboration."""
    nameless = find_nameless(block)
    if nameless is not None:
        reading.faults.append(nameless)
        return True
    if not block.header_lines:
        return False
    roles = find_roles(block)
    if roles.parties:
        return _read_units(block, roles, reading)
    return _read_matrix(block, reading) or _read_list(block, roles, reading)


def _read_list(block: Block, roles: Roles, reading: _Reading) -> bool:
    """Read a long table of links; False when the block is none."""
    ends = find_ends(block, roles) or find_other_end(block, roles)
    if not ends or not (roles.counts or block.axes.years_across or _is_bare_list(block, roles)):
        return False
    if _ask_for_count(block, roles, reading):
        return True
    found = read_links(block, roles, ends)
    reading.faults += found.faults
    if found.other:
        reading.faults.append(Fault.of(block.label, say("W-OTHEREND", region=found.other)))
    said = " ".join([block.sheet, *block.titles])
    directed = reading.directed or found.directed
    reading.links.append(LinkTable(block.label, found.table, said, found.counted, directed, _head_ends(block, ends)))
    columns = _name_columns(block, roles, ends if not isinstance(ends, str) else (block.axes.regions[0],))
    reading.taken.append(Understood(block.label, say("form/long").words, len(block.lines), columns))
    return True


def _head_ends(block: Block, ends: tuple[int, int] | str) -> dict[str, str]:
    """Return the headers of the two ends, as the file has them, for messages."""
    shown = [] if isinstance(ends, str) else [block.columns[place].shown for place in ends]
    return dict(zip(("source", "target"), shown, strict=False))


def _is_bare_list(block: Block, roles: Roles) -> bool:
    """Tell whether a table of two regions says links and nothing else: every row is one."""
    return len(roles.places) == 2 and not block.axes.numbers  # noqa: PLR2004 - both ends


def _ask_for_count(block: Block, roles: Roles, reading: _Reading) -> bool:
    """Ask which column counts where several might and none has a usual name."""
    if roles.known or len(roles.counts) < 2 or find_year_counts(block, roles):  # noqa: PLR2004 - one is taken
        return False
    names = [block.columns[place].shown for place in roles.counts]
    reading.faults.append(Fault.of(block.label, say("E-WEIGHT/which", columns=names), row=block.header_lines[-1]))
    return True


def _read_matrix(block: Block, reading: _Reading) -> bool:
    matrix = find_matrix(block)
    if matrix is None:
        return False
    found = read_matrix(matrix, directed=reading.directed, missing=reading.missing)
    reading.faults += found.faults
    where = block.label
    if found.shape == "asymmetric":
        return True
    reading.faults.append(Fault.of(where, say(_SHAPES[found.shape], size=len(matrix.columns), links=len(found.table))))
    if found.blank or found.missing:
        reading.faults.append(Fault.of(where, say("W-MISSING/matrix", blank=found.blank, missing=found.missing)))
    if matrix.left_out:
        reading.faults.append(Fault.of(where, say("W-COLS/matrix", columns=list(matrix.left_out))))
    year = block.year or find_year(block.columns[matrix.stub].shown)  # a year may stand in the corner
    frame = found.table.assign(year=pd.array([year] * len(found.table), dtype="Int64"))
    said = " ".join([block.sheet, *block.titles, block.indicator])
    reading.links.append(LinkTable(where, frame, said, block.indicator, reading.directed))
    reading.taken.append(Understood(where, say("form/matrix").words, len(matrix.rows)))
    return True


def _read_units(block: Block, roles: Roles, reading: _Reading) -> bool:
    if _ask_for_count(block, roles, reading) and roles.record is None:
        return True
    found = read_participations(block, roles)
    reading.faults += [fault for rows in found for fault in rows.faults]
    reading.units += found
    columns = _name_columns(block, roles, ())
    reading.taken.append(Understood(block.label, say("form/units").words, len(block.lines), columns))
    return True


def _name_columns(block: Block, roles: Roles, ends: Sequence[int]) -> tuple[tuple[str, Words], ...]:
    """Say what each column was taken as, and which were not used."""
    meaning: dict[int, Words] = {}
    for number, place in enumerate(ends, start=1):
        meaning[place] = say("taken/end", number=number).words
    for number, party in enumerate(roles.parties, start=1):
        for key, said in _PARTIES.items():
            position = getattr(party, key)
            if position is not None:
                meaning[position] = say(said, number=number).words
    for key, said in _OF_ROWS.items():
        position = getattr(roles, key)
        if position is not None:
            meaning[position] = say(said).words
    if roles.counts:
        meaning[roles.counts[0]] = say("taken/count").words
    if (ends or (len(roles.parties) > 1 and roles.record is None)) and (by_year := find_year_counts(block, roles)):
        meaning |= dict.fromkeys(by_year, say("taken/count").words)
        meaning |= {place: say("taken/unused").words for place in roles.counts}
    unused = say("taken/unused").words
    return tuple((column.shown, meaning.get(place, unused)) for place, column in enumerate(block.columns))


def _join_links(tables: Sequence[LinkTable]) -> CheckedTable:
    """Put the links of all blocks into one table; rows without a number are left out and counted, zeros too."""
    faults: list[Fault] = []
    kept = []
    for table in tables:
        missing = table.frame["weight"].isna()
        if missing.any():
            said = say("W-MISSING/rows", count=int(missing.sum()), column=table.counted)
            faults.append(Fault.of(table.label, said, row=int(table.frame.index[missing][0])))
        kept.append(table.frame[~missing & (table.frame["weight"] > 0)])
    frame = pd.concat(kept)
    frame["weight"] = frame["weight"].astype(float)
    for name in ("kind", "field"):
        if name in frame:
            frame[name] = frame[name].fillna("").astype("str")
    if frame["year"].isna().all():
        frame = frame.drop(columns="year")
    elif frame["year"].isna().any():
        faults.append(
            Fault.of(
                name_labels([table.label for table in tables]), say("W-NOYEAR", count=int(frame["year"].isna().sum()))
            )
        )
    columns = [name for name in ("source", "target", "weight", "year", "kind", "field") if name in frame]
    headers = {name: name for name in columns}
    for name in ("source", "target"):
        shown = {table.headers.get(name, "") for table in tables}
        headers[name] = shown.pop() or name if len(shown) == 1 else name
    return CheckedTable(name_labels([table.label for table in tables]), frame[columns], headers, faults)
