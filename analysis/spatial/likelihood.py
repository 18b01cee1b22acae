"""Concentrated maximum likelihood of the spatial lag and the spatial error model."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from analysis.spatial.demeaning import PanelDesign
from analysis.spatial.log_determinant import LogDeterminant
from analysis.spatial.panel_data import PanelArrays
from analysis.spatial.recentring import Recentring
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

_GRID = 100
_STEP = 1e-5
_CLOSE = 0.03
_EXPLOSIVE = 0.002
_FAR = 1.1


class Estimate(NamedTuple):
    """The maximum of a likelihood.

    Attributes
    ----------
    rho
        Of the lag or of the error; None without either.
    beta
        (K,).
    sigma2
        Variance of the errors.
    loglik
        Log-likelihood.
    residuals
        (T, N) errors, effects taken out.
    regressors
        (T, N, K) that beta belongs to: effects taken out and, for the error model, filtered.
    periods, regions
        What the likelihood counts.
    curvature
        Minus the second derivative of the profile of rho; 0 without rho.
    """

    rho: float | None
    beta: Floats
    sigma2: float
    loglik: float
    residuals: Floats
    regressors: Floats
    periods: int
    regions: int
    curvature: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class LagProfile:
    """Profile of the lag model: the sum of squares is a parabola in rho.

    Attributes
    ----------
    squares
        The sums of squares and products of the residuals of y and of Wy on x.
    periods, count
        Periods, and observations, that the likelihood counts.
    determinant, recentring
        Of W; no recentring, no year effects to make up for.
    """

    squares: tuple[float, float, float]
    periods: int
    count: int
    determinant: LogDeterminant
    recentring: Recentring | None

    def value(self, rho: Floats) -> Floats:
        """Return the log-likelihood, up to a constant, at each rho."""
        own, cross, lag = self.squares
        log = self.determinant.measure(rho) + (0 if self.recentring is None else self.recentring.measure(rho))
        return np.asarray(self.periods * log - self.count / 2 * np.log(own - 2 * rho * cross + rho**2 * lag))

    def slope(self, rho: float) -> float:
        """Return its derivative."""
        own, cross, lag = self.squares
        fall = _fall(rho, self.determinant, self.recentring)
        return self.periods * fall + self.count * (cross - rho * lag) / (own - 2 * rho * cross + rho**2 * lag)


@dataclass(frozen=True, slots=True, eq=False)
class ErrorProfile:
    """Profile of the error model: each rho filters the data anew.

    Attributes
    ----------
    y, x, lag_y, lag_x
        (T, N), (T, N, K): effects of regions taken out, and their lags.
    row_sums
        (N,) of W; None where no year effects are taken out.
    periods, count, determinant, recentring
        As of `LagProfile`.
    """

    y: Floats
    x: Floats
    lag_y: Floats
    lag_x: Floats
    row_sums: Floats | None
    periods: int
    count: int
    determinant: LogDeterminant
    recentring: Recentring | None

    def filter_data(self, rho: float) -> tuple[Floats, Floats]:
        """Return y and x less rho times their lags, year effects taken out."""
        return self._clear(self.y - rho * self.lag_y, rho), self._clear(self.x - rho * self.lag_x, rho)

    def _clear(self, values: Floats, rho: float) -> Floats:
        if self.row_sums is None:
            return values
        gone = 1 - rho * self.row_sums  # what the constant of a year becomes under the filter
        share = self._find_years(values, rho)
        return values - np.moveaxis(np.multiply.outer(share, gone), -1, 1)

    def _find_years(self, values: Floats, rho: float) -> Floats:
        """Return the effect of each year, (T,) or (T, K), on filtered values."""
        gone = 1 - rho * np.asarray(self.row_sums)
        return np.asarray(np.tensordot(values, gone, axes=(1, 0)) / float(gone @ gone))

    def value(self, rho: Floats) -> Floats:
        """Return the log-likelihood, up to a constant, at each rho."""
        squares = [float((regress(*self.filter_data(each))[1] ** 2).sum()) for each in rho.tolist()]
        log = self.determinant.measure(rho) + (0 if self.recentring is None else self.recentring.measure(rho))
        return np.asarray(self.periods * log - self.count / 2 * np.log(squares))

    def slope(self, rho: float) -> float:
        """Return its derivative: beta and the effects of years are at their best, so only the filter moves."""
        beta, rest = regress(*self.filter_data(rho))
        moved = self.lag_y - self.lag_x @ beta
        if self.row_sums is not None:
            years = self._find_years(self.y - self.x @ beta - rho * moved, rho)
            moved = moved - np.multiply.outer(years, self.row_sums)
        fall = _fall(rho, self.determinant, self.recentring)
        return self.periods * fall + self.count * float((moved * rest).sum()) / float((rest**2).sum())


def _fall(rho: float, determinant: LogDeterminant, recentring: Recentring | None) -> float:
    at = np.array([rho])
    gained = 0.0 if recentring is None else float(recentring.slope(at)[0])
    return gained - float(determinant.trace(at)[0])


def regress(y: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Regress (T, N) on (T, N, K) by least squares: beta (K,) and residuals (T, N)."""
    flat = x.reshape(-1, x.shape[-1])
    q, r = np.linalg.qr(flat)
    beta = np.linalg.solve(r, q.T @ y.ravel())
    return beta, y - (flat @ beta).reshape(y.shape)


