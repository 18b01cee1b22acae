"""Some years, one field, or one kind of record, of a study."""

from dataclasses import replace
from typing import Any

import pandas as pd

from regions.errors import MethodError
from regions.messages import say
from regions.schema.field_words import name_field
from regions.study import Study
from regions.study_parts.study_years import open_years
from regions.words import Words

_COLUMNS = {"year": Words("year", "年份"), "field": Words("field", "领域"), "kind": Words("kind", "合作类型")}


def select_study(
    study: Study, *, field: str | None = None, kind: str | None = None, years: tuple[int, int] | None = None
) -> Study:
    """Keep the records and links of one field, of one kind, or of some years; everything else of the study stays.

    Parameters
    ----------
    field
        Value of the column ``field``.
    kind
        Value of the column ``kind``: patent, paper, project, ...
    years
        First and last year, both included, of all that the study has (see `regions.open_years`). Rows without a year
        are left out.

    Raises
    ------
    MethodError
        When neither table has the column, or nothing is left; the message lists the fields, or the years, there are.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("yangtze-delta")
    >>> part = analysis.select_study(study, years=(2011, 2011))
    >>> part.records["year"].unique().tolist()
    [2011]
    """
    if years is not None:
        study = open_years(study)
    for column, value in (("field", field), ("kind", kind)):
        if value is not None:
            study = _select(study, column, (value, value))
    return study if years is None else _select(study, "year", years)


def _select(study: Study, column: str, span: tuple[object, object]) -> Study:
    tables = {name: table for name in ("records", "links") if (table := getattr(study, name)) is not None}
    known = {name: table for name, table in tables.items() if column in table}
    if not known:
        raise MethodError(say("study/no-column-of-collaboration", study=study.name, column=column))
    kept = {name: _take(table, column, span) for name, table in known.items()}
    kept = {name: table for name, table in kept.items() if len(table)}
    if not kept:
        there = sorted({value for table in known.values() for value in table[column].dropna().unique()})
        listed = [name_field(str(value)) for value in there[:20]]
        ends = [name_field(end) for end in dict.fromkeys(map(str, span))]
        shown = Words(" - ".join(end.en for end in ends), "—".join(end.zh for end in ends))
        raise MethodError(
            say("study/nothing-of", study=study.name, column=_COLUMNS[column], wanted=shown, known=listed)
        )
    others = {name: _take(table, column, span) for name, table in study.other_years.items() if column in table}
    # A table that cannot be narrowed down must not stand in for the one that was.
    return replace(study, records=kept.get("records"), links=kept.get("links"), other_years=others)


def _take(table: pd.DataFrame, column: str, span: tuple[Any, Any]) -> pd.DataFrame:
    return table[table[column].between(*span).fillna(value=False).astype(bool)]
