"""Tables of an HTML page, which many exports are under the name .xls: cells, spans, and the texts around them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from regions.errors import Fault, StudyError
from regions.files.encodings import decode
from regions.files.limits import refuse_cells
from regions.messages import say
from regions.workbooks.raw_sheet import Area, RawSheet

_LARGEST = 64 << 20
_WIDEST, _DEEPEST = 1_000, 20
_SILENT = frozenset({"script", "style", "title", "noscript"})
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4"})
_LEAST = 2


@dataclass(slots=True)
class _Table:
    """A table that is being read; ``covered``: column -> last row that a cell above reaches down to."""

    rows: list[list[str]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)
    cell: list[str] | None = None
    span: tuple[int, int] = (1, 1)


def read_html(path: Path) -> tuple[list[RawSheet], list[Fault]]:
    """Return the tables of a page that have two rows and two columns, each with the texts that stand above it.

    A table of one cell is such a text (单位：个). Scripts are not read, nothing is fetched.

    Raises
    ------
    StudyError
        ``E-FORMAT``: larger than 64 MB or nested too deeply; ``E-EMPTY``: no table; ``E-BOMB``: its spans claim far too
        many cells.
    """
    if path.stat().st_size > _LARGEST:
        raise StudyError(Fault.of(path.name, say("E-FORMAT/html")))
    data = path.read_bytes()
    text, warnings = decode(data, path.name)
    parser = _Parser(path.name, len(data))
    parser.feed(text)
    parser.close()
    sheets = []
    for number, table in enumerate(parser.found, 1):
        width = max(map(len, table.rows))
        refuse_cells(width * len(table.rows), len(data), path.name)
        columns = [[row[place] if place < len(row) else "" for row in table.rows] for place in range(width)]
        name = "" if len(parser.found) == 1 else f"table {number}"
        label = f"{path.name}[{name}]" if name else path.name
        lines = range(1, len(table.rows) + 1)
        raw = RawSheet(path.name, name, label, columns, lines, merged=tuple(table.merged), above=tuple(table.above))
        sheets.append(raw)
    if not sheets:
        raise StudyError(Fault.of(path.name, say("E-EMPTY/html")))
    return sheets, warnings


class _Parser(HTMLParser):
    """Collects tables; state is needed, as the parser calls back."""

    def __init__(self, file: str, size: int) -> None:
        super().__init__(convert_charrefs=True)
        self.file, self.size = file, size
        self.found: list[_Table] = []
        self.open: list[_Table] = []
        self.texts: list[str] = []
        self.words: list[str] = []
        self.silent = self.cells = 0

    @property
    def cell(self) -> list[str] | None:
        """The words of the open cell."""
        return self.open[-1].cell if self.open else None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self._end_text()
            self.open.append(_Table())
            if len(self.open) > _DEEPEST:
                raise StudyError(Fault.of(self.file, say("E-FORMAT/html")))
        elif tag == "tr" and self.open:
            self._end_cell()
            self.open[-1].rows.append([])
        elif tag in {"td", "th"} and self.open:
            self._end_cell()
            values = dict(attrs)
            self.open[-1].span = _read_span(values.get("rowspan")), _read_span(values.get("colspan"))
            self.open[-1].cell = []
        elif tag in _BREAKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag in {"td", "th", "tr"}:
            self._end_cell()
        elif tag == "table" and self.open:
            self._end_cell()
            self._end_table(self.open.pop())
        elif tag in _BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            (self.words if self.cell is None else self.cell).append(data)

    def _break(self) -> None:
        if self.cell is not None:
            self.cell.append(" ")
        else:
            self._end_text()

    def _end_text(self) -> None:
        text = " ".join("".join(self.words).split())
        self.texts += [text] if text else []
        self.words = []

    def _end_cell(self) -> None:
        """Put a cell where it belongs: beside the cells of its row and those that reach down from rows above."""
        if self.cell is None:
            return
        table = self.open[-1]
        tall, wide = table.span
        if not table.rows:
            table.rows.append([])
        row, number = table.rows[-1], len(table.rows)
        while table.covered.get(len(row) + 1, 0) >= number:
            row.append("")
        left = len(row) + 1
        row += [" ".join("".join(self.cell).split()), *([""] * (wide - 1))]
        self.cells += tall * wide
        refuse_cells(self.cells, self.size, self.file)
        if tall * wide > 1:
            table.merged.append(((number, left), (number + tall - 1, left + wide - 1)))
            table.covered |= dict.fromkeys(range(left, left + wide), number + tall - 1)
        table.cell = None

    def _end_table(self, table: _Table) -> None:
        filled = [row for row in table.rows if any(row)]
        if len(filled) < _LEAST or max(map(len, filled)) < _LEAST:
            self.texts += [cell for row in filled for cell in row if cell]
            return
        table.above[:] = self.texts
        self.texts = []
        self.found.append(table)


def _read_span(value: str | None) -> int:
    """Return how many rows or columns a cell covers; 1 where it does not say it plainly."""
    text = (value or "1").strip()
    plain = text.isascii() and text.isdecimal() and len(text) <= len(str(_WIDEST))
    return max(min(int(text), _WIDEST), 1) if plain else 1
