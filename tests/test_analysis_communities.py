from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_samples import networks

from analysis.roles.communities import find_communities, measure_rand
from regions import MethodError


def list_groups(labels: Any) -> list[set[Any]]:
    return [set(members) for members in labels.groupby(labels).groups.values()]


def test_two_cliques_and_an_isolate_by_hand() -> None:
    network = nx.disjoint_union_all([nx.complete_graph(3), nx.complete_graph(4), nx.empty_graph(1)])
    network.add_edge(0, 3)
    found = find_communities(network)
    assert found.labels.tolist() == [2, 2, 2, 1, 1, 1, 1, 3]  # the largest first
    assert found.count == 3
    # 10 links; inside 3 and 6; degrees 7 and 13: 9/10 - (7/20)^2 - (13/20)^2.
    assert found.modularity == pytest.approx(0.9 - 0.35**2 - 0.65**2, abs=1e-14)
    assert found.stability == 1
    assert found.agreement.tolist() == [1] * 8


def test_karate_reaches_the_known_optimum() -> None:
    """Brandes et al. 2008: .4197896, four groups, proven best by integer programming."""
    found = find_communities(nx.karate_club_graph(), weighted=False)
    assert found.modularity == pytest.approx(0.4197896120973046, abs=1e-13)
    assert found.count == 4
    assert not found.weighted


def test_direction_can_make_the_communities() -> None:
    """Leicht & Newman: two rings, joined by links one way only; the modularity is the directed one."""
    network = nx.DiGraph([(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (0, 3), (1, 4)])
    found = find_communities(network)
    assert found.labels.tolist() == [1, 1, 1, 2, 2, 2]
    assert found.directed
    assert found.modularity == pytest.approx(nx.community.modularity(network, [{0, 1, 2}, {3, 4, 5}]), abs=1e-14)


@pytest.mark.parametrize("network", [nx.Graph(), nx.empty_graph(3)])
def test_no_links(network: nx.Graph) -> None:
    found = find_communities(network)
    assert found.labels.tolist() == list(range(1, len(network) + 1))
    assert np.isnan(found.modularity)


def test_complete_network_is_one_community() -> None:
    found = find_communities(nx.complete_graph(6))
    assert found.count == 1
    assert found.modularity == pytest.approx(0, abs=1e-12)


def test_resolution_makes_more_communities() -> None:
    ring = nx.ring_of_cliques(8, 3)
    counts = [find_communities(ring, resolution=gamma).count for gamma in (0.2, 1, 3)]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_the_seed_decides_and_runs_are_reported() -> None:
    network = nx.gnp_random_graph(40, 0.1, seed=1)
    one, same = (find_communities(network, starts=6, seed=5) for _ in range(2))
    assert one.labels.tolist() == same.labels.tolist()
    assert one.runs == same.runs
    assert len(one.runs) == 6
    assert one.runs[0] == max(one.runs) == one.modularity
    assert one.stability < 1  # chance has no communities to agree on
    assert ((one.agreement > 0) & (one.agreement <= 1)).all()
    assert np.isnan(find_communities(network, starts=1).stability)


@settings(deadline=None, max_examples=40)
@given(networks(), st.booleans())
def test_quality_is_that_of_networkx_and_no_worse_than_louvain(network: nx.Graph, weighted: bool) -> None:
    if not network.number_of_edges():
        return
    name = "weight" if weighted else None
    found = find_communities(network, weighted=weighted, starts=5)
    groups = list_groups(found.labels)
    assert found.modularity == pytest.approx(nx.community.modularity(network, groups, weight=name), abs=1e-12)
    louvain = nx.community.louvain_communities(network, weight=name, seed=1)
    assert found.modularity >= nx.community.modularity(network, louvain, weight=name) - 1e-12
    for group in groups:
        assert nx.is_connected(network.to_undirected().subgraph(group))


def test_rand_index() -> None:
    """Hubert and Arabie's expectation, by hand: 2 + 2 against 3 + 1 of four nodes; and scikit-learn's own example."""
    same = np.array([0, 0, 1, 1])
    assert measure_rand(same, np.array([5, 5, 3, 3])) == 1
    assert measure_rand(same, np.array([0, 0, 0, 1])) == pytest.approx((1 - 1) / 1.5)
    assert measure_rand(same, np.array([0, 0, 1, 2])) == pytest.approx(0.5714285714285715)
    assert measure_rand(np.arange(4), np.arange(4)) == 1


@pytest.mark.parametrize("options", [{"starts": 0}, {"resolution": 0}, {"resolution": np.inf}])
def test_wrong_options(options: dict[str, Any]) -> None:
    with pytest.raises(MethodError, match="starts must be"):
        find_communities(nx.path_graph(3), **options)
