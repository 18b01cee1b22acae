"""Read GraphML and GEXF, element by element, without a document type and without anything fetched."""

from collections.abc import Callable, Mapping

from regions.errors import Fault, StudyError
from regions.networks import Network
from regions.strictxml import walk_xml


class _Reader:
    """State while walking: the node or edge that is open, and the text of the value that is open."""

    root = ""

    def __init__(self, file: str) -> None:
        self.file = file
        self.network = Network()
        self.names: dict[str, str] = {}
        self.open: dict[str, str] | None = None
        self.started = False
        self.starts: dict[str, Callable[[Mapping[str, str]], None]] = {"node": self.add_node, "edge": self.add_edge}
        self.ends: dict[str, Callable[[], None]] = {"node": self.close, "edge": self.close}

    def read(self, data: bytes) -> Network:
        walk_xml(data, self.file, start=self.start, end=self.end, text=self.text)
        return self.network

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if not self.started and name != self.root:
            raise self.fail(
                f"the document is <{name[:40]}>, not <{self.root}>", f"根元素为 {name[:40]}，不是 {self.root}"
            )
        self.started = True
        if name in self.starts:
            self.starts[name](attributes)

    def end(self, name: str) -> None:
        if name in self.ends:
            self.ends[name]()

    def text(self, text: str) -> None:
        """Take text between elements; a format that has values there overrides this."""

    def fail(self, text: str, text_zh: str) -> StudyError:
        return StudyError(Fault("E-FORMAT", self.file, f"{text}.", f"{text_zh}。"))

    def add_node(self, attributes: Mapping[str, str]) -> None:
        node = attributes.get("id", "").strip()
        if not node:
            raise StudyError(Fault("E-MISSING", self.file, "a node has no id.", "有节点缺少 id。"))
        if node in self.network.nodes:
            texts = (f"the node '{node[:60]}' stands twice.", f"节点“{node[:60]}”重复。")
            raise StudyError(Fault("E-DUPCODE", self.file, *texts))
        self.open = {"label": attributes["label"]} if attributes.get("label") else {}
        self.network.nodes[node] = self.open

    def add_edge(self, attributes: Mapping[str, str]) -> None:
        self.open = {}
        source, target = (attributes.get(end, "").strip() for end in ("source", "target"))
        self.network.add(source, target, self.open, len(self.network.edges) + 1)

    def close(self) -> None:
        self.open = None


class _GraphmlReader(_Reader):
    """Values stand as text in <data key="...">; keys are declared before the graph."""

    root = "graphml"

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.key = ""
        self.value: list[str] | None = None
        self.default_weight: str | None = None
        self.starts |= {"key": self.add_key, "graph": self.add_graph, "hyperedge": self.refuse_hyperedge}
        self.starts |= {"data": self.begin_value, "default": self.begin_value}
        self.ends |= {"data": self.end_value, "default": self.end_default}

    def read(self, data: bytes) -> Network:
        network = super().read(data)
        if self.default_weight is not None:
            for *_, attributes in network.edges:
                attributes.setdefault("weight", self.default_weight)
        return network

    def add_key(self, attributes: Mapping[str, str]) -> None:
        self.key = attributes.get("id", "")
        self.names[self.key] = attributes.get("attr.name") or self.key

    def add_graph(self, attributes: Mapping[str, str]) -> None:
        if self.open is not None or self.network.nodes:
            raise self.fail("the file holds more than one graph", "文件含有多个图")
        self.network.directed = attributes.get("edgedefault") == "directed"

    def refuse_hyperedge(self, attributes: Mapping[str, str]) -> None:
        del attributes
        raise self.fail("the file has hyperedges, which are not read", "文件含有超边，无法读取")

    def begin_value(self, attributes: Mapping[str, str]) -> None:
        self.key = attributes.get("key", self.key)
        self.value = []

    def text(self, text: str) -> None:
        if self.value is not None:
            self.value.append(text)

    def end_value(self) -> None:
        if self.key not in self.names:
            raise self.fail(
                f"the key {self.key[:40]!a} of the data is not declared", f"数据的键 {self.key[:40]!a} 未声明"
            )
        if self.open is not None and self.value is not None:
            self.open[self.names.get(self.key, self.key)] = "".join(self.value).strip()
        self.value = None

    def end_default(self) -> None:
        if self.names.get(self.key) == "weight" and self.value is not None:
            self.default_weight = "".join(self.value).strip()
        self.value = None


class _GexfReader(_Reader):
    """Values stand in <attvalue for="..." value="...">; their titles are declared per class, node or edge."""

    root = "gexf"

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.group = ""
        self.starts |= {"graph": self.add_graph, "attributes": self.add_class, "attribute": self.add_attribute}
        self.starts["attvalue"] = self.add_value

    def add_graph(self, attributes: Mapping[str, str]) -> None:
        self.network.directed = attributes.get("defaultedgetype") == "directed"

    def add_class(self, attributes: Mapping[str, str]) -> None:
        self.group = attributes.get("class", "")

    def add_attribute(self, attributes: Mapping[str, str]) -> None:
        self.names[f"{self.group} {attributes.get('id', '')}"] = attributes.get("title", "")

    def add_node(self, attributes: Mapping[str, str]) -> None:
        super().add_node(attributes)
        self.group = "node"

    def add_edge(self, attributes: Mapping[str, str]) -> None:
        super().add_edge(attributes)
        self.group = "edge"
        self.network.edges[-1][2]["weight"] = attributes.get("weight", "1")

    def add_value(self, attributes: Mapping[str, str]) -> None:
        key = attributes.get("for", "")
        if self.open is not None:
            self.open.setdefault(self.names.get(f"{self.group} {key}") or key, attributes.get("value", ""))


def parse_graphml(data: bytes, file: str) -> Network:
    """Read GraphML: nodes, edges and their data; one graph, no hyperedges.

    Raises
    ------
    StudyError
        ``E-FORMAT`` for what is not read, besides the faults of ``read_network``.
    """
    return _GraphmlReader(file).read(data)


def parse_gexf(data: bytes, file: str) -> Network:
    """Read GEXF: nodes, edges, their weights (1 where none is given, as the format says) and attribute values."""
    return _GexfReader(file).read(data)
