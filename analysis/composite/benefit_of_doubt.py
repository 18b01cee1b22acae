"""Benefit of the doubt: each region under the weights that suit it best."""

import numpy as np

from regions.arrays import Booleans, Floats
from regions.errors import MethodError
from regions.messages import say


def measure_benefit_of_doubt(values: Floats, *, least_share: float = 0.0) -> tuple[Floats, Floats]:
    r"""Score each region under the weights that are best for it and let no region pass 1.

    :math:`\max_w\sum_kw_kx_{ik}` subject to :math:`\sum_kw_kx_{jk}\le1` for all j, :math:`w\ge0` and, with
    ``least_share`` a, :math:`w_kx_{ik}\ge a\sum_lw_lx_{il}` [1]_.

    Parameters
    ----------
    values
        (N, K) not negative, more is better. A missing value counts for nothing: its region cannot lean on it.
    least_share
        Of every known indicator in the score, 0 to 1 / K; 0 lets a region rest on its one best indicator, so that many
        reach 1.

    Returns
    -------
    tuple of Floats
        (N,) scores in [0, 1]; (N, K) weights. A region that has no value at all is NaN.

    Raises
    ------
    MethodError
        For a negative value or a share that cannot be met.

    References
    ----------
    .. [1] Cherchye, L., Moesen, W., Rogge, N., & Van Puyenbroeck, T. (2007). An introduction to 'benefit of the doubt'
       composite indicators. Social Indicators Research 82, 111-145. https://doi.org/10.1007/s11205-006-9029-7

    Examples
    --------
    >>> import numpy as np
    >>> scores, weights = measure_benefit_of_doubt(np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.25]]))
    >>> scores.round(6).tolist()  # the third is best under (1, 1): .5 + .25
    [1.0, 1.0, 0.75]
    """
    n, k = values.shape
    known = ~np.isnan(values)
    table = np.where(known, values, 0.0)
    if table.min(initial=0.0) < 0 or not 0 <= least_share <= 1 / k:
        raise MethodError(say("composite/doubt", share=least_share, most=1 / k))
    scores, weights = np.full(n, np.nan), np.full((n, k), np.nan)
    for i in np.flatnonzero(known.any(axis=1)):
        weights[i] = _weigh(table, table[i], known[i], least_share)
        scores[i] = float(table[i] @ weights[i])
    return scores, weights


def _weigh(table: Floats, own: Floats, known: Booleans, least_share: float) -> Floats:
    from scipy.optimize import linprog  # noqa: PLC0415 - a third of the import time, only where used

    rows = [table]
    if least_share:
        rows.append((least_share * own[None, :] - np.diag(own))[known & (own > 0)])
    limits = np.concatenate([np.ones(len(table)), np.zeros(sum(map(len, rows)) - len(table))])
    most = np.where(known & (own > 0), np.inf, 0.0)  # a weight on nothing changes no score
    bounds = np.column_stack([np.zeros(len(own)), most])
    found = linprog(-own, A_ub=np.concatenate(rows), b_ub=limits, bounds=bounds, method="highs")
    return np.asarray(found.x, dtype=float)
