"""The panel by keyboard alone in a real browser: a table is one stop, arrows move in it, Escape closes one thing."""

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


def press(opened: Opened, *keys: str) -> None:
    for key in keys:
        opened.page.keyboard.press(key)


def enter_table(opened: Opened) -> None:
    """Come into the table from the tabs: past what narrows it, where there is such."""
    for _ in range(5):
        press(opened, "Tab")
        if opened.page.evaluate("document.activeElement.closest('table') !== null"):
            return
    raise AssertionError("no table within five stops")


def read_focus(opened: Opened) -> str:
    words: str = opened.page.evaluate("document.activeElement.innerText.split(/[\\t\\n]/).slice(0, 2).join(' ')")
    return words


@pytest.mark.parametrize("tab", ["gaps", "scores"])
def test_a_table_is_one_stop_of_the_tab_key(opened: Opened, tab: str) -> None:
    opened.page.locator(f"#tab-{tab}").click()
    expect(opened.page.locator("#view table [tabindex='0']")).to_have_count(1)
    opened.page.locator(f"#tab-{tab}").focus()
    enter_table(opened)
    press(opened, "Tab")
    expect(opened.page.locator("#export")).to_be_focused()
    press(opened, "Shift+Tab")
    assert opened.page.evaluate("document.activeElement.closest('table') !== null")


def test_the_export_is_near(opened: Opened) -> None:
    opened.page.evaluate("document.getElementById('settings').open = false")
    opened.page.locator("#view-evidence").focus()
    for _ in range(11):  # the twelfth press from the top of the page
        press(opened, "Tab")
        if opened.page.evaluate("document.activeElement.id") == "export":
            return
    raise AssertionError("the export is farther than twelve stops")


def test_the_tab_key_comes_back_to_the_row_it_left(opened: Opened) -> None:
    opened.page.locator("#tab-gaps").focus()
    enter_table(opened)
    press(opened, "ArrowDown", "Tab", "Shift+Tab")
    expect(opened.page.locator(".gap-table > tbody > tr").nth(1)).to_be_focused()


def test_the_tab_key_comes_to_the_selected_row(opened: Opened) -> None:
    opened.page.locator("#tab-gaps").focus()
    enter_table(opened)
    press(opened, "ArrowDown", "Enter")
    opened.settle()
    opened.page.locator("#tab-scores").click()
    opened.page.locator("#tab-gaps").click()
    enter_table(opened)
    expect(opened.page.locator(".gap-table tr.picked")).to_be_focused()
    assert opened.read()["pair"] == ["R04", "R05"]


def test_heads_to_sort_by_are_above_the_first_row(opened: Opened) -> None:
    opened.page.locator("#tab-scores").click()
    press(opened, "Tab", "ArrowUp")
    assert read_focus(opened) == "Region"
    press(opened, "ArrowRight")
    assert read_focus(opened) == "Strength"
    press(opened, "ArrowLeft", "ArrowLeft")  # the first keeps it
    assert read_focus(opened) == "Region"
    press(opened, "Enter")
    names = opened.page.locator(".score-table tbody td.name").all_inner_texts()
    assert names == sorted(names)
    assert read_focus(opened) == "Region"  # in the table built anew
    expect(opened.page.locator("#view table [tabindex='0']")).to_have_count(1)
    press(opened, "ArrowDown")
    expect(opened.page.locator(".score-table tbody tr").first).to_be_focused()


def test_escape_closes_the_matches_and_leaves_the_region(opened: Opened) -> None:
    opened.page.locator("#search").fill("Beta")
    press(opened, "Enter")
    opened.settle()
    opened.page.locator("#search").fill("Ga")
    expect(opened.page.locator("#found")).to_be_visible()
    press(opened, "Escape")
    expect(opened.page.locator("#found")).to_be_hidden()
    assert opened.read()["focus"] == "R01"
    press(opened, "Escape")
    assert opened.read()["focus"] is None


def test_matches_closed_do_not_answer_to_keys(opened: Opened) -> None:
    opened.page.locator("#search").fill("Beta")
    press(opened, "Escape", "Enter")
    assert opened.read()["focus"] is None


def test_a_region_is_found_without_blanks_and_accents(opened: Opened) -> None:
    opened.page.locator("#search").fill(" B é t a")
    press(opened, "Enter")
    assert opened.read()["focus"] == "R01"


def test_a_tab_without_a_table_is_a_stop_itself(opened: Opened) -> None:
    opened.page.locator("#tab-about").click()
    press(opened, "Tab")
    expect(opened.page.locator("#view")).to_be_focused()
    opened.page.locator("#tab-gaps").click()
    enter_table(opened)
