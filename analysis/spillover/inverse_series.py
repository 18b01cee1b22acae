r"""Anything that is linear in :math:`(I-\rho W)^{-1}`, at thousands of values of rho, from a few inverses."""

from collections.abc import Callable

import numpy as np

from analysis.spatial.rho_series import interpolate
from analysis.spatial.spatial_fit import SpatialFit
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

_MOST = 5_000
_SMALL = 1e-3


def follow_inverse(fit: SpatialFit, rho: Floats, measure: Callable[[Floats, Floats], Floats]) -> Floats:
    r"""Measure something of :math:`S=(I-\rho W)^{-1}` and :math:`SW` at each rho.

    Parameters
    ----------
    fit
        Gives W.
    rho
        (R,) stable values; all 0 in models without a lag of the outcome.
    measure
        Takes S and SW, both (N, N), and returns an array that is linear in them.

    Returns
    -------
    ndarray
        (R, ...) what was measured.

    Raises
    ------
    MethodError
        Beyond 5,000 regions, where an inverse does not fit.
    """
    n = len(fit.arrays.weights.codes)
    if n > _MOST:
        raise MethodError(say("spillover/too-many", most=_MOST, count=n))
    dense = fit.arrays.weights.matrix.toarray()
    if not rho.any() or fit.determinant is None:
        alone = measure(np.eye(n), dense)
        return np.broadcast_to(alone, (len(rho), *alone.shape))

    def measure_at(at: float) -> Floats:
        inverse = np.linalg.inv(np.eye(n) - at * dense)
        # S - I = rho S W, so that no product is needed unless rho is so small that rounding would grow
        lagged = inverse @ dense if abs(at) < _SMALL else (inverse - np.eye(n)) / at
        return measure(inverse, lagged)

    return interpolate(rho, fit.determinant.radius, measure_at)
