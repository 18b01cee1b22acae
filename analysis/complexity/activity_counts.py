"""What each region does, as counts of regions by fields or industries: the table that complexity starts from."""

from typing import Literal

import pandas as pd

from analysis.networks.profiles import count_fields
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.study_parts.study_selection import select_study

By = Literal["field", "industry"]


def count_activities(study: Study, *, by: By = "field", years: tuple[int, int] | None = None) -> pd.DataFrame:
    """Count what each region does, by field or by industry.

    Parameters
    ----------
    study
        With fields of records or links (``field``), or a table of activities (``industry``).
    by
        ``field``: distinct records of a field in which an actor of the region takes part. ``industry``: sum of the
        values of the table of activities.
    years
        First and last year, both included; None takes all.

    Returns
    -------
    DataFrame
        Index ``code`` (units, in their order), one column per field or industry, >= 0. A region without a row counts 0:
        what a source could not see must be left out before (`select_large` leaves out regions without any).

    Raises
    ------
    MethodError
        When the study names no field or industry, when it has no years and ``years`` is given, or when a value is
        negative.

    Examples
    --------
    >>> from regionet import regions
    >>> int(count_activities(regions.load_study("china")).loc["110000", "Rice"])
    3
    """
    if by == "industry":
        return _sum_activities(study, years)
    counts = count_fields(study if years is None else select_study(study, years=years))
    if counts is None:
        raise MethodError(say("complexity/no-fields", study=study.name))
    return counts


def list_field_records(study: Study) -> pd.DataFrame:
    """List in which records of which fields each unit takes part.

    Returns
    -------
    DataFrame
        ``record``, ``field``, ``code`` (units of the study), each combination once.

    Raises
    ------
    MethodError
        When the study has no records of actors, or they name no field.

    Examples
    --------
    >>> from regionet import regions
    >>> list_field_records(regions.load_study("china")).columns.tolist()
    ['record', 'field', 'code']
    """
    records, actors = study.records, study.actors
    if records is None or actors is None or "field" not in records:
        raise MethodError(say("complexity/no-fields", study=study.name))
    unit = records["actor"].map(actors["region"]).map(study.unit_of)
    rows = records[["record", "field"]].assign(code=unit).dropna().drop_duplicates()
    rows = rows[rows["code"].isin(study.regions.index) & (rows["field"] != "")].reset_index(drop=True)
    if rows.empty:
        raise MethodError(say("complexity/no-fields", study=study.name))
    return rows


def _sum_activities(study: Study, years: tuple[int, int] | None) -> pd.DataFrame:
    table = study.activities
    if table is None or table.empty:
        raise MethodError(say("complexity/no-activities", study=study.name))
    if years is not None:
        if "year" not in table:
            raise MethodError(say("complexity/no-years", study=study.name))
        table = table[table["year"].between(*years).fillna(value=False)]
    if (table["value"] < 0).any():
        raise MethodError(say("complexity/counts"))
    rows = table.assign(code=table["code"].map(study.unit_of)).dropna(subset=["code", "value"])
    wide = rows.pivot_table(index="code", columns="industry", values="value", aggfunc="sum", fill_value=0.0)
    return wide.reindex(study.regions.index, fill_value=0.0).rename_axis(index="code", columns=None)
