"""What a map maker may choose, and how everything that is wrong is told at once."""

import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest
from maps_sample import build_network, build_scores, build_study

from maps import Classes, GeoLayer, Page, PageOptions, Tiles, build_page
from maps.look.palette import LIGHT
from regions import MethodError
from regions.words import Words

LINE = {"type": "LineString", "coordinates": [[101.0, 31.0], [105.0, 33.0]]}


def read_data(page: Page) -> dict:
    block = re.search(r'id="regionet-data">(.*?)</script>', page.html, re.DOTALL)
    assert block is not None
    data: dict = json.loads(block[1])
    return data


def test_all_faults_at_once_in_both_languages() -> None:
    study = build_study()
    options = PageOptions(
        theme="sepia",
        view="short",
        links_shown=-1,
        widths=(9, 2),
        classes={"strength": Classes(method="jenks")},
        palette={"link": "red", "ramp": ("#ffffff",), "sky": "#000000"},
        geo_layers=(GeoLayer("Rail", Words("Rail", "铁路"), LINE, colour="url(x)"),),
        tiles=Tiles("http://tiles.example.org/a.png"),
    )
    with pytest.raises(MethodError) as caught:
        build_page(study, build_network(study), language="fr", options=options)
    told = str(caught.value)
    for part in ("fr", "sepia", "short", "-1", "9, 2", "jenks", "red", "ramp", "sky", "Rail", "url(x)", "https"):
        assert part in told, part
    assert caught.value.args


def test_the_options_reach_the_page(tmp_path: Path) -> None:
    study = build_study(tmp_path)
    options = PageOptions(
        palette={"link": "#B03A2E", "ramp": ("#f7fcf5", "#74c476", "#238b45")},
        palette_dark={"link": "#ffcc00"},
        widths=(1, 10),
        classes={"strength": Classes(breaks=(0, 10)), "pagerank": Classes(number=2, method="equal")},
        labels_shown=3,
        labels={"R01": Words("B!", "贝！")},
        geo_layers=(GeoLayer("rail", Words("Rail", "铁路"), LINE),),
    )
    data = read_data(build_page(study, build_network(study), scores=build_scores(study), options=options))
    assert data["palettes"]["light"]["link"] == "#b03a2e"
    assert data["palettes"]["light"]["ramp"] == ["#f7fcf5", "#74c476", "#238b45"]
    assert data["palettes"]["light"]["gap"] == LIGHT.gap  # what is not chosen stays
    assert data["palettes"]["dark"]["link"] == "#ffcc00"
    assert data["widths"] == [1, 10]
    breaks = {score["key"]: score["breaks"] for score in data["scores"]}
    assert breaks["strength"] == [0, 10]
    assert len(breaks["pagerank"]) == 2
    assert len(breaks["novelty"]) == 5  # another score has the usual classes
    assert data["labelsShown"] == 3
    assert data["labels"] == {"R01": ["B!", "贝！"]}
    assert [layer["key"] for layer in data["geo"]] == ["rail"]
    assert data["tiles"] is None


def test_without_options_a_page_is_as_before() -> None:
    data = read_data(build_page(build_study(), build_network(build_study())))
    assert data["palettes"]["light"] == json.loads(json.dumps(asdict(LIGHT)))
    assert data["widths"] == [0.7, 6.3]
    assert data["geo"] == []


def test_a_label_of_a_region_that_is_not_there_is_refused() -> None:
    with pytest.raises(MethodError, match="R99"):
        build_page(build_study(), build_network(build_study()), options=PageOptions(labels={"R99": Words("x", "x")}))


def test_only_tiles_open_the_policy_and_only_for_images_of_their_host(tmp_path: Path) -> None:
    study = build_study(tmp_path)
    network = build_network(study)
    closed = build_page(study, network).html
    assert "img-src data:;" in closed
    options = PageOptions(
        tiles=Tiles("https://t{s}.tianditu.gov.cn/a?x={x}&y={y}&l={z}&tk=KEY", "国家地理信息公共服务平台")
    )
    opened = build_page(study, network, options=options).html
    assert "img-src data: https://*.tianditu.gov.cn; connect-src 'none'" in opened
    data = read_data(Page(opened))
    assert data["tiles"]["host"] == "*.tianditu.gov.cn"
    assert data["tiles"]["attribution"] == "国家地理信息公共服务平台"


def test_a_notebook_gets_the_page_in_a_frame_that_reaches_nothing() -> None:
    shown = Page('<html>"&<script>alert(1)</script></html>')._repr_html_()
    assert shown.count("<") == 2  # the frame and its end
    assert "&lt;script&gt;" in shown
    assert "&quot;&amp;&lt;" in shown
    assert "allow-scripts" in shown
    assert "allow-same-origin" not in shown
