"""Weights of indicators: entropy, CRITIC, equal by pillar, given."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np

from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

Weighting: TypeAlias = Literal["equal", "entropy", "critic", "given"]


def weigh_by_entropy(values: Floats) -> Floats:
    r"""Weigh columns by how unevenly they are spread (entropy weights, 熵权法).

    :math:`p_{ij}=x_{ij}/\sum_i x_{ij}`, :math:`e_j=-\sum_i p_{ij}\ln p_{ij}/\ln n` with :math:`0\ln0=0`,
    :math:`w_j=(1-e_j)/\sum(1-e_j)` [1]_. All rows of a panel together are one sample (n = regions x years).

    Parameters
    ----------
    values
        (R, K) not negative: usually min-max values; NaN is left out and n is then the known rows of the column.

    Returns
    -------
    Floats
        (K,) sum 1; a column of zeros, of equal values or without values gets 0.

    Raises
    ------
    MethodError
        For a negative or infinite value, or when no column gets a weight.

    Notes
    -----
    Entropy weights the spread, not the importance: one region far ahead of all others makes an indicator heavy.

    References
    ----------
    .. [1] Hwang, C.-L., & Yoon, K. (1981). Multiple Attribute Decision Making. Springer, ch. 3.

    Examples
    --------
    >>> import numpy as np
    >>> weigh_by_entropy(np.array([[1.0, 2.0], [4.0, 16.0]])).round(6).tolist()
    [0.358889, 0.641111]
    """
    if np.nanmin(values, initial=0.0) < 0 or np.isinf(values).any():
        raise MethodError(say("composite/negative-entropy"))
    total = np.nansum(values, axis=0)
    share = np.divide(values, total, out=np.full_like(values, np.nan), where=total > 0)
    known = (~np.isnan(share)).sum(axis=0)
    product = np.where(share > 0, share * np.log(np.where(share > 0, share, 1.0)), 0.0)
    scale = np.where(known > 1, np.log(np.maximum(known, 2)), np.inf)
    spread = np.where(known > 1, 1 + product.sum(axis=0) / scale, 0.0)
    return _share(np.where(spread < _TINY, 0.0, spread))


def weigh_by_critic(values: Floats) -> Floats:
    r"""Weigh columns by their spread and by how little they repeat the others (CRITIC [1]_).

    :math:`w_j\propto s_j\sum_k(1-r_{jk})` with the standard deviation of the normalised column and Pearson's r over the
    rows that both columns know.

    Parameters
    ----------
    values
        (R, K) normalised, more is better in every column (a column of costs that is not turned round gets another
        weight). NaN is left out pair by pair.

    Returns
    -------
    Floats
        (K,) sum 1; a constant column gets 0; columns that all repeat each other, or one alone, are weighed by spread.

    Raises
    ------
    MethodError
        When no column gets a weight.

    References
    ----------
    .. [1] Diakoulaki, D., Mavrotas, G., & Papayannakis, L. (1995). Determining objective weights in multiple criteria
       problems: The CRITIC method. Computers & Operations Research 22, 763-770.
       https://doi.org/10.1016/0305-0548(94)00059-H

    Examples
    --------
    >>> import numpy as np
    >>> weigh_by_critic(np.array([[0.0, 1.0, 0.0], [0.5, 0.5, 0.0], [1.0, 0.0, 1.0]])).round(3).tolist()
    [0.257, 0.465, 0.278]
    """
    return _share(combine_critic(*measure_contrast(values)))


_TINY = 1e-12


def measure_contrast(values: Floats) -> tuple[Floats, Floats]:
    """Return the standard deviation of each column (K,) and 1 - r of each pair (K, K), 0 where r does not exist."""
    known = ~np.isnan(values)
    mask = known.astype(float)
    mean = np.divide(np.nansum(values, axis=0), mask.sum(axis=0), out=np.zeros(mask.shape[1]), where=known.any(axis=0))
    filled = np.where(known, values - mean, 0.0)  # centred: squares of large numbers would drown what differs
    n = mask.T @ mask
    safe = np.where(n > 1, n, np.nan)
    sums, squares, products = filled.T @ mask, (filled**2).T @ mask, filled.T @ filled
    variance = squares / safe - (sums / safe) ** 2
    covariance = products / safe - (sums / safe) * (sums.T / safe)
    with np.errstate(invalid="ignore", divide="ignore"):
        r = covariance / np.sqrt(variance * variance.T)
    least = (_TINY * np.fmax.reduce(np.abs(values), axis=0, initial=0.0)) ** 2  # rounding
    sound = (variance > least[:, None]) & (least < variance.T)
    conflict = np.where(sound & np.isfinite(r), 1 - np.clip(r, -1, 1), 0.0)
    np.fill_diagonal(conflict, 0.0)
    own = np.diag(variance)
    return np.sqrt(np.where(np.isfinite(own) & (own > least), own, 0.0)), conflict


def combine_critic(spread: Floats, conflict: Floats, kept: Floats | None = None) -> Floats:
    """Return the unscaled CRITIC weights of the columns that are kept (all by default), 0 for the others."""
    kept = np.ones_like(spread) if kept is None else kept
    found = np.asarray(spread * kept * (conflict @ kept))
    return found if found.sum() > 0 else np.asarray(spread * kept)


def weigh_equally(pillars: Sequence[str]) -> Floats:
    """Return equal weights of pillars, and of the indicators within each: (K,) sum 1.

    Examples
    --------
    >>> weigh_equally(["a", "a", "b"]).tolist()
    [0.25, 0.25, 0.5]
    """
    names = list(pillars)
    return np.array([1 / (len(set(names)) * names.count(name)) for name in names])


def _share(weights: Floats) -> Floats:
    total = weights.sum()
    if not total > 0:
        raise MethodError(say("composite/no-weight"))
    return np.asarray(weights / total)
