"""Collaboration with a known truth: what a method finds in it can be counted as right or wrong."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd

from regions.arrays import Floats, Positions
from regions.errors import MethodError
from regions.study import Study
from regions.words import Words

_UNIT_KM = 300.0
_WIDTH_KM = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What a simulated network is made of.

    Attributes
    ----------
    mean
        ln of the links between two typical regions 300 km apart.
    elasticity
        Of distance.
    border
        Added to ln of the expectation where two regions differ in any border of the study.
    spread
        Standard deviation of the region effects, which are normal.
    dispersion
        alpha of NB2, >= 0; 0 is Poisson.
    planted
        Share of the large pairs that are made gaps, 0 to 1.
    large
        A pair with a larger expectation than this is large.
    kept
        Share of its links that a planted gap keeps (each link by itself), 0 to 1.
    """

    mean: float = 1.0
    elasticity: float = -0.8
    border: float = -0.4
    spread: float = 0.6
    dispersion: float = 0.3
    planted: float = 0.0
    large: float = 20.0
    kept: float = 0.1

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        if not (self.dispersion >= 0 and self.spread >= 0):
            raise MethodError(f"dispersion and spread must be >= 0; got {self.dispersion} and {self.spread}")
        if not (0 <= self.planted <= 1 and 0 <= self.kept <= 1):
            raise MethodError(f"planted and kept must lie between 0 and 1; got {self.planted} and {self.kept}")


def scatter_regions(size: int, *, seed: int = 0) -> tuple[Study, pd.DataFrame]:
    """Scatter regions of two countries over a square of 1,000 km.

    Parameters
    ----------
    size
        Number of regions.
    seed
        Of the places.

    Returns
    -------
    Study, DataFrame
        Regions ``R000`` ..., by turns of the parents ``P`` and ``Q`` (a border of the study), each the neighbour of the
        next; distances, size x size km.

    Examples
    --------
    >>> study, km = scatter_regions(10)
    >>> (len(study.regions), km.shape)
    (10, (10, 10))
    """
    rng = np.random.default_rng(seed)
    codes = [f"R{i:03d}" for i in range(size)]
    names = pd.Series(codes, index=pd.Index(codes, name="code"))
    parents = np.resize(["P", "Q"], size)
    regions = pd.DataFrame({"name": names, "name_zh": names, "level": "region", "parent": parents})
    regions[["lon", "lat", "capital_lon", "capital_lat"]] = np.nan
    places = rng.uniform(0, _WIDTH_KM, (size, 2))
    distances = np.hypot(*(places[:, None] - places).transpose(2, 0, 1))
    study = Study(
        name="simulated",
        title=Words("Simulated", "模拟"),
        regions=regions,
        surroundings=regions.iloc[:0],
        unit_of=names,
        neighbours=pd.DataFrame({"source": codes[:-1], "target": codes[1:]}),
        borders=("parent",),
    )
    return study, pd.DataFrame(distances, index=codes, columns=codes)


def simulate_network(study: Study, distances: pd.DataFrame, truth: Truth, *, seed: int) -> nx.Graph:
    r"""Draw the links of every pair of regions and plant gaps among them.

    .. math:: X_{ij} \sim NB2(e^{m + a_i + a_j + \epsilon \ln(d_{ij}/300) + \beta b_{ij}}, \alpha),
       a \sim N(0, \sigma^2)

    Parameters
    ----------
    study
        Gives codes and borders; a pair is across when it differs in any of them.
    distances
        N x N km, > 0 between different regions.
    truth
        What to draw.
    seed
        Of everything that is drawn.

    Returns
    -------
    Graph
        Undirected, all regions as nodes; pairs of at least one link carry ``weight`` and ``count``. ``graph["truth"]``
        has a row per pair (index ``source``, ``target``): ``mean``, ``ratio`` (the gamma ratio behind the count),
        ``planted``.

    Examples
    --------
    >>> study, km = scatter_regions(30)
    >>> network = simulate_network(study, km, Truth(planted=0.1, large=1.0), seed=1)
    >>> bool(network.graph["truth"]["planted"].any())
    True
    """
    rng = np.random.default_rng(seed)
    codes = study.regions.index.to_numpy()
    i, j = np.triu_indices(len(codes), k=1)
    effect = rng.normal(0, truth.spread, len(codes))
    km = distances.loc[codes, codes].to_numpy(dtype=float)[i, j]
    across = _find_across(study, i, j)
    eta = truth.mean + effect[i] + effect[j] + truth.elasticity * np.log(km / _UNIT_KM) + truth.border * across
    alpha = truth.dispersion
    ratio = rng.gamma(1 / alpha, alpha, len(i)) if alpha else np.ones(len(i))
    counts = rng.poisson(ratio * np.exp(eta))
    large = np.flatnonzero(np.exp(eta) > truth.large)
    planted = rng.choice(large, round(truth.planted * len(large)), replace=False)
    counts[planted] = rng.binomial(counts[planted], truth.kept)
    network = nx.Graph()
    network.add_nodes_from(codes)
    edges = zip(codes[i], codes[j], counts.tolist(), strict=True)
    network.add_edges_from((a, b, {"weight": count, "count": count}) for a, b, count in edges if count)
    pairs = pd.MultiIndex.from_arrays([codes[i], codes[j]], names=["source", "target"])
    known = {"ratio": ratio, "mean": np.exp(eta), "planted": np.isin(np.arange(len(i)), planted)}
    network.graph["truth"] = pd.DataFrame(known, index=pairs)
    return network


def _find_across(study: Study, first: Positions, second: Positions) -> Floats:
    """Return 1 for pairs that differ in any border of the study, else 0."""
    across = np.zeros(len(first))
    for name in study.borders:
        side = study.regions[name].to_numpy()
        across = np.maximum(across, side[first] != side[second])
    return across
