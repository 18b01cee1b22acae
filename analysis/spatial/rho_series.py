r"""A smooth function of rho at thousands of values, from a few places where it is worked out.

As a function of :math:`s=\ln(1-r\rho)`, r the spectral radius of W, :math:`(I-\rho W)^{-1}` has no pole within
:math:`\pi` of the real axis for positive rho: a Chebyshev series over the interval of the values is exact to rounding
after some thirty places, however near rho comes to its limit.
"""

from collections.abc import Callable

import numpy as np
from numpy.polynomial import chebyshev

from regions.arrays import Floats

_FEWEST, _PER_LENGTH = 24, 16


def interpolate(rho: Floats, radius: float, measure: Callable[[float], Floats]) -> Floats:
    """Return what ``measure`` gives at each rho.

    Parameters
    ----------
    rho
        (R,) values below 1 / radius.
    radius
        Spectral radius of W.
    measure
        Takes one rho and returns an array, always of the same shape; smooth in rho.

    Returns
    -------
    ndarray
        (R, ...).
    """
    place = np.log(1 - radius * rho)
    middle, reach = (place.max() + place.min()) / 2, max(float(place.max() - place.min()) / 2, 1e-3)
    count = _FEWEST + int(_PER_LENGTH * reach)
    nodes = np.cos(np.pi * (np.arange(count) + 0.5) / count)
    values = np.stack([measure(float(at)) for at in (1 - np.exp(middle + reach * nodes)) / radius])
    series = chebyshev.chebfit(nodes, values.reshape(count, -1), count - 1)
    found = chebyshev.chebvander((place - middle) / reach, count - 1) @ series
    return np.asarray(found.reshape(len(rho), *values.shape[1:]))
