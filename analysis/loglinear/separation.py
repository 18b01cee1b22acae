"""Observations a log-linear model would fit with an expectation of zero, and covariates it cannot tell apart.

A zero is separated when some direction of the coefficients lowers its linear predictor without touching any
positive observation and without raising any zero: the maximum then lies at minus infinity (Santos Silva &
Tenreyro 2010, doi:10.1016/j.econlet.2010.02.020; Correia, Guimaraes & Zylkin 2019, arXiv:1903.01633).
Dropping those observations leaves the other estimates as they are.

Here: such directions live in the null space of the positive rows of [X D]. Its dimension is compared with
that of all rows; only when it is larger is the null space computed, and one small linear programme finds
every separated observation at once.
"""

import numpy as np
from scipy.linalg import eigh, svd
from scipy.sparse import csr_array, eye_array, hstack

from analysis.loglinear.effects import EffectLayout, find_redundant
from analysis.loglinear.projection import solve_effects
from regions.arrays import Booleans, Floats
from regions.errors import MethodError
from regions.messages import say

_COLLINEAR = 1e-7
_PLAIN = 1e-8
_NULL = 1e-12
_ROUNDING = 1e-9
_REACH = 1e5
_SLACK = 1e-6
_SEPARATED = 0.5


def find_separated(y: Floats, x: Floats, layout: EffectLayout, *, rank: int) -> Booleans:
    """Return the (n,) observations, all with y = 0, whose expectation a Poisson fit would drive to zero.

    Parameters
    ----------
    y
        (n,) outcome.
    x
        (k, n) covariates.
    layout
        Region effects.
    rank
        Number of effects and covariates that all observations together identify.

    Raises
    ------
    MethodError
        When the linear programme fails.
    """
    positive = (y > 0).astype(float)
    pinned = find_redundant(layout, positive)
    if int((~pinned).sum()) + int(find_identified(x, layout, positive, pinned).sum()) == rank:
        return np.zeros(len(y), dtype=bool)
    zeros = y == 0
    return _solve_programme(_directions(x, layout, positive), x, layout, zeros)


def find_identified(x: Floats, layout: EffectLayout, weights: Floats, pinned: Booleans) -> Booleans:
    """Return the (k,) covariates that add information; of collinear ones the earlier stays.

    Parameters
    ----------
    x
        (k, n) covariates.
    layout
        Region effects; a covariate they explain wholly adds nothing.
    weights
        (n,) observations with weight 0 do not count.
    pinned
        (G,) redundant effects under these weights.
    """
    weighted = x * weights
    full = weighted @ x.T
    cross = layout.sums(weighted)
    effects = solve_effects(layout, weights, cross, pinned)
    if _is_plainly_definite(full - cross @ effects.T, full.diagonal()):
        return np.ones(len(x), dtype=bool)
    return _orthogonalise((x - layout.spread(effects)) * np.sqrt(weights), np.sqrt(full.diagonal()))


def _is_plainly_definite(gram: Floats, size: Floats) -> bool:
    """Whether every pivot keeps so much of its variable that rounding in the cross products cannot matter."""
    try:
        pivots = np.diag(np.linalg.cholesky(gram)) ** 2
    except np.linalg.LinAlgError:
        return False
    return bool((pivots > _PLAIN * size).all())


def _orthogonalise(residual: Floats, size: Floats) -> Booleans:
    """Return which rows are more than rounding after the rows before them are taken out (Gram-Schmidt, twice)."""
    keep = np.zeros(len(residual), dtype=bool)
    basis: list[Floats] = []
    for index, row in enumerate(residual):
        rest = row.copy()
        for _ in range(2):  # twice is enough (Parlett): the second pass removes what rounding left
            for vector in basis:
                rest -= (vector @ rest) * vector
        norm = float(np.linalg.norm(rest))
        if norm > _COLLINEAR * max(float(size[index]), np.finfo(float).tiny):
            keep[index] = True
            basis.append(rest / norm)
    return keep


def _directions(x: Floats, layout: EffectLayout, positive: Floats) -> Floats:
    """Return a (k + G, d) basis of the coefficient directions that leave every positive observation alone."""
    scale = 1 / np.maximum(np.sqrt((x**2).sum(axis=1)), np.finfo(float).tiny)
    scaled = x * scale[:, None]
    cross = layout.sums(scaled * positive)
    gram = np.block([[(scaled * positive) @ scaled.T, cross], [cross.T, layout.gram(positive)]])
    values, vectors = eigh(gram)
    null = vectors[:, values < _NULL * max(values[-1], 1.0)]
    null[: len(x)] *= scale[:, None]
    return np.asarray(null)


def _solve_programme(directions: Floats, x: Floats, layout: EffectLayout, zeros: Booleans) -> Booleans:
    """Maximise sum(s), 0 <= s <= 1, s <= J t, for the zeros' design J along the null directions, t free.

    The sum of two separating directions separates what either does, and scaling is free: at the optimum s is
    1 on every separated observation and 0 elsewhere. Directions that move no zero go
    first; rows are scaled to length one. Zeros may rise by 1e-6 and t is bounded by 1e5, for a shift that should
    be zero is only so up to 1e-12.
    """
    shifts = directions[: len(x)].T @ x[:, zeros] + layout.subset(zeros).spread(directions[len(x) :].T)
    left, sizes, _ = svd(shifts.T, full_matrices=False)
    least = _ROUNDING * max(float(sizes.max(initial=0.0)), 1.0)
    moved = left[:, sizes > least] * sizes[sizes > least]
    norms = np.linalg.norm(moved, axis=1, keepdims=True)
    rows = np.where(norms > least, moved / np.maximum(norms, least), 0.0)
    unique, back = np.unique(np.round(rows, 12), axis=0, return_inverse=True)
    m, d = unique.shape
    from scipy.optimize import linprog  # noqa: PLC0415 - a third of the import time, rarely used

    table = hstack([csr_array(-unique), eye_array(m)], format="csr")
    cost = np.concatenate([np.zeros(d), -np.bincount(back.ravel(), minlength=m)])
    bounds = [(-_REACH, _REACH)] * d + [(0.0, 1.0)] * m
    answer = linprog(cost, A_ub=table, b_ub=np.full(m, _SLACK), bounds=bounds, method="highs")
    if not answer.success:
        raise MethodError(say("fit/separation", reason=answer.message))
    separated = np.zeros(len(zeros), dtype=bool)
    separated[zeros] = (answer.x[d:] > _SEPARATED)[back.ravel()]
    return separated
