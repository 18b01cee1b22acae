"""The tab on industry chains: what it carries, what it refuses, and how it looks and answers in a browser."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from maps_browser import open_page

from analysis.networks.network import build_network
from maps import PageOptions, RegionClasses, build_page
from maps.page.stories.chain_story import ChainCell, ChainFill, ChainSheet, list_chain_sheets
from regions import MethodError, read_study
from regions.words import Words

if TYPE_CHECKING:
    from playwright.sync_api import Browser

STAGES = (Words("parts", "零部件"), Words("car", "整车"))
HERE, NONE, UNSEEN = (
    ChainCell("present", 3, clogs=True),
    ChainCell("absent", said=Words("no firm", "无企业")),
    ChainCell("not covered"),
)


def make_sheet(name: str = "car", **more: object) -> ChainSheet:
    rows = [
        ("A", Words("Alpha", "阿市"), (HERE, NONE)),
        ("B", Words("Beta", "贝市"), (UNSEEN, HERE)),
        ("", Words("both", "合计"), (HERE, HERE)),
    ]
    fill = (ChainFill("A", 1, "B", 0.4, 0.2, 0.6, pair=Words("bring together a and <b>", "建议 a 与 <b> 对接")),)
    options: dict[str, object] = {"sentences": (Words("It clogs.", "堵了。"),), "fill": fill, **more}
    return ChainSheet(Words(name, name), STAGES, rows, **options)  # type: ignore[arg-type]


def test_a_sheet_is_plain_lists() -> None:
    (found,) = list_chain_sheets([make_sheet()], ["A", "B", "C"]) or []
    assert found["stages"] == [["parts", "零部件"], ["car", "整车"]]
    assert found["rows"][0] == [0, ["Alpha", "阿市"], [[2, 3, 1, None], [1, 0, 0, ["no firm", "无企业"]]]]
    assert found["rows"][1][2][0] == [0, 0, 0, None]
    assert found["rows"][2][0] is None
    assert found["fill"] == [[0, 1, 1, 0.4, 0.2, 0.6, 0, ["bring together a and <b>", "建议 a 与 <b> 对接"]]]
    assert list_chain_sheets([], ["A"]) is None


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(MethodError, match="not one cell for each of 2 stages; unknown state"):
        ChainSheet(Words("x", "x"), STAGES, [("A", Words("a", "a"), (ChainCell("gone"),))])
    with pytest.raises(MethodError, match="2 unknown region"):
        list_chain_sheets([make_sheet()], ["C"])


@pytest.mark.browser
def test_stages_breakpoints_blockages_and_candidates_on_the_page(browser: "Browser", folder: Path) -> None:
    study = read_study(folder)
    layers = tuple(
        RegionClasses(f"chain_{end}", Words(end, end), (Words("one", "一"),), {"A": 0}, meaning="order") for end in "ab"
    )
    sheets = (make_sheet(layer="chain_a"), make_sheet("bus", fill=(), layer="chain_b"))
    options = PageOptions(chains=sheets, layers=layers, layer="chain_a")
    opened = open_page(browser, build_page(study, build_network(study), language="en", options=options), folder)
    page = opened.page
    assert page.locator("#tab-chains").get_attribute("aria-selected") == "true"
    assert page.locator(".chain-cells th.chevron").all_text_contents() == ["parts", "car"]
    cells = page.locator(".chain-cell")
    assert cells.count() == 6
    assert page.locator(".chain-cells .break").count() == 1
    assert page.locator(".chain-cells .clog").count() == 4
    assert page.locator(".chain-cells .unknown").count() == 1
    assert "Click a cell" in page.locator(".chain-fill").inner_text()
    cells.nth(1).click()
    told = page.locator(".chain-fill").inner_text()
    assert "car in Alpha: who could fill it" in told
    assert "no firm" in told
    assert "Beta probability of a link 40 % (20 % to 60 %)".replace(" %", "%") in told.replace("\u202f", "").replace(
        " %", "%"
    )
    assert "bring together a and <b>" in told
    assert cells.nth(1).get_attribute("aria-pressed") == "true"
    assert page.evaluate("document.activeElement.className") == "chain-cell"
    page.locator(".chain-pick select").select_option("1")
    assert "bus" in page.locator("#view h2").inner_text()
    assert page.locator("#extra").input_value() == "chain_b"
    assert opened.is_silent()


@pytest.mark.browser
def test_without_chains_there_is_no_tab(browser: "Browser", folder: Path) -> None:
    study = read_study(folder)
    opened = open_page(browser, build_page(study, build_network(study), language="zh"), folder)
    assert opened.page.locator("#tab-chains").count() == 0
