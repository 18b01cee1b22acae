"""Which links of a dense network say something: significance of each link, and the backbone that is left."""

from typing import Literal

import networkx as nx
import numpy as np
import pandas as pd
from scipy import special

from analysis.expectation.pairs import measure_event_weight
from analysis.loglinear.tolerance import exceed
from analysis.networks.adjacency import build_adjacency
from analysis.networks.pair_index import index_pairs
from regions.arrays import Floats, Integers
from regions.errors import MethodError

Method = Literal["disparity", "noise_corrected"]
MIN_EVENTS = 2.0
"""Fewer link events than this tell nothing about the spread of their numbers."""


def measure_link_significance(network: nx.Graph) -> pd.DataFrame:
    r"""Measure how far each link stands out from what its two ends would give by chance.

    Two nulls. The *disparity filter* [1]_: an end of strength :math:`s` and degree :math:`k` breaks its strength
    into :math:`k` pieces at random; a piece of at least :math:`w` has probability
    :math:`\alpha = (1 - w/s)^{k-1}`. The smaller of the two ends counts; an end with one link has
    :math:`\alpha = 1`: alone it proves nothing. The *noise-corrected* score [2]_: :math:`N` link events fall on
    pairs in proportion to the strengths, :math:`\pi = s_i s_j / N^2`; the lift :math:`w N / (s_i s_j)` is mapped
    to :math:`(lift - 1) / (lift + 1)`, and its error follows from a beta-binomial posterior with the
    hypergeometric prior.

    Parameters
    ----------
    network
        Graph or DiGraph; missing weights count 1, self loops are left out. In a DiGraph a link is judged by the
        out-side of its source and the in-side of its target. Where links carry ``count`` (link events), weights are
        turned into pseudo-counts for the noise-corrected measures by the weight of one event; else a weight is
        taken as a count.

    Returns
    -------
    DataFrame
        One row per link, in the order of the network, index (source, target): ``source``, ``target``, ``weight``;
        ``alpha_disparity`` (0 to 1, small is significant; does not depend on the scale of the weights);
        ``score_nc`` (-1 to 1, 0 is what the strengths give), ``error_nc`` (its standard error), ``p_nc``
        (probability of so many events or more, binomial, continued to fractions). No NaN: below two events in all
        there is nothing to learn, and ``error_nc`` and ``p_nc`` are 1.

    Raises
    ------
    MethodError
        As `analysis.networks.adjacency.build_adjacency`.

    References
    ----------
    .. [1] Serrano, M. A., Boguna, M., & Vespignani, A. (2009). Extracting the multiscale backbone of complex
       weighted networks. PNAS 106, 6483-6488. https://doi.org/10.1073/pnas.0808904106
    .. [2] Coscia, M., & Neffke, F. (2017). Network backboning with noisy data. ICDE 2017.
       https://doi.org/10.1109/ICDE.2017.100. The beta prior here has exactly the mean and variance of the paper;
       the authors' program computes its second parameter with a slip that moves the error by up to .0004.

    Examples
    --------
    >>> table = measure_link_significance(nx.Graph([("a", "b", {"weight": 3}), ("a", "c", {"weight": 1})]))
    >>> float(table.loc[("a", "c"), "alpha_disparity"])
    0.75
    """
    adjacency = build_adjacency(network)
    source, target, weight = list_link_positions(network)
    weights = adjacency.weights
    strength = weights.sum(axis=1)[source], weights.sum(axis=0)[target]
    degree = np.diff(weights.indptr)[source], np.bincount(weights.indices, minlength=weights.shape[0])[target]
    unit = _measure_unit(network)
    table = {
        "source": adjacency.nodes[source],
        "target": adjacency.nodes[target],
        "weight": weight,
        "alpha_disparity": np.minimum(
            *(_measure_disparity(weight, *end) for end in zip(strength, degree, strict=True))
        ),
        **_correct_noise(weight / unit, (strength[0] / unit, strength[1] / unit), float(weights.sum()) / unit),
    }
    return index_pairs(pd.DataFrame(table))


