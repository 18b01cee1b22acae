"""Group by group: what share of what one group of regions gives reaches another, and what chance labels would give."""

import numpy as np
import pandas as pd

from analysis.spatial.spatial_fit import SpatialFit
from analysis.spillover.inverse_series import follow_inverse
from analysis.spillover.region_spillover import build_impact_matrix, find_variable
from regions.arrays import Floats
from regions.errors import MethodError

_SHOWN = 6


def measure_group_flows(
    fit: SpatialFit,
    variable: str,
    groups: "pd.Series[str]",
    *,
    draws: int = 1_000,
    permutations: int = 999,
    seed: int = 0,
    level: float = 0.95,
) -> pd.DataFrame:
    r"""Measure what groups of regions give to each other.

    With :math:`S_k` of `build_impact_matrix`, for giver A and receiver B:
    :math:`\frac1{|A|}\sum_{j\in A}\sum_{i\in B,i\ne j}S_{ij}`: what all of B together gain when one region of A (on
    average) has one unit more. Over all receivers these sum to what a region of A gives; with its own effect, the
    total.

    Parameters
    ----------
    fit
        A fitted model.
    variable
        One of its x.
    groups
        Index ``code``, one group for every region of the model, such as `analysis.assign_groups` gives.
    draws, seed, level
        As of `SpatialFit.impacts`.
    permutations
        Of the labels, groups keeping their sizes.

    Returns
    -------
    DataFrame
        ``giver``, ``receiver``, ``estimate``, ``low``, ``high``; ``per_region``: estimate per region of the receivers;
        ``share`` of all that the giver gives, ``share_low``, ``share_high``; ``chance``: mean share if labels were
        dealt out at random (larger groups receive more, and well-connected regions give more whatever their label);
        ``p``: how often the permuted share is as far from that mean as the real one (two-sided). The share of a giver
        that gives nothing, as in OLS and SEM, is missing.

    Raises
    ------
    MethodError
        When a region has no group, there is one group only, or as `measure_region_flows`.
    """
    k = find_variable(fit, variable)
    codes = fit.arrays.weights.codes
    labels, names = _read_labels(groups, codes)
    member = np.eye(len(names))[labels]
    drawn = fit.draw(draws=draws, seed=seed)
    sums = follow_inverse(fit, drawn.rho, lambda own, lagged: np.stack([_block(own, member), _block(lagged, member)]))
    beta, theta = drawn.beta[:, k, None, None], drawn.theta[:, k, None, None]
    flows = (beta * sums[:, 0] + theta * sums[:, 1]) / member.sum(axis=0)  # (1 + D, receiver, giver)
    matrix = build_impact_matrix(fit, variable).to_numpy()
    chance, p = _permute(matrix, labels, permutations=permutations, seed=seed)
    return _lay_out(flows, names, member.sum(axis=0), (chance, p), level=level)


def _read_labels(groups: "pd.Series[str]", codes: "pd.Index[str]") -> tuple[np.ndarray, list[str]]:
    known = groups.reindex(codes)
    lacking = codes[known.isna()]
    if len(lacking):
        named = ", ".join(lacking[:_SHOWN])
        raise MethodError(f"no group for {named}", zh=f"这些地区没有分组：{named}")
    names = sorted(set(known.astype(str)))
    if len(names) < 2:  # noqa: PLR2004 - a group gives to another
        raise MethodError(f"all regions are in the group {names[0]!r}", zh=f"所有地区都属于“{names[0]}”一组")
    return np.array([names.index(str(name)) for name in known]), names


def _block(matrix: Floats, member: Floats) -> Floats:
    """Sum a matrix by the groups of its rows and columns, without the diagonal."""
    return np.asarray(member.T @ matrix @ member - np.diag(member.T @ np.diag(matrix)))


def _share(blocks: Floats) -> Floats:
    given = blocks.sum(axis=-2, keepdims=True)
    return np.asarray(np.divide(blocks, given, out=np.full(blocks.shape, np.nan), where=given != 0))


def _permute(matrix: Floats, labels: np.ndarray, *, permutations: int, seed: int) -> tuple[Floats, Floats]:
    """Return the mean share under permuted labels, and how often one is as far from it as the real."""
    member = np.eye(labels.max() + 1)[labels]
    real = _share(_block(matrix, member))
    rng = np.random.default_rng(seed)
    drawn = np.stack([_share(_block(matrix, member[rng.permutation(len(labels))])) for _ in range(permutations)])
    mean = drawn.mean(axis=0)
    far = np.abs(drawn - mean) >= np.abs(real - mean) - 1e-12
    return mean, np.where(np.isnan(real), np.nan, (1 + far.sum(axis=0)) / (1 + permutations))


def _lay_out(
    flows: Floats, names: list[str], sizes: Floats, chance: tuple[Floats, Floats], *, level: float
) -> pd.DataFrame:
    ends = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(flows[1:], ends, axis=0)
    shares = _share(flows)
    share_low, share_high = np.quantile(shares[1:], ends, axis=0)
    rows = [
        {
            "giver": giver,
            "receiver": receiver,
            "estimate": flows[0, i, j],
            "low": low[i, j],
            "high": high[i, j],
            "per_region": flows[0, i, j] / sizes[i],
            "share": shares[0, i, j],
            "share_low": share_low[i, j],
            "share_high": share_high[i, j],
            "chance": chance[0][i, j],
            "p": chance[1][i, j],
        }
        for j, giver in enumerate(names)
        for i, receiver in enumerate(names)
    ]
    return pd.DataFrame(rows)
