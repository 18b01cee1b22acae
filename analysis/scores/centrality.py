"""Centrality: degree, strength, share of outside collaboration, betweenness, closeness, eigenvector, PageRank."""

from collections.abc import Mapping

import networkx as nx
import numpy as np
import pandas as pd

from analysis.networks.adjacency import Adjacency, build_adjacency
from analysis.scores.batch import Batch, build_batch
from analysis.scores.large_paths import build_lengths, sample_paths
from analysis.scores.paths import measure_betweenness
from analysis.scores.registry import Column, Measure, measure_batch
from analysis.scores.spectral import measure_eigenvectors, measure_pageranks
from regions.arrays import Floats
from regions.words import Words


def measure_centrality(network: nx.Graph, *, adjacency: Adjacency | None = None) -> pd.DataFrame:
    r"""Measure how central each region is.

    Weights are strengths of collaboration; shortest paths use the distance :math:`1/w`. Scaling all weights
    leaves everything but strength and closeness (which scale with them) as it is.

    Parameters
    ----------
    network
        Any Graph or DiGraph. A link without a ``weight`` weighs 1, a link of weight 0 is no link, self loops
        are left out. Node attributes ``internal`` and ``external`` are used if present.
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
          paths shared out; divided by (n-1)(n-2)/2 (DiGraph: (n-1)(n-2)) pairs; 0 when n < 3;
        - ``closeness``: harmonic [2]_, sum of 1/distance *to* the region over all others, divided by n-1; in
          units of weight, not bounded by 1;
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

    Examples
    --------
    >>> import networkx as nx
    >>> measure_centrality(nx.path_graph(3))["betweenness"].tolist()
    [0.0, 1.0, 0.0]
    """
    adjacency = build_adjacency(network if adjacency is None else adjacency)
    batch = build_batch(adjacency, around=read_surroundings(network))
    return tabulate_scores((CENTRALITY,), batch, adjacency)


def tabulate_scores(measures: tuple[Measure, ...], batch: Batch, adjacency: Adjacency) -> pd.DataFrame:
    """Return the scores of one network, index ``code``; counts are whole numbers where none is missing."""
    columns = {name: values[0] for name, values in measure_batch(measures, batch).items()}
    whole = {column.name for each in measures for column in each.columns if column.unit == "regions"}
    return pd.DataFrame(
        {name: values.astype(np.int64) if name in whole else values for name, values in columns.items()},
        index=adjacency.nodes,
    )


def read_surroundings(network: nx.Graph) -> dict[str, Floats]:
    """Return ``internal`` (NaN where not known) and ``external`` (0) of the nodes, (n,) each."""
    read = {}
    for name, missing in (("internal", np.nan), ("external", 0.0)):
        values = (value for _, value in network.nodes(data=name, default=missing))
        read[name] = np.fromiter(values, dtype=float, count=len(network))
    return read


def _measure(batch: Batch) -> Mapping[str, Floats]:
    return {
        **measure_degrees(batch),
        **_measure_external_share(batch),
        **_measure_path_columns(batch),
        "eigenvector": measure_eigenvectors(batch),
        "pagerank": measure_pageranks(batch),
    }


def measure_degrees(batch: Batch) -> dict[str, Floats]:
    """Return ``degree`` and ``strength`` of all links; directed: those of the links in and out apart, too."""
    degree, strength = batch.count_links(), batch.sum_weights()
    if not batch.directed:
        return {"degree": degree, "strength": strength}
    in_degree, in_strength = batch.count_links(into=True), batch.sum_weights(into=True)
    return {
        "degree": in_degree + degree,
        "strength": in_strength + strength,
        "in_degree": in_degree,
        "out_degree": degree,
        "in_strength": in_strength,
        "out_strength": strength,
    }


def _measure_external_share(batch: Batch) -> dict[str, Floats]:
    total = batch.internal + measure_degrees(batch)["strength"] + batch.external
    share = np.full(total.shape, np.nan)
    np.divide(batch.internal, total, out=share, where=total > 0)
    return {"external_share": 1.0 - share}


