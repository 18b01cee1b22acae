"""k-cores: what is left when weakly tied regions are peeled off."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analysis.networks.adjacency import Adjacency, Network, build_adjacency

_DENSE = 2000  # nodes; 32 MB
_ROUNDING = 1e-9  # share of the level; strengths are sums of floats, taken apart in another order


def measure_cores(network: Network) -> pd.DataFrame:
    """Measure the core number of each region, by partners and by weight.

    The k-core is the largest part of the network in which every region has at least k links inside the part [1]_;
    the core number of a region is the largest k whose core holds it. The s-core puts strength in the place of
    the number of links [2]_.

    Parameters
    ----------
    network
        Any Graph or DiGraph; a link without a ``weight`` weighs 1, self loops are left out. In a DiGraph links in
        and out both count, so two regions linked both ways have two links.

    Returns
    -------
    DataFrame
        Index ``code``: ``core_number`` (int) and ``core_strength`` (float, in units of weight); an isolate has 0.

    Raises
    ------
    MethodError
        For a network that `analysis.networks.adjacency.build_adjacency` refuses.

    References
    ----------
    .. [1] Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5, 269-287.
       https://doi.org/10.1016/0378-8733(83)90028-X
    .. [2] Eidsaa, M., & Almaas, E. (2013). s-core network decomposition. Physical Review E 88, 062819.
       https://doi.org/10.1103/PhysRevE.88.062819
    """
    adjacency = build_adjacency(network)
    return pd.DataFrame(
        {"core_number": count_cores(adjacency), "core_strength": peel(_join_directions(adjacency))},
        index=adjacency.nodes,
    )


def count_cores(adjacency: Adjacency) -> npt.NDArray[np.int64]:
    """Return the core number of each node by links alone, (n,)."""
    links = adjacency.weights.copy()
    links.data = np.ones_like(links.data)
    return np.rint(peel(_join_directions(Adjacency(adjacency.nodes, links, adjacency.directed, 0)))).astype(np.int64)


def peel(weights: sparse.csr_array) -> npt.NDArray[np.float64]:
    """Return the core level of each node: the strength at which peeling the weakest first removes it.

    Parameters
    ----------
    weights
        n x n, symmetric.
    """
    small = weights.shape[0] <= _DENSE
    rows: Any = weights.toarray() if small else weights  # taking rows out of a sparse matrix costs more than adding
    value = np.asarray(weights.sum(axis=1), dtype=float).ravel()
    level, core = 0.0, np.zeros(len(value))
    alive = np.ones(len(value), dtype=bool)
    while alive.any():
        level = max(level, float(value[alive].min()))
        leaving = np.flatnonzero(alive & (value <= level * (1 + _ROUNDING)))
        core[leaving] = level
        alive[leaving] = False
        value -= np.asarray(rows[leaving].sum(axis=0)).ravel()
    return core


def _join_directions(adjacency: Adjacency) -> sparse.csr_array:
    return (adjacency.weights + adjacency.weights.T).tocsr() if adjacency.directed else adjacency.weights
