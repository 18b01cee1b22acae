"""Tables by region, as an earlier run or the user left them in a folder: which name regions, and in which rows."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from regions.errors import MethodError, StudyError
from regions.files.text_table import TextTable
from regions.frames.name_index import NameIndex, build_name_index
from regions.messages import Message, say
from regions.schema.cell_values import fold_header, parse_years
from regions.study import Study
from regions.table_file import WORKBOOKS, read_file
from regions.workbooks.workbook import open_workbook, read_sheet

TABLES = (".csv", ".tsv", ".txt", ".parquet")
"""Suffixes that are read from a folder; a workbook there holds the same tables once more."""

LAYERS = "_layers.json"
"""End of the name of a file of finished layers."""

_RUN = "run.json"
_YEARS = frozenset({"year", "年份", "年", "年度"})
_KNOWN = 0.5
"""Part of its words that must be regions for a column to name regions."""


@dataclass(frozen=True, slots=True, eq=False)
class RegionTable:
    """A table with one row per region.

    Attributes
    ----------
    stem
        Name of its file, without the suffix.
    cells
        Index ``code`` (units); the columns that are no names of regions, as text.
    year
        Of the rows; None where the table has no years.
    command
        Which command made it; "" where that is not known.
    """

    stem: str
    cells: pd.DataFrame
    year: int | None
    command: str


@dataclass(frozen=True, slots=True, eq=False)
class FoundTables:
    """What folders and files hold.

    Attributes
    ----------
    tables
        Those that are used.
    finished
        Files of finished layers.
    notes
        What was not used, counted and named.
    """

    tables: tuple[RegionTable, ...]
    finished: tuple[Path, ...]
    notes: tuple[Message, ...]


_Found = tuple[RegionTable, list[Message]]


def find_region_tables(study: Study, paths: Sequence[Path]) -> FoundTables:
    """Read every table with one row per region from folders and files.

    Parameters
    ----------
    study
        Its units are the regions that are looked for, by code or by name in either language.
    paths
        Folders, of which tables and finished layers are read, or single files of any kind of table.

    Returns
    -------
    FoundTables
        Of years the latest is kept.

    Raises
    ------
    MethodError
        A path does not exist.
    """
    absent = [str(path) for path in paths if not path.exists()]
    if absent:
        raise MethodError(say("own-layers/absent", paths=absent))
    names = study.regions.reset_index()[[*{"code", "name", "name_zh"}]].astype(str)
    index = build_name_index(names, names["code"])
    tables: list[RegionTable] = []
    notes: list[Message] = []
    unused: dict[str, list[str]] = {}
    files = list(dict.fromkeys(_list_files(paths)))  # a file that was named may lie in a folder that was named, too
    finished = [file for file in files if file.name.endswith(LAYERS)]
    for file in files:
        if file in finished or file.name == _RUN:
            continue
        for name, found in _read_tables(file, index, alone=file in paths):
            if isinstance(found, str):
                unused.setdefault(found, []).append(name)
            else:
                tables.append(found[0])
                notes += found[1]
    for reason, left in unused.items():
        told = {"count": len(left), "files": left}
        notes.append(say("own-layers/tables-unused", **told, reason=say(reason)))
    return FoundTables(tuple(tables), tuple(finished), tuple(notes))


def _list_files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(each for each in path.iterdir() if each.is_file()) if path.is_dir() else (path,)


def _read_tables(file: Path, index: NameIndex, *, alone: bool) -> "Iterator[tuple[str, str | _Found]]":
    """Read the tables of a file, each sheet of a workbook one; a message key for one not used."""
    if not alone and file.suffix.lower() not in TABLES:
        yield file.name, "own-layers/no-table"
        return
    try:
        read = list(_open(file))
    except StudyError:
        if alone:
            raise
        yield file.name, "own-layers/unreadable"
        return
    for table in read:
        yield table.file, _find_regions(table, index, file)


def _open(file: Path) -> Iterator[TextTable]:
    if file.suffix.lower() not in WORKBOOKS:
        yield read_file("", file)
        return
    workbook = open_workbook(file)
    yield from (read_sheet(workbook, sheet) for sheet in workbook.sheets)


def _find_regions(table: TextTable, index: NameIndex, file: Path) -> "str | _Found":
    """Find the column that names regions, and take the rows; a message key where there is none."""
    frame = table.frame
    if frame.empty:
        return "own-layers/empty"
    codes = {str(column): _read_codes(frame[column], index) for column in frame}
    naming = {column: found for column, found in codes.items() if found.notna().mean() >= _KNOWN}
    if not naming:
        return "own-layers/no-regions"
    column, code = max(naming.items(), key=lambda item: (item[1].notna().mean(), item[0] == "code"))
    if any((found.notna() & code.notna() & (found != code)).any() for found in naming.values()):
        return "own-layers/pairs"
    cells = frame.drop(columns=list(naming)).set_axis(code, axis=0)
    return _take_rows(table, cells, file=file, unknown=frame.loc[code.isna(), column])


def _read_codes(cells: "pd.Series[str]", index: NameIndex) -> "pd.Series[str]":
    """Return the code of the one unit that each cell names, missing where it names none or several."""
    found = {word: index.find(word) for word in set(cells)}
    return cells.map({word: codes[0] for word, codes in found.items() if len(codes) == 1})


def _take_rows(table: TextTable, cells: pd.DataFrame, *, file: Path, unknown: "pd.Series[str]") -> "str | _Found":
    """Keep the rows of known regions, of years the latest; count the others."""
    notes = []
    if len(unknown):
        shown = sorted(set(unknown))[:5]
        notes.append(say("own-layers/rows-unknown", file=table.file, count=len(unknown), names=shown))
    rows = cells[cells.index.notna()]
    dated = next((str(column) for column in rows if fold_header(str(column)) in _YEARS), None)
    year = None
    if dated is not None:
        years = parse_years(rows[dated])
        year = None if years.isna().all() else int(years.max())
        kept = rows[(years == year).to_numpy(dtype=bool, na_value=False)] if year is not None else rows
        if len(kept) < len(rows):
            notes.append(say("own-layers/rows-earlier", file=table.file, count=len(rows) - len(kept), year=year))
        rows = kept.drop(columns=dated)
    if rows.index.has_duplicates:
        return "own-layers/several"
    stem = table.file.removesuffix(file.suffix)
    return RegionTable(stem, rows.rename_axis("code"), year, _find_command(file)), notes


def _find_command(file: Path) -> str:
    """Return the command of the run that a file lies in."""
    try:
        told = json.loads((file.parent / _RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # no run, or no manifest of ours
        return ""
    command = told.get("command") if isinstance(told, Mapping) else None
    return command if isinstance(command, str) else ""
