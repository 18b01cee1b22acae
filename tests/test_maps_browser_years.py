"""The page that moves through the years, in a real browser."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from maps_browser import Opened, open_page
from maps_sample import build_gaps, build_network, build_partners, build_scores, build_study
from playwright.sync_api import Browser, expect

from maps import PageOptions, build_page
from maps.page.link_data import LinkPart
from maps.page.year_data import PageYears
from regions.study import Note
from regions.words import Words

pytestmark = pytest.mark.browser

COUNTS = {2019: (4, 1), 2020: (6, 2), 2021: (6, 13)}
"""Year -> weight of R00-R01 and of R02-R03."""


def build_years() -> PageYears:
    """R02-R03: 1 of 12, then 2 of 12, then 13 of 10, no gap; R04-R05: no gap, no gap, then 0 of 9; R00-R05: unsure."""
    networks: dict[int, nx.Graph[str]] = {}
    for year, (first, second) in COUNTS.items():
        networks[year] = nx.Graph()
        networks[year].add_nodes_from(f"R0{i}" for i in range(6))
        networks[year].add_weighted_edges_from([("R00", "R01", float(first)), ("R02", "R03", float(second))])
        if year < 2021:
            networks[year].add_edge("R04", "R05", weight=9.0)
    rows = [
        (2019, "R02", "R03", 1.0, 12.0, "moderate"),
        (2019, "R04", "R05", 9.0, 8.0, "none"),
        (2019, "R00", "R05", 0.0, 3.0, "weak"),
        (2020, "R02", "R03", 2.0, 12.0, "moderate"),
        (2020, "R04", "R05", 9.0, 8.0, "none"),
        (2020, "R00", "R05", 0.0, 2.0, "none"),
        (2021, "R02", "R03", 13.0, 10.0, "none"),
        (2021, "R04", "R05", 0.0, 9.0, "strong"),
        (2021, "R00", "R05", 0.0, 2.0, "none"),
    ]
    gaps = pd.DataFrame(rows, columns=["year", "source", "target", "observed", "expected", "grade"])
    more = {"low": 1.0, "high": 15.0, "p": 0.01, "shrunken_ratio": 0.4, "shortfall_probability": 0.98}
    return PageYears(
        networks,
        (2019, 2021),
        gaps=gaps.assign(priority=gaps["expected"] - gaps["observed"], **more),
        borders=build_borders(),
        communities={2019: 3, 2020: 3, 2021: 2},
    )


def build_borders() -> pd.DataFrame:
    """One border that costs half in 2019, cannot be told in 2020, and costs a tenth in 2021."""
    rows = [(2019, -50.0, -60.0, -40.0), (2021, -10.0, -20.0, 1.0)]
    table = pd.DataFrame(rows, columns=["year", "percent", "percent_low", "percent_high"])
    return table.assign(barrier="different_parent", name="Other province", name_zh="不同省份")


def build_parts() -> tuple[LinkPart, ...]:
    """One link of rice, one of science with science, one patent."""
    ends = (("R02", "R03", 3.0), ("R00", "R01", 2.0), ("R00", "R02", 1.0))
    networks = [nx.Graph([(a, b, {"weight": weight})]) for a, b, weight in ends]
    titles = [("field", "Rice", Words("Rice", "水稻")), ("path", "science", Words("Science", "科研与科研"))]
    titles.append(("kind", "patent", Words("Patents", "专利")))
    return tuple(LinkPart(*title, network) for title, network in zip(titles, networks, strict=True))


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    folder = tmp_path_factory.mktemp("years")
    told = [Note(Words(f"Of {about}.", f"{about}。"), about) for about in ("actors", "records")]
    study = replace(build_study(folder), limits=tuple(told))
    built = build_page(
        study,
        build_network(study),
        scores=build_scores(study),
        gaps=build_gaps(),
        partners=build_partners().assign(path=["science", "science", "industry", "science"]),
        language="en",
        options=PageOptions(years=build_years(), parts=build_parts()),
    )
    opened = open_page(browser, built, Path(folder))
    yield opened
    assert opened.is_silent(), (opened.requests, opened.errors)
    opened.close()


@pytest.fixture(autouse=True)
def start_over(page: Opened) -> None:
    page.page.evaluate("location.hash = ''")
    page.settle()


def press(page: Opened, name: str) -> None:
    page.page.locator(f"#time-{name}").click()
    page.settle()


def test_a_page_opens_with_all_the_years_that_count(page: Opened) -> None:
    assert page.read()["period"] is None
    expect(page.page.locator("#time-range")).to_have_attribute("aria-pressed", "true")
    expect(page.page.locator(".time-year.chosen")).to_have_count(3)
    expect(page.page.locator(".period-chip")).to_have_count(0)


def test_one_year_moves_map_links_gaps_and_tables_together(page: Opened) -> None:
    press(page, "year")
    assert page.read()["period"] == {"kind": "year", "from": 2021, "to": 2021}
    assert page.read()["drawn"]["links"] == 2
    assert page.read()["drawn"]["gaps"] == 1
    rows = page.page.locator(".gap-table tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Epsilon – Zeta")
    expect(page.page.locator("#notes")).to_contain_text("2021")
    page.page.locator("#tab-scores").click()
    strongest = page.page.locator(".score-table tbody tr").first
    expect(strongest).to_contain_text("13")  # R02-R03 of that year alone
    press(page, "range")
    assert page.read()["period"] == {"kind": "range", "from": 2020, "to": 2021}


def test_arrows_move_the_handle_and_the_address_follows(page: Opened) -> None:
    press(page, "year")
    page.page.locator("#time-to").focus()
    page.page.keyboard.press("ArrowLeft")
    page.settle()
    assert page.read()["period"]["to"] == 2020
    assert "year=2020" in page.page.evaluate("location.hash")
    expect(page.page.locator("#time-to")).to_have_attribute("aria-valuetext", "2020")
    page.page.keyboard.press("ArrowRight")
    page.settle()
    assert "year=2021" in page.page.evaluate("location.hash")


def test_handles_of_two_years_do_not_meet(page: Opened) -> None:
    press(page, "two")
    page.page.locator("#time-from").focus()
    for _ in range(4):
        page.page.keyboard.press("ArrowRight")
    page.settle()
    assert page.read()["period"] == {"kind": "two", "from": 2020, "to": 2021}


def test_two_years_say_what_opened_closed_and_cannot_be_told(page: Opened) -> None:
    page.page.evaluate("location.hash = 'year=2019-2021&compare=difference&tab=years'")
    page.settle()
    expect(page.page.locator(".headline")).to_have_text("2019 to 2021: 1 closed, 0 persist, 1 opened")
    assert page.read()["moves"] == 2
    assert page.read()["drawn"]["links"] == 0  # the map has what changed
    expect(page.page.locator("button.move-row")).to_have_count(2)
    expect(page.page.locator(".unclear")).to_contain_text("1 more pair")
    expect(page.page.locator("#view > .note").last).to_have_text("Of records.")  # beside the changes, too
    expect(page.page.locator("#twins")).to_be_visible()
    expect(page.page.locator(".twin")).to_have_count(2)
    press(page, "side")
    assert "compare=side" in page.page.evaluate("location.hash")
    expect(page.page.locator("#twins")).to_be_visible()


def test_scores_of_two_years_are_changes_with_a_sign(page: Opened) -> None:
    page.page.evaluate("location.hash = 'year=2019-2021&compare=difference&tab=scores'")
    page.settle()
    expect(page.page.locator("#legend")).to_contain_text("change")
    expect(page.page.locator("#legend .past-zero")).to_have_count(1)
    texts = page.page.locator(".score-table tbody tr").first.inner_text()
    assert "12" in texts  # R02: 13 - 1


def test_what_is_selected_stays_with_the_figures_of_the_year(page: Opened) -> None:
    page.page.evaluate("location.hash = 'tab=region&region=R02&year=2019'")
    page.settle()
    assert page.read()["focus"] == "R02"
    expect(page.page.locator(".verdict")).to_contain_text("1 gap")
    expect(page.page.locator(".own-row")).to_have_count(1)
    expect(page.page.locator(".own-detail")).to_contain_text("Alpha Works")  # partners do not hang on the year
    page.page.locator("#time-to").focus()
    page.page.keyboard.press("End")
    page.settle()
    assert page.read()["focus"] == "R02"
    expect(page.page.locator(".verdict")).to_contain_text("no gap with evidence in these years")
    expect(page.page.locator(".year-bars .chosen")).to_have_text("132021")


def test_curves_tell_what_lasts_and_say_it_in_words(page: Opened) -> None:
    page.page.evaluate("location.hash = 'year=2019-2021&tab=years'")
    page.settle()
    curves = page.page.locator(".year-curves svg[role=img]")
    expect(curves).to_have_count(5)
    labels = [curves.nth(i).get_attribute("aria-label") or "" for i in range(5)]
    assert labels[0] == "Links: 2019 14; 2020 17; 2021 19"
    assert labels[1] == "Pairs that stay linked: 2019 –; 2020 100%; 2021 67%"  # R04-R05 ends in 2021
    assert labels[2] == "Pairs new and ended: 2019 –; 2020 +0 / −0; 2021 +0 / −1"
    assert labels[3] == "Communities of regions: 2019 3; 2020 3; 2021 2"
    assert labels[4] == "Other province: 2019 −50% [−60%, −40%]; 2020 –; 2021 −10% [−20%, +1%]"
    told = page.page.locator(".year-curves .told")
    expect(told.nth(0)).to_contain_text("83%")
    expect(told.nth(0)).to_contain_text("fewest from 2020 to 2021: 67%")
    expect(told.nth(1)).to_contain_text("They lie apart")
    expect(page.page.locator("#view > .note").last).to_have_text("Of records.")
    expect(page.page.locator("#view > .note").first).to_contain_text("against the row above")
    expect(page.page.locator(".year-curves h3")).to_contain_text("2021")


def test_a_click_on_a_curve_picks_its_year(page: Opened) -> None:
    page.page.evaluate("location.hash = 'tab=years'")
    page.settle()
    box = page.page.locator(".year-curves svg").first.bounding_box()
    assert box is not None
    page.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 10)
    page.settle()
    assert page.read()["period"] == {"kind": "year", "from": 2020, "to": 2020}
    expect(page.page.locator(".year-curves h3")).to_contain_text("2020")


def test_space_plays_to_the_last_year_and_stops(page: Opened) -> None:
    page.page.evaluate("location.hash = 'year=2020'")
    page.settle()
    page.page.locator("#time-to").focus()
    page.page.keyboard.press(" ")
    expect(page.page.locator("#time-play")).to_have_attribute("aria-label", "Stop")
    expect(page.page.locator("#time-to")).to_have_attribute("aria-valuetext", "2021")
    expect(page.page.locator("#time-play")).to_have_attribute("aria-label", "Play")


def test_the_way_back_to_all_years(page: Opened) -> None:
    press(page, "year")
    page.page.locator(".period-chip button").click()
    page.settle()
    assert page.read()["period"] is None
    assert page.read()["drawn"]["links"] == 4  # those of the whole network again
    assert page.page.evaluate("location.hash") == ""


@pytest.mark.parametrize("words", ["year=1999", "year=2019-1999", "year=x&compare=difference", "year=2019-2019-2020"])
def test_years_that_are_not_there_are_passed_over(page: Opened, words: str) -> None:
    page.page.evaluate("words => { location.hash = words; }", words)
    page.settle()
    assert page.read()["period"] is None


def test_sliders_layers_and_filters_stand_in_the_address(page: Opened) -> None:
    page.page.evaluate("location.hash = 'links=2&hide=nodes+labels&grade=moderate&mine=R02&sort=-gap&words=Gamma'")
    page.settle()
    state = page.read()
    assert (state["shown"], state["layers"]["nodes"], state["layers"]["labels"]) == (2, False, False)
    assert state["drawn"]["links"] == 2
    expect(page.page.locator(".gap-table tbody tr")).to_have_count(1)
    expect(page.page.locator("#gap-words")).to_have_value("Gamma")
    expect(page.page.locator("th[aria-sort=ascending]")).to_contain_text("Gap")
    page.page.evaluate("location.hash = 'mine=<b>&grade=x&group=constructor&links=1e9&hide=__proto__'")
    page.settle()
    expect(page.page.locator(".gap-table tbody tr")).to_have_count(3)


def test_a_part_of_the_links_is_shown_by_itself(page: Opened) -> None:
    page.page.locator("#part").select_option("path science")
    page.settle()
    state = page.read()
    assert (state["part"], state["drawn"]["links"], state["period"]) == ("path science", 1, None)
    assert "part=path+science" in page.page.evaluate("location.hash")
    expect(page.page.locator("#notes")).to_contain_text("Science")
    rows = page.page.locator(".gap-table tbody tr")
    expect(rows).to_have_count(1)  # R02-R03 alone has candidates on this path
    expect(page.page.locator("#shown-out")).to_have_text("1 of 1")
    press(page, "year")  # years and parts are not mixed
    assert page.read()["part"] == ""
    page.page.evaluate("location.hash = 'path=industry'")
    page.settle()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Epsilon")
    page.page.evaluate("location.hash = 'part=kind+patent'")
    page.settle()
    assert page.read()["drawn"]["links"] == 1
    expect(rows).to_have_count(3)  # no gap is of one kind of record: all of them stay, and it is said
    expect(page.page.locator("#view .note").first).to_contain_text("Links of this kind only")
    page.page.evaluate("location.hash = 'part=field+Wheat'")
    page.settle()
    assert page.read()["part"] == ""


def test_the_table_of_changes_can_be_taken_along(page: Opened) -> None:
    page.page.evaluate("location.hash = 'year=2019-2021&compare=difference&tab=years'")
    page.settle()
    with page.page.expect_download() as waiting:
        page.page.locator("#export").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    head, *rows = text.strip().splitlines()
    assert head == (
        "source,target,source_name,target_name,observed_2019,expected_2019,grade_2019,"
        "observed_2021,expected_2021,grade_2021,moved"
    )
    assert rows[0] == "R02,R03,Gamma,Delta,1,12,moderate,13,10,none,closed"
    assert {row.rsplit(",", 1)[1] for row in rows} == {"opened", "closed", "unclear"}


def test_candidates_stand_beside_the_pair_that_is_picked(page: Opened) -> None:
    page.page.evaluate("location.hash = 'pair=R02&with=R03'")
    page.settle()
    assert page.read()["drawn"]["actors"] == 3  # two of Gamma, one of Delta
    page.page.evaluate("location.hash = 'pair=R02&with=R03&hide=actors'")
    page.settle()
    assert page.read()["drawn"]["actors"] == 0


def test_an_institution_is_found_by_name_and_leads_to_its_gap(page: Opened) -> None:
    search = page.page.locator("#search")
    expect(search).to_have_attribute("placeholder", "Find a region or an institution …")
    search.fill("delta lab")
    expect(page.page.locator("#found [role=option]")).to_have_count(1)
    expect(page.page.locator("#found [role=option]")).to_have_text("Delta LabEpsilon")
    page.page.keyboard.press("Enter")
    page.settle()
    assert page.read()["pair"] == ["R04", "R05"]


def test_bars_of_a_brief_keep_their_scale_on_a_phone(page: Opened) -> None:
    page.page.evaluate("location.hash = 'view=brief'")
    page.settle()
    bars = page.page.locator(".card .due").first
    wide = bars.evaluate("node => node.children[0].offsetWidth / node.offsetWidth")
    page.page.evaluate("document.getElementById('settings').open = false")  # on a phone it covers all
    page.page.set_viewport_size({"width": 390, "height": 844})
    page.settle()
    narrow = bars.evaluate("node => node.children[0].offsetWidth / node.offsetWidth")
    assert narrow == pytest.approx(wide, abs=0.03)  # whole pixels
    expect(page.page.locator("#time")).to_be_hidden()  # until a year is chosen
    page.page.locator("#tab-years").click()
    expect(page.page.locator("#time")).to_be_visible()
    page.page.set_viewport_size({"width": 1440, "height": 860})
    page.page.evaluate("document.getElementById('settings').open = true")
    page.settle()


def test_paper_has_the_map_and_says_which_years(page: Opened) -> None:
    page.page.evaluate("location.hash = 'year=2019-2021&compare=side&tab=years'")
    page.settle()
    page.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.page.emulate_media(media="print")
    assert page.page.locator(".folium-map").evaluate("node => node.offsetHeight") > 100
    expect(page.page.locator(".folium-map")).to_be_visible()
    expect(page.page.locator(".print-title")).to_have_text("Squares · 2021 against 2019")
    expect(page.page.locator("#time")).to_be_hidden()
    page.page.emulate_media(media="screen")
    page.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.settle()
