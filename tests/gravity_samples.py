"""Simulated collaboration with a known truth, and fits of the embedded studies, shared by several tests."""

from functools import cache
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from analysis.gravity import GravityFit, fit_gravity
from analysis.network import build_network
from analysis.options import GravityOptions
from geodata import measure_distances
from regions import Note, Study, load_study
from regions.links import Counting


def make_study(size: int, *, seed: int = 0) -> tuple[Study, pd.DataFrame]:
    """Scatter regions of two countries over a square; return them and the distances between them."""
    rng = np.random.default_rng(seed)
    codes = [f"R{i:03d}" for i in range(size)]
    names = pd.Series(codes, index=pd.Index(codes, name="code"))
    regions = pd.DataFrame({"name": names, "name_zh": names, "level": "region", "parent": ["P", "Q"] * (size // 2)})
    regions[["lon", "lat", "capital_lon", "capital_lat"]] = np.nan
    places = rng.uniform(0, 1000, (size, 2))
    distances = np.hypot(*(places[:, None] - places).transpose(2, 0, 1))
    study = Study(
        name="simulated",
        title=Note("Simulated", "模拟"),
        regions=regions,
        surroundings=regions.iloc[:0],
        unit_of=names,
        neighbours=pd.DataFrame({"source": codes[:-1], "target": codes[1:]}),
        borders=("parent",),
    )
    return study, pd.DataFrame(distances, index=codes, columns=codes)


def simulate(study: Study, distances: pd.DataFrame, *, alpha: float, seed: int, mean: float = 1.0) -> nx.Graph:
    """Draw NB2 links: elasticity -0.8, border -0.4; edges carry the true ratio and expectation of every pair."""
    rng = np.random.default_rng(seed)
    codes = list(study.regions.index)
    mass = rng.normal(0, 0.6, len(codes))
    network = nx.Graph()
    network.add_nodes_from(codes)
    i, j = np.triu_indices(len(codes), k=1)
    border = (i % 2 != j % 2) * 1.0
    eta = mean + mass[i] + mass[j] - 0.8 * np.log(distances.to_numpy()[i, j] / 300) - 0.4 * border
    ratio = rng.gamma(1 / alpha, alpha, len(i)) if alpha else np.ones(len(i))
    counts = rng.poisson(ratio * np.exp(eta))
    for a, b, count in zip(i, j, counts, strict=True):
        if count:
            network.add_edge(codes[a], codes[b], weight=int(count), count=int(count))
    network.graph["truth"] = pd.DataFrame(
        {"ratio": ratio, "mean": np.exp(eta)},
        index=pd.MultiIndex.from_arrays([np.array(codes)[i], np.array(codes)[j]], names=["source", "target"]),
    )
    return network


@cache
def fit_embedded(name: str, counting: Counting = "full", **choices: Any) -> GravityFit:
    study = load_study(name)
    network = build_network(study, counting=counting)
    return fit_gravity(study, network, measure_distances(study), options=GravityOptions(**choices))
