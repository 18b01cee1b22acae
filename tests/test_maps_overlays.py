"""Layers on any folium map: what they carry, that text cannot act, that folium's classes are left alone."""

import json
import re
from pathlib import Path
from typing import Any

import folium
import numpy as np
import pandas as pd
import pytest
from maps_sample import NAMES, build_gaps, build_network, build_scores, build_study

import maps
from maps import Classes, OverlayOptions
from regions import MethodError, Study, load_study
from regions.words import Words

HOSTILE = '</script><img src=x onerror="alert(1)">{{ 7 * 7 }}{% raw %}{# x #}${x}`\\'
ENGLISH = OverlayOptions(language="en")


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return build_study(tmp_path, names=((HOSTILE, HOSTILE), *NAMES[1:]))


def read_blocks(chart: folium.Map) -> list[dict[str, Any]]:
    html = chart.get_root().render()
    return [json.loads(block) for block in re.findall(r'_data">(.*?)</script>', html, re.DOTALL)]


def test_regions_carry_values_classes_and_rings(study: Study) -> None:
    chart = folium.Map(tiles=None)
    values = build_scores(study)["strength"].rename("strength").drop("R05")
    options = OverlayOptions(classes=Classes(breaks=(0, 2, 10)), palette={"ramp": ("#ffffff", "#000000")})
    layer = maps.draw_regions(chart, study, values, options=options)
    (data,) = read_blocks(chart)
    assert data["kind"] == "regions"
    assert data["values"] == [0, 1, 4, 9, 16, None]  # what is absent is not zero
    assert data["breaks"] == [0, 2, 10]
    assert data["palette"]["ramp"] == ["#ffffff", "#000000"]
    assert len(data["rings"]) == 6
    assert all(data["rings"])
    assert data["title"] == "联系强度"
    # Three squares of two degrees in each of two rows.
    assert layer.bounds == [[30.0, 100.0], [34.0, 106.0]]


def test_outlines_alone(study: Study) -> None:
    chart = folium.Map(tiles=None)
    maps.draw_regions(chart, study)
    (data,) = read_blocks(chart)
    assert data["values"] is None
    assert data["breaks"] == []


def test_links_are_the_strongest_first_and_as_many_as_asked(study: Study) -> None:
    chart = folium.Map(tiles=None)
    maps.draw_links(chart, study, build_network(study), shown=2, options=ENGLISH)
    maps.draw_links(chart, study, build_network(study, directed=True))
    two, every = read_blocks(chart)
    assert (two["source"], two["target"], two["weight"]) == ([0, 3], [1, 4], [16, 9])
    assert two["all"] == 4
    assert not two["directed"]
    assert two["names"][1] == "Beta"
    assert (len(every["weight"]), every["directed"]) == (4, True)
    assert every["names"][1] == "贝市"


def test_a_modelled_network_is_called_so(study: Study) -> None:
    network = build_network(study)
    network.graph["origin"] = "modelled"
    layer = maps.draw_links(folium.Map(tiles=None), study, network, options=ENGLISH)
    assert "Modelled" in layer.layer_name


def test_only_shortfalls_are_drawn_and_the_unsupported_are_marked(study: Study) -> None:
    chart = folium.Map(tiles=None)
    gaps = build_gaps().assign(grade=["moderate", "none", "none"])
    maps.draw_gaps(chart, study, gaps)
    maps.draw_gaps(chart, study, gaps.drop(columns="grade").set_index(["source", "target"]), shown=1)
    graded, bare = read_blocks(chart)
    assert graded["supported"] == [1, 0]  # the third is a surplus
    assert (graded["observed"], graded["expected"]) == ([0, 1], [5.5, 3.25])
    assert bare["supported"] == [0]  # nothing tells how sure it is


