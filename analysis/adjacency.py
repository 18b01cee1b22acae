"""A network as arrays: what every measure computes on."""

from dataclasses import dataclass
from numbers import Real
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from regions.errors import MethodError


@dataclass(frozen=True, slots=True, eq=False)
class Adjacency:
    """The weights of a network as a sparse matrix.

    Attributes
    ----------
    nodes
        The n nodes in the order of the network; the index is named ``code``.
    weights
        n x n, float; row i, column j: weight of the link from i to j, only cells > 0 are stored. Symmetric
        when not ``directed``. The diagonal is empty.
    directed
        Whether the network is a DiGraph.
    n_loops
        How many self loops were left out.
    """

    nodes: "pd.Index[Any]"
    weights: sparse.csr_array
    directed: bool
    n_loops: int


def build_adjacency(network: nx.Graph) -> Adjacency:
    """Read the weights of a network into a matrix, and check them.

    Parameters
    ----------
    network
        Any Graph or DiGraph. A link without a ``weight`` weighs 1; a link of weight 0 is no link; self loops
        are left out and counted.

    Returns
    -------
    Adjacency
        Nodes and weights.

    Raises
    ------
    MethodError
        For a multigraph, and for a weight that is not a number, NaN, infinite or negative; the link is named.
    """
    if network.is_multigraph():
        raise MethodError(
            "a multigraph has several links for one pair: add them up to one weight each, then build a Graph or DiGraph"
        )
    position = {node: i for i, node in enumerate(network)}
    links = list(network.edges(data="weight", default=1))
    weight = _read_weights(links)
    rows = np.fromiter((position[link[0]] for link in links), dtype=np.int32, count=len(links))
    columns = np.fromiter((position[link[1]] for link in links), dtype=np.int32, count=len(links))
    keep = (rows != columns) & (weight > 0)
    cells = (weight[keep], (rows[keep], columns[keep]))
    matrix = sparse.coo_array(cells, shape=(len(position), len(position))).tocsr()
    directed = network.is_directed()
    return Adjacency(
        nodes=pd.Index(list(position), name="code", tupleize_cols=False),
        weights=matrix if directed else (matrix + matrix.T).tocsr(),
        directed=directed,
        n_loops=int((rows == columns).sum()),
    )


def _read_weights(links: list[tuple[Any, Any, Any]]) -> npt.NDArray[np.float64]:
    values = [link[2] for link in links]
    if all(isinstance(value, Real) for value in values):
        weight = np.array(values, dtype=float)
        faulty = np.flatnonzero(~(np.isfinite(weight) & (weight >= 0)))
        if not len(faulty):
            return weight
        wrong = links[faulty[0]]
    else:
        wrong = next(link for link in links if not isinstance(link[2], Real))
    raise MethodError(
        f"the link {wrong[0]!r} - {wrong[1]!r} has weight {wrong[2]!r}; weights must be finite numbers, not negative",
        zh=f"{wrong[0]} 与 {wrong[1]} 之间的权重为 {wrong[2]!r}；权重必须是非负的有限数值",
    )
