"""Refuse what is tied to a region above the units, of which nobody knows to which unit it belongs."""

from collections.abc import Mapping

import pandas as pd

from regions.errors import StudyError
from regions.messages import Message, say
from regions.tables.checked_table import CheckedTable
from regions.words import Words


def check_belonging(tables: Mapping[str, CheckedTable], unit_of: "pd.Series[str]", regions: pd.DataFrame) -> None:
    """Refuse links and actors that are tied to a region above the units: it is unknown which unit they belong to."""
    faults = []
    for name, column in (("links", "source"), ("links", "target"), ("actors", "region")):
        if name not in tables or column not in tables[name].frame:
            continue
        values = tables[name].frame[column]
        wrong = values[(values != "") & ~values.isin(unit_of.index)]
        faults += tables[name].fault_cells(column, wrong, lambda code: _describe_upper(regions, code))
    if faults:
        raise StudyError(faults)


def _describe_upper(regions: pd.DataFrame, code: str) -> Message:
    return say("E-LEVEL", name=Words(regions["name"][code], regions["name_zh"][code]), code=code)
