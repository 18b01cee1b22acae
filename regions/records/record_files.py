"""Links from records that lie outside the study: a file of any size, a cluster, a database."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pandas as pd

from regions.counting.plan import Counted, Plan, check_columns, check_option
from regions.errors import Fault, MethodError, StudyError
from regions.messages import say
from regions.tables.checked_table import CheckedTable

if TYPE_CHECKING:
    from regions.counting.parts import Parts
    from regions.counting.portable import Server
    from regions.files.text_table import TextTable
    from regions.study import Study

Between = Literal["regions", "actors"]
Unknown = Literal["error", "drop"]


def count_record_file(
    study: "Study",
    records: Path,
    plan: Plan,
    parts: "Parts",
    *,
    between: Between = "regions",
    unknown: Unknown = "error",
) -> tuple[Counted, list[Fault]]:
    """Count the links of records that are never loaded: they are scanned by the embedded database, part by part.

    Parameters
    ----------
    study
        Tells where actors are; records and links of its own are left aside.
    records
        Parquet or CSV (UTF-8), or a folder of such files; headers as in the records of a study, in English or Chinese.
    plan
        What to count.
    parts
        How the work is split, and where finished parts are kept.
    between
        Units of the study, or actors.
    unknown
        What to do with rows of actors that the study does not have: stop, or say how many (``drop``): such an actor
        counts in the size of its record and gives no link, as one without a region does.

    Returns
    -------
    counted, warnings
        The same table as `regions.records.count_links.count_records` gives over the same rows.

    Raises
    ------
    StudyError
        With the first rows of every kind of fault, and how many there are; see
        `regions.records.record_faults.find_record_faults`.
    MethodError
        When the study has no actors, or the file cannot be read or lacks a column.
    MissingExtraError
        When DuckDB is not installed (extra ``big``).
    """
    from regions.counting.duck import open_duckdb  # noqa: PLC0415 - DuckDB is an extra
    from regions.counting.parts import count_in_parts  # noqa: PLC0415 - as above
    from regions.counting.portable import code_places  # noqa: PLC0415 - as above

    places = find_places(study, between)
    with open_duckdb(records, code_places(places)[0]) as (_, server):
        faults = _check(server, plan, unknown)
    alone = between == "actors" and not faults  # nobody is unknown: actors need no table of places
    return count_in_parts(records, None if alone else places, plan, parts), faults


def count_on_server(
    study: "Study",
    opened: "AbstractContextManager[Server]",
    plan: Plan,
    *,
    between: Between = "regions",
    unknown: Unknown = "error",
) -> tuple[Counted, list[Fault]]:
    """Count the links of records where they are: on a cluster, or in a database.

    Parameters
    ----------
    study, plan, between, unknown
        As for `count_record_file`.
    opened
        `regions.counting.servers.open_spark` or `open_postgres`, with the places of `find_places`.

    Returns
    -------
    counted, warnings
        As from `count_record_file`.

    Raises
    ------
    StudyError, MethodError, MissingExtraError
        As `count_record_file` does.
    """
    from regions.counting.portable import code_places, count_links  # noqa: PLC0415 - needs an extra

    with opened as server:
        faults = _check(server, plan, unknown)
        return count_links(server, plan, code_places(find_places(study, between))[1]), faults


def find_places(study: "Study", between: Between) -> "pd.Series[str]":
    """Return where the links of each actor are added up: its unit (missing when it has none), or itself.

    Raises
    ------
    MethodError
        When the study has no actors.
    """
    check_option("between", between, ("regions", "actors"))
    if study.actors is None:
        raise MethodError(say("records/no-actors", study=study.name))
    if between == "actors":
        return study.actors.index.to_series().astype("str")
    return study.actors["region"].map(study.unit_of)


def _check(server: "Server", plan: Plan, unknown: Unknown) -> list[Fault]:
    from regions.records.record_faults import find_record_faults  # noqa: PLC0415 - needs an extra

    check_option("unknown", unknown, ("error", "drop"))
    check_columns(list(server.headers), plan)
    faults = find_record_faults(server, plan.by, drop=unknown == "drop")
    if any(fault.is_error for fault in faults):
        raise StudyError(faults)
    return faults


def load_records(study: "Study", tables: "Iterable[TextTable]", *, unknown: Unknown = "error") -> "Study":
    """Put records from elsewhere in the place of those of a study, checked as its own would be.

    Parameters
    ----------
    study
        With actors.
    tables
        Of records, such as `regions.table_file.read_file` and `regions.records.database.read_database` give.
    unknown
        As for `count_record_file`.

    Returns
    -------
    Study
        With these records, without links, and with what was noticed among its warnings.

    Raises
    ------
    StudyError
        With every fault in every table.
    MethodError
        When the study has no actors.
    """
    from regions.tables.references import THE_ACTORS, check_known, check_participations  # noqa: PLC0415 - as above
    from regions.tables.unknown_names import drop_unknown  # noqa: PLC0415 - only where records come from elsewhere
    from regions.tables.validate import check_table  # noqa: PLC0415 - as above

    known = find_places(study, "actors")
    faults: list[Fault] = []
    frames = []
    for table in tables:
        checked = {"records": check_table("records", table)}
        strange = check_known(checked["records"], "actor", dict(zip(known, known, strict=True)), THE_ACTORS)
        if unknown == "drop":
            checked, strange = drop_unknown(checked, strange, {"records": known.index.__contains__})
        frames.append(checked["records"].frame)
        faults += [*checked["records"].faults, *strange]
    if any(fault.is_error for fault in faults):
        raise StudyError([fault for fault in faults if fault.is_error])
    joint = check_participations(CheckedTable("records", pd.concat(frames), {}))
    warnings = (*study.warnings, *faults, *joint.faults)
    return replace(study, records=joint.frame.reset_index(drop=True), links=None, other_years={}, warnings=warnings)
