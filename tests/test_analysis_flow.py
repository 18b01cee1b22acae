"""Maximum flow through nodes: by hand, the textbook, every small network, and networkx."""

import itertools

import networkx as nx
import numpy as np
import pytest

from analysis.chains.flow import UNLIMITED, Flow, FlowLosses, FlowNetwork, count_units, find_flow
from regions import MethodError


def build(capacity: list[int], arcs: dict[tuple[int, int], int], sources: list[int], sinks: list[int]) -> FlowNetwork:
    tails, heads = (np.array([arc[end] for arc in arcs], dtype=np.int64) for end in (0, 1))
    room = np.array(list(arcs.values()), dtype=np.int64)
    ends = (np.array(end, dtype=np.int64) for end in (sources, sinks))
    return FlowNetwork(np.array(capacity), tails, heads, room, *ends)


def solve(*network: object) -> Flow:
    return find_flow(build(*network))  # type: ignore[arg-type]


def make_networkx(network: FlowNetwork, removed: tuple[int, ...] = ()) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(["s", "t"])
    for k, capacity in enumerate(network.capacity.tolist()):
        graph.add_edge((k, 0), (k, 1), capacity=0 if k in removed else capacity)
    for tail, head, room in zip(network.tails.tolist(), network.heads.tolist(), network.room.tolist(), strict=True):
        graph.add_edge((tail, 1), (head, 0), capacity=room)
    for k in network.sources.tolist():
        graph.add_edge("s", (k, 0), capacity=UNLIMITED)
    for k in network.sinks.tolist():
        graph.add_edge((k, 1), "t", capacity=UNLIMITED)
    return graph


def scatter(rng: np.random.Generator, nodes: int, stages: int) -> FlowNetwork:
    stage = np.sort(rng.integers(0, stages, nodes))
    arcs = {
        (i, j): int(rng.integers(1, 6))
        for i in range(nodes)
        for j in range(nodes)
        if stage[j] == stage[i] + 1 and rng.random() < 0.5
    }
    ends = (np.flatnonzero(stage == stage.min()).tolist(), np.flatnonzero(stage == stage.max()).tolist())
    return build(rng.integers(0, 8, nodes).tolist(), arcs, *ends)


def test_the_textbook() -> None:
    # Cormen, Leiserson, Rivest & Stein: 0 = s, 5 = t; maximum 23, cut {s, v1, v2, v4}
    arcs = {(0, 1): 16, (0, 2): 13, (1, 3): 12, (2, 1): 4, (2, 4): 14, (3, 2): 9, (3, 5): 20, (4, 3): 7, (4, 5): 4}
    flow = solve([UNLIMITED] * 6, arcs, [0], [5])
    assert flow.value == 23
    assert np.flatnonzero(flow.before).tolist() == [0, 1, 2, 4]
    cut = flow.cut_arcs
    assert [(int(a), int(b)) for a, b in zip(flow.network.tails[cut], flow.network.heads[cut], strict=True)] == [
        (1, 3),
        (4, 3),
        (4, 5),
    ]
    assert not flow.in_cut.any()
    assert not flow.widens.any()


def test_a_line_clogs_at_its_narrowest_node() -> None:
    flow = solve([5, 2, 4], {(0, 1): 9, (1, 2): 9}, [0], [2])
    assert (flow.value, flow.through.tolist()) == (2, [2, 2, 2])
    assert flow.in_cut.tolist() == [False, True, False]
    assert flow.widens.tolist() == [False, True, False]
    assert (flow.before.tolist(), flow.beyond.tolist()) == ([True, False, False], [False, False, True])


def test_a_line_clogs_at_a_link() -> None:
    flow = solve([5, 6, 4], {(0, 1): 1, (1, 2): 9}, [0], [2])
    assert (flow.value, flow.cut_arcs.tolist()) == (1, [True, False])
    assert not flow.in_cut.any()


def test_two_cuts_of_one_size_cannot_be_widened_alone() -> None:
    flow = solve([3, 3], {(0, 1): 9}, [0], [1])
    assert (flow.value, flow.in_cut.tolist(), flow.widens.tolist()) == (3, [True, False], [False, False])


