"""The rich club: whether well-connected regions link to each other more than their number of links makes them."""

from collections.abc import Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.networks.adjacency import build_adjacency
from regions.arrays import Floats, Integers
from regions.errors import MethodError

_SWAPS = 10  # tries per link


def measure_rich_club(network: nx.Graph, *, draws: int = 100, seed: int = 0) -> pd.DataFrame:
    r"""Measure the density among regions with more than k partners, beside rewired networks.

    :math:`\phi(k) = 2E_{>k}/(N_{>k}(N_{>k}-1))`; in a DiGraph the degree is in plus out and the 2 is dropped. As hubs
    link to each other by chance already, phi is set beside networks in which every node keeps its number of links
    (in and out) and who is linked to whom is shuffled by swaps [1]_. Weights play no part.

    Parameters
    ----------
    network
        Any Graph or DiGraph; self loops are left out.
    draws
        Rewired networks, at least 1; 10 swaps are tried for each link.
    seed
        Of the rewiring.

    Returns
    -------
    DataFrame
        Index ``k`` (each number of links that occurs, while at least two nodes have more): ``members``, ``links``,
        ``phi``, ``expected``, ``sd``, ``ratio`` (phi over expected; above 1: a rich club), ``z`` and ``p`` (one-sided,
        draws with a phi as high). NaN where the draws do not vary or expect 0.

    Raises
    ------
    MethodError
        When ``draws`` is below 1, or `analysis.networks.adjacency.build_adjacency` refuses the network.

    References
    ----------
    .. [1] Colizza, V., Flammini, A., Serrano, M. A., & Vespignani, A. (2006). Detecting rich-club ordering in complex
       networks. Nature Physics 2, 110-115. https://doi.org/10.1038/nphys209

    Examples
    --------
    >>> club = measure_rich_club(nx.karate_club_graph(), draws=5)
    >>> float(club.loc[9, "phi"])
    0.5
    """
    if draws < 1:
        raise MethodError(f"draws must be at least 1; got {draws}")
    adjacency = build_adjacency(network)
    links = adjacency.weights.tocoo()
    keep = slice(None) if adjacency.directed else links.row < links.col
    ends = np.stack([links.row[keep], links.col[keep]]).astype(np.int64)
    n = len(adjacency.nodes)
    degree = np.bincount(ends.ravel(), minlength=n)
    level = np.unique(degree)
    members = (degree[:, None] > level).sum(axis=0)
    level, members = level[members > 1], members[members > 1]
    room = members * (members - 1) / (1 if adjacency.directed else 2)
    observed = _count_inside(ends, degree, level)
    rng = np.random.default_rng(seed)
    drawn = np.array(
        [_count_inside(rewire(ends, rng, directed=adjacency.directed), degree, level) for _ in range(draws)]
    ).reshape(draws, len(level))
    mean, sd = drawn.mean(axis=0), drawn.std(axis=0)
    return pd.DataFrame(
        {
            "members": members,
            "links": observed,
            "phi": observed / room,
            "expected": mean / room,
            "sd": sd / room,
            "ratio": np.divide(observed, mean, out=np.full(len(level), np.nan), where=mean > 0),
            "z": np.divide(observed - mean, sd, out=np.full(len(level), np.nan), where=sd > 0),
            "p": ((drawn >= observed).sum(axis=0) + 1) / (draws + 1),
        },
        index=pd.Index(level, name="k"),
    )


def rewire(ends: Integers, rng: np.random.Generator, *, directed: bool) -> Integers:
    """Shuffle who is linked to whom; each node keeps its number of links (in a directed network: in and out).

    Parameters
    ----------
    ends
        (2, m) sources and targets, without loops or repeats.
    rng
        Source of chance.
    directed
        Whether (a, b) differs from (b, a).

    Returns
    -------
    ndarray
        (2, m) after ten tries to swap per link; a try that would give a loop or a repeat is left out.
    """
    pairs = [tuple(pair) for pair in ends.T.tolist()]
    taken = set(pairs) if directed else {_sort(pair) for pair in pairs}
    count = len(pairs)
    tries = rng.integers(0, max(count, 1), size=(_SWAPS * count, 2)).tolist()
    flips = rng.random(_SWAPS * count) < 0.5  # noqa: PLR2004 - either end alike
    for (one, other), flip in zip(tries, flips.tolist(), strict=True):
        a, b = pairs[one]
        c, d = pairs[other] if directed or not flip else pairs[other][::-1]
        new = ((a, d), (c, b))
        keys = new if directed else (_sort(new[0]), _sort(new[1]))
        if one == other or a == d or c == b or keys[0] in taken or keys[1] in taken:
            continue
        taken -= {pairs[one], pairs[other]} if directed else {_sort(pairs[one]), _sort(pairs[other])}
        taken |= set(keys)
        pairs[one], pairs[other] = new
    return np.array(pairs, dtype=np.int64).reshape(count, 2).T


def _sort(pair: Sequence[int]) -> tuple[int, int]:
    return (pair[0], pair[1]) if pair[0] < pair[1] else (pair[1], pair[0])


def _count_inside(ends: Integers, degree: npt.NDArray[np.integer], level: npt.NDArray[np.integer]) -> Floats:
    """Count the links whose two ends both have more than each level."""
    lowest = np.sort(np.minimum(degree[ends[0]], degree[ends[1]]))
    return np.asarray(len(lowest) - np.searchsorted(lowest, level, side="right"), dtype=float)
