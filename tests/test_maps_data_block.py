"""The data block of the page."""

import math
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from maps_sample import build_gaps, build_network, build_scores, build_study

from analysis import list_measures
from maps.page.basemap import Basemap, build_basemap
from maps.page.data_block import PageOptions, build_payload, measure_strength, tidy
from maps.words.page_text import UI, label_score, select_texts
from maps.words.scorecard_text import SCORECARD_TEXT
from regions import Fault, MethodError, Study
from regions.words import Words


@pytest.fixture
def study() -> Study:
    return build_study()


@pytest.fixture
def ground(study: Study) -> Basemap:
    return build_basemap(study)


def test_strength_by_hand(study: Study) -> None:
    strength = measure_strength(build_network(study))
    assert list(strength.values()) == [17.0, 20.0, 4.0, 9.0, 9.0, 1.0]


def test_strength_of_directed_links_counts_both_ends() -> None:
    network: nx.Graph = nx.DiGraph()
    network.add_edge("a", "b", weight=2.0)
    network.add_edge("b", "a", weight=3.0)
    network.add_edge("a", "a", weight=100.0)  # inside the region
    network.add_edge("a", "c")  # no weight counts one
    assert measure_strength(network) == {"a": 6.0, "b": 5.0, "c": 1.0}


def test_tidy_numbers() -> None:
    values = [1.0, 0.1234567891, math.nan, math.inf, None, pd.NA, np.int64(7), 1234567.8, True]
    assert tidy(values) == [1, 0.123457, None, None, None, None, 7, 1234568, 1]
    assert [type(value) for value in tidy([1.0, 0.5])] == [int, float]


def test_links_are_sorted_by_weight(study: Study, ground: Basemap) -> None:
    links = build_payload(study, build_network(study), ground)["links"]
    assert links == {"source": [0, 3, 1, 0], "target": [1, 4, 2, 5], "weight": [16, 9, 4, 1]}


def test_order_of_the_network_does_not_matter(study: Study, ground: Basemap) -> None:
    network = build_network(study)
    turned: nx.Graph = nx.Graph(**network.graph)
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    turned.add_edges_from(reversed(list(network.edges(data=True))))
    one, other = (build_payload(study, each, ground) for each in (network, turned))
    assert one["regions"] == other["regions"]
    assert one["links"]["weight"] == other["links"]["weight"]
    ends = [
        {frozenset(pair) for pair in zip(p["links"]["source"], p["links"]["target"], strict=True)} for p in (one, other)
    ]
    assert ends[0] == ends[1]


def test_regions_carry_names_points_and_weights(study: Study, ground: Basemap) -> None:
    regions = build_payload(study, build_network(study), ground)["regions"]
    assert regions["code"] == ["R00", "R01", "R02", "R03", "R04", "R05"]
    assert regions["zh"][1] == "贝市"
    assert regions["en"][1] == "Beta"
    assert regions["strength"] == [17, 20, 4, 9, 9, 1]
    assert regions["internal"] == [2] * 6
    assert regions["shape"] == [None] * 6
    assert regions["short"] == [[5, 2], [4, 2], [5, 2], [5, 2], [7, 2], [4, 2]]  # 阿 would be too short
    assert regions["point"][0] is not None


def test_region_outside_the_network_has_no_value(study: Study, ground: Basemap) -> None:
    network = build_network(study)
    network.remove_node("R02")
    regions = build_payload(study, network, ground)["regions"]
    assert regions["strength"][2] is None  # absent is not zero


def test_default_scores_come_from_the_network(study: Study, ground: Basemap) -> None:
    scores = build_payload(study, build_network(study), ground)["scores"]
    assert [score["key"] for score in scores] == ["strength", "degree"]
    assert scores[1]["values"] == [2, 2, 1, 1, 1, 1]


