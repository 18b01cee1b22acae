"""Every actor of a study with its fields, partners and records, as matrices that many pairs of regions share."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.complexity.relatedness import find_specialisations, measure_proximity
from analysis.networks.profiles import count_fields
from regions.arrays import Floats, Positions
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study

LARGEST = 100
"""Records with more actors than this make nobody an acquaintance."""


@dataclass(frozen=True, slots=True, eq=False)
class ActorMatrices:
    """The A actors of a study.

    Attributes
    ----------
    table
        Index actor id; ``name``, ``name_zh``, ``kind``, ``unit`` (code).
    records
        (A,) number of records of each actor.
    shares
        (A, F) share of each field in the records of an actor (zero rows where none is known), or None when the
        records name no field.
    fields
        (F,) names of the fields.
    related
        (F, F) proximity of different fields by the specialisations of regions, zero diagonal; None without fields.
    links
        (A, A) 1 where two actors share a record of at most `LARGEST` actors; symmetric, zero diagonal.
    met
        (A, A) as ``links``, from all records.
    degree
        (A,) how many others each is linked with.
    """

    table: pd.DataFrame
    records: Floats
    shares: sparse.csr_array | None
    fields: tuple[str, ...]
    related: Floats | None
    links: sparse.csr_array
    met: sparse.csr_array
    degree: Floats

    def find_rows(self, code: str) -> "Positions":
        """Return the positions of the actors of a unit that take part in a record."""
        return np.flatnonzero((self.table["unit"].to_numpy() == code) & (self.records > 0))


def build_actor_matrices(study: Study) -> ActorMatrices:
    """Collect the actors of a study.

    Raises
    ------
    MethodError
        When the study has no records with actors: links between regions do not tell who took part.
    """
    if study.records is None or study.actors is None:
        raise MethodError(say("partners/no-participations", study=study.name))
    actors = study.actors
    table = actors[["name", "name_zh"]].assign(kind=actors.get("kind", ""), unit=actors["region"].map(study.unit_of))
    rows = _list_known(study, ["record", "actor"])
    record, labels = pd.factorize(rows["record"])
    actor = actors.index.get_indexer(pd.Index(rows["actor"]))
    part = sparse.csr_array((np.ones(len(rows)), (actor, record)), shape=(len(actors), len(labels)))
    shares, fields = _measure_shares(study)
    small = np.asarray(part.sum(axis=0)).ravel() <= LARGEST
    counts = np.asarray(part.sum(axis=1)).ravel()
    related = _measure_related(study, fields) if fields else None
    links = _link(part[:, small])
    degree = np.asarray(links.sum(axis=1)).ravel()
    return ActorMatrices(table, counts, shares, fields, related, links, _link(part), degree)


def _list_known(study: Study, columns: list[str]) -> pd.DataFrame:
    """List the participations of actors that the study knows."""
    assert study.records is not None  # noqa: S101 - build_actor_matrices has looked
    assert study.actors is not None  # noqa: S101
    rows = study.records[columns].drop_duplicates()
    return rows[study.actors.index.get_indexer(pd.Index(rows["actor"])) >= 0]


def _link(part: sparse.csr_array) -> sparse.csr_array:
    both = sparse.csr_array(part @ part.T)
    both.setdiag(0)
    both.eliminate_zeros()
    both.data[:] = 1.0
    return both


def _measure_shares(study: Study) -> tuple[sparse.csr_array | None, tuple[str, ...]]:
    assert study.records is not None  # noqa: S101 - build_actor_matrices has looked
    assert study.actors is not None  # noqa: S101
    if "field" not in study.records:
        return None, ()
    rows = _list_known(study, ["record", "actor", "field"]).dropna()
    rows = rows[rows["field"] != ""]
    if rows.empty:
        return None, ()
    field, labels = pd.factorize(rows["field"], sort=True)
    actor = study.actors.index.get_indexer(pd.Index(rows["actor"]))
    counts = sparse.csr_array((np.ones(len(rows)), (actor, field)), shape=(len(study.actors), len(labels)))
    total = np.asarray(counts.sum(axis=1)).ravel()
    inverse = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)
    return sparse.csr_array(sparse.diags_array(inverse) @ counts), tuple(str(label) for label in labels)


def _measure_related(study: Study, fields: tuple[str, ...]) -> Floats | None:
    counts = count_fields(study)
    if counts is None:
        return None
    phi = measure_proximity(find_specialisations(counts)).reindex(index=fields, columns=fields).fillna(0.0)
    related: Floats = phi.to_numpy(copy=True)
    np.fill_diagonal(related, 0.0)
    return related
