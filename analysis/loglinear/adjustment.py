"""The Cox-Reid adjustment of a dispersion for the parameters that its expectations were fitted with."""

from collections.abc import Callable

import numpy as np
from numpy.polynomial import Chebyshev
from scipy.linalg import lapack

from analysis.loglinear.covariance import measure_information
from analysis.loglinear.effects import FloatArray
from analysis.loglinear.irls import Design
from regions.errors import MethodError

MANY = 200
"""With more parameters than this the adjustment is interpolated."""

_WINDOW = 2.4
_NODES = 14


def build_adjustment(design: Design | None, mu: FloatArray) -> Callable[[float], float]:
    """Return the function alpha -> `measure_adjustment`, to be asked many times; 0 without a design.

    Every call factorises a matrix with as many rows as parameters, and a search of the dispersion makes a hundred.
    Beyond `MANY` parameters it is worked out at 14 Chebyshev nodes of a window in ln alpha, 2.4 wide, and interpolated:
    as a function of ln alpha it has no pole nearer than i pi, so the error falls like 5.4^-14, a few 1e-10 of it.

    Parameters
    ----------
    design, mu
        As in ``measure_adjustment``.
    """
    known: dict[float, float] = {}
    curves: dict[int, Chebyshev] = {}

    def measure(alpha: float) -> float:
        if design is None:
            return 0.0
        if alpha > 0 and design.parameters > MANY:
            place = np.log(alpha)
            number = int(np.floor(place / _WINDOW))
            if number not in curves:
                curves[number] = _draw_curve(design, mu, number)
            return float(curves[number](place))
        if alpha not in known:
            known[alpha] = measure_adjustment(design, mu, alpha=alpha)
        return known[alpha]

    return measure


def _draw_curve(design: Design, mu: FloatArray, number: int) -> Chebyshev:
    """Interpolate over the window from ``number`` to ``number + 1`` times its width."""

    def measure(places: FloatArray) -> FloatArray:
        return np.array([measure_adjustment(design, mu, alpha=float(alpha)) for alpha in np.exp(places)])

    return Chebyshev.interpolate(measure, _NODES - 1, domain=[_WINDOW * number, _WINDOW * (number + 1)])


def measure_adjustment(design: Design, mu: FloatArray, *, alpha: float) -> float:
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


def _measure_trace(matrix: FloatArray, other: FloatArray) -> float:
    """Return the trace of matrix^-1 other from the lower half of the inverse, a third of the work of solving."""
    scale = 1 / np.sqrt(matrix.diagonal())
    factor, failed = lapack.dpotrf(matrix * scale[:, None] * scale, lower=1)
    if failed:
        raise MethodError("the coefficients cannot be told apart: some region or covariate has too little information")
    inverse, _ = lapack.dpotri(factor, lower=1)
    product = np.tril(inverse) * (other * scale[:, None] * scale)
    return float(2 * product.sum() - product.diagonal().sum())
