"""Links from network files: GraphML, GEXF, Pajek, UCINET DL."""

from pathlib import Path

import networkx as nx
import pytest

from regions import StudyError, read_study
from regions.network_files.links_table import read_network

GRAPHML = (
    '<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    '<key id="w" for="edge" attr.name="weight" attr.type="double">{default}</key>'
    '<graph edgedefault="undirected"><node id="A"/><node id="B"/>{more}</graph></graphml>'
)
EDGE = '<edge source="A" target="B">{}</edge>'


def read(folder: Path, name: str, text: str) -> list[list[str]]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_network(path).frame.to_numpy().tolist()


def fail(folder: Path, name: str, text: str) -> tuple[str, int | None]:
    with pytest.raises(StudyError) as caught:
        read(folder, name, text)
    assert all(fault.message_zh for fault in caught.value.faults)
    return caught.value.faults[0].code, caught.value.faults[0].row


def graph() -> nx.Graph:
    made = nx.Graph()
    made.add_edge("310100", "320100", weight=2.5, year=2020, kind="合作")
    made.add_edge("310100", "320200", weight=1.0, year=2021, kind="patent")
    return made


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_what_networkx_writes_is_read_with_every_attribute_of_the_links(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"links{suffix}"
    (nx.write_graphml if suffix == ".graphml" else nx.write_gexf)(graph(), path)
    table = read_network(path)
    assert table.frame[["source", "target", "weight", "year", "kind"]].to_numpy().tolist() == [
        ["310100", "320100", "2.5", "2020", "合作"],
        ["310100", "320200", "1.0", "2021", "patent"],
    ]
    assert table.lines.tolist() == [1, 2]


def test_pajek_as_networkx_writes_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "links.net"
    nx.write_pajek(nx.Graph([("310100", "320100", {"weight": 2.0})]), path)
    assert read_network(path).frame.to_numpy().tolist() == [["310100", "320100", "2.0"]]


def test_numbered_nodes_are_named_by_their_labels_or_codes(tmp_path: Path) -> None:
    gexf = (
        '<gexf><graph defaultedgetype="undirected"><nodes><node id="0" label="上海"/>'
        '<node id="1" label="南京"/></nodes>'
        '<edges><edge id="0" source="0" target="1"/></edges></graph></gexf>'
    )
    assert read(tmp_path, "l.gexf", gexf) == [["上海", "南京", "1"]]
    text = (
        '<gexf><graph><attributes class="node"><attribute id="c" title="Code"/></attributes><nodes>'
        '<node id="0" label="x"><attvalues><attvalue for="c" value="310100"/></attvalues></node>'
        '<node id="1" label="y"><attvalues><attvalue for="c" value="320100"/></attvalues></node></nodes>'
        '<edges><edge source="0" target="1" weight="4"/></edges></graph></gexf>'
    )
    assert read(tmp_path, "l.gexf", text) == [["310100", "320100", "4"]]


def test_a_default_weight_of_graphml_fills_what_is_missing(tmp_path: Path) -> None:
    more = EDGE.format("") + EDGE.format('<data key="w">3</data>')
    text = GRAPHML.format(default="<default>7</default>", more=more)
    assert read(tmp_path, "l.graphml", text) == [["A", "B", "7"], ["A", "B", "3"]]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("", "E-EMPTY"),
        ('<edge source="A" target="C"/>', "E-UNKNOWN"),
        ('<edge source="A"/>', "E-UNKNOWN"),
        ('<node id="A"/>', "E-DUPCODE"),
        ("<node/>", "E-MISSING"),
        ("<hyperedge/>", "E-FORMAT"),
        ('<node id="C"><graph/></node>', "E-FORMAT"),
        ("&e;", "E-XML"),
        ("<a>" * 300, "E-XML"),
        ("\x00", "E-XML"),
    ],
)
def test_graphml_that_cannot_be_trusted_is_refused(tmp_path: Path, more: str, code: str) -> None:
    assert fail(tmp_path, "l.graphml", GRAPHML.format(default="", more=more))[0] == code


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE graphml>",
        '<!DOCTYPE g SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE g PUBLIC "-//x//EN" "file:///etc/hostname">',
        '<!DOCTYPE g [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>',
    ],
)
@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_any_document_type_is_refused(tmp_path: Path, doctype: str, suffix: str, encoding: str) -> None:
    path = tmp_path / f"l{suffix}"
    path.write_bytes(f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<g/>'.encode(encoding))
    with pytest.raises(StudyError) as caught:
        read_network(path)
    assert caught.value.faults[0].code == "E-XMLDTD"


def test_an_unknown_encoding_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    assert fail(tmp_path, "l.graphml", '<?xml version="1.0" encoding="x-none"?><graphml/>')[0] == "E-XML"


PAJEK = '*Vertices 3\n1 "上海" 0.1 0.2\n2 "New York"\n3 C\n'


def test_pajek_sections(tmp_path: Path) -> None:
    assert read(tmp_path, "l.net", f"% remark\n{PAJEK}*Edges\n1 2 5\n2 3\n") == [
        ["上海", "New York", "5"],
        ["New York", "C", "1"],
    ]
    assert read(tmp_path, "l.net", f"{PAJEK}*Edgeslist\n1 2 3\n") == [["上海", "New York"], ["上海", "C"]]
    matrix = f"{PAJEK}*Matrix\n0 2 0\n2 0 0.5\n0 0.5 0\n"
    assert read(tmp_path, "l.net", matrix) == [["上海", "New York", "2"], ["New York", "C", "0.5"]]
    path = tmp_path / "l.net"
    path.write_bytes(f"{PAJEK}*Arcs\r\n3 1 2\r\n".encode("gb18030"))
    table = read_network(path)
    assert table.frame.to_numpy().tolist() == [["C", "上海", "2"]]
    assert [fault.code for fault in table.warnings] == ["W-ENC", "W-DIRECTED"]


@pytest.mark.parametrize(
    ("tail", "fault"),
    [
        ("*Edges\n1 9 2\n", ("E-UNKNOWN", 6)),
        ("*Matrix\n0 1\n", ("E-FORMAT", 6)),
        ("*Events\n", ("E-FORMAT", 5)),
        ("*Edges\n1\n", ("E-FORMAT", 6)),
    ],
)
def test_a_pajek_fault_is_named_by_its_line(tmp_path: Path, tail: str, fault: tuple[str, int]) -> None:
    assert fail(tmp_path, "l.net", PAJEK + tail) == fault


@pytest.mark.parametrize(
    "text",
    [
        'DL N=3\nLABELS:\n甲,"B b",C\nDATA:\n0 2 0\n2 0 1\n0 1 0\n',
        'dl n = 3 format = fullmatrix\nlabels:\n甲\n"B b"\nC\ndata:\n0 2 0\n2 0 1\n0 1 0\n',
        'DL N=3 FORMAT=FULLMATRIX\nLABELS EMBEDDED\nDATA:\n甲 "B b" C\n甲 0 2 0\n"B b" 2 0 1\nC 0 1 0\n',
        'DL N=3 FORMAT=EDGELIST1\nLABELS:\n甲,"B b",C\nDATA:\n1 2 2\n2 3 1\n',
        'DL N=3 FORMAT=EDGELIST1\nLABELS EMBEDDED\nDATA:\n甲 "B b" 2\n"B b" C 1\n',
        'DL N=3\nLABELS:\n甲,"B b",C\nDATA:\n0 2 0 2 0\n1 0 1 0\n',
        'DL N=3 FORMAT=LOWERHALF\nLABELS:\n甲,"B b",C\nDATA:\n0\n2 0\n0 1 0\n',
        'DL N=3 FORMAT=LOWERHALF DIAGONAL=ABSENT\nLABELS:\n甲,"B b",C\nDATA:\n2\n0 1\n',
        'DL N=3 FORMAT=UPPERHALF DIAGONAL=ABSENT\nLABELS:\n甲,"B b",C\nDATA:\n2 0\n1\n',
        'DL N=3 FORMAT=UPPERHALF\nLABELS:\n甲,"B b",C\nDATA:\n0 2 0\n0 1\n0\n',
        'DL N=3, FORMAT=EDGELIST1\nLABELS:\n甲,"B b",C\nDATA: 1 2 2\n2 3 1\n',
    ],
)
def test_dl_files_of_one_network_in_every_form(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, "l.dl", text) == [["甲", "B b", "2"], ["B b", "C", "1"]]


def test_a_node_list_has_no_weights_and_an_unsymmetric_matrix_is_directed(tmp_path: Path) -> None:
    text = "DL N=3 FORMAT=NODELIST1\nLABELS:\nA,B,C\nDATA:\n1 2 3\n2 3\n"
    assert read(tmp_path, "l.dl", text) == [["A", "B"], ["A", "C"], ["B", "C"]]
    path = tmp_path / "l.dl"
    path.write_text("DL N=2\nLABELS:\nA,B\nDATA:\n0 3\n1 0\n", encoding="utf-8")
    table = read_network(path)
    assert table.frame.to_numpy().tolist() == [["A", "B", "3"], ["B", "A", "1"]]
    assert [fault.code for fault in table.warnings] == ["W-DIRECTED"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("N=2\nDATA:\n0 1\n1 0\n", 1),
        ("DL N=2\n0 1\n1 0\n", None),
        ("DL N=2\nDATA:\n0 1\n1 0 1\n", 4),
        ("DL N=3\nDATA:\n0 1\n1 0\n", 3),
        ("DL N=3 FORMAT=EDGELIST1\nLABELS:\nA,B\nDATA:\n1 2\n", None),
        ("DL N=3 FORMAT=EDGELIST1\nDATA:\n1 2\n3\n", 4),
        ("DL N=3 FORMAT=LOWERHALF\nDATA:\n0\n1 0\n", 3),
        ("DL N=2 DIAGONAL=ABSENT\nDATA:\n0 1\n1 0\n", None),
        ("DL N=999999999\nDATA:\n0\n", 1),
        ("DL N=2 NM=2\nDATA:\n0 1\n1 0\n", 1),
        ("DL NR=2 NC=3\nDATA:\n0 1 1\n1 0 1\n", 1),
        ("DL N=2 FORMAT=RANKLIST\nDATA:\n1 2\n", 1),
    ],
)
def test_a_dl_fault_is_named_by_its_line(tmp_path: Path, text: str, line: int | None) -> None:
    assert fail(tmp_path, "l.dl", text) == ("E-FORMAT", line)


