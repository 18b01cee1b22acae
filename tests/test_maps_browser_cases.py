"""Pages of unusual studies in a real browser: hostile names, no boundaries, directed, modelled, narrow."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from maps_browser import open_page
from maps_sample import NAMES, build_gaps, build_network, build_scores, build_study
from playwright.sync_api import Browser, expect

from maps import PageOptions, build_page
from maps.look.palette import DARK
from maps.words.page_text import UI
from regions.study import Note
from regions.words import Words

pytestmark = pytest.mark.browser

# Names that run where text is taken for markup, script or template; English and Chinese name of a region each.
HOSTILE = (
    ("<script>window.__pwn=1</script>", "</script><script>window.__pwn=1</script>"),
    ('<img src=x onerror="window.__pwn=1">', "${window.__pwn=1}"),
    ("\\`);window.__pwn=1;//", "`);window.__pwn=1;//"),
    ("');window.__pwn=1;//", "A\\"),
    ("line\u2028sep", "&lt;b&gt; AT&T"),
    ("<svg/onload=window.__pwn=1>", "javascript:window.__pwn=1"),
    ('"><b>x</b>', "O'Brien & Co"),
    ("a{b}c", "{{ 7 * 7 }}"),
    ("R{%D} centre", "{{{what a mess}}}"),
    ("{% for x in y %}", "{# note #}"),
    ("<!-- a", "]]> --><p>"),
)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_names_are_only_text(browser: Browser, tmp_path: Path, language: str) -> None:
    study = build_study(tmp_path, names=HOSTILE)
    bad = HOSTILE[0][1] + "{{ 1 }}"
    study = replace(
        study, title=Words(bad, bad), limits=(Note(Words(bad, bad)),), sources=(Note(Words(bad, bad)),), name=bad
    )
    scores = build_scores(study).rename(columns={"novelty": bad})
    built = build_page(study, build_network(study), scores=scores, gaps=build_gaps(), language=language)
    opened = open_page(browser, built, tmp_path)
    page = opened.page
    page.locator("#tab-scores").click()
    column = 0 if language == "en" else 1
    names = page.locator(".score-table tbody td.name")
    assert sorted(names.all_text_contents()) == sorted(pair[column] for pair in HOSTILE)
    for place, pair in enumerate(HOSTILE):
        opened.hover(f"R{place:02d}")
        assert page.locator("#tip strong").text_content() == pair[column]
    for place, pair in enumerate(HOSTILE):
        page.locator("#search").fill(f"R{place:02d}")
        page.locator("#found [role=option]").first.click()
        assert page.locator(".region-head h2").text_content() == pair[column]
    for tab in ("about", "gaps"):
        page.locator(f"#tab-{tab}").click()
    page.locator("#language").click()
    assert page.locator("#title").text_content() == bad
    assert page.title() == bad
    assert page.evaluate("window.__pwn") is None
    assert page.locator("#panel b, #panel img, #panel svg, #stage img").filter(has_text="x").count() == 0
    assert page.locator("img, iframe, object, embed").count() == 0
    assert opened.is_silent(), (opened.requests, opened.errors)


def test_way_home_is_not_lost_in_a_running_move(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    opened = open_page(browser, build_page(study, build_network(study), gaps=build_gaps()), tmp_path)
    opened.page.locator(".gap-table tbody tr").first.click()
    opened.page.locator("#zoom_home").click()
    opened.settle()
    state = opened.read()
    assert state["zoom"] == pytest.approx(state["homeZoom"])


def test_formula_in_a_name_is_quoted_in_the_csv(browser: Browser, tmp_path: Path) -> None:
    starts = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", 'a,"b"')
    study = build_study(tmp_path, names=[(start, start) for start in starts])
    opened = open_page(browser, build_page(study, build_network(study), scores=build_scores(study)), tmp_path)
    opened.page.locator("#tab-scores").click()
    with opened.page.expect_download() as waiting:
        opened.page.locator("#export").click()
    text = Path(waiting.value.path()).read_bytes().decode("utf-8-sig")
    names = {row["code"]: row["name"] for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert [names[f"R{place:02d}"] for place in range(6)] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", 'a,"b"']


def test_points_without_boundaries(browser: Browser, tmp_path: Path) -> None:
    study = build_study()
    options = PageOptions(notes=(Words("No distances.", "没有距离。"),))
    built = build_page(study, build_network(study), language="en", options=options)
    opened = open_page(browser, built, tmp_path)
    drawn = opened.read()["drawn"]
    assert [drawn[layer] for layer in ("regions", "links", "gaps", "nodes", "labels")] == [0, 4, 0, 6, 6]
    opened.hover("R03")
    expect(opened.page.locator("#tip strong")).to_have_text("Delta")
    opened.page.locator("#tab-gaps").click()
    expect(opened.page.locator("#view")).to_have_text(UI["gaps_none"].en + "No distances.")
    assert opened.is_silent()


def test_region_without_point_is_listed_and_not_drawn(browser: Browser, tmp_path: Path) -> None:
    study = build_study()
    table = study.regions.copy()
    table.loc["R05", ["lon", "lat"]] = float("nan")
    study = replace(study, regions=table)
    opened = open_page(browser, build_page(study, build_network(study), language="en"), tmp_path)
    assert opened.read()["drawn"]["nodes"] == 5
    assert opened.read()["drawn"]["links"] == 3
    opened.page.locator("#tab-about").click()
    expect(opened.page.locator("#view")).to_contain_text("Not on the map (1)")
    opened.page.locator("#tab-scores").click()
    opened.page.locator(".score-table tbody tr", has_text="Zeta").click()
    expect(opened.page.locator("#view")).to_contain_text(UI["region_off"].en)
    assert opened.is_silent()


def test_empty_network_has_a_page(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    network: nx.Graph = nx.Graph()
    network.add_nodes_from(study.regions.index)
    opened = open_page(browser, build_page(study, network, gaps=build_gaps().head(0)), tmp_path)
    assert opened.read()["drawn"]["links"] == 0
    assert opened.is_silent()


def test_one_region_has_a_page(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path, names=NAMES[:1])
    opened = open_page(browser, build_page(study, build_network(study)), tmp_path)
    assert opened.read()["drawn"]["regions"] == 1
    assert opened.is_silent()


def test_directed_links_are_two_curves(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    network = build_network(study, directed=True)
    network.add_edge("R01", "R00", weight=2.0)
    opened = open_page(browser, build_page(study, network, language="en"), tmp_path)
    assert opened.read()["drawn"]["links"] == 5
    opened.page.locator("#search").fill("Beta")
    opened.page.locator("#search").press("Enter")
    row = opened.page.locator("h3:has-text('Main partners') + table tbody tr", has_text="Alpha")
    assert row.locator("td.number").all_inner_texts() == ["2", "16", "18"]  # sent, received, together
    assert opened.is_silent()


def test_modelled_network_says_so_everywhere(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    network = build_network(study)
    network.graph["origin"] = "modelled"
    opened = open_page(browser, build_page(study, network, language="en"), tmp_path)
    page = opened.page
    assert page.title() == "Squares (modelled network)"
    expect(page.locator("#title")).to_have_text("Squares (modelled network)")
    expect(page.locator("#legend")).to_contain_text(UI["legend_links_modelled"].en)
    expect(page.locator("#notes")).to_contain_text(UI["modelled_long"].en)
    page.locator("#language").click()
    assert page.title() == "方格研究（模型推算网络）"


def test_observed_network_does_not(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    opened = open_page(browser, build_page(study, build_network(study), language="en"), tmp_path)
    assert not [text for text in opened.texts() if "odelled" in text]


def test_links_to_regions_outside_are_in_the_profile(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    outside = build_study(names=[("Far", "远市")]).regions.rename(index={"R00": "X1"})
    study = replace(study, surroundings=outside)
    network = build_network(study)
    network.graph["external"] = pd.DataFrame({"source": ["R00"], "target": ["X1"], "weight": [7.0]})
    nx.set_node_attributes(network, {"R00": 7.0}, "external")
    opened = open_page(browser, build_page(study, network, language="en"), tmp_path)
    opened.page.locator("#search").fill("Alpha")
    opened.page.locator("#search").press("Enter")
    expect(opened.page.locator(".cards")).to_contain_text("To regions outside the study7")
    expect(opened.page.locator("h3:has-text('outside') + table tbody")).to_contain_text("Far")


def test_narrow_screen_lets_the_panel_rise_over_the_lower_part(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    built = build_page(study, build_network(study), scores=build_scores(study), gaps=build_gaps())
    opened = open_page(browser, built, tmp_path, size=(390, 844))
    map_box, panel = (opened.page.locator(name).bounding_box() for name in ("#map_regionet", "#panel"))
    assert map_box is not None
    assert panel is not None
    assert map_box["width"] == panel["width"] == 390
    assert panel["y"] < map_box["y"] + map_box["height"] <= panel["y"] + 16  # its rounded edge lies over the map
    assert panel["y"] + panel["height"] == pytest.approx(844, abs=1)
    expect(opened.page.locator("#legend")).to_be_hidden()  # it stands with the layers
    opened.page.locator("#settings-open").click()
    expect(opened.page.locator("#legend")).to_be_visible()
    assert opened.page.evaluate("document.documentElement.scrollWidth") == 390  # nothing sticks out to the side
    assert opened.is_silent()


def test_page_follows_the_theme_of_the_system(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    opened = open_page(browser, build_page(study, build_network(study)), tmp_path, color_scheme="dark")
    assert opened.read()["theme"] == "dark"
    fixed = build_page(study, build_network(study), options=PageOptions(theme="light"))
    assert open_page(browser, fixed, tmp_path, color_scheme="dark").read()["theme"] == "light"


def test_dark_theme_paints_the_map(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    options = PageOptions(theme="dark", links_shown=1, gaps_shown=1, review_number="GS(0000)0000")
    built = build_page(study, build_network(study), scores=build_scores(study), gaps=build_gaps(), options=options)
    opened = open_page(browser, built, tmp_path)
    assert opened.pixel("R05", (-22, -22)) == DARK.ramp[4]
    assert opened.read()["drawn"]["links"] == 1
    assert opened.read()["drawn"]["gaps"] == 1
    expect(opened.page.locator("#notes")).to_contain_text("审图号：GS(0000)0000")
