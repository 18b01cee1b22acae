"""Read links from a network file: GraphML, GEXF, Pajek .net and .paj, UCINET DL."""

from collections.abc import Sequence
from pathlib import Path

from regions.errors import Fault, StudyError
from regions.files.sniff import sniff
from regions.files.text_table import TextTable, build_table
from regions.messages import Message, say
from regions.network_files.graphml_gexf import parse_gexf, parse_graphml
from regions.network_files.pajek import parse_pajek
from regions.network_files.parsed_network import Link, Network
from regions.network_files.region_attribute import ID, Find, choose_key
from regions.network_files.ucinet import parse_dl
from regions.schema.cell_values import fold_header
from regions.schema.tables import TABLES
from regions.words import Words

LARGEST_FILE = 100_000_000
"""Bytes of a network file; parsed XML takes ten times the room of its text."""

_KINDS = frozenset({"kind", *TABLES["links"]["kind"].synonyms})
_RELATIONS = frozenset({"relation", "relation type", "relationship", "interaction", "edge type", "edge_type"})


def read_network(path: Path, *, find: Find | None = None, directed: bool = False) -> TextTable:
    """Read the links of a network file.

    Parameters
    ----------
    path
        ``.graphml``, ``.gexf``, ``.net``, ``.paj`` or ``.dl``.
    find
        Finds the regions that a word means; a node is named by the attribute that fits them, see
        ``regions.network_files.region_attribute.choose_key``.
    directed
        Whether the study tells A to B from B to A: a link without direction then counts both ways.

    Returns
    -------
    TextTable
        ``source``, ``target`` and the attributes of the links as columns; several relations are the column ``kind``.
        XML edges are counted from 1 in messages, lines of Pajek and UCINET files are lines.

    Raises
    ------
    StudyError
        ``E-XMLDTD``, ``E-XML``, ``E-FORMAT``; ``E-UNKNOWN`` for an edge whose end is no declared node; ``E-AMBIG``
        when two attributes name different regions.
    """
    suffix = path.suffix.lower()
    if path.stat().st_size > LARGEST_FILE:
        raise StudyError(Fault.of(path.name, say("E-FORMAT/network-size")))
    data = path.read_bytes()
    if not data.strip():
        raise StudyError(Fault.of(path.name, say("E-EMPTY/file")))
    is_xml = suffix in {".graphml", ".gexf"}
    _check_format(data, path.name, suffix, is_xml=is_xml)
    network = _parse(data, path.name, suffix)
    return _build(network, f"{path.name}[edges]" if is_xml else path.name, find, directed=directed)


def _check_format(data: bytes, file: str, suffix: str, *, is_xml: bool) -> None:
    found = sniff(data)
    if (found is None or found.kind != "xml") if is_xml else found is not None:
        what = found.name if found else say("formats/plain")
        raise StudyError(Fault.of(file, say("E-FORMAT/no-network", what=what, suffix=suffix)))


def _parse(data: bytes, file: str, suffix: str) -> Network:
    if suffix in {".graphml", ".gexf"}:
        return parse_gexf(data, file) if suffix == ".gexf" else parse_graphml(data, file)
    if suffix == ".dl":
        return parse_dl(data, file)
    return parse_pajek(data, file)


def _build(network: Network, label: str, find: Find | None, *, directed: bool) -> TextTable:
    faults = [
        Fault.of(label, _describe_unknown(node), row=link.line, column=column)
        for link in network.links
        for column, node in (("source", link.source), ("target", link.target))
        if node not in network.nodes
    ]
    if faults:
        raise StudyError(faults)
    if not network.links:
        raise StudyError(Fault.of(label, say("E-EMPTY/network")))
    words, warnings = _name_nodes(network, label, find)
    links = _add_reverse(network.links) if directed else network.links
    keys = _list_columns(network.links)
    columns: list[Sequence[str]] = [
        [words[link.source] for link in links],
        [words[link.target] for link in links],
        *([link.attributes.get(key, "") for link in links] for key in keys),
    ]
    table = build_table(label, ["source", "target", *keys.values()], columns, lines=[link.line for link in links])
    warnings = [*network.warnings, *warnings, *_warn_directions(network.links, label, directed=directed)]
    return TextTable(label, table.frame, table.lines, tuple(warnings))


def _describe_unknown(node: str) -> Message:
    if not node:
        return say("E-UNKNOWN/no-end")
    shown = node[:60] if node.isascii() else ascii(node)[1:61]
    return say("E-UNKNOWN/node", node=Words(shown, node[:60]))


def _name_nodes(network: Network, label: str, find: Find | None) -> tuple[dict[str, str], list[Fault]]:
    """Return id -> the word that names the region, for the nodes that have a link."""
    linked = dict.fromkeys(end for link in network.links for end in (link.source, link.target))
    named = {node: network.nodes[node] for node in linked}
    if not network.places or not any(named.values()):
        named = {node: {**attributes, ID: node} for node, attributes in named.items()}
    key, warnings = choose_key(named, find, file=label)
    return {node: attributes.get(key or ID, "") for node, attributes in named.items()}, warnings


def _list_columns(links: Sequence[Link]) -> dict[str, str]:
    """Return attribute -> header; what is called a relation is the kind where nothing else is."""
    keys = list(dict.fromkeys(key for link in links for key in link.attributes))
    keys = [key for key in keys if fold_header(key) not in {"source", "target", "id", ""}]
    relation = next((key for key in keys if fold_header(key) in _RELATIONS), None)
    if any(fold_header(key) in _KINDS for key in keys):
        relation = None
    return {key: "kind" if key == relation else key for key in keys}


def _add_reverse(links: Sequence[Link]) -> list[Link]:
    """Let a link without direction count both ways, as a directed study wants it; a loop has one way."""
    both: list[Link] = []
    for link in links:
        both.append(link)
        if link.directed is False and link.source != link.target:
            both.append(link._replace(source=link.target, target=link.source))
    return both


def _warn_directions(links: Sequence[Link], label: str, *, directed: bool) -> list[Fault]:
    count = sum(link.directed is (not directed) for link in links)
    if not count:
        return []
    key = "W-DIRECTED/both-ways" if directed else "W-DIRECTED/ignored"
    return [Fault.of(label, say(key, count=count, links=len(links)))]
