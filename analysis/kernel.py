"""The compiled walk over the shortest paths from one node. Imports numba: reached through `analysis.engine` only."""

import numba
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@numba.njit(nogil=True)
def walk_source(
    start: Integers, head: Integers, length: Floats, source: int, tie: float
) -> tuple[Floats, Floats]:  # pragma: no cover - compiled code is not traced
    """Return, for each node, the dependency of ``source`` on it (Brandes 2001) and its distance.

    Parameters
    ----------
    start, head, length
        The links of node i are at ``start[i]`` to ``start[i + 1]`` of ``head`` and ``length`` (CSR).
    source
        Where the paths begin.
    tie
        Paths whose lengths differ by less than this share are equally short.
    """
    n = len(start) - 1
    distance, order, count = _measure_distances(start, head, length, source)
    paths, dependency = np.zeros(n), np.zeros(n)
    paths[source] = 1.0
    for rank in range(count):
        v = order[rank]
        for link in range(start[v], start[v + 1]):
            w = head[link]
            if distance[v] < distance[w] and distance[v] + length[link] <= distance[w] * (1.0 + tie):
                paths[w] += paths[v]
    for rank in range(count - 1, -1, -1):
        v = order[rank]
        for link in range(start[v], start[v + 1]):
            w = head[link]
            if distance[v] < distance[w] and distance[v] + length[link] <= distance[w] * (1.0 + tie):
                dependency[v] += paths[v] / paths[w] * (1.0 + dependency[w])
    dependency[source] = 0.0
    return dependency, distance


@numba.njit(nogil=True)
def _measure_distances(
    start: Integers, head: Integers, length: Floats, source: int
) -> tuple[Floats, Integers, int]:  # pragma: no cover - compiled code is not traced
    """Dijkstra's algorithm with a binary heap; returns distances, the order of settling, and how many settled."""
    n = len(start) - 1
    distance = np.full(n, np.inf)
    order = np.empty(n, dtype=np.int64)
    settled = np.zeros(n, dtype=np.bool_)
    keys, nodes = np.empty(len(head) + 1), np.empty(len(head) + 1, dtype=np.int64)
    distance[source] = 0.0
    keys[0], nodes[0], held, count = 0.0, source, 1, 0
    while held > 0:
        v = nodes[0]
        held -= 1
        _sift_down(keys, nodes, held)
        if settled[v]:
            continue
        settled[v] = True
        order[count] = v
        count += 1
        for link in range(start[v], start[v + 1]):
            w = head[link]
            reach = distance[v] + length[link]
            if reach < distance[w]:
                distance[w] = reach
                _sift_up(keys, nodes, held, reach, w)
                held += 1
    return distance, order, count


@numba.njit(nogil=True)
def _sift_up(
    keys: Floats, nodes: Integers, place: int, key: float, node: int
) -> None:  # pragma: no cover - compiled code is not traced
    while place > 0:
        parent = (place - 1) // 2
        if keys[parent] <= key:
            break
        keys[place], nodes[place] = keys[parent], nodes[parent]
        place = parent
    keys[place], nodes[place] = key, node


@numba.njit(nogil=True)
def _sift_down(keys: Floats, nodes: Integers, held: int) -> None:  # pragma: no cover - compiled code is not traced
    """Move the last of the heap to the top, and down to its place."""
    key, node, place = keys[held], nodes[held], 0
    while True:
        child = 2 * place + 1
        if child >= held:
            break
        if child + 1 < held and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[place], nodes[place] = keys[child], nodes[child]
        place = child
    keys[place], nodes[place] = key, node
