"""How alike two regions are in what they do: cosines of their shares of fields, or of kinds of actors."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from regions import MethodError

if TYPE_CHECKING:
    from regions import Study


def measure_field_shares(study: "Study") -> pd.DataFrame:
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


def measure_kind_shares(study: "Study") -> pd.DataFrame:
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
    values = shares.to_numpy(dtype=float)
    unit = values / np.linalg.norm(values, axis=1, keepdims=True)
    distance = np.clip(1 - unit @ unit.T, 0.0, 1.0)
    np.fill_diagonal(distance, 0.0)
    return pd.DataFrame(distance, index=shares.index, columns=shares.index)


def _list_participations(study: "Study", column: str) -> pd.DataFrame:
    """List ``code`` and ``what``, one row per participation or actor, where both are known."""
    actors = study.actors
    if actors is None:
        raise MethodError(
            f"study {study.name!r} has no actors, so the {column}s of its regions are not known",
            zh=f"研究“{study.name}”没有主体表，无法得知各地区的 {column}",
        )
    records = study.records
    if column == "field" and records is not None and "field" in records:
        who, what = records["actor"], records["field"]
    elif column in actors:
        who = actors.index.to_series() if records is None else records["actor"]
        what = who.map(actors[column])
    else:
        raise MethodError(
            f"neither the records nor the actors of study {study.name!r} have a column {column!r}",
            zh=f"研究“{study.name}”的记录与主体都没有“{column}”列",
        )
    code = who.map(actors["region"]).map(study.unit_of)
    return pd.DataFrame({"code": code.to_numpy(), "what": what.to_numpy()}).dropna()


def _share(rows: pd.DataFrame) -> pd.DataFrame:
    counts = pd.crosstab(rows["code"], rows["what"])
    return counts.div(counts.sum(axis=1), axis=0)
