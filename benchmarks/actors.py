"""How long a network of 100,000 actors and 500,000 links takes, beside other engines, in one run.

    PYTHONPATH=. python benchmarks/actors.py                       # ours, and what is installed of the others
    PYTHONPATH=. python benchmarks/actors.py --sources 20 --table  # also the whole table with 200 samples

Weighted shortest paths from a sample of nodes, per node of the sample: the step that decides; the best of some rounds.
NetworKit (MIT) and igraph (GPL: never a dependency) are timed when installed, each from a graph of its own.
rustworkx (Apache-2.0) has no betweenness with weights. The floor is one pass of Dijkstra's algorithm by scipy without
counting paths.
"""

import argparse
import importlib
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from analysis.networks.adjacency import Adjacency
from analysis.scores.large import measure_large
from analysis.scores.large_paths import build_lengths, sample_paths

Job = Callable[[], Any]


def draw_network(n: int, m: int, seed: int = 0) -> Adjacency:
    """Draw a network with a heavy tail: ends drawn with odds 1/rank**0.6, weights 1 to 19."""
    rng = np.random.default_rng(seed)
    odds = 1 / np.arange(1, n + 1) ** 0.6
    order = rng.permutation(n)
    ends = order[rng.choice(n, size=(2, int(m * 1.2)), p=odds / odds.sum())]
    low, high = ends.min(axis=0), ends.max(axis=0)
    keys = rng.permutation(np.unique((low * n + high)[low != high]))[:m]
    weight = rng.integers(1, 20, len(keys)).astype(float)
    half = sparse.coo_array((weight, (keys // n, keys % n)), shape=(n, n)).tocsr()
    return Adjacency(pd.RangeIndex(n, name="code"), (half + half.T).tocsr(), directed=False, n_loops=0)


def list_jobs(lengths: sparse.csr_array, sources: np.ndarray[Any, Any]) -> dict[str, Job]:
    """List what is timed: name -> job over all sources."""
    jobs: dict[str, Job] = {"ours, scipy": lambda: sample_paths(lengths, sources)}
    links = sparse.triu(lengths).tocoo()
    n = lengths.shape[0]
    if find_spec("networkit"):
        start = time.perf_counter()
        kit = importlib.import_module("networkit")
        print(f"import networkit {time.perf_counter() - start:.1f} s")
        cells = (links.data, (links.row.astype(np.uint64), links.col.astype(np.uint64)))
        graph = kit.GraphFromCoo(cells, n=n, weighted=True, directed=False)
        estimate = kit.centrality.EstimateBetweenness
        for parallel in (False, True):
            jobs[f"NetworKit{', all cores' if parallel else ''}"] = lambda parallel=parallel: estimate(
                graph, len(sources), False, parallel
            ).run()
    if find_spec("igraph"):
        igraph = importlib.import_module("igraph")
        other = igraph.Graph(n=n, edges=np.stack([links.row, links.col], axis=1).tolist())
        weights = links.data.tolist()
        jobs["igraph"] = lambda: other.betweenness(weights=weights, sources=sources.tolist())
    jobs["floor: distances only, scipy"] = lambda: [csgraph.dijkstra(lengths, indices=s) for s in sources.tolist()]
    return jobs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--links", type=int, default=500_000)
    parser.add_argument("--sources", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--table", action="store_true")
    chosen = parser.parse_args()
    network = draw_network(chosen.nodes, chosen.links)
    lengths = build_lengths(network.weights)
    sources = np.random.default_rng(1).choice(chosen.nodes, chosen.sources, replace=False)
    jobs = list_jobs(lengths, sources)
    best = dict.fromkeys(jobs, (np.inf, np.inf))
    for _ in range(chosen.rounds):  # in turn, so that a busy moment hits all alike
        for name, job in jobs.items():
            start, busy = time.perf_counter(), time.process_time()
            job()
            spent = time.perf_counter() - start, time.process_time() - busy
            best[name] = min(best[name][0], spent[0] / len(sources)), min(best[name][1], spent[1] / len(sources))
    for name, (seconds, work) in best.items():
        print(f"{name:32s} {seconds:7.3f} s per source, {work:7.3f} s of processor time", flush=True)
    if chosen.table:
        start = time.perf_counter()
        table = measure_large(network, samples=200)
        seconds = time.perf_counter() - start
        top = table.nlargest(10, "betweenness")
        error = (top["betweenness_se"] / top["betweenness"]).max()
        print(f"whole table, 200 samples {seconds:.1f} s; standard error of the ten highest at most {error:.1%}")


if __name__ == "__main__":
    main()
