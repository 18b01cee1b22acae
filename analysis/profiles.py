"""What regions work on and with whom: records by field and participations by kind of actor."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.effects import FloatArray

if TYPE_CHECKING:
    from regions import Study

UNKNOWN_KINDS = ("", "other")


def count_fields(study: "Study") -> pd.DataFrame | None:
    """Count what each region takes part in, by field.

    Parameters
    ----------
    study
        With records and actors, or links; both may have a column ``field``.

    Returns
    -------
    DataFrame or None
        Index ``code`` (units, in their order), one column per field (sorted), values >= 0: the number of distinct
        records of the field in which an actor of the region takes part; from links, the weight of the links that
        touch the region (a link inside it counts once). None when no field is known; a missing field is left out.
    """
    if study.records is not None and study.actors is not None and "field" in study.records:
        rows = study.records[["record", "field"]].assign(code=_find_units(study))
        rows = rows.dropna().drop_duplicates()
        return _tabulate(study, rows.assign(weight=1.0))
    if study.links is None or "field" not in study.links:
        return None
    links = study.links[["source", "target", "field", "weight"]].copy()
    for end in ("source", "target"):
        links[end] = links[end].map(study.unit_of)
    ends = [
        links.rename(columns={"source": "code"}),
        links[links["source"] != links["target"]].rename(columns={"target": "code"}),
    ]
    return _tabulate(study, pd.concat(ends)[["code", "field", "weight"]].dropna())


def count_kinds(study: "Study") -> pd.DataFrame | None:
    """Count the participations of each region by kind of actor.

    Returns
    -------
    DataFrame or None
        Index ``code`` (units, in their order), one column per kind, values >= 0: participations in records.
        Actors of no or ``other`` kind are left out. None when the study has no records or no kind is known.
    """
    if study.records is None or study.actors is None or "kind" not in study.actors:
        return None
    rows = pd.DataFrame({"code": _find_units(study), "field": study.records["actor"].map(study.actors["kind"])})
    rows = rows[~rows["field"].isin(UNKNOWN_KINDS)].dropna().assign(weight=1.0)
    return _tabulate(study, rows)


def measure_overlap(counts: pd.DataFrame, source: "pd.Series[str]", target: "pd.Series[str]") -> "pd.Series[float]":
    """Measure how alike the profiles of two regions are: the cosine of their shares.

    Parameters
    ----------
    counts
        Regions x fields (or kinds), values >= 0.
    source, target
        Codes of both ends, on the same index.

    Returns
    -------
    Series
        0 (nothing in common) to 1 (equal shares), on the index of ``source``; NaN where a region has no records.
    """
    values = counts.to_numpy(dtype=float)
    length = np.sqrt((values**2).sum(axis=1, keepdims=True))
    unit: FloatArray = np.divide(values, length, out=np.full_like(values, np.nan), where=length > 0)
    ends = [unit[counts.index.get_indexer(pd.Index(end))] for end in (source, target)]
    # Rounding may lift the cosine of equal shares above 1.
    return pd.Series(np.minimum((ends[0] * ends[1]).sum(axis=1), 1.0), index=source.index)


def _find_units(study: "Study") -> "pd.Series[str]":
    assert study.records is not None  # noqa: S101 - for the type checker; callers have looked
    assert study.actors is not None  # noqa: S101
    return study.records["actor"].map(study.actors["region"].map(study.unit_of))


def _tabulate(study: "Study", rows: pd.DataFrame) -> pd.DataFrame | None:
    """Sum ``weight`` over ``code`` x ``field`` for the units of the study; None when nothing is left."""
    rows = rows[rows["code"].isin(study.regions.index) & (rows["field"].astype(str) != "")]
    if rows.empty:
        return None
    table = rows.pivot_table(index="code", columns="field", values="weight", aggfunc="sum", fill_value=0.0)
    return table.reindex(study.regions.index, fill_value=0.0).rename_axis(columns=None)
