"""Merged cells of an .ods workbook, which its general reader does not tell."""

from collections.abc import Mapping

from regions.files.xml_events import walk_xml
from regions.workbooks.cell_names import LAST_COLUMN, LAST_ROW

Area = tuple[tuple[int, int], tuple[int, int]]


def find_ods_merges(xml: bytes, file: str) -> dict[str, tuple[Area, ...]]:
    """Return sheet -> first and last cell of its merged areas, as (row, column) from 1.

    Raises
    ------
    StudyError
        ``E-XML``, ``E-XMLDTD`` as in ``walk_xml``.
    """
    walker = _Walker()
    walk_xml(xml, file, start=walker.start, end=walker.end)
    return {name: tuple(areas) for name, areas in walker.found.items()}


class _Walker:
    """Counts rows and cells, each of which may stand for many; tables within cells are passed over."""

    def __init__(self) -> None:
        self.found: dict[str, list[Area]] = {}
        self.name = ""
        self.depth = self.row = self.column = self.repeated = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "table":
            self.depth += 1
            if self.depth == 1:
                self.name, self.row = plain.get("name", ""), 0
                self.found[self.name] = []
        elif self.depth != 1:
            return
        elif name == "table-row":
            self.column = 0
            self.repeated = _read_count(plain, "number-rows-repeated", LAST_ROW)
        elif name in {"table-cell", "covered-table-cell"}:
            wide = _read_count(plain, "number-columns-spanned", LAST_COLUMN)
            tall = _read_count(plain, "number-rows-spanned", LAST_ROW)
            if wide * tall > 1:
                first = (self.row + 1, self.column + 1)
                self.found[self.name].append((first, (self.row + tall, self.column + wide)))
            self.column += _read_count(plain, "number-columns-repeated", LAST_COLUMN)

    def end(self, name: str) -> None:
        if name == "table":
            self.depth -= 1
        elif name == "table-row" and self.depth == 1:
            self.row += self.repeated


def _read_count(attributes: Mapping[str, str], name: str, most: int) -> int:
    """Return how many cells an attribute says, 1 where it does not say it plainly."""
    text = attributes.get(name, "1").strip()
    plain = text.isascii() and text.isdecimal() and len(text) <= len(str(LAST_ROW))
    return max(min(int(text), most), 1) if plain else 1
