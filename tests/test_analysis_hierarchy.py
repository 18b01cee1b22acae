from dataclasses import astuple

import networkx as nx
import numpy as np
import pytest
from lazega_samples import read_firm

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


def test_advice_in_a_law_firm_as_computed_by_sna() -> None:
    """71 lawyers; of the least upper bounds sna takes the topmost, so that figure is ``bound="top"``.

    The fifth figure is by hand: 717 links where a tree has 70 and a complete network 2,485.
    """
    network = read_firm(kinds=["advice"])
    expected = (0.179476861167002, 1, 0.159209995969367, 0.832244897959184, 1 - (717 - 70) / 2415)
    assert astuple(measure_hierarchy(network))[:5] == pytest.approx(expected, abs=1e-12)
    assert measure_hierarchy(network, bound="top").lubness == pytest.approx(0.110144927536232, abs=1e-12)


def test_all_three_relations_in_a_law_firm_as_computed_by_sna() -> None:
    """One component of 65 lawyers with 194 links, and isolates."""
    network = read_firm(3)
    expected = (0.0496981891348089, 0.837022132796781, 0.539273153575615, 0.955322265625, 1 - (194 - 64) / 2016)
    assert astuple(measure_hierarchy(network))[:5] == pytest.approx(expected, abs=1e-12)
    assert measure_hierarchy(network, bound="top").lubness == pytest.approx(0.290178571428571, abs=1e-12)


def test_too_large() -> None:
    with pytest.raises(MethodError, match="1,500"):
        measure_hierarchy(nx.empty_graph(1501))
