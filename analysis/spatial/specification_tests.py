"""Which spatial model: Lagrange multiplier tests on plain residuals, likelihood ratios between nested fits."""

from collections.abc import Sequence

import pandas as pd
from scipy.special import chdtrc

from analysis.spatial.demeaning import Effects, PanelDesign
from analysis.spatial.likelihood import fit_least_squares, regress
from analysis.spatial.model_kinds import NESTED
from analysis.spatial.panel_data import PanelArrays, read_panel
from analysis.spatial.spatial_fit import SpatialFit
from geodata.weights.spatial_weights import AnyWeights
from regions.errors import MethodError
from regions.messages import say


def measure_lagrange(
    panel: pd.DataFrame, weights: AnyWeights, *, y: str, x: Sequence[str], effects: Effects = "none"
) -> pd.DataFrame:
    r"""Test least squares against a spatial lag and a spatial error [1]_.

    With residuals e, :math:`\hat\sigma^2=e'e/NT`, :math:`t=T\,tr(W'W+W^2)`,
    :math:`J=(W\hat y)'M(W\hat y)/\hat\sigma^2+t`,
    :math:`d_e=e'We/\hat\sigma^2`, :math:`d_l=e'Wy/\hat\sigma^2`: error :math:`d_e^2/t`, lag :math:`d_l^2/J`,
    each robust to the other, and both together. Effects are taken out as dummies would.

    Parameters
    ----------
    panel, weights, y, x, effects
        As for `analysis.fit_spatial`.

    Returns
    -------
    DataFrame
        Index ``test``: ``error``, ``lag``, ``robust_error``, ``robust_lag``, ``both``; ``statistic``, ``df``, ``p``.

    Raises
    ------
    MethodError
        As `analysis.fit_spatial` for the table, and for weights that link nobody.

    References
    ----------
    .. [1] Anselin, L., Bera, A. K., Florax, R., & Yoon, M. J. (1996). Simple diagnostic tests for spatial dependence.
       Regional Science and Urban Economics 26, 77-104. https://doi.org/10.1016/0166-0462(95)02111-6

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("china")
    >>> w = geodata.build_contiguity_weights(study, join_islands=True)
    >>> panel = analysis.simulate_spatial_panel(w, rho=0.4)
    >>> found = analysis.measure_lagrange(panel, w, y="y", x=["x"], effects="both")
    >>> bool(found.loc["lag", "p"] < 0.01)
    True
    """
    design = PanelDesign(effects, corrected=False)
    arrays = read_panel(panel, weights, y=y, x=x, durbin=False, design=design)
    error, lag, t, j = _measure_scores(arrays, design)
    gap = (lag - error) ** 2 / (j - t)
    rows = {
        "error": (error**2 / t, 1),
        "lag": (lag**2 / j, 1),
        "robust_error": ((error - t / j * lag) ** 2 / (t * (1 - t / j)), 1),
        "robust_lag": (gap, 1),
        "both": (gap + error**2 / t, 2),
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["statistic", "df"]).rename_axis("test")
    table["p"] = chdtrc(table["df"], table["statistic"])
    return table


def _measure_scores(arrays: PanelArrays, design: PanelDesign) -> tuple[float, float, float, float]:
    """Return d of the error, d of the lag, t and J."""
    plain = fit_least_squares(arrays, design)
    rest, weights = plain.residuals, arrays.weights
    w = weights.matrix
    t = len(arrays.y) * float((w.multiply(w)).sum() + (w.multiply(w.T)).sum())
    if t == 0:
        raise MethodError(say("normalisation/weights-link-no"))
    sigma2 = float((rest**2).sum()) / rest.size
    lagged = design.demean(weights.lag(arrays.y - rest))  # what is fitted, effects included, then lagged
    _, left = regress(lagged, plain.regressors)
    error = float((rest * weights.lag(rest)).sum()) / sigma2
    lag = float((rest * weights.lag(arrays.y)).sum()) / sigma2
    return error, lag, t, float((left**2).sum()) / sigma2 + t


def measure_likelihood_ratio(general: SpatialFit, restricted: SpatialFit) -> "pd.Series[float]":
    """Test a model against a simpler one that it holds, by their likelihoods.

    Parameters
    ----------
    general, restricted
        Fits of the same data, weights, effects and correction. An SDM holds SAR, SEM (the common factor), SLX, OLS;
        an SDEM holds SEM, SLX, OLS.

    Returns
    -------
    Series
        ``statistic``, ``df``, ``p``.

    Raises
    ------
    MethodError
        When the second is no special case of the first, or they were not fitted to the same data.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("china")
    >>> w = geodata.build_contiguity_weights(study, join_islands=True)
    >>> panel = analysis.simulate_spatial_panel(w, rho=0.4)
    >>> sar = analysis.fit_spatial(panel, w, y="y", x=["x"], effects="both")
    >>> sdm = analysis.fit_spatial(panel, w, y="y", x=["x"], effects="both", model="sdm")
    >>> float(measure_likelihood_ratio(sdm, sar)["df"])
    1.0
    """
    same = ("y", "x", "effects", "correction", "n")
    held = restricted.model in NESTED.get(general.model, ())
    if not held or any(getattr(general, name) != getattr(restricted, name) for name in same):
        raise MethodError(say("specification-tests/no-special-case", model=restricted.model, shown=general.model))
    statistic = max(2 * (general.loglik - restricted.loglik), 0.0)
    df = len(general.table) - len(restricted.table)
    return pd.Series({"statistic": statistic, "df": df, "p": float(chdtrc(df, statistic))}, dtype=float)
