"""Several networks of the same regions as arrays: what every measure computes on, a single network as a batch of one.

The bootstrap scores a thousand networks of thirty regions; one by one they would spend their time in overhead. So a
measure is written once, for a batch: up to `DENSE` regions on full matrices (B, n, n), and for one larger network on
sparse weights, with the same three sums over links.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from scipy import sparse

from analysis.networks.adjacency import Adjacency
from analysis.scores.paths import check_spread, measure_path_lengths
from regions.arrays import Booleans, Floats

DENSE = 2000
"""Up to so many regions weights are full matrices: 32 MB each."""

_THREADS = 2
_CELLS = 60_000  # of the networks in work at once: half a megabyte, which a processor keeps near


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What stays as it is from network to network.

    Attributes
    ----------
    alpha
        Of Opsahl's measures.
    rho
        How far spillover carries.
    own
        (n,) the indicator that spills over, NaN where it is not known; None for no spillover.
    labels
        Name -> (n,) label of each region, such as ``community``: a partition of the network as it is, since those of
        different draws have nothing in common but their name.
    """

    alpha: float = 0.5
    rho: float = 0.5
    own: Floats | None = None
    labels: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, eq=False)
class Batch:
    """B networks of the same n regions.

    Attributes
    ----------
    weights
        (B, n, n) >= 0, the diagonal empty; row i, column j: weight from i to j. One network of more than `DENSE`
        regions: n x n, sparse.
    directed
        Whether weights differ by direction.
    internal, external
        (B, n) weight of the collaboration inside the region (NaN when not known) and with regions outside.
    context
        What all networks share.
    """

    weights: Any
    directed: bool
    internal: Floats
    external: Floats
    context: Context = field(default_factory=Context)

    @property
    def large(self) -> bool:
        """Whether this is one network on sparse weights."""
        return bool(sparse.issparse(self.weights))

    @property
    def shape(self) -> tuple[int, int]:
        """Number of networks, number of regions."""
        return (1, self.weights.shape[0]) if self.large else self.weights.shape[:2]

    @cached_property
    def linked(self) -> Booleans:
        """(B, n, n) where there is a link; dense batches only."""
        return np.asarray(self.weights > 0)

    @cached_property
    def distances(self) -> Floats:
        """(B, n, n) of `analysis.scores.paths.measure_path_lengths`; dense batches only."""
        check_spread(self.weights)
        return measure_path_lengths(self.weights)

    def sum_weights(self, *, into: bool = False) -> Floats:
        """Return (B, n) weight of the links out of each region, or into it."""
        if self.large:
            return np.asarray(self.weights.sum(axis=0 if into else 1), dtype=float).reshape(1, -1)
        return np.asarray(self.weights.sum(axis=1 if into else 2))

    def count_links(self, *, into: bool = False) -> Floats:
        """Return (B, n) number of the links out of each region, or into it."""
        if self.large:
            out = np.diff(self.weights.indptr)
            counts = np.bincount(self.weights.indices, minlength=len(out)) if into else out
            return np.asarray(counts, dtype=float).reshape(1, -1)
        return np.asarray(self.linked.sum(axis=1 if into else 2), dtype=float)

    def multiply(self, columns: Floats) -> Floats:
        """Return (B, n, g), the weights of each network times columns (n, g)."""
        return np.asarray(self.weights @ columns).reshape(*self.shape, columns.shape[1])

    def transform(self, function: Callable[[Floats], Floats]) -> "Batch":
        """Return the batch with other weights; ``function`` sees positive weights only, in any shape."""
        if self.large:
            weights = self.weights.copy()
            weights.data = function(weights.data)
        else:
            weights = function(np.where(self.linked, self.weights, 1.0)) * self.linked
        return Batch(weights, self.directed, self.internal, self.external, self.context)

    def join_directions(self) -> "Batch":
        """Return the batch with the weights of both directions added up; an undirected one as it is."""
        if not self.directed:
            return self
        turned = self.weights.T.tocsr() if self.large else self.weights.transpose(0, 2, 1)
        both = self.weights + turned
        return Batch(both.tocsr() if self.large else both, False, self.internal, self.external, self.context)

    def list_networks(self) -> Iterator[sparse.csr_array]:
        """Yield the weights of each network, n x n."""
        yield from (self.weights,) if self.large else map(sparse.csr_array, self.weights)

    def split(self) -> Iterator["Batch"]:
        """Yield parts of the batch, each small enough to stay near the processor."""
        count, n = self.shape
        step = max(1, _CELLS // max(n**2, 1))
        if count <= step:
            yield self
            return
        for at in range(0, count, step):
            part = slice(at, at + step)
            yield replace(self, weights=self.weights[part], internal=self.internal[part], external=self.external[part])


def build_batch(
    adjacency: Adjacency, *, context: Context | None = None, around: Mapping[str, Floats] = MappingProxyType({})
) -> Batch:
    """Return one network as a batch.

    Parameters
    ----------
    adjacency
        Its weights.
    context
        What measures share.
    around
        ``internal`` and ``external``, (n,) each; NaN and 0 when left out.
    """
    n = len(adjacency.nodes)
    weights = adjacency.weights if n > DENSE else adjacency.weights.toarray()[None]
    internal = around.get("internal", np.full(n, np.nan))
    external = around.get("external", np.zeros(n))
    return Batch(weights, adjacency.directed, internal[None], external[None], context or Context())


def map_batch(measure: Callable[[Batch], Mapping[str, Any]], batch: Batch) -> dict[str, Any]:
    """Score a batch part by part, on two threads (numpy works outside the lock of the interpreter); join the scores."""
    parts = list(batch.split())
    if len(parts) == 1:
        return dict(measure(parts[0]))
    with ThreadPoolExecutor(max_workers=_THREADS) as pool:
        found = list(pool.map(measure, parts))
    return {name: np.concatenate([each[name] for each in found]) for name in found[0]} if found else {}
