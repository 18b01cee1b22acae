"""The map under the pointer in a real browser: links, gaps, empty sea, zoom, the size of the window, the legend."""

from pathlib import Path

import networkx as nx
import pytest
from maps_browser import Opened, open_page
from maps_sample import build_gaps, build_network, build_scores, build_study
from playwright.sync_api import Browser, expect

from maps import Page, build_page
from maps.look.palette import DARK, LIGHT
from maps.words.page_text import UI

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Page:
    study = build_study(tmp_path_factory.mktemp("study"))
    return build_page(study, build_network(study), scores=build_scores(study), gaps=build_gaps(), language="en")


def search_curve(opened: Opened, ends: tuple[str, str], head: str) -> tuple[float, float]:
    """Move the pointer across the line between two points until the box beside it has this heading."""
    (x0, y0), (x1, y1) = (opened.where(code) for code in ends)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    across = (-(y1 - y0) / length, (x1 - x0) / length)
    tip = opened.page.locator("#tip strong")
    for step in range(-40, 41, 2):
        place = x + across[0] * step, y + across[1] * step
        opened.page.mouse.move(*place)
        opened.rest()
        if (tip.text_content() or "") == head and opened.page.locator("#tip").is_visible():
            return place
    raise AssertionError(f"no curve of {head}")


def test_tooltip_of_a_gap_gives_its_figures(opened: Opened) -> None:
    opened.page.locator("#layer-links").uncheck()
    search_curve(opened, ("R04", "R05"), "Epsilon – Zeta")
    rows = opened.page.locator("#tip div").all_inner_texts()
    assert [row.split("\n") for row in rows] == [
        [UI["observed"].en, "1"],
        [UI["expected"].en, "3.3"],
        [UI["interval"].en, "0 – 8"],
        [UI["gap"].en, "2.3"],
    ]


def test_links_bend_to_one_side_and_gaps_to_the_other(opened: Opened) -> None:
    opened.page.locator("#layer-gaps").uncheck()
    link = search_curve(opened, ("R03", "R04"), "Delta – Epsilon")
    middle = sum(opened.where(code)[1] for code in ("R03", "R04")) / 2
    assert link[1] < middle - 4
    opened.page.locator("#layer-gaps").check()
    opened.page.locator("#layer-links").uncheck()
    gap = search_curve(opened, ("R04", "R05"), "Epsilon – Zeta")
    middle = sum(opened.where(code)[1] for code in ("R04", "R05")) / 2
    assert gap[1] > middle + 4


def test_click_on_a_gap_opens_its_row(opened: Opened) -> None:
    opened.page.locator("#tab-scores").click()
    opened.page.locator("#layer-links").uncheck()
    place = search_curve(opened, ("R04", "R05"), "Epsilon – Zeta")
    opened.page.mouse.click(*place)
    opened.settle()
    state = opened.read()
    assert (state["tab"], state["pair"]) == ("gaps", ["R04", "R05"])
    expect(opened.page.locator("tr.detail")).to_contain_text("85%")
    expect(opened.page.locator("#tip")).to_be_hidden()


def test_click_on_a_link_picks_its_pair_and_its_row(opened: Opened) -> None:
    place = search_curve(opened, ("R00", "R01"), "Alpha – Beta")
    opened.page.mouse.click(*place)
    opened.settle()
    assert opened.read()["pair"] == ["R00", "R01"]
    expect(opened.page.locator("tr.picked")).to_contain_text("Alpha")
    place = search_curve(opened, ("R03", "R04"), "Delta – Epsilon")
    opened.page.mouse.click(*place)
    opened.settle()
    assert opened.read()["pair"] == ["R03", "R04"]
    expect(opened.page.locator("tr.picked")).to_have_count(0)  # it has no row among the gaps


def test_click_on_the_sea_clears_what_is_picked(opened: Opened) -> None:
    opened.page.locator(".gap-table tbody tr").first.click()
    opened.settle()
    expect(opened.page.locator("#clear")).to_be_visible()
    opened.page.locator("#zoom_home").click()
    opened.settle()
    x, y = opened.where("R00")
    opened.page.mouse.click(x, y + 140)  # below the squares
    assert opened.read()["pair"] is None
    expect(opened.page.locator("#clear")).to_be_hidden()


def test_clear_button_clears(opened: Opened) -> None:
    opened.page.locator("#search").fill("Beta")
    opened.page.keyboard.press("Enter")
    opened.settle()
    assert opened.read()["focus"] == "R01"
    opened.page.locator("#clear").click()
    assert opened.read()["focus"] is None