def test_actors_stand_at_their_place_or_near_their_region(study: Study) -> None:
    actors = pd.DataFrame(
        {
            "name": [HOSTILE, "", "Three", "Lost", "Fifth"],
            "name_zh": ["甲", "乙", "", "丁", "戊"],
            "kind": ["university", "enterprise", "something", "institute", "enterprise"],
            "region": ["R00", "R01", "R01", "", "R01"],
            "lon": [100.5, np.nan, np.nan, np.nan, np.nan],
            "lat": [30.5, np.nan, np.nan, np.nan, np.nan],
        },
        index=list("abcde"),
    )
    chart = folium.Map(tiles=None)
    layer = maps.draw_actors(chart, study, actors, options=ENGLISH)
    (data,) = read_blocks(chart)
    assert data["names"] == [HOSTILE[:100], "乙", "Three", "Fifth"]
    assert data["exact"] == [1, 0, 0, 0]
    assert data["kinds"] == [0, 2, 5, 2]
    assert data["out"] == 1
    west, south, step = data["grid"]
    degrees = [(west + x * step, south + y * step) for x, y in data["points"]]
    assert degrees[0] == pytest.approx((100.5, 30.5), abs=step)
    away = [np.hypot(lon - 103, lat - 31) for lon, lat in degrees[1:]]  # the point of R01
    assert max(away) < 0.2
    assert len({tuple(point) for point in data["points"]}) == 4  # none over another
    assert layer.bounds[0][1] == pytest.approx(100.5)


def test_groups_are_outlined_as_a_whole() -> None:
    study = load_study("china")
    chart = folium.Map(tiles=None)
    maps.draw_groups(chart, study, ["northeast", "长三角"])
    (data,) = read_blocks(chart)
    assert data["names"] == ["东北", "长三角"]
    assert data["counts"] == [3, 4]
    assert all(data["rings"])


@pytest.mark.parametrize("place", ["map", "notebook"])
def test_text_reaches_a_figure_in_the_data_block_only(study: Study, place: str) -> None:
    chart = folium.Map(tiles=None)
    options = OverlayOptions(name=Words(HOSTILE, HOSTILE))
    for layer in (
        maps.draw_regions(chart, study, build_scores(study)["strength"].rename(HOSTILE), options=options),
        maps.draw_links(chart, study, build_network(study), options=options),
        maps.draw_gaps(chart, study, build_gaps(), options=options),
    ):
        assert "<" not in layer.layer_name
        assert "{" not in layer.layer_name
    folium.LayerControl().add_to(chart)
    html = chart.get_root().render() if place == "map" else chart._repr_html_()
    for part in ("<img src=x", "{{ 7", "49}", "{% raw", "{# x"):
        assert part not in html, part
    assert html.count("onerror=&quot;alert") == 0 or place == "notebook"


def test_the_script_stands_once_and_classes_of_folium_are_as_they_were(study: Study) -> None:
    before = (list(folium.Map.default_js), list(folium.Map.default_css), dict(vars(folium.map.Layer)).keys())
    chart = folium.Map(tiles=None)
    for _ in range(3):
        maps.draw_links(chart, study, build_network(study))
    html = chart.get_root().render()
    assert html.count("{drawRegionet:") == 1
    assert len(set(re.findall(r'drawRegionet\("(\w+)_data"\)', html))) == 3
    assert chart.get_root().render().count("{drawRegionet:") == 1  # notebooks render a second time
    assert (folium.Map.default_js, folium.Map.default_css, dict(vars(folium.map.Layer)).keys()) == before
    assert "drawRegionet" not in folium.Map(tiles=None).get_root().render()


def test_a_layer_may_go_into_a_group_of_folium(study: Study) -> None:
    chart = folium.Map(tiles=None)
    group = folium.FeatureGroup("ours").add_to(chart)
    maps.draw_links(group, study, build_network(study))
    assert "drawRegionet(" in chart.get_root().render()


def test_what_cannot_be_drawn_is_said(study: Study) -> None:
    chart = folium.Map(tiles=None)
    points_only = build_study()
    with pytest.raises(MethodError, match="no boundaries"):
        maps.draw_regions(chart, points_only)
    with pytest.raises(MethodError, match="R99"):
        maps.draw_regions(chart, study, pd.Series({"R99": 1.0}))
    with pytest.raises(MethodError, match="no actor"):
        maps.draw_actors(chart, study)
    with pytest.raises(MethodError, match="no group 'nowhere'"):
        maps.draw_groups(chart, load_study("china"), ["nowhere"])
    bad = OverlayOptions(language="fr", opacity=2, widths=(3, 1), palette={"link": "red"}, classes=Classes(number=0))
    with pytest.raises(MethodError) as caught:
        maps.draw_links(chart, study, build_network(study), options=bad)
    assert all(part in str(caught.value) for part in ("fr", "2", "3, 1", "red", "got 0"))
