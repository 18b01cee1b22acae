"""Who gives and who receives: the impacts of a spatial model region by region."""

import numpy as np
import pandas as pd

from analysis.spatial.average_impacts import ImpactDraws
from analysis.spatial.spatial_fit import SpatialFit
from analysis.spillover.inverse_series import follow_inverse
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

FLOWS = ("own", "given", "received", "net")


def build_impact_matrix(fit: SpatialFit, variable: str) -> pd.DataFrame:
    r"""Build the matrix of impacts of one region's x on another's y.

    :math:`S_k=(I-\rho W)^{-1}(\beta_kI+\theta_kW)`, :math:`S_{ij}=\partial y_i/\partial x_j`: j gives, i receives.

    Parameters
    ----------
    fit
        A fitted model.
    variable
        One of its x.

    Returns
    -------
    DataFrame
        (N, N) index ``receiver``, columns ``giver``; the diagonal is the effect of a region on itself. Its mean is the
        direct impact, the sum of all cells over N the total.

    Raises
    ------
    MethodError
        For a variable that is not in the model, or a rho that is not stable.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("china")
    >>> w = geodata.build_contiguity_weights(study, join_islands=True)
    >>> panel = analysis.simulate_spatial_panel(w, rho=0.4)
    >>> fit = analysis.fit_spatial(panel, w, y="y", x=["x"], effects="both")
    >>> impacts = build_impact_matrix(fit, "x")
    >>> impacts.loc["320000", "310000"] > impacts.loc["650000", "310000"]  # of Shanghai's x on Jiangsu, on Xinjiang
    np.True_
    """
    k = find_variable(fit, variable)
    drawn = fit.draw(draws=1)
    own, lagged = _invert(fit, float(drawn.rho[0]))
    codes = fit.arrays.weights.codes
    matrix = drawn.beta[0, k] * own + drawn.theta[0, k] * lagged
    return pd.DataFrame(matrix, index=codes.rename("receiver"), columns=codes.rename("giver"))


def find_variable(fit: SpatialFit, variable: str) -> int:
    """Return the place of a variable among the x of a fit."""
    if variable not in fit.x:
        raise MethodError(say("region-spillover/model-has-no", variable=variable, x=fit.x))
    return fit.x.index(variable)


def _invert(fit: SpatialFit, rho: float) -> tuple[Floats, Floats]:
    w = fit.arrays.weights.matrix
    inverse = np.linalg.inv(np.eye(w.shape[0]) - rho * w.toarray())
    return np.asarray(inverse), np.asarray(inverse @ w)


def measure_region_flows(
    fit: SpatialFit, variable: str, *, draws: int = 1_000, seed: int = 0, level: float = 0.95
) -> pd.DataFrame:
    r"""Measure what each region gives to and receives from the others, with simulated intervals.

    Parameters
    ----------
    fit
        A fitted model.
    variable
        One of its x: one unit more of it in the region that gives.
    draws, seed, level
        As of `SpatialFit.impacts`.

    Returns
    -------
    DataFrame
        Index ``code``; ``own`` = :math:`S_{jj}`, ``given`` = :math:`\sum_{i\ne j}S_{ij}` (j gives), ``received`` =
        :math:`\sum_{j\ne i}S_{ij}`, ``net`` = given - received, each with ``_low`` and ``_high``. What is given follows
        the column sums of W: regions that are the neighbour of many give much in every such model. An island gives
        and receives 0. The means of ``given`` and of ``received`` are the indirect impact, that of ``own`` the direct.

    Raises
    ------
    MethodError
        As `build_impact_matrix`, and beyond 5,000 regions.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("china")
    >>> w = geodata.build_contiguity_weights(study, join_islands=True)
    >>> panel = analysis.simulate_spatial_panel(w, rho=0.4)
    >>> fit = analysis.fit_spatial(panel, w, y="y", x=["x"], effects="both")
    >>> flows = analysis.measure_region_flows(fit, "x", draws=200)
    >>> bool((flows["given_low"] > 0).all())
    True
    """
    k = find_variable(fit, variable)
    drawn = fit.draw(draws=draws, seed=seed)
    values = draw_flows(fit, drawn, k)
    low, high = np.quantile(values[1:], [(1 - level) / 2, (1 + level) / 2], axis=0)
    columns = {}
    for place, name in enumerate(FLOWS):
        columns[name] = values[0, place]
        columns[f"{name}_low"], columns[f"{name}_high"] = low[place], high[place]
    return pd.DataFrame(columns, index=fit.arrays.weights.codes.rename("code"))


def draw_flows(fit: SpatialFit, drawn: ImpactDraws, k: int) -> Floats:
    """Return own, given, received and net by draw and region, (1 + D, 4, N), of the k-th x."""
    sums = follow_inverse(fit, drawn.rho, _sum_both)
    beta, theta = drawn.beta[:, k, None, None], drawn.theta[:, k, None, None]
    own, down, across = np.moveaxis(beta * sums[:, 0] + theta * sums[:, 1], 1, 0)
    return np.stack([own, down - own, across - own, down - across], axis=1)


def _sum_both(inverse: Floats, lagged: Floats) -> Floats:
    return np.stack([_sum(inverse), _sum(lagged)])


def _sum(matrix: Floats) -> Floats:
    return np.stack([np.diag(matrix), matrix.sum(axis=0), matrix.sum(axis=1)])
