"""Read the text formats of network programs: Pajek .net and UCINET DL."""

import re
from collections.abc import Iterator

from regions.errors import Fault, StudyError
from regions.networks import Network
from regions.textfile import decode

_TOKEN = re.compile(r'"([^"]*)"|([^\s,]+)')
_SETTING = re.compile(r"(\w+)\s*=\s*(\w+)")
_MOST_NODES = 20_000
_PAIR = 2


def _tokens(line: str) -> list[str]:
    return [quoted or plain for quoted, plain in _TOKEN.findall(line)]


def _fail(file: str, line: int | None, text: str, text_zh: str) -> StudyError:
    return StudyError(Fault("E-FORMAT", file, text, text_zh, row=line))


def _lines(data: bytes, file: str) -> Iterator[tuple[int, str]]:
    text, _ = decode(data, file)
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if line.strip() and not line.lstrip().startswith("%"):
            yield number, line.strip()


def parse_pajek(data: bytes, file: str) -> Network:
    """Read a Pajek network: ``*Vertices`` with labels, then ``*Edges``, ``*Arcs``, ``*Edgeslist`` or ``*Arcslist``.

    Raises
    ------
    StudyError
        ``E-FORMAT`` with the line of a part that is not understood.
    """
    network, section = Network(), ""
    for number, line in _lines(data, file):
        cells = _tokens(line)
        if line.startswith("*"):
            section = cells[0].lower().rstrip(":")
            if section not in {"*network", "*vertices", "*edges", "*arcs", "*edgeslist", "*arcslist"}:
                raise _fail(file, number, f"the section {cells[0][:40]} is not read.", f"不支持 {cells[0][:40]}。")
            network.directed |= section.startswith("*arcs")
        elif section == "*vertices":
            network.nodes[cells[0]] = {"label": cells[1]} if len(cells) > 1 else {}
        elif section in {"*edges", "*arcs"} and len(cells) >= _PAIR:
            weight = {"weight": cells[2]} if len(cells) > _PAIR else {}
            network.add(cells[0], cells[1], weight, number)
        elif section in {"*edgeslist", "*arcslist"}:
            for target in cells[1:]:
                network.add(cells[0], target, {}, number)
        else:
            raise _fail(file, number, f"no Pajek line: {line[:60]!a}.", f"不是 Pajek 格式：{line[:60]!a}。")
    return _label_by_name(network)


def _label_by_name(network: Network) -> Network:
    """Name the vertices by their labels: the numbers are only places in the list."""
    if network.nodes and all("label" in attributes for attributes in network.nodes.values()):
        for attributes in network.nodes.values():
            attributes["code"] = attributes["label"]
    return network


def parse_dl(data: bytes, file: str) -> Network:
    """Read a UCINET DL file: full matrix, edge list (edgelist1) or node list (nodelist1), with or without labels.

    A symmetric matrix gives every link once; a cell of zero is no link. One matrix only.

    Raises
    ------
    StudyError
        ``E-FORMAT`` with the line of a part that is not understood.
    """
    lines = list(_lines(data, file))
    if not lines[0][1].lower().startswith("dl"):
        raise _fail(file, lines[0][0], "a UCINET file begins with DL.", "UCINET 文件应以 DL 开头。")
    start = next((i for i, (_, line) in enumerate(lines) if line.lower().rstrip(": ") == "data"), None)
    if start is None:
        raise _fail(file, None, "there is no line 'data:'.", "缺少“data:”行。")
    settings, labels, embedded = _read_dl_head([line for _, line in lines[:start]])
    count = (
        int(settings.get("n", settings.get("nr", "0"))) if settings.get("n", settings.get("nr", "0")).isdigit() else 0
    )
    kind = settings.get("format", "fullmatrix").removesuffix("1")
    if kind not in {"fullmatrix", "edgelist", "nodelist"} or settings.get("nm", "1") != "1":
        raise _fail(file, lines[0][0], f"the format {kind[:40]} is not read.", f"不支持格式 {kind[:40]}。")
    if settings.get("nr") != settings.get("nc") or "diagonal" in settings or not 0 < count <= _MOST_NODES:
        raise _fail(
            file, lines[0][0], f"N must be 1 to {_MOST_NODES}, and the matrix square.", "节点数 N 或矩阵形状有误。"
        )
    body = lines[start + 1 :]
    if kind == "fullmatrix":
        return _read_matrix(body, file, [] if embedded else labels, count)
    return _read_lists(body, labels, count, embedded=embedded, weighted=kind == "edgelist")


def _read_dl_head(lines: list[str]) -> tuple[dict[str, str], list[str], bool]:
    """Return the settings, the labels, and whether the labels stand among the data."""
    settings: dict[str, str] = {}
    labels: list[str] = []
    embedded = reading = False
    for line in lines:
        low = line.lower()
        head, _, rest = line.partition(":")
        if low.replace(" ", "").startswith("labelsembedded"):
            embedded, reading = True, False
        elif head.lower().strip() in {"labels", "row labels", "column labels"}:
            reading = head.lower().strip() != "column labels"
            labels += _tokens(rest) if reading else []
        elif reading:
            labels += _tokens(line)
        else:
            settings |= {key.lower(): value.lower() for key, value in _SETTING.findall(line)}
    return settings, labels, embedded


def _nodes(labels: list[str], count: int) -> dict[str, dict[str, str]]:
    return {str(i): {"code": labels[i - 1]} if len(labels) == count else {} for i in range(1, count + 1)}


def _read_matrix(body: list[tuple[int, str]], file: str, labels: list[str], count: int) -> Network:
    rows = [(number, _tokens(line)) for number, line in body]
    if (
        rows and len(rows) == count + 1 and len(rows[0][1]) == count
    ):  # embedded labels: a row of them, one before each row
        labels = rows[0][1]
        rows = [(number, cells[1:]) for number, cells in rows[1:]]
    for number, cells in rows:
        if len(cells) != count:
            text = f"{len(cells)} cells where the matrix has {count}."
            raise _fail(file, number, text, f"有 {len(cells)} 个单元格，而矩阵有 {count} 列。")
    if len(rows) != count:
        raise _fail(file, None, f"{len(rows)} rows where the matrix has {count}.", f"矩阵应有 {count} 行。")
    matrix = [cells for _, cells in rows]
    symmetric = all(matrix[i][j] == matrix[j][i] for i in range(count) for j in range(i))
    network = Network(_nodes(labels, count), directed=not symmetric)
    for i, (number, cells) in enumerate(rows):
        for j in range(i if symmetric else 0, count):
            if not _is_zero(cells[j]):
                network.add(str(i + 1), str(j + 1), {"weight": cells[j]}, number)
    return network


def _is_zero(cell: str) -> bool:
    return not cell.strip("0.+-")


def _read_lists(
    body: list[tuple[int, str]], labels: list[str], count: int, *, embedded: bool, weighted: bool
) -> Network:
    network = Network(_nodes(labels, count))
    for number, line in body:
        cells = _tokens(line)
        ends = cells[:_PAIR] if weighted else cells
        if embedded:
            network.nodes |= {end: {"code": end} for end in ends}
        weight = {"weight": cells[2]} if weighted and len(cells) > _PAIR else {}
        for target in ends[1:]:
            network.add(cells[0], target, weight, number)
    if embedded:
        network.nodes = {node: attributes for node, attributes in network.nodes.items() if attributes}
    return network
