"""Headless Chromium without a network, for the tests of the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from browser_tabs import PATIENCE, Tab, drop_tabs, give_back, take_tab
from playwright.sync_api import Browser, Page, expect, sync_playwright

from maps import Page as MapPage

CHROMIUM = Path("/usr/bin/chromium")
WIDE = (1440, 860)
NARROW = 820
expect.set_options(timeout=PATIENCE)


@contextmanager
def start_browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed (Debian: apt-get install chromium fonts-noto-cjk)")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        drop_tabs(browser)
        browser.close()


@dataclass(frozen=True)
class Opened:
    """A page, every request it made besides the file itself, and every error it printed."""

    tab: Tab

    @property
    def page(self) -> Page:
        """The page of the tab."""
        return self.tab.page

    @property
    def requests(self) -> list[str]:
        """The addresses that the page asked for."""
        return self.tab.requests

    @property
    def errors(self) -> list[str]:
        """The errors that it printed or threw."""
        return self.tab.errors

    def close(self) -> None:
        """Leave the page; whoever does not, leaves it at the end of the test."""
        give_back([self.tab])

    def read(self) -> dict[str, Any]:
        """Return what the page says it shows."""
        state: dict[str, Any] = self.page.evaluate("regionet.read()")
        return state

    def where(self, code: str) -> tuple[float, float]:
        """Return where on the screen a region's point is."""
        place = self.page.evaluate("code => regionet.where(code)", code)
        return place["x"], place["y"]

    def hover(self, code: str, aside: tuple[float, float] = (0, 0)) -> None:
        """Move the pointer to a region's point, or beside it."""
        x, y = self.where(code)
        self.page.mouse.move(x + aside[0] - 3, y + aside[1])
        self.rest()
        self.page.mouse.move(x + aside[0], y + aside[1])
        self.rest()

    def pixel(self, code: str, aside: tuple[float, float]) -> str:
        """Return the colour of the canvas beside a region's point, as #rrggbb."""
        self.read()  # draws what is due
        x, y = self.where(code)
        rgb = self.page.evaluate(
            """([x, y]) => {
                const canvas = document.querySelector("canvas.leaflet-zoom-animated");
                const box = canvas.getBoundingClientRect();
                const at = [x - box.left, y - box.top].map((value) => Math.round(value * canvas.width / box.width));
                return [...canvas.getContext("2d").getImageData(at[0], at[1], 1, 1).data];
            }""",
            [x + aside[0], y + aside[1]],
        )
        return "#" + "".join(f"{part:02x}" for part in rgb[:3])

    def count_ground_under(self, selector: str) -> int:
        """Count the painted pixels of the map under a floating box, with only the ground switched on."""
        for layer in ("links", "gaps", "nodes", "labels"):
            box = self.page.locator(f"#layer-{layer}")
            if box.count():
                box.evaluate("node => node.checked && node.click()")  # in a fold that may be closed
        self.read()  # draws what is due
        count: int = self.page.evaluate(
            """(selector) => {
                const canvas = document.querySelector("canvas.leaflet-zoom-animated");
                const ground = canvas.getBoundingClientRect();
                const box = document.querySelector(selector).getBoundingClientRect();
                const scale = canvas.width / ground.width;
                const at = [box.left - ground.left, box.top - ground.top, box.width, box.height];
                const data = canvas.getContext("2d").getImageData(...at.map((value) => Math.round(value * scale))).data;
                return data.filter((value, i) => i % 4 === 3 && value > 0).length;
            }""",
            selector,
        )
        return count

    def texts(self) -> list[str]:
        """Return everything a reader or a screen reader gets: visible text, names, titles, placeholders."""
        found: list[str] = self.page.evaluate(
            """() => {
                const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                const texts = [document.title];
                while (walker.nextNode()) {
                    const parent = walker.currentNode.parentElement;
                    if (!parent.closest("script, style, noscript")) texts.push(walker.currentNode.data);
                }
                for (const node of document.body.querySelectorAll("*")) {
                    for (const name of ["aria-label", "title", "placeholder", "aria-valuetext"]) {
                        if (node.hasAttribute(name)) texts.push(node.getAttribute(name));
                    }
                }
                return texts.filter((text) => text.trim());
            }"""
        )
        return found

    def rest(self) -> None:
        """Let the page do what is due by its own clock: Leaflet looks at the pointer every 32 ms, then it draws.

        However slow the machine is, the timer set here fires after those set before it.
        """
        frame = "requestAnimationFrame(() => requestAnimationFrame(done))"
        self.page.evaluate(f"() => new Promise((done) => setTimeout(() => {frame}, 40))")

    def settle(self) -> None:
        """Wait for an animated move of the map to end, or for none to have begun."""
        still = 0
        for _ in range(2000):  # only a map that never rests gets there
            self.page.wait_for_timeout(40)
            still = 0 if self.read()["moving"] else still + 1
            if still == 3:  # one move may begin where another ends
                return
        raise AssertionError("the map moves without end")

    def is_silent(self) -> bool:
        """Tell whether the page asked for nothing and reported no error."""
        return not self.requests and not self.errors


def open_page(
    browser: Browser,
    built: MapPage,
    folder: Path,
    *,
    size: tuple[int, int] = WIDE,
    view: str = "evidence",
    **more: Any,
) -> Opened:
    """Write the page to a file and open it with the network off; every other request is stopped and counted.

    In the view of an analyst, with the fold of the layers open, unless ``view`` says otherwise.
    """
    html = built.html
    if view == "evidence":
        html = html.replace('"view":"brief"', '"view":"evidence"', 1)
        if size[0] > NARROW:  # on a phone the fold covers the map
            html = html.replace('<details id="settings">', '<details id="settings" open>', 1)
    path = MapPage(html).save(folder / "page.html")
    opened = Opened(take_tab(browser, **more))
    opened.tab.show(path, size)
    opened.page.locator("canvas.leaflet-zoom-animated").wait_for()
    opened.settle()
    return opened
