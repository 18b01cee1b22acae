"""Read links from a network file: GraphML, GEXF, Pajek .net, UCINET DL."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from regions.clean import fold_header
from regions.errors import Fault, StudyError
from regions.sniff import sniff
from regions.tables import TABLES
from regions.texttable import TextTable, build_table

_LABELS = ("label", "name_zh", "name", *TABLES["regions"]["name_zh"].synonyms)
_CODES = ("code", *TABLES["regions"]["code"].synonyms)
_NUMBERED = re.compile(r"^n?\d+$")
_LONGEST_NUMBER = 5


@dataclass(slots=True)
class Network:
    """What a network file says, as text.

    Attributes
    ----------
    nodes
        Id -> attributes.
    edges
        Source id, target id, attributes.
    lines
        Line, or number, of each edge in the file.
    directed
        Whether the file says that its links have a direction.
    warnings
        What was noticed while reading.
    """

    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    edges: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    directed: bool = False
    warnings: list[Fault] = field(default_factory=list)

    def add(self, source: str, target: str, attributes: dict[str, str], line: int) -> None:
        """Add an edge that stands on ``line``."""
        self.edges.append((source, target, attributes))
        self.lines.append(line)


def read_network(path: Path) -> TextTable:
    """Read the links of a network file.

    A node is the region of its ``code`` attribute if there is one, of its label if the ids are only numbers (n0, n1,
    ...), else of its id. Attributes of the edges become columns. XML edges are counted from 1 in messages, lines of
    Pajek and UCINET files are lines.

    Raises
    ------
    StudyError
        ``E-XMLDTD``, ``E-XML``, ``E-FORMAT``; ``E-UNKNOWN`` for an edge whose end is no declared node.
    """
    suffix = path.suffix.lower()
    data = path.read_bytes()
    if not data.strip():
        raise StudyError(Fault("E-EMPTY", path.name, "the file is empty.", "文件为空。"))
    found = sniff(data)
    is_xml = suffix in {".graphml", ".gexf"}
    if (found is None or found[0] != "xml") if is_xml else found is not None:
        what, what_zh = (found[1], found[2]) if found else ("plain text or binary data", "普通文本或二进制数据")
        texts = (f"the file is {what}, not a {suffix} network.", f"该文件实为{what_zh}，不是 {suffix} 网络文件。")
        raise StudyError(Fault("E-FORMAT", path.name, *texts))
    if is_xml:
        from regions.netxml import parse_gexf, parse_graphml  # noqa: PLC0415 - it imports Network from here

        network = parse_gexf(data, path.name) if suffix == ".gexf" else parse_graphml(data, path.name)
    else:
        from regions.netdl import parse_dl  # noqa: PLC0415 - it imports Network from here
        from regions.nettext import parse_pajek  # noqa: PLC0415 - as above

        network = parse_dl(data, path.name) if suffix == ".dl" else parse_pajek(data, path.name)
    return _build(network, f"{path.name}[edges]" if is_xml else path.name)


def _build(network: Network, label: str) -> TextTable:
    faults = [
        Fault("E-UNKNOWN", label, *_unknown(node), row=line, column=column)
        for (source, target, _), line in zip(network.edges, network.lines, strict=True)
        for column, node in (("source", source), ("target", target))
        if node not in network.nodes
    ]
    if faults:
        raise StudyError(faults)
    if not network.edges:
        raise StudyError(Fault("E-EMPTY", label, "the network has no edge.", "网络中没有边。"))
    words = _name_nodes(network.nodes)
    keys = list(dict.fromkeys(key for *_, attributes in network.edges for key in attributes))
    keys = [key for key in keys if fold_header(key) not in {"source", "target", "id", ""}]
    columns: list[Sequence[str]] = [
        [words[source] for source, *_ in network.edges],
        [words[target] for _, target, _ in network.edges],
        *([attributes.get(key, "") for *_, attributes in network.edges] for key in keys),
    ]
    table = build_table(label, ["source", "target", *keys], columns, lines=network.lines)
    directed = _warn_directed(label) if network.directed else ()
    return TextTable(label, table.frame, table.lines, (*network.warnings, *directed))


def _unknown(node: str) -> tuple[str, str]:
    if not node:
        return "the end of the edge is missing.", "边缺少端点。"
    shown = node[:60] if node.isascii() else ascii(node)[1:61]
    return f"'{shown}' is not a node of the file.", f"“{node[:60]}”不是文件中声明的节点。"


def _warn_directed(label: str) -> tuple[Fault, ...]:
    texts = ("the network is directed.", "该网络为有向网络。")
    hint = "Its directions count when the study says 'directed: true'."
    hint_zh = "在研究设置中写 directed: true 时方向才起作用。"
    return (Fault("W-DIRECTED", label, *texts, hint=hint, hint_zh=hint_zh),)


def _name_nodes(nodes: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return id -> the word that names the region."""
    folded = {
        node: {fold_header(key): value for key, value in attributes.items()} for node, attributes in nodes.items()
    }
    for key in _CODES:
        if all(attributes.get(key) for attributes in folded.values()):
            return {node: attributes[key] for node, attributes in folded.items()}
    if all(_NUMBERED.match(node) and len(node) <= _LONGEST_NUMBER for node in nodes):
        for key in _LABELS:
            if all(attributes.get(key) for attributes in folded.values()):
                return {node: attributes[key] for node, attributes in folded.items()}
    return {node: node for node in nodes}
