"""A page as a map maker wants it, in a real browser: colours, classes, names, layers and tiles of one's own, Excel."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from maps_browser import Opened, open_page
from maps_sample import build_gaps, build_network, build_partners, build_scores, build_study
from playwright.sync_api import Browser, expect

from maps import Classes, GeoLayer, Page, PageOptions, Tiles, build_page
from regions.words import Words

pytestmark = pytest.mark.browser
openpyxl = pytest.importorskip("openpyxl", reason="the extra 'test' is not installed")

HOSTILE = '<img src=x onerror="alert(1)">{{ 7 * 7 }}</script>${x}`'
SITES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [101, 32]},
            "properties": {"name": HOSTILE},
        },
        {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[100.2, 30.2], [105.8, 33.8]]}},
        {
            "type": "Feature",
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[104.2, 30.2], [105, 30.2], [105, 31], [104.2, 31], [104.2, 30.2]]],
            },
        },
    ],
}
OPTIONS = PageOptions(
    palette={"ramp": ("#f7fcf5", "#238b45")},
    classes={"strength": Classes(breaks=(0, 2, 10, 100)), "pagerank": Classes(number=3)},
    labels={"R01": Words("Bee!", "贝！")},
    geo_layers=(GeoLayer("sites", Words(HOSTILE, HOSTILE), SITES, label="name", colour="#aa0033", width=6),),
    theme="light",
)


def build(folder: Path, options: PageOptions = OPTIONS, **more: Any) -> Page:
    study = build_study(folder)
    return build_page(
        study,
        build_network(study),
        scores=build_scores(study),
        gaps=build_gaps(),
        partners=build_partners(),
        options=options,
        **more,
    )


def download(opened: Opened, button: str) -> bytes:
    with opened.page.expect_download() as caught:
        opened.page.locator(button).click()
    return Path(caught.value.path()).read_bytes()


def test_colours_classes_names_and_layers_of_ones_own(browser: Browser, tmp_path: Path) -> None:
    opened = open_page(browser, build(tmp_path), tmp_path)
    legend = opened.page.locator("#legend")
    # Strength is 0, 1, 4, 9, 16, 25: two below 2, two below 10, two below 100, none above.
    expect(legend.locator(".class-row .count")).to_have_text(["2", "2", "2", "0"])
    expect(legend).to_contain_text(HOSTILE)  # the title of the layer, as text
    fills = legend.locator(".class-row i").evaluate_all("nodes => nodes.map(node => node.style.backgroundColor)")
    assert fills[0] == "rgb(247, 252, 245)"
    assert fills[-1] == "rgb(35, 139, 69)"
    assert len(set(fills)) == 4  # two colours give four classes: those between are mixed
    opened.page.locator("#layer-geo-sites").uncheck()
    expect(legend).not_to_contain_text("img src")
    opened.page.locator("#layer-geo-sites").check()
    assert opened.is_silent()


def test_a_feature_tells_its_text_as_text(browser: Browser, tmp_path: Path) -> None:
    opened = open_page(browser, build(tmp_path), tmp_path)
    (x, y), (u, v) = opened.where("R00"), opened.where("R03")
    opened.page.mouse.move((x + u) / 2 - 2, (y + v) / 2)  # on a meridian, which is straight
    opened.rest()
    opened.page.mouse.move((x + u) / 2, (y + v) / 2)
    opened.rest()
    expect(opened.page.locator("#tip strong")).to_have_text(HOSTILE)
    expect(opened.page.locator("#tip")).to_be_visible()
    assert opened.is_silent()


def test_tiles_are_the_one_thing_that_is_fetched_and_the_page_says_so(browser: Browser, tmp_path: Path) -> None:
    tiles = Tiles("https://tiles.example.org/{z}/{x}/{y}.png?key=K", attribution=HOSTILE)
    opened = open_page(browser, build(tmp_path, PageOptions(tiles=tiles)), tmp_path)
    assert opened.requests
    assert all(address.startswith("https://tiles.example.org/") for address in opened.requests)
    zoom, column, row = (int(part) for part in opened.requests[0].split("/", 3)[3].split(".png")[0].split("/"))
    assert 0 < zoom <= 18
    assert 0 <= column < 2**zoom
    assert 0 <= row < 2**zoom
    # 103 degrees east, 32 north is the middle of the squares: its tile is among those asked for.
    wanted = int((103 + 180) / 360 * 2**zoom)
    assert any(f"/{zoom}/{wanted}/" in address for address in opened.requests)
    expect(opened.page.locator("#notes")).to_contain_text("tiles.example.org")
    expect(opened.page.locator("#notes")).to_contain_text(HOSTILE)
    before = opened.where("R00")
    opened.page.locator("#zoom_in").click()
    opened.settle()
    after, other = opened.where("R00"), opened.where("R05")
    assert abs(after[0] - other[0]) > 1.3 * 0.5 * abs(before[0] - other[0])  # the regions zoom with the tiles
    assert opened.errors == [error for error in opened.errors if "ERR_FAILED" in error]  # the tiles that were stopped


def test_the_table_as_a_workbook(browser: Browser, tmp_path: Path) -> None:
    opened = open_page(browser, build(tmp_path, language="en"), tmp_path, accept_downloads=True)
    opened.page.locator("#tab-scores").click()
    book = openpyxl.load_workbook(BytesIO(download(opened, "#export-xlsx")))
    scores, about = book.worksheets
    rows = list(scores.values)
    assert rows[0] == ("code", "name", "name_zh", "strength", "pagerank", "novelty")
    assert rows[1] == ("R05", "Zeta", "泽市", 25, pytest.approx(1 / 6, rel=1e-5), 1.25)
    assert len(rows) == 7
    assert scores.freeze_panes == "A2"
    assert any("Made up for tests." in row for row in about.values)
    assert not any(cell.data_type == "f" for sheet in book for line in sheet for cell in line)
    opened.page.locator("#tab-about").click()
    expect(opened.page.locator("#export-xlsx")).to_be_hidden()
    assert opened.is_silent()


def test_the_sheet_of_a_region_as_a_workbook(browser: Browser, tmp_path: Path) -> None:
    opened = open_page(browser, build(tmp_path, language="en"), tmp_path, accept_downloads=True)
    opened.page.locator("#search").fill("Gamma")
    opened.page.locator("#search").press("Enter")
    opened.settle()
    book = openpyxl.load_workbook(BytesIO(download(opened, "#export-xlsx")))
    assert len(book.worksheets) == 4
    profile, gaps, partners, _ = (list(sheet.values) for sheet in book.worksheets)
    assert profile[0][:2] == ("Gamma", "R02")
    assert gaps[1][:4] == ("Delta", 0, 5.5, 5.5)
    assert "Alpha Works ↔ Beta School" in gaps[1][-1]
    assert partners[1][:3] == ("R01", "Beta", 4)
    assert opened.is_silent()


def test_a_notebook_frame_runs_the_page_and_asks_for_nothing(browser: Browser, tmp_path: Path) -> None:
    page = build(tmp_path, language="en")
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><body>{page._repr_html_()}</body>", encoding="utf-8")
    context = browser.new_context(viewport={"width": 1300, "height": 800})
    context.set_offline(True)
    tab = context.new_page()
    requests: list[str] = []
    errors: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    tab.goto(path.as_uri())
    frame = tab.frame_locator("iframe")
    frame.locator("canvas.leaflet-zoom-animated").wait_for()
    expect(frame.locator("#legend")).to_contain_text(HOSTILE)
    frame.locator("#tab-scores").click()
    expect(frame.locator("#view")).to_contain_text("Zeta")
    assert [address for address in requests if not address.startswith(("file:", "about:", "data:"))] == []
    assert errors == []
    context.close()
