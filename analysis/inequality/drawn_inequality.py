"""Inequality of many resamplings at once: each is the same values under other weights."""

import numpy as np

from analysis.inequality.inequality_indices import Labels
from regions.arrays import Floats, Integers


def count_drawn(rows: Integers, count: int) -> Floats:
    """Return how often each of ``count`` places stands in each row of (D, M): (D, count).

    Examples
    --------
    >>> import numpy as np
    >>> count_drawn(np.array([[0, 0, 2], [1, 2, 0]]), 3).tolist()
    [[2.0, 0.0, 1.0], [1.0, 1.0, 1.0]]
    """
    places = rows + count * np.arange(len(rows))[:, None]
    return np.bincount(places.ravel(), minlength=count * len(rows)).reshape(len(rows), count).astype(float)


def measure_drawn(values: Floats, weights: Floats) -> dict[str, Floats]:
    """Measure ``gini``, ``theil`` and ``cv`` of the same values under many weights.

    Parameters
    ----------
    values
        (N,) not negative.
    weights
        (D, N) not negative, such as population times how often a region was drawn.

    Returns
    -------
    dict
        Index -> (D,); NaN where all that has weight is 0. A row equals `measure_gini`, `measure_theil` and
        `measure_variation` of the regions repeated as they were drawn.

    Examples
    --------
    >>> import numpy as np
    >>> found = measure_drawn(np.array([1.0, 3.0]), np.array([[1.0, 1.0], [2.0, 0.0]]))
    >>> found["gini"].tolist(), found["cv"].tolist()
    ([0.25, 0.0], [0.5, 0.0])
    """
    order = np.argsort(values, kind="stable")
    x, w = values[order], weights[:, order]
    whole = w.sum(axis=1, keepdims=True)
    w = np.divide(w, whole, out=np.full_like(w, np.nan), where=whole > 0)
    mean = w @ x
    mean = np.where(mean > 0, mean, np.nan)
    ratio = x / mean[:, None]
    middle = np.cumsum(w, axis=1) - 0.5 * w
    gini = 2 * (w * ratio * (middle - 0.5)).sum(axis=1)
    theil = (w * ratio * np.log(np.where(ratio > 0, ratio, 1.0))).sum(axis=1)
    variance = (w * (ratio - 1) ** 2).sum(axis=1)
    return {"gini": gini, "theil": np.maximum(theil, 0.0), "cv": np.sqrt(variance)}


def split_drawn(values: Floats, groups: Labels, weights: Floats) -> dict[str, Floats]:
    """Split Gini and Theil under many weights by groups, as `split_gini` and `split_theil` do for one.

    Parameters
    ----------
    values, weights
        As of `measure_drawn`; every group has weight in each row.
    groups
        (N,) names.

    Returns
    -------
    dict
        ``gini_within``, ``gini_between``, ``gini_overlap``, ``theil_between``, ``theil_within`` -> (D,); NaN where
        all that has weight is 0.

    Examples
    --------
    >>> import numpy as np
    >>> found = split_drawn(np.array([1.0, 1.0, 3.0, 3.0]), np.array(list("aabb")), np.ones((1, 4)))
    >>> round(float(found["gini_between"][0]), 12), round(float(found["gini_within"][0]), 12)
    (0.25, 0.0)
    """
    w = weights / weights.sum(axis=1, keepdims=True)
    names = np.unique(groups)
    member = (groups[:, None] == names[None, :]).astype(float)  # (N, G)
    size, amount = w @ member, (w * values) @ member  # (D, G)
    own = amount / size
    total = amount.sum(axis=1, keepdims=True)
    shares = np.divide(amount, total, out=np.full_like(amount, np.nan), where=total > 0)
    more = _find_excess(values, groups, w) / (size[:, :, None] * size[:, None, :])
    other = more.transpose(0, 2, 1)
    apart, both = more + other, own[:, :, None] + own[:, None, :]
    table = np.divide(apart, both, out=np.zeros_like(apart), where=both > 0)
    net = np.divide(np.abs(more - other), apart, out=np.zeros_like(apart), where=apart > 0)
    part = table * size[:, :, None] * shares[:, None, :]
    off = ~np.eye(len(names), dtype=bool)
    between, every = (part * net)[:, off].sum(axis=1), part[:, off].sum(axis=1)
    within = np.trace(part, axis1=1, axis2=2)
    theil_between = (shares * np.log(np.where(shares > 0, shares / size, 1.0))).sum(axis=1)
    theil = np.where(np.isnan(within), np.nan, measure_drawn(values, weights)["theil"] - theil_between)
    gini = {"gini_within": within, "gini_between": between, "gini_overlap": every - between}
    return {**gini, "theil_between": theil_between, "theil_within": np.maximum(theil, 0.0)}


def _find_excess(values: Floats, groups: Labels, w: Floats) -> Floats:
    """Return the weighed sum of x of one group less x of another where that is above 0: (D, G, G)."""
    ahead = np.maximum(values[:, None] - values[None, :], 0.0)
    names = np.unique(groups)
    member = (groups[:, None] == names[None, :]).astype(float)
    parts = []
    for name in names:
        inside = groups == name
        parts.append((w * (w[:, inside] @ ahead[:, inside].T)) @ member)
    return np.stack(parts, axis=2)
