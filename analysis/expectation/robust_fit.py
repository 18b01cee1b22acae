"""Expectations that gaps do not sway: pairs proven to be gaps are set aside, and the model is fitted to the others.

Fifteen pairs in a hundred with a tenth of their links lower the expectations of all pairs of their regions and widen
all intervals, until none of them is seen. Setting proven gaps aside (q < .05) and fitting anew brings the next to
light, until no more appear. Since at most one in twenty of what is set aside is no gap, and a network without
gaps has nothing to set aside in 19 of 20 cases, the false-discovery rate stays where it was; `benchmarks/recovery.py`
measures both.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.expectation.grades import find_proven
from analysis.expectation.gravity import GravityFit, fit_gravity, summarise_coefficients
from analysis.expectation.gravity_options import GravityOptions
from analysis.loglinear.covariance import measure_outside_variance
from analysis.loglinear.effects import find_redundant
from analysis.loglinear.irls import Design, Mean, fit_mean
from analysis.loglinear.leave_one_out import LARGEST_LEVERAGE, Expectation, measure_expectation
from analysis.loglinear.nb2_dispersion import estimate_dispersion
from analysis.loglinear.ppml import Identified, PoissonFit, build_fit
from analysis.loglinear.separation import find_identified, find_separated
from analysis.loglinear.threads import use_one_thread
from analysis.loglinear.truncated_dispersion import estimate_both_dispersions
from regions.arrays import Booleans
from regions.study import Study
from regions.words import Words

if TYPE_CHECKING:
    import networkx as nx


_ROUNDS = 20
_SETTLED = 1e-3


@use_one_thread
def fit_expectation(
    study: Study, network: "nx.Graph", distances: pd.DataFrame, *, options: GravityOptions | None = None
) -> GravityFit:
    """Fit the model that gaps are judged by: ``fit_gravity``, then ``refit_robustly`` unless the options say no.

    Parameters, errors: as of `analysis.fit_gravity`.

    Examples
    --------
    >>> from regionet import analysis
    >>> study, km = analysis.scatter_regions(20)
    >>> network = analysis.simulate_network(study, km, analysis.Truth(), seed=1)
    >>> fit = analysis.fit_expectation(study, network, km)
    >>> bool(fit.model.coefficients.loc["ln_distance", "estimate"] < 0)
    True
    """
    fit = fit_gravity(study, network, distances, options=options)
    return refit_robustly(fit) if fit.options.resistant else fit


def refit_robustly(fit: GravityFit) -> GravityFit:
    """Fit a model anew without the pairs that it proves to be gaps, until it proves no more.

    Parameters
    ----------
    fit
        As `analysis.fit_gravity` gives it.

    Returns
    -------
    GravityFit
        ``table`` has the same rows; the expectation of a pair set aside is what the others say of it. The dispersion is
        that of `analysis.loglinear.truncated_dispersion.estimate_truncated_dispersion`, also where nothing is set
        aside; the dispersion of the true ratios, which shrunken ratios come from, stays that of all pairs;
        coefficients and ``regression`` are of the pairs kept (its ``used`` and ``fitted`` are by row of ``table``, 0
        for pairs set aside), and a note says how many were set aside.

        A pair stays when it carries more than half of its own expectation, and no more pairs go when too little would
        be left to identify every effect.
    """
    kept = np.ones(len(fit.table), dtype=bool)
    found = _fit_kept(fit, kept)
    if found is None:
        return fit
    for _ in range(_ROUNDS):
        fewer = kept & ~(find_proven(found) & (fit.table["leverage"].to_numpy() <= LARGEST_LEVERAGE))
        fresh = None if (fewer == kept).all() else _fit_kept(fit, fewer)
        if fresh is None:
            break
        kept, found = fewer, fresh
    return found if kept.all() else _note_excluded(found, int((~kept).sum()))


def _fit_kept(fit: GravityFit, kept: Booleans) -> GravityFit | None:
    """Fit to the pairs kept and expect all; None when they do not identify every effect and covariate."""
    whole = fit.design
    design = whole if kept.all() else whole.subset(kept)
    if not _is_identified(design):
        return None
    mean, alpha, plain = _settle(design, fit, kept)
    expectation = _expect(whole, _Kept(design, mean, kept), alpha, fit.options)
    whole_eta = whole.predict(mean.coefficients, mean.effects)
    table = fit.table.assign(
        expected=np.exp(expectation.eta) * fit.model.unit,
        linear_error=np.sqrt(expectation.variance),
        leverage=expectation.leverage,
        fitted=np.exp(whole_eta) * fit.model.unit,
    )
    regression = _regress(fit, _Kept(design, mean, kept), alpha)
    coefficients = summarise_coefficients(regression, alpha=alpha, weighted=fit.options.family == "nb2")
    spread = plain if kept.all() else estimate_dispersion(whole.y, np.exp(whole_eta), design=whole)
    model = replace(fit.model, coefficients=coefficients, dispersion=alpha, ratio_dispersion=max(alpha, spread))
    return replace(fit, model=model, table=table, regression=regression)


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """The design of the pairs kept, its mean, and which of all pairs they are."""

    design: Design
    mean: Mean
    rows: Booleans


def _is_identified(design: Design) -> bool:
    """Return whether every effect and covariate that all pairs identify still is, and no zero is separated."""
    weights = np.ones(len(design.y))
    pinned = find_redundant(design.layout, weights)
    if pinned.sum() > design.pinned.sum() or not find_identified(design.x, design.layout, weights, pinned).all():
        return False
    return not find_separated(design.y, design.x, design.layout, rank=design.parameters).any()


def _settle(design: Design, fit: GravityFit, kept: Booleans) -> tuple[Mean, float, float]:
    """Return mean, dispersion and the dispersion of all counts; of NB2 mean and dispersion depend on each other."""
    start, alpha = np.log(fit.table["fitted"].to_numpy()[kept] / fit.model.unit), fit.model.dispersion
    if fit.options.family == "ppml":
        mean = fit_mean(design, start=start)
        known = alpha if kept.all() else None  # the fit of all pairs has estimated it
        return mean, *estimate_both_dispersions(design.y, np.exp(mean.eta), design=design, plain=known)
    for _ in range(_ROUNDS):
        mean = fit_mean(design, alpha=alpha, start=start)
        before = alpha
        alpha, plain = estimate_both_dispersions(design.y, np.exp(mean.eta), design=design)
        if abs(alpha - before) <= _SETTLED * before:
            break
    return mean, alpha, plain


def _expect(whole: Design, kept: _Kept, alpha: float, options: GravityOptions) -> Expectation:
    """Expect the pairs kept as ever, and those set aside from the pairs kept."""
    weighted = options.family == "nb2"
    inside = measure_expectation(
        kept.design, kept.mean.eta, alpha=alpha, weighted=weighted, out_of_fold=options.out_of_fold
    )
    eta, size = whole.predict(kept.mean.coefficients, kept.mean.effects), len(kept.rows)
    variance, leverage, held = np.zeros(size), np.zeros(size), np.zeros(size, dtype=bool)
    eta[kept.rows], variance[kept.rows] = inside.eta, inside.variance
    leverage[kept.rows], held[kept.rows] = inside.leverage, inside.held
    variance[~kept.rows] = measure_outside_variance(
        kept.design, kept.mean.eta, whole.subset(~kept.rows), alpha=alpha, weighted=weighted
    )
    return Expectation(eta, variance, leverage, held)


def _regress(fit: GravityFit, kept: _Kept, alpha: float) -> PoissonFit:
    old = fit.regression
    found = Identified(kept.design, kept.rows, np.ones(len(kept.design.x), dtype=bool), old.dropped)
    ends, _ = pd.factorize(fit.table[["source", "target"]].to_numpy(dtype=object).T.ravel(), sort=True)
    first, second = ends.reshape(2, -1)
    return build_fit(
        found,
        kept.mean,
        names=old.names,
        pairs=(first, second),
        alpha=alpha if fit.options.family == "nb2" else 0.0,
    )


def _note_excluded(fit: GravityFit, count: int) -> GravityFit:
    note = Words(
        en=f"{count} pairs are proven to have fewer links than expected and are set aside: the other pairs alone give "
        "expectations and dispersion",
        zh=f"{count} 对地区的联系确定少于期望，已先行剔除：期望与离散参数只由其余地区对估计",
    )
    return replace(fit, model=replace(fit.model, notes=(*fit.model.notes, note)))
