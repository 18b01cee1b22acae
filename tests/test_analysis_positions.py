import networkx as nx
import pandas as pd
import pytest

from analysis.networks.adjacency import build_adjacency
from analysis.networks.network import build_network
from analysis.roles.communities import find_communities
from analysis.roles.core_periphery import find_core
from analysis.roles.positions import choose_measures, measure_positions
from analysis.roles.structural_holes import measure_structural_holes
from analysis.scores.centrality import measure_centrality
from analysis.scores.cores import measure_cores
from analysis.scores.opsahl import measure_opsahl
from regions import MethodError, load_study

MORE = [
    "opsahl_degree",
    "opsahl_betweenness",
    "opsahl_closeness",
    "core_number",
    "core_strength",
    "constraint",
    "effective_size",
    "efficiency",
    "in_core",
    "community",
    "community_agreement",
    "participation",
    "module_z",
    "module_role",
]


def test_all_columns_of_china() -> None:
    network = build_network(load_study("china"))
    wide, plain = measure_positions(network), measure_centrality(network)
    known = [*plain.columns, *MORE]  # and what has been registered since
    assert list(wide)[: len(known)] == known
    pd.testing.assert_frame_equal(wide[plain.columns], plain)
    assert wide.index.name == "code"
    assert len(wide) == 31
    assert wide.drop(columns="external_share").notna().all(axis=None) == (wide["degree"] > 0).all()
    assert wide["constraint"].idxmin() == wide["effective_size"].idxmax() == "110000"


def test_some_families_in_a_fixed_order() -> None:
    network = nx.path_graph(4)
    assert list(measure_positions(network, measures=["structural_holes", "cores"])) == MORE[3:8]
    assert measure_positions(network, measures=[]).shape == (4, 0)
    assert measure_positions(network, measures=[each.name for each in choose_measures()]).equals(
        measure_positions(network)
    )


@pytest.mark.parametrize("network", [nx.Graph(), nx.empty_graph(2), nx.DiGraph([(0, 1), (1, 2)]), nx.star_graph(3)])
def test_edges_of_what_can_be_measured(network: nx.Graph) -> None:
    assert len(measure_positions(network)) == len(network)


def test_the_seed_decides() -> None:
    network = nx.gnp_random_graph(30, 0.2, seed=2)
    pd.testing.assert_frame_equal(measure_positions(network, seed=1), measure_positions(network, seed=1))


@pytest.mark.parametrize("directed", [False, True])
def test_families_share_one_reading_and_leave_it_as_it_is(directed: bool) -> None:
    network = nx.gnp_random_graph(20, 0.3, seed=4, directed=directed)
    for at, (_, _, facts) in enumerate(network.edges(data=True)):
        facts["weight"] = 1 + at % 7
    adjacency = build_adjacency(network)
    before = adjacency.weights.toarray()
    alone = [
        measure_centrality(network, adjacency=adjacency),
        measure_opsahl(adjacency),
        measure_cores(adjacency),
        measure_structural_holes(adjacency, weighted=False),
        find_core(adjacency).core,
        find_communities(adjacency, weighted=False).labels,
    ]
    assert len({tuple(table.index) for table in alone}) == 1
    assert adjacency.weights.toarray().tolist() == before.tolist()
    pd.testing.assert_frame_equal(measure_opsahl(adjacency), measure_opsahl(network))


def test_unknown_family() -> None:
    with pytest.raises(MethodError, match="got 'charm'"):
        measure_positions(nx.path_graph(2), measures=["charm"])
