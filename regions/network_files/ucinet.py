"""Read UCINET DL: full and half matrices, edge lists, node lists, labels before or among the data."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from regions.errors import Fault, StudyError
from regions.messages import say
from regions.network_files.pajek import (
    MOST_NODES,
    PAIR,
    Line,
    add_matrix,
    fail,
    parse_matrix,
    split_lines,
    split_tokens,
)
from regions.network_files.parsed_network import Link, Network

_WORD = re.compile(r"[^\s=,;]+")
_SETTINGS = frozenset({"n", "nr", "nc", "nm", "format", "diagonal"})
_DATA = re.compile(r"^(?:(dl\b.*)\s)?data\s*(?::\s*(.*))?$", re.IGNORECASE)
_LABELS = re.compile(r"^(row |column |col |matrix |level )?labels\s*:\s*(.*)$", re.IGNORECASE)
_EMBEDDED = re.compile(r"(?:row |column |col )?labels\s+embedded", re.IGNORECASE)
_MATRICES = frozenset({"fullmatrix", "lowerhalf", "upperhalf"})
_LISTS = frozenset({"edgelist", "nodelist"})


@dataclass(slots=True)
class _Head:
    """What stands before the data of a DL file."""

    settings: dict[str, str] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    embedded: bool = False
    kind: str = "fullmatrix"
    count: int = 0

    @property
    def matrices(self) -> int:
        """Number of relations that the file states."""
        number = self.settings.get("nm", "1")
        return int(number) if number.isascii() and number.isdigit() and len(number) < len(str(MOST_NODES)) else 0


def parse_dl(data: bytes, file: str) -> Network:
    """Read a UCINET DL file: a matrix (full, lower or upper half), an edge list (edgelist1) or a node list (nodelist1).

    Settings may stand with or without ``=``. A symmetric matrix gives every link once; a cell of zero is no link. The
    lists leave open whether their links have a direction. Several relations become the attribute ``kind``, named as
    ``matrix labels`` say, else by their numbers; those of a list are parted by lines of ``!``.

    Raises
    ------
    StudyError
        ``E-FORMAT`` with the line of a part that is not understood; ``E-DUPCODE`` for a label that stands twice.
    """
    lines, warnings = split_lines(data, file)
    if not lines[0][1].lower().startswith("dl"):
        raise fail(file, lines[0][0], say("E-FORMAT/dl-start"))
    start = next((i for i, (_, line) in enumerate(lines) if _DATA.match(line)), None)
    if start is None:
        raise fail(file, None, say("E-FORMAT/dl-data"))
    number, line = lines[start]
    before, behind = _DATA.findall(line)[0]
    head = _read_head([text for _, text in lines[:start]] + [before])
    _check_settings(head, file, lines[0][0])
    _check_labels(head, file)
    body = [(number, behind)] if behind else []
    rows = [(number, split_tokens(line)) for number, line in [*body, *lines[start + 1 :]]]
    network = Network(_nodes(head.labels, head.count), places=True)
    read = _read_square if head.kind in _MATRICES else _read_list
    for relation, part in _split_relations(rows, head, (file, lines[0][0])):
        read(network, part, head, {"kind": relation} if relation else {}, file)
    if head.embedded and head.kind in _LISTS:
        network.nodes = {node: attributes for node, attributes in network.nodes.items() if attributes}
    network.fill_weights(file)
    network.warnings += warnings
    return network


def _read_head(lines: list[str]) -> _Head:
    head = _Head()
    reading: list[str] | None = None
    for line in lines:
        labels = _LABELS.match(line)
        if labels:
            which = (labels.group(1) or "row ").strip().lower()
            reading = {"row": head.labels, "matrix": head.relations, "level": head.relations}.get(which, [])
            reading += split_tokens(labels.group(2))
        elif _EMBEDDED.search(line):
            head.embedded, reading = True, None
            _read_settings(_EMBEDDED.sub("", line), head)
        elif reading is not None:
            reading += split_tokens(line)
        else:
            _read_settings(line, head)
    return head


def _read_settings(line: str, head: _Head) -> None:
    words = iter(_WORD.findall(line))
    for word in words:
        if word.lower() in _SETTINGS:
            head.settings[word.lower()] = next(words, "").lower()


def _check_settings(head: _Head, file: str, line: int) -> None:
    """Read the format and the number of nodes from the settings."""
    head.kind = head.settings.get("format", "fullmatrix").removesuffix("1")
    if head.kind not in _MATRICES | _LISTS:
        raise fail(file, line, say("E-FORMAT/dl-format", format=head.kind[:40]))
    number = head.settings.get("n", head.settings.get("nr", "0"))
    head.count = int(number) if number.isascii() and number.isdigit() and len(number) < MOST_NODES else 0
    if head.settings.get("nr") != head.settings.get("nc") or not 0 < head.count <= MOST_NODES:
        raise fail(file, line, say("E-FORMAT/dl-size", most=MOST_NODES))
    if not head.matrices:
        raise fail(file, line, say("E-FORMAT/dl-matrices"))


def _check_labels(head: _Head, file: str) -> None:
    labels, count = head.labels, head.count
    if labels and len(labels) != count:
        raise fail(file, None, say("E-FORMAT/dl-labels", labels=len(labels), count=count))
    twice = next((label for i, label in enumerate(labels) if label in labels[:i]), None)
    if twice is not None:
        raise StudyError(Fault.of(file, say("E-DUPCODE/label", label=twice[:40])))


def _split_relations(rows: list[Line], head: _Head, place: tuple[str, int]) -> list[tuple[str, list[Line]]]:
    """Part the data into the relations; a single one has a name only if the file gives it."""
    count = head.matrices
    if head.kind in _LISTS:
        marks = [i for i, (_, cells) in enumerate(rows) if cells == ["!"]]
        parts = [rows[begin + 1 : end] for begin, end in pairwise([-1, *marks, len(rows)])]
        parts = parts if parts[-1] or len(parts) == 1 else parts[:-1]
    else:
        size, rest = divmod(len(rows), count)
        short = head.kind == "fullmatrix" and sum(len(cells) for _, cells in rows) < count * head.count**2
        parts = [rows[i * size : (i + 1) * size] for i in range(count) if not rest and not short]
        parts = [rows] if count == 1 else parts
    if len(parts) != count or len(head.relations) not in {0, count}:
        named = len(head.relations)
        raise fail(*place, say("E-FORMAT/dl-relations", relations=len(parts), matrices=count, names=named))
    names = head.relations or ([str(i + 1) for i in range(count)] if count > 1 else [""])
    return list(zip(names, parts, strict=True))


def _nodes(labels: list[str], count: int) -> dict[str, dict[str, str]]:
    return {str(i): {"code": labels[i - 1]} if labels else {} for i in range(1, count + 1)}


def _read_square(network: Network, rows: list[Line], head: _Head, attributes: dict[str, str], file: str) -> None:
    count, full = head.count, head.kind == "fullmatrix"
    labels = [] if head.embedded else head.labels
    if len(rows) == count + 1 and len(rows[0][1]) == count and full and not labels:
        head.labels = rows[0][1]  # embedded labels: a row of them, one before each row
        _check_labels(head, file)
        network.nodes = _nodes(head.labels, count)
        rows = [(number, cells[1:]) for number, cells in rows[1:]]
    diagonal = head.settings.get("diagonal", "present")
    if not full:
        rows = _fill_half(rows, count, upper=head.kind == "upperhalf", diagonal=diagonal != "absent", file=file)
    elif diagonal != "present":
        raise fail(file, None, say("E-FORMAT/dl-diagonal"))
    add_matrix(network, parse_matrix(rows, count, file), attributes)


def _fill_half(rows: list[Line], count: int, *, upper: bool, diagonal: bool, file: str) -> list[Line]:
    """Return the full matrix of which the lower or the upper half is given, with or without its diagonal."""
    sizes = [i + diagonal for i in range(count)]
    sizes = sizes[::-1] if upper else sizes
    spread = [(number, cell) for number, cells in rows for cell in cells]
    if len(spread) != sum(sizes):
        raise fail(file, rows[0][0] if rows else None, say("E-FORMAT/dl-half", cells=len(spread), wanted=sum(sizes)))
    full = [["0"] * count for _ in range(count)]
    lines = [spread[0][0]] * count if spread else [0] * count
    places = [
        (i, j) for i in range(count) for j in range(count) if (j >= i if upper else j <= i) and (diagonal or i != j)
    ]
    for (i, j), (number, cell) in zip(places, spread, strict=True):
        full[i][j] = full[j][i] = cell
        lines[i] = number
    return list(zip(lines, full, strict=True))


def _read_list(network: Network, rows: list[Line], head: _Head, attributes: dict[str, str], file: str) -> None:
    for number, cells in rows:
        if len(cells) < PAIR:
            raise fail(file, number, say("E-FORMAT/dl-ends"))
        ends = cells[:PAIR] if head.kind == "edgelist" else cells
        if head.embedded:
            network.nodes |= {end: {"code": end} for end in ends}
        weight = {"weight": cells[2]} if head.kind == "edgelist" and len(cells) > PAIR else {}
        network.links += [Link(cells[0], target, weight | attributes, number, None) for target in ends[1:]]
