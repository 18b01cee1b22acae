"""The table of centrality scores, one row per region."""

from collections.abc import Mapping
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.networks.adjacency import Adjacency, build_adjacency
from analysis.scores.paths import build_lengths, measure_paths
from analysis.scores.spectral import measure_eigenvector, measure_pagerank

Columns = Mapping[str, npt.NDArray[Any]]


def measure_centrality(network: nx.Graph, *, adjacency: Adjacency | None = None) -> pd.DataFrame:
    r"""Measure how central each region is.

    Weights are strengths of collaboration; shortest paths use the distance :math:`1/w`. Scaling all weights
    leaves everything but strength and closeness (which scale with them) as it is.

    Parameters
    ----------
    network
        Any Graph or DiGraph. A link without a ``weight`` weighs 1, a link of weight 0 is no link, self loops
        are left out (``attrs["n_loops"]`` says how many). Node attributes ``internal`` and ``external`` are
        used if present.
    adjacency
        The weights of this network, where they have been read already.

    Returns
    -------
    DataFrame
        Index ``code``: the nodes in the order of the network. No NaN but in ``external_share``. An isolate
        scores 0 in all but PageRank.

        - ``degree``: number of regions linked with (int; DiGraph: links in and out);
        - ``strength``: sum of the weights of these links;
        - ``external_share``: share of all collaboration of the region that leaves it,
          1 - internal / (internal + strength + external); NaN where ``internal`` is not known or there is no
          collaboration at all;
        - ``betweenness``: share of the shortest paths between other regions that pass through it [1]_, equal
        paths
          shared out; divided by (n-1)(n-2)/2 (DiGraph: (n-1)(n-2)) pairs; 0 when n < 3;
        - ``closeness``: harmonic [2]_, sum of 1/distance *to* the region over all others, divided by n-1; in
        units of
          weight, not bounded by 1;
        - ``eigenvector``: see `analysis.scores.spectral.measure_eigenvector`;
        - ``pagerank``: alpha .85, see `analysis.scores.spectral.measure_pagerank`;
        - DiGraph only: ``in_degree``, ``out_degree``, ``in_strength``, ``out_strength``.

    Raises
    ------
    MethodError
        For a multigraph, or a weight that is NaN, infinite, negative or not a number; or weights spread over
        more than twelve orders of magnitude.

    References
    ----------
    .. [1] Freeman, L. C. (1977). A set of measures of centrality based on betweenness. Sociometry 40, 35-41.
       https://doi.org/10.2307/3033543
    .. [2] Rochat, Y. (2009). Closeness centrality extended to unconnected graphs: the harmonic centrality
    index. ASNA.
    """
    adjacency = build_adjacency(network if adjacency is None else adjacency)
    ties = _measure_ties(adjacency)
    columns = {
        "degree": ties["degree"],
        "strength": ties["strength"],
        "external_share": _measure_external_share(network, ties["strength"]),
        **_measure_path_columns(adjacency),
        "eigenvector": measure_eigenvector(adjacency),
        "pagerank": measure_pagerank(adjacency),
    }
    scores = pd.DataFrame({**columns, **ties}, index=adjacency.nodes)
    scores.attrs["n_loops"] = adjacency.n_loops
    return scores


def _measure_ties(adjacency: Adjacency) -> Columns:
    weights = adjacency.weights
    out_degree, out_strength = np.diff(weights.indptr).astype(np.int64), weights.sum(axis=1)
    if not adjacency.directed:
        return {"degree": out_degree, "strength": out_strength}
    in_degree, in_strength = np.bincount(weights.indices, minlength=weights.shape[0]), weights.sum(axis=0)
    return {
        "degree": in_degree + out_degree,
        "strength": in_strength + out_strength,
        "in_degree": in_degree,
        "out_degree": out_degree,
        "in_strength": in_strength,
        "out_strength": out_strength,
    }


def _measure_path_columns(adjacency: Adjacency) -> Columns:
    n = len(adjacency.nodes)
    sums = measure_paths(build_lengths(adjacency.weights))
    # The sum runs over ordered pairs, which in an undirected network doubles it and the number of pairs
    # alike.
    return {
        "betweenness": sums.betweenness / max((n - 1) * (n - 2), 1),
        "closeness": sums.harmonic_in / max(n - 1, 1),
    }


def _measure_external_share(network: nx.Graph, strength: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    internal = _read_node_weights(network, "internal", missing=np.nan)
    total = internal + strength + _read_node_weights(network, "external", missing=0.0)
    share = np.full(len(total), np.nan)
    np.divide(internal, total, out=share, where=total > 0)
    return 1.0 - share


def _read_node_weights(network: nx.Graph, name: str, *, missing: float) -> npt.NDArray[np.float64]:
    values = (value for _, value in network.nodes(data=name, default=missing))
    return np.fromiter(values, dtype=float, count=len(network))
