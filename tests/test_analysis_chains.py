"""Who stands in which stage, where the chain breaks, where it clogs, what a link would add: by hand."""

import numpy as np
import pandas as pd
import pytest
from chain_samples import SEEN, make_car_members, make_car_study

from analysis.chains.blockages import find_blockages, find_blockages_or_model
from analysis.chains.breakpoints import NO_ACTOR, NO_LINK, count_steps, find_breakpoints
from analysis.chains.chain import build_chain, list_chains, read_chain
from analysis.chains.chain_network import build_chain_network
from analysis.chains.members import ChainMembers, find_chain_members
from analysis.chains.presence import measure_presence, measure_stage_concentration
from analysis.chains.strengthen import rank_new_links
from regions import MethodError, load_study, open_years

PLACES = {code: [code] for code in "ABCD"}
NORTHEAST = {"Liaoning": "210000", "Jilin": "220000", "Heilongjiang": "230000"}


def list_rows(table: pd.DataFrame, *columns: str) -> list[list[object]]:
    found: list[list[object]] = table[list(columns)].to_numpy(dtype=object).tolist()
    return found


def test_stages_stand_behind_what_leads_to_them() -> None:
    rows = pd.DataFrame({"stage": ["car", "body", "parts", "ore"], "next": ["", "car", "body", "parts; body"]})
    chain = build_chain("car", rows)
    assert chain.stages == ("ore", "parts", "body", "car")
    assert (chain.firsts, chain.lasts) == (("ore",), ("car",))
    assert (chain.follow("ore"), chain.follow("parts")) == (("parts", "body"), ("body",))


def test_absent_stages_are_bridged() -> None:
    chain = build_chain("x", pd.DataFrame({"stage": list("abcde"), "next": ["b", "c;d", "e", "e", ""]}))
    assert chain.bridge(frozenset("abcde")) == chain.arcs
    assert chain.bridge(frozenset("ae")) == (("a", "e"),)
    assert set(chain.bridge(frozenset("ade"))) == {("a", "d"), ("a", "e"), ("d", "e")}
    assert chain.bridge(frozenset("cd")) == ()


def test_shares_of_industries_add_up() -> None:
    rows = pd.DataFrame({"stage": ["a", "b", "c"], "next": ["b", "c", ""], "industries": ["C1:0.6;C2", "C1;C2", "C1"]})
    shares = build_chain("x", rows).industries
    assert shares["a"] == {"C1": 0.6, "C2": 0.5}
    assert shares["b"] == {"C1": pytest.approx(0.2, rel=1e-12), "C2": 0.5}
    assert shares["c"] == {"C1": pytest.approx(0.2, rel=1e-12)}


def test_an_unknown_chain_is_refused_with_what_is_meant() -> None:
    study = make_car_study()
    assert list_chains(study) == ["car"]
    with pytest.raises(MethodError, match="no chain 'cars'") as error:
        read_chain(study, "cars")
    assert "car" in error.value.describe("zh")
    with pytest.raises(MethodError) as unknown:
        read_chain(load_study("china"), "不存在")
    assert "苹果、香蕉" in unknown.value.describe("zh")
    assert "Apple, Banana" in unknown.value.describe("en")
    with pytest.raises(MethodError, match="has no chains"):
        read_chain(make_car_study(chains=None, coverage=None), "car")


def test_members_by_stage_of_their_records() -> None:
    _, members = make_car_members()
    assert list_rows(members.table, "stage", "actor", "code", "strength") == [
        ["parts", "p1", "A", 2.0],
        ["parts", "p2", "B", 2.0],
        ["body", "b1", "A", 3.0],
        ["body", "b2", "B", 1.0],
        ["battery", "t1", "C", 1.0],
        ["car", "c1", "A", 2.0],
        ["car", "c2", "C", 1.0],
    ]
    assert list_rows(members.links, "source", "target", "weight") == [
        ["b1", "c1", 1.0],
        ["b1", "p1", 2.0],
        ["b2", "p2", 1.0],
        ["c2", "t1", 1.0],
    ]
    assert members.observed
    assert members.notes == ()


