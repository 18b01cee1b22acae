"""The Leiden algorithm on a full matrix of modularity: directed and weighted networks of some thousand nodes."""

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

_RANDOMNESS = 0.01  # of the merges while refining, in units of modularity times total weight
_GAIN = 1e-12  # a smaller gain, as a share of total weight, is rounding

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


def build_modularity(weights: sparse.csr_array, resolution: float) -> Floats:
    r"""Return the matrix whose sum over pairs in the same community is the modularity.

    :math:`B_{ij} = (w_{ij} - \gamma s^{out}_i s^{in}_j / m) / m`, made symmetric, which changes no sum. For an
    undirected network stored with both cells, m is twice the weight and this is Newman's modularity; for a directed one
    that of Leicht and Newman (2008).
    """
    dense = weights.toarray()
    total = dense.sum()
    matrix = (dense - resolution * np.outer(dense.sum(axis=1), dense.sum(axis=0)) / total) / total
    return np.asarray((matrix + matrix.T) / 2)


def find_partition(modularity: Floats, weights: sparse.csr_array, rng: np.random.Generator) -> Integers:
    """Find communities of high modularity by one run of the Leiden algorithm.

    Nodes move to the best community until none gains; each community is refined into well-joined parts by random
    merges that gain; the parts become the nodes of a smaller network, and so on; the whole is repeated from its own
    result until it no longer gains (Traag, Waltman & van Eck 2019, https://doi.org/10.1038/s41598-019-41695-z).

    Parameters
    ----------
    modularity
        n x n from `build_modularity`.
    weights
        n x n; tells which nodes are joined.
    rng
        Source of the order of moves.

    Returns
    -------
    ndarray
        (n,) communities 0, 1, ... in the order of their first node; each is connected.
    """
    labels = np.arange(len(modularity), dtype=np.int64)
    quality = -np.inf
    while True:
        moved = split_disconnected(_run_levels(modularity, labels, rng), weights)
        found = measure_quality(modularity, moved)
        if found <= quality + _GAIN:
            return labels
        labels, quality = moved, found


def measure_quality(modularity: Floats, labels: Integers) -> float:
    """Return the modularity of a partition."""
    return float(np.trace(_aggregate(modularity, labels)))


def split_disconnected(labels: Integers, weights: sparse.csr_array) -> Integers:
    """Split communities into their connected parts (which never lowers modularity), numbered by first node."""
    links = weights.tocoo()
    inside = labels[links.row] == labels[links.col]
    kept = sparse.coo_array((links.data[inside], (links.row[inside], links.col[inside])), shape=weights.shape)
    return number_by_first(csgraph.connected_components(kept, directed=False)[1])


def number_by_first(labels: npt.NDArray[np.integer]) -> Integers:
    """Renumber labels 0, 1, ... in the order in which they first occur."""
    _, first, member = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return np.asarray(rank[member])


def _run_levels(modularity: Floats, labels: Integers, rng: np.random.Generator) -> Integers:
    """Move, refine and aggregate until a level is left with one node for each community."""
    node_of = np.arange(len(modularity))
    matrix, current = modularity, labels
    while True:
        current = number_by_first(_move_nodes(matrix, current, rng))
        n_communities = int(current.max(initial=-1)) + 1
        if n_communities == len(matrix):
            return current[node_of]
        parts = number_by_first(_refine(matrix, current, rng))
        if int(parts.max()) + 1 == len(matrix):
            return current[node_of]
        inherited = np.zeros(int(parts.max()) + 1, dtype=np.int64)
        inherited[parts] = current
        matrix, current, node_of = _aggregate(matrix, parts), inherited, parts[node_of]


def _aggregate(matrix: Floats, parts: Integers) -> Floats:
    n = len(parts)
    belongs = sparse.csr_array((np.ones(n), (parts, np.arange(n))), shape=(int(parts.max(initial=-1)) + 1, n))
    return np.asarray(belongs @ (belongs @ matrix).T)


def _move_nodes(matrix: Floats, labels: Integers, rng: np.random.Generator) -> Integers:
    """Move nodes to the community where they gain most, until a whole round moves none."""
    n = len(matrix)
    labels = labels.copy()
    own = np.diag(matrix)
    moved = True
    while moved:
        moved = False
        for node in rng.permutation(n):
            gain = np.bincount(labels, weights=matrix[node], minlength=n)
            here = labels[node]
            gain[here] -= own[node]
            best = int(gain.argmax())
            if gain[best] <= 0 and gain[here] < -_GAIN:  # alone is better than anywhere; an empty label is free
                best = int(np.flatnonzero(np.bincount(labels, minlength=n) == 0)[0])
            if gain[best] > gain[here] + _GAIN:
                labels[node], moved = best, True
    return labels


def _refine(matrix: Floats, labels: Integers, rng: np.random.Generator) -> Integers:
    """Build each community up again from single nodes, by random merges that gain."""
    n = len(matrix)
    parts = np.arange(n, dtype=np.int64)
    alone = np.ones(n, dtype=bool)
    for node in rng.permutation(n):
        if not alone[node]:
            continue
        mates = np.flatnonzero(labels == labels[node])
        gain = np.bincount(parts[mates], weights=matrix[node, mates], minlength=n)
        gain[node] = 0.0  # to stay alone
        choices = np.flatnonzero(gain > _GAIN)
        if len(choices):
            odds = np.exp((gain[choices] - gain[choices].max()) / (_RANDOMNESS * gain[choices].max()))
            part = int(choices[np.searchsorted(odds.cumsum(), rng.random() * odds.sum(), side="right")])
            parts[node] = part
            alone[part] = alone[node] = False
    return parts
