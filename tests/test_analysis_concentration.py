import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from network_samples import networks

from analysis.scores.concentration import measure_concentration


def test_by_hand() -> None:
    """Weights 3 and 1 of one region: (3/4)² + (1/4)² = 10/16."""
    network = nx.Graph([("a", "b", {"weight": 3}), ("a", "c", {"weight": 1})])
    network.add_node("d")
    index = measure_concentration(network)["partner_concentration"]
    assert index[["a", "b", "c"]].tolist() == [0.625, 1, 1]
    assert np.isnan(index["d"])


def test_light_links_count_as_heavy_ones() -> None:
    """Weights .3 and .1 give what 3 and 1 give; the sum of all, .4, is no reason to know nothing."""
    network = nx.Graph([("a", "b", {"weight": 0.3}), ("a", "c", {"weight": 0.1})])
    table = measure_concentration(network)
    assert table["partner_concentration"].to_numpy() == pytest.approx([0.625, 1, 1], rel=1e-15)
    assert list(table.columns) == ["partner_concentration"]
    assert table.index.tolist() == ["a", "b", "c"]


def test_both_directions_of_one_partner_are_one_link() -> None:
    network = nx.DiGraph([("a", "b"), ("b", "a"), ("a", "c"), ("a", "d")])
    index = measure_concentration(network)["partner_concentration"]
    assert index["a"] == pytest.approx((2**2 + 1 + 1) / 4**2, rel=1e-15)
    assert index["b"] == 1


@settings(deadline=None, max_examples=40)
@given(networks())
def test_between_one_over_the_partners_and_one(network: nx.Graph) -> None:
    index = measure_concentration(network)["partner_concentration"]
    partners = np.array([len(set(nx.all_neighbors(network, node))) for node in network])
    assert index.isna().tolist() == (partners == 0).tolist()
    known = index[partners > 0]
    assert (known <= 1 + 1e-12).all()
    assert (known >= 1 / partners[partners > 0] - 1e-12).all()
