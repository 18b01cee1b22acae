"""Is a statistic of a network more than chance? Rewired networks, networks drawn from a gravity model, z and p."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import networkx as nx
import numpy as np
import pandas as pd

from analysis.expectation.gravity import GravityFit
from analysis.inference.backbone import list_link_positions
from regions.arrays import Integers
from regions.errors import MethodError

Statistic = Callable[[nx.Graph], "float | Mapping[str, float]"]

SWAPS = 10
"""Attempted swaps per link: more change the statistics of rewired networks no further."""


def build_rewired(network: nx.Graph, *, draws: int = 200, seed: int = 0) -> Iterator[nx.Graph]:
    """Rewire a network at random: who links with whom changes, how many links each region has does not.

    Two random links a-b, c-d become a-d, c-b unless that makes a self loop or a link that exists (the attempt is then
    lost, which keeps all such networks equally likely in the end) [1]_. 10 attempts per link, all draws side by
    side.

    Parameters
    ----------
    network
        Graph or DiGraph (then in- and out-degree stay). Self loops are left out.
    draws
        Number of rewired networks.
    seed
        Of the swaps.

    Yields
    ------
    Graph or DiGraph
        Same nodes and node attributes; ``weight``: the observed weights, dealt anew among the links, so that the
        strength of a region is *not* kept. In a nearly complete network few swaps are possible and the null is
        narrow: take the gravity null there.

    Raises
    ------
    MethodError
        For a multigraph or less than one draw.

    References
    ----------
    .. [1] Maslov, S., & Sneppen, K. (2002). Specificity and stability in topology of protein networks. Science 296,
       910-913. https://doi.org/10.1126/science.1065103

    Examples
    --------
    >>> ring = nx.cycle_graph(6)
    >>> [sorted(dict(draw.degree).values()) for draw in build_rewired(ring, draws=1)]
    [[2, 2, 2, 2, 2, 2]]
    """
    if network.is_multigraph() or draws < 1:
        raise MethodError("rewiring needs a Graph or DiGraph and at least one draw")
    rng = np.random.default_rng(seed)
    nodes = list(network)
    first, second, weights = list_link_positions(network)
    ends = np.column_stack([first, second])
    for pairs in _swap(ends, len(nodes), draws, rng, directed=network.is_directed()):
        rewired = nx.create_empty_copy(network)
        dealt = rng.permutation(weights)
        named = ((nodes[a], nodes[b], float(w)) for (a, b), w in zip(pairs, dealt, strict=True))
        rewired.add_weighted_edges_from(named)
        yield rewired


def build_gravity_draws(fit: GravityFit, *, draws: int = 200, seed: int = 0) -> Iterator[nx.Graph]:
    """Draw networks from a fitted gravity model: what sizes, distances and borders alone would give.

    Each pair gets a negative binomial number of link events with the mean and the dispersion of the model (Poisson
    when the dispersion is 0), times the weight of one event. Pairs are drawn apart from each other; the coefficients
    are taken as known.

    Parameters
    ----------
    fit
        From `analysis.expectation.gravity.fit_gravity`. Regions that the model dropped are not in the draws: compare
        with a network of the fitted regions, `select_fitted`.
    draws
        Number of networks.
    seed
        Of the draws.

    Yields
    ------
    Graph or DiGraph
        Fitted regions, links of weight > 0; ``graph["origin"]`` = ``modelled``.

    Raises
    ------
    MethodError
        For less than one draw.

    Examples
    --------
    >>> from regionet import analysis
    >>> study, km = analysis.scatter_regions(20)
    >>> network = analysis.simulate_network(study, km, analysis.Truth(), seed=1)
    >>> draws = build_gravity_draws(analysis.fit_gravity(study, network, km), draws=2)
    >>> [draw.graph["origin"] for draw in draws]
    ['modelled', 'modelled']
    """
    if draws < 1:
        raise MethodError(f"at least one draw is needed; got {draws}")
    rng, table, model = np.random.default_rng(seed), fit.table, fit.model
    mean = table["expected"].to_numpy() / model.unit
    kind = nx.DiGraph if model.directed else nx.Graph
    for _ in range(draws):
        rate = mean if model.dispersion == 0 else mean * rng.gamma(1 / model.dispersion, model.dispersion, len(mean))
        events = rng.poisson(rate)
        network = kind(origin="modelled", study=model.study)
        network.add_nodes_from(_list_fitted(fit))
        linked = events > 0
        ends = table.loc[linked, ["source", "target"]].itertuples(index=False, name=None)
        weights = (events[linked] * model.unit).tolist()
        network.add_weighted_edges_from((a, b, w) for (a, b), w in zip(ends, weights, strict=True))
        yield network


def select_fitted(network: nx.Graph, fit: GravityFit) -> nx.Graph:
    """Return the part of a network that the gravity model speaks of, to compare with its draws."""
    return network.subgraph(_list_fitted(fit)).copy()


def compare_with_null(network: nx.Graph, draws: Iterable[nx.Graph], statistic: Statistic) -> pd.DataFrame:
    """Compare a statistic of a network with what it is in networks drawn under a null.

    Parameters
    ----------
    network
        Observed.
    draws
        From `build_rewired`, `build_gravity_draws` or any other source.
    statistic
        Network -> number, or name -> number (a table's row, say).

    Returns
    -------
    DataFrame
        Index ``statistic`` (``value`` for a single number): ``observed``, ``mean``, ``sd`` (of the draws), ``z`` (NaN
        where the draws do not vary), ``low``, ``high`` (95 % of the draws), ``p_upper``, ``p_lower`` (draws as large,
        as small; (1 + number) / (1 + draws)), ``p`` (two-sided: twice the smaller, at most 1), ``draws``.

    Raises
    ------
    MethodError
        When there is no draw, or the statistic is not finite or names other numbers in a draw.

    Examples
    --------
    >>> ring = nx.cycle_graph(6)
    >>> found = compare_with_null(ring, build_rewired(ring, draws=20), nx.transitivity)
    >>> float(found.loc["value", "observed"])
    0.0
    """
    observed = _read_statistic(statistic, network)
    rows = [_read_statistic(statistic, draw) for draw in draws]
    if not rows:
        raise MethodError("there is no draw to compare with")
    if any(row.keys() != observed.keys() for row in rows):
        raise MethodError("the statistic names other numbers in a draw than in the network")
    values, seen = np.array([list(row.values()) for row in rows]), np.array(list(observed.values()))
    mean, sd = values.mean(axis=0), values.std(axis=0, ddof=1 if len(rows) > 1 else 0)
    flat = sd <= 1e-12 * np.maximum(np.abs(mean), np.abs(seen))  # equal sums may differ in their last digits
    slack = 1e-12 * np.abs(seen)
    upper = (1 + (values >= seen - slack).sum(axis=0)) / (1 + len(rows))
    lower = (1 + (values <= seen + slack).sum(axis=0)) / (1 + len(rows))
    low, high = np.quantile(values, [0.025, 0.975], axis=0)
    return pd.DataFrame(
        {
            "observed": seen,
            "mean": mean,
            "sd": np.where(flat, 0.0, sd),
            "z": np.divide(seen - mean, sd, out=np.full_like(mean, np.nan), where=~flat),
            "low": low,
            "high": high,
            "p_upper": upper,
            "p_lower": lower,
            "p": np.minimum(2 * np.minimum(upper, lower), 1.0),
            "draws": len(rows),
        },
        index=pd.Index(list(observed), name="statistic"),
    )


def _read_statistic(statistic: Statistic, network: nx.Graph) -> dict[str, float]:
    found = statistic(network)
    numbers = {str(k): float(v) for k, v in found.items()} if isinstance(found, Mapping) else {"value": float(found)}
    faulty = [name for name, number in numbers.items() if not np.isfinite(number)]
    if faulty:
        raise MethodError(f"the statistic {faulty[0]!r} is not finite: it cannot be compared")
    return numbers


def _list_fitted(fit: GravityFit) -> list[str]:
    return list(dict.fromkeys([*fit.table["source"], *fit.table["target"]]))


def _swap(ends: Integers, n: int, draws: int, rng: np.random.Generator, *, directed: bool) -> Integers:
    """Swap the ends of random pairs of links in all draws at once: (draws, links, 2)."""
    m = len(ends)
    state = np.tile(ends, (draws, 1, 1))
    if m < 2:  # noqa: PLR2004 - a swap needs two links
        return state
    linked = np.zeros((draws, n, n), dtype=bool)
    linked[:, ends[:, 0], ends[:, 1]] = True
    if not directed:
        linked |= linked.transpose(0, 2, 1)
    every = np.arange(draws)
    for _ in range(SWAPS * m):
        first, second = rng.integers(0, m, (2, draws))
        a, b = state[every, first].T
        c, d = state[every, second].T
        if not directed:  # a link has no direction, so either end may be swapped
            turn = rng.random(draws) < 0.5  # noqa: PLR2004 - a fair coin
            c, d = np.where(turn, d, c), np.where(turn, c, d)
        good = (first != second) & (a != d) & (c != b) & ~linked[every, a, d] & ~linked[every, c, b]
        at, a, b, c, d = every[good], a[good], b[good], c[good], d[good]
        for x, y, there in ((a, b, False), (c, d, False), (a, d, True), (c, b, True)):
            linked[at, x, y] = there
            if not directed:
                linked[at, y, x] = there
        state[at, first[good]] = np.stack([a, d], axis=1)
        state[at, second[good]] = np.stack([c, b], axis=1)
    return state
