"""How something spreads along the links: contagion, independent cascades, thresholds."""

from collections.abc import Collection
from typing import Literal, get_args

import networkx as nx
import numpy as np
import pandas as pd

from analysis.networks.adjacency import build_adjacency
from regions.arrays import Booleans, Floats
from regions.errors import MethodError

Rule = Literal["contagion", "cascade", "threshold"]

_BLOCK = 20_000_000


def measure_diffusion(
    network: nx.Graph,
    starts: Collection[str],
    *,
    rule: Rule = "cascade",
    rate: float = 0.1,
    steps: int | None = None,
    draws: int = 1_000,
    seed: int = 0,
) -> pd.DataFrame:
    r"""Simulate how something spreads from some regions along the links.

    The chance that a link carries it in one step is :math:`p_{ij}=1-(1-rate)^{w_{ij}/\bar w}`, with :math:`\bar w`
    the mean weight of the links: ``rate`` is that of an average link.

    - ``contagion`` (SI): every step each region that has it may pass it on along each link;
    - ``cascade`` (independent cascade [1]_): only in the step after it got it, once per link;
    - ``threshold`` (linear threshold [1]_): a region gets it when the share of its links' weight that leads to those
    who
      have it reaches a threshold, drawn evenly between 0 and 1 for each region; ``rate`` plays no part.

    Parameters
    ----------
    network
        Links with ``weight``; in a DiGraph it spreads from source to target.
    starts
        Codes of the regions that have it at first.
    rule, rate
        See above; 0 < rate < 1.
    steps
        After how many steps it ends; None: when nothing moves any more (10 for ``contagion``, which never rests).
    draws
        Runs. Two calls with the same seed and network draw the same numbers for the same links and regions, so that
        different starts are compared under the same luck.
    seed
        Of all random numbers.

    Returns
    -------
    DataFrame
        Index ``code`` in the order of the network: ``reached``, share of the runs in which it got there; ``step``: mean
        step at which it did, where it did (missing where it never did). The sum of ``reached`` is the expected size.

    Raises
    ------
    MethodError
        For starts that are not in the network or none, a rate out of range, or an unknown rule.

    References
    ----------
    .. [1] Kempe, D., Kleinberg, J., & Tardos, E. (2003). Maximizing the spread of influence through a social network.
       KDD 2003, 137-146. https://doi.org/10.1145/956750.956769

    Examples
    --------
    >>> from regionet import analysis
    >>> import networkx as nx
    >>> path = nx.Graph([("A", "B", {"weight": 1}), ("B", "C", {"weight": 1})])
    >>> found = analysis.measure_diffusion(path, ["A"], rate=0.5, draws=20_000)
    >>> round(float(found["reached"].sum()), 1)  # 1 + 1/2 + 1/4
    1.8
    """
    adjacency = build_adjacency(network)
    unknown = sorted(set(map(str, starts)) - set(map(str, adjacency.nodes)))
    if unknown or not starts:
        raise MethodError(f"it starts in one or more regions of the network; unknown: {', '.join(unknown) or 'none'}")
    if rule not in get_args(Rule) or not 0 < rate < 1 or draws < 1:
        raise MethodError(f"rule is one of {', '.join(get_args(Rule))}, rate between 0 and 1, draws 1 or more")
    weights = adjacency.weights.toarray()
    first = np.isin(adjacency.nodes.astype(str), list(map(str, starts)))
    last = steps if steps is not None else (10 if rule == "contagion" else len(first))
    rng = np.random.default_rng(seed)
    size = max(1, _BLOCK // max(weights.size, 1))
    got = np.concatenate(
        [
            _run(weights, first, rule, rate=rate, steps=last, draws=min(size, draws - done), rng=rng)
            for done in range(0, draws, size)
        ]
    )
    reached = np.isfinite(got)
    count = reached.sum(axis=0)
    step = np.divide(np.where(reached, got, 0).sum(axis=0), count, out=np.full(len(first), np.nan), where=count > 0)
    return pd.DataFrame({"reached": reached.mean(axis=0), "step": step}, index=adjacency.nodes.rename("code"))


def _run(
    weights: Floats, first: Booleans, rule: str, *, rate: float, steps: int, draws: int, rng: np.random.Generator
) -> Floats:
    """Return the step at which each region got it, infinity for never, (draws, N)."""
    got = np.where(np.broadcast_to(first, (draws, len(first))), 0.0, np.inf)
    links = weights > 0
    mean = weights[links].mean() if links.any() else 1.0
    carries = np.where(links, 1 - (1 - rate) ** (weights / mean), 0.0)
    total = weights.sum(axis=0)
    limits = rng.random((draws, len(first)))
    luck = rng.random((draws, *weights.shape)) < carries if rule == "cascade" else None
    for step in range(1, steps + 1):
        have = np.isfinite(got)
        if rule == "threshold":
            share = np.divide(have @ weights, total, out=np.zeros(got.shape), where=total > 0)
            now = (share >= limits) & (total > 0)
        elif luck is not None:
            now = np.einsum("di,dij->dj", (got == step - 1).astype(np.float32), luck.astype(np.float32)) > 0
        else:
            stay = np.exp(have.astype(float) @ np.log1p(-np.minimum(carries, 1 - 1e-12)))
            now = rng.random(got.shape) > stay
        fresh = now & ~have
        if not fresh.any() and rule != "contagion":
            break
        got[fresh] = step
    return got
