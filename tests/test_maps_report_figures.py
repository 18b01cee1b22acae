"""Figures for papers: what they say, fonts that are there or not, the same bytes each time."""

import struct
from pathlib import Path

import matplotlib.font_manager
import networkx as nx
import pandas as pd
import pytest
from maps_sample import build_gaps, build_network, build_study, build_study_with_isle

from maps.look.palette import LIGHT
from maps.page.basemap import build_basemap
from maps.page.data_block import measure_strength
from maps.page.shapes import pack_rings, unpack_rings
from maps.report.brief_sentences import name_regions
from maps.report.figure_barriers import draw_barriers
from maps.report.figure_calibration import draw_calibration_figure
from maps.report.figure_map import MapData, draw_map_figure
from maps.report.figure_network import draw_network
from maps.report.label_places import BESIDE, IN_PLACE, bound_text, find_middle, find_room
from maps.report.plot_style import Figure, Voice, find_voice
from regions import Study
from regions.words import Words

EFFECTS = pd.DataFrame(
    {
        "barrier": ["ln_distance", "different_province"],
        "barrier_name": ["Twice the distance", "Different province"],
        "barrier_name_zh": ["距离加倍", "不同省份"],
        "percent": [-30.0, 20.0],
        "percent_low": [-41.0, -8.0],
        "percent_high": [-17.0, 5000.0],
    }
)
CALIBRATION = pd.DataFrame(
    {
        "mean_expected": [0.1, 1.0, 10.0],
        "mean_observed": [0.0, 1.2, 30.0],
        "mean_low": [0.0, 0.5, 8.0],
        "mean_high": [0.4, 1.6, 12.0],
    }
)


def measure_png(figure: Figure) -> tuple[int, int]:
    width, height = struct.unpack(">II", figure.png[16:24])
    return width, height


def draw(study: Study, network: nx.Graph, voice: Voice) -> Figure:
    names = name_regions(study, [str(code) for code in study.regions.index])
    links = sorted(((float(d.get("weight", 1)), str(a), str(b)) for a, b, d in network.edges(data=True)), reverse=True)
    gaps = [(str(row.source), str(row.target), str(row.grade)) for row in build_gaps().itertuples()]
    return draw_map_figure(study, build_basemap(study), MapData(measure_strength(network), links, gaps, names), voice)


def test_rings_come_back_as_they_were() -> None:
    rings = [[(0, 0), (16384, 3), (-70000, 12)], [(5, 5), (5, 6)]]
    assert unpack_rings(pack_rings(rings)) == rings
    assert unpack_rings("") == []


def test_the_map_is_the_same_each_time_and_tells_its_gaps(tmp_path: Path) -> None:
    study = build_study(tmp_path)
    network = build_network(study)
    one, other = (draw(study, network, find_voice("en")) for _ in range(2))
    assert (one.png, one.svg) == (other.png, other.svg)
    assert b"Date" not in one.svg
    assert one.alt.en.startswith("Map of 6 regions")
    assert "Gamma – Delta" in one.alt.en
    assert one.caption.zh.endswith("示意图，边界不作为划界依据")
    assert measure_png(one)[0] == 1400


def test_the_figure_of_a_study_without_polygons_speaks_of_no_boundaries() -> None:
    study = build_study()
    caption = draw(study, build_network(study), find_voice("en")).caption
    assert caption.en.endswith(
        "schematic map without boundaries: the study has no polygons; --boundaries FILE adds them"
    )
    assert "划界" not in caption.zh


def test_insets_stand_beside_the_map(tmp_path: Path) -> None:
    study = build_study_with_isle(tmp_path)
    drawn = draw(study, build_network(study), find_voice("en"))
    assert study.maps.insets
    assert drawn.svg.count(b'id="axes_') == 1 + len(study.maps.insets)


def test_regions_without_polygons_are_points() -> None:
    study = build_study()
    assert b"PathCollection" in draw(study, build_network(study), find_voice("en")).svg


