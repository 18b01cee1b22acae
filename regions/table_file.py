"""Read one table from one file of any format we know."""

from collections.abc import Iterable
from pathlib import Path

from regions.errors import Fault, StudyError
from regions.files.sniff import sniff
from regions.files.text_file import read_text_table
from regions.files.text_table import TextTable
from regions.files.writing import refuse_special
from regions.messages import say
from regions.network_files.region_attribute import Find
from regions.schema.headers import has_required, recognise_table

TEXT = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
PARQUET = (".parquet", ".pq")
NETWORKS = (".graphml", ".gexf", ".net", ".paj", ".dl")
UNREAD = (".xlsb", ".numbers", ".json", ".jsonl", ".dta", ".sav", ".rds", ".feather", ".mdb", ".accdb")
"""Other tables that people have: refused by name where a table of the study is wanted, never passed over."""
ANY_TABLE = (*TEXT, *WORKBOOKS, *PARQUET)
"""What every table may be stored as."""
SUFFIXES = (*ANY_TABLE, *NETWORKS)
"""What a table may be stored as; networks hold links only."""
NO_SHEETS = tuple(suffix for suffix in (*SUFFIXES, *UNREAD) if suffix not in {*TEXT, *WORKBOOKS})
"""What is a table as a whole, or none: no sheet in which tables are looked for."""


def is_workbook(path: Path) -> bool:
    """Tell whether a file is a workbook by its name and by its first bytes; HTML is often called .xls."""
    if path.suffix.lower() not in WORKBOOKS:
        return False
    with path.open("rb") as handle:
        found = sniff(handle.read(512))
    return found is None or found[0] != "html"


def read_file(name: str, path: Path, *, find: Find | None = None, directed: bool = False) -> TextTable:
    """Read the table ``name`` from a file; the suffix says the format, the content must agree.

    ``find`` and ``directed`` are for network files, see ``regions.network_files.links_table.read_network``.

    Raises
    ------
    StudyError
        With every fault of form.
    MissingExtraError
        The format needs a package that is not installed.
    """
    refuse_special([path])
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        return _read_workbook_table(name, path)
    if suffix in PARQUET:
        from regions.files.parquet import read_parquet  # noqa: PLC0415 - pyarrow is an extra

        return read_parquet(path, name)
    if suffix in UNREAD:
        raise StudyError(Fault.of(path.name, say("E-FORMAT/suffix", suffix=suffix)))
    if suffix in NETWORKS:
        from regions.network_files.links_table import read_network  # noqa: PLC0415 - only where used

        return read_network(path, find=find, directed=directed)
    return read_text_table(path, name)


def _read_workbook_table(name: str, path: Path) -> TextTable:
    from regions.workbooks.workbook import open_workbook, read_sheet  # noqa: PLC0415 - calamine, only where used

    workbook = open_workbook(path)
    sheets = list(workbook.sheets)
    if not sheets:
        raise StudyError(Fault.of(path.name, say("E-SHEET/none-visible")))

    def read(sheet: str) -> TextTable | StudyError:
        try:
            return read_sheet(workbook, sheet, name)
        except StudyError as error:
            return error

    fitting = next((sheet for sheet in sheets if recognise_table(sheet) == name), None)
    found = ((sheet, table) for sheet in sheets if _fits(name, table := read(sheet)))  # one sheet at a time in memory
    fitting, table = (fitting, read(fitting)) if fitting else next(found, (sheets[0], read(sheets[0])))
    if isinstance(table, StudyError):
        raise table
    warnings = (*table.warnings, *_warn_choice(path.name, fitting, sheets))
    return TextTable(table.file, table.frame, table.lines, warnings, table.header_line, table.suspect)


def _fits(name: str, table: TextTable | StudyError) -> bool:
    """Tell whether a sheet has the wanted columns; a sheet with a title above its header has them too."""
    if isinstance(table, StudyError):
        return any(fault.code == "E-HEADER" and fault.hint for fault in table.faults)
    return has_required(name, map(str, table.frame.columns))


def _warn_choice(file: str, chosen: str, sheets: list[str]) -> Iterable[Fault]:
    if len(sheets) > 1:
        others = ", ".join(sheet for sheet in sheets if sheet != chosen)
        yield Fault.of(file, say("W-SHEET/chosen", chosen=chosen, others=others))
