"""Weights brought to a common size: by row, by spectral radius, by the smaller of the largest sums."""

from typing import Literal, get_args

import numpy as np
import pandas as pd
from scipy import sparse

from geodata.weights.spatial_weights import AnyWeights, SpatialWeights, read_weights
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

Normalisation = Literal["row", "spectral", "min-max", "none"]

_DENSE = 1_000
_STEPS = 20_000
_ROUNDING = 1e-12


def normalise_weights(weights: AnyWeights, *, method: Normalisation = "row") -> pd.DataFrame:
    r"""Normalise spatial weights.

    Parameters
    ----------
    weights
        See `geodata.weights.spatial_weights.read_weights`.
    method
        ``row``: each row sums to 1, a region is exposed to the mean of its neighbours. ``spectral``: divided by the
        spectral radius, ``min-max``: by :math:`\min(\max_i\sum_j w_{ij}, \max_j\sum_i w_{ij})` [1]_; these two keep the
        proportions between regions and allow any :math:`|\rho|<1`. ``none``: as they are.

    Returns
    -------
    DataFrame
        (N, N) row: exposed, column: exposed to. Rows of islands, which are exposed to nobody, stay empty;
        ``geodata.read_weights(table).islands`` names them.

    Raises
    ------
    MethodError
        For an unknown method, or weights without any link (or, for ``spectral``, without any cycle).

    References
    ----------
    .. [1] Kelejian, H. H., & Prucha, I. R. (2010). Specification and estimation of spatial autoregressive models.
       Journal of Econometrics 157, 53-67. https://doi.org/10.1016/j.jeconom.2009.10.025

    Examples
    --------
    >>> import pandas as pd
    >>> w = pd.DataFrame([[0, 1, 1], [1, 0, 0], [1, 0, 0]], index=list("ABC"), columns=list("ABC"))
    >>> normalise_weights(w).loc["A"].tolist()
    [0.0, 0.5, 0.5]
    """
    return normalise(read_weights(weights), method).to_frame()


def normalise(weights: SpatialWeights, method: Normalisation) -> SpatialWeights:
    """Normalise as `normalise_weights`, without the zeros."""
    if method not in get_args(Normalisation):
        raise MethodError(f"normalisation must be one of {', '.join(get_args(Normalisation))}; got {method!r}")
    if weights.matrix.nnz == 0:
        raise MethodError(say("normalisation/weights-link-no"))
    if method == "none":
        return weights
    if method == "row":
        sums = weights.row_sums
        return _scale(weights, 1 / np.where(sums > 0, sums, 1.0))
    if method == "min-max":
        columns = np.asarray(weights.matrix.sum(axis=0), dtype=float).ravel()
        return _scale(weights, 1 / min(weights.row_sums.max(), columns.max()))
    radius = measure_radius(weights)
    if radius <= _ROUNDING:
        raise MethodError(say("weights/no-cycle"))
    return _scale(weights, 1 / radius)


def _scale(weights: SpatialWeights, factor: Floats | float) -> SpatialWeights:
    rows = np.broadcast_to(np.asarray(factor, dtype=float), len(weights.codes))
    return SpatialWeights(weights.codes, sparse.csr_array(sparse.diags_array(rows) @ weights.matrix))


def measure_radius(weights: SpatialWeights) -> float:
    """Return the spectral radius of weights, none of them negative; exact up to 1,000 regions, else to 1e-12."""
    if len(weights.codes) <= _DENSE:
        return float(np.abs(np.linalg.eigvals(weights.matrix.toarray())).max())
    # W + I has the same eigenvectors and, on every connected part, one eigenvalue of the largest size: the power
    # method converges, and from ones it meets the part with the largest
    vector, radius = np.ones(len(weights.codes)), 0.0
    for _ in range(_STEPS):
        moved = np.asarray(weights.matrix @ vector) + vector
        before, radius = radius, float(np.linalg.norm(moved))
        vector = moved / radius
        if abs(radius - before) <= _ROUNDING * radius:
            break
    return radius - 1.0


def is_row_normalised(weights: SpatialWeights) -> bool:
    """Return whether every row sums to 1, to twelve digits: no island is among them."""
    return bool(np.abs(weights.row_sums - 1).max(initial=0.0) < _ROUNDING)
