"""Scores with a sign in a real browser: hues that part at zero, marks in the legend, bars from a line in the middle."""

from pathlib import Path

import pandas as pd
import pytest
from maps_browser import Opened, open_page
from maps_sample import build_network, build_study
from playwright.sync_api import Browser, Locator, expect

from maps import Page, build_page
from maps.look.palette import DARK, LIGHT

pytestmark = pytest.mark.browser
BESIDE = (-22.0, -22.0)
VALUES = [-40.0, -20.0, -1.0, 0.0, 10.0, 80.0]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Page:
    study = build_study(tmp_path_factory.mktemp("study"))
    scores = pd.DataFrame({"net": VALUES, "own": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]}, index=study.regions.index)
    return build_page(study, build_network(study), scores=scores, language="en")


def test_below_zero_regions_have_another_hue(opened: Opened) -> None:
    below, above = LIGHT.diverging[:3], LIGHT.diverging[3:]
    shown = [*below, LIGHT.zero, above[0], above[2]]  # zero is of neither side; two classes are far apart
    assert [opened.pixel(f"R{i:02d}", BESIDE) for i in range(6)] == shown
    opened.page.locator("#theme").click()
    assert [opened.pixel(f"R{i:02d}", BESIDE) for i in (0, 5)] == [DARK.diverging[0], DARK.diverging[5]]


def has_minus(opened: Opened, code: str) -> bool:
    """Tell whether ink stands over the point of a region."""
    return LIGHT.ink in {opened.pixel(code, (0.0, -float(up))) for up in range(6, 26)}


def test_paper_which_may_be_grey_has_a_minus_in_each_region_below_zero(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    scores = pd.DataFrame({"net": VALUES}, index=study.regions.index)
    opened = open_page(browser, build_page(study, build_network(study), scores=scores), tmp_path)
    for layer in ("labels", "links"):
        opened.page.locator(f"#layer-{layer}").uncheck()
    assert not has_minus(opened, "R00")  # hues tell on a screen
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert [has_minus(opened, f"R{i:02d}") for i in range(6)] == [True, True, True, False, False, False]
    opened.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert not has_minus(opened, "R00")


def test_a_score_without_sign_keeps_the_ramp(opened: Opened) -> None:
    opened.page.locator("#score").select_option(index=1)
    assert opened.pixel("R05", BESIDE) == LIGHT.ramp[4]
    assert opened.page.locator("#legend .class-row i").all_inner_texts() == [""] * 5


def test_legend_marks_the_sign(opened: Opened) -> None:
    rows = opened.page.locator("#legend .class-row")
    assert rows.locator("i").all_inner_texts() == ["−", "−", "−", "0", "+", "+"]
    assert rows.locator("span").all_inner_texts() == ["−40", "−20", "−1", "exactly zero", "10", "80"]
    assert rows.locator(".count").all_inner_texts() == ["1"] * 6
    expect(opened.page.locator("#legend .past-zero")).to_have_count(1)


def measure_bar(row: Locator) -> tuple[float, float]:
    """Return where the bar begins and ends in its cell, in shares of the width."""
    ends: list[float] = row.locator(".bar").evaluate(
        """cell => {
            const [all, bar] = [cell, cell.querySelector("i")].map((node) => node.getBoundingClientRect());
            return [(bar.left - all.left) / all.width, (bar.right - all.left) / all.width];
        }"""
    )
    return ends[0], ends[1]


def test_bars_leave_a_line_in_the_middle(opened: Opened) -> None:
    opened.page.locator("#tab-scores").click()
    rows = opened.page.locator(".score-table tbody tr")
    assert rows.locator("td.wide").all_inner_texts() == ["80", "10", "0", "−1", "−20", "−40"]
    # The largest size, 80, fills half of the cell.
    assert measure_bar(rows.first) == pytest.approx((0.5, 1.0), abs=0.02)
    assert measure_bar(rows.nth(2)) == pytest.approx((0.5, 0.5), abs=0.02)
    assert measure_bar(rows.last) == pytest.approx((0.25, 0.5), abs=0.02)


def test_a_file_has_numbers_with_hyphens(browser: Browser, built: Page, tmp_path: Path) -> None:
    opened = open_page(browser, built, tmp_path)
    opened.page.locator("#tab-scores").click()
    with opened.page.expect_download() as waiting:
        opened.page.locator("#export").click()
    assert ",-40," in Path(waiting.value.path()).read_text(encoding="utf-8")  # spreadsheets read no minus
    expect(opened.page.locator(".score-table")).to_have_count(1)
    assert opened.is_silent()
