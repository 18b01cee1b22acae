r"""What would links change? The spillover and the closeness of regions if one pair had more links.

With :math:`S=(I-\rho W)^{-1}`, W the weights over their spectral radius *as it is now* (normalised anew after every
link, more links would not mean more spillover), links of weight w between i and j add :math:`c=\rho w/r` to two cells
of :math:`\rho W`. By Sherman, Morrison and Woodbury

.. math:: S' = S + [S_{\cdot i}, S_{\cdot j}]\, M\, \begin{bmatrix} S_{j\cdot} \\ S_{i\cdot} \end{bmatrix}, \quad
   M = \Bigl(\tfrac1c I - \begin{bmatrix} S_{ji} & S_{jj} \\ S_{ii} & S_{ij} \end{bmatrix}\Bigr)^{-1},

so thousands of pairs are answered from one inverse. A new shortest path runs over the link or is an old one:
:math:`d'_{kl}=\min(d_{kl},\, d_{ki}+\ell+d_{jl},\, d_{kj}+\ell+d_{il})` with :math:`\ell=1/(w_{ij}+w)`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.loglinear.tolerance import merge_ties
from analysis.networks.adjacency import build_adjacency
from analysis.scores.centrality import measure_centrality
from analysis.scores.paths import check_spread, measure_path_lengths
from analysis.scores.spectral import measure_spectral_radius
from analysis.scores.spillover import invert_network
from regions.arrays import Floats, Positions
from regions.errors import MethodError
from regions.messages import say

if TYPE_CHECKING:
    import networkx as nx


RHO = 0.5
_ROUNDING = 1e-12
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class _Now:
    """A network as it is.

    Attributes
    ----------
    weights
        (n, n).
    multiplier
        (n, n) S.
    absolute
        (n, n) S at the size of rho. Weights are not negative: the series dies out at either sign where it does at
        +. At rho < 0 S itself looks at the other end of the spectrum only.
    own
        (n,) the indicator, 0 where not known.
    share
        rho / r: what one link adds to a cell of rho W.
    distance
        (n, n) lengths of shortest paths.
    directed
        Whether links have a direction.
    """

    weights: Floats
    multiplier: Floats
    absolute: Floats
    own: Floats
    share: float
    distance: Floats
    directed: bool


def measure_added_links(
    network: "nx.Graph",
    pairs: pd.DataFrame,
    links: "pd.Series[float]",
    *,
    own: "pd.Series[float] | None" = None,
    rho: float = RHO,
) -> pd.DataFrame:
    """Measure what more links would bring, for each of many pairs by itself.

    Parameters
    ----------
    network
        Collaboration as it is; in a DiGraph the links run from source to target.
    pairs
        ``source``, ``target``: two different regions of the network.
    links
        On the index of ``pairs``: weight added, >= 0.
    own
        Index code: the indicator that spills over, such as ``measure_spillover(...)["own"]``. None leaves the columns
        of spillover out; a region without a value gives nothing.
    rho
        As in `analysis.measure_spillover`: an assumption, not an estimate.

    Returns
    -------
    DataFrame
        On the index of ``pairs``: ``gain_received_source``, ``gain_received_target``, ``gain_received_all`` (what the
        two and all regions receive more, in the unit of the indicator), ``gain_closeness_source``,
        ``gain_closeness_target`` (percent of harmonic closeness as it is; NaN for an isolate). Spillover is NaN where
        so many links would let effects grow without end (the new spectral radius reaches 1 over
        the size of rho, whatever its sign).

    Raises
    ------
    MethodError
        When a region is not in the network, the ends of a pair are one, links are negative or not finite, there is no
        link at all, or rho is out of range.

    Examples
    --------
    >>> import networkx as nx
    >>> network = nx.Graph([("a", "b"), ("b", "c")])
    >>> pairs = pd.DataFrame({"source": ["a"], "target": ["c"]})
    >>> measure_added_links(network, pairs, pd.Series([1.0]))["gain_closeness_source"].round(1).tolist()
    [33.3]
    """
    now, first, second, added = _read(network, pairs, links, own, rho)
    columns = {} if own is None else _measure_received(now, first, second, added)
    return pd.DataFrame({**columns, **_measure_closeness(now, first, second, added)}, index=pairs.index)


def measure_whatif(
    network: "nx.Graph",
    source: str,
    target: str,
    *,
    links: float,
    own: "pd.Series[float] | None" = None,
    rho: float = RHO,
) -> pd.DataFrame:
    """Measure what more links between two regions would change for every region.

    Parameters
    ----------
    network, own, rho
        As in `measure_added_links`.
    source, target
        Codes.
    links
        Weight added, > 0.

    Returns
    -------
    DataFrame
        Index ``code``, who gains most first: ``strength``, ``closeness``, ``betweenness`` and, with ``own``,
        ``received``, each as it is and with ``_after`` and ``_gain``.

    Raises
    ------
    MethodError
        As `measure_added_links`; also when no link is added, or so many that effects would grow without end.

    Examples
    --------
    >>> import networkx as nx
    >>> network = nx.Graph([("a", "b"), ("b", "c")])
    >>> measure_whatif(network, "a", "c", links=1)["strength_gain"].to_dict()
    {'a': 1.0, 'c': 1.0, 'b': 0.0}
    """
    if not links > 0:
        raise MethodError(say("whatif/no-links", links=links))
    pairs = pd.DataFrame({"source": [source], "target": [target]})
    now, first, second, added = _read(network, pairs, pd.Series([float(links)]), own, rho)
    changed = network.copy()
    weight = changed.get_edge_data(source, target, {"weight": 0.0}).get("weight", 1.0)
    changed.add_edge(source, target, weight=weight + links)
    before, after = (measure_centrality(each)[["strength", "closeness", "betweenness"]] for each in (network, changed))
    if own is not None:
        matrix = _solve(now, first, second, added)[0]
        if np.isnan(matrix).any():
            raise MethodError(say("whatif/without-end", links=f"{links:g}"))
        i, j = first[0], second[0]
        ends, ways = now.multiplier[:, [i, j]], now.multiplier[[j, i]]
        received = now.multiplier @ now.own - now.multiplier.diagonal() * now.own
        more = ends @ matrix @ (ways @ now.own) - np.einsum("ka,ab,bk->k", ends, matrix, ways) * now.own
        before, after = before.assign(received=received), after.assign(received=received + more)
    table = before.join(after.add_suffix("_after")).join((after - before).add_suffix("_gain"))
    order = "closeness_gain" if own is None else "received_gain"
    table = table[[f"{name}{end}" for name in before for end in ("", "_after", "_gain")]]
    keys = [merge_ties(table[name].to_numpy(dtype=float)) for name in (order, "strength_gain")]
    return table.iloc[np.lexsort([-keys[1], -keys[0]])]


def _read(
    network: "nx.Graph", pairs: pd.DataFrame, links: "pd.Series[float]", own: "pd.Series[float] | None", rho: float
) -> tuple[_Now, Positions, Positions, Floats]:
    adjacency = build_adjacency(network)
    first, second = (
        np.asarray(adjacency.nodes.get_indexer(pd.Index(pairs[end])), dtype=np.intp) for end in ("source", "target")
    )
    for end, at in (("source", first), ("target", second)):
        if (at < 0).any():
            name = pairs[end].to_numpy()[at < 0][0]
            raise MethodError(say("whatif/no-region", name=name))
    if (first == second).any():
        raise MethodError(say("whatif/one-region"))
    added: Floats = np.asarray(links.reindex(pairs.index), dtype=np.float64)
    if not (np.isfinite(added).all() and (added >= 0).all()):
        raise MethodError("the weights added must be finite and >= 0")
    radius = measure_spectral_radius(adjacency)
    if not radius > 0:
        raise MethodError(say("whatif/no-spillover"))
    weights = adjacency.weights.toarray()
    values: Floats = np.zeros(len(weights))
    if own is not None:
        values = np.asarray(own.reindex(adjacency.nodes).fillna(0.0), dtype=np.float64)
    multiplier = invert_network(weights.T / radius, rho=rho)
    absolute = multiplier if rho >= 0 else invert_network(weights.T / radius, rho=-rho)
    check_spread(weights)
    distance = measure_path_lengths(weights[None])[0]
    return _Now(weights, multiplier, absolute, values, rho / radius, distance, adjacency.directed), first, second, added


def _solve(now: _Now, first: Positions, second: Positions, added: Floats) -> Floats:
    """Return M of every pair, (m, 2, 2); NaN where effects would grow without end."""
    s, c = now.multiplier, now.share * added
    endless = np.abs(c) * _measure_loop(now, first, second) >= 1 - _ROUNDING
    if now.directed:
        matrix = np.zeros((len(c), 2, 2))
        matrix[:, 1, 1] = c / np.where(endless, np.nan, 1 - c * s[first, second])
        matrix[endless] = np.nan
        return matrix
    a, b, d, e = s[second, first], s[second, second], s[first, first], s[first, second]
    determinant = (1 - c * a) * (1 - c * e) - c**2 * b * d
    cells = np.array([[1 - c * e, c * b], [c * d, 1 - c * a]]) * (c / np.where(endless, np.nan, determinant))
    return np.asarray(cells.transpose(2, 0, 1))


def _measure_loop(now: _Now, first: Positions, second: Positions) -> Floats:
    """Return what of an effect comes back over the link of each pair: times the size of c it must stay below 1."""
    s = now.absolute
    if now.directed:
        return np.asarray(s[first, second])
    a, b, d, e = s[second, first], s[second, second], s[first, first], s[first, second]
    return np.asarray((a + e) / 2 + np.sqrt(((a - e) / 2) ** 2 + b * d))


def _measure_received(now: _Now, first: Positions, second: Positions, added: Floats) -> dict[str, Floats]:
    s, x, matrix = now.multiplier, now.own, _solve(now, first, second, added)
    effect = s @ x
    way = np.stack([effect[second], effect[first]], axis=1)  # what arrives at the two cells
    step = np.einsum("pab,pb->pa", matrix, way)

    def measure_end(at: Positions) -> Floats:
        back = np.einsum(
            "pa,pab,pb->p",
            np.stack([s[at, first], s[at, second]], axis=1),
            matrix,
            np.stack([s[second, at], s[first, at]], axis=1),
        )
        return np.asarray(s[at, first] * step[:, 0] + s[at, second] * step[:, 1] - back * x[at])

    total, loop = s.sum(axis=0), s @ (x[:, None] * s)
    back = (
        matrix[:, 0, 0] * loop[second, first]
        + matrix[:, 0, 1] * loop[first, first]
        + matrix[:, 1, 0] * loop[second, second]
        + matrix[:, 1, 1] * loop[first, second]
    )
    return {
        "gain_received_source": measure_end(first),
        "gain_received_target": measure_end(second),
        "gain_received_all": total[first] * step[:, 0] + total[second] * step[:, 1] - back,
    }


def _measure_closeness(now: _Now, first: Positions, second: Positions, added: Floats) -> dict[str, Floats]:
    """Return the gain at both ends in percent; in a directed network the source comes no closer to anyone's reach."""
    with np.errstate(divide="ignore"):
        length = 1 / (now.weights[first, second] + added)
        old = np.where(now.distance > 0, 1 / now.distance, 0.0).sum(axis=0)
    reach = np.ascontiguousarray(now.distance.T)  # row: how far every region is from this one
    gains = {}
    for name, end, other in (("source", first, second), ("target", second, first)):
        gain = np.zeros(len(first))
        if name == "target" or not now.directed:
            # a link no shorter than the way there is brings nobody closer
            useful = np.flatnonzero(length < reach[end, other])
            size = max(_CHUNK // max(len(reach), 1), 1)
            for start in range(0, len(useful), size):
                part = useful[start : start + size]
                gain[part] = _shorten(reach, end[part], other[part], length[part])
        with np.errstate(divide="ignore", invalid="ignore"):
            gains[f"gain_closeness_{name}"] = np.where(old[end] > 0, 100 * gain / old[end], np.nan)
    return gains


def _shorten(reach: Floats, end: Positions, other: Positions, length: Floats) -> Floats:
    """Return by how much the sum of 1 / distance to each end grows once it may be reached over the other."""
    before = reach[end]
    before[np.arange(len(end)), end] = np.inf
    after = np.minimum(before, reach[other] + length[:, None])
    after[np.arange(len(end)), end] = np.inf
    return np.asarray((1 / after - 1 / before).sum(axis=1))
