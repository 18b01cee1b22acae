import dataclasses

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from many_samples import BY_HAND, make_study

from analysis.inference.sensitivity import compare_countings, measure_missing_sensitivity
from analysis.networks.network import build_network
from analysis.scores.centrality import measure_centrality
from regions import MethodError, load_study


def make_path() -> nx.Graph:
    network = nx.Graph()
    network.add_weighted_edges_from([("A", "B", 1), ("B", "C", 1)])
    return network


def test_a_path_of_three_by_hand() -> None:
    """Either link goes: B stays first (now tied), the end that stays climbs from 2 to 1, the other drops to 3."""
    table = measure_missing_sensitivity(make_path(), share=0.5, draws=50)
    row = table.loc["degree"]
    assert (row["removed"], row["largest_rank_change"], row["rank_change"]) == (1, 1, 1)
    # Ranks 1.5, 3, 1.5 against 2, 3, 2 lie: centred (-.5, 1, -.5) and (.5, .5, -1) or mirrored.
    assert row["correlation"] == pytest.approx(0.5)
    assert table.loc["betweenness", "correlation"] == 0  # nobody is between anybody any more
    assert "external_share" not in table.index


def test_it_is_what_removing_by_hand_gives() -> None:
    """One link of three goes: the mean over many removals nears the mean over the three cases."""
    network = nx.Graph()
    network.add_weighted_edges_from([("A", "B", 3), ("B", "C", 2), ("C", "D", 1)])
    full = measure_centrality(network)["strength"]
    cases = []
    for edge in network.edges:
        thin = network.copy()
        thin.remove_edge(*edge)
        cases.append(full.corr(measure_centrality(thin)["strength"], method="spearman"))
    found = measure_missing_sensitivity(network, share=1 / 3, draws=1000).loc["strength"]
    assert found["correlation"] == pytest.approx(np.mean(cases), abs=0.05)
    assert found["correlation_low"] == pytest.approx(min(cases), abs=1e-9)


def test_china_more_missing_less_alike() -> None:
    network = build_network(load_study("china"))
    some, many = (measure_missing_sensitivity(network, share=share, draws=60) for share in (0.05, 0.4))
    assert (some["correlation"] > many["correlation"]).all()
    assert (some["correlation_low"] <= some["correlation"]).all()
    assert some.loc["strength", "correlation"] > 0.95
    assert set(some["code"]) <= set(network)
    pd.testing.assert_frame_equal(some, measure_missing_sensitivity(network, share=0.05, draws=60))


def test_countings_by_hand() -> None:
    table = compare_countings(make_study(BY_HAND))
    assert len(table) == 7 * 3
    row = table.set_index(["measure", "first", "second"]).loc[("degree", "full", "newman")]
    assert (row["correlation"], row["largest_rank_change"], row["rank_change"]) == (1, 0, 0)


def test_countings_of_china() -> None:
    study = load_study("china")
    table = compare_countings(study).set_index(["measure", "first", "second"])
    one, two = (measure_centrality(build_network(study, counting))["strength"] for counting in ("full", "pair"))
    found = table.loc[("strength", "full", "pair")]
    assert found["correlation"] == pytest.approx(one.corr(two, method="spearman"), abs=1e-12)
    change = (one.rank(ascending=False, method="min") - two.round(9).rank(ascending=False, method="min")).abs()
    assert found["largest_rank_change"] == change.max()
    assert change[found["code"]] == change.max()


@pytest.mark.parametrize(
    ("network", "share", "message"),
    [
        (make_path().to_directed(), 0.5, "undirected networks only"),
        (make_path(), 0.0, "at least one link"),
        (make_path(), 1.0, "at least one link"),
        (make_path(), 0.1, "share 0.1 of 2 links"),
        (nx.empty_graph(4), 0.5, "of 0 links"),
    ],
)
def test_what_is_refused(network: nx.Graph, share: float, message: str) -> None:
    with pytest.raises(MethodError, match=message):
        measure_missing_sensitivity(network, share=share)


def test_links_have_one_counting_only() -> None:
    with pytest.raises(MethodError, match="no records"):
        compare_countings(dataclasses.replace(make_study([]), records=None))
