"""The page in a real browser, with the network off."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from maps_browser import Opened, open_page
from maps_sample import build_gaps, build_network, build_scores, build_study
from playwright.sync_api import Browser, expect

from maps import build_page
from maps.look.palette import DARK, LIGHT
from maps.words.page_text import UI

pytestmark = pytest.mark.browser
CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
BESIDE = (-22.0, -22.0)  # inside the square, off its point, its name and its links


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    study = build_study(tmp_path)
    built = build_page(study, build_network(study), scores=build_scores(study), gaps=build_gaps(), language="zh")
    result = open_page(browser, built, tmp_path)
    yield result
    assert result.requests == []
    assert result.errors == []
    result.close()


def test_everything_is_drawn(opened: Opened) -> None:
    drawn = {
        "regions": 6,
        "links": 4,
        "outside": 0,
        "gaps": 2,
        "nodes": 6,
        "labels": 6,
        "outsideLabels": 0,
        "actors": 0,
    }
    assert opened.read()["drawn"] == drawn


def test_regions_have_the_colour_of_their_class(opened: Opened) -> None:
    # Strengths 0, 1, 4, 9, 16, 25: fifths begin at 0, 1, 4, 9, 16 (the nearest value above each fifth).
    assert opened.pixel("R00", BESIDE) == LIGHT.ramp[0]
    assert opened.pixel("R05", BESIDE) == LIGHT.ramp[4]


def test_sea_is_not_painted(opened: Opened) -> None:
    assert opened.pixel("R00", (-220, 0)) == "#000000"  # transparent: the ground of the map shows through


def test_tooltip_names_the_region_under_the_pointer(opened: Opened) -> None:
    expect(opened.page.locator("#tip")).to_be_hidden()
    opened.hover("R01", BESIDE)
    expect(opened.page.locator("#tip strong")).to_have_text("贝市")
    opened.page.mouse.move(*[value - 260 for value in opened.where("R00")])
    opened.rest()
    expect(opened.page.locator("#tip")).to_be_hidden()


def test_tooltip_of_a_link_gives_its_weight(opened: Opened) -> None:
    (x0, y0), (x1, y1) = opened.where("R00"), opened.where("R01")
    bow = 0.5 * (0.1 + 0.16 * 0.25) * (x1 - x0)  # half the control point; links bend to the north
    for offset in range(-14, 15, 2):
        opened.page.mouse.move((x0 + x1) / 2, (y0 + y1) / 2 - bow + offset)
        opened.rest()
        if opened.page.locator("#tip strong").inner_text() == "阿市 – 贝市":
            break
    expect(opened.page.locator("#tip")).to_contain_text("16")


def test_click_on_a_region_shows_its_profile_and_only_its_links(opened: Opened) -> None:
    opened.page.mouse.click(*[a + b for a, b in zip(opened.where("R01"), BESIDE, strict=True)])
    opened.settle()
    state = opened.read()
    assert (state["focus"], state["tab"]) == ("R01", "region")
    assert state["drawn"]["links"] == 2
    expect(opened.page.locator(".region-head h2")).to_have_text("贝市")
    partners = opened.page.locator("h3:has-text('主要合作地区') + table tbody tr")
    assert [row.split("\t")[0] for row in partners.all_inner_texts()] == ["阿市", "伽市"]
    opened.page.keyboard.press("Escape")
    assert opened.read()["focus"] is None
    assert opened.read()["drawn"]["links"] == 4


def test_click_on_a_row_marks_the_pair_and_zooms(opened: Opened) -> None:
    before = opened.read()
    opened.page.locator(".gap-table tbody tr").nth(1).click()
    opened.settle()
    state = opened.read()
    assert state["pair"] == ["R04", "R05"]
    assert state["zoom"] > before["zoom"]
    for code in ("R04", "R05"):
        x, y = opened.where(code)
        assert 0 < x < 1000
        assert 0 < y < 860
    expect(opened.page.locator("tr.picked")).to_have_count(1)
    expect(opened.page.locator("tr.detail")).to_contain_text("85%")
    opened.page.keyboard.press("Escape")
    assert opened.read()["pair"] is None
    expect(opened.page.locator("tr.detail")).to_have_count(0)


def test_enter_on_a_row_does_the_same(opened: Opened) -> None:
    opened.page.locator(".gap-table tbody tr").first.focus()
    opened.page.keyboard.press("Enter")
    assert opened.read()["pair"] == ["R02", "R03"]


def test_a_surplus_is_drawn_only_when_picked(opened: Opened) -> None:
    assert opened.read()["drawn"]["gaps"] == 2
    opened.page.locator(".gap-table tbody tr").nth(2).click()
    opened.settle()
    assert opened.read()["drawn"]["gaps"] == 3


def test_weak_evidence_is_said_above_the_table(opened: Opened) -> None:
    expect(opened.page.locator("#view .note").first).to_have_text(UI["gaps_unsupported"].zh)


@pytest.mark.parametrize("tab", ["gaps", "scores", "region", "about"])
def test_english_leaves_no_chinese(opened: Opened, tab: str) -> None:
    opened.page.mouse.click(*[a + b for a, b in zip(opened.where("R01"), BESIDE, strict=True)])
    opened.page.locator("#language").click()
    opened.page.locator(f"#tab-{tab}").click()
    opened.hover("R02", BESIDE)
    left = [text for text in opened.texts() if CHINESE.search(text)]
    assert left == ["中文"]  # the button that leads back
    assert opened.page.evaluate("document.documentElement.lang") == "en"
    assert opened.page.title() == "Squares"


def test_chinese_page_is_chinese(opened: Opened) -> None:
    latin = [text for text in opened.texts() if re.search("[a-z]{4,}", text.replace("Excel", ""))]
    assert latin == ["English", "novelty"]  # the way back, and a score that has only its own name


@pytest.mark.parametrize("layer", ["links", "gaps", "nodes", "labels"])
def test_layer_switch_takes_a_layer_off_and_back(opened: Opened, layer: str) -> None:
    box = opened.page.locator(f"#layer-{layer}")
    before = opened.read()["drawn"][layer]
    assert before > 0
    box.uncheck()
    assert opened.read()["drawn"][layer] == 0
    box.check()
    assert opened.read()["drawn"][layer] == before


def test_layer_switch_of_the_colours(opened: Opened) -> None:
    opened.page.locator("#layer-score").uncheck()
    assert opened.pixel("R05", BESIDE) == LIGHT.land
    expect(opened.page.locator("#legend .class-row")).to_have_count(0)


def test_slider_sets_how_many_links_are_drawn(opened: Opened) -> None:
    slider = opened.page.locator("#shown")
    slider.focus()
    opened.page.keyboard.press("Home")
    assert opened.read()["drawn"]["links"] == 0
    opened.page.keyboard.press("End")
    assert opened.read()["drawn"]["links"] == 4
    expect(opened.page.locator("#shown-out")).to_have_text("4 / 4")


def test_search_waits_for_the_input_method(opened: Opened) -> None:
    box = opened.page.locator("#search")
    say = """(node, [kind, text, composing]) => {
        node.value = text;
        node.dispatchEvent(kind === "input" ? new InputEvent("input", { isComposing: composing })
            : new CompositionEvent(kind, { data: text }));
    }"""
    box.focus()
    box.evaluate(say, ["compositionstart", "", False])
    box.evaluate(say, ["input", "jia", True])
    expect(opened.page.locator("#found")).to_be_hidden()
    box.evaluate(say, ["compositionend", "伽", False])
    expect(opened.page.locator("#found [role=option]")).to_have_count(1)
    opened.page.keyboard.press("Enter")
    assert opened.read()["focus"] == "R02"


def test_search_by_other_language_and_code(opened: Opened) -> None:
    box = opened.page.locator("#search")
    box.press_sequentially("delt")
    expect(opened.page.locator("#found [role=option] span")).to_have_text("德市")
    box.fill("R04")
    box.press("ArrowDown")
    box.press("Enter")
    assert opened.read()["focus"] == "R04"
    box.fill("nowhere")
    expect(opened.page.locator("#found")).to_have_text(UI["no_match"].zh)


def test_chosen_score_colours_the_map_and_leads_the_table(opened: Opened) -> None:
    opened.page.locator("#score").select_option(label="novelty")
    opened.page.locator("#tab-scores").click()
    assert opened.read()["score"] == "novelty"
    assert opened.pixel("R00", BESIDE) not in LIGHT.ramp  # no value is not the lowest value
    expect(opened.page.locator("#legend .hatched")).to_contain_text(UI["legend_none"].zh)
    assert opened.pixel("R05", BESIDE) == LIGHT.ramp[4]
    names = opened.page.locator(".score-table tbody td.name")
    assert names.all_inner_texts() == ["泽市", "艾市", "德市", "伽市", "贝市", "阿市"]
    opened.page.locator(".score-table th.wide button").click()
    assert names.all_inner_texts() == ["贝市", "伽市", "德市", "艾市", "泽市", "阿市"]  # no value stays last


def test_theme_switch(opened: Opened) -> None:
    opened.page.locator("#theme").click()
    assert opened.pixel("R05", BESIDE) == DARK.ramp[4]
    assert (
        opened.page.evaluate("getComputedStyle(document.getElementById('panel')).backgroundColor") == "rgb(16, 23, 31)"
    )


def test_data_limits_are_on_the_map_and_lead_to_the_data(opened: Opened) -> None:
    expect(opened.page.locator("#notes")).to_contain_text(UI["schematic"].zh)
    opened.page.locator("#notes .limit").click()
    assert opened.read()["tab"] == "about"
    expect(opened.page.locator("#view")).to_contain_text("测试用的虚构数据。")
    expect(opened.page.locator("#view")).to_contain_text("地区很少。")


def test_tabs_by_arrow_keys(opened: Opened) -> None:
    opened.page.locator("#tab-gaps").focus()
    opened.page.keyboard.press("ArrowLeft")
    assert opened.read()["tab"] == "about"
    expect(opened.page.locator("#tab-about")).to_be_focused()
    expect(opened.page.locator("#tab-about")).to_have_attribute("aria-selected", "true")


def test_export_is_the_table(opened: Opened) -> None:
    with opened.page.expect_download() as waiting:
        opened.page.locator("#export").click()
    assert waiting.value.suggested_filename == "squares-gaps.csv"
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert text.startswith("\ufeffrank,source,target,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["source"] for row in rows] == ["R02", "R04", "R00"]
    assert rows[2]["gap"] == "-8"  # a number, untouched


@pytest.mark.parametrize("box", ["#insets", "#legend", "#notes", "#zoom"])
def test_floating_boxes_cover_no_region(opened: Opened, box: str) -> None:
    assert opened.count_ground_under(box) == 0
    assert opened.count_ground_under("#stage") > 100_000  # the count does see the regions


def test_foreign_names_stand_a_little_apart_from_chinese(opened: Opened) -> None:
    widths = opened.page.evaluate(
        """() => ["normal", "no-autospace", ""].map((way) => {
          const words = document.createElement("span");
          words.textContent = "首先是Comunidad de Madrid与Cataluña";
          words.style.cssText = "position: absolute; white-space: nowrap";
          if (way) words.style.textAutospace = way;
          document.getElementById("panel").append(words);
          const width = words.getBoundingClientRect().width;
          words.remove();
          return width;
        })"""
    )
    if not opened.page.evaluate("CSS.supports('text-autospace', 'normal')"):
        pytest.skip("this browser knows no space between scripts")
    assert widths[0] > widths[1] + 3
    assert widths[2] == pytest.approx(widths[0], rel=1e-9)
