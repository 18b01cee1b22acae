"""What the page of a study can show by itself: its years, and parts of its links."""

from dataclasses import replace

import pandas as pd
import pytest

import analysis
import regions
from regionet.steps.page_layers import MOST_ACTORS, build_actor_layers
from regionet.steps.page_parts import list_page_parts
from regionet.steps.page_years import find_page_years
from regionet.steps.pipeline import Findings


def find_all(name: str) -> Findings:
    study = regions.load_study(name)
    network = analysis.build_network(study)
    return Findings(study, network, analysis.measure_centrality(network), None, ())


def test_paths_and_fields_of_the_provinces() -> None:
    findings = find_all("china")
    parts = list_page_parts(findings)
    assert [part.key for part in parts if part.sort == "path"] == ["science", "science-industry"]  # no industry alone
    fields = [part for part in parts if part.sort == "field"]
    assert len(fields) == 40
    assert fields[0].key == "Staple vegetables"
    total = findings.network.size(weight="weight")
    assert sum(part.network.size(weight="weight") for part in parts if part.sort == "path") <= total
    assert all(0 < part.network.size(weight="weight") < total for part in parts)


def test_a_study_without_kinds_and_fields_has_no_parts() -> None:
    findings = find_all("china")
    assert findings.study.records is not None
    bare = replace(findings.study, records=findings.study.records.drop(columns="field"), actors=None)
    assert [part.sort for part in list_page_parts(replace(findings, study=bare))] == []


def test_kinds_of_records_are_parts_and_one_kind_alone_is_none() -> None:
    findings = find_all("china")
    records = findings.study.records
    assert records is not None
    assert set(records["kind"]) == {"consortium"}
    assert not [part for part in list_page_parts(findings) if part.sort == "kind"]
    first = records["record"].isin(records["record"].drop_duplicates().head(100))
    study = replace(findings.study, records=records.assign(kind=first.map({True: "patent", False: "调研"})))
    parts = [part for part in list_page_parts(replace(findings, study=study)) if part.sort == "kind"]
    assert [(part.key, part.title.zh) for part in parts] == [("调研", "调研"), ("patent", "专利")]
    total = findings.network.size(weight="weight")
    assert sum(part.network.size(weight="weight") for part in parts) == pytest.approx(total, rel=1e-9)


def test_actors_with_coordinates_are_points_by_kind_and_the_others_are_counted() -> None:
    study = find_all("china").study
    assert study.actors is not None
    assert build_actor_layers(study, "zh") == ((), None)
    actors = study.actors.head(5).assign(
        lon=[116.4, None, 118.8, 120.2, 121.5], lat=[39.9, 30.0, 32.1, 30.3, 31.2],
        kind=["university", "university", "enterprise", "person", "university"], name_zh=["甲", "乙", "丙", "", "戊"],
    )  # fmt: skip
    layers, said = build_actor_layers(replace(study, actors=actors), "zh")
    assert [(layer.key, layer.title.zh, len(list(layer.list_features()))) for layer in layers] == [
        ("actors_university", "高校", 2),
        ("actors_enterprise", "企业", 1),
        ("actors_other", "其他", 1),
    ]
    texts = [text for layer in layers for _, _, text in layer.list_features()]
    assert {"甲", "丙", "戊", actors["name"].iloc[3]} == set(texts)
    assert all(layer.shown for layer in layers)
    assert not [fault for layer in layers for fault in layer.list_faults()]
    assert said is not None
    assert said.en.startswith("4 actor(s) stand at their own coordinates; 1 have none")
    many = pd.concat([actors.iloc[[0]]] * (MOST_ACTORS + 3), ignore_index=True)
    layers, said = build_actor_layers(replace(study, actors=many, records=None), "en")
    assert said is not None
    assert "3 more are left out" in said.en
    assert not any(layer.shown for layer in layers)


def test_years_are_those_of_every_roster_and_the_first_counts() -> None:
    years, notes = find_page_years(find_all("china"))
    assert years is not None
    assert sorted(years.networks) == [2011, 2017, 2019]
    assert years.counted == (2011, 2011)
    assert [round(years.networks[year].size(weight="weight")) for year in (2011, 2017, 2019)] == [1844, 784, 170]
    assert years.gaps is not None
    assert years.event == 1
    assert "2011, 2017, 2019" in notes[0].en
    assert years.borders is not None
    assert years.borders["year"].tolist() == [2011, 2017, 2019]
    border = years.borders.set_index("year").loc[2011]  # the price that the register of that year tells
    assert border["percent"] == pytest.approx(19, abs=1)
    assert border["percent_low"] < 0 < border["percent_high"]
    assert set(years.communities) == {2011, 2017, 2019}
    assert "betweenness" in years.scores[2017]


def test_a_study_of_one_year_has_none() -> None:
    findings = find_all("china")
    assert find_page_years(replace(findings, study=replace(findings.study, other_years={}))) == (None, ())
