"""Barriers between regions and their price: as percent, as kilometres, as links lost."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.special import ndtri

from analysis.barriers.counterfactual import measure_counterfactual
from analysis.barriers.sectors import Fence, split_by_sector
from analysis.expectation.gravity import GravityFit
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.robust_fit import fit_expectation
from regions.arrays import Booleans
from regions.errors import MethodError
from regions.messages import say
from regions.records.count_links import Counting
from regions.study import Study
from regions.words import Words

PREFIX = "different_"
SECTOR = f"{PREFIX}sector"
OWNERSHIP = f"{PREFIX}ownership"
FARTHEST_KM = 20_004.0
"""Half a meridian: the largest distance between two points of the ellipsoid."""

_TOO_FAR = Words("no two places on Earth lie so far apart", "地球上没有相距如此之远的两地")


def measure_barriers(fit: GravityFit, *, barriers: Sequence[str] | None = None, level: float = 0.95) -> pd.DataFrame:
    """Measure what stands between regions, and what it costs.

    Parameters
    ----------
    fit
        A gravity model with region effects whose covariates hold the barriers: 1 between the two sides, else 0. From
        `analysis.fit_expectation` the price is the one that the register of gaps tells: pairs proven to be gaps are set
        aside, for they pull a border that many of them cross towards 0 or away from it.
    barriers
        Their names; None takes every covariate that starts with ``different_``.
    level
        Confidence level of the intervals.

    Returns
    -------
    DataFrame
        Index ``barrier``:

        ``estimate``, ``error``, ``low``, ``high``: coefficient b with its interval, the error as in the model's
        coefficients. ``percent``, ``percent_low``, ``percent_high``: 100 (e^b - 1), what crossing does to expected
        collaboration. ``distance_factor`` = exp(b / delta), delta the elasticity of distance: crossing costs as much
        as being so many times farther apart; ``mean_km``: mean distance of the pairs across, by expected links;
        ``equivalent_km`` = mean_km (distance_factor - 1): the kilometres that crossing adds there. Both are NaN, and
        ``equivalent_note``, ``equivalent_note_zh`` give the reason (else empty), where the interval of the elasticity
        holds 0, so that nobody knows how far is far, or where no two places on Earth lie so far apart.
        ``pairs``, ``observed``: pairs across and
        their links. ``lost``, ``lost_low``, ``lost_high``: links across that the barrier costs, sum mu (e^-b - 1),
        all else as it is; ``lost_per_pair``. ``lost_conditional``: the same when every region keeps its total, so
        that links across replace others; ``lost_conditional_per_pair``. A negative loss is a gain: there
        is more across than the model expects within.

    Raises
    ------
    MethodError
        When the model has no barrier, or one that is not 0 or 1, or no region effects.

    References
    ----------
    McCallum (1995), National borders matter; Anderson & van Wincoop (2003), doi:10.1257/000282803321455214;
    Hoekman, Frenken & Tijssen (2010), Research collaboration at a distance, doi:10.1016/j.respol.2010.01.012.

    Examples
    --------
    >>> from regionet import analysis
    >>> study, km = analysis.scatter_regions(20)
    >>> network = analysis.simulate_network(study, km, analysis.Truth(), seed=1)
    >>> barriers = analysis.measure_barriers(analysis.fit_expectation(study, network, km))
    >>> barriers.index.tolist()
    ['different_parent']
    """
    if not 0 < level < 1:
        raise MethodError(f"level must lie between 0 and 1; got {level}")
    names = [name for name in fit.covariates if name.startswith(PREFIX)] if barriers is None else list(barriers)
    missing = sorted(set(names) - set(fit.covariates))
    if missing or not names:
        what = ", ".join(missing) or f"barrier, a covariate named {PREFIX}..."
        raise MethodError(f"the model has no {what}; it has {', '.join(fit.covariates) or 'no covariates'}")
    rows = [_measure_one(fit, name, float(ndtri((1 + level) / 2))) for name in names]
    return pd.DataFrame(rows, index=pd.Index(names, name="barrier"))


def measure_institutional_barrier(
    study: Study,
    distances: pd.DataFrame,
    *,
    counting: Counting = "full",
    options: GravityOptions | None = None,
    by: Fence = "sector",
) -> pd.DataFrame:
    """Measure the fence between science and industry, or between owners, beside the borders between regions.

    Every region is split into its science and its industry (``analysis.barriers.sectors``), each with an effect of
    its own, so that what is measured is not that there are fewer enterprises. The covariate ``different_sector`` is
    the fence; ``same_region`` takes out what is special within a region.

    Parameters
    ----------
    study
        With records, and actors of known kinds.
    distances
        N x N km.
    counting
        See ``analysis.build_network``.
    options
        As in ``analysis.fit_gravity``; with ``covariates`` given, ``different_sector`` and ``same_region`` are added.
    by
        ``sector``, or ``ownership``: then ``different_ownership`` is the fence between owners.

    Returns
    -------
    DataFrame
        As ``measure_barriers``.

    Raises
    ------
    MethodError
        When sectors are not known, or too few links stand between them to identify the fence.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("china")
    >>> try:
    ...     found = analysis.measure_institutional_barrier(study, geodata.measure_distances(study))
    ... except regions.MethodError as error:
    ...     print(str(error)[:30])
    the links cannot tell the fenc
    """
    split = split_by_sector(study, distances, counting=counting, by=by)
    asked = options or GravityOptions()
    if asked.covariates is not None:
        asked = replace(asked, covariates=(*asked.covariates, f"{PREFIX}{by}", "same_region"))
    if asked.dyadic is not None:
        raise MethodError("a table of pairs of regions says nothing about pairs of sectors; leave dyadic out")
    asked = replace(asked, dyadic=split.dyadic)
    barriers = measure_barriers(fit_expectation(split.study, split.network, split.distances, options=asked))
    if f"{PREFIX}{by}" not in barriers.index:
        raise MethodError(say("barriers/too-few-links"))
    return barriers


def _measure_one(fit: GravityFit, name: str, width: float) -> dict[str, float | str]:
    across = _find_across(fit, name)
    b, error = (float(fit.model.coefficients[column].to_dict()[name]) for column in ("estimate", "error"))
    interval = b - width * error, b + width * error
    fitted = fit.table["fitted"].to_numpy()
    inside = float(fitted[across].sum())
    shift = measure_counterfactual(fit.regression, np.where(across, -b, 0.0), rows=fit.design)
    conditional = float((shift.conditional - shift.baseline)[across].sum()) * fit.model.unit
    pairs = int(across.sum())
    return {
        "estimate": b,
        "error": error,
        "low": interval[0],
        "high": interval[1],
        "percent": 100 * float(np.expm1(b)),
        "percent_low": 100 * float(np.expm1(interval[0])),
        "percent_high": 100 * float(np.expm1(interval[1])),
        **_measure_kilometres(fit, b, across, width),
        "pairs": pairs,
        "observed": float(fit.table.loc[across, "observed"].sum()),
        "lost": inside * float(np.expm1(-b)),
        "lost_low": inside * float(np.expm1(-interval[1])),
        "lost_high": inside * float(np.expm1(-interval[0])),
        "lost_per_pair": inside * float(np.expm1(-b)) / pairs,
        "lost_conditional": conditional,
        "lost_conditional_per_pair": conditional / pairs,
    }


def _find_across(fit: GravityFit, name: str) -> Booleans:
    values = fit.table[name].to_numpy(dtype=float)
    if not np.isin(values, (0.0, 1.0)).all():
        raise MethodError(f"{name} is no barrier: it takes other values than 0 and 1")
    return np.asarray(values == 1)


def _measure_kilometres(fit: GravityFit, b: float, across: Booleans, width: float) -> dict[str, float | str]:
    kilometres, fitted = (fit.table[name].to_numpy()[across] for name in ("distance_km", "fitted"))
    mean = float(np.average(kilometres, weights=fitted))
    reason, factor = _doubt_distance(fit, width), np.nan
    if reason is None:
        power = b / fit.model.coefficients["estimate"].to_dict()["ln_distance"]
        reason = _TOO_FAR if power > np.log(FARTHEST_KM / max(mean, 1.0)) else None
        factor = float(np.exp(power)) if reason is None else np.nan
    return {
        "distance_factor": factor,
        "mean_km": mean,
        "equivalent_km": mean * (factor - 1),
        "equivalent_note": "" if reason is None else reason.en,
        "equivalent_note_zh": "" if reason is None else reason.zh,
    }


def _doubt_distance(fit: GravityFit, width: float) -> Words | None:
    """Return why the elasticity of distance cannot be a yardstick; None when it can."""
    if "ln_distance" not in fit.model.coefficients.index:
        return Words("the model has no distance to compare with", "模型中没有可比较的距离")
    delta, error = (float(fit.model.coefficients[name].to_dict()["ln_distance"]) for name in ("estimate", "error"))
    if delta + width * error < 0:
        return None
    return Words(
        f"collaboration does not surely fall with distance (elasticity {delta:.2f} ± {error:.2f})",
        f"合作并不确定随距离下降（弹性 {delta:.2f} ± {error:.2f}）",
    )