def test_a_row_of_two_stages_counts_half_in_each() -> None:
    records = pd.DataFrame({"record": ["r", "s"], "actor": ["p1", "b1"], "stage": ["parts;body", "polish; body"]})
    study, members = make_car_members(records=records)
    assert list_rows(members.table, "actor", "stage", "strength") == [
        ["p1", "parts", 0.5],
        ["b1", "body", 0.5],
        ["p1", "body", 0.5],
    ]
    assert [fault.code for fault in study.warnings if fault.code == "W-CHAIN"] == ["W-CHAIN"]


def test_members_by_industry_of_record_and_actor_with_shares() -> None:
    chains = pd.DataFrame(
        {
            "chain": "car",
            "stage": ["parts", "car"],
            "next": ["car", ""],
            "industries": ["C367;C36:0.25", "C361;C36:0.75"],
        }
    )
    actors = pd.DataFrame(
        {"id": ["a", "b", "c"], "name": ["a", "b", "c"], "region": ["A", "B", "C"], "industry": ["C36", "C361;Q80", ""]}
    )
    records = pd.DataFrame({"record": ["r", "r", "s"], "actor": ["a", "c", "c"], "industry": ["", "C367", ""]})
    _, members = make_car_members(chains=chains, actors=actors, records=records, coverage=None)
    assert list_rows(members.table, "actor", "stage", "strength", "basis") == [
        ["a", "parts", 0.25, "record"],
        ["c", "parts", 1.0, "record"],
        ["a", "car", 0.75, "record"],
        ["b", "car", 0.5, "industry"],
    ]
    assert list_rows(members.links, "source", "target", "weight") == [["a", "c", 1.0]]


def test_members_by_field_where_the_stages_have_different_ones() -> None:
    chains = pd.DataFrame(
        {"chain": "car", "stage": ["parts", "car"], "next": ["car", ""], "fields": ["steel;glass", "motor"]}
    )
    records = pd.DataFrame({"record": ["r", "s", "t"], "actor": ["p1", "c1", "c1"], "field": ["glass", "motor", "tea"]})
    _, members = make_car_members(chains=chains, records=records)
    assert list_rows(members.table, "actor", "stage", "strength") == [["p1", "parts", 1.0], ["c1", "car", 1.0]]


def test_a_field_that_all_stages_share_places_nobody_and_is_counted() -> None:
    chains = pd.DataFrame({"chain": "car", "stage": ["parts", "car"], "next": ["car", ""], "fields": "motor"})
    records = pd.DataFrame({"record": ["r", "s"], "actor": ["p1", "c1"], "field": ["motor", "motor"]})
    _, members = make_car_members(chains=chains, records=records)
    assert members.table.empty
    assert not members.observed
    assert [note.en for note in members.notes] == ["2 rows of its fields name no stage of the chain and count in none."]
    assert find_blockages(members).table.empty
    assert np.isnan(find_blockages(members).flow)


def test_only_some_kinds_and_actors_without_a_region() -> None:
    study = load_study("china")
    chain = read_chain(study, "Rice")
    kinds = set(find_chain_members(study, chain, kinds=["university"]).table["kind"])
    assert kinds == {"university"}
    actors = pd.DataFrame({"id": ["p1", "b1"], "name": ["p1", "b1"], "region": ["A", ""]})
    records = pd.DataFrame({"record": ["r", "r"], "actor": ["p1", "b1"], "stage": ["parts", "body"]})
    from_frames = make_car_study(actors=actors.iloc[:1], records=records.iloc[:1])
    assert len(find_chain_members(from_frames, read_chain(from_frames, "car")).table) == 1


