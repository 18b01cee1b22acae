"""k-cores: what is left when weakly linked regions are peeled off."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.networks.adjacency import Network, build_adjacency
from analysis.scores.batch import Batch, build_batch
from analysis.scores.centrality import tabulate_scores
from analysis.scores.registry import Column, Measure
from regions.arrays import Booleans, Floats
from regions.words import Words

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

    Examples
    --------
    >>> import networkx as nx
    >>> measure_cores(nx.lollipop_graph(3, 1))["core_number"].tolist()
    [2, 2, 2, 1]
    """
    adjacency = build_adjacency(network)
    return tabulate_scores((CORES,), build_batch(adjacency), adjacency)


def count_cores(batch: Batch) -> Floats:
    """Return the core number of each node by links alone, (B, n)."""
    # Two regions linked both ways have two links: directions are added up after links are counted.
    return np.rint(_peel(batch.transform(np.ones_like).join_directions()))


def _measure(batch: Batch) -> Mapping[str, Floats]:
    return {"core_number": count_cores(batch), "core_strength": _peel(batch.join_directions())}


def _peel(batch: Batch) -> Floats:
    """Return the level at which peeling the weakest first removes each node; all networks go in step."""
    value = batch.sum_weights()
    level, core = np.zeros((len(value), 1)), np.zeros(value.shape)
    alive = np.ones(value.shape, dtype=bool)
    while alive.any():
        lowest = np.where(alive, value, np.inf).min(axis=1, keepdims=True)
        level = np.where(np.isfinite(lowest), np.maximum(level, lowest), level)
        leaving = alive & (value <= level * (1 + _ROUNDING))
        core += level * leaving
        alive &= ~leaving
        value = value - _sum_links_with(batch, leaving)
    return core


def _sum_links_with(batch: Batch, chosen: Booleans) -> Floats:
    """Return (B, n) weight of the links of each region with the chosen ones."""
    if len(chosen) > 1:
        return np.asarray((batch.weights @ chosen[:, :, None].astype(float))[:, :, 0])
    rows = batch.weights if batch.large else batch.weights[0]
    return np.asarray(rows[np.flatnonzero(chosen[0])].sum(axis=0), dtype=float).reshape(1, -1)


CORES = Measure(
    "cores",
    _measure,
    (
        Column(
            "core_number",
            Words("Core number", "k-核数"),
            Words(
                "Largest k whose core (all have k links inside) holds it", "所属 k-核的最大 k（核内各地至少 k 条联系）"
            ),
            "count",
            unit="regions",
            better="more",
        ),
        Column(
            "core_strength",
            Words("Core strength", "s-核强度"),
            Words("The same by weight of links", "以联系权重计算的核强度"),
            unit="weight",
            better="more",
        ),
    ),
    formula="largest k (s) whose core holds the region",
    source="Seidman 1983; Eidsaa & Almaas 2013",
    shown=False,
)
