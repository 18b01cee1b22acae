"""The address of the page in a real browser: it follows what is shown, Back works, and nothing in it is believed."""

import pytest
from maps_browser import Opened
from maps_sample import build_network, build_rich_gaps, build_scores, build_study
from playwright.sync_api import expect

from maps import Page, build_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Page:
    study = build_study(tmp_path_factory.mktemp("study"))
    network = build_network(study)
    return build_page(study, network, scores=build_scores(study), gaps=build_rich_gaps(), language="en")


def read_hash(opened: Opened) -> str:
    found: str = opened.page.evaluate("location.hash")
    return found


def go_to(opened: Opened, words: str) -> None:
    opened.page.evaluate("words => { location.hash = words; }", words)
    opened.settle()


def test_address_tells_what_is_shown(opened: Opened) -> None:
    assert read_hash(opened) == ""
    opened.page.locator("#search").fill("Beta")
    opened.page.keyboard.press("Enter")
    opened.settle()
    assert read_hash(opened) == "#tab=region&region=R01"
    opened.page.locator("#language").click()
    opened.page.locator("#score").select_option(index=1)
    assert read_hash(opened) == "#lang=zh&tab=region&score=pagerank&region=R01"


def test_back_leads_to_what_was_selected_before(opened: Opened) -> None:
    for name in ("Beta", "Gamma"):
        opened.page.locator("#search").fill(name)
        opened.page.keyboard.press("Enter")
        opened.settle()
    opened.page.locator("#language").click()  # no step of its own
    opened.page.go_back()
    opened.settle()
    assert opened.read()["focus"] == "R01"
    expect(opened.page.locator(".region-head")).to_contain_text("R01")
    opened.page.go_back()
    opened.settle()
    assert (opened.read()["focus"], opened.read()["tab"]) == (None, "gaps")
    opened.page.go_forward()
    opened.settle()
    assert opened.read()["focus"] == "R01"


def test_a_page_opens_with_its_address(opened: Opened) -> None:
    go_to(opened, "#pair=R04&with=R05&lang=zh&score=novelty")
    opened.page.reload()
    opened.page.locator("canvas.leaflet-zoom-animated").wait_for()
    opened.settle()
    state = opened.read()
    assert (state["pair"], state["lang"], state["score"]) == (["R04", "R05"], "zh", "novelty")
    assert state["zoom"] > state["homeZoom"]
    expect(opened.page.locator("tr.picked")).to_have_count(1)
    opened.page.locator("#language").click()
    assert read_hash(opened) == "#score=novelty&pair=R04&with=R05"


@pytest.mark.parametrize(
    "words",
    ["#region=nowhere", "#tab=constructor", "#lang=fr&score=x", "#pair=R00", "#<img src=x onerror=alert(1)>", "#%"],
)
def test_what_is_not_there_is_passed_over(opened: Opened, words: str) -> None:
    before = opened.read()
    go_to(opened, words)
    after = opened.read()
    assert {**after, "lang": before["lang"]} == before
    assert opened.page.locator("img").count() == 0
    assert opened.is_silent()
