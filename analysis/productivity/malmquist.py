"""The Malmquist index of productivity and its parts, under three frontiers."""

from typing import Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from analysis.productivity.frontier_distance import Orientation, Returns, measure_efficiency
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

Frontier: TypeAlias = Literal["contemporaneous", "global", "sequential"]
Distances: TypeAlias = dict[tuple[int, int], Floats]
"""(frontier of year, units of year) -> efficiency of the units."""

PARTS = ("malmquist", "efficiency_change", "technical_change", "pure_efficiency_change", "scale_change")
_FULL = 1 - 1e-7
_FEWEST_YEARS = 2


def measure_malmquist(
    inputs: Floats,
    outputs: Floats,
    *,
    frontier: Frontier = "contemporaneous",
    orientation: Orientation = "input",
) -> pd.DataFrame:
    r"""Measure the growth of total factor productivity between years.

    ``contemporaneous`` [1]_: :math:`M=\sqrt{\frac{d^t(t+1)}{d^t(t)}\frac{d^{t+1}(t+1)}{d^{t+1}(t)}}` with the
    efficiency d under constant returns; ``sequential``: the frontier of a year is spanned by it and all years before,
    so that nothing is forgotten; ``global`` [2]_: :math:`d^G(t+1)/d^G(t)` with the frontier of all years, which is
    circular. :math:`M=EC\times TC`, :math:`EC=d^{t+1}(t+1)/d^t(t)=PEC\times SEC` with PEC the same under variable
    returns.

    Parameters
    ----------
    inputs, outputs
        (T, N, m) positive, (T, N, s) not negative; at constant prices; every unit in every year.
    frontier, orientation
        See above; under constant returns both orientations give the same index.

    Returns
    -------
    DataFrame
        Index (``unit``, ``period``) by place, period t for the change from t - 1 to t; columns `PARTS` (above 1:
        growth), ``efficiency`` (of the year t, own frontier), ``moves_frontier``: whether the unit helped to push the
        frontier out (technical change, beyond the frontier of before, on that of now [1]_).

    Raises
    ------
    MethodError
        For one year only, values out of range, or an unknown frontier.

    References
    ----------
    .. [1] Fare, R., Grosskopf, S., Norris, M., & Zhang, Z. (1994). Productivity growth, technical progress, and
       efficiency change in industrialized countries. American Economic Review 84, 66-83.
    .. [2] Pastor, J. T., & Lovell, C. A. K. (2005). A global Malmquist productivity index. Economics Letters 88,
    266-271.
       https://doi.org/10.1016/j.econlet.2005.02.013

    Examples
    --------
    >>> import numpy as np
    >>> x = np.ones((2, 2, 1))
    >>> y = np.array([[[1.0], [2.0]], [[1.5], [2.2]]])
    >>> measure_malmquist(x, y)["malmquist"].round(3).tolist()
    [1.5, 1.1]
    """
    if frontier not in get_args(Frontier):
        raise MethodError(say("malmquist/frontier", frontier=frontier, known=get_args(Frontier)))
    if len(inputs) < _FEWEST_YEARS or inputs.shape[:2] != outputs.shape[:2]:
        raise MethodError(say("malmquist/years", years=len(inputs)))
    crs = _measure_distances(inputs, outputs, frontier, orientation, "crs")
    vrs = _measure_own(inputs, outputs, frontier, orientation)
    parts = [_compare_years(crs, vrs, t, frontier) for t in range(1, len(inputs))]
    index = pd.MultiIndex.from_product([range(1, len(inputs)), range(inputs.shape[1])], names=["period", "unit"])
    return pd.concat(parts, ignore_index=True).set_index(index).swaplevel()


def span_frontier(values: Floats, year: int, frontier: Frontier) -> Floats:
    """Return the units that span the frontier of a year, (n, k)."""
    if frontier == "contemporaneous":
        return np.asarray(values[year])
    chosen: Floats = values if frontier == "global" else values[: year + 1]
    return chosen.reshape(-1, values.shape[-1])


def _measure_distances(
    inputs: Floats, outputs: Floats, frontier: Frontier, orientation: Orientation, returns: Returns
) -> Distances:
    years = range(len(inputs))
    base: Frontier = "contemporaneous" if frontier == "global" else frontier
    wanted = [(a, b) for a in years for b in years if abs(a - b) <= (1 if frontier != "global" else 0)]
    found = {
        (a, b): measure_efficiency(
            inputs[b],
            outputs[b],
            reference=(span_frontier(inputs, a, base), span_frontier(outputs, a, base)),
            orientation=orientation,
            returns=returns,
        )
        for a, b in wanted
    }
    if frontier == "global":
        whole = (span_frontier(inputs, 0, "global"), span_frontier(outputs, 0, "global"))
        for b in years:
            found[-1, b] = measure_efficiency(
                inputs[b], outputs[b], reference=whole, orientation=orientation, returns=returns
            )
    return found


def _measure_own(inputs: Floats, outputs: Floats, frontier: Frontier, orientation: Orientation) -> Floats:
    """Return the efficiency of each year under variable returns, (T, N)."""
    base: Frontier = "sequential" if frontier == "sequential" else "contemporaneous"
    return np.stack(
        [
            measure_efficiency(
                inputs[t],
                outputs[t],
                reference=(span_frontier(inputs, t, base), span_frontier(outputs, t, base)),
                orientation=orientation,
                returns="vrs",
            )
            for t in range(len(inputs))
        ]
    )


def combine_index(distances: Distances, t: int, frontier: Frontier) -> Floats:
    """Return the index from year t - 1 to t, (N,)."""
    if frontier == "global":
        return distances[-1, t] / distances[-1, t - 1]
    before = distances[t - 1, t] / distances[t - 1, t - 1]
    after = distances[t, t] / distances[t, t - 1]
    return np.asarray(np.sqrt(before * after))


def _compare_years(crs: Distances, vrs: Floats, t: int, frontier: Frontier) -> pd.DataFrame:
    index = combine_index(crs, t, frontier)
    change = crs[t, t] / crs[t - 1, t - 1]
    pure = vrs[t] / vrs[t - 1]
    technical = index / change
    beyond = crs[t - 1, t] > 1 / _FULL if frontier != "global" else np.ones(len(index), dtype=bool)
    return pd.DataFrame(
        {
            "malmquist": index,
            "efficiency_change": change,
            "technical_change": technical,
            "pure_efficiency_change": pure,
            "scale_change": change / pure,
            "efficiency": crs[t, t],
            "moves_frontier": (technical > 1 / _FULL) & beyond & (crs[t, t] > _FULL),
        }
    )
