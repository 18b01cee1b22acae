"""Links from network files: GraphML, GEXF, Pajek, UCINET DL."""

from pathlib import Path

import networkx as nx
import pytest

from regions import StudyError, read_study
from regions.networks import read_network

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
        ["New York", "C", ""],
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
        ("*Partition\n", ("E-FORMAT", 5)),
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
