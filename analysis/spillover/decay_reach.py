"""How far spillover reaches: the half-life of exponential decay, by profile likelihood."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.loglinear.threads import use_one_thread
from analysis.spatial.model_kinds import KINDS, Model
from analysis.spillover.robustness import Specification
from analysis.spillover.weight_profiles import CUT
from geodata import build_decay_weights
from regions.errors import MethodError


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """How far spillover reaches, under weights of exponential decay.

    Attributes
    ----------
    half_life, low, high
        Kilometres over which a weight halves: the best, and a 95 % interval by profile likelihood. An end is infinite,
        or 0, where the likelihood does not fall within the distances searched: no limit can be told.
    profile
        ``half_life``, ``loglik``, ``rho``; half-lives under which no stable rho is found are left out.
    """

    half_life: float
    low: float
    high: float
    profile: pd.DataFrame


@use_one_thread
def fit_reach(
    panel: pd.DataFrame, distances: pd.DataFrame, asked: Specification, *, model: Model = "sar", steps: int = 25
) -> Reach:
    """Estimate the half-life of exponential decay; no other form of decay has one.

    Parameters
    ----------
    panel
        As for `analysis.fit_spatial`.
    distances
        (N, N) kilometres.
    asked
        What is explained by what.
    model
        With a rho.
    steps
        Half-lives tried, evenly in logarithms, from half the smallest distance between two regions to the largest.

    Raises
    ------
    MethodError
        For a model without rho, or as `analysis.fit_spatial`.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> km = geodata.measure_distances(regions.load_study("china"))
    >>> panel = analysis.simulate_spatial_panel(geodata.build_decay_weights(km, half_life=200), rho=0.7)
    >>> found = analysis.fit_reach(panel, km, Specification("y", ("x",)), steps=8)
    >>> found.low < 200 < found.high
    True
    """
    if KINDS[model].rho is None:
        raise MethodError(f"the reach needs a model with a rho; got {model}")
    apart = distances.to_numpy(dtype=float)
    off = apart[np.triu_indices(len(apart), 1)]
    tried = np.geomspace(max(float(np.nanmin(off)) / 2, 1.0), float(np.nanmax(off)), steps)
    rows: list[tuple[float, float, float | None]] = []
    for half in tried.tolist():
        try:
            fit = asked.fit(panel, build_decay_weights(distances, half_life=half), model)
        except MethodError:
            if not rows and half == tried[-1]:
                raise
            continue
        rows.append((half, fit.loglik, fit.rho))
    profile = pd.DataFrame(rows, columns=["half_life", "loglik", "rho"])
    best = int(profile["loglik"].argmax())
    inside = np.flatnonzero(profile["loglik"].to_numpy() >= profile["loglik"].iloc[best] - CUT)
    low = 0.0 if inside[0] == 0 else _cross(profile, inside[0] - 1, inside[0])
    high = float("inf") if inside[-1] == len(profile) - 1 else _cross(profile, inside[-1], inside[-1] + 1)
    return Reach(float(profile["half_life"].iloc[best]), low, high, profile)


def _cross(profile: pd.DataFrame, one: int, other: int) -> float:
    """Return where the profile passes the cut between two half-lives, straight in logarithms."""
    cut = profile["loglik"].max() - CUT
    (a, at), (b, to) = profile[["half_life", "loglik"]].iloc[[one, other]].to_numpy()
    return float(np.exp(np.log(a) + (cut - at) / (to - at) * (np.log(b) - np.log(a))))