def test_nothing_flows_without_a_way_a_source_or_a_capacity() -> None:
    assert solve([1, 1], {}, [0], [1]).value == 0
    assert solve([0, 1], {(0, 1): 5}, [0], [1]).value == 0
    assert solve([1, 1], {(0, 1): 5}, [], [1]).value == 0
    flow = solve([4], {}, [0], [0])
    assert (flow.value, flow.widens.tolist()) == (4, [True])


def test_the_loss_of_a_node_that_others_can_stand_in_for() -> None:
    #   0 -> 1, 2 -> 3: without 1 the other takes over what it has room for
    network = build([4, 2, 3, 9], {(0, 1): 9, (0, 2): 9, (1, 3): 9, (2, 3): 9}, [0], [3])
    losses = FlowLosses(find_flow(network))
    assert [losses.measure(np.array([k])) for k in range(4)] == [4, 1, 2, 4]
    assert losses.measure(np.array([1, 2])) == 4
    assert losses.measure(np.array([], dtype=np.int64)) == 0


def test_the_loss_of_nodes_that_flow_passes_twice() -> None:
    network = build([2, 2, 2], {(0, 1): 9, (1, 2): 9}, [0], [2])
    assert FlowLosses(find_flow(network)).measure(np.array([0, 2])) == 2


@pytest.mark.parametrize("seed", range(12))
def test_networkx_finds_the_same_value_cut_and_losses(seed: int) -> None:
    network = scatter(np.random.default_rng(seed), nodes=14, stages=4)
    flow = find_flow(network)
    graph = make_networkx(network)
    value, (reached, _) = nx.minimum_cut(graph, "s", "t")
    assert flow.value == value
    assert network.capacity[flow.in_cut].sum() + network.room[flow.cut_arcs].sum() == value, (
        "the cut is as large as the flow"
    )
    del reached
    losses = FlowLosses(flow)
    for removed in [*((k,) for k in range(14)), (0, 5), (3, 4, 12), tuple(range(0, 14, 2))]:
        left = nx.maximum_flow_value(make_networkx(network, removed), "s", "t")
        assert losses.measure(np.array(removed)) == value - left, removed


def test_no_smaller_cut_exists_in_any_small_network() -> None:
    """Every subset of nodes and arcs of small networks that stops all flow is at least as large as the flow."""
    for seed in (0, 1, 4):
        network = scatter(np.random.default_rng(seed), nodes=6, stages=3)
        parts = [("node", k) for k in range(6)] + [("arc", a) for a in range(len(network.tails))]
        sizes = [*network.capacity.tolist(), *network.room.tolist()]
        smallest = min(
            sum(size for size, cut in zip(sizes, chosen, strict=True) if cut)
            for chosen in itertools.product((False, True), repeat=len(parts))
            if not has_way(network, {part for part, cut in zip(parts, chosen, strict=True) if cut})
        )
        assert find_flow(network).value == smallest


def has_way(network: FlowNetwork, cut: set[tuple[str, int]]) -> bool:
    open_nodes = [k for k in network.sources.tolist() if ("node", k) not in cut]
    seen = set(open_nodes)
    while open_nodes:
        k = open_nodes.pop()
        if k in network.sinks:
            return True
        for a in np.flatnonzero(network.tails == k).tolist():
            head = int(network.heads[a])
            if ("arc", a) not in cut and ("node", head) not in cut and head not in seen:
                seen.add(head)
                open_nodes.append(head)
    return False


def test_one_more_unit_adds_flow_exactly_where_it_is_said() -> None:
    network = scatter(np.random.default_rng(3), nodes=12, stages=4)
    flow = find_flow(network)
    for k in range(12):
        wider = network.capacity.copy()
        wider[k] += 1
        more = find_flow(
            FlowNetwork(wider, network.tails, network.heads, network.room, network.sources, network.sinks)
        ).value
        assert (more > flow.value) == flow.widens[k]


def test_units() -> None:
    assert count_units(np.array([0.5, 1.0]))[0].tolist() == [1260, 2520]
    units, one = count_units(np.array([1e6, 1e-9]))
    assert (units.tolist(), one) == ([60_000_000, 1], 60)
    with pytest.raises(MethodError, match="too large"):
        count_units(np.array([1e12]))
    for wrong in (-1.0, np.nan, np.inf):
        with pytest.raises(MethodError, match="finite and >= 0"):
            count_units(np.array([wrong]))
