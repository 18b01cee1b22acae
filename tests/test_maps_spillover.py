"""Estimated spillover on the page: signed flows, what is refused, the tab with groups and every estimate."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from maps_browser import open_page
from maps_sample import build_network, build_study, code_of
from playwright.sync_api import Browser, expect

from maps import Flows, PageOptions, RegionClasses, SpilloverStory, build_page
from maps.page.layers import LISTED, list_layers
from maps.page.stories.spillover_story import list_story
from regions import MethodError
from regions.words import Words

UNITS = [code_of(place) for place in range(6)]
YUAN = Words("yuan", "元")
PAIRS = pd.DataFrame(
    {
        "source": ["R00", "R05", "R00"],
        "target": ["R01", "R00", "R02"],
        "value": [1.0, -4.0, 3.0],
        "low": [0.5, -9.0, -1.0],
        "high": [2.0, -1.0, 8.0],
    }
)
GROUPS = RegionClasses(
    "sets", Words("Sets", "分组"), (Words("Core", "核心"), Words("Rest", "其余")), {"R00": 0, "R01": 1}, meaning="focus"
)


def make_flows(table: pd.DataFrame = PAIRS, **options: Any) -> Flows:
    return Flows("spill", Words("Spillover", "溢出"), table, YUAN, **options)


def make_story(**options: Any) -> SpilloverStory:
    cells = [(one, other) for one in ("core", "rest") for other in ("core", "rest")]
    groups = pd.DataFrame(cells, columns=["giver", "receiver"]).assign(
        estimate=[0.0, 0.4, 0.1, 0.2], low=[0.0, 0.1, -0.2, 0.1], high=[0.0, 0.8, 0.4, 0.5]
    )
    groups = groups.assign(share=[np.nan, 1.0, 0.3, 0.7], chance=[np.nan, 0.5, 0.5, 0.5])
    groups = groups.assign(chance_low=[np.nan, 0.3, 0.2, 0.3], chance_high=[np.nan, 0.8, 0.8, 0.6])
    models = pd.DataFrame(
        [("near", "sar", 0.2, 0.1, 0.3), ("near", "sdm", -0.1, -0.4, 0.2), ("far", "sar", 0.1, -0.1, 0.2)],
        columns=["weights", "model", "estimate", "low", "high"],
    )
    known = {"groups": groups, "names": {"core": Words("Core", "核心")}, "sizes": {"core": 1, "rest": 5}}
    verdict = Words("3 estimates, 2 positive", "3 组估计中 2 组为正")
    return SpilloverStory(Words("Core lifts", "核心带动"), verdict, YUAN, models, **(known | options))


def test_flows_with_a_sign_are_listed_by_size_with_their_intervals() -> None:
    (found,) = list_layers([make_flows(under=GROUPS)], UNITS, shown="spill")
    assert found["value"] == [-4, 3, 1]
    assert found["low"] == [-9, -1, 0.5]
    assert found["high"] == [-1, 8, 2]
    assert (found["count"], found["sum"]) == (3, 8)
    assert found["under"]["of"] == [0, 1, None, None, None, None]


def test_flows_without_intervals_have_none() -> None:
    (found,) = list_layers([make_flows(PAIRS[["source", "target", "value"]])], UNITS)
    assert found["low"] == found["high"] == [None, None, None]
    assert found["under"] is None


def test_of_many_flows_the_page_carries_the_largest_and_counts_all() -> None:
    values = np.arange(1.0, LISTED + 11)
    many = pd.DataFrame({"source": "R00", "target": "R01", "value": values})
    (found,) = list_layers([make_flows(many)], UNITS)
    assert (len(found["value"]), found["count"]) == (LISTED, LISTED + 10)
    assert found["sum"] == pytest.approx(values.sum())
    assert min(found["value"]) == 11


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (PAIRS.assign(value=[0.0, np.nan, 3.0]), "2 flow(s) are 0 or not finite"),
        (PAIRS.assign(low=[1.5, -9.0, -1.0]), "1 interval(s) do not hold their flow"),
        (PAIRS.assign(high=[np.nan, -1.0, 8.0]), "1 interval(s) do not hold their flow, or have one end only"),
        (PAIRS.drop(columns="high"), "no column high"),
    ],
)
def test_flows_that_cannot_be_are_refused(table: pd.DataFrame, message: str) -> None:
    with pytest.raises(MethodError, match=re.escape(message)):
        make_flows(table)


def test_outlines_cannot_lie_beneath_and_a_layer_that_is_not_there_cannot_be_shown() -> None:
    outlined = RegionClasses("sets", Words("a", "b"), (Words("c", "d"),), {"R00": 0}, outlined=True)
    with pytest.raises(MethodError, match="beneath the flows are outlines"):
        make_flows(under=outlined)
    with pytest.raises(MethodError, match="no layer has the key other"):
        list_layers([make_flows()], UNITS, shown="other")
    strange = RegionClasses("sets", Words("a", "b"), (Words("c", "d"),), {"QQ": 0})
    with pytest.raises(MethodError, match="names 1 unknown region"):
        list_layers([make_flows(under=strange)], UNITS)


def test_a_story_is_plain_lists_and_none_where_nothing_can_be_told() -> None:
    found = list_story(make_story(asked=("core", "rest")))
    assert found is not None
    assert found["groups"]["names"] == [["Core", "核心"], ["rest", "rest"]]
    assert found["groups"]["cells"][0][0][3:] == [None] * 4
    assert found["groups"]["cells"][0][1] == [0.4, 0.1, 0.8, 1, 0.5, 0.3, 0.8]
    assert found["groups"]["asked"] == [0, 1]
    assert found["models"]["rows"][1] == [0, 1, -0.1, -0.4, 0.2]
    json.dumps(found, allow_nan=False)
    assert list_story(None) is None
    assert (list_story(make_story(groups=None)) or {})["groups"] is None


def test_a_story_that_does_not_fit_together_is_refused_at_once() -> None:
    story = make_story()
    assert story.groups is not None
    with pytest.raises(MethodError, match="core to nowhere, is not among them"):
        make_story(asked=("core", "nowhere"))
    with pytest.raises(MethodError, match="3 cells, not one for each of 2 x 2"):
        make_story(groups=story.groups.iloc[:3])
    with pytest.raises(MethodError, match="models have no column low; the groups have no column share"):
        SpilloverStory(
            Words("a", "b"),
            Words("a", "b"),
            YUAN,
            story.models.drop(columns="low"),
            groups=story.groups.drop(columns="share"),
        )


@pytest.mark.browser
def test_arrows_groups_and_estimates_on_the_page(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    layers = (make_flows(under=GROUPS, most=2),)
    options = PageOptions(layers=layers, layer="spill", spillover=make_story(asked=("core", "rest")))
    opened = open_page(browser, build_page(study, build_network(study), language="en", options=options), tmp_path)
    page = opened.page
    legend = page.locator("#legend")
    expect(legend).to_contain_text("The 2 largest of 3: 88% of the total")
    expect(legend).to_contain_text("below 0: the receiver loses")
    expect(legend).to_contain_text("hollow: 0 lies in the interval (1 of the 2 shown)")
    assert opened.read()["drawn"]["links"] == 0
    expect(page.locator("#tab-spillover")).to_have_attribute("aria-selected", "true")
    view = page.locator("#view")
    expect(view.locator(".headline")).to_have_text("Core lifts")
    expect(view.locator("td.asked b")).to_have_text("0.400")
    expect(view.locator("td.asked")).to_contain_text("100%, chance 50%")
    assert view.locator(".spill-plot .span").count() == 3
    assert view.locator(".spill-plot[role=img] .mark.open").count() == 2
    expect(view.locator(".caution")).to_have_text("3 estimates, 2 positive")
    page.locator("#language").click()
    expect(view.locator(".headline")).to_have_text("核心带动")
    expect(view).to_contain_text("核心")
    page.locator("#extra").select_option("")
    assert opened.read()["drawn"]["links"] > 0
    assert opened.is_silent()


@pytest.mark.browser
def test_without_a_story_there_is_no_tab(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    opened = open_page(browser, build_page(study, build_network(study), language="en"), tmp_path)
    assert opened.page.locator("#tab-spillover").count() == 0
