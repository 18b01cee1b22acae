"""Measures from the leading eigenvector of the weights: eigenvector centrality, PageRank, spectral radius."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph
from scipy.sparse import linalg as sparse_linalg

from analysis.networks.adjacency import Adjacency
from analysis.scores.batch import Batch
from regions.arrays import Booleans, Floats, Integers
from regions.errors import MethodError
from regions.messages import say

_DENSE = 200  # below this a dense solver is as fast as an iterative one, and cannot fail to converge
_SETTLED = 1e-13
_SQUARINGS = 8  # the 256th power: leaves nothing of a second eigenvalue that is 90 % of the first


def measure_eigenvectors(batch: Batch) -> Floats:
    """Measure eigenvector centrality in each network, (B, n), as `measure_eigenvector` does in one."""
    if batch.directed or batch.large or batch.shape[1] >= _DENSE:
        found = [measure_eigenvector(_wrap(weights, batch)) for weights in batch.list_networks()]
        return np.array(found).reshape(batch.shape)
    return _square_weights(batch.weights, np.isfinite(batch.distances))


def measure_pageranks(batch: Batch, *, alpha: float = 0.85) -> Floats:
    """Measure PageRank in each network, (B, n), as `measure_pagerank` does in one."""
    count, n = batch.shape
    if batch.large or n >= _DENSE:
        return np.array([measure_pagerank(_wrap(each, batch), alpha=alpha) for each in batch.list_networks()])
    out = batch.weights.sum(axis=2, keepdims=True)
    onward = np.divide(batch.weights, out, out=np.zeros_like(batch.weights), where=out > 0).transpose(0, 2, 1)
    # A region without links out passes its share to all, which scales the solution only.
    score = np.linalg.solve(np.eye(n) - alpha * onward, np.ones((count, n, 1)))[:, :, 0]
    return np.asarray(score / score.sum(axis=1, keepdims=True))


def measure_spectral_radii(batch: Batch) -> Floats:
    """Measure the largest eigenvalue in absolute value of each network, (B,), as `measure_spectral_radius` of one."""
    if batch.directed or batch.large or batch.shape[1] >= _DENSE:
        return np.array([measure_spectral_radius(_wrap(each, batch)) for each in batch.list_networks()])
    return np.asarray(np.abs(np.linalg.eigvalsh(batch.weights)).max(axis=1, initial=0.0))


def _wrap(weights: sparse.csr_array, batch: Batch) -> Adjacency:
    return Adjacency(pd.RangeIndex(batch.shape[1]), weights, batch.directed, n_loops=0)


def _square_weights(weights: Floats, joined: Booleans) -> Floats:
    """Find the leading eigenvector of the largest component by squaring the weights again and again.

    Where two components are equally large, or the squares do not settle, `measure_eigenvector` decides.
    """
    n = weights.shape[1]
    size = joined.sum(axis=2)
    largest = size.max(axis=1, initial=0)
    member = (size == largest[:, None]) & (largest[:, None] > 1)
    strength = weights.sum(axis=2) * member
    top = np.maximum(strength.max(axis=1, initial=0), np.finfo(float).tiny)[:, None, None]
    part = weights * member[:, :, None] / top
    # Half the largest strength on the diagonal: else a star would swing between its centre and its rays.
    power = part + np.eye(n) * 0.5 * member[:, :, None]
    for _ in range(_SQUARINGS):
        power = power @ power  # rows add up to between 0.5 and 1.5, so the 256th power is no overflow
    vector = _scale(power.sum(axis=2))
    change = _scale((part @ vector[:, :, None])[:, :, 0] + 0.5 * vector) - vector
    settled = np.abs(change).max(axis=1, initial=0) < _SETTLED
    for row in np.flatnonzero((member.sum(axis=1) > largest) | ~settled):
        vector[row] = measure_eigenvector(Adjacency(pd.RangeIndex(n), sparse.csr_array(weights[row]), False, 0))
    return vector


def _scale(vector: Floats) -> Floats:
    """Scale each row to a maximum of 1; a row of zeros stays."""
    top = vector.max(axis=1, keepdims=True, initial=0)
    return np.asarray(np.divide(vector, top, out=np.zeros_like(vector), where=top > 0))


def measure_eigenvector(adjacency: Adjacency) -> Floats:
    r"""Measure eigenvector centrality on the largest component.

    The non-negative solution of :math:`\lambda x_j = \sum_i w_{ij} x_i` for the largest :math:`\lambda` [1]_: a
    region is central when central regions link to it.

    Parameters
    ----------
    adjacency
        The largest component is the one with most nodes, of these the one with most weight; components equal
        in both are all scored. In a directed network the strongly connected components are meant.

    Returns
    -------
    ndarray
        (n,) scaled to a maximum of 1; 0 outside the largest component, and everywhere when no component has
        two nodes (in a directed network: when it has no cycle).

    Raises
    ------
    MethodError
        When the iteration does not converge (a very large, nearly disconnected component).

    References
    ----------
    .. [1] Bonacich, P. (1987). Power and centrality. American Journal of Sociology 92, 1170-1182.
       https://doi.org/10.1086/228631
    """
    scores = np.zeros(len(adjacency.nodes))
    parts = [(len(nodes), part.sum(), nodes, part) for nodes, part in _split_components(adjacency)]
    size = max((part[0] for part in parts), default=0)
    weight = max((part[1] for part in parts if part[0] == size), default=0.0)
    for n, total, nodes, part in parts:
        if n == size and np.isclose(total, weight, rtol=1e-12, atol=0):
            vector = _find_leading(part, symmetric=not adjacency.directed)[1]
            scores[nodes] = vector / vector.max()
    return scores


def measure_spectral_radius(adjacency: Adjacency) -> float:
    """Measure the largest eigenvalue of the weights in absolute value.

    Returns
    -------
    float
        0 when there is no link or, in a directed network, no cycle.

    Raises
    ------
    MethodError
        When the iteration does not converge.
    """
    symmetric = not adjacency.directed
    values = [_find_leading(part, symmetric=symmetric)[0] for _, part in _split_components(adjacency)]
    return max(values, default=0.0)


def measure_pagerank(adjacency: Adjacency, *, alpha: float = 0.85) -> Floats:
    """Measure PageRank: the chance to be found at a region when walking along links.

    With chance ``alpha`` the walk follows a link (out of the region, in proportion to weight), else it starts
    anew anywhere; from a region without links out it always starts anew [1]_.

    Parameters
    ----------
    adjacency
        The network.
    alpha
        Chance to go on, 0 <= alpha < 1.

    Returns
    -------
    ndarray
        (n,) sums to 1; exact to 1e-13.

    Raises
    ------
    MethodError
        When ``alpha`` is out of range.

    References
    ----------
    .. [1] Brin, S., & Page, L. (1998). The anatomy of a large-scale hypertextual Web search engine. Computer
    Networks
       30, 107-117. https://doi.org/10.1016/S0169-7552(98)00110-X
    """
    if not 0 <= alpha < 1:
        raise MethodError(f"alpha must be at least 0 and below 1; got {alpha}")
    n = len(adjacency.nodes)
    out = np.asarray(adjacency.weights.sum(axis=1)).ravel()
    stuck = out == 0
    onward = (adjacency.weights.T / np.where(stuck, 1.0, out)).tocsr()
    score, change = np.full(n, 1 / max(n, 1)), 1.0
    while change > 1e-14 * (1 - alpha) and n:
        before = score
        score = alpha * (onward @ before + before[stuck].sum() / n) + (1 - alpha) / n
        score /= score.sum()
        change = float(np.abs(score - before).sum())
    return score


def _split_components(adjacency: Adjacency) -> Iterator[tuple[Integers, sparse.csr_array]]:
    """Yield positions and weights of each (strongly) connected component with at least two nodes."""
    if adjacency.weights.nnz == 0:
        return
    _, labels = csgraph.connected_components(adjacency.weights, directed=True, connection="strong")
    sizes = np.bincount(labels)
    if sizes.max() == len(labels):
        yield np.arange(len(labels)), adjacency.weights
        return
    order = np.argsort(labels, kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)])
    for label in np.flatnonzero(sizes > 1):
        nodes = order[starts[label] : starts[label + 1]]
        yield nodes, adjacency.weights[nodes][:, nodes]


def _find_leading(weights: sparse.csr_array, *, symmetric: bool) -> tuple[float, Floats]:
    """Find the largest eigenvalue and its left eigenvector (> 0) of irreducible weights (Perron-Frobenius)."""
    n = weights.shape[0]
    if n < _DENSE:
        dense = weights.toarray().T
        values, vectors = np.linalg.eigh(dense) if symmetric else np.linalg.eig(dense)
    else:
        solve, largest = (sparse_linalg.eigsh, "LA") if symmetric else (sparse_linalg.eigs, "LR")
        start = np.asarray(weights.sum(axis=0)).ravel()  # a fixed start: the default is random
        try:
            values, vectors = solve(weights.T, k=1, which=largest, v0=start)
        except sparse_linalg.ArpackNoConvergence as error:
            raise MethodError(say("spectral/no-vector", nodes=n, reason=error)) from error
    lead = int(np.argmax(values.real))
    return float(values[lead].real), np.abs(vectors[:, lead].real)
