"""Tables and texts of the panel in a real browser: numbers, ranks, files to take along, what is said of the data."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from maps_browser import Opened, open_page
from maps_sample import build_gaps, build_network, build_scores, build_study
from playwright.sync_api import Browser, expect

from maps import Page, build_page
from maps.words.page_text import UI
from regions import Fault

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Page:
    study = build_study(tmp_path_factory.mktemp("study"))
    fault = Fault("W-X", "links.csv", "an odd line", "有一行异常", row=3)
    network = build_network(study)
    network.graph.update(n_records=1234, n_participations=5678, n_single=9)
    scores = build_scores(study).assign(external_share=[0.5, 0.25, 1.0, 0.0, float("nan"), 0.125])
    return build_page(replace(study, warnings=(fault,)), network, scores=scores, gaps=build_gaps(), language="en")


def take_table(opened: Opened) -> tuple[str, list[dict[str, str]]]:
    with opened.page.expect_download() as waiting:
        opened.page.locator("#export").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8").removeprefix("\ufeff")
    return waiting.value.suggested_filename, list(csv.DictReader(io.StringIO(text)))


def focus(opened: Opened, name: str) -> None:
    opened.page.locator("#search").fill(name)
    opened.page.keyboard.press("Enter")
    opened.settle()


def test_scores_are_written_as_what_they_are(opened: Opened) -> None:
    opened.page.locator("#tab-scores").click()
    heads = opened.page.locator(".score-table thead th").all_inner_texts()
    cells = opened.page.locator(".score-table tbody tr", has_text="Beta").locator("td").all_inner_texts()
    row = dict(zip(heads, cells, strict=True))
    assert row["Strength"] == "1"  # whole numbers
    assert row["PageRank"] == "0.50"  # three digits at the largest, 1.00
    assert row["External share"] == "25.0%"
    assert row["#"] == "5"
    empty = opened.page.locator(".score-table tbody tr", has_text="Epsilon").locator("td").all_inner_texts()
    assert dict(zip(heads, empty, strict=True))["External share"] == "–"


def test_scores_table_sorts_by_name_and_back(opened: Opened) -> None:
    opened.page.locator("#tab-scores").click()
    names = opened.page.locator(".score-table tbody td.name")
    by_name = opened.page.locator(".score-table th.name button")
    by_name.click()
    assert names.all_inner_texts() == sorted(names.all_inner_texts())
    expect(opened.page.locator(".score-table th.name")).to_have_attribute("aria-sort", "ascending")
    by_name.click()
    assert names.first.inner_text() == "Zeta"
    opened.page.locator(".score-table th", has_text="PageRank").locator("button").click()
    assert names.first.inner_text() == "Alpha"
    expect(opened.page.locator(".score-table th[aria-sort]")).to_have_count(1)


def test_scores_to_take_along_are_in_full_and_in_the_order_shown(opened: Opened) -> None:
    opened.page.locator("#tab-scores").click()
    name, rows = take_table(opened)
    assert name == "squares-scores.csv"
    assert [row["code"] for row in rows] == ["R05", "R04", "R03", "R02", "R01", "R00"]
    assert rows[0]["strength"] == "25"
    assert rows[-1]["novelty"] == ""  # no value is no zero
    assert rows[-1]["name_zh"] == "阿市"


def test_profile_gives_ranks_and_partners_to_take_along(opened: Opened) -> None:
    focus(opened, "Beta")
    cards = opened.page.locator(".cards div").all_inner_texts()
    assert [card.split("\n") for card in cards] == [
        [UI["strength_between"].en, "20"],
        [UI["partners_n"].en, "2"],
        [UI["strength_internal"].en, "2"],
    ]
    ranks = opened.page.locator(f"h3:has-text('{UI['scores'].en}') + table tbody tr").all_inner_texts()
    assert ranks[0].split() == ["Strength", "1", "5", "of", "6"]
    name, rows = take_table(opened)
    assert name == "squares-partners-R01.csv"
    assert [(row["code"], row["weight"]) for row in rows] == [("R00", "16"), ("R02", "4")]


def test_partner_in_a_profile_leads_to_its_own(opened: Opened) -> None:
    focus(opened, "Beta")
    opened.page.locator(f"h3:has-text('{UI['partners'].en}') + table tbody tr").nth(1).click()
    opened.settle()
    assert opened.read()["focus"] == "R02"
    expect(opened.page.locator(".region-head h2")).to_have_text("Gamma")


def test_gap_in_a_profile_opens_in_place(opened: Opened) -> None:
    focus(opened, "Gamma")
    own = opened.page.locator(".own")
    assert own.locator(".own-name").all_inner_texts() == ["Delta"]
    expect(own.locator(".own-detail .facts")).to_have_count(1)  # the first is open
    own.locator(".own-row").click()
    expect(own.locator(".own-detail")).to_have_count(0)
    state = opened.read()
    assert (state["tab"], state["focus"], state["pair"]) == ("region", "R02", None)


def test_region_without_supported_gap_or_focus(opened: Opened) -> None:
    focus(opened, "Alpha")  # its only pair is a surplus
    expect(opened.page.locator(".own")).to_have_count(0)
    expect(opened.page.locator(".verdict")).to_have_text("Alpha has no gap: no pair is below expectation")
    opened.page.keyboard.press("Escape")
    expect(opened.page.locator("#view")).to_have_text(UI["region_none"].en)


def test_about_says_what_the_network_is(opened: Opened) -> None:
    opened.page.locator("#tab-about").click()
    text = opened.page.locator("#view").inner_text()
    assert "6 regions, 4 links between them, total weight 30." in text
    assert "1,234 records with 5,678 participations; 9 with one participant give no link." in text
    assert UI["counting_full"].en in text
    assert UI["observed_long"].en in text
    assert "links.csv, line 3: an odd line" in text
    assert UI["about_cite"].en in text
    assert "The regionet developers. regionet: a regional innovation network analyzer. Version" in text
    assert "https://example.org/nowhere" in text  # an address in a source is text
    expect(opened.page.locator("#view a")).to_have_count(0)
    expect(opened.page.locator("#export")).to_be_hidden()  # there is no table


def test_a_network_without_counts_says_nothing_of_records(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    network = build_network(study)
    network.graph["counting"] = "unheard-of"
    opened = open_page(browser, build_page(study, network, language="en"), tmp_path)
    opened.page.locator("#tab-about").click()
    text = opened.page.locator("#view").inner_text()
    assert "participations" not in text
    assert UI["about_counting"].en not in text
    assert opened.is_silent()


def test_fractions_have_decimals_and_thousands_a_comma(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    network: nx.Graph = nx.Graph()
    network.add_nodes_from(study.regions.index)
    network.add_edge("R00", "R01", weight=12345.678)
    network.add_edge("R01", "R02", weight=0.5)
    gaps = build_gaps().assign(expected=[1234567.0, 3.25, 8.0], observed=[1234.5, 1.0, 16.0])
    opened = open_page(browser, build_page(study, network, gaps=gaps, language="en"), tmp_path)
    cells = opened.page.locator(".gap-table tbody tr").first.locator("td").all_inner_texts()
    assert cells[2] == "1,234.5"
    assert cells[3] == "1,234,567"  # the interval is drawn beside it
    assert cells[4] == "5.5"
    focus(opened, "Beta")
    weights = opened.page.locator(f"h3:has-text('{UI['partners'].en}') + table tbody td.number").all_inner_texts()
    assert weights == ["12,345.7", "0.5"]


def test_supported_gaps_are_counted_above_the_table(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    gaps = build_gaps().assign(q=[0.01, 0.04, 0.9], grade=["strong", "strong", "none"])
    opened = open_page(browser, build_page(study, build_network(study), gaps=gaps), tmp_path)
    expect(opened.page.locator("#view .note").first).to_contain_text("共 3 对，其中 2 对")
    expect(opened.page.locator(".caution")).to_have_count(0)
    marks = opened.page.locator(".gap-table .grade").all_inner_texts()
    assert marks == [UI["grade_strong"].zh, UI["grade_strong"].zh, UI["grade_none"].zh]


def test_bare_gaps_have_a_table_without_evidence(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    gaps = build_gaps()[["source", "target", "observed", "expected", "gap"]]
    opened = open_page(browser, build_page(study, build_network(study), gaps=gaps, language="en"), tmp_path)
    heads = opened.page.locator(".gap-table thead th").all_inner_texts()
    assert heads == ["#", "Pair of regions", "Observed", "Expected", "Gap"]
    assert opened.read()["drawn"]["gaps"] == 2  # without grades, every shortfall
    opened.page.locator(".gap-table tbody tr").first.click()
    expect(opened.page.locator("tr.detail .facts div")).to_have_count(0)
    assert opened.is_silent()


def test_empty_register_is_told(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    empty = pd.DataFrame(build_gaps().head(0))
    opened = open_page(browser, build_page(study, build_network(study), gaps=empty, language="en"), tmp_path)
    expect(opened.page.locator(".gap-table tbody tr")).to_have_count(0)
    expect(opened.page.locator("#view")).to_contain_text("The first 0 of 0 fitted pairs.")
    expect(opened.page.locator("#gaps-shown")).to_be_hidden()
    assert opened.is_silent()
