"""Efficiency against a frontier of constant returns by its prices: for many draws, a hundred times as fast."""

import numpy as np

from analysis.productivity.frontier_distance import measure_efficiency
from regions.arrays import Floats


def measure_by_prices(inputs: Floats, outputs: Floats, *, reference: tuple[Floats, Floats]) -> Floats:
    r"""Measure the efficiency of units against a frontier of constant returns.

    By duality :math:`\theta=\max_{v,u}\,u'y/v'x` over prices at which no unit of the reference makes a profit,
    :math:`u'y_j\le v'x_j`. The prices that can be the best are the edges of a cone, one for each facet of the frontier
    and the same for every unit, so that they are found once (Qhull) instead of a linear programme per unit.

    Parameters
    ----------
    inputs, outputs, reference
        As of `measure_efficiency`, which checks them; not again here.

    Returns
    -------
    Floats
        (N,) as `measure_efficiency` returns, NaN likewise for an output that the reference does not have. Where Qhull
        fails, the programmes are solved.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[1.0, 4], [2, 2], [4, 1], [4, 4]])
    >>> measure_by_prices(x, np.ones((4, 1)), reference=(x, np.ones((4, 1)))).round(9).tolist()
    [1.0, 1.0, 1.0, 0.5]
    """
    made = reference[1].max(axis=0) > 0
    prices = _find_prices(reference[0], reference[1][:, made])
    if prices is None:
        return measure_efficiency(inputs, outputs, reference=reference)
    costs, worth = prices
    found = ((outputs[:, made] @ worth.T) / (inputs @ costs.T)).max(axis=1)
    return np.where((outputs[:, ~made] > 0).any(axis=1), np.nan, found)


def _find_prices(inputs: Floats, outputs: Floats) -> tuple[Floats, Floats] | None:
    """Return the prices of inputs (F, p) and of outputs (F, s) of each facet; None where Qhull fails."""
    from scipy.spatial import HalfspaceIntersection, QhullError  # noqa: PLC0415 - only where used

    wide, tall = inputs.mean(axis=0), outputs.mean(axis=0)
    x, y = inputs / wide, outputs / tall
    size = x.mean(axis=1, keepdims=True)
    x, y = x / size, y / size
    p, s = x.shape[1], y.shape[1]
    if p == s == 1:
        return 1 / wide[None], (x / y).min(axis=0)[None] / tall
    rows = np.vstack([np.hstack([-x, y]), -np.eye(p + s)])  # rows @ prices <= 0, prices of sum 1
    inside = np.append(np.ones(p), np.full(s, 0.5 * (x.sum(axis=1) / y.sum(axis=1)).min()))
    inside /= inside.sum()
    try:
        cone = HalfspaceIntersection(np.hstack([rows[:, :-1] - rows[:, -1:], rows[:, -1:]]), inside[:-1])
    except QhullError:
        return None
    found = np.asarray(cone.intersections)
    found = np.maximum(np.hstack([found, 1 - found.sum(axis=1, keepdims=True)]), 0.0)
    return found[:, :p] / wide, found[:, p:] / tall
