"""Layers on a folium map in a real browser; what folium would fetch is handed to it, and nothing else is asked for."""

import re
from pathlib import Path
from typing import Any

import folium
import pytest
from maps_browser import PATIENCE, WIDE
from maps_sample import NAMES, build_gaps, build_network, build_scores, build_study
from playwright.sync_api import Browser, Page, expect

import maps
from maps import Classes, OverlayOptions
from maps.document.offline import read_asset
from regions.words import Words

pytestmark = pytest.mark.browser

HOSTILE = '<img src=x onerror="alert(1)">{{ 7 * 7 }}</script>${x}`'


def open_map(browser: Browser, chart: folium.Map, folder: Path) -> tuple[Page, list[str]]:
    """Open a map whose Leaflet is ours and whose other libraries are empty; return what went wrong, too."""
    path = folder / "chart.html"
    chart.save(str(path))
    page = browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]})
    page.set_default_timeout(PATIENCE)
    wrong: list[str] = []

    def answer(route: Any) -> None:
        address = route.request.url
        if address == path.as_uri():
            route.continue_()
        elif address.endswith(("leaflet.js", "leaflet.css")):
            route.fulfill(body=read_asset(address.rsplit("/", 1)[1]))
        elif re.search(r"\.(js|css)(\?|$)|/images/marker-", address):  # of the marker and the libraries of folium
            route.fulfill(body="")
        else:
            wrong.append(address)
            route.abort()

    page.route(re.compile(".*"), answer)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    page.goto(path.as_uri())
    page.locator(".regionet-legend").first.wait_for()
    return page, wrong


def pixel(page: Page, pane: str, lat: float, lon: float) -> list[int]:
    """Return red, green, blue, alpha of a layer's canvas at a place of the earth."""
    found: list[int] = page.evaluate(
        """([pane, lat, lon]) => {
            const map = Object.values(window).find((one) => one instanceof L.Map);
            const canvas = document.querySelector(`.leaflet-regionet-${pane}-pane canvas`);
            const at = map.latLngToContainerPoint([lat, lon]);
            const [box, frame] = [canvas, map.getContainer()].map((node) => node.getBoundingClientRect());
            const scale = canvas.width / box.width;
            const [x, y] = [at.x + frame.left - box.left, at.y + frame.top - box.top];
            return [...canvas.getContext("2d").getImageData(x * scale, y * scale, 1, 1).data];
        }""",
        [pane, lat, lon],
    )
    return found


@pytest.fixture
def chart(tmp_path: Path) -> folium.Map:
    study = build_study(tmp_path, names=((HOSTILE, HOSTILE), *NAMES[1:]))
    chart = folium.Map(location=[32, 103], zoom_start=7, tiles=None)
    folium.Marker([33.6, 100.2], tooltip="of folium").add_to(chart)
    options = OverlayOptions(
        classes=Classes(breaks=(0, 5)), palette={"ramp": ("#ff0000", "#0000ff")}, opacity=1, language="en"
    )
    maps.draw_regions(chart, study, build_scores(study)["strength"].rename(HOSTILE), options=options)
    names = [Words(HOSTILE + end, HOSTILE + end) for end in (" links", " gaps")]
    links, gaps = (OverlayOptions(name=name, language="en") for name in names)
    maps.draw_links(chart, study, build_network(study), options=links)
    maps.draw_gaps(chart, study, build_gaps().assign(grade=["moderate", "none", "none"]), options=gaps)
    folium.LayerControl(collapsed=False).add_to(chart)
    return chart


def test_layers_are_drawn_told_and_switched(browser: Browser, chart: folium.Map, tmp_path: Path) -> None:
    page, wrong = open_map(browser, chart, tmp_path)
    assert pixel(page, "regions", 30.5, 100.5) == [255, 0, 0, 255]  # strength 0
    assert pixel(page, "regions", 32.5, 100.5) == [0, 0, 255, 255]  # strength 9
    assert pixel(page, "regions", 29.5, 100.5)[3] == 0
    legend = page.locator(".regionet-legend")
    expect(legend.locator("strong")).to_have_text([HOSTILE, f"{HOSTILE} links", f"{HOSTILE} gaps"])
    expect(legend).to_contain_text("0 – 4 (3)")
    labels = page.locator(".leaflet-control-layers-overlays label span")
    assert HOSTILE in labels.all_text_contents()[0]
    page.mouse.move(*page.evaluate(PLACE, [30.4, 100.4]))
    expect(page.locator(".leaflet-tooltip strong")).to_have_text(HOSTILE)
    expect(page.locator(".leaflet-tooltip")).to_contain_text(f"{HOSTILE}: 0")
    page.locator(".leaflet-control-layers-overlays input").first.uncheck()
    expect(page.locator(".leaflet-regionet-regions-pane canvas")).to_have_count(0)
    expect(legend.locator("strong")).to_have_count(2)
    page.locator(".leaflet-control-layers-overlays input").first.check()
    assert pixel(page, "regions", 30.5, 100.5) == [255, 0, 0, 255]
    assert wrong == []
    page.close()


MOVE = """([lat, lon, zoom]) => {
    Object.values(window).find((one) => one instanceof L.Map).setView([lat, lon], zoom, { animate: false });
}"""
PLACE = """([lat, lon]) => {
    const map = Object.values(window).find((one) => one instanceof L.Map);
    const at = map.latLngToContainerPoint([lat, lon]);
    return [at.x, at.y];
}"""


def test_layers_follow_the_map(browser: Browser, chart: folium.Map, tmp_path: Path) -> None:
    page, wrong = open_map(browser, chart, tmp_path)
    for zoom in (9, 5):
        page.evaluate(MOVE, [31, 101, zoom])
        assert pixel(page, "regions", 30.9, 100.9) == [255, 0, 0, 255]
        assert pixel(page, "regions", 32.1 + 0.3, 100.5) == [0, 0, 255, 255]
    # The link between 0 and 1 bends to the side of its ends: somewhere near the middle its canvas is painted.
    painted = [pixel(page, "links", 31 + step / 20, 102)[3] for step in range(-30, 31)]
    assert any(painted)
    assert wrong == []
    page.close()


def test_what_lies_below_still_answers(browser: Browser, chart: folium.Map, tmp_path: Path) -> None:
    page, wrong = open_map(browser, chart, tmp_path)
    page.mouse.move(*page.evaluate(PLACE, [33.65, 100.2]))
    expect(page.locator(".leaflet-tooltip", has_text="of folium")).to_be_visible()
    assert wrong == []
    page.close()


def test_a_notebook_shows_the_layers(browser: Browser, chart: folium.Map, tmp_path: Path) -> None:
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><meta charset=utf-8>{chart._repr_html_()}", encoding="utf-8")
    page = browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    leaflet = {name: read_asset(name) for name in ("leaflet.js", "leaflet.css")}
    page.route(
        re.compile("^https"), lambda route: route.fulfill(body=leaflet.get(route.request.url.rsplit("/", 1)[1], ""))
    )
    page.goto(path.as_uri())
    expect(page.frame_locator("iframe").locator(".regionet-legend strong")).to_have_text(
        [HOSTILE, f"{HOSTILE} links", f"{HOSTILE} gaps"]
    )
    assert wrong == []
    page.close()
