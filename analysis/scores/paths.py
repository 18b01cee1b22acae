"""The engine for weighted shortest paths: distances, harmonic sums and betweenness in array operations.

Every measure that walks shortest paths asks this module, so that a compiled engine could take its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from regions.errors import MethodError

TIE = 1e-9
"""Two paths whose lengths differ by less than this share of the length are equally short: 0.1 + 0.2 equals 0.3."""

MAX_SPREAD = 1e12
"""Longest over shortest link that sums of floats can tell apart."""

_BATCH = 2_000_000  # steps held in memory at once, about 100 MB

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class PathSums:
    """What the shortest paths of a network add up to.

    Attributes
    ----------
    betweenness
        (n,) for each node v, the sum over ordered pairs s != v != t, s a source, of the share of shortest
        paths from s to t that pass through v. In an undirected network this counts every pair twice.
    harmonic_out
        (number of sources,) sum over t of 1/d(s, t); unreachable nodes add 0.
    harmonic_in
        (n,) sum over the sources s of 1/d(s, v).
    """

    betweenness: Floats
    harmonic_out: Floats
    harmonic_in: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Steps:
    """Last steps of shortest paths, from a batch of sources; nodes are numbered source by source.

    Attributes
    ----------
    distance
        (b, n) from each source of the batch.
    tail, head
        (T,) a shortest path reaches ``head`` by way of ``tail``.
    """

    distance: Floats
    tail: Integers
    head: Integers


def build_lengths(weights: sparse.csr_array) -> sparse.csr_array:
    """Turn weights (strong is near) into lengths: 1/weight, cell by cell.

    Raises
    ------
    MethodError
        When the largest weight is more than 1e12 times the smallest: adding the shortest length to the
        longest would then be lost in rounding.
    """
    if weights.nnz and weights.data.max() > MAX_SPREAD * weights.data.min():
        raise MethodError(
            f"weights run from {weights.data.min():g} to {weights.data.max():g}; shortest paths need them within a "
            f"factor of {MAX_SPREAD:g}: remove the links that are next to nothing",
            zh=f"联系权重从 {weights.data.min():g} 到 {weights.data.max():g}，相差超过 {MAX_SPREAD:g} 倍，"
            "无法计算最短路径；请去掉极小的联系",
        )
    lengths = weights.copy()
    lengths.data = 1.0 / weights.data
    return lengths


def measure_path_distances(lengths: sparse.csr_array, *, sources: Integers | None = None) -> Floats:
    """Measure the length of the shortest path from each source to each node.

    Parameters
    ----------
    lengths
        n x n, cells > 0; row i, column j: length of the link from i to j.
    sources
        Positions of the nodes to start from; all when None.

    Returns
    -------
    ndarray
        (number of sources, n); 0 from a node to itself, inf where there is no path.
    """
    n = lengths.shape[0]
    if n == 0:
        return np.zeros((0, 0))
    if sources is None and lengths.nnz > n * n / 4:  # dense: twice as fast as Dijkstra's algorithm
        return np.asarray(csgraph.floyd_warshall(lengths))
    return np.atleast_2d(csgraph.dijkstra(lengths, indices=sources))


def measure_paths(
    lengths: sparse.csr_array, *, sources: Integers | None = None, distance: Floats | None = None
) -> PathSums:
    """Add up what the shortest paths pass, in one walk over them.

    Brandes' algorithm [1]_ for many sources at once: the last steps of all shortest paths are found by
    comparing distances (relative tolerance `TIE`), then paths are counted outwards and dependencies added up
    inwards, nodes at the same rank of distance together. O(n m) array operations, memory O(n^2) plus a batch
    of steps.

    Parameters
    ----------
    lengths
        n x n, cells > 0, from `build_lengths`.
    sources
        Positions of the nodes to start from (a sample, scaled up by the caller); all when None.
    distance
        From `measure_path_distances` with the same arguments, where that is known already.

    Returns
    -------
    PathSums
        Unnormalised sums.

    References
    ----------
    .. [1] Brandes, U. (2001). A faster algorithm for betweenness centrality. Journal of Mathematical
    Sociology 25,
       163-177. https://doi.org/10.1080/0022250X.2001.9990249
    """
    n = lengths.shape[0]
    distance = measure_path_distances(lengths, sources=sources) if distance is None else distance
    starts = np.arange(n) if sources is None else sources
    betweenness = np.zeros(n)
    for first, steps in _batch_steps(distance, _drop_detours(lengths, distance, starts)):
        betweenness += _add_dependencies(steps, starts[first : first + len(steps.distance)])
    nearness = np.zeros_like(distance)
    np.divide(1.0, distance, out=nearness, where=distance > 0)
    return PathSums(betweenness, nearness.sum(axis=1), nearness.sum(axis=0))


def _drop_detours(lengths: sparse.csr_array, distance: Floats, starts: Integers) -> sparse.coo_array:
    """Keep the links that are a shortest path themselves: no other link lies on one."""
    links = lengths.tocoo()
    if len(starts) < lengths.shape[0]:  # the distance between the ends is not known for all
        return links
    keep = links.data <= distance[links.row, links.col] * (1 + TIE)
    return sparse.coo_array((links.data[keep], (links.row[keep], links.col[keep])), shape=links.shape)


def _batch_steps(distance: Floats, links: sparse.coo_array) -> Iterator[tuple[int, _Steps]]:
    """Find the steps source by source; hand them on when a batch is full, with the rank of its first source."""
    n = distance.shape[1]
    tail, head, length = links.row.astype(np.int64), links.col.astype(np.int64), links.data
    found: list[Integers] = []
    first = held = 0
    for row, d in enumerate(distance):
        limit = np.where(np.isfinite(d), d * (1 + TIE), -np.inf)
        hits = np.flatnonzero(d[tail] + length <= limit[head])
        # Strictly nearer: within the tolerance alone, two near nodes could be each other's last step.
        hits = hits[d[tail[hits]] < d[head[hits]]]
        found.append(hits)
        held += len(hits)
        if held > _BATCH or row == len(distance) - 1:
            offset = np.repeat(np.arange(len(found)) * n, [len(each) for each in found])
            every = np.concatenate(found)
            yield first, _Steps(distance[first : row + 1], tail[every] + offset, head[every] + offset)
            found, first, held = [], row + 1, 0


def _add_dependencies(steps: _Steps, starts: Integers) -> Floats:
    """Return, for each node, the dependencies of the batch's sources on it."""
    batch, n = steps.distance.shape
    origins = np.arange(batch) * n + starts
    rank = _rank_rows(steps.distance).ravel()[steps.head]
    order = np.argsort(rank, kind="stable")
    cuts = np.cumsum(np.bincount(rank))
    groups = [(steps.tail[at], steps.head[at]) for at in np.split(order, cuts[:-1]) if len(at)]
    paths = np.zeros(batch * n)
    paths[origins] = 1.0
    for tail, head in groups:
        np.add.at(paths, head, paths[tail])
    dependency = np.zeros(batch * n)
    for tail, head in reversed(groups):
        np.add.at(dependency, tail, paths[tail] / paths[head] * (1.0 + dependency[head]))
    dependency[origins] = 0.0  # a source is not between itself and others
    return np.asarray(dependency.reshape(batch, n).sum(axis=0))


def _rank_rows(distance: Floats) -> Integers:
    """Rank the values of each row from 0, equal values alike."""
    order = np.argsort(distance, axis=1)
    ranked = np.take_along_axis(distance, order, axis=1)
    rank = np.zeros(distance.shape, dtype=np.int64)
    rank[:, 1:] = np.cumsum(ranked[:, 1:] > ranked[:, :-1], axis=1)
    out = np.empty_like(rank)
    np.put_along_axis(out, order, rank, axis=1)
    return out
