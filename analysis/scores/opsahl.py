"""Opsahl's centralities: between the number of links and their weight. Also closeness as Freeman had it."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analysis.networks.adjacency import Adjacency, Network, build_adjacency
from analysis.scores.paths import build_lengths, measure_path_distances, measure_paths
from regions.errors import MethodError

Floats = npt.NDArray[np.float64]


def measure_opsahl(network: Network, *, alpha: float = 0.5) -> pd.DataFrame:
    r"""Measure degree, betweenness and closeness with weights tuned by an exponent.

    Degree is :math:`k^{1-\alpha} s^{\alpha}` and paths use the length :math:`1/w^\alpha` [1]_: ``alpha`` 0 counts links
    only, 1 weights only; below 1 many partners are worth more than strong ones.

    Parameters
    ----------
    network
        Any Graph or DiGraph; a link without a ``weight`` weighs 1, self loops are left out.
    alpha
        At least 0.

    Returns
    -------
    DataFrame
        Index ``code``. No NaN; an isolate scores 0.

        - ``opsahl_degree``; DiGraph: of the links in and out together, and ``opsahl_in_degree``,
          ``opsahl_out_degree``;
        - ``opsahl_betweenness``: a share of pairs, normalised as in `analysis.scores.centrality.measure_centrality`;
        - ``opsahl_closeness``: to the region, see `measure_plain_closeness`.

    Raises
    ------
    MethodError
        When ``alpha`` is negative or not finite, or the network is one that
        `analysis.networks.adjacency.build_adjacency` refuses.

    References
    ----------
    .. [1] Opsahl, T., Agneessens, F., & Skvoretz, J. (2010). Node centrality in weighted networks. Social Networks 32,
       245-251. https://doi.org/10.1016/j.socnet.2010.03.006
    """
    adjacency = build_adjacency(network)
    lengths = build_tuned_lengths(adjacency, alpha)
    distance = measure_path_distances(lengths)
    n = len(adjacency.nodes)
    return pd.DataFrame(
        {
            **_tune_degrees(adjacency, alpha),
            "opsahl_betweenness": measure_paths(lengths, distance=distance).betweenness / max((n - 1) * (n - 2), 1),
            "opsahl_closeness": measure_plain_closeness(distance),
        },
        index=adjacency.nodes,
    )


def measure_plain_closeness(distance: Floats) -> Floats:
    r"""Measure closeness as the inverse of the mean distance to the node.

    :math:`\frac{r}{n-1}\cdot\frac{r}{\sum_s d(s,v)}` over the r nodes s that reach v [1]_. In a connected network this
    is :math:`(n-1)/\sum d`; elsewhere the share of the network that is in reach makes up for the distances that
    are not there.

    Parameters
    ----------
    distance
        n x n, row s, column v: from s to v; inf where there is no path.

    Returns
    -------
    ndarray
        (n,); 0 for a node that none reaches.

    References
    ----------
    .. [1] Wasserman, S., & Faust, K. (1994). Social Network Analysis, eq. 5.22. https://doi.org/10.1017/CBO9780511815478
    """
    reached = np.isfinite(distance)
    total = np.where(reached, distance, 0.0).sum(axis=0)
    others = reached.sum(axis=0) - 1.0  # without the node itself, at distance 0
    scale = total * max(len(distance) - 1, 1)
    return np.asarray(np.divide(others**2, scale, out=np.zeros(len(total)), where=total > 0))


def build_tuned_lengths(adjacency: Adjacency, alpha: float) -> sparse.csr_array:
    """Turn weights into lengths, 1/weight**alpha, cell by cell."""
    if not (np.isfinite(alpha) and alpha >= 0):
        raise MethodError(f"alpha must be a finite number, at least 0; got {alpha}")
    tuned = adjacency.weights.copy()
    tuned.data = tuned.data**alpha
    return build_lengths(tuned)


def _tune_degrees(adjacency: Adjacency, alpha: float) -> dict[str, npt.NDArray[Any]]:
    weights = adjacency.weights
    out = np.diff(weights.indptr), np.asarray(weights.sum(axis=1)).ravel()
    if not adjacency.directed:
        return {"opsahl_degree": _tune(*out, alpha)}
    into = np.bincount(weights.indices, minlength=weights.shape[0]), np.asarray(weights.sum(axis=0)).ravel()
    return {
        "opsahl_degree": _tune(into[0] + out[0], into[1] + out[1], alpha),
        "opsahl_in_degree": _tune(*into, alpha),
        "opsahl_out_degree": _tune(*out, alpha),
    }


def _tune(degree: npt.NDArray[Any], strength: Floats, alpha: float) -> Floats:
    known = degree > 0  # 0 to a negative power is infinite
    tuned = np.zeros(len(strength))
    tuned[known] = degree[known].astype(float) ** (1 - alpha) * strength[known] ** alpha
    return tuned
