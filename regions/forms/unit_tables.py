"""All rows that name units -> actors, records, and links where records cannot carry the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from regions.errors import Fault
from regions.forms.participations import (
    Participations,
    find_negative,
    form_actors,
    form_records,
    is_amount,
)
from regions.forms.same_facts import LinkTable, Settled, compare_detail
from regions.forms.totals import count_by_year
from regions.frames.name_index import shorten
from regions.messages import Message, say
from regions.schema.suggest import show_word
from regions.tables.checked_table import CheckedTable
from regions.understood import Total

_NAMED = 5


@dataclass(frozen=True, slots=True, eq=False)
class UnitTables:
    """What rows that name units give.

    Attributes
    ----------
    tables
        ``actors`` and ``records``.
    links
        Links between the places of units: where the numbers are amounts, or of years that no table of regions has.
    totals, faults
        As of `regions.forms.read_forms.Forms`.
    """

    tables: dict[str, CheckedTable]
    links: tuple[LinkTable, ...]
    totals: tuple[Total, ...]
    faults: tuple[Fault, ...]


def form_unit_tables(blocks: Sequence[Participations], summary: Settled) -> UnitTables:
    """Join the units of all blocks.

    Parameters
    ----------
    blocks
        Detail by unit; a block that names one unit a row and no record is a directory: it says where units are.
    summary
        Links between regions from other tables. Where there are any, they are the links, and the detail of the same
        years is compared and never added.
    """
    if not blocks:
        return UnitTables({}, (), (), ())
    label = name_labels([block.label for block in blocks])
    parts = pd.concat([block.parts for block in blocks], ignore_index=True)
    faults = [fault for block in blocks for fault in find_negative(block)]
    if (parts["place"] == "").all():
        return UnitTables({}, (), (), (*faults, _refuse_placeless(label, parts)))
    places = {place: shorten(place) for place in parts["place"].unique()}
    actors, number, filled = form_actors(parts, places)
    faults += _describe_units(label, blocks, actors, filled)
    detail = [block for block in blocks if not is_directory(block)]
    if not detail:
        return UnitTables({"actors": _check_actors(label, actors, blocks)}, (), (), tuple(faults))
    keep_missing = bool(summary.kept)
    ids, region = actors["id"].to_numpy(dtype=object), actors["region"].to_numpy(dtype=object)
    taken = np.concatenate([np.full(len(block.parts), not is_directory(block)) for block in blocks])
    records = form_records(detail, ids[number[taken]], keep_missing=keep_missing)
    totals = [total for block in detail for total in _sum_rows(block, compared=bool(summary.kept))]
    links = _link_places(detail, region[number[taken]], totals, summary)
    faults += _describe_numbers(detail, keep_missing=keep_missing)
    faults += _describe_same(label, totals, summary, links)
    tables = {"actors": _check_actors(label, actors, blocks), "records": _check_records(label, records)}
    return UnitTables(tables, links, tuple(totals), tuple(faults))


def is_directory(block: Participations) -> bool:
    """Tell whether a block names one unit a row and no record: a list of units, not of collaborations."""
    return bool((block.rows["size"] <= 1).all() and (block.rows["record"] == "").all())


def name_labels(labels: Sequence[str]) -> str:
    """Return one name for sheets that were joined.

    Examples
    --------
    >>> name_labels(["book.xlsx[2021]", "book.xlsx[2022]"])
    'book.xlsx[2021, 2022]'
    """
    labels = list(dict.fromkeys(labels))
    files = dict.fromkeys(label.partition("[")[0] for label in labels)
    sheets = [label.partition("[")[2].removesuffix("]") for label in labels]
    if len(labels) == 1:
        return labels[0]
    return f"{next(iter(files))}[{', '.join(sheets)}]" if len(files) == 1 and all(sheets) else ", ".join(files)


def _check_actors(label: str, actors: pd.DataFrame, blocks: Sequence[Participations]) -> CheckedTable:
    line = blocks[0].rows.index[0] if len(blocks[0].rows) else 1
    frame = actors.assign(name=actors["name_zh"]).astype("str")
    frame = frame if (frame["kind"] != "").any() else frame.drop(columns="kind")
    frame.index = pd.Index(np.arange(len(frame)) + int(line), dtype="int64")
    headers = {str(name): str(name) for name in frame}
    places = dict.fromkeys(place for block in blocks for place in block.places)
    headers["region"] = "/".join(places) or "region"
    return CheckedTable(label, frame, headers, [], placeless=True)


def _check_records(label: str, records: pd.DataFrame) -> CheckedTable:
    return CheckedTable(label, records, {str(name): str(name) for name in records})


def _sum_rows(block: Participations, *, compared: bool) -> list[Total]:
    """Sum what rows of several parties count, by year."""
    joint = block.rows[block.rows["size"] > 1] if (block.rows["record"] == "").all() else block.rows
    role = say("role/detail").words if compared else say("role/records").words
    return count_by_year(block.label, joint[["count", "year"]].rename(columns={"count": "weight"}), role)


def _link_places(
    detail: Sequence[Participations],
    region: "npt.NDArray[np.object_]",
    totals: Sequence[Total],
    summary: Settled,
) -> tuple[LinkTable, ...]:
    """Return links between places: of amounts, and of years that only the detail has where regions have links too."""
    covered = {total.year for total in summary.totals}
    lacking = {total.year for total in totals} - covered if summary.kept else set()
    amounts = not summary.kept and any(is_amount(block) for block in detail)
    if not amounts and not lacking - {None}:
        return ()
    found, start = [], 0
    for block in detail:
        end = start + len(block.parts)
        frame = _pair_places(block, region[start:end])
        if not amounts:
            frame = frame[frame["year"].isin([year for year in lacking if year is not None])]
        if len(frame):
            found.append(LinkTable(block.label, frame, "", block.counted))
        start = end
    return tuple(found)


def _pair_places(block: Participations, region: "npt.NDArray[np.object_]") -> pd.DataFrame:
    """Return a link for every pair of parties of a row that have places; a row of several pairs is shared out."""
    parts = pd.DataFrame({"row": block.parts["row"].to_numpy(), "place": region})
    parts["turn"] = parts.groupby("row").cumcount()
    pairs = parts.merge(parts, on="row", suffixes=("_a", "_b"))
    pairs = pairs[(pairs["turn_a"] < pairs["turn_b"])]
    many = pairs.groupby("row")["turn_a"].transform("size").to_numpy()
    rows = block.rows.iloc[pairs["row"].to_numpy()]
    frame = pd.DataFrame(
        {
            "source": pairs["place_a"].astype("str").to_numpy(),
            "target": pairs["place_b"].astype("str").to_numpy(),
            "weight": rows["count"].to_numpy() / (many if is_amount(block) else 1),
            "year": rows["year"].array,
        },
        index=rows.index,
    )
    return frame[(frame["source"] != "") & (frame["target"] != "")].astype({"source": "str", "target": "str"})


def _refuse_placeless(label: str, parts: pd.DataFrame) -> Fault:
    """Refuse units of which no column says where they are; a region within a name is a suggestion only."""
    units = parts["name"].drop_duplicates()
    return Fault.of(label, say("E-PLACE", count=len(units), names=[show_word(name) for name in units[:_NAMED]]))


def _describe_units(label: str, blocks: Sequence[Participations], actors: pd.DataFrame, filled: int) -> list[Fault]:
    bare = actors["name_zh"][actors["region"] == ""]
    said: list[tuple[int, Message]] = [
        (filled, say("W-PLACELESS/filled", count=filled)),
        (len(bare), say("W-PLACELESS/units", count=len(bare), names=[show_word(name) for name in bare[:_NAMED]])),
    ]
    several = sum(block.several for block in blocks)
    said.append((several, say("W-SEVERAL", count=several)))
    return [Fault.of(label, message) for count, message in said if count]


def _describe_numbers(detail: Sequence[Participations], *, keep_missing: bool) -> list[Fault]:
    faults = []
    for block in detail:
        if block.missing:
            key = "W-MISSING/kept" if keep_missing else "W-MISSING/rows"
            faults.append(Fault.of(block.label, say(key, count=block.missing, column=block.counted)))
        if block.counted and is_amount(block):
            faults.append(Fault.of(block.label, say("W-AMOUNT", column=block.counted)))
        alone = int((block.rows["size"] == 1).sum())
        if alone:
            faults.append(Fault.of(block.label, say("W-ALONE", count=alone)))
        empty = int((block.rows["size"] == 0).sum())
        if empty:
            faults.append(Fault.of(block.label, say("W-NOUNIT", count=empty)))
    return faults


def _describe_same(label: str, totals: Sequence[Total], summary: Settled, links: Sequence[LinkTable]) -> list[Fault]:
    """Say what the detail of units and the table of regions sum to, by year, and which years only the detail has."""
    if not summary.kept:
        return []
    faults = []
    compared = compare_detail(totals, summary.totals)
    if compared:
        years = [
            say("facts/year" if year else "facts/whole-sum", year=year, detail=detail, links=whole, less=detail - whole)
            for year, detail, whole in compared
        ]
        faults.append(Fault.of(label, say("W-SAMEFACTS/detail", years=years)))
    if links:
        only = sorted({int(year) for table in links for year in table.frame["year"].dropna().unique()})
        faults.append(Fault.of(label, say("W-YEARS/detail-only", years=[str(year) for year in only])))
    return faults
