"""Pairs of actors of two regions, ranked by what speaks for working together."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from analysis.gaps.actor_matrices import ActorMatrices
from analysis.loglinear.tolerance import merge_ties
from analysis.networks.synergy import find_path
from regions.arrays import Booleans, Floats, Positions

PARTS = ("shared_fields", "complementary_fields", "acquaintance", "capacity")
MOST = 1000
"""So many actors of a region, those with the most records, are looked at."""

_NEAR = 1e-6
"""Candidates this share below the last that is taken may still be tied with it."""


@dataclass(frozen=True, slots=True, eq=False)
class RegionActors:
    """The n actors of one region that are looked at, as every pair with this region needs them.

    Attributes
    ----------
    rows
        (n,) their places among all A actors, rising.
    records
        (n,) their records.
    links, weighed
        (n, A) whom they know; the same, each acquaintance k divided by the logarithm of the number it knows itself.
    met
        Two (q,) arrays: the q times that one of the n shares a record with another, as its place among the n and the
        other's among all A.
    place
        (A,) place of each actor among the n, -1 elsewhere.
    shares, drawn
        (n, F) shares of their fields, and these times the proximity of fields; None where the records name no field.
    """

    rows: Positions
    records: Floats
    links: sparse.csr_array
    weighed: sparse.csr_array
    met: tuple[Positions, Positions]
    place: Positions
    shares: Floats | None
    drawn: Floats | None


@dataclass(frozen=True, slots=True, eq=False)
class ActorPairs:
    """The best pairs of actors of two regions, the best first.

    Attributes
    ----------
    first, second
        (p,) places among all actors.
    parts
        Part of the score that is known, and ``score`` -> (p,).
    free
        How many pairs could have been proposed.
    """

    first: Positions
    second: Positions
    parts: dict[str, Floats]
    free: int

    def take(self, places: Positions) -> "ActorPairs":
        """Return the pairs at these places."""
        parts = {name: values[places] for name, values in self.parts.items()}
        return ActorPairs(self.first[places], self.second[places], parts, self.free)


def collect_region_actors(actors: ActorMatrices, code: str) -> RegionActors:
    """Collect the actors of a region that take part in a record, at most `MOST`."""
    rows = _take_largest(actors, actors.find_rows(code))
    # A common partner has at least two partners, so ln k > 0 wherever it counts.
    known = np.log(np.maximum(actors.degree, 2))
    inverse = np.divide(1.0, known, where=actors.degree > 1, out=np.zeros_like(actors.degree))
    links, met = actors.links[rows], actors.met[rows]
    weighed = sparse.csr_array((links.data * inverse[links.indices], links.indices, links.indptr), shape=links.shape)
    shares = drawn = None
    if actors.shares is not None and actors.related is not None:
        shares = actors.shares[rows].toarray()
        drawn = shares @ actors.related
    place = np.full(len(actors.records), -1)
    place[rows] = np.arange(len(rows))
    pairs = np.repeat(np.arange(len(rows)), np.diff(met.indptr)), met.indices
    return RegionActors(rows, actors.records[rows], links, weighed, pairs, place, shares, drawn)


def _take_largest(actors: ActorMatrices, rows: Positions) -> Positions:
    if len(rows) <= MOST:
        return rows
    return np.sort(rows[np.argsort(-actors.records[rows], kind="stable")[:MOST]])


def rank_pairs(
    actors: ActorMatrices,
    ends: tuple[RegionActors, RegionActors],
    *,
    top: int,
    path: str | None,
    weights: Mapping[str, float],
) -> ActorPairs:
    """Rank the pairs that never shared a record and are on the path; see `analysis.gaps.partners.find_partners`."""
    parts = _measure_parts(*ends)
    free = _find_free(actors, ends, path)
    score = _score(parts, free, weights)
    first, second = _pick(score, free, top)
    shown = {name: each[first, second] for name, each in parts.items()}
    shown["score"] = score[first, second]
    return ActorPairs(ends[0].rows[first], ends[1].rows[second], shown, int(np.count_nonzero(free)))


def _measure_parts(left: RegionActors, right: RegionActors) -> dict[str, Floats]:
    """Measure every part of the score that the records tell, for all pairs: (n, m) each."""
    parts = {
        "acquaintance": (left.weighed @ right.links.T).toarray(),
        "capacity": np.sqrt(np.outer(left.records, right.records)),
    }
    if left.shares is not None and right.shares is not None and left.drawn is not None:
        length = np.outer(np.linalg.norm(left.shares, axis=1), np.linalg.norm(right.shares, axis=1))
        cosine = np.divide(left.shares @ right.shares.T, length, out=np.zeros(length.shape), where=length > 0)
        parts |= {"shared_fields": np.minimum(cosine, 1.0), "complementary_fields": left.drawn @ right.shares.T}
    return parts


def _find_free(actors: ActorMatrices, ends: tuple[RegionActors, RegionActors], path: str | None) -> Booleans:
    """Find the pairs that never shared a record and are on the path."""
    free = np.ones((len(ends[0].rows), len(ends[1].rows)), dtype=bool)
    rows, others = ends[0].met
    columns = ends[1].place[others]
    free[rows[columns >= 0], columns[columns >= 0]] = False
    if path is None:
        return free
    kinds = [actors.table["kind"].to_numpy()[end.rows] for end in ends]
    on_path = np.array([[find_path(a, b) == path for b in kinds[1]] for a in kinds[0]], dtype=bool)
    both: Booleans = free & on_path.reshape(free.shape)
    return both


def _score(parts: dict[str, Floats], free: Booleans, weights: Mapping[str, float]) -> Floats:
    total, weighed = np.zeros(free.shape), 0.0
    if not free.any():
        return total
    for name, weight in weights.items():
        if weight == 0 or name not in parts:
            continue
        values = parts[name]
        top = values.argmax()
        largest = values.flat[top] if free.flat[top] else values[free].max()
        if largest > 0:
            share = values / largest
            total += share if weight == 1 else weight * share
        weighed += weight
    return total / weighed if weighed else total


def _pick(score: Floats, free: Booleans, top: int) -> tuple[Positions, Positions]:
    """Return row and column of the best free pairs; actors stand in the order of ids, which breaks ties."""
    values = np.where(free, score, -np.inf).ravel()
    near = np.flatnonzero(free)
    if len(near) > top > 0:  # a million candidates are not sorted for the sake of ten
        least = float(np.partition(values, len(values) - top)[-top])
        near = np.flatnonzero(values >= least - _NEAR * abs(least))
    order = near[np.argsort(-merge_ties(values[near]), kind="stable")[:top]]
    rows, columns = np.divmod(order, max(score.shape[1], 1))
    return rows, columns
