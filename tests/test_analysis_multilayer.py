import dataclasses
from typing import Any

import pandas as pd
import pytest

from analysis.networks.multilayer import PATHS, build_actor_network, build_layers, select_records, stack_tables
from analysis.networks.network import build_network
from analysis.roles.brokerage import measure_brokerage
from analysis.roles.unit_groups import OUTSIDE, UNKNOWN, assign_groups, list_groupings
from analysis.scores.centrality import measure_centrality
from regions import MethodError, load_study, open_years
from regions.study import Study
from regions.words import Words


def build_study() -> Study:
    """Three regions; university u and firm f in A, institute i and firm g in B, ministry m in C; two records."""
    names = ["A", "B", "C"]
    blank: dict[str, Any] = dict.fromkeys(["lon", "lat", "capital_lon", "capital_lat"], 0.0)
    regions = pd.DataFrame(
        {"name": names, "name_zh": names, "level": "province", "parent": "", "belt": ["east", "east", ""], **blank},
        index=pd.Index(names, name="code"),
    )
    actors = pd.DataFrame(
        {
            "name": list("ufigm"),
            "name_zh": list("ufigm"),
            "kind": ["university", "enterprise", "institute", "enterprise", "government"],
            "region": ["A", "A", "B", "B", "C"],
        },
        index=pd.Index(list("ufigm"), name="id"),
    )
    rows = [("r1", actor, 2020, "patent", "chips") for actor in "ufig"]
    rows += [("r2", actor, 2021, "paper", "wheat") for actor in "uim"]
    records = pd.DataFrame(rows, columns=["record", "actor", "year", "kind", "field"])
    units = pd.Series(names, index=names)
    return Study("tiny", Words("Tiny", "小"), regions, regions.iloc[:0], units, actors=actors, records=records)


def list_weights(network: Any) -> dict[tuple[str, str], float]:
    return {(a, b): w for a, b, w in network.edges(data="weight")}


def test_paths_by_hand() -> None:
    """In r1: u-i science; f-g industry; u-g, f-i and at home u-f, i-g across. In r2: u-i; what m has is other."""
    layers = build_layers(build_study(), "path")
    assert tuple(layers) == PATHS
    assert list_weights(layers["science"]) == {("A", "B"): 2}
    assert list_weights(layers["industry"]) == {("A", "B"): 1}
    assert list_weights(layers["science-industry"]) == {("A", "B"): 2}
    assert list_weights(layers["other"]) == {("A", "C"): 1, ("B", "C"): 1}
    assert layers["science-industry"].nodes["A"]["internal"] == 1
    assert layers["industry"].graph["layer"] == "industry"
    assert layers["industry"].graph["counting"] == "full"


def test_a_record_of_thousands_is_added_up_by_side_and_region() -> None:
    """3,000 universities in A and 2,000 firms in B: six million ties in one cell, and 4,498,500 at home in A."""
    study = build_study()
    assert study.actors is not None
    kinds = ["university"] * 3000 + ["enterprise"] * 2000
    ids = [f"x{i}" for i in range(5000)]
    facts = {"name": ids, "name_zh": ids, "kind": kinds, "region": ["A"] * 3000 + ["B"] * 2000}
    actors = pd.DataFrame(facts, index=pd.Index(ids, name="id"))
    layers = build_layers(
        dataclasses.replace(study, actors=actors, records=pd.DataFrame({"record": "huge", "actor": ids})), "path"
    )
    assert layers["science-industry"].edges["A", "B"]["count"] == 6_000_000
    assert layers["science"].nodes["A"]["internal"] == 3000 * 2999 / 2
    assert layers["industry"].nodes["B"]["internal"] == 2000 * 1999 / 2
    assert not layers["other"].edges


def test_columns_by_hand() -> None:
    study = build_study()
    assert list_weights(build_layers(study, "year")[2020]) == {("A", "B"): 4}
    assert list(build_layers(study, "kind")) == ["paper", "patent"]
    assert list_weights(build_layers(study, "field")["wheat"]) == {("A", "B"): 1, ("A", "C"): 1, ("B", "C"): 1}
    assert [len(layer) for layer in build_layers(study, "kind").values()] == [3, 3]  # isolates stay


