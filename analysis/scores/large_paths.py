"""Shortest paths of networks too large for full matrices, walked source by source.

They run in scipy, which needs nothing installed, loaded or compiled first. ``benchmarks/actors.py``
measures it beside NetworKit and igraph: on two cores, 100,000 nodes and 500,000 links, .100 s per source against
.108 s by NetworKit on both cores, .20 s on one, and .21 s by igraph; distances alone, the floor, take .064 s. A kernel
compiled by numba took as long on one core.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from analysis.scores.paths import TIE, check_spread
from regions.arrays import Floats, Integers


@dataclass(frozen=True, slots=True, eq=False)
class PathSample:
    """Sums over sampled sources s, for each node v, (n,) each.

    Attributes
    ----------
    dependency, dependency_squares
        Sum of the share of shortest paths from s that pass through v, over all ends; and of its square.
    nearness, nearness_squares
        Sum of 1/d(s, v), 0 where there is no path; and of its square.
    distance, reached
        Sum of d(s, v) over the sources that reach v; how many do, v itself included where it is one.
    """

    dependency: Floats
    dependency_squares: Floats
    nearness: Floats
    nearness_squares: Floats
    distance: Floats
    reached: Floats


def build_lengths(weights: sparse.csr_array) -> sparse.csr_array:
    """Turn weights (strong is near) into lengths: 1/weight, cell by cell.

    Raises
    ------
    MethodError
        When the weights lie too far apart, see `analysis.scores.paths.check_spread`.
    """
    check_spread(weights.data)
    lengths = weights.copy()
    lengths.data = 1.0 / weights.data
    return lengths


def sample_paths(lengths: sparse.csr_array, sources: Integers) -> PathSample:
    """Add up what the shortest paths from some sources pass, in memory that grows with the number of links only.

    Parameters
    ----------
    lengths
        n x n, cells > 0, from `build_lengths`.
    sources
        Positions of the nodes to start from.

    Returns
    -------
    PathSample
        Sums over the sources; ties as in `analysis.scores.paths`.
    """
    n = lengths.shape[0]
    sums = np.zeros((6, n))
    for dependency, distance in _walk(lengths, sources):
        reached = np.isfinite(distance)
        near = np.divide(1.0, distance, out=np.zeros(n), where=(distance > 0) & reached)
        sums += (dependency, dependency**2, near, near**2, np.where(reached, distance, 0.0), reached)
    return PathSample(*sums)


def _walk(lengths: sparse.csr_array, sources: Integers) -> Iterator[tuple[Floats, Floats]]:
    links = lengths.tocoo()
    for source in sources.tolist():
        distance = np.asarray(csgraph.dijkstra(lengths, indices=source))
        finite = np.where(np.isfinite(distance), distance, -np.inf)
        # An unreachable tail is -inf and an unreachable head -inf too: neither passes both comparisons.
        on_path = (finite[links.row] + links.data <= finite[links.col] * (1 + TIE)) & (
            finite[links.row] < finite[links.col]
        )
        on_path &= finite[links.row] >= 0
        steps = sparse.csr_array((np.ones(on_path.sum()), (links.row[on_path], links.col[on_path])), shape=links.shape)
        dependency = _add_dependency(steps, source)
        yield dependency, distance


def _add_dependency(steps: sparse.csr_array, source: int) -> Floats:
    """Count paths outwards and add up dependencies inwards; both settle after as many rounds as the longest path."""
    n = steps.shape[0]
    start = np.zeros(n)
    start[source] = 1.0
    outwards = steps.T.tocsr()
    paths = _settle(lambda x: start + outwards @ x, start)
    share = np.divide(1.0, paths, out=np.zeros(n), where=paths > 0)
    dependency = _settle(lambda x: paths * (steps @ (share * (1.0 + x))), np.zeros(n))
    dependency[source] = 0.0  # a source is not between itself and others
    return dependency


def _settle(step: Callable[[Floats], Floats], start: Floats) -> Floats:
    value = step(start)
    while True:
        following = step(value)
        if np.array_equal(following, value):
            return value
        value = following
