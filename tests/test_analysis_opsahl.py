from collections.abc import Callable
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from network_samples import networks

from analysis.networks.adjacency import build_adjacency
from analysis.scores.centrality import measure_centrality
from analysis.scores.opsahl import measure_inverse_distance, measure_opsahl
from analysis.scores.paths import measure_path_lengths
from regions import MethodError


def test_star_by_hand() -> None:
    """Centre with links of weight 4 and 1: degree 2, strength 5; square-root lengths 1/2 and 1."""
    network = nx.Graph([("c", "x", {"weight": 4}), ("c", "y", {"weight": 1})])
    table = measure_opsahl(network, alpha=0.5)
    assert table["opsahl_degree"].to_numpy() == pytest.approx([10**0.5, 2, 1], rel=1e-15)
    assert table["opsahl_betweenness"].tolist() == [1, 0, 0]
    assert table["opsahl_closeness"].to_numpy() == pytest.approx([2 / 1.5, 2 / 2, 2 / 2.5], rel=1e-15)


def test_few_links_or_many() -> None:
    """Two partners of weight 4 against four of weight 2: equal strength; below 1 the many win, above 1 the few."""
    network = nx.Graph([("a", f"a{i}", {"weight": 4}) for i in range(2)])
    network.add_edges_from([("b", f"b{i}", {"weight": 2}) for i in range(4)])
    wins = {alpha: measure_opsahl(network, alpha=alpha)["opsahl_degree"].loc[["a", "b"]] for alpha in (0.5, 1, 1.5)}
    assert wins[0.5]["b"] > wins[0.5]["a"]
    assert wins[1]["b"] == wins[1]["a"] == 8
    assert wins[1.5]["b"] < wins[1.5]["a"]


def test_isolates_and_components() -> None:
    network = nx.disjoint_union_all([nx.path_graph(2), nx.path_graph(2), nx.empty_graph(1)])
    table = measure_opsahl(network, alpha=2)
    assert not table.iloc[4].any()
    assert table["opsahl_closeness"].tolist() == [1 / 4, 1 / 4, 1 / 4, 1 / 4, 0]  # 1/(n-1) in reach, at distance 1
    assert measure_opsahl(nx.DiGraph()).shape == (0, 5)


@pytest.mark.parametrize("alpha", [-0.1, np.inf, np.nan])
def test_wrong_alpha(alpha: float) -> None:
    with pytest.raises(MethodError, match="alpha"):
        measure_opsahl(nx.path_graph(2), alpha=alpha)


@settings(deadline=None, max_examples=40)
@given(networks(lengths=True))
def test_ends_of_the_scale_are_the_plain_measures(network: nx.Graph) -> None:
    scores, links, weights = (
        measure_centrality(network),
        measure_opsahl(network, alpha=0),
        measure_opsahl(network, alpha=1),
    )
    assert links["opsahl_degree"].to_numpy() == pytest.approx(scores["degree"].to_numpy(), rel=1e-12)
    assert weights["opsahl_degree"].to_numpy() == pytest.approx(scores["strength"].to_numpy(), rel=1e-12)
    assert weights["opsahl_betweenness"].to_numpy() == pytest.approx(scores["betweenness"].to_numpy(), abs=1e-12)
    theirs = nx.closeness_centrality(network, distance="distance")
    assert weights["opsahl_closeness"].to_numpy() == pytest.approx([theirs[v] for v in network], rel=1e-12)
    theirs = nx.betweenness_centrality(network)
    assert links["opsahl_betweenness"].to_numpy() == pytest.approx([theirs[v] for v in network], abs=1e-12)


@pytest.mark.parametrize("alpha", [0, 0.5, 1, 1.5])
def test_freeman_eies_as_computed_by_tnet(golden: Callable[[str], Path], alpha: float) -> None:
    """R tnet: sent messages; closeness sums the paths out of a node, tuned weights divided by their mean."""
    edges = pd.read_csv(golden("network/freeman_eies3_n32_edges.csv"))
    table = pd.read_csv(golden("network/freeman_eies3_n32_tnet.csv"))
    table = table[table["alpha"] == alpha].set_index("node")
    assert len(table) == 32
    network = nx.DiGraph()
    network.add_nodes_from(table.index)
    network.add_weighted_edges_from(edges.itertuples(index=False))
    ours = measure_opsahl(network, alpha=alpha)
    assert ours["opsahl_out_degree"].to_numpy() == pytest.approx(table["opsahl_degree"].to_numpy(), rel=1e-10)
    assert ours["opsahl_betweenness"].to_numpy() * 31 * 30 == pytest.approx(table["betweenness"].to_numpy(), abs=1e-8)
    weights = build_adjacency(network).weights.toarray()
    distance = measure_path_lengths((np.where(weights > 0, weights, 1.0) ** alpha * (weights > 0))[None])
    out = measure_inverse_distance(distance.sum(axis=2), np.full((1, 32), 32.0))[0]
    closeness = out / 31 / (edges["w"] ** alpha).mean()
    assert closeness == pytest.approx(table["closeness"].to_numpy(), rel=1e-10)
