import json
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from analysis.roles.blocks import BLOCK_ROLES, measure_blocks
from analysis.roles.concor import find_blocks
from regions import MethodError

BANK = [{"I1", "W1", "W3", "W4", "S1"}, {"I3", "W2", "W5"}, {"W6", "S2"}, {"W7", "W8", "W9", "S4"}]


def read_bank(golden: Callable[[str], Path]) -> dict[str, nx.DiGraph]:
    """Five relations among the 14 men of the bank wiring room."""
    tables = json.loads(golden("network/bank_wiring.json").read_text("utf-8"))
    networks = {}
    for name, rows in tables.items():
        people = [row[-1] for row in rows]
        ties = pd.DataFrame([row[:-1] for row in rows], index=people, columns=people)
        networks[name] = nx.from_pandas_adjacency(ties, create_using=nx.DiGraph)
    return networks


def list_blocks(blocks: pd.Series) -> list[set[str]]:
    return [set(members) for members in blocks.groupby(blocks).groups.values()]


def test_two_cliques_by_hand() -> None:
    network = nx.disjoint_union_all([nx.complete_graph(4), nx.complete_graph(3), nx.empty_graph(1)])
    blocks = find_blocks(network, depth=1)
    assert blocks.tolist() == [1, 1, 1, 1, 2, 2, 2, 3]  # the isolate by itself
    assert blocks.name == "block"
    assert blocks.index.name == "code"


def test_star_splits_centre_from_leaves() -> None:
    assert find_blocks(nx.star_graph(5), depth=1).tolist() == [1, 2, 2, 2, 2, 2]


def test_nothing_to_tell_apart() -> None:
    assert find_blocks(nx.empty_graph(3)).tolist() == [1, 1, 1]
    assert find_blocks(nx.Graph()).tolist() == []
    assert find_blocks(nx.path_graph(2)).tolist() == [1, 1]


def test_bank_wiring_as_computed_by_concor(golden: Callable[[str], Path]) -> None:
    """Roethlisberger and Dickson's room; the R package concoR stacks the columns of all five relations."""
    networks = read_bank(golden)
    assert list_blocks(find_blocks(list(networks.values()), profile="received")) == BANK
    halves = find_blocks(list(networks.values()), depth=1, profile="received")
    assert list_blocks(halves) == [BANK[0] | BANK[1], BANK[2] | BANK[3]]


def test_density_of_bank_wiring_games(golden: Callable[[str], Path]) -> None:
    networks = read_bank(golden)
    blocks = find_blocks(list(networks.values()), profile="received")
    found = measure_blocks(networks["Games"], blocks)
    expected = [[0.9, 0.6, 0, 0], [0.6, 0, 0, 0.0833], [0, 0, 0, 0.375], [0, 0.0833, 0.375, 1.0]]
    assert found.density.to_numpy() == pytest.approx(np.array(expected), abs=5e-5)
    assert found.overall == networks["Games"].number_of_edges() / (14 * 13)
    assert found.image.to_numpy().tolist() == [[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 1]]


def test_four_roles_by_hand() -> None:
    """Givers 0, 1 send to takers 2, 3; 4, 5 trade with each other; 6, 7 only pass on; 8 alone."""
    network = nx.DiGraph([(0, 2), (1, 3), (0, 3), (4, 5), (5, 4), (4, 6), (6, 4), (7, 5), (5, 7)])
    network.add_node(8)
    blocks = dict(enumerate([1, 1, 2, 2, 3, 3, 4, 4, 5]))
    found = measure_blocks(network, blocks).roles
    assert found["role"].tolist() == ["net_spillover", "net_beneficiary", "bidirectional", "broker", "isolate"]
    assert set(found["role"]) == set(BLOCK_ROLES)
    assert found["delta"].tolist()[:4] == [-1, 1, 0, 0]
    assert found[["internal", "sent", "received"]].to_numpy()[2].tolist() == [2, 2, 2]
    assert found.loc[3, "internal_share"] == 0.5
    assert found.loc[3, "expected_internal"] == 1 / 8
    assert found.loc[4, "internal_share"] == 0


def test_theta_moves_the_limit() -> None:
    network = nx.DiGraph([(0, 1), (1, 0), (0, 2), (2, 0), (0, 3)])
    groups = {0: "a", 1: "a", 2: "b", 3: "b"}
    roles = {theta: measure_blocks(network, groups, theta=theta).roles["role"].tolist() for theta in (0.2, 0.4)}
    assert roles[0.2] == ["net_spillover", "net_beneficiary"]  # delta is 1/3
    assert roles[0.4][0] == "bidirectional"
    with pytest.raises(MethodError, match="theta"):
        measure_blocks(network, groups, theta=2)


def test_undirected_blocks_have_no_direction() -> None:
    found = measure_blocks(nx.path_graph(4), {0: 1, 1: 1, 2: 2, 3: 2})
    assert not found.directed
    assert (found.roles["delta"] == 0).all()
    assert found.roles["internal"].tolist() == [1, 1]
    assert found.roles["internal_share"].tolist() == pytest.approx([2 / 3, 2 / 3])
    assert found.density.to_numpy().tolist() == [[1, 0.25], [0.25, 1]]
    alone = measure_blocks(nx.path_graph(2), {0: 1, 1: 2})
    assert np.isnan(np.diag(alone.density)).all()


def test_order_of_nodes_changes_only_the_numbers() -> None:
    network = nx.gnp_random_graph(16, 0.3, seed=4, directed=True)
    turned = nx.DiGraph()
    turned.add_nodes_from(reversed(list(network)))
    turned.add_edges_from(network.edges)
    ours, theirs = (list_blocks(find_blocks(each)) for each in (network, turned))
    assert sorted(map(sorted, ours)) == sorted(map(sorted, theirs))
    assert len(ours) == 4


def test_wrong_options() -> None:
    with pytest.raises(MethodError, match="profile"):
        find_blocks(nx.path_graph(3), profile="rows")  # type: ignore[arg-type]
    with pytest.raises(MethodError, match="depth"):
        find_blocks(nx.path_graph(3), depth=0)
    with pytest.raises(MethodError, match="same nodes"):
        find_blocks([nx.path_graph(3), nx.path_graph(4)])
    with pytest.raises(MethodError, match="no network"):
        find_blocks([])