def fit_least_squares(arrays: PanelArrays, design: PanelDesign) -> Estimate:
    """Fit without rho: least squares, by the likelihood."""
    y, x = design.demean(arrays.y), design.demean(arrays.x)
    beta, rest = regress(y, x)
    periods, regions = design.count(*y.shape)
    return _finish(None, (beta, rest, x), (periods, regions))


def build_lag_profile(
    arrays: PanelArrays, design: PanelDesign, determinant: LogDeterminant, recentring: Recentring | None
) -> LagProfile:
    """Prepare the profile of the lag model; the lag of y is demeaned after it was taken."""
    x = design.demean(arrays.x)
    _, own = regress(design.demean(arrays.y), x)
    _, lag = regress(design.demean(arrays.weights.lag(arrays.y)), x)
    squares = (float((own**2).sum()), float((own * lag).sum()), float((lag**2).sum()))
    periods, regions = design.count(*arrays.y.shape)
    return LagProfile(squares, periods, periods * regions, determinant, recentring)


def fit_lag(
    arrays: PanelArrays, design: PanelDesign, determinant: LogDeterminant, recentring: Recentring | None
) -> Estimate:
    r"""Fit :math:`y=\rho Wy+X\beta+\varepsilon`."""
    profile = build_lag_profile(arrays, design, determinant, recentring)
    peak = maximise(profile, determinant)
    rho = peak.rho
    x = design.demean(arrays.x)
    beta, rest = regress(design.demean(arrays.y - rho * arrays.weights.lag(arrays.y)), x)
    return _finish(peak, (beta, rest, x), design.count(*arrays.y.shape))


def fit_error(
    arrays: PanelArrays, design: PanelDesign, determinant: LogDeterminant, recentring: Recentring | None
) -> Estimate:
    r"""Fit :math:`y=X\beta+u`, :math:`u=\lambda Wu+\varepsilon`."""
    y, x = design.demean_regions(arrays.y), design.demean_regions(arrays.x)
    lag_x = np.stack([arrays.weights.lag(x[:, :, k]) for k in range(x.shape[2])], axis=-1)
    periods, regions = design.count(*y.shape)
    sums = arrays.weights.row_sums if design.of_years else None
    profile = ErrorProfile(
        y, x, arrays.weights.lag(y), lag_x, sums, periods, periods * regions, determinant, recentring
    )
    peak = maximise(profile, determinant)
    rho = peak.rho
    filtered, regressors = profile.filter_data(rho)
    beta, rest = regress(filtered, regressors)
    return _finish(peak, (beta, rest, regressors), (periods, regions))


def _finish(peak: "Peak | None", fitted: tuple[Floats, Floats, Floats], counted: tuple[int, int]) -> Estimate:
    beta, rest, x = fitted
    periods, regions = counted
    count = periods * regions
    sigma2 = float((rest**2).sum()) / count
    rho, log, curvature = peak or (None, 0.0, 0.0)
    loglik = periods * log - count / 2 * (np.log(2 * np.pi * sigma2) + 1)
    return Estimate(rho, beta, sigma2, float(loglik), rest, x, periods, regions, curvature)


class Peak(NamedTuple):
    """Where a profile is highest: rho, the log-determinant with what makes up for year effects, the curvature."""

    rho: float
    log: float
    curvature: float


def maximise(profile: LagProfile | ErrorProfile, determinant: LogDeterminant) -> Peak:
    """Find where a profile is highest.

    Raises
    ------
    MethodError
        When the likelihood rises to the end of the stable interval: the process would be explosive.
    """
    from scipy.optimize import brentq, minimize_scalar  # noqa: PLC0415 - a third of the import time, only where used

    low, high = determinant.low, determinant.high
    if profile.recentring is not None and len(profile.recentring.moments):
        low = max(low, -high)  # its moments settle only there
    inner = -high if low < -_FAR * high else low  # 1 over the smallest eigenvalue may lie far out
    share = (1 - np.cos(np.pi * (np.arange(_GRID) + 0.5) / _GRID)) / 2
    if determinant.eigenvalues is None:
        edge = share[0] * (high - low)
        found = minimize_scalar(
            lambda rho: -float(profile.value(np.array([rho]))[0]),
            bounds=(low + edge, high - edge),
            method="bounded",
            options={"xatol": _STEP * (high - low)},
        )
        first, last = found.x - _CLOSE * (high - low), found.x + _CLOSE * (high - low)
        first, last = max(first, low + edge), min(last, high - edge)
        profile = replace(profile, determinant=determinant.follow(first, last))
    else:
        grid = inner + share * (high - inner)
        if low < inner:
            grid = np.union1d(grid, low + share * (inner - low))
        best = int(np.argmax(profile.value(grid)))
        first, last = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, len(grid) - 1)])
    if profile.slope(first) <= 0 or profile.slope(last) >= 0:
        raise _refuse_explosive(low, high, first)
    rho = float(brentq(profile.slope, first, last, xtol=1e-13, rtol=1e-13))
    if min(rho - low, high - rho) < _EXPLOSIVE * (high - inner):
        raise _refuse_explosive(low, high, rho)
    at = np.array([rho])
    gained = 0.0 if profile.recentring is None else float(profile.recentring.measure(at)[0])
    step = min(_STEP * (high - low), rho - low, high - rho) / 2
    curvature = (profile.slope(rho - step) - profile.slope(rho + step)) / (2 * step)
    return Peak(rho, float(profile.determinant.measure(at)[0]) + gained, curvature)


def _refuse_explosive(low: float, high: float, rho: float) -> MethodError:
    if rho < 0:
        return MethodError(say("likelihood/rho-runs-lower", low=low))
    return MethodError(say("likelihood/rho-runs-upper", high=high))
