"""Collaboration gaps: pairs of regions that collaborate less than the gravity model expects."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.expectation.false_discovery_rate import Correction
from analysis.expectation.goodness_of_fit import add_fit
from analysis.expectation.grades import GRADES, SIGNIFICANT, measure_evidence
from analysis.expectation.gravity import GravityFit
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.model import GradeCounts, GravityModel
from analysis.expectation.robust_fit import fit_expectation
from analysis.gaps.stability import Progress, Stability, measure_stability
from analysis.loglinear.predictive import find_prediction_interval
from analysis.loglinear.threads import use_one_thread
from analysis.loglinear.tolerance import merge_ties, subtract
from analysis.networks.pair_index import index_pairs
from regions.errors import MethodError
from regions.study import Study

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True, eq=False)
class GapRegister:
    """Pairs of regions that collaborate less than expected, and the model that expects it.

    Attributes
    ----------
    table
        One row per fitted pair, the best-founded and largest gap first, index (source, target); of an undirected pair
        the source stands first in the study.

        ``source``, ``target``: codes. ``observed``, ``expected``: in the weight of the network. ``gap`` =
        expected - observed. ``ratio`` = observed / expected. ``low``, ``high``: prediction interval of the
        weight (NB2, uncertain coefficients; whole link events times their weight). ``p`` = P(X <= observed)
        under the same distribution. ``q``: its false-discovery rate. ``shrunken_ratio``: the ratio with
        chance taken out (gamma-Poisson posterior mean). ``shortfall_probability``: that the true ratio is
        below 1. ``grade``: ``strong`` q < .05; ``moderate`` p < .05 or a shortfall at least 95 % probable;
        ``weak`` at least 80 % probable; ``none`` otherwise, or when the gap is not positive. ``stability``, where it
        was measured: in which share of ``model.specifications`` the pair is a gap of at least weak evidence, see
        ``analysis.gaps.stability``. ``distance_km``, the covariates, ``contiguous`` if known. ``priority`` =
        shortfall probability x links truly missing (expected x (1 - shrunken ratio), at least 0): the order within a
        grade.
    model
        Coefficients, dispersion, fit, regions left out, notes; ``describe("zh")`` says in one paragraph what was found.
    """

    table: pd.DataFrame
    model: GravityModel


def find_gaps(
    study: Study,
    network: "nx.Graph",
    distances: pd.DataFrame,
    *,
    options: GravityOptions | None = None,
    level: float = 0.95,
    correction: Correction = "bh",
    progress: Progress | None = None,
    fit: GravityFit | None = None,
) -> pd.DataFrame:
    """Rank the pairs of regions by how surely and how far they collaborate less than expected.

    Parameters, errors: as of `build_gap_register`, which gives the model as well.

    Returns
    -------
    DataFrame
        The table of `GapRegister`. Until 0.3 ``attrs["model"]`` is its model too.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("yangtze-delta")
    >>> options = analysis.GravityOptions(stability=False)
    >>> network = analysis.build_network(study)
    >>> gaps = analysis.find_gaps(study, network, geodata.measure_distances(study), options=options)
    >>> float(gaps.loc[("310000", "330100"), "observed"])  # Shanghai and Hangzhou
    3.0
    """
    register = build_gap_register(
        study,
        network,
        distances,
        options=options,
        level=level,
        correction=correction,
        progress=progress,
        fit=fit,
    )
    register.table.attrs["model"] = register.model
    return register.table


@use_one_thread
def build_gap_register(
    study: Study,
    network: "nx.Graph",
    distances: pd.DataFrame,
    *,
    options: GravityOptions | None = None,
    level: float = 0.95,
    correction: Correction = "bh",
    progress: Progress | None = None,
    fit: GravityFit | None = None,
) -> GapRegister:
    """Fit the gravity model and judge every pair of regions by it.

    Parameters
    ----------
    study, network, distances, options
        As in ``analysis.expectation.gravity.fit_gravity``.
    level
        Share of counts the prediction interval should hold, between 0 and 1.
    correction
        ``bh`` or ``by``, see ``analysis.expectation.false_discovery_rate``.
    progress
        Told the finished and all fits, as of ``analysis.gaps.stability.measure_stability``.
    fit
        What `analysis.fit_expectation` says of the same study, network, distances and options; None fits it here.

    Raises
    ------
    MethodError
        When ``level`` or ``correction`` is not allowed; see ``analysis.fit_gravity``: a modelled network is refused,
        since its gaps would be its own formula.

    Examples
    --------
    >>> from regionet import analysis
    >>> study, km = analysis.scatter_regions(20)
    >>> network = analysis.simulate_network(study, km, analysis.Truth(), seed=1)
    >>> register = analysis.build_gap_register(study, network, km)
    >>> (len(register.table), register.model.regions)
    (190, 20)
    """
    _require_level(level)
    fit = fit_expectation(study, network, distances, options=options) if fit is None else fit
    evidence = measure_evidence(fit, correction=correction)
    if not fit.options.stability:
        return _lay_out(fit, evidence, level)
    found = measure_stability(study, network, distances, fit=fit, grade=evidence["grade"], progress=progress)
    return _lay_out(fit, evidence, level, found)


def measure_gaps(fit: GravityFit, *, level: float = 0.95, correction: Correction = "bh") -> GapRegister:
    """Turn a fitted gravity model into the register of gaps, without a look at other specifications.

    Parameters, errors: as of `build_gap_register`.

    Examples
    --------
    >>> from regionet import analysis
    >>> study, km = analysis.scatter_regions(20)
    >>> network = analysis.simulate_network(study, km, analysis.Truth(), seed=1)
    >>> len(measure_gaps(analysis.fit_gravity(study, network, km)).table)
    190
    """
    _require_level(level)
    return _lay_out(fit, measure_evidence(fit, correction=correction), level)


def _require_level(level: float) -> None:
    if not 0 < level < 1:
        raise MethodError(f"level must lie between 0 and 1; got {level}")


def _lay_out(fit: GravityFit, evidence: pd.DataFrame, level: float, found: Stability | None = None) -> GapRegister:
    table, unit, alpha = fit.table, fit.model.unit, fit.model.dispersion
    eta, variance = np.log(table["expected"].to_numpy() / unit), table["linear_error"].to_numpy() ** 2
    low, high = find_prediction_interval(eta, variance, alpha=alpha, level=level)
    register = table[["source", "target", "observed", "expected"]].assign(
        gap=subtract(table["expected"].to_numpy(), table["observed"].to_numpy()),
        ratio=table["observed"] / table["expected"],
        low=low * unit,
        high=high * unit,
    )
    if found is not None:
        evidence = evidence.assign(stability=found.share.to_numpy())
    register = pd.concat([register, evidence], axis=1)
    others = table.drop(columns=[*register.columns.intersection(table.columns), "linear_error", "leverage", "fitted"])
    missing = (table["expected"] * (1 - evidence["shrunken_ratio"])).clip(lower=0.0)
    register = pd.concat([register, others], axis=1).assign(priority=evidence["shortfall_probability"] * missing)
    result = index_pairs(sort_gaps(register))
    names = () if found is None else found.names
    return GapRegister(result, replace(add_fit(fit), specifications=names, tally=count_grades(result)))


def sort_gaps(register: pd.DataFrame) -> pd.DataFrame:
    """Return the rows by grade, then priority, then size of the gap; equal ones by their codes."""
    keys = {name: -merge_ties(register[name].to_numpy(dtype=float)) for name in ("gap", "priority")}
    rank = register["grade"].map({grade: i for i, grade in enumerate(GRADES)})
    order = register[["target", "source"]].assign(**keys, rank=rank).reset_index(drop=True)
    return register.iloc[order.sort_values(["rank", "priority", "gap", "source", "target"]).index]


def count_grades(register: pd.DataFrame) -> GradeCounts:
    """Count how a register came out."""
    short = register["gap"] > 0
    return GradeCounts(
        below=int(short.sum()),
        suggestive=int((short & (register["p"] < SIGNIFICANT)).sum()),
        significant=int((short & (register["q"] < SIGNIFICANT)).sum()),
        grades={grade: int((register["grade"] == grade).sum()) for grade in GRADES},
    )
