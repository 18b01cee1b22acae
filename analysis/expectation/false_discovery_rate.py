"""Many tests at once: Benjamini-Hochberg and Benjamini-Yekutieli q-values."""

from typing import Literal, get_args

import numpy as np

from regions.arrays import Floats
from regions.errors import MethodError

Correction = Literal["bh", "by"]


def measure_q_values(p: Floats, *, correction: Correction = "bh") -> Floats:
    """Return the false-discovery-rate q-value of each p-value.

    Sorted p_(1) <= ... <= p_(m): q_(i) = min over j >= i of min(1, c m p_(j) / j), with c = 1 for ``bh``
    (independent or positively dependent tests; Benjamini & Hochberg 1995,
    doi:10.1111/j.2517-6161.1995.tb02031.x) and c = 1 + 1/2 + ... + 1/m for ``by`` (any dependence; Benjamini
    & Yekutieli 2001, doi:10.1214/aos/1013699998).

    Parameters
    ----------
    p
        (m,) p-values. NaN is not a test: it stays NaN and does not count in m.
    correction
        ``bh`` or ``by``.

    Returns
    -------
    ndarray
        (m,) q-values in the order of ``p``.

    Raises
    ------
    MethodError
        When a p-value lies outside [0, 1] or the correction is unknown.
    """
    if correction not in get_args(Correction):
        raise MethodError(f"correction must be one of {', '.join(get_args(Correction))}; got {correction!r}")
    values = np.asarray(p, dtype=float)
    if ((values < 0) | (values > 1)).any():
        raise MethodError("p-values must lie between 0 and 1")
    q = np.full(values.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(values))
    order = tested[np.argsort(values[tested], kind="stable")]
    m = len(order)
    rank = np.arange(1, m + 1)
    factor = float((1 / rank).sum()) if correction == "by" else 1.0
    raw = values[order] * (m * factor / rank)  # the largest p is its own q, to the last bit
    q[order] = np.minimum(np.minimum.accumulate(raw[::-1])[::-1], 1.0)
    return q
