"""Shortest paths of many small networks at once: the engine of the bootstrap.

`analysis.scores.paths` walks one network; a thousand networks of thirty regions would spend their time in its overhead.
Here every step is one array operation over all of them.
"""

import numpy as np
import numpy.typing as npt

from analysis.scores.paths import TIE

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


def measure_many_distances(weights: Floats) -> Floats:
    """Measure the shortest paths between all nodes of each network (Floyd and Warshall's algorithm).

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
    detour = np.empty_like(distance)
    for k in range(n):
        np.add(distance[:, :, k, None], distance[:, k, None, :], out=detour)
        np.minimum(distance, detour, out=distance)
    return distance


def measure_many_betweenness(weights: Floats, distance: Floats) -> Floats:
    """Measure betweenness in each network, with ties as `analysis.scores.paths` has them.

    Parameters
    ----------
    weights
        (B, n, n) >= 0, symmetric or not, the diagonal empty.
    distance
        (B, n, n) of `measure_many_distances`.

    Returns
    -------
    ndarray
        (B, n) for each node v, the sum over ordered pairs s != v != t of the share of shortest paths from s to t
        that pass through v.
    """
    count, n = weights.shape[:2]
    # Towards a node: row b n + v holds the distance to v from every source, in one stretch of memory.
    towards = np.ascontiguousarray(distance.transpose(0, 2, 1)).reshape(count * n, n)
    tail, head = _find_steps(weights, distance, towards)
    origin = (np.arange(count)[:, None] * n * n + np.arange(n) * (n + 1)).ravel()
    paths = _count_paths(tail, head, origin, size=count * n * n)
    share = paths[tail] / paths[head]
    dependency = np.zeros(count * n * n)
    # Each sweep settles the nodes one step further from the end of their paths.
    while not np.array_equal(dependency, new := _sweep(tail, share * (1.0 + dependency[head]), len(dependency))):
        dependency = new
    dependency[origin] = 0.0  # a source is not between itself and others
    return np.asarray(dependency.reshape(count, n, n).sum(axis=2))


def _find_steps(weights: Floats, distance: Floats, towards: Floats) -> tuple[Integers, Integers]:
    """Find the last steps of all shortest paths; a place is network, node, source in one number."""
    n = weights.shape[1]
    # A link that is no shortest path itself is on none. Where there is no path, 0 weight hides the inf.
    reach = np.where(weights > 0, distance, 0.0)
    cells = np.flatnonzero(reach * weights * (1 + TIE) >= 1.0)
    length = 1.0 / weights.ravel()[cells]
    start, target = np.divmod(cells, n)
    end = start // n * n + target
    limit = towards * (1 + TIE)
    found = np.flatnonzero(towards[start] + length[:, None] <= limit[end])
    link, source = np.divmod(found, n)
    tail, head = start[link] * n + source, end[link] * n + source
    # Strictly nearer: within the tolerance alone, two near nodes could be each other's last step.
    nearer = towards.ravel()[tail] < towards.ravel()[head]
    return tail[nearer], head[nearer]


def _count_paths(tail: Integers, head: Integers, origin: Integers, *, size: int) -> Floats:
    paths = np.zeros(size)
    paths[origin] = 1.0
    while True:
        new = _sweep(head, paths[tail], size)
        new[origin] = 1.0
        if np.array_equal(new, paths):
            return paths
        paths = new


def _sweep(at: Integers, values: Floats, size: int) -> Floats:
    return np.asarray(np.bincount(at, weights=values, minlength=size), dtype=float)
