"""The centrality columns of many small undirected networks at once."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analysis.networks.adjacency import Adjacency
from analysis.scores.many_paths import measure_many_betweenness, measure_many_distances
from analysis.scores.paths import MAX_SPREAD
from analysis.scores.spectral import measure_eigenvector
from regions.errors import MethodError

Floats = npt.NDArray[np.float64]

Scorer: TypeAlias = Callable[[Floats, Floats, Floats], Mapping[str, Floats]]
"""Weights (B, n, n), internal and external (B, n) -> scores by name, (B, n) each."""

MEASURES = ("degree", "strength", "external_share", "betweenness", "closeness", "eigenvector", "pagerank")

_THREADS = 2
_CELLS = 60_000  # of the networks in work at once: half a megabyte, which a processor keeps near
_SETTLED = 1e-13
_SQUARINGS = 8  # the 256th power: leaves nothing of a second eigenvalue that is 90 % of the first


def measure_many(weights: Floats, internal: Floats, external: Floats) -> Mapping[str, Floats]:
    """Score every region in every network; the columns of `analysis.scores.centrality.measure_centrality`.

    Parameters
    ----------
    weights
        (B, n, n) symmetric, >= 0, the diagonal empty.
    internal, external
        (B, n) weight of the collaboration inside the region (NaN when not known) and with regions outside.

    Returns
    -------
    mapping
        Each of `MEASURES` -> (B, n). NaN only in ``external_share``, for a region without any collaboration.

    Raises
    ------
    MethodError
        When the weights of a network lie more than twelve orders of magnitude apart.
    """
    linked = weights[weights > 0]
    if len(linked) and linked.max() > MAX_SPREAD * linked.min():
        raise MethodError(
            f"weights run from {linked.min():g} to {linked.max():g}: too far apart for shortest paths",
            zh=f"联系权重从 {linked.min():g} 到 {linked.max():g}，相差过大，无法计算最短路径",
        )
    scores = map_parts(_measure_part, weights)
    share = np.full(internal.shape, np.nan)
    total = internal + weights.sum(axis=2) + external
    np.divide(internal, total, out=share, where=total > 0)
    scores["external_share"] = 1.0 - share
    return {name: scores[name] for name in MEASURES}


def map_parts(measure: Callable[[Floats], Mapping[str, Floats]], weights: Floats) -> dict[str, Floats]:
    """Score networks (B, n, n) part by part, each small enough to stay near the processor; put the scores together."""
    step = max(1, _CELLS // max(weights.shape[1] ** 2, 1))
    with ThreadPoolExecutor(max_workers=_THREADS) as pool:  # numpy works outside the lock of the interpreter
        parts = list(pool.map(measure, (weights[at : at + step] for at in range(0, len(weights), step))))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]} if parts else {}


def _measure_part(weights: Floats) -> dict[str, Floats]:
    n = weights.shape[1]
    distance = measure_many_distances(weights)
    near = np.zeros_like(distance)
    np.divide(1.0, distance, out=near, where=distance > 0)
    return {
        "degree": (weights > 0).sum(axis=2).astype(float),
        "strength": weights.sum(axis=2),
        "betweenness": measure_many_betweenness(weights, distance) / max((n - 1) * (n - 2), 1),
        "closeness": near.sum(axis=1) / max(n - 1, 1),
        "eigenvector": _measure_many_eigenvectors(weights, np.isfinite(distance)),
        "pagerank": _measure_many_pageranks(weights),
    }


def _measure_many_eigenvectors(weights: Floats, joined: npt.NDArray[np.bool_]) -> Floats:
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
        matrix = sparse.csr_array(weights[row])
        vector[row] = measure_eigenvector(Adjacency(pd.RangeIndex(n), matrix, directed=False, n_loops=0))
    return vector


def _scale(vector: Floats) -> Floats:
    """Scale each row to a maximum of 1; a row of zeros stays."""
    top = vector.max(axis=1, keepdims=True, initial=0)
    return np.asarray(np.divide(vector, top, out=np.zeros_like(vector), where=top > 0))


def _measure_many_pageranks(weights: Floats, *, alpha: float = 0.85) -> Floats:
    """Solve for PageRank; a region without links passes its share to all, which scales the solution only."""
    n = weights.shape[1]
    out = weights.sum(axis=2, keepdims=True)
    onward = np.divide(weights, out, out=np.zeros_like(weights), where=out > 0).transpose(0, 2, 1)
    score = np.linalg.solve(np.eye(n) - alpha * onward, np.ones((len(weights), n, 1)))[:, :, 0]
    return np.asarray(score / score.sum(axis=1, keepdims=True))
