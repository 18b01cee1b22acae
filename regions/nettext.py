"""Read a Pajek network, and what it shares with UCINET DL: tokens, lines, matrices."""

import re

from regions.encodings import decode
from regions.errors import Fault, StudyError
from regions.networks import Network

_TOKEN = re.compile(r'"([^"]*)"|([^\s,]+)')
_NUMBER = re.compile(r"^[+-]?[\d.]+(e[+-]?\d+)?$", re.IGNORECASE)
_SHAPES = frozenset({"ellipse", "box", "diamond", "triangle", "cross", "empty", "circle", "house", "man", "woman"})
PAIR = 2
_SECTIONS = frozenset({"*network", "*vertices", "*edges", "*arcs", "*edgeslist", "*arcslist", "*matrix"})

Line = tuple[int, list[str]]
"""Number of a line, and its tokens."""


def split_tokens(line: str) -> list[str]:
    """Return the words of a line, quoted ones whole, parted by blanks or commas."""
    return [quoted or plain for quoted, plain in _TOKEN.findall(line)]


def fail(file: str, line: int | None, text: str, text_zh: str) -> StudyError:
    """Return ``E-FORMAT`` for a line that is not understood."""
    return StudyError(Fault("E-FORMAT", file, text, text_zh, row=line))


def read_lines(data: bytes, file: str) -> tuple[list[tuple[int, str]], list[Fault]]:
    """Return number and text of every line that says something, and warnings about the encoding."""
    text, warnings = decode(data, file)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = [(number, line.strip()) for number, line in enumerate(lines, 1)]
    return [(number, line) for number, line in kept if line and not line.startswith("%")], warnings


def read_matrix(rows: list[Line], count: int, file: str) -> list[Line]:
    """Return the rows of a full square matrix; one whose numbers run on over the lines is cut into rows.

    Raises
    ------
    StudyError
        ``E-FORMAT`` with the line of a row that is too long or too short, or when rows are missing.
    """
    wrong = [row for row in rows if len(row[1]) != count]
    if wrong and sum(len(cells) for _, cells in rows) == count * count:
        spread = [(number, cell) for number, cells in rows for cell in cells]
        starts = range(0, count * count, count)
        return [(spread[i][0], [cell for _, cell in spread[i : i + count]]) for i in starts]
    if wrong:
        number, cells = wrong[0]
        text = f"{len(cells)} cells where the matrix has {count}."
        raise fail(file, number, text, f"有 {len(cells)} 个单元格，而矩阵有 {count} 列。")
    if len(rows) != count:
        raise fail(file, None, f"{len(rows)} rows where the matrix has {count}.", f"矩阵应有 {count} 行。")
    return rows


def add_matrix(network: Network, rows: list[Line]) -> None:
    """Add the links of a square matrix: of a symmetric one every link once; a cell of zero is no link."""
    count = len(rows)
    matrix = [cells for _, cells in rows]
    symmetric = all(matrix[i][j] == matrix[j][i] for i in range(count) for j in range(i))
    network.directed |= not symmetric
    for i, (number, cells) in enumerate(rows):
        for j in range(i if symmetric else 0, count):
            if cells[j].strip("0.+-"):
                network.add(str(i + 1), str(j + 1), {"weight": cells[j]}, number)


def parse_pajek(data: bytes, file: str) -> Network:
    """Read a Pajek network: ``*Vertices`` with labels, then edges or arcs, one a line, as lists, or as a ``*Matrix``.

    Raises
    ------
    StudyError
        ``E-FORMAT`` with the line of a part that is not understood; ``E-DUPCODE`` for a vertex that stands twice.
    """
    lines, warnings = read_lines(data, file)
    network, section, matrix = Network(), "", []
    for number, line in lines:
        cells = split_tokens(line)
        if line.startswith("*"):
            section = cells[0].lower().rstrip(":")
            if section not in _SECTIONS:
                raise fail(file, number, f"the section {cells[0][:40]} is not read.", f"不支持 {cells[0][:40]}。")
            network.directed |= section.startswith("*arcs")
        elif section == "*vertices":
            _add_vertex(network, line, cells, (file, number))
        elif section == "*matrix":
            matrix.append((number, cells))
        else:
            _add_edges(network, section, cells, (file, number))
    if matrix:
        add_matrix(network, read_matrix(matrix, len(network.nodes), file))
    network.warnings += warnings
    return _label_by_name(network)


def _add_vertex(network: Network, line: str, cells: list[str], place: tuple[str, int]) -> None:
    file, number = place
    if cells[0] in network.nodes:
        texts = (f"the vertex {cells[0][:40]!a} stands twice.", f"顶点 {cells[0][:40]!a} 重复。")
        raise StudyError(Fault("E-DUPCODE", file, *texts, row=number))
    third = cells[PAIR] if len(cells) > PAIR else "0"
    if '"' not in line and not _NUMBER.match(third) and third.lower() not in _SHAPES:
        text = f"a label of several words needs quotes: {line[:60]!a}."
        raise fail(file, number, text, f"含空格的标签须加引号：{line[:60]}。")
    network.nodes[cells[0]] = {"label": cells[1]} if len(cells) > 1 else {}


def _add_edges(network: Network, section: str, cells: list[str], place: tuple[str, int]) -> None:
    file, number = place
    if section in {"*edges", "*arcs"} and len(cells) >= PAIR:
        network.add(cells[0], cells[1], {"weight": cells[2]} if len(cells) > PAIR else {}, number)
    elif section in {"*edgeslist", "*arcslist"}:
        for target in cells[1:]:
            network.add(cells[0], target, {}, number)
    else:
        line = " ".join(cells)[:60]
        raise fail(file, number, f"no Pajek line: {line!a}.", f"不是 Pajek 格式：{line!a}。")


def _label_by_name(network: Network) -> Network:
    """Name the vertices by their labels: the numbers are only places in the list."""
    if network.nodes and all("label" in attributes for attributes in network.nodes.values()):
        for attributes in network.nodes.values():
            attributes["code"] = attributes["label"]
    return network
