"""Average direct, indirect and total impacts, and draws of what they depend on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.spatial.rho_series import interpolate
from geodata.weights.normalisation import is_row_normalised
from geodata.weights.spatial_weights import SpatialWeights
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

if TYPE_CHECKING:
    from analysis.spatial.spatial_fit import SpatialFit

EFFECTS = ("direct", "indirect", "total")

_SLOW = 0.98
_SMALL = 1e-14
_ROUNDS = 100
_BLOCK = 2_000_000


class ImpactDraws(NamedTuple):
    """Coefficients of the lags and levels of x, and rho; the estimate first, then the draws.

    Attributes
    ----------
    rho
        (1 + D,) of the lag of y; 0 in models without one.
    beta, theta
        (1 + D, K) of x and of WX; theta 0 where the model has none.
    unstable
        Share of draws that were replaced because rho was not stable.
    """

    rho: Floats
    beta: Floats
    theta: Floats
    unstable: float


def draw_coefficients(fit: "SpatialFit", *, draws: int, seed: int) -> ImpactDraws:
    """Draw coefficients and rho from their joint normal distribution; unstable draws are drawn again.

    Raises
    ------
    MethodError
        For fewer than 1 draw, an estimate that is not stable itself, or where hardly any draw is stable.
    """
    if draws < 1:
        raise MethodError(f"at least one draw is needed; got {draws}")
    values = fit.table["estimate"].to_numpy()
    root = _take_root(fit.covariance.to_numpy())
    rng = np.random.default_rng(seed)
    lag = fit.determinant is not None and fit.model in {"sar", "sdm"}
    limit = 1 / fit.determinant.radius if fit.determinant is not None and lag else np.inf
    if lag and abs(values[-1]) >= limit:
        raise MethodError(say("spatial/unstable", rho=values[-1]))
    kept, drawn = [values[None, :]], 0
    while (left := draws + 1 - sum(map(len, kept))) > 0:
        if drawn > _ROUNDS * draws:
            raise MethodError(say("average-impacts/hardly-any-draw"))
        some = values + rng.standard_normal((left, len(values))) @ root.T
        drawn += left
        kept.append(some[np.abs(some[:, -1]) < limit] if lag else some)
    return _split(fit, np.concatenate(kept), lag=lag, unstable=1 - draws / drawn)


def _take_root(covariance: Floats) -> Floats:
    """Return a root by Cholesky, on the scale of correlations: its signs are the same on every machine."""
    scale = np.sqrt(np.diag(covariance))
    return np.asarray(scale[:, None] * np.linalg.cholesky(covariance / np.outer(scale, scale)))


def _split(fit: "SpatialFit", values: Floats, *, lag: bool, unstable: float) -> ImpactDraws:
    first = 1 if fit.arrays.names[0] == "constant" else 0
    k = len(fit.x)
    beta = values[:, first : first + k]
    durbin = len(fit.arrays.names) > first + k
    theta = values[:, first + k : first + 2 * k] if durbin else np.zeros_like(beta)
    return ImpactDraws(values[:, -1] if lag else np.zeros(len(values)), beta, theta, unstable)


def measure_average(fit: "SpatialFit", drawn: ImpactDraws) -> Floats:
    r"""Return direct, indirect and total impact of each variable by draw, (1 + D, K, 3).

    The traces come from the eigenvalues (or the log-determinant), :math:`1'S1` from moments :math:`1'W^m1`: no matrix
    is inverted.
    """
    n = len(fit.arrays.weights.codes)
    own, lagged = np.ones(len(drawn.rho)), np.zeros(len(drawn.rho))
    if fit.determinant is not None and drawn.rho.any():
        step = max(1, _BLOCK // n)
        parts = [drawn.rho[at : at + step] for at in range(0, len(drawn.rho), step)]
        determinant = fit.determinant.follow(float(drawn.rho.min()), float(drawn.rho.max()))
        lagged = np.concatenate([determinant.trace(part) for part in parts]) / n
        own = 1 + drawn.rho * lagged
    radius = 1.0 if fit.determinant is None else fit.determinant.radius
    direct = drawn.beta * own[:, None] + drawn.theta * lagged[:, None]
    all_own, all_lagged = sum_inverse(fit.arrays.weights, drawn.rho, radius)
    total = drawn.beta * all_own[:, None] + drawn.theta * all_lagged[:, None]
    return np.stack([direct, total - direct, total], axis=-1)


def sum_inverse(weights: SpatialWeights, rho: Floats, radius: float) -> tuple[Floats, Floats]:
    r"""Return :math:`1'S1/N` and :math:`1'SW1/N`, :math:`S=(I-\rho W)^{-1}`, at each rho.

    Where rows of W sum to 1 both are :math:`1/(1-\rho)`; else by moments :math:`1'W^m1`, or, where some rho is so near
    its limit that they settle slowly, by a series over a few solutions.
    """
    if is_row_normalised(weights):
        return 1 / (1 - rho), 1 / (1 - rho)
    if not rho.any():
        return np.ones(len(rho)), np.full(len(rho), float(weights.row_sums.mean()))
    if float(np.abs(rho).max()) * radius > _SLOW:
        own = _follow_sums(weights, rho, radius)
        lagged = np.divide(own - 1, rho, out=np.full(len(rho), float(weights.row_sums.mean())), where=rho != 0)
        return own, lagged
    own, lagged, power = np.ones(len(rho)), np.zeros(len(rho)), np.ones(len(rho))
    vector, left = np.ones(len(weights.codes)), 1.0
    while left > _SMALL and vector.any():
        vector = np.asarray(weights.matrix @ vector)
        mean = float(vector.mean())
        lagged = lagged + power * mean
        power = power * rho
        own = own + power * mean
        left = float(np.abs(power).max() * np.abs(vector).max())
    return own, lagged


def _follow_sums(weights: SpatialWeights, rho: Floats, radius: float) -> Floats:
    from scipy.sparse.linalg import spsolve  # noqa: PLC0415 - seldom needed

    ones, identity = np.ones(len(weights.codes)), sparse.eye_array(len(weights.codes))

    def sum_at(at: float) -> Floats:
        return np.asarray(spsolve(sparse.csc_array(identity - at * weights.matrix), ones).mean())

    return interpolate(rho, radius, sum_at)


def summarise_impacts(values: Floats, x: Sequence[str], *, level: float) -> pd.DataFrame:
    """Lay out (1 + D, K, 3) as ``variable``, ``effect``, ``estimate``, ``low``, ``high``."""
    low, high = np.quantile(values[1:], [(1 - level) / 2, (1 + level) / 2], axis=0)
    rows = [
        (name, effect, values[0, k, e], low[k, e], high[k, e])
        for k, name in enumerate(x)
        for e, effect in enumerate(EFFECTS)
    ]
    return pd.DataFrame(rows, columns=["variable", "effect", "estimate", "low", "high"])
