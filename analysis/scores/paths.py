"""Weighted shortest paths on full matrices: distances and betweenness of a batch of networks in array operations.

Networks too large for full matrices are walked source by source in `analysis.scores.large_paths`.
"""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csgraph

from regions.arrays import Floats, Integers
from regions.errors import MethodError
from regions.messages import say

TIE = 1e-9
"""Two paths whose lengths differ by less than this share of the length are equally short: 0.1 + 0.2 equals 0.3."""

MAX_SPREAD = 1e12
"""Longest over shortest link that sums of floats can tell apart."""

_SMALL = 100  # regions; below, Floyd and Warshall's steps over all networks at once beat compiled code one by one
_SOURCES = 256  # whose paths are found at once: an interrupt waits for a block, not for all
_COMPARED = 1_000_000  # pairs of link and source compared at once, 8 MB


def check_spread(weights: Floats) -> None:
    """Refuse weights that lie too far apart for shortest paths; zeros are no links.

    Raises
    ------
    MethodError
        When the largest weight is more than 1e12 times the smallest: adding the shortest length to the
        longest would then be lost in rounding.
    """
    linked = weights[weights > 0]
    if len(linked) and linked.max() > MAX_SPREAD * linked.min():
        raise MethodError(
            say("scores/weights-too-far-apart", lowest=linked.min(), highest=linked.max(), factor=MAX_SPREAD)
        )


def measure_path_lengths(weights: Floats) -> Floats:
    """Measure the shortest paths between all nodes of each network.

    Parameters
    ----------
    weights
        (B, n, n) >= 0; the length of a link is 1/weight, no link where it is 0.

    Returns
    -------
    ndarray
        (B, n, n) distance from row to column; 0 on the diagonal, inf where there is no path.
    """
    n = weights.shape[1]
    distance = np.full(weights.shape, np.inf)
    np.divide(1.0, weights, out=distance, where=weights > 0)
    distance[:, np.arange(n), np.arange(n)] = 0.0
    if n > _SMALL:
        return np.array([_find_distances(each) for each in distance]).reshape(weights.shape)
    detour = np.empty_like(distance)
    for k in range(n):  # Floyd and Warshall's algorithm, a step of all networks at once
        np.add(distance[:, :, k, None], distance[:, k, None, :], out=detour)
        np.minimum(distance, detour, out=distance)
    return distance


def _find_distances(lengths: Floats) -> Floats:
    links = csgraph.csgraph_from_dense(lengths, null_value=np.inf)
    dense = links.nnz > lengths.size / 4  # then Floyd's algorithm is twice as fast as Dijkstra's
    if dense:
        return np.asarray(csgraph.floyd_warshall(links))
    sources = np.arange(len(lengths))
    blocks = [sources[start : start + _SOURCES] for start in range(0, len(lengths), _SOURCES)]
    return np.concatenate([csgraph.dijkstra(links, indices=block) for block in blocks])


def measure_betweenness(weights: Floats, distance: Floats) -> Floats:
    """Measure the betweenness of each node in each network, before it is divided by the number of pairs.

    Brandes' algorithm [1]_ for all sources at once: the last steps of all shortest paths are found by comparing
    distances (relative tolerance `TIE`), then paths are counted outwards and dependencies added up inwards.

    Parameters
    ----------
    weights
        (B, n, n) >= 0, symmetric or not, the diagonal empty.
    distance
        (B, n, n) of `measure_path_lengths`.

    Returns
    -------
    ndarray
        (B, n) for each node v, the sum over ordered pairs s != v != t of the share of shortest paths from s to t
        that pass through v. In an undirected network this counts every pair twice.

    References
    ----------
    .. [1] Brandes, U. (2001). A faster algorithm for betweenness centrality. Journal of Mathematical Sociology 25,
       163-177. https://doi.org/10.1080/0022250X.2001.9990249
    """
    count, n = weights.shape[:2]
    total = np.zeros((count, n))
    # A link that is no shortest path itself is on none. Where there is no path, 0 weight hides the inf.
    cells = np.flatnonzero(np.where(weights > 0, distance, 0.0) * weights * (1 + TIE) >= 1.0)
    length = 1.0 / weights.ravel()[cells]
    for sources in _block_sources(n, len(cells)):
        # Towards a node: row b n + v holds the distance to v from every source, in one stretch of memory.
        towards = np.ascontiguousarray(distance[:, sources].transpose(0, 2, 1)).reshape(count * n, len(sources))
        tail, head = _find_steps(cells, length, towards, n)
        origin = ((np.arange(count)[:, None] * n + sources) * len(sources) + np.arange(len(sources))).ravel()
        total += _add_dependencies(tail, head, origin, towards.size).reshape(count, n, -1).sum(axis=2)
    return total


def _block_sources(n: int, cells: int) -> Iterator[Integers]:
    step = max(1, _COMPARED // max(cells, 1))
    for at in range(0, n, step):
        yield np.arange(at, min(at + step, n), dtype=np.int64)


def _find_steps(cells: Integers, length: Floats, towards: Floats, n: int) -> tuple[Integers, Integers]:
    """Find the last steps of all shortest paths; a place is network, node, source in one number."""
    block = towards.shape[1]
    start, target = np.divmod(cells, n)
    end = start // n * n + target
    limit = np.where(np.isfinite(towards), towards, -np.inf) * (1 + TIE)  # no step leads where there is no path
    found = np.flatnonzero(towards[start] + length[:, None] <= limit[end])
    link, source = np.divmod(found, block)
    tail, head = start[link] * block + source, end[link] * block + source
    # Strictly nearer: within the tolerance alone, two near nodes could be each other's last step.
    nearer = towards.ravel()[tail] < towards.ravel()[head]
    return tail[nearer], head[nearer]


def _add_dependencies(tail: Integers, head: Integers, origin: Integers, size: int) -> Floats:
    paths = np.zeros(size)
    paths[origin] = 1.0
    while True:  # each sweep settles the nodes one step further from the source
        new = _sweep(head, paths[tail], size)
        new[origin] = 1.0
        if np.array_equal(new, paths):
            break
        paths = new
    share = paths[tail] / paths[head]
    dependency = np.zeros(size)
    while not np.array_equal(dependency, new := _sweep(tail, share * (1.0 + dependency[head]), size)):
        dependency = new
    dependency[origin] = 0.0  # a source is not between itself and others
    return dependency


def _sweep(at: Integers, values: Floats, size: int) -> Floats:
    return np.asarray(np.bincount(at, weights=values, minlength=size), dtype=float)
