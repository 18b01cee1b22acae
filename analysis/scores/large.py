"""Scores of large networks of actors: shortest paths from a sample of nodes, with the error of the sample."""

import networkx as nx
import numpy as np
import pandas as pd

from analysis.networks.adjacency import Adjacency, build_adjacency
from analysis.scores.batch import build_batch
from analysis.scores.centrality import measure_degrees
from analysis.scores.cores import count_cores
from analysis.scores.large_paths import build_lengths, sample_paths
from analysis.scores.spectral import measure_eigenvector, measure_pagerank
from regions.arrays import Floats
from regions.errors import MethodError


def measure_large(network: nx.Graph | Adjacency, *, samples: int = 200, seed: int = 0) -> pd.DataFrame:
    r"""Score a network of up to some million links; betweenness and closeness are estimates.

    Shortest paths start from ``samples`` nodes drawn without replacement [1]_. With dependencies :math:`\delta_s(v)`,
    betweenness is estimated by :math:`\frac{n}{k}\sum_s\delta_s(v)` over the same pairs as in
    `analysis.scores.centrality.measure_centrality`, and its standard error by
    :math:`\frac{n}{\sqrt k}\sqrt{1-k/n}\;\mathrm{sd}_s(\delta_s(v))`; closeness likewise from 1/d(s, v). All n nodes as
    samples give the exact figures and an error of 0.

    Parameters
    ----------
    network
        Any Graph or DiGraph, or an `analysis.networks.adjacency.Adjacency` (which saves building a graph).
    samples
        Nodes to start from, at least 2; all when there are fewer.
    seed
        Of the sample.

    Returns
    -------
    DataFrame
        Index ``code``, no NaN: ``degree``, ``strength`` (DiGraph: in and out together), ``core_number``,
        ``betweenness``, ``betweenness_se``, ``closeness`` (harmonic), ``closeness_se``, ``eigenvector``, ``pagerank``.
        The standard errors are rough for a node that few samples touch.

    Raises
    ------
    MethodError
        When ``samples`` is below 2, or the network is one that `analysis.networks.adjacency.build_adjacency` refuses.

    References
    ----------
    .. [1] Brandes, U., & Pich, C. (2007). Centrality estimation in large networks. International Journal of Bifurcation
       and Chaos 17, 2303-2318. https://doi.org/10.1142/S0218127407018403

    Examples
    --------
    >>> scores = measure_large(nx.star_graph(4), samples=5)
    >>> scores.loc[0, ["degree", "betweenness"]].tolist()
    [4.0, 1.0]
    """
    if samples < 2:  # noqa: PLR2004 - one sample has no error
        raise MethodError(f"samples must be at least 2; got {samples}")
    adjacency = network if isinstance(network, Adjacency) else build_adjacency(network)
    n = len(adjacency.nodes)
    sources = np.sort(np.random.default_rng(seed).choice(n, size=min(samples, n), replace=False)).astype(np.int64)
    found = sample_paths(build_lengths(adjacency.weights), sources)
    pairs = max((n - 1) * (n - 2), 1)
    between, between_se = _estimate(found.dependency, found.dependency_squares, k=len(sources))
    near, near_se = _estimate(found.nearness, found.nearness_squares, k=len(sources))
    batch = build_batch(adjacency)
    degrees = measure_degrees(batch)
    return pd.DataFrame(
        {
            "degree": degrees["degree"][0].astype(np.int64),
            "strength": degrees["strength"][0],
            "core_number": count_cores(batch)[0].astype(np.int64),
            "betweenness": between / pairs,
            "betweenness_se": between_se / pairs,
            "closeness": near / max(n - 1, 1),
            "closeness_se": near_se / max(n - 1, 1),
            "eigenvector": measure_eigenvector(adjacency),
            "pagerank": measure_pagerank(adjacency),
        },
        index=adjacency.nodes,
    )


def _estimate(total: Floats, squares: Floats, *, k: int) -> tuple[Floats, Floats]:
    """Scale sums over k of n sources up to all; return the estimate and its standard error."""
    n = len(total)
    if k < 2:  # noqa: PLR2004 - a network of one node
        return total, np.zeros(n)
    # Rounding may leave a variance of 0 a little below it.
    variance = np.maximum(squares - total**2 / k, 0.0) / (k - 1)
    return n / k * total, n * np.sqrt(variance / k * (1 - k / n))
