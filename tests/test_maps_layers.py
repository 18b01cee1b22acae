"""Layers that analyses hand over: what is refused, and how they stand in the data block and on the page."""

import re
from pathlib import Path

import pandas as pd
import pytest
from maps_browser import open_page
from maps_sample import build_network, build_study, code_of
from playwright.sync_api import Browser, expect

from maps import Flows, PageOptions, RegionClasses, build_page
from maps.look.palette import LIGHT
from maps.page.layers import list_layers
from regions import MethodError
from regions.words import Words

UNITS = [code_of(place) for place in range(6)]
HALVES = (Words("West", "西"), Words("East", "东"))


def make_classes(**options: object) -> RegionClasses:
    members = {"R00": 0, "R01": 0, "R02": 1}
    return RegionClasses("halves", Words("Halves", "两半"), HALVES, members, **options)  # type: ignore[arg-type]


def make_flows(**options: object) -> Flows:
    table = pd.DataFrame({"source": ["R00", "R05", "R00"], "target": ["R01", "R00", "R02"], "value": [1.0, 4.0, 5.0]})
    return Flows("spill", Words("Spillover", "溢出"), table, Words("yuan", "元"), **options)  # type: ignore[arg-type]


def test_classes_are_a_place_for_each_unit_and_none_where_nobody_judged() -> None:
    (found,) = list_layers([make_classes(note=Words("How", "怎样"))], UNITS)
    assert found["of"] == [0, 0, 1, None, None, None]
    assert found["names"] == [["West", "西"], ["East", "东"]]
    assert (found["kind"], found["note"], found["outlined"]) == ("classes", ["How", "怎样"], False)


def test_flows_are_listed_the_largest_first() -> None:
    (found,) = list_layers([make_flows()], UNITS)
    assert found["value"] == [5, 4, 1]
    assert list(zip(found["source"], found["target"], strict=True)) == [(0, 2), (5, 0), (0, 1)]
    assert found["unit"] == ["yuan", "元"]


def test_all_faults_of_a_layer_are_told_at_once() -> None:
    with pytest.raises(MethodError) as caught:
        RegionClasses("No Key", Words("T", "T"), HALVES, {"R00": 2, "R01": -1}, meaning="colour")
    for part in ("not of small letters", "2 region(s) are in a class that has no name: R00, R01", 'meaning "colour"'):
        assert part in str(caught.value)
    with pytest.raises(MethodError, match=r"lisa has 5 classes, not 2"):
        make_classes(meaning="lisa")
    with pytest.raises(MethodError, match=r"1 flow\(s\) are 0 or not finite; at least one flow is drawn"):
        Flows(
            "f",
            Words("T", "T"),
            pd.DataFrame({"source": ["A"], "target": ["B"], "value": [0.0]}),
            Words("u", "u"),
            most=0,
        )
    with pytest.raises(MethodError, match="no column target"):
        Flows("f", Words("T", "T"), pd.DataFrame({"source": ["A"], "value": [1.0]}), Words("u", "u"))


def test_unknown_regions_and_keys_used_twice_are_refused_together() -> None:
    with pytest.raises(MethodError, match=re.escape("the key halves is used twice; layer halves names 1 unknown")):
        list_layers([make_classes(), make_classes()], UNITS[1:])


@pytest.mark.browser
def test_layers_are_chosen_drawn_and_explained(browser: Browser, tmp_path: Path) -> None:
    study = build_study(tmp_path)
    hostile = Words("<img src=x onerror=window.__pwn=1>", "{{7*7}}</script>")
    layers = (make_classes(note=hostile), make_flows(most=2), RegionClasses("own", hostile, HALVES, {}, outlined=True))
    page = build_page(study, build_network(study), language="en", options=PageOptions(layers=layers))
    opened = open_page(browser, page, tmp_path)
    legend = opened.page.locator("#legend")
    opened.page.locator("#extra").select_option("halves")
    assert [opened.pixel(code, (-22, -22)) for code in ("R00", "R02")] == list(LIGHT.hues[:2])
    assert legend.locator(".class-row").all_inner_texts() == ["West\n2", "East\n1", "not judged\n3"]
    assert opened.page.evaluate("location.hash") == "#layer=halves"
    opened.page.locator("#extra").select_option("spill")
    expect(legend).to_contain_text("The 2 largest of 3: 90% of the total")
    expect(legend).to_contain_text("yuan")
    assert opened.read()["drawn"]["links"] == 0  # arrows would be lost among them
    opened.page.locator("#extra").select_option("own")
    expect(opened.page.locator("#notes .map-title")).to_have_text(hostile.en)
    opened.page.locator("#tab-about").click()
    expect(opened.page.locator("#view")).to_contain_text(hostile.en)
    assert opened.page.evaluate("window.__pwn") is None
    assert opened.is_silent()
