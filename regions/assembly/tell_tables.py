"""Say how a study's own tables were understood, and what they sum to by year."""

from collections.abc import Iterator, Mapping

import pandas as pd

from regions.forms.totals import count_by_year
from regions.messages import say
from regions.schema.tables import SHEETS, TABLES
from regions.study_folder import StudyFolder
from regions.tables.checked_table import CheckedTable
from regions.understood import Total, Understood
from regions.words import Words

_INDICATORS = 12
"""Indicators whose sums are told; the others are in the table."""


def describe_tables(folder: StudyFolder, tables: Mapping[str, CheckedTable]) -> tuple[Understood, ...]:
    """Return how each own table was taken, as the reader of its form said, or by its headers."""
    own = {name: table for name, table in tables.items() if name in folder.own}
    return folder.told[0] or tuple(_describe(name, table) for name, table in own.items())


def sum_tables(folder: StudyFolder, tables: Mapping[str, CheckedTable]) -> tuple[Total, ...]:
    """Return what each own table sums to by year, without totals and other rows that are left out."""
    own = {name: table for name, table in tables.items() if name in folder.own}
    totals = list(folder.told[1])
    if not totals and "links" in own:
        totals += _sum_links(own["links"])
    if not folder.told[1] and "records" in own:
        totals += _sum_records(own["records"])
    if "indicators" in own:
        totals += _sum_indicators(own["indicators"])
    return tuple(totals)


def _describe(name: str, table: CheckedTable) -> Understood:
    known = {canonical: column.label for canonical, column in TABLES[name].items()}
    kept = say("taken/kept").words
    columns = [(header, known[canonical]) for canonical, header in table.headers.items() if canonical in known]
    others = [str(column) for column in table.frame.columns if column not in TABLES[name]]
    meaning = Words("indicator", "指标") if name == "indicators" else kept
    columns += [(column, meaning) for column in others]
    return Understood(table.file, say("form/table", table=SHEETS[name]).words, len(table.frame), tuple(columns))


def _sum_links(table: CheckedTable) -> Iterator[Total]:
    frame = table.frame
    if "source" in frame and "target" in frame:
        weighed = frame if "weight" in frame else frame.assign(weight=1.0)
        yield from count_by_year(table.file, weighed, say("total/links").words)


def _sum_records(table: CheckedTable) -> Iterator[Total]:
    frame = table.frame
    if "record" in frame:
        once = frame.drop_duplicates([name for name in ("record", "year") if name in frame])
        yield from count_by_year(table.file, once.assign(weight=1.0), say("total/records").words)


def _sum_indicators(table: CheckedTable) -> Iterator[Total]:
    frame = table.frame
    columns = [column for column in frame.columns if column not in {"code", "year"}]
    for column in columns[:_INDICATORS]:
        if "year" in frame and pd.api.types.is_numeric_dtype(frame[column]):
            cells = frame[["year"]].assign(weight=frame[column].astype(float))
            yield from count_by_year(f"{table.file} {column}", cells, say("total/indicator").words)
