"""Gini, Theil, coefficient of variation, and Dagum's parts of the Gini, for weighted values."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

INDICES = ("gini", "theil", "cv")

Labels: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[Any]]"
"""(N,) the group of each region, names or whole numbers."""


def check_values(values: Floats, weights: Floats | None) -> tuple[Floats, Floats]:
    """Return values and weights as floats, refusing what has no inequality.

    Raises
    ------
    MethodError
        For a missing or negative value, weights that are not above 0 or not one per value, or a mean of 0.
    """
    x = np.asarray(values, dtype=float)
    w = np.ones(len(x)) if weights is None else np.asarray(weights, dtype=float)
    weighed = len(w) == len(x) and bool((w > 0).all()) and bool(np.isfinite(w).all())
    if len(x) == 0 or not np.isfinite(x).all() or (x < 0).any() or not weighed or not x.sum() > 0:
        raise MethodError(say("inequality/values", count=len(x)))
    return x, w / w.sum()


def check_groups(groups: Labels, count: int) -> Labels:
    """Return the groups of regions, refusing a missing one: the parts would not sum to the whole.

    Raises
    ------
    MethodError
        For another number of groups than regions, or a region without one.
    """
    labels: Labels = np.asarray(groups)
    lacking = int(pd.isna(labels).sum())
    if labels.shape != (count,) or lacking:
        raise MethodError(say("inequality/groups", groups=labels.size, count=count, lacking=lacking))
    return labels


def measure_gini(values: Floats, weights: Floats | None = None) -> float:
    r"""Measure the Gini coefficient :math:`\frac{1}{2\mu}\sum_{ij}w_iw_j|x_i-x_j|`, weights of sum 1.

    Parameters
    ----------
    values
        (N,) not negative, such as product per head.
    weights
        (N,) such as population; None: every region counts alike.

    Returns
    -------
    float
        0 (alike) to 1 - 1/N (all in one place, unweighted).

    Examples
    --------
    >>> import numpy as np
    >>> measure_gini(np.array([1.0, 3.0]))
    0.25
    """
    x, w = check_values(values, weights)
    order = np.argsort(x, kind="stable")
    x, w = x[order], w[order]
    middle = np.cumsum(w) - 0.5 * w
    return float(2 * (w * x * (middle - 0.5)).sum() / (w @ x))


def measure_theil(values: Floats, weights: Floats | None = None) -> float:
    r"""Measure Theil's T, :math:`\sum_iw_i\frac{x_i}{\mu}\ln\frac{x_i}{\mu}` with :math:`0\ln0=0`.

    Parameters
    ----------
    values, weights
        As of `measure_gini`.

    Examples
    --------
    >>> import numpy as np
    >>> round(measure_theil(np.array([1.0, 3.0])), 6)  # .25 ln .5 + .75 ln 1.5
    0.130812
    """
    x, w = check_values(values, weights)
    ratio = x / (w @ x)
    return max(float((w * ratio * np.log(np.where(ratio > 0, ratio, 1.0))).sum()), 0.0)  # no rounding below 0


def split_theil(values: Floats, groups: Labels, weights: Floats | None = None) -> tuple[float, float]:
    r"""Return Theil's T between and within groups; their sum is the whole.

    :math:`T_b=\sum_gs_g\ln(\mu_g/\mu)`, :math:`T_w=\sum_gs_gT_g` with the share s of a group in the total.

    Parameters
    ----------
    values, weights
        As of `measure_gini`.
    groups
        (N,) whole numbers or names.

    Examples
    --------
    >>> import numpy as np
    >>> between, within = split_theil(np.array([1.0, 1.0, 3.0, 3.0]), np.array([0, 0, 1, 1]))
    >>> round(between, 6), within
    (0.130812, 0.0)
    """
    x, w = check_values(values, weights)
    groups = check_groups(groups, len(x))
    mean, between, within = float(w @ x), 0.0, 0.0
    for name in np.unique(groups):
        inside = groups == name
        share = float(w[inside] @ x[inside]) / mean
        if share > 0:
            own = float(w[inside] @ x[inside] / w[inside].sum())
            between += share * np.log(own / mean)
            within += share * measure_theil(x[inside], w[inside])
    return float(between), float(within)


def measure_variation(values: Floats, weights: Floats | None = None) -> float:
    r"""Measure the coefficient of variation :math:`\sqrt{\sum_iw_i(x_i-\mu)^2}/\mu`.

    With population as weights it is Williamson's index [1]_, without them the plain one (divisor N).

    References
    ----------
    .. [1] Williamson, J. G. (1965). Regional inequality and the process of national development. Economic Development
       and Cultural Change 13(4), 1-84.

    Examples
    --------
    >>> import numpy as np
    >>> measure_variation(np.array([1.0, 3.0]))
    0.5
    """
    x, w = check_values(values, weights)
    mean = float(w @ x)
    return float(np.sqrt(w @ (x - mean) ** 2) / mean)


@dataclass(frozen=True, slots=True, eq=False)
class Dagum:
    """Dagum's parts of a Gini coefficient.

    Attributes
    ----------
    gini, within, between, overlap
        The whole; of differences inside groups; net between groups; of groups that overlap (transvariation).
        ``within + between + overlap`` is ``gini``.
    groups
        (G,) names in order.
    table
        (G, G) Gini inside a group on the diagonal, between two elsewhere.
    affluence
        (G, G) relative economic affluence of each pair, 1 where they do not overlap.
    """

    gini: float
    within: float
    between: float
    overlap: float
    groups: tuple[str, ...]
    table: Floats
    affluence: Floats


def split_gini(values: Floats, groups: Labels, weights: Floats | None = None) -> Dagum:
    r"""Split the Gini coefficient into parts within, between and of overlapping groups (Dagum [1]_).

    :math:`G_{jh}=\Delta_{jh}/(\mu_j+\mu_h)`, :math:`D_{jh}=(d_{jh}-p_{jh})/(d_{jh}+p_{jh})` with the mean excess d of
    the richer group where it is ahead and p where it is behind; :math:`G_w=\sum_jG_{jj}p_js_j`,
    :math:`G_{nb}=\sum_{j>h}G_{jh}(p_js_h+p_hs_j)D_{jh}`, :math:`G_t` the same with :math:`1-D_{jh}`.

    Parameters
    ----------
    values, weights
        As of `measure_gini`.
    groups
        (N,) names.

    Returns
    -------
    Dagum
        A group of one region has no inequality inside.

    References
    ----------
    .. [1] Dagum, C. (1997). A new approach to the decomposition of the Gini income inequality ratio. Empirical
    Economics
       22, 515-531. https://doi.org/10.1007/BF01205777

    Examples
    --------
    >>> import numpy as np
    >>> found = split_gini(np.array([1.0, 2.0, 3.0, 4.0]), np.array(["a", "b", "a", "b"]))
    >>> round(found.within + found.between + found.overlap, 12) == round(found.gini, 12)
    True
    """
    x, w = check_values(values, weights)
    groups = check_groups(groups, len(x))
    names = np.unique(groups)
    member = groups[None, :] == names[:, None]  # (G, N)
    part = np.where(member, w, 0.0)
    size = part.sum(axis=1)
    mean = part @ x / size
    ahead = np.maximum(x[:, None] - x[None, :], 0.0)
    more = (part @ ahead @ part.T) / np.outer(size, size)  # (j, h): mean of (x_j - x_h) where positive
    apart = more + more.T
    total = mean[:, None] + mean[None, :]
    table = np.divide(apart, total, out=np.zeros_like(apart), where=total > 0)
    affluence = np.divide(np.abs(more - more.T), apart, out=np.zeros_like(apart), where=apart > 0)
    shares = size * mean / (size @ mean)
    cross = np.outer(size, shares)
    within = float((np.diag(table) * size * shares).sum())
    net = table * affluence * cross
    rest = table * (1 - affluence) * cross
    off = ~np.eye(len(names), dtype=bool)
    between, overlap = float(net[off].sum()), float(rest[off].sum())
    labels = tuple(str(name) for name in names)
    return Dagum(within + between + overlap, within, between, overlap, labels, table, affluence)
