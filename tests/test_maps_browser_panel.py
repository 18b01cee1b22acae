"""The panel in a real browser: the figures of a gap, sliders, significant links, the plot of the fit, the keyboard."""

import csv
import io
import math
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from maps_browser import Opened, open_page
from maps_sample import (
    build_gaps,
    build_network,
    build_partners,
    build_rich_gaps,
    build_scores,
    build_study,
    mark_links,
)
from playwright.sync_api import Browser, expect

from maps import Page, PageOptions, build_page
from maps.look.palette import DARK, LIGHT
from maps.words.page_text import UI
from regions import Fault
from regions.words import Words

pytestmark = pytest.mark.browser
BESIDE = (-22.0, -22.0)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Page:
    study = build_study(tmp_path_factory.mktemp("study"))
    words = pd.DataFrame({"description": ["R&D"], "description_zh": ["研发经费"], "unit": ["亿元"]}, index=["rd"])
    study = replace(study, indicator="rd", dictionary=words)
    network = mark_links(build_network(study))
    return build_page(study, network, scores=build_scores(study), gaps=build_rich_gaps(), partners=build_partners())


def read_facts(opened: Opened) -> dict[str, str]:
    rows = opened.page.locator("tr.detail .facts div")
    return dict(zip(rows.locator("dt").all_inner_texts(), rows.locator("dd").all_inner_texts(), strict=True))


def test_a_gap_tells_figures_reason_and_who_could_start(opened: Opened) -> None:
    row = opened.page.locator(".gap-table tbody tr").first
    assert row.locator("td:not(.more)").all_inner_texts() == ["1", "伽市 –\u00a0德市", "0", "5.5", "5.5", "中"]
    assert row.locator("td.more").all_inner_texts() == ["", "3.3", "0.97", "3.2", "0.004", "0.060"]
    expect(row.locator(".interval .span")).to_have_count(1)
    row.click()
    detail = opened.page.locator("tr.detail")
    expect(detail.locator(".reason")).to_have_text("期望较多。")
    assert read_facts(opened) == {
        UI["detail_ratio"].zh: "0.00",
        UI["detail_shrunken"].zh: "0.40",
        UI["detail_shortfall"].zh: "97%",
        UI["detail_stability"].zh: "100%",
        UI["detail_p"].zh: "0.004",
        UI["detail_q"].zh: "0.060",
        UI["detail_distance"].zh: "310 公里",
        UI["detail_overlap"].zh: "0.25",
    }
    expect(detail.locator("h4")).to_have_text(UI["starters"].zh)
    starters = detail.locator(".starters li")
    assert starters.locator("b").all_inner_texts() == ["甲厂 – 乙校", "甲坊 – 乙校"]
    assert starters.locator("span").all_inner_texts() == ["均从事水稻。", "均与丙合作。"]


def test_the_panel_of_a_gap_follows_the_language(opened: Opened) -> None:
    opened.page.locator(".gap-table tbody tr").nth(1).click()
    opened.page.locator("#language").click()
    detail = opened.page.locator("tr.detail")
    expect(detail.locator(".reason")).to_have_text("Expected some.")
    assert detail.locator(".starters li").all_inner_texts() == ["Delta Lab – Zeta Firm\nBoth are large."]
    facts = read_facts(opened)
    assert facts[UI["detail_stability"].en] == "50%"
    assert UI["detail_overlap"].en not in facts  # absent is not zero


