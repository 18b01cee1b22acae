"""``regionet export``: what is written reads back equal, in our readers and in those of others."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import networkx as nx
import pandas as pd
import pytest
from report_samples import NAMES, write_study
from typer.testing import CliRunner, Result

import regions
from regionet.cli import app

Pairs = dict[frozenset[str], float]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["export", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_study(tmp_path_factory.mktemp("export") / "study")


@pytest.fixture(scope="module")
def wanted(study: Path) -> Pairs:
    links = pd.read_csv(study / "links.csv")
    return {frozenset((row.source, row.target)): float(row.weight) for row in links.itertuples()}


def write(study: Path, target: Path, *options: object) -> str:
    result = run("--study", study, "--out", target, "--lang", "en", *options)
    assert result.exit_code == 0, result.output
    return result.output


def read_study_of(study: Path, links: Path) -> Pairs:
    """Read the links as a study of the same regions."""
    folder = links.parent / f"read-{links.name}"
    folder.mkdir()
    (folder / "regions.csv").write_bytes((study / "regions.csv").read_bytes())
    (folder / f"links{links.suffix}").write_bytes(links.read_bytes())
    table = regions.read_study(folder).links
    assert table is not None
    return {frozenset((row.source, row.target)): float(row.weight) for row in table.itertuples()}


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("n.graphml", ()),
        ("n.gexf", ("--labels", "code")),
        ("n.net", ("--labels", "code")),
        ("n.dl", ("--labels", "code")),
        ("n.dl", ("--labels", "code", "--dl-form", "fullmatrix")),
    ],
)
def test_our_own_readers_give_the_links_back(
    study: Path, wanted: Pairs, tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    write(study, tmp_path / name, *options)
    assert read_study_of(study, tmp_path / name) == wanted


@pytest.mark.parametrize("name", ["n.net", "n.dl"])
def test_names_lead_back_to_the_regions_too(tmp_path: Path, name: str) -> None:
    source = tmp_path / "study"
    source.mkdir()
    (source / "links.csv").write_text("source,target,weight\n江苏,内蒙古,2.5\n江苏,北京,3\n", encoding="utf-8")
    (source / "study.yaml").write_text("name: s\nextends: china\n", encoding="utf-8")
    for lang in ("zh", "en"):
        out = tmp_path / lang
        out.mkdir()
        assert run("--study", source, "--out", out / name, "--lang", lang).exit_code == 0
        folder = out / "again"
        folder.mkdir()
        (folder / "study.yaml").write_text("name: s\nextends: china\n", encoding="utf-8")
        (folder / f"links{Path(name).suffix}").write_bytes((out / name).read_bytes())
        table = regions.read_study(folder).links
        assert table is not None
        found = {frozenset((row.source, row.target)): row.weight for row in table.itertuples()}
        assert found == {frozenset(("320000", "150000")): 2.5, frozenset(("320000", "110000")): 3.0}


def test_networkx_gives_names_and_scores_back(study: Path, wanted: Pairs, tmp_path: Path) -> None:
    write(study, tmp_path / "n.graphml")
    write(study, tmp_path / "n.gexf")
    for graph in (nx.read_graphml(tmp_path / "n.graphml"), nx.read_gexf(tmp_path / "n.gexf")):
        assert {frozenset(ends): data["weight"] for *ends, data in graph.edges(data=True)} == wanted
        assert [data["name"] for _, data in graph.nodes(data=True)] == [name for name, _ in NAMES]
        assert graph.nodes["R00"]["name_zh"] == "阿市"
        assert graph.nodes["R00"]["lon"] == 100.0
        total = sum(weight for ends, weight in wanted.items() if "R00" in ends)
        assert graph.nodes["R00"]["strength"] == total


def test_networkx_reads_the_pajek_file_with_awkward_labels(study: Path, wanted: Pairs, tmp_path: Path) -> None:
    said = write(study, tmp_path / "n.net")
    graph = nx.read_pajek(tmp_path / "n.net")
    assert list(graph) == ["Alpha & <Co>", "Beta $x$", "Gamma 'q'", "Delta, east", *[name for name, _ in NAMES[4:]]]
    assert graph.number_of_edges() == len(wanted)
    assert "1 names lost their quotation marks." in said
    assert "Columns of regions not held: name_zh, level, parent, degree, strength" in said


def test_dl_is_as_gephi_reads_it(study: Path, tmp_path: Path) -> None:
    """Gephi takes one line of labels, parted by commas, and numbers of nodes; blanks part the cells of a matrix."""
    write(study, tmp_path / "list.dl", "--format", "dl")
    write(study, tmp_path / "matrix.dl", "--format", "dl", "--dl-form", "fullmatrix")
    lines = (tmp_path / "list.dl").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "dl n=10 format=edgelist1"
    assert lines[1] == "labels:"
    assert len(lines[2].split(",")) == 10
    assert '"Delta  east"' in lines[2]
    assert lines[3] == "data:"
    assert all(len(line.split(" ")) == 3 for line in lines[4:])
    rows = [line.split(" ") for line in (tmp_path / "matrix.dl").read_text(encoding="utf-8").splitlines()[4:]]
    assert [len(row) for row in rows] == [10] * 10
    assert all(rows[i][j] == rows[j][i] for i in range(10) for j in range(10))


def test_vosviewer_reads_a_map_and_a_network(study: Path, wanted: Pairs, tmp_path: Path) -> None:
    write(study, tmp_path, "--format", "vosviewer")
    items = pd.read_csv(tmp_path / "network-map.txt", sep="\t", quoting=3)
    assert items.columns[:5].tolist() == ["id", "label", "x", "y", "cluster"]
    assert items["id"].tolist() == list(range(1, 11))
    assert items["cluster"].between(1, 10).all()
    links = pd.read_csv(tmp_path / "network-network.txt", sep="\t", header=None)
    codes = dict(enumerate((f"R{place:02d}" for place in range(10)), start=1))
    found = {frozenset((codes[a], codes[b])): float(weight) for a, b, weight in links.itertuples(index=False)}
    assert found == wanted
    assert items["weight<Total link strength>"].sum() == 2 * sum(wanted.values())
    assert items["weight<Links>"].sum() == 2 * len(wanted)


def test_a_geopackage_has_layers_and_a_style_that_qgis_finds(study: Path, wanted: Pairs, tmp_path: Path) -> None:
    path = tmp_path / "n.gpkg"
    write(study, path)
    nodes, links = (gpd.read_file(path, layer=layer) for layer in ("regions", "links"))
    assert nodes.crs == "EPSG:4326"
    assert nodes["name"].tolist() == [name for name, _ in NAMES]
    assert set(nodes.geom_type) == {"Point"}
    assert {frozenset((row.source, row.target)): row.weight for row in links.itertuples()} == wanted
    first = links.geometry.iloc[0]
    ends = nodes.set_index("code").geometry
    assert first.coords[0] == ends[links["source"].iloc[0]].coords[0]
    with closing(sqlite3.connect(path)) as base:
        styles = dict(base.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault = 1"))
        listed = {row[0] for row in base.execute("SELECT table_name FROM gpkg_contents")}
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert set(styles) == {"regions", "links"}
    assert listed == {"regions", "links", "layer_styles"}
    assert 'attr="strength"' in styles["regions"]
    assert 'type="marker"' in styles["regions"]
    assert 'fieldName="name"' in styles["regions"]


def test_polygons_stand_in_the_geopackage_and_turn_as_geojson_wants(tmp_path: Path) -> None:
    result = run("--study", "yangtze-delta", "--format", "geojson", "--out", tmp_path, "--lang", "zh")
    assert result.exit_code == 0, result.output
    table = gpd.read_file(tmp_path / "network-regions.geojson")
    assert len(table) == 41
    polygons = table.geometry.explode().iloc[:50]
    assert all(polygon.exterior.is_ccw for polygon in polygons if polygon is not None)
    content = json.loads((tmp_path / "network-links.geojson").read_text(encoding="utf-8"))
    assert {feature["geometry"]["type"] for feature in content["features"]} == {"LineString"}


def test_json_is_a_node_link_graph_with_its_codebook(study: Path, wanted: Pairs, tmp_path: Path) -> None:
    write(study, tmp_path / "n.json")
    content = json.loads((tmp_path / "n.json").read_text(encoding="utf-8"))
    graph = nx.node_link_graph(content, edges="links")
    assert {frozenset(ends): data["weight"] for *ends, data in graph.edges(data=True)} == wanted
    assert content["graph"]["origin"] == "observed"
    named = {row["column"] for row in content["codebook"]}
    assert {"strength", "weight", "name_zh"} <= named


@pytest.mark.parametrize("form", ["graphml", "gexf", "pajek", "dl", "vosviewer", "gpkg", "geojson", "json"])
def test_the_same_input_gives_the_same_bytes(study: Path, tmp_path: Path, form: str) -> None:
    for name in ("one", "other"):
        write(study, tmp_path / name, "--format", form)
    files = sorted((tmp_path / "one").iterdir())
    assert files
    assert [file.name for file in files if file.read_bytes() != (tmp_path / "other" / file.name).read_bytes()] == []
    manifest = json.loads((tmp_path / "one" / "run.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["format"] == form
    assert bool(manifest["not_held"]) == (form in {"pajek", "dl", "vosviewer", "gexf"})


def test_what_is_lost_is_told_in_both_languages(study: Path, tmp_path: Path) -> None:
    result = run("--study", study, "--format", "pajek", "--out", tmp_path, "--lang", "zh", "--json")
    told = json.loads(result.stdout)
    assert any(sentence.startswith("未能保存地区的列：name") for sentence in told["not_held"])
    assert told["files"][0].endswith("network.net")
    manifest = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert manifest["not_held"][-1].keys() == {"en", "zh"}


def test_an_input_is_never_written_over(tmp_path: Path) -> None:
    folder = write_study(tmp_path / "study")
    write(folder, folder.parent / "links.dl", "--labels", "code")
    (folder / "links.csv").unlink()
    links = folder / "links.dl"
    links.write_bytes((tmp_path / "links.dl").read_bytes())
    before = links.read_bytes()
    result = run("--study", folder, "--out", links, "--lang", "en")
    assert result.exit_code == 1
    assert "is an input of this command" in result.output
    assert links.read_bytes() == before


@pytest.mark.parametrize(
    ("target", "options", "said"),
    [("n.gexf", ("--format", "graphml"), "must end with .graphml"), ("folder", (), "choose one of graphml")],
)
def test_a_target_that_contradicts_the_format_is_refused(
    study: Path, tmp_path: Path, target: str, options: tuple[str, ...], said: str
) -> None:
    result = run("--study", study, "--out", tmp_path / target, "--lang", "en", *options)
    assert result.exit_code == 2
    assert said in " ".join(result.output.replace("│", " ").split())
    assert not (tmp_path / target).exists()
