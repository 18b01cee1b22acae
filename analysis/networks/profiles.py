"""What regions work on and with whom: fields and kinds of actors, as counts and as shares, and how alike two mixes are.

Counts (`count_fields`, `count_kinds`) tell what a region has, in distinct records or participations; shares
(`measure_field_shares`, `measure_kind_shares`) are what a model takes as a covariate: every participation counts once.
"""

import re

import numpy as np
import pandas as pd

from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study

UNKNOWN_KINDS = ("", "other")

_RESIDUAL = re.compile(r"(?i)other(s|\b)|unknown\b|其他|其它|不详|未知")


def count_fields(study: Study) -> pd.DataFrame | None:
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


def count_kinds(study: Study) -> pd.DataFrame | None:
    """Count the participations of each region by kind of actor.

    Returns
    -------
    DataFrame or None
        Index ``code`` (units, in their order), one column per kind, values >= 0: participations in records (a record
        that lists an actor in two years counts it once).
        Actors of no or ``other`` kind are left out. None when the study has no records or no kind is known.
    """
    if study.records is None or study.actors is None or "kind" not in study.actors:
        return None
    joint = study.records.drop_duplicates(["record", "actor"])["actor"]
    rows = pd.DataFrame({"code": _find_units(study), "field": joint.map(study.actors["kind"])}, index=joint.index)
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
    unit = _scale(counts)
    ends = [unit[counts.index.get_indexer(pd.Index(end))] for end in (source, target)]
    # Rounding may lift the cosine of equal shares above 1.
    return pd.Series(np.minimum((ends[0] * ends[1]).sum(axis=1), 1.0), index=source.index)


def find_shared(
    counts: pd.DataFrame, source: "pd.Series[str]", target: "pd.Series[str]", *, most: int
) -> "pd.Series[str]":
    r"""Name the fields (or kinds) that both regions of a pair have, those with the largest product of shares first.

    Parameters
    ----------
    counts
        Regions x fields, values >= 0.
    source, target
        Codes of both ends, on the same index.
    most
        So many names at most.

    Returns
    -------
    Series
        ``shared_fields``: names, one to a line; empty where nothing is shared; ties in the order of the columns. A
        residual class (``other``, 其他 ...) is no field that two regions have in common.

    Examples
    --------
    >>> counts = pd.DataFrame({"rice": [2, 1], "tea": [0, 5], "wheat": [3, 2]}, index=["A", "B"])
    >>> find_shared(counts, pd.Series(["A"]), pd.Series(["B"]), most=2).tolist()
    ['wheat\nrice']
    """
    counts = counts[[name for name in counts if not _RESIDUAL.match(str(name))]]
    values = counts.to_numpy(dtype=float)
    first, second = (counts.index.get_indexer(pd.Index(end)) for end in (source, target))
    names = counts.columns.astype(str).to_numpy(dtype=object)
    found = []
    for a, b in zip(first, second, strict=True):
        both = values[a] * values[b] if a >= 0 and b >= 0 else np.zeros(len(names))
        order = np.argsort(-both, kind="stable")[:most]
        found.append("\n".join(names[place] for place in order if both[place] > 0))
    return pd.Series(found, index=source.index, name="shared_fields", dtype="object")


def measure_field_shares(study: Study) -> pd.DataFrame:
    """Return the share of each field in what the actors of a region take part in.

    From the field of the records, each participation counting once; where records name no field, from the field of
    the actors, each actor counting once.

    Parameters
    ----------
    study
        With actors, and a ``field`` in records or actors.

    Returns
    -------
    DataFrame
        Index unit code (units with a known field only), one column per field; rows sum to 1.

    Raises
    ------
    MethodError
        When no table names a field.
    """
    return _share(_list_participations(study, "field"))


def measure_kind_shares(study: Study) -> pd.DataFrame:
    """Return the share of each kind of actor (enterprise, university, ...) among those that take part.

    Each participation counts once; without records each actor counts once. Shape and errors as in
    ``measure_field_shares``.
    """
    return _share(_list_participations(study, "kind"))


def measure_dissimilarity(shares: pd.DataFrame) -> pd.DataFrame:
    """Return 1 - cosine of the shares of any two regions, between 0 (the same mix) and 1 (nothing in common).

    Parameters
    ----------
    shares
        (N, F), no row all zero.

    Returns
    -------
    DataFrame
        (N, N), index and columns as the index of ``shares``; zero diagonal.

    References
    ----------
    Jaffe (1986), Technological opportunity and spillovers of R&D, American Economic Review 76(5), 984-1001.
    """
    unit = _scale(shares)
    distance = np.clip(1 - unit @ unit.T, 0.0, 1.0)
    np.fill_diagonal(distance, 0.0)
    return pd.DataFrame(distance, index=shares.index, columns=shares.index)


def _scale(table: pd.DataFrame) -> Floats:
    """Scale each row to length 1; NaN where a row is all zero."""
    values = table.to_numpy(dtype=float)
    length = np.sqrt((values**2).sum(axis=1, keepdims=True))
    return np.asarray(np.divide(values, length, out=np.full_like(values, np.nan), where=length > 0))


def _find_units(study: Study) -> "pd.Series[str]":
    assert study.records is not None  # noqa: S101 - for the type checker; callers have looked
    assert study.actors is not None  # noqa: S101
    return study.records["actor"].map(study.actors["region"].map(study.unit_of))


def _tabulate(study: Study, rows: pd.DataFrame) -> pd.DataFrame | None:
    """Sum ``weight`` over ``code`` x ``field`` for the units of the study; None when nothing is left."""
    rows = rows[rows["code"].isin(study.regions.index) & (rows["field"].astype(str) != "")]
    if rows.empty:
        return None
    table = rows.pivot_table(index="code", columns="field", values="weight", aggfunc="sum", fill_value=0.0)
    return table.reindex(study.regions.index, fill_value=0.0).rename_axis(columns=None)


def _list_participations(study: Study, column: str) -> pd.DataFrame:
    """List ``code`` and ``what``, one row per participation or actor, where both are known."""
    actors = study.actors
    if actors is None:
        raise MethodError(say("study/no-actors-of", study=study.name, column=column))
    records = study.records
    if column == "field" and records is not None and "field" in records:
        joint = records.drop_duplicates(["record", "actor", "field"])
        who, what = joint["actor"], joint["field"]
    elif column in actors:
        who = actors.index.to_series() if records is None else records.drop_duplicates(["record", "actor"])["actor"]
        what = who.map(actors[column])
    else:
        raise MethodError(say("study/no-column-of-actors", study=study.name, column=column))
    code = who.map(actors["region"]).map(study.unit_of)
    return pd.DataFrame({"code": code.to_numpy(), "what": what.to_numpy()}).dropna()


def _share(rows: pd.DataFrame) -> pd.DataFrame:
    counts = pd.crosstab(rows["code"], rows["what"])
    return counts.div(counts.sum(axis=1), axis=0)
