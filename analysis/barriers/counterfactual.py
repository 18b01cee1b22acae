"""What would be expected if a covariate changed: partly, or with every region keeping its total.

Partial: mu exp(change), all else as it is. Conditional: the links of a region are as many as before, so that what one
pair gains others lose; the region effects (multilateral terms) are solved anew (Anderson & van Wincoop 2003,
doi:10.1257/000282803321455214; Yotov et al. 2016, An Advanced Guide to Trade Policy Analysis, chapter 2).
"""

from dataclasses import dataclass

import numpy as np

from analysis.loglinear.irls import Design, fit_mean
from analysis.loglinear.ppml import PoissonFit
from analysis.loglinear.threads import use_one_thread
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say


@dataclass(frozen=True, slots=True, eq=False)
class Counterfactual:
    """Expectations of every used observation, in the unit of the outcome.

    Attributes
    ----------
    baseline
        (n,) as fitted.
    partial
        (n,) with the change, the region effects as they are.
    conditional
        (n,) with the change, every region keeping its total.
    """

    baseline: Floats
    partial: Floats
    conditional: Floats


@use_one_thread
def measure_counterfactual(fit: PoissonFit, change: Floats, *, rows: Design | None = None) -> Counterfactual:
    """Return what a change of the linear predictor does.

    The totals of the regions enter as data, hence the new region effects are a Poisson fit to the baseline with the
    changed covariates as offset; on a full matrix of pairs this is Sinkhorn balancing.

    Parameters
    ----------
    fit
        A model with region effects.
    change
        (n,) added to the linear predictor of each used observation, or of each of ``rows``.
    rows
        What to expect: the used observations when None, else others that have the same effects and covariates, such as
        all pairs where some were set aside for the fit.

    Raises
    ------
    MethodError
        When the model has no region effects, or the shapes differ.

    Examples
    --------
    >>> from regionet import analysis
    >>> study, km = analysis.scatter_regions(20)
    >>> network = analysis.simulate_network(study, km, analysis.Truth(), seed=1)
    >>> fit = analysis.fit_gravity(study, network, km).regression
    >>> place = fit.names.index("different_parent")
    >>> without_border = -fit.coefficients[place] * fit.design.x[place]
    >>> opened = measure_counterfactual(fit, without_border)
    >>> bool((opened.conditional.sum() - opened.baseline.sum()).round(6) == 0)  # regions keep their totals
    True
    """
    design = fit.design if rows is None else rows
    eta = fit.mean.eta if rows is None else rows.predict(fit.coefficients, fit.mean.effects)
    if not design.layout.size:
        raise MethodError(say("barriers/needs-effects"))
    if change.shape != eta.shape:
        raise MethodError(f"the change has shape {change.shape}, the {len(eta)} observations need {eta.shape}")
    baseline = np.exp(eta)
    offset = fit.coefficients @ design.x + design.offset + change
    solved = fit_mean(Design(baseline, design.x[:0], design.layout, design.pinned, offset))
    return Counterfactual(baseline, np.exp(eta + change), np.exp(solved.eta))
