"""The wide table of scores of many small undirected networks at once: what the bootstrap draws beside the seven."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.scores.many_paths import measure_many_betweenness, measure_many_distances
from analysis.scores.many_scores import Scorer, map_parts, measure_many
from analysis.scores.spillover import build_multiplier

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_ROUNDING = 1e-9  # share of the level of a core; strengths are sums of floats, taken apart in another order


@dataclass(frozen=True, slots=True, eq=False)
class Fixed:
    """What stays as it is from draw to draw.

    Attributes
    ----------
    community
        (n,) community of each region, 0, 1, ...: those of the records as they are, since communities of different
        draws have nothing in common but their name.
    own
        (n,) the indicator that spills over, NaN where it is not known; None for no spillover.
    rho
        How far spillover carries.
    alpha
        Of Opsahl's measures.
    """

    community: Integers
    own: Floats | None = None
    rho: float = 0.5
    alpha: float = 0.5


def build_scorer(fixed: Fixed) -> Scorer:
    """Return a function that scores many networks by all columns of the wide table that are numbers of their own.

    Its columns are those of `analysis.scores.many_scores.measure_many`, then of `measure_opsahl`, `measure_cores`,
    `measure_holes`, ``participation`` and ``module_z`` of `measure_modules`, ``received``, ``given``, ``net`` and
    ``multiplier`` of `measure_spillover` where there is an indicator, and ``internal`` and ``external``; each as that
    function has it, NaN included.
    """

    def score(weights: Floats, internal: Floats, external: Floats) -> Mapping[str, Floats]:
        scores = dict(measure_many(weights, internal, external))
        scores |= map_parts(lambda part: _measure_part(part, fixed), weights)
        return scores | {"internal": internal, "external": external}

    return score


def _measure_part(weights: Floats, fixed: Fixed) -> dict[str, Floats]:
    linked = weights > 0
    degree, strength = linked.sum(axis=2).astype(float), weights.sum(axis=2)
    scores = {
        "opsahl_degree": np.maximum(degree, 1.0) ** (1 - fixed.alpha) * strength**fixed.alpha * (degree > 0),
        **_measure_tuned_paths(np.where(linked, weights, 1.0) ** fixed.alpha * linked),
        "core_number": np.rint(_peel(linked.astype(float))),
        "core_strength": _peel(weights),
        **_measure_holes(weights, linked),
        **_measure_modules(weights, fixed.community),
    }
    return scores if fixed.own is None else scores | _measure_spillover(weights, fixed.own, fixed.rho)


def _measure_tuned_paths(tuned: Floats) -> dict[str, Floats]:
    n = tuned.shape[1]
    distance = measure_many_distances(tuned)
    reached = np.isfinite(distance)
    total = np.where(reached, distance, 0.0).sum(axis=1)
    others = reached.sum(axis=1) - 1.0
    return {
        "opsahl_betweenness": measure_many_betweenness(tuned, distance) / max((n - 1) * (n - 2), 1),
        "opsahl_closeness": np.divide(others**2, total * max(n - 1, 1), out=np.zeros_like(total), where=total > 0),
    }


def _peel(weights: Floats) -> Floats:
    """Return the core level of each node, as `analysis.scores.cores.peel`; all networks lose their weakest in step."""
    value = weights.sum(axis=2)
    level, core = np.zeros((len(weights), 1)), np.zeros(value.shape)
    alive = np.ones(value.shape, dtype=bool)
    while alive.any():
        lowest = np.where(alive, value, np.inf).min(axis=1, keepdims=True)
        level = np.where(np.isfinite(lowest), np.maximum(level, lowest), level)
        leaving = alive & (value <= level * (1 + _ROUNDING))
        core += level * leaving
        alive &= ~leaving
        value -= (weights @ leaving[:, :, None].astype(float))[:, :, 0]
    return core


def _measure_holes(weights: Floats, linked: npt.NDArray[np.bool_]) -> dict[str, Floats]:
    partners = linked.sum(axis=2).astype(float)
    share = _divide(weights, weights.sum(axis=2, keepdims=True))
    scaled = _divide(weights, weights.max(axis=2, keepdims=True, initial=0.0))
    constraint = np.where(linked, (share + share @ share) ** 2, 0.0).sum(axis=2)
    redundancy = np.where(linked, share @ scaled.transpose(0, 2, 1), 0.0).sum(axis=2)
    known = partners > 0
    return {
        "constraint": np.where(known, constraint, np.nan),
        "effective_size": np.where(known, partners - redundancy, np.nan),
        "efficiency": np.where(known, 1.0 - _divide(redundancy, partners), np.nan),
    }


def _measure_modules(weights: Floats, community: Integers) -> dict[str, Floats]:
    groups = int(community.max(initial=-1)) + 1
    belongs = (community[:, None] == np.arange(groups)).astype(float)
    to_group = weights @ belongs
    total, size = to_group.sum(axis=2), np.maximum(belongs.sum(axis=0), 1.0)
    spread_out = 1.0 - _divide((to_group**2).sum(axis=2), total**2)
    inside = np.take_along_axis(to_group, community[None, :, None], axis=2)[:, :, 0]
    gap = inside - ((inside @ belongs) / size)[:, community]
    spread = np.sqrt((gap**2 @ belongs) / size)[:, community]
    # Equal members differ by rounding only: that is no deviation.
    real = spread > 1e-12 * np.abs(inside).max(axis=1, keepdims=True, initial=0.0)
    return {
        "participation": np.where(total > 0, spread_out, np.nan),
        "module_z": np.divide(gap, spread, out=np.zeros_like(gap), where=real),
    }


def _measure_spillover(weights: Floats, own: Floats, rho: float) -> dict[str, Floats]:
    n = weights.shape[1]
    radius = np.abs(np.linalg.eigvalsh(weights)).max(axis=1, initial=0.0)[:, None, None]
    multiplier = np.array([build_multiplier(each, rho=rho) for each in _divide(weights, radius)]).reshape(weights.shape)
    known = ~np.isnan(own)
    flows = multiplier * np.where(known, own, 0.0)
    flows[:, np.arange(n), np.arange(n)] = 0.0
    received, given = flows.sum(axis=2), np.where(known, flows.sum(axis=1), np.nan)
    return {"received": received, "given": given, "net": given - received, "multiplier": multiplier.sum(axis=1)}


def _divide(above: Floats, below: Floats) -> Floats:
    """Divide; 0 where there is nothing to divide by."""
    return np.asarray(np.divide(above, below, out=np.zeros(np.broadcast(above, below).shape), where=below > 0))