@pytest.mark.parametrize("counting", ["full", "newman", "pair"])
@pytest.mark.parametrize("by", ["path", "field", "kind", "year"])
def test_layers_add_up_to_the_whole(by: Any, counting: Any) -> None:
    study = open_years(load_study("china"))
    whole = build_network(study, counting)
    total: dict[frozenset[str], float] = {}
    for layer in build_layers(study, by, counting=counting).values():
        for a, b, weight in layer.edges(data="weight"):
            total[frozenset((a, b))] = total.get(frozenset((a, b)), 0.0) + weight
    assert {frozenset(pair) for pair in whole.edges} == set(total)
    assert all(total[frozenset((a, b))] == pytest.approx(w, rel=1e-9) for a, b, w in whole.edges(data="weight"))


def test_selection() -> None:
    study = build_study()
    chosen = select_records(study, kinds=["patent"], years=(2019, 2020))
    assert chosen.records is not None
    assert chosen.records["record"].unique().tolist() == ["r1"]
    assert study.records is not None
    assert len(study.records) == 7  # the study itself is left alone
    empty = select_records(study, fields=["rice"])
    assert build_network(empty).number_of_edges() == 0


def test_links_are_selected_too() -> None:
    links = pd.DataFrame({"source": "A", "target": ["B", "C"], "weight": 1.0, "year": pd.array([2020, None], "Int64")})
    study = dataclasses.replace(build_study(), links=links)
    layers = build_layers(study, "year")
    assert list(layers) == [2020]
    assert list_weights(layers[2020]) == {("A", "B"): 1}
    with pytest.raises(MethodError, match="no column 'field'"):
        build_layers(study, "field")


def test_scores_of_layers_stand_in_one_table() -> None:
    layers = build_layers(build_study(), "year")
    table = stack_tables({name: measure_centrality(layer) for name, layer in layers.items()})
    assert table.index.names == ["layer", "code"]
    assert table["strength"].tolist() == [4, 4, 0, 2, 2, 2]
    assert stack_tables({}).empty


def test_actors_and_their_brokerage_between_kinds() -> None:
    network = build_actor_network(build_study())
    assert list(network) == list("ufigm")
    assert network.nodes["m"]["kind"] == "government"
    assert network["u"]["i"]["weight"] == 2
    assert network.number_of_edges() == 6 + 2
    found = measure_brokerage(network, pd.Series(dict(network.nodes(data="kind"))), permutations=0).nodes
    # u joins f and g to m, both ways: enterprise - university - government.
    assert found["liaison"].to_dict() == {"u": 4, "f": 0, "i": 4, "g": 0, "m": 0}


def test_wrong_layers() -> None:
    study = build_study()
    with pytest.raises(MethodError, match="layers go by"):
        build_layers(study, "mood")  # type: ignore[arg-type]
    bare = dataclasses.replace(study, records=None)
    chosen: list[Any] = ["path", "kind"]
    for by in chosen:
        with pytest.raises(MethodError, match="records"):
            build_layers(bare, by)
    with pytest.raises(MethodError, match="neither records nor links"):
        select_records(bare)
    with pytest.raises(MethodError, match="no records"):
        build_actor_network(bare)


def test_groups_by_column_or_named_set() -> None:
    groups = pd.DataFrame({"group": ["ring", "ring", "plain"], "code": ["A", "B", "C"], "role": ["core", "member", ""]})
    study = dataclasses.replace(build_study(), groups=groups)
    assert assign_groups(study, "belt").tolist() == ["east", "east", UNKNOWN]
    assert assign_groups(study, "ring").tolist() == ["core", "ring", OUTSIDE]
    assert assign_groups(study, "plain").tolist() == [OUTSIDE, OUTSIDE, "plain"]
    assert list_groupings(study) == ["belt", "plain", "ring"]
    with pytest.raises(MethodError, match="there are: belt, plain, ring"):
        assign_groups(study, "circle")


def test_groups_of_china() -> None:
    study = load_study("china")
    regions = assign_groups(study, "macro_region")
    assert len(regions) == 31
    assert regions.nunique() > 3
    belt = assign_groups(study, "yangtze-economic-belt")
    assert (belt != OUTSIDE).sum() == 11
