"""A network as arrays: what every measure computes on."""

from dataclasses import dataclass
from itertools import chain
from numbers import Real
from typing import Any, TypeAlias

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse

from regions.arrays import Floats, ShortIntegers
from regions.errors import MethodError
from regions.messages import say


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


Network: TypeAlias = nx.Graph | Adjacency
"""A network, or its weights where they have been read already."""


def build_adjacency(network: Network) -> Adjacency:
    """Read the weights of a network into a matrix, and check them.

    Parameters
    ----------
    network
        Any Graph or DiGraph. A link without a ``weight`` weighs 1; a link of weight 0 is no link; self loops
        are left out and counted. An Adjacency is returned as it is: reading a network of 57,000 links takes longer
        than most measures of it, so several measures share one.

    Returns
    -------
    Adjacency
        Nodes and weights.

    Raises
    ------
    MethodError
        For a multigraph, and for a weight that is not a number, NaN, infinite or negative; the link is named.
    """
    if isinstance(network, Adjacency):
        return network
    if network.is_multigraph():
        raise MethodError(
            "a multigraph has several links for one pair: add them up to one weight each, then build a Graph or DiGraph"
        )
    nodes = pd.Index(list(network), name="code", tupleize_cols=False)
    rows, columns, weight = _read_cells(network)
    keep = (rows != columns) & (weight > 0)
    cells = (weight[keep], (rows[keep], columns[keep]))
    matrix = sparse.coo_array(cells, shape=(len(nodes), len(nodes))).tocsr()
    matrix.sort_indices()
    return Adjacency(nodes, matrix, network.is_directed(), n_loops=int((rows == columns).sum()))


def _read_cells(network: nx.Graph) -> tuple[ShortIntegers, ShortIntegers, Floats]:
    """Read both ends and the weight of every link; a link of a Graph stands twice, once from each end."""
    position = {node: i for i, node in enumerate(network)}
    partners = [facts for _, facts in network.adjacency()]
    sizes = np.fromiter((len(facts) for facts in partners), dtype=np.int64, count=len(partners))
    total = int(sizes.sum())
    rows = np.repeat(np.arange(len(position), dtype=np.int32), sizes)
    columns = np.fromiter(map(position.__getitem__, chain.from_iterable(partners)), dtype=np.int32, count=total)
    values = [link.get("weight", 1) for facts in partners for link in facts.values()]
    if all(issubclass(kind, Real) for kind in set(map(type, values))):
        weight = np.fromiter(values, dtype=float, count=total)
        faulty = np.flatnonzero(~(np.isfinite(weight) & (weight >= 0)))
        if not len(faulty):
            return rows, columns, weight
        wrong = int(faulty[0])
    else:
        wrong = next(at for at, value in enumerate(values) if not isinstance(value, Real))
    nodes = list(position)
    first, second, found = nodes[rows[wrong]], nodes[columns[wrong]], values[wrong]
    raise MethodError(say("network/weight", first=first, second=second, weight=found))
