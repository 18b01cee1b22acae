"""Collaboration relative to the size of the two regions."""

from typing import Literal, get_args

import networkx as nx
import numpy as np
import pandas as pd

from analysis.networks.adjacency import build_adjacency
from regions.arrays import Floats
from regions.errors import MethodError

Normalisation = Literal["association", "salton", "jaccard"]


def measure_affinity(network: nx.Graph, *, method: Normalisation = "association") -> pd.DataFrame:
    r"""Measure how much two regions collaborate, given how much each collaborates at all.

    With weights :math:`c_{ij}`, strengths :math:`s_i` and :math:`T=\sum_{ij}c_{ij}` over both triangles [1]_:

    - ``association``: association strength or probabilistic affinity, :math:`c_{ij}T/(s_i s_j)`; 1 is what the two
      strengths alone let expect, more is preference;
    - ``salton``: cosine, :math:`c_{ij}/\sqrt{s_i s_j}`;
    - ``jaccard``: :math:`c_{ij}/(s_i+s_j-c_{ij})`.

    Parameters
    ----------
    network
        Collaboration between regions; links inside a region play no part. In a DiGraph :math:`s_i` is the strength out
        of i and :math:`s_j` the strength into j.
    method
        One of the three.

    Returns
    -------
    DataFrame
        n x n, rows and columns in the order of the network. 0 for pairs without a link; NaN on the diagonal, and
        wherever :math:`s_i s_j` is 0: nothing can be said of a region without links.

    Raises
    ------
    MethodError
        For an unknown method, or a network that `analysis.networks.adjacency.build_adjacency` refuses.

    References
    ----------
    .. [1] van Eck, N. J., & Waltman, L. (2009). How to normalize cooccurrence data? JASIST 60, 1635-1651.
       https://doi.org/10.1002/asi.21075

    Examples
    --------
    >>> affinity = measure_affinity(nx.path_graph(3))
    >>> float(affinity.loc[0, 1])  # twice what the two strengths let expect
    2.0
    """
    if method not in get_args(Normalisation):
        raise MethodError(f"method must be one of {', '.join(get_args(Normalisation))}; got {method!r}")
    adjacency = build_adjacency(network)
    weights = adjacency.weights.toarray()
    affinity = _normalise(weights, method)
    np.fill_diagonal(affinity, np.nan)
    return pd.DataFrame(affinity, index=adjacency.nodes, columns=adjacency.nodes)


def _normalise(weights: Floats, method: Normalisation) -> Floats:
    out, into = weights.sum(axis=1)[:, None], weights.sum(axis=0)[None, :]
    known = (out > 0) & (into > 0)
    if method == "association":
        above, below = weights * weights.sum(), out * into
    elif method == "salton":
        above, below = weights, np.sqrt(out * into)
    else:
        above, below = weights, out + into - weights
    return np.asarray(np.divide(above, below, out=np.full(weights.shape, np.nan), where=known))
