"""NB2 dispersion from the pairs that are not far too low: what true gaps there are does not count as chance.

A few pairs with a tenth of the links they should have make all pairs look more scattered, intervals grow too wide and
the gaps hide each other. Hence counts below the 5 % quantile of their own distribution are left out, and the others
follow the distribution truncated there:

    l(alpha) = sum over x_i >= c_i of [ln NB2(x_i; mu_i, alpha) - ln P(X_i >= c_i)].

Truncation is part of the likelihood, so without any gap the dispersion is the same but for its standard error.
Pairs expected to have few links are never left out: of 2 links 0 is no surprise.
"""

import numpy as np

from analysis.loglinear.covariance import measure_information
from analysis.loglinear.effects import BoolArray, FloatArray
from analysis.loglinear.irls import Design
from analysis.loglinear.overdispersion import LOWEST, estimate_dispersion, measure_likelihood
from analysis.loglinear.predictive import find_quantile, measure_probability
from analysis.loglinear.threads import use_one_thread

TAIL = 0.05
_ROUNDS = 30
_SETTLED = 1e-3
_REACH = 5.0


@use_one_thread
def estimate_truncated_dispersion(
    y: FloatArray, mu: FloatArray, *, design: Design | None = None, tail: float = TAIL
) -> float:
    """Return the NB2 dispersion by maximum likelihood, of the counts above the lower tail if that is smaller.

    Gaps can only widen the dispersion of all counts; where that is the smaller one, it stands. The bounds c_i depend on
    the dispersion: they start from that of all counts and are drawn anew until it stands still (to .1 %: bounds are
    whole, so there is no more to it). Expectations are fixed.

    Parameters
    ----------
    y, mu
        (n,) outcome and expectation, in counts; mu > 0.
    design
        The identified design behind ``mu``, for the adjustment of
        `analysis.loglinear.overdispersion.estimate_dispersion`.
    tail
        Share of the distribution of a pair that is left out, at most; 0 leaves out nothing.

    Returns
    -------
    float
        alpha >= 0; 0 when the data vary no more than Poisson.

    References
    ----------
    Amiguet, Marazzi, Valdora & Yohai (2017), Robust estimators for generalized linear models with a dispersion
    parameter, arXiv:1703.09626: a likelihood conditional on not being an outlier keeps the estimate consistent.
    """
    alpha = plain = estimate_dispersion(y, mu, design=design)
    for _ in range(_ROUNDS):
        if alpha == 0 or tail == 0:
            break
        before, alpha = alpha, _improve(y, mu, find_quantile(mu, alpha=alpha, share=tail), alpha, design)
        if abs(alpha - before) <= _SETTLED * before:
            break
    return min(alpha, plain)


def _improve(y: FloatArray, mu: FloatArray, bound: FloatArray, alpha: float, design: Design | None) -> float:
    """Return the dispersion under which the counts at or above their bounds are likeliest, near ``alpha``."""
    from scipy.optimize import minimize_scalar  # noqa: PLC0415 - a third of the import time, only where used

    kept: BoolArray = y >= bound
    x, m = y[kept], mu[kept]
    bounded = bound[kept] > 0  # of the others nothing is cut off
    below, above = bound[kept][bounded] - 1, mu[kept][bounded]

    def loss(log_alpha: float) -> float:
        a = float(np.exp(log_alpha))
        value = np.log1p(-measure_probability(below, above, alpha=a)).sum() - measure_likelihood(x, m, alpha=a)
        if design is not None:
            value += 0.5 * np.linalg.slogdet(measure_information(design, mu / (1 + a * mu)))[1]
        return float(value)

    bounds = (np.log(max(alpha / _REACH, LOWEST)), np.log(alpha * _REACH))
    answer = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": _SETTLED / 10})
    return 0.0 if loss(float(np.log(LOWEST))) <= answer.fun else float(np.exp(answer.x))
