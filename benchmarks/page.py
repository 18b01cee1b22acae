"""What the page takes in Chromium: bytes, time until it is ready, answer to the pointer, opening of the scores.

Usage: python benchmarks/page.py [STUDY ...]

Each study (china, china-cities by default) is analysed and drawn as ``regionet map`` does it. The page is opened from
a file in headless Chromium with the network off, five times for the time until its map is drawn. The pointer is moved
over the map 200 times, and the time from each move until the map is drawn anew is told (median, 95th percentile), once
with the links of the page as it opens and once with all of them.
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Page, sync_playwright

from analysis import GapRegister
from maps import PageOptions, build_page
from regionet.steps.page_layers import build_page_layers
from regionet.steps.page_tables import build_page_tables, describe_units
from regionet.steps.pipeline import Choices, analyse
from regions import load_study

STUDIES = ("china", "china-cities")
CHROMIUM = "/usr/bin/chromium"
OPENED = 5
MOVES = 200
_HOVER = """async (moves) => {
    const map = document.querySelector(".leaflet-container").getBoundingClientRect();
    const taken = [];
    for (let i = 0; i < moves; i += 1) {
        const at = { clientX: map.left + map.width * (0.1 + 0.8 * ((i * 37) % 100) / 100),
            clientY: map.top + map.height * (0.1 + 0.8 * ((i * 61) % 100) / 100), bubbles: true };
        await new Promise((done) => setTimeout(done, 40));
        const start = performance.now();
        document.querySelector("canvas.leaflet-zoom-animated").dispatchEvent(new MouseEvent("mousemove", at));
        regionet.read();
        taken.push(performance.now() - start);
    }
    return taken;
}"""
_OPEN_SCORES = """() => {
    const start = performance.now();
    document.getElementById("tab-scores").click();
    document.getElementById("view").getBoundingClientRect();
    return performance.now() - start;
}"""


def build_html(name: str) -> str:
    """Return the page of an embedded study, as ``regionet map`` writes it."""
    findings = analyse(load_study(name), Choices())
    layers = build_page_layers(findings.study, findings.network)
    options = PageOptions(units=describe_units(findings), layers=layers, notes=findings.notes)
    gaps, partners = build_page_tables(findings, listed=options.gaps_listed)
    register = None if gaps is None or findings.model is None else GapRegister(gaps, findings.model)
    page = build_page(
        findings.study,
        findings.network,
        scores=findings.scores,
        gaps=register,
        partners=partners,
        options=options,
    )
    return page.html


def measure_ready(browser: Any, path: Path) -> float:  # noqa: ANN401 - Playwright's browser
    """Return the milliseconds from the order to open the file until the map is drawn."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
    start = time.perf_counter()
    page.goto(path.as_uri())
    page.evaluate("regionet.read()")
    taken = 1000 * (time.perf_counter() - start)
    page.context.close()
    return taken


def measure_hover(page: Page) -> tuple[float, float]:
    """Return the median and the 95th percentile in milliseconds."""
    taken = page.evaluate(_HOVER, MOVES)
    return median(taken), quantiles(taken, n=20)[-1]


def measure(name: str, folder: Path) -> str:
    """Return one line of figures."""
    path = folder / f"{name}.html"
    path.write_text(build_html(name), encoding="utf-8")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        ready = median(measure_ready(browser, path) for _ in range(OPENED))
        page = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
        page.goto(f"{path.as_uri()}#view=evidence")
        page.evaluate("regionet.read()")
        few = measure_hover(page)
        page.evaluate("document.getElementById('settings').open = true")
        page.locator("#shown").press("End")
        every = measure_hover(page)
        scores = page.evaluate(_OPEN_SCORES)
        browser.close()
    size = path.stat().st_size
    return (
        f"{name}: {size:,} bytes, ready {ready:.0f} ms, hover {few[0]:.0f} / {few[1]:.0f} ms (median / p95), "
        f"all links {every[0]:.0f} / {every[1]:.0f} ms, scores open in {scores:.0f} ms"
    )


def main() -> None:
    """Measure each study and print its line."""
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[1:] or STUDIES:
            print(measure(name, Path(folder)), flush=True)


if __name__ == "__main__":
    main()
