"""Square tables of region pairs: what the permutation tests compare."""

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd

from analysis.networks.adjacency import build_adjacency
from regions.arrays import Floats, Integers
from regions.errors import MethodError


@dataclass(frozen=True, slots=True, eq=False)
class Dyads:
    """Several square tables of the same regions, stacked.

    Attributes
    ----------
    names
        (m,) of the tables.
    stack
        (n, n, m) row: source, column: target; the diagonal is 0 and never used.
    directed
        Whether any table differs from its transpose. If not, every pair counts once.
    """

    names: tuple[str, ...]
    stack: Floats
    directed: bool

    def list_cells(self) -> tuple[Integers, Integers]:
        """Return row and column of the cells that count: all off the diagonal, or those above it."""
        n = len(self.stack)
        rows, columns = np.nonzero(~np.eye(n, dtype=bool)) if self.directed else np.triu_indices(n, 1)
        return rows, columns


def build_matrix(network: nx.Graph) -> pd.DataFrame:
    """Turn a network into the square table of its weights.

    Returns
    -------
    DataFrame
        N x N, index and columns: the nodes in the order of the network; row: source, column: target; 0 where there
        is no link and on the diagonal. Symmetric for a Graph.

    Raises
    ------
    MethodError
        As `analysis.networks.adjacency.build_adjacency`.
    """
    adjacency = build_adjacency(network)
    return pd.DataFrame(adjacency.weights.toarray(), index=adjacency.nodes, columns=adjacency.nodes)


def stack_matrices(matrices: Mapping[str, pd.DataFrame]) -> Dyads:
    """Put square tables on the regions of the first, and check them.

    Raises
    ------
    MethodError
        When a table has other regions than the first or a region twice, has fewer than four regions, or a cell off
        the diagonal is missing or infinite (the pair is named): a permutation would carry the hole to other pairs.
    """
    first = next(iter(matrices.values()))
    labels = first.index
    if len(labels) < 4:  # noqa: PLR2004 - fewer have at most six rearrangements
        raise MethodError(f"permutations need at least 4 regions; got {len(labels)}")
    values = np.stack([_read_matrix(name, table, labels) for name, table in matrices.items()], axis=-1)
    directed = not np.array_equal(values, values.transpose(1, 0, 2))
    return Dyads(tuple(matrices), values, directed)


def _read_matrix(name: str, table: pd.DataFrame, labels: "pd.Index[str]") -> Floats:
    if not (labels.is_unique and _are_same(table.index, labels)):
        raise MethodError(f"the regions of {name!r} are not those of the first table, each once")
    if not _are_same(table.columns, labels):
        raise MethodError(f"the columns of {name!r} are not the regions of its rows")
    values = table.reindex(index=labels, columns=labels).to_numpy(dtype=float, copy=True)
    np.fill_diagonal(values, 0.0)
    holes = np.argwhere(~np.isfinite(values))
    if len(holes):
        a, b = (labels[i] for i in holes[0])
        raise MethodError(f"{name!r} has no finite value for {a!r} - {b!r} ({len(holes)} such cells)")
    return values


def _are_same(index: "pd.Index[str]", labels: "pd.Index[str]") -> bool:
    return len(index) == len(labels) and index.is_unique and bool(index.isin(labels).all())
