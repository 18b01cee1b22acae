"""What a fitted model would have expected of each pair, had that pair not been seen.

One Newton step away from the fit (Pregibon 1981, doi:10.1214/aos/1176345513; Cook & Weisberg 1982): with h the
leverage, w the weight of the pair in the information, q = h / w and v the variance of its linear predictor,

    eta_(-i) = eta - h / (1 - h) (y - mu) / mu,    v_(-i) = (v - s q^2) / (1 - h)^2,

where s is the variance of the pair's own score (mu + alpha mu^2 for PPML on NB2 data, w for NB2). No refit is needed.

Folds of several pairs would each need a refit, take from a region with few links some of them, so that expectations are
worse than they need be, and depend on how the pairs were dealt to the folds. One pair at a time is right up to the
Newton step, the same in every run, and costs one factorisation.
"""

from dataclasses import dataclass

import numpy as np

from analysis.loglinear.covariance import measure_linear_variance
from analysis.loglinear.irls import Design
from analysis.loglinear.threads import use_one_thread
from regions.arrays import Booleans, Floats

LARGEST_LEVERAGE = 0.5
"""A pair that carries more of its own expectation than this keeps it: hardly anything is left to expect it from."""


@dataclass(frozen=True, slots=True, eq=False)
class Expectation:
    """The linear predictor of every pair, as far as it is known.

    Attributes
    ----------
    eta
        (n,) ln expectation, in counts.
    variance
        (n,) its variance.
    leverage
        (n,) share in [0, 1] of its own expectation that a pair carries, in the fit of all pairs.
    held
        (n,) whether the pair takes part in ``eta``: all of them unless left out.
    """

    eta: Floats
    variance: Floats
    leverage: Floats
    held: Booleans


@use_one_thread
def measure_expectation(
    design: Design, eta: Floats, *, alpha: float, weighted: bool = False, out_of_fold: bool = True
) -> Expectation:
    """Return the linear predictors with their variances, with or without the pair itself.

    Parameters
    ----------
    design
        Identified design.
    eta
        (n,) linear predictor at the maximum.
    alpha
        NB2 dispersion of the data.
    weighted
        Whether the fit was by NB2 maximum likelihood, else by PPML.
    out_of_fold
        Leave each pair out of its own expectation, unless its leverage exceeds 0.5.
    """
    variance, leverage = measure_linear_variance(design, eta, alpha=alpha, weighted=weighted)
    if not out_of_fold:
        return Expectation(eta, variance, leverage, np.ones(len(eta), dtype=bool))
    mu = np.exp(eta)
    held = leverage > LARGEST_LEVERAGE
    h = np.where(held, 0.0, leverage)
    weight = mu / (1 + alpha * mu) if weighted else mu
    own = weight if weighted else mu + alpha * mu**2
    alone = np.maximum(variance - own * (h / weight) ** 2, 0.0) / (1 - h) ** 2
    return Expectation(eta - h / (1 - h) * (design.y - mu) / mu, alone, leverage, held)