def test_three_states() -> None:
    study, members = make_car_members()
    presence = measure_presence(study, members)
    states = {code: presence.table.xs(code)["state"] for code in "ABCD"}
    assert [states[code][["parts", "body", "battery", "car"]].tolist() for code in "ABCD"] == [
        ["present", "present", "absent", "present"],
        ["present", "present", "absent", "absent"],
        ["absent", "absent", "present", "present"],
        ["not covered"] * 4,
    ]
    assert presence.declared
    assert presence.table.loc[("B", "car"), ["absent", "absent_zh"]].tolist() == ["no listed firm", "无上市公司"]
    assert presence.table.loc[("D", "car"), "absent"] == ""
    assert presence.table.loc[("A", "parts"), "absent"] == ""


def test_nothing_is_absent_where_nothing_is_declared() -> None:
    study, members = make_car_members(coverage=None)
    presence = measure_presence(study, members)
    assert not presence.declared
    assert set(presence.table["state"]) == {"present", "not covered"}
    found = find_breakpoints(members, presence, PLACES)
    assert set(found["code"]) == {NO_LINK}


def test_coverage_by_stage_chain_and_kind() -> None:
    coverage = pd.DataFrame(
        {
            "source": ["a", "b", "c"],
            "stage": ["car", "", "body"],
            "chain": ["", "", "car"],
            "kind": ["", "university", ""],
        }
    )
    study, members = make_car_members(coverage=coverage)
    at_b = measure_presence(study, members).table.xs("D")
    assert at_b["state"].to_dict() == dict.fromkeys(("parts", "body", "battery", "car"), "absent")
    firms = measure_presence(study, members, kind="enterprise").table.xs("D")
    assert firms.loc["car", "absent_zh"] == "a中没有"
    assert firms["state"].to_dict() == {
        "parts": "not covered",
        "battery": "not covered",
        "body": "absent",
        "car": "absent",
    }


def test_strength_share_and_concentration() -> None:
    study, members = make_car_members()
    table = measure_presence(study, members).table
    assert table.loc[("A", "body"), ["actors", "strength", "linked", "share", "single"]].tolist() == [
        1,
        3.0,
        1,
        0.75,
        True,
    ]
    assert table["lq"].isna().all(), "fewer than three actors give no quotient"
    whole = measure_stage_concentration(members)
    assert whole.loc["body", ["actors", "regions", "top_actor"]].tolist() == [2, 2, "b1"]
    assert whole.loc["body", "herfindahl"] == pytest.approx((9 + 1) / 16, rel=1e-12)
    assert whole.loc["battery", ["herfindahl", "top_share"]].tolist() == [1.0, 1.0]


def test_location_quotient_of_activities() -> None:
    chains = pd.DataFrame(
        {"chain": "car", "stage": ["parts", "car"], "next": ["car", ""], "industries": ["C367", "C361"]}
    )
    activities = pd.DataFrame(
        {
            "code": ["A", "A", "B", "B", "A", "B", "A"],
            "industry": ["C367", "C361", "C367", "C361", "Q80", "Q80", "C367"],
            "year": [2020] * 6 + [2019],
            "value": [30.0, 1.0, 10.0, 0.0, 69.0, 90.0, 999.0],
        }
    )
    study, members = make_car_members(chains=chains, activities=activities, records=None, actors=None)
    table = measure_presence(study, members).table
    # parts: A has 30 of 40; of everything A has 100 of 200 in 2020
    assert table.loc[("A", "parts"), "share"] == 0.75
    assert table.loc[("A", "parts"), "lq"] == pytest.approx(1.5, rel=1e-12)
    assert table.loc[("B", "parts"), "lq"] == pytest.approx(0.5, rel=1e-12)
    assert np.isnan(table.loc[("A", "car"), "lq"]), "1 is too little to divide"
    assert table.xs("car", level="stage")["state"].to_dict() == {
        "A": "present",
        "B": "absent",
        "C": "absent",
        "D": "not covered",
    }
    assert table.loc[("B", "car"), "value"] == 0
    assert np.isnan(table.loc[("C", "car"), "value"]), "absent from the table is not 0"


