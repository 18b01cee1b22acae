import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lazega_samples import read_figures, read_firm
from network_samples import networks

import analysis.scores.batch
from analysis.roles.structural_holes import measure_structural_holes

BORGATTI = "AB2 AF3 AG5 AE2 EG8 FG3 BG4 BD1 DG3 GC10"


def build_borgatti() -> nx.Graph:
    network = nx.Graph()
    network.add_weighted_edges_from([(link[0], link[1], int(link[2:])) for link in BORGATTI.split()])
    return network


def test_star_and_triangle_by_hand() -> None:
    star = measure_structural_holes(nx.star_graph(4))
    assert star["constraint"].tolist() == [4 / 16, 1, 1, 1, 1]
    assert star["effective_size"].tolist() == [4, 1, 1, 1, 1]
    triangle = measure_structural_holes(
        nx.complete_graph(3)
    )  # each: two partners, (1/2 + 1/4)^2 each; redundancy 1/2 each
    assert triangle["constraint"].tolist() == [9 / 8] * 3
    assert triangle["effective_size"].tolist() == [1] * 3
    assert triangle["efficiency"].tolist() == [0.5] * 3


def test_isolates_have_no_value() -> None:
    table = measure_structural_holes(nx.disjoint_union(nx.path_graph(2), nx.empty_graph(1)))
    assert table.iloc[2].isna().all()
    assert table.iloc[:2].notna().all(axis=None)
    assert table.index.name == "code"
    assert measure_structural_holes(nx.Graph()).shape == (0, 3)


def test_borgatti_1997() -> None:
    """The example of the paper, printed to three digits (weighted: five)."""
    network = build_borgatti()
    plain, weighted = measure_structural_holes(network, weighted=False), measure_structural_holes(network)
    assert plain.loc[["G", "A", "C"], "constraint"].tolist() == pytest.approx([0.400, 0.595, 1], abs=5e-4)
    assert plain.loc[["G", "A", "C"], "effective_size"].tolist() == pytest.approx([4.67, 2.50, 1], abs=5e-3)
    assert weighted.loc[["G", "A", "C"], "constraint"].tolist() == pytest.approx([0.299, 0.795, 1], abs=5e-4)
    sizes = {"G": 5.4717, "A": 2.475, "B": 1.6714, "C": 1, "D": 1.15, "E": 1.1, "F": 1.25}
    assert weighted.loc[list(sizes), "effective_size"].tolist() == pytest.approx(list(sizes.values()), abs=5e-5)


@settings(deadline=None, max_examples=40)
@given(networks(heaviest=9))
def test_equal_to_networkx(network: nx.Graph) -> None:
    """Version 3.6 of networkx needs the list of nodes: without it, its effective size with weights is wrong."""
    table = measure_structural_holes(network)
    constraint = nx.constraint(network, weight="weight")
    size = nx.effective_size(network, nodes=list(network), weight="weight")
    assert table["constraint"].to_numpy() == pytest.approx([constraint[v] for v in network], rel=1e-12, nan_ok=True)
    known = [v for v in network if network[v]]  # networkx says nothing of a node without links out
    assert table.loc[known, "effective_size"].to_numpy() == pytest.approx([size[v] for v in known], rel=1e-12)


@settings(deadline=None, max_examples=40)
@given(networks(heaviest=9), st.sampled_from([1e-6, 3, 1e6]))
def test_scale_and_sparse_products_change_nothing(network: nx.Graph, factor: float) -> None:
    expected = measure_structural_holes(network)
    scaled = network.copy()
    for _, _, facts in scaled.edges(data=True):
        facts["weight"] *= factor
    pd.testing.assert_frame_equal(measure_structural_holes(scaled), expected, rtol=1e-12)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis.scores.batch, "DENSE", -1)
        pd.testing.assert_frame_equal(measure_structural_holes(network), expected, rtol=1e-12)


def test_a_law_firm_as_computed_by_igraph() -> None:
    table = measure_structural_holes(read_firm())
    assert table["constraint"].to_numpy() == pytest.approx(read_figures()["constraint"].to_numpy(), rel=1e-12)
