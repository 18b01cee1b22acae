"""NB2 dispersion: how much more than Poisson do pairs vary around their expectation.

X ~ NB2(mu, alpha): Var X = mu + alpha mu^2, the marginal of a Poisson count whose rate is mu times a
Gamma(1/alpha, 1/alpha) ratio. The dispersion is found by maximum likelihood. The raw Pearson moment, mean((x
- mu)^2 / mu), is not used: a single link where next to none is expected blows it up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, xlogy

from analysis.loglinear.adjustment import build_adjustment
from analysis.loglinear.effects import Effect
from analysis.loglinear.irls import Design, Mean, fit_mean
from analysis.loglinear.nb2_likelihood import build_score, measure_rise
from analysis.loglinear.ppml import PoissonFit, build_fit, identify_design
from analysis.loglinear.threads import use_one_thread
from regions.arrays import Floats, Positions
from regions.errors import MethodError
from regions.messages import say

EXACT = 1e-13
_HIGHEST = 1e4
_ROUNDING = 1e-9
_STRIDE = 0.1
_ROUNDS = 200
_SETTLED = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class NegativeBinomialFit:
    """An NB2 regression.

    Attributes
    ----------
    regression
        Coefficients, effects and the rest, as of a Poisson fit with the NB2 weights mu / (1 + alpha mu).
    alpha
        Dispersion; theta = 1 / alpha. 0 is the Poisson limit.
    log_likelihood
        NB2 log-likelihood at the maximum.
    """

    regression: PoissonFit
    alpha: float
    log_likelihood: float


def measure_likelihood(y: Floats, mu: Floats, *, alpha: float) -> float:
    """Return the NB2 log-likelihood; Poisson when ``alpha`` is 0.

    sum(ln G(y + r) - ln G(r) - ln G(y + 1) + r ln(r / (r + mu)) + y ln(mu / (r + mu))), r = 1 / alpha, computed in the
    form of `analysis.loglinear.nb2_likelihood`, which does not cancel. The gamma function extends it to fractional y.

    Parameters
    ----------
    y, mu
        (n,) outcome and expectation, in counts.
    alpha
        Dispersion, >= 0.
    """
    apart = xlogy(y, mu) - gammaln(y + 1)
    if alpha == 0:
        return float((apart - mu).sum())
    growth = np.log1p(alpha * mu)
    return float((apart + measure_rise(y, alpha=alpha) - y * growth - growth / alpha).sum())


@use_one_thread
def estimate_dispersion(y: Floats, mu: Floats, *, design: Design | None = None) -> float:
    """Return the NB2 dispersion by maximum likelihood for fixed expectations.

    With a ``design`` the likelihood is adjusted for the parameters the expectations were fitted with (Cox &
    Reid 1987): minus half the log determinant of J'WJ, W = mu / (1 + alpha mu). Without the adjustment a
    model with one effect per region finds too little dispersion, since the effects follow the noise.

    Parameters
    ----------
    y, mu
        (n,) outcome and expectation, in counts.
    design
        The identified design behind ``mu``.

    Returns
    -------
    float
        alpha >= 0; 0 when the data vary no more than Poisson.

    References
    ----------
    Cox & Reid (1987), doi:10.1111/j.2517-6161.1987.tb01422.x; McCarthy, Chen & Smyth (2012),
    doi:10.1093/nar/gks042, use it for NB2.
    """
    return estimate_adjusted(y, mu, build_adjustment(design, mu))


def estimate_adjusted(y: Floats, mu: Floats, adjust: Callable[[float], float]) -> float:
    """Return the dispersion as `estimate_dispersion` does, with an adjustment that the caller uses again."""
    plain = build_score(y, mu)

    def score(alpha: float) -> float:
        return plain(alpha) + adjust(alpha)

    return find_dispersion(score, y, mu)


def find_dispersion(
    score: Callable[[float], float],
    y: Floats,
    mu: Floats,
    *,
    start: float | None = None,
    exact: float = EXACT,
) -> float:
    """Return the alpha at which a score in alpha is zero; 0 where it is not positive at 0, beyond rounding.

    A minimiser of the likelihood knows its place to the root of the rounding only (3e-8), and can never say that it is
    at 0; the root of the score is good to 1e-12, and its sign at 0 says whether there is any.

    Parameters
    ----------
    score
        alpha -> derivative of the log-likelihood.
    y, mu
        (n,) outcome and expectation that it is of, for its size and a first guess.
    start
        Where to begin the search; a Newton step from 0 when None.
    exact
        Largest relative error of the root.

    Returns
    -------
    float
        At most 1e4.
    """
    from scipy.optimize import brentq  # noqa: PLC0415 - a third of the import time, only where used

    first = score(0.0)
    if first <= _ROUNDING * float(((y - mu) ** 2 + y).sum()):
        return 0.0
    asked, known = [score], dict[float, float]()

    def ask(log_alpha: float) -> float:  # the ends of the bracket are asked again by the search
        if log_alpha not in known:
            known[log_alpha] = asked[0](float(np.exp(log_alpha)))
        return known[log_alpha]

    low = high = float(np.log(min(start or 2 * first / float((mu**2).sum()), _HIGHEST)))
    stride = _STRIDE
    if ask(low) > 0:
        while ask(high) > 0:
            if high >= np.log(_HIGHEST):
                return _HIGHEST
            low, high, stride = high, high + stride, 2 * stride
    else:
        while ask(low) <= 0:
            low, high, stride = low - stride, low, 2 * stride
    root = brentq(ask, low, high, xtol=exact)
    asked.clear()  # brentq leaves its function in a circle of references: the arrays of the score would stay for long
    return float(np.exp(root))


@use_one_thread
def fit_nb2(
    y: Floats,
    x: Floats,
    effects: Sequence[Effect] = (),
    *,
    names: Sequence[str] = (),
    offset: Floats | None = None,
    pairs: tuple[Positions, Positions] | None = None,
) -> NegativeBinomialFit:
    """Fit an NB2 regression with region effects by full maximum likelihood.

    Mean and dispersion are fitted in turn until both stand still.
    Parameters and errors as in ``analysis.loglinear.ppml.fit_ppml``. No adjustment for the number of parameters is made
    here.

    References
    ----------
    Lawless (1987), Negative binomial and mixed Poisson regression, doi:10.2307/3314912.

    Examples
    --------
    >>> y = np.array([1.0, 4.0, 2.0, 6.0])
    >>> x = np.column_stack([np.ones(4), [0.0, 1.0, 0.0, 1.0]])
    >>> fit_nb2(y, x, names=["constant", "treated"]).regression.coefficients.round(3).tolist()  # ln 1.5, ln 5 - ln 1.5
    [0.405, 1.204]
    """
    found = identify_design(y, x, effects, names=names, offset=offset)
    mean, alpha = _alternate(found.design)
    fit = build_fit(found, mean, names=names, pairs=pairs, alpha=alpha)
    return NegativeBinomialFit(fit, alpha, measure_likelihood(found.design.y, np.exp(mean.eta), alpha=alpha))


def _alternate(design: Design) -> tuple[Mean, float]:
    mean, alpha = fit_mean(design), 0.0
    for _ in range(_ROUNDS):
        fresh = estimate_dispersion(design.y, np.exp(mean.eta))
        if abs(fresh - alpha) <= _SETTLED * fresh:
            return mean, fresh
        alpha = fresh
        mean = fit_mean(design, alpha=alpha, start=mean.eta)
    raise MethodError(say("fit/rounds", rounds=_ROUNDS, dispersion=alpha))