def test_breakpoints_of_two_kinds() -> None:
    study, members = make_car_members()
    found = find_breakpoints(members, measure_presence(study, members), {**PLACES, "AB": ["A", "B"], "CD": ["C", "D"]})
    assert list_rows(found, "place", "stage", "next", "code", "unlinked") == [
        ["A", "battery", "", NO_ACTOR, 0],
        ["B", "battery", "", NO_ACTOR, 0],
        ["B", "car", "", NO_ACTOR, 0],
        ["B", "body", "car", NO_LINK, 1],
        ["C", "parts", "", NO_ACTOR, 0],
        ["C", "body", "", NO_ACTOR, 0],
        ["AB", "battery", "", NO_ACTOR, 0],
    ], "D was not looked at, and what C lacks D may have"


def test_steps_inside_and_elsewhere() -> None:
    _, members = make_car_members()
    steps = count_steps(members, {"A": ["A"], "AB": ["A", "B"], "C": ["C"]}).set_index(["place", "stage"])
    columns = ["actors", "linked_inside", "linked_elsewhere", "unlinked"]
    assert steps.loc[("AB", "body"), columns].tolist() == [2, 1, 0, 1]
    assert steps.loc[("A", "parts"), columns].tolist() == [1, 1, 0, 0]
    assert steps.loc[("C", "battery"), columns].tolist() == [1, 1, 0, 0]
    records = pd.DataFrame({"record": ["r", "r"], "actor": ["p1", "b2"], "stage": ["parts", "body"]})
    _, apart = make_car_members(records=records)
    assert count_steps(apart, {"A": ["A"]}).loc[0, columns].tolist() == [1, 0, 1, 0]


def test_an_actor_in_both_stages_is_linked_by_itself() -> None:
    records = pd.DataFrame({"record": ["r", "s", "s"], "actor": ["p1", "p1", "b2"], "stage": ["parts", "body", "body"]})
    _, members = make_car_members(records=records)
    assert count_steps(members, {"A": ["A"]}).loc[0, ["actors", "linked_inside"]].tolist() == [1, 1]
    assert find_blockages(members, ["A"]).flow == 1.0


@pytest.mark.parametrize(
    ("codes", "flow", "missing"),
    [
        (None, 2.0, ()),
        (["A"], 1.0, ("battery",)),
        (["B"], 1.0, ("battery", "car")),
        (["C"], 1.0, ("parts", "body")),
        (["A", "B"], 1.0, ("battery",)),
    ],
)
def test_flow_of_places(codes: list[str] | None, flow: float, missing: tuple[str, ...]) -> None:
    _, members = make_car_members()
    found = find_blockages(members, codes)
    assert (found.flow, found.missing, found.observed) == (flow, missing, True)


def test_blockages_and_losses_of_the_country() -> None:
    _, members = make_car_members()
    table = find_blockages(members).table
    stages = table[table["what"] == "stage"].set_index("stage")
    assert stages["lost"].to_dict() == {"parts": 1.0, "body": 1.0, "battery": 1.0, "car": 2.0}
    assert stages["capacity"].to_dict() == {"parts": 4.0, "body": 4.0, "battery": 1.0, "car": 3.0}
    assert list_rows(table[table["what"] == "link"], "stage", "next", "actor", "partner", "capacity") == [
        ["body", "car", "b1", "c1", 1.0]
    ]
    regions = table[table["what"] == "region"].set_index("code")
    assert regions["lost_share"].to_dict() == {"A": 0.5, "C": 0.5, "B": 0.0}
    actors = table[table["what"] == "actor"].set_index("actor")
    assert actors["in_cut"].to_dict() == {"p1": False, "b1": False, "t1": True, "c1": False} | (
        {"c2": False} if "c2" in actors.index else {}
    )
    assert actors.loc["b1", "lost"] == 1.0


