"""How sure it is that a pair collaborates less than expected, and the grade that says so."""

import numpy as np
import pandas as pd

from analysis.effects import BoolArray, FloatArray
from analysis.gravity import GravityFit
from analysis.multiple import Correction, measure_q_values
from analysis.predictive import measure_predictive_probability
from analysis.shrinkage import measure_shrunken

GRADES = ("strong", "moderate", "weak", "none")
SIGNIFICANT = 0.05
LIKELY, LEANING = 0.95, 0.80


def measure_evidence(fit: GravityFit, *, correction: Correction = "bh") -> pd.DataFrame:
    """Return ``p``, ``q``, ``shrunken_ratio``, ``shortfall_probability`` and ``grade`` of every fitted pair.

    On the index of ``fit.table``; see ``analysis.gaps.measure_gaps`` for what they mean.
    """
    x, mu, variance = _read_counts(fit)
    p = _measure_p(fit)
    q = measure_q_values(p, correction=correction)
    known = not fit.options.out_of_fold  # an expectation that contains the count must not be weighed by it again
    shrunken = measure_shrunken(x, mu, alpha=fit.model.dispersion, variance=0.0 if known else variance)
    return pd.DataFrame(
        {
            "p": p,
            "q": q,
            "shrunken_ratio": shrunken.ratio,
            "shortfall_probability": shrunken.below,
            "grade": _grade(mu > x, np.array([p, q, shrunken.below])),
        },
        index=fit.table.index,
    )


def find_proven(fit: GravityFit) -> BoolArray:
    """Return the (n,) pairs of ``fit.table`` with fewer links than expected and q < .05 (Benjamini-Hochberg)."""
    x, mu, _ = _read_counts(fit)
    return np.asarray((mu > x) & (measure_q_values(_measure_p(fit)) < SIGNIFICANT))


def _read_counts(fit: GravityFit) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return what was observed and expected, in link events, and the variance of ln expected."""
    x, mu = (fit.table[name].to_numpy() / fit.model.unit for name in ("observed", "expected"))
    return x, mu, fit.table["linear_error"].to_numpy() ** 2


def _measure_p(fit: GravityFit) -> FloatArray:
    x, mu, variance = _read_counts(fit)
    p = measure_predictive_probability(x, np.log(mu), variance, alpha=fit.model.dispersion)
    return np.minimum(p, 1.0)


def _grade(short: BoolArray, evidence: FloatArray) -> list[str]:
    p, q, below = evidence
    conditions = [q < SIGNIFICANT, (p < SIGNIFICANT) | (below >= LIKELY), below >= LEANING]
    return list(np.select([short & condition for condition in conditions], list(GRADES[:3]), GRADES[3]))
