"""Read UCINET DL: full and half matrices, edge lists, node lists, labels before or among the data."""

import re

from regions.errors import Fault, StudyError
from regions.nettext import PAIR, Line, add_matrix, fail, read_lines, read_matrix, split_tokens
from regions.networks import Network

_SETTING = re.compile(r"(\w+)\s*=\s*(\w+)")
_DATA = re.compile(r"^data\s*:?\s*(.*)$", re.IGNORECASE)
_MOST_NODES = 20_000
_MATRICES = frozenset({"fullmatrix", "lowerhalf", "upperhalf"})
_LISTS = frozenset({"edgelist", "nodelist"})


def parse_dl(data: bytes, file: str) -> Network:
    """Read a UCINET DL file: a matrix (full, lower or upper half), an edge list (edgelist1) or a node list (nodelist1).

    A symmetric matrix gives every link once; a cell of zero is no link. One matrix only.

    Raises
    ------
    StudyError
        ``E-FORMAT`` with the line of a part that is not understood; ``E-DUPCODE`` for a label that stands twice.
    """
    lines, warnings = read_lines(data, file)
    if not lines[0][1].lower().startswith("dl"):
        raise fail(file, lines[0][0], "a UCINET file begins with DL.", "UCINET 文件应以 DL 开头。")
    start = next((i for i, (_, line) in enumerate(lines) if _DATA.match(line)), None)
    if start is None:
        raise fail(file, None, "there is no line 'data:'.", "缺少“data:”行。")
    settings, labels, embedded = _read_head([line for _, line in lines[:start]])
    kind, count = _check_settings(settings, file, lines[0][0])
    _check_labels(labels, count, file)
    number, line = lines[start]
    rest = _DATA.match(line)
    body = [(number, rest.group(1))] if rest and rest.group(1) else []
    rows = [(number, split_tokens(line)) for number, line in [*body, *lines[start + 1 :]]]
    if kind in _MATRICES:
        network = _read_square(rows, settings, labels=[] if embedded else labels, file=file)
    else:
        network = _read_list(rows, labels, kind=kind, embedded=embedded, count=count, file=file)
    network.warnings += warnings
    return network


def _read_head(lines: list[str]) -> tuple[dict[str, str], list[str], bool]:
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
            labels += split_tokens(rest) if reading else []
        elif reading:
            labels += split_tokens(line)
        else:
            settings |= {key.lower(): value.lower() for key, value in _SETTING.findall(line)}
    return settings, labels, embedded


def _check_settings(settings: dict[str, str], file: str, line: int) -> tuple[str, int]:
    """Return the format and the number of nodes."""
    kind = settings.get("format", "fullmatrix").removesuffix("1")
    if kind not in _MATRICES | _LISTS:
        raise fail(file, line, f"the format {kind[:40]} is not read.", f"不支持格式 {kind[:40]}。")
    if settings.get("nm", "1") != "1":
        raise fail(file, line, "the file holds several matrices; one is read.", "文件含有多个矩阵，只能读取一个。")
    number = settings.get("n", settings.get("nr", "0"))
    count = int(number) if number.isascii() and number.isdigit() and len(number) < _MOST_NODES else 0
    if settings.get("nr") != settings.get("nc") or not 0 < count <= _MOST_NODES:
        text = f"N must be 1 to {_MOST_NODES}, and the matrix square."
        raise fail(file, line, text, "节点数 N 或矩阵形状有误。")
    settings["n"] = str(count)
    return kind, count


def _check_labels(labels: list[str], count: int, file: str) -> None:
    if labels and len(labels) != count:
        text = f"{len(labels)} labels where N is {count}."
        raise fail(file, None, text, f"有 {len(labels)} 个标签，而 N 为 {count}。")
    twice = next((label for i, label in enumerate(labels) if label in labels[:i]), None)
    if twice is not None:
        texts = (f"the label {twice[:40]!a} stands twice.", f"标签“{twice[:40]}”重复。")
        raise StudyError(Fault("E-DUPCODE", file, *texts))


def _nodes(labels: list[str], count: int) -> dict[str, dict[str, str]]:
    return {str(i): {"code": labels[i - 1]} if labels else {} for i in range(1, count + 1)}


def _read_square(rows: list[Line], settings: dict[str, str], *, labels: list[str], file: str) -> Network:
    count, kind = int(settings["n"]), settings.get("format", "fullmatrix")
    if len(rows) == count + 1 and len(rows[0][1]) == count and kind == "fullmatrix" and not labels:
        labels = rows[0][1]  # embedded labels: a row of them, one before each row
        _check_labels(labels, count, file)
        rows = [(number, cells[1:]) for number, cells in rows[1:]]
    if kind != "fullmatrix":
        rows = _fill_half(
            rows, count, upper=kind == "upperhalf", diagonal=settings.get("diagonal") != "absent", file=file
        )
    elif "diagonal" in settings and settings["diagonal"] != "present":
        raise fail(file, None, "a full matrix needs its diagonal.", "完整矩阵须有对角线。")
    network = Network(_nodes(labels, count))
    add_matrix(network, read_matrix(rows, count, file))
    return network


def _fill_half(rows: list[Line], count: int, *, upper: bool, diagonal: bool, file: str) -> list[Line]:
    """Return the full matrix of which the lower or the upper half is given, with or without its diagonal."""
    sizes = [i + diagonal for i in range(count)]
    sizes = sizes[::-1] if upper else sizes
    spread = [(number, cell) for number, cells in rows for cell in cells]
    if len(spread) != sum(sizes):
        text = f"{len(spread)} cells where half of the matrix has {sum(sizes)}."
        raise fail(
            file, rows[0][0] if rows else None, text, f"有 {len(spread)} 个单元格，而半矩阵应有 {sum(sizes)} 个。"
        )
    full = [["0"] * count for _ in range(count)]
    lines = [spread[0][0]] * count if spread else [0] * count
    places = [
        (i, j) for i in range(count) for j in range(count) if (j >= i if upper else j <= i) and (diagonal or i != j)
    ]
    for (i, j), (number, cell) in zip(places, spread, strict=True):
        full[i][j] = full[j][i] = cell
        lines[i] = number
    return list(zip(lines, full, strict=True))


def _read_list(rows: list[Line], labels: list[str], *, kind: str, embedded: bool, count: int, file: str) -> Network:
    network = Network(_nodes(labels, count))
    for number, cells in rows:
        if len(cells) < PAIR:
            raise fail(file, number, "a link needs two ends.", "一条联系须有两端。")
        ends = cells[:PAIR] if kind == "edgelist" else cells
        if embedded:
            network.nodes |= {end: {"code": end} for end in ends}
        weight = {"weight": cells[2]} if kind == "edgelist" and len(cells) > PAIR else {}
        for target in ends[1:]:
            network.add(cells[0], target, weight, number)
    if embedded:
        network.nodes = {node: attributes for node, attributes in network.nodes.items() if attributes}
    return network
