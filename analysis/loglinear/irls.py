"""Newton's method for a log-linear mean with region effects: the Poisson and the NB2 likelihood share it.

mu = exp(X b + D a + offset), weights w = mu / (1 + alpha mu), score residual r = (y - mu) / (1 + alpha mu); Poisson is
alpha = 0. A step solves [X'WX X'WD; D'WX D'WD] (db, da) = (X'r, D'r) with the effects taken out first
(Frisch-Waugh-Lovell), so only a k x k system remains. Steps that raise the deviance are halved.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import xlogy

from analysis.loglinear.effects import EffectLayout
from analysis.loglinear.pair_matrix import ABSENT, build_grid, fill_cells, find_cells
from analysis.loglinear.projection import solve_effects, solve_scaled
from regions.arrays import Booleans, Floats
from regions.errors import MethodError
from regions.messages import say

_STEPS = 200
_HALVINGS = 30
_TOLERANCE = 1e-10
_FLOOR = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """What is regressed on what: the observations that enter, without separated ones or collinear covariates.

    Attributes
    ----------
    y
        (n,) outcome, >= 0.
    x
        (k, n) covariates, one a row.
    layout
        The region effects.
    pinned
        (G,) redundant effect columns, held at zero.
    offset
        (n,) added to the linear predictor.
    """

    y: Floats
    x: Floats
    layout: EffectLayout
    pinned: Booleans
    offset: Floats

    @property
    def parameters(self) -> int:
        """Number of free parameters: covariates and identified effects."""
        return len(self.x) + int((~self.pinned).sum())

    def subset(self, rows: Booleans) -> "Design":
        """Return some of the observations, (n,) bool; whether they still identify everything is not looked at."""
        x = np.ascontiguousarray(self.x[:, rows])
        return Design(self.y[rows], x, self.layout.subset(rows), self.pinned, self.offset[rows])

    def predict(self, coefficients: Floats, effects: Floats) -> Floats:
        """Return X b + D a + offset, (n,), for (k,) coefficients and (G,) effects."""
        eta: Floats = coefficients @ self.x + self.layout.spread(effects[None])[0] + self.offset
        return eta


@dataclass(frozen=True, slots=True, eq=False)
class Mean:
    """A fitted mean.

    Attributes
    ----------
    coefficients
        (k,) b.
    effects
        (G,) a; identified up to what ``pinned`` leaves open.
    eta
        (n,) linear predictor, log of the fitted mean.
    deviance
        Of the likelihood that was maximised.
    steps
        Newton steps taken.
    """

    coefficients: Floats
    effects: Floats
    eta: Floats
    deviance: float
    steps: int


def fit_mean(design: Design, *, alpha: float = 0.0, start: Floats | None = None) -> Mean:
    """Fit the mean by Newton's method for a given NB2 dispersion.

    Converged when the Newton decrement, twice the gain in log-likelihood the next step promises, is below 1e-10 of
    the deviance (or of the total, if smaller); that step is still taken, which squares the error.

    Parameters
    ----------
    design
        Identified design: no separated observation, no collinear column.
    alpha
        NB2 dispersion, Var = mu + alpha mu^2.
    start
        (n,) linear predictor to start from.

    Raises
    ------
    MethodError
        When the steps do not converge.
    """
    eta = np.log((design.y + design.y.mean()) / 2) if start is None else start
    cells = find_cells(design.layout)
    if cells is None:
        return _iterate(design, eta, alpha)
    grid = build_grid(design.layout)
    full = Design(
        fill_cells(design.y, cells, grid.cells),
        fill_cells(design.x, cells, grid.cells),
        grid,
        design.pinned,
        fill_cells(design.offset, cells, grid.cells, absent=ABSENT),
    )
    mean = _iterate(full, fill_cells(eta, cells, grid.cells, absent=ABSENT), alpha)
    return replace(mean, eta=mean.eta[cells])


def take_out_effects(design: Design, eta: Floats, *, alpha: float = 0.0) -> tuple[Floats, Floats]:
    """Return what the covariates say beyond the region effects, and how much.

    Parameters
    ----------
    design
        Identified design.
    eta
        (n,) linear predictor that gives the weights w = mu / (1 + alpha mu): the final one of a fit.
    alpha
        NB2 dispersion in the weights; 0 for PPML.

    Returns
    -------
    tuple of ndarray
        (k, n) X~, the residuals of the weighted regressions of the covariates on the effects; (k, k) bread, the
        inverse of X~'WX~, which is the block of the covariates in the inverse information.
    """
    mu = np.exp(eta)
    weighted = design.x * (mu / (1 + alpha * mu))
    cross = design.layout.sums(weighted)
    of_x = solve_effects(design.layout, mu / (1 + alpha * mu), cross, design.pinned)
    bread = solve_scaled(weighted @ design.x.T - cross @ of_x.T, np.eye(len(cross)))
    return design.x - design.layout.spread(of_x), bread


def _saturate(y: Floats, alpha: float) -> float:
    """Return the part of the log-likelihood that varies with mu, at mu = y."""
    if alpha == 0:
        return float(xlogy(y, y).sum() - y.sum())
    return float(xlogy(y, y).sum() - ((y + 1 / alpha) * np.log1p(alpha * y)).sum())


def _fall_short(y: Floats, eta: Floats, mu: Floats, alpha: float) -> float:
    """Return the same at mu = exp(eta)."""
    if alpha == 0:
        return float(y @ eta - mu.sum())
    return float(y @ eta - (y + 1 / alpha) @ np.log1p(alpha * mu))


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """Where Newton's method stands; ``inside`` once eta is made of b and a, ``best`` the most a fit can reach."""

    b: Floats
    a: Floats
    eta: Floats
    mu: Floats
    deviance: float
    best: float
    inside: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """Change of b, a and eta, and the gain it promises."""

    b: Floats
    a: Floats
    eta: Floats
    gain: float