@pytest.mark.parametrize(("name", "text"), [("l.net", "<html>"), ("l.graphml", "a,b\n"), ("l.dl", "PK\x03\x04")])
def test_a_file_of_another_kind_is_named(tmp_path: Path, name: str, text: str) -> None:
    assert fail(tmp_path, name, text)[0] == "E-FORMAT"


def test_a_network_stands_in_place_of_the_links_of_a_study(folder: Path) -> None:
    (folder / "links.csv").unlink()
    nx.write_graphml(nx.Graph([("A", "B", {"weight": 4})]), folder / "links.graphml")
    links = read_study(folder).links
    assert links is not None
    assert links[["source", "target", "weight"]].to_numpy().tolist() == [["A", "B", 4.0]]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("l.net", '*Vertices 2\n1 "A"\n1 "B"\n*Edges\n1 1\n', "E-DUPCODE"),
        ("l.net", "*Vertices 2\n1 New York\n2 Paris\n*Edges\n1 2\n", "E-FORMAT"),
        ("l.dl", "DL N=2 FORMAT=EDGELIST1\nLABELS:\nA,A\nDATA:\n1 2\n", "E-DUPCODE"),
        (
            "l.graphml",
            "<graphml><graph><node id='A'/><edge source='A' target='A'><data key='w'>1</data></edge></graph></graphml>",
            "E-FORMAT",
        ),
        ("l.graphml", "<graphml><graph><node id='A'/><edge source='A'/></graph></graphml>", "E-UNKNOWN"),
    ],
)
def test_what_would_join_nodes_or_lose_weights_in_silence_is_refused(
    tmp_path: Path, name: str, text: str, code: str
) -> None:
    assert fail(tmp_path, name, text)[0] == code


