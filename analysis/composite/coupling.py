"""Coupling coordination (耦合协调度): how far systems are developed, and how evenly."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from analysis.composite.indicator_normalisation import UNIT_SCALES
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

CouplingForm: TypeAlias = Literal["standard", "modified"]

_FEWEST = 2
_ROUNDING = 1e-9


def measure_coupling(
    systems: pd.DataFrame, *, weights: Sequence[float] | None = None, form: CouplingForm = "standard"
) -> pd.DataFrame:
    r"""Measure the degree of coupling coordination of two or more systems.

    ``standard``: :math:`C=n\,(\prod_iU_i)^{1/n}/\sum_iU_i`, in [0, 1] for any n. ``modified`` [1]_:
    :math:`C'=\sqrt{\big[1-\tfrac{2}{n(n-1)}\sum_{i<j}|U_i-U_j|\big]\big(\prod_iU_i/\max U\big)^{1/(n-1)}}`, which
    spreads over [0, 1] where C crowds near 1. :math:`T=\sum_ia_iU_i`, :math:`D=\sqrt{C\,T}`.

    Parameters
    ----------
    systems
        One column per system, values in [0, 1]; any index.
    weights
        Of the systems in T, sum 1; equal by default.
    form
        See above.

    Returns
    -------
    DataFrame
        Same index; ``coupling`` C, ``development`` T, ``coordination`` D, ``lagging`` (the system with the lowest
        value; "" where several share it). A row with a missing system is NaN. Where all are 0, C is 0.

    Raises
    ------
    MethodError
        For fewer than two systems, values outside [0, 1], or weights that do not fit.

    Notes
    -----
    C is high where systems are alike, also where all are poor: read D. The classes that papers put on D are conventions
    without a common source, so none are given here.

    References
    ----------
    .. [1] Wang, S., Kong, W., Ren, L., Zhi, D., & Dai, B. (2021). Research on misuses and modification of coupling
       coordination degree model in China. Journal of Natural Resources 36(3), 793-810.
       https://doi.org/10.31497/zrzyxb.20210319

    Examples
    --------
    >>> import pandas as pd
    >>> u = pd.DataFrame({"research": [0.8, 0.5], "industry": [0.2, 0.5]}, index=["A", "B"])
    >>> measure_coupling(u)[["coupling", "coordination"]].round(4).to_numpy().tolist()
    [[0.8, 0.6325], [1.0, 0.7071]]
    >>> measure_coupling(u, form="modified")["coupling"].round(4).tolist()
    [0.3162, 1.0]
    """
    values = clip_rounding(systems.to_numpy(dtype=float))
    shares = _check(values, weights)
    if form not in {"standard", "modified"}:
        raise MethodError(say("composite/choice", name="form", value=form, known=("standard", "modified")))
    coupling = couple(values) if form == "standard" else couple_modified(values)
    development = values @ shares
    return pd.DataFrame(
        {
            "coupling": coupling,
            "development": development,
            "coordination": np.sqrt(coupling * development),
            "lagging": _find_lagging(values, [str(name) for name in systems.columns]),
        },
        index=systems.index,
    )


def clip_rounding(values: Floats) -> Floats:
    """Return values with those that leave [0, 1] by rounding put on its ends: a weighted mean of ones may pass 1."""
    near = np.where((values > 1) & (values < 1 + _ROUNDING), 1.0, values)
    return np.asarray(np.where((near < 0) & (near > -_ROUNDING), 0.0, near), dtype=float)


def _check(values: Floats, weights: Sequence[float] | None) -> Floats:
    n = values.shape[1] if values.ndim == _FEWEST else 0
    shares = np.full(n, 1 / max(n, 1)) if weights is None else np.asarray(weights, dtype=float)
    outside = int(((values < 0) | (values > 1)).sum())
    fits = len(shares) == n and (shares >= 0).all() and abs(shares.sum() - 1) < 1e-9  # noqa: PLR2004 - rounding
    if n < _FEWEST or outside or not fits:
        raise MethodError(say("coupling/systems", count=n, outside=outside, weights=shares.tolist()))
    return shares


def couple(values: Floats) -> Floats:
    """Return C in the standard form for rows of U, (R, n) -> (R,)."""
    n = values.shape[1]
    most = values.max(axis=1)
    ratio = np.divide(values, most[:, None], out=np.zeros_like(values), where=most[:, None] > 0)  # no underflow
    product = np.prod(ratio, axis=1) ** (1 / n)
    empty = np.where(np.isnan(most), np.nan, 0.0)
    return np.asarray(np.divide(product, ratio.mean(axis=1), out=empty, where=most > 0), dtype=float)


def couple_modified(values: Floats) -> Floats:
    """Return C in the modified form for rows of U, (R, n) -> (R,)."""
    n = values.shape[1]
    most = values.max(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(most > 0, values / most, 0.0)
    ratio = np.where(np.isnan(values), np.nan, ratio)
    apart = np.abs(values[:, :, None] - values[:, None, :]).sum(axis=(1, 2)) / (n * (n - 1))
    return np.asarray(np.sqrt(np.maximum(1 - apart, 0) * np.prod(ratio, axis=1) ** (1 / (n - 1))), dtype=float)


def _find_lagging(values: Floats, names: list[str]) -> list[str]:
    lowest = []
    for row in values:
        low = [name for name, value in zip(names, row, strict=True) if value == row.min()]
        lowest.append(low[0] if len(low) == 1 else "")
    return lowest


def measure_obstacles(normalised: pd.DataFrame, weights: "pd.Series[float]") -> pd.DataFrame:
    r"""Measure which indicators hold each region back (障碍度).

    :math:`O_{ij}=w_j(1-x_{ij})/\sum_kw_k(1-x_{ik})`.

    Parameters
    ----------
    normalised
        One column per indicator, in [0, 1], more is better.
    weights
        Index: those columns.

    Returns
    -------
    DataFrame
        Like ``normalised``; rows sum to 1. Missing values take no part; a region at the best value everywhere is NaN.

    Raises
    ------
    MethodError
        For values outside [0, 1] or a column without a weight.

    Examples
    --------
    >>> import pandas as pd
    >>> x = pd.DataFrame({"a": [0.5], "b": [0.75]}, index=["A"])
    >>> measure_obstacles(x, pd.Series({"a": 0.5, "b": 0.5})).round(4).loc["A"].tolist()
    [0.6667, 0.3333]
    """
    cells = pd.DataFrame(clip_rounding(normalised.to_numpy(dtype=float)), normalised.index, normalised.columns)
    outside = int(((cells < 0) | (cells > 1)).sum().sum())
    lacking = [str(name) for name in normalised if name not in weights.index]
    if outside or lacking:
        raise MethodError(say("coupling/obstacles", known=UNIT_SCALES, outside=outside, lacking=lacking))
    gap = (1 - cells) * weights.reindex(normalised.columns)
    total = gap.sum(axis=1)
    return gap.div(total.where(total > 0), axis=0)
