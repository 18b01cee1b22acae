"""The E-I index: whether links lead out of the group or stay in it."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd

from analysis.networks.adjacency import build_adjacency
from analysis.roles.grouping import Groups, read_grouping
from regions.arrays import Floats, Integers
from regions.errors import MethodError

_BATCH = 4_000_000  # cells held at once


@dataclass(frozen=True, slots=True, eq=False)
class Mixing:
    """External and internal links.

    Attributes
    ----------
    nodes
        Index ``code``: ``group``, ``ties_external``, ``ties_internal``, ``ei_index``; NaN for isolates.
    groups
        Index ``group``: ``members`` and the same three columns, over the links of the members.
    ei_index
        Of the network; NaN without links.
    expected, sd, z, p
        Of the index of the network when the groups are shuffled over the nodes; p two-sided. NaN without links or
        permutations.
    permutations
        How often groups were shuffled.
    """

    nodes: pd.DataFrame
    groups: pd.DataFrame
    ei_index: float
    expected: float
    sd: float
    z: float
    p: float
    permutations: int


def measure_mixing(
    network: nx.Graph, groups: Groups, *, weighted: bool = False, permutations: int = 1000, seed: int = 0
) -> Mixing:
    """Measure the E-I index, (external - internal) / (external + internal) links, of nodes, groups and network.

    -1: all links stay inside [1]_; +1: all lead out. As the index follows from group sizes and density alone to a
    great extent, it is set beside its distribution when groups are shuffled over the nodes.

    Parameters
    ----------
    network
        Any Graph or DiGraph (links in and out both count for a node); self loops are left out.
    groups
        The group of each node.
    weighted
        Whether links count by weight, or 1 each.
    permutations, seed
        Of the shuffling.

    Returns
    -------
    Mixing
        Tables and the test.

    Raises
    ------
    MethodError
        When a node has no group, ``permutations`` is negative, or `analysis.networks.adjacency.build_adjacency`
        refuses the network.

    References
    ----------
    .. [1] Krackhardt, D., & Stern, R. N. (1988). Informal networks and organizational crises. Social Psychology
       Quarterly 51, 123-140. https://doi.org/10.2307/2786835
    """
    if permutations < 0:
        raise MethodError(f"permutations must be at least 0; got {permutations}")
    adjacency, grouping = build_adjacency(network), read_grouping(network, groups)
    links = adjacency.weights.tocoo()
    tail, head = links.row.astype(np.int64), links.col.astype(np.int64)
    weight = links.data if weighted else np.ones(len(links.data))
    member, n = grouping.member, len(grouping.member)
    inside = np.where(member[tail] == member[head], weight, 0.0)
    ends = (tail, head) if adjacency.directed else (tail,)
    internal, external = np.zeros(n), np.zeros(n)
    for end in ends:
        internal += np.bincount(end, weights=inside, minlength=n)
        external += np.bincount(end, weights=weight - inside, minlength=n)
    nodes = _tabulate(external, internal).set_index(adjacency.nodes)
    nodes.insert(0, "group", [grouping.labels[i] for i in member])
    k = len(grouping.labels)
    of_group = [np.bincount(member, weights=each, minlength=k).astype(float) for each in (external, internal)]
    table = _tabulate(*of_group)
    table.index = pd.Index(grouping.labels, name="group", tupleize_cols=False)
    table.insert(0, "members", np.bincount(member, minlength=k))
    share = inside.sum() / weight.sum() if weight.sum() > 0 else np.nan
    draws = _shuffle(tail, head, weight, member=member, permutations=permutations, seed=seed)
    return Mixing(nodes, table, 1 - 2 * share, *_test(1 - 2 * share, draws), permutations=permutations)


def _tabulate(external: Floats, internal: Floats) -> pd.DataFrame:
    total = external + internal
    index = np.divide(external - internal, total, out=np.full(len(total), np.nan), where=total > 0)
    return pd.DataFrame({"ties_external": external, "ties_internal": internal, "ei_index": index})


def _shuffle(
    tail: Integers, head: Integers, weight: Floats, *, member: Integers, permutations: int, seed: int
) -> Floats:
    """Return the E-I index of the network for each shuffle of the groups."""
    rng = np.random.default_rng(seed)
    found = np.full(permutations, np.nan)
    if not weight.sum() > 0:
        return found
    step = max(1, _BATCH // max(len(tail), len(member)))
    for first in range(0, permutations, step):
        rows = min(step, permutations - first)
        labels = rng.permuted(np.broadcast_to(member, (rows, len(member))), axis=1)
        found[first : first + rows] = 1 - 2 * ((labels[:, tail] == labels[:, head]) @ weight) / weight.sum()
    return found


def _test(observed: float, draws: Floats) -> tuple[float, float, float, float]:
    """Return expectation, standard deviation, z and two-sided p."""
    if not len(draws) or np.isnan(draws).any():
        return np.nan, np.nan, np.nan, np.nan
    mean, sd = float(draws.mean()), float(draws.std())
    extreme = int((np.abs(draws - mean) >= abs(observed - mean) - 1e-12).sum())
    return mean, sd, (observed - mean) / sd if sd > 1e-12 else np.nan, (extreme + 1) / (len(draws) + 1)  # noqa: PLR2004