def _measure_path_columns(batch: Batch) -> dict[str, Floats]:
    n = batch.shape[1]
    if batch.large:
        sums = sample_paths(build_lengths(batch.weights), np.arange(n, dtype=np.int64))
        between, nearness = sums.dependency[None], sums.nearness[None]
    else:
        near = np.zeros_like(batch.distances)
        np.divide(1.0, batch.distances, out=near, where=batch.distances > 0)
        between, nearness = measure_betweenness(batch.weights, batch.distances), near.sum(axis=1)
    # The sum runs over ordered pairs, which in an undirected network doubles it and the number of pairs alike.
    return {"betweenness": between / max((n - 1) * (n - 2), 1), "closeness": nearness / max(n - 1, 1)}


CENTRALITY = Measure(
    "centrality",
    _measure,
    (
        Column(
            "degree",
            Words("Partners", "合作地区数"),
            Words("Number of regions it has a link to", "有联系的地区个数"),
            "count",
            unit="regions",
            better="more",
        ),
        Column(
            "strength",
            Words("Strength", "联系强度"),
            Words("Weight of all links to other regions", "与其他地区联系的权重之和"),
            "count",
            unit="weight",
            better="more",
        ),
        Column(
            "external_share",
            Words("External share", "跨地区合作占比"),
            Words("Share of its collaboration that crosses its border", "全部协作中跨地区协作所占的比例"),
            "share",
        ),
        Column(
            "betweenness",
            Words("Betweenness", "中介中心性"),
            Words("How often it lies on the shortest path between two others", "位于其他地区最短路径上的程度"),
            better="more",
        ),
        Column(
            "closeness",
            Words("Closeness (harmonic)", "接近中心性（调和）"),
            Words("How near it is to all others along strong links", "沿强联系到其他所有地区的接近程度"),
            unit="weight",
            better="more",
        ),
        Column(
            "eigenvector",
            Words("Eigenvector", "特征向量中心性"),
            Words("Linked to regions that are well linked", "与联系密切的地区相连的程度"),
            better="more",
        ),
        Column(
            "pagerank",
            Words("PageRank", "PageRank"),
            Words("Share of a random walk along the links", "沿联系随机游走时停留的比例"),
            better="more",
        ),
        Column(
            "in_degree",
            Words("Links received", "接收联系数"),
            Words("Number of such links", "该方向的联系数"),
            "count",
            unit="regions",
        ),
        Column(
            "out_degree",
            Words("Links sent", "发出联系数"),
            Words("Number of such links", "该方向的联系数"),
            "count",
            unit="regions",
        ),
        Column(
            "in_strength",
            Words("Weight received", "接收联系强度"),
            Words("Weight of such links", "该方向联系的权重之和"),
            unit="weight",
        ),
        Column(
            "out_strength",
            Words("Weight sent", "发出联系强度"),
            Words("Weight of such links", "该方向联系的权重之和"),
            unit="weight",
        ),
    ),
    formula="k; s = Σ w; 1 - internal / all; shortest paths of length 1/w; Σ 1/d; leading eigenvector; walk, α = .85",
    source="Freeman 1977; Rochat 2009; Bonacich 1987; Brin & Page 1998",
)

SURROUNDINGS = Measure(
    "surroundings",
    lambda batch: {"internal": batch.internal, "external": batch.external},
    (
        Column(
            "internal",
            Words("Internal", "区内合作"),
            Words("Weight of collaboration inside the region", "地区内部合作的权重"),
            unit="weight",
        ),
        Column(
            "external",
            Words("Outside the study", "研究范围外"),
            Words("Weight of links to regions outside the focus", "与研究范围外地区的联系权重"),
            unit="weight",
        ),
    ),
)
"""Known of every network, and so not on the list of what is measured."""
