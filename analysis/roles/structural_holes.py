"""Structural holes: how far the partners of a region are each other's partners."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.networks.adjacency import Network, build_adjacency
from analysis.scores.batch import Batch, build_batch
from analysis.scores.centrality import tabulate_scores
from analysis.scores.registry import Column, Measure
from regions.arrays import Floats
from regions.words import Words


def measure_structural_holes(network: Network, *, weighted: bool = True) -> pd.DataFrame:
    r"""Measure Burt's constraint and effective size.

    With :math:`a_{ij}` the weight from i to j, :math:`p_{ij} = (a_{ij}+a_{ji}) / \sum_k (a_{ik}+a_{ki})` and
    :math:`m_{jq} = (a_{jq}+a_{qj}) / \max_k (a_{jk}+a_{kj})` [1]_, over the partners j of i:

    - constraint :math:`c_i = \sum_j (p_{ij} + \sum_q p_{iq} p_{qj})^2`;
    - effective size :math:`\sum_j (1 - \sum_q p_{iq} m_{jq})`.

    All pairs at once these are two matrix products, :math:`PP` and :math:`PM'`.

    Parameters
    ----------
    network
        Any Graph or DiGraph; a link without a ``weight`` weighs 1, self loops are left out. The direction of links
        plays no part.
    weighted
        False takes every weight as 1.

    Returns
    -------
    DataFrame
        Index ``code``, in the order of the network; NaN for isolates, of whose partners nothing can be said.

        - ``constraint``: high when the partners of a region are linked to each other; not bounded by 1;
        - ``effective_size``: number of partners less their redundancy, 1 to the number of partners;
        - ``efficiency``: effective size per partner.

    Raises
    ------
    MethodError
        For a network that `analysis.networks.adjacency.build_adjacency` refuses.

    References
    ----------
    .. [1] Burt, R. S. (1992). Structural Holes. Harvard University Press. Borgatti, S. P. (1997). Structural holes:
       unpacking Burt's redundancy measures. Connections 20, 35-38.

    Examples
    --------
    >>> import networkx as nx
    >>> measure_structural_holes(nx.star_graph(2))["effective_size"].tolist()
    [2.0, 1.0, 1.0]
    """
    adjacency = build_adjacency(network)
    batch = build_batch(adjacency)
    return tabulate_scores((STRUCTURAL_HOLES,), batch if weighted else batch.transform(np.ones_like), adjacency)


def _measure(batch: Batch) -> Mapping[str, Floats]:
    both = batch.join_directions()
    partners = both.count_links()
    constraint, redundancy = _sum_sparse(both.weights) if both.large else _sum_dense(both)
    known = partners > 0
    size = partners - redundancy
    return {
        "constraint": np.where(known, constraint, np.nan),
        "effective_size": np.where(known, size, np.nan),
        "efficiency": np.divide(size, partners, out=np.full(partners.shape, np.nan), where=known),
    }


def _sum_dense(batch: Batch) -> tuple[Floats, Floats]:
    """Return (B, n) constraint and redundancy."""
    share = _divide(batch.weights, batch.weights.sum(axis=2, keepdims=True))
    scaled = _divide(batch.weights, batch.weights.max(axis=2, keepdims=True, initial=0.0))
    constraint = np.where(batch.linked, (share + share @ share) ** 2, 0.0).sum(axis=2)
    return constraint, np.where(batch.linked, share @ scaled.transpose(0, 2, 1), 0.0).sum(axis=2)


def _divide(above: Floats, below: Floats) -> Floats:
    """Divide; 0 where there is nothing to divide by."""
    return np.asarray(np.divide(above, below, out=np.zeros_like(above), where=below > 0))


def _sum_sparse(weights: sparse.csr_array) -> tuple[Floats, Floats]:
    """Return (1, n) constraint and redundancy of a network too large for full matrices."""
    total, highest = weights.sum(axis=1), weights.max(axis=1).toarray().ravel()
    share, scaled = (sparse.diags_array(_invert(each)) @ weights for each in (total, highest))
    linked = weights.copy()
    linked.data = np.ones_like(weights.data)
    constraint = (share + (share @ share).multiply(linked)).power(2).sum(axis=1)
    redundancy = (share @ scaled.T).multiply(linked).sum(axis=1)
    return np.asarray(constraint).reshape(1, -1), np.asarray(redundancy).reshape(1, -1)


def _invert(values: Floats) -> Floats:
    return np.asarray(np.divide(1.0, values, out=np.zeros_like(values), where=values > 0))


STRUCTURAL_HOLES = Measure(
    "structural_holes",
    _measure,
    (
        Column(
            "constraint",
            Words("Constraint", "约束系数"),
            Words("Burt: how far its partners are linked to each other", "Burt 结构洞约束：伙伴之间相互联系的程度"),
            better="less",
        ),
        Column(
            "effective_size",
            Words("Effective size", "有效规模"),
            Words("Partners less their redundancy", "伙伴数减去冗余"),
            better="more",
        ),
        Column(
            "efficiency",
            Words("Efficiency", "效率"),
            Words("Effective size per partner", "有效规模与伙伴数之比"),
            "share",
            better="more",
        ),
    ),
    formula="Σ (p_ij + Σ p_iq p_qj)²; Σ (1 - Σ p_iq m_jq)",
    source="Burt 1992; Borgatti 1997",
    shown=False,
)
