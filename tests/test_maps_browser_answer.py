"""The page for somebody who decides: the brief, and the answer to one region, in a real browser."""

from functools import cache
from pathlib import Path

import pytest
from maps_browser import Opened, open_page
from maps_sample import build_network, build_partners, build_rich_gaps, build_scores, build_study
from playwright.sync_api import Browser, expect

from maps import Page, PageOptions, build_page
from maps.words.page_text import UI
from regionet.steps.page_tables import build_page_tables
from regionet.steps.pipeline import Choices, analyse
from regions import MethodError, load_study

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Page:
    study = build_study(tmp_path_factory.mktemp("study"))
    return build_page(
        study, build_network(study), scores=build_scores(study), gaps=build_rich_gaps(), partners=build_partners()
    )


@pytest.fixture
def brief(browser: Browser, built: Page, tmp_path: Path) -> Opened:
    return open_page(browser, built, tmp_path, view="brief")


def ask(opened: Opened, name: str) -> None:
    opened.page.locator("#search").click()
    opened.page.locator("#search").press_sequentially(name)
    opened.page.locator("#found [role=option]").first.click()
    opened.settle()


def test_the_brief_is_a_sentence_two_gaps_and_how_sure(brief: Opened) -> None:
    view = brief.page.locator("#view")
    expect(view.locator(".headline")).to_have_text("一对城市的合作很可能少于应有水平，首先是伽市与德市")
    cards = view.locator(".card")
    assert cards.locator(".card-name").all_inner_texts() == ["伽市 — 德市", "艾市 — 泽市"]
    expect(cards.first).to_contain_text("实际 0 次，应有约 6 次")
    expect(cards.first.locator("dd").last).to_have_text("甲坊 ↔ 乙校")
    assert cards.locator(".sure").all_text_contents() == ["中等●●○", "较低●○○"]
    expect(view.locator(".certain")).to_contain_text("3 对一起检验后，没有一对达到通常的检验标准")
    expect(view.locator(".certain")).to_contain_text("测试用的虚构数据。")
    text = view.inner_text()
    assert "q" not in text
    assert "区间" not in text
    drawn = brief.read()["drawn"]
    assert (drawn["links"], drawn["gaps"], drawn["nodes"]) == (0, 2, 4)
    assert brief.is_silent()


def test_card_and_map_light_up_together_and_the_map_keeps_its_frame(brief: Opened) -> None:
    brief.page.locator(".card-name").nth(1).click()
    brief.settle()
    state = brief.read()
    assert state["pair"] == ["R04", "R05"]
    assert state["zoom"] == pytest.approx(state["homeZoom"])
    expect(brief.page.locator(".card.picked .card-name")).to_have_text("艾市 — 泽市")
    brief.page.keyboard.press("Escape")
    expect(brief.page.locator(".card.picked")).to_have_count(0)


def test_the_view_stands_in_the_address_and_back_leads_out(brief: Opened) -> None:
    brief.page.locator("#view-evidence").click()
    assert brief.page.evaluate("location.hash") == "#view=evidence"
    expect(brief.page.locator(".gap-table")).to_have_count(1)
    brief.page.go_back()
    expect(brief.page.locator(".headline")).to_have_count(1)
    expect(brief.page.locator("#view-brief")).to_have_attribute("aria-pressed", "true")


def test_a_region_answers_in_place(brief: Opened) -> None:
    ask(brief, "伽")
    panel = brief.page.get_by_role("tabpanel")
    expect(panel).to_contain_text("缺口")
    expect(panel.locator(".verdict")).to_have_text("伽市有 1 个有证据的缺口，首先是与德市")
    expect(panel.locator(".own-detail .call-pair b").first).to_have_text("甲厂 ↔ 乙校")
    top = [panel.locator(part).first.bounding_box() for part in (".own", ".cards")]
    assert top[0] is not None
    assert top[1] is not None
    assert top[0]["y"] < top[1]["y"]  # gaps above what exists
    brief.page.keyboard.press("Escape")  # one thing at a time
    expect(panel.locator(".own-detail")).to_have_count(0)
    assert brief.read()["focus"] == "R02"
    brief.page.keyboard.press("Escape")
    assert brief.read()["focus"] is None


def test_an_unsupported_gap_never_looks_like_a_supported_one(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    gaps = build_rich_gaps().assign(grade="none")
    opened = open_page(browser, build_page(study, build_network(study), gaps=gaps), tmp_path, view="brief")
    expect(opened.page.locator(".headline")).to_have_text("没有证据充分的缺口；最大的一项是伽市与德市")
    expect(opened.page.locator(".badge:not(.quiet-badge, .small-badge)")).to_have_count(0)
    ask(opened, "伽")
    expect(opened.page.locator(".verdict")).to_have_text("伽市没有证据充分的缺口")
    detail = opened.page.locator(".own-detail")
    expect(detail).to_contain_text("在偶然波动以内")
    assert "期望较多" not in detail.inner_text()  # no reason that reads as one
    expect(opened.page.locator("#legend")).to_contain_text(UI["legend_gap_quiet"].zh)
    assert opened.is_silent()


def test_one_tap_on_a_phone_is_the_answer(browser: Browser, built: Page, tmp_path: Path) -> None:
    opened = open_page(browser, built, tmp_path, view="brief", size=(390, 844), has_touch=True)
    x, y = opened.where("R02")
    opened.page.touchscreen.tap(x - 14, y - 14)
    opened.settle()
    verdict = opened.page.locator(".verdict")
    expect(verdict).to_contain_text("缺口")
    box = verdict.bounding_box()
    assert box is not None
    assert 0 < box["y"] < 844 - box["height"]
    opened.page.locator(".own-row").first.wait_for()
    x, y = opened.where("R02")
    assert 0 < y < box["y"]  # the region is above the card that rose
    assert opened.is_silent()


@cache
def build_real_page(name: str) -> Page:
    findings = analyse(load_study(name), Choices())
    gaps, partners = build_page_tables(findings, listed=0)
    return build_page(findings.study, findings.network, gaps=gaps, partners=partners)


@pytest.mark.parametrize("city", ["苏州", "青岛", "贵州"])
def test_three_clicks_without_scrolling(browser: Browser, tmp_path: Path, city: str) -> None:
    page = build_real_page("china" if city == "贵州" else "china-cities")
    assert len(page.html.encode()) < 800_000
    opened = open_page(browser, page, tmp_path, view="brief", size=(1440, 900))
    ask(opened, city)
    foot = opened.page.locator(".foot").bounding_box()
    assert foot is not None
    for part in (".verdict", ".own-row", ".own-detail p", ".call-pair"):
        box = opened.page.locator(part).first.bounding_box()
        assert box is not None, part
        assert box["y"] + box["height"] <= foot["y"], part
    expect(opened.page.get_by_role("tabpanel")).to_contain_text("缺口")
    assert opened.is_silent()


def test_unknown_view_is_refused(tmp_path: Path) -> None:
    study = build_study(tmp_path)
    with pytest.raises(MethodError, match='Unknown view "short"; allowed are brief, evidence'):
        build_page(study, build_network(study), options=PageOptions(view="short"))
