from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.roles.rich_club import measure_rich_club, rewire
from regions import MethodError


def test_two_stars_by_hand() -> None:
    """Hubs of degree 4 tied to each other, three leaves each: among those with more than one link, one link of one."""
    network = nx.Graph([("a", "b"), *(("a", f"a{i}") for i in range(3)), *(("b", f"b{i}") for i in range(3))])
    table = measure_rich_club(network, draws=50)
    assert table.index.tolist() == [1]
    assert table.index.name == "k"
    assert table["members"].tolist() == [2]
    assert table["phi"].tolist() == [1]
    assert table["ratio"].tolist()[0] >= 1


def test_a_hub_that_shuns_hubs() -> None:
    """Every link from one of four hubs to one of 20 others: no link among hubs, which chance would make."""
    network = nx.Graph([(hub, 4 + (5 * hub + i) % 20) for hub in range(4) for i in range(8)])
    table = measure_rich_club(network, draws=100, seed=1)
    top = table.loc[[2]] if 2 in table.index else table.tail(1)
    assert top["phi"].tolist() == [0]
    assert top["z"].tolist()[0] < -1
    assert top["p"].tolist() == [1]


@pytest.mark.parametrize("network", [nx.Graph(), nx.empty_graph(3), nx.complete_graph(2)])
def test_no_club_to_speak_of(network: nx.Graph) -> None:
    table = measure_rich_club(network, draws=2)
    assert (table["phi"].dropna() <= 1).all()


def test_complete_network_has_one_wiring() -> None:
    table = measure_rich_club(nx.complete_graph(5), draws=5)
    assert table.empty  # nobody has more than the others


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000))
def test_phi_equals_networkx(seed: int) -> None:
    network = nx.gnp_random_graph(15, 0.3, seed=seed)
    table = measure_rich_club(network, draws=1)
    theirs = nx.rich_club_coefficient(network, normalized=False)
    for k, phi in table["phi"].items():
        assert theirs[k] == pytest.approx(phi)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.booleans())
def test_rewiring_keeps_degrees_and_makes_no_loops(seed: int, directed: bool) -> None:
    network = nx.gnp_random_graph(12, 0.3, seed=seed, directed=directed)
    ends = np.array(list(network.edges), dtype=np.int64).reshape(-1, 2).T
    turned = rewire(ends, np.random.default_rng(seed), directed=directed)
    other: Any = nx.DiGraph() if directed else nx.Graph()
    other.add_nodes_from(network)
    other.add_edges_from(turned.T.tolist())
    assert other.number_of_edges() == network.number_of_edges()
    assert not list(nx.selfloop_edges(other))
    if directed:
        assert dict(other.in_degree()) == dict(network.in_degree())
        assert dict(other.out_degree()) == dict(network.out_degree())
    else:
        assert dict(other.degree()) == dict(network.degree())


def test_rewiring_does_shuffle_and_the_seed_decides() -> None:
    network = nx.gnp_random_graph(30, 0.2, seed=1)
    ends = np.array(list(network.edges)).T
    one, same, other = (rewire(ends, np.random.default_rng(seed), directed=False) for seed in (1, 1, 2))
    assert one.tolist() == same.tolist()
    kept = set(map(frozenset, ends.T.tolist())) & set(map(frozenset, one.T.tolist()))
    assert len(kept) < 0.5 * ends.shape[1]  # chance keeps a fifth, the density
    pd.testing.assert_frame_equal(measure_rich_club(network, draws=5), measure_rich_club(network, draws=5))
    assert one.tolist() != other.tolist()


def test_wrong_options() -> None:
    with pytest.raises(MethodError, match="draws"):
        measure_rich_club(nx.path_graph(3), draws=0)
