"""How well a gravity model expects what is observed: deviance, pseudo R2, AUC of links, calibration."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.special import ndtri

from analysis.expectation.gravity import GravityFit
from analysis.expectation.model import CalibrationGroup, GravityModel
from analysis.loglinear.tolerance import merge_ties
from analysis.scores.auc import measure_auc
from regions.errors import MethodError

_GROUPS = 10
_FEWEST = 5
"""Fewer pairs in a group than this say little about its mean."""


@dataclass(frozen=True, slots=True, eq=False)
class FitReport:
    """Quality of a fit.

    Attributes
    ----------
    deviance, pseudo_r2
        Of the likelihood that was maximised, in the fit of all pairs.
    pearson
        Pearson statistic of the fit of all pairs over its degrees of freedom, sum (x - mu)^2 / (mu + alpha mu^2) /
        (n - parameters): near 1 when the dispersion is right.
    auc
        Probability that a linked pair is expected to have more than an unlinked one (ties count half); NaN when all
        pairs are linked. Of the expectations that the gaps use: without the pair itself unless the fit says
        otherwise.
    calibration
        One row per group of about as many pairs, the least expected first: ``pairs``, ``expected`` and ``observed``
        (means, in the weight of the network), ``low`` and ``high`` (where the observed mean should lie with 95 %
        probability given dispersion; the uncertainty of the expectations is not in it).
    """

    deviance: float
    pseudo_r2: float
    pearson: float
    auc: float
    calibration: pd.DataFrame


def measure_fit(fit: GravityFit, *, groups: int = _GROUPS) -> FitReport:
    """Report how well a gravity model fits.

    Parameters
    ----------
    fit
        The model.
    groups
        Number of calibration groups; fewer when many expectations are equal.

    Raises
    ------
    MethodError
        When there are fewer pairs than groups.

    Examples
    --------
    >>> from regionet import analysis
    >>> study, km = analysis.scatter_regions(20)
    >>> network = analysis.simulate_network(study, km, analysis.Truth(), seed=1)
    >>> report = measure_fit(analysis.fit_gravity(study, network, km), groups=5)
    >>> len(report.calibration)
    5
    """
    if not 1 <= groups <= len(fit.table):
        raise MethodError(f"{len(fit.table)} pairs cannot be split into {groups} groups")
    model, unit = fit.model, fit.model.unit
    observed, fitted = (fit.table[name].to_numpy() / unit for name in ("observed", "fitted"))
    pearson = ((observed - fitted) ** 2 / (fitted + model.dispersion * fitted**2)).sum()
    return FitReport(
        deviance=model.deviance,
        pseudo_r2=model.pseudo_r2,
        pearson=float(pearson) / (model.pairs - model.parameters),
        auc=measure_auc(fit.table["expected"].to_numpy(), observed > 0)[0],
        calibration=_calibrate(fit, groups),
    )


def add_fit(fit: GravityFit) -> GravityModel:
    """Return the summary of a fit with AUC and calibration, in groups of at least five pairs and ten groups at most."""
    report = measure_fit(fit, groups=max(min(_GROUPS, len(fit.table) // _FEWEST), 1))
    means = report.calibration[["expected", "observed", "low", "high"]].to_numpy().tolist()
    sizes = report.calibration["pairs"].tolist()
    groups = (CalibrationGroup(size, *values) for size, values in zip(sizes, means, strict=True))
    return replace(fit.model, auc=report.auc, calibration=tuple(groups))


def _calibrate(fit: GravityFit, groups: int) -> pd.DataFrame:
    unit, alpha = fit.model.unit, fit.model.dispersion
    mu = fit.table["expected"] / unit
    merged = pd.Series(merge_ties(mu.to_numpy()), index=mu.index)
    group = pd.qcut(merged, groups, labels=False, duplicates="drop").fillna(0).rename("group")  # NaN: all are equal
    rows = fit.table.assign(variance=mu + alpha * mu**2).groupby(group)
    table = rows.agg(pairs=("source", "size"), expected=("expected", "mean"), observed=("observed", "mean"))
    width = ndtri(0.975) * unit * np.sqrt(rows["variance"].sum()) / table["pairs"]
    return table.assign(low=(table["expected"] - width).clip(lower=0.0), high=table["expected"] + width)
