"""Core and periphery: the split of a network that comes nearest to the ideal pattern."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from analysis.loglinear.tolerance import merge_ties
from analysis.networks.adjacency import Network, build_adjacency
from regions.arrays import Booleans, Floats
from regions.errors import MethodError

Pattern = Literal["any", "both"]

_EXHAUSTIVE = 15
_LARGEST = 5000
_GAIN = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class CorePeriphery:
    """The best split found.

    Attributes
    ----------
    core
        Index ``code``, name ``core``, bool.
    correlation
        Pearson correlation of the off-diagonal cells of the network with the ideal pattern; NaN when the network has no
        variation (empty, complete with equal weights, fewer than 3 nodes).
    pattern
        ``any`` or ``both``.
    exact
        Whether every split was tried.
    """

    core: "pd.Series[bool]"
    correlation: float
    pattern: Pattern
    exact: bool


def find_core(
    network: Network, *, pattern: Pattern = "any", weighted: bool = False, starts: int = 50, seed: int = 0
) -> CorePeriphery:
    """Find the core that makes the network most like the ideal pattern of Borgatti and Everett.

    The ideal has links between two regions of the core and none between two of the periphery; links between core and
    periphery are there in the pattern ``any`` and absent in ``both`` [1]_. The Pearson correlation with the pattern is
    maximised over all splits of up to 15 nodes, else by moving one region at a time from many starts (the k best
    connected regions for each k, and ``starts`` random ones).

    Parameters
    ----------
    network
        Any Graph or DiGraph of at most 5,000 nodes; self loops are left out.
    pattern
        ``any`` or ``both``.
    weighted
        Whether links count by weight, or 1 each.
    starts, seed
        Random starts of the search.

    Returns
    -------
    CorePeriphery
        Who is in the core (nobody when the network has no variation), and how well it fits.

    Raises
    ------
    MethodError
        For an unknown pattern, a negative number of starts or too large a network.

    References
    ----------
    .. [1] Borgatti, S. P., & Everett, M. G. (1999). Models of core/periphery structures. Social Networks 21, 375-395.
       https://doi.org/10.1016/S0378-8733(99)00019-2

    Examples
    --------
    >>> import networkx as nx
    >>> find_core(nx.star_graph(4), starts=3).core.tolist()
    [True, False, False, False, False]
    """
    if pattern not in get_args(Pattern):
        raise MethodError(f"pattern must be one of {', '.join(get_args(Pattern))}; got {pattern!r}")
    adjacency = build_adjacency(network)
    n = len(adjacency.nodes)
    if n > _LARGEST or starts < 0:
        raise MethodError(f"at most {_LARGEST:,} nodes and at least 0 starts; got {n:,} and {starts}")
    links = adjacency.weights.toarray() if weighted else (adjacency.weights.toarray() > 0).astype(float)
    cells = links[~np.eye(n, dtype=bool)]
    exact = n <= _EXHAUSTIVE
    inside, best = np.zeros(n, dtype=bool), np.nan
    if len(cells) and np.ptp(cells) > 0:
        # The pattern "any" is what "both" leaves out, with core and periphery exchanged.
        sign = 1.0 if pattern == "both" else -1.0
        fit = _Fit(links + links.T, float(cells.mean()), float(cells.std()), sign)
        inside, best = _try_all(fit) if exact else _search(fit, np.random.default_rng(seed), starts)
        inside = inside if pattern == "both" else ~inside
    core: pd.Series[bool] = pd.Series(inside, index=adjacency.nodes, name="core", dtype=bool)
    return CorePeriphery(core, best, pattern, exact)


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    """Correlation of the network with "both ends in the set", times ``sign``.

    Attributes
    ----------
    both_ways
        (n, n) links in both directions added up.
    mean, sd
        Of the off-diagonal cells.
    """

    both_ways: Floats
    mean: float
    sd: float
    sign: float

    def correlate(self, inner: Floats, size: Floats) -> Floats:
        """Return the fit for sets of ``size`` nodes with links ``inner`` among them; -inf where there is no pattern."""
        n = len(self.both_ways)
        share = size * (size - 1) / (n * (n - 1))
        spread = np.sqrt(share * (1 - share)) * self.sd
        product = inner / (n * (n - 1)) - share * self.mean
        return np.asarray(
            np.divide(self.sign * product, spread, out=np.full(np.shape(size), -np.inf), where=spread > _GAIN)
        )


def _try_all(fit: _Fit) -> tuple[Booleans, float]:
    n = len(fit.both_ways)
    sets = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
    inner = ((sets @ fit.both_ways) * sets).sum(axis=1) / 2
    found = fit.correlate(inner, sets.sum(axis=1).astype(float))
    best = _find_first(found)  # by number: fewest of the later nodes
    return sets[best].astype(bool), float(found[best])


def _search(fit: _Fit, rng: np.random.Generator, starts: int) -> tuple[Booleans, float]:
    n = len(fit.both_ways)
    order = np.argsort(-fit.sign * merge_ties(fit.both_ways.sum(axis=1)), kind="stable")
    rank = np.empty(n, dtype=np.int64)
    rank[order] = np.arange(n)
    sizes = np.unique(np.linspace(2, n - 1, min(n - 2, 100)).astype(np.int64))
    sets = [rank < size for size in sizes] + [rng.random(n) < rng.random() for _ in range(starts)]
    found = [_climb(fit, each) for each in sets]
    return found[_find_first([value for _, value in found])]


def _find_first(found: Floats | list[float]) -> int:
    """Return the first of the best, equal but for rounding."""
    values = np.asarray(found)
    return int(np.flatnonzero(values >= values.max() - _GAIN)[0])


def _climb(fit: _Fit, inside: Booleans) -> tuple[Booleans, float]:
    """Move the one node that helps most, until none does."""
    inside = inside.copy()
    tied = fit.both_ways @ inside
    inner, size = float(tied[inside].sum()) / 2, float(inside.sum())
    current = float(fit.correlate(np.array([inner]), np.array([size]))[0])
    while True:
        step = np.where(inside, -1.0, 1.0)
        found = fit.correlate(inner + step * tied, size + step)
        node = _find_first(found)
        if not found[node] > current + _GAIN:
            return inside, current
        current, inner, size = float(found[node]), inner + step[node] * tied[node], size + step[node]
        inside[node] = not inside[node]
        tied = tied + step[node] * fit.both_ways[node]
