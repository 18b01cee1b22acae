"""Count records that lie outside the study: in a file or folder, on a cluster, in a database."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import unquote, urlsplit

import typer

from regionet.console.language import Language
from regionet.console.terminal import tell
from regionet.steps.open_study import tell_faults
from regions.messages import say

if TYPE_CHECKING:
    from regions.counting.plan import Counted, Plan
    from regions.errors import Fault
    from regions.study import Study

PARTS = "links.parts"
"""Folder of finished parts beside the results; removed when the results are written."""

RecordsOption = Annotated[
    Path | None,
    typer.Option("--records", help="Take the records from a Parquet or CSV file of any size, or a folder of them."),
]
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        help="Take the records from postgresql:// (counted there), duckdb:/// or sqlite:///; read only. "
        "Actors that the study lacks count in the size of a record.",
    ),
]
QueryOption = Annotated[str, typer.Option("--query", help="Table name or SELECT for --database.")]
MasterOption = Annotated[
    str | None, typer.Option("--spark-master", help="Such as local[2]; else SPARK_MASTER or what Spark is set to.")
]

_PART_BYTES = {".parquet": 2**26}  # some five million rows
_PLAIN_BYTES = 2**28


@dataclass(frozen=True, slots=True)
class GivenRecords:
    """Where records lie and what is made of them.

    Attributes
    ----------
    folder
        Where finished parts are kept.
    records
        Parquet or CSV, a file or a folder.
    database, query
        URL, and a table name or SELECT.
    engine
        ``memory``, ``duckdb`` or ``spark``; None takes what suits the source.
    master
        Of Spark.
    between
        What links are counted between.
    unknown
        What to do with actors that the study lacks.
    quiet
        Whether no bar is drawn.
    """

    folder: Path
    records: Path | None = None
    database: str | None = None
    query: str = "records"
    engine: str | None = None
    master: str | None = None
    between: Literal["regions", "actors"] = "regions"
    unknown: Literal["error", "drop"] = "error"
    quiet: bool = False


def choose_engine(source: GivenRecords) -> str:
    """Return what counts: ``memory``, ``duckdb``, ``spark`` or ``postgresql``.

    Raises
    ------
    MethodError
        When the options do not go together.
    """
    from regions.errors import MethodError
    from regions.records.database import is_postgres

    if source.records is not None and source.database is not None:
        raise MethodError(say("counting/two-sources"))
    if source.engine == "spark" and source.records is None:
        raise MethodError(say("counting/spark-file"))
    if source.database is not None and is_postgres(source.database):
        if source.engine is not None:
            raise MethodError(say("counting/postgresql-engine"))
        return "postgresql"
    return source.engine or ("duckdb" if source.records is not None else "memory")


def list_inputs(source: GivenRecords) -> list[Path]:
    """Return the files and folders that a source names, which no output may replace."""
    from regions.records.database import is_postgres

    file = source.database is not None and not is_postgres(source.database)
    database = Path(unquote(urlsplit(source.database or "").path.removeprefix("/"))) if file else None
    return [path for path in (source.records, database) if path]


def load_source(study: "Study", source: GivenRecords, lang: Language) -> "Study":
    """Put the records of a file or a database, read into memory, in the place of those of the study.

    Raises
    ------
    StudyError
        When there is no such file, or with what is wrong in it.
    """
    from regions.counting.duck import list_files
    from regions.records.database import read_database
    from regions.records.record_files import load_records
    from regions.table_file import read_file

    if source.records is None:
        tables = [read_database(source.database or "", source.query)]
    else:
        records = _need(source.records)
        tables = [read_file("records", path) for path in (list_files(records) if records.is_dir() else [records])]
    loaded = load_records(study, tables, unknown=source.unknown)
    tell_faults(loaded.warnings[len(study.warnings) :], lang)
    return _note_files(loaded, source)


def count_source(
    study: "Study", source: GivenRecords, options: dict[str, Any], lang: Language
) -> tuple["Counted", "Study"]:
    """Count records where they are; return the links, and the study with the files and what there is to say of them.

    Parameters
    ----------
    study
        Tells where actors are.
    source
        Where the records are. Parts of a file are kept: a run with the same file, study and options takes them up.
    options
        ``counting``, ``by``, ``max_actors``, ``engine``.
    lang
        Language of what is told.

    Raises
    ------
    StudyError
        When there is no such file, or with what is wrong in it.
    """
    from regions.counting.plan import Plan

    plan = Plan(options["counting"], tuple(options["by"]), options["max_actors"])
    count = _count_file if options["engine"] == "duckdb" else _count_on_server
    counted, faults = count(study, source, plan, lang)
    tell_faults(faults, lang)
    return counted, _note_files(replace(study, warnings=(*study.warnings, *faults)), source)


def _count_file(study: "Study", source: GivenRecords, plan: "Plan", lang: Language) -> tuple["Counted", list["Fault"]]:
    from regionet.console.progress import show_progress
    from regions.counting.duck import list_files
    from regions.counting.parts import Parts
    from regions.records.record_files import count_record_file

    records = _need(source.records)
    size = sum(path.stat().st_size / _PART_BYTES.get(path.suffix.lower(), _PLAIN_BYTES) for path in list_files(records))
    try:
        with show_progress(say("progress/count").text(lang), quiet=source.quiet) as progress:
            parts = Parts(source.folder, 1 + int(size), progress)
            return count_record_file(study, records, plan, parts, between=source.between, unknown=source.unknown)
    except KeyboardInterrupt:
        tell(say("progress/interrupted").text(lang))
        raise


def _count_on_server(
    study: "Study", source: GivenRecords, plan: "Plan", _: Language
) -> tuple["Counted", list["Fault"]]:
    from regions.counting.portable import code_places
    from regions.counting.servers import open_postgres, open_spark
    from regions.records.database import form_query
    from regions.records.record_files import count_on_server, find_places

    places = code_places(find_places(study, source.between))[0]
    if source.database is None:
        opened = open_spark(_need(source.records), places, source.master)
    else:
        opened = open_postgres(source.database, form_query(source.query), places)
    return count_on_server(study, opened, plan, between=source.between, unknown=source.unknown)


def _need(records: Path | None) -> Path:
    from regions.errors import Fault, StudyError
    from regions.files.writing import refuse_special

    refuse_special([] if records is None or records.is_dir() else [records])
    if records is None or not records.exists():
        raise StudyError(Fault.of(str(records), say("E-FOLDER/no-file")))
    return records


def _note_files(study: "Study", source: GivenRecords) -> "Study":
    """Name the files that were read, in the place of records of the study."""
    from regions.counting.duck import list_files
    from regions.schema.headers import recognise_table

    files = [path for path in study.files if recognise_table(path.stem) != "records"]
    if source.records is not None:
        files += list_files(source.records) if source.records.is_dir() else [source.records]
    return replace(study, files=tuple(files))


def hide_password(url: str) -> str:
    """Return a URL without its password and parameters."""
    secret = urlsplit(url).password
    return url.split("?", maxsplit=1)[0].replace(f":{secret}@", ":***@") if secret else url.split("?", maxsplit=1)[0]
