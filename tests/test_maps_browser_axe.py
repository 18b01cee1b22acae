"""The page passes axe: no serious and no moderate finding, in both languages and themes, in every tab and reading."""

from pathlib import Path
from typing import Any

import pytest
from card_sample import build_card_story
from maps_browser import PATIENCE
from maps_sample import build_network, build_partners, build_rich_gaps, build_scores, build_study
from playwright.sync_api import Browser, Page, expect

from maps import GeoLayer, PageOptions, RegionClasses, build_page
from regions.words import Words

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[1] / "node_modules" / "axe-core" / "axe.min.js"
RAIL = {"type": "LineString", "coordinates": [[101.0, 31.0], [105.0, 33.0]]}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("axe")
    study = build_study(folder)
    halves = {code: place // 3 for place, code in enumerate(study.regions.index)}
    options = PageOptions(
        theme="light",
        layers=(RegionClasses("halves", Words("Halves", "两半"), (Words("A", "甲"), Words("B", "乙")), halves),),
        geo_layers=(GeoLayer("rail", Words("Rail", "铁路"), RAIL),),
        notes=(Words("Assumed.", "系假设。"),),
        scorecard=build_card_story([str(code) for code in study.regions.index]),
    )
    page = build_page(
        study,
        build_network(study),
        scores=build_scores(study),
        gaps=build_rich_gaps(),
        partners=build_partners(),
        options=options,
    )
    return page.save(folder / "page.html")


def find_wrong(page: Page) -> list[str]:
    """Return the serious and moderate findings of axe, with the nodes."""
    found: list[dict[str, Any]] = page.evaluate("axe.run().then((all) => all.violations)")
    return [
        f"{each['id']} ({each['impact']}): {', '.join(node['target'][0] for node in each['nodes'][:3])}"
        for each in found
        if each["impact"] in {"moderate", "serious", "critical"}
    ]


def press(page: Page, selector: str) -> None:
    page.locator(selector).evaluate("node => node.click()")  # on a phone some are in a fold


@pytest.mark.parametrize(
    ("language", "theme", "size"),
    [
        ("zh", "light", (1440, 900)),
        ("zh", "dark", (1440, 900)),
        ("en", "light", (1440, 900)),
        ("en", "dark", (1440, 900)),
        ("zh", "light", (390, 844)),
    ],
)
def test_no_finding(browser: Browser, path: Path, language: str, theme: str, size: tuple[int, int]) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci")
    # The policy of the page lets no script of ours in: the browser is told to pass over it, for axe alone.
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(path.as_uri() + f"#lang={language}")
    if theme == "dark":
        press(page, "#theme")
    page.add_script_tag(path=str(AXE))
    wrong: list[str] = []
    for view in ("brief", "evidence"):
        press(page, f"#view-{view}")
        tabs = [node.get_attribute("id") for node in page.locator("#tabs [role=tab]").all()]
        for tab in tabs if view == "evidence" else tabs[:1]:
            press(page, f"#{tab}")
            wrong += [f"{view} {tab}: {finding}" for finding in find_wrong(page)]
    page.evaluate("document.getElementById('settings').open = true")
    page.goto(path.as_uri() + f"#lang={language}&view=evidence&tab=region&region=R01")
    expect(page.locator("#view")).to_contain_text("贝市" if language == "zh" else "Beta")
    wrong += [f"region: {finding}" for finding in find_wrong(page)]
    assert wrong == []
    context.close()
