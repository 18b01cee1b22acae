"""Windows for far places in a real browser: what they show is theirs alone, and the boxes over the map keep apart."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from maps_browser import NARROW, Opened, open_page
from maps_sample import build_gaps, build_network, build_scores, build_study_with_isle
from playwright.sync_api import Browser, expect

from maps import build_page
from maps.look.palette import LIGHT

pytestmark = pytest.mark.browser
SIZES = [(1440, 860), (1280, 720), (1024, 768), (900, 600), (390, 844)]


def open_isle(browser: Browser, folder: Path, **more: Any) -> Opened:
    study = build_study_with_isle(folder)
    network = build_network(study)
    network.add_edge("R05", "R06", weight=4.0)
    gaps = build_gaps().replace({"target": {"R05": "R06"}})
    page = build_page(study, network, scores=build_scores(study), gaps=gaps, language="en")
    return open_page(browser, page, folder, **more)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    result = open_isle(browser, tmp_path)
    yield result
    assert result.is_silent(), (result.requests, result.errors)
    result.close()


def find_box(opened: Opened, selector: str) -> dict[str, float]:
    box = opened.page.locator(selector).bounding_box()
    assert box is not None
    return dict(box)


def plate_pixel(opened: Opened, x: float, y: float) -> str:
    rgb = opened.page.evaluate(
        """([x, y]) => {
            const plate = document.querySelector(".inset canvas");
            const box = plate.getBoundingClientRect();
            const at = [x - box.left, y - box.top].map((value) => Math.round(value * plate.width / box.width));
            return [...plate.getContext("2d").getImageData(at[0], at[1], 1, 1).data];
        }""",
        [x, y],
    )
    return "#" + "".join(f"{part:02x}" for part in rgb[:3])


def test_point_of_a_far_region_is_in_its_window(opened: Opened) -> None:
    box = find_box(opened, ".inset canvas")
    x, y = opened.where("R06")
    # The middle of 101 to 104 and 20 to 25 degrees, as is the isle.
    assert x == pytest.approx(box["x"] + box["width"] / 2, abs=3)
    assert y == pytest.approx(box["y"] + box["height"] / 2, abs=3)
    drawn = opened.read()["drawn"]
    assert [drawn[layer] for layer in ("regions", "links", "gaps", "nodes", "labels")] == [6, 5, 2, 7, 6]


def test_window_is_painted_and_the_map_is_not(opened: Opened) -> None:
    x, y = opened.where("R06")
    assert plate_pixel(opened, x - 8, y + 8) == LIGHT.ramp[4]  # the highest class
    assert plate_pixel(opened, x, y) == LIGHT.node
    assert plate_pixel(opened, x - 26, y) == LIGHT.sea
    assert opened.count_ground_under(".inset") == 0


def test_window_keeps_its_place_when_the_map_moves(opened: Opened) -> None:
    before = opened.where("R06"), opened.where("R05")
    opened.page.locator("#zoom_in").click()
    opened.settle()
    assert opened.where("R06") == pytest.approx(before[0], abs=1)
    assert opened.where("R05") != pytest.approx(before[1], abs=10)


def test_far_region_answers_the_pointer(opened: Opened) -> None:
    opened.settle()
    opened.hover("R06", (-8, 8))
    expect(opened.page.locator("#tip strong")).to_have_text("Isle")
    opened.hover("R06", (-40, 0))
    expect(opened.page.locator("#tip")).to_be_hidden()  # sea of the window
    opened.page.mouse.click(*opened.where("R06"))
    opened.settle()
    assert opened.read()["focus"] == "R06"
    assert opened.read()["drawn"]["links"] == 1
    expect(opened.page.locator(".region-head h2")).to_have_text("Isle")


def test_window_hides_the_map_below_it_from_the_pointer(opened: Opened) -> None:
    box = find_box(opened, ".inset canvas")
    middle = box["x"] + box["width"] / 2, box["y"] + 8
    for _ in range(3):
        opened.page.locator("#zoom_in").click()
        opened.settle()
    opened.page.mouse.move(*middle)
    expect(opened.page.locator("#tip")).to_be_hidden()
    assert opened.count_ground_under(".inset") > 0


def test_pair_with_a_far_region_zooms_to_the_near_one(opened: Opened) -> None:
    opened.page.locator(".gap-table tbody tr").nth(1).click()
    opened.settle()
    assert opened.read()["pair"] == ["R04", "R06"]
    x, y = opened.where("R04")
    assert 0 < x < 1000
    assert 0 < y < 860


@pytest.mark.parametrize("size", SIZES)
def test_boxes_over_the_map_keep_apart(browser: Browser, tmp_path: Path, size: tuple[int, int]) -> None:
    opened = open_isle(browser, tmp_path, size=size)
    floating = ["#insets", "#notes", "#zoom", *(["#legend"] if size[0] > NARROW else [".search"])]
    boxes = {name: find_box(opened, name) for name in floating}
    names = list(boxes)
    for place, name in enumerate(names):
        one = boxes[name]
        assert one["x"] >= 0
        assert one["x"] + one["width"] <= size[0]
        for other in (boxes[later] for later in names[place + 1 :]):
            aside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            above = one["y"] + one["height"] <= other["y"] + 4 or other["y"] + other["height"] <= one["y"] + 4
            assert aside or above, (name, boxes)
    assert opened.is_silent()
