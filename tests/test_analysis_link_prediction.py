import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.scores.link_prediction import measure_link_prediction
from regions import MethodError


def test_star_by_hand() -> None:
    network = nx.star_graph(["hub", "a", "b", "c"])
    network.add_node("alone")
    table = measure_link_prediction(network).set_index(["source", "target"])
    assert table.loc[("a", "b")].tolist() == [1, pytest.approx(1 / np.log(3)), pytest.approx(1 / 3)]
    assert table.loc[("hub", "alone")].tolist() == [0, 0, 0]
    assert len(table) == 3 + 4
    assert table["adamic_adar"].is_monotonic_decreasing


def test_karate_golden() -> None:
    """Published: Adamic-Adar of members 0 and 33 is 2.7110197, resource allocation .9."""
    table = measure_link_prediction(nx.karate_club_graph()).set_index(["source", "target"])
    assert table.loc[(0, 33), "adamic_adar"] == pytest.approx(2.7110197, abs=5e-8)
    assert table.loc[(0, 33), "resource_allocation"] == pytest.approx(0.9, abs=1e-12)
    assert table.loc[(0, 33), "common_neighbours"] == 4


@given(st.integers(0, 10_000), st.integers(0, 12), st.floats(0, 1))
def test_as_networkx(seed: int, n: int, share: float) -> None:
    network = nx.gnp_random_graph(n, share, seed=seed)
    table = measure_link_prediction(network)
    pairs = list(zip(table["source"], table["target"], strict=True))
    assert {frozenset(pair) for pair in pairs} == {frozenset(pair) for pair in nx.non_edges(network)}
    assert len(pairs) == len(set(pairs))
    for column, theirs in (
        ("adamic_adar", nx.adamic_adar_index),
        ("resource_allocation", nx.resource_allocation_index),
    ):
        np.testing.assert_allclose(table[column], [score for *_, score in theirs(network, pairs)], rtol=1e-12)


def test_weights_and_loops_do_not_count() -> None:
    network = nx.path_graph(3)
    network.add_edge(0, 1, weight=50)
    network.add_edge(1, 1)
    assert measure_link_prediction(network)["resource_allocation"].tolist() == [0.5]


@pytest.mark.parametrize("network", [nx.Graph(), nx.complete_graph(4)])
def test_no_pair_left(network: nx.Graph) -> None:
    assert measure_link_prediction(network).empty


def test_directed_networks_are_refused() -> None:
    with pytest.raises(MethodError, match="undirected"):
        measure_link_prediction(nx.DiGraph())
