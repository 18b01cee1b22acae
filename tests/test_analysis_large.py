import subprocess
import sys
from importlib.util import find_spec

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import analysis.roles.communities
import analysis.roles.leiden
from analysis.networks.adjacency import build_adjacency
from analysis.roles.communities import find_communities
from analysis.roles.leiden import run_compiled
from analysis.scores.centrality import measure_centrality
from analysis.scores.large import measure_large
from analysis.scores.large_paths import build_lengths, sample_paths
from regions import MethodError, MissingExtraError

needs_leiden = pytest.mark.skipif(find_spec("graspologic_native") is None, reason="graspologic-native is an extra")


def test_path_by_hand() -> None:
    """From one end of a path of four: the second stands before two ends, the third before one."""
    found = sample_paths(build_lengths(build_adjacency(nx.path_graph(4)).weights), np.array([0]))
    assert found.dependency.tolist() == [0, 2, 1, 0]
    assert found.dependency_squares.tolist() == [0, 4, 1, 0]
    assert found.nearness == pytest.approx([0, 1, 1 / 2, 1 / 3])
    assert found.nearness_squares == pytest.approx([0, 1, 1 / 4, 1 / 9])


def test_all_nodes_as_samples_are_exact() -> None:
    network = nx.gnp_random_graph(60, 0.08, seed=2, directed=True)
    rng = np.random.default_rng(1)
    for _, _, facts in network.edges(data=True):
        facts["weight"] = rng.random() + 0.1
    found, exact = measure_large(network, samples=1000), measure_centrality(network)
    for name in ("degree", "strength", "betweenness", "closeness", "eigenvector", "pagerank"):
        assert found[name].to_numpy() == pytest.approx(exact[name].to_numpy(), rel=1e-9, abs=1e-12), name
    assert (found[["betweenness_se", "closeness_se"]] == 0).all(axis=None)


def test_the_stated_error_holds() -> None:
    """Over 200 samples of 60 of 300 nodes, for the ten busiest nodes.

    The estimate is unbiased, its spread is the stated error, and two errors each way cover the truth about 95 times in
    100 (88 allows for skew).
    """
    network = nx.barabasi_albert_graph(300, 2, seed=3)
    truth = measure_centrality(network)["betweenness"]
    top = truth.nlargest(10).index
    lengths = build_lengths(build_adjacency(network).weights)
    exact = np.array([sample_paths(lengths, np.array([s])).dependency for s in range(300)])
    rng = np.random.default_rng(0)
    estimates, errors = [], []
    for _ in range(200):
        part = exact[rng.choice(300, 60, replace=False)]
        sums = analysis.scores.large._estimate(part.sum(axis=0), (part**2).sum(axis=0), k=60)
        estimates.append(sums[0][top] / (299 * 298))
        errors.append(sums[1][top] / (299 * 298))
    estimate, error = np.array(estimates), np.array(errors)
    assert estimate.mean(axis=0) == pytest.approx(truth[top].to_numpy(), rel=0.03)
    assert estimate.std(axis=0) == pytest.approx(error.mean(axis=0), rel=0.25)
    assert (np.abs(estimate - truth[top].to_numpy()) <= 2 * error).mean() > 0.88


def test_isolates_and_small_networks() -> None:
    scores = measure_large(nx.disjoint_union(nx.star_graph(3), nx.empty_graph(1)))
    assert not scores.iloc[4].drop("pagerank").any()
    assert measure_large(nx.empty_graph(1))["betweenness"].tolist() == [0]
    assert measure_large(nx.Graph()).empty


def test_the_seed_decides_and_an_adjacency_will_do() -> None:
    network = nx.barabasi_albert_graph(80, 2, seed=1)
    one = measure_large(network, samples=10, seed=4)
    pd.testing.assert_frame_equal(one, measure_large(build_adjacency(network), samples=10, seed=4))
    assert not one["betweenness"].equals(measure_large(network, samples=10, seed=5)["betweenness"])


def test_wrong_options(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MethodError, match="samples"):
        measure_large(nx.path_graph(3), samples=1)
    monkeypatch.setattr(analysis.roles.leiden, "find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"regionet\[large\]"):
        run_compiled(build_adjacency(nx.path_graph(2)), resolution=1, seed=0)


@needs_leiden
def test_the_compiled_leiden_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    network = nx.karate_club_graph()
    network.add_node("alone")
    monkeypatch.setattr(analysis.roles.communities, "_DENSE", 10)
    found = find_communities(network, weighted=False)
    assert found.modularity == pytest.approx(0.4197896120973046, abs=1e-12)
    assert found.count == 5
    assert found.algorithm == "leiden (graspologic-native)"
    turned = nx.DiGraph([(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (0, 3)])
    monkeypatch.setattr(analysis.roles.communities, "_DENSE", 1)
    assert find_communities(turned).labels.tolist() == [1, 1, 1, 2, 2, 2]
    assert not find_communities(turned).directed


def test_no_engine_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys, analysis, analysis.scores.large, analysis.roles.communities;"
        "print([name for name in ('graspologic_native', 'networkit', 'scipy.stats') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
