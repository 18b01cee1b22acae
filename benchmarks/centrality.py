"""How long the centrality scores take, beside networkx (and igraph, if installed), in one run.

    python benchmarks/centrality.py            # 31 and 340 dense regions, about three minutes
    python benchmarks/centrality.py --sizes 31 # a second

The regions are complete networks of whole weights: the worst case for shortest paths. Times are from
the networkx graph to the scores, the best of several runs (networkx on 340 regions runs once); igraph starts from its
own graph.
"""

import argparse
import importlib
import time
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import networkx as nx
import numpy as np
from scipy.sparse import csgraph

from analysis.networks.adjacency import build_adjacency
from analysis.roles.positions import measure_positions
from analysis.roles.structural_holes import measure_structural_holes
from analysis.scores.centrality import measure_centrality
from analysis.scores.paths import measure_betweenness, measure_path_lengths
from regions.arrays import Floats

Job = Callable[[], Any]


def build_dense(n: int) -> nx.Graph:
    """Draw a complete network of ``n`` regions with weights 1 to 99."""
    rng = np.random.default_rng(n)
    network = nx.complete_graph(n)
    for _, _, facts in network.edges(data=True):
        facts["weight"] = int(rng.integers(1, 100))
        facts["distance"] = 1 / facts["weight"]
    return network


def score_by_networkx(network: nx.Graph) -> list[Mapping[Any, float]]:
    """Compute the same table with networkx alone."""
    return [
        dict(network.degree()),
        dict(network.degree(weight="weight")),
        nx.betweenness_centrality(network, weight="distance"),
        nx.harmonic_centrality(network, distance="distance"),
        nx.eigenvector_centrality_numpy(network, weight="weight"),
        nx.pagerank(network, weight="weight", tol=1e-12, max_iter=500),
    ]


def position_by_networkx(network: nx.Graph) -> list[Any]:
    """Compute what networkx has of the wide table.

    It has no peer of the external share, Opsahl's degree, the s-core, core-periphery, participation, within-module z,
    roles and the stability of communities, which are in our time all the same; its effective size is quick only where
    it is wrong with weights, and is taken for its time. Louvain stands for Leiden, which it has not.
    """
    tuned = network.copy()
    for _, _, facts in tuned.edges(data=True):
        facts["distance"] = facts["weight"] ** -0.5
    return [
        score_by_networkx(network),
        nx.betweenness_centrality(tuned, weight="distance"),
        nx.closeness_centrality(tuned, distance="distance"),
        nx.core_number(network),
        nx.constraint(network, weight="weight"),
        nx.effective_size(network, weight="weight"),
        *(nx.community.louvain_communities(network, seed=seed) for seed in range(20)),
    ]


def rank_by_betweenness(network: nx.Graph) -> Floats:
    """Measure betweenness alone."""
    weights = build_adjacency(network).weights.toarray()[None]
    return measure_betweenness(weights, measure_path_lengths(weights))


def find_best(job: Job, *, runs: int) -> float:
    """Return the shortest time of several runs, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def list_jobs(network: nx.Graph) -> dict[str, tuple[Job, Job]]:
    """List what is timed: name -> (ours, networkx), from the networkx graph to the scores."""
    return {
        "weighted betweenness": (
            lambda: rank_by_betweenness(network),
            lambda: nx.betweenness_centrality(network, weight="distance"),
        ),
        "harmonic closeness": (
            lambda: measure_path_lengths(build_adjacency(network).weights.toarray()[None]),
            lambda: nx.harmonic_centrality(network, distance="distance"),
        ),
        "constraint": (lambda: measure_structural_holes(network), lambda: nx.constraint(network, weight="weight")),
        "whole table": (lambda: measure_centrality(network), lambda: score_by_networkx(network)),
        "wide table": (lambda: measure_positions(network), lambda: position_by_networkx(network)),
    }


def check_equal(network: nx.Graph) -> None:
    """Refuse to time two programs that do not agree (networkx gets exact fractions: it cannot see other ties)."""
    exact = network.copy()
    for _, _, facts in exact.edges(data=True):
        facts["distance"] = Fraction(1, facts["weight"])
    theirs = list(nx.betweenness_centrality(exact, weight="distance").values())
    np.testing.assert_allclose(measure_centrality(network)["betweenness"], theirs, atol=1e-12)


def time_igraph(network: nx.Graph, *, runs: int) -> float | None:
    """Time weighted betweenness by igraph on a ready graph; None when it is not installed."""
    try:
        igraph = importlib.import_module("igraph")  # optional: GPL, so never a dependency
    except ImportError:
        return None
    graph = igraph.Graph(n=len(network), edges=list(network.edges))
    lengths = [length for _, _, length in network.edges(data="distance")]
    return find_best(lambda: graph.betweenness(weights=lengths), runs=runs)


def time_floor(network: nx.Graph, *, runs: int) -> float:
    """Time what no program that starts from this graph is spared: to read every weight, and one pass for distances."""

    def pass_once() -> None:
        weights = np.array([facts["weight"] for _, _, facts in network.edges(data=True)], dtype=float)
        full = np.zeros((len(network), len(network)))
        full[np.triu_indices(len(network), 1)] = 1 / weights
        csgraph.floyd_warshall(full + full.T)

    return find_best(pass_once, runs=runs)


def main() -> None:
    check_equal(build_dense(31))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[31, 340])
    parser.add_argument("--only", help="Name of one job, such as 'wide table'.")
    chosen = parser.parse_args()
    for n in chosen.sizes:
        network = build_dense(n)
        for name, (ours, theirs) in list_jobs(network).items():
            if chosen.only not in {None, name}:
                continue
            ours()
            a, b = find_best(ours, runs=5), find_best(theirs, runs=3 if n < 100 else 1)
            print(f"{n:5d} regions  {name:22s} ours {a:8.4f} s   networkx {b:8.3f} s   {b / a:7.1f} times", flush=True)
        floor = time_floor(network, runs=5)
        print(f"{n:5d} regions  floor                  {floor:8.4f} s   (weights out of networkx, then distances)")
        fast = time_igraph(network, runs=5)
        print(f"{n:5d} regions  igraph betweenness     {'not installed' if fast is None else f'{fast:8.4f} s'}")


if __name__ == "__main__":
    main()
