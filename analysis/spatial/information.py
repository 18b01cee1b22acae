r"""How sure the coefficients of a spatial model are: by the expected information, robust, or by clusters.

The score of :math:`\rho` holds the quadratic form :math:`\varepsilon'G\varepsilon`; taken region by region, each with
those before it, its parts are uncorrelated (martingale differences): their outer products give errors that stay
right when variances differ (``robust``) or when the years of a region go together (``cluster``).
"""

from typing import Literal, NamedTuple

import numpy as np

from analysis.spatial.demeaning import PanelDesign
from analysis.spatial.likelihood import Estimate
from analysis.spatial.log_determinant import DENSE
from analysis.spatial.panel_data import PanelArrays
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

Errors = Literal["model", "robust", "cluster"]


class InformationParts(NamedTuple):
    """What the information of a fit with rho is made of.

    Attributes
    ----------
    multiplied
        (N, N) G, without the direction of the years where the likelihood makes up for it.
    raised
        (T, N) expected lag of y, effects taken out (lag model); zeros in the error model.
    information
        (K + 2, K + 2) of beta, rho, sigma2.
    """

    multiplied: Floats
    raised: Floats
    information: Floats


def measure_covariance(
    arrays: PanelArrays, design: PanelDesign, estimate: Estimate, *, lag: bool, errors: Errors
) -> Floats:
    """Return the covariance of beta, rho and sigma2, (K + 2, K + 2)."""
    if len(arrays.weights.codes) > DENSE:
        if errors != "model":
            raise MethodError(say("spatial/robust-errors", most=DENSE))
        return _measure_profiled(arrays, design, estimate, lag=lag)
    parts = build_parts(arrays, design, estimate, lag=lag)
    inverse = np.asarray(np.linalg.inv(parts.information), dtype=float)
    if errors == "model":
        return np.asarray((inverse + inverse.T) / 2)
    scores = _list_scores(estimate, parts)
    return _wrap(inverse, scores, cluster=errors == "cluster", freedom=estimate)


def build_parts(arrays: PanelArrays, design: PanelDesign, estimate: Estimate, *, lag: bool) -> InformationParts:
    """Work out the expected information of a fit with rho."""
    assert estimate.rho is not None  # noqa: S101 - of a model with rho
    w = arrays.weights.matrix.toarray()
    full = np.linalg.solve((np.eye(len(w)) - estimate.rho * w).T, w.T).T
    cleared = full
    if design.recentred:
        gone = np.ones(len(w)) if lag else 1 - estimate.rho * arrays.weights.row_sums
        cleared = full - np.outer(gone, gone @ full) / float(gone @ gone)
    curve = float((cleared * cleared).sum() + (cleared * full.T).sum())
    raised = np.zeros_like(arrays.y)
    if lag:
        raised = design.demean(arrays.weights.lag(arrays.y) - estimate.residuals @ full.T)
    x = estimate.regressors.reshape(-1, estimate.regressors.shape[-1])
    k, sigma2 = x.shape[1], estimate.sigma2
    information = np.zeros((k + 2, k + 2))
    information[:k, :k] = x.T @ x / sigma2
    information[:k, k] = information[k, :k] = x.T @ raised.ravel() / sigma2
    information[k, k] = estimate.periods * curve + float((raised**2).sum()) / sigma2
    information[k, k + 1] = information[k + 1, k] = estimate.periods * float(np.trace(cleared)) / sigma2
    information[k + 1, k + 1] = estimate.periods * estimate.regions / (2 * sigma2**2)
    return InformationParts(cleared, raised, information)


def _list_scores(estimate: Estimate, parts: InformationParts) -> Floats:
    """Return the scores of beta, rho and sigma2 by year and region, (T, N, K + 2)."""
    rest, sigma2 = estimate.residuals, estimate.sigma2
    even = (parts.multiplied + parts.multiplied.T) / 2
    before = 2 * rest @ np.tril(even, -1).T
    own = np.diag(even) * (rest**2 - sigma2)
    of_rho = (rest * (parts.raised + before) + own) / sigma2
    of_sigma2 = (rest**2 - sigma2) / (2 * sigma2**2)
    of_beta = estimate.regressors * rest[:, :, None] / sigma2
    return np.concatenate([of_beta, of_rho[:, :, None], of_sigma2[:, :, None]], axis=-1)


def _wrap(inverse: Floats, scores: Floats, *, cluster: bool, freedom: Estimate) -> Floats:
    count, parameters = freedom.periods * freedom.regions, scores.shape[-1]
    if cluster:
        regions = scores.shape[1]
        flat, factor = scores.sum(axis=0), regions / (regions - 1) * (count - 1) / (count - parameters)
    else:
        flat, factor = scores.reshape(-1, parameters), count / (count - parameters)
    return np.asarray(factor * inverse @ (flat.T @ flat) @ inverse)


def measure_regression_covariance(estimate: Estimate, *, errors: Errors, freedom: int) -> Floats:
    """Return the covariance of beta of a fit without rho; ``freedom``: observations less coefficients and effects."""
    x = estimate.regressors.reshape(-1, estimate.regressors.shape[-1])
    inverse = np.asarray(np.linalg.inv(x.T @ x), dtype=float)
    squares = float((estimate.residuals**2).sum())
    if errors == "model":
        return np.asarray(squares / freedom * inverse)
    scores = estimate.regressors * estimate.residuals[:, :, None]
    return _wrap(inverse, scores, cluster=errors == "cluster", freedom=estimate)


def _measure_profiled(arrays: PanelArrays, design: PanelDesign, estimate: Estimate, *, lag: bool) -> Floats:
    """Return the covariance by the curvature of the profile: no (N, N) table is needed."""
    x = estimate.regressors.reshape(-1, estimate.regressors.shape[-1])
    inverse, k = np.linalg.inv(x.T @ x), x.shape[1]
    covariance = np.zeros((k + 2, k + 2))
    covariance[:k, :k] = estimate.sigma2 * inverse
    covariance[k + 1, k + 1] = 2 * estimate.sigma2**2 / (estimate.periods * estimate.regions)
    variance = covariance[k, k] = 1 / estimate.curvature
    if lag:
        shift = inverse @ (x.T @ design.demean(arrays.weights.lag(arrays.y)).ravel())
        covariance[:k, :k] += variance * np.outer(shift, shift)
        covariance[:k, k] = covariance[k, :k] = -variance * shift
    return covariance
