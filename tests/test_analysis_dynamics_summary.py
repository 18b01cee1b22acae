"""The summary of years: by hand, edges, and the dated study of China."""

import networkx as nx
import pandas as pd
import pytest

from analysis import build_yearly_networks
from analysis.dynamics.summary import measure_dynamics
from regions import MethodError, load_study


def weigh(*links: tuple[str, str, float], nodes: str = "abcdef") -> nx.Graph:
    network = nx.Graph()
    network.add_nodes_from(nodes)
    network.add_weighted_edges_from(links)
    return network


YEARS = {
    2010: weigh(("a", "b", 3), ("b", "c", 1), ("a", "c", 2), ("d", "e", 1)),
    2012: weigh(("a", "b", 1), ("b", "c", 2), ("e", "f", 4)),
}


def test_years_by_hand() -> None:
    found = measure_dynamics(YEARS, permutations=19)
    first, second = found.years.to_dict("records")
    assert (first["regions"], first["links"], first["weight"], first["density"]) == (5, 4, 7.0, 4 / 15)
    assert first["communities"] == 2  # abc and de; f has no link
    assert pd.isna(first["previous"])
    assert pd.isna(first["persistence"])
    assert {key: second[key] for key in ("previous", "stayed", "entered", "left", "regions_entered")} == {
        "previous": 2010,
        "stayed": 2,
        "entered": 1,
        "left": 2,
        "regions_entered": 1,
    }
    assert (second["persistence"], second["survival"]) == (2 / 5, 2 / 4)
    assert (second["weight_entered"], second["weight_left"]) == (4.0, 3.0)


def test_communities_hold_regions_with_links_in_both_years() -> None:
    flows = measure_dynamics(YEARS, permutations=19).flows
    assert flows["codes"].tolist() == ["a b c", "e"]
    assert flows["share"].tolist() == [1.0, 0.5]


def test_years_are_compared_pair_by_pair() -> None:
    like = measure_dynamics({**YEARS, 2013: YEARS[2010].copy()}, permutations=19).likeness
    assert list(zip(like["year"], like["other_year"], strict=True)) == [(2010, 2012), (2010, 2013), (2012, 2013)]
    same = like.iloc[1]
    assert same["correlation"] == pytest.approx(1.0, rel=1e-9)
    assert same["rank_correlation"] == pytest.approx(1.0, rel=1e-9)
    assert same["persistence"] == 1.0
    assert like.iloc[0]["persistence"] == 2 / 5


def test_one_year_shows_no_change_and_says_so() -> None:
    found = measure_dynamics({2010: YEARS[2010]})
    assert len(found.years) == 1
    assert found.likeness.empty
    assert "one year only" in found.notes[0].en


def test_an_empty_year_has_no_correlation() -> None:
    found = measure_dynamics({2010: YEARS[2010], 2011: weigh()}, permutations=9)
    assert found.years["communities"].tolist() == [2, 0]
    assert found.likeness[["correlation", "p"]].isna().all(axis=None)
    assert found.years["persistence"].tolist()[1] == 0.0


def test_what_has_no_history_is_refused() -> None:
    with pytest.raises(MethodError, match="no network of any year"):
        measure_dynamics({})
    with pytest.raises(MethodError, match="modelled"):
        measure_dynamics({2010: nx.Graph([("a", "b")], origin="modelled")})


def test_china_dated() -> None:
    found = measure_dynamics(build_yearly_networks(load_study("china")), permutations=19)
    assert found.years["links"].tolist() == [319, 214, 91]
    assert found.years["weight"].tolist() == [1844.0, 784.0, 170.0]
    assert found.years["entered"].tolist()[1:] == [28, 23]
    assert found.likeness["correlation"].round(2).tolist() == [0.68, 0.50, 0.47]
