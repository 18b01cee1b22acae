"""What a row of a sheet looks like: header, body, title, unit, note."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from regions.layouts.cell_words import find_total, has_chinese, is_blank, is_note, looks_like_code, normalise_cell
from regions.layouts.number_cells import read_number
from regions.layouts.place_words import names_place
from regions.layouts.unit_words import find_unit_line, is_unit, split_unit
from regions.layouts.word_lists import list_words
from regions.layouts.year_words import find_period, find_year
from regions.schema.cell_values import fold_header
from regions.schema.tables import TABLES

_ORDINALS = frozenset("甲乙丙丁戊己庚辛壬癸")
_SPREAD = 0.5


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    words = {word for columns in TABLES.values() for key, column in columns.items() for word in (key, *column.synonyms)}
    return frozenset({fold_header(word) for word in words} | list_words("headers"))


def is_header_word(cell: Any) -> bool:  # noqa: ANN401 - whatever stands in a cell
    """Tell whether a cell is a usual header of a column: 地区, 年份, 专利数（件）."""
    if not isinstance(cell, str) or not cell:
        return False
    return any(fold_header(word) in _known_words() for word in (normalise_cell(cell).strip("* "), split_unit(cell)[0]))


@dataclass(frozen=True, slots=True)
class RowLook:
    """What the cells of a row are.

    Attributes
    ----------
    filled
        Number of cells with anything in them, and of different ones.
    numbers, years, places, words, texts
        Cells that are numbers (no years) or stand for a missing one, years, regions, usual headers, and other texts.
    """

    filled: int
    distinct: int
    numbers: int
    years: int
    places: int
    words: int
    texts: int

    @property
    def is_alone(self) -> bool:
        """Whether one text stands alone, perhaps in a merged area."""
        return self.distinct <= 1

    @property
    def has_regions_across(self) -> bool:
        """Whether the row names regions side by side, as the header of a table with regions across does."""
        many = self.places >= 3 and self.places >= _SPREAD * (self.distinct - self.words)  # noqa: PLR2004 - a column of them has one
        return not self.numbers and (many or (self.places == 2 and self.distinct - self.words <= self.places))  # noqa: PLR2004

    @property
    def could_be_header(self) -> bool:
        """Whether the row has names of columns and nothing that belongs to a body."""
        return not self.numbers and (not self.places or self.has_regions_across)


def look_at(cells: Sequence[Any]) -> RowLook:
    """Return what the cells of a row are."""
    filled = [cell for cell in cells if not is_blank(cell)]
    counts = dict.fromkeys(("numbers", "years", "places", "words", "texts"), 0)
    for cell in filled:
        counts[_kind_of(cell)] += 1
    return RowLook(len(filled), len(set(map(normalise_cell, filled))), **counts)


def _kind_of(cell: Any) -> str:  # noqa: ANN401 - whatever stands in a cell
    if find_year(cell) is not None or (isinstance(cell, str) and find_period(cell) and find_year(cell[:4])):
        return "years"
    if is_header_word(cell):
        return "words"
    if names_place(cell):
        return "places"
    if find_total(cell) == "total" or read_number(cell).state == "text":
        return "texts"
    return "numbers"


def is_unit_row(cells: Iterable[Any]) -> bool:
    """Tell whether a row says units: one for the table (单位：件) or one for each column ((亿元), (人))."""
    filled = [normalise_cell(cell) for cell in cells if not is_blank(cell)]
    lines = [cell for cell in filled if find_unit_line(cell)]
    if lines:
        return all(cell in lines or ":" in cell or cell.startswith("(") or is_unit(cell) for cell in filled)
    units = [cell for cell in filled if is_unit(cell)]
    return bool(units) and all(cell in units or cell in {"单位", "计量单位", "unit", "Unit"} for cell in filled)


def is_remark_row(cells: Iterable[Any]) -> bool:
    """Tell whether a row holds nothing but remarks: 填报单位：市科技局, 日期：2022, notes."""
    filled = [normalise_cell(cell) for cell in cells if not is_blank(cell)]
    return bool(filled) and all(":" in cell or is_note(cell) or find_unit_line(cell) for cell in filled)


def is_numbering(cells: Iterable[Any]) -> bool:
    """Tell whether a row numbers the columns: 甲 乙 1 2 3."""
    filled = [normalise_cell(cell) for cell in cells if not is_blank(cell)]
    numbers = [cell for cell in filled if cell.removesuffix(".0").strip("()").isdecimal()]
    others = [cell for cell in filled if cell not in numbers]
    counted = [int(cell.removesuffix(".0").strip("()")) for cell in numbers]
    runs = len(counted) >= 2 and all(b - a == 1 for a, b in itertools.pairwise(counted))  # noqa: PLR2004
    return runs and counted[0] <= len(others) + 1 and all(cell in _ORDINALS or cell in "ABCDE" for cell in others)


def is_english(cells: Iterable[Any]) -> bool:
    """Tell whether a row holds no Chinese and some words: the translation of a header."""
    filled = [normalise_cell(cell) for cell in cells if isinstance(cell, str) and not is_blank(cell)]
    return bool(filled) and not any(map(has_chinese, filled)) and any(cell[:1].isalpha() for cell in filled)


def is_code_row(cells: Iterable[Any]) -> bool:
    """Tell whether a row holds names of variables only (code, x1, gdp_pc)."""
    filled = [normalise_cell(cell) for cell in cells if not is_blank(cell)]
    return bool(filled) and all(map(looks_like_code, filled))
