"""A wide matrix: names in the first row and in the first column, links in the cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from regions.arrays import Booleans, Floats, Integers
from regions.errors import Fault
from regions.forms.cell_numbers import Counts, locate, read_counts
from regions.forms.column_roles import find_column_unit
from regions.frames.name_index import shorten
from regions.layouts.block import Block
from regions.layouts.cell_words import drop_marks, find_total, normalise_cell
from regions.layouts.number_cells import read_number
from regions.messages import say
from regions.tables.checked_table import CheckedTable

Missing = Literal["zero", "na"]

_FEWEST, _ENOUGH = 2, 0.6
_LEADING = 4
_SAME = 1e-9
_NAMED = 3
_PROVINCES = 31


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """A matrix of named rows and columns.

    Attributes
    ----------
    block
        Where it stands.
    stub
        Column of the names of rows.
    rows, columns
        Positions of the rows and columns that hold it.
    left_out
        Headers of columns that are none of it (合计).
    """

    block: Block
    stub: int
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    left_out: tuple[str, ...]

    def row_names(self) -> list[str]:
        """Return the names of the rows."""
        texts = self.block.texts(self.stub)
        return [drop_marks(normalise_cell(texts[row])) for row in self.rows]

    def column_names(self) -> list[str]:
        """Return the names of the columns."""
        return [_header(self.block, place) for place in self.columns]


def _header(block: Block, place: int) -> str:
    column = block.columns[place]
    return drop_marks(normalise_cell(column.name or column.shown))


def find_matrix(block: Block) -> Matrix | None:
    """Find a matrix in a block: a column whose cells are the names of the other columns, or regions beside regions.

    Returns
    -------
    Matrix or None
        None where most headers are no name of a row and no region: an indicator table, a list.
    """
    if not block.header_lines or len(block.columns) <= _FEWEST:
        return None
    headers = {place: shorten(_header(block, place)) for place in range(len(block.columns)) if _header(block, place)}
    for stub in range(min(_LEADING, len(block.columns) - 1)):
        found = _try_stub(block, stub, headers)
        if found is not None:
            return found
    return None


def _try_stub(block: Block, stub: int, headers: dict[int, str]) -> Matrix | None:
    filled = [cell for cell in block.texts(stub) if cell.strip()]
    if len(set(filled)) != len(filled):  # a name stands twice: a list, as long tables are
        return None
    texts = [drop_marks(normalise_cell(cell)) for cell in block.texts(stub)]
    names = {shorten(text): row for row, text in enumerate(texts) if text and not find_total(text)}
    behind = [place for place in headers if place > stub and not find_total(_header(block, place))]
    shared = [place for place in behind if headers[place] in names]
    across = [place for place in behind if place in block.axes.across]
    if len(shared) >= _FEWEST and len(shared) >= _ENOUGH * len(behind):  # the same names both ways
        chosen = [place for place in behind if headers[place] in names or place in across]
    elif len(across) >= _FEWEST and len(across) >= _ENOUGH * len(behind) and stub in block.axes.regions:
        chosen = across
    else:
        return None
    rows = tuple(sorted(names.values()))
    if len(names) != len([text for text in texts if text and not find_total(text)]):  # a name stands twice: a list
        return None
    rest = tuple(_header(block, place) for place in headers if place > stub and place not in chosen)
    return Matrix(block, stub, rows, tuple(chosen), rest)


@dataclass(frozen=True, slots=True, eq=False)
class MatrixLinks:
    """The links of a matrix.

    Attributes
    ----------
    table
        ``source``, ``target``, ``weight``; index: line.
    rows
        How many pairs hold a number above 0.
    blank, missing
        Pairs whose cell is empty, or says that there is no value.
    shape
        How it was read, for messages: ``symmetric``, ``half``, ``directed``, ``part``.
    faults
        What is wrong with cells, and ``E-ASYMMETRIC``.
    """

    table: pd.DataFrame
    blank: int
    missing: int
    shape: str
    faults: tuple[Fault, ...]


def read_matrix(matrix: Matrix, *, directed: bool, missing: Missing | None = None) -> MatrixLinks:
    """Read a matrix into links.

    Parameters
    ----------
    matrix
        Where it stands.
    directed
        Whether a cell below the diagonal differs from its mirror; else a full matrix is read once, and one whose halves
        differ is a fault.
    missing
        What cells without a number are: ``zero`` or ``na``; None: a blank is zero, a word (—) not available.

    Returns
    -------
    MatrixLinks
        A pair whose number is not available has no link, and is counted.
    """
    counts = _read_cells(matrix)
    values, blank, absent, small = (np.stack(part, axis=1)[list(matrix.rows)] for part in zip(*counts, strict=True))
    names, codes = _code_names(matrix)
    square, told = _lay_out(values, codes, len(names)), _lay_out(np.ones_like(values), codes, len(names))
    faults = list(_find_faults(matrix))
    off = codes[0][:, None] != codes[1][None, :]
    shape = "directed"
    if not directed:
        shape, square = _settle(square, told)
        if shape == "asymmetric":
            faults.append(_describe_asymmetry(matrix, names, square))
    first, second = np.nonzero(np.nan_to_num(square) != 0)
    line_of = {int(code): matrix.block.lines[row] for code, row in zip(codes[0], matrix.rows, strict=True)}
    lines = [
        line_of.get(int(a), line_of.get(int(b), matrix.block.lines[0])) for a, b in zip(first, second, strict=True)
    ]
    words = np.array(names, dtype=object)
    table = pd.DataFrame(
        {
            "source": pd.array(words[first], dtype="str"),
            "target": pd.array(words[second], dtype="str"),
            "weight": square[first, second],
        },
        index=pd.Index(lines, dtype="int64"),
    )
    empty, unknown = int((blank & off).sum()), int(((absent | small) & off).sum())
    if missing is not None:
        empty, unknown = (empty + unknown, 0) if missing == "zero" else (0, empty + unknown)
    return MatrixLinks(table, empty, unknown, shape, tuple(faults))


def _read_cells(matrix: Matrix) -> list[tuple[Floats, Booleans, Booleans, Booleans]]:
    where = locate(matrix.block)
    read = [_read_column(matrix.block, place, where) for place in matrix.columns]
    return [(count.numbers, count.blank, count.missing, count.small) for count in read]


def _read_column(block: Block, place: int, where: CheckedTable) -> Counts:
    return read_counts(block.cells[place], where, _header(block, place), unit=find_column_unit(block, place))


def _find_faults(matrix: Matrix) -> list[Fault]:
    where = locate(matrix.block)
    faults: list[Fault] = []
    for place in matrix.columns:
        header = _header(matrix.block, place)
        counts = _read_column(matrix.block, place, where)
        kept = {matrix.block.lines[row] for row in matrix.rows}
        faults += [fault for fault in counts.faults if fault.row in kept]
        below = pd.Series(counts.numbers, index=where.frame.index)
        faults += where.fault_cells(header, below[below < 0], lambda weight: say("E-NEG", weight=weight))
    return faults


def _code_names(matrix: Matrix) -> tuple[list[str], tuple[Integers, Integers]]:
    """Give every name of a row or column a number; 上海 and 上海市 have the same."""
    number: dict[str, int] = {}
    names: list[str] = []
    codes = []
    for words in (matrix.row_names(), matrix.column_names()):
        for word in words:
            if number.setdefault(shorten(word), len(names)) == len(names):
                names.append(word)
        codes.append(np.array([number[shorten(word)] for word in words], dtype=np.int64))
    return names, (codes[0], codes[1])


def _lay_out(values: Floats, codes: tuple[Integers, Integers], size: int) -> Floats:
    square = np.full((size, size), np.nan)
    square[np.ix_(*codes)] = values
    return square


def _settle(square: Floats, told: Floats) -> tuple[str, Floats]:
    """Return how an undirected matrix stands there, and it with every pair once, in the upper half."""
    here, there = np.nan_to_num(square), np.nan_to_num(square).T
    upper, lower = np.triu(here, 1), np.triu(there, 1)
    both = np.triu(~np.isnan(told) & ~np.isnan(told.T), 1)
    diagonal = np.diag(np.diag(here))
    if not upper[both].any() or not lower[both].any():
        shape = "half" if both.any() else "part"
        return shape, upper + lower + diagonal
    differ = both & (np.abs(upper - lower) > _SAME * np.maximum(np.abs(upper), np.abs(lower)))
    known = np.triu(~np.isnan(square) & ~np.isnan(square.T), 1)
    if (differ & known).any() or (differ & ~known & (upper * lower != 0)).any():
        return "asymmetric", square
    return "symmetric", np.maximum(upper, lower) + diagonal


def _describe_asymmetry(matrix: Matrix, names: Sequence[str], square: Floats) -> Fault:
    upper = np.triu(np.abs(np.nan_to_num(square) - np.nan_to_num(square).T), 1)
    order = np.argsort(-upper, axis=None, kind="stable")[:_NAMED]
    shown = [
        say("matrix/difference", one=names[a], other=names[b], there=_show(square[a, b]), back=_show(square[b, a]))
        for a, b in (divmod(int(place), len(names)) for place in order)
        if upper[a, b] > 0
    ]
    return Fault.of(matrix.block.label, say("E-ASYMMETRIC", count=int((upper > 0).sum()), pairs=shown))


def _show(value: float) -> str:
    return "—" if np.isnan(value) else f"{value:g}"


def find_nameless(block: Block) -> Fault | None:
    """Describe a matrix without names: a square of numbers below no header, or one of v1, v2 ...; None for others."""
    size = len(block.lines)
    if not size <= len(block.columns) <= size + _LEADING:
        return None
    numbers = [place for place in range(len(block.columns)) if _is_numeric(block, place)]
    if size <= _FEWEST or len(numbers) not in {size, size + 1}:
        return None
    square = numbers[len(numbers) - size :]
    if block.header_lines and not all(_is_filler(_header(block, place)) for place in square):
        return None
    cells = np.array([[read_number(cell).value for cell in block.cells[place]] for place in square], dtype=float).T
    rows = np.nansum(cells, axis=1)
    shares = bool(np.isfinite(cells).any() and (np.abs(cells[np.isfinite(cells)]) <= 1).all() and rows.size)
    message = say("E-NAMELESS/weights" if shares else "E-NAMELESS/counts", size=size)
    return Fault.of(
        block.label, message.with_hint(say("hint/order-provinces").words) if size == _PROVINCES else message
    )


def _is_numeric(block: Block, place: int) -> bool:
    states = {read_number(cell).state for cell in dict.fromkeys(block.cells[place])}
    return "number" in states and "text" not in states


def _is_filler(name: str) -> bool:
    """Tell whether a header is a running name: v1, X12, 3."""
    return name.lstrip("vVxXwWcC_").isdecimal() or not name
