"""Diffusion on networks that can be done by hand; common random numbers; edges."""

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from analysis.dynamics.diffusion import measure_diffusion
from regions.errors import MethodError


def _path(*nodes: str, kind: type[nx.Graph] = nx.Graph) -> nx.Graph:
    network = kind()
    network.add_nodes_from(nodes)
    network.add_weighted_edges_from([(a, b, 1.0) for a, b in pairwise(nodes)])
    return network


def test_cascade_on_a_path_and_a_diamond() -> None:
    """Expected sizes 1 + 1/2 + 1/4 = 1.75 and 1 + 1 + 1 - (3/4) squared = 2.4375; 40,000 runs err by .005."""
    found = measure_diffusion(_path("A", "B", "C"), ["A"], rate=0.5, draws=40_000)
    assert found["reached"].sum() == pytest.approx(1.75, abs=0.02)
    assert found.loc["C", "step"] == 2.0
    diamond = nx.DiGraph()  # without direction B is reached by way of C and D too
    diamond.add_weighted_edges_from([("A", "B", 1), ("A", "C", 1), ("B", "D", 1), ("C", "D", 1)])
    assert measure_diffusion(diamond, ["A"], rate=0.5, draws=40_000)["reached"].sum() == pytest.approx(2.4375, abs=0.02)


def test_contagion_by_steps() -> None:
    """After two steps a neighbour has it with 1 - 1/4, the one behind with 1/4."""
    found = measure_diffusion(_path("A", "B", "C"), ["A"], rule="contagion", rate=0.5, steps=2, draws=40_000)
    assert found["reached"].tolist() == pytest.approx([1, 0.75, 0.25], abs=0.01)


def test_threshold_by_shares() -> None:
    """C has half of its weight in B: it follows with 1/2 once B has it, which is sure (its only link is to A, C)."""
    found = measure_diffusion(_path("A", "B"), ["A"], rule="threshold", draws=2_000)
    assert found["reached"].tolist() == [1, 1]
    middle = measure_diffusion(_path("A", "B", "C"), ["A"], rule="threshold", draws=40_000)
    assert middle["reached"].tolist() == pytest.approx([1, 0.5, 0.5], abs=0.01)


def test_heavier_links_carry_more_and_direction_counts() -> None:
    network = nx.DiGraph()
    network.add_weighted_edges_from([("A", "B", 3.0), ("A", "C", 1.0), ("D", "A", 2.0)])
    found = measure_diffusion(network, ["A"], rate=0.5, draws=40_000)["reached"]
    assert found["B"] == pytest.approx(1 - 0.5**1.5, abs=0.01)
    assert found["C"] == pytest.approx(1 - 0.5**0.5, abs=0.01)
    assert found["D"] == 0


def test_different_starts_share_their_luck() -> None:
    """More starts never reach fewer in any region: the runs use the same numbers."""
    network = nx.gnp_random_graph(12, 0.3, seed=1)
    nx.set_edge_attributes(network, 1.0, "weight")
    network = nx.relabel_nodes(network, str)
    for rule in ("cascade", "threshold"):
        one = measure_diffusion(network, ["0"], rule=rule, rate=0.3, draws=300)["reached"]
        two = measure_diffusion(network, ["0", "5"], rule=rule, rate=0.3, draws=300)["reached"]
        assert (two >= one - 1e-12).all()


def test_isolates_are_never_reached() -> None:
    network = _path("A", "B")
    network.add_node("Z")
    for rule in ("contagion", "cascade", "threshold"):
        found = measure_diffusion(network, ["A"], rule=rule, rate=0.9, draws=100)
        assert found.loc["Z", "reached"] == 0
        assert np.isnan(found.loc["Z", "step"])


def test_faults_are_named() -> None:
    network = _path("A", "B")
    with pytest.raises(MethodError, match="unknown: Q"):
        measure_diffusion(network, ["Q"])
    with pytest.raises(MethodError, match="one or more regions"):
        measure_diffusion(network, [])
    with pytest.raises(MethodError, match="rate between 0 and 1"):
        measure_diffusion(network, ["A"], rate=1.0)
