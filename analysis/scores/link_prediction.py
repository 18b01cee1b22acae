"""Which unlinked regions have partners in common? Scores of link prediction for every pair without a link."""

import networkx as nx
import numpy as np
import pandas as pd

from analysis.loglinear.tolerance import merge_ties
from analysis.networks.adjacency import build_adjacency
from analysis.networks.pair_index import index_pairs
from regions.errors import MethodError


def measure_link_prediction(network: nx.Graph) -> pd.DataFrame:
    r"""Score the pairs that have no link by the partners they share.

    Parameters
    ----------
    network
        Undirected; which links exist counts, not their weights.

    Returns
    -------
    DataFrame
        One row per unordered pair without a link, the highest ``adamic_adar`` first, index (source, target):
        ``source``, ``target`` (in the order of the network), ``common_neighbours``, ``adamic_adar`` = :math:`\sum_z
        1/\ln k_z` [1]_, ``resource_allocation`` = :math:`\sum_z 1/k_z` [2]_ over common partners z with :math:`k_z`
        partners (at least 2, so no term is infinite). 0 without common partners. n x n memory.

    Raises
    ------
    MethodError
        For a directed network.

    References
    ----------
    .. [1] Adamic & Adar (2003), https://doi.org/10.1016/S0378-8733(03)00009-1.
    .. [2] Zhou, Lu & Zhang (2009), https://doi.org/10.1140/epjb/e2009-00335-8.

    Examples
    --------
    >>> scores = measure_link_prediction(nx.path_graph(3))
    >>> int(scores.loc[(0, 2), "common_neighbours"])
    1
    """
    adjacency = build_adjacency(network)
    if adjacency.directed:
        raise MethodError("common partners are counted in undirected networks only; take network.to_undirected()")
    linked = (adjacency.weights.toarray() > 0).astype(float)
    degree = np.maximum(linked.sum(axis=0), 2.0)  # a region with one partner is common to no pair
    first, second = np.nonzero(np.triu(linked == 0, k=1))
    scores = {
        "common_neighbours": (linked @ linked)[first, second].astype(np.int64),
        "adamic_adar": ((linked / np.log(degree)) @ linked)[first, second],
        "resource_allocation": ((linked / degree) @ linked)[first, second],
    }
    table = pd.DataFrame({"source": adjacency.nodes[first], "target": adjacency.nodes[second], **scores})
    order = np.argsort(-merge_ties(table["adamic_adar"].to_numpy()), kind="stable")
    return index_pairs(table.iloc[order])
