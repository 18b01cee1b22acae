"""CONCOR: blocks of regions with the same pattern of links."""

from collections.abc import Sequence
from typing import Literal, get_args

import networkx as nx
import numpy as np
import pandas as pd

from analysis.networks.adjacency import build_adjacency
from regions.arrays import Floats, Integers
from regions.errors import MethodError

Profile = Literal["both", "sent", "received"]

_CONVERGED = 0.999
_ROUNDS = 500
_FLAT = 1e-12


def find_blocks(
    network: nx.Graph | Sequence[nx.Graph], *, depth: int = 2, weighted: bool = True, profile: Profile = "both"
) -> "pd.Series[int]":
    """Split regions into blocks by convergent correlations.

    The profiles of two regions (links sent and received, of all relations) are correlated, then the rows of the
    table of correlations, and so on until every cell is near +1 or -1 [1]_: the sign splits the regions in two. Each
    half is split again, ``depth`` times: at most 2**depth blocks. CONCOR always splits, whether or not there are
    blocks to find; read the density table.

    Parameters
    ----------
    network
        A Graph or DiGraph, or several relations among the same nodes.
    depth
        How often to split, at least 1.
    weighted
        False takes every weight as 1.
    profile
        ``both``: links sent and received, columns of [A; A']; ``received`` or ``sent`` one of them (some programs
        use the columns only).

    Returns
    -------
    Series
        Index ``code``, name ``block``: 1, 2, ... in the order of their first node. Isolates, and nodes whose
        profile is flat (linked to all alike, so without a correlation) come in a block of their own, with the
        highest number. A half that no correlation tells apart stays whole.

    Raises
    ------
    MethodError
        For an unknown profile, a depth below 1, or relations among different nodes.

    References
    ----------
    .. [1] Breiger, R. L., Boorman, S. A., & Arabie, P. (1975). An algorithm for clustering relational data. Journal of
       Mathematical Psychology 12, 328-383. https://doi.org/10.1016/0022-2496(75)90028-0

    Examples
    --------
    >>> find_blocks(nx.DiGraph([("a", "c"), ("b", "c"), ("a", "d"), ("b", "d")]), depth=1).to_dict()
    {'a': 1, 'c': 2, 'b': 1, 'd': 2}
    """
    if profile not in get_args(Profile):
        raise MethodError(f"profile must be one of {', '.join(get_args(Profile))}; got {profile!r}")
    if depth < 1:
        raise MethodError(f"depth must be at least 1; got {depth}")
    relations = [network] if isinstance(network, nx.Graph) else list(network)
    profiles, nodes = _stack(relations, weighted=weighted, profile=profile)
    spread = np.ptp(profiles, axis=0) if len(profiles) else np.zeros(len(nodes))
    patterned = spread > _FLAT * np.abs(profiles).max(initial=0.0)
    parts = [np.flatnonzero(patterned)]
    for _ in range(depth):
        parts = [half for part in parts for half in _split(profiles[:, part], part)]
    parts = sorted((part for part in parts if len(part)), key=lambda part: int(part[0]))
    block = np.zeros(len(nodes), dtype=np.int64)
    for number, part in enumerate([*parts, np.flatnonzero(~patterned)], start=1):
        block[part] = number
    return pd.Series(block, index=nodes, name="block")


def _stack(relations: list[nx.Graph], *, weighted: bool, profile: Profile) -> tuple[Floats, "pd.Index[str]"]:
    """Return the profiles, one column per node, and the nodes."""
    tables = [build_adjacency(relation) for relation in relations]
    if not tables:
        raise MethodError("no network was given")
    nodes = tables[0].nodes
    if any(not nodes.equals(table.nodes) for table in tables):
        raise MethodError("relations must have the same nodes in the same order")
    links = [table.weights.toarray() if weighted else (table.weights.toarray() > 0).astype(float) for table in tables]
    received = [] if profile == "sent" else links
    sent = [] if profile == "received" else [each.T for each in links]
    return np.vstack([*received, *sent]), nodes


def _split(profiles: Floats, part: Integers) -> tuple[Integers, ...]:
    """Split the nodes of ``part`` by the sign to which their correlations converge."""
    if len(part) < 3:  # noqa: PLR2004 - two rows of correlations are always +1 or -1: nothing is learnt
        return (part,)
    table = _correlate(profiles)
    for _ in range(_ROUNDS):
        if np.abs(table).min() > _CONVERGED:
            break
        table = _correlate(table)
    first = table[0] > 0
    return part[first], part[~first]


def _correlate(columns: Floats) -> Floats:
    centred = columns - columns.mean(axis=0)
    length = np.sqrt((centred**2).sum(axis=0))
    unit = np.divide(centred, length, out=np.zeros_like(centred), where=length > _FLAT)
    return np.asarray(unit.T @ unit)
