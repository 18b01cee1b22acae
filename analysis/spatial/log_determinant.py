r"""What a likelihood needs to know of W: :math:`\ln|I-\rho W|`, and the traces of its derivatives.

Up to `DENSE` regions from the eigenvalues; beyond from sparse triangular factors, whose logarithm is followed over an
interval by a Chebyshev series: the traces are its derivatives, exact and without random probes.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.polynomial import chebyshev
from scipy import sparse
from scipy.sparse.csgraph import breadth_first_order, connected_components

from geodata.weights.normalisation import measure_radius
from geodata.weights.spatial_weights import SpatialWeights
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

DENSE = 3_000
"""Regions up to which eigenvalues are taken."""

_NODES = 33
_REACH, _EDGE = 0.02, 1e-3
_REAL = 1e-8
_SMALL = 200  # regions; so few are not worth the search for a scale
_SYMMETRIC = 1e-9
_NO_CYCLE = 1e-8


@dataclass(frozen=True, slots=True, eq=False)
class LogDeterminant:
    r"""The function :math:`\ln|I-\rho W|` of one W.

    Attributes
    ----------
    low, high
        Between these rho I - rho W can be inverted: 1 over the smallest and the largest real eigenvalue; beyond
        `DENSE` regions minus and plus 1 over the spectral radius.
    radius
        Spectral radius of W: :math:`\sum\rho^kW^k` converges for :math:`|\rho|` below 1 over it.
    matrix
        W.
    eigenvalues
        (N,) complex or real; None beyond `DENSE`.
    series
        Of the function over an interval, see `follow`.
    """

    low: float
    high: float
    radius: float
    matrix: sparse.csr_array
    eigenvalues: Floats | None
    series: chebyshev.Chebyshev | None = None

    def measure(self, rho: Floats) -> Floats:
        r"""Return :math:`\ln|I-\rho W|` at each rho, (R,)."""
        if self.eigenvalues is not None:
            return np.asarray(np.log(np.abs(1 - rho[:, None] * self.eigenvalues[None, :])).sum(axis=1))
        if self.series is not None and self._covers(rho):
            return np.asarray(self.series(rho), dtype=float)
        return np.array([_factorise(self.matrix, float(each)) for each in rho])

    def trace(self, rho: Floats) -> Floats:
        r"""Return :math:`tr\,G`, :math:`G=W(I-\rho W)^{-1}`, at each rho: minus the derivative."""
        if self.eigenvalues is None:
            return -self._derive(rho)
        return np.asarray((self.eigenvalues / (1 - rho[:, None] * self.eigenvalues)).real.sum(axis=1))

    def follow(self, first: float, last: float) -> "LogDeterminant":
        """Return the same with a series over an interval, where eigenvalues are not known: later calls are fast."""
        if self.eigenvalues is not None:
            return self
        span = self.high - self.low
        first, last = first - _REACH * span, last + _REACH * span  # a series needs an interval, also around one value
        first, last = max(first, self.low + _EDGE * span), min(last, self.high - _EDGE * span)
        nodes = np.cos(np.pi * (np.arange(_NODES) + 0.5) / _NODES)
        bare = replace(self, series=None)
        values = bare.measure((first + last) / 2 + (last - first) / 2 * nodes)
        found = chebyshev.Chebyshev(chebyshev.chebfit(nodes, values, _NODES - 1), domain=[first, last])
        return replace(self, series=found)

    def _covers(self, rho: Floats) -> bool:
        return self.series is not None and bool(
            (rho >= self.series.domain[0]).all() and (rho <= self.series.domain[1]).all()
        )

    def _derive(self, rho: Floats) -> Floats:
        known = self if self._covers(rho) else self.follow(float(rho.min()), float(rho.max()))
        assert known.series is not None  # noqa: S101 - follow has made it
        return np.asarray(known.series.deriv()(rho), dtype=float)


def build_log_determinant(weights: SpatialWeights) -> LogDeterminant:
    """Prepare the log-determinant of weights.

    Raises
    ------
    MethodError
        When the weights have no cycle: no value of rho would be too large, and none could be told from another.
    """
    matrix = weights.matrix
    if len(weights.codes) > DENSE:
        radius = measure_radius(weights)
        _refuse_no_cycle(radius)
        return LogDeterminant(-1 / radius, 1 / radius, radius, matrix, None)
    eigenvalues = measure_eigenvalues(matrix)
    radius = float(np.abs(eigenvalues).max())
    _refuse_no_cycle(radius)
    real = eigenvalues[np.abs(eigenvalues.imag) < _REAL].real
    least = float(real.min(initial=0.0))
    low = 1 / least if least < -_REAL else -1 / radius
    return LogDeterminant(low, 1 / float(real.max()), radius, matrix, eigenvalues)


def _refuse_no_cycle(radius: float) -> None:
    if radius < _NO_CYCLE:
        raise MethodError(say("log-determinant/weights-without-cycle"))


def measure_eigenvalues(matrix: sparse.csr_array) -> Floats:
    """Return the eigenvalues of W; by the symmetric method, ten times as fast, where scaling makes W symmetric."""
    scale = _find_symmetric_scale(matrix) if matrix.shape[0] > _SMALL else None
    if scale is None:
        return np.asarray(np.linalg.eigvals(matrix.toarray()))
    even = sparse.diags_array(scale) @ matrix @ sparse.diags_array(1 / scale)
    dense = even.toarray()
    return np.linalg.eigvalsh((dense + dense.T) / 2)


def _find_symmetric_scale(matrix: sparse.csr_array) -> Floats | None:
    """Return s with diag(s) W diag(1/s) symmetric, as for row-normalised contiguity; None where there is none."""
    n = matrix.shape[0]
    support = (matrix != 0).astype(np.int8)
    if (support != support.T).nnz:
        return None
    square = np.ones(n)  # s squared
    back = sparse.csr_array(matrix.T)
    _, labels = connected_components(support, directed=False)
    for start in np.unique(labels, return_index=True)[1]:
        order, before = breadth_first_order(support, int(start), directed=False)
        for node in order[1:].tolist():
            parent = int(before[node])
            square[node] = square[parent] * matrix[parent, node] / back[parent, node]
    scale = np.sqrt(square)
    even = sparse.diags_array(scale) @ matrix @ sparse.diags_array(1 / scale)
    off = abs(even - even.T)
    return scale if off.nnz == 0 or float(off.max()) <= _SYMMETRIC * float(abs(even).max()) else None


def _factorise(matrix: sparse.csr_array, rho: float) -> float:
    from scipy.sparse.linalg import splu  # noqa: PLC0415 - only for many regions

    n = matrix.shape[0]
    factors = splu(sparse.csc_array(sparse.eye_array(n) - rho * matrix), permc_spec="MMD_AT_PLUS_A")
    return float(np.log(np.abs(factors.U.diagonal())).sum())
