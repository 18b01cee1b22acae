"""Who gives to whom over all Ws together: draws of each W in equal parts, so that no W is singled out."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.loglinear.threads import use_one_thread
from analysis.spatial.spatial_fit import SpatialFit
from analysis.spillover.group_spillover import GroupDraws, draw_group_flows, lay_out_groups
from analysis.spillover.inverse_series import follow_inverse
from analysis.spillover.region_spillover import FLOWS, build_impact_matrix, draw_flows, find_variable
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say


@dataclass(frozen=True, slots=True, eq=False)
class PooledFlows:
    """Flows between regions under several Ws.

    Attributes
    ----------
    table
        Index ``code``; ``own``, ``given``, ``received``, ``net``: means of the estimates under each W, with ``_low``
        and ``_high`` (quantiles of the draws of all Ws together: what W is, is part of what is not known);
        ``given_clear``, ``received_clear``: share of the Ws whose own interval has the sign of the mean and leaves 0
        out.
    by_weights
        The same estimates and intervals, one row per ``weights`` and ``code``.
    """

    table: pd.DataFrame
    by_weights: pd.DataFrame


@use_one_thread
def pool_flows(
    fits: Mapping[str, SpatialFit], variable: str, *, draws: int = 1_000, seed: int = 0, level: float = 0.95
) -> PooledFlows:
    """Measure what regions give and receive over several Ws.

    Parameters
    ----------
    fits
        Name of the W -> fit, all on the same regions.
    variable
        One of their x.
    draws, seed, level
        As of `analysis.measure_region_flows`, for each W.

    Raises
    ------
    MethodError
        When there is no fit, fits are of other regions, or as `analysis.measure_region_flows`.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("china")
    >>> w = geodata.build_contiguity_weights(study, join_islands=True)
    >>> panel = analysis.simulate_spatial_panel(w, rho=0.4)
    >>> from analysis.spillover.robustness import Specification, fit_grid
    >>> asked = Specification("y", ("x",))
    >>> far = geodata.build_nearest_weights(geodata.measure_distances(study))
    >>> grid = fit_grid(panel, {"borders": w, "nearest": far}, asked, models=["sar", "slx"], draws=100)
    >>> pooled = pool_flows(grid.list_stable("sar"), "x", draws=100)
    >>> len(pooled.table), len(pooled.by_weights)
    (31, 62)
    """
    codes = _check(fits)
    ends = [(1 - level) / 2, (1 + level) / 2]
    every = []
    for fit in fits.values():
        drawn = fit.draw(draws=draws, seed=seed)
        every.append(draw_flows(fit, drawn, find_variable(fit, variable)))
    stack = np.stack(every)  # (W, 1 + D, 4, N)
    estimate = stack[:, 0].mean(axis=0)
    low, high = np.quantile(stack[:, 1:].reshape(-1, *stack.shape[2:]), ends, axis=0)
    lows, highs = np.quantile(stack[:, 1:], ends, axis=1)
    table = _lay_out(codes, estimate, low, high)
    clear = ((lows > 0) & (estimate > 0)) | ((highs < 0) & (estimate < 0))
    for name in ("given", "received"):
        table[f"{name}_clear"] = clear[:, FLOWS.index(name)].mean(axis=0)
    parts = [_lay_out(codes, stack[w, 0], lows[w], highs[w]).assign(weights=name) for w, name in enumerate(fits)]
    by_weights = pd.concat(parts).reset_index()
    front = ["weights", "code"]
    return PooledFlows(table, by_weights[[*front, *[name for name in by_weights if name not in front]]])


def _check(fits: Mapping[str, SpatialFit]) -> "pd.Index[str]":
    if not fits:
        raise MethodError(say("pooled-flows/there-no-fit"))
    codes = next(iter(fits.values())).arrays.weights.codes
    if any(not fit.arrays.weights.codes.equals(codes) for fit in fits.values()):
        raise MethodError("the fits are not of the same regions in the same order")
    return codes


def _lay_out(codes: "pd.Index[str]", estimate: Floats, low: Floats, high: Floats) -> pd.DataFrame:
    columns: dict[str, Floats] = {}
    for place, name in enumerate(FLOWS):
        columns |= {name: estimate[place], f"{name}_low": low[place], f"{name}_high": high[place]}
    return pd.DataFrame(columns, index=codes.rename("code"))


@use_one_thread
def pool_pair_flows(
    fits: Mapping[str, SpatialFit],
    variable: str,
    *,
    draws: int = 1_000,
    seed: int = 0,
    level: float = 0.95,
    most: int = 1_000,
) -> pd.DataFrame:
    """Measure what each region gives to each other over several Ws, the largest with intervals.

    Parameters
    ----------
    fits, variable, draws, seed, level
        As of `pool_flows`.
    most
        So many of the largest flows get an interval.

    Returns
    -------
    DataFrame
        ``source`` (gives), ``target``, ``value``: mean of the estimates under each W; ``low``, ``high``: quantiles of
        the draws of all Ws together, missing beyond the ``most`` largest. The largest by size first.

    Raises
    ------
    MethodError
        As `pool_flows`.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("china")
    >>> w = geodata.build_contiguity_weights(study, join_islands=True)
    >>> fit = analysis.fit_spatial(analysis.simulate_spatial_panel(w), w, y="y", x=["x"], effects="both")
    >>> flows = pool_pair_flows({"borders": fit}, "x", draws=100, most=50)
    >>> len(flows), int(flows["low"].notna().sum())
    (930, 50)
    """
    codes = _check(fits).to_numpy()
    mean = np.mean([build_impact_matrix(fit, variable).to_numpy() for fit in fits.values()], axis=0)
    receiver, giver = np.nonzero(~np.eye(len(codes), dtype=bool))
    value = mean[receiver, giver]
    order = np.lexsort([codes[receiver], codes[giver], -np.abs(value)])
    receiver, giver, value = receiver[order], giver[order], value[order]
    at = (receiver[:most], giver[:most])
    drawn = []
    for fit in fits.values():
        some, k = fit.draw(draws=draws, seed=seed), find_variable(fit, variable)
        sums = follow_inverse(fit, some.rho[1:], lambda own, lagged: np.stack([own[at], lagged[at]]))
        drawn.append(some.beta[1:, k, None] * sums[:, 0] + some.theta[1:, k, None] * sums[:, 1])
    ends = np.full((2, len(value)), np.nan)
    ends[:, :most] = np.quantile(np.concatenate(drawn), [(1 - level) / 2, (1 + level) / 2], axis=0)
    return pd.DataFrame(
        {"source": codes[giver], "target": codes[receiver], "value": value, "low": ends[0], "high": ends[1]}
    )


@use_one_thread
def pool_group_flows(
    fits: Mapping[str, SpatialFit],
    variable: str,
    groups: "pd.Series[str]",
    *,
    draws: int = 1_000,
    permutations: int = 999,
    seed: int = 0,
    level: float = 0.95,
) -> pd.DataFrame:
    """Measure what groups give to each other over several Ws; columns as of `analysis.measure_group_flows`.

    Estimates, shares and chance are means over the Ws, intervals quantiles of the draws of all together; p is that of
    the mean share over the Ws, the labels being permuted alike under each. A W under which a group gives nothing has
    no share of it and is left out of the mean.

    Parameters
    ----------
    fits, variable
        As of `pool_flows`.
    groups, draws, permutations, seed, level
        As of `analysis.measure_group_flows`.

    Raises
    ------
    MethodError
        As `pool_flows` and `analysis.measure_group_flows`.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("china")
    >>> w = geodata.build_contiguity_weights(study, join_islands=True)
    >>> panel = analysis.simulate_spatial_panel(w, rho=0.4)
    >>> from analysis.spillover.robustness import Specification, fit_grid
    >>> asked = Specification("y", ("x",))
    >>> far = geodata.build_nearest_weights(geodata.measure_distances(study))
    >>> grid = fit_grid(panel, {"borders": w, "nearest": far}, asked, models=["sar", "slx"], draws=100)
    >>> groups = study.regions["macro_region"]
    >>> len(pool_group_flows(grid.list_stable("sar"), "x", groups, draws=50, permutations=49))
    36
    """
    _check(fits)
    parts = [
        draw_group_flows(fit, variable, groups, draws=draws, permutations=permutations, seed=seed)
        for fit in fits.values()
    ]
    pooled = GroupDraws(
        names=parts[0].names,
        sizes=parts[0].sizes,
        estimate=np.mean([part.estimate for part in parts], axis=0),
        drawn=np.concatenate([part.drawn for part in parts]),
        permuted=_average_shares([part.permuted for part in parts], [part.share for part in parts]),
        share=_average_shares([part.share for part in parts], [part.share for part in parts]),
    )
    return lay_out_groups(pooled, level=level)


def _average_shares(values: list[Floats], shares: list[Floats]) -> Floats:
    """Average over the Ws under which the real share is told; missing where there is none."""
    told = [~np.isnan(share) for share in shares]
    count = np.sum(told, axis=0)
    total = np.sum([np.where(has, value, 0.0) for has, value in zip(told, values, strict=True)], axis=0)
    return np.asarray(np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0))
