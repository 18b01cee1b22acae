"""Tabs of the browser that tests take one after another: to start one costs more than to load a page."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Route

PATIENCE = 120_000  # milliseconds; a guard against a hang, no test asks how long anything takes
_ASIDE = -10  # where the pointer is on no page


class Tab:
    """A page without a network that tells whoever has it what was asked for and what went wrong."""

    def __init__(self, browser: Browser, **more: Any) -> None:
        context = browser.new_context(**more)
        context.set_offline(True)
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.plain = not more
        self.address = ""
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.route(re.compile(".*"), self._stop)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def show(self, path: Path, size: tuple[int, int]) -> None:
        """Load a file into a tab that is as new; what it asks for and says is kept in new lists."""
        self.requests, self.errors, self.address = [], [], path.as_uri()
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.goto(self.address)

    def clear(self) -> None:
        """Leave the page, and take back what a test may have set for the whole tab."""
        if self.page.is_closed():
            return
        if not self.plain:
            self.page.context.close()
            return
        self.address = "about:blank"
        self.page.goto(self.address)
        self.page.mouse.move(_ASIDE, _ASIDE)
        self.page.emulate_media(media="null", color_scheme="light", reduced_motion="null", forced_colors="null")

    def _stop(self, route: Route) -> None:
        """Stop and count every request but that for the file itself."""
        if route.request.url == self.address:
            route.continue_()
            return
        self.requests.append(route.request.url)
        route.abort()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)


_FREE: dict[Browser, list[Tab]] = {}
_TAKEN: list[Tab] = []


def take_tab(browser: Browser, **more: Any) -> Tab:
    """Take a tab that nobody has; with options of its own it is a new one, and closed when it is given back."""
    free = [] if more else _FREE.setdefault(browser, [])
    tab = free.pop() if free else Tab(browser, **more)
    _TAKEN.append(tab)
    return tab


def list_taken() -> list[Tab]:
    """Return the tabs that somebody has."""
    return list(_TAKEN)


def give_back(tabs: Iterable[Tab]) -> None:
    """Make tabs as new, for whoever comes next."""
    for tab in tabs:
        if tab in _TAKEN:
            _TAKEN.remove(tab)
            tab.clear()
            browser = tab.page.context.browser
            if tab.plain and browser is not None and not tab.page.is_closed():
                _FREE[browser].append(tab)


def drop_tabs(browser: Browser) -> None:
    """Forget the tabs of a browser that is about to close."""
    _FREE.pop(browser, None)
