"""Concentration of partners: whether a region depends on a few, or shares its collaboration among many."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.networks.adjacency import Network, build_adjacency
from analysis.scores.batch import Batch, build_batch
from analysis.scores.centrality import tabulate_scores
from analysis.scores.registry import Column, Measure
from regions.arrays import Floats
from regions.words import Words


def measure_concentration(network: Network) -> pd.DataFrame:
    r"""Measure how far the collaboration of each region is concentrated on few partners.

    :math:`Y_i = \sum_j (w_{ij} / s_i)^2`, the Herfindahl index of the weights of its links [1]_.

    Parameters
    ----------
    network
        Any Graph or DiGraph (links in and out of one partner are added up); a link without a ``weight`` weighs 1, self
        loops are left out.

    Returns
    -------
    DataFrame
        Index ``code``, column ``partner_concentration``: 1 for a single partner, 1/k for k equal ones; NaN for an
        isolate.

    Raises
    ------
    MethodError
        For a network that `analysis.networks.adjacency.build_adjacency` refuses.

    References
    ----------
    .. [1] Barthelemy, M., Gondran, B., & Guichard, E. (2003). Spatial structure of the internet traffic. Physica A 319,
       633-642. https://doi.org/10.1016/S0378-4371(02)01382-1

    Examples
    --------
    >>> import networkx as nx
    >>> measure_concentration(nx.star_graph(4))["partner_concentration"].tolist()
    [0.25, 1.0, 1.0, 1.0, 1.0]
    """
    adjacency = build_adjacency(network)
    return tabulate_scores((CONCENTRATION,), build_batch(adjacency), adjacency)


def _measure(batch: Batch) -> Mapping[str, Floats]:
    both = batch.join_directions()
    total, squares = both.sum_weights(), both.transform(np.square).sum_weights()
    index = np.full(total.shape, np.nan)
    np.divide(squares, total**2, out=index, where=total > 0)
    return {"partner_concentration": index}


CONCENTRATION = Measure(
    "concentration",
    _measure,
    (
        Column(
            "partner_concentration",
            Words("Concentration of partners", "合作伙伴集中度"),
            Words(
                "1: all with one partner; 1/k: shared evenly among k (Herfindahl index)",
                "1 为全部集中于一个伙伴；1/k 为平均分布于 k 个伙伴（赫芬达尔指数）",
            ),
            "share",
            better="less",
        ),
    ),
    formula="Σ (w_ij / s_i)²",
    source="Barthelemy, Gondran & Guichard 2003",
    shown=False,
)
