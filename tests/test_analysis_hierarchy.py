from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from analysis.roles.hierarchy import measure_hierarchy
from regions import MethodError

TREE = [(0, 1), (0, 2), (1, 3), (1, 4)]


def test_out_tree_is_the_ideal() -> None:
    found = measure_hierarchy(nx.DiGraph(TREE))
    assert (found.connectedness, found.hierarchy, found.efficiency, found.lubness) == (1, 1, 1, 1)
    assert found.density == 4 / 20


def test_out_tree_with_a_cycle_as_computed_by_sna() -> None:
    found = measure_hierarchy(nx.DiGraph([*TREE, (3, 0), (2, 3)]))
    assert found.hierarchy == pytest.approx(0.4)
    assert found.efficiency == pytest.approx(0.875)
    assert found.lubness == 1


def test_complete_and_undirected() -> None:
    found = measure_hierarchy(nx.complete_graph(4))
    assert (found.density, found.connectedness, found.hierarchy, found.efficiency) == (1, 1, 0, 0)
    assert found.efficiency_symmetrised == 0


def test_two_components_and_an_isolate() -> None:
    found = measure_hierarchy(nx.DiGraph([(0, 1), (2, 3)]).copy())
    assert found.connectedness == pytest.approx(2 / 6)
    network = nx.DiGraph([(0, 1), (2, 3)])
    network.add_node(4)
    assert measure_hierarchy(network).connectedness == pytest.approx(2 / 10)


def test_no_common_superior() -> None:
    """Two superiors of one: the pair of superiors lacks a bound. Room for (3-1)(3-2)/2 = 1 violation."""
    assert measure_hierarchy(nx.DiGraph([(0, 2), (1, 2)])).lubness == 0


def test_least_and_top_bound_by_hand() -> None:
    """Two superiors x and y of z, z of u and v; room for 4 x 3 / 2 violations.

    x and y have no bound in common. Of u and v, z and u, z and v all three of x, y, z are bounds: both others reach z,
    so it is the least; none reaches both others, so there is no top.
    """
    network = nx.DiGraph([("x", "z"), ("y", "z"), ("z", "u"), ("z", "v")])
    assert measure_hierarchy(network).lubness == pytest.approx(1 - 1 / 6)
    assert measure_hierarchy(network, bound="top").lubness == pytest.approx(1 - 4 / 6)


def test_unknown_bound() -> None:
    with pytest.raises(MethodError, match="got 'greatest'"):
        measure_hierarchy(nx.DiGraph(TREE), bound="greatest")  # type: ignore[arg-type]


def test_nothing_to_divide_by() -> None:
    assert np.isnan(astuple(measure_hierarchy(nx.DiGraph()))).all()
    single = measure_hierarchy(nx.empty_graph(2, create_using=nx.DiGraph))
    assert single.connectedness == 0
    assert np.isnan(single.hierarchy)


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (1, (0.4236715, 1, 0.12584704743465636, 0.5891358024691358, 0.48989898989898994, 1)),
        (4, (0.08115942, 0.7922705314009661, 0.2681426814268143, 0.92, 0.9064102564102564, 1 - 1 / 780)),
    ],
)
def test_cross_parker_as_computed_by_sna(
    golden: Callable[[str], Path], level: int, expected: tuple[float, ...]
) -> None:
    """Advice among 46 consultants, ties of at least ``level``; R sna, printed to seven digits.

    The last figure is ours for level 4: by the definition of 1994 one of 820 pairs in the component of 41 has no least
    upper bound. sna prints .0487, as it looks for a bound that reaches all the others: 742 pairs have none.
    """
    edges = pd.read_csv(golden("network/cross_parker_consulting_info_edges.csv"))
    network = nx.DiGraph()
    network.add_nodes_from(sorted(set(edges["i"]) | set(edges["j"])))
    network.add_edges_from(edges.loc[edges["w"] >= level, ["i", "j"]].itertuples(index=False))
    assert astuple(measure_hierarchy(network)) == pytest.approx(expected, abs=1e-7)
    assert measure_hierarchy(network, bound="top").lubness == pytest.approx({1: 1, 4: 0.04871795}[level], abs=5e-9)


def test_too_large() -> None:
    with pytest.raises(MethodError, match="1,500"):
        measure_hierarchy(nx.empty_graph(1501))
