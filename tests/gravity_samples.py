"""Simulated collaboration with a known truth, and fits of the embedded studies, shared by several tests."""

from functools import cache
from typing import Any

import networkx as nx
import pandas as pd

from analysis.expectation.gravity import GravityFit, fit_gravity
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.simulate import Truth, scatter_regions, simulate_network
from analysis.networks.network import build_network
from geodata import measure_distances
from regions import Study, load_study
from regions.records.count_links import Counting

make_study = scatter_regions


def simulate(study: Study, distances: pd.DataFrame, *, alpha: float, seed: int, mean: float = 1.0) -> nx.Graph:
    """Draw links with elasticity -0.8 and border -0.4; ``graph["truth"]`` has the truth of every pair."""
    return simulate_network(study, distances, Truth(mean=mean, dispersion=alpha), seed=seed)


@cache
def fit_embedded(name: str, counting: Counting = "full", **choices: Any) -> GravityFit:
    study = load_study(name)
    network = build_network(study, counting=counting)
    return fit_gravity(study, network, measure_distances(study), options=GravityOptions(**choices))
