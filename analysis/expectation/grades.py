"""How sure it is that a pair collaborates less than expected, and the grade that says so."""

import numpy as np
import pandas as pd

from analysis.expectation.false_discovery_rate import Correction, measure_q_values
from analysis.expectation.gravity import GravityFit
from analysis.expectation.shrinkage import measure_shrunken
from analysis.loglinear.predictive import measure_predictive_probability
from analysis.loglinear.tolerance import subtract
from regions.arrays import Booleans, Floats

GRADES = ("strong", "moderate", "weak", "none")
SIGNIFICANT = 0.05
LIKELY, LEANING = 0.95, 0.80


def measure_evidence(fit: GravityFit, *, correction: Correction = "bh") -> pd.DataFrame:
    """Return ``p``, ``q``, ``shrunken_ratio``, ``shortfall_probability`` and ``grade`` of every fitted pair.

    On the index of ``fit.table``; see ``analysis.gaps.register.measure_gaps`` for what they mean.
    """
    x, mu, variance = _read_counts(fit)
    p = _measure_p(fit)
    q = measure_q_values(p, correction=correction)
    known = not fit.options.out_of_fold  # an expectation that contains the count must not be weighed by it again
    shrunken = measure_shrunken(x, mu, alpha=fit.model.ratio_dispersion, variance=0.0 if known else variance)
    return pd.DataFrame(
        {
            "p": p,
            "q": q,
            "shrunken_ratio": shrunken.ratio,
            "shortfall_probability": shrunken.below,
        },
        index=fit.table.index,
    ).assign(grade=lambda table: grade_pairs(table.assign(gap=subtract(mu, x))))


def find_proven(fit: GravityFit) -> Booleans:
    """Return the (n,) pairs of ``fit.table`` with fewer links than expected and q < .05 (Benjamini-Hochberg)."""
    x, mu, _ = _read_counts(fit)
    return np.asarray((mu > x) & (measure_q_values(_measure_p(fit)) < SIGNIFICANT))


def find_short(fit: GravityFit) -> Booleans:
    """Return the (n,) pairs of ``fit.table`` that `measure_evidence` grades, which takes less than their grades.

    A pair with q < .05 has p < .05 too, and what is believed of its ratio is asked of the others only.
    """
    x, mu, variance = _read_counts(fit)
    graded = subtract(mu, x) > 0
    rows = np.flatnonzero(graded)
    p = measure_predictive_probability(x[rows], np.log(mu[rows]), variance[rows], alpha=fit.model.dispersion)
    rest = rows[p >= SIGNIFICANT]
    spread = variance[rest] if fit.options.out_of_fold else 0.0
    shrunken = measure_shrunken(x[rest], mu[rest], alpha=fit.model.ratio_dispersion, variance=spread)
    graded[rest] = shrunken.below >= LEANING
    return np.asarray(graded)


def _read_counts(fit: GravityFit) -> tuple[Floats, Floats, Floats]:
    """Return what was observed and expected, in link events, and the variance of ln expected."""
    x, mu = (fit.table[name].to_numpy() / fit.model.unit for name in ("observed", "expected"))
    return x, mu, fit.table["linear_error"].to_numpy() ** 2


def _measure_p(fit: GravityFit) -> Floats:
    x, mu, variance = _read_counts(fit)
    p = measure_predictive_probability(x, np.log(mu), variance, alpha=fit.model.dispersion)
    return np.minimum(p, 1.0)


def grade_pairs(table: pd.DataFrame) -> list[str]:
    """Return the grade of every row from ``gap``, ``p``, ``q`` and ``shortfall_probability``.

    ``strong`` q < .05; ``moderate`` p < .05 or a shortfall at least 95 % probable; ``weak`` at least 80 % probable;
    ``none`` otherwise, or when the gap is not positive.
    """
    p, q, below = (table[name].to_numpy() for name in ("p", "q", "shortfall_probability"))
    short = table["gap"].to_numpy() > 0
    conditions = [q < SIGNIFICANT, (p < SIGNIFICANT) | (below >= LIKELY), below >= LEANING]
    place = np.select([short & condition for condition in conditions], range(3), 3)
    return list(np.array(GRADES, dtype=object)[place])  # four texts, however many pairs
