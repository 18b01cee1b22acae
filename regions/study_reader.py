"""Read a study from a folder or a workbook: check every table, then bundle what can be trusted."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pandas as pd

from regions.assembly.study_bundle import bundle_study
from regions.assembly.study_inheritance import add_inherited
from regions.assembly.study_origin import describe_origin
from regions.assembly.tell_tables import describe_tables, sum_tables
from regions.errors import Fault, StudyError
from regions.frames.find_units import LEAF
from regions.frames.name_index import NameIndex, build_name_index
from regions.indicators.negative_values import warn_negative
from regions.network_files.region_attribute import Find
from regions.records.count_links import count_region_links
from regions.study import Study
from regions.study_card import StudyCard
from regions.study_folder import StudyFolder, open_folder
from regions.study_frame import describe_frame, weigh_tables
from regions.study_parts.study_years import separate_other_years
from regions.table_file import read_file
from regions.tables.actor_names import add_ids, resolve_actors
from regions.tables.chain_checks import check_chains, check_declared, warn_belonging
from regions.tables.data_warnings import warn_cells, warn_network, warn_points, warn_tables
from regions.tables.placing import Locate, check_places, place_actors
from regions.tables.references import (
    check_links,
    check_parents,
    check_participations,
    check_unique,
    drop_repeated_rows,
    find_strangers,
    list_actor_ids,
)
from regions.tables.region_names import resolve_parents, resolve_regions
from regions.tables.unknown_names import drop_unknown
from regions.tables.validate import CheckedTable, check_table
from regions.tables.weights import check_weights, find_unused_counts
from regions.tables.wide_pairs import lengthen_pairs

_KEYS = {
    "regions": ("code",),
    "indicators": ("code", "year"),
    "dictionary": ("column",),
    "actors": ("id",),
    "groups": ("group", "code"),
    "dyads": ("source", "target"),
    "activities": ("code", "industry"),
}
_BY_YEAR = frozenset({"dyads", "activities"})
_REGION_REFERENCES = {
    "links": ("source", "target"),
    "actors": ("region",),
    "groups": ("code",),
    "indicators": ("code",),
    "neighbours": ("source", "target"),
    "dyads": ("source", "target"),
    "activities": ("code",),
    "coverage": ("region",),
}
OnUnknown = Literal["error", "drop"]


def read_study(
    path: str | Path,
    *,
    frame: str | Path | None = None,
    unknown: OnUnknown | None = None,
    locate: Locate | None = None,
    records: bool = True,
) -> Study:
    r"""Read a study from a folder, or from one Excel workbook.

    The folder holds ``regions.csv`` and either ``links.csv`` (collaboration between regions) or ``records.csv``
    with ``actors.csv`` (who took part in what); ``indicators.csv``, ``dictionary.csv``, ``groups.csv``,
    ``neighbours.csv``, ``boundaries.geojson`` and the card ``study.yaml`` are optional. A card that says
    ``extends: china`` takes the tables that the folder lacks from that embedded study.

    Files kept in another form (a yearbook, an export, a panel, a matrix; .xlsx, .xls, .ods, HTML, text), or a folder
    of such files, are read as they are: `Study.understood` says how, `Study.warnings` names whatever is passed over.

    A table may also be ``.xlsx`` or ``.parquet``; links may be a network (``.graphml``, ``.gexf``, Pajek ``.net``,
    UCINET ``.dl``); boundaries may be ``.gpkg`` or ``.shp``. A workbook (``study.xlsx``) has a sheet per table and,
    in place of the card, a sheet ``settings`` with a name and a value in each row.

    CSV files may be UTF-8 or GB18030, with headers in English or Chinese; unknown columns are kept. Regions may be
    named by code or by name, in Chinese or English, with or without suffix (320000, 江苏省, 江苏, Jiangsu).

    Parameters
    ----------
    path
        The folder or the workbook.
    frame
        The regions that the data are about: an embedded study, by its name or its Chinese name (长三角), or a folder
        with a table of regions. None: those of the study or of the one that it extends; where it has neither, the
        smallest embedded study that holds 90 % of the weight (`regions.frames.choose_frame`). `Study.frame` says which.
    unknown
        What to do with rows of links, actors, records and indicators that name an unknown region or actor: stop
        (``error``), or leave them out and say how many rows and how much weight is lost (``drop``). None: as the card
        says, else stop. Actors that have, or whose coordinates lie in, no region are treated alike. What took part in a
        record stays in it: an actor left without a region, or unknown, counts in the size of its records and gives no
        link.
    locate
        Finds the regions of actors that have coordinates (``lon``, ``lat``) and no region, as this package knows no
        geometry; ``regionet.steps.place_actors.locate_in_study`` does it with the boundaries of the study.
    records
        False leaves the records unread, and asks for none: see `regions.records.record_files.count_record_file`.

    Returns
    -------
    Study
        Every table checked, every code known.

    Raises
    ------
    StudyError
        With every fault in every file: file, line, column, what is wrong and what is probably meant.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from regionet import regions
    >>> with tempfile.TemporaryDirectory() as name:
    ...     folder = Path(name)
    ...     _ = (folder / "regions.csv").write_text("code,name,lon,lat\n1,East,121,31\n2,West,104,30")
    ...     _ = (folder / "links.csv").write_text("source,target,weight\nEast,West,3")
    ...     study = regions.read_study(folder)
    >>> study.links[["source", "target", "weight"]].to_numpy().tolist()
    [['1', '2', 3.0]]
    """
    folder = open_folder(Path(path), records=records, frame=None if frame is None else str(frame))
    return read_folder(folder, unknown=unknown, locate=locate, records=records)


def read_folder(
    folder: StudyFolder, *, unknown: OnUnknown | None = None, locate: Locate | None = None, records: bool = True
) -> Study:
    """Read, check and bundle the tables of a study whose files, or loaded tables, are known; see `read_study`."""
    tables = _read_tables(folder, records=records)
    weights, understood = weigh_tables(tables, folder.own), describe_tables(folder, tables)
    try:
        study = _build_study(folder, tables, unknown=unknown, locate=locate)
    except StudyError as error:
        error.understood = understood
        raise
    named = describe_frame(folder.frame, study, weights)
    return replace(study, frame=named, understood=understood)


def _build_study(
    folder: StudyFolder, tables: dict[str, CheckedTable], *, unknown: OnUnknown | None, locate: Locate | None
) -> Study:
    """Check what the tables say of each other, and bundle them."""
    drop = (unknown or folder.card.unknown) == "drop"
    tables, strange = _resolve(tables, folder, drop=drop)
    tables = {name: _check_alone(name, table, folder, drop=drop) for name, table in tables.items()}
    totals, origin = sum_tables(folder, tables), describe_origin(folder, tables)
    doubted = list(warn_negative(tables)) if "indicators" in folder.own else []
    tables |= _read_inherited(folder, tables)
    faults = [*strange, *doubted, *(fault for table in tables.values() for fault in table.faults)]
    faults += check_parents(tables["regions"])
    faults += [*check_declared(tables), *warn_belonging(tables)]
    faults += [fault for name, table in tables.items() for fault in warn_cells(name, table)]
    faults += warn_tables(tables, sparse=folder.card.years is not None)
    errors = _one_per_cell(fault for fault in faults if fault.is_error)
    if errors:
        raise StudyError(sorted(errors, key=lambda fault: (fault.file, fault.row or 0)))
    study = bundle_study(folder, tables, drop=drop)
    if study.actors is not None:
        study = place_actors(study, tables["actors"], locate, drop=drop or tables["actors"].placeless)
    if folder.card.years is not None and (study.records is not None or study.links is not None):
        study = separate_other_years(study, *folder.card.years)
    faults += warn_points(study.regions, study.points())
    if study.links is not None or study.records is not None:
        pairs = count_region_links(study).table
        known = pairs[pairs[["source", "target"]].isin(study.regions.index).all(axis=1)]
        faults += warn_network(known, list(study.regions.index))
    warnings = (*folder.faults, *faults, *study.warnings)
    return replace(study, warnings=warnings, totals=totals, origin=origin)


def _read_inherited(folder: StudyFolder, tables: Mapping[str, CheckedTable]) -> dict[str, CheckedTable]:
    """Read what the extended study has beside the own groups and indicators, and add it to them."""
    if folder.frame.how != "extends" or "code" not in tables["regions"].frame:
        return {}
    files = {name: file for name, file in folder.base.items() if name in {"groups", "indicators", "dictionary"}}
    base = {name: check_table(name, read_file(name, file)) for name, file in files.items()}
    resolved, _ = _resolve_regions(base, _index_regions(tables["regions"].frame, folder))
    return add_inherited(tables, resolved)


def _one_per_cell(errors: Iterable[Fault]) -> list[Fault]:
    """Leave out "unknown" of a cell that has a fault of its own: digits lost, several regions meant."""
    found = list(dict.fromkeys(errors))
    vague = {"E-UNKNOWN", "E-PARENT"}
    explained = {(fault.file, fault.row, fault.column) for fault in found if fault.row and fault.code not in vague}
    return [
        fault for fault in found if fault.code not in vague or (fault.file, fault.row, fault.column) not in explained
    ]


def _read_tables(folder: StudyFolder, *, records: bool) -> dict[str, CheckedTable]:
    """Read every table; the regions first, as they tell a network file by which attribute its nodes are named."""
    regions = _read_table("regions", folder)
    find = _index_regions(regions.frame, folder).find if "code" in regions.frame else None
    names = [name for name in folder.files if records or name != "records"]
    known = {name: _read_table(name, folder) for name in names if name == "dictionary"} | {"regions": regions}
    told = known["dictionary"].frame if "dictionary" in known else pd.DataFrame()
    units = dict(zip(told["column"], told["unit"], strict=True)) if {"column", "unit"} <= set(told.columns) else None
    return {name: known.get(name) or _read_table(name, folder, find, units=units) for name in names}


def _read_table(
    name: str, folder: StudyFolder, find: Find | None = None, *, units: Mapping[str, str] | None = None
) -> CheckedTable:
    file = folder.files[name]
    try:
        table = folder.loaded.get(name) or read_file(name, file, find=find, directed=folder.card.directed)
        if isinstance(table, StudyError):
            raise table
        if isinstance(table, CheckedTable):
            return table
        table = {"actors": add_ids, "dyads": lengthen_pairs}.get(name, lambda plain: plain)(table)
        return check_table(name, table, units=units if name == "indicators" else None)
    except StudyError as error:
        return CheckedTable(file.name, pd.DataFrame(), {}, list(error.faults))


def _check_alone(name: str, table: CheckedTable, folder: StudyFolder, *, drop: bool) -> CheckedTable:
    if name == "links":
        if "records" in folder.files:  # which of the two is meant, none or the records?
            table.faults[:] = [replace(f, code="E-EMPTY") if f.code == "W-EMPTY" else f for f in table.faults]
        table = check_weights(table)
        return check_links(table, directed=folder.card.directed, mirrored=folder.card.mirrored)
    if name == "records":
        table.faults.extend(find_unused_counts(table, records=True))
        return check_participations(table)
    table = drop_repeated_rows(table)
    if name in _KEYS:
        key = (*_KEYS[name], "year") if name in _BY_YEAR and "year" in table.frame else _KEYS[name]
        table.faults.extend(check_unique(table, key))
    if name == "chains":
        table.faults.extend(check_chains(table))
    if name == "actors":
        table.faults.extend(check_places(table, drop=drop or table.placeless))
    return table


def _resolve(
    tables: Mapping[str, CheckedTable], folder: StudyFolder, *, drop: bool
) -> tuple[dict[str, CheckedTable], list[Fault]]:
    """Replace names by codes in every table that names regions, and find what is unknown, or leave it out."""
    if "code" not in tables["regions"].frame:
        return dict(tables), find_strangers(tables)
    regions, unclear = resolve_parents(tables["regions"])
    index = _index_regions(regions.frame, folder)
    resolved, faults = _resolve_regions({**tables, "regions": regions}, index)
    if drop:
        places = dict.fromkeys(
            ("links", "actors", "indicators", "activities"), lambda word: bool(index.read(word).codes)
        )
        resolved, faults = drop_unknown(resolved, faults, places)
    if {"records", "actors"} <= set(resolved):
        resolved["records"], unnamed = resolve_actors(resolved["records"], resolved["actors"])
        faults += unnamed
    faults += find_strangers(resolved)
    ids = list_actor_ids(resolved)
    if drop and ids is not None:
        resolved, faults = drop_unknown(resolved, faults, {"records": frozenset(ids).__contains__})
    return resolved, [*unclear, *faults]


def _resolve_regions(
    tables: Mapping[str, CheckedTable], index: NameIndex
) -> tuple[dict[str, CheckedTable], list[Fault]]:
    resolved, faults = dict(tables), []
    for name, columns in _REGION_REFERENCES.items():
        if name in tables:
            resolved[name], found = resolve_regions(name, resolved[name], columns, index)
            faults += found
    return resolved, faults


def _index_regions(regions: pd.DataFrame, folder: StudyFolder) -> NameIndex:
    units = _likely_units(regions, folder.card)
    return build_name_index(regions, units, simplified="regions" not in folder.own)


def _likely_units(regions: pd.DataFrame, card: StudyCard) -> "pd.Series[str]":
    """Return the codes that a name means when it fits several regions: those of the units."""
    if card.levels and LEAF not in card.levels and "level" in regions:
        return regions.loc[regions["level"].isin(card.levels), "code"]
    return regions.loc[~regions["code"].isin(regions["parent"]), "code"] if "parent" in regions else regions["code"]
