"""Read GraphML and GEXF, without a document type and without anything fetched."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element  # parsed by regions.files.xml_events, never by the module itself

from regions.errors import Fault, StudyError
from regions.files.xml_events import parse_xml
from regions.messages import Message, say
from regions.network_files.parsed_network import Link, Network
from regions.schema.cell_values import fold_header
from regions.schema.tables import TABLES

_WEIGHTS = frozenset({"weight", *TABLES["links"]["weight"].synonyms})
_TIMES = ("start", "end", "startopen", "endopen", "timestamp", "timestamps", "intervals")


def parse_graphml(data: bytes, file: str) -> Network:
    """Read GraphML: nodes, edges and their data; one graph, no hyperedges.

    A value that a node or edge gives wins over the default of its key; ``directed`` of an edge over ``edgedefault``.

    Raises
    ------
    StudyError
        ``E-FORMAT`` for what is not read, besides the faults of ``read_network``.
    """
    root = _read_root(data, file, "graphml")
    graphs = list(root.iter("graph"))
    if len(graphs) != 1:
        raise _fail(file, say("E-FORMAT/graphs", count=len(graphs)))
    if next(root.iter("hyperedge"), None) is not None:
        raise _fail(file, say("E-FORMAT/hyperedges"))
    keys = {key.get("id", ""): key for key in root.iter("key")}
    for value in graphs[0].iter("data"):
        if value.get("key", "") not in keys:
            shown = ascii(value.get("key", ""))[:40]
            raise _fail(file, say("E-FORMAT/key-not-declared", key=shown))
    network = Network()
    for node in graphs[0].iter("node"):
        _add_node(network, node, _read_data(node, keys), file)
    for edge in graphs[0].iter("edge"):
        directed = edge.get("directed", str(graphs[0].get("edgedefault") == "directed").lower()) == "true"
        _add_edge(network, edge, _read_data(edge, keys), directed=directed)
    return network


def _read_data(element: Element, keys: Mapping[str, Element]) -> dict[str, str]:
    """Return the values of a node or edge, after the defaults of the keys that are for it."""
    values = {
        _title(key): _text(default)
        for key in keys.values()
        if key.get("for", "all") in {element.tag, "all"} and (default := key.find("default")) is not None
    }
    return values | {_title(keys[data.get("key", "")]): _text(data) for data in element.findall("data")}


def _title(key: Element) -> str:
    return key.get("attr.name", "") or key.get("id", "")


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()


def parse_gexf(data: bytes, file: str) -> Network:
    """Read GEXF: nodes, edges, their weights and attribute values.

    The weight is the attribute ``weight`` of the edge, else a value of that title, else the default of that title, else
    1, as the format says. Of a value that changes over time the last counts (``W-SPELLS``).

    Raises
    ------
    StudyError
        ``E-FORMAT`` for what is not read, besides the faults of ``read_network``.
    """
    root = _read_root(data, file, "gexf")
    graph = root.find("graph")
    if graph is None:
        raise _fail(file, say("E-FORMAT/no-graph"))
    titles = {
        (group.get("class", ""), attribute.get("id", "")): attribute
        for group in graph.iter("attributes")
        for attribute in group.iter("attribute")
    }
    network = Network()
    for node in graph.iter("node"):
        label = {"label": node.get("label", "")} if node.get("label") else {}
        _add_node(network, node, label | _read_values(node, titles), file)
    default = graph.get("defaultedgetype", "undirected")
    for edge in graph.iter("edge"):
        given = {key: edge.get(key, "") for key in ("weight", "kind", "label") if edge.get(key)}
        values = _read_values(edge, titles)
        _add_edge(network, edge, values | given, directed=edge.get("type", default) == "directed")
    _fill_weights(network)
    network.warnings += [*_warn_weights(graph, titles, file), *_warn_spells(graph, file)]
    return network


def _read_values(element: Element, titles: Mapping[tuple[str, str], Element]) -> dict[str, str]:
    """Return the values of a node or edge, after the defaults of the attributes that are for it."""
    values = {
        _name(attribute.get("title", "") or number): _text(default)
        for (group, number), attribute in titles.items()
        if group == element.tag and (default := attribute.find("default")) is not None
    }
    return values | _read_given(element, titles)


def _read_given(element: Element, titles: Mapping[tuple[str, str], Element]) -> dict[str, str]:
    values = {}
    for value in element.findall("attvalues/attvalue"):
        number = value.get("for", "") or value.get("id", "")
        attribute = titles.get((element.tag, number))
        title = "" if attribute is None else attribute.get("title", "")
        values[_name(title or number)] = value.get("value", "")
    return values


def _name(title: str) -> str:
    return "weight" if fold_header(title) == "weight" else title


def _fill_weights(network: Network) -> None:
    """Give links without a weight the weight 1 of the format, unless another attribute is a weight."""
    keys = {key for link in network.links for key in link.attributes if fold_header(key) in _WEIGHTS}
    if keys <= {"weight"}:
        for link in network.links:
            link.attributes.setdefault("weight", "1")


def _warn_weights(graph: Element, titles: Mapping[tuple[str, str], Element], file: str) -> list[Fault]:
    """Warn of links whose attribute and whose value of the same name differ."""
    pairs = [(edge.get("weight", ""), _read_given(edge, titles).get("weight", "")) for edge in graph.iter("edge")]
    apart = [(one, other) for one, other in pairs if one and other and not _is_equal(one, other)]
    if not apart:
        return []
    one, other = apart[0]
    return [Fault.of(file, say("W-WEIGHT/two", count=len(apart), one=one, other=other))]


def _is_equal(one: str, other: str) -> bool:
    try:
        return float(one) == float(other)
    except ValueError:
        return one == other


def _warn_spells(graph: Element, file: str) -> list[Fault]:
    timed = [each for each in graph.iter() if each.tag in {"node", "edge", "spell"} and set(_TIMES) & set(each.attrib)]
    values = [each for each in graph.iter("attvalue") if set(_TIMES) & set(each.attrib)]
    if not timed and not values:
        return []
    return [Fault.of(file, say("W-SPELLS/gexf", spells=len(timed), values=len(values)))]


def _read_root(data: bytes, file: str, name: str) -> Element:
    root = parse_xml(data, file)
    if root.tag != name:
        raise _fail(file, say("E-FORMAT/root", found=root.tag[:40], wanted=name))
    return root


def _fail(file: str, message: Message) -> StudyError:
    return StudyError(Fault.of(file, message))


def _add_node(network: Network, element: Element, attributes: dict[str, str], file: str) -> None:
    node = element.get("id", "").strip()
    if not node:
        raise StudyError(Fault.of(file, say("E-MISSING/node-id")))
    if node in network.nodes:
        raise StudyError(Fault.of(file, say("E-DUPCODE/node", node=node[:60])))
    network.nodes[node] = attributes


def _add_edge(network: Network, element: Element, attributes: dict[str, str], *, directed: bool) -> None:
    source, target = (element.get(end, "").strip() for end in ("source", "target"))
    network.links.append(Link(source, target, attributes, len(network.links) + 1, directed))