def _iterate(design: Design, eta: Floats, alpha: float) -> Mean:
    b, a, best = np.zeros(len(design.x)), np.zeros(design.layout.size), _saturate(design.y, alpha)
    state = _State(b, a, eta, np.exp(eta), np.inf, best, inside=False)
    total = float(design.y.sum())
    weighted = np.empty_like(design.x)  # the largest array of a step, made once
    for count in range(1, _STEPS + 1):
        step = _find_step(design, state, alpha, weighted)
        fresh = _take_step(design, state, step, alpha)
        if state.inside and step.gain < _TOLERANCE * (min(state.deviance, total) + _FLOOR * total):
            return Mean(fresh.b, fresh.a, fresh.eta, fresh.deviance, count)
        state = fresh
    raise MethodError(say("fit/steps", steps=_STEPS, deviance=state.deviance))


def _find_step(design: Design, state: _State, alpha: float, weighted: Floats) -> _Step:
    """Solve for the step.

    The usual start, halfway to the data, lies outside the model: the first step then finds b and a themselves, from
    the working response. Later steps are increments along the exact score, so that rounding in a step cannot move the
    point where the score is zero.
    """
    weights, residual = state.mu, design.y - state.mu
    if alpha > 0:
        weights, residual = weights / (1 + alpha * state.mu), residual / (1 + alpha * state.mu)
    if not state.inside:
        residual = residual + weights * (state.eta - design.offset)
    np.multiply(design.x, weights, out=weighted)
    cross, right = design.layout.sums(weighted), design.layout.sums(residual[None])
    solved = solve_effects(design.layout, weights, np.vstack([cross, right]), design.pinned)
    of_x, of_residual = solved[:-1], solved[-1]
    information = weighted @ design.x.T - cross @ of_x.T
    b = solve_scaled(information, (design.x @ residual - cross @ of_residual)[:, None])[:, 0]
    a = of_residual - b @ of_x
    change = design.layout.spread(a[None])[0]
    change += b @ design.x
    gain = float(residual @ change)
    if not state.inside:
        change += design.offset - state.eta
    return _Step(b, a, change, gain)


def _take_step(design: Design, state: _State, step: _Step, alpha: float) -> _State:
    """Go as far along the step as the deviance does not rise (beyond rounding)."""
    slack = 1e-12 * (abs(state.deviance) + abs(state.best))
    for halving in range(_HALVINGS):
        share = 0.5**halving
        eta = state.eta + share * step.eta
        with np.errstate(over="ignore"):
            mu = np.exp(eta)
        deviance = 2 * (state.best - _fall_short(design.y, eta, mu, alpha))
        if np.isfinite(deviance) and deviance <= state.deviance + slack:
            inside = state.inside or halving == 0
            b, a = state.b + share * step.b, state.a + share * step.a
            return _State(b, a, eta, mu, deviance, state.best, inside)
    raise MethodError(say("fit/no-step"))
