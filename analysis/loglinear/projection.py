"""Solving for region effects: the step that takes them out of a model (Frisch-Waugh-Lovell).

D'WD A = R, for a few right-hand sides R at once. Few effects: a Cholesky factorisation. Two one-way effects: only
the smaller block of the Schur complement S = diag(s2) - C' diag(1/s1) C, where C holds the weights between the two
sides: factorised while it is small, else by conjugate gradients, passes over C only, nothing cubic.
"""

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve
from scipy.sparse import csr_array

from analysis.loglinear.effects import EffectLayout
from regions.arrays import Booleans, Floats
from regions.errors import MethodError
from regions.messages import say

_CG_TOLERANCE = 1e-10
_CG_FLOOR = 1e-13
_CG_LIMIT = 2000
BLOCK = 256
"""Columns that are solved for, or rows that are multiplied, at once: an interrupt waits for a block, not for all."""


def solve_effects(layout: EffectLayout, weights: Floats, right: Floats, pinned: Booleans) -> Floats:
    """Solve D'WD a = r for each row r of ``right``.

    Parameters
    ----------
    layout
        The effects.
    weights
        (n,) weights, >= 0.
    right
        (m, G), each row in the range of D'WD, as sums over observations are.
    pinned
        (G,) redundant effects, held at zero (the conjugate gradients ignore them: they need no pin).

    Returns
    -------
    ndarray
        (m, G).

    Raises
    ------
    MethodError
        When the effects cannot be told apart, or the conjugate gradients do not converge.
    """
    if not layout.size or not len(right):
        return np.zeros_like(right)
    if layout.blocks is not None:
        return _solve_two_way(layout, layout.cross(weights), right, pinned)
    free = ~pinned
    effects = np.zeros_like(right)
    effects[:, free] = solve_scaled(layout.gram(weights)[np.ix_(free, free)], right[:, free].T).T
    return effects


def solve_scaled(matrix: Floats, right: Floats) -> Floats:
    """Solve a symmetric positive definite system after scaling its diagonal to one.

    Scaling keeps regions with a few links beside regions with thousands well-conditioned.

    Parameters
    ----------
    matrix
        (p, p), symmetric positive definite.
    right
        (p, m).

    Returns
    -------
    ndarray
        (p, m).

    Raises
    ------
    MethodError
        When the matrix is singular to working precision.
    """
    diagonal = matrix.diagonal()
    try:
        if not (diagonal > 0).all():
            raise LinAlgError("a diagonal element is not positive")  # noqa: TRY301 - one message for both
        scale = 1 / np.sqrt(diagonal)
        factor = cho_factor(matrix * scale[:, None] * scale, lower=True, check_finite=False)
    except LinAlgError as error:
        raise MethodError(say("fit/coefficients")) from error
    scaled = right * scale[:, None]
    for start in range(0, right.shape[1], BLOCK):
        columns = slice(start, start + BLOCK)
        scaled[:, columns] = cho_solve(factor, scaled[:, columns], check_finite=False)
    return np.asarray(scaled * scale[:, None])


def _solve_two_way(layout: EffectLayout, cross: "Floats | csr_array", right: Floats, pinned: Booleans) -> Floats:
    first, second = layout.blocks or (0, 0)
    s1 = _guard(np.asarray(cross @ np.ones(second)))
    s2 = _guard(np.asarray(cross.T @ np.ones(first)))
    r1, r2 = right[:, :first].T, right[:, first:].T
    reduced = r2 - cross.T @ (r1 / s1[:, None])
    if layout.is_large:
        size = np.einsum("im,im->m", r1, r1 / s1[:, None]) + np.einsum("im,im->m", r2, r2 / s2[:, None])
        # the floor stops at effects of 1e-13: near the maximum a score is rounding, and solves no system exactly
        target = np.maximum(_CG_TOLERANCE**2 * size, _CG_FLOOR**2 * s2.sum())
        a2 = _conjugate_gradients(cross, (s1, s2), reduced, target)
    else:
        a2 = _factorise(cross, (s1, s2), reduced, ~pinned[first:])
    a1 = (r1 - cross @ a2) / s1[:, None]
    return np.concatenate([a1, a2]).T


def _guard(totals: Floats) -> Floats:
    """Keep levels without observations out of the way: their right-hand side is zero, and so is their effect."""
    return np.where(totals > 0, totals, 1.0)


def _factorise(cross: "Floats | csr_array", totals: tuple[Floats, Floats], right: Floats, free: Booleans) -> Floats:
    """Solve the Schur complement by Cholesky over the second side's effects that are not pinned."""
    s1, s2 = totals
    product = cross.T @ (cross / s1[:, None] if isinstance(cross, np.ndarray) else cross.multiply(1 / s1[:, None]))
    schur = np.diag(s2) - (product if isinstance(product, np.ndarray) else product.toarray())
    solution = np.zeros_like(right)
    solution[free] = solve_scaled(schur[np.ix_(free, free)], right[free])
    return solution


def _conjugate_gradients(
    cross: "Floats | csr_array", totals: tuple[Floats, Floats], right: Floats, target: Floats
) -> Floats:
    """Solve (diag(s2) - C' diag(1/s1) C) a = right for all columns at once, preconditioned by diag(s2).

    ``target`` (m,) is the squared residual, in the metric 1/s2, at which a column is done: a share of the size of
    the right-hand side before the larger block was taken out, so that a variable the effects explain wholly ends
    at once.
    """
    s1, s2 = totals
    solution = np.zeros_like(right)
    residual = right.copy()
    direction = residual / s2[:, None]
    energy = np.einsum("im,im->m", residual, direction)
    for _ in range(_CG_LIMIT):
        if (energy <= target).all():
            return solution
        image = s2[:, None] * direction - cross.T @ ((cross @ direction) / s1[:, None])
        curvature = np.einsum("im,im->m", direction, image)
        # a column that is done stays where it is: it has no curvature left to divide by
        step = np.where(energy > target, energy / np.where(curvature > 0, curvature, np.inf), 0.0)
        solution += step * direction
        residual -= step * image
        z = residual / s2[:, None]
        fresh = np.einsum("im,im->m", residual, z)
        direction = z + np.where(energy > target, fresh / np.where(energy > 0, energy, 1.0), 0.0) * direction
        energy = np.where(energy > target, fresh, energy)
    raise MethodError(say("fit/effects", steps=_CG_LIMIT))
