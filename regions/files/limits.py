"""How much a file may grow to when what it holds packed, or refers to, is written out."""

from regions.errors import Fault, StudyError
from regions.messages import say

RATIO = 100
"""A file that grows to more times its size is refused, unless it stays small."""

_MOST_TEXT = 100_000_000
_MOST_TEXT_AT_ALL = 1_000_000_000
_MOST_CELLS = 10_000_000
_CELLS_A_BYTE = 20


def refuse_expansion(length: int, size: int | None, file: str) -> None:
    """Refuse a table whose texts, each written out in every cell that refers to it, would fill the memory.

    Parameters
    ----------
    length
        Bytes of all texts, written out.
    size
        Bytes of the file; None when unknown: then 300 MB are allowed.
    file
        Names the file in the message.

    Raises
    ------
    StudyError
        ``E-BOMB``: more than 1 GB, or more than 100 MB and 100 times the file.
    """
    if length > most_text(size):
        raise StudyError(Fault.of(file, say("E-BOMB/texts", length=length)))


def most_text(size: int | None) -> int:
    """Return how many bytes of text a file of this size may hold, each written out, see `refuse_expansion`."""
    allowed = 3 * _MOST_TEXT if size is None else max(_MOST_TEXT, RATIO * size)
    return min(allowed, _MOST_TEXT_AT_ALL)


def most_cells(size: int) -> int:
    """Return how many cells a file of this size may hold, see `refuse_cells`."""
    return max(_MOST_CELLS, _CELLS_A_BYTE * size)


def is_cheap(length: int) -> bool:
    """Tell whether texts of this many bytes are allowed whatever the size of the file."""
    return length <= _MOST_TEXT


def refuse_cells(cells: int, size: int, file: str) -> None:
    """Refuse a table of so many cells that a file of its size can only say the same again and again.

    Raises
    ------
    StudyError
        ``E-BOMB``: more than ten million cells and more than 20 for each byte of the file.
    """
    if cells > most_cells(size):
        raise StudyError(Fault.of(file, say("E-BOMB/cells", size=size, cells=cells)))
