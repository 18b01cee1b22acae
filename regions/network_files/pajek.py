"""Read a Pajek network, and what it shares with UCINET DL: tokens, lines, matrices."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from regions.errors import Fault, StudyError
from regions.files.encodings import decode
from regions.messages import Message, say
from regions.network_files.parsed_network import Link, Network

_TOKEN = re.compile(r'"([^"]*)"|([^\s,]+)')
_NUMBER = re.compile(r"^[+-]?[\d.]+(e[+-]?\d+)?$", re.IGNORECASE)
_SHAPES = frozenset({"ellipse", "box", "diamond", "triangle", "cross", "empty", "circle", "house", "man", "woman"})
_DRAWN = frozenset(
    {"a", "a1", "a2", "ap", "b", "c", "fos", "h1", "h2", "k1", "k2", "l", "la", "lc", "lp", "lphi", "lr", "p", "s", "w"}
)
"""Words that begin what Pajek says of the drawing of a line, where its value is left out."""

PAIR = 2
_PASSED = frozenset({"*partition", "*vector", "*permutation", "*cluster", "*hierarchy"})
_RELATED = frozenset({"*edges", "*arcs", "*edgeslist", "*arcslist", "*matrix"})
_RELATION = "*"  # key of the number of the relation while a file is read
MOST_NODES = 20_000
_SECTIONS = frozenset({"*network", "*vertices", "*edges", "*arcs", "*edgeslist", "*arcslist", "*matrix"})

Line = tuple[int, list[str]]
"""Number of a line, and its tokens."""


def split_tokens(line: str) -> list[str]:
    """Return the words of a line, quoted ones whole, parted by blanks or commas."""
    return [quoted or plain for quoted, plain in _TOKEN.findall(line)]


def fail(file: str, line: int | None, message: Message) -> StudyError:
    """Return the fault of a line that is not understood."""
    return StudyError(Fault.of(file, message, row=line))


def split_lines(data: bytes, file: str) -> tuple[list[tuple[int, str]], list[Fault]]:
    """Return number and text of every line that says something, and warnings about the encoding."""
    text, warnings = decode(data, file)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = [(number, line.strip()) for number, line in enumerate(lines, 1)]
    return [(number, line) for number, line in kept if line and not line.startswith("%")], warnings


def parse_matrix(rows: list[Line], count: int, file: str) -> list[Line]:
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
        raise fail(file, number, say("E-FORMAT/matrix-row", cells=len(cells), count=count))
    if len(rows) != count:
        raise fail(file, None, say("E-FORMAT/matrix-rows", rows=len(rows), count=count))
    return rows


def add_matrix(network: Network, rows: list[Line], attributes: Mapping[str, str]) -> None:
    """Add the links of a square matrix with these attributes; a cell of zero is no link.

    A symmetric matrix has every link once, without direction.
    """
    count = len(rows)
    matrix = [cells for _, cells in rows]
    symmetric = all(matrix[i][j] == matrix[j][i] for i in range(count) for j in range(i))
    for i, (number, cells) in enumerate(rows):
        for j in range(i if symmetric else 0, count):
            if cells[j].strip("0.+-"):
                link = Link(str(i + 1), str(j + 1), {"weight": cells[j], **attributes}, number, not symmetric)
                network.links.append(link)


@dataclass(slots=True)
class _Pajek:
    """What is known of a Pajek file while its lines are read."""

    file: str
    network: Network = field(default_factory=lambda: Network(places=True))
    section: str = ""
    relation: str = ""
    names: dict[str, str] = field(default_factory=dict)  # number of a relation -> its name
    networks: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    stated: int | None = None
    timed: int = 0
    matrices: dict[str, list[Line]] = field(default_factory=dict)

    def fail(self, line: int | None, message: Message) -> StudyError:
        return fail(self.file, line, message)


def parse_pajek(data: bytes, file: str) -> Network:
    """Read a Pajek network: ``*Vertices`` with labels, then edges or arcs, one a line, as lists, or as a ``*Matrix``.

    Edges have no direction, arcs have one; a line without a value counts 1. Relations (``*Edges :1 "patents"``, or
    ``1: 2 3`` before the ends) become the attribute ``kind``. Partitions, vectors and other sections of a project are
    passed over by name (``W-SECTION``).

    Raises
    ------
    StudyError
        ``E-FORMAT`` with the line of a part that is not understood, or of a second network; ``E-DUPCODE`` for a vertex
        that stands twice.
    """
    lines, warnings = split_lines(data, file)
    found = _Pajek(file)
    for number, line in lines:
        cells = split_tokens(line)
        if line.startswith("*"):
            _open_section(found, cells, number)
        elif found.section == "*vertices":
            _add_vertex(found, line, cells, number)
        elif found.section == "*matrix":
            found.matrices.setdefault(found.relation, []).append((number, cells))
        elif found.section:
            _add_links(found, cells, number)
    for relation, rows in found.matrices.items():
        square = parse_matrix(rows, len(found.network.nodes), file)
        add_matrix(found.network, square, {_RELATION: relation} if relation else {})
    _name_relations(found)
    found.network.fill_weights(file)
    found.network.warnings += [*warnings, *_warn_vertices(found), *_warn_passed(found)]
    return found.network


def _open_section(found: _Pajek, cells: list[str], number: int) -> None:
    name = cells[0].lower().rstrip(":")
    if name in _PASSED:
        found.section, found.relation = "", ""
        found.passed.append(" ".join(cells)[:40])
    elif name == "*vertices" and found.passed and not found.section:
        return  # how many numbers the section that is passed over has
    elif name not in _SECTIONS:
        raise found.fail(number, say("E-FORMAT/pajek-section", section=cells[0][:40]))
    else:
        found.section = name
        if name == "*network" or (name == "*vertices" and found.stated is not None):
            _count_network(found, " ".join(cells[1:]) if name == "*network" else "", number)
        if name == "*vertices":
            found.stated = _read_count(found, cells, number)
        _read_relation(found, cells[1:])


def _count_network(found: _Pajek, name: str, number: int) -> None:
    found.networks.append(name)
    if len(found.networks) > 1 or found.stated is not None:
        shown = ", ".join(filter(None, found.networks))[:80] or say("list/without-names")
        raise found.fail(number, say("E-FORMAT/several-networks", networks=shown))


def _read_count(found: _Pajek, cells: list[str], number: int) -> int:
    stated = cells[1] if len(cells) > 1 else ""
    if not (stated.isascii() and stated.isdigit()):
        raise found.fail(number, say("E-FORMAT/pajek-count"))
    return int(stated[:18])


def _read_relation(found: _Pajek, words: list[str]) -> None:
    """Take the number and the name of the relation behind ``*Edges``, ``*Arcs``, ``*Matrix``."""
    found.relation = words[0][1:] if words and words[0].startswith(":") and found.section in _RELATED else ""
    if found.relation and len(words) > 1:
        found.names[found.relation] = words[1]


def _add_vertex(found: _Pajek, line: str, cells: list[str], number: int) -> None:
    nodes = found.network.nodes
    if cells[0] in nodes:
        raise StudyError(Fault.of(found.file, say("E-DUPCODE/vertex", vertex=cells[0][:40]), row=number))
    third = cells[PAIR] if len(cells) > PAIR else "0"
    timed = third.startswith("[")
    if '"' not in line and not timed and not _NUMBER.match(third) and third.lower() not in _SHAPES:
        raise found.fail(number, say("E-FORMAT/pajek-quotes", line=line[:60]))
    found.timed += timed
    nodes[cells[0]] = {"label": cells[1]} if len(cells) > 1 else {}


def _add_links(found: _Pajek, cells: list[str], number: int) -> None:
    relation = found.relation
    if cells[0].endswith(":") and cells[0][:-1].isdigit():
        relation, cells = cells[0][:-1], cells[1:]
    attributes = {_RELATION: relation} if relation else {}
    directed = found.section.startswith("*arcs")
    if found.section in {"*edges", "*arcs"} and len(cells) >= PAIR:
        timed = next((i for i, cell in enumerate(cells) if i >= PAIR and cell.startswith("[")), len(cells))
        found.timed += timed < len(cells)
        drawn = cells[PAIR].lower() in _DRAWN if len(cells) > PAIR else True
        weight = {} if drawn or timed == PAIR else {"weight": cells[PAIR]}
        found.network.links.append(Link(cells[0], cells[1], weight | attributes, number, directed))
    elif found.section in {"*edgeslist", "*arcslist"} and cells:
        more = (Link(cells[0], target, dict(attributes), number, directed) for target in cells[1:])
        found.network.links.extend(more)
    else:
        line = " ".join(cells)[:60]
        raise found.fail(number, say("E-FORMAT/pajek-line", line=line))


def _name_relations(found: _Pajek) -> None:
    """Give links of several relations, or of one that has a name, the attribute ``kind``."""
    numbers = {link.attributes.get(_RELATION, "") for link in found.network.links}
    for link in found.network.links:
        relation = link.attributes.pop(_RELATION, "")
        if len(numbers) > 1 or relation in found.names:
            link.attributes["kind"] = found.names.get(relation, relation)


def _warn_vertices(found: _Pajek) -> list[Fault]:
    """Warn when the file states another number of vertices than it lists; one that lists none has them unnamed."""
    nodes, stated = found.network.nodes, found.stated or 0
    if not nodes and stated <= MOST_NODES:
        nodes |= {str(number): {} for number in range(1, stated + 1)}
    if len(nodes) == stated:
        return []
    return [Fault.of(found.file, say("W-VERTICES", stated=stated, listed=len(nodes)))]


def _warn_passed(found: _Pajek) -> list[Fault]:
    warnings = []
    if found.passed:
        warnings.append(Fault.of(found.file, say("W-SECTION", sections=found.passed)))
    if found.timed:
        warnings.append(Fault.of(found.file, say("W-SPELLS/pajek", count=found.timed)))
    return warnings
