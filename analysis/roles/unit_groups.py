"""The groups that a user names: a column of the regions, a set of regions, or a fact about actors."""

import pandas as pd

from regions.errors import MethodError
from regions.messages import say
from regions.study import Study

OUTSIDE = "(outside)"
"""Group of the units that a named set of regions leaves out."""

UNKNOWN = "(unknown)"
"""Group of the units whose cell in the column is empty."""


def list_groupings(study: Study) -> list[str]:
    """Return what `assign_groups` takes for the units of a study: columns with few values first, then named sets."""
    columns = [
        str(name)
        for name in study.regions.columns
        if name not in {"name", "name_zh"}
        and not pd.api.types.is_numeric_dtype(study.regions[name])
        and 1 < study.regions[name].nunique() < len(study.regions)
    ]
    sets = [] if study.groups is None else sorted(study.groups["group"].unique().tolist())
    return columns + [name for name in sets if name not in columns]


def assign_groups(study: Study, by: str) -> "pd.Series[str]":
    """Return the group of each unit of a study.

    Parameters
    ----------
    study
        Regions, and named sets of regions if ``by`` is one.
    by
        A column of the regions (``macro_region``, ``parent``, ...), or the name of a set of regions (then the groups
        are the roles in the set, or the name of the set where no role is given, and `OUTSIDE`). A member of a set that
        lies inside a unit makes the unit a member; where roles differ, the first by name counts.

    Returns
    -------
    Series
        Index ``code``, all units; an empty cell becomes `UNKNOWN`.

    Raises
    ------
    MethodError
        When there is neither a column nor a set of this name; those that exist are listed.

    Examples
    --------
    >>> from regionet import analysis, regions
    >>> assign_groups(regions.load_study("china"), "macro_region")["310000"]
    'East'
    """
    if by in study.regions:
        labels = study.regions[by].astype("object")
        known = labels.notna() & (labels != "")
        return labels.where(known, UNKNOWN).astype(str).rename(by)
    if study.groups is not None and (study.groups["group"] == by).any():
        return _read_set(study, study.groups[study.groups["group"] == by], by)
    raise MethodError(say("roles/no-such-grouping", by=by, known=list_groupings(study)))


def _read_set(study: Study, members: pd.DataFrame, by: str) -> "pd.Series[str]":
    role = members["role"] if "role" in members else pd.Series("", index=members.index)
    named = role.fillna("").astype(str).where(lambda text: ~text.isin(["", "member"]), by)
    unit = members["code"].map(study.unit_of)
    first = named.groupby(unit).min()
    return first.reindex(study.regions.index).fillna(OUTSIDE).astype(str).rename(by)
