"""The embedded studies, by name."""

from dataclasses import fields, replace
from functools import cache
from typing import Any

import pandas as pd

from regions.errors import UnknownStudyError
from regions.frames.embedded import EMBEDDED, find_embedded, list_embedded
from regions.messages import say
from regions.schema.suggest import suggest
from regions.study import Study
from regions.study_reader import read_study


def list_studies() -> list[str]:
    """Return the names of the embedded studies, sorted.

    Examples
    --------
    >>> from regionet import regions
    >>> "china" in regions.list_studies()
    True
    """
    return list_embedded()


def load_study(name: str) -> Study:
    """Load an embedded study by name, such as ``china``, or by its Chinese name, such as 长三角.

    The embedded studies are ordinary folders that ``read_study`` reads like any other, once in a process: what comes
    later shares the memory of the tables until one is written to, so that no change of a table is seen by others.

    Raises
    ------
    UnknownStudyError
        When no embedded study has this name; the message lists them.

    Examples
    --------
    >>> from regionet import regions
    >>> study = regions.load_study("yangtze-delta")
    >>> study.regions.loc["310000", "name"]
    'Shanghai'
    """
    embedded = find_embedded(name)
    if embedded is None:
        known = list_embedded()
        meant = suggest(name, dict.fromkeys(known, ""))
        raise UnknownStudyError(say("study/unknown", name=name, known=known).with_hint(meant))
    return _copy_tables(_read_embedded(embedded))


@cache
def _read_embedded(name: str) -> Study:
    return read_study(EMBEDDED / name)


def _copy_tables(study: Study) -> Study:
    """Give every table its own frame; pandas copies the cells only when one is changed."""
    changed: dict[str, Any] = {
        "other_years": {name: table.copy(deep=False) for name, table in study.other_years.items()}
    }
    for each in fields(study):
        held = getattr(study, each.name)
        if isinstance(held, pd.DataFrame | pd.Series):
            changed[each.name] = held.copy(deep=False)
    return replace(study, **changed)
