"""The tab on the scorecard: what it carries, what it refuses, and how it looks and answers in a browser."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from card_sample import CHOICES, PILLARS, build_card_story
from maps_browser import open_page

from analysis.networks.network import build_network
from maps import PageOptions, RegionClasses, build_page
from maps.page.stories.scorecard_story import CardFigure, CardRow, ScorecardStory, list_scorecard
from regions import MethodError, read_study
from regions.words import Words

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HEAD = Words("Head", "题")


def test_a_scorecard_is_plain_lists() -> None:
    found = list_scorecard(build_card_story("ABC"), ["A", "B", "C"])
    assert found is not None
    assert found["pillars"] == [[["research", "研究"], None], [["models", "模式"], ["no <open> data", "无公开数据"]]]
    assert found["rows"][1][:8] == [1, 2, 1, 2, 0.5, [0.5, None], [0.6, 0.2], ["Told of B.", "说明 B。"]]
    assert found["rows"][2][:5] == [2, None, None, None, None]
    assert found["figures"][0][2:] == [3, [1, 2, None], None]
    assert found["figures"][2][2:] == [4, [0, 1, 2], [1, 3, 5]]
    assert found["groups"] == [[["Front", "前组"], [0, 1]], [["Back", "后组"], [1, 2]]]
    assert found["beside"] == []
    asked = list_scorecard(build_card_story("ABC", (("C", "B"), ("A",))), ["A", "B", "C"])
    assert asked is not None
    assert asked["beside"] == [4, 0]  # the second group, whose members stand in another order, and a region
    assert list_scorecard(None, ["A"]) is None


def test_what_does_not_fit_is_refused() -> None:
    row = CardRow("A", 1, 1, 1, 1.0, (0.5,), (0.1,))
    figure = CardFigure(HEAD, HEAD, {}, "guess")
    faults = "each of 2 pillars; A has not one share for each of 2 choices; unknown way[(]s[)] guess"
    with pytest.raises(MethodError, match=faults):
        ScorecardStory(HEAD, HEAD, HEAD, PILLARS, CHOICES, (row,), (figure,))
    with pytest.raises(MethodError, match="A, C is no group"):
        build_card_story("ABC", (("A", "C"),))
    with pytest.raises(MethodError, match="2 unknown region"):
        list_scorecard(build_card_story("ABC"), ["A"])


def test_only_a_page_with_a_scorecard_carries_its_words(folder: Path) -> None:
    study = read_study(folder)
    stories = (build_card_story([str(code) for code in study.regions.index]), None)
    pages = [build_page(study, build_network(study), options=PageOptions(scorecard=story)) for story in stories]
    with_it, without = (page.save(folder / "page.html").read_text(encoding="utf-8") for page in pages)
    assert '"tab_scorecard"' in with_it
    assert '"tab_scorecard"' not in without


def test_a_class_beyond_the_ranks_is_allowed() -> None:
    layer = RegionClasses("r", HEAD, (HEAD, HEAD), {"A": 1}, meaning="ranked")
    assert layer.meaning == "ranked"


@pytest.mark.browser
def test_ranks_pillars_and_two_side_by_side(browser: "Browser", folder: Path) -> None:
    study = read_study(folder)
    codes = [str(code) for code in study.regions.index]
    options = PageOptions(scorecard=build_card_story(codes), links_shown=0)
    opened = open_page(browser, build_page(study, build_network(study), language="en", options=options), folder)
    page = opened.page
    assert page.locator("#tab-scorecard").get_attribute("aria-selected") == "true"
    assert page.locator("#tab-gaps").count() == 0  # nothing would stand under it
    assert page.locator("#view h2").inner_text() == "First is first; <b>no</b> finding"
    rows = page.locator(".rank-list tbody tr")
    assert rows.count() == len(codes)
    n = len(codes) - 1
    assert rows.nth(1).locator(".track.wide").get_attribute("aria-label") == f"rank 2, between 1 and {n}"
    assert "no rank" in rows.last.inner_text()
    assert page.locator(".rank-list .pillars").first.get_attribute("aria-label") == "research 1.00; models –"
    rows.nth(1).click()
    own = page.locator(".card-own")
    assert f"Told of {codes[1]}." in own.inner_text()
    assert "no <open> data" in own.locator(".card-line.empty").inner_text()
    assert own.locator(".card-line").nth(0).inner_text().split("\n")[-1] == "0.50 (2)"
    assert "60" in own.locator(".card-line").nth(2).inner_text()
    assert "Momentum, an analogy" in own.locator(".side-facts").inner_text()
    assert page.locator(".rank-list tr.picked").count() == 1
    assert page.locator(".map-title").inner_text() != "B: largest shortfalls and what exists"
    own.get_by_role("button", name="Back to all regions").click()
    assert page.locator(".card-own").count() == 0
    page.locator("#tab-about").click()
    page.locator("#search").fill(str(study.regions["name"].iloc[1]))
    page.locator("#search").press("Enter")
    assert page.locator("#tab-scorecard").get_attribute("aria-selected") == "true"
    assert f"Told of {codes[1]}." in own.inner_text()
    assert opened.is_silent()


@pytest.mark.browser
def test_groups_are_told_by_their_members(browser: "Browser", folder: Path) -> None:
    study = read_study(folder)
    codes = [str(code) for code in study.regions.index]
    options = PageOptions(scorecard=build_card_story(codes, ((codes[2],), tuple(codes[1:]))))
    opened = open_page(browser, build_page(study, build_network(study), language="en", options=options), folder)
    page = opened.page
    page.locator("#tab-scorecard").click()
    picks = page.locator(".card-picks select")
    assert [picks.nth(i).input_value() for i in (0, 1)] == ["2", str(len(codes) + 1)]
    picks.first.select_option(str(len(codes)))
    cells = page.locator(".side-figures tbody td:nth-of-type(1)")
    assert page.locator(".side-figures thead th").nth(1).inner_text() == "Front (2 regions)"
    # ranks 1 and 2; the mean of .5 and .4; 0 and 1 weighted by 1 and 3; twice 1234
    assert cells.all_inner_texts() == ["1–2", "0.45", "0.75", "2,468"]
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    assert "Of a group" in page.locator(".card-beside .note").inner_text()
    assert opened.is_silent()