def test_labels_without_quotes_may_have_coordinates_and_shapes(tmp_path: Path) -> None:
    text = "*Vertices 2\n1 A 0.1 0.2 0.5\n2 B ellipse\n*Edges\n1 2 4 c Blue\n"
    assert read(tmp_path, "l.net", text) == [["A", "B", "4"]]


@pytest.mark.parametrize("encoding", ["GBK", "gb2312", "GB18030"])
def test_graphml_in_a_chinese_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    body = "<graphml><graph><node id='南京'/><node id='苏州'/><edge source='南京' target='苏州'/></graph></graphml>"
    path = tmp_path / "l.graphml"
    path.write_bytes(f"<?xml version='1.0' encoding='{encoding}'?>{body}".encode(encoding))
    assert read_network(path).frame.to_numpy().tolist() == [["南京", "苏州"]]


def test_faults_of_several_links_on_one_line_name_each_word(folder: Path) -> None:
    (folder / "links.csv").unlink()
    path = folder / "links.dl"
    path.write_text("DL N=3\nLABELS:\nA,B,C\nDATA:\n0 x y\n1 0 2\n1 2 0\n", encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        read_study(folder)
    assert [(fault.row, fault.message.split("'")[1]) for fault in caught.value.faults] == [(5, "x"), (5, "y")]


def test_of_a_line_of_links_only_those_that_name_an_unknown_region_are_left_out(folder: Path) -> None:
    (folder / "links.csv").unlink()
    (folder / "links.dl").write_text("DL N=3\nLABELS:\nA,B,Q\nDATA:\n0 2 3\n2 0 1\n3 1 0\n", encoding="utf-8")
    study = read_study(folder, unknown="drop")
    assert study.links is not None
    assert study.links[["source", "target", "weight"]].to_numpy().tolist() == [["A", "B", 2.0]]


REGIONS = "code,name,lon,lat\n1,Alfa,10,50\n2,Beta,11,50\n3,Gamma,12,51\n4,Delta,13,52\n"
GEXF = (
    '<gexf xmlns="http://www.gexf.net/1.2draft"><graph defaultedgetype="{kind}">{head}'
    "<nodes>{nodes}</nodes><edges>{edges}</edges></graph></gexf>"
)
TWO = '<node id="1" label="Alfa"/><node id="2" label="Beta"/><node id="3" label="Gamma"/>'


def gexf(edges: str, *, head: str = "", kind: str = "undirected", nodes: str = TWO) -> str:
    return GEXF.format(kind=kind, head=head, nodes=nodes, edges=edges)


def study_of(folder: Path, name: str, text: str, *, directed: bool = False) -> tuple[list[list[object]], list[str]]:
    """Return the links of a study of four regions and the codes of its warnings."""
    (folder / "regions.csv").write_text(REGIONS, encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    if directed:
        (folder / "study.yaml").write_text("directed: true\n", encoding="utf-8")
    study = read_study(folder)
    assert study.links is not None
    columns = [column for column in ("source", "target", "weight", "kind") if column in study.links]
    return study.links[columns].to_numpy().tolist(), [fault.code for fault in study.warnings]


WEIGHT = '<attributes class="edge"><attribute id="w" title="{}" type="double">{}</attribute></attributes>'


@pytest.mark.parametrize("title", ["weight", "Weight", "count", "权重"])
def test_a_weight_that_gexf_declares_as_a_value_counts(tmp_path: Path, title: str) -> None:
    """Gephi 0.8 and many exporters write it so; a default may only fill what is left empty."""
    edges = (
        '<edge source="1" target="2"><attvalues><attvalue for="w" value="12"/></attvalues></edge>'
        '<edge source="2" target="3"><attvalues><attvalue for="w" value="3"/></attvalues></edge>'
    )
    links, warnings = study_of(tmp_path, "links.gexf", gexf(edges, head=WEIGHT.format(title, "")))
    assert links == [["1", "2", 12.0], ["2", "3", 3.0]]
    assert "W-COLS" not in warnings


def test_defaults_of_gexf_and_its_weight_of_one_fill_only_what_is_empty(tmp_path: Path) -> None:
    edges = (
        '<edge source="1" target="2"/><edge source="2" target="3"><attvalues><attvalue for="w" value="3"/></attvalues>'
        '</edge><edge source="1" target="3" weight="7"/>'
    )
    with_default = gexf(edges, head=WEIGHT.format("weight", "<default>5</default>"))
    assert read(tmp_path, "l.gexf", with_default) == [
        ["Alfa", "Beta", "5"],
        ["Beta", "Gamma", "3"],
        ["Alfa", "Gamma", "7"],
    ]
    without = read(tmp_path, "l.gexf", gexf(edges, head=WEIGHT.format("weight", "")))
    assert [row[2] for row in without] == ["1", "3", "7"]


def test_two_weights_of_one_link_that_differ_are_said(tmp_path: Path) -> None:
    edges = '<edge source="1" target="2" weight="2"><attvalues><attvalue for="w" value="{}"/></attvalues></edge>'
    head = WEIGHT.format("weight", "")
    links, warnings = study_of(tmp_path, "links.gexf", gexf(edges.format("9"), head=head))
    assert (links[0][2], "W-WEIGHT" in warnings) == (2.0, True)
    assert "W-WEIGHT" not in study_of(tmp_path, "links.gexf", gexf(edges.format("2.0"), head=head))[1]
    default = WEIGHT.format("weight", "<default>9</default>")  # fills what is left empty, and contradicts nothing
    assert (
        "W-WEIGHT"
        not in study_of(tmp_path, "links.gexf", gexf('<edge source="1" target="2" weight="2"/>', head=default))[1]
    )


def test_times_of_gexf_are_said_and_of_values_over_time_the_last_counts(tmp_path: Path) -> None:
    edges = (
        '<edge source="1" target="2" start="2001" end="2003"><attvalues><attvalue for="w" value="2" end="2002"/>'
        '<attvalue for="w" value="6" start="2002"/></attvalues></edge>'
        '<edge source="2" target="3" weight="1"><spells><spell start="1"/><spell start="4"/></spells></edge>'
    )
    path = tmp_path / "l.gexf"
    path.write_text(gexf(edges, head=WEIGHT.format("weight", "")), encoding="utf-8")
    table = read_network(path)
    assert table.frame["weight"].tolist() == ["6", "1"]
    assert [(fault.code, fault.message[:31]) for fault in table.warnings] == [
        ("W-SPELLS", "3 spells, 2 values of a time: a")
    ]


def test_every_default_of_graphml_fills_its_own_kind_of_element(tmp_path: Path) -> None:
    text = (
        '<graphml><key id="k" for="edge" attr.name="kind"><default>patent</default></key>'
        '<key id="c" for="node" attr.name="code"><default>4</default></key>'
        '<graph><node id="a"><data key="c">1</data></node><node id="b"/>'
        '<edge source="a" target="b"/><edge source="b" target="a"><data key="k">paper</data></edge></graph></graphml>'
    )
    assert read(tmp_path, "l.graphml", text) == [["1", "4", "patent"], ["4", "1", "paper"]]


NAMED = {
    "networkx": (
        gexf(
            '<edge source="1" target="2" weight="9"/><edge source="2" target="3" weight="1"/>',
            head='<attributes class="node"><attribute id="0" title="name" type="string"/></attributes>',
            nodes="".join(
                f'<node id="{i}" label="{i}"><attvalues><attvalue for="0" value="{name}"/></attvalues></node>'
                for i, name in enumerate(("Gamma", "Alfa", "Beta"), 1)
            ),
        ),
        [["3", "1", 9.0], ["1", "2", 1.0]],
        ["W-NODES"],
    ),
    "Gephi": (
        gexf(
            '<edge source="0.0" target="1.0" weight="8.0"/>',
            nodes='<node id="0.0" label="Alfa"/><node id="1.0" label="Beta"/>',
        ),
        [["1", "2", 8.0]],
        [],
    ),
    "Cytoscape": (
        (
            '<graphml><key attr.name="name" for="node" id="name"/><key attr.name="weight" for="edge" id="weight"/>'
            '<graph edgedefault="directed"><node id="110231"><data key="name">Alfa</data></node><node id="110240">'
            '<data key="name">Beta</data></node><edge source="110231" target="110240"><data key="weight">4.0</data>'
            "</edge></graph></graphml>"
        ),
        [["1", "2", 4.0]],
        ["W-DIRECTED"],
    ),
    "yEd": (
        (
            '<graphml><key for="node" id="d6" yfiles.type="nodegraphics"/><graph><node id="n0"><data key="d6">'
            '<y:ShapeNode xmlns:y="urn:y"><y:NodeLabel> Alfa </y:NodeLabel></y:ShapeNode></data></node><node id="n1">'
            '<data key="d6"><y:ShapeNode xmlns:y="urn:y"><y:NodeLabel>Beta</y:NodeLabel></y:ShapeNode></data></node>'
            '<edge source="n0" target="n1"/></graph></graphml>'
        ),
        [["1", "2", 1.0]],
        [],
    ),
}


@pytest.mark.parametrize("program", NAMED)
def test_nodes_are_named_by_what_fits_the_regions_whatever_their_ids_look_like(tmp_path: Path, program: str) -> None:
    text, links, warnings = NAMED[program]
    name = "links.gexf" if text.startswith("<gexf") else "links.graphml"
    found, said = study_of(tmp_path, name, text)
    assert found == links
    assert [code for code in said if code in {"W-NODES", "W-DIRECTED"}] == warnings


def test_numbers_of_pajek_vertices_are_places_and_never_name_a_region(tmp_path: Path) -> None:
    text = '*Vertices 2\n1 "Gamma"\n2 "Alfa"\n*Edges\n1 2 5\n'
    assert study_of(tmp_path, "links.net", text)[0] == [["3", "1", 5.0]]
    (tmp_path / "links.net").write_text('*Vertices 2\n1 "x"\n2 "y"\n*Edges\n1 2 5\n', encoding="utf-8")
    with pytest.raises(StudyError, match="'x' is not in the regions table"):
        read_study(tmp_path)


BOTH = [["1", "2", 5.0], ["2", "1", 5.0]]
DIRECTIONS = {
    "edges of Pajek": ("links.net", '*Vertices 2\n1 "1"\n2 "2"\n*Arcs\n*Edges\n1 2 5\n', BOTH),
    "arcs of Pajek": ("links.net", '*Vertices 2\n1 "1"\n2 "2"\n*Arcs\n1 2 5\n*Edges\n', BOTH[:1]),
    "a symmetric matrix of Pajek": ("links.net", '*Vertices 2\n1 "1"\n2 "2"\n*Matrix\n0 5\n5 0\n', BOTH),
    "a symmetric matrix of UCINET": ("links.dl", "DL N=2\nLABELS:\n1,2\nDATA:\n0 5\n5 0\n", BOTH),
    "a list of UCINET": ("links.dl", "DL N=2 FORMAT=EDGELIST1\nLABELS:\n1,2\nDATA:\n1 2 5\n", BOTH[:1]),
    "undirected GEXF": ("links.gexf", gexf('<edge source="1" target="2" weight="5"/>'), BOTH),
    "directed GEXF": ("links.gexf", gexf('<edge source="1" target="2" weight="5"/>', kind="directed"), BOTH[:1]),
    "a mutual edge of GEXF": (
        "links.gexf",
        gexf('<edge source="1" target="2" weight="5" type="mutual"/>', kind="directed"),
        BOTH,
    ),
    "a directed edge of GEXF": (
        "links.gexf",
        gexf('<edge source="1" target="2" weight="5" type="directed"/>'),
        BOTH[:1],
    ),
    "undirected GraphML": ("links.graphml", GRAPHML.format(default="<default>5</default>", more="{}"), BOTH),
}


@pytest.mark.parametrize("case", DIRECTIONS)
def test_the_direction_of_each_link_counts_in_a_directed_study(tmp_path: Path, case: str) -> None:
    name, text, links = DIRECTIONS[case]
    text = text.replace('"A"', '"1"').replace('"B"', '"2"').replace("{}", '<edge source="1" target="2"/>')
    found, warnings = study_of(tmp_path, name, text, directed=True)
    assert found == links
    assert ("W-DIRECTED" in warnings) is (links == BOTH)


def test_an_edge_of_graphml_may_differ_from_the_direction_of_the_graph(tmp_path: Path) -> None:
    more = '<edge source="1" target="2" directed="true"/><edge source="1" target="1"/>'
    text = GRAPHML.format(default="", more=more).replace('"A"', '"1"').replace('"B"', '"2"')
    assert study_of(tmp_path, "links.graphml", text, directed=True)[0] == [["1", "2", 1.0], ["1", "1", 1.0]]
    path = tmp_path / "links.graphml"
    assert [fault.message for fault in read_network(path).warnings] == ["1 of 2 links have a direction."]


RELATIONS = {
    "Pajek": (
        "links.net",
        '*Vertices 3\n1 "Alfa"\n2 "Beta"\n3 "Gamma"\n*Edges :1 "patents"\n1 2 5\n*Edges :2 "lawsuits"\n1 2 40\n2 3 7\n',
    ),
    "Pajek lists": (
        "links.net",
        (
            '*Vertices 3\n1 "Alfa"\n2 "Beta"\n3 "Gamma"\n*Edges :1 "patents"\n'
            '*Edges :2 "lawsuits"\n*Edges\n1: 1 2 5\n2: 1 2 40\n2: 2 3 7\n'
        ),
    ),
    "Pajek matrices": (
        "links.net",
        (
            '*Vertices 3\n1 "Alfa"\n2 "Beta"\n3 "Gamma"\n*Matrix :1 "patents"\n0 5 0\n5 0 0\n0 0 0\n'
            '*Matrix :2 "lawsuits"\n0 40 0\n40 0 7\n0 7 0\n'
        ),
    ),
    "UCINET matrices": (
        "links.dl",
        (
            "DL N=3 NM=2\nLABELS:\nAlfa,Beta,Gamma\nMATRIX LABELS:\npatents,lawsuits\nDATA:\n0 5 0\n5 0 0\n0 0 0\n\n"
            "0 40 0\n40 0 7\n0 7 0\n"
        ),
    ),
    "UCINET lists": (
        "links.dl",
        (
            "DL N=3 NM=2 FORMAT=EDGELIST1\nLABELS:\nAlfa,Beta,Gamma\nMATRIX LABELS:\npatents,lawsuits\nDATA:\n1 2 5\n"
            "!\n1 2 40\n2 3 7\n"
        ),
    ),
    "GraphML": (
        "links.graphml",
        '<graphml><key id="r" for="edge" attr.name="relation"/><key id="w" for="edge" attr.name="weight"/><graph>'
        '<node id="Alfa"/><node id="Beta"/><node id="Gamma"/>'
        + "".join(
            f'<edge source="{a}" target="{b}"><data key="r">{r}</data><data key="w">{w}</data></edge>'
            for a, b, w, r in (
                ("Alfa", "Beta", 5, "patents"),
                ("Alfa", "Beta", 40, "lawsuits"),
                ("Beta", "Gamma", 7, "lawsuits"),
            )
        )
        + "</graph></graphml>",
    ),
    "GEXF": (
        "links.gexf",
        gexf(
            '<edge source="1" target="2" weight="5" kind="patents"/><edge source="1" target="2" weight="40" '
            'kind="lawsuits"/><edge source="2" target="3" weight="7" kind="lawsuits"/>'
        ),
    ),
}


@pytest.mark.parametrize("case", RELATIONS)
def test_relations_are_kinds_in_every_format_and_never_added_up(tmp_path: Path, case: str) -> None:
    assert study_of(tmp_path, *RELATIONS[case])[0] == [
        ["1", "2", 5.0, "patents"],
        ["1", "2", 40.0, "lawsuits"],
        ["2", "3", 7.0, "lawsuits"],
    ]


def test_relations_without_names_are_numbered_and_a_single_one_is_no_kind(tmp_path: Path) -> None:
    assert read(tmp_path, "l.net", f"{PAJEK}*Edges :1\n1 2 5\n*Edges :2\n1 3 6\n") == [
        ["上海", "New York", "5", "1"],
        ["上海", "C", "6", "2"],
    ]
    assert read(tmp_path, "l.net", f"{PAJEK}*Edges :1\n1 2 5\n") == [["上海", "New York", "5"]]


PROJECT = (
    '*Network one\n*Vertices 2\n1 "Alfa"\n2 "Beta"\n*Edges\n1 2 5\n\n*Partition country\n*Vertices 2\n1\n2\n'
    "*Vector people\n*Vertices 2\n1.5\n2.5\n"
)


@pytest.mark.parametrize("suffix", [".net", ".paj"])
def test_a_project_of_pajek_with_one_network_is_read_and_the_rest_named(tmp_path: Path, suffix: str) -> None:
    links, _ = study_of(tmp_path, f"links{suffix}", PROJECT)
    assert links == [["1", "2", 5.0]]
    warned = [fault for fault in read_network(tmp_path / f"links{suffix}").warnings if fault.code == "W-SECTION"]
    assert "*Partition country, *Vector people" in warned[0].message
    assert "*Partition country、*Vector people" in warned[0].message_zh


@pytest.mark.parametrize("second", ["*Network two\n*Vertices 1\n", "*Vertices 1\n"])
def test_several_networks_are_said_to_be_several(tmp_path: Path, second: str) -> None:
    path = tmp_path / "l.paj"
    path.write_text(PROJECT.split("*Partition", maxsplit=1)[0] + second + '1 "Alfa"\n', encoding="utf-8")
    with pytest.raises(StudyError, match="several networks") as caught:
        read_network(path)
    assert (caught.value.faults[0].code, caught.value.faults[0].row) == ("E-FORMAT", 8)


@pytest.mark.parametrize("stated", [3, 999_999_999, 1])
def test_another_number_of_vertices_than_is_listed_is_said(tmp_path: Path, stated: int) -> None:
    text = f'*Vertices {stated}\n1 "Alfa"\n2 "Beta"\n*Edges\n1 2 5\n'
    links, warnings = study_of(tmp_path, "links.net", text)
    assert links == [["1", "2", 5.0]]
    assert "W-VERTICES" in warnings


def test_vertices_that_are_only_counted_have_their_numbers_for_names(tmp_path: Path) -> None:
    assert study_of(tmp_path, "links.net", "*Vertices 4\n*Edges\n1 4 5\n")[0] == [["1", "4", 5.0]]
    assert fail(tmp_path, "l.net", "*Vertices 99999999\n*Edges\n1 4 5\n")[0] == "E-UNKNOWN"
    assert fail(tmp_path, "l.net", "*Vertices many\n*Edges\n1 4 5\n") == ("E-FORMAT", 1)


def test_times_of_pajek_are_said(tmp_path: Path) -> None:
    path = tmp_path / "l.net"
    path.write_text('*Vertices 2\n1 "Alfa" [1-9]\n2 "Beta"\n*Edges\n1 2 5 [3]\n1 2 [4]\n', encoding="utf-8")
    table = read_network(path)
    assert table.frame["weight"].tolist() == ["5", "1"]
    said = {fault.code: fault.message for fault in table.warnings}
    assert said["W-SPELLS"].startswith("3 vertices or lines have times")
    assert said["W-WEIGHT"].startswith("1 of 2 links have no value (line 6 first)")


@pytest.mark.parametrize(
    "head",
    [
        "DL N 3 FORMAT FULLMATRIX",
        "dl n 3",
        "DL\nN 3",
        "DL NR 3, NC 3",
        "DL NR=3 NC=3 NM 1",
        "DL n=3, format fullmatrix, diagonal present",
    ],
)
def test_settings_of_ucinet_may_stand_without_a_sign(tmp_path: Path, head: str) -> None:
    text = f"{head}\nLABELS:\nA,B,C\nDATA:\n0 2 0\n2 0 1\n0 1 0\n"
    assert read(tmp_path, "l.dl", text) == [["A", "B", "2"], ["B", "C", "1"]]


def test_settings_labels_and_data_of_ucinet_may_share_a_line(tmp_path: Path) -> None:
    text = 'DL N 3 FORMAT EDGELIST1 LABELS EMBEDDED DATA:\n甲 "B b" 2\n"B b" C 1\n'
    assert read(tmp_path, "l.dl", text) == [["甲", "B b", "2"], ["B b", "C", "1"]]


@pytest.mark.parametrize(
    "text",
    [
        "DL N=2 NM=x\nDATA:\n0 1\n1 0\n",
        "DL N=2 NM=0\nDATA:\n0 1\n1 0\n",
        "DL N=2 NM=3\nDATA:\n0 1\n1 0\n0 1\n1 0\n",
        "DL N=2 NM=2 FORMAT=EDGELIST1\nDATA:\n1 2\n",
        "DL N=2 NM=2\nMATRIX LABELS:\na\nDATA:\n0 1\n1 0\n0 1\n1 0\n",
    ],
)
def test_another_number_of_relations_than_the_file_states_is_refused(tmp_path: Path, text: str) -> None:
    assert fail(tmp_path, "l.dl", text) == ("E-FORMAT", 1)


def test_a_network_larger_than_the_bound_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regions.network_files.links_table.LARGEST_FILE", 10)
    assert fail(tmp_path, "l.net", PAJEK)[0] == "E-FORMAT"