def test_a_gap_without_partners_or_reason_has_neither(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    opened = open_page(browser, build_page(study, build_network(study), gaps=build_gaps()), tmp_path)
    opened.page.locator(".gap-table tbody tr").first.click()
    expect(opened.page.locator("tr.detail .facts")).to_have_count(1)
    expect(opened.page.locator("tr.detail .starters, tr.detail .reason")).to_have_count(0)
    assert opened.is_silent()


def test_a_gap_tells_what_closing_it_would_bring(opened: Opened) -> None:
    rows = opened.page.locator(".gap-table > tbody > tr[tabindex]")
    rows.first.click()
    gains = opened.page.locator(".gains")
    assert gains.locator("thead th").all_inner_texts() == [
        UI["gains"].zh,
        UI["gain_received"].zh,
        UI["gain_closeness"].zh,
    ]
    cells = [row.locator("td").all_inner_texts() for row in gains.locator("tbody tr").all()]
    assert cells == [["伽市", "+1.5", "+12.3%"], ["德市", "+20,000", "+0.0%"], ["全部地区", "+20,010", ""]]
    expect(gains.locator(".soft")).to_have_text(
        "补足至期望、其他不变。溢出指标：研发经费（亿元）；溢出强度 ρ 为假设值。"
    )
    rows.nth(1).click()
    assert gains.locator("tbody tr").first.locator("td").all_inner_texts() == ["艾市", "+0.0", "–"]
    rows.nth(2).click()
    expect(opened.page.locator("tr.detail")).to_have_count(1)
    expect(gains).to_have_count(0)  # a surplus is no gap to close


def test_without_spillover_only_closeness_is_told(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    gaps = build_rich_gaps().drop(columns=[f"gain_received_{end}" for end in ("source", "target", "all")])
    opened = open_page(browser, build_page(study, build_network(study), gaps=gaps, language="en"), tmp_path)
    opened.page.locator(".gap-table > tbody > tr[tabindex]").first.click()
    gains = opened.page.locator(".gains")
    cells = [row.locator("td").all_inner_texts() for row in gains.locator("tbody tr").all()]
    assert cells == [["Gamma", "+12.3 %"], ["Delta", "+0.0 %"]]
    expect(gains.locator(".soft")).to_have_count(0)
    assert opened.is_silent()


def test_exported_gaps_name_who_could_start(opened: Opened) -> None:
    with opened.page.expect_download() as waiting:
        opened.page.locator("#export").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8").removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["partner_1"] for row in rows] == ["甲厂 – 乙校：均从事水稻。", "丁所 – 己司：规模均大。", ""]
    assert [row["partner_2"] for row in rows] == ["甲坊 – 乙校：均与丙合作。", "", ""]
    assert [row["stability"] for row in rows] == ["1", "0.5", "0"]
    assert rows[0]["reason"] == "期望较多。"


def test_gap_slider_sets_how_many_gaps_are_drawn(opened: Opened) -> None:
    expect(opened.page.locator("#gaps-shown-out")).to_have_text("2 / 2")  # the surplus is none
    slider = opened.page.locator("#gaps-shown")
    slider.focus()
    opened.page.keyboard.press("ArrowLeft")
    assert opened.read()["drawn"]["gaps"] == 1
    opened.page.keyboard.press("Home")
    assert opened.read()["drawn"]["gaps"] == 0
    expect(slider).to_have_attribute("aria-valuetext", "0 / 2")
    opened.page.locator(".gap-table tbody tr").first.click()
    assert opened.read()["drawn"]["gaps"] == 1  # the picked one is drawn all the same


def test_gap_slider_is_gone_where_no_gap_is_supported(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    gaps = build_gaps().assign(grade="none")
    opened = open_page(browser, build_page(study, build_network(study), gaps=gaps), tmp_path)
    expect(opened.page.locator("#gaps-shown")).to_be_hidden()
    assert opened.read()["drawn"]["gaps"] == 0  # they are drawn with the region that somebody asks for
    assert UI["legend_gap"].zh not in opened.page.locator("#legend").inner_text()  # nothing to explain
    assert opened.is_silent()


def test_significant_links_only(opened: Opened) -> None:
    assert opened.read()["strict"] is False
    assert opened.read()["drawn"]["links"] == 4
    switch = opened.page.locator("#strict")
    switch.check()
    assert opened.read()["drawn"]["links"] == 2
    expect(opened.page.locator("#shown-out")).to_have_text("2 / 2")
    expect(opened.page.locator("#legend")).to_contain_text(UI["strict_disparity"].zh)
    opened.page.locator("#language").click()
    expect(opened.page.locator("#legend")).to_contain_text(UI["strict_disparity"].en)
    opened.page.mouse.click(*[a + b for a, b in zip(opened.where("R01"), BESIDE, strict=True)])
    opened.settle()
    assert opened.read()["drawn"]["links"] == 2
    opened.page.locator("#search").fill("Zeta")  # its one link does not stand out
    opened.page.keyboard.press("Enter")
    opened.settle()
    assert opened.read()["drawn"]["links"] == 0
    switch.uncheck()
    assert opened.read()["drawn"]["links"] == 1


def test_without_significance_there_is_no_switch(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    opened = open_page(browser, build_page(study, build_network(study)), tmp_path)
    expect(opened.page.locator("#layer-links")).to_have_count(1)
    expect(opened.page.locator("#strict")).to_have_count(0)


def test_plot_of_the_fit_shows_every_group_where_it_belongs(opened: Opened) -> None:
    opened.page.locator("#tab-about").click()
    plot = opened.page.locator(".plot svg")
    expect(plot).to_have_attribute("role", "img")
    assert UI["about_fit"].zh in str(plot.get_attribute("aria-label"))
    dots = [[float(str(dot.get_attribute(name))) for name in ("cx", "cy", "r")] for dot in plot.locator("circle").all()]
    assert len(dots) == 3
    diagonal = {name: float(str(plot.locator(".diagonal").get_attribute(name))) for name in ("x1", "y1", "x2", "y2")}
    slope = (diagonal["y2"] - diagonal["y1"]) / (diagonal["x2"] - diagonal["x1"])
    height = [diagonal["y1"] + slope * (x - diagonal["x1"]) for x, _, _ in dots]
    assert dots[1][1] == pytest.approx(height[1], abs=0.1)  # as expected: on the diagonal
    assert dots[2][1] < height[2] - 10  # ten times as much as expected: above it
    assert dots[0][1] > diagonal["y1"]  # none observed: below the axis
    assert dots[2][0] - dots[1][0] == pytest.approx(dots[1][0] - dots[0][0], abs=0.1)  # decades are equally wide
    assert dots[1][2] == 6 > dots[0][2] == pytest.approx(2.5 + 3.5 * math.sqrt(5 / 20), abs=0.01)
    expect(plot.locator("circle.none")).to_have_count(1)
    expect(plot.locator(".span")).to_have_count(3)
    facts = opened.page.locator(".facts.wide div")
    assert facts.locator("dd").all_inner_texts() == ["0.875", "0.50", "0.25", "12.5"]


def test_plot_of_the_fit_follows_language_and_theme(opened: Opened) -> None:
    opened.page.locator("#tab-about").click()
    dot = opened.page.locator(".plot circle.dot").nth(1)
    told = "Expected 1.00, Observed 1.00 (20)"
    fill = "node => getComputedStyle(node).fill"

    def spell(colour: str) -> str:
        return "rgb(" + ", ".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5)) + ")"

    assert dot.evaluate(fill) == spell(LIGHT.accent)
    opened.page.locator("#theme").click()
    assert dot.evaluate(fill) == spell(DARK.accent)
    opened.page.locator("#language").click()
    expect(opened.page.locator(".plot circle title").nth(1)).to_have_text(told)
    texts = opened.page.locator(".plot text").all_text_contents()
    assert UI["fit_expected"].en in texts
    assert UI["fit_observed"].en in texts
    assert {"0.1", "1", "10", "100"} <= set(texts)


def test_without_calibration_there_is_no_plot(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    opened = open_page(browser, build_page(study, build_network(study), gaps=build_gaps()), tmp_path)
    opened.page.locator("#tab-about").click()
    expect(opened.page.locator("#view")).to_contain_text(UI["about_reading"].zh)
    expect(opened.page.locator(".plot")).to_have_count(0)
    assert UI["about_fit"].zh not in opened.page.locator("#view").inner_text()


def test_arrow_keys_walk_the_rows_past_an_open_one(opened: Opened) -> None:
    rows = opened.page.locator(".gap-table tbody tr[tabindex]")
    rows.first.focus()
    opened.page.keyboard.press("Enter")
    opened.settle()
    opened.page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("ArrowDown")  # the last row keeps it
    expect(rows.nth(2)).to_be_focused()
    opened.page.keyboard.press("ArrowUp")
    opened.page.keyboard.press("ArrowUp")
    expect(rows.first).to_be_focused()
    opened.page.keyboard.press("ArrowUp")
    expect(opened.page.locator(".gap-table .sort").first).to_be_focused()  # the heads to sort by are above


def test_every_control_is_reached_by_tab_and_has_a_name_and_a_ring(opened: Opened) -> None:
    seen = []
    for _ in range(40):
        opened.page.keyboard.press("Tab")
        found = opened.page.evaluate(
            """() => {
                const node = document.activeElement;
                const label = node.id && document.querySelector(`label[for="${node.id}"]`);
                const name = node.getAttribute("aria-label") || (label || node.closest("label") || node).textContent;
                const ring = getComputedStyle(node.closest(".chip") || node);
                const outline = [ring.outlineStyle, parseFloat(ring.outlineWidth)];
                return [node.id || node.className || node.tagName, name.trim(), ...outline];
            }"""
        )
        if found[0] == "BODY" or found[0] in [name for name, *_ in seen]:
            break  # once round
        seen.append(found)
    reached = [name for name, *_ in seen]
    assert {"zoom_in", "language", "theme", "search", "score", "shown", "gaps-shown", "strict"} <= set(reached)
    assert {f"layer-{layer}" for layer in ("score", "links", "gaps", "nodes", "labels")} <= set(reached)
    assert {"tab-gaps", "tab-scores", "tab-region", "tab-about"} & set(reached) == {"tab-gaps"}  # arrows do the rest
    for place, name, style, width in seen:
        assert name, place
        assert style == "solid", place
        assert width >= 2, place


def test_language_switch_keeps_everything_else(opened: Opened) -> None:
    page = opened.page
    page.locator("#score").select_option(label="novelty")
    page.locator("#layer-labels").uncheck()
    page.locator("#strict").check()
    page.locator("#theme").click()
    for slider, key in (("#shown", "Home"), ("#gaps-shown", "ArrowLeft")):
        page.locator(slider).focus()
        page.keyboard.press(key)
    page.locator(".gap-table tbody tr").nth(1).click()
    opened.settle()
    before = opened.read()
    page.locator("#language").click()
    after = opened.read()
    assert after.pop("lang") == "en"
    assert before.pop("lang") == "zh"
    assert after == before
    assert page.locator("#score").evaluate("node => node.selectedOptions[0].textContent") == "novelty"
    expect(page.locator("#layer-labels")).not_to_be_checked()
    expect(page.locator("#strict")).to_be_checked()
    expect(page.locator("tr.picked")).to_have_count(1)


HOSTILE = "</script><img src=x onerror=window.__pwn=1>{{7*7}}${1}\u2028"


def test_hostile_text_in_every_slot_is_only_text(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    gaps = build_rich_gaps().assign(reason=HOSTILE, reason_zh=HOSTILE)
    partners = build_partners()
    texts = [f"{name}{tail}" for name in ("source_name", "target_name", "reason") for tail in ("", "_zh")]
    partners = partners.assign(**dict.fromkeys(texts, HOSTILE))
    options = PageOptions(review_number=HOSTILE)
    built = build_page(study, build_network(study), gaps=gaps, partners=partners, options=options)
    opened = open_page(browser, built, tmp_path)
    opened.page.locator(".gap-table tbody tr").first.click()
    assert opened.page.locator("tr.detail .reason").text_content() == HOSTILE
    assert opened.page.locator(".starters b").first.text_content() == f"{HOSTILE} – {HOSTILE}"
    assert opened.page.locator(".starters span").first.text_content() == HOSTILE
    assert HOSTILE in str(opened.page.locator("#notes").text_content())
    opened.page.locator("#tab-about").click()
    assert HOSTILE in str(opened.page.locator("#view").text_content())
    assert opened.page.locator("img").count() == 0
    assert opened.page.evaluate("window.__pwn") is None
    assert opened.is_silent(), (opened.requests, opened.errors)


def test_hostile_words_around_the_regions_are_only_text(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    above = study.regions.iloc[:1].set_axis(["P"]).assign(name=HOSTILE, name_zh=HOSTILE, lon=float("nan"))
    inset = replace(study.maps.insets[0], title=Words(HOSTILE, HOSTILE))
    words = pd.DataFrame({"description": HOSTILE, "description_zh": HOSTILE, "unit": HOSTILE}, index=["rd"])
    study = replace(
        study,
        regions=study.regions.assign(parent="P"),
        surroundings=above,
        maps=replace(study.maps, insets=(inset,)),
        warnings=(Fault("W-X", HOSTILE, HOSTILE, HOSTILE),),
        indicator="rd",
        dictionary=words,
    )
    options = PageOptions(notes=(Words(HOSTILE, HOSTILE),))
    opened = open_page(
        browser, build_page(study, build_network(study), gaps=build_rich_gaps(), options=options), tmp_path
    )
    page = opened.page
    assert page.locator(".inset figcaption").text_content() == HOSTILE
    assert page.locator(".inset canvas").get_attribute("aria-label") == HOSTILE
    page.locator(".gap-table tbody tr").first.click()
    assert str(page.locator(".gains .soft").text_content()).count(HOSTILE) == 2
    page.locator("#search").fill("R01")
    page.keyboard.press("Enter")
    assert HOSTILE in str(page.locator(".region-head").text_content())
    page.locator("#tab-about").click()
    assert str(page.locator("#view").text_content()).count(HOSTILE) >= 3
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("img, iframe, object").count() == 0
    assert page.evaluate("window.__pwn") is None
    assert opened.is_silent(), (opened.requests, opened.errors)
