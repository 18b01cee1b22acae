"""The Leiden algorithm on a full matrix of modularity, many runs at once: directed and weighted networks.

Runs differ by chance only, so they go in step: what one array operation does for one run it does for all. The steps
themselves are in `analysis.roles.lockstep`.
"""

import importlib
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from analysis.networks.adjacency import Adjacency
from analysis.roles.lockstep import add_rows, move_nodes, refine_communities
from regions.arrays import Booleans, Floats, Integers
from regions.errors import MissingExtraError

GAIN = 1e-12
"""A smaller gain, as a share of total weight, is rounding."""

_CELLS = 4000000  # of all matrices in work at once, 32 MB


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    """The networks of several runs on one level of aggregation.

    Attributes
    ----------
    matrix
        (R, N, N) modularity between nodes; nodes from ``count`` on are padding, with cells of 0.
    count
        (R,) nodes of each run.
    labels
        (R, N) community of each node.
    node_of
        (R, n) the node of this level that holds each node of the network.
    runs
        (R,) which runs these are.
    """

    matrix: Floats
    count: Integers
    labels: Integers
    node_of: Integers
    runs: Integers


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


def find_partitions(
    modularity: Floats, weights: sparse.csr_array, rng: np.random.Generator, *, runs: int = 1
) -> Integers:
    """Find communities of high modularity by several runs of the Leiden algorithm.

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
    runs
        How many; they need 8 n^2 bytes each, and are split where that is more than 32 MB in all.

    Returns
    -------
    ndarray
        (runs, n) communities 0, 1, ... in the order of their first node; each is connected.
    """
    step = max(1, _CELLS // max(len(modularity) ** 2, 1))
    sizes = [min(step, runs - at) for at in range(0, runs, step)]
    return np.concatenate([_find_batch(modularity, weights, rng, size) for size in sizes])


def _find_batch(modularity: Floats, weights: sparse.csr_array, rng: np.random.Generator, runs: int) -> Integers:
    labels = np.tile(np.arange(len(modularity), dtype=np.int64), (runs, 1))
    quality = np.full(runs, -np.inf)
    joined = ((weights + weights.T) > 0).toarray()
    active = np.arange(runs)
    while len(active):
        moved = split_disconnected(_run_levels(modularity, labels[active], rng), joined)
        found = measure_quality(modularity, moved)
        better = found > quality[active] + GAIN
        active = active[better]
        labels[active], quality[active] = moved[better], found[better]
    return labels


def measure_quality(modularity: Floats, labels: Integers) -> Floats:
    """Return the modularity of each partition, (R,), of labels (R, n)."""
    same = labels[:, :, None] == labels[:, None, :]
    return np.asarray(np.where(same, modularity, 0.0).sum(axis=(1, 2)))


def split_disconnected(labels: Integers, joined: Booleans) -> Integers:
    """Split communities into their connected parts (which never lowers modularity), numbered by first node.

    Parameters
    ----------
    labels
        (R, n) communities 0, 1, ... of several partitions.
    joined
        n x n, symmetric: which nodes are linked.
    """
    inside = joined & (labels[:, :, None] == labels[:, None, :])
    partners = inside.sum(axis=2)
    labels = labels.copy()
    for row, label in enumerate(labels):
        # One node that is joined to all others shows that a community hangs together.
        hubs = partners[row] == np.bincount(label)[label] - 1
        if len(set(label[hubs].tolist())) <= label.max(initial=-1):
            labels[row] = csgraph.connected_components(sparse.csr_array(inside[row]), directed=False)[1]
    return number_by_first(labels)


def number_by_first(labels: npt.NDArray[np.integer]) -> Integers:
    """Renumber the labels of each row 0, 1, ... in the order in which they first occur.

    Parameters
    ----------
    labels
        (R, n), each at least 0.
    """
    runs, n = labels.shape
    row = np.arange(runs)[:, None]
    first = np.full((runs, int(labels.max(initial=-1)) + 1), n)
    np.minimum.at(first, (row, labels), np.arange(n))
    founder = first[row, labels]
    rank = np.cumsum(founder == np.arange(n), axis=1) - 1
    return np.asarray(np.take_along_axis(rank, founder, axis=1), dtype=np.int64)


def _run_levels(modularity: Floats, labels: Integers, rng: np.random.Generator) -> Integers:
    """Move, refine and aggregate each run until a level is left with one node for each community."""
    runs, n = labels.shape
    found = labels.copy()
    shared = np.broadcast_to(modularity, (runs, n, n))
    nodes = np.tile(np.arange(n), (runs, 1))
    level = _Level(shared, np.full(runs, n), labels, nodes, np.arange(runs))
    while len(level.runs):
        current = number_by_first(move_nodes(level.matrix, level.labels, rng, least=GAIN))
        parts = number_by_first(refine_communities(level.matrix, current, rng, least=GAIN))
        # Where every community, or every part, is one node, there is nothing left to put together.
        done = (_count(current, level.count) == level.count) | (_count(parts, level.count) == level.count)
        found[level.runs[done]] = np.take_along_axis(current[done], level.node_of[done], axis=1)
        level = _aggregate(level, current, parts, np.flatnonzero(~done))
    return found


def _count(labels: Integers, count: Integers) -> Integers:
    """Count the labels of the first ``count`` nodes of each row, numbered by first node."""
    real = np.arange(labels.shape[1]) < count[:, None]
    return np.asarray(np.where(real, labels, -1).max(axis=1, initial=-1) + 1)


def _aggregate(level: _Level, current: Integers, parts: Integers, keep: Integers) -> _Level:
    """Make each part a node, in the community that it lies in; of the runs to ``keep``."""
    count = _count(parts, level.count)[keep]
    size = int(count.max(initial=0))
    real = np.arange(parts.shape[1]) < level.count[keep, None]
    part = parts[keep]
    rows = add_rows(level.matrix, part, size, of=keep, real=real)
    matrix = add_rows(rows.transpose(0, 2, 1), part, size, real=real)
    labels = np.tile(np.arange(size), (len(keep), 1))  # padding: any label
    run, node = np.nonzero(real)
    labels[run, part[run, node]] = current[keep][run, node]
    node_of = np.take_along_axis(part, level.node_of[keep], axis=1)
    return _Level(matrix, count, labels, node_of, level.runs[keep])
