import dataclasses
from typing import Any

import networkx as nx
import pandas as pd
import pytest

from analysis.networks.network import build_network
from regions import MethodError, Study, load_study
from regions.words import Words


def make_study(
    records: list[tuple[str, str]] | None = None, links: list[tuple[str, str, float]] | None = None
) -> Study:
    """Regions A, B, C, D and, outside the focus, X and Y; actor a1 sits in A, b1 in B, ..."""
    names = {"name": ["Alpha", "Beta", "Gamma", "Delta"], "name_zh": ["甲", "乙", "丙", "丁"]}
    actors = pd.DataFrame({"region": list("AABCXY")}, index=pd.Index(["a1", "a2", "b1", "c1", "x1", "y1"], name="id"))
    return Study(
        name="tiny",
        title=Words("Tiny", "小"),
        regions=pd.DataFrame(names, index=pd.Index(list("ABCD"), name="code")),
        surroundings=pd.DataFrame({"name": ["X", "Y"]}, index=pd.Index(["X", "Y"], name="code")),
        unit_of=pd.Series({code: code for code in "ABCDXY"}),
        actors=actors,
        records=None if records is None else pd.DataFrame(records, columns=["record", "actor"]),
        links=None if links is None else pd.DataFrame(links, columns=["source", "target", "weight"]),
    )


BY_HAND = [
    *[("r1", actor) for actor in ("a1", "a2", "b1", "x1")],
    *[("r2", actor) for actor in ("a1", "b1")],
    *[("r3", actor) for actor in ("x1", "y1", "b1")],
    ("r4", "c1"),
]


def edges(network: nx.Graph, attribute: str = "weight") -> dict[tuple[str, str], Any]:
    return {(source, target): value for source, target, value in network.edges(data=attribute)}


def test_network_by_hand() -> None:
    network = build_network(make_study(BY_HAND), "newman")
    assert type(network) is nx.Graph
    assert list(network) == ["A", "B", "C", "D"]
    assert edges(network) == pytest.approx({("A", "B"): 2 / 3 + 1}, rel=1e-15)
    assert edges(network, "count") == {("A", "B"): 3}
    assert edges(network, "records") == {("A", "B"): 2}
    assert list(network.nodes["A"]) == ["name", "name_zh", "internal", "external"]
    assert (network.nodes["A"]["name"], network.nodes["A"]["name_zh"]) == ("Alpha", "甲")
    assert network.nodes["A"]["internal"] == pytest.approx(1 / 3, rel=1e-15)
    assert network.nodes["A"]["external"] == pytest.approx(2 / 3, rel=1e-15)
    assert network.nodes["B"]["internal"] == 0
    assert network.nodes["B"]["external"] == pytest.approx(1 / 3 + 1 / 2 + 1 / 2, rel=1e-15)
    assert network.nodes["D"] == {"name": "Delta", "name_zh": "丁", "internal": 0, "external": 0}


def test_graph_attributes() -> None:
    facts = dict(build_network(make_study(BY_HAND), counting="full").graph)
    external = facts.pop("external")
    assert facts == {
        "study": "tiny",
        "counting": "full",
        "origin": "observed",
        "n_records": 4,
        "n_participations": 10,
        "n_single": 1,
    }
    assert external.to_dict("list") == {"source": ["A", "B", "B"], "target": ["X", "X", "Y"], "weight": [2, 2, 1]}


def test_full_counting_by_default_has_weight_equal_to_count() -> None:
    network = build_network(make_study(BY_HAND))
    assert edges(network) == edges(network, "count")
    assert {type(value) for value in edges(network).values()} == {float}
    assert {type(value) for value in edges(network, "count").values()} == {int}


def test_records_without_any_tie_give_isolates() -> None:
    network = build_network(make_study([("r1", "a1"), ("r2", "b1")]))
    assert (network.number_of_nodes(), network.number_of_edges()) == (4, 0)
    assert network.graph["external"].empty
    assert list(network.graph["external"]) == ["source", "target", "weight"]


def test_given_links() -> None:
    network = build_network(make_study(links=[("B", "A", 2), ("A", "B", 1), ("C", "C", 5), ("Y", "C", 3)]), "newman")
    assert edges(network) == {("A", "B"): 3}
    assert edges(network, "records") == {("A", "B"): None}
    assert (network.nodes["C"]["internal"], network.nodes["C"]["external"]) == (5, 3)
    assert network.graph["counting"] == "given"
    assert network.graph["n_records"] is None


