"""What exports are made of: hostile texts, missing values, directions, labels."""

import json
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from maps.exchange.geo_files import lay_on_ground, write_geojson, write_geopackage
from maps.exchange.graph_files import write_gexf, write_graphml, write_pajek
from maps.exchange.network_tables import (
    NetworkTables,
    build_export_graph,
    clean_cell_text,
    find_labels,
    make_plain,
    write_weight,
)
from maps.exchange.plain_network_files import write_dl, write_json, write_vosviewer
from maps.exchange.qgis_style import style_links, style_regions
from regions.words import Words

HOSTILE = [
    "</node><script>alert(1)</script>",
    "a\x00b\x0bc",
    "\uffffhalf",
    '"; DROP TABLE x; --',
    "=1+1\t,\n*Edges",
    "",
]


def make(*, directed: bool = False) -> NetworkTables:
    size = len(HOSTILE)
    nodes = pd.DataFrame(
        {
            "code": [f"c{place}" for place in range(size)],
            "name": HOSTILE,
            "name_zh": HOSTILE,
            "lon": [10.0, 11, 12, 13, 14, float("nan")],
            "lat": [50.0, 51, 52, 53, 54, float("nan")],
            "strength": [1.0, 2, 3, 4, float("nan"), float("inf")],
            "note": HOSTILE,
        }
    )
    links = pd.DataFrame(
        {"source": ["c0", "c1", "c5"], "target": ["c1", "c0" if directed else "c2", "c3"], "weight": [1.5, 2.0, 0.1]}
    )
    return NetworkTables(nodes, links, directed, Words("T & <t>", "题"), {"study": "s"})


def test_texts_keep_what_xml_can_hold() -> None:
    assert clean_cell_text("a\x00b\ud800\uffffc") == "a���c".replace("a�", "a�b", 1)
    assert clean_cell_text("x\r\ny\u2028z") == "x  y z"
    assert clean_cell_text("阿市 🙂") == "阿市 🙂"


def test_plain_values_have_no_nan() -> None:
    values = [make_plain(value) for value in (float("nan"), float("inf"), pd.NA, None, 3, 2.0, True, "x")]
    assert values == [None, None, None, None, 3, 2.0, True, "x"]
    assert [write_weight(value) for value in (1e20, 2.0, 0.1 + 0.2)] == ["1e+20", "2", "0.30000000000000004"]


def test_labels_are_there_once_and_without_quotation_marks() -> None:
    labels, notes = find_labels(make())
    assert len(set(labels.values())) == len(labels)
    assert labels["c5"] == "c5"
    assert not any('"' in label or "\n" in label for label in labels.values())
    assert [note.en for note in notes] == ["1 regions are named by their code.", "1 names lost their quotation marks."]


@pytest.mark.parametrize("directed", [False, True])
def test_every_format_survives_hostile_texts(tmp_path: Path, *, directed: bool) -> None:
    tables = make(directed=directed)
    write_graphml(tables, tmp_path / "n.graphml")
    write_gexf(tables, tmp_path / "n.gexf")
    write_pajek(tables, tmp_path / "n.net")
    write_json(tables, tmp_path / "n.json")
    for path, read in ((tmp_path / "n.graphml", nx.read_graphml), (tmp_path / "n.gexf", nx.read_gexf)):
        graph = read(path)
        assert graph.is_directed() is directed
        assert graph.nodes["c0"]["name"] == HOSTILE[0]
        assert graph.edges["c0", "c1"]["weight"] == 1.5
        assert "strength" not in graph.nodes["c5"]  # infinite: left out, not written as a word
    assert nx.read_pajek(tmp_path / "n.net").number_of_edges() == 3
    content = json.loads((tmp_path / "n.json").read_text(encoding="utf-8"))
    assert content["nodes"][5]["strength"] is None
    assert content["directed"] is directed


def test_dl_and_vosviewer_survive_hostile_texts(tmp_path: Path) -> None:
    tables = make(directed=True)
    said = write_dl(tables, tmp_path / "n.dl", form="fullmatrix")
    lines = (tmp_path / "n.dl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4 + 6
    assert lines[4].split(" ")[:2] == ["0", "1.5"]
    assert lines[5].split(" ")[:2] == ["2", "0"]
    assert "Columns of regions not held: name_zh, lon, lat, strength, note." in [note.en for note in said]
    said = write_vosviewer(tables, tmp_path / "m.txt", tmp_path / "w.txt")
    assert "Directions of links not held." in [note.en for note in said]
    assert (tmp_path / "w.txt").read_text(encoding="utf-8").splitlines() == ["1\t2\t3.5", "4\t6\t0.1"]
    rows = [line.split("\t") for line in (tmp_path / "m.txt").read_text(encoding="utf-8").splitlines()]
    assert {len(row) for row in rows} == {5}
    assert rows[0] == ["id", "label", "weight<Links>", "weight<Total link strength>", "score<strength>"]
    assert rows[6][-1] == ""


def test_what_has_no_place_is_counted_and_kept(tmp_path: Path) -> None:
    nodes, links, notes = lay_on_ground(make(), None)
    assert nodes.geometry.isna().tolist() == [False] * 5 + [True]
    assert links.geometry.isna().tolist() == [False, False, True]
    assert [note.en for note in notes] == [
        "1 regions have no geometry.",
        "1 links have no line: an end has no point.",
    ]
    write_geojson(make(), None, tmp_path / "r.geojson", tmp_path / "l.geojson")
    content = json.loads((tmp_path / "r.geojson").read_text(encoding="utf-8"))
    assert [feature["geometry"] is None for feature in content["features"]] == [False] * 5 + [True]


def test_a_geopackage_of_hostile_texts_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "n.gpkg"
    notes = write_geopackage(make(), None, path)
    assert len(notes) == 2
    assert path.stat().st_size > 0
    assert [item.name for item in tmp_path.iterdir()] == ["n.gpkg"]


def test_a_graph_keeps_isolates_and_directions() -> None:
    graph = build_export_graph(make(directed=True))
    assert graph.number_of_nodes() == len(HOSTILE)
    assert graph["c1"]["c0"]["weight"] == 2.0


def test_styles_have_a_class_for_each_break_and_a_width_by_weight() -> None:
    style = style_regions((0.0, 2.0, 5.0), 9.0, label="name_zh", points=False)
    assert style.count("<range ") == style.count("<symbol ") == 3
    assert 'upper="9.0"' in style
    assert 'type="fill"' in style
    assert "sqrt(&quot;weight&quot; / 4.0)" in style_links(4.0)
