"""Networks and studies for the tests of the bootstrap."""

import networkx as nx
import numpy as np
import pandas as pd

from regions import Study
from regions.words import Words


def draw_weights(count: int, n: int, *, share: float, seed: int = 0) -> np.ndarray:
    """Draw ``count`` symmetric networks of n regions, ``share`` of the pairs linked, whole weights with many ties."""
    rng = np.random.default_rng(seed)
    upper = np.triu(rng.integers(1, 5, (count, n, n)) * (rng.random((count, n, n)) < share), 1).astype(float)
    return np.asarray(upper + upper.transpose(0, 2, 1))


def build_graph(weights: np.ndarray, internal: np.ndarray, external: np.ndarray) -> nx.Graph:
    """Build the network of one weight matrix, with node attributes."""
    network = nx.from_numpy_array(weights)
    for node in network:
        network.nodes[node].update(internal=internal[node], external=external[node])
    return network


def make_series(*years: list[tuple[str, str, float]], directed: bool = False) -> dict[int, nx.Graph]:
    """Build one network of A, B, C, D per year from 2000 on."""
    series = {}
    for year, links in enumerate(years, start=2000):
        network = nx.DiGraph() if directed else nx.Graph()
        network.add_nodes_from("ABCD")
        network.add_weighted_edges_from(links)
        series[year] = network
    return series


def make_study(records: list[tuple[str, str]]) -> Study:
    """Regions A, B, C, D and, outside the focus, X and Y; actor a1 sits in A, b1 in B, ..."""
    names = {"name": ["Alpha", "Beta", "Gamma", "Delta"], "name_zh": ["甲", "乙", "丙", "丁"]}
    ids = ["a1", "a2", "b1", "c1", "x1", "x2", "y1"]
    return Study(
        name="tiny",
        title=Words("Tiny", "小"),
        regions=pd.DataFrame(names, index=pd.Index(list("ABCD"), name="code")),
        surroundings=pd.DataFrame({"name": ["X", "Y"]}, index=pd.Index(["X", "Y"], name="code")),
        unit_of=pd.Series({code: code for code in "ABCDXY"}),
        actors=pd.DataFrame({"region": [name[0].upper() for name in ids]}, index=pd.Index(ids, name="id")),
        records=pd.DataFrame(records, columns=["record", "actor"]),
    )


BY_HAND = [
    *[("r1", actor) for actor in ("a1", "a2", "b1", "x1")],
    *[("r2", actor) for actor in ("a1", "b1")],
    *[("r3", actor) for actor in ("x1", "x2", "y1", "b1")],
    ("r4", "c1"),
    ("r2", "b1"),
]
