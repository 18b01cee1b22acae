r"""What year effects take from the likelihood, given back.

Demeaning by year takes one direction of every year's vector away. The score of :math:`\rho` then has the expectation
:math:`-T\,1'G1/N` instead of 0 (lag model), :math:`-T\,v'Gv/v'v`, :math:`v=(I-\lambda W)1` (error model): the bias of
the plain estimate. Adding the integral of that to :math:`\ln|I-\rho W|` gives an unbiased score. Where rows sum to 1
it is :math:`-\ln(1-\rho)` for both, and the likelihood is that of the transformation of Lee and Yu (2010), exactly.
"""

from dataclasses import dataclass

import numpy as np

from geodata.weights.normalisation import is_row_normalised
from geodata.weights.spatial_weights import SpatialWeights
from regions.arrays import Floats

_MOMENTS = 3_000
_SAME = 1e-13


@dataclass(frozen=True, slots=True, eq=False)
class Recentring:
    r"""The term that is added to :math:`\ln|I-\rho W|`, and its derivative.

    Attributes
    ----------
    limit
        Where the moments settle, as a multiple of powers of the radius.
    radius
        Spectral radius of W.
    moments
        (K,) :math:`1'W^k1/N` divided by the k-th power of the radius, less the limit.
    row_sums
        (N,) of W, for the error model; None: the lag model.
    """

    limit: float
    radius: float
    moments: Floats
    row_sums: Floats | None

    def measure(self, rho: Floats) -> Floats:
        """Return the term at each rho, (R,); 0 at rho 0."""
        if self.row_sums is not None:
            gone = 1 - rho[:, None] * self.row_sums[None, :]
            return np.asarray(-0.5 * np.log((gone**2).mean(axis=1)))
        k = np.arange(1, len(self.moments) + 1)
        grown = (rho * self.radius)[:, None] ** k / k
        return np.asarray(grown @ self.moments - self.limit * np.log(1 - rho * self.radius))

    def slope(self, rho: Floats) -> Floats:
        """Return its derivative at each rho, (R,)."""
        if self.row_sums is not None:
            gone = 1 - rho[:, None] * self.row_sums[None, :]
            return np.asarray((gone * self.row_sums).mean(axis=1) / (gone**2).mean(axis=1))
        k = np.arange(len(self.moments))
        grown = self.radius * (rho * self.radius)[:, None] ** k
        return np.asarray(grown @ self.moments + self.limit * self.radius / (1 - rho * self.radius))


def build_recentring(weights: SpatialWeights, radius: float, *, error: bool) -> Recentring:
    """Prepare the term for one W; ``error``: of the error model."""
    if is_row_normalised(weights):
        return Recentring(1.0, 1.0, np.zeros(0), None)
    if error:
        return Recentring(0.0, radius, np.zeros(0), weights.row_sums)
    vector, moments = np.ones(len(weights.codes)), []
    for k in range(_MOMENTS):
        vector = np.asarray(weights.matrix @ vector) / radius
        moments.append(float(vector.mean()))
        if k > 1 and abs(moments[-1] - moments[-2]) < _SAME and abs(moments[-1] - moments[-3]) < _SAME:
            break
    return Recentring(moments[-1], radius, np.array(moments) - moments[-1], None)
