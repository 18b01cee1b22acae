"""Brokerage: who stands between two regions that have no link of their own, and between which groups."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd

from analysis.networks.adjacency import build_adjacency
from analysis.roles.grouping import Groups, read_grouping
from regions.arrays import Floats, Integers
from regions.errors import MethodError
from regions.messages import say

ROLES = ("coordinator", "consultant", "gatekeeper", "representative", "liaison")
_LARGEST = 3000  # full matrices beyond this take more than a minute and 500 MB


@dataclass(frozen=True, slots=True, eq=False)
class Brokerage:
    """Brokerage of each node and of the network.

    Attributes
    ----------
    nodes
        Index ``code``; ``group``; for each of the five roles and ``brokerage`` (their sum) the count of triples
        (int), and for the roles ``<role>_expected`` and ``<role>_z`` under shuffled groups. z is NaN where
        shuffling changes nothing.
    totals
        Index ``role``; ``count``, ``expected``, ``sd``, ``z`` and ``p`` (two-sided, at least 1/(permutations+1)).
    permutations
        How often groups were shuffled.
    directed
        In an undirected network every pair of ends counts in both orders, and gatekeeper equals representative.
    """

    nodes: pd.DataFrame
    totals: pd.DataFrame
    permutations: int
    directed: bool


def measure_brokerage(network: nx.Graph, groups: Groups, *, permutations: int = 1000, seed: int = 0) -> Brokerage:
    r"""Count the five kinds of brokerage of Gould and Fernandez, and test them against shuffled groups.

    v brokers an ordered pair (a, b) when a -> v and v -> b are links and a -> b is not [1]_. By the groups of
    (a, v, b): coordinator AAA, consultant (itinerant) ABA, gatekeeper ABB, representative AAB, liaison ABC.
    Weights play no part. The null model keeps the network and shuffles the groups over the nodes, so a high z says
    that a region brokers more of this kind than one at its place would with a random group.

    Parameters
    ----------
    network
        Any Graph or DiGraph of at most 3,000 nodes; self loops are left out.
    groups
        The group of each node: a province, a circle, a kind of actor.
    permutations
        0 leaves expectation and z out (NaN).
    seed
        Of the shuffling; the same seed gives the same table.

    Returns
    -------
    Brokerage
        Table of nodes (isolates have 0 of everything) and of totals.

    Raises
    ------
    MethodError
        When the network is too large, a node has no group, or ``permutations`` is negative.

    References
    ----------
    .. [1] Gould, R. V., & Fernandez, R. M. (1989). Structures of mediation. Sociological Methodology 19, 89-126.
       https://doi.org/10.2307/270949

    Examples
    --------
    >>> network = nx.DiGraph([("a", "b"), ("b", "c")])
    >>> found = measure_brokerage(network, {"a": 1, "b": 1, "c": 2}, permutations=20)
    >>> int(found.totals.loc["representative", "count"])
    1
    """
    adjacency, grouping = build_adjacency(network), read_grouping(network, groups)
    n = len(adjacency.nodes)
    if n > _LARGEST:
        raise MethodError(say("roles/brokerage-size", most=_LARGEST, nodes=n))
    if permutations < 0:
        raise MethodError(f"permutations must be at least 0; got {permutations}")
    links = (adjacency.weights.toarray() > 0).astype(float)
    apart = 1.0 - links
    np.fill_diagonal(apart, 0.0)
    counts = _count_roles(links, apart, grouping.member)
    shuffled = _shuffle(links, apart, grouping.member, permutations=permutations, seed=seed)
    nodes = pd.DataFrame({"group": [grouping.labels[i] for i in grouping.member]}, index=adjacency.nodes)
    nodes[list(ROLES)] = np.rint(counts).astype(np.int64)
    nodes["brokerage"] = nodes[list(ROLES)].sum(axis=1)
    for k, role in enumerate(ROLES):
        nodes[f"{role}_expected"] = shuffled.mean[k]
        nodes[f"{role}_z"] = _standardise(counts[:, k], shuffled.mean[k], shuffled.sd[k])
    return Brokerage(nodes, _summarise(counts.sum(axis=0), shuffled.totals), permutations, adjacency.directed)


def _count_roles(links: Floats, apart: Floats, member: Integers) -> Floats:
    """Count the triples of each node, (n, 5) in the order of `ROLES`, by two products of n x n matrices.

    Row v of ``links.T @ apart`` counts, for each b, those who reach v but not b.
    """
    same = member[:, None] == member[None, :]
    near = np.where(same, links, 0.0)
    far = links - near
    from_near, from_all = near.T @ apart, links.T @ apart
    from_far = from_all - from_near
    back = ((far.T @ np.where(same, apart, 0.0)) * far).sum(axis=1)
    return np.column_stack(
        [
            (from_near * near).sum(axis=1),
            back,
            (from_far * near).sum(axis=1),
            (from_near * far).sum(axis=1),
            (from_far * far).sum(axis=1) - back,
        ]
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Shuffled:
    """Under shuffled groups: mean and sd of each role and node (5, n), and the totals of each shuffle (r, 5)."""

    mean: Floats
    sd: Floats
    totals: Floats


def _shuffle(links: Floats, apart: Floats, member: Integers, *, permutations: int, seed: int) -> _Shuffled:
    rng = np.random.default_rng(seed)
    n = len(member)
    total, squares, totals = np.zeros((n, 5)), np.zeros((n, 5)), np.full((permutations, 5), np.nan)
    for draw in range(permutations):
        counts = _count_roles(links, apart, rng.permutation(member))
        total += counts
        squares += counts**2
        totals[draw] = counts.sum(axis=0)
    if not permutations:
        return _Shuffled(np.full((5, n), np.nan), np.full((5, n), np.nan), totals)
    mean = total / permutations
    # Counts are whole numbers: the difference of sums is exact up to 2^53.
    spread = np.maximum(squares * permutations - total**2, 0.0) / permutations**2
    return _Shuffled(mean.T, np.sqrt(spread).T, totals)


def _standardise(value: Floats, mean: Floats, sd: Floats) -> Floats:
    return np.asarray(np.divide(value - mean, sd, out=np.full(len(value), np.nan), where=sd > 0))


def _summarise(counts: Floats, totals: Floats) -> pd.DataFrame:
    known = len(totals) > 0
    mean = totals.mean(axis=0) if known else np.full(5, np.nan)
    sd = totals.std(axis=0) if known else np.full(5, np.nan)
    extreme = (np.abs(totals - mean) >= np.abs(counts - mean) - 1e-9 * np.maximum(counts, 1)).sum(axis=0)
    return pd.DataFrame(
        {
            "count": np.rint(counts).astype(np.int64),
            "expected": mean,
            "sd": sd,
            "z": _standardise(counts, mean, sd),
            "p": (extreme + 1) / (len(totals) + 1) if known else np.full(5, np.nan),
        },
        index=pd.Index(ROLES, name="role"),
    )
