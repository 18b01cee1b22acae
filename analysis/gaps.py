"""Collaboration gaps: pairs of regions that collaborate less than the gravity model expects."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.effects import FloatArray
from analysis.gravity import GravityFit, fit_gravity
from analysis.model import Tally
from analysis.multiple import Correction, measure_q_values
from analysis.options import GravityOptions
from analysis.predictive import find_prediction_interval, measure_predictive_probability
from analysis.shrinkage import measure_shrunken
from regions import MethodError

if TYPE_CHECKING:
    import networkx as nx

    from regions import Study

GRADES = ("strong", "moderate", "weak", "none")
SIGNIFICANT = 0.05
LIKELY, LEANING = 0.95, 0.80


def find_gaps(
    study: "Study",
    network: "nx.Graph",
    distances: pd.DataFrame,
    *,
    options: GravityOptions | None = None,
    level: float = 0.95,
    correction: Correction = "bh",
) -> pd.DataFrame:
    """Rank the pairs of regions by how surely and how far they collaborate less than expected.

    Parameters
    ----------
    study, network, distances, options
        As in ``analysis.gravity.fit_gravity``.
    level
        Share of counts the prediction interval should hold.
    correction
        ``bh`` or ``by``, see ``analysis.multiple``.

    Returns
    -------
    DataFrame
        As ``measure_gaps`` gives it; ``attrs["model"]`` is the ``GravityModel``, whose ``describe("zh")``
        says in one paragraph what was found.

    Raises
    ------
    MethodError
        See ``fit_gravity``: a modelled network is refused, since its gaps would be its own formula.
    """
    fit = fit_gravity(study, network, distances, options=options)
    return measure_gaps(fit, level=level, correction=correction)


def measure_gaps(fit: GravityFit, *, level: float = 0.95, correction: Correction = "bh") -> pd.DataFrame:
    """Turn a fitted gravity model into the register of gaps.

    Parameters
    ----------
    fit
        The model.
    level
        Share of counts the prediction interval should hold, between 0 and 1.
    correction
        ``bh`` or ``by``.

    Returns
    -------
    DataFrame
        One row per fitted pair, the best-founded and largest gap first.

        ``source``, ``target``: codes. ``observed``, ``expected``: in the weight of the network. ``gap`` =
        expected - observed. ``ratio`` = observed / expected. ``low``, ``high``: prediction interval of the
        weight (NB2, uncertain coefficients; whole link events times their weight). ``p`` = P(X <= observed)
        under the same distribution. ``q``: its false-discovery rate. ``shrunken_ratio``: the ratio with
        chance taken out (gamma-Poisson posterior mean). ``shortfall_probability``: that the true ratio is
        below 1. ``grade``: ``strong`` q < .05; ``moderate`` p < .05 or a shortfall at least 95 % probable;
        ``weak`` at least 80 % probable; ``none`` otherwise, or when the gap is not positive. ``distance_km``,
        the covariates, ``contiguous`` if known. ``priority`` = shortfall probability x links truly missing
        (expected x (1 - shrunken ratio), at least 0): the order within a grade.

    Raises
    ------
    MethodError
        When ``level`` or ``correction`` is not allowed.
    """
    if not 0 < level < 1:
        raise MethodError(f"level must lie between 0 and 1; got {level}")
    table, unit, alpha = fit.table, fit.model.unit, fit.model.dispersion
    x, mu = (table[name].to_numpy() / unit for name in ("observed", "expected"))
    eta, variance = np.log(mu), table["linear_error"].to_numpy() ** 2
    low, high = find_prediction_interval(eta, variance, alpha=alpha, level=level)
    p = np.minimum(measure_predictive_probability(x, eta, variance, alpha=alpha), 1.0)
    q = measure_q_values(p, correction=correction)
    known = not fit.options.out_of_fold  # an expectation that contains the count must not be weighed by it again
    shrunken = measure_shrunken(x, mu, alpha=alpha, variance=0.0 if known else variance)
    register = table[["source", "target", "observed", "expected"]].assign(
        gap=table["expected"] - table["observed"],
        ratio=table["observed"] / table["expected"],
        low=low * unit,
        high=high * unit,
        p=p,
        q=q,
        shrunken_ratio=shrunken.ratio,
        shortfall_probability=shrunken.below,
        grade=_grade(mu > x, np.array([p, q, shrunken.below])),
    )
    others = table.drop(columns=[*register.columns.intersection(table.columns), "linear_error", "leverage", "fitted"])
    missing = np.maximum(table["expected"] * (1 - shrunken.ratio), 0.0)
    register = pd.concat([register, others], axis=1).assign(priority=shrunken.below * missing)
    return _sort(register, fit)


def _grade(short: "np.typing.NDArray[np.bool_]", evidence: FloatArray) -> list[str]:
    p, q, below = evidence
    conditions = [q < SIGNIFICANT, (p < SIGNIFICANT) | (below >= LIKELY), below >= LEANING]
    return list(np.select([short & condition for condition in conditions], list(GRADES[:3]), GRADES[3]))


def _sort(register: pd.DataFrame, fit: GravityFit) -> pd.DataFrame:
    rank = register["grade"].map({grade: i for i, grade in enumerate(GRADES)})
    order = register.assign(rank=rank).sort_values(
        ["rank", "priority", "gap", "source", "target"], ascending=[True, False, False, True, True]
    )
    result = register.loc[order.index].reset_index(drop=True)
    short = result["gap"] > 0
    tally = Tally(
        below=int(short.sum()),
        suggestive=int((short & (result["p"] < SIGNIFICANT)).sum()),
        significant=int((short & (result["q"] < SIGNIFICANT)).sum()),
        grades={grade: int((result["grade"] == grade).sum()) for grade in GRADES},
    )
    result.attrs["model"] = replace(fit.model, tally=tally)
    return result
