"""Structural holes: how far the partners of a region are each other's partners."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analysis.networks.adjacency import Network, build_adjacency

_DENSE = 2000  # up to here full matrices are faster, and take at most 130 MB

Floats = npt.NDArray[np.float64]


def measure_holes(network: Network, *, weighted: bool = True) -> pd.DataFrame:
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

        - ``constraint``: high when the partners of a region are tied to each other; not bounded by 1;
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
    """
    adjacency = build_adjacency(network)
    both = adjacency.weights.copy()
    if not weighted:
        both.data[:] = 1.0
    both = (both + both.T).tocsr()
    row = np.repeat(np.arange(both.shape[0]), np.diff(both.indptr))
    highest = np.zeros(both.shape[0])
    np.maximum.at(highest, row, both.data)
    share, scaled = _scale_rows(both, both.sum(axis=1)), _scale_rows(both, highest)
    detour, redundancy = _multiply(share, share, both), _multiply(share, scaled.T.tocsr(), both)
    partners = np.diff(both.indptr).astype(float)
    known = partners > 0
    constraint = np.bincount(row, weights=(share.data + detour) ** 2, minlength=len(partners))
    size = partners - np.bincount(row, weights=redundancy, minlength=len(partners))
    return pd.DataFrame(
        {
            "constraint": np.where(known, constraint, np.nan),
            "effective_size": np.where(known, size, np.nan),
            "efficiency": np.divide(size, partners, out=np.full(len(partners), np.nan), where=known),
        },
        index=adjacency.nodes,
    )


def _scale_rows(matrix: sparse.csr_array, by: Floats) -> sparse.csr_array:
    scaled = matrix.copy()
    scaled.data = matrix.data / np.repeat(by, np.diff(matrix.indptr))
    return scaled


def _multiply(left: sparse.csr_array, right: sparse.csr_array, where: sparse.csr_array) -> Floats:
    """Return the cells of ``left @ right`` that stand where ``where`` has a cell, in its order."""
    row = np.repeat(np.arange(where.shape[0]), np.diff(where.indptr))
    if where.shape[0] <= _DENSE:
        return np.asarray((left.toarray() @ right.toarray())[row, where.indices])
    pattern = where.copy()
    pattern.data = np.ones_like(where.data)
    # Adding and taking away keeps a cell for every link, also where the product is 0.
    cells = ((left @ right).multiply(pattern) + pattern).tocsr()
    cells.sort_indices()
    order = np.lexsort((where.indices, row))
    values = np.empty(len(row))
    values[order] = cells.data - 1.0
    return values
