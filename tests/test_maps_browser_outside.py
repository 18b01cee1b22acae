"""Links to regions outside the study, and short names, in a real browser."""

from dataclasses import replace
from pathlib import Path

import pytest
from maps_browser import Opened, open_page
from maps_sample import build_gaps, build_network, build_outside, build_study
from playwright.sync_api import Browser, expect

from maps import Page, build_page
from maps.words.page_text import UI

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Page:
    study = build_study(tmp_path_factory.mktemp("study"))
    network = build_network(study)
    return build_page(build_outside(study, network), network, language="en")


def test_links_to_outside_are_a_layer_with_its_own_legend(opened: Opened) -> None:
    drawn = opened.read()["drawn"]
    assert drawn["outside"] == 3  # the place of a fourth is unknown
    assert drawn["links"] == 4
    assert drawn["outsideLabels"] == 2
    words = UI["legend_outside"].en.replace("{n}", "3")
    expect(opened.page.locator("#legend")).to_contain_text(words)
    opened.page.locator("#layer-outside").uncheck()
    drawn = opened.read()["drawn"]
    assert (drawn["outside"], drawn["outsideLabels"], drawn["links"]) == (0, 0, 4)
    assert words not in opened.page.locator("#legend").inner_text()
    opened.page.locator("#layer-outside").check()
    assert opened.read()["drawn"]["outside"] == 3


def test_a_link_to_outside_answers_the_pointer(opened: Opened) -> None:
    x0, y0 = opened.where("R00")
    pixels = opened.page.evaluate("regionet.where('R01').x - regionet.where('R00').x")
    near = x0 - 1.5 / 2 * pixels  # the near place is one and a half degrees to the west of the point, at its height
    middle = (x0 + near) / 2
    tip = opened.page.locator("#tip")
    for offset in range(-24, 25, 2):
        opened.page.mouse.move(middle, y0 + offset)
        opened.rest()
        if "Near" in (tip.text_content() or ""):
            break
    expect(tip.locator("strong")).to_have_text("Alpha – Near")
    expect(tip).to_contain_text(UI["outside_region"].en)
    expect(tip).to_contain_text("7")


def test_a_region_in_focus_shows_its_own_links_to_outside(opened: Opened) -> None:
    opened.page.locator("#search").fill("Beta")
    opened.page.keyboard.press("Enter")
    opened.settle()
    assert opened.read()["drawn"]["outside"] == 1
    table = opened.page.locator(f"h3:has-text('{UI['outside_partners'].en}') + table tbody tr")
    assert [row.split("\t")[0] for row in table.all_inner_texts()] == ["Far"]
    opened.page.locator("#search").fill("Gamma")
    opened.page.keyboard.press("Enter")
    opened.settle()
    assert opened.read()["drawn"]["outside"] == 0  # its one partner has no place
    assert [row.split("\t")[0] for row in table.all_inner_texts()] == ["Lost"]


def test_without_links_to_outside_there_is_no_layer(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    opened = open_page(browser, build_page(study, build_network(study)), tmp_path)
    expect(opened.page.locator("#layer-outside")).to_have_count(0)
    assert opened.read()["drawn"]["outside"] == 0


def test_partners_of_unknown_place_only_are_listed_without_a_layer(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    network = build_network(study)
    study = build_outside(study, network)
    network.graph["external"] = network.graph["external"].query("target == 'X3'")
    opened = open_page(browser, build_page(study, network, language="en"), tmp_path)
    expect(opened.page.locator("#layer-outside")).to_have_count(0)
    opened.page.locator("#search").fill("Gamma")
    opened.page.keyboard.press("Enter")
    expect(opened.page.locator("#view")).to_contain_text("Lost")
    assert opened.is_silent()


def test_hostile_names_of_regions_outside_are_only_text(browser: Browser, tmp_path: Path) -> None:
    bad = "<img src=x onerror=window.__pwn=1>{{ 7 * 7 }}</script>"
    study = build_study(tmp_path)
    network = build_network(study)
    study = build_outside(study, network)
    study = replace(study, surroundings=study.surroundings.assign(name=bad, name_zh=bad))
    opened = open_page(browser, build_page(study, network), tmp_path)
    assert opened.read()["drawn"]["outside"] == 3
    opened.page.locator("#search").fill("R00")
    opened.page.keyboard.press("Enter")
    rows = opened.page.locator(f"h3:has-text('{UI['outside_partners'].zh}') + table tbody td.name")
    assert rows.all_text_contents() == [bad, bad]
    assert opened.page.locator("img").count() == 0
    assert opened.page.evaluate("window.__pwn") is None
    assert opened.is_silent(), opened.errors


def record_labels(opened: Opened) -> None:
    """Let the page keep what it writes on the canvas: text -> x, y, width of the last time."""
    opened.page.evaluate(
        """() => {
            window.written = new Map();
            const write = CanvasRenderingContext2D.prototype.fillText;
            CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
                window.written.set(text, [x, y, this.measureText(text).width]);
                write.call(this, text, x, y);
            };
        }"""
    )


def read_labels(opened: Opened) -> dict[str, list[float]]:
    found: dict[str, list[float]] = opened.page.evaluate("Object.fromEntries(window.written)")
    return found


def test_labels_are_short_and_tables_are_not(browser: Browser, tmp_path: Path) -> None:
    names = [("Inner Province", "内蒙古自治区"), ("Schweiz/Suisse/Svizzera and a long rest", "宁夏回族自治区")]
    study = build_study(tmp_path, names=names)
    opened = open_page(browser, build_page(study, build_network(study)), tmp_path)
    record_labels(opened)
    opened.page.locator("#layer-nodes").uncheck()
    opened.read()
    written = set(read_labels(opened))
    assert {"内蒙古", "宁夏"} <= written
    assert not {"内蒙古自治区", "宁夏回族自治区"} & written
    names_shown = opened.page.locator(".score-table tbody td.name").all_inner_texts()
    assert sorted(names_shown) == ["内蒙古自治区", "宁夏回族自治区"]
    opened.page.locator("#language").click()
    opened.read()
    assert {"Inner", "Schweiz"} <= set(read_labels(opened))


def test_names_of_a_picked_pair_do_not_lie_on_each_other(browser: Browser, tmp_path: Path) -> None:
    names = [(f"Region with a very long name {place}", f"名称很长很长很长的地区{place}") for place in range(6)]
    study = build_study(tmp_path, names=names)
    built = build_page(study, build_network(study), gaps=build_gaps(), language="en")
    opened = open_page(browser, built, tmp_path, size=(390, 844))
    record_labels(opened)
    opened.page.locator(".gap-table tbody tr").nth(1).click()
    opened.settle()
    opened.page.locator("#zoom_out").click()
    opened.settle()
    opened.page.evaluate("window.written.clear()")
    opened.page.locator("#layer-nodes").evaluate("node => node.click()")  # in a fold that is closed
    opened.read()
    found = read_labels(opened)
    (x, y, width), (u, v, wide) = (found[names[place][0]] for place in (4, 5))
    assert abs(y - v) >= 14 or x + width <= u or u + wide <= x


@pytest.mark.parametrize("name", ["Schweiz/Suisse/Svizzera", "/", "//a/", "no slash"])
def test_a_long_name_may_break_behind_a_slash_and_stays_the_same_text(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    study = build_study(tmp_path, names=[(name, name)])
    opened = open_page(browser, build_page(study, build_network(study)), tmp_path)
    cell = opened.page.locator(".score-table tbody td.name")
    assert cell.text_content() == name
    assert cell.locator("wbr").count() == name.count("/")
    assert opened.is_silent()