def test_zoom_buttons(opened: Opened) -> None:
    home = opened.read()["zoom"]
    opened.page.locator("#zoom_in").click()
    opened.settle()
    assert opened.read()["zoom"] == pytest.approx(home + 0.75)
    opened.page.locator("#zoom_out").click()
    opened.settle()
    assert opened.read()["zoom"] == pytest.approx(home)
    opened.page.locator("#zoom_out").click()
    opened.page.locator("#zoom_out").click()
    opened.settle()
    assert opened.read()["zoom"] >= home - 1 - 1e-9  # no farther than twice the study
    opened.page.locator("#zoom_home").click()
    opened.settle()
    assert opened.read()["zoom"] == pytest.approx(opened.read()["homeZoom"])


def test_map_moves_by_arrow_keys(opened: Opened) -> None:
    before = opened.where("R00")
    opened.page.locator("#map_regionet").focus()
    opened.page.keyboard.press("ArrowRight")
    opened.settle()
    assert opened.where("R00")[0] < before[0] - 40
    assert opened.where("R00")[1] == pytest.approx(before[1], abs=1)


def test_scale_follows_the_zoom(opened: Opened) -> None:
    def read_scale() -> tuple[float, float]:
        row = opened.page.locator("#scale")
        box = row.locator("i").bounding_box()
        assert box is not None
        return float(row.inner_text().split()[-2].replace(",", "")), box["width"]

    km, width = read_scale()
    # Two points on one parallel, two degrees apart: about 190 km.
    pixels = opened.where("R01")[0] - opened.where("R00")[0]
    assert km / width * pixels == pytest.approx(190, rel=0.05)
    for _ in range(3):
        opened.page.locator("#zoom_in").click()
        opened.settle()
    nearer, wide = read_scale()
    assert nearer < km
    assert 40 < wide <= 112


def test_window_made_narrow_and_wide_again_fits_the_map(opened: Opened) -> None:
    wide = opened.read()["homeZoom"]
    opened.page.set_viewport_size({"width": 390, "height": 844})
    opened.settle()
    narrow = opened.read()
    assert narrow["homeZoom"] < wide
    assert narrow["zoom"] == pytest.approx(narrow["homeZoom"])
    for code in ("R00", "R05"):
        assert 0 < opened.where(code)[0] < 390
    opened.page.set_viewport_size({"width": 1440, "height": 860})
    opened.settle()
    assert opened.read()["homeZoom"] == pytest.approx(wide)


def test_legend_tells_the_classes_and_three_widths(opened: Opened) -> None:
    rows = opened.page.locator("#legend .class-row span").all_inner_texts()
    assert rows == ["0", "1", "4", "9", "16 – 25"]  # six values in five classes
    colours = [
        row.evaluate("node => getComputedStyle(node).backgroundColor")
        for row in opened.page.locator("#legend .class-row i").all()
    ]
    assert colours == ["rgb({}, {}, {})".format(*bytes.fromhex(c[1:])) for c in LIGHT.ramp]
    samples = opened.page.locator("#legend .sample-row").first.locator("path").all()
    widths = [float(str(sample.get_attribute("stroke-width"))) for sample in samples]
    assert opened.page.locator("#legend .sample-row").first.inner_text().split() == ["1", "4", "16"]
    # 0.7 and 5.6 times the root of the share of the largest weight
    assert widths == pytest.approx([0.7 + 1.4, 0.7 + 2.8, 0.7 + 5.6])


def test_legend_follows_the_theme(opened: Opened) -> None:
    sample = opened.page.locator("#legend .sample-row path").first
    assert sample.get_attribute("stroke") == LIGHT.link
    opened.page.locator("#theme").click()
    assert opened.page.locator("#legend .sample-row path").first.get_attribute("stroke") == DARK.link


def test_page_turns_dark_with_the_system(opened: Opened) -> None:
    assert opened.read()["theme"] == "light"
    opened.page.emulate_media(color_scheme="dark")
    opened.rest()
    assert opened.read()["theme"] == "dark"


def test_isolated_region_is_a_small_point_without_halo(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    network: nx.Graph = build_network(study)
    network.remove_edge("R00", "R05")
    opened = open_page(browser, build_page(study, network), tmp_path)
    assert opened.read()["drawn"]["nodes"] == 6
    opened.page.locator("#layer-labels").uncheck()
    opened.page.locator("#layer-links").uncheck()
    ground = opened.pixel("R05", (-22, -22))
    assert opened.pixel("R05", (0, 0)) != ground
    assert opened.pixel("R05", (3, 0)) == opened.pixel("R05", (0, 3)) == ground
    assert opened.pixel("R01", (0, 0)) == LIGHT.node
    assert opened.pixel("R01", (3, 0)) == LIGHT.node
    assert opened.is_silent()
