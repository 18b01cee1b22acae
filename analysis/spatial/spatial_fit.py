"""Spatial models of regions, in a cross-section or a panel: fitted, and told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import get_args

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from analysis.loglinear.threads import use_one_thread
from analysis.spatial.average_impacts import ImpactDraws, draw_coefficients, measure_average, summarise_impacts
from analysis.spatial.demeaning import Correction, Effects, PanelDesign
from analysis.spatial.information import Errors, measure_covariance, measure_regression_covariance
from analysis.spatial.likelihood import Estimate, fit_error, fit_lag, fit_least_squares
from analysis.spatial.log_determinant import LogDeterminant, build_log_determinant
from analysis.spatial.model_kinds import KINDS, Model
from analysis.spatial.panel_data import PanelArrays, read_panel
from analysis.spatial.recentring import build_recentring
from geodata.weights.normalisation import is_row_normalised
from geodata.weights.spatial_weights import AnyWeights
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say


@dataclass(frozen=True, slots=True, eq=False)
class SpatialFit:
    """A fitted spatial model.

    Attributes
    ----------
    model, effects, correction, errors
        As asked for; ``correction`` None where there was nothing to correct.
    y, x
        Columns.
    rho
        Of the lag (SAR, SDM) or of the error (SEM, SDEM, often called lambda); None for OLS and SLX.
    coefficients
        Index: ``constant`` (without effects), each column, ``W_`` + column (Durbin models).
    table
        The same and ``rho``; ``estimate``, ``error``, ``z``, ``p``, ``low``, ``high`` (95 %, normal).
    covariance
        Of the rows of ``table``.
    sigma2
        Variance of the errors.
    loglik, aic, bic
        Log-likelihood (of the transformed data where corrected: compare only fits with the same effects and
        correction) and the criteria from it; effects are not counted as parameters, they are the same in all.
    n, regions, years
        Observations; regions; years (1 in a cross-section).
    islands
        Regions without neighbours in W: they receive and give nothing.
    exact
        Whether year effects, if any, are corrected by the exact transformation (rows of W sum to 1); else by a
        recentred score, see ``analysis.spatial.recentring``.
    estimate, arrays, determinant
        What the numbers came from.
    """

    model: Model
    effects: Effects
    correction: Correction | None
    errors: Errors
    y: str
    x: tuple[str, ...]
    rho: float | None
    coefficients: "pd.Series[float]"
    table: pd.DataFrame
    covariance: pd.DataFrame
    sigma2: float
    loglik: float
    aic: float
    bic: float
    n: int
    regions: int
    years: int
    islands: tuple[str, ...]
    exact: bool
    estimate: Estimate = field(repr=False)
    arrays: PanelArrays = field(repr=False)
    determinant: LogDeterminant | None = field(repr=False)

    def draw(self, *, draws: int = 5_000, seed: int = 0) -> ImpactDraws:
        """Draw coefficients and rho from their joint normal distribution, keeping stable ones; the estimate first."""
        return draw_coefficients(self, draws=draws, seed=seed)

    def impacts(self, *, draws: int = 5_000, seed: int = 0, level: float = 0.95) -> pd.DataFrame:
        r"""Measure the average impacts of LeSage and Pace (2009) with simulated intervals.

        With :math:`S_k=(I-\rho W)^{-1}(\beta_kI+\theta_kW)`: direct :math:`tr\,S_k/N`, total :math:`1'S_k1/N`, indirect
        the difference; for any normalisation of W. (Without a lag of y, :math:`S_k=\beta_kI+\theta_kW`.)

        Parameters
        ----------
        draws
            Draws of coefficients and rho; unstable ones are drawn again (``draw().unstable`` is their share).
        seed
            Of the draws.
        level
            Coverage of the intervals, quantiles of the draws.

        Returns
        -------
        DataFrame
            ``variable``, ``effect`` (``direct``, ``indirect``, ``total``), ``estimate``, ``low``, ``high``.
        """
        drawn = self.draw(draws=draws, seed=seed)
        return summarise_impacts(measure_average(self, drawn), self.x, level=level)


@use_one_thread
def fit_spatial(
    panel: pd.DataFrame,
    weights: AnyWeights,
    *,
    y: str,
    x: Sequence[str],
    model: Model = "sar",
    effects: Effects = "none",
    correction: Correction | None = "lee-yu",
    errors: Errors = "model",
) -> SpatialFit:
    r"""Fit a spatial model by maximum likelihood.

    :math:`y=\rho Wy+X\beta+WX\theta+u`, :math:`u=\lambda Wu+\varepsilon`, with: OLS none of the spatial terms, SLX
    :math:`\theta`, SAR :math:`\rho`, SEM :math:`\lambda`, SDM :math:`\rho,\theta`, SDEM :math:`\lambda,\theta`. The
    log-determinant is exact.

    Parameters
    ----------
    panel
        ``code``, ``year`` (left out in a cross-section) and columns; every region of ``weights`` in every year.
    weights
        Square DataFrame on codes or ``libpysal.graph.Graph``; row: exposed, column: exposed to. Normalise it first
        (`geodata.normalise_weights`); a region without neighbours is kept and named.
    y, x
        Outcome; what explains it. Lags of Durbin models are made here.
    model
        ``ols``, ``slx``, ``sar``, ``sem``, ``sdm`` or ``sdem``.
    effects
        Taken out: of regions, years or both.
    correction
        ``lee-yu`` [1]_: without it the effects of years pull rho down (31 regions, 11 years, .4: .35) and make
        intervals too short. Exact where rows of W sum to 1; for other W the score is recentred, which removes its
        bias. None: plain maximum likelihood.
    errors
        ``model``: by the expected information; ``robust``: to unequal variances; ``cluster``: to whatever goes on
        within a region over the years. Beyond 3,000 regions only ``model``, by the curvature of the profile.

    Returns
    -------
    SpatialFit

    Raises
    ------
    MethodError
        For everything `analysis.spatial.panel_data.read_panel` refuses, weights without a cycle, an explosive rho, or
        an unknown option.

    References
    ----------
    .. [1] Lee, L., & Yu, J. (2010). Estimation of spatial autoregressive panel data models with fixed effects.
       Journal of Econometrics 154, 165-185. https://doi.org/10.1016/j.jeconom.2009.08.001

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> codes = list("ABCDEFGH")
    >>> w = pd.DataFrame(0.5 * (np.eye(8, k=1) + np.eye(8, k=-1)), index=codes, columns=codes)
    >>> w.iloc[0, 7] = w.iloc[7, 0] = 0.5  # a ring
    >>> table = pd.DataFrame({"code": codes, "x": [1, 4, 2, 8, 5, 7, 1, 3], "y": [4, 8, 9, 15, 14, 13, 6, 5]})
    >>> fit = fit_spatial(table, w, y="y", x=["x"], model="sar")
    >>> round(fit.rho, 3)
    0.724
    """
    _check_options(model, effects, correction, errors)
    design = PanelDesign(effects, correction is not None)
    kind = KINDS[model]
    arrays = read_panel(panel, weights, y=y, x=x, durbin=kind.durbin, design=design)
    determinant = None if kind.rho is None else build_log_determinant(arrays.weights)
    return fit_arrays(arrays, design, determinant, model=model, columns=(y, *x), errors=errors)


def fit_arrays(
    arrays: PanelArrays,
    design: PanelDesign,
    determinant: LogDeterminant | None,
    *,
    model: Model,
    columns: tuple[str, ...],
    errors: Errors = "model",
) -> SpatialFit:
    """Fit a model to arrays that were checked, with a log-determinant that may serve many fits."""
    estimate = maximise_likelihood(arrays, design, determinant, model=model)
    names = [*arrays.names]
    if determinant is None:
        covariance = measure_regression_covariance(estimate, errors=errors, freedom=_count_freedom(arrays, design))
    else:
        lag = KINDS[model].rho == "lag"
        covariance = measure_covariance(arrays, design, estimate, lag=lag, errors=errors)[:-1, :-1]
        names.append("rho")
    values = estimate.beta if estimate.rho is None else np.append(estimate.beta, estimate.rho)
    count, parameters = estimate.periods * estimate.regions, len(names) + 1
    years, regions = arrays.y.shape
    return SpatialFit(
        model=model,
        effects=design.effects,
        correction="lee-yu" if design.corrected and design.effects != "none" else None,
        errors=errors,
        y=columns[0],
        x=columns[1:],
        rho=estimate.rho,
        coefficients=pd.Series(estimate.beta, index=list(arrays.names), name="estimate"),
        table=_tell(values, covariance, names),
        covariance=pd.DataFrame(covariance, index=names, columns=names),
        sigma2=estimate.sigma2,
        loglik=estimate.loglik,
        aic=2 * parameters - 2 * estimate.loglik,
        bic=parameters * float(np.log(count)) - 2 * estimate.loglik,
        n=years * regions,
        regions=regions,
        years=years,
        islands=arrays.weights.islands,
        exact=not design.recentred or is_row_normalised(arrays.weights),
        estimate=estimate,
        arrays=arrays,
        determinant=determinant,
    )


def maximise_likelihood(
    arrays: PanelArrays, design: PanelDesign, determinant: LogDeterminant | None, *, model: Model
) -> Estimate:
    """Find the coefficients of a model, without their errors."""
    if determinant is None:
        return fit_least_squares(arrays, design)
    lag = KINDS[model].rho == "lag"
    recentring = build_recentring(arrays.weights, determinant.radius, error=not lag) if design.recentred else None
    return (fit_lag if lag else fit_error)(arrays, design, determinant, recentring)


def _count_freedom(arrays: PanelArrays, design: PanelDesign) -> int:
    years, regions = arrays.y.shape
    periods, counted = years - design.of_regions, regions - design.of_years
    return int(periods * counted) - len(arrays.names)


def _tell(values: Floats, covariance: Floats, names: list[str]) -> pd.DataFrame:
    error = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    z = values / error
    reach = float(ndtri(0.975)) * error
    columns = {"estimate": values, "error": error, "z": z, "p": 2 * ndtr(-np.abs(z))}
    return pd.DataFrame(
        {**columns, "low": values - reach, "high": values + reach}, index=pd.Index(names, name="variable")
    )


def _check_options(model: str, effects: str, correction: str | None, errors: str) -> None:
    for name, value, known in (
        ("model", model, tuple(KINDS)),
        ("effects", effects, get_args(Effects)),
        ("correction", correction, (*get_args(Correction), None)),
        ("errors", errors, get_args(Errors)),
    ):
        if value not in known:
            raise MethodError(say("spatial-fit/must-be-one", name=name, shown=list(map(str, known)), value=value))
