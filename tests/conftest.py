"""Fixtures that every test may use."""

import gc
import os
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from maps_browser import Opened
    from playwright.sync_api import Browser

    from maps import Page

# Workers share the cores already: threads of the linear algebra inside each would only wait for one another.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).resolve().parents[2] / "shared"

# A busy machine is no fault of the code: tests that take long are seen by their own benchmarks.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while thousands of tests are made, nor ever after among what they are made of."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture
def golden() -> Callable[[str], Path]:
    """Path of a golden table: one of ``tests/data``, else one too large or not free to carry, or the test skips."""

    def find(relative: str) -> Path:
        for folder in (DATA, SHARED):
            path = folder / "golden" / relative
            if path.exists():
                return path
        pytest.skip(f"golden table {relative} is not on this machine (it stands beside the repository, not in it)")

    return find


REGIONS = """code,name,name_zh,level,parent,lon,lat,capital_lon,capital_lat
P1,One,甲省,province,,110,30,111,31
P2,Two,乙省,province,,112,30,,
A,Alpha,阿市,city,P1,110.5,30.5,,
B,Beta,贝市,city,P1,111.5,30.5,,
C,Gamma,伽市,city,P2,112.5,30.5,,
"""
LINKS = "source,target,weight,year\nA,B,4,2020\nA,C,1,2020\nA,C,2,2021\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a small sound study folder: three cities in two provinces, three links."""
    (tmp_path / "regions.csv").write_text(REGIONS, encoding="utf-8")
    (tmp_path / "links.csv").write_text(LINKS, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Start one headless Chromium for all tests of pages; each opens its own context."""
    from maps_browser import start_browser  # noqa: PLC0415 - Playwright is for tests of pages only

    with start_browser() as started:
        yield started


@pytest.fixture(autouse=True)
def leave_pages() -> Iterator[None]:
    """Leave, after each test, the pages that it opened and did not leave; those of its module stay."""
    tabs = sys.modules.get("browser_tabs")  # loaded by tests of pages only
    before = tabs.list_taken() if tabs else []
    yield
    tabs = sys.modules.get("browser_tabs")
    if tabs:
        tabs.give_back([tab for tab in tabs.list_taken() if tab not in before])


@pytest.fixture
def opened(browser: "Browser", built: "Page", tmp_path: Path) -> "Iterator[Opened]":
    """Open the page that the module's own fixture ``built`` gives; it must stay silent to the end."""
    from maps_browser import open_page  # noqa: PLC0415 - as above

    result = open_page(browser, built, tmp_path)
    yield result
    assert result.is_silent(), (result.requests, result.errors)
    result.close()