def test_numeric_scores_only_and_strength_first(study: Study, ground: Basemap) -> None:
    scores = build_payload(study, build_network(study), ground, tables=(build_scores(study), None))["scores"]
    assert [score["key"] for score in scores] == ["strength", "pagerank", "novelty"]
    assert scores[0]["label"] == ["Strength", "联系强度"]
    assert scores[2]["label"] == ["novelty", "novelty"]
    assert scores[2]["values"][0] is None
    assert scores[2]["breaks"] == [0.25, 0.5, 0.75, 1, 1.25]


def test_scores_in_another_order_or_incomplete(study: Study, ground: Basemap) -> None:
    table = build_scores(study).iloc[::-1].drop("R04")
    scores = build_payload(study, build_network(study), ground, tables=(table, None))["scores"]
    assert scores[0]["values"] == [0, 1, 4, 9, None, 25]


def test_classes_of_a_score_with_a_sign_part_at_zero(study: Study, ground: Basemap) -> None:
    net = pd.DataFrame({"net": [-40, -20, -1, 5, 10, 80.0], "gain": [0, 1, 2, 3, 4, 5.0]}, index=study.regions.index)
    scores = build_payload(study, build_network(study), ground, tables=(net, None))["scores"]
    assert scores[0]["breaks"] == [-40, -20, -1, 5, 10, 80]  # six classes, three on each side
    assert scores[1]["breaks"] == [0, 1, 2, 3, 4]  # five


def test_breaks_are_among_the_rounded_values(study: Study, ground: Basemap) -> None:
    table = pd.DataFrame({"x": [1 / 3 + place for place in range(6)]}, index=study.regions.index)
    score = build_payload(study, build_network(study), ground, tables=(table, None))["scores"][0]
    assert set(score["breaks"]) <= set(score["values"])


def test_gaps_by_number_of_region(study: Study, ground: Basemap) -> None:
    gaps = build_payload(study, build_network(study), ground, tables=(None, build_gaps()))["gaps"]
    assert gaps["all"] == 3
    assert gaps["significant"] == 0
    assert gaps["model"] is None
    assert gaps["rows"]["source"] == [2, 4, 0]
    assert gaps["rows"]["gap"] == [5.5, 2.25, -8]
    assert gaps["rows"]["grade"] == ["moderate", "weak", "none"]


def test_gaps_listed_are_the_first_ones(study: Study, ground: Basemap) -> None:
    options = PageOptions(gaps_listed=1)
    gaps = build_payload(study, build_network(study), ground, tables=(None, build_gaps()), options=options)["gaps"]
    assert gaps["all"] == 3
    assert gaps["listed"] == 1
    assert gaps["rows"]["target"] == [3, 5]  # the largest of R04 and of R05 is carried besides
    assert gaps["rows"]["rank"] == [1, 2]


def test_significant_gaps_are_counted_in_the_whole_table(study: Study, ground: Basemap) -> None:
    table = build_gaps().assign(q=[0.5, 0.04, 0.05])
    options = PageOptions(gaps_listed=1)
    gaps = build_payload(study, build_network(study), ground, tables=(None, table), options=options)["gaps"]
    assert gaps["significant"] == 1


def test_bare_gaps_are_enough(study: Study, ground: Basemap) -> None:
    table = build_gaps()[["source", "target", "observed", "expected", "gap"]]
    gaps = build_payload(study, build_network(study), ground, tables=(None, table))["gaps"]
    assert gaps["significant"] is None
    assert sorted(gaps["rows"]) == ["expected", "gap", "grade", "observed", "rank", "source", "target"]


def test_unknown_regions_are_named(study: Study, ground: Basemap) -> None:
    network = build_network(study)
    stranger = build_network(study)
    stranger.add_node("X9")
    scores = build_scores(study).rename(index={"R01": "X8"})
    gaps = build_gaps().replace("R05", "X7")
    with pytest.raises(MethodError, match=r"network.*X9"):
        build_payload(study, stranger, ground)
    with pytest.raises(MethodError, match=r"scores.*X8"):
        build_payload(study, network, ground, tables=(scores, None))
    with pytest.raises(MethodError, match=r"gaps.*X7"):
        build_payload(study, network, ground, tables=(None, gaps))


