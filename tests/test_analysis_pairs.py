"""The table of pairs: who is in, what is observed, what may explain it."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.pairs import Pairs, build_pairs, measure_event_weight
from regions import MethodError, Study
from regions.words import Words

CODES = ("A", "B", "C", "D", "E")


def make_study(neighbours: list[tuple[str, str]] | None = None, *, borders: tuple[str, ...] = ("parent",)) -> Study:
    regions = pd.DataFrame(
        {
            "name": ["Ay", "Be", "Ce", "De", "Ee"],
            "name_zh": ["甲", "乙", "丙", "丁", "戊"],
            "level": "city",
            "parent": ["P", "P", "Q", "Q", ""],
            "country": "X",
            "lon": np.arange(5.0),
            "lat": 30.0,
            "capital_lon": np.nan,
            "capital_lat": np.nan,
        },
        index=pd.Index(CODES, name="code"),
    )
    table = pd.DataFrame(neighbours or [], columns=["source", "target"])
    return Study(
        name="toy",
        title=Words("Toy", "例"),
        regions=regions,
        surroundings=regions.iloc[:0],
        unit_of=pd.Series(CODES, index=CODES),
        neighbours=table,
        borders=borders,
    )


def make_distances(step: float = 100.0) -> pd.DataFrame:
    place = np.arange(5.0) * step
    return pd.DataFrame(np.abs(place[:, None] - place), index=CODES, columns=CODES)


def make_network(edges: list[tuple[str, str, float]], kind: type[nx.Graph] = nx.Graph) -> nx.Graph:
    network = kind()
    network.add_nodes_from(CODES)
    network.add_weighted_edges_from(edges)
    return network


LINKS = [("A", "B", 3.0), ("C", "A", 2.0), ("C", "D", 1.0)]


def look(pairs: Pairs, column: str) -> dict[str, float]:
    return dict(zip(pairs.table["source"] + pairs.table["target"], pairs.table[column], strict=True))


def test_every_unordered_pair_once_zeros_included() -> None:
    pairs = build_pairs(make_study([("A", "B")]), make_network(LINKS), make_distances())
    assert pairs.codes == ("A", "B", "C", "D")
    assert look(pairs, "observed") == {"AB": 3, "AC": 2, "AD": 0, "BC": 0, "BD": 0, "CD": 1}
    assert look(pairs, "distance_km") == {"AB": 100, "AC": 200, "AD": 300, "BC": 100, "BD": 200, "CD": 100}
    assert look(pairs, "contiguous") == {"AB": 1, "AC": 0, "AD": 0, "BC": 0, "BD": 0, "CD": 0}
    assert look(pairs, "different_parent") == {"AB": 0, "AC": 1, "AD": 1, "BC": 1, "BD": 1, "CD": 0}
    assert pairs.covariates == ("ln_distance", "contiguous", "different_parent")
    assert pairs.unit == 1.0


def test_regions_without_links_are_dropped_by_name() -> None:
    pairs = build_pairs(make_study(), make_network(LINKS), make_distances())
    assert [(item.code, item.name.zh, item.reason.en) for item in pairs.dropped] == [
        ("E", "戊", "no link to another region of the study")
    ]


def test_regions_without_a_place_are_dropped_and_with_them_who_only_they_link() -> None:
    distances = make_distances()
    distances.loc["C"] = distances["C"] = np.nan
    links = [*LINKS, ("B", "E", 1.0)]
    pairs = build_pairs(make_study(), make_network(links), distances)
    assert pairs.codes == ("A", "B", "E")
    assert {item.code: item.reason.en for item in pairs.dropped} == {
        "C": "no known location",
        "D": "no link to another region of the study",
    }


def test_an_unknown_border_differs_from_everything() -> None:
    pairs = build_pairs(make_study(), make_network([*LINKS, ("D", "E", 1.0)]), make_distances())
    assert look(pairs, "different_parent")["DE"] == 1


def test_directed_networks_give_ordered_pairs() -> None:
    pairs = build_pairs(make_study(), make_network(LINKS, nx.DiGraph), make_distances())
    assert pairs.directed
    assert len(pairs.table) == 12
    assert look(pairs, "observed")["CA"] == 2
    assert look(pairs, "observed")["AC"] == 0


def test_what_does_not_vary_is_left_out_with_a_note() -> None:
    study = make_study(borders=("parent", "country"))
    pairs = build_pairs(study, make_network(LINKS), make_distances())
    assert "different_country" not in pairs.covariates
    assert "contiguous" not in pairs.covariates
    assert [note.en for note in pairs.notes] == [
        "contiguous is the same for all pairs and left out",
        "different_country is the same for all pairs and left out",
    ]


def test_unknown_contiguity_is_left_out_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geodata.find_neighbours", lambda _: None)
    pairs = build_pairs(make_study(), make_network(LINKS), make_distances())
    assert "contiguous" not in pairs.table
    assert [note.en for note in pairs.notes] == ["contiguity is not known and left out"]


def test_coincident_places_count_as_one_kilometre_and_say_so() -> None:
    distances = make_distances()
    distances.loc["A", "B"] = distances.loc["B", "A"] = 0.0
    pairs = build_pairs(make_study([("A", "B")]), make_network(LINKS), distances)
    assert look(pairs, "ln_distance")["AB"] == 0.0
    assert look(pairs, "distance_km")["AB"] == 0.0
    assert pairs.notes[0].zh == "1 对地区相距不足 1 公里，按 1 公里计"


def test_chosen_covariates_keep_their_order() -> None:
    pairs = build_pairs(
        make_study(),
        make_network(LINKS),
        make_distances(),
        options=GravityOptions(covariates=("different_parent", "ln_distance")),
    )
    assert pairs.covariates == ("different_parent", "ln_distance")


def test_self_loops_are_not_pairs_and_missing_weights_are_one() -> None:
    network = make_network(LINKS)
    network.add_edge("A", "A", weight=99.0)
    network.add_edge("B", "C")
    assert look(build_pairs(make_study(), network, make_distances()), "observed")["BC"] == 1


def test_event_weight() -> None:
    assert measure_event_weight(np.array([3.0, 5.0]), np.array([3.0, 5.0])) == 1.0
    # one event of 1 and two of 1/4 each: (1 + 1/8) / 1.5
    assert measure_event_weight(np.array([1.0, 0.5]), np.array([1.0, 2.0])) == pytest.approx(0.75)


def test_fractional_weights_are_counted_in_events() -> None:
    network = make_network(LINKS)
    for ends, count in {("A", "B"): 6, ("A", "C"): 8, ("C", "D"): 4}.items():
        network.edges[ends]["count"] = count
    pairs = build_pairs(make_study(), network, make_distances())
    assert pairs.unit == pytest.approx((9 / 6 + 4 / 8 + 1 / 4) / 6)


def test_weights_that_are_no_counts_take_the_median_pair() -> None:
    pairs = build_pairs(
        make_study(), make_network([("A", "B", 0.5), ("A", "C", 2.5), ("C", "D", 9.5)]), make_distances()
    )
    assert pairs.unit == 2.5
    assert "median linked pair" in pairs.notes[-1].en


def test_a_modelled_network_is_refused_with_the_reason() -> None:
    network = make_network(LINKS)
    network.graph["origin"] = "modelled"
    with pytest.raises(MethodError, match=r"modelled.*its own formula; use an observed network"):
        build_pairs(make_study(), network, make_distances())


def test_unfit_networks_are_refused() -> None:
    study, distances = make_study(), make_distances()
    with pytest.raises(MethodError, match="only 2 regions have links"):
        build_pairs(study, make_network(LINKS[:1]), distances)
    with pytest.raises(MethodError, match="only 0 regions"):
        build_pairs(study, make_network([]), distances)
    with pytest.raises(MethodError, match="1 regions that study 'toy' does not: Z"):
        build_pairs(study, make_network([*LINKS, ("A", "Z", 1.0)]), distances)
    for weight in (-1.0, np.nan):
        with pytest.raises(MethodError, match="finite and >= 0"):
            build_pairs(study, make_network([*LINKS, ("B", "D", weight)]), distances)
    with pytest.raises(
        MethodError, match="unknown covariates gdp; study 'toy' has ln_distance, contiguous, different_parent"
    ):
        build_pairs(study, make_network(LINKS), distances, options=GravityOptions(covariates=("gdp",)))


def test_a_missing_distance_between_two_located_regions_is_refused() -> None:
    distances = make_distances()
    distances.loc["A", "D"] = distances.loc["D", "A"] = np.nan
    with pytest.raises(MethodError, match="1 pairs of located regions have no distance, first A - D"):
        build_pairs(make_study(), make_network(LINKS), distances)


def test_inputs_are_not_changed() -> None:
    study, network, distances = make_study(), make_network(LINKS), make_distances()
    before = study.regions.copy(), nx.to_pandas_edgelist(network), distances.copy()
    build_pairs(study, network, distances)
    pd.testing.assert_frame_equal(study.regions, before[0])
    pd.testing.assert_frame_equal(nx.to_pandas_edgelist(network), before[1])
    pd.testing.assert_frame_equal(distances, before[2])
