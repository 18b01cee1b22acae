"""The Cox-Reid adjustment of a dispersion for the parameters that its expectations were fitted with."""

import numpy as np
from scipy.linalg import lapack

from analysis.loglinear.covariance import measure_information
from analysis.loglinear.effects import FloatArray
from analysis.loglinear.irls import Design
from regions.errors import MethodError


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
