"""How sure it is that a pair collaborates less than expected, and the grade that says so."""

import numpy as np
import pandas as pd

from analysis.effects import FloatArray
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
    table, unit, alpha = fit.table, fit.model.unit, fit.model.dispersion
    x, mu = (table[name].to_numpy() / unit for name in ("observed", "expected"))
    variance = table["linear_error"].to_numpy() ** 2
    p = np.minimum(measure_predictive_probability(x, np.log(mu), variance, alpha=alpha), 1.0)
    q = measure_q_values(p, correction=correction)
    known = not fit.options.out_of_fold  # an expectation that contains the count must not be weighed by it again
    shrunken = measure_shrunken(x, mu, alpha=alpha, variance=0.0 if known else variance)
    return pd.DataFrame(
        {
            "p": p,
            "q": q,
            "shrunken_ratio": shrunken.ratio,
            "shortfall_probability": shrunken.below,
            "grade": _grade(mu > x, np.array([p, q, shrunken.below])),
        },
        index=table.index,
    )


def _grade(short: "np.typing.NDArray[np.bool_]", evidence: FloatArray) -> list[str]:
    p, q, below = evidence
    conditions = [q < SIGNIFICANT, (p < SIGNIFICANT) | (below >= LIKELY), below >= LEANING]
    return list(np.select([short & condition for condition in conditions], list(GRADES[:3]), GRADES[3]))
