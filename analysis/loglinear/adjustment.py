"""The Cox-Reid adjustment of a dispersion for the parameters that its expectations were fitted with."""

from collections.abc import Callable

import numpy as np
from scipy.linalg import lapack

from analysis.loglinear.covariance import measure_information
from analysis.loglinear.irls import Design
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

MANY = 40
"""With more parameters than this the adjustment is interpolated."""

_NODES = 8
_FEWEST = 4
_DOUBT = 1e-10


def build_adjustment(design: Design | None, mu: Floats) -> Callable[[float], float]:
    """Return the function alpha -> `measure_adjustment`, to be asked many times; 0 without a design.

    Every call factorises a matrix with as many rows as parameters, and a search of the dispersion makes a hundred.
    Beyond `MANY` parameters it is worked out only where the polynomial in ln alpha through the nearest places already
    known is not yet sure to 1e-10: the function has no pole nearer than i pi, and a search for a root asks ever nearer
    to the places that it has asked before, so that half a dozen are enough.

    Parameters
    ----------
    design, mu
        As in ``measure_adjustment``.
    """
    known: dict[float, float] = {}
    between: dict[float, float] = {}  # asked again, a place says the same: a search for a root relies on the sign

    def measure(alpha: float) -> float:
        if design is None:
            return 0.0
        if alpha in between:
            return between[alpha]
        if alpha not in known:
            near = _interpolate(known, alpha) if alpha > 0 and design.parameters > MANY else None
            if near is not None:
                between[alpha] = near
                return near
            known[alpha] = measure_adjustment(design, mu, alpha=alpha)
        return known[alpha]

    return measure


def _interpolate(known: dict[float, float], alpha: float) -> float | None:
    """Interpolate in ln alpha by Neville's scheme; None where a further node would still change the value."""
    away = {float(np.log(each / alpha)): value for each, value in known.items() if each > 0}
    nodes = sorted(away, key=abs)[:_NODES]
    row: list[float] = []
    changes: list[float] = []
    for node in nodes:
        fresh = [away[node]]
        for order, before in enumerate(row, start=1):
            other = nodes[len(row) - order]
            fresh.append((other * fresh[-1] - node * before) / (other - node))
        changes.append(abs(fresh[-1] - row[-1]) if row else np.inf)
        row = fresh
    if len(row) < _FEWEST or max(changes[-1], changes[-2] / 100) > _DOUBT * abs(row[-1]):
        return None
    return row[-1]


def measure_adjustment(design: Design, mu: Floats, *, alpha: float) -> float:
    """Return the derivative in alpha of -1/2 ln det J'WJ, W = mu / (1 + alpha mu): half the trace of (J'WJ)^-1 J'W^2J.

    Parameters
    ----------
    design
        The identified design J behind ``mu``.
    mu
        (n,) expectation, in counts.
    alpha
        Dispersion, >= 0.

    Raises
    ------
    MethodError
        When J'WJ is not positive definite.
    """
    weights = mu / (1 + alpha * mu)
    return 0.5 * _measure_trace(measure_information(design, weights), measure_information(design, weights**2))


def _measure_trace(matrix: Floats, other: Floats) -> float:
    """Return the trace of matrix^-1 other from one half of the inverse, a third of the work of solving.

    Both are overwritten: of thousands of parameters every copy counts.
    """
    scale = 1 / np.sqrt(matrix.diagonal())
    for each in (matrix, other):
        np.multiply(each, scale, out=each)
        np.multiply(each, scale[:, None], out=each)
    factor, failed = lapack.dpotrf(matrix.T, lower=1, overwrite_a=1)  # .T: in the order of LAPACK, nothing is copied
    if failed:
        raise MethodError(say("fit/coefficients"))
    half, _ = lapack.dpotri(factor, lower=1, overwrite_c=1)  # the other half is zero
    return float(2 * np.vdot(half.T, other) - half.diagonal() @ other.diagonal())
