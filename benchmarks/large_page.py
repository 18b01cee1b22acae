"""A study of 1,345 regions and 20,000 links: the command ``regionet map``, its page, and two ways of folium.

Usage: python benchmarks/large_page.py [--folder FOLDER] [--without-peers | --peers-only]

The study is made up: cells of a bent grid with some fifty corners each, links by size and distance. Told are the
processor time, the time by the clock and the largest memory of the command in a process of its own; bytes and
readiness of its page in Chromium, answers to the pointer with all links on, the opening of the scores. Then, in the
same run, the same 20,000 links on a folium map: as one layer of ours (``maps.draw_links``), as one ``folium.PolyLine``
each and as one ``folium.GeoJson``; time to build and save, bytes, time until the map is there, and the median frame
while it is dragged.
"""

import argparse
import csv
import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import folium
from page import CHROMIUM, OPENED, measure_hover, measure_ready
from playwright.sync_api import Browser, Page, sync_playwright

from analysis import build_network
from maps import draw_links
from maps.document.offline import read_asset
from regions import Study, read_study

REGIONS, LINKS = 1345, 20_000
ACROSS = 37
EDGE = 12
_OPEN_SCORES = """() => {
    const start = performance.now();
    document.getElementById("tab-scores").click();
    document.getElementById("view").getBoundingClientRect();
    return performance.now() - start;
}"""
_COUNT = """() => {
    window.frames_seen = [];
    let last = performance.now();
    const count = () => {
        const now = performance.now();
        window.frames_seen.push(now - last);
        last = now;
        requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
}"""
_DRAGGED = 40


def bend(column: float, row: float) -> tuple[float, float]:
    """Return longitude and latitude of a corner of the grid, moved a little, the same for all cells that share it."""
    shift = math.sin(column * 2.1 + row * 1.3) * 0.2, math.sin(column * 1.7 - row * 2.3) * 0.15
    return 70 + column * 1.5 + shift[0], 10 + row + shift[1]


