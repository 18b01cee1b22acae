import networkx as nx
import numpy as np
import pytest
from lazega_samples import read_firm, read_people

from analysis.roles.mixing import measure_mixing
from regions import MethodError


def test_path_by_hand() -> None:
    """Path a - b - c - d, weights 3, 1, 1; groups {a, b}, {c, d}: one tie of three leads out."""
    network = nx.Graph([("a", "b", {"weight": 3}), ("b", "c", {"weight": 1}), ("c", "d", {"weight": 1})])
    network.add_node("e")
    groups = {"a": 1, "b": 1, "c": 2, "d": 2, "e": 3}
    found = measure_mixing(network, groups)
    assert found.ei_index == pytest.approx((1 - 2) / 3)
    assert found.nodes["ei_index"].tolist()[:4] == [-1, 0, 0, -1]
    assert found.nodes["ei_index"].isna().tolist() == [False] * 4 + [True]
    assert found.groups["members"].tolist() == [2, 2, 1]
    # Over the ties of the members: b's way out, and the inner tie seen from both its ends.
    assert found.groups["ties_external"].tolist() == [1, 1, 0]
    assert found.groups["ties_internal"].tolist() == [2, 2, 0]
    assert measure_mixing(network, groups, weighted=True).ei_index == pytest.approx((1 - 4) / 5)


def test_ends_of_the_scale() -> None:
    pair = nx.complete_bipartite_graph(3, 3)
    assert measure_mixing(pair, {v: v < 3 for v in pair}).ei_index == 1
    inside = measure_mixing(pair, dict.fromkeys(pair, "all"))
    assert inside.ei_index == -1
    assert np.isnan(inside.z)  # one group: nothing to shuffle
    assert inside.p == 1


def test_without_ties_nothing_is_known() -> None:
    found = measure_mixing(nx.empty_graph(3), {0: 1, 1: 1, 2: 2})
    assert np.isnan([found.ei_index, found.expected, found.z, found.p]).all()
    assert found.nodes["ei_index"].isna().all()


def test_expectation_on_a_complete_network_is_exact() -> None:
    """However shuffled, groups of 2 and 3 leave 6 of 10 ties outside."""
    network = nx.complete_graph(5)
    found = measure_mixing(network, {v: v < 2 for v in network}, permutations=100)
    assert found.expected == pytest.approx(0.2)
    assert found.ei_index == pytest.approx(0.2)
    assert np.isnan(found.z)


def test_expectation_comes_near_its_formula() -> None:
    """Any tie is internal with chance sum n_k(n_k-1) / (n(n-1)); 2,000 shuffles, to 4 standard errors."""
    network = nx.gnp_random_graph(30, 0.2, seed=2, directed=True)
    groups = {v: 0 if v < 10 else 1 for v in network}
    found = measure_mixing(network, groups, permutations=2000, seed=3)
    internal = (10 * 9 + 20 * 19) / (30 * 29)
    assert found.expected == pytest.approx(1 - 2 * internal, abs=4 * found.sd / np.sqrt(2000))
    again = measure_mixing(network, groups, permutations=2000, seed=3)
    assert again.expected == found.expected


@pytest.mark.parametrize(("by", "external", "internal"), [("office", 162, 555), ("practice", 188, 529)])
def test_advice_in_a_law_firm(by: str, external: int, internal: int) -> None:
    """Advice in either direction, each counted once, as computed with R sna."""
    found = measure_mixing(read_firm(kinds=["advice"]).to_undirected(), read_people()[by], permutations=200)
    assert found.ei_index == pytest.approx((external - internal) / (external + internal), abs=1e-12)
    assert found.z < -3


def test_wrong_permutations() -> None:
    with pytest.raises(MethodError, match="permutations"):
        measure_mixing(nx.path_graph(2), {0: 1, 1: 1}, permutations=-1)