def test_a_modelled_flow_says_so_and_links_everybody() -> None:
    _, members = make_car_members()
    found = find_blockages(members, modelled=True)
    # parts 4 -> body 4, with battery 1 -> car 3
    assert (found.flow, found.observed) == (3.0, False)
    stages = found.table[found.table["what"] == "stage"].set_index("stage")
    assert stages["lost"].to_dict() == {"parts": 2.0, "body": 2.0, "battery": 0.0, "car": 3.0}
    assert not (found.table["what"] == "link").any()
    assert not build_chain_network(members, modelled=True).observed
    assert rank_new_links(make_unlinked()).empty


def make_unlinked() -> ChainMembers:
    records = pd.DataFrame({"record": ["r", "s"], "actor": ["p1", "b1"], "stage": ["parts", "body"]})
    members = make_car_members(records=records)[1]
    assert not members.observed
    assert find_blockages(members).flow == 1.0
    return members


def test_a_flow_is_modelled_only_where_no_observed_one_leads_through() -> None:
    _, members = make_car_members()
    found, observed = find_blockages_or_model(members)
    assert (found.flow, found.observed, observed) == (2.0, True, 2.0)
    pd.testing.assert_frame_equal(found.table, find_blockages(members).table)
    # with the link of b2 to p2 alone nothing reaches a car: modelled, parts 4 and battery 1 lead to car 3
    object.__setattr__(members, "links", members.links[members.links["source"] == "b2"])
    found, observed = find_blockages_or_model(members)
    assert (found.flow, found.observed, observed) == (3.0, False, 0.0)
    found, observed = find_blockages_or_model(make_unlinked())
    assert not found.observed
    assert np.isnan(observed)


def test_new_links_and_what_they_add() -> None:
    _, members = make_car_members()
    assert list_rows(rank_new_links(members), "stage", "next", "source", "target", "gain", "most") == [
        ["body", "car", "b2", "c1", 1.0, 1.0]
    ]
    assert rank_new_links(members, ["C"]).empty


def test_the_gain_of_a_link_is_what_the_flow_then_has() -> None:
    study = load_study("china")
    members = find_chain_members(study, read_chain(study, "Soybean"))
    before = find_blockages(members).flow
    best = rank_new_links(members).iloc[0]
    row = pd.DataFrame(
        {"source": [min(best["source"], best["target"])], "target": [max(best["source"], best["target"])]}
    )
    object.__setattr__(members, "links", pd.concat([members.links, row.assign(weight=1.0)], ignore_index=True))
    assert find_blockages(members).flow == pytest.approx(before + best["gain"], rel=1e-9)


def test_the_northeast_has_the_stages_of_the_notices() -> None:
    study = load_study("china")
    found = {}
    for name in ("Rice", "Maize", "Soybean"):
        table = measure_presence(study, find_chain_members(study, read_chain(study, name))).table
        found[name] = [int((table.xs(code)["state"] == "present").sum()) for code in NORTHEAST.values()]
        assert {table.loc[(code, "economics"), "state"] for code in NORTHEAST.values()} == {"absent"}
    assert found == {"Rice": [3, 3, 3], "Maize": [0, 4, 2], "Soybean": [1, 4, 6]}


def test_years_set_aside_and_opened_give_the_same_actors() -> None:
    study = load_study("china")
    one, other = (find_chain_members(each, read_chain(study, "Rice")).table for each in (study, open_years(study)))
    assert one[["actor", "stage"]].equals(other[["actor", "stage"]])
    assert (one["strength"] <= other["strength"]).all(), "additions count an actor once where it was not yet"


def test_what_stands_beside_maize_in_liaoning() -> None:
    study = load_study("china")
    members = find_chain_members(study, read_chain(study, "玉米"))
    shown = members.beside[members.beside["code"] == "210000"].set_index("stage")["value"].to_dict()
    assert shown == {"breeding": 4, "cultivation": 3}
    assert members.regional.empty


def test_seen_regions_are_those_declared() -> None:
    study = make_car_study()
    assert study.coverage is not None
    assert tuple(study.coverage["region"]) == SEEN
