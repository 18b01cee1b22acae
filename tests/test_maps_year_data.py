"""The years of a page as its data block holds them."""

import networkx as nx
import pandas as pd
import pytest
from maps_sample import build_network, build_study

from maps import PageOptions, build_page
from maps.page import year_data
from maps.page.year_data import PageYears, list_year_data
from regions.errors import MethodError

UNITS = ["R00", "R01", "R02", "R03", "R04", "R05"]


def build_year(*edges: tuple[str, str, float], directed: bool = False) -> "nx.Graph[str]":
    network: nx.Graph[str] = nx.DiGraph() if directed else nx.Graph()
    network.add_nodes_from(UNITS)
    network.add_weighted_edges_from(edges)
    return network


def build_register() -> pd.DataFrame:
    """Two pairs over two years: R02-R03 a gap in both, R04-R05 a gap in the second; R00-R01 never; R04-R05 unjudged."""
    rows = [
        (2020, "R02", "R03", 0.0, 5.514, "moderate", 3.0, 0.0041),
        (2020, "R00", "R01", 9.0, 8.0, "none", 0.0, 0.9),
        (2021, "R02", "R03", 1.0, 6.0, "weak", 2.0, 0.2),
        (2021, "R04", "R05", 1.0, 7.0, "strong", 5.0, 0.00012),
        (2021, "R00", "R01", 9.0, 8.0, "none", 0.0, 0.9),
    ]
    names = ["year", "source", "target", "observed", "expected", "grade", "priority", "p"]
    return pd.DataFrame(rows, columns=names).assign(
        low=1.0, high=12.0, shrunken_ratio=0.456, shortfall_probability=0.971
    )


def build_years(**more: object) -> PageYears:
    networks = {
        2021: build_year(("R01", "R00", 2.5), ("R04", "R05", 1.0)),
        2020: build_year(("R00", "R01", 4.0), ("R03", "R03", 7.0)),
    }
    return PageYears(networks, (2020, 2021), **{"gaps": build_register(), **more})  # type: ignore[arg-type]


def test_links_of_each_year_are_steps_from_pair_to_pair() -> None:  # and R03 has no link to itself
    found = list_year_data(build_years(), UNITS)
    assert found["list"] == [2020, 2021]
    assert found["counted"] == [0, 1]
    assert list(zip(found["source"], found["target"], strict=True)) == [(0, 1), (2, 3), (4, 5)]
    assert found["links"] == [
        {"at": [0], "weight": [4]},
        {"at": [0, 2], "weight": [2.5, 1]},
    ]


def test_both_directions_stay_apart() -> None:
    networks = {year: build_year(("R01", "R00", 1.0), ("R00", "R01", 3.0), directed=True) for year in (2020, 2021)}
    found = list_year_data(PageYears(networks, (2021, 2021)), UNITS)
    assert found["directed"]
    assert (found["source"], found["target"]) == ([0, 1], [1, 0])
    assert found["links"][0] == {"at": [0, 1], "weight": [3, 1]}
    assert (found["counted"], found["gaps"]) == ([1, 1], None)


def test_gaps_are_of_pairs_that_have_evidence_in_some_year() -> None:
    gaps = list_year_data(build_years(), UNITS)["gaps"]
    assert gaps["pairs"] == [2, 1]  # the largest priority first: R04-R05, R02-R03
    assert gaps["all"] == 2
    assert gaps["judged"] == [2, 3]
    assert gaps["expected"] == [[None, 7], [5.51, 6]]  # not judged is not 0
    assert gaps["grade"] == ["-s", "mw"]
    assert gaps["detail"]["p"] == [0.00012, 0.0041, 0.2]
    assert gaps["detail"]["shrunken_ratio"] == [0.46] * 3


def test_only_so_many_pairs_are_carried_and_all_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(year_data, "CARRIED", 1)
    gaps = list_year_data(build_years(), UNITS)["gaps"]
    assert (gaps["pairs"], gaps["all"], gaps["grade"]) == ([1], 2, ["-s"])


def test_scores_are_those_that_every_year_has() -> None:
    first = pd.DataFrame({"strength": 1.0, "closeness": [0.123456, *[1.0] * 5], "rare": 1.0}, index=UNITS)
    second = pd.DataFrame({"closeness": [float("nan"), *[2.0] * 5]}, index=UNITS)
    scores = list_year_data(build_years(scores={2020: first, 2021: second}), UNITS)["scores"]
    assert list(scores) == ["closeness"]
    assert scores["closeness"] == [[1, [0], [0.1235]], [2, [0], [None]]]
    assert list_year_data(build_years(scores={2020: first}), UNITS)["scores"] == {}


def test_the_value_of_most_is_written_once_and_the_others_by_steps() -> None:
    known = pd.DataFrame({"closeness": [float("nan"), float("nan"), 3.0, float("nan"), 4.0, 5.0]}, index=UNITS)
    empty = pd.DataFrame({"closeness": [float("nan")] * 6}, index=UNITS)
    scores = list_year_data(build_years(scores={2020: known, 2021: empty}), UNITS)["scores"]
    assert scores["closeness"] == [[None, None, 3, None, 4, 5], [None, [], []]]  # half are not more than half
    most = known.assign(closeness=[7.0, 7.0, 3.0, 7.0, 7.0, 5.0])
    scores = list_year_data(build_years(scores={2020: most, 2021: empty}), UNITS)["scores"]
    assert scores["closeness"][0] == [7, [2, 3], [3, 5]]


def test_what_cannot_be_shown_is_refused_all_at_once() -> None:
    with pytest.raises(MethodError, match=r"two years.*none of the years.*no column grade, priority"):
        PageYears({2020: build_year()}, (2000, 2001), gaps=build_register().drop(columns=["grade", "priority"]))
    with pytest.raises(MethodError, match="network of 2020"):
        list_year_data(build_years(), UNITS[1:])
    stranger = build_register().replace({"R03": "X"})
    with pytest.raises(MethodError, match="register by year has 1 region"):
        list_year_data(build_years(gaps=stranger), UNITS)


def test_a_page_without_years_carries_none() -> None:
    study = build_study()
    assert '"years":null' in build_page(study, build_network(study)).html
    html = build_page(study, build_network(study), options=PageOptions(years=build_years())).html
    assert '"years":{"list":[2020,2021]' in html


def test_prices_of_borders_and_communities_stand_year_by_year() -> None:
    rows = [(2021, "different_parent", "Other province", "不同省份", -25.0, -37.04321, -11.0)]
    names = ["year", "barrier", "name", "name_zh", "percent", "percent_low", "percent_high"]
    found = list_year_data(
        build_years(borders=pd.DataFrame(rows, columns=names), communities={2021: 2}),
        UNITS,
    )
    assert found["borders"] == [
        {
            "names": ["Other province", "不同省份"],
            "percent": [None, -25],
            "low": [None, -37.04],
            "high": [None, -11],
        }
    ]
    assert found["communities"] == [None, 2]


def test_a_page_without_borders_has_none() -> None:
    assert list_year_data(build_years(), UNITS)["borders"] == []
    assert list_year_data(build_years(), UNITS)["communities"] == [None, None]