def find_backbone(
    network: nx.Graph, *, method: Method = "disparity", level: float = 0.05, delta: float = 1.64
) -> nx.Graph:
    """Keep the links that stand out.

    Parameters
    ----------
    network
        Graph or DiGraph.
    method
        ``disparity`` keeps links with ``alpha_disparity`` < ``level``; ``noise_corrected`` keeps links whose score
        exceeds 0 by more than ``delta`` standard errors.
    level
        Significance of the disparity filter, 0 < level <= 1; 1 keeps every link one end of which has others.
    delta
        1.28, 1.64 and 2.32 stand for one-sided 10, 5 and 1 %.

    Returns
    -------
    Graph or DiGraph
        A new network with all nodes (regions that lose every link stay as isolates) and the links kept, with
        their attributes. ``graph["backbone"]`` holds ``method``, ``threshold``, ``links`` (kept), ``of`` (before)
        and ``weight_share`` (of the weight that is kept; 0 when there is none).

    Raises
    ------
    MethodError
        For an unknown method, a level out of range, and as `measure_link_significance`.

    Examples
    --------
    >>> star = nx.Graph([("hub", leaf, {"weight": 1}) for leaf in "abcde"] + [("hub", "f", {"weight": 20})])
    >>> list(find_backbone(star, level=0.05).edges)
    [('hub', 'f')]
    """
    if method not in {"disparity", "noise_corrected"}:
        raise MethodError(f"method must be disparity or noise_corrected; got {method!r}")
    if not (0 < level <= 1 and np.isfinite(delta)):
        raise MethodError(f"level must lie above 0 and at most at 1, delta must be finite; got {level}, {delta}")
    table = measure_link_significance(network)
    if method == "disparity":
        kept, threshold = exceed(np.full(len(table), level), table["alpha_disparity"].to_numpy()), level
    else:
        kept, threshold = exceed(table["score_nc"].to_numpy(), delta * table["error_nc"].to_numpy()), delta
    links = table.loc[kept, ["source", "target"]].itertuples(index=False, name=None)
    backbone = nx.create_empty_copy(network)
    backbone.add_edges_from((a, b, dict(network.edges[a, b])) for a, b in links)
    total = float(table["weight"].sum())
    backbone.graph["backbone"] = {
        "method": method,
        "threshold": threshold,
        "links": int(kept.sum()),
        "of": len(table),
        "weight_share": float(table.loc[kept, "weight"].sum()) / total if total else 0.0,
    }
    return backbone


def list_link_positions(network: nx.Graph) -> tuple[Integers, Integers, Floats]:
    """Return both ends (positions) and the weight of each link, as the network lists them."""
    position = {node: i for i, node in enumerate(network)}
    links = [(position[a], position[b], w) for a, b, w in network.edges(data="weight", default=1) if a != b and w > 0]
    rows = np.array(links, dtype=float).reshape(-1, 3)
    return rows[:, 0].astype(np.int64), rows[:, 1].astype(np.int64), rows[:, 2]


def _measure_disparity(weight: Floats, strength: Floats, degree: Integers) -> Floats:
    share = np.minimum(weight / strength, 1.0)  # a sum of floats may fall short of its only part
    return np.where(degree > 1, (1.0 - share) ** (degree - 1), 1.0)


def _measure_unit(network: nx.Graph) -> float:
    links = [
        (w, c) for a, b, w in network.edges(data="weight") if a != b and w and (c := network.edges[a, b].get("count"))
    ]
    if not links or len(links) < sum(a != b for a, b in network.edges):
        return 1.0
    pairs = np.array(links, dtype=float)
    return measure_event_weight(pairs[:, 0], pairs[:, 1])


def _correct_noise(x: Floats, strength: tuple[Floats, Floats], total: float) -> dict[str, Floats]:
    """Score events ``x`` against the two strengths, all in events; ``total`` counts both directions."""
    a, b = strength
    lift = x * total / (a * b)
    mean = a * b / total**2
    if total < MIN_EVENTS:
        return {"score_nc": (lift - 1) / (lift + 1), "error_nc": np.ones_like(x), "p_nc": np.ones_like(x)}
    variance = a * b * (total - a) * (total - b) / (total**4 * (total - 1))
    # An end that holds every event leaves the prior no spread: it is then sure of its mean.
    spread = np.divide(mean * (1 - mean), variance, out=np.full_like(x, np.inf), where=variance > 0) - 1
    share = np.where(np.isfinite(spread), (mean * np.minimum(spread, 1e300) + x) / (spread + total), mean)
    slope = (total + x - x * total * (a + b) / (a * b)) / (a * b)
    error = np.sqrt(total * share * (1 - share)) * np.abs(slope) * 2 / (lift + 1) ** 2
    return {"score_nc": (lift - 1) / (lift + 1), "error_nc": error, "p_nc": special.betainc(x, total - x + 1, mean)}
