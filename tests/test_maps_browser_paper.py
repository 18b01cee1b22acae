"""The printed sheet and the phone in a real browser."""

from pathlib import Path

import pandas as pd
import pytest
from maps_browser import Opened, open_page
from maps_sample import build_gaps, build_network, build_rich_gaps, build_scores, build_study
from playwright.sync_api import Browser, expect

from maps import Page, PageOptions, build_page
from maps.look.palette import LIGHT
from maps.words.page_text import UI
from regions.words import Words

pytestmark = pytest.mark.browser
PHONE = (390, 844)
A4_ACROSS = (1031, 703)  # pixels between margins of 12 mm


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Page:
    study = build_study(tmp_path_factory.mktemp("study"))
    options = PageOptions(notes=(Words("Assumed.", "系假设。"),))
    return build_page(study, build_network(study), scores=build_scores(study), gaps=build_rich_gaps(), options=options)


def print_page(opened: Opened) -> None:
    """Lay the page out as on paper, with the events of a browser that prints."""
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")


def find_box(opened: Opened, selector: str) -> dict[str, float]:
    box = opened.page.locator(selector).bounding_box()
    assert box is not None, selector
    return dict(box)


@pytest.mark.parametrize("size", [(1440, 860), (1920, 1080), PHONE])
def test_first_sheet_has_title_map_legend_and_window(
    browser: Browser, built: Page, tmp_path: Path, size: tuple[int, int]
) -> None:
    opened = open_page(browser, built, tmp_path, size=size)
    expect(opened.page.locator(".print-title")).to_be_hidden()
    print_page(opened)
    expect(opened.page.locator(".print-title")).to_have_text("方格研究")
    title, stage = find_box(opened, ".print-title"), find_box(opened, "#stage")
    assert title["y"] + title["height"] <= stage["y"]
    assert stage["width"] <= A4_ACROSS[0]
    assert stage["y"] + stage["height"] <= A4_ACROSS[1]
    for name in ("#legend", "#insets", "#notes"):
        box = find_box(opened, name)
        assert box["x"] >= stage["x"], name
        assert box["x"] + box["width"] <= stage["x"] + stage["width"] + 1, name
        assert box["y"] + box["height"] <= stage["y"] + stage["height"] + 1, name
    for gone in ("#zoom", ".search", ".settings", "#layers", "#export", "#print", "#tip"):
        expect(opened.page.locator(gone)).to_be_hidden()
    assert opened.is_silent()


def test_sheet_carries_limits_notes_and_sources(browser: Browser, built: Page, tmp_path: Path) -> None:
    opened = open_page(browser, built, tmp_path)
    print_page(opened)
    notes = opened.page.locator(".print-notes")
    assert notes.locator("li").all_inner_texts() == [
        "测试用的虚构数据。",
        "地区很少。",
        "系假设。",
        "无来源",
    ]
    opened.page.emulate_media(media="screen")
    expect(notes).to_be_hidden()
    opened.page.locator("#tab-about").click()  # there they are on the sheet already
    print_page(opened)
    expect(notes.locator("li")).to_have_count(0)


def test_a_dark_page_is_printed_light_and_is_dark_again(browser: Browser, built: Page, tmp_path: Path) -> None:
    opened = open_page(browser, built, tmp_path, color_scheme="dark")
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert opened.read()["theme"] == "light"
    assert opened.pixel("R05", (-22, -22)) == LIGHT.ramp[4]
    expect(opened.page.locator("#scale")).to_contain_text("公里")  # not the empty bar of a legend just rebuilt
    opened.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert opened.read()["theme"] == "dark"


def test_a_long_table_is_printed_to_row_forty_and_says_so(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    gaps = pd.concat([build_gaps()] * 15, ignore_index=True)
    opened = open_page(browser, build_page(study, build_network(study), gaps=gaps, language="en"), tmp_path)
    print_page(opened)
    shown = opened.page.locator(".gap-table tbody tr").evaluate_all("rows => rows.filter((r) => r.offsetHeight).length")
    assert shown == 40
    expect(opened.page.locator(".print-notes")).to_contain_text("first 40 of 45 rows")
    opened.page.emulate_media(media="screen")
    everything = opened.page.locator(".gap-table tbody tr").evaluate_all("r => r.filter((x) => x.offsetHeight).length")
    assert everything == 45


def test_pdf_is_a_few_sheets(browser: Browser, built: Page, tmp_path: Path) -> None:
    opened = open_page(browser, built, tmp_path)
    before = opened.read()
    pdf = opened.page.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") in {2, 3}  # the map, the table with notes
    assert opened.read() == before


def test_row_on_a_phone_shows_its_pair_above_the_sheet(browser: Browser, built: Page, tmp_path: Path) -> None:
    opened = open_page(browser, built, tmp_path, size=PHONE, reduced_motion="reduce")
    row = opened.page.locator(".gap-table tbody tr").nth(1)
    row.scroll_into_view_if_needed()
    row.click()
    opened.settle()
    assert find_box(opened, "#map_regionet")["y"] == pytest.approx(0, abs=2)
    assert opened.read()["pair"] == ["R04", "R05"]
    for code in ("R04", "R05"):
        x, y = opened.where(code)
        assert 0 < x < 390
        assert 0 < y < 400  # above the sheet
    opened.page.locator("#tab-scores").click()
    opened.page.locator(".score-table tbody tr").first.click()
    opened.settle()
    assert find_box(opened, "#map_regionet")["y"] == pytest.approx(0, abs=2)
    assert opened.is_silent()


def test_row_on_a_wide_screen_moves_no_page(browser: Browser, built: Page, tmp_path: Path) -> None:
    opened = open_page(browser, built, tmp_path, size=(1024, 600))
    opened.page.locator(".gap-table tbody tr").nth(2).click()
    opened.settle()
    assert opened.page.evaluate("window.scrollY") == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_gap_table_fits_a_phone(browser: Browser, tmp_path: Path, language: str) -> None:
    names = [("Schweiz/Suisse/Svizzera", "新疆维吾尔自治区"), ("Bosna i Hercegovina", "克孜勒苏柯尔克孜自治州")] * 3
    names = [(f"{en} {place}", f"{zh}{place}") for place, (en, zh) in enumerate(names)]
    study = build_study(tmp_path, names=names)
    gaps = build_gaps().assign(observed=[1234.5, 10.0, 3.0], expected=[5678.9, 20.0, 4.0], high=[12345.6, 30.0, 8.0])
    built = build_page(study, build_network(study), gaps=gaps, language=language)
    opened = open_page(browser, built, tmp_path, size=PHONE)
    assert opened.page.evaluate("document.documentElement.scrollWidth") == 390
    view = opened.page.locator("#view")
    assert view.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    mark = UI["grade_moderate"].en if language == "en" else UI["grade_moderate"].zh
    box = opened.page.locator(".grade", has_text=mark).first.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390
