"""Group by group: what share of what one group of regions gives reaches another, and what chance labels would give."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.spatial.spatial_fit import SpatialFit
from analysis.spillover.inverse_series import follow_inverse
from analysis.spillover.region_spillover import build_impact_matrix, find_variable
from regions.arrays import Floats, Integers
from regions.errors import MethodError
from regions.messages import say

_SHOWN = 6
_ROUNDING = 1e-12
_RANGE = (0.025, 0.975)
_BLOCK = 2_000_000


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
        Index ``code``, one group for every region of the model, as `analysis.roles.unit_groups.assign_groups` gives it.
    draws, seed, level
        As of `SpatialFit.impacts`.
    permutations
        Of the labels, groups keeping their sizes.

    Returns
    -------
    DataFrame
        ``giver``, ``receiver``, ``estimate``, ``low``, ``high``; ``per_region``: estimate per region of the receivers;
        ``share`` of all that the giver gives, ``share_low``, ``share_high``; ``chance``: mean share if labels were
        dealt out at random (larger groups receive more, and well-connected regions give more whatever their label),
        with the range of 95 % of the permutations, ``chance_low``, ``chance_high``; ``p``: how often the permuted share
        is as far from that mean as the real one (two-sided). The share of a giver that gives nothing, as in OLS and
        SEM, is missing; a permutation under which a giver gives nothing says nothing of it, and where no permutation
        is left chance and p are missing too.

    Raises
    ------
    MethodError
        When a region has no group, there is one group only, or as `measure_region_flows`.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("china")
    >>> w = geodata.build_contiguity_weights(study, join_islands=True)
    >>> panel = analysis.simulate_spatial_panel(w, rho=0.4)
    >>> fit = analysis.fit_spatial(panel, w, y="y", x=["x"], effects="both")
    >>> flows = analysis.measure_group_flows(fit, "x", study.regions["macro_region"], draws=200, permutations=99)
    >>> len(flows)
    36
    """
    drawn = draw_group_flows(fit, variable, groups, draws=draws, permutations=permutations, seed=seed)
    return lay_out_groups(drawn, level=level)


class GroupDraws(NamedTuple):
    """What groups give to each other, drawn and permuted; receivers in rows, givers in columns.

    Attributes
    ----------
    names, sizes
        (G,) labels of the groups; numbers of regions.
    estimate
        (G, G) for the estimate.
    drawn
        (D, G, G) for each draw of the coefficients.
    permuted
        (P, G, G) shares under permuted labels.
    share
        (G, G) real shares.
    """

    names: list[str]
    sizes: Floats
    estimate: Floats
    drawn: Floats
    permuted: Floats
    share: Floats


def draw_group_flows(
    fit: SpatialFit, variable: str, groups: "pd.Series[str]", *, draws: int, permutations: int, seed: int
) -> GroupDraws:
    """Draw what groups give to each other, and permute their labels; see `measure_group_flows`."""
    k = find_variable(fit, variable)
    labels, names = _read_labels(groups, fit.arrays.weights.codes)
    member = np.eye(len(names))[labels]
    drawn = fit.draw(draws=draws, seed=seed)
    sums = follow_inverse(fit, drawn.rho, lambda own, lagged: np.stack([_block(own, member), _block(lagged, member)]))
    beta, theta = drawn.beta[:, k, None, None], drawn.theta[:, k, None, None]
    flows = (beta * sums[:, 0] + theta * sums[:, 1]) / member.sum(axis=0)
    matrix = build_impact_matrix(fit, variable).to_numpy()
    permuted = _permute(matrix, labels, permutations=permutations, seed=seed)
    return GroupDraws(names, member.sum(axis=0), flows[0], flows[1:], permuted, _share(_block(matrix, member)))


def _read_labels(groups: "pd.Series[str]", codes: "pd.Index[str]") -> tuple[Integers, list[str]]:
    known = groups.reindex(codes)
    lacking = codes[known.isna()]
    if len(lacking):
        named = ", ".join(lacking[:_SHOWN])
        raise MethodError(say("group-spillover/no-group-for", named=named))
    names = sorted(set(known.astype(str)))
    if len(names) < 2:  # noqa: PLR2004 - a group gives to another
        raise MethodError(say("group-spillover/all-regions-in", shown=names[0]))
    return np.array([names.index(str(name)) for name in known]), names


def _block(matrix: Floats, member: Floats) -> Floats:
    """Sum a matrix by the groups of its rows and columns, without the diagonal.

    The diagonal goes first: taken from the sums, it would leave rounding where nothing is given at all.
    """
    return np.asarray(member.T @ (matrix - np.diag(np.diag(matrix))) @ member)


def _share(blocks: Floats) -> Floats:
    given = blocks.sum(axis=-2, keepdims=True)
    return np.asarray(np.divide(blocks, given, out=np.full(blocks.shape, np.nan), where=given != 0))


def _permute(matrix: Floats, labels: Integers, *, permutations: int, seed: int) -> Floats:
    """Return the shares under permuted labels, (P, G, G)."""
    member = np.eye(labels.max() + 1)[labels]
    rng = np.random.default_rng(seed)
    bare = matrix - np.diag(np.diag(matrix))
    step, parts = max(1, _BLOCK // member.size), []
    for first in range(0, permutations, step):
        orders = np.tile(np.arange(len(labels)), (min(step, permutations - first), 1))
        mixed = member[rng.permuted(orders, axis=1)]  # (some, N, G)
        parts.append(_share(mixed.transpose(0, 2, 1) @ (bare @ mixed)))
    return np.concatenate(parts)


def _compare_chance(found: GroupDraws) -> Floats:
    """Return mean and 95 % range of the permuted shares and p, (4, G, G); NaN where no permutation tells a share."""
    told = ~np.isnan(found.permuted) & ~np.isnan(found.share)
    count = told.sum(axis=0)
    out = np.full((4, *count.shape), np.nan)
    for cell in zip(*np.nonzero(count), strict=True):
        permuted, share = found.permuted[(slice(None), *cell)][told[(slice(None), *cell)]], found.share[cell]
        mean = permuted.mean()
        far = np.abs(permuted - mean) >= np.abs(share - mean) - _ROUNDING
        out[(slice(None), *cell)] = (mean, *np.quantile(permuted, _RANGE), (1 + far.sum()) / (1 + len(permuted)))
    return out


def lay_out_groups(found: GroupDraws, *, level: float) -> pd.DataFrame:
    """Lay out drawn flows as the table of `measure_group_flows`."""
    ends = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(found.drawn, ends, axis=0)
    share_low, share_high = np.quantile(_share(found.drawn), ends, axis=0)
    chance, chance_low, chance_high, p = _compare_chance(found)
    cells = {
        "estimate": found.estimate,
        "low": low,
        "high": high,
        "per_region": found.estimate / found.sizes[:, None],
        "share": found.share,
        "share_low": share_low,
        "share_high": share_high,
        "chance": chance,
        "chance_low": chance_low,
        "chance_high": chance_high,
        "p": p,
    }
    receiver, giver = np.indices(found.estimate.shape)
    ends_of = {"giver": np.array(found.names)[giver.T.ravel()], "receiver": np.array(found.names)[receiver.T.ravel()]}
    return pd.DataFrame({**ends_of, **{name: values.T.ravel() for name, values in cells.items()}})
