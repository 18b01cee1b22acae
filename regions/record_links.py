"""Links from a file of records of any size, which is scanned and never loaded."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from regions.engine.plan import Counted, Plan, check_option
from regions.errors import Fault, MethodError, StudyError

if TYPE_CHECKING:
    import pandas as pd

    from regions.engine.duck import Limits
    from regions.engine.parts import Parts
    from regions.study import Study


def count_record_file(
    study: "Study",
    records: Path,
    plan: Plan,
    parts: "Parts",
    *,
    between: Literal["regions", "actors"] = "regions",
    unknown: Literal["error", "drop"] = "error",
    limits: "Limits | None" = None,
) -> tuple[Counted, list[Fault]]:
    """Count the ties of a file of records that is never loaded: it is scanned by the embedded database.

    Parameters
    ----------
    study
        Tells where actors are; records and links of its own are left aside.
    records
        Parquet or CSV (UTF-8); headers as in the records of a study, in English or Chinese.
    plan, limits
        What to count, and what the database may use.
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
        The same table as `regions.links.count_records` gives over the same rows.

    Raises
    ------
    StudyError
        With the first rows of every kind of fault, and how many there are; see
        `regions.engine.faults.find_record_faults`.
    MethodError
        When the study has no actors, or the file cannot be read or lacks a column.
    MissingExtraError
        When DuckDB is not installed (extra ``big``).
    """
    from regions.engine.faults import find_record_faults  # noqa: PLC0415 - DuckDB is an extra
    from regions.engine.parts import count_in_parts  # noqa: PLC0415 - as above

    check_option("between", between, ("regions", "actors"))
    check_option("unknown", unknown, ("error", "drop"))
    if study.actors is None:
        raise MethodError(
            f"study {study.name!r} has no actors, which tell where records belong",
            zh=f"研究“{study.name}”没有主体表，无法确定记录所在的地区",
        )
    known, drop = study.actors.index, unknown == "drop"
    faults = find_record_faults(records, known, by=plan.by, drop=drop, limits=limits)
    if any(fault.is_error for fault in faults):
        raise StudyError(faults)
    places = None if between == "actors" else study.actors["region"].map(study.unit_of)
    counted = count_in_parts(records, places, plan, parts, limits=limits)
    if between == "actors" and faults:
        counted = replace(counted, table=keep_known(counted.table, known))
    return counted, faults


def keep_known(table: "pd.DataFrame", actors: "pd.Index[str]") -> "pd.DataFrame":
    """Keep the links between known actors; the others have counted in the size of their records."""
    return table[table[["source", "target"]].isin(actors).all(axis=1)].reset_index(drop=True)
