"""Opsahl's centralities: between the number of links and their weight. Also closeness as Freeman had it."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.networks.adjacency import Network, build_adjacency
from analysis.scores.batch import Batch, Context, build_batch
from analysis.scores.centrality import tabulate_scores
from analysis.scores.large_paths import build_lengths, sample_paths
from analysis.scores.paths import measure_betweenness
from analysis.scores.registry import Column, Measure
from regions.arrays import Floats
from regions.errors import MethodError
from regions.words import Words


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
        - ``opsahl_closeness``: to the region, see `measure_inverse_distance`.

    Raises
    ------
    MethodError
        When ``alpha`` is negative or not finite, or the network is one that
        `analysis.networks.adjacency.build_adjacency` refuses.

    References
    ----------
    .. [1] Opsahl, T., Agneessens, F., & Skvoretz, J. (2010). Node centrality in weighted networks. Social Networks 32,
       245-251. https://doi.org/10.1016/j.socnet.2010.03.006

    Examples
    --------
    >>> import networkx as nx
    >>> measure_opsahl(nx.star_graph(3), alpha=0)["opsahl_degree"].tolist()
    [3.0, 1.0, 1.0, 1.0]
    """
    if not (np.isfinite(alpha) and alpha >= 0):
        raise MethodError(f"alpha must be a finite number, at least 0; got {alpha}")
    adjacency = build_adjacency(network)
    return tabulate_scores((OPSAHL,), build_batch(adjacency, context=Context(alpha=alpha)), adjacency)


def measure_inverse_distance(total: Floats, reached: Floats) -> Floats:
    r"""Measure closeness as the inverse of the mean distance to the node.

    :math:`\frac{r}{n-1}\cdot\frac{r}{\sum_s d(s,v)}` over the r nodes s that reach v [1]_. In a connected network this
    is :math:`(n-1)/\sum d`; elsewhere the share of the network that is in reach makes up for the distances that
    are not there.

    Parameters
    ----------
    total, reached
        (B, n) sum of the distances to v from the nodes that reach it, and how many these are, v itself included.

    Returns
    -------
    ndarray
        (B, n); 0 for a node that none reaches.

    References
    ----------
    .. [1] Wasserman, S., & Faust, K. (1994). Social Network Analysis, eq. 5.22. https://doi.org/10.1017/CBO9780511815478
    """
    others = reached - 1.0
    scale = total * max(total.shape[-1] - 1, 1)
    return np.asarray(np.divide(others**2, scale, out=np.zeros_like(total), where=total > 0))


def _measure(batch: Batch) -> Mapping[str, Floats]:
    return {**_tune_degrees(batch, batch.context.alpha), **_measure_paths(batch)}


def _tune_degrees(batch: Batch, alpha: float) -> dict[str, Floats]:
    out = batch.count_links(), batch.sum_weights()
    if not batch.directed:
        return {"opsahl_degree": _tune(*out, alpha)}
    into = batch.count_links(into=True), batch.sum_weights(into=True)
    return {
        "opsahl_degree": _tune(into[0] + out[0], into[1] + out[1], alpha),
        "opsahl_in_degree": _tune(*into, alpha),
        "opsahl_out_degree": _tune(*out, alpha),
    }


def _tune(degree: Floats, strength: Floats, alpha: float) -> Floats:
    # 0 to a negative power is infinite.
    return np.asarray(np.maximum(degree, 1.0) ** (1 - alpha) * strength**alpha * (degree > 0))


def _measure_paths(batch: Batch) -> dict[str, Floats]:
    tuned, n = batch.transform(lambda weights: weights**batch.context.alpha), batch.shape[1]
    if tuned.large:
        sums = sample_paths(build_lengths(tuned.weights), np.arange(n, dtype=np.int64))
        between, total, reached = sums.dependency[None], sums.distance[None], sums.reached[None]
    else:
        finite = np.isfinite(tuned.distances)
        total, reached = np.where(finite, tuned.distances, 0.0).sum(axis=1), finite.sum(axis=1).astype(float)
        between = measure_betweenness(tuned.weights, tuned.distances)
    return {
        "opsahl_betweenness": between / max((n - 1) * (n - 2), 1),
        "opsahl_closeness": measure_inverse_distance(total, reached),
    }


OPSAHL = Measure(
    "opsahl",
    _measure,
    (
        Column(
            "opsahl_degree",
            Words("Degree (Opsahl)", "加权度（Opsahl）"),
            Words(
                "Between number of partners and weight: k^(1-a) s^a, a = .5", "兼顾伙伴数与权重：k^(1-a) s^a，a = 0.5"
            ),
            better="more",
        ),
        Column(
            "opsahl_in_degree",
            Words("In-degree (Opsahl)", "入度（Opsahl）"),
            Words("The same of links received", "仅计接收的联系"),
            better="more",
        ),
        Column(
            "opsahl_out_degree",
            Words("Out-degree (Opsahl)", "出度（Opsahl）"),
            Words("The same of links sent", "仅计发出的联系"),
            better="more",
        ),
        Column(
            "opsahl_betweenness",
            Words("Betweenness (Opsahl)", "中介中心性（Opsahl）"),
            Words("Share of shortest paths through it, length 1/w^a", "最短路径经过的比例，路长 1/w^a"),
            better="more",
        ),
        Column(
            "opsahl_closeness",
            Words("Closeness (Opsahl)", "接近中心性（Opsahl）"),
            Words("Inverse of the mean distance to it, length 1/w^a", "平均距离的倒数，路长 1/w^a"),
            better="more",
        ),
    ),
    formula="k^(1-α) s^α; paths of length 1/w^α",
    source="Opsahl, Agneessens & Skvoretz 2010",
    shown=False,
)
