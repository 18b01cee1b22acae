"""What others know and a region can reach: pools of research by technological nearness, exposure along the links."""

import numpy as np
import pandas as pd

from geodata.weights.spatial_weights import AnyWeights, select_weights
from regions.errors import MethodError


def measure_technological_pool(stock: "pd.Series[float]", shares: pd.DataFrame) -> pd.Series:
    r"""Measure the pool of research of others that is near in technology (Jaffe 1986).

    :math:`P_i=\sum_{j\ne i}w_{ij}R_j`, with :math:`w_{ij}` the cosine of the profiles of i and j over the fields [1]_.

    Parameters
    ----------
    stock
        Index ``code``: research of each region, such as R&D expenditure.
    shares
        (N, fields) index ``code``: how much of each field a region does; any unit, only proportions count.

    Returns
    -------
    Series
        Index ``code``, in the unit of ``stock``. A region without any field has no place among the technologies: its
        pool is missing, and it adds nothing to the others.

    Raises
    ------
    MethodError
        When regions differ, or a value is missing or negative; they are named.

    References
    ----------
    .. [1] Jaffe, A. B. (1986). Technological opportunity and spillovers of R&D. American Economic Review 76, 984-1001.

    Examples
    --------
    >>> import pandas as pd
    >>> stock = pd.Series({"A": 1.0, "B": 10.0, "C": 100.0})
    >>> fields = pd.DataFrame({"seeds": [1, 1, 0], "pigs": [0, 0, 1]}, index=["A", "B", "C"])
    >>> measure_technological_pool(stock, fields).tolist()
    [10.0, 1.0, 0.0]
    """
    table = shares.reindex(stock.index)
    bad = stock.index[stock.isna() | (stock < 0) | table.isna().any(axis=1) | (table < 0).any(axis=1)]
    if len(bad) or not shares.index.isin(stock.index).all():
        named = ", ".join(map(str, [*bad, *shares.index.difference(stock.index)]))
        raise MethodError(f"stock and fields need values of 0 or more for the same regions; look at: {named}")
    values = table.to_numpy(dtype=float)
    norm = np.linalg.norm(values, axis=1)
    unit = np.divide(values, norm[:, None], out=np.zeros_like(values), where=norm[:, None] > 0)
    near = unit @ unit.T
    np.fill_diagonal(near, 0.0)
    pool = pd.Series(near @ stock.to_numpy(dtype=float), index=stock.index, name="technological_pool")
    return pool.where(pd.Series(norm > 0, index=stock.index))


def measure_exposure(stock: "pd.Series[float]", weights: AnyWeights) -> pd.Series:
    r"""Measure the research of others to which a region is exposed: :math:`E_i=\sum_jw_{ij}R_j`.

    Parameters
    ----------
    stock
        Index ``code``.
    weights
        Any weights, such as `geodata.build_network_weights`; with rows that sum to 1 it is the mean over partners.

    Returns
    -------
    Series
        Index ``code``, in the unit of ``stock``; 0 for a region without partners.

    Raises
    ------
    MethodError
        When a value is missing, or the weights lack a region.

    Examples
    --------
    >>> import pandas as pd
    >>> w = pd.DataFrame([[0, 1], [1, 0]], index=["A", "B"], columns=["A", "B"])
    >>> measure_exposure(pd.Series({"A": 1.0, "B": 10.0}), w).tolist()
    [10.0, 1.0]
    """
    lacking = stock.index[stock.isna()]
    if len(lacking):
        raise MethodError(f"no value for {', '.join(map(str, lacking))}")
    found = select_weights(weights, stock.index)
    return pd.Series(found.lag(np.asarray(stock, dtype=np.float64)), index=stock.index, name="exposure")
