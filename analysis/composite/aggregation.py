"""Add indicators up: weighted mean, geometric mean, TOPSIS; for many weights at once."""

from typing import Literal, TypeAlias, get_args

import numpy as np

from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

Aggregation: TypeAlias = Literal["additive", "geometric", "topsis"]

_SMALLEST = 1e-300


def aggregate_columns(
    values: Floats, weights: Floats, *, method: Aggregation = "additive", least: float = 0.5
) -> Floats:
    r"""Add the columns of each row up under one or many sets of weights.

    ``additive``: :math:`\sum_jw_jx_j`; ``geometric``: :math:`\exp\sum_jw_j\ln x_j`; ``topsis`` [1]_:
    :math:`d^-/(d^++d^-)` with the weighted Euclidean distances to the best and to the worst value of each column. The
    weights of a row are those of its known columns, made to sum to 1: a missing value is neither zero nor the mean of
    others, the row is judged by what it has.

    Parameters
    ----------
    values
        (R, K) on one scale, more is better; positive for ``geometric``.
    weights
        (K,) or (D, K), not negative.
    method
        See above. For TOPSIS as published give vector-normalised columns.
    least
        A row whose known columns hold less than this share of the weight is NaN.

    Returns
    -------
    Floats
        (R,) or (R, D).

    Raises
    ------
    MethodError
        For an unknown method, weights of sum 0, or a value of 0 or less in a geometric mean.

    References
    ----------
    .. [1] Hwang, C.-L., & Yoon, K. (1981). Multiple Attribute Decision Making. Springer, ch. 3.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[0.2, 0.8], [0.5, np.nan]])
    >>> aggregate_columns(x, np.array([0.25, 0.75])).round(3).tolist()
    [0.65, nan]
    >>> aggregate_columns(x, np.array([0.75, 0.25]), method="geometric").round(3).tolist()
    [0.283, 0.5]
    """
    if method not in get_args(Aggregation):
        raise MethodError(say("composite/choice", name="aggregation", value=method, known=get_args(Aggregation)))
    if method == "geometric" and np.nanmin(values, initial=np.inf) <= 0:
        raise MethodError(say("composite/not-positive", count=int((values <= 0).sum())))
    if not (np.atleast_2d(weights).sum(axis=1) > 0).all():
        raise MethodError(say("composite/no-weight"))
    table = np.atleast_2d(weights) / np.atleast_2d(weights).sum(axis=1, keepdims=True)
    known = (~np.isnan(values)).astype(float)
    held = known @ table.T
    score = _topsis(values, table, known, held) if method == "topsis" else _mean(values, table, held, method)
    score = np.where(held >= least - 1e-9, score, np.nan)
    return score[:, 0] if np.ndim(weights) == 1 else score


def _mean(values: Floats, weights: Floats, held: Floats, method: Aggregation) -> Floats:
    logs = np.log(values) if method == "geometric" else values
    total = np.nan_to_num(logs, nan=0.0) @ weights.T
    mean = np.divide(total, held, out=np.full_like(total, np.nan), where=held > 0)
    return np.asarray(np.exp(mean) if method == "geometric" else mean)


def _topsis(values: Floats, weights: Floats, known: Floats, held: Floats) -> Floats:
    best, worst = np.fmax.reduce(values, axis=0), np.fmin.reduce(values, axis=0)
    squares = weights.T**2
    scale = np.where(held > 0, held, np.nan) ** 2
    above = (np.nan_to_num(best - values, nan=0.0) ** 2 * known) @ squares / scale
    below = (np.nan_to_num(values - worst, nan=0.0) ** 2 * known) @ squares / scale
    far, near = np.sqrt(np.maximum(below, 0)), np.sqrt(np.maximum(above, 0))
    return np.asarray(far / np.maximum(far + near, _SMALLEST))


def measure_topsis(values: Floats, weights: Floats, directions: Floats) -> Floats:
    """Return the closeness of TOPSIS as published: columns divided by their length, then weighed.

    Parameters
    ----------
    values
        (R, K) as they are, complete.
    weights, directions
        (K,); -1 where less is better.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[5.0, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]])
    >>> measure_topsis(x, np.array([0.3, 0.4, 0.3]), np.ones(3)).round(4).tolist()
    [0.5037, 0.6581, 0.7482, 0.334]
    """
    length = np.sqrt((values**2).sum(axis=0))
    return aggregate_columns(directions * values / np.where(length > 0, length, 1.0), weights, method="topsis")