def ring_of(place: int) -> list[tuple[float, float]]:
    """Return the corners of a cell."""
    column, row = place % ACROSS, place // ACROSS
    corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1), (column, row)]
    steps = [(a, b, step / EDGE) for a, b in pairwise(corners) for step in range(EDGE)]
    points = [bend(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b, share in steps]
    return [*points, points[0]]


def write_study(folder: Path) -> Path:
    """Write the study as a folder of tables."""
    chance = random.Random(1)  # noqa: S311 - made-up data, always the same
    folder.mkdir(parents=True, exist_ok=True)
    rows = [["code", "name", "name_zh", "level", "parent", "lon", "lat"]]
    features = []
    for place in range(REGIONS):
        lon, lat = bend(place % ACROSS + 0.5, place // ACROSS + 0.5)
        rows.append([f"R{place:04d}", f"Region {place}", f"地区{place}", "city", "", f"{lon:.4f}", f"{lat:.4f}"])
        geometry = {"type": "Polygon", "coordinates": [ring_of(place)]}
        features.append({"type": "Feature", "properties": {"code": f"R{place:04d}"}, "geometry": geometry})
    size = [math.exp(chance.gauss(0, 1)) for _ in range(REGIONS)]
    pairs: dict[tuple[int, int], int] = {}
    while len(pairs) < LINKS:
        a, b = chance.choices(range(REGIONS), size, k=2)
        if a != b and chance.random() < 1 / (1 + abs(a % ACROSS - b % ACROSS) / 4):
            pairs[min(a, b), max(a, b)] = 1 + int(chance.expovariate(0.3))
    links = [["source", "target", "weight"], *([f"R{a:04d}", f"R{b:04d}", n] for (a, b), n in sorted(pairs.items()))]
    for name, table in (("regions.csv", rows), ("links.csv", links)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table)
    (folder / "boundaries.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (folder / "study.yaml").write_text("name: large\ntitle: {en: Large, zh: 大}\n", encoding="utf-8")
    return folder


def measure_command(study: Path, out: Path) -> str:
    """Run ``regionet map`` and return what it took."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "regionet", "map", "--study", str(study), "--out", str(out), "--lang", "en"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, code, used = os.wait4(process.pid, 0)
    if code:
        raise SystemExit(f"regionet map ended with {code}")
    clock = time.perf_counter() - start
    cpu = used.ru_utime + used.ru_stime
    return f"regionet map: {cpu:.1f} s of processor, {clock:.1f} s by the clock, {used.ru_maxrss / 1024:.0f} MB"


def measure_page(browser: Browser, path: Path) -> str:
    """Return what the page takes."""
    ready = median(measure_ready(browser, path) for _ in range(OPENED))
    page = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
    page.goto(f"{path.as_uri()}#view=evidence")
    page.evaluate("regionet.read()")
    scores = page.evaluate(_OPEN_SCORES)
    page.evaluate("document.getElementById('settings').open = true")
    page.locator("#shown").press("End")
    hover = measure_hover(page)
    size = path.stat().st_size
    return (
        f"page: {size:,} bytes, ready {ready:.0f} ms, hover with all links {hover[0]:.0f} / {hover[1]:.0f} ms "
        f"(median / p95), scores open in {scores:.0f} ms"
    )


def add_ours(chart: folium.Map, study: Study, network: Any, points: dict[str, tuple[float, float]]) -> None:  # noqa: ANN401, ARG001
    """One layer of ours."""
    draw_links(chart, study, network)


def add_polylines(chart: folium.Map, study: Study, network: Any, points: dict[str, tuple[float, float]]) -> None:  # noqa: ANN401, ARG001
    """One ``PolyLine`` for each link, as tutorials have it."""
    for a, b, weight in network.edges(data="weight"):
        width = 0.7 + 5.6 * math.sqrt(weight / 30)
        folium.PolyLine([points[a], points[b]], weight=width, opacity=0.5, tooltip=f"{a} - {b}: {weight}").add_to(chart)


def add_geojson(chart: folium.Map, study: Study, network: Any, points: dict[str, tuple[float, float]]) -> None:  # noqa: ANN401, ARG001
    """All links in one ``GeoJson``."""
    features = [
        {
            "type": "Feature",
            "properties": {"tip": f"{a} - {b}: {weight}", "weight": 0.7 + 5.6 * math.sqrt(weight / 30)},
            "geometry": {"type": "LineString", "coordinates": [points[a][::-1], points[b][::-1]]},
        }
        for a, b, weight in network.edges(data="weight")
    ]
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        style_function=lambda feature: {"weight": feature["properties"]["weight"], "opacity": 0.5},
        tooltip=folium.GeoJsonTooltip(["tip"]),
    ).add_to(chart)


WAYS = {"maps.draw_links": add_ours, "folium.GeoJson": add_geojson, "folium.PolyLine each": add_polylines}


def measure_drag(page: Page) -> tuple[float, float]:
    """Return the median frame in milliseconds while the map is dragged, and the seconds until it stands again."""
    page.mouse.move(700, 450)
    page.mouse.down()
    page.mouse.move(705, 452)
    page.evaluate(_COUNT)
    for step in range(_DRAGGED):
        page.mouse.move(705 + 4 * step, 452 + step)
    frames = page.evaluate("window.frames_seen")
    start = time.perf_counter()
    page.mouse.up()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))")
    return median(frames[1:] or frames), time.perf_counter() - start


def measure_way(browser: Browser, name: str, study: Study, folder: Path) -> str:
    """Return what it takes to show the links one way."""
    network = build_network(study)
    points = {str(code): (row.lat, row.lon) for code, row in study.regions.iterrows()}
    start = time.process_time()
    chart = folium.Map(location=[28, 98], zoom_start=5, tiles=None)
    WAYS[name](chart, study, network, points)
    path = folder / "way.html"
    chart.save(str(path))
    built = time.process_time() - start
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(300_000)

    def answer(route: Any) -> None:  # noqa: ANN401 - Playwright's route
        address = route.request.url
        if address.startswith("file:"):
            route.continue_()
            return
        leaflet = address.rsplit("/", 1)[1]
        route.fulfill(body=read_asset(leaflet) if leaflet in {"leaflet.js", "leaflet.css"} else "")

    page.route(re.compile(".*"), answer)
    start = time.perf_counter()
    page.goto(path.as_uri())
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))")
    ready = time.perf_counter() - start
    frame, settled = measure_drag(page)
    page.close()
    told = f"{name}: built in {built:.1f} s, {path.stat().st_size:,} bytes, there in {ready:.1f} s, "
    return told + f"{frame:.0f} ms a frame while it is dragged, {settled:.1f} s until it stands"


def main() -> None:
    """Write the study, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, help="where the study and the page are kept")
    parser.add_argument("--without-peers", action="store_true", help="leave the ways of folium out")
    parser.add_argument("--peers-only", action="store_true", help="only the three ways on a folium map")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        study = write_study(folder / "study")
        if not asked.peers_only:
            print(measure_command(study, folder / "out"), flush=True)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            if not asked.peers_only:
                print(measure_page(browser, folder / "out" / "map.html"), flush=True)
            if not asked.without_peers:
                read = read_study(study)
                for name in WAYS:
                    print(measure_way(browser, name, read, folder), flush=True)
            browser.close()


if __name__ == "__main__":
    main()