def test_without_a_chinese_font_figures_are_english_and_names_become_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = [font for font in matplotlib.font_manager.fontManager.ttflist if font.name == "DejaVu Sans"]
    monkeypatch.setattr(matplotlib.font_manager.fontManager, "ttflist", fonts)
    voice = find_voice("zh")
    assert voice.language == "en"
    assert not voice.chinese
    assert voice.name(Words("", "阿市"), "R00") == "R00"
    assert voice.name(Words("阿市", "阿市"), "R00") == "R00"
    assert voice.name(Words("Alpha", "阿市"), "R00") == "Alpha"
    study = build_study()
    assert draw(study, build_network(study), voice).png.startswith(b"\x89PNG")


def test_a_name_is_no_formula_and_control_letters_are_blanks() -> None:
    voice = Voice("en", ("DejaVu Sans",), chinese=False)
    assert voice.name(Words("A\x00\nB", ""), "R") == "A  B"
    assert len(voice.name(Words("x" * 500, ""), "R")) == 40
    network = nx.Graph()
    network.add_edge("a", "b", weight=2.0)
    drawn = draw_network(network, {"a": Words("$x^{", ""), "b": Words("\U0001f600", "")}, voice)
    assert drawn.alt.en.startswith("Network diagram of 2 regions")


def test_the_network_is_laid_out_the_same_each_time_and_counts_its_links() -> None:
    network = nx.karate_club_graph()
    network = nx.relabel_nodes(network, {node: f"n{node:02d}" for node in network})
    groups = pd.Series(0, index=list(network))
    voice = find_voice("en")
    one, other = (draw_network(network, {}, voice, groups=groups) for _ in range(2))
    assert one.svg == other.svg
    assert "the 78 strongest of 78 links" in one.caption.en
    assert one.svg.count(b"PathCollection") == 34


def test_names_on_a_figure_cover_no_other() -> None:
    one = bound_text((0, 0), "北京", (72, 72), IN_PLACE[0])
    assert one == pytest.approx((-7.8, -5.265, 7.8, 5.265))
    tried = [bound_text((1, 1), "天津", (72, 72), step) for step in (*IN_PLACE, *BESIDE)]
    assert find_room(tried, [one]) == tried[1]
    assert find_room([one], [one]) is None
    assert find_middle(one) == (0, 0)


def test_a_map_without_gaps_has_no_gap_in_its_legend() -> None:
    study = build_study()
    network = build_network(study)
    names = name_regions(study, [str(code) for code in study.regions.index])
    pictures = [
        draw_map_figure(
            study, build_basemap(study), MapData(measure_strength(network), [], gaps, names), find_voice("en")
        ).svg
        for gaps in ([], [("R00", "R01", "none")], [("R00", "R01", "weak")])
    ]
    drawn = [(picture.count(LIGHT.gap.encode()), picture.count(LIGHT.quiet.encode())) for picture in pictures]
    assert drawn[0][0] == 0
    assert drawn[1][1] > drawn[0][1]
    assert drawn[2][0] > 0


def test_a_network_of_one_link_can_be_drawn() -> None:
    network = nx.DiGraph()
    network.add_edge("a", "b")
    network.add_node("alone")
    assert draw_network(network, {}, find_voice("en")).alt.zh.startswith("网络图：2 个有联系的地区")


def test_the_forest_says_every_interval_in_words() -> None:
    drawn = draw_barriers(EFFECTS, find_voice("en"))
    assert drawn.alt.en.endswith("Twice the distance -30 % [-41, -17]; Different province +20 % [-8, +5000].")
    assert "距离加倍" in drawn.alt.zh
    assert "−8".encode() in drawn.svg


def test_the_calibration_counts_groups_within_and_keeps_empty_ones() -> None:
    drawn = draw_calibration_figure(CALIBRATION, find_voice("en"))
    assert "in 2 of them" in drawn.alt.en
    assert b"mathdefault" not in drawn.svg
