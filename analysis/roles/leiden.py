"""The Leiden algorithm on a full matrix of modularity, for directed and weighted networks alike.

A library of the algorithm in plain Python knows no direction, and the compiled ones add both directions up or stand
under a licence that ours cannot carry; beyond a few thousand regions one of these, graspologic-native, is used.
"""

import importlib
from importlib.util import find_spec
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from analysis.networks.adjacency import Adjacency
from regions.arrays import Booleans, Floats, Integers
from regions.errors import MissingExtraError

GAIN = 1e-12
"""A smaller gain, as a share of total weight, is rounding."""

_RANDOMNESS = 0.01  # of the merges while refining, as a share of the best gain


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
    joined = ((weights + weights.T) > 0).toarray()
    labels, quality = np.arange(len(modularity)), -np.inf
    while True:
        moved = split_disconnected(_run_levels(modularity, labels, rng), joined)
        found = measure_quality(modularity, moved)
        if not found > quality + GAIN:
            return labels
        labels, quality = moved, found


def measure_quality(modularity: Floats, labels: Integers) -> float:
    """Return the modularity of a partition, (n,) labels."""
    return float(modularity[labels[:, None] == labels].sum())


def split_disconnected(labels: Integers, joined: Booleans) -> Integers:
    """Split communities into their connected parts (which never lowers modularity), numbered by first node.

    Parameters
    ----------
    labels
        (n,) communities.
    joined
        n x n, symmetric: which nodes are linked.
    """
    inside = sparse.csr_array(joined & (labels[:, None] == labels))
    return number_by_first(csgraph.connected_components(inside, directed=False)[1])


def number_by_first(labels: Integers) -> Integers:
    """Renumber labels 0, 1, ... in the order in which they first occur."""
    _, first, place = np.unique(labels, return_index=True, return_inverse=True)
    return np.asarray(np.argsort(np.argsort(first))[place], dtype=np.int64)


def move_nodes(matrix: Floats, labels: Integers, rng: np.random.Generator) -> Integers:
    """Move nodes to the community where they gain most, again and again in a random order, until none gains.

    Parameters
    ----------
    matrix
        n x n modularity between nodes, symmetric.
    labels
        (n,) communities, numbers below n, to start from.
    rng
        Source of the order.
    """
    labels, nodes, diagonal = labels.copy(), np.arange(len(labels)), matrix.diagonal()
    # Row: node, column: community; what the node has with it, itself included where it is in it.
    shared = np.ascontiguousarray(_add_groups(matrix, labels, len(labels)).T)
    while True:
        own = shared[nodes, labels] - diagonal
        offers = shared.copy()
        offers[nodes, labels] = own
        restless = np.flatnonzero(offers.max(axis=1, initial=-np.inf) > own + GAIN)
        if not len(restless):
            return labels
        for node in rng.permutation(restless).tolist():
            here, gain = labels[node], shared[node].copy()
            gain[here] -= diagonal[node]
            # Of communities as good as each other but for rounding the first; an empty one offers 0.
            there = int((gain >= gain.max() - GAIN).argmax())
            if gain[there] > gain[here] + GAIN:
                shared[:, here] -= matrix[node]
                shared[:, there] += matrix[node]
                labels[node] = there


def refine_communities(matrix: Floats, labels: Integers, rng: np.random.Generator) -> Integers:
    """Build each community up again from single nodes, by random merges that gain.

    Returns
    -------
    ndarray
        (n,) parts, each within a community and named after the node that it began with.
    """
    n = len(labels)
    parts, alone = np.arange(n), np.ones(n, dtype=bool)
    members = np.split(np.argsort(labels, kind="stable"), np.cumsum(np.bincount(labels, minlength=n))[:-1])
    for node in rng.permutation(n).tolist():
        if not alone[node] or len(members[labels[node]]) == 1:
            continue
        mates = members[labels[node]]
        gain = np.bincount(parts[mates], matrix[node, mates], minlength=n)
        gain[node] = 0.0  # to stay alone
        (better,) = (gain > GAIN).nonzero()
        if len(better):
            # The more likely the more it gains.
            top = gain[better].max()
            odds = np.exp((gain[better] - top) / (_RANDOMNESS * top)).cumsum()
            part = better[odds.searchsorted(rng.random() * odds[-1], side="right")]
            parts[node] = part
            alone[[node, part]] = False
    return parts


def _run_levels(matrix: Floats, labels: Integers, rng: np.random.Generator) -> Integers:
    """Move, refine and aggregate until a level is left with one node for each community."""
    node_of = np.arange(len(matrix))
    while True:
        labels = number_by_first(move_nodes(matrix, labels, rng))
        parts = number_by_first(refine_communities(matrix, labels, rng))
        # Where every community, or every part, is one node, there is nothing left to put together.
        if len(matrix) in {labels.max(initial=-1) + 1, parts.max(initial=-1) + 1}:
            return labels[node_of]
        size = int(parts.max()) + 1
        matrix = _add_groups(_add_groups(matrix, parts, size).T, parts, size)
        labels = labels[np.unique(parts, return_index=True)[1]]
        node_of = parts[node_of]


def _add_groups(matrix: Floats, groups: Integers, size: int) -> Floats:
    """Add up the rows of each group, (size, n)."""
    total = np.zeros((size, matrix.shape[1]))
    np.add.at(total, groups, matrix)
    return total


def run_compiled(adjacency: Adjacency, *, resolution: float, seed: int) -> tuple[float, Integers]:
    """Find communities by the compiled Leiden algorithm of graspologic-native; directions are added up.

    Returns
    -------
    tuple of float and ndarray
        Modularity, and (n,) labels from 0; isolates have labels of their own.

    Raises
    ------
    MissingExtraError
        When graspologic-native is not installed.
    """
    if find_spec("graspologic_native") is None:
        raise MissingExtraError("graspologic-native", "large")
    native: Any = importlib.import_module("graspologic_native")
    both = sparse.triu((adjacency.weights + adjacency.weights.T) / (1 if adjacency.directed else 2)).tocoo()
    names = [str(i) for i in range(both.shape[0])]
    edges = [(names[i], names[j], w) for i, j, w in zip(both.row, both.col, both.data.tolist(), strict=True)]
    quality, found = native.leiden(edges, resolution=resolution, seed=seed, iterations=2)
    labels = np.full(both.shape[0], -1, dtype=np.int64)
    labels[[int(name) for name in found]] = list(found.values())
    alone = np.flatnonzero(labels < 0)
    labels[alone] = labels.max(initial=-1) + 1 + np.arange(len(alone))
    return float(quality), labels