def test_directed_links() -> None:
    study = make_study(links=[("B", "A", 2), ("A", "B", 1), ("A", "X", 3), ("X", "A", 4), ("X", "Y", 9)])
    network = build_network(dataclasses.replace(study, directed=True))
    assert type(network) is nx.DiGraph
    assert edges(network) == {("B", "A"): 2, ("A", "B"): 1}
    assert network.nodes["A"]["external"] == 7
    assert network.graph["external"].to_dict("records") == [{"source": "A", "target": "X", "weight": 7}]


def test_modelled_links_are_labelled() -> None:
    study = make_study(links=[("A", "B", 1.5)])
    assert study.links is not None
    modelled = dataclasses.replace(study, links=study.links.assign(origin="modelled"))
    assert build_network(study).graph["origin"] == "observed"
    assert build_network(modelled).graph["origin"] == "modelled"


def test_source_chooses_between_links_and_records() -> None:
    study = make_study(BY_HAND, links=[("A", "C", 7)])
    assert list(build_network(study).edges) == [("A", "C")]
    assert list(build_network(study, source="records").edges) == [("A", "B")]


def test_unknown_options_are_refused() -> None:
    with pytest.raises(MethodError, match="full, newman, pair; got 'fractional'"):
        build_network(make_study(BY_HAND), "fractional")  # type: ignore[arg-type]
    with pytest.raises(MethodError, match="neither links nor records"):
        build_network(make_study())


@pytest.mark.parametrize(
    ("counting", "between", "inside"), [("full", 1844, 135), ("newman", 413.989, 37.011), ("pair", 182.961, 19.039)]
)
def test_china(counting: Any, between: float, inside: float) -> None:
    """Counted twice, independently, when the data were compiled; pair: 202 joint records in all."""
    network = build_network(load_study("china"), counting)
    assert (network.number_of_nodes(), network.number_of_edges()) == (31, 319)
    assert network.size("weight") == pytest.approx(between, abs=5e-4)
    assert sum(nx.get_node_attributes(network, "internal").values()) == pytest.approx(inside, abs=5e-4)
    assert not any(nx.get_node_attributes(network, "external").values())
    assert (network.graph["n_records"], network.graph["n_participations"], network.graph["n_single"]) == (233, 933, 31)


@pytest.mark.parametrize(("counting", "between", "inside"), [("full", 4585, 355), ("newman", 312.806, 26.694)])
def test_china_by_systems(counting: Any, between: float, inside: float) -> None:
    network = build_network(load_study("china-systems"), counting)
    assert network.number_of_edges() == 400
    assert network.size("weight") == pytest.approx(between, abs=5e-4)
    assert sum(nx.get_node_attributes(network, "internal").values()) == pytest.approx(inside, abs=5e-4)


@pytest.mark.parametrize(
    ("name", "nodes", "linked", "links"), [("yangtze-delta", 41, 11, 17), ("northeast", 36, 11, 6)]
)
def test_parts_of_china_keep_their_external_links(name: str, nodes: int, linked: int, links: int) -> None:
    """The compilers of the data counted 11 cities with an actor in each, and 17 and 6 city links."""
    part, whole = build_network(load_study(name)), build_network(load_study("china-cities"))
    assert (len(part), part.number_of_edges()) == (nodes, links)
    total = {code: sum((whole.degree(code, "weight"), whole.nodes[code]["internal"])) for code in part}
    for code, facts in part.nodes(data=True):
        assert part.degree(code, "weight") + facts["internal"] + facts["external"] == total[code]
    assert sum(value > 0 for value in total.values()) == linked
    assert part.graph["external"]["weight"].sum() == sum(nx.get_node_attributes(part, "external").values()) > 0


def test_cities_add_up_to_provinces() -> None:
    cities, provinces = build_network(load_study("china-cities")), build_network(load_study("china"))
    assert len(cities) == 369
    within = sum(weight for s, t, weight in cities.edges(data="weight") if s[:2] == t[:2])
    inside = sum(nx.get_node_attributes(cities, "internal").values())
    assert within + inside == sum(nx.get_node_attributes(provinces, "internal").values())
    assert cities.size("weight") - within == provinces.size("weight")
