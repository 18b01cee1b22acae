"""How long minimum cuts and loss tests of a large chain take, beside networkx, in one run.

    PYTHONPATH=. python benchmarks/chains.py                 # 10,000 actors, 50 stages, 400 regions
    PYTHONPATH=. python benchmarks/chains.py --actors 1000

Ours: the flow of the country, the loss of every region and of the largest actors, then the same inside every region.
networkx is given the same network of the country; its time for one maximum flow is multiplied by the number of losses.
"""

import argparse
import time
from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd

from analysis.chains.blockages import find_blockages
from analysis.chains.chain import build_chain
from analysis.chains.chain_network import build_chain_network
from analysis.chains.flow import UNLIMITED, FlowNetwork, find_flow
from analysis.chains.members import ChainMembers

PARTNERS = 8


def draw_members(actors: int, stages: int, regions: int, seed: int = 0) -> ChainMembers:
    """Draw a chain of stages in a row: actors at random in stages and regions, each linked to 8 of the next stage."""
    rng = np.random.default_rng(seed)
    names = np.array([f"s{i:02d}" for i in range(stages)])
    chain = build_chain("made up", pd.DataFrame({"stage": names, "next": [*names[1:], ""]}))
    stage = np.sort(np.arange(actors) % stages)
    ids = np.array([f"a{i:05d}" for i in range(actors)], dtype=object)
    table = pd.DataFrame(
        {
            "actor": ids,
            "stage": names[stage],
            "code": [f"r{i:03d}" for i in rng.integers(0, regions, actors)],
            "kind": "enterprise",
            "strength": rng.integers(1, 10, actors).astype(float),
            "basis": "record",
        }
    )
    inside = [np.flatnonzero(stage == place) for place in range(stages)]
    ends = [
        (i, j) for before, after in pairwise(inside) for i in before for j in rng.choice(after, PARTNERS, replace=False)
    ]
    first, second = np.array(ends).T
    weight = rng.integers(1, 4, len(first)).astype(float)
    links = pd.DataFrame({"source": ids[first], "target": ids[second], "weight": weight})
    empty = pd.DataFrame(columns=["code", "stage", "value"])
    return ChainMembers(chain, table, links, empty, empty, True, ())


def time_networkx(network: FlowNetwork) -> tuple[float, int]:
    """Return how long networkx takes for one maximum flow, and its value."""
    graph = nx.DiGraph()
    for k, capacity in enumerate(network.capacity.tolist()):
        graph.add_edge((k, 0), (k, 1), capacity=capacity)
    for tail, head, room in zip(network.tails.tolist(), network.heads.tolist(), network.room.tolist(), strict=True):
        graph.add_edge((tail, 1), (head, 0), capacity=room)
    graph.add_edges_from((("s", (k, 0)) for k in network.sources.tolist()), capacity=UNLIMITED)
    graph.add_edges_from((((k, 1), "t") for k in network.sinks.tolist()), capacity=UNLIMITED)
    start = time.perf_counter()
    value = nx.maximum_flow_value(graph, "s", "t")
    return time.perf_counter() - start, int(value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actors", type=int, default=10_000)
    parser.add_argument("--stages", type=int, default=50)
    parser.add_argument("--regions", type=int, default=400)
    asked = parser.parse_args()
    members = draw_members(asked.actors, asked.stages, asked.regions)
    codes = sorted(members.table["code"].unique())
    start, used = time.perf_counter(), time.process_time()
    country = find_blockages(members, detail=False)
    middle = time.perf_counter()
    inside = [find_blockages(members, [code]) for code in codes]
    end, used = time.perf_counter(), time.process_time() - used
    losses = int(country.table["what"].isin(["region", "actor", "stage"]).sum())
    print(f"{asked.actors:,} actors, {len(members.links):,} links, {asked.stages} stages, {len(codes)} regions")
    print(f"country: flow {country.flow:g}, {losses} losses  {middle - start:6.1f} s")
    print(f"inside {len(inside)} regions, {sum(len(each.table) for each in inside):,} rows  {end - middle:6.1f} s")
    print(f"together {end - start:.1f} s ({used:.1f} s of one core)")
    network = build_chain_network(members).network
    took, value = time_networkx(network)
    ours = time.perf_counter()
    assert find_flow(network).value == value
    ours = time.perf_counter() - ours
    print(f"one maximum flow: ours {ours:.2f} s, networkx {took:.1f} s; {losses} of them: {losses * took:.0f} s")


if __name__ == "__main__":
    main()
