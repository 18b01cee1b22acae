import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.networks.network import build_network
from analysis.networks.normalise import measure_affinity
from regions import MethodError, load_study

METHODS: list[Any] = ["association", "salton", "jaccard"]
# Co-occurrences of van Eck and Waltman's formulas run in R EconGeo.
TOY = np.array([[0, 5, 3, 1], [5, 0, 2, 0], [3, 2, 0, 4], [1, 0, 4, 0]])


@pytest.mark.parametrize(
    ("method", "first"), [("association", 2.380952), ("salton", 0.6299408), ("jaccard", 0.4545455)]
)
def test_toy(method: Any, first: float) -> None:
    """Strengths 9, 7, 9, 5, T = 30: association 5 x 30 / 63, cosine 5 / sqrt(63), Jaccard 5 / (9 + 7 - 5)."""
    affinity = measure_affinity(nx.from_numpy_array(TOY), method=method)
    assert affinity.loc[0, 1] == pytest.approx(first, abs=5e-7)
    assert affinity.loc[1, 3] == 0
    assert affinity.isna().to_numpy().tolist() == np.eye(4, dtype=bool).tolist()


def test_whole_toy_as_in_econgeo(golden: Callable[[str], Path]) -> None:
    """Printed with seven digits."""
    expected = json.loads(golden("network/eck_waltman_normalisations_econgeo.json").read_text())
    assert expected["cooccurrence"] == TOY.tolist()
    for method, name in zip(METHODS, ["association_strength", "cosine_salton", "jaccard"], strict=True):
        found = measure_affinity(nx.from_numpy_array(TOY), method=method).fillna(0).to_numpy()
        assert found == pytest.approx(np.array(expected[name]), abs=5e-7), method


def test_the_toy_keeps_its_order_and_labels() -> None:
    affinity = measure_affinity(nx.Graph([("b", "a", {"weight": 2}), ("b", "c", {"weight": 1})]))
    assert affinity.index.tolist() == affinity.columns.tolist() == ["b", "a", "c"]
    assert affinity.index.name == "code"
    assert affinity.loc["b", "a"] == 2 * 6 / (3 * 2)


@pytest.mark.parametrize("method", METHODS)
def test_isolates_are_nan_and_named(method: Any) -> None:
    network = nx.path_graph(2)
    network.add_node("alone")
    affinity = measure_affinity(network, method=method)
    assert affinity["alone"].isna().all()
    assert affinity.loc["alone"].isna().all()
    assert affinity.index[affinity.isna().all() & affinity.isna().all(axis=1)].tolist() == ["alone"]
    assert affinity.loc[[0], [1]].to_numpy() > 0


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("n", [0, 3])
def test_networks_without_links(method: Any, n: int) -> None:
    affinity = measure_affinity(nx.empty_graph(n), method=method)
    assert affinity.shape == (n, n)
    assert affinity.isna().all(axis=None)


def test_directed_weights_use_what_goes_out_and_comes_in() -> None:
    network = nx.DiGraph([("a", "b", {"weight": 3}), ("b", "a", {"weight": 1}), ("c", "b", {"weight": 2})])
    affinity = measure_affinity(network)
    assert affinity.loc["a", "b"] == 3 * 6 / (3 * 5)
    assert affinity.loc["b", "a"] == 1 * 6 / (1 * 1)
    assert affinity["c"].isna().all()  # nothing goes into c
    assert not (affinity.isna().all() & affinity.isna().all(axis=1)).any()


def test_unknown_methods_are_refused() -> None:
    with pytest.raises(MethodError, match="association, salton, jaccard; got 'cosine'"):
        measure_affinity(nx.path_graph(2), method="cosine")  # type: ignore[arg-type]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 9)), max_size=25))
def test_identities(links: list[tuple[int, int, int]]) -> None:
    """Weighted by what strengths let expect, affinities average 1; cosine and Jaccard lie in [0, 1]."""
    network = nx.empty_graph(7)
    network.add_weighted_edges_from([link for link in links if link[0] != link[1]])
    strength = np.array([value for _, value in network.degree(weight="weight")], dtype=float)
    total = strength.sum()
    for method in METHODS:
        affinity = measure_affinity(network, method=method)
        assert affinity.equals(affinity.T)
        if method != "association":
            assert not (affinity > 1 + 1e-15).any(axis=None)
        elif total:
            expected = np.outer(strength, strength) / total
            assert (affinity * expected).sum(axis=None) == pytest.approx(total, rel=1e-12)


def test_china() -> None:
    network = build_network(load_study("china"))
    affinity = measure_affinity(network)
    facts = dict(network.degree(weight="weight"))
    weight = network["110000"]["320000"]["weight"]
    assert affinity.loc["110000", "320000"] == pytest.approx(weight * 3688 / (facts["110000"] * facts["320000"]))
    assert (affinity > 0).sum(axis=None) == 2 * 319
