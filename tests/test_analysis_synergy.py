"""Paths and selections, by hand and on the embedded study."""

from dataclasses import replace

import pytest
from actor_samples import make_linked, make_study

from analysis.networks.network import build_network
from analysis.networks.synergy import PATHS, build_path_network, build_path_networks, find_path
from regions import MethodError, load_study
from regions.study_parts.study_selection import select_study


@pytest.mark.parametrize(
    ("first", "second", "path"),
    [
        ("university", "institute", "science"),
        ("enterprise", "enterprise", "industry"),
        ("enterprise", "university", "science-industry"),
        ("institute", "enterprise", "science-industry"),
        ("university", "government", ""),
        ("platform", "platform", ""),
        ("", "university", ""),
    ],
)
def test_the_kinds_of_both_ends_give_the_path(first: str, second: str, path: str) -> None:
    assert find_path(first, second) == path


def list_edges(path: str, counting: str = "full") -> dict[tuple[str, str], float]:
    network = build_path_network(make_study(), path, counting=counting)
    return {(a, b): weight for a, b, weight in network.edges(data="weight")}


def test_ties_of_each_path_by_hand() -> None:
    # record d joins e1 (R1), e2 and u2 (R2); a and b join universities
    assert list_edges("science") == {("R1", "R3"): 1, ("R2", "R3"): 1}
    assert list_edges("industry") == {("R1", "R2"): 1}
    assert list_edges("science-industry") == {("R1", "R2"): 1}


def test_the_weight_of_a_tie_depends_on_the_whole_record() -> None:
    assert list_edges("industry", "newman") == {("R1", "R2"): 0.5}
    assert list_edges("industry", "pair") == {("R1", "R2"): pytest.approx(1 / 3)}


def test_collaboration_inside_a_region_stays_inside() -> None:
    network = build_path_network(make_study(), "science-industry")
    # c joins i1 and e1 in R1, d joins e2 and u2 in R2
    assert {code: data["internal"] for code, data in network.nodes(data=True)} == {"R1": 1, "R2": 1, "R3": 0}
    assert network.nodes["R1"]["name_zh"] == "甲"
    assert network.graph["path"] == "science-industry"
    assert network.graph["origin"] == "observed"


def test_what_leaves_the_focus_is_external() -> None:
    study = make_study()
    inner = replace(study, regions=study.regions.loc[["R1", "R2"]], surroundings=study.regions.loc[["R3"]])
    network = build_path_network(inner, "science")
    assert set(network) == {"R1", "R2"}
    assert network.graph["external"].to_dict("list") == {
        "source": ["R1", "R2"],
        "target": ["R3", "R3"],
        "weight": [1, 1],
    }
    assert network.nodes["R1"]["external"] == 1


@pytest.mark.parametrize("counting", ["full", "newman", "pair"])
def test_the_paths_and_the_rest_add_up(counting: str) -> None:
    study = load_study("china")
    assert study.actors is not None
    assert study.records is not None
    parts = [build_path_network(study, path, counting=counting) for path in PATHS]
    # two bodies of government are on no path: without their ties nothing is missing
    whole = build_network(study, counting)
    for a, b, weight in whole.edges(data="weight"):
        found = sum(part.get_edge_data(a, b, {"weight": 0})["weight"] for part in parts)
        assert found <= weight + 1e-9
    lost = whole.size("weight") - sum(part.size("weight") for part in parts)
    assert 0 < lost < 0.01 * whole.size("weight")


def test_links_do_not_tell_who_took_part() -> None:
    with pytest.raises(MethodError, match="no records"):
        build_path_network(make_linked(), "science")


def test_unknown_paths_and_missing_kinds_are_refused() -> None:
    with pytest.raises(MethodError, match="path"):
        build_path_network(make_study(), "art")  # type: ignore[arg-type]
    study = make_study()
    assert study.actors is not None
    unknown = replace(study, actors=study.actors.assign(kind="other"))
    with pytest.raises(MethodError, match="no actors on both ends of the path 'science'; kinds of its actors: other"):
        build_path_network(unknown, "science")


def test_one_field_and_some_years_are_kept() -> None:
    study = make_study()
    rice = select_study(study, field="Rice").records
    assert rice is not None
    assert set(rice["record"]) == {"a", "b", "c"}
    late = select_study(study, years=(2011, 2012)).records
    assert late is not None
    assert set(late["record"]) == {"d", "e", "f"}
    both = select_study(study, field="Wheat", years=(2011, 2011)).records
    assert both is not None
    assert set(both["record"]) == {"d", "e"}
    assert study.records is not None
    assert len(study.records) == 12  # untouched


def test_links_are_selected_too_and_rows_without_a_year_go() -> None:
    study = make_linked(year=[2010, None, 2012], field=["Rice", "Pig", "Rice"])
    kept = select_study(study, years=(2000, 2020)).links
    assert kept is not None
    assert kept["weight"].tolist() == [2, 4]
    kept = select_study(study, field="Pig").links
    assert kept is not None
    assert kept["weight"].tolist() == [1]


def test_a_table_that_cannot_be_narrowed_does_not_stand_in() -> None:
    study = replace(make_study(), links=make_linked().links)
    found = select_study(study, field="Rice")
    assert found.links is None
    assert found.records is not None


def test_a_selection_of_nothing_lists_what_there_is() -> None:
    with pytest.raises(MethodError, match="nothing of field Maize; there are: Pig, Rice, Wheat"):
        select_study(make_study(), field="Maize")
    with pytest.raises(MethodError, match="nothing of year 1990 - 1999; there are: 2010, 2011, 2012") as caught:
        select_study(make_study(), years=(1990, 1999))
    assert "没有年份为 1990—1999 的数据；现有：2010、2011、2012" in caught.value.describe("zh")
    with pytest.raises(MethodError, match="have a column 'field'"):
        select_study(make_linked(), field="Rice")


def test_all_paths_at_once_are_what_each_is_alone() -> None:
    study = make_study()
    networks = build_path_networks(study, counting="newman")
    assert list(networks) == list(PATHS)
    for path, network in networks.items():
        alone = build_path_network(study, path, counting="newman")
        assert dict(network.nodes(data=True)) == dict(alone.nodes(data=True))
        assert {(a, b): data for a, b, data in network.edges(data=True)} == {
            (a, b): data for a, b, data in alone.edges(data=True)
        }
        assert network.graph["path"] == path


def test_paths_without_actors_are_left_out_and_none_is_an_error() -> None:
    study = make_study()
    assert study.actors is not None
    academic = replace(study, actors=study.actors.replace({"kind": {"enterprise": "university"}}))
    assert list(build_path_networks(academic)) == ["science"]
    with pytest.raises(MethodError):
        build_path_networks(replace(study, actors=study.actors.assign(kind="government")))
