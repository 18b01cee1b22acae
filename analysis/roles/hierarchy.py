"""Krackhardt's four measures of how near a network is to a hierarchy."""

from dataclasses import dataclass
from typing import Literal, get_args

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from analysis.networks.adjacency import Adjacency, build_adjacency
from regions.arrays import Booleans, Floats
from regions.errors import MethodError
from regions.messages import say

_LARGEST = 1500  # least upper bounds take n^3 steps

Bound = Literal["least", "top"]


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Krackhardt's dimensions; 1 each for an out-tree. NaN where there is nothing to divide by.

    Attributes
    ----------
    density
        Links over ordered pairs.
    connectedness
        Share of pairs that are joined by a path when direction is left aside.
    hierarchy
        Of the pairs joined by a directed path, the share joined one way only.
    efficiency
        1 - links beyond what keeps each component together, over those there could be; directed links.
    efficiency_symmetrised
        The same with links in both directions counted once.
    lubness
        Share of pairs of a component that have a least upper bound: a node that reaches both and that every other
        such node reaches (or, with ``bound="top"``, that reaches every other); as a share of the violations there could
        be.
    """

    density: float
    connectedness: float
    hierarchy: float
    efficiency: float
    efficiency_symmetrised: float
    lubness: float


def measure_hierarchy(network: nx.Graph, *, bound: Bound = "least") -> Hierarchy:
    """Measure connectedness, hierarchy, efficiency and least upper boundedness.

    See Krackhardt, D. (1994), Graph theoretical dimensions of informal organizations, in Carley & Prietula,
    Computational Organization Theory. A link a -> b means that a stands above b. Weights play no part.

    Parameters
    ----------
    network
        Any Graph (hierarchy is then 0, and efficiency is that of pairs) or DiGraph of at most 1,500 nodes.
    bound
        ``least``: of the nodes that reach both, one that all the others reach must exist, as the definition of 1994 has
        it. ``top``: one that reaches all the others, which is what the program of sna 2.8 looks for (its manual gives
        the definition of 1994); use it to compare with figures from there.

    Returns
    -------
    Hierarchy
        The measures.

    Raises
    ------
    MethodError
        When the network is too large, ``bound`` is unknown, or `analysis.networks.adjacency.build_adjacency` refuses
        it.
    """
    if bound not in get_args(Bound):
        raise MethodError(say("roles/bound", allowed=get_args(Bound), value=bound))
    adjacency = build_adjacency(network)
    n = len(adjacency.nodes)
    if n > _LARGEST:
        raise MethodError(f"at most {_LARGEST:,} nodes; the network has {n:,}")
    links = adjacency.weights.astype(bool)
    reach = _reach(adjacency)
    member = csgraph.connected_components(links, directed=False)[1] if n else np.zeros(0, dtype=np.int64)
    size = np.bincount(member).astype(float)
    mutual, either = (reach & reach.T).sum() - n, (reach | reach.T).sum() - n
    pairs = n * (n - 1)
    return Hierarchy(
        density=_divide(links.nnz, pairs),
        connectedness=_divide((size * (size - 1)).sum(), pairs),
        hierarchy=1 - _divide(mutual, either),
        efficiency=_measure_efficiency(links.nnz, size, size * (size - 1)),
        efficiency_symmetrised=_measure_efficiency((links + links.T).nnz / 2, size, size * (size - 1) / 2),
        lubness=_measure_lubness(reach, member, bound),
    )


def _divide(above: float, below: float) -> float:
    return float(above / below) if below > 0 else float("nan")


def _reach(adjacency: Adjacency) -> Booleans:
    """Return whether row reaches column; every node reaches itself."""
    n = len(adjacency.nodes)
    hops = csgraph.shortest_path(sparse.csr_array(adjacency.weights), unweighted=True) if n else np.zeros((0, 0))
    return np.asarray(np.isfinite(hops))


def _measure_efficiency(n_links: float, size: Floats, most: Floats) -> float:
    needed = size - 1
    return 1 - _divide(n_links - needed.sum(), float((most - needed).sum()))


def _measure_lubness(reach: Booleans, member: npt.NDArray[np.integer], bound: Bound) -> float:
    """Return 1 - pairs without the bound, over (m-1)(m-2)/2 for each component of m nodes."""
    lacking, room = 0, 0.0
    for component in range(int(member.max(initial=-1)) + 1):
        nodes = np.flatnonzero(member == component)
        if len(nodes) > 2:  # noqa: PLR2004 - two joined nodes always have one
            lacking += _count_unbounded(reach[np.ix_(nodes, nodes)], bound)
            room += (len(nodes) - 1) * (len(nodes) - 2) / 2
    return 1 - _divide(lacking, room)


def _count_unbounded(reach: Booleans, bound: Bound) -> int:
    lacking = 0
    towards = (reach.T if bound == "least" else reach).astype(np.float32)
    for first in range(len(reach) - 1):
        above = reach[:, [first]] & reach[:, first + 1 :]  # column: pair; row: does the node reach both
        # A bound is least when it is reached by as many of the bounds as there are; top when it reaches as many.
        reached = towards @ above.astype(np.float32)
        lacking += int((~(above & (reached >= above.sum(axis=0))).any(axis=0)).sum())
    return lacking
