import itertools
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lazega_samples import read_figures, read_firm, read_people

from analysis.roles.brokerage import ROLES, measure_brokerage
from regions import MethodError

SNA = {  # their names
    "coordinator": "coordinator",
    "consultant": "itinerant",
    "gatekeeper": "gatekeeper",
    "representative": "representative",
    "liaison": "liaison",
}


def count_plainly(network: nx.Graph, groups: Any) -> dict[Any, dict[str, int]]:
    """Walk all ordered triples, as the paper has it."""
    found = {v: dict.fromkeys(ROLES, 0) for v in network}
    for a, v, b in itertools.permutations(network, 3):
        if network.has_edge(a, v) and network.has_edge(v, b) and not network.has_edge(a, b):
            first, last = groups[a] == groups[v], groups[v] == groups[b]
            if first and last:
                role = "coordinator"
            elif first:
                role = "representative"
            elif last:
                role = "gatekeeper"
            else:
                role = "consultant" if groups[a] == groups[b] else "liaison"
            found[v][role] += 1
    return found


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ("AAA", "coordinator"),
        ("ABA", "consultant"),
        ("ABB", "gatekeeper"),
        ("AAB", "representative"),
        ("ABC", "liaison"),
    ],
)
def test_one_triple_by_hand(groups: str, role: str) -> None:
    table = measure_brokerage(nx.DiGraph([(0, 1), (1, 2)]), dict(enumerate(groups)), permutations=10).nodes
    assert table[list(ROLES)].to_dict("index")[1] == {**dict.fromkeys(ROLES, 0), role: 1}
    assert table["brokerage"].tolist() == [0, 1, 0]
    assert table["group"].tolist() == list(groups)


def test_a_direct_link_leaves_nothing_to_broker() -> None:
    closed = measure_brokerage(nx.DiGraph([(0, 1), (1, 2), (0, 2)]), dict.fromkeys(range(3), "A"), permutations=5)
    assert closed.nodes["brokerage"].tolist() == [0, 0, 0]
    assert closed.totals["z"].isna().all()  # shuffling one group changes nothing


def test_undirected_pairs_count_both_ways() -> None:
    found = measure_brokerage(nx.star_graph(3), {0: "A", 1: "A", 2: "B", 3: "B"}, permutations=0)
    assert not found.directed
    assert found.nodes[list(ROLES)].to_numpy()[0].tolist() == [0, 2, 2, 2, 0]
    assert found.nodes["gatekeeper_z"].isna().all()
    assert found.totals["expected"].isna().all()


def test_complete_network_and_isolates_broker_nothing() -> None:
    network = nx.disjoint_union(nx.complete_graph(4), nx.empty_graph(2))
    table = measure_brokerage(network, {v: v % 2 for v in network}, permutations=20).nodes
    assert (table["brokerage"] == 0).all()
    assert (table["liaison_expected"] == 0).all()


def test_the_seed_decides() -> None:
    network = nx.gnp_random_graph(15, 0.3, seed=1, directed=True)
    groups = {v: v % 3 for v in network}
    one, same, other = (measure_brokerage(network, groups, permutations=50, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one.nodes, same.nodes)
    assert not one.totals["expected"].equals(other.totals["expected"])


def test_expectation_is_that_of_all_shuffles() -> None:
    """Five nodes, two groups: the mean over all 10 ways to choose the first group, from 4,000 shuffles to 3 sd."""
    network = nx.DiGraph([(0, 1), (1, 2), (2, 3), (3, 4), (4, 0), (1, 4)])
    counts = []
    for chosen in itertools.combinations(range(5), 2):
        groups = {v: v in chosen for v in network}
        counts.append([sum(each[role] for each in count_plainly(network, groups).values()) for role in ROLES])
    exact = pd.DataFrame(counts, columns=list(ROLES))
    found = measure_brokerage(network, {0: "x", 1: "x", 2: "y", 3: "y", 4: "y"}, permutations=4000).totals
    slack = 3 * exact.std(ddof=0) / np.sqrt(4000) + 1e-12
    assert ((found["expected"] - exact.mean()).abs() <= slack).all()
    assert found["sd"].to_numpy() == pytest.approx(exact.std(ddof=0).to_numpy(), rel=0.05)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_equal_to_walking_all_triples(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 7))
    kind = data.draw(st.sampled_from([nx.Graph, nx.DiGraph]))
    ends = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))
    network = kind()
    network.add_nodes_from(range(n))
    network.add_edges_from([e for e in data.draw(st.lists(ends, max_size=25)) if e[0] != e[1]])
    groups = {v: data.draw(st.integers(0, 2)) for v in network}
    table = measure_brokerage(network, groups, permutations=0).nodes[list(ROLES)]
    assert table.to_dict("index") == count_plainly(network, groups)


@pytest.mark.parametrize("by", ["office", "practice"])
def test_a_law_firm_as_computed_by_sna(by: str) -> None:
    """Advice among 71 lawyers: whole numbers, equal exactly."""
    expected = read_figures()
    found = measure_brokerage(read_firm(kinds=["advice"]), read_people()[by], permutations=20)
    for ours, theirs in SNA.items():
        assert found.nodes[ours].tolist() == expected[f"{by}_{theirs}"].tolist(), ours
        assert found.totals.loc[ours, "count"] == expected[f"{by}_{theirs}"].sum()
    assert found.nodes["brokerage"].tolist() == expected[f"{by}_total"].tolist()


def test_totals_of_the_law_firm_in_figures() -> None:
    totals = measure_brokerage(read_firm(kinds=["advice"]), read_people()["office"], permutations=200).totals
    assert totals["count"].tolist() == [3446, 175, 1213, 1413, 125]
    assert totals["z"].tolist()[0] > 2  # offices keep to themselves
    assert 1 / 201 <= totals["p"].tolist()[0] < 0.1


def test_wrong_options() -> None:
    with pytest.raises(MethodError, match="at most 3,000"):
        measure_brokerage(nx.empty_graph(3001), dict.fromkeys(range(3001), 1))
    with pytest.raises(MethodError, match="permutations"):
        measure_brokerage(nx.path_graph(2), {0: 1, 1: 1}, permutations=-1)