def test_notes_limits_and_warnings(study: Study, ground: Basemap) -> None:
    fault = Fault("W-X", "links.csv", "odd", "奇怪", row=3)
    options = PageOptions(
        title=Words("My title", "我的标题"), review_number="GS 1", notes=(Words("rho is assumed", "ρ 为假设"),)
    )
    payload = build_payload(replace(study, warnings=(fault,)), build_network(study), ground, options=options)
    assert payload["title"] == ["My title", "我的标题"]
    assert payload["limits"] == [["Made up for tests.", "测试用的虚构数据。"], ["Few regions.", "地区很少。"]]
    assert payload["warnings"] == [["links.csv, line 3: odd", "links.csv 第 3 行：奇怪"]]
    assert payload["review"] == "GS 1"
    assert payload["notes"] == [["rho is assumed", "ρ 为假设"]]
    assert payload["modelled"] is False


def test_indicator_is_named_with_its_unit(study: Study, ground: Basemap) -> None:
    words = pd.DataFrame(
        {"description": ["R&D", ""], "description_zh": ["", ""], "unit": ["CNY", None], "unit_zh": ["元", ""]},
        index=["a", "b"],
    )
    found = []
    for indicator in ("a", "b", "c", None):
        named = replace(study, indicator=indicator, dictionary=words)
        found.append(build_payload(named, build_network(study), ground)["indicator"])
    assert found == [
        {"names": ["R&D", "R&D"], "unit": ["CNY", "元"]},
        {"names": ["b", "b"], "unit": ["", ""]},
        None,
        None,
    ]
    assert build_payload(replace(study, indicator="a"), build_network(study), ground)["indicator"] is None


def test_no_review_number_of_ours(study: Study, ground: Basemap) -> None:
    assert build_payload(study, build_network(study), ground)["review"] == ""


def test_group_is_the_parent_or_the_region_itself_beside_parents(study: Study, ground: Basemap) -> None:
    table = study.regions.assign(parent=["P", "P", "Q", "C", "", "C"])
    above = study.regions.iloc[:2].set_axis(["P", "Q"]).assign(parent="C", name="Upper", name_zh="上级")
    payload = build_payload(replace(study, regions=table, surroundings=above), build_network(study), ground)
    assert payload["regions"]["group"] == ["P", "P", "Q", "R03", "", "R05"]
    assert payload["parents"] == {"P": ["Upper", "上级"], "Q": ["Upper", "上级"]}


def test_a_page_carries_the_words_of_its_tabs(study: Study, ground: Basemap) -> None:
    text: dict[str, Any] = build_payload(study, build_network(study), ground)["text"]
    assert text.keys() == {key for key in UI if not key.startswith(("chain_", "spill_", "curve"))}
    with_all = select_texts({"chains", "spillover", "scorecard", "years"})
    assert with_all == UI | SCORECARD_TEXT
    assert "chain_pick" in with_all.keys() - text.keys()


def test_every_word_is_in_both_languages() -> None:
    for key, (english, chinese) in (UI | SCORECARD_TEXT).items():
        assert english, key
        assert chinese, key
        holes = [sorted(part.split("}")[0] for part in words.split("{")[1:]) for words in (english, chinese)]
        assert holes[0] == holes[1], key


def test_every_known_score_has_words() -> None:
    columns = [column for measure in list_measures() for column in measure.columns]
    assert len(columns) > 25
    for column in columns:
        assert all([*column.label, *column.meaning]), column
        assert label_score(column.name) == (column.label, column.meaning, column.form)
    assert label_score("unheard_of").label == ("unheard_of", "unheard_of")


def test_the_text_on_boundaries_is_that_of_the_study(ground: Basemap, study: Study) -> None:
    text = build_payload(study, build_network(study), ground)["text"]["schematic"]
    assert text == list(UI["schematic_bare"])
